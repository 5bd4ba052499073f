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
import json
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
from urllib.parse import urlencode

import click
from attrs import frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.links import make_link, redeem_link
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.schedule import schedule_interviews, show_interview
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings
from hiringkit.store.store import Store, open_store

CODE = "12345678"
WORDS = "Named the step that was stuck, and the figure before and after. "
KIT = ("bottlenecks", "forecast-miss")
PANEL = 4
"""Interviewers of each candidate."""
FAILED = 400
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
    """Fill a database with an interview for each interviewer, and return the cookie of a login for each."""
    actor = Actor("recruiter:benchmark", now)
    create_opening(store, Library(load_settings({}, {}).roots), actor, "o", "sales-operations-manager")
    ids = [f"i{n}" for n in range(people)]
    add_interviewers(store, actor, [Interviewer(each, each) for each in ids])
    panels = [(f"c{n // PANEL}", ids[n : n + PANEL]) for n in range(0, people, PANEL)]
    add_candidates(store, actor, "o", [Candidate(candidate, "Candidate") for candidate, _panel in panels])
    for candidate, panel in panels:
        schedule_interviews(store, actor, "o", candidate, panel, questions=KIT)
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


@frozen
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    text: str


class Browser:
    """As much of a browser as it takes to ask one server: httpx takes more of the processor than the server does."""

    def __init__(self, port: int, cookie: str = "") -> None:
        origin = f"http://127.0.0.1:{port}"
        fields = {"host": f"127.0.0.1:{port}", "origin": origin, "sec-fetch-site": "same-origin", "cookie": cookie}
        self._head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, form: dict[str, str] | None = None, accept: str = "text/html") -> Answer:
        """Get a page or, with a form, send that; the connection stays until the server closes it."""
        body = urlencode(form or {}).encode()
        sent = f"content-type: application/x-www-form-urlencoded\r\ncontent-length: {len(body)}\r\n" if body else ""
        first = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\n"
        request = f"{first}{self._head}accept: {accept}\r\n{sent}\r\n".encode() + body
        try:
            reader, head = await self._exchange(request)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.leave()
            reader, head = await self._exchange(request)
        fields = (line.split(": ", 1) for line in head[1:] if line)
        headers = {name.lower(): value for name, value in fields}
        content = await reader.readexactly(int(headers["content-length"]))
        answer = Answer(int(head[0].split()[1]), headers, content.decode())
        if answer.status >= FAILED:
            raise SystemExit(f"{path} was answered with {answer.status}")
        return answer

    async def _exchange(self, request: bytes) -> tuple[asyncio.StreamReader, list[str]]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        return reader, (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()

    def leave(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


class Interviewing:
    """One interviewer's browser."""

    def __init__(self, port: int, login: str) -> None:
        self.browser = Browser(port, f"hiringkit={login}")
        self.saves: list[float] = []
        self.pages: list[float] = []
        self.acknowledged = ""
        self.version = ""

    async def begin(self) -> None:
        """Open the first question."""
        today = (await self.browser.ask("/")).text
        path = "/interview/" + today.partition('href="/interview/')[2].partition('"')[0]
        self.path = (await self.browser.ask(path)).headers["location"]
        page = await self.timed(self.pages, self.browser.ask(self.path))
        self.version = page.text.partition('name="version" value="')[2].partition('"')[0]

    async def timed(self, into: list[float], asked: Awaitable[Answer]) -> Answer:
        """Await an answer, and note how long it took."""
        begun = time.perf_counter()
        answer = await asked
        into.append(time.perf_counter() - begun)
        return answer

    async def hold(self, saves: int, pauses: Random, pause: float) -> None:
        """Rate and type on."""
        for n in range(saves):
            await asyncio.sleep(pauses.uniform(0, 2 * pause))
            note = WORDS * (n % 9 + 1) + str(n)
            form = {"rating": str(n % 5 + 1), "note": note, "version": self.version, "go": "stay"}
            answer = await self.timed(self.saves, self.browser.ask(self.path, form, "application/json"))
            self.version, self.acknowledged = json.loads(answer.text)["version"], note


async def load(
    port: int, logins: list[str], saves: int, pause: float, opened: Callable[[], None]
) -> list[Interviewing]:
    """Have all interviewers at work at once; `opened` is called when each has their first question open."""
    panel = [Interviewing(port, login) for login in logins]
    for each in panel:
        await each.begin()
    opened()
    await asyncio.gather(*(each.hold(saves, dice(n), pause) for n, each in enumerate(panel)))
    for each in panel:
        each.browser.leave()
    return panel


async def load_peer(port: int, people: int, saves: int, pause: float) -> list[float]:
    """Ask the bare server as often."""
    seconds: list[float] = []

    async def hold(who: str, pauses: Random) -> None:
        browser = Browser(port)
        for n in range(saves):
            await asyncio.sleep(pauses.uniform(0, 2 * pause))
            form = {"who": who, "rating": str(n % 5 + 1), "note": WORDS * (n % 9 + 1) + str(n)}
            begun = time.perf_counter()
            await browser.ask("/", form)
            seconds.append(time.perf_counter() - begun)
        browser.leave()

    await asyncio.gather(*(hold(f"i{n}", dice(n)) for n in range(people)))
    return seconds


async def weigh(port: int, link: str) -> None:
    """Print what the first page loads, not compressed."""
    browser = Browser(port)
    page = await browser.ask(link)
    weight = len(page.text.encode())
    for kind in ('href="/static/', 'src="/static/'):
        for part in page.text.split(kind)[1:]:
            weight += int((await browser.ask("/static/" + part.partition('"')[0])).headers["content-length"])
    begun = time.perf_counter()
    await browser.ask(link)
    print(f"first page: {weight / 1000:.0f} kB in all, {(time.perf_counter() - begun) * 1000:.0f} ms")
    browser.leave()


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
        words = [sys.executable, "-m", "hiringkit", "serve", "--bind", f"127.0.0.1:{port}", "--db", where]
        with serving(words, port) as pid:
            asyncio.run(weigh(port, "/link/first-of-i0"))
            before, used = memory(pid), list[float]()
            panel = asyncio.run(load(port, logins, saves, pause, lambda: used.append(processor(pid))))
            used.append(processor(pid))
            print(f"{interviewers} interviewers at once; server {before:.0f} MB before, {memory(pid):.0f} MB after")
        told("question pages", [each for one in panel for each in one.pages])
        told("saves", [each for one in panel for each in one.saves], used[-1] - used[-2])
        with open_store(where) as store:
            lost = 0
            for n, one in enumerate(panel):
                rated = show_interview(store, Actor(f"i{n}", now), f"o/c{n // PANEL}/i{n}").interview.ratings
                lost += not any(each.evidence == one.acknowledged for each in rated)
        print(f"acknowledged and not on disk: {lost}")
        peer, port = str(Path(folder) / "peer.db"), free_port()
        with closing(sqlite3.connect(peer)) as raw:
            raw.execute("PRAGMA journal_mode=WAL")
            raw.execute("CREATE TABLE ratings (who TEXT PRIMARY KEY, level TEXT, note TEXT)")
        with serving([sys.executable, "-c", PEER, peer, str(port)], port) as pid:
            begun = processor(pid)
            taken = asyncio.run(load_peer(port, interviewers, saves, pause))
            told("saves, bare server", taken, processor(pid) - begun)


if __name__ == "__main__":
    main()
