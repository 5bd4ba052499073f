"""`hiringkit panel`: who interviews whom with which questions, and how many interviewers it takes."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_

if TYPE_CHECKING:
    from hiringkit.actions.panel_plans import PanelWishes
    from hiringkit.domain.panel import Availability, StoredPlan

_MOST_SIZES = 50
_SIZES = re.compile(r"(\d+)(?:\.\.(\d+))?", re.ASCII)


@click.group("panel", cls=Group, help=n_("Plan a panel: who asks what, and how many interviewers it takes."))
def command() -> None:
    """Hold the verbs."""


def _read_sizes(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[int, ...]:
    found = _SIZES.fullmatch(value.strip())
    low, high = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= low <= high <= _MOST_SIZES:
        message = _("{value!r} is no number of interviewers; expected one or a range up to {most}, such as 2..5")
        raise click.BadParameter(message.format(value=value, most=_MOST_SIZES))
    return tuple(range(low, high + 1))


@command.command(
    "reliability",
    help=n_(
        "Say how many interviewers it takes: for each number of them the chance that the best candidate is hired, what"
        " choosing wrongly costs, and the minutes. With an opening, its own ratings say how reliable an interview is;"
        " without any, what is usual does."
    ),
    examples=[
        "hiringkit panel reliability --hire 1 --of 8 --interviewers 2..5 --target .6",
        "hiringkit panel reliability som-2026 --target .5",
        "hiringkit panel reliability --hire 2 --of 30 --interviewers 4 --reliability .35 --minutes 60 -f json",
    ],
)
@click.argument("opening", required=False)
@option("--hire", type=click.IntRange(min=1), default=1, show_default=True, help=n_("How many are hired."))
@option("--of", type=click.IntRange(min=1), help=n_("Of how many candidates; those in the running unless given."))
@option(
    "--interviewers",
    metavar="N[..M]",
    default="1..6",
    show_default=True,
    callback=_read_sizes,
    help=n_("How many interviewers each candidate meets: a number or a range."),
)
@option("--target", type=float, help=n_("The chance of hiring the best that is wanted, such as .6."))
@option("--reliability", type=float, help=n_("Of one interview, from 0 to 1, where you know it."))
@option("--minutes", type=click.FloatRange(1, 1440), help=n_("How long an interview takes; the rubric's, or 45."))
@with_session
def reliability(
    session: Session,
    opening: str | None,
    hire: int,
    of: int | None,
    interviewers: tuple[int, ...],
    target: float | None,
    reliability: float | None,
    minutes: float | None,
) -> None:
    """Say how many interviewers it takes."""
    from hiringkit.actions.panel_reliability import SelectionQuestion, choose_panel
    from hiringkit.report.views.panel_reliability import panel_reliability_report

    store = session.store() if opening else None
    asked = SelectionQuestion(hire, of, interviewers, target, reliability, minutes)
    session.emit(panel_reliability_report(choose_panel(store, session.actor, opening, asked)))


def _plan_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what `plan` and `replan` share."""
    for add in (
        option(
            "--explain", is_flag=True, help=n_("Also show how criteria are covered, and the reliability to expect.")
        ),
        option("--schedule", is_flag=True, help=n_("Schedule the interviews of the plan, too.")),
        option(
            "--margin",
            type=click.FloatRange(0, 1440),
            help=n_("Minutes of an interview for its opening and close; 10 unless given."),
        ),
        option(
            "--minutes", type=click.FloatRange(1, 1440), help=n_("How long an interview takes; the rubric's, or 60.")
        ),
        option(
            "--each",
            metavar="K",
            type=click.IntRange(min=1),
            help=n_("How many interviewers ask about each criterion; 2 unless given, and at least 2 for gates."),
        ),
        option(
            "--interviews",
            metavar="N",
            type=click.IntRange(1, 26),
            help=n_("How many interviews each candidate has; the fewest that do unless given."),
        ),
        option(
            "--interviewer",
            "interviewers",
            metavar="WHO",
            multiple=True,
            help=n_("Who interviews; repeat it for more."),
        ),
        option(
            "--availability",
            metavar="FILE",
            help=n_("Who can interview, how often, about what and when: YAML or CSV, see docs/panel-plans.md."),
        ),
    ):
        function = add(function)
    return function


@command.command(
    "plan",
    help=n_(
        "Plan who asks which questions in which interview: every criterion by several interviewers and for its share"
        " of the time, the same kits for every candidate, no question twice, the load shared, orders balanced. Where"
        " there is no such plan, what cannot hold together is named."
    ),
    examples=[
        "hiringkit panel plan som-2026 --interviewer helen-brandt --interviewer marcus-webb --explain",
        "hiringkit panel plan som-2026 --availability availability.yaml --schedule",
        "hiringkit panel plan som-2026 --interviews 3 --each 2 --minutes 60 -f json",
    ],
)
@click.argument("opening")
@_plan_options
@with_session
def plan(session: Session, opening: str, **options: Any) -> None:
    """Plan a panel."""
    from hiringkit.actions.panel_plans import plan_panel

    explain, schedule = options.pop("explain"), options.pop("schedule")
    made = plan_panel(session.store(), session.actor, opening, _wishes(session, options), schedule=schedule)
    _show(session, made, explain=explain)
    _tell_clashes(session, made, scheduled=schedule)


@command.command(
    "replan",
    help=n_(
        "Plan anew what is not done, after somebody has fallen ill, withdrawn or joined: interviews that have begun"
        " stay, and of the others as few change as can. With --schedule, interviews are changed and cancelled"
        " accordingly."
    ),
    examples=[
        "hiringkit panel replan som-2026 --availability availability.yaml",
        "hiringkit panel replan som-2026 --schedule",
    ],
)
@click.argument("opening")
@_plan_options
@with_session
def replan(session: Session, opening: str, **options: Any) -> None:
    """Plan a panel anew."""
    from hiringkit.actions.panel_plans import replan_panel

    explain, schedule = options.pop("explain"), options.pop("schedule")
    made = replan_panel(session.store(), session.actor, opening, _wishes(session, options), schedule=schedule)
    _show(session, made, explain=explain)
    _tell_clashes(session, made, scheduled=schedule)


@command.command(
    "reassign",
    help=n_(
        "Let somebody else hold a planned interview, with the same kit: at the same time where they are free then, else"
        " without one. Where it is scheduled, it is cancelled and scheduled with them. For one interview that was"
        " scheduled by hand: hiringkit interview edit."
    ),
    examples=["hiringkit panel reassign som-2026 amara-osei helen-brandt marcus-webb"],
)
@click.argument("opening")
@click.argument("candidate")
@click.argument("interviewer")
@click.argument("to")
@with_session
def reassign(session: Session, opening: str, candidate: str, interviewer: str, to: str) -> None:
    """Give a planned interview to somebody else."""
    from hiringkit.actions.panel_plans import reassign_interview

    made = reassign_interview(session.store(), session.actor, opening, candidate, interviewer, to)
    _show(session, made, explain=False)
    _tell_clashes(session, made, scheduled=made.scheduled)


@command.command(
    "show",
    help=n_(
        "Show the plan of an opening's panel; -f csv writes rows that `hiringkit interview schedule --from` reads."
    ),
    examples=["hiringkit panel show som-2026 --explain", "hiringkit panel show som-2026 -f csv -o plan.csv"],
)
@click.argument("opening")
@option("--explain", is_flag=True, help=n_("Also show how criteria are covered, and the reliability to expect."))
@with_session
def show(session: Session, opening: str, *, explain: bool) -> None:
    """Show a plan."""
    from hiringkit.actions.panel_plans import show_panel

    _show(session, show_panel(session.store(), session.actor, opening), explain=explain)


def _wishes(session: Session, options: Mapping[str, Any]) -> "PanelWishes":
    """Read what a plan is to be like.

    Raises:
        FindingsError: The file of availability has errors.
    """
    from hiringkit.actions.panel_plans import PanelWishes

    file = options["availability"]
    given = None if file is None else _read_availability(session, file)
    return PanelWishes(**{**options, "availability": given})


def _read_availability(session: Session, file: str) -> "Availability":
    from pathlib import Path

    from hiringkit.errors import FindingsError
    from hiringkit.exchange.availability import read_availability_rows
    from hiringkit.library.availability import read_availability
    from hiringkit.text.sentence import Sentence

    tabular = Path(file).suffix.lower() in {".csv", ".tsv"}
    given, findings = read_availability_rows(file) if tabular else read_availability(Path(file))
    if given is None:
        raise FindingsError(Sentence("{file} has errors and is not used").format(file=file), findings)
    session.tell(findings)
    return given


def _show(session: Session, made: "StoredPlan", *, explain: bool) -> None:
    from hiringkit.actions.panel_plans import criterion_names
    from hiringkit.actions.people import names_of
    from hiringkit.report.views.panel import panel_report

    store = session.store()
    criteria = criterion_names(store, made.opening, session.language)
    session.emit(panel_report(made, *names_of(store, made.opening), criteria, explain=explain))


def _tell_clashes(session: Session, made: "StoredPlan", *, scheduled: bool) -> None:
    from hiringkit.actions.schedule import list_interviews
    from hiringkit.actions.timetable import double_bookings

    if scheduled:
        store, pairs = session.store(), set(made.states)
        held = list_interviews(store, session.actor, made.opening)
        own = [each.id for each in held if (each.candidate, each.interviewer) in pairs]
        session.tell(double_bookings(store, session.actor, own))
