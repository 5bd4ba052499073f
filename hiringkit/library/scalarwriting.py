"""Texts and numbers as YAML scalars: plain where that is safe, else in quotes."""

import json
import re
from textwrap import wrap

from hiringkit.library.decoding import Place
from hiringkit.library.nodes import ScalarNode
from hiringkit.library.scalars import resolve_scalar

WIDTH = 110
"""Characters in a line of a folded text."""

_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`<=~]")
_FLOW_SIGNS = re.compile(r"[,\[\]{}]")
_NOT_AS_IT_IS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON leaves as it is and YAML forbids, or takes for the end of a line."""


def quote(text: str) -> str:
    """Return a text in double quotes, as YAML and JSON both read it."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_AS_IT_IS.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def meaning(text: str) -> object:
    """Return what a text stands for where it is written without quotes."""
    here = Place(0, 0, 0)
    return resolve_scalar(ScalarNode(text, False, here, here))


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Tell whether a text may stand without quotes, inside brackets if `flow`."""
    if not isinstance(meaning(text), str):
        return text != ""
    if not text.isprintable() or text != text.strip() or not _PLAIN_START.match(text):
        return False
    return not (": " in text or " #" in text or text.endswith(":") or (flow and _FLOW_SIGNS.search(text)))


def write_scalar(text: str, *, flow: bool = False) -> str:
    """Write a new value as it is typed: a number as a number, a text in quotes only where it needs them."""
    return text if is_plain(text, flow=flow) else quote(text)


def write_like(text: str, old: str, *, flow: bool = False) -> str:
    """Write a value in the style of the one that it replaces.

    Args:
        text: The new value.
        old: How the old one stands in the file, its quotes or block header included.
        flow: Whether it stands inside brackets.
    """
    sign = old[:1]
    if sign in ("|", ">") and not flow:
        return _block(text, old)
    if sign == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if sign in ('"', "'"):
        return quote(text)
    was_text = isinstance(meaning(old), str)
    return quote(text) if was_text and not isinstance(meaning(text), str) else write_scalar(text, flow=flow)


def _block(text: str, old: str) -> str:
    """Write a block under the old one's header and at its indentation, with the blank lines that follow it."""
    header, *lines = old.splitlines()
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" "))]
    fits = indent and text.isprintable() and text == text.strip()
    if not fits or (header.startswith(">") and "\n" in text):
        return quote(text) + old[len(old.rstrip()) :]
    end = "\r\n" if "\r\n" in old else "\n"
    room = max(WIDTH - len(indent), 20)
    parts = wrap(text, room, break_long_words=False, break_on_hyphens=False) if header.startswith(">") else [text]
    return end.join([header, *(indent + part for part in parts)]) + old[len(old.rstrip()) :]
