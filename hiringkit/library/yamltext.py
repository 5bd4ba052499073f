"""From YAML text to a tree of nodes with their places.

The tree is built from the parser's events, so that nothing recurses and reading stops at the first sign of a
bomb: libyaml's own composer dies of 200 kB of `[`. Events carry the places that `compose` would give, and one
pass over them is both the scan and the tree.
"""

from collections.abc import Iterator
from typing import Any

import yaml
from yaml import events

from hiringkit.library import mistakes
from hiringkit.library.building import Builder, Frame, Stopped
from hiringkit.library.decoding import Place, decode_text, place
from hiringkit.library.findings import Findings
from hiringkit.library.nodes import Node, ScalarNode

MOST_EVENTS = 100_000

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where there is one: some twenty times faster than the one in Python."""

_SYNTAX_HINTS = (
    ("mapping values are not allowed", 'put a text that holds ": " in quotes, and look at the indentation'),
    ("could not find expected ':'", 'write "key: value", with an ASCII colon and a blank'),
    ("did not find expected ',' or", "look for a missing comma, quote or bracket before this place"),
    ("unexpected end of stream", "look for a quote that is never closed"),
    ("unknown escape character", r"write \\ for a backslash in double quotes, or use single quotes"),
)
_CHARACTER_HINTS = {"\t": "indent with blanks, not tabs"} | dict.fromkeys("@`%", "put the text in quotes")


def parse_yaml(source: str | bytes, findings: Findings) -> Node | None:
    """Read one YAML document as a tree, with everything that YAML itself lets go wrong in `findings`.

    Duplicate keys, aliases, tags, merge keys and keys that are not words are refused where they stand, and
    the rest is read. Scalars stay text: `1:30`, `no` and `2022-08-04` become neither numbers, booleans nor dates.

    Returns:
        The root, or None where the text cannot be read to its end.
    """
    builder = Builder(findings)
    for _ in _feed(builder, source):
        pass
    if builder.root is None and not findings.failed:
        findings.add(mistakes.EMPTY_FILE, Place(0, 0, 0))
    return builder.root


def parse_head(source: str | bytes, wanted: frozenset[str], findings: Findings) -> dict[str, Node]:
    """Read only as much of a document as it takes to know the `wanted` keys of its first level."""
    builder = Builder(findings)
    top: dict[str, Node] = {}
    for start, children in _feed(builder, source):
        key = children[-2] if len(children) > 1 and isinstance(start, events.MappingStartEvent) else None
        if isinstance(key, ScalarNode) and key.text in wanted and len(children) % 2 == 0:
            top.setdefault(key.text, children[-1])
        if wanted <= top.keys():
            break
    return top


def _feed(builder: Builder, source: str | bytes) -> Iterator[Frame]:
    """Yield the root's frame after each event that adds to it."""
    text = decode_text(source, builder.findings)
    if text is None:
        return
    try:
        for count, event in enumerate(yaml.parse(text, Loader=LOADER)):
            if count > MOST_EVENTS:
                builder.stop(mistakes.TOO_MANY_VALUES, event.start_mark, limit=MOST_EVENTS)
            builder.feed(event)
            if len(builder.frames) == 1:
                yield builder.frames[0]
    except Stopped:
        builder.root = None
    except yaml.YAMLError as error:
        builder.root = None
        _add_syntax(error, text, builder.findings)
    except (
        ValueError,
        OverflowError,
    ) as error:  # an escape or a version beyond bounds, in the parser in Python
        builder.root = None
        builder.findings.add(mistakes.SYNTAX, Place(0, 0, 0), problem=str(error))


def _add_syntax(error: yaml.YAMLError, text: str, findings: Findings) -> None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    where = place(text, mark.index) if mark else Place(0, 0, 0)
    character = text[where.index : where.index + 1]
    hint = next((hint for part, hint in _SYNTAX_HINTS if part in problem), _CHARACTER_HINTS.get(character, ""))
    findings.add(mistakes.SYNTAX, where, hint=hint, problem=problem)
