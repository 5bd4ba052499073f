"""Ratings a second that the store makes durable, one transaction each, beside raw drivers in the same run.

    python benchmarks/store.py [FOLDER] [--server URL] [--people 200] [--each 5]

FOLDER decides the disk that is measured; a temporary one if none is given. Both sides write ahead with
synchronous=FULL and begin with BEGIN IMMEDIATE. The raw side does one upsert; the store also checks that the
interview is open and the question in its kit, and with the audit event reads and extends the chain.
--server is the URL of an empty PostgreSQL database; the same is then measured there, beside raw psycopg. At the end so
many people rate at once, each --each times in an interview of their own, from four processes with a thread for each
person; printed are their times, and whether a rating or an event is lost, there twice or out of the chain.
"""

import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import click

from hiringkit.domain.interview import Interview, Opening, Rating
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.store import audit, interviews, openings, people
from hiringkit.store.store import Store, open_store

ROUNDS, COMMITS = 5, 200
PROCESSES = 4
KIT = tuple(f"question-{n}" for n in range(12))
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
EVIDENCE = "Named the two teams, what each lost, and the number that settled it. " * 3
UPSERT = (
    "INSERT INTO ratings (interview_id, question_id, level, mark, evidence, probes, rated_at)"
    " VALUES ('i1', ?, ?, NULL, ?, '', ?) ON CONFLICT DO UPDATE SET"
    " level = excluded.level, mark = NULL, evidence = excluded.evidence,"
    " probes = '', rated_at = excluded.rated_at"
)


def prepared(where: str, people_there: int = 1) -> Store:
    """Make a store with an interview for each of some people."""
    store = open_store(where, create=True, busy_timeout=60)
    ids = [f"i{n + 1}" for n in range(people_there)]
    with store.write() as tx:
        openings.insert(tx, Opening("o", "Opening", "rubric", "1.0.0", "sha256:0", NOW), "text")
        people.insert_candidates(tx, "o", [Candidate("c", "Candidate")])
        people.insert_interviewers(tx, [Interviewer(each, each) for each in ids])
        interviews.insert(tx, [Interview(each, "o", "c", each, KIT) for each in ids], NOW)
    return store


def by_hand(connection: sqlite3.Connection, n: int) -> None:
    """Rate with the standard library alone."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(UPSERT, (KIT[n % 12], n % 5 + 1, EVIDENCE, NOW.isoformat()))
    connection.execute("COMMIT")


def by_store(store: Store, n: int, *, audited: bool, interview: str = "i1") -> None:
    """Rate through the store."""
    rating = Rating(KIT[n % 12], n % 5 + 1, EVIDENCE, (), NOW)
    with store.write() as tx:
        interviews.put_rating(tx, interview, rating)
        if audited:
            detail = {"question": rating.question, "n": n}
            audit.append(tx, NOW, "i", "interview.rate", {"interview": interview}, detail)


def seconds(rate: Callable[[int], object]) -> tuple[list[float], float]:
    """Time each of a round's commits, and the processor that all of them took."""
    times, begun = [], time.process_time()
    for n in range(COMMITS):
        start = time.perf_counter()
        rate(n)
        times.append(time.perf_counter() - start)
    return times, time.process_time() - begun


def report(name: str, times: list[float], processor: float, floor: float) -> None:
    """Print one line."""
    ordered, total = sorted(times), sum(times)
    middle, late = statistics.median(ordered) * 1e3, ordered[int(len(ordered) * 0.99)] * 1e3
    speed = f"{len(times) / total:8.0f} /s   median {middle:6.2f} ms   p99 {late:6.2f} ms"
    print(
        f"{name:28} {speed}   processor {processor / len(times) * 1e3:5.2f} ms   {total / floor:5.2f} x the time of raw"
    )


def measure(name: str, raw: Callable[[int], object], store: Store) -> None:
    """Measure all three, in turn and several times, so that other load falls on each."""
    sides: dict[str, Callable[[int], object]] = {
        f"raw {name}, one upsert": raw,
        "store, rating": lambda n: by_store(store, n, audited=False),
        "store, rating + audit event": lambda n: by_store(store, n, audited=True),
    }
    times: dict[str, list[float]] = {side: [] for side in sides}
    processor = dict.fromkeys(sides, 0.0)
    for _ in range(ROUNDS):
        for side, rate in sides.items():
            taken, used = seconds(rate)
            times[side] += taken
            processor[side] += used
    floor = sum(next(iter(times.values())))
    for side, every in times.items():
        report(side, every, processor[side], floor)


def on_sqlite(folder: Path) -> None:
    """Measure in files."""
    prepared(str(folder / "raw.db")).close()
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA synchronous = FULL")
    with prepared(str(folder / "store.db")) as store:
        measure("sqlite3", lambda n: by_hand(raw, n), store)
    raw.close()


def on_postgresql(server: str, many: int) -> None:
    """Measure on a server; the tables are those that everybody rates in afterwards."""
    import psycopg  # noqa: PLC0415 - not needed for files

    with (
        prepared(server, many) as store,
        psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as raw,
    ):
        upsert = UPSERT.replace("?", "%s").replace("CONFLICT", "CONFLICT (interview_id, question_id)")
        measure("psycopg", lambda n: raw.execute(upsert, (KIT[n % 12], n % 5 + 1, EVIDENCE, NOW.isoformat())), store)


def rate_in_turn(where: str, first: int, last: int, each: int) -> None:
    """Rate as some of the people, each in a thread, and print what every rating took."""
    with open_store(where, busy_timeout=60) as store, ThreadPoolExecutor(last - first) as pool:

        def hold(person: int) -> list[float]:
            taken = []
            for n in range(each):
                begun = time.perf_counter()
                by_store(store, n, audited=True, interview=f"i{person}")
                taken.append(time.perf_counter() - begun)
            return taken

        print(json.dumps([seconds for taken in pool.map(hold, range(first, last)) for seconds in taken]))


def crowd(where: str, many: int, each: int) -> None:
    """Have everybody rate at once, and look for what is lost."""
    with open_store(where) as store, store.read() as tx:
        before = audit.head(tx)[0]
    bounds = [1 + many * n // PROCESSES for n in range(PROCESSES + 1)]
    words = [sys.executable, __file__, "--in-turn"]
    begun = time.perf_counter()
    running = [
        subprocess.Popen([*words, where, str(low), str(high), str(each)], stdout=subprocess.PIPE, text=True)
        for low, high in pairwise(bounds)
    ]
    times = sorted(seconds for one in running for seconds in json.loads(one.communicate()[0]))
    took = time.perf_counter() - begun
    with open_store(where) as store, store.read() as tx:
        said = [(e.subject["interview"], e.detail["n"]) for e in audit.events(tx) if e.sequence > before]
        held = interviews.of_opening(tx, "o")
        lost = sum(one.rating(KIT[n]).value != n % 5 + 1 for one in held for n in range(each))
        broken = audit.verify(tx, states=False)
    wanted = {(f"i{person}", n) for person in range(1, many + 1) for n in range(each)}
    middle, late = statistics.median(times) * 1e3, times[int(len(times) * 0.99)] * 1e3
    print(
        f"{many} at once, {len(times)} ratings: {len(times) / took:.0f} /s   median {middle:.0f} ms   p99 {late:.0f} ms"
    )
    twice, missed = len(said) - len(set(said)), len(wanted - set(said))
    print(f"ratings lost or wrong: {lost}; events lost: {missed}, twice: {twice}; breaks in the chain: {len(broken)}")


@click.command(help=__doc__)
@click.argument("folder", required=False)
@click.option("--server")
@click.option("--people", "many", default=200, show_default=True)
@click.option("--each", default=5, show_default=True)
def main(folder: str | None, server: str | None, many: int, each: int) -> None:
    """Run."""
    print(f"SQLite {sqlite3.sqlite_version}, {ROUNDS} rounds of {COMMITS} commits each")
    with tempfile.TemporaryDirectory(dir=folder) as made:
        on_sqlite(Path(made))
        where = str(Path(made) / "crowd.db")
        prepared(where, many).close()
        crowd(where, many, each)
    if server:
        on_postgresql(server, many)
        crowd(server, many, each)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--in-turn"]:
        rate_in_turn(sys.argv[2], *map(int, sys.argv[3:]))
    else:
        main()
