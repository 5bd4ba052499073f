"""From a tree of nodes to the domain's classes: strict, and with every problem found in one pass.

The attrs classes are walked here rather than by cattrs, whose structuring knows no places and gives nothing
back where anything fails. Here a broken value is replaced by a stand-in of its type, so that the checks still
find what is wrong with the rest of the file.
"""

import types
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin

from attrs import NOTHING, Attribute, fields, has

from hiringkit.domain.question import Question, QuestionBank
from hiringkit.domain.rubric import QuestionUse, Rubric, default_scale
from hiringkit.domain.text import Text
from hiringkit.library import mistakes
from hiringkit.library.expectations import expectation
from hiringkit.library.findings import did_you_mean
from hiringkit.library.nodes import ListNode, MapNode, Node, Path, ScalarNode
from hiringkit.library.reading import Reader, Reading, read_string, read_text, stand_in, wrong_type
from hiringkit.library.scalars import WHOLE, resolve_scalar

HEADER_KEY = "hiringkit"
_WITH_HEADER = (Rubric, QuestionBank)
_ABSENT: Mapping[tuple[type, str], Callable[[], Any]] = {(Rubric, "scale"): default_scale}
"""What stands for a key that the class needs and the file may leave out."""


def structure(node: Node, cls: type, reading: Reading) -> Any:
    """Make an instance of a domain class; it holds stand-ins where `reading.findings` has errors."""
    return reader_for(cls)(node, (), reading)


@cache
def reader_for(hint: Any) -> Reader:
    """Return the reader of a field's type."""
    if hint is Text:
        return read_text
    if isinstance(hint, type):
        if issubclass(hint, StrEnum):
            return _choice_reader(hint)
        return _record_reader(hint) if has(hint) else _scalar_reader(hint)
    if get_origin(hint) in (Union, types.UnionType):
        return _union_reader(get_args(hint))
    if get_origin(hint) is tuple:
        return _list_reader(hint)
    return _table_reader(hint)


def is_required(cls: type, attribute: "Attribute[Any]") -> bool:
    """Tell whether a file must give the key of this field."""
    return attribute.default is NOTHING and (cls, attribute.name) not in _ABSENT


def _scalar_reader(kind: type) -> Reader:
    accepted = (int, float) if kind is float else (kind,)

    def read(node: Node, path: Path, reading: Reading) -> Any:
        value = resolve_scalar(node) if isinstance(node, ScalarNode) else None
        return kind(value) if type(value) in accepted else wrong_type(node, path, reading, kind)

    return read_string if kind is str else read


def _choice_reader(kind: type[StrEnum]) -> Reader:
    choices = [str(member) for member in kind]

    def read(node: Node, path: Path, reading: Reading) -> Any:
        value = resolve_scalar(node) if isinstance(node, ScalarNode) else None
        if not isinstance(value, str):
            return wrong_type(node, path, reading, kind)
        if value not in choices:
            fields = {"choices": ", ".join(choices), "found": value}
            hint = did_you_mean(value, choices)
            reading.findings.add(mistakes.UNKNOWN_VALUE, node.start, path, hint=hint, **fields)
            return stand_in(kind)
        return kind(value)

    return read


def _union_reader(choices: tuple[Any, ...]) -> Reader:
    if types.NoneType not in choices:
        return _read_question
    read_one = reader_for(next(c for c in choices if c is not types.NoneType))

    def read(node: Node, path: Path, reading: Reading) -> Any:
        if isinstance(node, ScalarNode) and resolve_scalar(node) is None:
            return None
        return read_one(node, path, reading)

    return read


def _read_question(node: Node, path: Path, reading: Reading) -> Any:
    """Read one of a rubric's questions: its own, or some of a bank."""
    drawn = isinstance(node, MapNode) and not {"bank", "use"}.isdisjoint(node.values)
    return reader_for(QuestionUse if drawn else Question)(node, path, reading)


def _list_reader(hint: Any) -> Reader:
    read_item = reader_for(get_args(hint)[0])

    def read(node: Node, path: Path, reading: Reading) -> Any:
        if not isinstance(node, ListNode):
            return wrong_type(node, path, reading, hint)
        return tuple(read_item(item, (*path, i), reading) for i, item in enumerate(node.items))

    return read


def _table_reader(hint: Any) -> Reader:
    of_key, of_value = get_args(hint)
    read_value = reader_for(of_value)

    def read(node: Node, path: Path, reading: Reading) -> Any:
        if not isinstance(node, MapNode):
            return wrong_type(node, path, reading, hint)
        table = {}
        for key, value in node.values.items():
            if of_key is int and not (WHOLE.fullmatch(key) and str(int(key)) == key):
                reading.findings.add(mistakes.LEVEL_KEY, node.keys[key].start, (*path, key), key=key)
            else:
                table[of_key(key)] = read_value(value, (*path, key), reading)
        return table

    return read


def _record_reader(cls: type) -> Reader:
    readers = {a.name: reader_for(a.type) for a in fields(cls)}
    required = {a.name: a.type for a in fields(cls) if is_required(cls, a)}
    absent = {name: make for (owner, name), make in _ABSENT.items() if owner is cls}
    known = [HEADER_KEY, *readers] if cls in _WITH_HEADER else list(readers)

    def read(node: Node, path: Path, reading: Reading) -> Any:
        if not isinstance(node, MapNode):
            return wrong_type(node, path, reading, cls)
        values = {}
        for key, value in node.values.items():
            if key in readers:
                values[key] = readers[key](value, (*path, key), reading)
            elif key not in known:
                hint = reading.findings.suggest(key, known)
                reading.findings.add(mistakes.UNKNOWN_KEY, node.keys[key].start, (*path, key), hint=hint, key=key)
        for name, hint in required.items():
            if name not in values:
                fields = {"key": name, "expected": expectation(hint)}
                reading.findings.add(mistakes.MISSING_KEY, node.start, (*path, name), **fields)
                values[name] = stand_in(hint)
        return cls(**{name: make() for name, make in absent.items()} | values)

    return read
