"""Groups out of a file of their own: who belongs to which, or how many of each were selected."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from typing import BinaryIO, TypeVar

from attrs import frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import FIRST_ROW, NO_SYNONYMS, Synonyms, Wanted, extended, match_columns, no_rows
from hiringkit.domain.finding import Finding, FindingList, Location, has_errors, shown
from hiringkit.domain.rating_table import tidy_label
from hiringkit.exchange.text_files import BrokenRows, FileRow, open_rows, read_bytes, wrong_length
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence
from hiringkit.text.typed import typed_plainly

_WANTED = Wanted(("candidate",), ("opening",), strict=False)
_COUNTED = Wanted(
    ("selected", "applicants"),
    synonyms={
        "selected": ("hired", "passed", "# selected", "入选", "入选人数", "录用", "录用人数"),
        "applicants": ("candidates", "people", "total", "# of applicants", "申请人数", "应聘人数", "人数"),
    },
)
_UNKNOWN = {
    *("", "-", "?", "unknown", "not known", "n/a", "na", "none", "not given", "not disclosed", "undisclosed"),
    *("prefer not to say", "declined", "decline to self-identify", "declined to answer"),
    *("未知", "不详", "不愿透露", "未填", "未填写", "无"),
}
"""What stands in a cell where the group is not known."""
MOST_COLUMNS = 12
"""Columns of groups that a file may have."""
NOT_A_COUNT = Sentence("{shown} is no number of people")
MORE_THAN_ALL = Sentence("{selected} are selected of {applicants}")
_LONGEST_COUNT = 9


@frozen
class GroupRow:
    """What the file says about one candidate."""

    line: int
    candidate: str
    """As written: an id, an e-mail address or a name."""
    opening: str
    """Empty where the file does not say."""
    cells: tuple[str, ...]
    """One for each column of the sheet."""


@frozen
class CountRow:
    """How many of a group, or of a group in several columns at once, were selected."""

    line: int
    cells: tuple[str, ...]
    selected: int
    applicants: int


Row = TypeVar("Row", GroupRow, CountRow)


@frozen(eq=False)
class GroupSheet:
    """A file of groups."""

    source: str
    """The file as the user named it."""
    columns: tuple[str, ...]
    """Those that say what somebody belongs to, or whether they were selected."""
    rows: tuple[GroupRow, ...]


@frozen(eq=False)
class CountSheet:
    """A file of counts."""

    source: str
    columns: tuple[str, ...]
    """Those that name the groups."""
    rows: tuple[CountRow, ...]


def is_unknown(cell: str) -> bool:
    """Return whether a cell says that the group is not known."""
    return cell.casefold() in _UNKNOWN


def read_groups(
    path: str, *, stdin: BinaryIO | None = None, more: Synonyms = NO_SYNONYMS
) -> tuple[GroupSheet | None, list[Finding]]:
    """Read who belongs to which groups.

    The columns are `candidate`, `opening` where it matters, and any others: each of them names a group for each row.

    Args:
        path: A CSV file, a workbook or, by its ending, a TSV file; `-` is standard input.
        stdin: Standard input, if not the process's.
        more: What else the first two columns are called.

    Returns:
        The sheet, None where there is an error; and findings in the order of the file.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read.
    """
    wanted = Wanted(_WANTED.required, _WANTED.optional, synonyms=extended(more))

    def row(line: int, cells: Sequence[str], index: dict[str, int], rest: Sequence[int]) -> GroupRow | Finding:
        opening = tidy_label(cells[index["opening"]]) if "opening" in index else ""
        candidate = tidy_label(cells[index["candidate"]])
        if not candidate:
            message = "the row names no candidate"
            return Finding(Code.EMPTY_ID, message, path="candidate", location=Location(path, line))
        return GroupRow(line, candidate, opening, tuple(tidy_label(cells[n]) for n in rest))

    columns, rows, findings = _read(path, stdin, wanted, row, lambda each: (each.opening, each.candidate.casefold()))
    return (None if has_errors(findings) else GroupSheet(path, columns, tuple(rows))), findings


def read_counts(
    path: str, *, stdin: BinaryIO | None = None, more: Synonyms = NO_SYNONYMS
) -> tuple[CountSheet | None, list[Finding]]:
    """Read how many of each group were selected.

    The columns are `selected`, `applicants` and any others, which name the groups; otherwise as `read_groups`.
    """
    wanted = Wanted(_COUNTED.required, synonyms=extended(more, _COUNTED.synonyms))

    def row(line: int, cells: Sequence[str], index: dict[str, int], rest: Sequence[int]) -> CountRow | Finding:
        place = Location(path, line)
        counts = []
        for name in _COUNTED.required:
            cell = cells[index[name]].strip()
            plain = cell if cell.isascii() else typed_plainly(cell)
            if not (plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST_COUNT):
                hint = "a whole number, 0 or more"
                return Finding(
                    Code.NOT_A_COUNT, NOT_A_COUNT.format(shown=shown(cell)), hint=hint, path=name, location=place
                )
            counts.append(int(plain))
        selected, applicants = counts
        if selected > applicants:
            message = MORE_THAN_ALL.format(selected=selected, applicants=applicants)
            return Finding(
                Code.NOT_A_COUNT, message, hint="are the columns exchanged?", path="selected", location=place
            )
        return CountRow(line, tuple(tidy_label(cells[n]) for n in rest), selected, applicants)

    columns, rows, findings = _read(
        path, stdin, wanted, row, lambda each: tuple(cell.casefold() for cell in each.cells)
    )
    return (None if has_errors(findings) else CountSheet(path, columns, tuple(rows))), findings


def _read(
    source: str,
    stdin: BinaryIO | None,
    wanted: Wanted,
    make: Callable[[int, Sequence[str], dict[str, int], Sequence[int]], Row | Finding],
    key: Callable[[Row], tuple[str, ...]],
) -> tuple[tuple[str, ...], list[Row], list[Finding]]:
    """Read the columns besides those that are wanted, the rows, and everything that is wrong with them."""
    delimiter = "\t" if PurePath(source).suffix.lower() == ".tsv" else ","
    findings: FindingList = FindingList()
    try:
        sheet = open_rows(source, read_bytes(source, stdin), wanted, delimiter)
        if isinstance(sheet, list):
            return (), [], sheet
        findings.extend(sheet.remarks)
        names = tuple(clean_line(cell) for cell in sheet.header.cells)
        index, twice = match_columns(names, wanted)
        rest = [n for n in range(len(names)) if n not in index.values() and names[n]]
        findings.extend(_header_faults(names, wanted.missing(index), twice, rest, Location(source, sheet.header.line)))
        if has_errors(findings.in_order()):
            return (), [], findings.in_order()
        rows: list[Row | Finding] = list(
            _rows(sheet.rows, len(names), source, lambda line, cells: make(line, cells, index, rest))
        )
    except BrokenRows as broken:
        return (), [], [*findings.in_order(), broken.finding]
    findings.extend(each for each in rows if isinstance(each, Finding))
    good = [each for each in rows if not isinstance(each, Finding)]
    findings.extend(_repeated(good, key, source))
    if not rows:
        findings.add(no_rows(source))
    return tuple(names[n] for n in rest), good, findings.in_order()


def _header_faults(
    names: Sequence[str], missing: Sequence[str], twice: Sequence[str], rest: Sequence[int], place: Location
) -> Iterator[Finding]:
    for name in missing:
        missed = Sentence("no column {name!r}").format(name=name)
        yield Finding(Code.MISSING_COLUMN, missed, hint=FIRST_ROW, path=name, location=place)
    others = [names[n] for n in rest]
    folded = [name.casefold() for name in others]
    again = [name for n, name in enumerate(others) if folded[n] in folded[:n]]
    for name in dict.fromkeys((*twice, *again)):
        double = Sentence("column {name!r} stands there twice").format(name=name)
        yield Finding(Code.DUPLICATE_COLUMN, double, path=name, location=place)
    if not rest:
        hint = "add one, such as sex or ethnicity"
        yield Finding(Code.NO_GROUPS, "no column names a group", hint=hint, location=place)
    if len(rest) > MOST_COLUMNS:
        message = Sentence("there are {count} columns of groups, at most {most} are compared").format(
            count=len(rest), most=MOST_COLUMNS
        )
        yield Finding(Code.NO_GROUPS, message, hint="keep those that are to be compared", location=place)


def _rows(
    rows: Iterator[FileRow], width: int, source: str, make: Callable[[int, Sequence[str]], Row | Finding]
) -> Iterator[Row | Finding]:
    for row in rows:
        if len(row.cells) != width:
            yield wrong_length(row, width, source)
        elif any(map(str.strip, row.cells)):
            yield make(row.line, row.cells)


def _repeated(rows: Sequence[Row], key: Callable[[Row], tuple[str, ...]], source: str) -> Iterator[Finding]:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        line = first.setdefault(key(row), row.line)
        if line != row.line:
            message = Sentence("the row is about the same as line {line}").format(line=line)
            yield Finding(Code.GROUP_TWICE, message, hint="keep one of them", location=Location(source, row.line))
