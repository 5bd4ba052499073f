"""The people of an opening."""

from datetime import datetime

from attrs import frozen


@frozen
class Candidate:
    """Someone who applies for an opening."""

    id: str
    """Unique within the opening."""
    name: str
    """As the person writes it; cleaned, never interpreted."""
    email: str = ""
    note: str = ""
    withdrawn_at: datetime | None = None
    """UTC; a withdrawn candidate is kept, shown as withdrawn and left out of comparisons."""


@frozen
class Interviewer:
    """Someone who rates candidates; known across openings."""

    id: str
    """Unique in the store."""
    name: str
    """As the person writes it; cleaned, never interpreted."""
    email: str = ""
    """What one acts as: `--as` and HIRINGKIT_USER take the id or this."""
