"""Who interviews whom, with which questions."""

from collections.abc import Collection, Sequence
from datetime import datetime

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor, record
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.kits import asking_minutes, check_kit, choose_kit
from hiringkit.actions.lookup import (
    Tx,
    asked_rubric,
    find_candidate,
    find_interviewer,
    find_opening,
    pinned_rubric,
    require_open,
    require_running,
)
from hiringkit.actions.visibility import VisibleOpening, seen_interview, visible_opening, visible_openings
from hiringkit.domain.conduct import Unrated
from hiringkit.domain.interview import DroppedQuestion, Interview, InterviewState, Opening, Origin
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import Refused, missing
from hiringkit.store import imports, interviews
from hiringkit.store.states import interview_state
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

THERE_ALREADY = Sentence("there is an interview {identity!r} already")
AGAIN_HINT = Sentence("a further round of these two: --again; a correction: hiringkit interview edit {identity}")
RESTORE_HINT = Sentence("it is cancelled: hiringkit interview restore {identity} takes that back")
DROPPED = Sentence("question {question!r} is dropped in this opening")
ASKED_ALREADY = Sentence("question {question!r} was asked by this interviewer in an earlier round")
NOTHING_LEFT = Sentence("this interviewer has asked every question in earlier rounds")
STAGE_HEARD = Sentence("{name} is asked every question of the stage {stage!r} in other interviews")
STAGE_HINT = Sentence("a candidate hears a question once: name another stage, or give --question")
ASKED_HINT = Sentence("a second rating of the same answer adds nothing: amend the first, or let somebody else ask")


@frozen
class InterviewView:
    """An interview with what is needed to hold or read it."""

    interview: Interview
    opening: Opening
    rubric: Rubric
    candidate: Candidate
    interviewer: Interviewer
    place: str | None = None
    """The question at which it resumes."""
    dropped: tuple[DroppedQuestion, ...] = ()
    """Questions that are left out of the opening; they need not be asked."""
    origin: Origin | None = None
    """Where its scorecard was imported from; None where it was given here, or may not be seen."""

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Questions that have neither a level nor a mark, and need one."""
        gone = {each.question for each in self.dropped}
        return tuple(question for question in self.interview.outstanding if question not in gone)

    @property
    def blocking(self) -> tuple[str, ...]:
        """Those of them that prevent submitting: the rubric decides."""
        return self.outstanding if self.rubric.policy.unrated is Unrated.BLOCK else ()


def interview_id(opening: str, candidate: str, interviewer: str, round_: int = 1) -> str:
    """Return the id of the interview of opening, candidate and interviewer in a round."""
    return "/".join([opening, candidate, interviewer, *([str(round_)] if round_ > 1 else [])])


def schedule_interviews(
    store: Store,
    actor: Actor,
    opening_id: str,
    candidate_id: str,
    interviewers: Sequence[str],
    *,
    questions: Sequence[str] = (),
    minutes: float | None = None,
    stage: str | None = None,
    at: datetime | None = None,
    location: str = "",
    again: bool = False,
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
        stage: The stage whose questions are asked, but for those that the candidate has heard or will hear.
        at: When they are to take place.
        location: Where.
        again: Whether an interviewer may have a further round with the candidate, on questions not asked before.

    Raises:
        NotFound: The opening, candidate, an interviewer or a question is not there.
        Refused: Two have an interview already, the opening is closed, the candidate has withdrawn, a question
            is dropped, or a further round has no question left.
    """
    with store.write() as tx:
        opening = find_opening(tx, opening_id)
        require_open(opening)
        candidate = find_candidate(tx, opening_id, candidate_id)
        require_running(opening_id, candidate)
        if stage is not None:
            questions = stage_kit(tx, opening, candidate, stage)
        return tuple(
            plan_interview(
                tx,
                actor,
                opening,
                candidate,
                find_interviewer(tx, who),
                questions=questions,
                minutes=minutes,
                at=at,
                location=location,
                again=again,
            )
            for who in interviewers
        )


def stage_kit(tx: Tx, opening: Opening, candidate: Candidate, stage_id: str) -> tuple[str, ...]:
    """Return the questions of a stage that a candidate is in no other interview asked.

    Raises:
        NotFound: The rubric has no such stage.
        Refused: The candidate has been asked, or will be asked, all of them.
    """
    rubric = pinned_rubric(tx, opening)
    stage = rubric.stage(stage_id)
    if stage is None:
        hint = "the rubric has no stages: name questions, or give --minutes"
        raise missing(Sentence("stage"), stage_id, [each.id for each in rubric.stages], empty_hint=hint)
    gone = {each.question for each in dropped_in(tx, opening.id)}
    held = interviews.plans(tx, opening.id, candidate=candidate.id)
    heard = {q for each in held if each.state is not InterviewState.CANCELLED for q in each.kit}
    kit = tuple(question for question in stage.questions if question not in gone | heard)
    if not kit:
        raise Refused(STAGE_HEARD.format(name=candidate.name, stage=stage_id), hint=STAGE_HINT)
    return kit


def plan_interview(
    tx: Tx,
    actor: Actor,
    opening: Opening,
    candidate: Candidate,
    interviewer: Interviewer,
    *,
    questions: Sequence[str] = (),
    minutes: float | None = None,
    at: datetime | None = None,
    location: str = "",
    again: bool = False,
) -> Interview:
    """Plan one interview within a transaction; arguments and errors as in `schedule_interviews`."""
    earlier = interviews.plans(tx, opening.id, candidate=candidate.id, interviewer=interviewer.id)
    if earlier and not again:
        raise _there_already(earlier[-1])
    held = [each for each in earlier if each.state is not InterviewState.CANCELLED]
    asked = frozenset(question for each in held for question in each.kit)
    kit = _kit(tx, actor, opening, candidate.id, questions, minutes, asked)
    planned = Interview(
        interview_id(opening.id, candidate.id, interviewer.id, len(earlier) + 1),
        opening.id,
        candidate.id,
        interviewer.id,
        kit,
        scheduled_at=at,
        location=clean_line(location),
        round=len(earlier) + 1,
    )
    interviews.insert(tx, [planned], actor.now())
    if earlier:
        keep_seen(tx, actor, planned.id)
    subject = {"opening": opening.id, "candidate": candidate.id, "interview": planned.id}
    record(
        tx, actor, "interview.schedule", subject, states={"interview": (None, interview_state(planned))}, kit=list(kit)
    )
    return planned


def _kit(
    tx: Tx,
    actor: Actor,
    opening: Opening,
    candidate: str,
    questions: Sequence[str],
    minutes: float | None,
    asked: frozenset[str],
) -> tuple[str, ...]:
    pinned, gone = pinned_rubric(tx, opening), {each.question for each in dropped_in(tx, opening.id)}
    if questions:
        if dropped := gone.intersection(questions):
            raise Refused(DROPPED.format(question=min(dropped)), hint="leave it out")
        if repeated := asked.intersection(questions):
            raise Refused(ASKED_ALREADY.format(question=min(repeated)), hint=ASKED_HINT)
        return check_kit(pinned, questions)
    left = tuple(question for question in pinned.asked if question.id not in gone | asked)
    if asked and not left:
        raise Refused(NOTHING_LEFT, hint=ASKED_HINT)
    rubric = evolve(pinned, questions=left)
    if minutes is None:
        return tuple(question.id for question in rubric.asked)
    others = visible_opening(tx, actor.who, opening.id).interviews(candidate=candidate)
    return choose_kit(rubric, asking_minutes(minutes), [q for interview in others for q in interview.kit])


def not_askable(tx: Tx, interview: Interview) -> frozenset[str]:
    """Return the questions that are dropped in the opening or that the interviewer has asked in other rounds."""
    rounds = interviews.plans(tx, interview.opening, candidate=interview.candidate, interviewer=interview.interviewer)
    others = [each for each in rounds if each.id != interview.id and each.state is not InterviewState.CANCELLED]
    dropped = {each.question for each in dropped_in(tx, interview.opening)}
    return frozenset(dropped.union(*(each.kit for each in others)))


def require_askable(tx: Tx, interview: Interview, question: str) -> None:
    """Require that a question may be added to an interview.

    Raises:
        Refused: It is dropped in the opening, or was asked by this interviewer in another round.
    """
    if any(each.question == question for each in dropped_in(tx, interview.opening)):
        raise Refused(DROPPED.format(question=question), hint="leave it out")
    if question in not_askable(tx, interview):
        raise Refused(ASKED_ALREADY.format(question=question), hint=ASKED_HINT)


def _there_already(there: Interview) -> Refused:
    hint = RESTORE_HINT if there.state is InterviewState.CANCELLED else AGAIN_HINT
    return Refused(THERE_ALREADY.format(identity=there.id), hint=hint.format(identity=there.id))


def keep_seen(tx: Tx, actor: Actor, identity: str) -> None:
    """Remember that an interviewer could see others' ratings before a further or restored interview."""
    if interviews.others_submitted(tx, identity):
        interviews.set_seen(tx, identity, actor.now())


def show_interview(store: Store, actor: Actor, identity: str) -> InterviewView:
    """Return an interview; its ratings only if the viewer may see them.

    Raises:
        NotFound: No such interview.
    """
    with store.read() as tx:
        return view_interview(tx, actor, identity)[0]


def view_interview(tx: Tx, actor: Actor, identity: str) -> tuple[InterviewView, VisibleOpening]:
    """Return what `show_interview` does, and its opening as far as the viewer may see it."""
    found, seen = seen_interview(tx, actor.who, identity)
    view = InterviewView(
        interview=found,
        opening=seen.opening,
        rubric=asked_rubric(tx, seen.opening),
        candidate=find_candidate(tx, found.opening, found.candidate),
        interviewer=find_interviewer(tx, found.interviewer),
        place=interviews.place(tx, identity),
        dropped=seen.dropped,
        origin=imports.origin(tx, identity) if found.ratings else None,
    )
    return view, seen


def list_interviews(
    store: Store,
    actor: Actor,
    opening_id: str,
    *,
    candidate: str | None = None,
    interviewer: str | None = None,
    states: Collection[str] = (),
) -> tuple[Interview, ...]:
    """Return interviews of an opening; ratings only where the viewer may see them.

    Args:
        store: Where they are kept.
        actor: Who looks.
        opening_id: The opening.
        candidate: Only this candidate's: id, name or e-mail.
        interviewer: Only this interviewer's: id, name or e-mail.
        states: Only those in one of these states; `planned` is `scheduled`, `owed` what is scheduled or started.

    Raises:
        NotFound: No such opening, candidate or interviewer.
    """
    with store.read() as tx:
        seen = visible_opening(tx, actor.who, opening_id)
        candidate = find_candidate(tx, opening_id, candidate).id if candidate else None
        rater = find_interviewer(tx, interviewer).id if interviewer else None
        found = seen.interviews(candidate=candidate, interviewer=rater)
    return tuple(each for each in found if not states or _in_state(each, states))


def _in_state(interview: Interview, states: Collection[str]) -> bool:
    words = {interview.state.value, *(["owed"] if interview.owed else [])}
    return not words.isdisjoint("scheduled" if each == "planned" else each for each in states)


def interviews_of(store: Store, actor: Actor, interviewer: str) -> tuple[Interview, ...]:
    """Return one interviewer's interviews in all openings; ratings only where the viewer may see them."""
    with store.read() as tx:
        seen = visible_openings(tx, actor.who)
        return tuple(each for opening in seen for each in opening.interviews(interviewer=interviewer))


def plans_of(store: Store, interviewer: str) -> tuple[Interview, ...]:
    """Return one interviewer's interviews in all openings, with neither ratings nor scorecards."""
    with store.read() as tx:
        return interviews.plans_of(tx, interviewer)


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
