"""The room in a browser under load: many interviewers rate and type at once, over HTTP on loopback.

    python benchmarks/web.py [--interviewers 50] [--saves 20] [--pause 2] [--db URL]

Each interviewer is signed in, opens their interview, and saves a rating with a note that grows, as the page does a
second after somebody pauses: between two saves each of them waits up to twice --pause seconds. Printed are the
times of saves and of pages as the browser's side sees them, the server's memory, what a first page weighs, and
whether every save that was acknowledged is on disk. In the same run a bare Starlette handler that stores as much in
raw SQLite is served by the same uvicorn and asked by the same clients.
--db takes a PostgreSQL URL of an empty database; without one it is an SQLite file in a temporary folder.
"""

import asyncio
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import click
import httpx2

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import resume_interview
from hiringkit.actions.links import make_link, redeem_link
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings
from hiringkit.store.store import Store, open_store

CODE = "12345678"
WORDS = "Named the step that was stuck, and the figure before and after. "
KIT = ("bottlenecks", "forecast-miss")
PEER = """
import sqlite3, sys
from urllib.parse import parse_qs
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

def save(request_form):
    with sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30) as db:
        db.execute("PRAGMA synchronous=FULL")
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT OR REPLACE INTO ratings VALUES (?, ?, ?)", request_form)
        db.execute("COMMIT")

async def saved(request):
    from starlette.concurrency import run_in_threadpool
    form = parse_qs((await request.body()).decode())
    await run_in_threadpool(save, (form["who"][0], form["rating"][0], form["note"][0]))
    return JSONResponse({"saved": True})

uvicorn.run(Starlette(routes=[Route("/", saved, methods=["POST"])]), port=int(sys.argv[2]), log_level="critical")
"""
"""A server that does nothing but store what comes."""


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def prepared(store: Store, people: int) -> list[str]:
    """Fill a database with one interview for each interviewer, and return the cookie of a login for each."""
    actor = Actor("recruiter:benchmark", now)
    create_opening(store, Library(load_settings({}, {}).roots), actor, "o", "sales-operations-manager")
    add_candidates(store, actor, "o", [Candidate("c", "Candidate")])
    ids = [f"i{n}" for n in range(people)]
    add_interviewers(store, actor, [Interviewer(each, each) for each in ids])
    schedule_interviews(store, actor, "o", "c", ids, questions=KIT)
    for each in ids:
        token = f"token-of-{each}"
        make_link(store, actor, each, token=token, code=CODE, expires=timedelta(days=1))
        redeem_link(store, Actor("", now), token, CODE, login=f"login-of-{each}")
    make_link(store, actor, ids[0], token=f"first-of-{ids[0]}", code=CODE, expires=timedelta(days=1))
    return [f"login-of-{each}" for each in ids]


@contextmanager
def serving(words: list[str], port: int) -> Iterator[int]:
    """Run a server until it is no longer needed; yields its process id once it takes connections."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None:
                with socket.socket() as door:
                    if door.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield process.pid
        finally:
            process.terminate()


def dice(seed: int) -> Random:
    """Return what decides somebody's pauses."""
    return Random(seed)  # noqa: S311 - pauses


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def memory(pid: int) -> float:
    """Return a process's resident memory in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def processor(pid: int) -> float:
    """Return the processor seconds of a process."""
    user, system = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def told(name: str, seconds: list[float], processor: float | None = None) -> None:
    """Print what a kind of request took, and of the server's processor each, if that is known of all together."""
    cuts = statistics.quantiles(seconds, n=100)
    median, p95, p99 = (f"{cuts[at] * 1000:6.0f} ms" for at in (49, 94, 98))
    each = "" if processor is None else f"  processor {processor / len(seconds) * 1000:4.1f} ms"
    print(f"{name:24} {len(seconds):6,}  median {median}  p95 {p95}  p99 {p99}{each}")


class Interviewing:
    """One interviewer's browser."""

    def __init__(self, address: str, login: str) -> None:
        headers = {"origin": address, "sec-fetch-site": "same-origin"}
        self.client = httpx2.AsyncClient(
            base_url=address, headers=headers, cookies={"hiringkit": login}, follow_redirects=True, timeout=60
        )
        self.saves: list[float] = []
        self.pages: list[float] = []
        self.acknowledged = ""
        self.version = ""

    async def begin(self) -> None:
        """Open the first question."""
        today = (await self.client.get("/")).text
        path = today.partition('href="/interview/')[2].partition('"')[0]
        page = await self.timed(self.pages, self.client.get(f"/interview/{path}"))
        self.path = str(page.url.path)
        self.version = page.text.partition('name="version" value="')[2].partition('"')[0]

    async def timed(self, into: list[float], asked: Awaitable[httpx2.Response]) -> httpx2.Response:
        """Await an answer, and note how long it took."""
        begun = time.perf_counter()
        answer = await asked
        into.append(time.perf_counter() - begun)
        answer.raise_for_status()
        return answer

    async def hold(self, saves: int, pauses: Random, pause: float) -> None:
        """Rate and type on."""
        for n in range(saves):
            await asyncio.sleep(pauses.uniform(0, 2 * pause))
            note = WORDS * (n % 9 + 1) + str(n)
            form = {"rating": str(n % 5 + 1), "note": note, "version": self.version, "go": "stay"}
            headers = {"accept": "application/json"}
            answer = await self.timed(self.saves, self.client.post(self.path, data=form, headers=headers))
            self.version, self.acknowledged = answer.json()["version"], note


async def load(
    address: str, logins: list[str], saves: int, pause: float, opened: Callable[[], None]
) -> list[Interviewing]:
    """Have all interviewers at work at once; `opened` is called when each has their first question open."""
    panel = [Interviewing(address, login) for login in logins]
    for each in panel:
        await each.begin()
    opened()
    await asyncio.gather(*(each.hold(saves, dice(n), pause) for n, each in enumerate(panel)))
    for each in panel:
        await each.client.aclose()
    return panel


async def load_peer(address: str, people: int, saves: int, pause: float) -> list[float]:
    """Ask the bare server as often."""
    seconds: list[float] = []

    async def hold(who: str, pauses: Random) -> None:
        async with httpx2.AsyncClient(base_url=address, timeout=60) as client:
            for n in range(saves):
                await asyncio.sleep(pauses.uniform(0, 2 * pause))
                form = {"who": who, "rating": str(n % 5 + 1), "note": WORDS * (n % 9 + 1) + str(n)}
                begun = time.perf_counter()
                (await client.post("/", data=form)).raise_for_status()
                seconds.append(time.perf_counter() - begun)

    await asyncio.gather(*(hold(f"i{n}", dice(n)) for n in range(people)))
    return seconds


def weigh(address: str, link: str) -> None:
    """Print what the first page loads, not compressed."""
    with httpx2.Client(base_url=address) as client:
        page = client.get(link)
        weight = len(page.content)
        for kind in ('href="/static/', 'src="/static/'):
            for part in page.text.split(kind)[1:]:
                weight += len(client.get("/static/" + part.partition('"')[0]).content)
        begun = time.perf_counter()
        client.get(link)
        print(f"first page: {weight / 1000:.0f} kB in all, {(time.perf_counter() - begun) * 1000:.0f} ms")


@click.command(help=__doc__)
@click.option("--interviewers", default=50, show_default=True)
@click.option("--saves", default=20, show_default=True)
@click.option("--pause", default=2.0, show_default=True)
@click.option("--db")
def main(interviewers: int, saves: int, pause: float, db: str | None) -> None:
    """Run it."""
    with tempfile.TemporaryDirectory() as folder:
        where = db or str(Path(folder) / "web.db")
        with open_store(where, create=True) as store:
            logins = prepared(store, interviewers)
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        words = [sys.executable, "-m", "hiringkit", "serve", "--bind", f"127.0.0.1:{port}", "--db", where]
        with serving(words, port) as pid:
            weigh(address, "/link/first-of-i0")
            before, used = memory(pid), list[float]()
            panel = asyncio.run(load(address, logins, saves, pause, lambda: used.append(processor(pid))))
            used.append(processor(pid))
            print(f"{interviewers} interviewers at once; server {before:.0f} MB before, {memory(pid):.0f} MB after")
        told("question pages", [each for one in panel for each in one.pages])
        told("saves", [each for one in panel for each in one.saves], used[-1] - used[-2])
        with open_store(where) as store:
            lost = 0
            for n, one in enumerate(panel):
                rated = resume_interview(store, Actor(f"i{n}", now), f"o/c/i{n}").view.interview.ratings
                lost += not any(each.evidence == one.acknowledged for each in rated)
        print(f"acknowledged and not on disk: {lost}")
        peer, port = str(Path(folder) / "peer.db"), free_port()
        with closing(sqlite3.connect(peer)) as raw:
            raw.execute("PRAGMA journal_mode=WAL")
            raw.execute("CREATE TABLE ratings (who TEXT PRIMARY KEY, level TEXT, note TEXT)")
        with serving([sys.executable, "-c", PEER, peer, str(port)], port) as pid:
            begun = processor(pid)
            taken = asyncio.run(load_peer(f"http://127.0.0.1:{port}", interviewers, saves, pause))
            told("saves, bare server", taken, processor(pid) - begun)


if __name__ == "__main__":
    main()
