"""The people of an opening."""

import re
from collections.abc import Container
from datetime import datetime
from enum import StrEnum
from itertools import count
from unicodedata import normalize

from attrs import frozen


class Outcome(StrEnum):
    """What became of a candidate when the opening was closed."""

    HIRED = "hired"
    REJECTED = "rejected"


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
    withdrawn_reason: str = ""
    outcome: Outcome | None = None
    """None until it is recorded."""
    outcome_reason: str = ""


@frozen
class Interviewer:
    """Someone who rates candidates; known across openings."""

    id: str
    """Unique in the store."""
    name: str
    """As the person writes it; cleaned, never interpreted."""
    email: str = ""
    """What one acts as: `--as` and HIRINGKIT_USER take the id or this."""


def id_from_name(name: str, taken: Container[str], kind: str) -> str:
    """Make a free id out of a name: its ASCII words, else `candidate-1`, `candidate-2` and so on.

    Args:
        name: As the person writes it, in any script.
        taken: Ids that are in use.
        kind: `candidate` or `interviewer`, the stem where the name has no ASCII word.
    """
    ascii_name = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    # a name of which only a piece is ASCII, such as 王 A, would make a misleading id
    whole = all(char.isascii() or not char.isalpha() for char in normalize("NFKD", name))
    stem = "-".join(re.findall(r"[a-z0-9]+", ascii_name))[:40].strip("-") if whole else ""
    if stem and stem not in taken:
        return stem
    return next(i for n in count(2 if stem else 1) if (i := f"{stem or kind}-{n}") not in taken)
