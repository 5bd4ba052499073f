"""`hiringkit export`."""

from pathlib import Path

import click

from hiringkit.cli.base import Command, option
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import _, n_


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
        "hiringkit export som-2026 --parquet ratings.parquet",
    ],
)
@click.argument("openings", nargs=-1, required=True)
@option("--excel", is_flag=True, help=n_("Write CSV in a way that Excel reads as UTF-8."))
@option(
    "--parquet",
    metavar="FILE",
    help=n_("Write Parquet instead, in memory that does not grow with the ratings; any number of them."),
)
@with_session
def command(session: Session, openings: tuple[str, ...], excel: bool, parquet: str | None) -> None:
    """Write the submitted ratings."""
    from attrs import astuple

    from hiringkit.actions.exports import submitted_ratings, write_parquet
    from hiringkit.report.views.export import ratings_report

    if parquet:
        count = write_parquet(session.store(), session.actor, openings, Path(parquet))
        session.note(_("{count} ratings written: {path}").format(count=f"{count:,}", path=parquet))
        return

    rows = submitted_ratings(session.store(), session.actor, openings)
    session.usual_format = "csv"
    session.emit(ratings_report([astuple(row) for row in rows]), excel=excel)
