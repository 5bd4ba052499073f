"""`hiringkit where`."""

import click

from hiringkit.cli.base import Command
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "where",
    cls=Command,
    help=n_("Show every setting, its value and where it came from."),
    examples=["hiringkit where", "hiringkit where -f json"],
)
@with_session
def command(session: Session) -> None:
    """Show the settings."""
    from hiringkit.report.views.settings import settings_report

    session.emit(settings_report([(each.name, each.value, each.source) for each in session.settings.every()]))
