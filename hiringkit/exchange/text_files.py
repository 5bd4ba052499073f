"""Text files that somebody hands over: their encoding, and the rows of CSV and TSV."""

import csv
import io
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, FindingList, Location
from hiringkit.domain.rating_table import (
    OPTIONAL,
    REQUIRED,
    Cell,
    Coder,
    Header,
    RatingTable,
    check_header,
    no_rows,
    parse_table,
)
from hiringkit.errors import HiringKitError, NotFound, Refused
from hiringkit.text.sentence import Sentence

STDIN = "-"
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_bytes(path: str, stdin: BinaryIO | None = None) -> bytes:
    """Read a file, or standard input for `-`.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read.
    """
    try:
        return (stdin or sys.stdin.buffer).read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        raise _failure(path, error) from None


def decode(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """Return the text of a file in UTF-8, with or without its mark; with a finding where it is none."""
    if data.startswith(_UTF16_MARKS):
        return "", [_not_utf8(Location(name, 1), Sentence("the file is in UTF-16, expected UTF-8"))]
    data = data.removeprefix(_UTF8_MARK)
    if not data.strip():
        return "", [Finding(Code.EMPTY_FILE, "the file is empty", location=Location(name))]
    if (at := data.find(b"\0")) >= 0:
        return "", [_binary(name, data, at)]
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        message = Sentence("the file is not UTF-8: byte 0x{data:02x} is no text").format(data=data[error.start])
        return "", [_not_utf8(_place(name, data, error.start), message)]


def text_lines(data: bytes) -> Iterator[str]:
    """Iterate over the lines of a text that `decode` took, line ends kept as they are."""
    return iter(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline=""))


def _failure(path: str, error: OSError) -> HiringKitError:
    if isinstance(error, FileNotFoundError):
        return NotFound(Sentence("there is no file {path!r}").format(path=path), hint="standard input is -")
    return Refused(Sentence("{path!r} cannot be read: {strerror}").format(path=path, strerror=error.strerror))


def _not_utf8(place: Location, message: str) -> Finding:
    return Finding(Code.ENCODING, message, hint="save it as CSV UTF-8", location=place)


def _binary(name: str, data: bytes, at: int) -> Finding:
    message = "the file holds a NUL byte: it is no text"
    return Finding(Code.BINARY_FILE, message, hint="save it as CSV UTF-8", location=_place(name, data, at))


def _place(name: str, data: bytes, at: int) -> Location:
    """Return the line and column, in characters, of a byte."""
    start = data.rfind(b"\n", 0, at) + 1
    return Location(name, data.count(b"\n", 0, at) + 1, len(data[start:at].decode(errors="replace")) + 1)


_END = "\0"
"""A row of our own behind the last: a quote that never closes swallows it. No text holds it otherwise."""


@frozen
class Delimited:
    """A file of delimited text."""

    source: str
    """The file as the user named it."""
    data: bytes
    delimiter: str


@frozen
class FileRow:
    """One row that is not blank."""

    line: int
    """Where it begins."""
    cells: list[str]


class BrokenRows(Exception):  # noqa: N818 - carries a finding, is never shown
    """The text stops being rows; nothing after that place can be trusted."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read_rows(text: str, delimiter: str, source: str) -> Iterator[FileRow]:
    """Iterate over rows, blank lines left out.

    Raises:
        BrokenRows: A quote never closes, or a cell is longer than any text.
    """
    reader = csv.reader(chain(io.StringIO(text, newline=""), [_END]), delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader)
        except csv.Error:
            raise BrokenRows(_too_long(Location(source, line))) from None
        if cells == [_END]:
            return
        if cells and cells[-1].endswith(_END):
            raise BrokenRows(_unclosed(Location(source, line)))
        if cells:
            yield FileRow(line, cells)
        line = reader.line_num + 1


def wrong_length(row: FileRow, expected: int, source: str) -> Finding:
    """Say that a row has another number of cells than the header."""
    message = Sentence("the row has {count} cells, the header {expected}").format(
        count=len(row.cells), expected=expected
    )
    hint = "is a quote missing around a cell that holds the delimiter?" if len(row.cells) > expected else ""
    return Finding(Code.ROW_LENGTH, message, hint=hint, location=Location(source, row.line))


def find_cells(
    lines: Iterable[str], delimiter: str, wanted: Mapping[int, set[int]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Find where cells stand.

    Args:
        lines: The text's lines, with their ends.
        delimiter: What separates cells.
        wanted: By the line on which a row begins, the positions of its cells.

    Returns:
        Line and column, from 1 and in characters, by the row's line and the cell's position.
    """
    numbered = enumerate(lines, 1)
    found = {}
    left = set(wanted)
    for number, line in numbered:
        if number not in left:
            continue
        left.discard(number)
        # rows never overlap, so the lines that a row takes from the iterator begin no other row
        starts = _cell_starts(chain([(number, line)], numbered), delimiter, max(wanted[number]))
        found.update({(number, cell): starts[cell] for cell in wanted[number]})
        if not left:
            break
    return found


def _cell_starts(numbered: Iterable[tuple[int, str]], delimiter: str, last: int) -> list[tuple[int, int]]:
    """Return line and column of a row's cells up to the `last`, read as the csv module does."""
    starts: list[tuple[int, int]] = []
    fresh, quoted, closed = True, False, False
    for number, line in chain(numbered, [(0, " ")]):
        for column, sign in enumerate(line, 1):
            if fresh:
                starts.append((number, column))
            if len(starts) > last:
                return starts
            opens = sign == '"' and (fresh or closed)
            closed = quoted and sign == '"'
            quoted = opens or (quoted and not closed)
            fresh = sign == delimiter and not quoted
    return starts


def _too_long(place: Location) -> Finding:
    message = Sentence("a cell is longer than {field_size_limit:,} characters").format(
        field_size_limit=csv.field_size_limit()
    )
    return Finding(Code.CELL_TOO_LONG, message, hint="is a quote missing before it?", location=place)


def _unclosed(place: Location) -> Finding:
    message = "a quote opens in this row and never closes"
    return Finding(Code.UNCLOSED_QUOTE, message, hint='write "" for a quote within quotes', location=place)


def read_csv(file: Delimited) -> tuple[RatingTable | None, list[Finding]]:
    """Read delimited text; None where it is not a table with the columns that ratings need."""
    text, findings = decode(file.data, file.source)
    if findings:
        return None, findings
    rows = read_rows(text, file.delimiter, file.source)
    try:
        header, findings = rating_header(next(rows), file.source)
        if header is None:
            return None, findings
        return _read_rows(rows, header, file, findings)
    except BrokenRows as broken:
        return None, [*findings, broken.finding]


def rating_header(row: FileRow, source: str) -> tuple[Header | None, list[Finding]]:
    """Check the first row of a rating file."""
    return check_header(row.cells, required=REQUIRED, optional=OPTIONAL, source=source, line=row.line)


def locate_cells(
    file: Delimited, header: Header, line: Sequence[int], cells: Sequence[Cell]
) -> Mapping[Cell, Location]:
    """Find the line and column on which cells stand, given the line of each row."""
    wanted: dict[int, set[int]] = {}
    for row, name in cells:
        wanted.setdefault(line[row], set()).add(header.index[name])
    found = find_cells(text_lines(file.data), file.delimiter, wanted)
    return {(row, name): Location(file.source, *found[line[row], header.index[name]]) for row, name in cells}


def _read_rows(
    rows: Iterator[FileRow], header: Header, file: Delimited, findings: list[Finding]
) -> tuple[RatingTable, list[Finding]]:
    coders = {name: Coder() for name in header.index}
    places = [(coder, header.index[name]) for name, coder in coders.items()]
    line, misshapen = array("q"), FindingList()
    for row in rows:
        if len(row.cells) != len(header.names):
            misshapen.add(wrong_length(row, len(header.names), file.source))
            continue
        line.append(row.line)
        for coder, place in places:
            coder.add(row.cells[place])
    found = [*findings, *misshapen.in_order()]
    return parse_table(
        {name: coder.column() for name, coder in coders.items()},
        line,
        source=file.source,
        locate=lambda cells: locate_cells(file, header, line, cells),
        findings=found if line or found else [no_rows(file.source)],
    )
