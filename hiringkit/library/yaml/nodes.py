"""The tree of a YAML text: every value with the place where it stands."""

import re
from collections.abc import Mapping
from math import isfinite
from typing import Protocol

from attrs import frozen

from hiringkit.domain.shape import LONGEST_ID
from hiringkit.text.clean import clean_line

Path = tuple[str | int, ...]
"""The way from the document's root to a value: keys and positions, counted from 0."""

_BARE = re.compile(r"[\w-]+")


class TextMark(Protocol):
    """A place in the text; lines, columns and index count characters from 0."""

    @property
    def line(self) -> int:
        """Lines above it."""

    @property
    def column(self) -> int:
        """Characters before it in its line."""

    @property
    def index(self) -> int:
        """Characters before it in the text."""


@frozen
class ScalarNode:
    """A single value, as text: what it means depends on the field that it is for."""

    text: str
    """Unquoted, unescaped and cleaned."""
    quoted: bool
    """Whether it stands in quotes or in a block, and so is text whatever it looks like."""
    start: TextMark
    end: TextMark


@frozen
class ListNode:
    """Values in their order."""

    items: "tuple[Node, ...]"
    start: TextMark
    end: TextMark


@frozen
class MapNode:
    """Values by key, in the order of the text."""

    keys: Mapping[str, ScalarNode]
    """Where each key stands."""
    values: "Mapping[str, Node]"
    start: TextMark
    end: TextMark


@frozen
class RefusedNode:
    """A value that is not taken, such as an alias; a finding says so already."""

    start: TextMark
    end: TextMark


Node = ScalarNode | ListNode | MapNode | RefusedNode


def locate(root: Node, path: Path, *, key: bool = False) -> TextMark:
    """Return where a value starts: the nearest ancestor's start where the path leads to nothing.

    Args:
        root: The document.
        path: The way to the value.
        key: Whether the place of its key is wanted instead.
    """
    node, mark = root, root.start
    for step in path:
        match node:
            case MapNode() if step in node.values:
                mark = node.keys[str(step)].start
                node = node.values[str(step)]
            case ListNode() if isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                mark = node.start
            case _:
                return node.start
    return mark if key else node.start


def render_path(path: Path) -> str:
    """Write a path as in `$.criteria[2].weight`."""
    return "$" + "".join(map(_render_step, path))


def _render_step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _BARE.fullmatch(step) and len(step) <= LONGEST_ID else f'["{clean_line(step)[:LONGEST_ID]}"]'


WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,38})")
_DECIMAL = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]{0,38})(?:\.[0-9]{0,38})?|\.[0-9]{1,38})(?:[eE][-+]?[0-9]{1,3})?")
_WORDS = {"true": True, "false": False, "null": None, "": None}
_FIRST = frozenset("+-.0123456789")

Scalar = str | int | float | bool | None


def resolve_scalar(node: ScalarNode) -> Scalar:
    """Return what a scalar stands for."""
    text = node.text
    if node.quoted:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return _number(text) if text[0] in _FIRST else text


def _number(text: str) -> Scalar:
    if WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and isfinite(number := float(text)):
        return number
    return text
