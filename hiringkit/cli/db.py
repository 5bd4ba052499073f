"""`hiringkit db`: the database itself."""

from pathlib import Path

import click

from hiringkit.cli.base import Group
from hiringkit.cli.session import Session, now, with_session
from hiringkit.locale import _, n_


@click.group("db", cls=Group, help=n_("The database: status, upgrade, backup."))
def command() -> None:
    """Hold the verbs."""


@command.command(
    "status", help=n_("Show where the database is and whether it is up to date."), examples=["hiringkit db status"]
)
@with_session
def status(session: Session) -> None:
    """Show the state of the database."""
    from hiringkit.report.views.settings import database_report
    from hiringkit.store.migrate import status as database_status

    found = database_status(session.settings.db.value)
    session.emit(database_report(address=found.where, revision=found.current, newest=found.head, size=found.size))


@command.command(
    "upgrade",
    help=n_("Bring the database to this version of the program; a backup is made first."),
    examples=["hiringkit db upgrade"],
)
@with_session
def upgrade(session: Session) -> None:
    """Upgrade the database."""
    from hiringkit.store.migrate import upgrade as upgrade_database

    applied = upgrade_database(session.settings.db.value, at=now())
    session.note(_("Applied: {revisions}").format(revisions=", ".join(applied)) if applied else _("Nothing to do."))


@command.command(
    "backup",
    help=n_("Write a consistent copy of the database to a new file, while others go on working."),
    examples=["hiringkit db backup hiringkit-2026-11-23.db"],
)
@click.argument("file", type=click.Path(path_type=Path))
@with_session
def backup(session: Session, file: Path) -> None:
    """Copy the database."""
    from hiringkit.store.migrate import backup as back_up

    back_up(session.store(), file)
    session.note(_("written: {path}").format(path=file))
