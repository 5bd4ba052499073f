"""Ratings as a file holds them: columns of plain buffers, so that neither reader nor scoring needs the other.

Codes and numbers are objects with the buffer protocol (`array.array`, Arrow buffers); `numpy.frombuffer`
takes them as they are, without a copy.
"""

from collections.abc import Sequence
from typing import Any

from attrs import frozen


@frozen(eq=False)
class Coded:
    """A column of words, each given once in `labels`."""

    codes: Any
    """n int32 positions in `labels`, with the buffer protocol (`array('i')`)."""
    labels: Sequence[str]
    """Distinct, cleaned of everything that a terminal would obey, in order of first appearance."""


@frozen(eq=False)
class RatingTable:
    """n rows, one rating each; a row with an empty rating is counted in `absent` and not among them."""

    source: str
    """The file as the user named it."""
    candidate: Coded
    interviewer: Coded
    question: Coded
    value: Any
    """n float64 (`array('d')`): the rating, NaN where `status` is not 0."""
    status: Any
    """n int8 (`array('b')`): 0 a number, 1 not-assessed, 2 no-evidence."""
    line: Any
    """n int64 (`array('q')`): the line in the file, from 1; the row number where there are no lines."""
    absent: int = 0
    """Rows whose rating was empty."""
    weight: Any = None
    """n float64, positive; None where the file has no such column."""
    criterion: Coded | None = None
    opening: Coded | None = None
    evidence: Sequence[str] | None = None
    rated_at: Sequence[str] | None = None

    def __len__(self) -> int:
        return len(self.value)
