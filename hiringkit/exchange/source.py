"""Bytes that somebody hands over, and whether they are text at all."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location
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
