"""The plan of an interview, corrected: when, where, with whom, and whether it takes place."""

from datetime import datetime

from attrs import evolve

from hiringkit.actions.audit import Actor, change, record
from hiringkit.actions.lookup import Tx, cancelled, find_interviewer, no_interview, opening_of_interview, require_open
from hiringkit.actions.schedule import interview_id, keep_seen
from hiringkit.actions.visibility import require_recruiter, viewer_id
from hiringkit.domain.interview import Interview, InterviewState
from hiringkit.domain.panel import PanelPlan
from hiringkit.errors import Refused, UsageProblem
from hiringkit.store import interviews, panel_plans
from hiringkit.store.states import interview_state
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

SUBMITTED = Sentence("{identity!r} is submitted; its ratings would be lost")
SUBMITTED_HINT = Sentence(
    "correct a rating: hiringkit interview amend {identity} QUESTION; leave the candidate out: hiringkit candidate"
    " withdraw"
)
WRITTEN = Sentence("{interviewer!r} has written into {identity!r}, and that would be lost")
WRITTEN_HINT = Sentence(
    "cancel it with a reason, which keeps what is written, and schedule the other: hiringkit interview cancel"
    " {identity}"
)
NOT_CANCELLED = Sentence("{identity!r} is not cancelled")
TAKEN = Sentence("{interviewer!r} interviews the candidate already: {identity!r}")
TAKEN_HINT = Sentence("cancel the one that is too many: hiringkit interview cancel {identity}")


def edit_interview(
    store: Store,
    actor: Actor,
    identity: str,
    *,
    at: datetime | None = None,
    location: str | None = None,
    interviewer: str | None = None,
) -> Interview:
    """Change when or where an interview takes place, or who interviews; what is not given stays.

    The interviewer may change time and place, a recruiter everything. Another interviewer takes over the kit under an
    interview id of their own, in the opening's panel plan too; the former one no longer owes anything.

    Raises:
        NotFound: No such interview or interviewer.
        Refused: It is submitted or cancelled, the opening is closed, something written would be lost, the new
            interviewer has an interview with the candidate, or one acts as another interviewer.
        UsageProblem: Nothing is changed.
    """
    with store.write() as tx:
        before = _changeable(tx, identity)
        if interviewer is not None or viewer_id(tx, actor.who) != before.interviewer:
            require_recruiter(tx, actor.who)
        after = evolve(
            before,
            scheduled_at=before.scheduled_at if at is None else at,
            location=before.location if location is None else clean_line(location),
        )
        if interviewer is not None:
            after = evolve(after, interviewer=find_interviewer(tx, interviewer).id)
        changes = _changes(before, after)
        if not changes:
            raise UsageProblem("nothing is changed", hint="--at, --location or --interviewer")
        interviews.reschedule(tx, before.id, after.scheduled_at, after.location)
        if after.interviewer != before.interviewer:
            after = _reassign(tx, actor, before, after)
            _follow_in_plan(tx, actor, before, after)
        subject = {"opening": after.opening, "candidate": after.candidate, "interview": after.id}
        same = after.id == before.id
        states = {"interview": (interview_state(before) if same else None, interview_state(after))}
        record(tx, actor, "interview.edit", subject, states=states, **changes)
        return after


def _changeable(tx: Tx, identity: str) -> Interview:
    require_open(opening_of_interview(tx, identity))
    found = _found(tx, identity)
    if found.state is InterviewState.SUBMITTED:
        raise Refused(SUBMITTED.format(identity=identity), hint=SUBMITTED_HINT.format(identity=identity))
    if found.state is InterviewState.CANCELLED:
        raise cancelled(found)
    return found


def _found(tx: Tx, identity: str) -> Interview:
    found = interviews.plan(tx, identity)
    if found is None:
        raise no_interview(tx, identity)
    return found


def _changes(before: Interview, after: Interview) -> dict[str, object]:
    def moment(interview: Interview) -> str | None:
        return interview.scheduled_at.isoformat(timespec="minutes") if interview.scheduled_at else None

    pairs = {
        "at": (moment(before), moment(after)),
        "location": (before.location, after.location),
        "interviewer": (before.interviewer, after.interviewer),
    }
    return {key: change(old, new) for key, (old, new) in pairs.items() if old != new}


def _reassign(tx: Tx, actor: Actor, before: Interview, after: Interview) -> Interview:
    """Plan the interview for the new interviewer and drop the plan of the former one, in which nothing is written."""
    if interviews.holds_more_than_its_kit(tx, before.id):
        hint = WRITTEN_HINT.format(identity=before.id)
        raise Refused(WRITTEN.format(interviewer=before.interviewer, identity=before.id), hint=hint)
    others = interviews.plans(tx, before.opening, candidate=before.candidate, interviewer=after.interviewer)
    if running := [each for each in others if each.state is not InterviewState.CANCELLED]:
        hint = TAKEN_HINT.format(identity=before.id)
        raise Refused(TAKEN.format(interviewer=after.interviewer, identity=running[0].id), hint=hint)
    number = len(others) + 1
    identity = interview_id(before.opening, before.candidate, after.interviewer, number)
    planned = evolve(after, id=identity, round=number)
    interviews.remove(tx, before.id)
    _record(tx, actor, "interview.remove", before, None)
    interviews.insert(tx, [planned], actor.now())
    if others:
        keep_seen(tx, actor, identity)
    return planned


def _follow_in_plan(tx: Tx, actor: Actor, before: Interview, after: Interview) -> None:
    """Let the panel plan say who holds an interview now, where it plans that interview."""
    found = panel_plans.latest(tx, before.opening)
    planned = found.interview(before.candidate, before.interviewer) if found else None
    if found is None or planned is None or found.interview(after.candidate, after.interviewer):
        return
    plan = found.plan.reassigned(planned, after.interviewer, after.scheduled_at)
    number = panel_plans.keep(tx, before.opening, plan, actor.now(), actor.who, scheduled=found.scheduled)
    record_plan(tx, actor, before.opening, plan, number, scheduled=found.scheduled)


def record_plan(tx: Tx, actor: Actor, opening: str, plan: PanelPlan, number: int, *, scheduled: bool) -> None:
    """Log that a panel plan holds now."""
    kits, held = len(plan.kits), len(plan.interviews)
    record(
        tx, actor, "panel.plan", {"opening": opening}, number=number, kits=kits, interviews=held, scheduled=scheduled
    )


def cancel_interview(store: Store, actor: Actor, identity: str, reason: str) -> Interview:
    """Cancel an interview: its scorecard is no longer owed. What is written in it is kept but does not count.

    Raises:
        NotFound: No such interview.
        Refused: It is submitted or cancelled already, the opening is closed, or one acts as an interviewer.
        UsageProblem: No reason.
    """
    said = clean_line(reason)
    if not said:
        raise UsageProblem("cancelling an interview needs a reason", hint='--reason "…"')
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        found = _changeable(tx, identity)
        interviews.cancel(tx, identity, actor.now(), said)
        after = _found(tx, identity)
        _record(tx, actor, "interview.cancel", found, after, reason=said)
        return after


def _require_no_other(tx: Tx, interview: Interview) -> None:
    """Require that the interviewer does not ask the candidate the same questions in another interview."""
    held = interviews.plans(tx, interview.opening, candidate=interview.candidate, interviewer=interview.interviewer)
    for each in held:
        if each.state is not InterviewState.CANCELLED and set(each.kit) & set(interview.kit):
            hint = TAKEN_HINT.format(identity=each.id)
            raise Refused(TAKEN.format(interviewer=each.interviewer, identity=each.id), hint=hint)


def _record(tx: Tx, actor: Actor, action: str, before: Interview, after: Interview | None, **detail: object) -> None:
    subject = {"opening": before.opening, "candidate": before.candidate, "interview": before.id}
    states = {"interview": (interview_state(before), None if after is None else interview_state(after))}
    record(tx, actor, action, subject, states=states, **detail)


def restore_interview(store: Store, actor: Actor, identity: str) -> Interview:
    """Undo the cancellation of an interview, which goes on where it was.

    Raises:
        NotFound: No such interview.
        Refused: It is not cancelled, the opening is closed, or one acts as an interviewer.
    """
    with store.write() as tx:
        require_recruiter(tx, actor.who)
        require_open(opening_of_interview(tx, identity))
        found = _found(tx, identity)
        if found.state is not InterviewState.CANCELLED:
            raise Refused(NOT_CANCELLED.format(identity=identity))
        _require_no_other(tx, found)
        interviews.cancel(tx, identity, None, "")
        keep_seen(tx, actor, identity)
        after = _found(tx, identity)
        _record(tx, actor, "interview.restore", found, after)
        return after
