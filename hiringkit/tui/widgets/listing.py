"""A table of any length with a cursor: only the lines in sight are drawn.

It is not Textual's DataTable because of speed: see docs/architecture.md.
"""

from collections.abc import Sequence
from typing import ClassVar

from attrs import define, field, frozen
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from hiringkit.report.model import Table, show_cell
from hiringkit.report.render.terminal import head_lines
from hiringkit.text.cells import cell_width, cut
from hiringkit.tui.keys import bindings
from hiringkit.tui.safe import safe, show

GUTTER = 2
GAP = 2
LEAST, LEAST_OF_WIDE = 8, 16
"""Cells that a text keeps where it is narrow; more in a table that scrolls to the side."""
MORE = 2
"""Cells at the right end where a sign says that there are more columns."""


@frozen
class Heads:
    """A column: its title, and how wide it may be."""

    title: str
    width: int = 0
    """Cells; 0 takes what its cells need, and gives way where it is narrow."""
    right: bool = False
    """Whether its cells are aligned right."""
    ruler: bool = False
    """Whether the title is drawn as it is, blanks and all."""

    def lines(self, width: int) -> list[str]:
        """Return the title on one or more lines."""
        return [self.title[:width]] if self.ruler else head_lines(self.title, width)


@frozen
class ListRow:
    """A line of the table."""

    key: str
    """What it stands for."""
    cells: tuple[Content, ...]

    @property
    def shape(self) -> tuple[object, ...]:
        """What columns are measured by."""
        return self.key, *(cell.cell_length for cell in self.cells)

    @property
    def look(self) -> tuple[object, ...]:
        """What makes it look as it does."""
        return tuple((cell.plain, *cell.spans) for cell in self.cells)


class Listing(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows under a head, with a cursor on a row and, if wanted, on a column."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"listing--cursor", "listing--head", "listing--cell"}
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    gap = GAP
    row: reactive[int] = reactive(0)
    column: reactive[int] = reactive(-1)
    """The column at the cursor; -1 where columns have none."""

    class Event(Message):
        """Something happened at a row and column."""

        def __init__(self, listing: "Listing", column: int) -> None:
            super().__init__()
            self.listing, self.key, self.column = listing, listing.key, column

        @property
        def control(self) -> "Listing":
            """The table that it happened in."""
            return self.listing

    class Chosen(Event):
        """A row was chosen, by Enter or by a click on the row at the cursor."""

    class Moved(Event):
        """The cursor is on another row or column."""

    class HeadClicked(Event):
        """The head of a column was clicked."""

    def __init__(self, *, id: str | None = None, columns: bool = False, frozen_columns: int = 1) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.heads: tuple[Heads, ...] = ()
        self.rows: tuple[ListRow, ...] = ()
        self.empty = ""
        self.widths: list[int] = []
        self.head_height = 1
        self.has_columns, self.frozen_columns = columns, frozen_columns
        self._strips: dict[tuple[object, ...], Strip] = {}
        self.pen = Pen(self)

    def fill(self, heads: Sequence[Heads], rows: Sequence[ListRow], *, empty: str = "") -> None:
        """Show other rows; the cursor stays on what it was on, if that is still there."""
        at, before, as_before = self.key, self.rows, self.heads == tuple(heads)
        self.heads, self.rows, self.empty = tuple(heads), tuple(rows), empty
        found = next((n for n, row in enumerate(self.rows) if row.key == at), min(self.row, len(self.rows) - 1))
        self.set_reactive(Listing.row, max(found, 0))
        if self.has_columns:
            self.set_reactive(Listing.column, min(max(self.column, 0), len(self.heads) - 1))
        if not (as_before and self._redraw(before)):
            self.measure()

    def _redraw(self, before: tuple[ListRow, ...]) -> bool:
        """Draw only the rows that are other than before; False if the columns have to be measured anew."""
        if not before or [row.shape for row in before] != [row.shape for row in self.rows]:
            return False
        changed = {n for n, (old, new) in enumerate(zip(before, self.rows, strict=True)) if old.look != new.look}
        self._strips = {key: strip for key, strip in self._strips.items() if key[0] not in changed}
        for number in changed:
            self.refresh_line(self.head_height + number)
        return True

    def fill_from(self, table: Table, keys: Sequence[str]) -> None:
        """Show a report's table; `keys` say what each row stands for."""
        rows = [ListRow(key, tuple(map(show, cells))) for key, cells in zip(keys, table.rows, strict=True)]
        self.fill([Heads(show_cell(column.title)) for column in table.columns], rows, empty=table.empty)

    @property
    def key(self) -> str:
        """What the row at the cursor stands for; empty where there is none."""
        return self.rows[self.row].key if self.row < len(self.rows) else ""

    def measure(self) -> None:
        """Measure the columns for the width at hand."""
        self._strips.clear()
        natural = [self._natural(n) for n in range(len(self.heads))]
        spare = self._space - GUTTER - sum(natural) - self.gap * (len(natural) - 1)
        flexible = [n for n, head in enumerate(self.heads) if not head.width]
        least = LEAST_OF_WIDE if self.has_columns else LEAST
        while spare < 0 and (wide := [n for n in flexible if natural[n] > least]):
            natural[max(wide, key=natural.__getitem__)] -= 1
            spare += 1
        self.widths = natural
        lines = [len(head.lines(width)) for head, width in zip(self.heads, natural, strict=True)]
        self.head_height = max(lines, default=1)
        width = GUTTER + sum(natural) + self.gap * max(len(natural) - 1, 0)
        self.virtual_size = Size(width, self.head_height + max(len(self.rows), 1))
        self.refresh()

    @property
    def _space(self) -> int:
        """The cells of a line: the scroll bar takes one of them as soon as the rows do not fit."""
        fits = self.head_height + len(self.rows) <= self.outer_size.height
        return self.outer_size.width - (0 if fits else self.styles.scrollbar_size_vertical)

    def _natural(self, column: int) -> int:
        head = self.heads[column]
        if head.width:
            return head.width
        cells = max((row.cells[column].cell_length for row in self.rows), default=0)
        return max(cells, *(safe(line).cell_length for line in head_lines(head.title, 14)), 1)

    def on_resize(self) -> None:
        """Measure again."""
        self.measure()

    def notify_style_update(self) -> None:
        """Draw again in other colours."""
        super().notify_style_update()
        self._forget()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Draw the cursor as it is."""
        super().watch_has_focus(_has_focus)
        self._forget()

    def _forget(self) -> None:
        self._strips.clear()
        self.pen.forget()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in sight. Textual's own way puts borders around each, anew at every step of scrolling."""
        width, background = self.outer_size.width, self.background_colors[1]
        strips = [self.render_line(y).adjust_cell_length(width, self.pen.ink("")) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        begin, end = crop.column_span
        return strips if (begin, end) == (0, width) else [strip.crop(begin, end) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """Draw one line of those in sight."""
        width = self.size.width
        number = y - self.head_height + self.scroll_offset.y
        if y < self.head_height:
            key: tuple[object, ...] = ("head", y, self.column, self.scroll_offset.x, width)
        elif number < len(self.rows):
            at = number == self.row
            key = (number, at, self.column if at else -1, self.scroll_offset.x, width)
        else:
            key = ("nothing", number == 0, width)
        if key not in self._strips:
            self._strips[key] = self._drawn(y, number)
        return self._strips[key]

    def _drawn(self, y: int, number: int) -> Strip:
        if y < self.head_height:
            return self._head(y)
        return self._row(number) if number < len(self.rows) else self._nothing(number, self.size.width)

    def _nothing(self, number: int, width: int) -> Strip:
        text = safe(cut(self.empty, width - GUTTER)).plain if number == 0 and not self.rows else ""
        line = Segment(" " * GUTTER + text, self.pen.ink(""))
        return Strip([line]).adjust_cell_length(width, self.pen.ink(""))

    def _head(self, y: int) -> Strip:
        cells = []
        for head, width in zip(self.heads, self.widths, strict=True):
            lines = head.lines(width)
            line = y - self.head_height + len(lines)
            text = lines[line] if line >= 0 else ""
            cells.append(Content(text) if head.ruler else safe(text))
        return self._line(" " * GUTTER, cells, "listing--head", mark=self.column)

    def _row(self, number: int) -> Strip:
        at = number == self.row
        style = "listing--cursor" if at and self.has_focus else ""
        return self._line("> " if at else "  ", self.rows[number].cells, style, mark=self.column if at else -1)

    def _line(self, gutter: str, cells: Sequence[Content], style: str, mark: int) -> Strip:
        fixed, moving = [Segment(gutter, self.pen.ink(style))], list[Segment]()
        gap = Segment(" " * self.gap, self.pen.ink(style))
        frozen, begin = self.frozen_columns, self.scroll_offset.x
        still = GUTTER + sum(self.widths[:frozen]) + self.gap * max(frozen - 1, 0)
        end = begin + max(self.size.width - still, 0)
        shown = whole_columns(self.widths, frozen, self.gap, begin, end)
        for n, (cell, head) in enumerate(zip(cells, self.heads, strict=True)):
            line = fixed if n < frozen else moving
            if n:
                line.append(gap)
            if n in shown:
                line.extend(self.pen.cell(cell, self.widths[n], style, right=head.right, reverse=n == mark))
            else:
                line.append(Segment(" " * self.widths[n], self.pen.ink(style)))
        whole = Strip.join([joined(fixed), joined(moving).crop(begin, end)]).adjust_cell_length(
            self.size.width, self.pen.ink(style)
        )
        if style != "listing--head":
            return whole
        more = len(self.heads) - 1 not in shown
        return with_signs(whole, still + 1 if begin else None, more=more, ink=self.pen.ink(style))

    def validate_row(self, row: int) -> int:
        """Keep the cursor on a row that there is."""
        return min(max(row, 0), max(len(self.rows) - 1, 0))

    def watch_row(self, before: int, _now: int) -> None:
        """Keep the cursor in sight."""
        self.refresh_line(self.head_height + before)
        self._follow()

    def watch_column(self) -> None:
        """Keep the cursor in sight."""
        self.refresh_lines(self.scroll_offset.y, self.head_height)
        self._follow()

    def _follow(self) -> None:
        top = self.row - (self.size.height - self.head_height) + 1
        if self.size.height > self.head_height:
            wanted = min(max(self.scroll_offset.y, top), self.row)
            self.scroll_to(y=wanted, animate=False)
        if self.column >= self.frozen_columns:
            self.scroll_to_region(self._region(self.column), animate=False, y_axis=False)
        self.refresh_line(self.head_height + self.row)
        self.post_message(self.Moved(self, self.column))

    def _region(self, column: int) -> Region:
        fixed = GUTTER + sum(self.widths[: self.frozen_columns]) + self.gap * max(self.frozen_columns - 1, 0)
        left = GUTTER + sum(self.widths[:column]) + self.gap * column
        more = MORE if column < len(self.widths) - 1 else 0
        return Region(left - fixed, 0, self.widths[column] + fixed + more, 1)

    def action_down(self, rows: int) -> None:
        """Move the cursor down, or up if negative."""
        self.row += rows

    def action_page(self, pages: int) -> None:
        """Move the cursor by what is in sight."""
        self.row += pages * max(self.size.height - self.head_height - 1, 1)

    def action_end(self, last: bool) -> None:
        """Move the cursor to the last row, or to the first."""
        self.row = len(self.rows) - 1 if last else 0

    def action_right(self, columns: int) -> None:
        """Move the cursor to another column, where columns have one."""
        if self.has_columns:
            self.column = min(max(self.column + columns, 0), len(self.heads) - 1)

    def action_choose(self) -> None:
        """Choose the row at the cursor."""
        if self.key:
            self.post_message(self.Chosen(self, self.column))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor under the pointer; a click on the row at the cursor chooses it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        column = self.column_at(offset.x)
        if offset.y < self.head_height:
            self.post_message(self.HeadClicked(self, column))
            return
        number = offset.y - self.head_height + self.scroll_offset.y
        if number >= len(self.rows):
            return
        again = number == self.row and (not self.has_columns or column == self.column)
        self.row = number
        if self.has_columns:
            self.column = column
        if again:
            self.post_message(self.Chosen(self, column))

    def column_at(self, x: int) -> int:
        """Return the column under a cell of the widget."""
        fixed = GUTTER + sum(self.widths[: self.frozen_columns]) + self.gap * self.frozen_columns
        x = x if x < fixed else x + self.scroll_offset.x
        right = GUTTER
        for number, width in enumerate(self.widths):
            right += width + self.gap
            if x < right:
                return number
        return len(self.widths) - 1


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
