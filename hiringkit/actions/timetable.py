"""Planning many interviews at once, and finding who would be in two at the same time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.kits import asking_minutes, planned_minutes, share_kits, uncovered
from hiringkit.actions.lookup import (
    Tx,
    find_candidate,
    find_interviewer,
    find_opening,
    pinned_rubric,
    require_open,
    require_running,
)
from hiringkit.actions.openings import openings_overview
from hiringkit.actions.schedule import plan_interview, stage_kit
from hiringkit.actions.visibility import owed_plans, viewer_id
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.interview import Interview, InterviewState, Opening
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.plan import Engagement, PlannedRow
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import FindingsError, HiringKitError, Refused
from hiringkit.settings import zone_in_use
from hiringkit.store import interviews, people
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import local

NOTHING_PLANNED = Sentence("no interview was planned from {file}")
BOOKED_TWICE = Sentence(
    "{name} has two interviews at once: {first} from {first_at} and {second} from {second_at} ({zone})"
)
TOGETHER_HINT = Sentence("where two interview together, nothing is wrong")
BOOKED_HINT = Sentence("change the time: hiringkit interview edit {identity} --at TIME")
UNASKED = Sentence('no question of {name}\'s interviews is evidence for the criterion "{criterion}"')
LEFT_OUT = Sentence("{interviewer} has an interview with {name} already")


@frozen
class Plan:
    """What was planned, with findings."""

    interviews: tuple[Interview, ...]
    findings: tuple[Finding, ...] = ()


def schedule_rows(store: Store, actor: Actor, opening_id: str, rows: Sequence[PlannedRow], file: str) -> Plan:
    """Plan the interviews of a file, all or none.

    Raises:
        NotFound: No such opening.
        Refused: The opening is closed.
        FindingsError: A row cannot be planned; each that cannot has a finding.
    """
    with store.write() as tx:
        opening = find_opening(tx, opening_id)
        require_open(opening)
        planned, wrong, places = [], [], {}
        for row in rows:
            made = _plan_row(tx, actor, opening, row)
            if isinstance(made, Finding):
                wrong.append(made)
            else:
                planned.append(made)
                places[made.id] = row.places.get("at") or row.places["candidate"]
        if wrong:
            raise FindingsError(NOTHING_PLANNED.format(file=file), wrong)
        booked = _double_bookings(tx, {each.id for each in planned})
        return Plan(tuple(planned), tuple(evolve(found, location=places.get(found.path)) for found in booked))


def _plan_row(tx: Tx, actor: Actor, opening: Opening, row: PlannedRow) -> Interview | Finding:
    """Plan one row, or return what is wrong with which cell."""
    column = "candidate"
    try:
        candidate = find_candidate(tx, opening.id, row.candidate)
        require_running(opening.id, candidate)
        column = "interviewer"
        interviewer = find_interviewer(tx, row.interviewer)
        column = "questions" if row.questions else "minutes" if row.minutes else "interviewer"
        return plan_interview(
            tx,
            actor,
            opening,
            candidate,
            interviewer,
            questions=row.questions,
            minutes=row.minutes,
            at=row.at,
            location=row.location,
        )
    except HiringKitError as error:
        place = row.places[column]
        return Finding(Code.NOT_PLANNED, error.message, hint=error.hint, path=column, location=place)


def schedule_everybody(
    store: Store,
    actor: Actor,
    opening_id: str,
    interviewers: Sequence[str],
    *,
    minutes: float | None = None,
    stage: str | None = None,
    location: str = "",
) -> Plan:
    """Plan every candidate's interviews with the same interviewers, all or none.

    The kits of a candidate's interviewers are complementary: no question twice, and together as much of the rubric as
    there is time for. A candidate who already has an interview with an interviewer keeps it.

    Args:
        store: Where they are kept.
        actor: Who plans them.
        opening_id: The opening.
        interviewers: Who asks: ids, e-mails or names.
        minutes: How long each interview may be; None where all questions are to be asked.
        stage: Only its questions, which the interviewers ask together.
        location: Where.

    Raises:
        NotFound: No such opening, interviewer or stage.
        Refused: The opening is closed, or there is nobody to interview.
        UsageProblem: There are not enough questions for so many interviewers.
    """
    with store.write() as tx:
        opening = find_opening(tx, opening_id)
        require_open(opening)
        panel = list({each.id: each for each in (find_interviewer(tx, who) for who in interviewers)}.values())
        running = [each for each in people.candidates(tx, opening_id) if not each.withdrawn_at]
        if not running:
            raise Refused(
                Sentence("opening {opening_id!r} has no candidate who is in the running").format(opening_id=opening_id),
                hint=Sentence("add one: hiringkit candidate add {opening_id} NAME").format(opening_id=opening_id),
            )
        gone = {each.question for each in dropped_in(tx, opening_id)}
        pinned = pinned_rubric(tx, opening)
        rubric = evolve(pinned, questions=tuple(each for each in pinned.asked if each.id not in gone))
        planned: list[Interview] = []
        findings: list[Finding] = []
        for candidate in running:
            made, found = _plan_candidate(tx, actor, opening, rubric, candidate, panel, minutes, stage, location)
            planned += made
            findings += found
        return Plan(tuple(planned), tuple(findings))


def _plan_candidate(
    tx: Tx,
    actor: Actor,
    opening: Opening,
    rubric: Rubric,
    candidate: Candidate,
    panel: Sequence[Interviewer],
    minutes: float | None,
    stage: str | None,
    location: str,
) -> tuple[list[Interview], list[Finding]]:
    held = interviews.plans(tx, opening.id, candidate=candidate.id)
    there = {each.interviewer for each in held}
    asked = {q for each in held if each.state is not InterviewState.CANCELLED for q in each.kit}
    wanted = [each for each in panel if each.id not in there]
    findings = [
        Finding(Code.PLANNED_ALREADY, LEFT_OUT.format(interviewer=each.name, name=candidate.name), Severity.INFO)
        for each in panel
        if each.id in there
    ]
    if not wanted:
        return [], findings
    if stage is not None:
        kits = (stage_kit(tx, opening, candidate, stage),) * len(wanted)
    else:
        kits = share_kits(rubric, len(wanted), asking_minutes(minutes) if minutes else None, asked)
    planned = [
        plan_interview(tx, actor, opening, candidate, interviewer, questions=kit, location=location)
        for interviewer, kit in zip(wanted, kits, strict=True)
    ]
    for criterion in () if stage is not None else uncovered(rubric, asked.union(*kits)):
        message = UNASKED.format(name=candidate.name, criterion=criterion)
        findings.append(
            Finding(Code.CRITERION_UNASKED, message, Severity.WARNING, "give each interview more --minutes")
        )
    return planned, findings


def double_bookings(store: Store, actor: Actor, identities: Iterable[str]) -> tuple[Finding, ...]:
    """Return a finding for each time that somebody in these interviews is in another one at the same time."""
    with store.read() as tx:
        viewer_id(tx, actor.who)
        return tuple(_double_bookings(tx, set(identities)))


def engagements(store: Store, held: Iterable[Interview]) -> tuple[Engagement, ...]:
    """Return those of some interviews that have a time, by time."""
    timed = sorted((each for each in held if each.scheduled_at), key=lambda each: (each.scheduled_at, each.id))
    with store.read() as tx:
        openings = {identity: find_opening(tx, identity) for identity in dict.fromkeys(e.opening for e in timed)}
        candidates = {(o, each.id): each for o in openings for each in people.candidates(tx, o)}
        interviewers = {each.id: each for each in people.interviewers(tx)}
        return tuple(
            Engagement(
                each,
                openings[each.opening],
                candidates[each.opening, each.candidate],
                interviewers[each.interviewer],
                planned_minutes(pinned_rubric(tx, openings[each.opening]), each.kit),
            )
            for each in timed
        )


def outstanding(
    store: Store, actor: Actor, *, opening: str | None = None, interviewer: str | None = None
) -> tuple[Engagement, ...]:
    """Return the interviews of open openings whose scorecard is still to come; an interviewer sees their own.

    Args:
        store: Where they are kept.
        actor: Who looks.
        opening: Only this opening's.
        interviewer: Only this interviewer's: id, name or e-mail.

    Raises:
        NotFound: No such opening or interviewer.
    """
    waiting = openings_overview(store, actor).waiting
    with store.read() as tx:
        only = (
            find_opening(tx, opening).id if opening else None,
            find_interviewer(tx, interviewer).id if interviewer else None,
        )
        return tuple(
            Engagement(
                each.interview,
                each.opening,
                each.candidate,
                each.interviewer,
                planned_minutes(pinned_rubric(tx, each.opening), each.interview.kit),
            )
            for each in waiting
            if only[0] in (None, each.opening.id) and only[1] in (None, each.interviewer.id)
        )


@frozen
class _Slot:
    """A time at which somebody is busy."""

    name: str
    interview: Interview
    at: datetime
    until: datetime


def _double_bookings(tx: Tx, identities: set[str]) -> Iterator[Finding]:
    """Yield clashes; the path of each is the id of the interview that is among `identities`."""
    for slots in _slots(tx).values():
        slots.sort(key=lambda slot: (slot.at, slot.interview.id))
        for n, first in enumerate(slots):
            for second in slots[n + 1 :]:
                if second.at >= first.until:
                    break
                named = [each for each in (second, first) if each.interview.id in identities]
                if named:
                    yield _booked_twice(first, second, named[0])


def _slots(tx: Tx) -> dict[tuple[str, ...], list[_Slot]]:
    """Return what is planned and not yet held, by person: an interviewer, or an opening's candidate."""
    names = {each.id: each.name for each in people.interviewers(tx)}
    taken: dict[tuple[str, ...], list[_Slot]] = {}
    for opening, each, candidate in owed_plans(tx):
        if each.scheduled_at is None:
            continue
        until = each.scheduled_at + timedelta(minutes=planned_minutes(pinned_rubric(tx, opening), each.kit))
        for key, name in (
            ((each.interviewer,), names[each.interviewer]),
            ((each.opening, each.candidate), candidate.name),
        ):
            taken.setdefault(key, []).append(_Slot(name, each, each.scheduled_at, until))
    return taken


def _booked_twice(first: _Slot, second: _Slot, named: _Slot) -> Finding:
    together = first.at == second.at and first.interview.candidate == second.interview.candidate
    return Finding(
        Code.DOUBLE_BOOKED,
        BOOKED_TWICE.format(
            name=named.name,
            first=first.interview.id,
            first_at=f"{local(first.at):%Y-%m-%d %H:%M}",
            second=second.interview.id,
            second_at=f"{local(second.at):%Y-%m-%d %H:%M}",
            zone=zone_in_use(),
        ),
        Severity.WARNING,
        hint=TOGETHER_HINT if together else BOOKED_HINT.format(identity=named.interview.id),
        path=named.interview.id,
    )
