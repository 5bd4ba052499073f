"""What `hiringkit interview schedule` plans: one candidate's interviews, a file of them, or everybody's."""

from datetime import datetime
from typing import TYPE_CHECKING

from attrs import frozen

from hiringkit.cli.session import Session
from hiringkit.domain.finding import has_errors
from hiringkit.errors import FindingsError, UsageProblem
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from hiringkit.domain.interview import Interview

FOR_ONE = Sentence("{name} says how one candidate is interviewed, and {many} plans many")
FOR_ONE_HINT = Sentence(
    "leave it out; the columns of --from are candidate, interviewer, at, minutes, location, questions"
)
MISSING = Sentence("no {name} is given")
MISSING_HINT = "hiringkit interview schedule --help shows the ways to plan"


@frozen
class PlanOptions:
    """What the command was given."""

    candidate: str | None
    interviewers: tuple[str, ...]
    file: str | None
    everybody: bool
    questions: tuple[str, ...]
    minutes: float | None
    stage: str | None
    at: datetime | None
    location: str
    again: bool


def plan(session: Session, opening: str, given: PlanOptions) -> "tuple[Interview, ...]":
    """Plan what is asked for, all or none, and tell what is to be known of it.

    Raises:
        UsageProblem: The options do not go together.
        FindingsError: The file has errors, or a row cannot be planned.
    """
    _check(given)
    if given.file is not None:
        return _from_file(session, opening, given.file)
    if given.everybody:
        return _everybody(session, opening, given)
    from hiringkit.actions.schedule import schedule_interviews
    from hiringkit.actions.timetable import double_bookings

    planned = schedule_interviews(
        session.store(),
        session.actor,
        opening,
        str(given.candidate),
        given.interviewers,
        questions=given.questions,
        minutes=given.minutes,
        stage=given.stage,
        at=given.at,
        location=given.location,
        again=given.again,
    )
    if given.at:
        session.tell(double_bookings(session.store(), session.actor, [each.id for each in planned]))
    return planned


def _check(given: PlanOptions) -> None:
    if given.stage and (given.questions or given.minutes):
        raise UsageProblem("a stage has its own questions", hint="give --stage without --question and --minutes")
    many = "--from" if given.file is not None else "--all" if given.everybody else ""
    one = {
        "CANDIDATE": given.candidate,
        "--question": given.questions,
        "--at": given.at,
        "--again": given.again,
        **({"--all": given.everybody, "--interviewer": given.interviewers} if many == "--from" else {}),
        **({"--minutes": given.minutes, "--location": given.location} if many == "--from" else {}),
        **({"--stage": given.stage} if many == "--from" else {}),
    }
    if many:
        for name, value in one.items():
            if value:
                raise UsageProblem(FOR_ONE.format(name=name, many=many), hint=FOR_ONE_HINT)
    if not many and not given.candidate:
        raise UsageProblem(MISSING.format(name="CANDIDATE"), hint=MISSING_HINT)
    if many != "--from" and not given.interviewers:
        name = "--interviewer" if many else "INTERVIEWER"
        raise UsageProblem(MISSING.format(name=name), hint=MISSING_HINT)


def _from_file(session: Session, opening: str, file: str) -> "tuple[Interview, ...]":
    from hiringkit.actions.timetable import NOTHING_PLANNED, schedule_rows
    from hiringkit.exchange.plans import read_plan

    rows, findings = read_plan(file)
    if has_errors(findings):
        raise FindingsError(NOTHING_PLANNED.format(file=file), findings)
    session.tell(findings)
    plan = schedule_rows(session.store(), session.actor, opening, rows, file)
    session.tell(plan.findings)
    return plan.interviews


def _everybody(session: Session, opening: str, given: PlanOptions) -> "tuple[Interview, ...]":
    from hiringkit.actions.timetable import schedule_everybody

    plan = schedule_everybody(
        session.store(),
        session.actor,
        opening,
        given.interviewers,
        minutes=given.minutes,
        stage=given.stage,
        location=given.location,
    )
    session.tell(plan.findings)
    return plan.interviews
