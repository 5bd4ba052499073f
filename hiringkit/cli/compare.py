"""`hiringkit compare`."""

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.scoring_options import history_option, scoring_options
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "compare",
    cls=Command,
    help=n_(
        "Compare the candidates of an opening: a fit profile each, with intervals, coverage, gates and who cannot be"
        " told apart. Acting as an interviewer you see nobody for whom your own scorecard is outstanding."
    ),
    examples=["hiringkit compare som-2026", "hiringkit compare som-2026 -f csv -o comparison.csv"],
)
@click.argument("opening")
@scoring_options
@history_option
@option("--excel", is_flag=True, help=n_("Write CSV in a way that Excel reads as UTF-8."))
@with_session
def command(session: Session, opening: str, excel: bool, **options: object) -> None:
    """Compare the candidates of an opening."""
    from hiringkit.actions.comparisons import compare_opening
    from hiringkit.actions.scores import read_options
    from hiringkit.report.views.comparison import comparison_report

    comparison = compare_opening(
        session.store(), session.actor, opening, read_options(options), language=session.language
    )
    session.emit(comparison_report(comparison, session.language), excel=excel)
