"""A text that scrolls."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class Page(VerticalScroll, can_focus=False):
    """One text, longer than the screen if need be."""

    def compose(self) -> ComposeResult:
        """Hold the text."""
        yield Static(classes="page--text")

    def write(self, content: Content, *, top: bool = False, above: Content | None = None) -> None:
        """Show another text.

        Args:
            content: Made by `safe`.
            top: Whether to go back to its beginning.
            above: What stands above the place that should be in sight.
        """
        text = self.query_one(".page--text", Static)
        text.update(content)
        if top:
            self.scroll_home(animate=False)
        if above is not None and self.size.width:
            lines = above.get_height({}, self.scrollable_content_region.width) if above.plain else 0
            if not self.scroll_offset.y <= lines <= self.scroll_offset.y + self.size.height - 3:
                self.call_after_refresh(self.scroll_to, y=lines, animate=False)

    def page(self, pages: int) -> None:
        """Scroll by nearly what is in sight."""
        self.scroll_relative(y=pages * max(self.size.height - 2, 1), animate=False)
