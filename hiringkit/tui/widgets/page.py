"""A text that scrolls, broken into lines as Chinese and English want it; only lines that change are drawn anew."""

from collections.abc import Iterator
from functools import lru_cache

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from hiringkit.text.cells import wrap

MARGIN = 1
"""Blanks on either side."""


class Page(ScrollView, can_focus=False, inherit_bindings=False):
    """One text, longer than the screen if need be."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.content = Content("")
        self.above: Content | None = None
        self.lines: list[Content] = []
        self._known: dict[tuple[object, ...], list[Content]] = {}

    @property
    def plain(self) -> str:
        """What it says."""
        return self.content.plain

    def write(self, content: Content, *, top: bool = False, above: Content | None = None) -> None:
        """Show another text.

        Args:
            content: Made by `safe`.
            top: Whether to go back to its beginning.
            above: What stands above the place that should be in sight.
        """
        self.content, self.above = content, above
        if top:
            self.scroll_home(animate=False)
        self._draw()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._draw()

    def _draw(self) -> None:
        width = self.size.width - 2 * MARGIN
        if width <= 0:
            return
        before, self.lines = self.lines, self._broken(width)
        self.virtual_size = Size(self.size.width, len(self.lines))
        if len(before) == len(self.lines):
            for number, (old, new) in enumerate(zip(before, self.lines, strict=True)):
                if (old.plain, old.spans) != (new.plain, new.spans):
                    self.refresh_line(number)
        else:
            self.refresh()
        if self.above is not None:
            self._show_below(len(broken(self.above, width)) if self.above.plain else 0)

    def _broken(self, width: int) -> list[Content]:
        """Break the text into lines; what it has in common with the text before is taken from there."""
        known, self._known = self._known, {}
        lines = []
        for line in self.content.split("\n", allow_blank=True):
            key = (line.plain, *line.spans, width)
            self._known[key] = known.get(key) or list(_pieces(line, width))
            lines += self._known[key]
        return lines

    def _show_below(self, lines: int) -> None:
        begin = self.scroll_offset.y
        if not begin <= lines <= begin + self.size.height - 3:
            self.call_after_refresh(self.scroll_to, y=lines, animate=False)

    def render_line(self, y: int) -> Strip:
        """Draw one line of those in sight."""
        number, width = y + self.scroll_offset.y, self.size.width
        line = self.lines[number] if number < len(self.lines) else Content("")
        if not line.plain:
            return Strip.blank(width, self.visual_style.rich_style)
        drawn = Visual.to_strips(self, line, width - MARGIN, 1, self.visual_style, pad=True)[0]
        return Strip.join([Strip.blank(MARGIN, self.visual_style.rich_style), drawn])

    def page(self, pages: int) -> None:
        """Scroll by nearly what is in sight."""
        self.scroll_relative(y=pages * max(self.size.height - 2, 1), animate=False)


def broken(content: Content, width: int) -> list[Content]:
    """Return a text's lines: broken at blanks and between Chinese signs, not before closing punctuation."""
    lines = content.split("\n", allow_blank=True)
    return [piece for line in lines for piece in _pieces(line, width)]


def _pieces(line: Content, width: int) -> Iterator[Content]:
    plain = line.plain
    lead = len(plain) - len(plain.lstrip())
    at = 0
    for number, text in enumerate(_wrapped(plain.lstrip(), max(width - lead, 1))):
        begin = plain.index(text, at)
        yield line[0 if number == 0 else begin : begin + len(text)]
        at = begin + len(text)


@lru_cache(maxsize=1000)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    return tuple(wrap(text, width))
