"""Whether a database is whole: its pages, its tables, its texts, and what the audit log says of all of them."""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, select
from sqlalchemy.exc import DBAPIError

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.errors import Refused
from hiringkit.store import audit, demographics, revisions
from hiringkit.store import tables as t
from hiringkit.store.faults import DAMAGED, NO_RIGHT, NO_RIGHT_HINT, Damaged, NoStore
from hiringkit.store.logins import administers, logins
from hiringkit.store.place import is_there, parse_place
from hiringkit.store.store import Transaction, make_engine, transaction
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

PAGES = Sentence("SQLite's integrity check: {said}")
RESTORE = Sentence(
    "keep the file and its -wal file as they are; hiringkit db restore BACKUP puts a backup in its place"
)
ORPHAN = Sentence("a row of {table} refers to something that is not there")
NO_TABLE = Sentence("there is no table {table}")
NO_COLUMN = Sentence("table {table} has no column {column}")
FOREIGN_TABLE = Sentence("table {table} is not one of hiringkit's")
MOST_SAID = 20
"""Lines of the integrity check: a file of noise has no end of them."""


def check(where: str, *, chain: bool = True) -> list[Finding]:
    """Check a database without changing it.

    Args:
        where: A file path or an SQLAlchemy URL.
        chain: Whether the audit log, and all that it vouches for, is checked, too.

    Returns:
        What is wrong: pages, references and tables first; damage where it cannot be read to the end.

    Raises:
        NoStore: There is none.
        Refused: It is no hiringkit database, or of another version of the program.
        StoreUnreachable: It cannot be reached now.
    """
    place = parse_place(where)
    if place.path is not None and not is_there(place.path, place.shown):
        raise NoStore(place.shown)
    engine = make_engine(place)
    problems: list[Finding] = []
    try:
        with transaction(engine, Transaction.READ, place.shown) as tx:
            revisions.require_current(revisions.standing(tx), place.shown)
            if not administers(tx):
                raise Refused(NO_RIGHT.format(where=place.shown), hint=NO_RIGHT_HINT)
            problems.extend(_pages(tx))
            problems.extend(_tables(tx))
            if not problems:
                _read(tx)
                problems.extend(audit.verify(tx) if chain else ())
    except Damaged as error:
        problems.append(Finding(Code.DATABASE_DAMAGED, error.message, hint=RESTORE))
    except DBAPIError:  # a schema that was damaged makes statements fail that never do
        message = DAMAGED.format(where=place.shown)
        problems.append(Finding(Code.DATABASE_DAMAGED, message, hint=RESTORE))
    finally:
        engine.dispose()
    return problems


def _pages(tx: Connection) -> Iterator[Finding]:
    if tx.dialect.name != "sqlite":
        return
    for said in tx.exec_driver_sql(f"PRAGMA integrity_check({MOST_SAID})").scalars().all():
        if said != "ok":
            yield Finding(Code.DATABASE_DAMAGED, PAGES.format(said=clean_line(str(said))), hint=RESTORE)
    for table in dict.fromkeys(row[0] for row in tx.exec_driver_sql("PRAGMA foreign_key_check")):
        yield Finding(Code.DATABASE_DAMAGED, ORPHAN.format(table=table), hint=RESTORE)


def _tables(tx: Connection) -> Iterator[Finding]:
    """Yield where the tables are not those that this version of the program makes."""
    found = inspect(tx)
    there = set(found.get_table_names())
    for table in t.metadata.sorted_tables:
        if table.name not in there:
            yield Finding(Code.DATABASE_SCHEMA, NO_TABLE.format(table=table.name), hint=RESTORE)
            continue
        columns = {column["name"] for column in found.get_columns(table.name)}
        for column in sorted(set(table.columns.keys()) - columns):
            message = NO_COLUMN.format(table=table.name, column=column)
            yield Finding(Code.DATABASE_SCHEMA, message, hint=RESTORE)
    for name in sorted(there - set(t.metadata.tables) - {"alembic_version", logins.name}):
        yield Finding(Code.DATABASE_SCHEMA, FOREIGN_TABLE.format(table=clean_line(name)), Severity.WARNING)


def _read(tx: Connection) -> None:
    """Read every value once.

    Raises:
        Damaged: One is not what was ever written.
    """
    for table in t.metadata.sorted_tables:
        if table is t.demographic_answers and not demographics.are_readable(tx):
            continue
        for _row in tx.execute(select(table)).yield_per(1000):
            pass
