"""A report as JSON."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from hiringkit.report.model import MANY, Entries, Report
from hiringkit.text.clean import escape_text

AT_ONCE = 1_000
"""Entries of a long list that are one piece."""


def render_json(report: Report) -> str:
    """Return the document: UTF-8 as it is, but nothing in it that a terminal would obey.

    Raises:
        ValueError: The document holds a figure that is not finite, which JSON cannot say.
    """
    return "".join(json_pieces(report))


def json_pieces(report: Report) -> Iterator[str]:
    """Iterate over the pieces of that text; long lists are made as they are read.

    Raises:
        ValueError: As above.
    """
    document: Mapping[str, Any] = report.document
    if not any(_is_long(value) for value in document.values()):
        yield _dump(document, indent=2)
    else:
        for n, (key, value) in enumerate(document.items()):
            yield f"{',' if n else '{'}\n  {_dump(key)}: "
            yield from _value(value)
        yield "\n}"
    yield "\n"


def _value(value: Any) -> Iterator[str]:
    if not _is_long(value):
        yield _dump(value, indent=2).replace("\n", "\n  ")
        return
    entries = iter(value.texts() if isinstance(value, Entries) else map(_dump, value))
    between = "[\n    "
    while some := list(islice(entries, AT_ONCE)):
        yield between + ",\n    ".join(some)
        between = ",\n    "
    yield "[\n    \n  ]" if between[0] == "[" else "\n  ]"


def _is_long(value: Any) -> bool:
    return isinstance(value, Entries) or (isinstance(value, list) and len(value) >= MANY)


def _dump(value: Any, indent: int | None = None) -> str:
    return escape_text(json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False))
