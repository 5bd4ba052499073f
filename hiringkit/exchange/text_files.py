"""Text files that somebody hands over: their encoding, and the rows of CSV and TSV."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import is_chinese_header
from hiringkit.domain.finding import Finding, Location, Severity, shown
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
        raise _failure(path, error) from None


def as_utf8(data: bytes, name: str) -> tuple[bytes, list[Finding]]:
    """Return a text file in UTF-8, without a mark, whatever encoding it came in.

    UTF-8, UTF-16 and UTF-32 are known for certain. What else it may be is guessed, and a warning says what was guessed.

    Returns:
        The text, empty with a finding of severity error where the file is none.
    """
    if encoding := next((encoding for mark, encoding in _MARKS if data.startswith(mark)), _unmarked_utf16(data)):
        return _recoded(data, encoding, name)
    data = data.removeprefix(_UTF8_MARK)
    if not data.strip():
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
    """Return in which order of bytes a text is UTF-16 without a mark: every other byte of plain Latin is 0."""
    even, odd = data[:_SAMPLE:2], data[1:_SAMPLE:2]
    if odd and not even.count(0) and 2 * odd.count(0) > len(odd):
        return "utf-16-le"
    if odd and not odd.count(0) and 2 * even.count(0) > len(even):
        return "utf-16-be"
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
    likely = [each.encoding for each in from_bytes(sample, cp_isolation=list(_LEGACY))]
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
    return iter(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline=""))


def _failure(path: str, error: OSError) -> HiringKitError:
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
