"""Writes what was entered, in a thread of its own, in order, until it is on disk.

The screen never waits for the disk and never pretends: it shows something as saved only when this says so.
What cannot be written now is tried again; what is refused is handed back.
"""

from collections.abc import Callable
from threading import Condition, Thread
from typing import Any, ClassVar, Protocol

from attrs import define, field
from textual.message import Message

from hiringkit.errors import HiringKitError, StoreUnreachable

PAUSES = (0.25, 0.5, 1.0, 2.0)
"""Seconds before the next attempt."""


class Pending(Protocol):
    """Something to be written."""

    def joins(self, earlier: Any) -> bool:
        """Tell whether it can be written in one go with what was entered before it."""

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

    post: Callable[[Message], Any]
    """Takes messages; called from the writer's thread."""
    _queue: list[Any] = field(factory=list, init=False)
    _changed: Condition = field(factory=Condition, init=False)
    _busy: bool = field(default=False, init=False)
    _closed: bool = field(default=False, init=False)

    def write(self, change: Any) -> Any:
        """Write a change to disk and return what is there; called from the writer's thread."""
        raise NotImplementedError

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
            self._changed.wait_for(lambda: self._closed or self._queue)
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
