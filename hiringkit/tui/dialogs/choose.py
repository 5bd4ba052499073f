"""A question that is answered by choosing from a list."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.tui.keys import bindings
from hiringkit.tui.safe import safe
from hiringkit.tui.widgets.listing import Heads, Listing, ListRow


class Choose(ModalScreen[str]):
    """Ask for one of several things; an empty answer means that nothing is done.

    Args:
        what: What it is about.
        choices: What each stands for, and its words.
        empty: What is said where there is nothing to choose from.
        leave: What Esc does, in words.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")

    def __init__(self, what: str, choices: Sequence[tuple[str, str]], *, empty: str = "", leave: str = "") -> None:
        super().__init__()
        self.what, self.choices, self.empty, self.leave = what, choices, empty, leave

    def compose(self) -> ComposeResult:
        """Lay out the question and what there is to choose from."""
        leave = self.leave or _("Esc leaves everything as it is.")
        with Vertical(classes="dialog choose"):
            yield Static(safe(self.what, "bold", lines=True))
            yield Listing(id="choices")
            yield Static(safe(_("Enter or a click chooses.") + " " + leave, Tone.QUIET))

    def on_mount(self) -> None:
        """Fill the list and begin in it."""
        listing = self.query_one(Listing)
        rows = [ListRow(key, (safe(words),)) for key, words in self.choices]
        listing.fill([Heads("")], rows, empty=self.empty)
        listing.styles.height = min(max(len(rows), 1) + listing.head_height, 14)
        self.set_focus(listing)

    @on(Listing.Chosen)
    def _chosen(self, message: Listing.Chosen) -> None:
        self.dismiss(message.key)

    def on_key(self, event: events.Key) -> None:
        """Choose by Enter."""
        if event.key == "enter":
            event.stop()
            self.query_one(Listing).action_choose()

    def action_cancel(self) -> None:
        """Leave everything as it is."""
        self.dismiss("")
