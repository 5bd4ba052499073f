"""Connections and the transactions on them, for SQLite and for PostgreSQL.

SQLAlchemy's drivers begin transactions late and of the wrong kind: a deferred BEGIN that turns into a write
fails at once where somebody else writes. So every transaction here begins with statements of ours.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from hiringkit.errors import Refused, StoreUnreachable
from hiringkit.store.faults import plainly
from hiringkit.store.place import DatabasePlace
from hiringkit.text.sentence import Sentence

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another writer."""

NO_DRIVER = Sentence("the driver for PostgreSQL is not installed")
NO_DRIVER_HINT = Sentence('pip install "psycopg[binary]"')

_OPTION = "hiringkit_transaction"
_WRITERS_LOCK = 0x68_69_72_65  # PostgreSQL's advisory lock that writers take: one at a time, as in SQLite


class Transaction(Enum):
    """How a transaction begins."""

    READ = "read"
    """One state of the data throughout; writes are refused."""
    WRITE = "write"
    """The only writer, from its first statement."""
    BARE = "bare"
    """None at all: for statements that may not stand in one."""


_Beginnings = Mapping[Transaction, tuple[str, ...]]

_SQLITE: _Beginnings = {
    Transaction.READ: ("PRAGMA query_only = ON", "BEGIN"),
    Transaction.WRITE: ("PRAGMA query_only = OFF", "BEGIN IMMEDIATE"),
    Transaction.BARE: ("PRAGMA query_only = OFF",),
}


def make_engine(place: DatabasePlace, *, busy_timeout: float = BUSY_TIMEOUT, foreign_keys: bool = True) -> Engine:
    """Make the engine of a place; it connects when it is first used.

    Args:
        place: Where the database is.
        busy_timeout: Seconds to wait for another writer.
        foreign_keys: False only for migrations, which rebuild tables under SQLite.

    Raises:
        Refused: The driver is not installed.
    """
    if place.path is not None:
        return _sqlite_engine(place, busy_timeout, foreign_keys=foreign_keys)
    return _postgresql_engine(place, busy_timeout)


@contextmanager
def transaction(engine: Engine, kind: Transaction, where: str) -> Iterator[Connection]:
    """Give a connection in a transaction: committed at the end, rolled back on any exception.

    Raises:
        StoreUnreachable: The database cannot be read or written now.
        Refused: It is damaged, not a database, or the change contradicts what it holds.
    """
    with plainly(where), engine.connect() as connection:
        connection.execution_options(**{_OPTION: kind})
        with connection.begin():
            yield connection


def prefer_wal(engine: Engine, where: str) -> None:
    """Have SQLite write ahead, so that readers and the writer do not wait for each other.

    The file keeps the setting. Where it cannot be made now, as on a read-only disk or beside somebody's open
    transaction, the database works as it is, and as durably.
    """
    if engine.dialect.name == "sqlite":
        with suppress(StoreUnreachable), transaction(engine, Transaction.BARE, where) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def _sqlite_engine(place: DatabasePlace, busy_timeout: float, *, foreign_keys: bool) -> Engine:
    engine = create_engine(
        place.url,
        hide_parameters=True,
        connect_args={"isolation_level": None, "timeout": busy_timeout},
    )
    pragmas = ("synchronous = FULL", "fullfsync = ON", f"foreign_keys = {int(foreign_keys)}")

    def connected(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", connected)
    _begin_with(engine, _SQLITE)
    return engine


def _postgresql_engine(place: DatabasePlace, busy_timeout: float) -> Engine:
    try:
        engine = create_engine(place.url, hide_parameters=True, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise Refused(NO_DRIVER, hint=NO_DRIVER_HINT) from None
    timeout = f"SET LOCAL lock_timeout = {round(busy_timeout * 1000)}"
    beginnings = {
        Transaction.READ: ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",),
        Transaction.WRITE: (timeout, f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"),
        Transaction.BARE: (),
    }
    _begin_with(engine, beginnings)
    return engine


def _begin_with(engine: Engine, beginnings: _Beginnings) -> None:
    def begun(connection: Connection) -> None:
        for statement in beginnings[connection.get_execution_options()[_OPTION]]:
            connection.exec_driver_sql(statement)

    event.listen(engine, "begin", begun)
