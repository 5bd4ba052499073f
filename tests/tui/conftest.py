"""The real interface on a real database file, driven by keys, and read as text."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve
from textual import _wait, events
from textual.pilot import Pilot

from hiringkit.actions.audit import Actor
from hiringkit.actions.demo import create_demo
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.interview import Rating
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings, speak
from hiringkit.store import interviews
from hiringkit.store.store import Store, open_store
from hiringkit.timezone import Clock
from hiringkit.tui.app import HiringKitApp
from hiringkit.tui.widgets.fields import EvidenceField

# How long Textual's pilot sleeps to see whether the process is idle, several times for every key. `Hand.settle` waits
# for states, so that looking more often loses nothing.
_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.002, 0.0005

PAINT = 1 / 50
"""Seconds within which Textual paints what has changed: it does so sixty times a second."""
NARROW = (80, 24)
KIT = ("bottlenecks", "forecast-miss")
HOSTILE = "[/dev/null] [bold]x\x1b]0;owned\x07\x9b31m \u202eevil 李文静"
"""A name that is markup, a title escape, a C1 sequence and a bidirectional override."""


@pytest.fixture(scope="session")
def library() -> Library:
    """The rubrics and banks that ship."""
    return Library(load_settings({}, {}).roots)


@pytest.fixture
def clock() -> Clock:
    """A clock that ticks once a second."""
    seconds = count()
    return lambda: datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))


@pytest.fixture
def acting(clock: Clock) -> Callable[[str], Actor]:
    """Make an actor of an id or e-mail."""
    return lambda who: Actor(who, clock)


def fill_panel(store: Store, library: Library, actor: Actor, *, names: tuple[str, str] = ("Ada", "Bo")) -> None:
    """Make an opening with two candidates and two interviewers; Joe's scorecard of the first is in."""
    create_opening(store, library, actor, "som", "sales-operations-manager", title=f"Manager {names[0]}")
    add_candidates(store, actor, "som", [Candidate("ada", names[0], note=names[0]), Candidate("bo", names[1])])
    people = [Interviewer("ivy", f"Ivy {names[0]}", "ivy@firm.example"), Interviewer("joe", "Joe", "joe@firm.example")]
    add_interviewers(store, actor, people)
    for candidate in ("ada", "bo"):
        schedule_interviews(store, actor, "som", candidate, ["ivy", "joe"], questions=KIT)
    joe = evolve(actor, who="joe")
    for candidate, level in (("ada", 2), ("bo", 4)):
        for question in KIT:
            rate(store, joe, f"som/{candidate}/joe", question, value=level, evidence=f"heard {names[0]}")
        submit(store, joe, f"som/{candidate}/joe", recommendation="yes", summary=f"because {names[0]}")


@pytest.fixture
def filled(library: Library, acting: Callable[[str], Actor]) -> Callable[[Store], None]:
    """Put the opening `som` into a store."""
    return lambda store: fill_panel(store, library, acting(""))


def made_once(folder: Path, fill: Callable[[Store, Actor], None]) -> Path:
    """Make a database to be copied by each test."""
    path = folder / "made.db"
    with open_store(str(path), create=True) as store:
        fill(store, Actor("", lambda: datetime(2026, 1, 5, 9, tzinfo=UTC)))
    return path


@pytest.fixture(scope="session")
def panel_file(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """A database with the opening `som`."""
    return made_once(tmp_path_factory.mktemp("panel"), lambda store, actor: fill_panel(store, library, actor))


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """The same, with hostile text wherever people write."""
    names = (HOSTILE, "名" * 30)
    return made_once(
        tmp_path_factory.mktemp("hostile"), lambda store, actor: fill_panel(store, library, actor, names=names)
    )


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """A database with the demo."""
    return made_once(tmp_path_factory.mktemp("demo"), lambda store, actor: create_demo(store, library, actor))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[Path], Store]]:
    """Open a copy of a database."""
    stores = []

    def open_copy(path: Path) -> Store:
        copy = tmp_path / "test.db"
        shutil.copy(path, copy)
        stores.append(open_store(str(copy), busy_timeout=0.2))
        return stores[-1]

    yield open_copy
    for store in stores:
        store.close()
    speak("en")


@pytest.fixture
def panel(opened: Callable[[Path], Store], panel_file: Path) -> Store:
    """The opening `som`."""
    return opened(panel_file)


@pytest.fixture
def demo(opened: Callable[[Path], Store], demo_file: Path) -> Store:
    """The demo."""
    return opened(demo_file)


@define(eq=False)
class Hand:
    """Fingers and eyes on a running app."""

    app: HiringKitApp
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys, each done with and painted before the next."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    def enter(self, text: str) -> None:
        """Type text as fast as keys can come, without waiting for it to arrive."""
        for sign in text:
            self.app.post_message(events.Key(sign, sign))

    async def type(self, text: str) -> None:
        """Type text as fast as keys can come, and wait until it has arrived."""
        self.enter(text)
        await self.settle()

    async def settle(self, seconds: float = 30.0) -> None:
        """Wait until no thread computes, nothing is left to be written, and the screen is painted the same twice."""
        end, shown = time.monotonic() + seconds, ""
        while True:
            was_idle = self.idle
            await self.pilot.pause()
            now = self.text if was_idle and self.idle else ""
            if now and now == shown:
                return
            shown = now
            assert time.monotonic() < end, f"still at work:\n{self.text}"
            await self.app.workers.wait_for_complete()
            await asyncio.sleep(PAINT)

    async def rest(self, seconds: float = 30.0) -> None:
        """Wait until all that was typed is on disk, and the screen says so."""
        end = time.monotonic() + seconds
        while any(field.typed for screen in self.app.screen_stack for field in screen.query(EvidenceField)):
            assert time.monotonic() < end, f"not written:\n{self.text}"
            await asyncio.sleep(0.02)
        await self.settle()

    @property
    def idle(self) -> bool:
        """Whether no thread computes or writes, and the screens know it."""
        written = all(all_written(screen) for screen in self.app.screen_stack)
        return written and not any(worker.is_running for worker in self.app.workers)

    async def until(self, wanted: str, seconds: float = 10.0) -> None:
        """Wait until the screen shows something."""
        for _ in range(int(seconds / 0.02)):
            if wanted in self.text:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{wanted!r} did not appear:\n{self.text}")

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    @property
    def note(self) -> str:
        """What the note of the interview says."""
        return str(self.app.screen.query_one(EvidenceField).text)

    @property
    def words(self) -> str:
        """What the screen shows, on one line and with single blanks: for what may be wrapped."""
        return " ".join(self.text.split())

    @property
    def screen(self) -> Any:
        """The screen in front."""
        return self.app.screen


def all_written(screen: object) -> bool:
    """Return whether a screen knows that nothing of it is left to be written."""
    saving = getattr(screen, "saving", None)
    if saving is None or saving.writer is None:
        return True
    return bool(saving.writer.idle) and not (saving.state.unsaved and not saving.state.refused)


@pytest.fixture
def play(acting: Callable[[str], Actor]) -> Callable[..., None]:
    """Run the app on a store, and a script of keys on it; `interview` and `tab` say where to begin.

    Unless `who` says who acts, it is the interviewer of `interview`, else a recruiter.
    """

    def run(
        store: Store | None,
        script: Callable[[Hand], Awaitable[None]],
        *,
        who: str | None = None,
        size: tuple[int, int] = NARROW,
        interview: str = "",
        tab: str = "",
        **more: Any,
    ) -> None:
        own = interview.rpartition("/")[2]
        app = HiringKitApp(store, acting(own if who is None else who), **more)

        async def begin() -> None:
            async with app.run_test(size=size, notifications=True) as pilot:
                hand = Hand(app, pilot)
                await hand.settle()
                if interview:
                    app.show_interview(interview)
                elif tab:
                    app.show_opening("som", tab)
                await hand.settle()
                await script(hand)

        asyncio.run(begin())

    return run


@pytest.fixture
def on_disk() -> Callable[..., Rating]:
    """Read a rating back from the database."""

    def read(store: Store, question: str, interview: str = "som/ada/ivy") -> Rating:
        with store.read() as tx:
            found = interviews.find(tx, interview)
        assert found is not None
        return found.rating(question)

    return read
