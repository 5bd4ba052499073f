"""Records of ours as JSON: attrs classes to plain values and back, strictly."""

import json
import types
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from functools import reduce
from math import inf, isfinite
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from hiringkit.domain.finding import Finding, Location
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.language import LANGUAGES, Text
from hiringkit.text.sentence import Sentence

_LONGEST_PATH = 200
T = TypeVar("T")
_WORDS: Mapping[Any, Sentence] = {
    str: Sentence("a text"),
    int: Sentence("a whole number"),
    float: Sentence("a number"),
    bool: Sentence("true or false"),
    types.NoneType: Sentence("nothing"),
}


class Malformed(Exception):  # noqa: N818 - a condition of the file, turned into a finding
    """A value is not what its place needs.

    Args:
        path: The place, such as `$.answers[2].level`.
        expected: What would be right there.
    """

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(path, expected)
        self.path = clean_text(path)[:_LONGEST_PATH]
        self.expected = expected


def parse_record(data: bytes, name: str, header: str) -> dict[str, Any] | Finding:
    """Read a JSON object of ours, or say why it is none.

    Args:
        data: The file's bytes.
        name: The file's name, for the finding.
        header: The value of its first key, `hiringkit`.
    """
    try:
        content = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        return Finding("encoding", "the file is not UTF-8", location=Location(name))
    except json.JSONDecodeError as error:
        place = Location(name, error.lineno, error.colno)
        return Finding("json-syntax", Sentence("the file is not JSON: {msg}").format(msg=error.msg), location=place)
    except (ValueError, RecursionError) as error:
        return Finding(
            "json-syntax",
            Sentence("the file is not JSON: {value}").format(value=str(error)[:80]),
            location=Location(name),
        )
    if not isinstance(content, dict) or content.get("hiringkit") != header:
        message = Sentence('the file does not begin with "hiringkit": "{header}"').format(header=header)
        hint = "it is another file, or of a newer hiringkit"
        return Finding("header", message, hint=hint, path="$.hiringkit", location=Location(name))
    return {key: value for key, value in content.items() if key != "hiringkit"}


def structure(value: Any, hint: Any, path: str = "$") -> Any:
    """Make a value of a type out of plain values.

    Texts are cleaned of what a terminal would obey.

    Raises:
        Malformed: A key is missing or unknown, or a value is of another type.
    """
    if hint is Any:
        return value
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _one_of(value, get_args(hint), path)
    if origin is tuple:
        if not isinstance(value, list):
            raise Malformed(path, Sentence("a list"))
        return tuple(structure(item, get_args(hint)[0], f"{path}[{i}]") for i, item in enumerate(value))
    if origin is not None:
        if not isinstance(value, dict):
            raise Malformed(path, Sentence("an object"))
        return {clean_text(key): structure(item, get_args(hint)[1], f"{path}.{key}") for key, item in value.items()}
    if hint is Text:
        return _text(value, path)
    return _structure_record(value, hint, path) if has(hint) else _scalar(value, hint, path)


def unstructure(value: Any) -> Any:
    """Make plain values of a record; what equals its default is left out."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): unstructure(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [unstructure(item) for item in value]
    if isinstance(value, Text):
        return {"plain": value.plain} if value.plain else dict(value.wordings)
    if has(type(value)):
        given = ((a, getattr(value, a.name)) for a in fields(type(value)))
        return {a.name: unstructure(item) for a, item in given if a.default is NOTHING or item}
    return str(value) if isinstance(value, StrEnum) else value


def format_record(header: str, content: Mapping[str, Any]) -> bytes:
    """Write a JSON object of ours, for people too."""
    whole = {"hiringkit": header, **content}
    return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def read_record(data: bytes, path: Path, header: str, make: Callable[[dict[str, Any]], T]) -> T | Finding:
    """Make a record out of a file of ours, or say what is wrong with it.

    Args:
        data: The file's bytes.
        path: The file, for the finding.
        header: The value of its first key, `hiringkit`.
        make: Makes the record out of the other keys; may raise `Malformed`.
    """
    name = clean_line(str(path))
    content = parse_record(data, name, header)
    if isinstance(content, Finding):
        return content
    try:
        return make(content)
    except Malformed as error:
        message = Sentence("expected {expected}").format(expected=error.expected)
        return Finding("record-value", message, path=error.path, location=Location(name))


def _text(value: Any, path: str) -> Text:
    found = _object(value, ("plain", *LANGUAGES), path)
    return Text(**{key: structure(item, str, f"{path}.{key}") for key, item in found.items()})


def _object(value: Any, known: Collection[str], path: str) -> dict[str, Any]:
    """Return an object that has no other keys than the known ones."""
    if not isinstance(value, dict):
        raise Malformed(path, Sentence("an object"))
    for key in value:
        if key not in known:
            raise Malformed(f"{path}.{key}", Sentence("one of the keys {names}").format(names=", ".join(known)))
    return value


def _structure_record(value: Any, cls: Any, path: str) -> Any:
    hints = get_type_hints(cls)
    known = {a.name: a for a in fields(cls)}
    _object(value, known, path)
    for name, attribute in known.items():
        if name not in value and attribute.default is NOTHING:
            raise Malformed(f"{path}.{name}", Sentence("a value"))
    return cls(**{key: structure(item, hints[key], f"{path}.{key}") for key, item in value.items()})


def _one_of(value: Any, choices: tuple[Any, ...], path: str) -> Any:
    if value is None and types.NoneType in choices:
        return None
    first, *others = (choice for choice in choices if choice is not types.NoneType)
    for choice in (first, *others) if others else ():
        with suppress(Malformed):
            return structure(value, choice, path)
    if not others:
        return structure(value, first, path)
    raise Malformed(path, _either(choices))


def _either(choices: Sequence[Any]) -> str:
    """Say what any of the types of a union wants."""
    return reduce(lambda one, other: Sentence("{one} or {other}").format(one=one, other=other), map(_wanted, choices))


def _wanted(kind: Any) -> str:
    """Say what a type wants."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Sentence("one of {names}").format(names=", ".join(kind))
    return _WORDS[kind] if kind in _WORDS else str(getattr(kind, "__name__", kind))


def _scalar(value: Any, kind: Any, path: str) -> Any:
    if kind is datetime:
        return _moment(value, path)
    if issubclass(kind, StrEnum):
        if value not in [str(member) for member in kind]:
            raise Malformed(path, _wanted(kind))
        return kind(value)
    if kind is float:
        return _figure(value, path)
    if type(value) is not kind:
        raise Malformed(path, _wanted(kind))
    return clean_text(value) if isinstance(value, str) else value


def _figure(value: Any, path: str) -> float:
    if type(value) not in (int, float):
        raise Malformed(path, Sentence("a number"))
    try:
        figure = float(value)
    except OverflowError:
        figure = inf
    if not isfinite(figure):
        raise Malformed(path, Sentence("a number that is finite"))
    return figure


def _moment(value: Any, path: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Malformed(path, Sentence("a time")) from None
    if moment.tzinfo is None:
        raise Malformed(path, Sentence("a time with its zone"))
    return moment


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no number")
