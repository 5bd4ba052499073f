"""Logins of a PostgreSQL server, with the roles that row-level security gives rights to (revision 0017)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Row, Table, Text, func, select, text

from hiringkit.domain.access import LoginGrant, LoginRole
from hiringkit.domain.decision import Ballot
from hiringkit.store.tables import UtcTime, readable, time_text

logins = Table(
    "logins",
    MetaData(),
    Column("login", Text, primary_key=True),
    Column("opening_id", Text, primary_key=True),
    Column("role", Text),
    Column("interviewer_id", Text),
    Column("granted_at", UtcTime),
    Column("granted_by", Text),
)
"""On PostgreSQL alone: a file has no logins, and logins are not copied to another server."""
_HANDOVER_TOPICS = text(
    "SELECT wanted, hiringkit_handover_topics(wanted) AS topics FROM unnest(CAST(:wanted AS text[])) AS wanted"
)
_ALL = ""
"""What stands for all openings."""


def current(tx: Connection) -> str | None:
    """Return the login of a connection; None where the database is a file."""
    return None if tx.dialect.name != "postgresql" else str(tx.scalar(select(func.hiringkit_login())))


def every(tx: Connection) -> tuple[LoginGrant, ...]:
    """Return every grant that the login may know of: an administrator all of them, others their own."""
    rows = tx.execute(select(logins).order_by(logins.c.login, logins.c.opening_id))
    return tuple(map(_grant, rows))


def _grant(row: Row[Any]) -> LoginGrant:
    return LoginGrant(
        row.login,
        readable(LoginRole, row.role, "a role"),
        None if row.opening_id == _ALL else row.opening_id,
        row.interviewer_id,
        row.granted_at,
        row.granted_by,
    )


def identity(tx: Connection) -> str:
    """Return what the login of a connection acts as where nobody says anything else; empty where that is anybody."""
    login = current(tx)
    own = () if login is None else [each for each in every(tx) if each.login == login]
    interviewer = next((each.interviewer for each in own if each.interviewer), None)
    roles = {each.role for each in own} - {LoginRole.SERVER}
    if not roles or roles == {LoginRole.INTERVIEWER}:
        return interviewer or ""
    return f"recruiter:{login}"


def acting_for(tx: Connection, person: str) -> str:
    """Return what says for which interviewer a transaction is made, to be sent behind its beginning.

    It means nothing unless the login has the role `server`.
    """
    from psycopg.sql import Literal  # noqa: PLC0415 - a file needs no driver of servers

    driver: Any = tx.connection.dbapi_connection
    return f"; SET LOCAL hiringkit.person = {Literal(person).as_string(driver)}".replace("%", "%%")


def exists(tx: Connection, login: str) -> bool:
    """Return whether the server has a login of this name."""
    there = text("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = :login")
    return tx.scalar(there, {"login": login}) is not None


def administers(tx: Connection) -> bool:
    """Return whether the login of a connection is an administrator's; of a file everybody is one."""
    return tx.dialect.name != "postgresql" or bool(tx.scalar(select(func.hiringkit_administers())))


def hides_rows(tx: Connection) -> bool:
    """Return whether the database itself may hide rows from a login; a file hides none."""
    return tx.dialect.name == "postgresql"


def handover_topics(tx: Connection, interview_ids: Sequence[str]) -> Mapping[str, str]:
    """Return the questions of handovers whose rest the login may not read, by interview.

    Empty where the database is a file.
    """
    if not (interview_ids and hides_rows(tx)):
        return {}
    rows = tx.execute(_HANDOVER_TOPICS, {"wanted": list(interview_ids)})
    return {row.wanted: row.topics for row in rows if row.topics}


def rated_counts(tx: Connection, opening: str) -> Mapping[str, int]:
    """Return how many questions of each draft are rated whose ratings the login may not read but count, by interview.

    Empty where the database is a file.
    """
    if not hides_rows(tx):
        return {}
    counted = func.hiringkit_rated(opening).table_valued("interview_id", "rated")
    return {row.interview_id: row.rated for row in tx.execute(select(counted))}


def sealed_ballots(tx: Connection, opening: str, number: int, *, at: datetime) -> tuple[Ballot, ...]:
    """Return the ballots of a decision that the login may not read, empty, as far as it may know whose are there.

    Their revision is 0: those that can be read begin with 1.

    Args:
        tx: A transaction.
        opening: The opening.
        number: The decision's.
        at: What stands for their time.
    """
    if tx.dialect.name != "postgresql":
        return ()
    there = func.hiringkit_sealed(opening, number).table_valued("criterion", "voting_round", "voter")
    rows = tx.execute(select(there))
    return tuple(Ballot(row.criterion, row.voting_round, row.voter, {}, at, "", 0) for row in rows)


def grant(tx: Connection, given: LoginGrant) -> None:
    """Grant a role; a login has one role for each opening, and one for all others."""
    at, opening = time_text(given.granted_at), given.opening or _ALL
    call = func.hiringkit_grant(given.login, given.role.value, given.interviewer, opening, at, given.granted_by)
    tx.execute(select(call))


def revoke(tx: Connection, login: str, opening: str | None) -> int:
    """Take a login's role in an opening back, or all its roles, and return how many that were."""
    return tx.scalar(select(func.hiringkit_revoke(login, opening))) or 0
