"""A backup put in the place of a database; the one that was there is kept."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from hiringkit.domain.finding import Finding
from hiringkit.errors import FindingsError, HiringKitError, Refused, StoreUnreachable
from hiringkit.files import make_private_folders, sync
from hiringkit.store import audit, encryption, migrate
from hiringkit.store.check import check
from hiringkit.store.conversion import convert
from hiringkit.store.faults import IN_USE, IN_USE_HINT, NOT_A_DATABASE, NOT_A_DATABASE_HINT, NoStore, files_plainly
from hiringkit.store.place import PARTS, file_place, free_name, is_there, parse_place
from hiringkit.store.store import Store, Transaction, make_engine, open_store, transaction
from hiringkit.store.tables import audit_salts
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

NOT_A_FILE = Sentence("{where} is not a file that a backup can be put in the place of")
NOT_A_FILE_HINT = Sentence(
    "a PostgreSQL database is restored with pg_restore, or filled with hiringkit db copy FROM TO"
)
SAME = Sentence("{backup} is the database itself")
NOT_WHOLE = Sentence("{backup} is not whole, and {where} is left as it is: {first}")

Erase = Callable[[Store, str, str], object]


def restore(where: str, backup: Path, at: datetime, erase: Erase) -> tuple[Path | None, list[str]]:
    """Check a backup and put a copy of it in the place of a database, brought to this version of the program.

    Whoever was erased from the database since the backup was made is erased from the copy, too. Where the database is
    encrypted, so is the copy.

    Args:
        where: The database's file; there need not be one.
        backup: The backup; it stays as it is.
        at: When, for the name under which the old database is kept and for the audit log.
        erase: Erases a candidate from a store, by opening and id.

    Returns:
        Where the old database is kept, None where there was none; and the ids of those who were erased again.

    Raises:
        NoStore: There is no backup.
        FindingsError: The backup is not whole; the database is as it was.
        Refused: The backup is no hiringkit database or newer than the program, or the place is no file.
        StoreUnreachable: Another program has the database open, or the copy cannot be written.
    """
    place = parse_place(where)
    if place.path is None:
        raise Refused(NOT_A_FILE.format(where=place.shown), hint=NOT_A_FILE_HINT)
    path, source = place.path, file_place(backup)
    if not is_there(Path(source.path or backup), source.shown):
        raise NoStore(source.shown)
    if source.path == path:
        raise Refused(SAME.format(backup=source.shown))
    if migrate.status(str(backup)).current is None:
        raise Refused(NOT_A_DATABASE.format(where=source.shown), hint=NOT_A_DATABASE_HINT)
    with files_plainly(place.shown):
        make_private_folders(path.parent)
    copy = free_name(path, "restoring")
    try:
        _copy(backup, copy)
        if encryption.is_encrypted(path) and not encryption.is_encrypted(copy):
            migrate.upgrade(str(copy), at=at, backup=False)
            convert(str(copy), encryption.passphrase(path))
        again = _bring_up_to_date(copy, path, at, erase, shown=(source.shown, place.shown))
        kept = _exchange(path, copy, at)
    finally:
        for part in PARTS:
            with suppress(OSError):
                Path(f"{copy}{part}").unlink()
    return kept, again


def _copy(backup: Path, target: Path) -> None:
    engine = make_engine(file_place(backup))
    try:
        migrate.copy_database(engine, clean_line(str(backup)), target)
    finally:
        engine.dispose()


def _bring_up_to_date(copy: Path, current: Path, at: datetime, erase: Erase, *, shown: tuple[str, str]) -> list[str]:
    """Upgrade a copy, check it, and erase from it whoever was erased from the current database."""
    migrate.upgrade(str(copy), at=at, backup=False)
    if problems := check(str(copy)):
        raise _not_whole(problems, *shown)
    erased = _erased(current)
    with open_store(str(copy)) as store:
        with store.read() as tx:
            again = [(row.opening_id, row.candidate_id) for row in _salts(tx) if audit.salt_digest(row.salt) in erased]
        for opening, candidate in again:
            erase(store, opening, candidate)
    return [f"{opening}/{candidate}" for opening, candidate in again]


def _not_whole(problems: list[Finding], backup: str, where: str) -> FindingsError:
    message = NOT_WHOLE.format(backup=backup, where=where, first=problems[0].message)
    return FindingsError(message, problems, hint=Sentence("try an earlier backup"))


def _salts(tx: Connection) -> list[Row[Any]]:
    return list(tx.execute(select(audit_salts)))


def _erased(current: Path) -> frozenset[str]:
    """Return the salts of those who were erased from a database; none where it can no longer be read."""
    if not current.exists():
        return frozenset()
    try:
        with open_store(str(current)) as store, store.read() as tx:
            return audit.erased_salts(tx)
    except HiringKitError:
        return frozenset()


def _exchange(path: Path, copy: Path, at: datetime) -> Path | None:
    """Put a file in the place of a database that nobody else has open, and return where the old one is kept."""
    shown = clean_line(str(path))
    if not path.exists():
        with files_plainly(shown):
            copy.rename(path)
            sync(path.parent)
        return None
    _leave_wal(path, shown)
    kept = free_name(path, f"before-restore-{at.astimezone(UTC):%Y%m%dT%H%M%S}")
    with files_plainly(shown):
        for part in PARTS:
            with suppress(FileNotFoundError):
                Path(f"{path}{part}").rename(f"{kept}{part}")
        try:
            copy.rename(path)
        except OSError:
            kept.rename(path)
            raise
        sync(path.parent)
    return kept


def _leave_wal(path: Path, shown: str) -> None:
    """Fold the write-ahead log into the file, which SQLite does only where nobody else has it open.

    Raises:
        StoreUnreachable: Somebody has.
    """
    engine = make_engine(file_place(path), busy_timeout=0.5)
    try:
        with suppress(Refused), transaction(engine, Transaction.BARE, shown) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    except StoreUnreachable:
        raise StoreUnreachable(IN_USE.format(where=shown), hint=IN_USE_HINT) from None
    finally:
        engine.dispose()
