"""Draws the lines of a table quickly: how a style looks is asked of Textual once, not for every cell."""

from attrs import define, field
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from hiringkit.report.cells import cut
from hiringkit.tui.safe import safe


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
        blank = Segment(" " * (width - cell_len(plain)), self.ink(line, reverse=reverse))
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
