"""What an interview writes: every change goes to the disk at once, and its sign shows when it is there."""

from typing import TYPE_CHECKING

from attrs import evolve
from textual import on
from textual.widgets import TextArea

from hiringkit.actions.holding import Lock, Sitting
from hiringkit.actions.interviewing import KEEP
from hiringkit.errors import HiringKitError
from hiringkit.locale import say
from hiringkit.tui.recorder import Change, Delayed, Kept, Rejected
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
SOON = 0.06
"""Seconds that a change may take to be on disk before it is shown as being written."""
LATE = 0.3
"""Seconds after which something that is being written counts as not saved yet."""
PATIENCE = 1.0
"""Seconds that leaving waits for the disk."""


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
        self.late = False
        self.set_timer(SOON, lambda: self._show_open(change))

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

    def _show_open(self, change: Change) -> None:
        if change.question in self.sheet.pending:
            self.set_timer(LATE - SOON, self._grow_late)
            self.show_change(change)

    def _grow_late(self) -> None:
        self.late = bool(self.sheet.pending)
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

    # what the writer says

    @on(Kept)
    def _kept(self, message: Kept) -> None:
        self.delay = None
        if message.rating is not None:
            self.sheet.keep(message.change, message.rating)
            self.show_change(message.change)
        else:
            self.show_state()

    @on(Delayed)
    def _delayed(self, message: Delayed) -> None:
        self.delay = message.error
        self.show_state()

    @on(Rejected)
    def _rejected(self, message: Rejected) -> None:
        self.delay = None
        if message.change.rates:
            error = message.error
            why = say(error.message) if isinstance(error, HiringKitError) else f"{type(error).__name__}: {error}"
            self.sheet.refuse(message.change.question, why)
        self.read_again()

    def all_kept(self) -> bool:
        """Wait a moment for the disk; tell whether nothing is left to be written."""
        if self.recorder is not None and not self.recorder.flush(PATIENCE):
            return False
        return not self.sheet.refused

    def on_unmount(self) -> None:
        """Stop the writer."""
        if self.recorder is not None:
            self.recorder.close()
