"""`hiringkit panel`: who interviews whom with which questions, and how many interviewers it takes."""

import re

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_

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
