"""`hiringkit db`: the database itself, and who may do what in it."""

from pathlib import Path

import click

from hiringkit.cli.base import Group, option
from hiringkit.cli.session import Session, now, with_session
from hiringkit.domain.access import LoginRole
from hiringkit.locale import _, n_

MOST_PROBLEMS = 200
"""Of a database that was rewritten throughout; the first ones say it."""


@click.group(
    "db", cls=Group, help=n_("The database: its state, backups, who may see what, and how long records are kept.")
)
def command() -> None:
    """Hold the verbs."""


@command.command(
    "status", help=n_("Show where the database is and whether it is up to date."), examples=["hiringkit db status"]
)
@with_session
def status(session: Session) -> None:
    """Show the state of the database."""
    from hiringkit.report.views.databases import database_report
    from hiringkit.store.migrate import status as database_status

    found = database_status(session.database)
    session.emit(
        database_report(
            address=found.where,
            revision=found.current,
            newest=found.head,
            size=found.size,
            engine=found.library,
            encrypted=found.encrypted,
            flaw=found.wal_reset_bug,
        )
    )


@command.command(
    "upgrade",
    help=n_("Bring the database to this version of the program; a backup is made first."),
    examples=["hiringkit db upgrade"],
)
@with_session
def upgrade(session: Session) -> None:
    """Upgrade the database."""
    from hiringkit.store.migrate import upgrade as upgrade_database

    applied = upgrade_database(session.database, at=now())
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
    "encrypt",
    help=n_(
        "Encrypt the database's file by SQLCipher; backups of it are encrypted from then on. The key is asked for here,"
        " and kept in the keyring of this machine if you want; whoever loses it loses the database."
    ),
    examples=["hiringkit db encrypt", "hiringkit db encrypt --no-keyring"],
)
@option(
    "--keyring/--no-keyring", default=True, help=n_("Keep the key in this machine's keyring; without, it is asked for.")
)
@with_session
def encrypt(session: Session, *, keyring: bool) -> None:
    """Encrypt the database."""
    from hiringkit.actions.databases import encrypt_database
    from hiringkit.cli.prompts import ask_new_key
    from hiringkit.report.views.databases import encrypted_report
    from hiringkit.store.encryption import keep_key, library
    from hiringkit.store.place import parse_place

    library()
    where = session.database
    copies = encrypt_database(where, session.actor, ask_new_key())
    place = parse_place(where)
    kept = keyring and place.path is not None and keep_key(place.path)
    session.emit(encrypted_report(place.shown, tuple(map(str, copies)), encrypted=True, kept=kept))


@command.command(
    "decrypt",
    help=n_("Write the database's file without encryption; its key is asked for unless the keyring has it."),
    examples=["hiringkit db decrypt"],
)
@with_session
def decrypt(session: Session) -> None:
    """Decrypt the database."""
    from hiringkit.actions.databases import decrypt_database
    from hiringkit.report.views.databases import encrypted_report
    from hiringkit.store.place import parse_place

    where = session.database
    decrypt_database(where, session.actor)
    session.emit(encrypted_report(parse_place(where).shown, (), encrypted=False, kept=False))


@command.command(
    "check",
    help=n_(
        "Check that the database is whole: its pages, its tables, every value, the rubrics that openings pinned, the"
        " audit log and all that it vouches for. Nothing is changed."
    ),
    examples=["hiringkit db check", "hiringkit db check --db hiringkit-2026-11-23.db -f json"],
)
@with_session
def check(session: Session) -> None:
    """Check the database."""
    from hiringkit.actions.databases import check_database
    from hiringkit.domain.finding import Severity
    from hiringkit.errors import FindingsError
    from hiringkit.report.views.databases import check_report
    from hiringkit.text.sentence import Sentence

    verdict = check_database(session.database)
    errors = [each for each in verdict.problems if each.severity is Severity.ERROR]
    if errors:
        message = Sentence("the database is not whole: {first}").format(first=errors[0].message)
        raise FindingsError(message, verdict.problems[:MOST_PROBLEMS], hint=errors[0].hint)
    session.tell(verdict.problems)
    session.emit(check_report(verdict))


@command.command(
    "restore",
    help=n_(
        "Put a backup in the place of the database. The backup is checked first and stays as it is; the old database is"
        " kept beside the new one. Whoever was erased since the backup was made is erased again."
    ),
    examples=["hiringkit db restore hiringkit-2026-11-23.db"],
)
@click.argument("backup", type=click.Path(path_type=Path))
@with_session
def restore(session: Session, backup: Path) -> None:
    """Restore a backup."""
    from hiringkit.actions.databases import restore_database
    from hiringkit.report.views.databases import restored_report

    where = session.database
    done = restore_database(where, session.actor, backup)
    session.emit(restored_report(done.where, str(done.kept) if done.kept else None, done.erased))


@command.command(
    "copy",
    help=n_(
        "Copy everything of one database into another that is new or empty, such as from a file to a PostgreSQL server"
        " or back, and compare both by a digest."
    ),
    examples=[
        "hiringkit db copy hiringkit.db postgresql://localhost/firm",
        "hiringkit db copy postgresql://localhost/firm copy.db",
    ],
)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@with_session
def copy(session: Session, source: str, target: str) -> None:
    """Copy a database."""
    from hiringkit.actions.databases import copy_database
    from hiringkit.cli.prompts import ask_key
    from hiringkit.report.views.databases import copied_report
    from hiringkit.store.encryption import ask_with

    ask_with(ask_key)
    done = copy_database(source, target)
    session.emit(copied_report(done.source, done.target, done.rows, done.digest))


@command.command(
    "grant",
    help=n_(
        "Grant a role to a login of a PostgreSQL server, which from then on holds what it may see: interviewer,"
        " recruiter, hiring-manager, administrator, or server, for hiringkit serve."
    ),
    examples=[
        "hiringkit db grant ben interviewer --interviewer ben@example.org",
        "hiringkit db grant rita recruiter",
        "hiringkit db grant hugo hiring-manager --opening ops",
    ],
)
@click.argument("login", metavar="USER")
@click.argument("role", type=click.Choice([str(each) for each in LoginRole]))
@option("--opening", "-O", help=n_("Only in this opening; of an interviewer usually those that they interview in."))
@option(
    "--interviewer",
    default="",
    help=n_("Which interviewer the login is, by id or e-mail; the one of the login's name if not given."),
)
@with_session
def grant(session: Session, login: str, role: str, opening: str | None, interviewer: str) -> None:
    """Grant a role."""
    from hiringkit.actions.logins import grant_login
    from hiringkit.report.views.logins import granted_report

    store = session.store()
    given = grant_login(store, session.actor, login, LoginRole(role), opening=opening, interviewer=interviewer)
    session.emit(granted_report(given))


@command.command(
    "revoke",
    help=n_("Take back what a login was granted, in one opening or altogether."),
    examples=["hiringkit db revoke ben", "hiringkit db revoke hugo --opening ops"],
)
@click.argument("login", metavar="USER")
@option("--opening", "-O", help=n_("Only what was granted for this opening."))
@with_session
def revoke(session: Session, login: str, opening: str | None) -> None:
    """Take a role back."""
    from hiringkit.actions.logins import revoke_login
    from hiringkit.report.views.logins import revoked_report

    session.emit(revoked_report(revoke_login(session.store(), session.actor, login, opening=opening)))


@command.command(
    "who",
    help=n_("Show which login has which role; whoever is no administrator is shown their own."),
    examples=["hiringkit db who", "hiringkit db who -f json"],
)
@with_session
def who(session: Session) -> None:
    """Show who has which role."""
    from hiringkit.actions.logins import list_logins
    from hiringkit.report.views.logins import logins_report

    session.emit(logins_report(list_logins(session.store())))


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
