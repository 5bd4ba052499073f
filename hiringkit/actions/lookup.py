"""Find things by the ids that people type, or say what the nearest known one is."""

from collections.abc import Iterable
from threading import Lock
from typing import Any, TypeVar

from hiringkit.domain.interview import Interview, Opening
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import NotFound, Refused, missing
from hiringkit.library.pinned import read_pinned
from hiringkit.store import interviews, logins, openings, people
from hiringkit.store.faults import DAMAGED_HINT, Damaged
from hiringkit.text.sentence import Sentence

Tx = Any
"""A transaction of the store; actions only pass it on."""
Person = TypeVar("Person", Candidate, Interviewer)
AMBIGUOUS = Sentence("{who!r} may be any of {names}")
AMBIGUOUS_HINT = Sentence("give an id")
CLOSED = Sentence("opening {opening_id!r} is closed")
CLOSED_HINT = Sentence("hiringkit opening reopen {opening_id} takes that back")
WITHDRAWN = Sentence("candidate {candidate_id!r} has withdrawn: {reason}")
WITHDRAWN_HINT = Sentence("hiringkit candidate restore {opening_id} {candidate_id} takes that back")
CANCELLED = Sentence("{identity!r} is cancelled: {reason}")
CANCELLED_HINT = Sentence("hiringkit interview restore {identity} takes that back")
HELD = Sentence("{candidate_id!r} is on hold: {reason}")
HELD_HINT = Sentence("nothing about them is erased until: hiringkit candidate release {opening_id} {candidate_id}")
ADMINISTRATORS_ONLY = Sentence("only an administrator of the database may do that")
ADMINISTRATORS_ONLY_HINT = Sentence("an administrator grants that: hiringkit db grant USER administrator")
NOT_LOADED = Sentence("the rubric that the opening pinned is damaged: {problem}")
_PINNED: dict[str, Rubric] = {}
_PINNED_LOCK = Lock()
"""The full-screen front end reads in threads of its own."""
_MOST_PINNED = 64


def find_opening(tx: Tx, opening_id: str) -> Opening:
    """Return an opening.

    Raises:
        NotFound: There is none under that id.
    """
    found = openings.find(tx, opening_id)
    if found is None:
        hint = "create one: hiringkit opening create ID --rubric RUBRIC"
        raise missing(Sentence("opening"), opening_id, (o.id for o in openings.every(tx)), empty_hint=hint)
    return found


def find_candidate(tx: Tx, opening_id: str, candidate_id: str) -> Candidate:
    """Return a candidate of an opening by id, e-mail or name, in any case of letters.

    Raises:
        NotFound: There is none.
        Refused: There are several.
    """
    find_opening(tx, opening_id)
    found = people.find_candidate(tx, opening_id, candidate_id.strip().casefold())
    found = found or _named(candidate_id, people.candidates(tx, opening_id))
    if found is None:
        hint = Sentence("add one: hiringkit candidate add {opening_id} NAME").format(opening_id=opening_id)
        known = (c.id for c in people.candidates(tx, opening_id))
        raise missing(
            Sentence("candidate in opening {opening_id!r}:").format(opening_id=opening_id),
            candidate_id,
            known,
            empty_hint=hint,
        )
    return found


def find_interviewer(tx: Tx, who: str) -> Interviewer:
    """Return an interviewer by id, e-mail or name, in any case of letters.

    Raises:
        NotFound: There is none.
        Refused: There are several.
    """
    found = people.find_interviewer(tx, who) or _named(who, people.interviewers(tx))
    if found is None:
        hint = "add one: hiringkit interviewer add NAME"
        raise missing(Sentence("interviewer"), who, (i.id for i in people.interviewers(tx)), empty_hint=hint)
    return found


def _named(who: str, people_known: Iterable[Person]) -> Person | None:
    """Return the one with this e-mail address or name, or None."""
    wanted = who.strip().casefold()
    found = [each for each in people_known if wanted and wanted in {each.email.casefold(), each.name.casefold()}]
    if len(found) > 1:
        raise Refused(AMBIGUOUS.format(who=who, names=", ".join(each.id for each in found)), hint=AMBIGUOUS_HINT)
    return found[0] if found else None


def opening_of_interview(tx: Tx, interview_id: str) -> Opening:
    """Return the opening of an interview.

    Raises:
        NotFound: There is no such interview.
    """
    opening_id = interviews.opening_of(tx, interview_id)
    if opening_id is None:
        raise no_interview(tx, interview_id)
    return find_opening(tx, opening_id)


def no_interview(tx: Tx, interview_id: str) -> NotFound:
    """Make the error for an interview that does not exist."""
    hint = "schedule one: hiringkit interview schedule OPENING CANDIDATE INTERVIEWER"
    return missing(Sentence("interview"), interview_id, interviews.ids(tx), empty_hint=hint)


def require_open(opening: Opening, *, hint: str = "") -> None:
    """Require that an opening is not closed.

    Raises:
        Refused: It is closed.
    """
    if opening.closed_at:
        raise Refused(CLOSED.format(opening_id=opening.id), hint=hint or CLOSED_HINT.format(opening_id=opening.id))


def require_running(opening_id: str, candidate: Candidate) -> None:
    """Require that a candidate has not withdrawn.

    Raises:
        Refused: The candidate has.
    """
    if candidate.withdrawn_at:
        raise withdrawn(opening_id, candidate.id, candidate.withdrawn_reason)


def withdrawn(opening_id: str, candidate_id: str, reason: str) -> Refused:
    """Make the error for an action that needs a candidate who has not withdrawn."""
    return Refused(
        WITHDRAWN.format(candidate_id=candidate_id, reason=reason or Sentence("no reason given")),
        hint=WITHDRAWN_HINT.format(opening_id=opening_id, candidate_id=candidate_id),
    )


def cancelled(interview: Interview) -> Refused:
    """Make the error for what needs an interview that is not cancelled."""
    reason = interview.cancelled_reason
    hint = CANCELLED_HINT.format(identity=interview.id)
    return Refused(CANCELLED.format(identity=interview.id, reason=reason), hint=hint)


def require_administrator(tx: Tx) -> None:
    """Require that one may read and change all of a database, which a file lets everybody do.

    Raises:
        Refused: One may not.
    """
    if not logins.administers(tx):
        raise Refused(ADMINISTRATORS_ONLY, hint=ADMINISTRATORS_ONLY_HINT)


def require_free(opening_id: str, candidate: Candidate) -> None:
    """Require that nothing about a candidate has to be kept.

    Raises:
        Refused: The candidate is on hold.
    """
    if candidate.held_at:
        raise Refused(
            HELD.format(candidate_id=candidate.id, reason=candidate.held_reason),
            hint=HELD_HINT.format(opening_id=opening_id, candidate_id=candidate.id),
        )


def pinned_rubric(tx: Tx, opening: Opening) -> Rubric:
    """Return the rubric as it was when the opening was created, whatever has become of the file since.

    Each rubric, known by its digest, is read from the database once per process.
    """
    with _PINNED_LOCK:
        if opening.digest not in _PINNED:
            parsed = _parse_pinned(openings.rubric_text(tx, opening.id), opening.digest)
            while len(_PINNED) >= _MOST_PINNED:
                del _PINNED[next(iter(_PINNED))]
            _PINNED[opening.digest] = parsed
        return _PINNED[opening.digest]


def asked_rubric(tx: Tx, opening: Opening) -> Rubric:
    """Return the pinned rubric, with those criteria as questions that imported scorecards rate as a whole."""
    return pinned_rubric(tx, opening).asking(interviews.asked(tx, opening.id))


def _parse_pinned(text: str, digest: str) -> Rubric:
    pinned = read_pinned(text, digest)
    if pinned is not None:
        return pinned
    # what has been changed since, and what an interview card brought: that has no digest of its own
    from hiringkit.library.documents import parse_rubric  # noqa: PLC0415 - YAML costs 30 ms

    rubric, findings = parse_rubric(text, source="the opening's rubric")
    if rubric is None:
        raise Damaged(NOT_LOADED.format(problem=findings[0].message), hint=DAMAGED_HINT)
    return rubric
