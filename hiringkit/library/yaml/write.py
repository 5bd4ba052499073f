"""Writing of rubrics and values: YAML for people, canonical JSON, and its digest.

`write_rubric` makes a new file with comments, in the order in which it is read; `write_like` and `write_scalar` make
single values in the style of the file that they go into.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from textwrap import wrap
from typing import Any

from attrs import NOTHING, Factory, fields, has

from hiringkit.domain.rubric import Rubric
from hiringkit.library.documents import Kind
from hiringkit.library.pinned import CANONICAL
from hiringkit.library.yaml.decode import HEADER_KEY
from hiringkit.library.yaml.nodes import ScalarNode, resolve_scalar
from hiringkit.library.yaml.parse import TextPlace
from hiringkit.text.digest import digest_text
from hiringkit.text.language import Text

WIDTH = 110
"""Characters in a line of a folded text."""
_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`<=~]")
_FLOW_SIGNS = re.compile(r"[,\[\]{}]")
_NOT_AS_IT_IS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON leaves as it is and YAML forbids, or takes for the end of a line."""
_ORDER = (
    "id",
    "version",
    "title",
    "summary",
    "role",
    "need",
    "scale",
    "criteria",
    "questions",
    "stages",
    "policy",
    "candidate_expectations",
)
_EXACT = 2**53
_FOLDS = re.compile(r"\S+( \S+)+")
_LONG = 90
Comments = Mapping[str, Sequence[str]]
"""The comment above a key, by its path without positions, such as `criteria.weight`."""


def write_rubric(rubric: Rubric, comments: Comments | None = None) -> str:
    """Return a rubric as YAML that `parse_rubric` reads back equal.

    Args:
        rubric: As written, with what it draws from banks not resolved.
        comments: Each is written once, above the first occurrence of its key.
    """
    writer = _YamlWriter(comments or {})
    lines = [*writer.comment("", 0), f"{HEADER_KEY}: {Kind.RUBRIC.header}"]
    for name in _ORDER:
        lines += writer.entry(name, getattr(rubric, name), _default(rubric, name), (), 0)
    return "\n".join(lines) + "\n"


class _YamlWriter:
    """Writes values as lines; remembers which comments have been written."""

    def __init__(self, comments: Comments) -> None:
        self.comments = comments
        self.written: set[str] = set()

    def comment(self, path: str, indent: int) -> list[str]:
        """Return the lines of a comment that has not been written yet."""
        if path in self.written:
            return []
        self.written.add(path)
        return [f"{' ' * indent}# {line}".rstrip() for line in self.comments.get(path, ())]

    def entry(self, key: str, value: Any, default: Any, path: tuple[str, ...], indent: int) -> Iterator[str]:
        """Yield a key with its value; nothing where the value is what stands for its absence."""
        if value is None or value == default:
            return
        way, margin = (*path, key), " " * indent
        yield from self.comment(".".join(way), indent)
        inline = _inline(value)
        if inline is not None:
            yield f"{margin}{key}: {inline}"
        elif isinstance(value, str | Text):
            yield from _text_lines(f"{margin}{key}:", value, indent)
        else:
            yield f"{margin}{key}:"
            yield from self.below(value, way, indent + 2)

    def below(self, value: Any, path: tuple[str, ...], indent: int) -> Iterator[str]:
        """Yield what stands under a key: a list, a mapping or a record."""
        if isinstance(value, tuple):
            for item in value:
                yield from self._item(item, path, indent)
        elif isinstance(value, Mapping):
            for key, each in value.items():
                yield from self.entry(str(key), each, NOTHING, path, indent)
        else:
            yield from self._record(value, path, indent)

    def _record(self, record: Any, path: tuple[str, ...], indent: int) -> Iterator[str]:
        for each in fields(type(record)):
            yield from self.entry(each.name, getattr(record, each.name), _default(record, each.name), path, indent)

    def _item(self, item: Any, path: tuple[str, ...], indent: int) -> Iterator[str]:
        """Yield an item of a list; its first line takes the dash."""
        inline = _inline(item)
        if inline is not None:
            yield f"{' ' * indent}- {inline}"
            return
        lines = list(_text_parts(item, indent + 2)) if isinstance(item, Text) else [*self.below(item, path, indent + 2)]
        first = next((i for i, line in enumerate(lines) if not line.lstrip().startswith("#")), 0)
        lines[first] = f"{' ' * indent}- {lines[first].lstrip()}"
        yield from lines


def _default(record: Any, name: str) -> Any:
    default = getattr(fields(type(record)), name).default
    return default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]  # attrs types Factory as a function


def _inline(value: Any) -> str | None:
    """Return a value that fits behind its key, or None."""
    match value:
        case Text():
            return _quoted(value.plain) if value.plain else None
        case Enum():
            return str(value.value)
        case bool() | int() | float():
            return _number(value)
        case str():
            return _word(value)
        case tuple() if all(isinstance(each, str) for each in value):
            return f"[{', '.join(_word(each, flow=True) for each in value)}]"
    return None


def _number(value: float) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if abs(value) < _EXACT and value == int(value) else repr(float(value))


def _word(text: str, *, flow: bool = False) -> str:
    """Write a text that would be read as a number in quotes."""
    return write_scalar(text, flow=flow) if isinstance(meaning(text), str) else quote(text)


def _quoted(text: str) -> str | None:
    return None if len(text) > _LONG and _FOLDS.fullmatch(text) and text.isprintable() else quote(text)


def _text_lines(key: str, value: str | Text, indent: int) -> Iterator[str]:
    """Yield a text under its key: folded where it is long, or one for each language."""
    if isinstance(value, Text) and not value.plain:
        yield key
        yield from _text_parts(value, indent + 2)
    else:
        yield f"{key} >-"
        yield from _folded(str(value), indent + 2)


def _text_parts(text: Text, indent: int) -> Iterator[str]:
    margin = " " * indent
    if text.plain:
        yield f"{margin}>-"
        yield from _folded(text.plain, indent)
        return
    for language, said in text.wordings.items():
        quoted = _quoted(said)
        yield f"{margin}{language}: {quoted or '>-'}"
        if quoted is None:
            yield from _folded(said, indent + 2)


def _folded(text: str, indent: int) -> list[str]:
    return [" " * indent + line for line in wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)]


def digest_rubric(rubric: Rubric) -> str:
    """Return `sha256:` and the hash of a resolved rubric's canonical text, its questions included."""
    return digest_text(dump_rubric(rubric))


def dump_rubric(rubric: Rubric) -> str:
    """Write a resolved rubric as JSON that `parse_rubric` reads back equal.

    Canonical: the header first, then all keys in order, no blanks, no defaults, whole numbers without a
    fraction; so equal rubrics give equal text. One line without a final newline.
    """
    content = _converter().unstructure(rubric)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return CANONICAL + _NOT_AS_IT_IS.sub(lambda match: f"\\u{ord(match[0]):04x}", text[1:])


@cache
def _converter() -> Any:
    from cattrs import Converter  # noqa: PLC0415 - 40 ms, see above
    from cattrs.gen import make_dict_unstructure_fn  # noqa: PLC0415 - 40 ms, see above

    converter = Converter()
    converter.register_unstructure_hook_factory(
        has, lambda cls: make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)
    )
    converter.register_unstructure_hook(Text, lambda text: text.as_written)
    converter.register_unstructure_hook(float, _plain_number)
    return converter


def _plain_number(number: float) -> float:
    return int(number) if abs(number) < _EXACT and number == int(number) else number


def write_like(text: str, old: str, *, flow: bool = False) -> str:
    """Write a value in the style of the one that it replaces.

    Args:
        text: The new value.
        old: How the old one stands in the file, its quotes or block header included.
        flow: Whether it stands inside brackets.
    """
    sign = old[:1]
    if sign in ("|", ">") and not flow:
        return _block(text, old)
    if sign == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if sign in ('"', "'"):
        return quote(text)
    was_text = isinstance(meaning(old), str)
    return quote(text) if was_text and not isinstance(meaning(text), str) else write_scalar(text, flow=flow)


def _block(text: str, old: str) -> str:
    """Write a block under the old one's header and at its indentation, with the blank lines that follow it."""
    header, *lines = old.splitlines()
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" "))]
    fits = indent and text.isprintable() and text == text.strip()
    if not fits or (header.startswith(">") and "\n" in text):
        return quote(text) + old[len(old.rstrip()) :]
    end = "\r\n" if "\r\n" in old else "\n"
    room = max(WIDTH - len(indent), 20)
    parts = wrap(text, room, break_long_words=False, break_on_hyphens=False) if header.startswith(">") else [text]
    return end.join([header, *(indent + part for part in parts)]) + old[len(old.rstrip()) :]


def write_scalar(text: str, *, flow: bool = False) -> str:
    """Write a new value as it is typed: a number as a number, a text in quotes only where it needs them."""
    return text if is_plain(text, flow=flow) else quote(text)


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Return whether a text may stand without quotes, inside brackets if `flow`."""
    if not isinstance(meaning(text), str):
        return text != ""
    if not text.isprintable() or text != text.strip() or not _PLAIN_START.match(text):
        return False
    return not (": " in text or " #" in text or text.endswith(":") or (flow and _FLOW_SIGNS.search(text)))


def meaning(text: str) -> object:
    """Return the value that a text has if it is written without quotes."""
    here = TextPlace(0, 0, 0)
    return resolve_scalar(ScalarNode(text, False, here, here))


def quote(text: str) -> str:
    """Return a text in double quotes, as YAML and JSON both read it."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_AS_IT_IS.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
