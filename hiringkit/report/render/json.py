"""A report as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from hiringkit.report.model import MANY, Entries, Report
from hiringkit.text.clean import escape_text


def render_json(report: Report) -> str:
    """Return the document: UTF-8 as it is, but nothing in it that a terminal would obey.

    Raises:
        ValueError: The document holds a figure that is not finite, which JSON cannot say.
    """
    return _object(report.document) + "\n"


def _object(document: Mapping[str, Any]) -> str:
    if not any(_is_long(value) for value in document.values()):
        return _dump(document, indent=2)
    parts = [f"  {_dump(key)}: {_value(value)}" for key, value in document.items()]
    return "{\n" + ",\n".join(parts) + "\n}"


def _value(value: Any) -> str:
    if _is_long(value):
        entries = value.texts() if isinstance(value, Entries) else map(_dump, value)
        return "[\n    " + ",\n    ".join(entries) + "\n  ]"
    return _dump(value, indent=2).replace("\n", "\n  ")


def _is_long(value: Any) -> bool:
    return isinstance(value, Entries) or (isinstance(value, list) and len(value) >= MANY)


def _dump(value: Any, indent: int | None = None) -> str:
    return escape_text(json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False))
