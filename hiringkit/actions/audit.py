"""The audit trail: every change is written down in the transaction that makes it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from attrs import frozen

from hiringkit.actions.lookup import Tx
from hiringkit.store import audit

Clock = Callable[[], datetime]
"""Returns the present moment in UTC."""


@frozen
class Actor:
    """Who does it and when."""

    who: str
    """The e-mail or id one acts as; may be empty."""
    clock: Clock

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return self.clock()


def record(tx: Tx, actor: Actor, action: str, subject: Mapping[str, str], **detail: object) -> None:
    """Append an event to the audit trail.

    Args:
        tx: The transaction that makes the change.
        actor: Who does it.
        action: `noun.verb`, such as `interview.submit`.
        subject: Ids of what it is done to, by kind.
        detail: What else a later reader needs; no evidence text and no notes.
    """
    audit.append(tx, at=actor.now(), actor=actor.who, action=action, subject=subject, detail=detail)
