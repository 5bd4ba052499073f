"""Bars of one line: the heading, tabs and the footer; what they name can be clicked."""

from collections.abc import Sequence

from attrs import frozen
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from hiringkit.text.cells import cut
from hiringkit.tui.safe import blanks, safe

NARROW = 98


@frozen
class Item:
    """One thing on a bar."""

    label: Content
    action: str = ""
    """What a click does; nothing if empty."""
    weight: int = 0
    """Where it is narrow, those with the highest weight give way first."""


class Bar(Widget):
    """Items side by side on one line, as many as fit."""

    items: reactive[tuple[Item, ...]] = reactive(())

    @property
    def gap(self) -> int:
        """Blanks between items."""
        return 1 if self.content_size.width < NARROW else 2

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take the whole width."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take one line."""
        return 1

    def render(self) -> Content:
        """Return the items that fit."""
        return blanks(self.gap).join(item.label for item in self.fitting())

    def fitting(self) -> list[Item]:
        """Return the items that fit into the width, those of the least weight first in line."""
        kept: set[int] = set()
        left = self.content_size.width + self.gap
        for position, item in sorted(enumerate(self.items), key=lambda each: each[1].weight):
            left -= item.label.cell_length + self.gap
            if left < 0:
                break
            kept.add(position)
        return [item for position, item in enumerate(self.items) if position in kept]

    async def on_click(self, event: events.Click) -> None:
        """Do what the item under the pointer names."""
        left = 0
        offset = event.get_content_offset(self)
        for item in self.fitting():
            right = left + item.label.cell_length
            if item.action and offset is not None and left <= offset.x < right:
                await self.screen.run_action(item.action)
                return
            left = right + self.gap


class Heading(Widget):
    """What is shown, and on the right how it stands."""

    left: reactive[Content] = reactive(Content(""))
    right: reactive[Content] = reactive(Content(""))

    def render(self) -> Content:
        """Return both ends; where they do not fit, the left one is cut."""
        width = self.content_size.width
        most = max(width - self.right.cell_length - 2, 8)
        left = self.left if self.left.cell_length <= most else safe(cut(self.left.plain, most))
        return Content.assemble(left, blanks(width - left.cell_length - self.right.cell_length), self.right)


def tabs(labels: Sequence[tuple[str, str]], active: str) -> tuple[Item, ...]:
    """Return the items of a bar of tabs, numbered.

    Args:
        labels: Id and label of each.
        active: The id of the one that is open; it is marked by brackets, not by colour alone.
    """

    def item(number: int, identity: str, label: str) -> Item:
        text = f"{number} {label}"
        shown = safe(f"[{text}]", "bold reverse") if identity == active else Content.assemble(" ", safe(text), " ")
        return Item(shown, f"tab('{identity}')", 0 if identity == active else number)

    return tuple(item(number, *each) for number, each in enumerate(labels, 1))
