"""What one cell of a rating file means: an id, a rating, a weight. Pure, and the same for every format."""

import re
from math import isfinite, nan
from unicodedata import normalize

from attrs import frozen

from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.interview import Mark
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.spreadsheet import bare_formula
from hiringkit.domain.text import clean_line, clean_text, nearest
from hiringkit.exchange.findinglist import shown

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
class Problem:
    """What is wrong with a cell."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def at(self, column: str, place: Location) -> Finding:
        """Return the finding that this is in a file."""
        return Finding(self.code, self.message, self.severity, self.hint, path=column, location=place)


EMPTY_ROW = Problem("empty-row", "nothing is filled in, the row is left out", severity=Severity.WARNING)


@frozen
class ParsedRating:
    """A rating cell that makes sense."""

    status: int
    """NUMBER, NOT_ASSESSED, NO_EVIDENCE or ABSENT."""
    value: float = nan
    """The number; not a number where it is none."""


def parse_id(cell: str) -> str | Problem:
    """Return an id on one line, harmless, in the one form (NFC) that equal-looking ids share."""
    return tidy_label(cell) or Problem("empty-id", "the cell is empty, expected an id")


def tidy_label(cell: str) -> str:
    """Return a label as `parse_id` does, an empty one too."""
    return normalize("NFC", clean_line(bare_formula(cell)))


def tidy_text(cell: str) -> str:
    """Return a text of several lines, harmless."""
    return clean_text(bare_formula(cell))


def parse_rating(cell: str) -> ParsedRating | Problem:
    """Read a number, `not-assessed`, `no-evidence` or nothing."""
    text = cell.strip()
    if not text:
        return ParsedRating(ABSENT)
    if text in _STATUS:
        return ParsedRating(_STATUS[text])
    number = _parse_number(text)
    if number is not None:
        return ParsedRating(NUMBER, number) if isfinite(number) else _not_finite("rating", text)
    message = Sentence("rating {shown} is neither a number nor not-assessed nor no-evidence").format(shown=shown(text))
    return Problem("rating-unknown", message, _rating_hint(text))


def parse_weight(cell: str) -> float | Problem:
    """Read a positive number; nothing is 1."""
    text = cell.strip()
    if not text:
        return 1.0
    number = _parse_number(text)
    if number is None:
        return Problem("weight-unknown", WEIGHT_UNKNOWN.format(shown=shown(text)), _number_hint(text))
    if not isfinite(number):
        return _not_finite("weight", text)
    if number <= 0:
        message = WEIGHT_NOT_POSITIVE.format(shown=shown(text))
        return Problem("weight-not-positive", message, "leave the cell empty for 1")
    return number


def _parse_number(text: str) -> float | None:
    if _NUMBER.fullmatch(text) or _NOT_FINITE.fullmatch(text):
        return float(text)
    return None


def _not_finite(what: str, text: str) -> Problem:
    return Problem(f"{what}-not-finite", NOT_FINITE[what].format(shown=shown(text)), "leave the cell empty for none")


def _rating_hint(text: str) -> str:
    if text.lower() in _NOTHING:
        return Sentence("leave the cell empty, or write not-assessed or no-evidence")
    near = nearest(re.sub(r"[\s_]+", "-", text.lower()), _STATUS)
    return Sentence("did you mean {near!r}?").format(near=near) if near else _number_hint(text)


def _number_hint(text: str) -> str:
    """Suggest a number where one is written with a comma or in full-width digits."""
    plain = normalize("NFKC", text).replace(",", ".")
    return Sentence("write {number}").format(number=plain) if _NUMBER.fullmatch(plain) else ""
