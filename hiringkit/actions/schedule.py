"""Who interviews whom, with which questions."""

from collections.abc import Sequence
from datetime import datetime

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.kits import check_kit, choose_kit
from hiringkit.actions.lookup import Tx, find_candidate, find_interviewer, find_opening, pinned_rubric, require_open
from hiringkit.actions.visibility import visible_interview, visible_opening, visible_openings
from hiringkit.domain.conduct import Unrated
from hiringkit.domain.interview import DroppedQuestion, Interview, InterviewState, Opening
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import Refused
from hiringkit.store import interviews
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence


@frozen
class InterviewView:
    """An interview with what is needed to hold or read it."""

    interview: Interview
    opening: Opening
    rubric: Rubric
    candidate: Candidate
    interviewer: Interviewer
    place: str | None = None
    """The question where it goes on."""
    dropped: tuple[DroppedQuestion, ...] = ()
    """Questions that are left out of the opening; they need not be asked."""

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Questions that have neither a level nor a mark, and need one."""
        gone = {each.question for each in self.dropped}
        return tuple(question for question in self.interview.outstanding if question not in gone)

    @property
    def blocking(self) -> tuple[str, ...]:
        """Those of them for want of which it cannot be submitted: the rubric decides."""
        return self.outstanding if self.rubric.policy.unrated is Unrated.BLOCK else ()


def interview_id(opening: str, candidate: str, interviewer: str) -> str:
    """Return the id of the one interview that these three can have."""
    return f"{opening}/{candidate}/{interviewer}"


def schedule_interviews(
    store: Store,
    actor: Actor,
    opening_id: str,
    candidate_id: str,
    interviewers: Sequence[str],
    *,
    questions: Sequence[str] = (),
    minutes: float | None = None,
    at: datetime | None = None,
) -> tuple[Interview, ...]:
    """Plan a candidate's interviews, all or none.

    Args:
        store: Where they are kept.
        actor: Who plans them.
        opening_id: The opening.
        candidate_id: Who is asked.
        interviewers: Who asks, one interview each: ids or e-mails.
        questions: The kit of each; if empty, it is chosen.
        minutes: How long each interview may be, for the choice; all of the rubric's questions if None.
        at: When they are to take place.

    Raises:
        NotFound: The opening, candidate, an interviewer or a question is not there.
        Refused: Two have an interview already, the opening is closed, the candidate has withdrawn, or a question
            is dropped.
    """
    with store.write() as tx:
        opening = find_opening(tx, opening_id)
        require_open(opening)
        if find_candidate(tx, opening_id, candidate_id).withdrawn_at:
            raise Refused(Sentence("candidate {candidate_id!r} has withdrawn").format(candidate_id=candidate_id))
        planned = []
        for who in interviewers:
            kit = _kit(tx, actor, opening, candidate_id, questions, minutes)
            planned.append(_plan(tx, actor, opening, candidate_id, find_interviewer(tx, who), kit, at))
    return tuple(planned)


def _kit(
    tx: Tx, actor: Actor, opening: Opening, candidate: str, questions: Sequence[str], minutes: float | None
) -> tuple[str, ...]:
    pinned, gone = pinned_rubric(tx, opening), {each.question for each in dropped_in(tx, opening.id)}
    if questions:
        if dropped := gone.intersection(questions):
            raise Refused(
                Sentence("question {question!r} is dropped in this opening").format(question=min(dropped)),
                hint="leave it out",
            )
        return check_kit(pinned, questions)
    rubric = evolve(pinned, questions=tuple(question for question in pinned.asked if question.id not in gone))
    if minutes is None:
        return tuple(question.id for question in rubric.asked)
    others = visible_opening(tx, actor.who, opening.id).interviews(candidate=candidate)
    return choose_kit(rubric, minutes, [q for interview in others for q in interview.kit])


def _plan(
    tx: Tx,
    actor: Actor,
    opening: Opening,
    candidate: str,
    interviewer: Interviewer,
    kit: tuple[str, ...],
    at: datetime | None,
) -> Interview:
    identity = interview_id(opening.id, candidate, interviewer.id)
    if interviews.opening_of(tx, identity):
        raise Refused(Sentence("there is an interview {identity!r} already").format(identity=identity))
    planned = Interview(identity, opening.id, candidate, interviewer.id, kit, scheduled_at=at)
    interviews.insert(tx, [planned], actor.now())
    subject = {"opening": opening.id, "candidate": candidate, "interview": identity}
    record(tx, actor, "interview.schedule", subject, kit=list(kit))
    return planned


def show_interview(store: Store, actor: Actor, identity: str) -> InterviewView:
    """Return an interview; its ratings only if the viewer may see them.

    Raises:
        NotFound: No such interview.
    """
    with store.read() as tx:
        found, opening = visible_interview(tx, actor.who, identity)
        return InterviewView(
            interview=found,
            opening=opening,
            rubric=pinned_rubric(tx, opening),
            candidate=find_candidate(tx, found.opening, found.candidate),
            interviewer=find_interviewer(tx, found.interviewer),
            place=interviews.place(tx, identity),
            dropped=dropped_in(tx, found.opening),
        )


def list_interviews(
    store: Store,
    actor: Actor,
    opening_id: str,
    *,
    candidate: str | None = None,
    interviewer: str | None = None,
) -> tuple[Interview, ...]:
    """Return interviews of an opening; ratings only where the viewer may see them.

    Raises:
        NotFound: No such opening, candidate or interviewer.
    """
    with store.read() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        if candidate:
            find_candidate(tx, opening_id, candidate)
        rater = find_interviewer(tx, interviewer).id if interviewer else None
        return seen.interviews(candidate=candidate, interviewer=rater)


def interviews_of(store: Store, actor: Actor, interviewer: str) -> tuple[Interview, ...]:
    """Return one interviewer's interviews in all openings; ratings only where the viewer may see them."""
    with store.read() as tx:
        seen = visible_openings(tx, actor.who)
        return tuple(each for opening in seen for each in opening.interviews(interviewer=interviewer))


@frozen
class OpenInterviews:
    """The interviews of an opening that are not submitted, with what is needed to fill them in elsewhere."""

    interviews: tuple[Interview, ...]
    """Without ratings; dropped questions are not in their kits."""
    candidates: tuple[Candidate, ...]
    rubric: Rubric


def open_interviews(store: Store, actor: Actor, opening_id: str, *, interviewer: str | None = None) -> OpenInterviews:
    """Return the interviews that are still to be submitted: an interviewer's own, or for anybody else all.

    Args:
        store: Where they are kept.
        actor: Who asks.
        opening_id: The opening.
        interviewer: Only this interviewer's: id or e-mail.

    Raises:
        NotFound: No such opening or interviewer.
        Refused: The opening is closed.
    """
    with store.read() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        require_open(seen.opening)
        wanted = seen.viewer or (find_interviewer(tx, interviewer).id if interviewer else None)
        here = {each.id for each in seen.candidates if not each.withdrawn_at}
        gone = {each.question for each in dropped_in(tx, opening_id)}
        found = tuple(
            evolve(each, kit=tuple(q for q in each.kit if q not in gone), ratings=(), scorecards=())
            for each in seen.outlines()
            if each.state is not InterviewState.SUBMITTED
            and each.candidate in here
            and wanted in (None, each.interviewer)
        )
        return OpenInterviews(found, seen.candidates, pinned_rubric(tx, seen.opening))
