"""The store: opened, read and written in transactions, closed; on SQLite and on PostgreSQL.

SQLAlchemy's drivers begin transactions late and in the wrong mode: a deferred BEGIN that turns into a write fails at
once while somebody else writes. So every transaction here begins with explicit statements.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from enum import Enum
from pathlib import Path
from threading import Event, Lock
from types import TracebackType
from typing import Self
from weakref import ref

from attrs import evolve, field, frozen
from sqlalchemy import URL, Connection, Engine, RootTransaction, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

from hiringkit.errors import Refused, StoreUnreachable
from hiringkit.files import make_private_file, make_private_folders
from hiringkit.store import encryption, logins
from hiringkit.store.faults import CROWDED, LOCKED_HINT, NoStore, files_plainly, plainly
from hiringkit.store.place import DatabasePlace, is_there, parse_place
from hiringkit.store.revisions import DatabaseState, require_current, standing
from hiringkit.text.sentence import Sentence

__all__ = ["NoStore", "Store", "open_store"]

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another writer."""
CONNECT_TIMEOUT = 10
"""Seconds to wait for a server that accepts a connection and does not answer, or does not begin a transaction."""
ANSWER_TIMEOUT = 60.0
"""Seconds to wait within a transaction for a server from which nothing comes."""

NO_DRIVER = Sentence("the driver for PostgreSQL is not installed")
NO_DRIVER_HINT = Sentence('pip install "psycopg[binary]"')

_OPTION, _PERSON = "hiringkit_transaction", "hiringkit_person"
_WRITERS_LOCK = 0x68_69_72_65  # PostgreSQL's advisory lock that writers take: one at a time, as in SQLite


class Transaction(Enum):
    """How a transaction begins."""

    READ = "read"
    """A consistent snapshot; writes are refused."""
    WRITE = "write"
    """The only writer, from its first statement."""
    BARE = "bare"
    """No transaction, for statements that are not allowed in one."""


_unlocked: dict[str, tuple[ref[Engine], tuple[str, ...]]] = {}
_Beginnings = Mapping[Transaction, tuple[str, ...]]

_SQLITE: _Beginnings = {Transaction.READ: ("BEGIN",), Transaction.WRITE: ("BEGIN IMMEDIATE",), Transaction.BARE: ()}


@frozen(eq=False)
class Turns:
    """Lets one thread write at a time, in the order in which they came.

    Left to the database they would all hold a connection while they wait, so that reading waits for one, too; and
    neither SQLite nor the pool of connections lets whoever has waited longest go first.
    """

    patience: float
    """Seconds to wait for those who came before."""
    _waiting: deque[Event] = field(factory=deque)
    _lock: Lock = field(factory=Lock)

    @contextmanager
    def take(self, where: str) -> Iterator[None]:
        """Wait for one's turn, which lasts as long as the block.

        Args:
            where: The database's address, for messages.

        Raises:
            StoreUnreachable: It did not come in time.
        """
        mine = Event()
        self._change(self._waiting.append, mine)
        try:
            if not mine.wait(self.patience):
                raise StoreUnreachable(CROWDED.format(where=where), hint=LOCKED_HINT)
            yield
        finally:
            self._change(self._waiting.remove, mine)

    def _change(self, change: Callable[[Event], None], who: Event) -> None:
        with self._lock:
            change(who)
            if self._waiting:
                self._waiting[0].set()


@frozen
class Store:
    """An open database; close it, or use it as a context manager."""

    where: str
    """Its address in printable form, passwords masked."""
    path: Path | None
    """The SQLite file; None for a server."""
    engine: Engine = field(repr=False)
    """SQLAlchemy's engine, for this package only."""
    reader: Engine = field(repr=False)
    """The engine of connections that only read, which in SQLite stay apart: see `_sqlite_engine`."""
    turns: Turns = field(repr=False, eq=False)
    """Of this process's threads that write."""
    identity: str = ""
    """What the login of a server acts as where nobody says anything else; empty where that is anybody."""
    person: str = ""
    """The interviewer for whom transactions are made; a PostgreSQL server heeds it from a login that serves pages."""
    on_write: Callable[[Connection], object] | None = field(default=None, repr=False)
    """Called at the end of every change, before it is committed; where it raises, nothing is changed."""

    def read(self) -> AbstractContextManager[Connection]:
        """Give a connection with a consistent snapshot that cannot write.

        Raises:
            StoreUnreachable: The database cannot be read now.
            Refused: It is damaged.
        """
        return transaction(self.reader, Transaction.READ, self.where, self.person)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection that is the only writer; committed when the block ends, rolled back if it raises.

        Raises:
            StoreUnreachable: Somebody else writes for too long, the disk is full or may not be written.
            Refused: The change contradicts what is stored, or the database is damaged.
        """
        with self.turns.take(self.where), transaction(self.engine, Transaction.WRITE, self.where, self.person) as tx:
            yield tx
            if self.on_write is not None:
                self.on_write(tx)

    def acting_for(self, person: str) -> Self:
        """Return the same store for one person: whoever serves several is held to what that one may see and do."""
        return evolve(self, person=person)

    def close(self) -> None:
        """Close the database."""
        self.engine.dispose()
        self.reader.dispose()

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
        create: Whether to make one, with its tables, if there is none.
        busy_timeout: Seconds to wait for another writer.

    Raises:
        NoStore: There is none and `create` is False.
        Refused: It is not a hiringkit database, damaged, or older or newer than the program.
        StoreUnreachable: It cannot be reached now.
        UsageProblem: `where` is malformed.
    """
    place = parse_place(where)
    if place.path is not None:
        _find_file(place, place.path, create=create)
    engine = make_engine(place, busy_timeout=busy_timeout)
    reader = engine if place.path is None else make_engine(place, busy_timeout=busy_timeout)
    store = Store(place.shown, place.path, engine, reader, Turns(busy_timeout))
    try:
        return _made_ready(store, place, create=create)
    except BaseException:
        store.close()
        raise


def _find_file(place: DatabasePlace, path: Path, *, create: bool) -> None:
    if is_there(path, place.shown):
        return
    if not create:
        raise NoStore(place.shown)
    with files_plainly(place.shown):
        make_private_folders(path.parent)
        with suppress(FileExistsError):  # another process is making the same store right now
            make_private_file(path)


def _made_ready(store: Store, place: DatabasePlace, *, create: bool) -> Store:
    # readers connect only once the file is as it shall be
    with transaction(store.engine, Transaction.READ, store.where) as tx:
        found = standing(tx)
        known = logins.identity(tx) if found is DatabaseState.CURRENT else ""
    if found is DatabaseState.EMPTY and create:
        from hiringkit.store.migrate import make_tables  # noqa: PLC0415 - Alembic is slow to import

        make_tables(place)
    else:
        require_current(found, store.where)
    prefer_wal(store.engine, store.where)
    return evolve(store, identity=known)


def make_engine(
    place: DatabasePlace, *, busy_timeout: float = BUSY_TIMEOUT, foreign_keys: bool = True, cipher: bool = False
) -> Engine:
    """Make the engine of a place; it connects when it is first used.

    Args:
        place: Where the database is.
        busy_timeout: Seconds to wait for another writer.
        foreign_keys: False only for migrations, which rebuild tables under SQLite.
        cipher: Whether to use SQLCipher for a file that is not encrypted, too.

    Raises:
        Refused: The driver is not installed, or the key of an encrypted file is not known.
    """
    if place.path is not None:
        return _sqlite_engine(place, busy_timeout, foreign_keys=foreign_keys, cipher=cipher)
    return _postgresql_engine(place, busy_timeout, foreign_keys=foreign_keys)


@contextmanager
def transaction(engine: Engine, kind: Transaction, where: str, person: str = "") -> Iterator[Connection]:
    """Give a connection in a transaction: committed at the end, rolled back on any exception.

    Args:
        engine: Of the database.
        kind: How it begins.
        where: The database's address, for messages.
        person: As in `Store`.

    Raises:
        StoreUnreachable: The database cannot be read or written now.
        Refused: It is damaged, not a database, or the change contradicts what it holds.
    """
    with plainly(where):
        try:
            connection, begun = _begin(engine, kind, person)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            # a connection that was kept has died meanwhile, which its first message shows: the next one is new
            connection, begun = _begin(engine, kind, person)
        with connection, begun:
            yield connection


def _begin(engine: Engine, kind: Transaction, person: str) -> tuple[Connection, RootTransaction]:
    connection = engine.connect()
    try:
        connection.execution_options(**{_OPTION: kind, _PERSON: person})
        if kind is Transaction.BARE and engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT")
        return connection, connection.begin()
    except BaseException:
        connection.close()
        raise


def prefer_wal(engine: Engine, where: str) -> None:
    """Enable SQLite's write-ahead log, so that readers and the writer do not block each other.

    The file keeps the setting. If it cannot be changed now, as on a read-only disk or during somebody's open
    transaction, the database works as it is, just as durably.
    """
    if engine.dialect.name == "sqlite":
        with suppress(StoreUnreachable), transaction(engine, Transaction.BARE, where) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def _unlocking(path: Path) -> tuple[str, ...]:
    """Return how to read a file; the file itself is not looked into while an engine of this process has it open."""
    engine, unlock = _unlocked.get(str(path), (None, ()))
    return unlock if engine is not None and engine() is not None else encryption.unlocking(path)


def _sqlite_engine(place: DatabasePlace, busy_timeout: float, *, foreign_keys: bool, cipher: bool) -> Engine:
    url, arguments = place.url, {"isolation_level": None, "timeout": busy_timeout}
    unlock = _unlocking(place.path) if place.path is not None else ()
    if place.path is not None and _cannot_change(place.path):
        still = {"mode": "ro", "immutable": "1", "uri": "true"}
        url = URL.create("sqlite+pysqlite", database=place.path.as_uri(), query=still)
    driver = encryption.library() if unlock or cipher else None
    engine = create_engine(url, module=driver, hide_parameters=True, connect_args=arguments)
    _unlocked[str(place.path)] = ref(engine), unlock
    event.listen(engine, "engine_disposed", lambda _engine: _unlocked.pop(str(place.path), None))
    pragmas = (*unlock, "synchronous = FULL", "fullfsync = ON", f"foreign_keys = {int(foreign_keys)}")

    def connected(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: Connection) -> None:
        # SQLite forgets all that it has prepared when this changes, so it is set only then
        read_only = connection.get_execution_options()[_OPTION] is Transaction.READ
        if connection.info.get("read_only", False) is not read_only:
            connection.exec_driver_sql(f"PRAGMA query_only = {int(read_only)}")
            connection.info["read_only"] = read_only

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begin)
    _begin_with(engine, _SQLITE)
    return engine


def _cannot_change(path: Path) -> bool:
    """Return whether a file stands on a read-only medium, with everything in it.

    SQLite would make files beside it even to read. Where a write-ahead log holds more, that would be passed over.
    """
    wal = Path(f"{path}-wal")
    try:
        flags = os.statvfs(path).f_flag if hasattr(os, "statvfs") else 0
        return bool(flags & getattr(os, "ST_RDONLY", 0)) and not (wal.exists() and wal.stat().st_size)
    except OSError:
        return False


def _postgresql_engine(place: DatabasePlace, busy_timeout: float, *, foreign_keys: bool) -> Engine:
    try:
        engine = create_engine(place.url, hide_parameters=True, connect_args=_patience(place.url))
    except ModuleNotFoundError:
        raise Refused(NO_DRIVER, hint=NO_DRIVER_HINT) from None
    timeout = f"SET LOCAL lock_timeout = {round(busy_timeout * 1000)}"
    # each one message to the server and back
    beginnings = {
        Transaction.READ: (f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {timeout}",),
        Transaction.WRITE: (f"BEGIN; {timeout}; SELECT pg_advisory_xact_lock({_WRITERS_LOCK})",),
        Transaction.BARE: (timeout.replace("LOCAL ", ""),),
    }
    event.listen(engine, "begin", _begin_ourselves)
    _begin_with(engine, beginnings, logins.acting_for)
    from hiringkit.store.patience import limit  # noqa: PLC0415 - imports psycopg

    def patience(connection: Connection) -> float | None:
        # statements outside of transactions write whole tables anew, and so do migrations
        unlimited = not foreign_keys or connection.get_execution_options()[_OPTION] is Transaction.BARE
        return None if unlimited else ANSWER_TIMEOUT

    limit(engine, max(CONNECT_TIMEOUT, 2 * busy_timeout), patience)
    return engine


def _begin_ourselves(connection: Connection) -> None:
    """Keep psycopg from sending BEGIN in a message of its own; it commits and rolls back all the same."""
    driver = connection.connection.dbapi_connection
    if driver is not None and not driver.autocommit:
        driver.autocommit = True


def _patience(url: URL) -> dict[str, int]:
    """Return after how many seconds a server that does not answer is given up, unless the address says otherwise."""
    wanted = {
        "connect_timeout": CONNECT_TIMEOUT,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }
    wanted["tcp_user_timeout"] = CONNECT_TIMEOUT * 1000
    return {name: value for name, value in wanted.items() if name not in url.query}


def _begin_with(
    engine: Engine, beginnings: _Beginnings, acting_for: Callable[[Connection, str], str] | None = None
) -> None:
    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        for statement in beginnings[options[_OPTION]]:
            said = acting_for(connection, options[_PERSON]) if acting_for and options[_PERSON] else ""
            connection.exec_driver_sql(statement + said)

    event.listen(engine, "begin", begun)
