"""Ratings a second that the store makes durable, one transaction each, beside raw sqlite3 in the same run.

    python benchmarks/store.py [FOLDER]

FOLDER decides the disk that is measured; a temporary one if none is given. Both sides write ahead with
synchronous=FULL and begin with BEGIN IMMEDIATE. The raw side does one upsert; the store also checks that the
interview is open and the question in its kit, and with the audit event reads and extends the chain.
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hiringkit.domain.interview import Interview, Opening, Rating
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.store import audit, interviews, openings, people
from hiringkit.store.store import Store, open_store

ROUNDS, COMMITS = 5, 200
KIT = tuple(f"question-{n}" for n in range(12))
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
EVIDENCE = "Named the two teams, what each lost, and the number that settled it. " * 3
UPSERT = (
    "INSERT INTO ratings (interview_id, question_id, level, mark, evidence, probes, rated_at)"
    " VALUES ('i1', ?, ?, NULL, ?, '', ?) ON CONFLICT DO UPDATE SET"
    " level = excluded.level, mark = NULL, evidence = excluded.evidence,"
    " probes = '', rated_at = excluded.rated_at"
)


def prepared(path: Path) -> Store:
    """Make a store with one interview."""
    store = open_store(str(path), create=True)
    with store.write() as tx:
        openings.insert(tx, Opening("o", "Opening", "rubric", "1.0.0", "sha256:0", NOW), "text")
        people.insert_candidates(tx, "o", [Candidate("c", "Candidate")])
        people.insert_interviewers(tx, [Interviewer("i", "Interviewer")])
        interviews.insert(tx, [Interview("i1", "o", "c", "i", KIT)], NOW)
    return store


def by_hand(connection: sqlite3.Connection, n: int) -> None:
    """Rate with the standard library alone."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(UPSERT, (KIT[n % 12], n % 5 + 1, EVIDENCE, NOW.isoformat()))
    connection.execute("COMMIT")


def by_store(store: Store, n: int, *, audited: bool) -> None:
    """Rate through the store."""
    rating = Rating(KIT[n % 12], n % 5 + 1, EVIDENCE, (), NOW)
    with store.write() as tx:
        interviews.put_rating(tx, "i1", rating)
        if audited:
            audit.append(tx, NOW, "i", "interview.rate", {"interview": "i1"}, {"question": rating.question})


def seconds(rate: Callable[[int], None]) -> tuple[list[float], float]:
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


def measure(folder: Path) -> None:
    """Measure all three, in turn and several times, so that other load falls on each."""
    store = prepared(folder / "store.db")
    prepared(folder / "raw.db").close()
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA synchronous = FULL")
    sides: dict[str, Callable[[int], None]] = {
        "raw sqlite3, one upsert": lambda n: by_hand(raw, n),
        "store, rating": lambda n: by_store(store, n, audited=False),
        "store, rating + audit event": lambda n: by_store(store, n, audited=True),
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    processor = dict.fromkeys(sides, 0.0)
    for _ in range(ROUNDS):
        for name, rate in sides.items():
            taken, used = seconds(rate)
            times[name] += taken
            processor[name] += used
    floor = sum(next(iter(times.values())))
    for name, every in times.items():
        report(name, every, processor[name], floor)
    raw.close()
    store.close()


def main() -> None:
    """Run."""
    print(f"SQLite {sqlite3.sqlite_version}, {ROUNDS} rounds of {COMMITS} commits each")
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as folder:
        measure(Path(folder))


if __name__ == "__main__":
    main()
