"""A question that is answered in one line."""

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


class Ask(ModalScreen[str]):
    """Ask for a line; None means that nothing is done."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")

    def __init__(self, what: str, question: str, value: str = "") -> None:
        super().__init__()
        self.what, self.question, self.value = what, question, value

    def compose(self) -> ComposeResult:
        """Lay out what it is about, the question and a field."""
        with Vertical(classes="dialog"):
            yield Static(safe(self.what, "bold", lines=True))
            yield Static(safe(self.question))
            yield Line(self.value, id="answer")
            yield Static(safe(_("Enter does it, Esc leaves everything as it is."), Tone.QUIET))

    def on_mount(self) -> None:
        """Begin in the field."""
        self.set_focus(self.query_one(Line))

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        self.dismiss(message.value.strip())

    def action_cancel(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)
