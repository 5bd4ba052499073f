"""What a field wants and what a file has instead, in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, get_args, get_origin

from hiringkit.domain.text import Text
from hiringkit.library.nodes import ListNode, MapNode, Node, ScalarNode
from hiringkit.library.scalars import Scalar, resolve_scalar

_WORDS: Mapping[Any, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    Text: "a text or {en: …, zh: …}",
}
_MEANT = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def expectation(hint: Any) -> str:
    """Say what a type wants, such as `a whole number`."""
    if hint in _WORDS:
        return _WORDS[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "one of " + ", ".join(hint)
    if get_origin(hint) is tuple:
        return "a list"
    if get_origin(hint) is Mapping:
        return "levels with texts" if get_args(hint)[0] is int else "words with numbers"
    return "keys and values"


def describe(node: Node) -> str:
    """Say what stands there, such as `the text "abc"`."""
    if isinstance(node, ListNode):
        return "a list"
    if not isinstance(node, ScalarNode):
        return "keys and values"
    value = resolve_scalar(node)
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f'the text "{node.text[:60]}"'
    return node.text if isinstance(value, bool) else f"the number {node.text}"


def hint_for(hint: Any, node: Node) -> str:
    """Say how to mend a value of the wrong type, where that is plain."""
    value = resolve_scalar(node) if isinstance(node, ScalarNode) else None
    if hint in (str, Text):
        return _quoting(node, value)
    if hint is bool and isinstance(value, str):
        return f"write {_MEANT.get(value.lower(), 'true or false')}"
    if hint in (int, float) and isinstance(node, ScalarNode):
        return _number_hint(hint, node, value)
    if get_origin(hint) is tuple:
        return 'begin each item with "- "'
    return ""


def _quoting(node: Node, value: Scalar) -> str:
    if isinstance(node, MapNode | ListNode):
        return ""
    return "write the text, or leave the key out" if value is None else "put it in quotes"


def _number_hint(hint: Any, node: ScalarNode, value: Scalar) -> str:
    if isinstance(value, float):
        return "levels are whole numbers"
    bare = resolve_scalar(ScalarNode(node.text, False, node.start, node.end))
    if node.quoted and type(bare) in (int, hint):
        return "leave the quotes out"
    return "write digits, such as 3" if hint is int else "write digits, such as 3 or 2.5"
