"""The parts of the anchors, to be ticked one by one."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from hiringkit.domain.level import write_level
from hiringkit.domain.self_assessment import Tick
from hiringkit.locale import _
from hiringkit.report.model import Tone
from hiringkit.text.typed import read_places
from hiringkit.tui.keys import bindings
from hiringkit.tui.safe import safe
from hiringkit.tui.widgets.fields import Line
from hiringkit.tui.widgets.page import Page


class TickList(ModalScreen[Sequence[Tick]]):
    """Offer every part of the anchors by number; going back keeps what is ticked."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog", "ticks")

    def __init__(self, offered: Sequence[Tick], ticked: Sequence[Tick]) -> None:
        super().__init__()
        self.offered = tuple(offered)
        self.ticked = {place for place, tick in enumerate(self.offered) if tick in ticked}

    def compose(self) -> ComposeResult:
        """Lay out the parts in the order of the levels, and a field for numbers."""
        with Vertical(classes="dialog wide"):
            yield Static(safe(_("What does your answer show?"), "bold"))
            yield Page(id="ticks")
            yield Static(
                safe(_("Numbers such as 1-4,7 and Enter tick or untick; Enter alone or Esc goes back."), Tone.QUIET)
            )
            yield Line(id="numbers")

    def on_mount(self) -> None:
        """Begin in the field."""
        self.show_parts()
        self.set_focus(self.query_one(Line))

    def show_parts(self) -> None:
        """Show what is ticked."""
        lines = [
            safe(f"{place + 1:2} {'[x]' if place in self.ticked else '[ ]'} {write_level(tick.level)}: {tick.clause}")
            for place, tick in enumerate(self.offered)
        ]
        self.query_one(Page).write(Content("\n").join(lines))

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        if not message.value.strip():
            self.action_cancel()
        elif (places := read_places(message.value, len(self.offered))) is not None:
            self.ticked ^= set(places)
            self.query_one(Line).value = ""
            self.show_parts()

    def action_cancel(self) -> None:
        """Go back with what is ticked, in the order of the levels."""
        self.dismiss([tick for place, tick in enumerate(self.offered) if place in self.ticked])

    def action_page(self, pages: int) -> None:
        """Scroll the parts."""
        self.query_one(Page).page(pages)
