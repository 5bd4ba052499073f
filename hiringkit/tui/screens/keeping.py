"""What rooms share in which something is entered: what is not on disk stays on the screen, and leaving asks first."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on

from hiringkit.errors import HiringKitError
from hiringkit.locale import _, say
from hiringkit.report.model import Tone
from hiringkit.tui.dialogs.confirm import Confirm
from hiringkit.tui.keeper import Delayed
from hiringkit.tui.screens.room import Room

if TYPE_CHECKING:
    from textual.timer import Timer

    from hiringkit.tui.keeper import Keeper

SOON = 0.06
"""Seconds that a change may take to be on disk before it is shown as being written."""
LATE = 0.3
"""Seconds after which something that is being written counts as not saved yet."""
PATIENCE = 1.0
"""Seconds that leaving waits for the disk."""


class KeepingRoom(Room):
    """A room with a writer."""

    def __init__(self) -> None:
        super().__init__()
        self.recorder: Keeper | None = None
        self.delay: HiringKitError | None = None
        self.late = False
        self.typed: Timer | None = None

    @property
    def pending(self) -> bool:
        """Whether something is not on disk yet."""
        raise NotImplementedError

    @property
    def refused(self) -> dict[str, str]:
        """Why something will never be on disk, by what it is of."""
        raise NotImplementedError

    def write_down(self) -> None:
        """Have what was typed written."""
        raise NotImplementedError

    def show_state(self) -> None:
        """Say what is saved and what is not."""
        raise NotImplementedError

    def show_open(self) -> None:
        """Show what is not on disk yet as not yet saved."""
        raise NotImplementedError

    @on(Delayed)
    def _delayed(self, message: Delayed) -> None:
        first, self.delay = self.delay is None, message.error
        if first:
            self.show_open()
        else:
            self.show_state()

    def unsaved(self) -> tuple[str, Tone | str] | None:
        """Say what is not on disk and why; None if everything is."""
        if self.refused:
            what, why = next(iter(self.refused.items()))
            return _("NOT saved ({question}): {why}").format(question=what, why=why), Tone.BAD
        if self.delay is not None:
            return _("Not saved yet, trying again: {why}").format(why=brief(say(self.delay.message))), Tone.CAUTION
        if self.pending:
            return (_("Not saved yet …"), Tone.CAUTION) if self.late else (_("Saving …"), Tone.QUIET)
        return (_("Typing …"), Tone.QUIET) if self.typed is not None else None

    def watch_change(self) -> None:
        """Show what was entered just now as not saved, unless it is on disk at once."""
        self.late = False
        self.set_timer(SOON, self._show_open)

    def _show_open(self) -> None:
        if self.pending:
            self.set_timer(LATE - SOON, self._grow_late)
            self.show_open()

    def _grow_late(self) -> None:
        self.late = self.pending
        self.show_state()

    def all_kept(self) -> bool:
        """Wait a moment for the disk; tell whether nothing is left to be written."""
        if self.recorder is not None and not self.recorder.flush(PATIENCE):
            return False
        return not self.refused

    def leave(self) -> None:
        """Go back, unless something is not saved."""
        self._unless_unsaved(super().leave)

    def may_quit(self) -> bool:
        """Tell whether all is on disk; if not, ask."""
        self.write_down()
        if self.all_kept():
            return True
        self._unless_unsaved(self.app.exit)
        return False

    def _unless_unsaved(self, go: Callable[[], object]) -> None:
        if self.all_kept():
            go()
            return

        def answered(anyway: bool | None) -> None:
            if anyway:
                go()

        lost = _("Something is not saved yet, and would be lost:") + "\n" + (self.unsaved() or ("", ""))[0]
        self.app.push_screen(Confirm(lost, _("leave all the same"), _("stay")), answered)

    def on_unmount(self) -> None:
        """Stop the writer."""
        if self.recorder is not None:
            self.recorder.close()


def brief(sentence: str) -> str:
    """Return a sentence with files named without their folders and servers by their kind, to have room on a line."""
    return re.sub(r"(?<![^\s'\"])/(?:[^\s/]+/)+", "", re.sub(r"\b([a-z]+)[+a-z0-9]*://\S+", r"\1", sentence))


def why_not(error: Exception) -> str:
    """Say why something was refused."""
    return say(error.message) if isinstance(error, HiringKitError) else f"{type(error).__name__}: {error}"
