"""Records of ours as JSON: attrs classes to plain values and back, strictly."""

import json
import types
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from functools import cache, partial, reduce
from math import inf, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin

from attrs import fields, has

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Location
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from cattrs import Converter

_LONGEST_PATH = 200
T = TypeVar("T")
_WORDS: Mapping[Any, Sentence] = {
    str: Sentence("a text"),
    int: Sentence("a whole number"),
    float: Sentence("a number"),
    bool: Sentence("true or false"),
    types.NoneType: Sentence("nothing"),
    list: Sentence("a list"),
    dict: Sentence("an object"),
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
        return Finding(Code.ENCODING, "the file is not UTF-8", location=Location(name))
    except json.JSONDecodeError as error:
        place = Location(name, error.lineno, error.colno)
        return Finding(Code.JSON_SYNTAX, Sentence("the file is not JSON: {msg}").format(msg=error.msg), location=place)
    except (ValueError, RecursionError) as error:
        return Finding(
            Code.JSON_SYNTAX,
            Sentence("the file is not JSON: {value}").format(value=str(error)[:80]),
            location=Location(name),
        )
    if not isinstance(content, dict) or content.get("hiringkit") != header:
        message = Sentence('the file does not begin with "hiringkit": "{header}"').format(header=header)
        hint = "it is another file, or of a newer hiringkit"
        return Finding(Code.HEADER, message, hint=hint, path="$.hiringkit", location=Location(name))
    return {key: value for key, value in content.items() if key != "hiringkit"}


def structure(value: Any, kind: type[T]) -> T:
    """Make an object of an attrs class out of plain values.

    Nothing is coerced. Texts are cleaned of what a terminal would obey.

    Raises:
        Malformed: A key is missing or unknown, or a value is of another type.
    """
    from cattrs import BaseValidationError  # noqa: PLC0415 - 40 ms that only personal files need

    try:
        return _converter().structure(value, kind)
    except (BaseValidationError, _UnexpectedValue) as error:
        raise _malformed(error, "$") from None


def unstructure(value: Any) -> Any:
    """Make plain values of an object; what equals its default is left out."""
    return _converter().unstructure(value)


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
        return Finding(Code.RECORD_VALUE, message, path=error.path, location=Location(name))


class _UnexpectedValue(Exception):  # noqa: N818 - becomes `Malformed` once its place is known
    """A value is not what its type needs.

    Args:
        expected: What would be right.
    """

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def _malformed(error: Exception, path: str) -> Malformed:
    """Return the first thing that is wrong, with its place."""
    from cattrs import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError  # noqa: PLC0415 - as above

    match error:
        case ClassValidationError():
            inside, beside = error.group_exceptions()
            if beside:
                return _malformed(beside[0], path)
            found, attribute = inside[0]
            return _malformed(found, f"{path}.{attribute.name}")
        case IterableValidationError():
            found, item = error.group_exceptions()[0][0]
            step = f"[{item.index}]" if isinstance(item.index, int) else f".{item.index}"
            return _malformed(found, f"{path}{step}")
        case ForbiddenExtraKeysError():
            names = ", ".join(each.name for each in fields(error.cl))
            expected = Sentence("one of the keys {names}").format(names=names)
            return Malformed(f"{path}.{min(error.extra_fields)}", expected)
        case _UnexpectedValue():
            return Malformed(path, error.expected)
        case KeyError():
            return Malformed(path, Sentence("a value"))
    raise error


@cache
def _converter() -> "Converter":
    from cattrs import Converter  # noqa: PLC0415 - as above

    converter = Converter(forbid_extra_keys=True, omit_if_default=True, unstruct_collection_overrides={tuple: list})
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly)
    converter.register_structure_hook(float, _figure)
    converter.register_structure_hook(datetime, _moment)
    converter.register_structure_hook(StrEnum, _word)
    for origin, hook in ((Mapping, _table), (tuple, _list)):
        converter.register_structure_hook_func(_has_origin(origin), partial(hook, converter=converter))
    converter.register_structure_hook_func(_is_choice, partial(_one_of, converter=converter))
    converter.register_structure_hook_factory(has, lambda cls: _record_hook(cls, converter))
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    return converter


def _record_hook(cls: Any, converter: "Converter") -> Callable[[Any, Any], Any]:
    make = converter.gen_structure_attrs_fromdict(cls)
    return lambda value, kind: make(_of(dict, value), kind)


def _has_origin(origin: Any) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is origin


def _table(value: Any, kind: Any, converter: "Converter") -> dict[str, Any]:
    of_key, of_value = get_args(kind)
    table: dict[str, Any] = converter.structure(_of(dict, value), dict[of_key, of_value])  # type: ignore[valid-type]
    return table


def _list(value: Any, kind: Any, converter: "Converter") -> tuple[Any, ...]:
    of_item = get_args(kind)[0]
    return tuple(converter.structure(_of(list, value), list[of_item]))  # type: ignore[valid-type]


def _of(kind: type, value: Any) -> Any:
    """Return a list or an object as it is, and refuse anything else."""
    if not isinstance(value, kind):
        raise _UnexpectedValue(_WORDS[kind])
    return value


def _is_choice(kind: Any) -> bool:
    """Tell whether a type is one of several, besides None."""
    return get_origin(kind) in (Union, types.UnionType) and len(_choices(kind)) > 1


def _choices(kind: Any) -> list[Any]:
    return [choice for choice in get_args(kind) if choice is not types.NoneType]


def _one_of(value: Any, kind: Any, converter: "Converter") -> Any:
    if value is None and types.NoneType in get_args(kind):
        return None
    for choice in _choices(kind):
        with suppress(_UnexpectedValue):
            return converter.structure(value, choice)
    wanted = map(_wanted, get_args(kind))
    raise _UnexpectedValue(reduce(lambda one, other: Sentence("{one} or {other}").format(one=one, other=other), wanted))


def _wanted(kind: Any) -> str:
    """Say what a type wants."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Sentence("one of {names}").format(names=", ".join(kind))
    return _WORDS[kind]


def _exactly(value: Any, kind: Any) -> Any:
    if type(value) is not kind:
        raise _UnexpectedValue(_wanted(kind))
    return clean_text(value) if isinstance(value, str) else value


def _word(value: Any, kind: Any) -> StrEnum:
    if value not in [str(member) for member in kind]:
        raise _UnexpectedValue(_wanted(kind))
    word: StrEnum = kind(value)
    return word


def _figure(value: Any, _kind: Any) -> float:
    if type(value) not in (int, float):
        raise _UnexpectedValue(_WORDS[float])
    try:
        figure = float(value)
    except OverflowError:
        figure = inf
    if not isfinite(figure):
        raise _UnexpectedValue(Sentence("a number that is finite"))
    return figure


def _moment(value: Any, _kind: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise _UnexpectedValue(Sentence("a time")) from None
    if moment.tzinfo is None:
        raise _UnexpectedValue(Sentence("a time with its zone"))
    return moment


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no number")
