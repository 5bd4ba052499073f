"""What a plain scalar means: JSON's numbers, true, false and null; everything else is text.

YAML 1.1 would make a boolean of `no` and `on`, ninety of `1:30`, a date of `2022-08-04`, and numbers of
`0x1F`, `010` and `1_000`. All of them stay text here, so that a field that wants something else says so.
"""

import re
from math import isfinite

from hiringkit.library.nodes import ScalarNode

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
