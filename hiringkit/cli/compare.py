"""`hiringkit compare`."""

import gc

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.scoring_options import history_option, robust_option, scoring_options, top_option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "compare",
    cls=Command,
    help=n_(
        "Compare the candidates of an opening: a fit profile each, with intervals, coverage, gates and who cannot be"
        " told apart. Acting as an interviewer you see nobody for whom your own scorecard is outstanding."
    ),
    examples=[
        "hiringkit compare som-2026",
        "hiringkit compare som-2026 -f csv -o comparison.csv",
        "hiringkit compare som-2026 --sort forecasting --top 5",
        "hiringkit compare som-2026 --robust",
        "hiringkit compare som-2026 --as-of 2026-03-01",
        "hiringkit compare som-2026 --only amara-osei,priya-raman --hide-names --no-interviewers",
    ],
)
@click.argument("opening")
@scoring_options
@history_option
@robust_option
@option(
    "--sort",
    "order",
    metavar="COLUMN",
    help=n_("Order by rank, name, overall, coverage, best (the chance of it) or a criterion's id."),
)
@top_option
@option(
    "--as-of",
    "moment",
    metavar="DAY|TIME|EVENT",
    help=n_(
        "As it was at the end of a day, at a time, or after an event of the audit log: scorecards, withdrawals and"
        " dropped questions of then."
    ),
)
@option("--only", metavar="WHO,…", help=n_("Only these candidates, by id or name; ranks stay those among all."))
@option("--hide-names", is_flag=True, help=n_("Put labels in the place of candidates' names and ids."))
@option("--no-interviewers", is_flag=True, help=n_("Leave out what interviewers do to ratings."))
@option("--excel", is_flag=True, help=n_("Write CSV in a way that Excel reads as UTF-8."))
@with_session
def command(
    session: Session,
    opening: str,
    robust: bool,
    order: str | None,
    top: int | None,
    moment: str | None,
    only: str | None,
    hide_names: bool,
    no_interviewers: bool,
    excel: bool,
    **options: object,
) -> None:
    """Compare the candidates of an opening."""
    from attrs import evolve

    from hiringkit.actions.comparisons import arrange, compare_opening, number_candidates, without_strictness
    from hiringkit.actions.comparisons import hide_names as without_names
    from hiringkit.actions.scores import NOT_RANKED, read_options
    from hiringkit.errors import Refused
    from hiringkit.report.views.comparison import comparison_report

    gc.disable()  # what is read lives until the end, and would be looked through over and over
    comparison = compare_opening(
        session.store(),
        session.actor,
        opening,
        read_options(options),
        language=session.language,
        robust=robust,
        moment=moment,
    )
    labels = number_candidates(comparison)
    names = [name for name in (only or "").split(",") if name.strip()]
    comparison = arrange(comparison, only=names, order=order or "")
    if top is not None and not comparison.ranks:
        raise Refused(NOT_RANKED, hint="leave out --top")
    if hide_names:
        comparison = without_names(comparison, labels)
    if no_interviewers:
        found = comparison.robustness and evolve(comparison.robustness, without_interviewer=())
        comparison = evolve(without_strictness(comparison), interviewers=(), robustness=found)
    session.emit(comparison_report(comparison, session.language, top=top, brief=session.is_read_at_once), excel=excel)
