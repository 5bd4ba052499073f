"""What every reader of rating files makes, whatever the format: coded columns of the cells as they stand."""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from math import isfinite, nan
from typing import Any
from unicodedata import normalize

from attrs import field, frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.interview import Mark
from hiringkit.exchange.source import shown
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest
from hiringkit.text.spreadsheet import bare_formula

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


_OTHER_DELIMITERS = re.compile(r"[,;\t|]")


@frozen
class Header:
    """The columns of a file."""

    names: tuple[str, ...]
    """All of them, cleaned, in the order of the file."""
    index: dict[str, int]
    """Position of each column that is known."""


def check_header(
    cells: Sequence[str],
    *,
    required: Sequence[str],
    optional: Sequence[str],
    source: str,
    line: int | None,
) -> tuple[Header | None, list[Finding]]:
    """Find the known columns; there is no header if one is missing or stands twice.

    Args:
        cells: The names as the file has them.
        required: Columns without which the file is no use.
        optional: Further columns.
        source: The file as the user named it.
        line: Where the header stands.
    """
    names = tuple(map(clean_line, cells))
    known = (*required, *optional)
    place = Location(source, line)
    unknown = [name for name in names if name not in known]
    missing = [name for name in required if name not in names]
    twice = [name for name, n in Counter(names).items() if n > 1 and name in known]
    if missing and len(names) == 1 and (other := _OTHER_DELIMITERS.search(cells[0])):
        return None, [_wrong_delimiter(other[0], place)]
    findings = [
        *(_missing(name, unknown, place) for name in missing),
        *(_twice(name, place) for name in twice),
        *(_unknown(name, [k for k in known if k not in names], place) for name in dict.fromkeys(unknown)),
    ]
    if missing or twice:
        return None, findings
    return Header(names, {name: names.index(name) for name in known if name in names}), findings


def _wrong_delimiter(found: str, place: Location) -> Finding:
    message = Sentence("the columns are separated by {found!r}, expected a comma in CSV and a tab in TSV").format(
        found=found
    )
    return Finding("delimiter", message, hint="save it as CSV UTF-8, separated by commas", location=place)


def no_rows(source: str) -> Finding:
    """Say that a file ends behind its header."""
    return Finding("no-rows", "the file has column names and no rows", location=Location(source))


def _missing(name: str, unknown: Sequence[str], place: Location) -> Finding:
    folded = {other.lower(): other for other in unknown}
    near = nearest(name, folded)
    hint = (
        Sentence("is it the column {shown}?").format(shown=shown(folded[near]))
        if near
        else "the first row names the columns"
    )
    return Finding(
        "missing-column", Sentence("no column {name!r}").format(name=name), hint=hint, path=name, location=place
    )


def _twice(name: str, place: Location) -> Finding:
    return Finding(
        "duplicate-column", Sentence("column {name!r} stands there twice").format(name=name), path=name, location=place
    )


def _unknown(name: str, absent: Sequence[str], place: Location) -> Finding:
    near = nearest(name.lower(), absent)
    return Finding(
        "unknown-column",
        Sentence("column {shown} is not known and is left out").format(shown=shown(name)),
        Severity.WARNING,
        hint=Sentence("did you mean {near!r}?").format(near=near) if near else "",
        path=name,
        location=place,
    )


NUMBER, NOT_ASSESSED, NO_EVIDENCE, ABSENT = 0, 1, 2, 3
_STATUS = {Mark.NOT_ASSESSED.value: NOT_ASSESSED, Mark.NO_EVIDENCE.value: NO_EVIDENCE}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
WEIGHT_UNKNOWN = Sentence("weight {shown} is not a number")
WEIGHT_NOT_POSITIVE = Sentence("weight {shown} is not positive")
NOT_FINITE = {
    "rating": Sentence("rating {shown} is not a finite number"),
    "weight": Sentence("weight {shown} is not a finite number"),
}
_NOTHING = {"na", "n/a", "#n/a", "null", "none", "nil", "-", "--", "?", "."}


@frozen
class CellProblem:
    """What is wrong with a cell."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def at(self, column: str, place: Location) -> Finding:
        """Return the finding that this is in a file."""
        return Finding(self.code, self.message, self.severity, self.hint, path=column, location=place)


EMPTY_ROW = CellProblem("empty-row", "nothing is filled in, the row is left out", severity=Severity.WARNING)


@frozen
class ParsedRating:
    """A rating cell that makes sense."""

    status: int
    """NUMBER, NOT_ASSESSED, NO_EVIDENCE or ABSENT."""
    value: float = nan
    """The number; not a number where it is none."""


def parse_id(cell: str) -> str | CellProblem:
    """Return an id on one line, harmless, in the one form (NFC) that equal-looking ids share."""
    return tidy_label(cell) or CellProblem("empty-id", "the cell is empty, expected an id")


def tidy_label(cell: str) -> str:
    """Return a label as `parse_id` does, an empty one too."""
    return normalize("NFC", clean_line(bare_formula(cell)))


def tidy_text(cell: str) -> str:
    """Return a text of several lines, harmless."""
    return clean_text(bare_formula(cell))


def parse_rating(cell: str) -> ParsedRating | CellProblem:
    """Read a number, `not-assessed`, `no-evidence` or nothing."""
    text = cell.strip()
    if not text:
        return ParsedRating(ABSENT)
    if text in _STATUS:
        return ParsedRating(_STATUS[text])
    number = _parse_number(text)
    if number is not None:
        return ParsedRating(NUMBER, number) if isfinite(number) else _not_finite(Code.RATING_NOT_FINITE, "rating", text)
    message = Sentence("rating {shown} is neither a number nor not-assessed nor no-evidence").format(shown=shown(text))
    return CellProblem("rating-unknown", message, _rating_hint(text))


def parse_weight(cell: str) -> float | CellProblem:
    """Read a positive number; nothing is 1."""
    text = cell.strip()
    if not text:
        return 1.0
    number = _parse_number(text)
    if number is None:
        return CellProblem("weight-unknown", WEIGHT_UNKNOWN.format(shown=shown(text)), _number_hint(text))
    if not isfinite(number):
        return _not_finite(Code.WEIGHT_NOT_FINITE, "weight", text)
    if number <= 0:
        message = WEIGHT_NOT_POSITIVE.format(shown=shown(text))
        return CellProblem("weight-not-positive", message, "leave the cell empty for 1")
    return number


def _parse_number(text: str) -> float | None:
    if _NUMBER.fullmatch(text) or _NOT_FINITE.fullmatch(text):
        return float(text)
    return None


def _not_finite(code: Code, what: str, text: str) -> CellProblem:
    return CellProblem(code, NOT_FINITE[what].format(shown=shown(text)), "leave the cell empty for none")


def _rating_hint(text: str) -> str:
    if text.lower() in _NOTHING:
        return Sentence("leave the cell empty, or write not-assessed or no-evidence")
    near = nearest(re.sub(r"[\s_]+", "-", text.lower()), _STATUS)
    return Sentence("did you mean {near!r}?").format(near=near) if near else _number_hint(text)


def _number_hint(text: str) -> str:
    """Suggest a number where one is written with a comma or in full-width digits."""
    plain = normalize("NFKC", text).replace(",", ".")
    return Sentence("write {number}").format(number=plain) if _NUMBER.fullmatch(plain) else ""
