"""`hiringkit export`."""

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "export",
    cls=Command,
    help=n_(
        "Write the submitted ratings of one or more openings as CSV, one rating a row, in the form that `hiringkit"
        " score` reads, with names, recommendations and their reasons; -f json for JSON, which it reads too. Acting as"
        " an interviewer you get nobody for whom your own scorecard is outstanding."
    ),
    examples=[
        "hiringkit export som-2026 -o ratings.csv",
        "hiringkit export som-2026 | hiringkit score -",
        "hiringkit export som-2025 som-2026 -o both.json",
    ],
)
@click.argument("openings", nargs=-1, required=True)
@option("--excel", is_flag=True, help=n_("Write CSV in a way that Excel reads as UTF-8."))
@with_session
def command(session: Session, openings: tuple[str, ...], excel: bool) -> None:
    """Write the submitted ratings."""
    from attrs import astuple

    from hiringkit.actions.exports import submitted_ratings
    from hiringkit.report.views.export import ratings_report

    rows = submitted_ratings(session.store(), session.actor, openings)
    session.usual_format = "csv"
    session.emit(ratings_report([astuple(row) for row in rows]), excel=excel)
