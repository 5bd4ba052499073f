"""From bytes to text: UTF-8 and nothing else, and only the characters that YAML allows."""

import codecs
import re
from itertools import islice

from attrs import frozen

from hiringkit.domain.sentence import Sentence
from hiringkit.library.findings import MOST, Findings
from hiringkit.library.mistakes import BINARY, ENCODING, FORBIDDEN_CHARACTER, TOO_LARGE

MOST_BYTES = 1_000_000
"""Some ten thousand lines; a rubric has less than a thousand."""

_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BOM = "\ufeff"


@frozen
class Place:
    """A place in the text; lines, columns and index count characters from 0."""

    line: int
    column: int
    index: int


def place(text: str, index: int) -> Place:
    """Return the line and column of a character."""
    index = min(index, len(text))
    return Place(text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1, index)


def decode_text(source: str | bytes, findings: Findings) -> str | None:
    """Return the text, without a byte order mark, or None where there is none to be had.

    Characters that YAML forbids are found and replaced, so that the rest of the file is read.
    """
    if len(source) > MOST_BYTES:
        findings.add(TOO_LARGE, None, limit=MOST_BYTES)
        return None
    text = _from_utf8(source, findings) if isinstance(source, bytes) else source
    if text is None:
        return None
    text = text.removeprefix(_BOM)
    if (nul := text.find("\0")) >= 0:
        findings.add(BINARY, place(text, nul))
        return None
    return _without_forbidden(text, findings)


def _from_utf8(data: bytes, findings: Findings) -> str | None:
    data = data.removeprefix(codecs.BOM_UTF8)
    other = next((name for mark, name in _OTHER_ENCODINGS if data.startswith(mark)), None)
    if other:
        findings.add(ENCODING, Place(0, 0, 0), found=other)
    elif (nul := data.find(0)) >= 0:
        findings.add(BINARY, _place_of_byte(data, nul))
    else:
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            found = Sentence("the byte 0x{byte:02X}").format(byte=data[error.start])
            findings.add(ENCODING, _place_of_byte(data, error.start), found=found)
    return None


def _place_of_byte(data: bytes, offset: int) -> Place:
    before = data[:offset].decode(errors="replace")
    return place(before, len(before))


def _without_forbidden(text: str, findings: Findings) -> str:
    if not _FORBIDDEN.search(text):
        return text
    for match in islice(_FORBIDDEN.finditer(text), MOST + 1):
        findings.add(FORBIDDEN_CHARACTER, place(text, match.start()), character=f"U+{ord(match[0]):04X}")
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
