"""A report, as the command line prints it, to scroll through."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content

from hiringkit.report.model import Report
from hiringkit.report.render.text import render
from hiringkit.tui.keys import bindings
from hiringkit.tui.safe import safe
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.session import TuiSession
from hiringkit.tui.widgets.page import Page

LEAST = 40


class ReportScreen(AppScreen):
    """One report.

    Args:
        session: Of the run.
        make: Makes the report in a language, and may refuse.
    """

    KEYS = "report"
    BINDINGS = bindings("report")

    def __init__(self, session: TuiSession, make: Callable[[str], Report]) -> None:
        super().__init__(session)
        self.make = make

    def body(self) -> ComposeResult:
        """Lay out one page."""
        yield Page(id="report")

    def show_all(self) -> None:
        """Write the page as wide as the screen."""
        write_report(self, self.make(self.session.language))

    def on_resize(self) -> None:
        """Draw it anew."""
        if self.is_mounted:
            self.show_again()

    def action_page(self, pages: int) -> None:
        """Scroll."""
        self.query_one(Page).page(pages)


def write_report(screen: AppScreen, report: Report) -> None:
    """Write a report on a screen's page, as wide as the screen."""
    screen.head(report.title)
    lines = render(report, "table", width=max(screen.size.width - 4, LEAST)).split("\n")[3:]
    screen.query_one(Page).write(Content("\n").join(_line(line) for line in lines))


def _line(line: str) -> Content:
    """Return a line with the blanks at its beginning, which line up its columns."""
    return Content.assemble(Content(" " * (len(line) - len(line.lstrip(" ")))), safe(line.lstrip(" "), lines=True))
