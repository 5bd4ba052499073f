"""A report as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from hiringkit.domain.text import escape_text
from hiringkit.report.model import Report

MANY = 1_000
"""Entries from which a list has one entry a line: indented they would take ten times as long."""


def render_json(report: Report) -> str:
    """Return the document: UTF-8 as it is, but nothing in it that a terminal would obey.

    Raises:
        ValueError: The document holds a figure that is not finite, which JSON cannot say.
    """
    return escape_text(_object(report.document)) + "\n"


def _object(document: Mapping[str, Any]) -> str:
    if not any(_is_long(value) for value in document.values()):
        return _dump(document, indent=2)
    parts = [f"  {_dump(key)}: {_value(value)}" for key, value in document.items()]
    return "{\n" + ",\n".join(parts) + "\n}"


def _value(value: Any) -> str:
    if _is_long(value):
        return "[\n    " + ",\n    ".join(map(_dump, value)) + "\n  ]"
    return _dump(value, indent=2).replace("\n", "\n  ")


def _is_long(value: Any) -> bool:
    return isinstance(value, list) and len(value) >= MANY


def _dump(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
