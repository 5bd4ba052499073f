"""What was handed to candidates to read in a browser of their own: by links that nobody can guess and that soon end."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from attrs import define, field, frozen

from hiringkit.domain.question import Exhibit

LASTS = timedelta(hours=2)
"""How long a link leads there: an interview and some."""


@frozen
class Handout:
    """Exhibits that somebody without a login may read."""

    exhibits: tuple[Exhibit, ...]
    until: datetime


@define
class Handouts:
    """What was handed out, by token; it ends with the server, and the oldest are forgotten."""

    MOST = 1000
    _kept: OrderedDict[str, Handout] = field(factory=OrderedDict)
    _lock: Lock = field(factory=Lock)

    def add(self, token: str, exhibits: tuple[Exhibit, ...], now: datetime) -> Handout:
        """Hand exhibits out under a token."""
        handout = Handout(exhibits, now + LASTS)
        with self._lock:
            self._kept[token] = handout
            while len(self._kept) > self.MOST:
                self._kept.popitem(last=False)
        return handout

    def find(self, token: str, now: datetime) -> Handout | None:
        """Return what a token leads to now."""
        with self._lock:
            handout = self._kept.get(token)
        return handout if handout and now < handout.until else None
