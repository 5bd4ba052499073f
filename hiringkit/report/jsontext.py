"""A report as JSON."""

import json

from hiringkit.domain.text import escape_text
from hiringkit.report.model import Report


def render_json(report: Report) -> str:
    """Return the document: UTF-8 as it is, but nothing in it that a terminal would obey.

    Raises:
        ValueError: The document holds a figure that is not finite, which JSON cannot say.
    """
    return escape_text(json.dumps(report.document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"
