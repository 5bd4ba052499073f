"""Short rows of text, as many as there are, of which some can be clicked."""

from collections.abc import Callable, Sequence

from attrs import field, frozen
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


@frozen
class TextRow:
    """One row."""

    content: Content
    action: str = ""
    """What a click on it does; nothing if empty."""
    spots: tuple[tuple[int, int, str], ...] = field(default=())
    """What clicks on parts of it do: the first cell, the one after the last, and the action."""

    def action_at(self, cell: int) -> str:
        """Return what a click on a cell does."""
        return next((action for begin, end, action in self.spots if begin <= cell < end), self.action)


class RowPanel(Widget):
    """Rows that are made for the width at hand."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._make: Callable[[int], Sequence[TextRow]] = lambda _width: ()
        self._made: tuple[int, Sequence[TextRow]] = (-1, ())

    def draw(self, make: Callable[[int], Sequence[TextRow]]) -> None:
        """Show other rows; `make` is given the width in cells."""
        width, before = self._made
        self._make = make
        self._made = (-1, ())
        now = self.rows(width) if width > 0 else ()
        if len(now) != len(before) or width <= 0:
            self.refresh(layout=True)
        elif [row.content for row in now] != [row.content for row in before]:
            self.refresh()

    def rows(self, width: int) -> Sequence[TextRow]:
        """Return the rows for a width."""
        if self._made[0] != width:
            self._made = (width, self._make(width))
        return self._made[1]

    @property
    def plain(self) -> str:
        """What it says."""
        return "\n".join(row.content.plain for row in self._made[1])

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take the whole width."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a line for each row."""
        return len(self.rows(width))

    def render(self) -> Content:
        """Return the rows."""
        return Content("\n").join(row.content for row in self.rows(self.content_size.width))

    async def on_click(self, event: events.Click) -> None:
        """Do what the row under the pointer stands for."""
        offset, rows = event.get_content_offset(self), self.rows(self.content_size.width)
        if offset is not None and offset.y < len(rows) and (action := rows[offset.y].action_at(offset.x)):
            await self.screen.run_action(action)
