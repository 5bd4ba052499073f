"""Interviews being held: rate, submit, amend, resume and review. What returns is on disk."""

from collections.abc import Mapping, Sequence
from enum import Enum, StrEnum

from attrs import evolve, field, frozen

from hiringkit.actions.audit import Actor, record, record_known
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.lookup import Tx, cancelled, opening_of_interview, pinned_rubric, require_open, withdrawn
from hiringkit.actions.schedule import InterviewView, not_askable, require_askable, show_interview, view_interview
from hiringkit.actions.visibility import (
    RECRUITER,
    is_named_recruiter,
    own_draft,
    own_interview,
    own_texts,
    visible_interview,
    visible_opening,
)
from hiringkit.domain.conduct import Unrated
from hiringkit.domain.interview import (
    Interview,
    InterviewState,
    InterviewText,
    Mark,
    Opening,
    Rating,
    Scorecard,
    text_version,
)
from hiringkit.domain.level import LevelNumber, read_level, write_level
from hiringkit.domain.people import Interviewer
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import Refused, UsageProblem, missing
from hiringkit.store import interviews, people
from hiringkit.store.states import interview_state, rating_state, scorecard_states, text_state
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.merge import DIVIDER, merge_texts
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

RECOMMENDATIONS = ("strong-yes", "yes", "no", "strong-no")
LONGEST_EVIDENCE = 100_000


class Keep(Enum):
    """Leaves a rating as it is, where None would remove it."""

    KEEP = "keep"


Given = LevelNumber | Mark | Keep | None
KEEP = Keep.KEEP


class Lock(StrEnum):
    """Why an interview takes no ratings from the viewer."""

    OPEN = "open"
    """It does."""
    SUBMITTED = "submitted"
    """It is submitted: an amendment with a reason is possible."""
    CLOSED = "closed"
    """The opening is closed."""
    CANCELLED = "cancelled"
    """The interview is cancelled."""
    WITHDRAWN = "withdrawn"
    """The candidate has withdrawn."""
    NOT_YOURS = "not-yours"
    """It is another interviewer's."""


class ChangedElsewhere(Refused):
    """What is to be changed has become something else since its writer saw it; nothing was changed.

    Args:
        now: What is on disk.
        mine: What was to be written.
    """

    def __init__(self, now: Rating | str | None = None, mine: Rating | None = None) -> None:
        super().__init__("this was changed in another window meanwhile")
        self.now = now
        self.mine = mine


@frozen
class InterviewSession:
    """An interview, ready to be started or resumed."""

    view: InterviewView
    lock: Lock
    begin_at: int
    """Position in the kit where it goes on."""
    seconds: Mapping[str, int]
    """How long each question has taken so far."""
    texts: Mapping[InterviewText, str] = field(factory=dict)
    """What its interviewer has written about it as a whole; empty for everybody else."""
    handovers: tuple[tuple[Interviewer, str], ...] = ()
    """Other interviewers of the candidate, and what they left for this one as far as the viewer may see it."""


@frozen
class ScorecardReview:
    """What a scorecard holds before it is submitted."""

    missing: tuple[str, ...]
    """Questions with neither a level nor a mark."""
    blocked: bool
    """Whether submitting is refused because of them: the rubric decides."""
    bare: tuple[str, ...]
    """Questions with a level and no evidence."""
    coverage: float
    """Share of the weight of the kit's criteria that has a level, 0 to 1."""
    enough: bool
    """Whether the coverage reaches what the rubric asks for."""
    readers: tuple[Interviewer, ...]
    """Interviewers of the candidate who will see it at once, their own scorecard being in."""
    later: tuple[Interviewer, ...]
    """Interviewers of the candidate who will see it once their own is in."""


def parse_value(text: str, rubric: Rubric) -> LevelNumber | Mark:
    """Read a level of the rubric's scale, `not-assessed` or `no-evidence`.

    Raises:
        UsageProblem: It is none of them.
    """
    if (level := read_level(text, rubric.scale.values)) is not None:
        return level
    marks = [mark.value for mark in Mark]
    if text in marks:
        return Mark(text)
    near = nearest(text, marks)
    levels = ", ".join(map(write_level, rubric.scale.values))
    expected = Sentence("expected {names}, {names2}").format(names=levels, names2=" or ".join(marks))
    raise UsageProblem(
        Sentence("{text!r} is no rating").format(text=text),
        hint=Sentence("did you mean {near!r}?").format(near=near) if near else expected,
    )


def read_value(store: Store, identity: str, text: str) -> LevelNumber | Mark:
    """Read a rating as typed, on the scale of an interview's rubric.

    Raises:
        NotFound: No such interview.
        UsageProblem: It is neither a level nor a mark.
    """
    with store.read() as tx:
        return parse_value(text, pinned_rubric(tx, opening_of_interview(tx, identity)))


def rate(
    store: Store,
    actor: Actor,
    identity: str,
    question: str,
    *,
    value: Given = KEEP,
    evidence: str | None = None,
    probes: Sequence[int] | None = None,
    seconds: Mapping[str, int] | None = None,
    base: Rating | None = None,
    version: str | None = None,
) -> Rating:
    """Rate an answer, or change its evidence or the probes used; what is not given stays.

    Nothing that the caller has not seen is overwritten. What was changed elsewhere since `base` was read stays: of
    two levels the one on disk, of two texts both.

    Args:
        store: Where it is kept.
        actor: Who rates.
        identity: The interview's id.
        question: A question of its kit.
        value: A level, a mark, None to take the rating back, or KEEP.
        evidence: What the candidate said.
        probes: Positions, from 0, of the planned probes that were used.
        seconds: How long questions have taken so far, as far as that is measured.
        base: The rating that the change is based on; None for what is on disk.
        version: That of the rating that the writer saw: where another one is on disk, nothing is changed at all.

    Returns:
        The rating as it is on disk.

    Raises:
        ChangedElsewhere: Another version is on disk than the one given, and it is not what was to be written.
        NotFound: No such interview or question.
        Refused: Submitted, closed, or somebody else's interview.
        UsageProblem: The level is not on the scale, a probe is not planned, or the evidence is too long.
    """
    with store.write() as tx:
        interview, opening = _open_draft(tx, actor, identity)
        before = _of_kit(interview, question)
        rubric = pinned_rubric(tx, opening)
        mine = changed_rating(base or before, rubric, value=value, evidence=evidence, probes=probes)
        if _is_there(mine, before, version):
            return before
        after = mine if base is None else _merged(base, mine, before)
        return _put(tx, actor, interview, before, after, seconds)


def fill_in(
    store: Store,
    actor: Actor,
    identity: str,
    question: str,
    *,
    value: str,
    evidence: str,
    probes: Sequence[int],
    version: str,
) -> tuple[Rating, Rating]:
    """Save all that a form says about an answer, in one transaction.

    Args:
        store: Where it is kept.
        actor: Who rates.
        identity: The interview's id.
        question: A question of its kit.
        value: A level or a mark as typed; empty where there is none.
        evidence: What the candidate said.
        probes: Positions, from 0, of the planned probes that were used; of no account where none are planned.
        version: That of the rating that the writer saw: where another one is on disk, nothing is changed at all.

    Returns:
        The rating before, and as it is on disk now.

    Raises:
        ChangedElsewhere: Another version is on disk than the one given, and it is not what was to be written.
        NotFound: No such interview or question.
        Refused: Submitted, closed, or somebody else's interview.
        UsageProblem: It is neither a level nor a mark, a probe is not planned, or the evidence is too long.
    """
    with store.write() as tx:
        interview, opening = _open_draft(tx, actor, identity)
        before = _of_kit(interview, question)
        rubric = pinned_rubric(tx, opening)
        planned = rubric.question(question)
        mine = changed_rating(
            before,
            rubric,
            value=parse_value(value, rubric) if value else None,
            evidence=evidence,
            probes=probes if planned and planned.probes else (),
        )
        if _is_there(mine, before, version):
            return before, before
        return before, _put(tx, actor, interview, before, mine)


def _is_there(mine: Rating, before: Rating, version: str | None) -> bool:
    """Return whether a change is on disk already; raises where something else is than its writer saw."""
    if version is not None and mine.content == before.content:
        return True
    if version not in (None, before.version):
        raise ChangedElsewhere(before, mine)
    return False


def _put(
    tx: Tx,
    actor: Actor,
    interview: Interview,
    before: Rating,
    after: Rating,
    seconds: Mapping[str, int] | None = None,
) -> Rating:
    """Keep a rating, with its event."""
    if after != before:
        after = evolve(after, rated_at=actor.now())
    if after.value != before.value:
        after = evolve(after, after_seeing=before.after_seeing or _could_see(tx, actor, interview))
    interviews.put_rating(tx, interview.id, after)
    interviews.set_seconds(tx, interview.id, seconds or {})
    if after != before:
        # the trail is read by people who may not know the rating yet: it says that, not what
        action = "interview.rate" if after.value != before.value else "interview.write"
        states = {f"rating/{after.question}": (rating_state(before), rating_state(after))}
        record_known(tx, actor, action, _subject(interview, after.question), states=states, **_right(actor))
    return after


def _merged(base: Rating, mine: Rating, theirs: Rating) -> Rating:
    """Merge a change into the rating on disk; both started from the same earlier rating."""
    if theirs == evolve(base, rated_at=theirs.rated_at):
        return mine
    return evolve(
        theirs,
        value=mine.value if theirs.value == base.value else theirs.value,
        evidence=merge_texts(base.evidence, mine.evidence, theirs.evidence),
        probes=tuple(sorted(set(theirs.probes) ^ set(base.probes) ^ set(mine.probes))),
    )


def write_text(
    store: Store,
    actor: Actor,
    identity: str,
    part: InterviewText,
    text: str,
    *,
    base: str | None = None,
    version: str | None = None,
) -> str:
    """Write about an interview as a whole: notes, a handover, or drafts of the recommendation and its reason.

    Args:
        store: Where it is kept.
        actor: Who writes.
        identity: The interview's id.
        part: What is written.
        text: All of it.
        base: The text that the change is based on; None for what is on disk.
        version: That of the text that the writer saw: where another one is on disk, nothing is changed at all.

    Returns:
        What is on disk: where it was changed elsewhere since `base` was read, of two recommendations that one, of
        two texts both.

    Raises:
        ChangedElsewhere: Another version is on disk than the one given, and it is not what was to be written.
        NotFound: No such interview.
        Refused: Submitted, closed, or somebody else's interview.
        UsageProblem: No such recommendation, or the text is too long.
    """
    with store.write() as tx:
        interview, _opening = _open_draft(tx, actor, identity)
        before = own_texts(tx, actor.who, identity).get(part, "")
        there, base = before, before if base is None else base
        after = checked_text(part, text)
        if version is not None and after == before:
            return before
        if version not in (None, text_version(before)):
            raise ChangedElsewhere(before)
        if part is InterviewText.RECOMMENDATION:
            after = after if before == base else before
        else:
            after = merge_texts(base, after, before, divider=" / " if part is InterviewText.SUMMARY else DIVIDER)
        interviews.put_text(tx, identity, part, after)
        if after != there:
            states = {f"text/{part}": (text_state(there), text_state(after))}
            record(tx, actor, "interview.write", _subject(interview), states=states, part=str(part), **_right(actor))
    return after


def add_text(store: Store, actor: Actor, identity: str, part: InterviewText, text: str) -> str:
    """Write below what is written about an interview as a whole; arguments, value and errors as in `write_text`."""
    before = resume_interview(store, actor, identity).texts.get(part, "")
    added = f"{before}\n{text}" if before and clean_text(text).strip() else before or text
    return write_text(store, actor, identity, part, added, base=before)


def checked_text(part: InterviewText, text: str) -> str:
    """Return a text about an interview as a whole, cleaned.

    Raises:
        UsageProblem: No such recommendation, or the text is too long.
    """
    if part is InterviewText.RECOMMENDATION and text not in ("", *RECOMMENDATIONS):
        raise UsageProblem(
            Sentence("{recommendation!r} is no recommendation").format(recommendation=text),
            hint=Sentence("one of {names}").format(names=", ".join(RECOMMENDATIONS)),
        )
    if len(text) > LONGEST_EVIDENCE:
        raise UsageProblem(Sentence("the text is longer than {longest:,} signs").format(longest=LONGEST_EVIDENCE))
    return clean_line(text) if part is InterviewText.SUMMARY else clean_text(text).strip()


def _right(actor: Actor) -> dict[str, str]:
    """Return, for the audit log, by what right somebody writes into an interview that is not theirs."""
    return {"right": RECRUITER} if is_named_recruiter(actor.who) else {}


def _could_see(tx: Tx, actor: Actor, interview: Interview) -> bool:
    """Return whether the writer could already see others' ratings of the candidate."""
    could = (
        interview.state is InterviewState.SUBMITTED
        or is_named_recruiter(actor.who)
        or interviews.has_seen(tx, interview.id)
    )
    return could and interviews.others_submitted(tx, interview.id)


def _open_draft(tx: Tx, actor: Actor, identity: str) -> tuple[Interview, Opening]:
    interview, opening = own_draft(tx, actor.who, identity)
    require_draft(interview, opening)
    return interview, opening


def require_draft(interview: Interview, opening: Opening) -> None:
    """Require that an interview still takes ratings.

    Raises:
        Refused: It is submitted or cancelled, the opening is closed, or the candidate has withdrawn.
    """
    require_open(opening)
    _require_wanted(interview)
    if interview.state is InterviewState.SUBMITTED:
        raise Refused(
            Sentence("{identity!r} is submitted").format(identity=interview.id),
            hint=Sentence("hiringkit interview amend {identity} QUESTION … --reason …").format(identity=interview.id),
        )


def _require_wanted(interview: Interview) -> None:
    if interview.state is InterviewState.CANCELLED:
        raise cancelled(interview)
    if interview.withdrawn_at:
        raise withdrawn(interview.opening, interview.candidate, interview.withdrawn_reason)


def _of_kit(interview: Interview, question: str) -> Rating:
    if question not in interview.kit:
        raise missing(Sentence("question in the kit of {id!r}:").format(id=interview.id), question, interview.kit)
    return interview.rating(question)


def changed_rating(
    before: Rating,
    rubric: Rubric,
    *,
    value: Given,
    evidence: str | None,
    probes: Sequence[int] | None,
) -> Rating:
    """Return a rating with what is given changed in it; arguments and errors as in `rate`."""
    after = before
    if isinstance(value, int | float) and not any(value == level.value for level in rubric.scale.levels):
        levels = ", ".join(map(write_level, rubric.scale.values))
        raise UsageProblem(
            Sentence("{value} is not on the scale").format(value=write_level(value)),
            hint=Sentence("levels: {levels}").format(levels=levels),
        )
    if not isinstance(value, Keep):
        after = evolve(after, value=value)
    if evidence is not None:
        if len(evidence) > LONGEST_EVIDENCE:
            raise UsageProblem(
                Sentence("the evidence is longer than {longest_evidence:,} signs").format(
                    longest_evidence=LONGEST_EVIDENCE
                )
            )
        after = evolve(after, evidence=clean_text(evidence).strip())
    if probes is not None:
        after = evolve(after, probes=_checked_probes(rubric, before.question, probes))
    return after


def _checked_probes(rubric: Rubric, question: str, probes: Sequence[int]) -> tuple[int, ...]:
    planned = rubric.question(question)
    known = range(len(planned.probes) if planned else 0)
    if unknown := [probe + 1 for probe in probes if probe not in known]:
        raise UsageProblem(
            Sentence("the question has no probe {unknown}").format(unknown=unknown[0]),
            hint=Sentence("it has {count}").format(count=len(known)),
        )
    return tuple(sorted(set(probes)))


def _subject(interview: Interview, question: str = "") -> dict[str, str]:
    subject = {"opening": interview.opening, "candidate": interview.candidate, "interview": interview.id}
    return subject | ({"question": question} if question else {})


def submit(
    store: Store,
    actor: Actor,
    identity: str,
    *,
    recommendation: str | None = None,
    summary: str | None = None,
    revision: int | None = None,
) -> Interview:
    """Submit the scorecard and lock it.

    Args:
        store: Where it is kept.
        actor: Who submits.
        identity: The interview's id.
        recommendation: One of `RECOMMENDATIONS` or nothing; None for the draft's.
        summary: The one-line reason; None for the draft's.
        revision: That of the interview which was read back; where another one is on disk, nothing is submitted.

    Raises:
        ChangedElsewhere: Another revision is on disk than the one given.
        NotFound: No such interview.
        Refused: Submitted already, closed, somebody else's, or a question has neither level nor mark, is not
            dropped, and the rubric does not allow that.
        UsageProblem: No such recommendation.
    """
    given = {InterviewText.RECOMMENDATION: recommendation, InterviewText.SUMMARY: summary}
    checked = {part: checked_text(part, text) for part, text in given.items() if text is not None}
    with store.write() as tx:
        interview, opening = _open_draft(tx, actor, identity)
        if revision not in (None, interview.revision):
            raise ChangedElsewhere
        texts = {**own_texts(tx, actor.who, identity), **checked}
        submit_draft(tx, actor, interview, opening, texts, by=actor.who, **_right(actor))
        return own_interview(tx, actor.who, identity)[0]


def submit_draft(
    tx: Tx,
    actor: Actor,
    interview: Interview,
    opening: Opening,
    texts: Mapping[InterviewText, str],
    *,
    by: str,
    **detail: str,
) -> None:
    """Submit a draft within a transaction.

    Args:
        tx: The transaction.
        actor: Who does it.
        interview: With its ratings.
        opening: The interview's.
        texts: What is written about it as a whole.
        by: Whose scorecard it is.
        detail: What else the audit log keeps.

    Raises:
        Refused: A question has neither level nor mark, is not dropped, and the rubric does not allow that.
    """
    gone = {each.question for each in dropped_in(tx, interview.opening)}
    outstanding = [question for question in interview.outstanding if question not in gone]
    rubric = pinned_rubric(tx, opening)
    if outstanding and rubric.policy.unrated is Unrated.BLOCK:
        raise Refused(
            Sentence("not yet rated: {names}").format(names=", ".join(outstanding)),
            hint="rate them, or mark them not-assessed or no-evidence",
        )
    scorecard = Scorecard(
        number=1,
        submitted_at=actor.now(),
        ratings=tuple(interview.rating(q) for q in interview.kit),
        recommendation=texts.get(InterviewText.RECOMMENDATION, ""),
        summary=texts.get(InterviewText.SUMMARY, ""),
        by=by,
    )
    interviews.add_scorecard(tx, interview.id, scorecard)
    states = scorecard_states(None, scorecard)
    record(tx, actor, "interview.submit", _subject(interview), states=states, number=scorecard.number, **detail)


def amend(
    store: Store,
    actor: Actor,
    identity: str,
    question: str | None = None,
    *,
    reason: str,
    value: Given = KEEP,
    evidence: str | None = None,
    recommendation: str | None = None,
    summary: str | None = None,
    number: int | None = None,
) -> Interview:
    """Change a submitted scorecard; the previous one is kept, and the new one carries the reason.

    Args:
        store: Where it is kept.
        actor: Who amends.
        identity: The interview's id.
        question: Whose rating is changed; None where only recommendation or summary are.
        reason: Why.
        value: A level, a mark, None to take the rating back, or KEEP.
        evidence: What the candidate said; None leaves it.
        recommendation: One of `RECOMMENDATIONS` or nothing; None leaves it.
        summary: The one-line reason for the recommendation; None leaves it.
        number: That of the scorecard that was seen; where there is a later one, nothing is changed.

    Raises:
        ChangedElsewhere: There is a later scorecard than the one given.
        NotFound: No such interview or question.
        Refused: Not submitted yet, closed, or somebody else's.
        UsageProblem: No reason, no change, a level that is not on the scale, or no such recommendation.
    """
    if not clean_line(reason):
        raise UsageProblem("an amendment needs a reason", hint='--reason "…"')
    with store.write() as tx:
        interview, opening = own_interview(tx, actor.who, identity)
        require_open(opening)
        _require_wanted(interview)
        if interview.state is not InterviewState.SUBMITTED:
            raise Refused(
                "only a submitted scorecard is amended",
                hint=Sentence("hiringkit interview rate {identity} …").format(identity=identity),
            )
        before = interview.scorecards[-1]
        if number not in (None, before.number):
            raise ChangedElsewhere
        after = before
        if recommendation is not None:
            after = evolve(after, recommendation=checked_text(InterviewText.RECOMMENDATION, recommendation))
        if summary is not None:
            after = evolve(after, summary=checked_text(InterviewText.SUMMARY, summary))
        if question is not None:
            rated = _of_kit(interview, question)
            rubric = pinned_rubric(tx, opening)
            changed = changed_rating(rated, rubric, value=value, evidence=evidence, probes=None)
            if changed.value != rated.value:
                changed = evolve(changed, after_seeing=rated.after_seeing or _could_see(tx, actor, interview))
            if changed != rated:
                changed = evolve(changed, rated_at=actor.now())
            after = evolve(after, ratings=tuple(changed if r.question == question else r for r in after.ratings))
        if after == before:
            raise UsageProblem("the amendment changes nothing")
        after = evolve(
            after, number=before.number + 1, submitted_at=actor.now(), reason=clean_line(reason), by=actor.who
        )
        interviews.add_scorecard(tx, identity, after)
        subject, states = _subject(interview, question or ""), scorecard_states(before, after)
        record(tx, actor, "interview.amend", subject, states=states, number=after.number, **_right(actor))
        return own_interview(tx, actor.who, identity)[0]


def add_question(store: Store, actor: Actor, identity: str, question: str) -> Interview:
    """Put a question at the end of an interview's kit that was not planned but asked.

    Raises:
        NotFound: No such interview, or the rubric has no such question.
        Refused: It is in the kit already, was asked by this interviewer in another round, or is dropped in the
            opening; or the interview is submitted, closed, or somebody else's.
    """
    with store.write() as tx:
        interview, opening = _open_draft(tx, actor, identity)
        if question in interview.kit:
            raise Refused(
                Sentence("question {question!r} is in the kit of this interview already").format(question=question),
                hint=Sentence("hiringkit interview show {identity}").format(identity=identity),
            )
        known = [each.id for each in pinned_rubric(tx, opening).asked]
        if question not in known:
            raise missing(Sentence("question in the opening's rubric:"), question, known)
        require_askable(tx, interview, question)
        interviews.add_question(tx, identity, question)
        asked = evolve(interview, kit=(*interview.kit, question))
        states = {"interview": (interview_state(interview), interview_state(asked))}
        record(tx, actor, "interview.add-question", _subject(interview, question), states=states, **_right(actor))
        return own_interview(tx, actor.who, identity)[0]


def askable_questions(store: Store, actor: Actor, identity: str) -> tuple[str, ...]:
    """Return the ids of the questions that `add_question` takes, in the order of the rubric.

    Raises:
        NotFound: No such interview.
    """
    with store.read() as tx:
        interview, opening = visible_interview(tx, actor.who, identity)
        gone = {*interview.kit, *not_askable(tx, interview)}
        return tuple(each.id for each in pinned_rubric(tx, opening).asked if each.id not in gone)


def go_to(
    store: Store, actor: Actor, identity: str, question: str, *, seconds: Mapping[str, int] | None = None
) -> None:
    """Remember where an interview resumes after a break, and how many seconds questions have taken.

    Raises:
        NotFound: No such interview or question.
        Refused: Submitted, closed, or somebody else's interview.
    """
    with store.write() as tx:
        interview, _opening = _open_draft(tx, actor, identity)
        _of_kit(interview, question)
        interviews.set_place(tx, identity, question)
        interviews.set_seconds(tx, identity, seconds or {})


def resume_interview(store: Store, actor: Actor, identity: str) -> InterviewSession:
    """Return an interview, where it resumes and whether the viewer may rate it.

    Raises:
        NotFound: No such interview.
    """
    with store.read() as tx:
        view, seen = view_interview(tx, actor, identity)
        interview = view.interview
        left = tuple(seen.handovers(interview.candidate, besides=identity))
        known = {each.id: each for each in people.interviewers(tx)} if left else {}
        handovers = tuple((known[who], text) for who, text in left)
        return InterviewSession(
            view,
            _lock(view, seen.viewer),
            resume_at(view),
            interviews.seconds(tx, identity),
            seen.texts(interview),
            handovers,
        )


def written_elsewhere(store: Store, identity: str, known: int) -> bool:
    """Return whether an interview has been written to since the revision `known`."""
    with store.read() as tx:
        return interviews.revision(tx, identity) != known


def _lock(view: InterviewView, viewer: str | None) -> Lock:
    if viewer != view.interview.interviewer:
        return Lock.NOT_YOURS
    reasons = {
        Lock.CLOSED: view.opening.closed_at,
        Lock.CANCELLED: view.interview.cancelled_at,
        Lock.WITHDRAWN: view.interview.withdrawn_at,
    }
    if found := next((lock for lock, at in reasons.items() if at), None):
        return found
    return Lock.SUBMITTED if view.interview.state is InterviewState.SUBMITTED else Lock.OPEN


def resume_at(view: InterviewView) -> int:
    """Return the position in the kit at which an interview resumes, whatever front end it is held with.

    That is the question where it was left if it still has neither a level nor a mark; otherwise the next one without
    either, then the first. If nothing is outstanding, it is the question where it was left.
    """
    kit, outstanding = view.interview.kit, view.outstanding
    left_at = kit.index(view.place) if view.place in kit else 0
    positions = [kit.index(question) for question in outstanding]
    return next((n for n in positions if n >= left_at), positions[0] if positions else left_at)


def review_interview(store: Store, actor: Actor, identity: str) -> ScorecardReview:
    """Say what is missing in a scorecard and who will see it.

    Raises:
        NotFound: No such interview.
    """
    view = show_interview(store, actor, identity)
    interview = view.interview
    with store.read() as tx:
        known = {interviewer.id: interviewer for interviewer in people.interviewers(tx)}
        panel = visible_opening(tx, actor.who, interview.opening).interviews(candidate=interview.candidate)
    others = [each for each in panel if each.id != identity]
    in_hand = {each.id for each in others if each.state is InterviewState.SUBMITTED}
    coverage = _coverage(interview, view.rubric, {each.question for each in view.dropped})
    return ScorecardReview(
        missing=view.outstanding,
        blocked=bool(view.blocking),
        bare=tuple(r.question for r in interview.ratings if isinstance(r.value, int | float) and not r.evidence),
        coverage=coverage,
        enough=coverage >= view.rubric.policy.minimum_coverage,
        readers=tuple(known[each.interviewer] for each in others if each.id in in_hand),
        later=tuple(known[each.interviewer] for each in others if each.id not in in_hand),
    )


def _coverage(interview: Interview, rubric: Rubric, dropped: set[str]) -> float:
    asked = [q for q in rubric.asked if q.id in interview.kit and q.id not in dropped]
    weights = {c.id: c.weight for c in rubric.criteria}
    touched = {c for question in asked for c in question.criteria if c in weights}
    rated = [q for q in asked if not isinstance(interview.rating(q.id).value, Mark | None)]
    covered = {c for question in rated for c in question.criteria if c in weights}
    total = sum(weights[c] for c in touched)
    return sum(weights[c] for c in covered) / total if total else 1.0
