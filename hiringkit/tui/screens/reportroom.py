"""A report, as the command line prints it, to scroll through."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content

from hiringkit.report.model import Report
from hiringkit.report.render.text import render
from hiringkit.tui.keys import bindings
from hiringkit.tui.safe import safe
from hiringkit.tui.screens.room import Room
from hiringkit.tui.widgets.page import Page

LEAST = 40


class ReportRoom(Room):
    """One report.

    Args:
        make: Makes the report in a language, and may refuse.
    """

    ROOM = "report"
    BINDINGS = bindings("report")

    def __init__(self, make: Callable[[str], Report]) -> None:
        super().__init__()
        self.make = make

    def body(self) -> ComposeResult:
        """Lay out one page."""
        yield Page(id="report")

    def show_all(self) -> None:
        """Write the page as wide as there is room."""
        report = self.make(self.hall.language)
        self.head(report.title)
        lines = render(report, "table", width=max(self.size.width - 4, LEAST)).split("\n")[3:]
        self.query_one(Page).write(Content("\n").join(_line(line) for line in lines))

    def on_resize(self) -> None:
        """Draw it anew."""
        if self.is_mounted:
            self.say_again()

    def action_page(self, pages: int) -> None:
        """Scroll."""
        self.query_one(Page).page(pages)


def _line(line: str) -> Content:
    """Return a line with the blanks at its beginning, which line up its columns."""
    return Content.assemble(Content(" " * (len(line) - len(line.lstrip(" ")))), safe(line.lstrip(" "), lines=True))
