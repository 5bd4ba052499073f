"""What an interview writes: every change goes to the disk at once, and its sign shows when it is there."""

from typing import TYPE_CHECKING

from attrs import evolve
from textual import on
from textual.widgets import TextArea

from hiringkit.actions.interviews import KEEP, Lock, Sitting
from hiringkit.tui.keeper import Kept, Rejected
from hiringkit.tui.recorder import Change
from hiringkit.tui.screens.keeping import why_not
from hiringkit.tui.screens.sitting import SittingRoom, lock_word
from hiringkit.tui.widgets.fields import Evidence

if TYPE_CHECKING:
    from textual.timer import Timer

PAUSE = 0.5
"""Seconds without a key after which evidence is written."""
LONGEST_PAUSE = 5.0
"""Seconds after which it is written even while one types on."""
KEEPING_TIME = 20.0
"""Seconds after which the clock is written even where nothing is rated."""


class WritingRoom(SittingRoom):
    """One interview, with what keeps it."""

    def __init__(self, identity: str) -> None:
        super().__init__(identity)
        self.typed_on: Timer | None = None
        self.undo_typing = True

    def _begin(self, sitting: Sitting) -> None:
        super()._begin(sitting)
        self.set_interval(KEEPING_TIME, self.keep_time)

    # changing

    def change(self, change: Change, *, undoable: bool = True) -> None:
        """Have a change written and show it as not yet saved."""
        if self.recorder is None:
            return
        self.sheet.change(change, undoable=undoable)
        self.put(change)
        self.watch_change()

    def put(self, change: Change) -> None:
        """Hand a change to the writer, and with it the time that has gone by."""
        if self.recorder is not None:
            self.recorder.put(evolve(change, seconds=self.stopwatch.news()))

    def keep_time(self) -> None:
        """Have the clock written."""
        if self.recorder is not None and self.barred is Lock.OPEN and self.stopwatch.running:
            self.put(Change(self.question_id))

    def show_change(self, change: Change) -> None:
        """Show what a change touches."""
        if change.question == self.question_id:
            if change.value is not KEEP:
                self.show_anchors()
            if change.probes is not None:
                self.show_probes()
        self.show_kit()
        self.show_state()

    def show_open(self) -> None:
        """Show what is not on disk yet as not yet saved."""
        self.show_probes()
        self.show_anchors()
        self.show_kit()
        self.show_state()

    def may_change(self) -> bool:
        """Tell whether it may be rated; if not, say why."""
        if self.barred is Lock.OPEN:
            return True
        self.tell(lock_word(self.barred))
        return False

    # evidence

    def action_evidence(self) -> None:
        """Write evidence."""
        if self.may_change():
            self.set_focus(self.query_one(Evidence))

    @on(TextArea.Changed, "#evidence")
    def _evidence_changed(self) -> None:
        evidence = self.query_one(Evidence)
        if evidence.text == evidence.loaded or self.barred is not Lock.OPEN:
            return
        if self.typed is not None:
            self.typed.stop()
        self.typed = self.set_timer(PAUSE, self.write_evidence)
        if self.typed_on is None:
            self.typed_on = self.set_timer(LONGEST_PAUSE, self.write_evidence)
        self.show_state()

    def write_evidence(self) -> None:
        """Have what was typed written."""
        for timer in (self.typed, self.typed_on):
            if timer is not None:
                timer.stop()
        self.typed = self.typed_on = None
        evidence = self.query_one(Evidence)
        if self.barred is not Lock.OPEN or evidence.text == evidence.loaded:
            return
        evidence.loaded = evidence.text
        self.change(Change(self.question_id, evidence=evidence.text), undoable=self.undo_typing)
        self.undo_typing = False

    def write_down(self) -> None:
        """Have what was typed written, and the time that has gone by."""
        self.write_evidence()
        self.keep_time()

    # what the writer says

    @on(Kept)
    def _kept(self, message: Kept) -> None:
        self.delay = None
        if message.result is not None:
            self.sheet.keep(message.change, message.result)
            self.show_change(message.change)
        else:
            self.show_state()

    @on(Rejected)
    def _rejected(self, message: Rejected) -> None:
        self.delay = None
        if message.change.rates:
            self.sheet.refuse(message.change.question, why_not(message.error))
        self.read_again()
