"""The one door through which text reaches a widget: cleaned, and never taken for markup."""

from textual.content import Content

from hiringkit.report.model import Cell, Tone, Word, show_cell
from hiringkit.text.clean import clean_line, clean_text

STYLES = {
    Tone.GOOD: "$text-success",
    Tone.BAD: "$text-error",
    Tone.CAUTION: "$text-warning",
    Tone.QUIET: "$foreground-muted",
}
"""How a tone is coloured; a word or sign always says the same besides."""


def safe(text: str, style: str | Tone = "", *, lines: bool = False) -> Content:
    """Return text as a widget may show it.

    Args:
        text: Anybody's text, hostile or not.
        style: A tone, or a style in Textual's words.
        lines: Whether line breaks are kept; else all is on one line.
    """
    cleaned = clean_text(text).replace("\t", "    ") if lines else clean_line(text)
    return Content.styled(cleaned, STYLES[style] if isinstance(style, Tone) else style)


def as_is(text: str, style: str | Tone = "") -> Content:
    """Return text that was cleaned already, with the blanks at both ends that line it up."""
    return Content.styled(text, STYLES[style] if isinstance(style, Tone) else style)


def blanks(count: int) -> Content:
    """Return blanks, which `safe` would strip from the end of a text."""
    return Content(" " * max(count, 0))


def show(cell: Cell) -> Content:
    """Return a report's cell as a widget may show it."""
    tone = cell.tone if isinstance(cell, Word) else None
    return safe(show_cell(cell), tone or "")
