"""What a field wants and what a file has instead, in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, get_args, get_origin

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import Text, clean_line
from hiringkit.library.nodes import ListNode, MapNode, Node, ScalarNode
from hiringkit.library.scalars import Scalar, resolve_scalar

_WORDS: Mapping[Any, str] = {
    str: Sentence("a text"),
    int: Sentence("a whole number"),
    float: Sentence("a number"),
    bool: Sentence("true or false"),
    Text: Sentence("a text or {en: …, zh: …}"),
}
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
        return Sentence("levels with texts" if get_args(hint)[0] is int else "words with numbers")
    return Sentence("keys and values")


def describe(node: Node) -> str:
    """Say what stands there, such as `the text "abc"`."""
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
    """Say how to mend a value of the wrong type, where that is plain."""
    value = resolve_scalar(node) if isinstance(node, ScalarNode) else None
    if hint in (str, Text):
        return _quoting(node, value)
    if hint is bool and isinstance(value, str):
        return Sentence("write {word}").format(word=_MEANT.get(value.lower(), Sentence("true or false")))
    if hint in (int, float) and isinstance(node, ScalarNode):
        return _number_hint(hint, node, value)
    if get_origin(hint) is tuple:
        return Sentence('begin each item with "- "')
    return ""


def _quoting(node: Node, value: Scalar) -> str:
    if isinstance(node, MapNode | ListNode):
        return ""
    return Sentence("write the text, or leave the key out" if value is None else "put it in quotes")


def _number_hint(hint: Any, node: ScalarNode, value: Scalar) -> str:
    if isinstance(value, float):
        return Sentence("levels are whole numbers")
    bare = resolve_scalar(ScalarNode(node.text, False, node.start, node.end))
    if node.quoted and type(bare) in (int, hint):
        return Sentence("leave the quotes out")
    return Sentence("write digits, such as 3" if hint is int else "write digits, such as 3 or 2.5")
