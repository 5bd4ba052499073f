"""Records of ours as JSON: attrs classes to plain values and back, strictly."""

import json
import types
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from math import inf, isfinite
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from hiringkit.domain.finding import Finding, Location
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_text

_LONGEST_PATH = 200


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
    return _structure_record(value, hint, path) if has(hint) else _scalar(value, hint, path)


def unstructure(value: Any) -> Any:
    """Make plain values of a record; what equals its default is left out."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): unstructure(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [unstructure(item) for item in value]
    if has(type(value)):
        given = ((a, getattr(value, a.name)) for a in fields(type(value)))
        return {a.name: unstructure(item) for a, item in given if a.default is NOTHING or item}
    return str(value) if isinstance(value, StrEnum) else value


def format_record(header: str, content: Mapping[str, Any]) -> bytes:
    """Write a JSON object of ours, for people too."""
    whole = {"hiringkit": header, **content}
    return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def malformed(error: Malformed, name: str) -> Finding:
    """Make a finding of what `structure` raised."""
    return Finding(
        "record-value",
        Sentence("expected {expected}").format(expected=error.expected),
        path=error.path,
        location=Location(name),
    )


def _structure_record(value: Any, cls: Any, path: str) -> Any:
    if not isinstance(value, dict):
        raise Malformed(path, Sentence("an object"))
    hints = get_type_hints(cls)
    known = {a.name: a for a in fields(cls)}
    for key in value:
        if key not in known:
            raise Malformed(f"{path}.{key}", Sentence("one of the keys {keys}").format(keys=", ".join(known)))
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
    words = Sentence("{one} or {other}").format(one=_named(first), other=_named(others[0]))
    raise Malformed(path, words)


def _named(kind: Any) -> str:
    """Say what a value of a type looks like."""
    if kind is str:
        return Sentence("a text")
    if issubclass(kind, StrEnum):
        return Sentence("one of {words}").format(words=", ".join(kind))
    return Sentence("a whole number") if kind is int else Sentence("true or false")


def _scalar(value: Any, kind: Any, path: str) -> Any:
    if kind is datetime:
        return _moment(value, path)
    if issubclass(kind, StrEnum):
        if value not in [str(member) for member in kind]:
            raise Malformed(path, _named(kind))
        return kind(value)
    if kind is float:
        return _figure(value, path)
    if type(value) is not kind:
        raise Malformed(path, _named(kind))
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
