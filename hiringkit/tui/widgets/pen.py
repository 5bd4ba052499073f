"""Draws the lines of a table quickly: how a style looks is asked of Textual once, not for every cell."""

from collections.abc import Sequence

from attrs import define, field
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from hiringkit.text.cells import cell_width, cut
from hiringkit.tui.safe import safe

MORE = 2
"""Cells at the right end where a sign says that there are more columns."""


@define(eq=False)
class Pen:
    """What draws cells on the lines of a widget."""

    widget: Widget
    _styles: dict[str, Style] = field(factory=dict)
    _inks: dict[tuple[object, ...], RichStyle | None] = field(factory=dict)

    def forget(self) -> None:
        """Ask anew how styles look."""
        self._styles.clear()
        self._inks.clear()

    def ink(self, line: str = "", span: str | Style = "", *, reverse: bool = False) -> RichStyle | None:
        """Return how text of a style looks on a line of a style (a component class, or none)."""
        key = (line, span, reverse)
        if key not in self._inks:
            text = Content.styled("x", span)
            self._inks[key] = next(iter(self._strip(text.stylize("reverse") if reverse else text, line))).style
        return self._inks[key]

    def cell(self, cell: Content, width: int, line: str, *, right: bool, reverse: bool) -> list[Segment]:
        """Draw a cell as wide as its column."""
        plain = cell.plain if cell.cell_length <= width else safe(cut(cell.plain, width)).plain
        blank = Segment(" " * (width - cell_width(plain)), self.ink(line, reverse=reverse))
        drawn = self._drawn(cell, plain, line, reverse=reverse) if plain else []
        return [blank, *drawn] if right else [*drawn, blank]

    def _drawn(self, cell: Content, plain: str, line: str, *, reverse: bool) -> list[Segment]:
        spans = cell.spans
        if len(spans) > 1 or (spans and (spans[0].start, spans[0].end) != (0, len(cell.plain))):
            shown = cell if plain == cell.plain else safe(plain)
            return list(self._strip(shown.stylize("reverse") if reverse else shown, line))
        return [Segment(plain, self.ink(line, spans[0].style if spans else "", reverse=reverse))]

    def _strip(self, content: Content, line: str) -> Strip:
        return Visual.to_strips(self.widget, content, content.cell_length, 1, self._style(line))[0]

    def _style(self, line: str) -> Style:
        if line not in self._styles:
            self._styles[line] = self.widget.get_visual_style(line) if line else self.widget.visual_style
        return self._styles[line]


def joined(segments: list[Segment]) -> Strip:
    """Return segments as a strip, neighbours of one look as one."""
    strip: list[Segment] = []
    texts: list[str] = []
    style: RichStyle | None = None

    def close() -> None:
        if text := "".join(texts):
            strip.append(Segment(text, style))
        texts.clear()

    for segment in segments:
        if segment.style is not style:
            close()
            style = segment.style
        texts.append(segment.text)
    close()
    return Strip(strip)


def whole_columns(widths: Sequence[int], frozen: int, gap: int, begin: int, end: int) -> set[int]:
    """Return the columns that are wholly in sight: half a number would mislead.

    Args:
        widths: Of the columns.
        frozen: How many stand still; they always are in sight.
        gap: Blanks before each.
        begin: The first cell of the others that is in sight.
        end: The first cell after those in sight.
    """
    shown, right = set(range(frozen)), 0
    for n in range(frozen, len(widths)):
        left, right = right, right + widths[n] + gap
        more = MORE if n < len(widths) - 1 else 0
        if left >= begin and (right + more <= end or left == begin):
            shown.add(n)
    return shown


def with_signs(line: Strip, before: int | None, *, more: bool, ink: RichStyle | None) -> Strip:
    """Say where there are more columns than are in sight.

    Args:
        line: Of the head.
        before: The cell that says that there are some on the left; None where there are none.
        more: Whether there are some on the right.
        ink: How the signs look.
    """
    width = line.cell_length
    if before is not None:
        line = Strip.join([line.crop(0, before), Strip([Segment("<", ink)]), line.crop(before + 1, width)])
    return Strip.join([line.crop(0, width - 1), Strip([Segment(">", ink)])]) if more else line
