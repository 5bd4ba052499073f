"""What reading a value needs: where problems go, what stands in for a broken value, and texts."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, get_origin

from attrs import NOTHING, field, fields, frozen, has

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import LANGUAGES, Text
from hiringkit.library import mistakes
from hiringkit.library.expectations import describe, expectation, hint_for
from hiringkit.library.findings import Findings
from hiringkit.library.nodes import MapNode, Node, Path, RefusedNode, ScalarNode
from hiringkit.library.scalars import resolve_scalar

_VERSION_HINT = Sentence("write three numbers, such as 1.0.0")


@frozen
class Reading:
    """One file as it is read."""

    findings: Findings
    """Where problems go."""
    texts: list[tuple[Path, Text]] = field(factory=list)
    """Every text for people, in the order of the file."""


Reader = Callable[[Node, Path, Reading], Any]
"""Makes a value of a node; where it cannot, it records why and returns a stand-in."""


@cache
def stand_in(hint: Any) -> Any:
    """Return a value of a type for where the file has none that can be used."""
    if hint is Text:
        return Text(plain="…")
    if isinstance(hint, type) and has(hint):
        return hint(**{a.name: stand_in(a.type) for a in fields(hint) if a.default is NOTHING})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    return (get_origin(hint) or hint)() if get_origin(hint) is not Mapping else {}


def wrong_type(node: Node, path: Path, reading: Reading, hint: Any) -> Any:
    """Record that a value is of another type than the field's, and return a stand-in."""
    if not isinstance(node, RefusedNode):
        fields = {"expected": expectation(hint), "found": describe(node)}
        mend = _VERSION_HINT if path == ("version",) else hint_for(hint, node)
        reading.findings.add(mistakes.WRONG_TYPE, node.start, path, hint=mend, **fields)
    return stand_in(hint)


def read_text(node: Node, path: Path, reading: Reading) -> Text:
    """Read a text for people: a string, or one for each language."""
    if isinstance(node, MapNode):
        text = _languages(node, path, reading)
    elif isinstance(node, ScalarNode) and isinstance(resolve_scalar(node), str):
        text = Text(plain=_filled(node, path, reading))
    else:
        return Text(plain=wrong_type(node, path, reading, Text).plain)
    reading.texts.append((path, text))
    return text


def _languages(node: MapNode, path: Path, reading: Reading) -> Text:
    known = {}
    for key, value in node.values.items():
        if key in LANGUAGES:
            known[key] = read_string(value, (*path, key), reading)
        else:
            reading.findings.add(mistakes.UNKNOWN_LANGUAGE, node.keys[key].start, (*path, key), key=key)
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
