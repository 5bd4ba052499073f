"""What went wrong with a database, and what to do about it; never with the data being written."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from hiringkit.errors import HiringKitError, Refused, StoreUnreachable, UsageProblem
from hiringkit.text.sentence import Sentence

NO_STORE = Sentence("there is no hiringkit database at {where}")
NO_STORE_HINT = Sentence("hiringkit opening create … makes one, hiringkit demo shows one")
LOCKED = Sentence("another program is writing to {where} and did not finish in time")
LOCKED_HINT = Sentence("wait a moment and try again; nothing of this change was stored")
CROWDED = Sentence("too many at once are waiting for {where}")
IN_USE = Sentence("another program has {where} open")
IN_USE_HINT = Sentence("close it, so that nothing it writes is lost, and try again")
FULL = Sentence("there is no room left on the disk for {where}")
FULL_HINT = Sentence("make room and try again; what was stored before is still there")
READ_ONLY = Sentence("{where} may not be written to")
READ_ONLY_HINT = Sentence(
    "check whether the disk is read-only, and the permissions of the file and of its folder: "
    "even reading makes files beside it"
)
CANNOT_OPEN = Sentence("{where} cannot be opened")
CANNOT_OPEN_HINT = Sentence("check that the file and its folder exist and that you may read and write both")
INPUT_OUTPUT = Sentence("reading or writing {where} failed")
INPUT_OUTPUT_HINT = Sentence("check the disk or the network drive that holds it, then try again")
NO_ANSWER = Sentence("the database {where} does not answer")
NO_ANSWER_HINT = Sentence("check that the server runs, the address and the password, then try again")
CANNOT_REACH = Sentence("{where} cannot be reached: {why}")
DAMAGED = Sentence("the database {where} is damaged")
DAMAGED_HINT = Sentence(
    "keep the file and its -wal file as they are; hiringkit db check says what is wrong, hiringkit db restore BACKUP"
    " puts a backup in its place"
)
UNREADABLE = Sentence("the database {where} is damaged: it holds a value that cannot be read in {column}")
NOT_A_DATABASE = Sentence("{where} is not a hiringkit database")
NOT_A_DATABASE_HINT = Sentence("check --db and HIRINGKIT_DB; hiringkit where shows which file is used and why")
NO_RIGHT = Sentence("the login that {where} names may not do that there")
NO_RIGHT_HINT = Sentence(
    "an administrator of the database grants it: hiringkit db grant USER ROLE, where USER is the login in the address;"
    " hiringkit db who shows what it has. Only the owner of the tables creates or upgrades a database"
)
NO_DATABASE = Sentence("the server has no database of the name that {where} gives")
NO_DATABASE_HINT = Sentence("check the name after the last slash; its administrator can make one: CREATE DATABASE name")
NO_LOGIN = Sentence("the server does not let in the login that {where} gives")
NO_LOGIN_HINT = Sentence("check user and password; the server's pg_hba.conf says who may connect from where")
BAD_OPTION = Sentence("an option in the address {where} is not one that PostgreSQL knows, or has a wrong value")
BAD_OPTION_HINT = Sentence("options stand behind a question mark, such as ?sslmode=require&connect_timeout=5")
TABLES_GONE = Sentence("the database {where} is damaged: a table or column is missing")
CONTRADICTION = Sentence("the change contradicts what {where} already holds ({rule})")
CONTRADICTION_HINT = Sentence("somebody may have changed it meanwhile; look again, then repeat what is still needed")
HALF_CHARACTER = Sentence("the text holds half a character (a lone surrogate), which cannot be stored")
HALF_CHARACTER_HINT = Sentence("save the text as UTF-8 and try again")


class Damaged(Refused):
    """What a database holds cannot be what was written."""


class DamagedValueError(ValueError):
    """A value of a column cannot be what was written; outside the transaction it is `Damaged`."""


class NoStore(Refused):
    """No database exists yet where one was expected.

    Args:
        where: The place, in printable form.
    """

    def __init__(self, where: str) -> None:
        super().__init__(NO_STORE.format(where=where), hint=NO_STORE_HINT)


_Told = tuple[type[HiringKitError], Sentence, Sentence]

# SQLite's primary result codes; any other is a bug.
_SQLITE: dict[int, _Told] = {
    3: (StoreUnreachable, CANNOT_OPEN, CANNOT_OPEN_HINT),
    5: (StoreUnreachable, LOCKED, LOCKED_HINT),
    6: (StoreUnreachable, LOCKED, LOCKED_HINT),
    8: (StoreUnreachable, READ_ONLY, READ_ONLY_HINT),
    10: (StoreUnreachable, INPUT_OUTPUT, INPUT_OUTPUT_HINT),
    11: (Damaged, DAMAGED, DAMAGED_HINT),
    13: (StoreUnreachable, FULL, FULL_HINT),
    14: (StoreUnreachable, CANNOT_OPEN, CANNOT_OPEN_HINT),
    15: (StoreUnreachable, LOCKED, LOCKED_HINT),
    26: (Refused, NOT_A_DATABASE, NOT_A_DATABASE_HINT),
}
# PostgreSQL's SQLSTATE codes.
_POSTGRESQL: dict[str, _Told] = {
    "25006": (StoreUnreachable, READ_ONLY, READ_ONLY_HINT),
    "28000": (Refused, NO_LOGIN, NO_LOGIN_HINT),
    "28P01": (Refused, NO_LOGIN, NO_LOGIN_HINT),
    "3D000": (Refused, NO_DATABASE, NO_DATABASE_HINT),
    "42501": (Refused, NO_RIGHT, NO_RIGHT_HINT),
    "42703": (Damaged, TABLES_GONE, DAMAGED_HINT),
    "42P01": (Damaged, TABLES_GONE, DAMAGED_HINT),
    "40P01": (StoreUnreachable, LOCKED, LOCKED_HINT),
    "53100": (StoreUnreachable, FULL, FULL_HINT),
    "55P03": (StoreUnreachable, LOCKED, LOCKED_HINT),
}


# What libpq says where a connection is refused: that carries no SQLSTATE.
_CONNECTING: tuple[tuple[str, _Told], ...] = (
    (r'database ".*" does not exist', (Refused, NO_DATABASE, NO_DATABASE_HINT)),
    (
        r'role ".*" does not exist|authentication failed|no password supplied|no pg_hba.conf|not permitted to log',
        (Refused, NO_LOGIN, NO_LOGIN_HINT),
    ),
    (r"permission denied for database", (Refused, NO_RIGHT, NO_RIGHT_HINT)),
    (
        r"invalid connection option|bad value for|invalid \w+ value|invalid integer value",
        (UsageProblem, BAD_OPTION, BAD_OPTION_HINT),
    ),
)


@contextmanager
def plainly(where: str) -> Iterator[None]:
    """Turn an error of the database into a `HiringKitError` that names `where`.

    Raises:
        StoreUnreachable: Locked, full, read-only, unreadable or not answering.
        Refused: Damaged, not a database, or a change that contradicts what is stored.
    """
    try:
        yield
    except IntegrityError as error:
        # The driver's own message may quote the row, so it must not be passed on.
        message = CONTRADICTION.format(where=where, rule=_rule(error))
        raise Refused(message, hint=CONTRADICTION_HINT) from None
    except DBAPIError as error:
        told = _told(error)
        if told is None:
            raise
        kind, sentence, hint = told
        raise kind(sentence.format(where=where), hint=hint) from error
    except PoolTimeoutError:
        raise StoreUnreachable(CROWDED.format(where=where), hint=LOCKED_HINT) from None
    except DamagedValueError as error:
        raise Damaged(UNREADABLE.format(where=where, column=str(error)), hint=DAMAGED_HINT) from None
    except UnicodeDecodeError:
        raise Damaged(DAMAGED.format(where=where), hint=DAMAGED_HINT) from None
    except UnicodeEncodeError as error:
        if error.reason != "surrogates not allowed":
            raise
        raise Refused(HALF_CHARACTER, hint=HALF_CHARACTER_HINT) from None


@contextmanager
def files_plainly(where: str) -> Iterator[None]:
    """Turn an operating system's error about a file into a `StoreUnreachable` that names `where`."""
    try:
        yield
    except OSError as error:
        why = error.strerror.lower() if error.strerror else Sentence("input or output error")
        message = CANNOT_REACH.format(where=where, why=why)
        raise StoreUnreachable(message, hint=CANNOT_OPEN_HINT) from error


def _told(error: DBAPIError) -> _Told | None:
    """Look up what to say; None where the error is a bug."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    said = str(error.orig)
    if code is not None:
        gone = said.startswith(("no such table", "no such column"))
        return (Damaged, TABLES_GONE, DAMAGED_HINT) if gone else _SQLITE.get(code & 0xFF)
    if said.startswith("Could not decode to UTF-8"):  # of SQLite's drivers, and without a code
        return (Damaged, DAMAGED, DAMAGED_HINT)
    state = getattr(error.orig, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    for pattern, told in _CONNECTING if state is None else ():
        if re.search(pattern, said):
            return told
    answers = not isinstance(error, OperationalError | InterfaceError)
    return None if answers else (StoreUnreachable, NO_ANSWER, NO_ANSWER_HINT)


def _rule(error: IntegrityError) -> str:
    """Name the violated constraint: tables and columns only, never their contents."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or diagnosis.table_name)
    return str(error.orig).partition(" constraint failed")[0].lower() + str(error.orig).partition("failed")[2]
