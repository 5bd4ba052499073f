"""What candidates need from the team and what an opening's team offers, by expectation."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from hiringkit.store.tables import candidate_needs, opening_offers


def keep_offer(tx: Connection, opening_id: str, expectation: str, level: int, at: datetime) -> None:
    """Store how much the team gives, replacing an earlier answer.

    Raises:
        IntegrityError: There is no such opening; outside the transaction it is `Refused`.
    """
    key = {"opening_id": opening_id, "expectation_id": expectation}
    tx.execute(delete(opening_offers).filter_by(**key))
    tx.execute(insert(opening_offers).values(**key, level=level, answered_at=at))


def keep_need(tx: Connection, opening_id: str, candidate_id: str, expectation: str, level: int, at: datetime) -> None:
    """Store how much a candidate needs it; raises as `keep_offer` does."""
    key = {"opening_id": opening_id, "candidate_id": candidate_id, "expectation_id": expectation}
    tx.execute(delete(candidate_needs).filter_by(**key))
    tx.execute(insert(candidate_needs).values(**key, level=level, answered_at=at))


def offers(tx: Connection, opening_id: str) -> Mapping[str, int]:
    """Return how much the team gives, by expectation."""
    found = select(opening_offers.c.expectation_id, opening_offers.c.level).filter_by(opening_id=opening_id)
    return {row.expectation_id: row.level for row in tx.execute(found)}


def needs(tx: Connection, opening_id: str, candidate_id: str) -> Mapping[str, int]:
    """Return how much a candidate needs, by expectation."""
    found = select(candidate_needs.c.expectation_id, candidate_needs.c.level)
    rows = tx.execute(found.filter_by(opening_id=opening_id, candidate_id=candidate_id))
    return {row.expectation_id: row.level for row in rows}
