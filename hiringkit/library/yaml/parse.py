"""From bytes to text: UTF-8 and nothing else, and only the characters that YAML allows."""

import codecs
import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import yaml
from attrs import frozen
from yaml import events

from hiringkit.library.checks import mistakes
from hiringkit.library.checks.findings import MOST, Findings
from hiringkit.library.checks.mistakes import BINARY, ENCODING, FORBIDDEN_CHARACTER, TOO_LARGE
from hiringkit.library.yaml.nodes import ListNode, MapNode, Node, Path, RefusedNode, ScalarNode, TextMark
from hiringkit.text.clean import clean_text
from hiringkit.text.sentence import Sentence

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
class TextPlace:
    """A place in the text; lines, columns and index count characters from 0."""

    line: int
    column: int
    index: int


def place(text: str, index: int) -> TextPlace:
    """Return the line and column of a character."""
    index = min(index, len(text))
    return TextPlace(text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1, index)


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
        findings.add(ENCODING, TextPlace(0, 0, 0), found=other)
    elif (nul := data.find(0)) >= 0:
        findings.add(BINARY, _place_of_byte(data, nul))
    else:
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            found = Sentence("the byte 0x{byte:02X}").format(byte=data[error.start])
            findings.add(ENCODING, _place_of_byte(data, error.start), found=found)
    return None


def _place_of_byte(data: bytes, offset: int) -> TextPlace:
    before = data[:offset].decode(errors="replace")
    return place(before, len(before))


def _without_forbidden(text: str, findings: Findings) -> str:
    if not _FORBIDDEN.search(text):
        return text
    for match in islice(_FORBIDDEN.finditer(text), MOST + 1):
        findings.add(FORBIDDEN_CHARACTER, place(text, match.start()), character=f"U+{ord(match[0]):04X}")
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


MOST_DEEP = 50
MOST_EVENTS = 50_000

Frame = tuple[Any, list[Node]]
"""The event that opened a collection, and what it holds so far: keys and values by turns in a mapping."""


_Taker = Callable[[Any], None]


class Stopped(Exception):  # noqa: N818 - not an error: reading has come far enough
    """Nothing more is read; a finding says why, where there is something to say."""


class Builder:
    """Makes nodes of events, with one frame for each collection that is open."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.top: list[Node] = []
        self.children = self.top
        self.frames: list[Frame] = []
        self.documents = 0
        self.takers: dict[type, _Taker] = {
            events.ScalarEvent: self._scalar,
            events.SequenceStartEvent: self._open,
            events.MappingStartEvent: self._open,
            events.SequenceEndEvent: self._close,
            events.MappingEndEvent: self._close,
            events.AliasEvent: self._alias,
            events.DocumentStartEvent: self._document,
        }

    @property
    def root(self) -> Node | None:
        """The document, once it has been read to its end."""
        return self.top[0] if self.top else None

    def read(self, stream: Iterable[Any], enough: Callable[["Builder"], bool] | None = None) -> None:
        """Take events until there are no more, or there is enough.

        Raises:
            Stopped: A finding says why reading stopped.
        """
        takers = self.takers
        for count, event in enumerate(stream):
            if taker := takers.get(type(event)):
                taker(event)
            if enough and enough(self):
                return
            if count > MOST_EVENTS:
                self.stop(mistakes.TOO_MANY_VALUES, event.start_mark, limit=MOST_EVENTS)

    def _scalar(self, event: Any) -> None:
        text = event.value
        if event.tag is not None:
            self._refuse_tag(event)
            self.children.append(RefusedNode(event.start_mark, event.end_mark))
            return
        if not text.isprintable():
            text = self._cleaned(text, event.start_mark)
        self.children.append(ScalarNode(text, bool(event.style), event.start_mark, event.end_mark))

    def _open(self, event: Any) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        if len(self.frames) == MOST_DEEP:
            self.stop(mistakes.TOO_DEEP, event.start_mark, limit=MOST_DEEP)
        self.children = []
        self.frames.append((event, self.children))

    def _close(self, event: Any) -> None:
        start, children = self.frames.pop()
        self.children = self.frames[-1][1] if self.frames else self.top
        make = self._mapping if type(event) is events.MappingEndEvent else _list
        self.children.append(make(start.start_mark, event.end_mark, children))

    def _alias(self, event: Any) -> None:
        self.findings.add(mistakes.ALIAS, event.start_mark, self.path(), name=event.anchor)
        self.children.append(RefusedNode(event.start_mark, event.end_mark))

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop(mistakes.SEVERAL_DOCUMENTS, event.start_mark)

    def _cleaned(self, text: str, start: TextMark) -> str:
        cleaned = clean_text(text)
        found = next((old for old, new in zip(text.replace("\r\n", "\n"), cleaned, strict=True) if old != new), None)
        if found:
            self.findings.add(mistakes.CONTROL_CHARACTER, start, self.path(), character=f"U+{ord(found):04X}")
        return cleaned

    def _refuse_tag(self, event: Any) -> None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self.findings.add(mistakes.TAG, event.start_mark, self.path(), tag=tag)

    def _mapping(self, start: TextMark, end: TextMark, children: list[Node]) -> MapNode:
        keys: dict[str, ScalarNode] = {}
        values: dict[str, Node] = {}
        by_turns = iter(children)
        for key, value in zip(by_turns, by_turns, strict=True):
            if isinstance(key, ScalarNode) and (text := key.text) not in keys and (text != "<<" or key.quoted):
                keys[text] = key
                values[text] = value
            else:
                self._refuse_key(key, keys)
        return MapNode(keys, values, start, end)

    def _refuse_key(self, key: Node, keys: dict[str, ScalarNode]) -> None:
        path = self.path()
        match key:
            case ScalarNode(text=text) if text in keys:
                line = keys[text].start.line + 1
                self.findings.add(mistakes.DUPLICATE_KEY, key.start, (*path, text), key=text, line=line)
            case ScalarNode():
                self.findings.add(mistakes.MERGE_KEY, key.start, path)
            case ListNode() | MapNode():
                found = Sentence("a list" if isinstance(key, ListNode) else "keys and values")
                self.findings.add(mistakes.KEY_NOT_TEXT, key.start, path, found=found)

    def stop(self, mistake: mistakes.Mistake, mark: Any, **fields: Any) -> None:
        """Read no further, and say why."""
        self.findings.add(mistake, mark, **fields)
        raise Stopped

    def path(self) -> Path:
        """Return the way to the value that is being read."""
        return tuple(step for start, children in self.frames for step in _step(start, children))


def _step(start: Any, children: list[Node]) -> Path:
    if not isinstance(start, events.MappingStartEvent):
        return (len(children),)
    key = children[-1] if len(children) % 2 else None
    return (key.text,) if isinstance(key, ScalarNode) else ()


def _list(start: TextMark, end: TextMark, children: list[Node]) -> ListNode:
    return ListNode(tuple(children), start, end)


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where there is one: some twenty times faster than the one in Python."""

_SYNTAX_HINTS = (
    ("mapping values are not allowed", Sentence('put a text that holds ": " in quotes, and look at the indentation')),
    ("could not find expected ':'", Sentence('write "key: value", with an ASCII colon and a blank')),
    ("expected ',' or", Sentence("look for a missing comma, quote or bracket; one is opened in line {line}")),
    ("unexpected end of stream", Sentence("look for a quote that is never closed")),
    ("unknown escape character", Sentence(r"write \\ for a backslash in double quotes, or use single quotes")),
)
_CHARACTER_HINTS = {
    "\t": Sentence("indent with blanks, not tabs"),
    **dict.fromkeys("@`%", Sentence("put the text in quotes")),
}

_WIDE_COLON = re.compile(r"[\s-]*[\w-]+：")
_WIDE_COLON_HINT = Sentence('write an ASCII colon and a blank after a key, not "："')


def parse_yaml(source: str | bytes, findings: Findings) -> Node | None:
    """Read one YAML document as a tree, with everything that YAML itself lets go wrong in `findings`.

    Duplicate keys, aliases, tags, merge keys and keys that are not words are refused where they stand, and
    the rest is read. Scalars stay text; `scalars` says what they stand for.

    Returns:
        The root, or None where the text cannot be read to its end.
    """
    builder = Builder(findings)
    if not _read(builder, source):
        return None
    if builder.root is None and not findings.failed:
        findings.add(mistakes.EMPTY_FILE, TextPlace(0, 0, 0))
    return builder.root


def parse_head(source: str | bytes, wanted: frozenset[str], findings: Findings) -> dict[str, Node]:
    """Read only as much of a document as it takes to know the `wanted` keys of its first level."""
    top: dict[str, Node] = {}

    def enough(builder: Builder) -> bool:
        if len(builder.frames) == 1 and isinstance(builder.frames[0][0], events.MappingStartEvent):
            *_, key, value = (None, None, *builder.children[-2:])
            if len(builder.children) % 2 == 0 and isinstance(key, ScalarNode) and value and key.text in wanted:
                top.setdefault(key.text, value)
        return wanted <= top.keys()

    _read(Builder(findings), source, enough)
    return top


def _read(builder: Builder, source: str | bytes, enough: Callable[[Builder], bool] | None = None) -> bool:
    """Build the tree, and tell whether reading came to the end, or far enough."""
    text = decode_text(source, builder.findings)
    if text is None:
        return False
    try:
        builder.read(yaml.parse(text, Loader=LOADER), enough)
    except Stopped:
        return False
    except yaml.YAMLError as error:
        _add_syntax(error, text, builder.findings)
        return False
    except (ValueError, OverflowError) as error:  # beyond bounds, where the parser is the one in Python
        builder.findings.add(mistakes.SYNTAX, TextPlace(0, 0, 0), problem=str(error))
        return False
    return True


def _add_syntax(error: yaml.YAMLError, text: str, findings: Findings) -> None:
    problem = getattr(error, "problem", None) or Sentence("it cannot be read")
    opened = getattr(error, "context_mark", None)
    mark = opened if opened and "end of stream" in problem else getattr(error, "problem_mark", None) or opened
    where = place(text, mark.index) if mark else TextPlace(0, 0, 0)
    line = opened.line + 1 if opened else 1
    hint = next((hint.format(line=line) for part, hint in _SYNTAX_HINTS if part in problem), "")
    hint = _CHARACTER_HINTS.get(text[where.index : where.index + 1], hint)
    findings.add(mistakes.SYNTAX, where, hint=_WIDE_COLON_HINT if _wide_colon(text, where) else hint, problem=problem)


def _wide_colon(text: str, where: TextPlace) -> bool:
    """Tell whether a key here or in the line above is followed by a full-width colon."""
    above = text.rfind("\n", 0, max(where.index - where.column - 1, 0)) + 1
    return any(map(_WIDE_COLON.match, text[above : where.index].splitlines()))
