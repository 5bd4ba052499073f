"""An amendment: the new rating, and why."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.tui.keys import bindings
from hiringkit.tui.safe import safe
from hiringkit.tui.widgets.fields import Line


class Amending(ModalScreen[str]):
    """Ask for the reason of an amendment; an empty answer means none."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def compose(self) -> ComposeResult:
        """Lay out what changes, and a field for the reason."""
        with Vertical(classes="dialog"):
            yield Static(safe(self.what, "bold", lines=True))
            yield Static(safe(_("The scorecard before is kept. Why is it amended?")))
            yield Line(id="reason")
            yield Static(safe(_("Enter amends, Esc leaves it as it is."), Tone.QUIET))

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        self.dismiss(message.value.strip())

    def action_yes(self) -> None:
        """Do nothing: y belongs to the field."""

    def action_cancel(self) -> None:
        """Leave it as it is."""
        self.dismiss("")
