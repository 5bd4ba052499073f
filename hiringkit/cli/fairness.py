"""`hiringkit fairness`."""

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.scoring_options import METHODS
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "fairness",
    cls=Command,
    help=n_(
        "How groups of candidates come out: who was hired, reached a stage and scored above the median, with impact"
        " ratios, exact tests and intervals. The groups are in a file of their own, of which nothing is kept; groups"
        " of fewer than five people are counted and never shown."
    ),
    examples=[
        "hiringkit fairness som-2026 --groups groups.csv",
        "hiringkit fairness --all --groups groups.csv --by sex,ethnicity -f csv --layout ll144 -o audit.csv",
        "hiringkit fairness som-2026 --groups groups.csv --selected screened,onsite,offer",
        "hiringkit fairness --counts counts.csv",
    ],
)
@click.argument("openings", metavar="[OPENING]…", nargs=-1)
@option("--all", "every", is_flag=True, help=n_("All openings together."))
@option("--groups", metavar="FILE", help=n_("Who belongs where: a column candidate, and one for each kind of group."))
@option(
    "--counts",
    metavar="FILE",
    help=n_("Counts in place of people, without any database: columns selected, applicants, and the groups."),
)
@option("--by", metavar="COLUMN,…", help=n_("Columns that name groups; all if not given."))
@option(
    "--selected",
    metavar="COLUMN,…",
    help=n_("Columns that say yes or no, stage by stage; the opening's outcomes if not given."),
)
@option("--minimum", type=int, default=5, show_default=True, help=n_("People that a group has at least to be shown."))
@option("--level", type=float, default=0.95, show_default=True, help=n_("Level of every interval."))
@option("--method", type=click.Choice(METHODS), help=n_("How ratings become scores; chosen if not given."))
@option(
    "--layout",
    type=click.Choice(("full", "ll144")),
    default="full",
    show_default=True,
    help=n_("ll144 is that of New York's Local Law 144."),
)
@option("--excel", is_flag=True, help=n_("Write CSV in a way that Excel reads as UTF-8."))
@with_session
def command(
    session: Session,
    openings: tuple[str, ...],
    every: bool,
    groups: str | None,
    counts: str | None,
    by: str | None,
    selected: str | None,
    minimum: int,
    level: float,
    method: str | None,
    layout: str,
    excel: bool,
) -> None:
    """Compare groups of candidates."""
    from hiringkit.actions.fairness import FairnessOptions, fairness_of_counts, fairness_of_openings
    from hiringkit.actions.scores import read_options
    from hiringkit.report.views.fairness import fairness_report, ll144_report

    options = FairnessOptions(
        by=_names(by),
        selected=_names(selected),
        minimum=minimum,
        level=level,
        scoring=read_options({"method": method}),
    )
    _check_what_is_given(openings, every=every, groups=groups, counts=counts)
    more = session.settings.columns
    if counts:
        found = fairness_of_counts(counts, options, more=more)
    else:
        found = fairness_of_openings(
            session.store(), session.actor, openings, groups or "", options, language=session.language, more=more
        )
    session.emit(ll144_report(found) if layout == "ll144" else fairness_report(found), excel=excel)


def _names(given: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (given or "").split(",") if name.strip())


def _check_what_is_given(openings: tuple[str, ...], *, every: bool, groups: str | None, counts: str | None) -> None:
    """Require either counts alone, or groups and the openings that they are of.

    Raises:
        UsageProblem: It is neither.
    """
    from hiringkit.errors import UsageProblem

    if counts and (openings or every or groups):
        raise UsageProblem("a file of counts stands for itself", hint="leave out openings, --all and --groups")
    if not counts and bool(openings) == every:
        raise UsageProblem("which openings?", hint="name them, or give --all; or --counts FILE without any")
    if not counts and not groups:
        hint = "--groups FILE, with a column candidate and one for each kind of group, such as sex"
        raise UsageProblem("nothing says who belongs to which group", hint=hint)
