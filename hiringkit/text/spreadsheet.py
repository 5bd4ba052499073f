"""Escaping of cells that a spreadsheet would take for a formula, and its inverse."""

import re

# Blanks of every kind before the sign are skipped by one spreadsheet or another, and full-width signs are
# folded to their plain form.
_FORMULA = re.compile("'*(?:[\\s\u00ad\u200b-\u200f\u2060\ufeff\ufffd]*[=+\\-@＝＋－＠]|[\\t\\r\\n])")


def guard_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    `=HYPERLINK(…)` in a name would otherwise run when somebody opens the file. Numbers are not texts and
    are never guarded.
    """
    return "'" + text if _FORMULA.match(text) else text


def bare_formula(text: str) -> str:
    """Take the apostrophe of `guard_formula` off again; `bare_formula(guard_formula(t)) == t` for any text."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
