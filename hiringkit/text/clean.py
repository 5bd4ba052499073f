"""Text without characters that a terminal, browser or spreadsheet would interpret instead of showing."""

import re

# C0 and C1 controls but tab and newline, DEL, bidirectional marks and overrides, line and paragraph
# separators, invisible operators, BOM, interlinear marks, surrogates and tag characters.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_BREAKS = re.compile(r"[\t\n]+")


def clean_text(text: str) -> str:
    """Replace control and formatting characters by U+FFFD.

    Newlines and tabs stay, carriage returns before a newline are dropped. Idempotent.
    """
    if text.replace("\n", "").isprintable():  # most are, and to find that out takes a tenth of the time
        return text
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def clean_line(text: str) -> str:
    """Clean a text and put it on one line: each run of tabs and newlines becomes one space."""
    if text.isprintable():
        return text.strip()
    return _BREAKS.sub(" ", clean_text(text)).strip()


def escape_text(text: str) -> str:
    r"""Escape control and formatting characters as JSON's `\uXXXX`, so that nothing is lost or interpreted.

    Newlines and tabs stay.
    """
    return _CONTROL.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


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
