"""From YAML text to a tree of nodes with their places.

The tree is built from the parser's events, so that nothing recurses and reading stops at the first sign of a
bomb: libyaml's own composer dies of 200 kB of `[`. Events carry the places that `compose` would give, and one
pass over them is both the scan and the tree.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml import events

from hiringkit.domain.sentence import Sentence
from hiringkit.library import mistakes
from hiringkit.library.building import Builder, Stopped
from hiringkit.library.decoding import Place, decode_text, place
from hiringkit.library.findings import Findings
from hiringkit.library.nodes import Node, ScalarNode

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where there is one: some twenty times faster than the one in Python."""

_SYNTAX_HINTS = (
    ("mapping values are not allowed", Sentence('put a text that holds ": " in quotes, and look at the indentation')),
    ("could not find expected ':'", Sentence('write "key: value", with an ASCII colon and a blank')),
    ("expected ',' or", Sentence("look for a missing comma, quote or bracket; one is opened in line {line}")),
    ("unexpected end of stream", Sentence("look for a quote that is never closed")),
    ("unknown escape character", Sentence(r"write \\ for a backslash in double quotes, or use single quotes")),
)
_CHARACTER_HINTS = {
    "\t": Sentence("indent with blanks, not tabs"),
    **dict.fromkeys("@`%", Sentence("put the text in quotes")),
}

_WIDE_COLON = re.compile(r"[\s-]*[\w-]+：")
_WIDE_COLON_HINT = Sentence('write an ASCII colon and a blank after a key, not "："')


def parse_yaml(source: str | bytes, findings: Findings) -> Node | None:
    """Read one YAML document as a tree, with everything that YAML itself lets go wrong in `findings`.

    Duplicate keys, aliases, tags, merge keys and keys that are not words are refused where they stand, and
    the rest is read. Scalars stay text; `scalars` says what they stand for.

    Returns:
        The root, or None where the text cannot be read to its end.
    """
    builder = Builder(findings)
    if not _read(builder, source):
        return None
    if builder.root is None and not findings.failed:
        findings.add(mistakes.EMPTY_FILE, Place(0, 0, 0))
    return builder.root


def parse_head(source: str | bytes, wanted: frozenset[str], findings: Findings) -> dict[str, Node]:
    """Read only as much of a document as it takes to know the `wanted` keys of its first level."""
    top: dict[str, Node] = {}

    def enough(builder: Builder) -> bool:
        if len(builder.frames) == 1 and isinstance(builder.frames[0][0], events.MappingStartEvent):
            *_, key, value = (None, None, *builder.children[-2:])
            if len(builder.children) % 2 == 0 and isinstance(key, ScalarNode) and value and key.text in wanted:
                top.setdefault(key.text, value)
        return wanted <= top.keys()

    _read(Builder(findings), source, enough)
    return top


def _read(builder: Builder, source: str | bytes, enough: Callable[[Builder], bool] | None = None) -> bool:
    """Build the tree, and tell whether reading came to the end, or far enough."""
    text = decode_text(source, builder.findings)
    if text is None:
        return False
    try:
        builder.read(yaml.parse(text, Loader=LOADER), enough)
    except Stopped:
        return False
    except yaml.YAMLError as error:
        _add_syntax(error, text, builder.findings)
        return False
    except (ValueError, OverflowError) as error:  # beyond bounds, where the parser is the one in Python
        builder.findings.add(mistakes.SYNTAX, Place(0, 0, 0), problem=str(error))
        return False
    return True


def _add_syntax(error: yaml.YAMLError, text: str, findings: Findings) -> None:
    problem = getattr(error, "problem", None) or Sentence("it cannot be read")
    opened = getattr(error, "context_mark", None)
    mark = opened if opened and "end of stream" in problem else getattr(error, "problem_mark", None) or opened
    where = place(text, mark.index) if mark else Place(0, 0, 0)
    line = opened.line + 1 if opened else 1
    hint = next((hint.format(line=line) for part, hint in _SYNTAX_HINTS if part in problem), "")
    hint = _CHARACTER_HINTS.get(text[where.index : where.index + 1], hint)
    findings.add(mistakes.SYNTAX, where, hint=_WIDE_COLON_HINT if _wide_colon(text, where) else hint, problem=problem)


def _wide_colon(text: str, where: Place) -> bool:
    """Tell whether a key here or in the line above is followed by a full-width colon."""
    above = text.rfind("\n", 0, max(where.index - where.column - 1, 0)) + 1
    return any(map(_WIDE_COLON.match, text[above : where.index].splitlines()))
