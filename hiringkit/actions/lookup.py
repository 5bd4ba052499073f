"""Find things by the ids that people type, or say what the nearest known one is."""

from functools import lru_cache
from typing import Any

from hiringkit.domain.interview import Interview, Opening
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import missing
from hiringkit.store import interviews, openings, people
from hiringkit.text.sentence import Sentence

Tx = Any
"""A transaction of the store, opaque to actions."""


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
    """Return a candidate of an opening.

    Raises:
        NotFound: There is none under that id.
    """
    find_opening(tx, opening_id)
    found = people.find_candidate(tx, opening_id, candidate_id)
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
    """Return an interviewer by id or e-mail.

    Raises:
        NotFound: There is none.
    """
    found = people.find_interviewer(tx, who)
    if found is None:
        hint = "add one: hiringkit interviewer add NAME"
        raise missing(Sentence("interviewer"), who, (i.id for i in people.interviewers(tx)), empty_hint=hint)
    return found


def find_interview(tx: Tx, interview_id: str) -> Interview:
    """Return an interview with its ratings.

    Raises:
        NotFound: There is none under that id.
    """
    return _found(tx, interview_id, interviews.find(tx, interview_id))


def find_outline(tx: Tx, interview_id: str) -> Interview:
    """Return an interview without scorecards, and with its ratings only as long as it is a draft.

    Raises:
        NotFound: There is none under that id.
    """
    return _found(tx, interview_id, interviews.outline(tx, interview_id))


def _found(tx: Tx, interview_id: str, found: Interview | None) -> Interview:
    if found is None:
        hint = "schedule one: hiringkit interview schedule OPENING CANDIDATE INTERVIEWER"
        raise missing(Sentence("interview"), interview_id, interviews.ids(tx), empty_hint=hint)
    return found


def pinned_rubric(tx: Tx, opening: Opening) -> Rubric:
    """Return the rubric as it was when the opening was created, whatever became of the file since."""
    return _parse_pinned(openings.rubric_text(tx, opening.id))


@lru_cache(maxsize=16)
def _parse_pinned(text: str) -> Rubric:
    from hiringkit.library.documents import parse_rubric  # noqa: PLC0415 - YAML costs 30 ms: not every action needs it

    rubric, findings = parse_rubric(text, source="the opening's rubric")
    if rubric is None:
        raise AssertionError(f"a pinned rubric does not load: {findings[0]}")
    return rubric
