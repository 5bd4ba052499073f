"""Which revision of the tables a database has, determined without importing Alembic."""

from enum import Enum

from sqlalchemy import Connection, inspect, text

from hiringkit.errors import Refused
from hiringkit.store.faults import NOT_A_DATABASE, NOT_A_DATABASE_HINT, NoStore
from hiringkit.text.sentence import Sentence

REVISIONS = tuple(f"{number:04}" for number in range(1, 22))
"""Every revision of this program, oldest first; the scripts are in `migrations/versions`."""
HEAD = REVISIONS[-1]

NEWER = Sentence("{where} was made by a newer hiringkit")
NEWER_HINT = Sentence("upgrade the program: pip install --upgrade hiringkit")
OLDER = Sentence("{where} was made by an older hiringkit")
OLDER_HINT = Sentence("run hiringkit db upgrade; it keeps a copy of the file first")

_SIGNS = {"alembic_version", "openings"}


class DatabaseState(Enum):
    """How a database relates to this program."""

    EMPTY = "empty"
    """No tables yet."""
    FOREIGN = "foreign"
    """Another program's tables."""
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"
    """A revision unknown to this program."""


def current(tx: Connection) -> str | None:
    """Return the database's revision, or None where it has no hiringkit tables."""
    if not set(inspect(tx).get_table_names()) >= _SIGNS:
        return None
    return tx.execute(text("SELECT version_num FROM alembic_version")).scalar()


def standing(tx: Connection) -> DatabaseState:
    """Return how the database relates to this program."""
    revision = current(tx)
    if revision is None:
        return DatabaseState.FOREIGN if inspect(tx).get_table_names() else DatabaseState.EMPTY
    if revision not in REVISIONS:
        return DatabaseState.NEWER
    return DatabaseState.CURRENT if revision == HEAD else DatabaseState.OLDER


def require_ours(found: DatabaseState, where: str) -> None:
    """Require a hiringkit database that this program understands.

    Raises:
        Refused: It is another program's, or newer than this program.
    """
    if found is DatabaseState.FOREIGN:
        raise Refused(NOT_A_DATABASE.format(where=where), hint=NOT_A_DATABASE_HINT)
    if found is DatabaseState.NEWER:
        raise Refused(NEWER.format(where=where), hint=NEWER_HINT)


def require_current(found: DatabaseState, where: str) -> None:
    """Require a database with exactly this program's tables.

    Raises:
        NoStore: It is empty.
        Refused: It is another program's, newer or older.
    """
    require_ours(found, where)
    if found is DatabaseState.EMPTY:
        raise NoStore(where)
    if found is DatabaseState.OLDER:
        raise Refused(OLDER.format(where=where), hint=OLDER_HINT)
