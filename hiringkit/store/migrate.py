"""Migrations and backups: a database's revision, upgrading it to this program's, copying it.

Alembic is imported only to migrate. A step is one transaction: if it fails, the database is unchanged.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlalchemy import Connection, Engine

from hiringkit.errors import Refused
from hiringkit.files import make_private_file, sync
from hiringkit.store import audit, revisions
from hiringkit.store.faults import NoStore, files_plainly
from hiringkit.store.place import DatabasePlace, file_place, is_there, parse_place
from hiringkit.store.revisions import NEWER, NEWER_HINT, DatabaseState
from hiringkit.store.store import Store, Transaction, make_engine, transaction
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from alembic.config import Config


COPIED = Sentence("{where} (while it is copied to {target})")
TAKEN = Sentence("{target} exists already and is not overwritten")
TAKEN_HINT = Sentence("name another file")
NOT_WHOLE = Sentence("the copy of {where} does not pass SQLite's integrity check")
NOT_WHOLE_HINT = Sentence("the database itself is damaged: stop writing to it and go back to an earlier backup")
SCRIPTS = Path(__file__).parent / "migrations"
"""Where the migration scripts are, in a checkout and in an installed wheel alike."""
ORPHANS = Sentence("the migration to {revision} would leave rows of {table} that refer to nothing")
ORPHANS_HINT = Sentence("nothing was changed; please report it with the output of hiringkit db status")
NOT_A_FILE = Sentence("{where} is not a file that can be copied")
NOT_A_FILE_HINT = Sentence("a PostgreSQL database is backed up with pg_dump")


@frozen
class Status:
    """What was found at a place."""

    where: str
    """The address in printable form."""
    path: Path | None
    """The SQLite file; None for a server."""
    size: int | None
    """Size of the file and its write-ahead log in bytes; None for a server."""
    current: str | None
    """The database's revision; None where it is empty."""
    head: str
    """The revision that this program works with."""
    up_to_date: bool
    library: str
    """What reads it, with its version."""
    encrypted: bool
    """Whether its pages are encrypted on the disk; a server says so itself."""
    wal_reset_bug: bool
    """Whether that is an SQLite that can damage a file on which two programs write at the same moment."""
    pending: tuple[str, ...]
    """Revisions that an upgrade would apply; also empty if the database is newer than the program."""


def copy_database(engine: Engine, where: str, target: Path) -> None:
    """Copy a database to a new file that only its owner may read.

    The target's name is reserved at once and only a complete, checked copy takes its place.

    Args:
        engine: Of the database to copy.
        where: Its address, for messages.
        target: The new file.

    Raises:
        Refused: The target exists, or the copy does not pass the check.
        StoreUnreachable: The copy cannot be written.
    """
    partial = Path(f"{target}.partial")
    shown = COPIED.format(where=where, target=clean_line(str(target)))
    with _new_file(target), _new_file(partial):
        with transaction(engine, Transaction.BARE, shown) as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(partial),))
        _check(partial, where, shown)
        with files_plainly(shown):
            sync(partial)
            partial.replace(target)
            sync(target.parent)


@contextmanager
def _new_file(path: Path) -> Iterator[None]:
    """Reserve a name for the block, and free it if the block fails."""
    shown = clean_line(str(path))
    with files_plainly(shown):
        try:
            make_private_file(path)
        except FileExistsError:
            raise Refused(TAKEN.format(target=shown), hint=TAKEN_HINT) from None
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _check(copy: Path, where: str, shown: str) -> None:
    engine = make_engine(file_place(copy))
    try:
        with transaction(engine, Transaction.READ, shown) as tx:
            whole = tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    finally:
        engine.dispose()
    if not whole:
        raise Refused(NOT_WHOLE.format(where=where), hint=NOT_WHOLE_HINT)


def status(where: str) -> Status:
    """Inspect what is at a place, without changing it.

    Raises:
        NoStore: There is nothing.
        Refused: It is another program's, or damaged.
        StoreUnreachable: It cannot be reached now.
    """
    place = parse_place(where)
    _require_file(place)
    with _engine(place) as engine, transaction(engine, Transaction.READ, place.shown) as tx:
        found, current = revisions.standing(tx), revisions.current(tx)
        numbers = tuple(tx.dialect.server_version_info or ())
        encrypted = place.path is not None and not issubclass(engine.dialect.loaded_dbapi.Error, sqlite3.Error)
    if found is DatabaseState.FOREIGN:
        revisions.require_ours(found, place.shown)
    known = revisions.REVISIONS
    done = known.index(current) + 1 if current in known else 0
    pending = () if found is DatabaseState.NEWER else known[done:]
    up_to_date = found is DatabaseState.CURRENT
    library = f"{'SQLite' if place.path else 'PostgreSQL'} {'.'.join(map(str, numbers))}"
    flaw = place.path is not None and has_wal_reset_bug(numbers)
    return Status(
        where=place.shown,
        path=place.path,
        size=_size(place),
        current=current,
        head=revisions.HEAD,
        up_to_date=up_to_date,
        library=library,
        encrypted=encrypted,
        wal_reset_bug=flaw,
        pending=pending,
    )


def has_wal_reset_bug(version: tuple[Any, ...]) -> bool:
    """Return whether an SQLite has the bug that its release 3.51.3 mends, and 3.50.7 and 3.44.6 before it.

    See https://sqlite.org/wal.html#walresetbug: two connections that write or checkpoint at the same moment can
    damage a database with a write-ahead log.
    """
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return version >= (3, 7) and not mended


def _require_file(place: DatabasePlace) -> None:
    if place.path is not None and not is_there(place.path, place.shown):
        raise NoStore(place.shown)


@contextmanager
def _engine(place: DatabasePlace) -> Iterator[Engine]:
    engine = make_engine(place, foreign_keys=False)
    try:
        yield engine
    finally:
        engine.dispose()


def _size(place: DatabasePlace) -> int | None:
    if place.path is None:
        return None
    files = (place.path, Path(f"{place.path}-wal"))
    with files_plainly(place.shown):
        return sum(file.stat().st_size for file in files if file.exists())


def upgrade(where: str, *, at: datetime | None = None, scripts: Path = SCRIPTS, backup: bool = True) -> list[str]:
    """Bring a database to the newest revision; an SQLite file is first copied to `FILE.bak-REVISION`.

    Args:
        where: A file path or an SQLAlchemy URL.
        at: When, for the audit log; None for the time of its last event.
        scripts: The folder of migrations; another one to try a migration before it ships.
        backup: False for a file that is a copy itself.

    Returns:
        The revisions applied, oldest first; empty where there was nothing to do.

    Raises:
        NoStore: There is no database.
        Refused: It is another program's, damaged, or newer than this program.
        StoreUnreachable: It cannot be reached or written now.
    """
    place = parse_place(where)
    _require_file(place)
    with _engine(place) as engine:
        with transaction(engine, Transaction.READ, place.shown) as tx:
            current = revisions.current(tx)
            if current is None:
                revisions.require_ours(revisions.standing(tx), place.shown)
        plan = _plan(current, place.shown, scripts)
        if plan and current and place.path and backup:
            copy_database(engine, place.shown, _free_name(place.path, current))
        applied = [revision for revision in plan if _apply(engine, place.shown, scripts, revision)]
        _vouch(engine, place.shown, at)
        return applied


def _vouch(engine: Engine, where: str, at: datetime | None) -> None:
    """Have the audit log vouch for what was there before it kept states."""
    with transaction(engine, Transaction.WRITE, where) as tx:
        if revisions.standing(tx) is DatabaseState.CURRENT and audit.wants_seal(tx):
            audit.seal(tx, at)


def _plan(current: str | None, where: str, scripts: Path) -> list[str]:
    """List the revisions after `current`, oldest first."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow to import, wanted only here

    every = [script.revision for script in ScriptDirectory.from_config(_config(scripts)).walk_revisions()]
    if current is not None and current not in every:
        raise Refused(NEWER.format(where=where), hint=NEWER_HINT)
    newer = every if current is None else every[: every.index(current)]
    return newer[::-1]


def _config(scripts: Path) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - slow to import, wanted only here

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _free_name(path: Path, revision: str) -> Path:
    """Return the backup's name, numbered if an earlier attempt left one."""
    first = Path(f"{path}.bak-{revision}")
    names = chain([first], (Path(f"{first}-{n}") for n in count(2)))
    return next(name for name in names if not name.exists())


def _apply(engine: Engine, where: str, scripts: Path, revision: str) -> bool:
    """Apply one revision and return whether that was still necessary."""
    from alembic import command  # noqa: PLC0415 - slow to import, wanted only here

    with transaction(engine, Transaction.WRITE, where) as tx:
        before = revisions.current(tx)
        config = _config(scripts)
        config.attributes["connection"] = tx
        command.upgrade(config, revision)
        _require_no_orphans(tx, revision)
        return revisions.current(tx) != before


def _require_no_orphans(tx: Connection, revision: str) -> None:
    """SQLite does not check foreign keys during a migration, so they are checked at its end."""
    if tx.dialect.name == "sqlite":
        orphan = tx.exec_driver_sql("PRAGMA foreign_key_check").first()
        if orphan is not None:
            raise Refused(ORPHANS.format(revision=revision, table=orphan[0]), hint=ORPHANS_HINT)


def make_tables(place: DatabasePlace) -> None:
    """Make the tables of a new database, unless another process has just made them.

    Raises:
        StoreUnreachable: The database cannot be written now.
    """
    with _engine(place) as engine:
        for revision in _plan(None, place.shown, SCRIPTS):
            _apply(engine, place.shown, SCRIPTS, revision)


def back_up(store: Store, target: Path) -> None:
    """Copy an SQLite store, as of this moment, to a new file; others may keep writing meanwhile.

    The copy is complete, checked and on the disk when the call returns.

    Raises:
        Refused: The target exists, the copy does not pass the check, or the store is no file.
        StoreUnreachable: The copy cannot be written.
    """
    if store.path is None:
        raise Refused(NOT_A_FILE.format(where=store.where), hint=NOT_A_FILE_HINT)
    copy_database(store.engine, store.where, target)
