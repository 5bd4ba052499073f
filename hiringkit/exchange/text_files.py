"""Files of text that somebody hands over: their encoding, what separates their columns, where their rows begin."""

import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path, PurePath
from typing import BinaryIO

from attrs import frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import Wanted, is_chinese_header, match_columns
from hiringkit.domain.finding import Finding, Location, Severity, has_errors, shown
from hiringkit.errors import HiringKitError, NotFound, Refused
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

STDIN = "-"
_UTF8_MARK = b"\xef\xbb\xbf"
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""First bytes of a file, and the encoding that they tell; the longer marks first."""
_LEGACY = ("gb18030", "cp1252", "big5", "shift_jis", "euc_kr", "cp1250", "cp1251", "cp1253", "cp1254")
"""What is thought of where a file is not Unicode."""
_ENCODING_NAMES = {"cp1252": "Windows-1252", "gb18030": "GB18030"}
_FEWEST_ODD = 8
"""Bytes beyond ASCII that it takes to tell one alphabet from another; with fewer it is Windows-1252 or nothing."""
_SAMPLE = 200_000
"""Bytes from which an encoding is guessed."""
_SAVE_AS_UTF8 = Sentence("save it as CSV UTF-8")


def read_bytes(path: str, stdin: BinaryIO | None = None) -> bytes:
    """Read a file, or standard input for `-`.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read.
    """
    try:
        return (stdin or sys.stdin.buffer).read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None


def as_utf8(data: bytes, name: str) -> tuple[bytes, list[Finding]]:
    """Return a text file in UTF-8, without a mark, whatever encoding it came in.

    UTF-8, UTF-16 and UTF-32 are known for certain. What else it may be is guessed, and a warning says what was guessed.

    Returns:
        The text, empty with a finding of severity error where the file is none.
    """
    if encoding := next((encoding for mark, encoding in _MARKS if data.startswith(mark)), _unmarked_utf16(data)):
        return _recoded(data, encoding, name)
    data = data.removeprefix(_UTF8_MARK)
    if not data[:_PREVIEW].strip() and not data.strip():  # of a large file, that is a copy
        return b"", [Finding(Code.EMPTY_FILE, "the file is empty", location=Location(name))]
    if (at := data.find(b"\0")) >= 0:
        return b"", [_binary(name, data, at)]
    if data.isascii():
        return data, []
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return _guessed(data, error, name)
    return data, []


def decode(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """Return the text of a file as `as_utf8` does."""
    text, findings = as_utf8(data, name)
    return text.decode(), findings


def _unmarked_utf16(data: bytes) -> str | None:
    """Return in which order of bytes a text is UTF-16 without a mark: a 0 goes with every sign that ends a line."""
    even, odd = data[:_SAMPLE:2], data[1:_SAMPLE:2]
    sample = data[:_SAMPLE]
    for encoding, with_0, without, end in (("utf-16-le", odd, even, b"\n\0"), ("utf-16-be", even, odd, b"\0\n")):
        ends = sample.count(b"\n")
        mostly = 2 * with_0.count(0) > len(with_0)
        if with_0.count(0) > without.count(0) and (mostly or (ends and sample.count(end) == ends)):
            return encoding
    return None


def _recoded(data: bytes, encoding: str, name: str) -> tuple[bytes, list[Finding]]:
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        message = Sentence("the file begins as {encoding} and does not go on so: it is cut off or damaged")
        return b"", [_not_text(Location(name, 1), message.format(encoding=encoding[:6].upper()))]
    if not text.strip():
        return b"", [Finding(Code.EMPTY_FILE, "the file is empty", location=Location(name))]
    if "\0" in text:
        return b"", [_binary(name, text.encode(), text.encode().find(b"\0"))]
    return text.encode(), []


def _guessed(data: bytes, error: UnicodeDecodeError, name: str) -> tuple[bytes, list[Finding]]:
    """Guess the encoding of bytes that are not UTF-8; text that is UTF-8 but for one place is damaged."""
    if _holds_utf8(data[: error.start]) or (encoding := _legacy(data)) is None:
        message = Sentence("the file is not UTF-8: byte 0x{data:02x} is no text").format(data=data[error.start])
        return b"", [_not_text(_place(name, data, error.start), message)]
    text = data.decode(encoding)
    word = next((word for word in text.split() if not word.isascii()), "")
    message = Sentence("the file is not UTF-8 and is read as {encoding}, with words such as {word}").format(
        encoding=_ENCODING_NAMES.get(encoding, encoding), word=shown(clean_line(word))
    )
    hint = Sentence("if that is not how it is written, save it as CSV UTF-8")
    return text.encode(), [Finding(Code.ENCODING_GUESSED, message, Severity.WARNING, hint, location=Location(name))]


def _holds_utf8(data: bytes) -> bool:
    """Return whether bytes before the first that is not UTF-8 hold signs beyond ASCII, which legacy text would not."""
    return len(data) > len(data.decode())


def _legacy(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files are not UTF-8

    sample = data[:_SAMPLE]
    odd = len(sample) - len(sample.decode("ascii", "ignore"))
    likely = [] if odd < _FEWEST_ODD else [each.encoding for each in from_bytes(sample, cp_isolation=list(_LEGACY))]
    return next((encoding for encoding in _by_writing(data, likely) if _decodes(data, encoding)), None)


def _by_writing(data: bytes, likely: Sequence[str]) -> Iterator[str]:
    """Order encodings: where GB18030 gives words that headers of Chinese tables hold, nothing else is meant."""
    if _decodes(data, "gb18030") and is_chinese_header(data.decode("gb18030").partition("\n")[0]):
        yield "gb18030"
    yield from likely
    yield "cp1252"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def text_lines(data: bytes) -> Iterator[str]:
    """Iterate over the lines of a text that `decode` took, line ends kept as they are."""
    return iter(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline=""))


def unreadable(path: str, error: OSError) -> HiringKitError:
    """Return the error for a file that is not there or cannot be read."""
    if isinstance(error, FileNotFoundError):
        return NotFound(Sentence("there is no file {path!r}").format(path=path), hint="standard input is -")
    return Refused(Sentence("{path!r} cannot be read: {strerror}").format(path=path, strerror=error.strerror))


def _not_text(place: Location, message: str) -> Finding:
    return Finding(Code.ENCODING, message, hint=_SAVE_AS_UTF8, location=place)


def _binary(name: str, data: bytes, at: int) -> Finding:
    message = "the file holds a NUL byte: it is no text"
    return Finding(Code.BINARY_FILE, message, hint=_SAVE_AS_UTF8, location=_place(name, data, at))


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


def read_rows(lines: Iterable[str], delimiter: str, source: str) -> Iterator[FileRow]:
    """Iterate over the rows of a text's lines, which have their ends; blank ones are left out.

    Raises:
        BrokenRows: A quote never closes, or a cell is longer than any text.
    """
    reader = csv.reader(chain(lines, [_END]), delimiter=delimiter)
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


WORKBOOKS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xlsb": "xlsb", ".xls": "xls", ".ods": "ods"}
"""Endings of workbooks, and what they are."""
_DELIMITERS = ",;\t|"
_SEP_LINE = re.compile(r"""["']?sep=(.)["']?[,;\t]?\r?\n?""", re.IGNORECASE)
_FIRST_ROWS = 30
"""Rows among which the names of the columns are looked for."""
_PREVIEW = 1 << 16
"""Characters by which it is found what separates columns."""
_HEAD = 4 * _PREVIEW + 4
"""Bytes that hold more than so many, however long each is: a large file is not decoded for its first lines."""
_NAMES = {"\t": Sentence("tab"), ",": ",", ";": ";", "|": "|"}

Cells = Mapping[int, set[int]]
"""By the line on which a row begins, positions of cells."""


@frozen(eq=False)
class FileRows:
    """The rows of a file."""

    source: str
    """The file as the user named it."""
    header: FileRow
    rows: Iterator[FileRow]
    """What follows the header, blank rows left out."""
    remarks: tuple[Finding, ...]
    """How the file was understood, where that was not plain."""
    locate: Callable[[Cells], Mapping[tuple[int, int], Location]]
    """Finds cells, by the line of their row and their position."""
    text: Delimited | None = None
    """The file as text in UTF-8, where it is text."""


def open_rows(source: str, data: bytes, wanted: Wanted, delimiter: str = ",") -> FileRows | list[Finding]:
    """Find the rows of a file and the row that names the columns.

    Args:
        source: The file as the user named it; the ending says whether it is a workbook.
        data: What is in it.
        wanted: The columns by which the row of their names is known.
        delimiter: What separates columns of text where nothing shows that something else does.

    Returns:
        The sheet, or what is wrong with the file.

    Raises:
        BrokenRows: The text stops being rows before its columns are named.
        Refused: It is a workbook, and what reads workbooks is not installed.
    """
    if kind := WORKBOOKS.get(PurePath(source).suffix.lower()):
        from hiringkit.exchange.workbooks import open_workbook  # noqa: PLC0415 - most files are text

        return open_workbook(source, data, kind, wanted)
    data, findings = as_utf8(data, source)
    if has_errors(findings):
        return findings
    head = data[:_HEAD].decode(errors="ignore")
    found, said = _delimiter(head, wanted, delimiter)
    file = Delimited(source, data, found)
    rows = read_rows(text_lines(data), found, source)
    if said and _SEP_LINE.fullmatch(head.partition("\n")[0]):
        next(rows, None)

    def locate(cells: Cells) -> dict[tuple[int, int], Location]:
        places = find_cells(text_lines(data), found, cells)
        return {cell: Location(source, *place) for cell, place in places.items()}

    header, behind = find_header(rows, wanted)
    if header is None:
        return [*findings, Finding(Code.EMPTY_FILE, "the file is empty", location=Location(source))]
    remarks = shape_remarks(source, header, said=found if said else None, before=1 + bool(_SEP_LINE.match(head)))
    header, width = trimmed(header)
    return FileRows(source, header, fitted(behind, width), (*findings, *remarks), locate, file)


def _delimiter(text: str, wanted: Wanted, usual: str) -> tuple[str, bool]:
    """Return what separates the columns, and whether that has to be said."""
    first = text.partition("\n")[0] + "\n"
    if told := _SEP_LINE.fullmatch(first):
        return told[1], told[1] != usual
    sample = text if len(text) <= _PREVIEW else text[: text.rfind("\n", 0, _PREVIEW) + 1] or text[:_PREVIEW]

    def likelihood(delimiter: str) -> tuple[int, int, bool]:
        try:
            head = list(islice(read_rows(io.StringIO(sample, newline=""), delimiter, ""), _FIRST_ROWS))
        except BrokenRows:
            return 0, 0, False
        best = max((recognised(row.cells, wanted) for row in head), default=(0, 0))
        return *best, any(len(row.cells) > 1 for row in head[:1])

    order = sorted(_DELIMITERS, key=lambda each: each != usual)
    best = max(order, key=likelihood)
    return best, best != usual


def recognised(cells: Sequence[str], wanted: Wanted) -> tuple[int, int]:
    """Return how many of the required and of all columns a row names."""
    if len(cells) > _WIDEST:
        cells = cells[:_WIDEST]
    index, _twice = match_columns([clean_line(cell) for cell in cells], wanted)
    return len(wanted.required) - len(wanted.missing(index)), len(index)


_WIDEST = 2_000
"""Cells of a row that are looked at to find the names of the columns."""


def find_header(rows: Iterator[FileRow], wanted: Wanted) -> tuple[FileRow | None, Iterator[FileRow]]:
    """Return the row that names the columns and those behind it: of the first ones, the first that names most."""
    head: list[FileRow] = []
    best, at = (0, 0), 0
    for row in rows:
        if not any(map(str.strip, row.cells)) and not head:
            continue
        head.append(row)
        found = recognised(row.cells, wanted)
        if found > best and (found[0] > best[0] or not best[0]):
            best, at = found, len(head) - 1
        if best[0] == len(wanted.required) or len(head) == _FIRST_ROWS:
            break
    return (head[at] if head else None), chain(head[at + 1 :], rows)


def trimmed(header: FileRow) -> tuple[FileRow, int]:
    """Leave out columns without a name behind the last that has one."""
    cells = header.cells
    width = next((n for n in range(len(cells), 0, -1) if cells[n - 1].strip()), len(cells))
    return FileRow(header.line, cells[:width]), width


def fitted(rows: Iterator[FileRow], width: int) -> Iterator[FileRow]:
    """Leave out blank cells behind the last column that has a name."""
    for row in rows:
        beyond = row.cells[width:]
        yield row if not beyond or any(map(str.strip, beyond)) else FileRow(row.line, row.cells[:width])


def shape_remarks(source: str, header: FileRow, *, said: str | None, before: int) -> Iterator[Finding]:
    """Say what separates the columns, where that is not as usual, and where the header stands if lines are before."""
    if said is not None:
        message = Sentence("the columns are separated by {sign}").format(sign=_NAMES.get(said, shown(said)))
        yield Finding(Code.TABLE_SHAPE, message, Severity.INFO, location=Location(source))
    if header.line > before:
        message = Sentence("the columns are named in line {line}; what stands above is left out").format(
            line=header.line
        )
        yield Finding(Code.TABLE_SHAPE, message, Severity.INFO, location=Location(source, header.line))
