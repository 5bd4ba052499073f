"""Openings, each with the text of the rubric that it pinned."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy import insert as insert_into

from hiringkit.domain.conduct import RankingPolicy
from hiringkit.domain.interview import Opening
from hiringkit.errors import NotFound, Refused
from hiringkit.store.tables import openings, readable
from hiringkit.text.sentence import Sentence

NO_OPENING = Sentence("there is no opening {id}")
CLOSED_ALREADY = Sentence("opening {id} is closed already")
_COLUMNS = [column for column in openings.c if column is not openings.c.rubric_text]
_FIND = select(*_COLUMNS).where(openings.c.id == bindparam("id"))
_EVERY = select(*_COLUMNS).order_by(openings.c.created_at, openings.c.id)


def insert(tx: Connection, opening: Opening, rubric_text: str) -> None:
    """Store a new opening and the text of its rubric, banks included.

    Raises:
        IntegrityError: The id is taken; outside the transaction it is `Refused`.
    """
    tx.execute(
        insert_into(openings).values(
            id=opening.id,
            title=opening.title,
            rubric=opening.rubric,
            version=opening.version,
            digest=opening.digest,
            rubric_text=rubric_text,
            created_at=opening.created_at,
            closed_at=opening.closed_at,
            ranking=opening.ranking,
        )
    )


def find(tx: Connection, opening_id: str) -> Opening | None:
    """Return an opening, or None."""
    row = tx.execute(_FIND, {"id": opening_id}).one_or_none()
    return None if row is None else _opening(row)


def _opening(row: Row[Any]) -> Opening:
    return Opening(
        id=row.id,
        title=row.title,
        rubric=row.rubric,
        version=row.version,
        digest=row.digest,
        created_at=row.created_at,
        closed_at=row.closed_at,
        retention_months=row.retention_months,
        ranking=None if row.ranking is None else readable(RankingPolicy, row.ranking, "whether candidates are ranked"),
    )


def every(tx: Connection) -> tuple[Opening, ...]:
    """Return all openings, oldest first."""
    return tuple(map(_opening, tx.execute(_EVERY)))


def rubric_text(tx: Connection, opening_id: str) -> str:
    """Return the text of the rubric that the opening pinned.

    Raises:
        NotFound: There is no such opening.
    """
    found: str | None = tx.scalar(select(openings.c.rubric_text).where(openings.c.id == opening_id))
    if found is None:
        raise NotFound(NO_OPENING.format(id=opening_id))
    return found


def close(tx: Connection, opening_id: str, at: datetime) -> None:
    """Mark an opening as closed.

    Raises:
        NotFound: There is no such opening.
        Refused: It is closed already.
    """
    still_open = (openings.c.id == opening_id) & openings.c.closed_at.is_(None)
    if tx.execute(update(openings).where(still_open).values(closed_at=at)).rowcount:
        return
    if find(tx, opening_id) is None:
        raise NotFound(NO_OPENING.format(id=opening_id))
    raise Refused(CLOSED_ALREADY.format(id=opening_id))


def reopen(tx: Connection, opening_id: str) -> None:
    """Reopen an opening."""
    tx.execute(update(openings).where(openings.c.id == opening_id).values(closed_at=None))


def rename(tx: Connection, opening_id: str, title: str) -> None:
    """Give an opening another title."""
    tx.execute(update(openings).where(openings.c.id == opening_id).values(title=title))


def set_retention(tx: Connection, opening_id: str, months: int | None) -> None:
    """Store how long after closing what is known about candidates is kept; None removes it."""
    tx.execute(update(openings).where(openings.c.id == opening_id).values(retention_months=months))


def set_ranking(tx: Connection, opening_id: str, ranking: RankingPolicy | None) -> None:
    """Store whether candidates are put in an order; None leaves that to the rubric."""
    tx.execute(update(openings).where(openings.c.id == opening_id).values(ranking=ranking))
