"""`hiringkit db`: the database itself."""

from pathlib import Path

import click

from hiringkit.cli.base import Group, option
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
    from hiringkit.actions.databases import back_up

    back_up(session.store(), session.actor, file)
    session.note(_("written: {path}").format(path=file))


@command.command(
    "retention",
    help=n_(
        "List how long what is known about candidates is kept after each opening is closed, or with --due who is to be"
        " erased now; --apply erases them, and never who is on hold."
    ),
    examples=[
        "hiringkit db retention",
        "hiringkit db retention --due",
        "hiringkit db retention --due --apply",
    ],
)
@option("--due", is_flag=True, help=n_("Only who is due now, or would be but for a hold."))
@option("--apply", "apply_", is_flag=True, help=n_("Erase who is due; this cannot be taken back."))
@with_session
def retention(session: Session, due: bool, apply_: bool) -> None:
    """List or erase what is due."""
    from hiringkit.actions.retention import apply_retention
    from hiringkit.actions.retention import retention as kept_for
    from hiringkit.report.views.privacy import erasures_report, retention_report

    if apply_:
        session.emit(erasures_report(apply_retention(session.store(), session.actor)))
    else:
        session.emit(retention_report(kept_for(session.store(), session.actor, due_only=due), due_only=due))
