"""What a screen says about changes until they are on disk, and the question before anything would be lost.

A screen in which something is entered owns three things: its state, a writer, and a `Saving` that watches both.
"""

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from hiringkit.errors import HiringKitError
from hiringkit.locale import _, say
from hiringkit.report.model import Tone
from hiringkit.tui.dialogs.confirm import Confirm
from hiringkit.tui.screen import AppScreen
from hiringkit.tui.writer import Delayed, Writer

SOON = 0.06
"""Seconds that a change may take to be on disk before it is shown as being written."""
LATE = 0.3
"""Seconds after which something that is being written counts as not saved yet."""
PATIENCE = 1.0
"""Seconds that leaving waits for the disk."""


class Entered(Protocol):
    """What of a screen's state is not on disk."""

    @property
    def unsaved(self) -> bool:
        """Whether something is not on disk yet."""

    @property
    def refused(self) -> Mapping[str, str]:
        """Why something will never be on disk, by what it is of."""


class Saving:
    """How far a screen's changes are on disk.

    Args:
        screen: Whose changes they are.
        state: Where they stand.
        show_unsaved: Shows what is not on disk yet as not yet saved.
        show_status: Says what is saved and what is not.
    """

    def __init__(
        self,
        screen: AppScreen,
        state: Entered,
        show_unsaved: Callable[[], object],
        show_status: Callable[[], object],
    ) -> None:
        self.screen, self.state = screen, state
        self.show_unsaved, self.show_status = show_unsaved, show_status
        self.writer: Writer | None = None
        self.delay: HiringKitError | None = None
        self._late = False

    def begin(self, writer: Writer) -> None:
        """Have changes written from now on."""
        self.writer = writer
        writer.begin()

    def close(self) -> None:
        """Stop the writer."""
        if self.writer is not None:
            self.writer.close()

    def sentence(self, *, typing: bool = False) -> tuple[str, Tone | str] | None:
        """Say what is not on disk and why; None if everything is.

        Args:
            typing: Whether something was typed that the writer does not have yet.
        """
        if self.state.refused:
            what, why = next(iter(self.state.refused.items()))
            return _("NOT saved ({question}): {why}").format(question=what, why=why), Tone.BAD
        if self.delay is not None:
            return _("Not saved yet, trying again: {why}").format(why=brief(say(self.delay.message))), Tone.CAUTION
        if self.state.unsaved:
            return (_("Not saved yet …"), Tone.CAUTION) if self._late else (_("Saving …"), Tone.QUIET)
        return (_("Typing …"), Tone.QUIET) if typing else None

    def changed(self) -> None:
        """Take note of a change: it is shown as not saved, unless it is on disk at once."""
        self._late = False
        self.screen.set_timer(SOON, self._not_at_once)

    def _not_at_once(self) -> None:
        if self.state.unsaved:
            self.screen.set_timer(LATE - SOON, self._not_for_long)
            self.show_unsaved()

    def _not_for_long(self) -> None:
        self._late = self.state.unsaved
        self.show_status()

    def delayed(self, message: Delayed) -> None:
        """Take note that a change cannot be written now."""
        first, self.delay = self.delay is None, message.error
        if first:
            self.show_unsaved()
        else:
            self.show_status()

    def settled(self) -> None:
        """Take note that the writer got on: a change is on disk, or was refused."""
        self.delay = None

    def all_saved(self) -> bool:
        """Wait a moment for the disk; tell whether nothing is left to be written."""
        if self.writer is not None and not self.writer.flush(PATIENCE):
            return False
        return not self.state.refused

    def leave(self, go: Callable[[], object]) -> None:
        """Leave by calling `go`, after asking if something is not saved."""
        if self.all_saved():
            go()
            return

        def answered(anyway: bool | None) -> None:
            if anyway:
                go()

        lost = _("Something is not saved yet, and would be lost:") + "\n" + (self.sentence() or ("", ""))[0]
        self.screen.app.push_screen(Confirm(lost, _("leave all the same"), _("stay")), answered)

    def may_quit(self) -> bool:
        """Tell whether all is on disk; if not, ask."""
        if self.all_saved():
            return True
        self.leave(self.screen.app.exit)
        return False


def brief(sentence: str) -> str:
    """Return a sentence with files named without their folders and servers by their kind, to fit on a line."""
    return re.sub(r"(?<![^\s'\"])/(?:[^\s/]+/)+", "", re.sub(r"\b([a-z]+)[+a-z0-9]*://\S+", r"\1", sentence))


def why_not(error: Exception) -> str:
    """Say why something was refused."""
    return say(error.message) if isinstance(error, HiringKitError) else f"{type(error).__name__}: {error}"
