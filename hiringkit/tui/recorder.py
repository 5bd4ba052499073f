"""Writes what was rated, in a thread of its own, in order, until it is on disk.

The screen never waits for the disk and never pretends: it shows a rating as kept only when this says so.
What cannot be written now is tried again; what is refused is handed back.
"""

from collections.abc import Callable, Mapping
from threading import Condition, Thread
from typing import Any

from attrs import define, field, frozen
from textual.message import Message

from hiringkit.actions.interviewing import KEEP, Given, go_to, rate
from hiringkit.actions.recording import Actor
from hiringkit.domain.interview import Rating
from hiringkit.errors import HiringKitError, StoreUnreachable
from hiringkit.store.store import Store

PAUSES = (0.25, 0.5, 1.0, 2.0)
"""Seconds before the next attempt."""


@frozen
class Change:
    """What is to be written about one question, all of it or only the place."""

    question: str
    value: Given = KEEP
    evidence: str | None = None
    probes: tuple[int, ...] | None = None
    seconds: Mapping[str, int] = field(factory=dict, hash=False)
    """How long questions have taken so far, those that have gone on since the change before."""

    @property
    def rates(self) -> bool:
        """Whether it is more than the place where the interview goes on."""
        return self.value is not KEEP or self.evidence is not None or self.probes is not None

    def after(self, earlier: "Change") -> "Change":
        """Return both changes as one; they are of the same question, or the earlier one is only a place."""
        return Change(
            self.question,
            earlier.value if self.value is KEEP else self.value,
            earlier.evidence if self.evidence is None else self.evidence,
            earlier.probes if self.probes is None else self.probes,
            {**earlier.seconds, **self.seconds},
        )


class Kept(Message):
    """A change is on disk."""

    def __init__(self, change: Change, rating: Rating | None) -> None:
        super().__init__()
        self.change, self.rating = change, rating


class Delayed(Message):
    """A change cannot be written now; it is tried again."""

    def __init__(self, change: Change, error: HiringKitError) -> None:
        super().__init__()
        self.change, self.error = change, error


class Rejected(Message):
    """A change will never be written."""

    def __init__(self, change: Change, error: Exception) -> None:
        super().__init__()
        self.change, self.error = change, error


@define(eq=False)
class Recorder:
    """The writer of one interview."""

    store: Store
    actor: Actor
    identity: str
    post: Callable[[Message], Any]
    """Takes messages; called from the writer's thread."""
    _queue: list[Change]
    _changed: Condition
    _busy: bool = False
    _closed: bool = False

    @classmethod
    def begin(cls, store: Store, actor: Actor, identity: str, post: Callable[[Message], Any]) -> "Recorder":
        """Start the writer."""
        recorder = cls(store, actor, identity, post, [], Condition())
        Thread(target=recorder._run, name=f"recorder of {identity}", daemon=True).start()
        return recorder

    def put(self, change: Change) -> None:
        """Have a change written after those before it; two of one question become one, and so do two places."""
        with self._changed:
            last = self._queue[-1] if self._queue[self._busy :] else None
            if last is not None and (last.question == change.question or not last.rates):
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
                rating = self._write(change)
            except StoreUnreachable as error:
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
                self.post(Kept(change, rating))

    def _next(self) -> Change | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._queue)
            if self._closed:
                return None
            self._busy = True
            return self._queue[0]

    def _write(self, change: Change) -> Rating | None:
        if not change.rates:
            go_to(self.store, self.actor, self.identity, change.question, seconds=change.seconds)
            return None
        return rate(
            self.store,
            self.actor,
            self.identity,
            change.question,
            value=change.value,
            evidence=change.evidence,
            probes=change.probes,
            seconds=change.seconds,
        )

    def _done(self, *, keep: bool) -> None:
        with self._changed:
            self._busy = False
            if not keep:
                self._queue.pop(0)
            self._changed.notify_all()

    def _rest(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed, seconds)
