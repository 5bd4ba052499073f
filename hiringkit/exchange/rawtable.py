"""What every reader of rating files makes, whatever the format: coded columns of the cells as they stand."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from typing import Any

from attrs import field, frozen

from hiringkit.domain.finding import Location

REQUIRED = ("candidate", "interviewer", "question", "rating")
OPTIONAL = ("criterion", "opening", "evidence", "rated_at", "weight")

Cell = tuple[int, str]
"""A row, from 0, and a column's name."""


@frozen(eq=False)
class RawColumn:
    """A column of cells, each distinct one given once."""

    codes: Any
    """n int32 positions in `labels`, with the buffer protocol."""
    labels: Sequence[str]
    """In order of first appearance, as the file has them."""


@frozen(eq=False)
class RawTable:
    """n rows of cells."""

    source: str
    """The file as the user named it."""
    columns: Mapping[str, RawColumn]
    """The required ones and those of the optional ones that the file has."""
    line: Any
    """n int64: the line of each row, or its number where there are no lines."""
    locate: Callable[[Sequence[Cell]], Mapping[Cell, Location]] | None = field(default=None)
    """Finds cells in the file; without it a cell is where its row is."""

    def __len__(self) -> int:
        return len(self.line)

    def places(self, cells: Sequence[Cell]) -> Mapping[Cell, Location]:
        """Return where cells stand."""
        if self.locate and cells:
            return self.locate(cells)
        return {cell: Location(self.source, self.line[cell[0]]) for cell in cells}


class Coder:
    """Turns cells into codes, one after the other."""

    def __init__(self) -> None:
        self._codes = array("i")
        self._known: dict[str, int] = {}

    def add(self, cell: str) -> None:
        """Take the next cell."""
        self._codes.append(self._known.setdefault(cell, len(self._known)))

    def column(self) -> RawColumn:
        """Return all cells so far."""
        return RawColumn(self._codes, list(self._known))


def rows_with(column: RawColumn, wanted: Callable[[int], bool]) -> list[int]:
    """Return the rows whose code is wanted, ascending."""
    flags = [wanted(code) for code in range(len(column.labels))]
    if not any(flags):
        return []
    return list(compress(range(len(column.codes)), map(flags.__getitem__, column.codes)))


def first_rows(codes: Iterable[int], wanted: set[int]) -> dict[int, int]:
    """Return the first row of each wanted code."""
    found: dict[int, int] = {}
    for row, code in enumerate(codes):
        if len(found) == len(wanted):
            break
        if code in wanted:
            found.setdefault(code, row)
    return found
