"""The store: opened, read and written in transactions, closed."""

from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from attrs import field, frozen
from sqlalchemy import Connection, Engine

from hiringkit.files import make_private_file, make_private_folders
from hiringkit.store.engine import BUSY_TIMEOUT, Transaction, make_engine, prefer_wal, transaction
from hiringkit.store.faults import NoStore, files_plainly
from hiringkit.store.place import DatabasePlace, is_there, parse_place
from hiringkit.store.revisions import DatabaseState, require_current, standing

__all__ = ["NoStore", "Store", "open_store"]


@frozen
class Store:
    """An open database; close it, or use it as a context manager."""

    where: str
    """Its address as it may be printed, passwords masked."""
    path: Path | None
    """The SQLite file; None for a server."""
    engine: Engine = field(repr=False)
    """What this room alone uses to connect."""

    def read(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees one state of the data throughout and cannot write.

        Raises:
            StoreUnreachable: The database cannot be read now.
            Refused: It is damaged.
        """
        return transaction(self.engine, Transaction.READ, self.where)

    def write(self) -> AbstractContextManager[Connection]:
        """Give a connection that is the only writer; durable when the block ends, undone when it raises.

        Raises:
            StoreUnreachable: Somebody else writes for too long, the disk is full or may not be written.
            Refused: The change contradicts what is stored, or the database is damaged.
        """
        return transaction(self.engine, Transaction.WRITE, self.where)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(where: str, *, create: bool = False, busy_timeout: float = BUSY_TIMEOUT) -> Store:
    """Open a store.

    Args:
        where: A file path or an SQLAlchemy URL (`sqlite:///…`, `postgresql://…`).
        create: Whether to make one, with its tables, where there is none.
        busy_timeout: Seconds to wait for another writer.

    Raises:
        NoStore: There is none and `create` is False.
        Refused: It is not a database of ours, damaged, older or newer than the program.
        StoreUnreachable: It cannot be reached now.
        UsageProblem: `where` makes no sense.
    """
    place = parse_place(where)
    if place.path is not None:
        _find_file(place, place.path, create=create)
    store = Store(place.shown, place.path, make_engine(place, busy_timeout=busy_timeout))
    try:
        _make_ready(store, place, create=create)
    except BaseException:
        store.close()
        raise
    return store


def _find_file(place: DatabasePlace, path: Path, *, create: bool) -> None:
    if is_there(path, place.shown):
        return
    if not create:
        raise NoStore(place.shown)
    with files_plainly(place.shown):
        make_private_folders(path.parent)
        with suppress(FileExistsError):  # another process makes the same store at this moment
            make_private_file(path)


def _make_ready(store: Store, place: DatabasePlace, *, create: bool) -> None:
    with store.read() as tx:
        found = standing(tx)
    if found is DatabaseState.EMPTY and create:
        from hiringkit.store.migrate import make_tables  # noqa: PLC0415 - Alembic is slow to import

        make_tables(place)
    else:
        require_current(found, store.where)
    prefer_wal(store.engine, store.where)
