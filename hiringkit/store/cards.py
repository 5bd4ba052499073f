"""Interview cards that were handed out, each with its key, and what came back last."""

from datetime import datetime

from attrs import frozen
from sqlalchemy import Connection, insert, select, update

from hiringkit.store import tables as t


@frozen
class IssuedCard:
    """A card that was handed out."""

    id: str
    interview: str
    """The interview's id."""
    key: str
    """What is saved from it is signed with this; hexadecimal digits."""
    revision: int
    """That of the interview when the card was handed out or last received: a later one is somebody else's work."""
    issued_at: datetime
    """UTC."""
    received_at: datetime | None = None
    """UTC; when something was last received; None where nothing was."""
    saved_at: datetime | None = None
    """When that was saved, by the clock of the device."""
    signature: str = ""
    """Of what was last received."""


def add(tx: Connection, card: IssuedCard) -> None:
    """Keep a card that is handed out."""
    values = {
        "id": card.id,
        "interview_id": card.interview,
        "key": card.key,
        "revision": card.revision,
        "issued_at": card.issued_at,
        "signature": "",
    }
    tx.execute(insert(t.cards).values(values))


def find(tx: Connection, card_id: str) -> IssuedCard | None:
    """Return a card, or None."""
    row = tx.execute(select(t.cards).where(t.cards.c.id == card_id)).one_or_none()
    if row is None:
        return None
    return IssuedCard(
        row.id,
        row.interview_id,
        row.key,
        row.revision,
        row.issued_at,
        row.received_at,
        row.saved_at,
        row.signature,
    )


def set_received(tx: Connection, card_id: str, *, revision: int, at: datetime, saved_at: datetime, mark: str) -> None:
    """Keep what was received of a card: when, when it was saved, its signature, and the interview's revision since."""
    change = update(t.cards).where(t.cards.c.id == card_id)
    tx.execute(change.values(revision=revision, received_at=at, saved_at=saved_at, signature=mark))
