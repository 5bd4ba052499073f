"""A level that is typed where digits are keys: at once where it can be no other, else after a moment or by Enter."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from hiringkit.domain.interview import Mark
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.tui.widgets.fields import LevelEntry

if TYPE_CHECKING:
    from textual.timer import Timer

WAIT = 1.2
"""Seconds after which a level is taken that another digit would turn into another one."""


class LevelDigits:
    """What was typed of a level.

    Args:
        screen: Whose keys the digits are.
        take: Takes a level.
        show: Called when what was typed so far is another one.
    """

    def __init__(
        self, screen: Screen[object], take: Callable[[LevelNumber], object], show: Callable[[], object]
    ) -> None:
        self._screen, self._take, self._show = screen, take, show
        self._entry = LevelEntry({})
        self._timer: Timer | None = None

    @property
    def text(self) -> str:
        """What was typed so far."""
        return self._entry.text

    def add(self, sign: str, levels: Sequence[LevelNumber]) -> bool:
        """Take a digit or a point in; False if no level goes on or begins with it."""
        names: dict[str, LevelNumber | Mark] = {write_level(level): level for level in levels}
        self._entry.names = names
        if not self._entry.add(sign):
            self.clear()
            if not self._entry.add(sign):
                return False
        if self._entry.final:
            self.enter()
        else:
            self._stop()
            if self._entry.value is not None:
                self._timer = self._screen.set_timer(WAIT, self.enter)
            self._show()
        return True

    def enter(self) -> bool:
        """Take what was typed, if it is a level; False if nothing was."""
        value = self._entry.value
        self.clear()
        if value is None or isinstance(value, Mark):
            return False
        self._take(value)
        return True

    def clear(self) -> None:
        """Forget what was typed."""
        self._stop()
        self._entry.clear()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


def begins_level(digit: str, levels: Sequence[LevelNumber]) -> bool:
    """Return whether a level is written with this digit at its beginning."""
    return any(write_level(level).startswith(digit) for level in levels)
