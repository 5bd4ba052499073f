"""The people of an opening."""

from collections.abc import Container
from datetime import datetime
from enum import StrEnum
from itertools import count

from attrs import frozen

from hiringkit.text.language import count_han
from hiringkit.text.transliteration import ascii_words


class HiringOutcome(StrEnum):
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
    resume_line: str = ""
    """The résumé in one line, for who holds the interview."""
    withdrawn_at: datetime | None = None
    """UTC; a withdrawn candidate is kept, shown as withdrawn and left out of comparisons."""
    withdrawn_reason: str = ""
    outcome: HiringOutcome | None = None
    """None until it is recorded."""
    outcome_reason: str = ""
    held_at: datetime | None = None
    """UTC; while a hold stands, nothing about the candidate is erased or removed."""
    held_reason: str = ""
    erased_at: datetime | None = None
    """UTC; what is left of an erased candidate stands under a pseudonym."""


@frozen
class Interviewer:
    """Someone who rates candidates; known across openings."""

    id: str
    """Unique in the store."""
    name: str
    """As the person writes it; cleaned, never interpreted."""
    email: str = ""
    """What one acts as: `--as` and HIRINGKIT_USER take the id or this."""


def whole_name(first: str, last: str) -> str:
    """Put a name together as its owner writes it: the family name comes first in Chinese, and without a blank."""
    return last + first if count_han(last) else f"{first} {last}".strip()


_LONGEST_STEM = 40


def id_from_name(name: str, taken: Container[str], kind: str) -> str:
    """Make a free id out of a name: its words in ASCII, such as `wang-xiao-ming`, with a number where it is taken.

    Args:
        name: As the person writes it, in any script.
        taken: Ids that are in use.
        kind: `candidate` or `interviewer`, the stem where the name has neither letters nor digits.
    """
    words = ascii_words(name)
    while len(words) > 1 and len("-".join(words)) > _LONGEST_STEM:
        words.pop()
    stem = "-".join(words)[:_LONGEST_STEM]
    if stem and stem not in taken:
        return stem
    return next(i for n in count(2 if stem else 1) if (i := f"{stem or kind}-{n}") not in taken)
