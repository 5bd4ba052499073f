"""A question that is answered with yes or no."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from hiringkit.tui.keys import bindings
from hiringkit.tui.safe import safe


class Confirm(ModalScreen[bool]):
    """Ask before something that cannot be taken back."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self.question, self.yes, self.no = question, yes, no

    def compose(self) -> ComposeResult:
        """Lay out the question and both answers."""
        with Vertical(classes="dialog"):
            yield Static(safe(self.question, lines=True))
            with Horizontal(classes="buttons"):
                yield Button(safe(f"y {self.yes}"), id="yes", variant="warning")
                yield Button(safe(f"Esc {self.no}"), id="no")

    def on_mount(self) -> None:
        """Begin at the answer that changes nothing."""
        self.set_focus(self.query_one("#no", Button))

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        self.dismiss(message.button.id == "yes")

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(result=True)

    def action_cancel(self) -> None:
        """Answer no."""
        self.dismiss(result=False)
