"""From a tree of nodes to the domain's classes: strict, and with every problem found in one pass.

The attrs classes are walked here rather than by cattrs, whose structuring knows no places and gives nothing
back where anything fails. Here a broken value is replaced by a placeholder of its type, so that the checks still
find what is wrong with the rest of the file.
"""

import types
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin

from attrs import NOTHING, Attribute, evolve, field, fields, frozen, has

from hiringkit.domain.level import LevelNumber, level_number, write_level
from hiringkit.domain.question import ExhibitCell, Question, QuestionBank
from hiringkit.domain.rubric import QuestionUse, Rubric, Variant, default_scale
from hiringkit.library.checks import mistakes
from hiringkit.library.checks.findings import Findings, did_you_mean
from hiringkit.library.yaml.nodes import (
    ListNode,
    MapNode,
    Node,
    Path,
    RefusedNode,
    Scalar,
    ScalarNode,
    resolve_scalar,
)
from hiringkit.text.clean import clean_line
from hiringkit.text.language import LANGUAGES, Text, count_han, count_words, example_text
from hiringkit.text.sentence import Sentence

_WORDS: Mapping[Any, str] = {
    str: Sentence("a text"),
    int: Sentence("a whole number"),
    float: Sentence("a number"),
    bool: Sentence("true or false"),
    LevelNumber: Sentence("a number"),
    Text: Sentence("a text or {languages}").format(languages=example_text()),
    ExhibitCell: Sentence("a text, a number or {languages}").format(languages=example_text()),
}
_MOST_NAMED = 3
"""Words of a cell that may be a name, and stay as they are in every language."""
_MEANT = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def expectation(hint: Any) -> str:
    """Say what a type wants, such as `a whole number`."""
    if hint in _WORDS:
        return _WORDS[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Sentence("one of {names}").format(names=", ".join(hint))
    if get_origin(hint) is tuple:
        return Sentence("a list")
    if get_origin(hint) is Mapping:
        return _table_words(*get_args(hint))
    return Sentence("keys and values")


def _table_words(of_key: Any, of_value: Any) -> str:
    if of_key == LevelNumber:
        return Sentence("levels with texts")
    return Sentence("words with numbers") if of_value is float else Sentence("languages with lists of expressions")


def describe(node: Node) -> str:
    """Describe a node, such as `the text "abc"`."""
    if isinstance(node, ListNode):
        return Sentence("a list")
    if not isinstance(node, ScalarNode):
        return Sentence("keys and values")
    value = resolve_scalar(node)
    if value is None:
        return Sentence("no value")
    if isinstance(value, str):
        return Sentence('the text "{text}"').format(text=clean_line(node.text[:60]))
    number = Sentence("the number {text}").format(text=clean_line(node.text[:60]))
    return node.text if isinstance(value, bool) else number


def hint_for(hint: Any, node: Node) -> str:
    """Say how to fix a value of the wrong type, if that is obvious."""
    value = resolve_scalar(node) if isinstance(node, ScalarNode) else None
    if hint in (str, Text):
        return _quoting(node, value)
    if hint is bool and isinstance(value, str):
        return Sentence("write {word}").format(word=_MEANT.get(value.lower(), Sentence("true or false")))
    if hint in (int, float, LevelNumber) and isinstance(node, ScalarNode):
        return _number_hint(hint, node)
    if get_origin(hint) is tuple:
        return Sentence('begin each item with "- "')
    return ""


def _quoting(node: Node, value: Scalar) -> str:
    if isinstance(node, MapNode | ListNode):
        return ""
    return Sentence("write the text, or leave the key out" if value is None else "put it in quotes")


def _number_hint(hint: Any, node: ScalarNode) -> str:
    bare = resolve_scalar(ScalarNode(node.text, False, node.start, node.end))
    if node.quoted and type(bare) in (int, float if hint == LevelNumber else hint):
        return Sentence("leave the quotes out")
    return Sentence("write digits, such as 3" if hint is int else "write digits, such as 3 or 2.5")


_VERSION_HINT = Sentence("write three numbers, such as 1.0.0")


@frozen
class Reading:
    """The state of reading one file."""

    findings: Findings
    """Where problems go."""
    texts: list[tuple[Path, Text]] = field(factory=list)
    """Every human-readable text, in the order of the file."""


Reader = Callable[[Node, Path, Reading], Any]
"""Makes a value of a node; where it cannot, it records why and returns a placeholder."""


@cache
def stand_in(hint: Any) -> Any:
    """Return a placeholder of a type, for where the file has no usable value."""
    if hint in (Text, ExhibitCell):
        return Text(plain="…")
    if hint == LevelNumber:
        return 0
    if isinstance(hint, type) and has(hint):
        return hint(**{a.name: stand_in(a.type) for a in fields(hint) if a.default is NOTHING})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    return (get_origin(hint) or hint)() if get_origin(hint) is not Mapping else {}


def wrong_type(node: Node, path: Path, reading: Reading, hint: Any) -> Any:
    """Record that a value is of another type than the field's, and return a placeholder."""
    if not isinstance(node, RefusedNode):
        fields = {"expected": expectation(hint), "found": describe(node)}
        mend = _VERSION_HINT if path == ("version",) else hint_for(hint, node)
        reading.findings.add(mistakes.WRONG_TYPE, node.start, path, hint=mend, **fields)
    return stand_in(hint)


def read_text(node: Node, path: Path, reading: Reading) -> Text:
    """Read a human-readable text: a string, or one for each language."""
    if isinstance(node, MapNode):
        text = _languages(node, path, reading)
    elif isinstance(node, ScalarNode) and isinstance(resolve_scalar(node), str):
        text = Text(plain=_filled(node, path, reading))
    else:
        return Text(plain=wrong_type(node, path, reading, Text).plain)
    reading.texts.append((path, text))
    return text


def _read_cell(node: Node, path: Path, reading: Reading) -> Text:
    """Read a cell of an exhibit: a number as it is written, a name or figure for all languages, or a text in each."""
    if isinstance(node, MapNode):
        return read_text(node, path, reading)
    value = resolve_scalar(node) if isinstance(node, ScalarNode) else None
    if not isinstance(node, ScalarNode) or value is None or isinstance(value, bool):
        return Text(plain=wrong_type(node, path, reading, ExhibitCell).plain)
    text = node.text.strip()
    if not text:
        reading.findings.add(mistakes.EMPTY_TEXT, node.start, path, hint=Sentence('write "-" where there is nothing'))
    cell = Text(plain=text)
    if count_han(text) or count_words(text) > _MOST_NAMED:  # more than a figure or a name: it needs a translation
        reading.texts.append((path, cell))
    return cell


def _languages(node: MapNode, path: Path, reading: Reading) -> Text:
    known = {}
    for key, value in node.values.items():
        if key in LANGUAGES:
            known[key] = read_string(value, (*path, key), reading)
        else:
            hint = reading.findings.suggest(key, LANGUAGES)
            reading.findings.add(mistakes.UNKNOWN_LANGUAGE, node.keys[key].start, (*path, key), hint=hint, key=key)
    if not node.values:
        reading.findings.add(mistakes.EMPTY_TEXT, node.start, path)
    return Text(**known)


def read_string(node: Node, path: Path, reading: Reading) -> str:
    """Read a string that is not empty."""
    if isinstance(node, ScalarNode) and isinstance(resolve_scalar(node), str):
        return _filled(node, path, reading)
    return str(wrong_type(node, path, reading, str))


def _filled(node: ScalarNode, path: Path, reading: Reading) -> str:
    text = node.text.strip()
    if not text:
        reading.findings.add(mistakes.EMPTY_TEXT, node.start, path)
    return text


HEADER_KEY = "hiringkit"
_WITH_HEADER = (Rubric, Variant, QuestionBank)
_ABSENT: Mapping[tuple[type, str], Callable[[], Any]] = {(Rubric, "scale"): default_scale}
"""Defaults of keys that the class requires and the file may omit."""


def structure(node: Node, cls: type, reading: Reading) -> Any:
    """Make an instance of a domain class; it holds placeholders where `reading.findings` has errors."""
    return reader_for(cls)(node, (), reading)


@cache
def reader_for(hint: Any) -> Reader:
    """Return the reader of a field's type."""
    if hint in _SPECIAL_READERS:
        return _SPECIAL_READERS[hint]
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
    """Return whether a file must give the key of this field."""
    return attribute.default is NOTHING and (cls, attribute.name) not in _ABSENT


def _scalar_reader(kind: type) -> Reader:
    accepted = (int, float) if kind is float else (kind,)

    def read(node: Node, path: Path, reading: Reading) -> Any:
        value = resolve_scalar(node) if isinstance(node, ScalarNode) else None
        return kind(value) if type(value) in accepted else wrong_type(node, path, reading, kind)

    return read_string if kind is str else read


def _read_level(node: Node, path: Path, reading: Reading) -> Any:
    value = resolve_scalar(node) if isinstance(node, ScalarNode) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return wrong_type(node, path, reading, LevelNumber)
    return level_number(value)


_SPECIAL_READERS: Mapping[Any, Reader] = {Text: read_text, ExhibitCell: _read_cell, LevelNumber: _read_level}


def _read_level_key(key: ScalarNode) -> LevelNumber | None:
    """Return the level that a key denotes; None if it is not one in canonical form."""
    value = resolve_scalar(evolve(key, quoted=False))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    level = level_number(value)
    return level if write_level(level) == key.text else None


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
            known = _read_level_key(node.keys[key]) if of_key == LevelNumber else of_key(key)
            if known is None:
                reading.findings.add(mistakes.LEVEL_KEY, node.keys[key].start, (*path, key), key=key)
            else:
                table[known] = read_value(value, (*path, key), reading)
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
