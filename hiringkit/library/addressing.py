"""From a way to a value as people type it to the value in the tree."""

import re

from attrs import frozen

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.library.findings import suggestion
from hiringkit.library.nodes import ListNode, MapNode, Node, Path, ScalarNode, render_path

_STEPS = re.compile(r"\[([0-9]+)\]|([^.\[\]]+)")
_WHOLE = re.compile(r"\$?\.?(?:[^.\[\]]+|\[[0-9]{1,6}\])(?:\.[^.\[\]]+|\[[0-9]{1,6}\])*")
_POSITION = re.compile(r"[0-9]{1,6}")
_NAMES = ("id", "bank", "value")
"""What an item of a list may be called by, besides its position."""

Words = tuple[str | int, ...]
"""The steps of a way: names, and positions where a number stood in brackets."""


@frozen
class Found:
    """How far a way leads."""

    path: Path
    """Keys and positions up to the node."""
    node: Node
    rest: Words
    """Words that lead no further; empty where the value is there."""
    parents: tuple[Node, ...]
    """The nodes on the way, the root first, without `node` itself."""


def read_address(address: str) -> Words:
    """Take apart `criteria.forecasting.weight`, or `$.criteria[2].weight` as findings write it.

    Raises:
        UsageProblem: It is neither.
    """
    if not _WHOLE.fullmatch(address) or address == "$":
        raise UsageProblem(
            Sentence('"{address}" is no way to a value').format(address=clean_line(address)),
            hint="such as criteria.forecasting.weight or title.zh",
        )
    return tuple(int(number) if number else word for number, word in _STEPS.findall(address.removeprefix("$")))


def follow(root: Node, words: Words) -> Found:
    """Follow a way as far as it leads."""
    node = root
    path: Path = ()
    parents: list[Node] = []
    for at, word in enumerate(words):
        step = _step(node, word)
        if step is None:
            return Found(path, node, words[at:], tuple(parents))
        parents.append(node)
        path = (*path, step)
        node = _child(node, step)
    return Found(path, node, (), tuple(parents))


def find_value(root: Node, words: Words) -> Found:
    """Follow a way to its end.

    Raises:
        NotFound: It does not lead there; the hint names the nearest word.
    """
    found = follow(root, words)
    if found.rest:
        raise no_such(found)
    return found


def no_such(found: Found) -> NotFound:
    """Make the error for a way that leads nowhere."""
    known = names_of(found.node)
    word = str(found.rest[0])
    hint = suggestion(word, known) if known else Sentence("a single value stands there")
    message = Sentence('there is no "{word}" in {path}').format(word=clean_line(word), path=render_path(found.path))
    return NotFound(message, hint=hint)


def names_of(node: Node) -> list[str]:
    """Return the words that lead on from a node."""
    if isinstance(node, MapNode):
        return list(node.values)
    if isinstance(node, ListNode):
        return [_name(item) or str(i) for i, item in enumerate(node.items)]
    return []


def _step(node: Node, word: str | int) -> str | int | None:
    if isinstance(node, MapNode):
        return str(word) if str(word) in node.values else None
    if not isinstance(node, ListNode):
        return None
    names = [_name(item) for item in node.items]
    if isinstance(word, str) and word in names:
        return names.index(word)
    # a bare number is no position where items have names: levels would be taken for one another
    named = any(names[i] for i, item in enumerate(node.items) if isinstance(item, MapNode))
    if isinstance(word, str) and (named or not _POSITION.fullmatch(word)):
        return None
    return int(word) if int(word) < len(names) else None


def _child(node: Node, step: str | int) -> Node:
    if isinstance(node, MapNode):
        return node.values[str(step)]
    if isinstance(node, ListNode):
        return node.items[int(step)]
    raise AssertionError(f"{step!r} was found in a single value")


def _name(item: Node) -> str:
    """Return what an item is called: itself if it is a single value, else its id, bank or level."""
    if isinstance(item, ScalarNode):
        return item.text
    found = (item.values.get(name) for name in _NAMES) if isinstance(item, MapNode) else iter(())
    return next((node.text for node in found if isinstance(node, ScalarNode)), "")
