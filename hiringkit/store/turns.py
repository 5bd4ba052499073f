"""Turns of the threads of one process that want to write."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from attrs import field, frozen

from hiringkit.errors import StoreUnreachable
from hiringkit.store.faults import CROWDED, LOCKED_HINT


@frozen(eq=False)
class Turns:
    """Lets one thread write at a time, in the order in which they came.

    Left to the database they would all hold a connection while they wait, so that reading waits for one, too; and
    neither SQLite nor the pool of connections lets whoever has waited longest go first.
    """

    patience: float
    """Seconds to wait for those who came before."""
    _waiting: deque[Event] = field(factory=deque)
    _lock: Lock = field(factory=Lock)

    @contextmanager
    def take(self, where: str) -> Iterator[None]:
        """Wait for one's turn, which lasts as long as the block.

        Args:
            where: The database's address, for messages.

        Raises:
            StoreUnreachable: It did not come in time.
        """
        mine = Event()
        self._change(self._waiting.append, mine)
        try:
            if not mine.wait(self.patience):
                raise StoreUnreachable(CROWDED.format(where=where), hint=LOCKED_HINT)
            yield
        finally:
            self._change(self._waiting.remove, mine)

    def _change(self, change: Callable[[Event], None], who: Event) -> None:
        with self._lock:
            change(who)
            if self._waiting:
                self._waiting[0].set()
