"""Puts what was entered on disk and says how far it is: a writer with a thread of its own, and `Saving`.

The screen never waits for the disk and never pretends: it shows something as saved only when the writer says so.
What cannot be written now is tried again; what is refused is handed back. A screen in which something is entered owns
three things: its state, a writer, and a `Saving` that watches both.
"""

import re
from collections.abc import Callable, Mapping
from threading import Condition, Thread
from typing import Any, ClassVar, Protocol

from attrs import define, field
from textual.message import Message

from hiringkit.errors import HiringKitError, StoreUnreachable
from hiringkit.locale import _, say
from hiringkit.report.model import Tone
from hiringkit.text.clean import clean_line
from hiringkit.tui.dialogs.confirm import Confirm
from hiringkit.tui.screen import AppScreen

PAUSES = (0.25, 0.5, 1.0, 2.0)
"""Seconds before the next attempt."""


class Pending(Protocol):
    """Something to be written."""

    def joins(self, earlier: Any) -> bool:
        """Return whether it can be written in one go with what was entered before it."""

    def after(self, earlier: Any) -> Any:
        """Return both as one."""


class Saved(Message):
    """A change is on disk."""

    def __init__(self, change: Any, result: Any) -> None:
        super().__init__()
        self.change, self.result = change, result


class Delayed(Message):
    """A change cannot be written now; it is tried again."""

    def __init__(self, change: Any, error: HiringKitError) -> None:
        super().__init__()
        self.change, self.error = change, error


class Rejected(Message):
    """A change will never be written."""

    def __init__(self, change: Any, error: Exception) -> None:
        super().__init__()
        self.change, self.error = change, error


@define(eq=False)
class Writer:
    """A writer."""

    RETRIED: ClassVar[tuple[type[HiringKitError], ...]] = (StoreUnreachable,)
    """What a write raises that may pass."""
    GIVEN_UP: ClassVar[tuple[type[HiringKitError], ...]] = ()
    """What of it never passes."""
    LOOKS_EVERY: ClassVar[float | None] = None
    """Seconds without anything to write after which it looks at what others have written; None never looks."""

    post: Callable[[Message], Any]
    """Takes messages; called from the writer's thread."""
    _queue: list[Any] = field(factory=list, init=False)
    _changed: Condition = field(factory=Condition, init=False)
    _busy: bool = field(default=False, init=False)
    _closed: bool = field(default=False, init=False)

    def write(self, change: Any) -> Any:
        """Write a change to disk and return what is there; called from the writer's thread."""
        raise NotImplementedError

    def look(self) -> None:
        """Look at what others have written; called from the writer's thread while nothing is to be written."""

    def begin(self) -> None:
        """Start the writer."""
        Thread(target=self._run, name="writer", daemon=True).start()

    def put(self, change: Pending) -> None:
        """Have a change written after those before it, in one go with the last of them if it can be."""
        with self._changed:
            last = self._queue[-1] if self._queue[self._busy :] else None
            if last is not None and change.joins(last):
                self._queue[-1] = change.after(last)
            else:
                self._queue.append(change)
            self._changed.notify_all()

    @property
    def idle(self) -> bool:
        """Whether all is on disk or was refused."""
        with self._changed:
            return not self._queue

    def flush(self, seconds: float) -> bool:
        """Wait until all is on disk; False if it is not after that many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._queue, seconds)

    def close(self) -> None:
        """Stop; what is not on disk yet is given up."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _run(self) -> None:
        attempt = 0
        while (change := self._next()) is not None:
            try:
                result = self.write(change)
            except self.RETRIED as error:
                if isinstance(error, self.GIVEN_UP):
                    self._done(keep=False)
                    self.post(Rejected(change, error))
                    continue
                self._done(keep=True)
                self.post(Delayed(change, error))
                self._rest(PAUSES[min(attempt, len(PAUSES) - 1)])
                attempt += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, the screen has to say that it is not saved
                self._done(keep=False)
                self.post(Rejected(change, error))
            else:
                attempt = 0
                self._done(keep=False)
                self.post(Saved(change, result))

    def _next(self) -> Any:
        with self._changed:
            while not self._changed.wait_for(lambda: self._closed or self._queue, self.LOOKS_EVERY):
                self.look()
            if self._closed:
                return None
            self._busy = True
            return self._queue[0]

    def _done(self, *, keep: bool) -> None:
        with self._changed:
            self._busy = False
            if not keep:
                self._queue.pop(0)
            self._changed.notify_all()

    def _rest(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed, seconds)


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
            return _("NOT saved ({question}): {why}").format(question=what, why=clean_line(why)), Tone.BAD
        if self.delay is not None:
            return _("Not saved yet, trying again: {why}").format(
                why=clean_line(brief(say(self.delay.message)))
            ), Tone.CAUTION
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
        """Return whether everything is on disk; where it is not, ask before leaving."""
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
