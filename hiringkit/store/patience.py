"""Connections to PostgreSQL that give up a server which accepts a statement and never answers.

Neither libpq nor psycopg has a timeout for that, and the server's own, such as `statement_timeout`, do not help where
it is the server that has stopped. As long as rows come, or anything else, nobody is given up.
"""

from collections.abc import Callable, Generator
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

LATE = "the server did not answer in time"


class _Late(Exception):  # noqa: N818 - never leaves this file
    """Nothing has come for too long."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection that waits for an answer for some time, and is closed where none comes."""

    patience: float | None = None
    """Seconds; None for ever."""

    def wait(self, gen: Any, *arguments: Any, **options: Any) -> Any:
        """Run what talks to the server, as psycopg does.

        Raises:
            OperationalError: Nothing came from the server for too long.
        """
        try:
            return super().wait(self._limited(gen), *arguments, **options)
        except _Late:
            self.pgconn.finish()
            raise psycopg.OperationalError(LATE) from None

    def _limited(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        try:
            wanted, since = next(gen), monotonic()
            while True:
                ready = yield wanted
                if ready:
                    since = monotonic()
                elif self.patience is not None and monotonic() - since > self.patience:
                    raise _Late
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value


def limit(engine: Engine, at_first: float, then: Callable[[Connection], float | None]) -> None:
    """Have the connections of an engine wait no longer than some seconds for an answer.

    Args:
        engine: Before it has connected; what begins its transactions is listened to already.
        at_first: For what is answered at once: whether a connection still lives, and the beginning of a transaction.
        then: Returns how long within a transaction; None for ever.
    """

    def connect(_dialect: object, _record: object, arguments: Any, options: Any) -> PatientConnection:
        made = PatientConnection.connect(*arguments, **options)
        made.patience = at_first
        return made

    def begun(connection: Connection) -> None:
        driver = connection.connection.dbapi_connection
        if isinstance(driver, PatientConnection):
            driver.patience = then(connection)

    def given_back(driver: DBAPIConnection | None, _record: object) -> None:
        if isinstance(driver, PatientConnection):
            driver.patience = at_first

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "begin", begun)
    event.listen(engine, "checkin", given_back)
