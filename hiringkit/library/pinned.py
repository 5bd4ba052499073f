"""A rubric read back from the canonical text that an opening pinned, by nearly every command.

`dump_rubric` wrote that text of a rubric that had passed every check, and the digest says that it is still the same to
the letter. So it is neither checked again nor are places kept for findings, which takes a tenth of the time.
"""

import json
import types
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin

from attrs import fields, has

from hiringkit.domain.level import LevelNumber, level_number, write_level
from hiringkit.domain.question import ExhibitCell, Question
from hiringkit.domain.rubric import QuestionUse, Rubric
from hiringkit.text.digest import digest_text
from hiringkit.text.language import Text

CANONICAL = '{"hiringkit":"rubric/1",'
"""How every canonical text begins."""
_Reader = Callable[[Any], Any]
"""Makes a value of what JSON has.

Raises:
    TypeError or ValueError: It is not what the canonical text of such a value would be.
"""


def read_pinned(text: str, digest: str) -> Rubric | None:
    """Return the rubric whose canonical text this is.

    Returns:
        The rubric; None where the text is another than the digest was made of, or not read by this version of the
        program: `parse_rubric` says what is wrong with it, if anything is.
    """
    if not text.startswith(CANONICAL) or digest_text(text) != digest:
        return None
    try:
        read: Rubric = _reader_for(Rubric)(json.loads("{" + text.removeprefix(CANONICAL)))
    except (TypeError, ValueError):
        return None
    return read


@cache
def _reader_for(hint: Any) -> _Reader:
    """Return the reader of a field's type."""
    if hint in _SPECIAL_READERS:
        return _SPECIAL_READERS[hint]
    if isinstance(hint, type):
        if issubclass(hint, StrEnum):
            return hint
        return _record_reader(hint) if has(hint) else _plain_reader(hint)
    arguments = get_args(hint)
    if get_origin(hint) is tuple:
        return _list_reader(_reader_for(arguments[0]))
    if get_origin(hint) is Mapping:
        return _table_reader(_read_level_key if arguments[0] == LevelNumber else str, _reader_for(arguments[1]))
    (chosen,) = (each for each in arguments if each is not types.NoneType)
    return _optional_reader(_reader_for(chosen))


def _record_reader(cls: type) -> _Reader:
    readers = {a.name: _reader_for(a.type) for a in fields(cls)}

    def read(found: Any) -> Any:
        try:
            return cls(**{key: readers[key](value) for key, value in _of_type(dict, found).items()})
        except KeyError as unknown:
            raise ValueError(unknown) from unknown

    return read


def _plain_reader(kind: type) -> _Reader:
    accepted = (int, float) if kind is float else (kind,)

    def read(found: Any) -> Any:
        return kind(_of_type(accepted, found))

    return read


def _list_reader(read_item: _Reader) -> _Reader:
    def read(found: Any) -> Any:
        return tuple(map(read_item, _of_type(list, found)))

    return read


def _table_reader(read_key: _Reader, read_value: _Reader) -> _Reader:
    def read(found: Any) -> Any:
        return {read_key(key): read_value(value) for key, value in _of_type(dict, found).items()}

    return read


def _optional_reader(read_one: _Reader) -> _Reader:
    def read(found: Any) -> Any:
        return None if found is None else read_one(found)

    return read


def _read_text(found: Any) -> Text:
    return Text(found) if isinstance(found, str) else Text(**_of_type(dict, found))


def _read_question(found: Any) -> Any:
    drawn = "bank" in _of_type(dict, found)
    return _reader_for(QuestionUse if drawn else Question)(found)


def _read_level(found: Any) -> LevelNumber:
    return level_number(_of_type((int, float), found))


def _read_level_key(key: str) -> LevelNumber:
    level = level_number(float(key))
    if write_level(level) != key:
        raise ValueError(key)
    return level


def _of_type(kinds: type | tuple[type, ...], found: Any) -> Any:
    """Return what was found where it is of one of these types, and nothing derived of it: no word for a number."""
    if type(found) not in (kinds if isinstance(kinds, tuple) else (kinds,)):
        raise TypeError(f"{found!r} is no {kinds}")
    return found


_SPECIAL_READERS: Mapping[Any, _Reader] = {
    Text: _read_text,
    ExhibitCell: _read_text,
    LevelNumber: _read_level,
    QuestionUse | Question: _read_question,
}
