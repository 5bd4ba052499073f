"""A report, as the command line prints it, to scroll through."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content

from hiringkit.report.model import Report
from hiringkit.report.render.text import render
from hiringkit.tui.keys import Key, bindings
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
        can_import: Whether it shows what an import would bring, which a key then carries out; the screen's result says
            whether it was pressed.
    """

    KEYS = "report"
    BINDINGS = bindings("report")

    def __init__(self, session: TuiSession, make: Callable[[str], Report], *, can_import: bool = False) -> None:
        super().__init__(session)
        self.make, self.can_import = make, can_import

    def body(self) -> ComposeResult:
        """Lay out one page."""
        yield Page(id="report")

    def show_all(self) -> None:
        """Write the page as wide as the screen."""
        report = self.make(self.session.language)
        self.head(report.title)
        lines = render(report, "table", width=max(self.size.width - 4, LEAST)).split("\n")[3:]
        self.query_one(Page).write(Content("\n").join(_line(line) for line in lines))

    def on_resize(self) -> None:
        """Draw it anew."""
        if self.is_mounted:
            self.show_again()

    def offers(self, key: Key) -> bool:
        """Leave out the import where there is nothing to be imported."""
        return self.can_import or key.id != "report-import"

    def action_carry_out(self) -> None:
        """Import what is shown."""
        if self.can_import:
            self.dismiss(result=True)

    def action_page(self, pages: int) -> None:
        """Scroll."""
        self.query_one(Page).page(pages)


def _line(line: str) -> Content:
    """Return a line with the blanks at its beginning, which line up its columns."""
    return Content.assemble(Content(" " * (len(line) - len(line.lstrip(" ")))), safe(line.lstrip(" "), lines=True))
