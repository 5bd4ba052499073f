"""Personal links, the logins made with them, and what the server keeps from one start to the next."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from hiringkit.domain.links import Login, PersonalLink
from hiringkit.store import tables as t

_FIND_LOGIN = (
    select(
        t.personal_links,
        t.web_logins.c.created_at.label("login_at"),
        t.web_logins.c.seen_at,
        t.interviewers.c.name,
    )
    .select_from(
        t.web_logins.join(t.personal_links).join(
            t.interviewers, t.interviewers.c.id == t.personal_links.c.interviewer_id
        )
    )
    .where(t.web_logins.c.token_hash == bindparam("token_hash"))
)
"""Made once: every request asks for it, and making a statement costs several times what it takes to run it."""


def insert_link(tx: Connection, link: PersonalLink, *, token_hash: str, code_hash: str) -> PersonalLink:
    """Keep a new link, and return it with its number; the number that it comes with is not looked at."""
    number = (tx.scalar(select(func.max(t.personal_links.c.number))) or 0) + 1
    tx.execute(
        insert(t.personal_links).values(
            number=number,
            token_hash=token_hash,
            code_hash=code_hash,
            interviewer_id=link.interviewer,
            opening_id=link.opening,
            desk=link.desk,
            created_at=link.created_at,
            created_by=link.created_by,
            expires_at=link.expires_at,
            failures=0,
        )
    )
    return _only(tx.execute(select(t.personal_links).where(t.personal_links.c.number == number)).all())


def _only(rows: Any) -> PersonalLink:
    (row,) = rows
    return _link(row)


def _link(row: Row[Any]) -> PersonalLink:
    return PersonalLink(
        number=row.number,
        interviewer=row.interviewer_id,
        opening=row.opening_id,
        desk=row.desk,
        created_at=row.created_at,
        created_by=row.created_by,
        expires_at=row.expires_at,
        failures=row.failures,
        redeemed_at=row.redeemed_at,
        revoked_at=row.revoked_at,
    )


def every(tx: Connection) -> tuple[PersonalLink, ...]:
    """Return all links, oldest first."""
    return tuple(map(_link, tx.execute(select(t.personal_links).order_by(t.personal_links.c.number))))


def find(tx: Connection, token_hash: str) -> tuple[PersonalLink, str] | None:
    """Return the link with this hash and the hash of its code, or None."""
    row = tx.execute(select(t.personal_links).where(t.personal_links.c.token_hash == token_hash)).first()
    return None if row is None else (_link(row), row.code_hash)


def count_failure(tx: Connection, number: int) -> None:
    """Count a wrong code."""
    this = t.personal_links.c.number == number
    tx.execute(update(t.personal_links).where(this).values(failures=t.personal_links.c.failures + 1))


def set_redeemed(tx: Connection, number: int, at: datetime) -> None:
    """Remember that a link was redeemed."""
    tx.execute(update(t.personal_links).where(t.personal_links.c.number == number).values(redeemed_at=at))


def revoke(tx: Connection, number: int, at: datetime) -> None:
    """Take a link back, and end its logins."""
    tx.execute(update(t.personal_links).where(t.personal_links.c.number == number).values(revoked_at=at))
    tx.execute(delete(t.web_logins).where(t.web_logins.c.link_number == number))


def insert_login(tx: Connection, token_hash: str, number: int, at: datetime) -> None:
    """Keep a login that was made with a link."""
    values = {"token_hash": token_hash, "link_number": number, "created_at": at, "seen_at": at}
    tx.execute(insert(t.web_logins).values(values))


def find_login(tx: Connection, token_hash: str) -> Login | None:
    """Return the login with this hash, or None."""
    row = tx.execute(_FIND_LOGIN, {"token_hash": token_hash}).first()
    return None if row is None else Login(_link(row), row.login_at, row.seen_at, row.name)


def set_login_seen(tx: Connection, token_hash: str, at: datetime) -> None:
    """Remember when a login was last used."""
    tx.execute(update(t.web_logins).where(t.web_logins.c.token_hash == token_hash).values(seen_at=at))


def delete_login(tx: Connection, token_hash: str) -> None:
    """End a login."""
    tx.execute(delete(t.web_logins).where(t.web_logins.c.token_hash == token_hash))


def server_value(tx: Connection, name: str) -> str | None:
    """Return what the server keeps under a name, or None."""
    found: str | None = tx.scalar(select(t.server_values.c.value).where(t.server_values.c.name == name))
    return found


def put_server_value(tx: Connection, name: str, value: str) -> None:
    """Keep something for the server under a name."""
    this = t.server_values.c.name == name
    if not tx.execute(update(t.server_values).where(this).values(value=value)).rowcount:
        tx.execute(insert(t.server_values).values(name=name, value=value))
