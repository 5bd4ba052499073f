"""Where a store is: a file path or a database URL, parsed once."""

import os
import re
from itertools import count
from pathlib import Path

from attrs import field, frozen
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from hiringkit.errors import Refused, UsageProblem
from hiringkit.store.faults import NOT_A_DATABASE, NOT_A_DATABASE_HINT, files_plainly
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

NO_PLACE = Sentence("no database is named")
NOT_A_URL = Sentence("the database address cannot be understood")
IN_MEMORY = Sentence("a database in memory would be lost at the end of the command")
WITH_OPTIONS = Sentence("options in a sqlite address are not understood")
UNKNOWN_KIND = Sentence("{kind} is not a kind of database that hiringkit can use")
PLACE_HINT = Sentence("give a file, sqlite:///FILE or postgresql://USER@HOST/DATABASE")
PARTS = ("", "-wal", "-shm", "-journal")
"""Endings of the files that a database may consist of."""
_URL = re.compile(r"[A-Za-z][\w+.-]*://")
_SECRET = "***"  # noqa: S105 - what is shown in place of one


@frozen
class DatabasePlace:
    """A store's address."""

    url: URL = field(repr=False)
    """The URL with the driver and, for a server, the password."""
    path: Path | None
    """The SQLite file, absolute and with symbolic links followed; None for a server."""

    @property
    def shown(self) -> str:
        """The address in printable form: cleaned, and without passwords."""
        if self.path is not None:
            return clean_line(str(self.path))
        masked = {key: _SECRET if "password" in key else value for key, value in self.url.query.items()}
        return clean_line(self.url.set(query=masked).render_as_string(hide_password=True))


def parse_place(where: str) -> DatabasePlace:
    """Parse a file path or an SQLAlchemy URL.

    Raises:
        UsageProblem: It is neither, or names an unsupported kind of database.
    """
    if not where.strip() or "\0" in where:
        raise UsageProblem(NO_PLACE, hint=PLACE_HINT)
    return _from_url(where) if _URL.match(where) else file_place(where)


def _from_url(where: str) -> DatabasePlace:
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        # The text may hold a password, so it is not repeated.
        raise UsageProblem(NOT_A_URL, hint=PLACE_HINT) from None
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _from_sqlite(url)
    if url.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return DatabasePlace(url.set(drivername="postgresql+psycopg"), None)
    raise UsageProblem(UNKNOWN_KIND.format(kind=clean_line(url.drivername)), hint=PLACE_HINT)


def _from_sqlite(url: URL) -> DatabasePlace:
    if url.query or url.host:
        raise UsageProblem(WITH_OPTIONS if url.query else NOT_A_URL, hint=PLACE_HINT)
    if url.database in {None, "", ":memory:"}:
        raise UsageProblem(IN_MEMORY, hint=PLACE_HINT)
    return file_place(str(url.database))


def file_place(path: str | Path) -> DatabasePlace:
    """Return the place of an SQLite file."""
    real = os.path.realpath(os.path.expanduser(path))  # noqa: PTH111 - expanduser of pathlib raises without a home
    return DatabasePlace(URL.create("sqlite+pysqlite", database=real), Path(real))


def is_there(path: Path, shown: str) -> bool:
    """Return whether a database file exists.

    Raises:
        Refused: Something else is there, such as a folder.
        StoreUnreachable: Its folder may not be looked into.
    """
    with files_plainly(shown):
        there = path.exists()
        if there and not path.is_file():
            raise Refused(NOT_A_DATABASE.format(where=shown), hint=NOT_A_DATABASE_HINT)
        return there


def free_name(path: Path, word: str) -> Path:
    """Return a file's name with a word after it, numbered if it is taken."""
    return next(name for n in count(1) if not (name := Path(f"{path}.{word}{f'-{n}' if n > 1 else ''}")).exists())
