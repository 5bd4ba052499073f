"""What all pages share: store, clock, the addresses of things, what can be undone, how often codes are tried."""

import hmac
from base64 import urlsafe_b64encode
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Lock

from attrs import define, field, frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.links import login_of
from hiringkit.domain.audit import Via
from hiringkit.domain.interview import Rating
from hiringkit.domain.links import Login
from hiringkit.store.store import Store
from hiringkit.timezone import Clock
from hiringkit.web.handouts import Handouts
from hiringkit.web.own_place import OwnPlace
from hiringkit.web.site import Site
from hiringkit.web.uploads import Uploads

Terminal = Callable[[str, str, str, tuple[int, int]], tuple[Sequence[str], Mapping[str, str], bytes]]
"""What starts the terminal room: words, environment, and what it is sent before anything that is typed, which is the
key of an encrypted database; for interviewer, interview, language, columns and rows."""
_CODE_BYTES = 15
MOST_READERS = 8


@frozen
class UndoStep:
    """A rating as it was before somebody changed it."""

    before: Rating
    after: str
    """The version that the change made: if another one is there, somebody else has changed it since."""
    typing: bool
    """Whether it was saved while its writer was typing."""


@define
class UndoSteps:
    """What can be taken back, by who is signed in and interview; the oldest are forgotten."""

    MOST_INTERVIEWS = 500
    MOST_STEPS = 50
    _steps: OrderedDict[tuple[str, str], deque[UndoStep]] = field(factory=OrderedDict)
    _lock: Lock = field(factory=Lock)

    def add(self, who: str, interview: str, before: Rating, after: Rating, *, typing: bool) -> None:
        """Take note of a change.

        Args:
            who: The interviewer's id.
            interview: Its id.
            before: The rating before.
            after: The rating after.
            typing: Whether it was saved while its writer was typing: one such change after another is one step.
        """
        with self._lock:
            steps = self._steps.setdefault((who, interview), deque(maxlen=self.MOST_STEPS))
            self._steps.move_to_end((who, interview))
            while len(self._steps) > self.MOST_INTERVIEWS:
                self._steps.popitem(last=False)
            only_text = (before.value, before.probes) == (after.value, after.probes)
            goes_on = typing and only_text and steps and steps[-1].typing and steps[-1].after == before.version
            steps.append(UndoStep(steps.pop().before if goes_on else before, after.version, typing))

    def last(self, who: str, interview: str) -> UndoStep | None:
        """Return the last change that was not taken back."""
        with self._lock:
            steps = self._steps.get((who, interview))
            return steps[-1] if steps else None

    def drop(self, who: str, interview: str) -> None:
        """Forget the last change."""
        with self._lock:
            if steps := self._steps.get((who, interview)):
                steps.pop()


@define
class Sittings:
    """Which interview an address was found to stand for, and its questions, by the link of whoever asked.

    The oldest are forgotten. What is remembered may have changed since: whoever writes with it is held to what is on
    disk, and looks it up again where that refuses.
    """

    MOST = 2000
    _found: OrderedDict[tuple[int, str], tuple[str, tuple[str, ...]]] = field(factory=OrderedDict)
    _lock: Lock = field(factory=Lock)

    def remember(self, link: int, code: str, interview: str, kit: tuple[str, ...]) -> None:
        """Take note of an interview.

        Args:
            link: The number of the link that leads to it.
            code: What stands for it in addresses.
            interview: Its id.
            kit: The ids of its questions.
        """
        with self._lock:
            self._found[link, code] = interview, kit
            self._found.move_to_end((link, code))
            while len(self._found) > self.MOST:
                self._found.popitem(last=False)

    def find(self, link: int, code: str) -> tuple[str, tuple[str, ...]] | None:
        """Return an interview's id and kit, None where they are not remembered."""
        with self._lock:
            return self._found.get((link, code))


@define
class Attempts:
    """How often each client has tried a code lately."""

    MOST = 20
    SECONDS = 60
    MOST_CLIENTS = 10_000
    _tried: OrderedDict[str, deque[float]] = field(factory=OrderedDict)
    _lock: Lock = field(factory=Lock)

    def allowed(self, client: str, now: float) -> bool:
        """Take note of an attempt, and return whether it may be made."""
        with self._lock:
            times = self._tried.setdefault(client, deque(maxlen=self.MOST))
            self._tried.move_to_end(client)
            while len(self._tried) > self.MOST_CLIENTS:
                self._tried.popitem(last=False)
            if len(times) == self.MOST and now - times[0] < self.SECONDS:
                return False
            times.append(now)
            return True


@frozen
class Room:
    """What pages have to work with."""

    _store: Store | None
    site: Site
    clock: Clock
    key: str
    """Of the addresses of things."""
    language: str
    """For browsers that ask for none of ours."""
    new_token: Callable[[], str]
    """Makes a random token."""
    on_bug: Callable[[BaseException], object]
    """Writes down what must not happen."""
    readers: ThreadPoolExecutor = field(factory=lambda: ThreadPoolExecutor(MOST_READERS, "read"))
    """Answers those who only look: few at once, because more would only take turns."""
    writer: ThreadPoolExecutor = field(factory=lambda: ThreadPoolExecutor(1, "write"))
    """Answers everybody else, one after the other: who waits for a database's lock instead sleeps for longer than a
    write takes."""
    terminal: Terminal | None = None
    """None where interviews are held on pages alone."""
    terminals: set[int] = field(factory=set)
    """The programs that run, by process id."""
    undo: UndoSteps = field(factory=UndoSteps)
    sittings: Sittings = field(factory=Sittings)
    attempts: Attempts = field(factory=Attempts)
    handouts: Handouts = field(factory=Handouts)
    uploads: Uploads = field(factory=Uploads)
    own: OwnPlace | None = None
    """Where somebody's own answers are kept, if the server is theirs alone."""

    @property
    def store(self) -> Store:
        """The database, which a server for one person has not."""
        if self._store is None:
            raise AssertionError("a server for one person has no database")
        return self._store

    def login(self, token: str) -> Login | None:
        """Return who is signed in with a token."""
        return login_of(self.store, self.clock(), token) if token and self._store else None

    def actor(self, login: Login | None) -> Actor:
        """Return who acts."""
        return Actor(login.interviewer if login else "", self.clock, Via.WEB)

    def code(self, kind: str, *ids: str) -> str:
        """Return what stands for something in addresses: it can be neither guessed nor read.

        Args:
            kind: Such as `interview`.
            ids: What it is known by.
        """
        digest = hmac.digest(self.key.encode(), "\0".join((kind, *ids)).encode(), sha256)
        return urlsafe_b64encode(digest[:_CODE_BYTES]).decode()
