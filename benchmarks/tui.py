"""How quick the terminal interface is, driven by keys on a real database file.

    python benchmarks/tui.py [--candidates 50] [--keys 200] [--many 500]

Prints the first paint of an opening with 50 candidates (aim: 0.5 s), the time from a key to its rating on disk and
painted (aim: 50 ms at the 95th percentile, 16 ms of it ours), and how long a step of scrolling takes in Compare
with 500 candidates and 12 criteria (aim: no visible lag, 33 ms). All people and ratings are invented.
"""

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import evolve
from textual import events

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.schedule import interview_id
from hiringkit.domain.interview import Interview, InterviewState, Rating, Scorecard
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.library.catalog import Library
from hiringkit.library.yaml.write import dump_rubric
from hiringkit.settings import load_settings
from hiringkit.store import interviews
from hiringkit.store.store import Store, open_store
from hiringkit.tui.app import HiringKitApp
from hiringkit.tui.interview.screen import InterviewScreen
from hiringkit.tui.opening.screen import OpeningScreen
from hiringkit.tui.widgets.listing import Listing

PANEL = ("ann", "ben", "cat", "dan")
INTERVIEWER = PANEL[0]
CRITERIA, KIT = 12, 8


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def rubric_file(folder: Path, library: Library) -> Path:
    """Write the shipped rubric with twelve criteria."""
    rubric = library.load_rubric("sales-operations-manager")
    more = tuple(evolve(rubric.criteria[0], id=f"more-{n}") for n in range(CRITERIA - len(rubric.criteria)))
    first = evolve(rubric.asked[0], criteria={**rubric.asked[0].criteria, **{c.id: 1 for c in more}})
    questions = (first, *rubric.asked[1:])
    path = folder / "twelve.yaml"
    path.write_text(dump_rubric(evolve(rubric, criteria=(*rubric.criteria, *more), questions=questions)), "utf-8")
    return path


def fill(store: Store, library: Library, folder: Path, count: int) -> None:
    """Make an opening of so many candidates with four scorecards each; the first candidate's first one is open."""
    actor, dice = Actor("", now), random.Random(1)  # noqa: S311 - invented ratings
    create_opening(store, library, actor, "many", str(rubric_file(folder, library)))
    people = [Candidate(f"c{n}", f"Candidate {n} 候选人") for n in range(count)]
    add_candidates(store, actor, "many", people)
    add_interviewers(store, actor, [Interviewer(name, name.title()) for name in PANEL])
    kit = tuple(q.id for q in library.load_rubric("sales-operations-manager").asked[:KIT])
    held = []
    for candidate in people:
        for name in PANEL:
            ratings = tuple(Rating(q, dice.randint(1, 5), "said so", rated_at=now()) for q in kit)
            card = Scorecard(1, now(), ratings, "yes")
            identity = interview_id("many", candidate.id, name)
            held.append(
                Interview(identity, "many", candidate.id, name, kit, InterviewState.SUBMITTED, ratings, (card,))
            )
    held[0] = evolve(held[0], state=InterviewState.SCHEDULED, ratings=(), scorecards=())
    with store.write() as tx:
        interviews.insert(tx, held, now())


async def until(come: Callable[[], bool]) -> None:
    """Let the app work until something has come about; without a pause threads would wait for this loop."""
    while not come():  # noqa: ASYNC110 - what is waited for is on the screen, and no event tells of it
        await asyncio.sleep(0.001)


async def first_paint(store: Store) -> tuple[float, float]:
    """Return the seconds from the app's making to the painted opening, and the processor's seconds of it."""
    begun, busy = time.perf_counter(), time.process_time()
    app = HiringKitApp(store, Actor("", now), opening="many")
    async with app.run_test(size=(120, 40)):
        await until(lambda: isinstance(app.screen, OpeningScreen) and "Candidate 7" in text_of(app))
        return time.perf_counter() - begun, time.process_time() - busy


def text_of(app: HiringKitApp) -> str:
    """Return what the screen shows."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())  # noqa: SLF001 - no public way


class Watched(HiringKitApp):
    """The app, which tells when it has painted."""

    def __init__(self, store: Store, who: str = "") -> None:
        super().__init__(store, Actor(who, now))
        self.painted = asyncio.Event()

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        self.painted.set()


async def key_times(store: Store, count: int) -> tuple[list[float], float]:
    """Return the seconds from each key to its rating on disk and painted, and the processor's seconds for each."""
    app = Watched(store, INTERVIEWER)
    taken, spent = [], 0.0
    async with app.run_test(size=(120, 40)) as pilot:
        app.show_interview("many/c0/ann")
        await until(lambda: isinstance(app.screen, InterviewScreen) and app.screen.state.sitting is not None)
        await pilot.pause()
        for n in range(count):
            level = n % 5 + 1
            screen = app.screen
            assert isinstance(screen, InterviewScreen)  # noqa: S101 - for the type checker
            app.painted.clear()
            begun, busy = time.perf_counter(), time.process_time()
            app.post_message(events.Key(f"alt+{level}", None))
            while screen.state.sign(screen.state.question_id)[0] != f"[{level}]":
                await app.painted.wait()
                app.painted.clear()
            taken.append(time.perf_counter() - begun)
            spent += time.process_time() - busy
            await pilot.press("pagedown" if n % KIT < KIT // 2 else "pageup")
            await asyncio.sleep(0.02)
    return taken, spent / count


def write_times(store: Store, count: int) -> list[float]:
    """Return the seconds that a rating alone takes, without any screen: the disk's share."""
    actor, taken = Actor(INTERVIEWER, now), []
    for n in range(count):
        begun = time.perf_counter()
        rate(store, actor, "many/c0/ann", "process-resistance", value=n % 5 + 1)
        taken.append(time.perf_counter() - begun)
    return taken


async def scroll_times(store: Store) -> tuple[tuple[float, float], list[float], float]:
    """Return the seconds until Compare is painted, those of each step of scrolling, and the processor's of a step.

    Of the first there are two: by the clock and by the processor.
    """
    app = Watched(store)
    taken = []
    async with app.run_test(size=(160, 50)) as pilot:
        begun, busy = time.perf_counter(), time.process_time()
        app.show_opening("many", "compare")
        await until(lambda: isinstance(app.screen, OpeningScreen) and app.screen.state.comparison is not None)
        await pilot.pause()
        shown = time.perf_counter() - begun, time.process_time() - busy
        app.screen.query_one("#compare", Listing).focus()
        busy = time.process_time()
        for key in [*["down"] * 60, *["pagedown"] * 5, *["right"] * 14, *["pageup"] * 5]:
            begun = time.perf_counter()
            app.painted.clear()
            app.post_message(events.Key(key, None))
            await app.painted.wait()
            taken.append(time.perf_counter() - begun)
        return shown, taken, (time.process_time() - busy) / len(taken)


def whole_start(database: Path) -> float:
    """Return the seconds that a fresh process needs to import all that the first paint needs."""
    code = (
        "from hiringkit.tui.app import HiringKitApp; from hiringkit.tui.opening.screen import OpeningScreen;"
        f"from hiringkit.store.store import open_store; open_store({str(database)!r})"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    best = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
        best.append(time.perf_counter() - begun)
    return min(best)


def ms(seconds: list[float]) -> str:
    """Say median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    return (
        f"median {statistics.median(seconds) * 1000:6.1f} ms   p95 {ordered[int(0.95 * len(ordered))] * 1000:6.1f} ms"
    )


def main() -> None:
    """Measure all three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", type=int, default=50)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--many", type=int, default=500)
    options = parser.parse_args()
    library = Library(load_settings({}, {}).roots)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = folder / "small.db", folder / "large.db"
        for path, count in ((small, options.candidates), (large, options.many)):
            with open_store(str(path), create=True) as store:
                fill(store, library, folder, count)
        print(f"imports and opening the database, fresh process    {whole_start(small):6.2f} s")
        with open_store(str(small)) as store:
            paints = [asyncio.run(first_paint(store)) for _ in range(4)]
            best, busy = min(paints[1:])
            print(
                f"first paint, {options.candidates} candidates: {paints[0][0]:.2f} s, again {best:.2f} s"
                f" ({busy:.2f} s of processor)"
            )
            whole, spent = asyncio.run(key_times(store, options.keys))
            disk = write_times(store, options.keys)
            print(f"key to durable and painted   {ms(whole)}")
            print(f"of it the rating on disk     {ms(disk)}")
            ours = sorted(whole)[int(0.95 * len(whole))] - statistics.median(disk)
            print(
                f"ours: {ours * 1000:.1f} ms at p95 (less the disk's median), {spent * 1000:.1f} ms of processor a key"
            )
        with open_store(str(large)) as store:
            (wall, busy), steps, spent = asyncio.run(scroll_times(store))
            print(f"Compare, {options.many} x {CRITERIA}: painted in {wall:.2f} s ({busy:.2f} s of processor)")
            print(f"a step of scrolling          {ms(steps)}; {spent * 1000:.1f} ms of processor")


if __name__ == "__main__":
    main()
