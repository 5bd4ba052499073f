"""A rubric as YAML that people read and edit: commented, in the order in which it is read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from textwrap import wrap
from typing import Any

from attrs import NOTHING, Factory, fields

from hiringkit.domain.rubric import Rubric
from hiringkit.domain.text import Text
from hiringkit.library.documents import Kind
from hiringkit.library.scalarwriting import WIDTH, meaning, quote, write_scalar
from hiringkit.library.structure import HEADER_KEY

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
    "policy",
    "candidate_expectations",
)
_EXACT = 2**53
_FOLDS = re.compile(r"\S+( \S+)+")
_LONG = 90

Comments = Mapping[str, Sequence[str]]
"""What to say above a key: by its path without positions, such as `criteria.weight`."""


def write_rubric(rubric: Rubric, comments: Comments | None = None) -> str:
    """Return a rubric as YAML that `parse_rubric` reads back equal.

    Args:
        rubric: As written, with what it draws from banks not resolved.
        comments: Each is written once, where its key stands first.
    """
    writer = _Writer(comments or {})
    lines = [*writer.comment("", 0), f"{HEADER_KEY}: {Kind.RUBRIC.header}"]
    for name in _ORDER:
        lines += writer.entry(name, getattr(rubric, name), _default(rubric, name), (), 0)
    return "\n".join(lines) + "\n"


class _Writer:
    """Writes values as lines; remembers which comments have been said."""

    def __init__(self, comments: Comments) -> None:
        self.comments = comments
        self.said: set[str] = set()

    def comment(self, path: str, indent: int) -> list[str]:
        """Return the lines of a comment that has not been said yet."""
        if path in self.said:
            return []
        self.said.add(path)
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
    for language in ("en", "zh"):
        if said := getattr(text, language):
            quoted = _quoted(said)
            yield f"{margin}{language}: {quoted or '>-'}"
            if quoted is None:
                yield from _folded(said, indent + 2)


def _folded(text: str, indent: int) -> list[str]:
    return [" " * indent + line for line in wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)]
