"""The first row of a file: which column is where, and what is wrong with it."""

import re
from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line, nearest
from hiringkit.exchange.findinglist import shown

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
