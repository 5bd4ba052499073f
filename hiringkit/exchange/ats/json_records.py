"""Streams of JSON records: an array, one object a line, or the pages of an API, however long, in little memory.

The standard library's parser reads one record at a time out of a window on the file. A parser of events would take as
long once it looked for keys that stand twice, and would not know the line of a mistake.
"""

import codecs
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from math import isinf
from pathlib import Path
from typing import Any, BinaryIO

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location, Severity, shown
from hiringkit.exchange.text_files import unreadable
from hiringkit.text.sentence import Sentence

LARGEST = 16_000_000
"""Characters of one record; the window never holds much more."""
PAGE_KEYS = ("data", "results", "message")
"""Under which an API hands out the records of a page, or the one that was asked for."""
_MORE = ("moreDataAvailable", "hasNext", "next")
"""What a page says where another follows it."""
_CHUNK = 1 << 18
_NEAR_END = 16
"""An error so near to the end of the window comes from the end: no word or escape of JSON is longer."""
_BLANKS = re.compile(r"[ \t\r\n]*")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class JsonRecord:
    """One object of a file.

    Args:
        value: The object.
        file: The file as the user named it.
        line: The record's place in its list, from 1, or the line on which it begins where there is no list.
        path: Such as `$[3]`, `$.results[3]` or `$`.
    """

    __slots__ = ("file", "line", "path", "value")

    def __init__(self, value: dict[str, Any], file: str, line: int | None, path: str) -> None:
        self.value = value
        self.file = file
        self.line = line
        self.path = path

    @property
    def place(self) -> Location:
        """Where it stands; made when it is asked for, which is for few of a million."""
        return Location(self.file, self.line)


def open_json(path: str) -> BinaryIO:
    """Open a file to read records from.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read.
    """
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise unreadable(path, error) from None


class JsonRecords:
    """The records of a file, one after another.

    Args:
        file: The file, from its beginning.
        name: The file as the user named it.
        advance: Told how many bytes were read.
    """

    def __init__(self, file: BinaryIO, name: str, advance: Callable[[int], object] = lambda _count: None) -> None:
        self._text = _Window(file, name, advance)
        self._name = name
        self._count = 0
        self._more = False

    def __iter__(self) -> Iterator[JsonRecord | Finding]:
        """Iterate over records and findings; where the text stops being JSON, the finding is the last item."""
        try:
            yield from self._documents()
        except _Broken as broken:
            yield broken.finding
            return
        if self._more:
            message = "the file says that another page follows it"
            hint = "fetch every page and put them into one file, one after another"
            yield Finding(Code.MORE_PAGES, message, Severity.WARNING, hint, location=Location(self._name))

    def _documents(self) -> Iterator[JsonRecord | Finding]:
        sign = self._text.next_sign()
        if not sign:
            raise _Broken(Finding(Code.EMPTY_FILE, "the file is empty", location=Location(self._name)))
        while sign:
            if sign == "[":
                yield from self._list("$")
            elif sign == "{":
                yield from self._document()
            else:
                raise self._text.broken(Sentence("expected a list or an object"))
            sign = self._text.next_sign()

    def _list(self, path: str) -> Iterator[JsonRecord | Finding]:
        """Read a list of records out of the window."""
        self._text.skip()
        if self._text.next_sign() == "]":
            self._text.skip()
            return
        index, sign = 0, ","
        while sign == ",":
            for value in self._text.objects():
                self._count += 1
                yield _record(value, self._name, self._count, f"{path}[{index}]")
                index += 1
            value, faults = self._text.value()
            self._count += 1
            at = f"{path}[{index}]"
            if faults:
                yield from _placed(faults, Location(self._name, self._count), at)
            else:
                yield _record(value, self._name, self._count, at)
            index += 1
            sign = self._text.next_sign()
            if sign not in ("]", ","):
                raise (
                    self._text.broken(Sentence("expected a comma or the end of the list"))
                    if sign
                    else self._text.cut_off()
                )
            self._text.skip()

    def _document(self) -> Iterator[JsonRecord | Finding]:
        """Read an object: a record, or a page of them."""
        place = Location(self._name, self._text.line)
        whole = self._text.value_at_hand()
        if whole is None:
            yield from self._long_document(place)
            return
        value, faults = whole
        key = next((key for key in PAGE_KEYS if isinstance(value.get(key), list)), None)
        if key is None:
            yield from self._alone(value, faults, place)
            return
        for index, item in enumerate(value[key]):
            self._count += 1
            yield _record(item, self._name, self._count, f"$.{key}[{index}]")
        yield from _placed(faults, place, "$")
        self._more = any(value.get(key) for key in _MORE)

    def _long_document(self, place: Location) -> Iterator[JsonRecord | Finding]:
        """Read an object that does not fit into the window, key by key."""
        made: dict[str, Any] = {}
        faults: list[Finding] = []
        page = False
        self._text.skip()
        sign = self._text.next_sign()
        while sign != "}":
            key, _ = self._text.value()
            if not isinstance(key, str) or self._text.next_sign() != ":":
                raise self._text.broken(Sentence("expected a key in quotes and a colon"))
            self._text.skip()
            if key in made:
                faults.append(_twice(key))
            if key in PAGE_KEYS and self._text.next_sign() == "[":
                page = True
                yield from self._list(f"$.{key}")
            else:
                made[key], more = self._text.value()
                faults += more
            sign = self._text.next_sign()
            if sign not in ("}", ","):
                raise (
                    self._text.broken(Sentence("expected a comma or the end of the object"))
                    if sign
                    else self._text.cut_off()
                )
            if sign == ",":
                self._text.skip()
        self._text.skip()
        if page:
            yield from _placed(faults, place, "$")
            self._more = any(made.get(key) for key in _MORE)
        else:
            yield from self._alone(made, tuple(faults), place)

    def _alone(
        self, value: dict[str, Any], faults: tuple[Finding, ...], place: Location
    ) -> Iterator[JsonRecord | Finding]:
        """Hand out a record that is in no list, taken out of the answer that an API wrapped around it."""
        self._count += 1
        key = next((key for key in PAGE_KEYS if isinstance(value.get(key), dict)), None)
        path = "$" if key is None else f"$.{key}"
        if faults:
            yield from _placed(faults, place, path)
        else:
            yield _record(value if key is None else value[key], place.file, place.line, path)


def _record(value: Any, file: str, line: int | None, path: str) -> JsonRecord | Finding:
    if isinstance(value, dict):
        return JsonRecord(value, file, line, path)
    message = "the record is JSON but not an object"
    return Finding(Code.JSON_ROW, message, path=path, location=Location(file, line))


class _Broken(Exception):  # noqa: N818 - carries a finding, is never shown
    """The text stops being JSON; nothing after that place can be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Window:
    """A window on the text of a file; what lies before `at` was read and is dropped at the next look."""

    def __init__(self, file: BinaryIO, name: str, advance: Callable[[int], object]) -> None:
        self._file = file
        self._name = name
        self._advance = advance
        self._decoder: codecs.IncrementalDecoder | None = None
        self._buffer = ""
        self._at = 0
        self._line = 1
        self._column = 1
        self._ended = False
        self._several = True
        self._faults: list[Finding] = []
        decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_float=self._float
        )
        self._scan, self._scan_once = decoder.raw_decode, decoder.scan_once  # type: ignore[attr-defined]

    @property
    def line(self) -> int:
        """The line of the next sign, from 1."""
        return self._line + self._buffer.count("\n", 0, self._at)

    def next_sign(self) -> str:
        """Return the next sign that is not blank without taking it; empty at the end of the file."""
        while True:
            if self._at < len(self._buffer) and (sign := self._buffer[self._at]) > " ":
                return sign
            blanks = _BLANKS.match(self._buffer, self._at)
            self._at = blanks.end() if blanks else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._read_on():
                return ""

    def skip(self) -> None:
        """Take one sign."""
        self._at += 1

    def objects(self) -> list[Any]:
        """Take the objects of a list that the window holds, each with the comma after it, at once.

        What ends in a brace and is one list in brackets is a run of whole values. Where it is none, as where the brace
        is that of an object inside another, or anything is wrong with it, nothing is taken, here or later.
        """
        if not self._several:
            return []
        end = self._buffer.rfind("},", self._at) + 1
        if not end:
            return []
        several = f"[{self._buffer[self._at : end]}]"
        self._faults.clear()
        try:
            values, taken = self._scan_once(several, 0)
        except (ValueError, StopIteration, RecursionError):
            taken = 0
        if self._faults or taken < len(several):
            self._several = False
            return []
        self._at = end + 1
        return list(values)

    def value(self) -> tuple[Any, tuple[Finding, ...]]:
        """Take the next value, with what is wrong inside it.

        Raises:
            _Broken: There is none.
        """
        self.next_sign()
        self._faults.clear()
        try:
            value, end = self._scan_once(self._buffer, self._at)
        except (ValueError, StopIteration, RecursionError):
            return self._value_or_why()
        if end == len(self._buffer):
            return self._value_or_why()
        self._at = end
        return value, tuple(self._faults)

    def _value_or_why(self) -> tuple[Any, tuple[Finding, ...]]:
        """Take the next value, with more of the file if need be."""
        while True:
            try:
                return self._try()
            except _Incomplete as incomplete:
                if len(self._buffer) - self._at > LARGEST:
                    raise _Broken(self._too_large()) from None
                if self._ended:
                    raise (self.cut_off() if incomplete.cut else self._syntax(incomplete.error)) from None
                self._read_on()

    def value_at_hand(self) -> tuple[Any, tuple[Finding, ...]] | None:
        """Take the next value; None where the window ends before it does."""
        try:
            return self._try()
        except _Incomplete:
            return None

    def _try(self) -> tuple[Any, tuple[Finding, ...]]:
        self._faults.clear()
        try:
            value, end = self._scan(self._buffer, self._at)
        except json.JSONDecodeError as error:
            open_text = error.msg.startswith("Unterminated string")
            if open_text or error.pos >= len(self._buffer) - _NEAR_END:
                cut = open_text or error.pos >= len(self._buffer.rstrip())
                raise _Incomplete(error, cut) from None
            raise self._syntax(error) from None
        except RecursionError:
            message = "lists and objects are nested too deep to be read"
            raise _Broken(Finding(Code.TOO_DEEP, message, location=self._place(self._at))) from None
        except ValueError:  # Python refuses whole numbers of more than 4,300 digits
            message = "a number has thousands of digits"
            raise _Broken(Finding(Code.JSON_SYNTAX, message, location=self._place(self._at))) from None
        if end == len(self._buffer) and not self._ended and isinstance(value, int | float):
            raise _Incomplete(json.JSONDecodeError("", "", 0), cut=False)  # its last digits may be still to come
        self._at = end
        return value, tuple(self._faults)

    def broken(self, expected: Sentence) -> Exception:
        """Return the failure that something else stands at the next sign."""
        found = shown(self._buffer[self._at : self._at + 1])
        message = Sentence("the file is not JSON: {msg}").format(
            msg=Sentence("{expected}, found {found}").format(expected=expected, found=found)
        )
        return _Broken(Finding(Code.JSON_SYNTAX, message, location=self._place(self._at)))

    def cut_off(self) -> Exception:
        """Return the failure that the file ends too early."""
        message = "the file ends in the middle of a record"
        hint = "was the download cut off? export it again"
        return _Broken(Finding(Code.JSON_SYNTAX, message, hint=hint, location=self._place(len(self._buffer))))

    def _syntax(self, error: json.JSONDecodeError) -> Exception:
        message = Sentence("the file is not JSON: {msg}").format(msg=error.msg)
        return _Broken(Finding(Code.JSON_SYNTAX, message, location=self._place(error.pos)))

    def _too_large(self) -> Finding:
        message = Sentence("one record is longer than {most:,} characters").format(most=LARGEST)
        return Finding(
            Code.RECORD_TOO_LARGE, message, hint="is a quote missing before it?", location=self._place(self._at)
        )

    def _place(self, position: int) -> Location:
        start = self._buffer.rfind("\n", 0, position) + 1
        before = self._column - 1 if start == 0 else 0
        line = self._line + self._buffer.count("\n", 0, position)
        return Location(self._name, line, before + position - start + 1)

    def _read_on(self) -> bool:
        """Drop what was read and take more of the file; False at its end."""
        if self._ended:
            return False
        done, rest = self._place(self._at), self._buffer[self._at :]
        data = self._file.read(max(_CHUNK, len(rest)))
        self._advance(len(data))
        self._ended = not data
        text = self._decode(data, done)
        if "\0" in text:
            message = "the file holds a NUL byte: it is no text"
            raise _Broken(Finding(Code.BINARY_FILE, message, hint="save it as UTF-8", location=Location(self._name)))
        self._line, self._column, self._at = done.line or 1, done.column or 1, 0
        self._buffer = rest + text
        return bool(text) or not self._ended

    def _decode(self, data: bytes, place: Location) -> str:
        if self._decoder is None:
            encoding = "utf-16" if data.startswith(_UTF16_MARKS) else "utf-8-sig"
            self._decoder = codecs.getincrementaldecoder(encoding)()
        try:
            return self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            byte = error.object[error.start]
            message = Sentence("the file is not UTF-8: byte 0x{data:02x} is no text").format(data=byte)
            line = (place.line or 1) + self._buffer.count("\n", self._at) + error.object.count(b"\n", 0, error.start)
            hint = "save it as UTF-8"
            raise _Broken(Finding(Code.ENCODING, message, hint=hint, location=Location(self._name, line))) from None

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            counts = Counter(key for key, _value in pairs)
            self._faults += [_twice(key) for key, count in counts.items() if count > 1]
        return made

    def _constant(self, name: str) -> None:
        message = Sentence("{name} is no value of JSON").format(name=name)
        self._faults.append(Finding(Code.JSON_SYNTAX, message, hint="write null where there is none"))

    def _float(self, text: str) -> float:
        value = float(text)
        if isinf(value):
            message = Sentence("the number {shown} is too large").format(shown=shown(text))
            self._faults.append(Finding(Code.JSON_SYNTAX, message))
        return value


class _Incomplete(Exception):  # noqa: N818 - asks for more of the file
    """The window ends before the value does, as far as one can tell."""

    def __init__(self, error: json.JSONDecodeError, cut: bool) -> None:
        super().__init__(error.msg)
        self.error = error
        self.cut = cut
        """Whether the value itself is fine as far as it goes."""


def _twice(key: str) -> Finding:
    return Finding(Code.DUPLICATE_KEY, Sentence("the key {shown} stands there twice").format(shown=shown(key)))


def _placed(faults: Iterable[Finding], place: Location, path: str) -> Iterator[Finding]:
    for fault in faults:
        yield Finding(fault.code, fault.message, fault.severity, fault.hint, path, place)
