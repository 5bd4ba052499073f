"""A rating is durable when the call returns, whatever happens to the process, and nobody's is lost.

Killing a process shows that a commit has left it; that it has reached the disk rests on synchronous=FULL,
which test_store.py holds.
"""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hiringkit.cli.main import run
from hiringkit.domain.interview import Interview, Rating
from hiringkit.store import audit, interviews
from hiringkit.store.store import open_store

KIT = ("process-resistance", "bottlenecks", "bad-data")

WRITER = """
import sys
from datetime import UTC, datetime
from hiringkit.domain.interview import Rating
from hiringkit.store import audit, interviews
from hiringkit.store.store import open_store

where, interview, start, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
kit = ("process-resistance", "bottlenecks", "bad-data")
with open_store(where, busy_timeout=30) as store:
    for n in range(start, start + count):
        now = datetime.now(UTC)
        with store.write() as tx:
            interviews.put_rating(tx, interview, Rating(kit[n % 3], n % 5 + 1, f"evidence {n}", (), now))
            audit.append(tx, now, "zoe", "interview.rate", {"interview": interview}, {"n": n})
        print(n, flush=True)
"""


def start_writer(path: Path, interview: str, start: int, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, str(path), interview, str(start), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def logged(path: Path, interview: str) -> list[int]:
    """Return the numbers of the ratings in the audit log, once the whole database has been checked."""
    with open_store(str(path)) as store, store.read() as tx:
        assert tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert tx.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert audit.verify(tx, states=False) == []
        return [event.detail["n"] for event in audit.events(tx, subject={"interview": interview})]


def stored(path: Path, interview_id: str) -> Interview:
    with open_store(str(path)) as store, store.read() as tx:
        interview = interviews.find(tx, interview_id)
    assert interview is not None
    return interview


def evidence(n: int) -> tuple[str, int, str]:
    return KIT[n % 3], n % 5 + 1, f"evidence {n}"


def kill_after(path: Path, acknowledged: int, start: int) -> int:
    """Kill a writer as soon as it has acknowledged so many ratings; return the last one it acknowledged."""
    writer = start_writer(path, "mei-zoe", start, 10_000)
    assert writer.stdout is not None
    with writer, writer.stdout as lines:
        for _ in range(acknowledged):
            assert lines.readline()
        writer.send_signal(signal.SIGKILL)
        rest = [int(line) for line in lines if line.endswith("\n")]
    return rest[-1] if rest else start + acknowledged - 1


def assert_durable(path: Path, rounds: int, seed: int) -> None:
    chance, start = random.Random(seed), 0  # noqa: S311 - chooses when to kill
    for _ in range(rounds):
        last = kill_after(path, chance.randint(3, 25), start)
        numbers = logged(path, "mei-zoe")
        assert numbers == list(range(numbers[-1] + 1)), "every rating, once, in order"
        assert numbers[-1] - last in {0, 1}, "all that was acknowledged, and at most the one in hand"
        ratings = stored(path, "mei-zoe").ratings
        found = {(rating.question, rating.value, rating.evidence) for rating in ratings}
        assert found == {evidence(n) for n in numbers[-3:]}, "a rating and its audit event together"
        start = numbers[-1] + 1


@pytest.mark.slow
def test_a_killed_process_loses_no_acknowledged_rating(panel_file: Path) -> None:
    assert_durable(panel_file, rounds=2, seed=1)


RATER = """
import sys
from datetime import UTC, datetime
from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate
from hiringkit.store.store import open_store

where, jobs = sys.argv[1], sys.argv[2:]
with open_store(where, busy_timeout=30) as store:
    for job in jobs:
        interview, question, level = job.split(" ")
        actor = Actor(interview.split("/")[2], lambda: datetime.now(UTC))
        rate(store, actor, interview, question, value=int(level), evidence=f"{job} seen")
        print(job, flush=True)
"""


@pytest.mark.slow
def test_five_hundred_ratings_with_kills_in_between_are_all_there(where: str, tmp_path: Path) -> None:
    """The rater is killed 25 times; what it had in hand may be there or not, and is rated again."""
    rows = "".join(f"Invented {n},c{n}\n" for n in range(25))
    (tmp_path / "people.csv").write_text(f"name,id\n{rows}", encoding="utf-8")
    questions = ("process-resistance", "bottlenecks", "large-data", "forecast-miss", "deal-desk")
    asked = [word for question in questions for word in ("--question", question)]
    raters = [f"r{n}" for n in range(4)]
    for words in (
        ("opening", "create", "ops", "--rubric", "sales-operations-manager"),
        ("candidate", "import", "ops", str(tmp_path / "people.csv")),
        *(("interviewer", "add", each) for each in raters),
        *(("interview", "schedule", "ops", f"c{n}", *raters, *asked) for n in range(25)),
    ):
        assert run(["-q", *words, "--db", where]) == 0, words
    chance = random.Random(16)  # noqa: S311 - chooses when to kill
    jobs = [
        f"ops/c{n}/{who} {question} {chance.randint(1, 5)}"
        for n in range(25)
        for who in raters
        for question in questions
    ]
    acknowledged: list[str] = []
    while left := jobs[len(acknowledged) :]:
        rater = subprocess.Popen([sys.executable, "-c", RATER, where, *left], stdout=subprocess.PIPE, text=True)
        assert rater.stdout is not None
        with rater, rater.stdout as lines:
            acknowledged += [lines.readline().strip() for _ in range(min(chance.randint(15, 24), len(left)))]
            rater.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in lines if line.endswith("\n")]
    assert acknowledged == jobs

    with open_store(where) as store, store.read() as tx:
        found = {
            f"{interview.id} {rating.question} {rating.value}"
            for interview in interviews.of_opening(tx, "ops")
            for rating in interview.ratings
            if rating.evidence == f"{interview.id} {rating.question} {rating.value} seen"
        }
    assert found == set(jobs)
    assert run(["-q", "db", "check", "--db", where]) == 0
    assert run(["-q", "audit", "verify", "--db", where]) == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_process_killed_again_and_again_loses_no_acknowledged_rating(panel_file: Path, seed: int) -> None:
    assert_durable(panel_file, rounds=8, seed=seed)


@pytest.mark.slow
def test_two_processes_that_rate_at_once_lose_nothing(panel_file: Path) -> None:
    assert_nothing_lost(panel_file, ["mei-zoe", "mei-ben"], count=40)


@pytest.mark.slow
def test_four_processes_that_rate_at_once_lose_nothing(panel_file: Path) -> None:
    assert_nothing_lost(panel_file, ["mei-zoe", "mei-ben", "ada-zoe", "ada-ben"], count=200)


def assert_nothing_lost(path: Path, interview_ids: list[str], count: int) -> None:
    writers = [start_writer(path, interview, 0, count) for interview in interview_ids]
    outputs = [writer.communicate(timeout=240)[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * len(writers)
    assert outputs == ["".join(f"{n}\n" for n in range(count))] * len(writers)
    for interview in interview_ids:
        assert logged(path, interview) == list(range(count))
        found = {(r.question, r.value, r.evidence) for r in stored(path, interview).ratings}
        assert found == {evidence(n) for n in range(count - 3, count)}


@pytest.mark.slow
def test_two_processes_that_rate_the_same_question_leave_one_whole_rating(panel_file: Path) -> None:
    writers = [start_writer(panel_file, "mei-zoe", start, 40) for start in (0, 1000)]
    for writer in writers:
        writer.communicate(timeout=120)
    assert sorted(logged(panel_file, "mei-zoe")) == [*range(40), *range(1000, 1040)]
    last = {evidence(n) for start in (0, 1000) for n in range(start + 37, start + 40)}
    assert {(r.question, r.value, r.evidence) for r in stored(panel_file, "mei-zoe").ratings} <= last


def test_a_write_that_is_killed_before_it_ends_leaves_no_trace(panel_file: Path) -> None:
    script = """
import os, signal, sys
from hiringkit.domain.interview import Rating
from hiringkit.store import interviews
from hiringkit.store.store import open_store
with open_store(sys.argv[1]) as store, store.write() as tx:
    interviews.put_rating(tx, "mei-zoe", Rating("bad-data", 1))
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", script, str(panel_file)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert stored(panel_file, "mei-zoe").rating("bad-data") == Rating("bad-data")
