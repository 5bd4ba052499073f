"""Personal links: how an interviewer signs in to the room in the browser."""

from datetime import datetime
from enum import StrEnum

from attrs import frozen


class LinkState(StrEnum):
    """Whether a personal link can be redeemed."""

    OPEN = "open"
    """It can, with its code."""
    REDEEMED = "redeemed"
    """It was: a link signs in once."""
    LOCKED = "locked"
    """Too many wrong codes."""
    REVOKED = "revoked"
    """It was taken back, and so were its logins."""
    EXPIRED = "expired"


@frozen
class PersonalLink:
    """What a recruiter gives an interviewer; neither its address nor its code is kept, only their hashes."""

    number: int
    """From 1; what lists and `--revoke` call it."""
    interviewer: str
    """The interviewer's id."""
    created_at: datetime
    """UTC."""
    expires_at: datetime
    """UTC; logins made with it end then, too."""
    opening: str | None = None
    """The only opening that it leads to; None for all of them."""
    desk: bool = False
    """Whether it leads to the pages that compare candidates."""
    created_by: str = ""
    """May be empty."""
    failures: int = 0
    """Wrong codes so far."""
    redeemed_at: datetime | None = None
    revoked_at: datetime | None = None

    def state(self, now: datetime, most_failures: int) -> LinkState:
        """Return whether it can be redeemed.

        Args:
            now: The present moment.
            most_failures: From how many wrong codes on it is locked.
        """
        if self.revoked_at:
            return LinkState.REVOKED
        if self.redeemed_at:
            return LinkState.REDEEMED
        if self.failures >= most_failures:
            return LinkState.LOCKED
        return LinkState.EXPIRED if now >= self.expires_at else LinkState.OPEN


@frozen
class Login:
    """Somebody who is signed in."""

    link: PersonalLink
    created_at: datetime
    """UTC."""
    seen_at: datetime
    """UTC; when it was last used, to the hour."""
    name: str
    """The interviewer's name."""

    @property
    def interviewer(self) -> str:
        """The interviewer's id."""
        return self.link.interviewer
