"""Faults of a real cluster of processes: whatever is lost, the numbers are those of one machine, or there are none."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from sys import executable
from typing import Any

import dask
import distributed
import pytest
from sharded_ratings import Silence, bulk, rows_of, simulated, write

from hiringkit.actions.bulk_scores import BulkScores
from hiringkit.errors import Refused
from hiringkit.exchange import shards
from hiringkit.scoring.large.cluster import connect
from hiringkit.text.sentence import Sentence

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write ratings to files of several row groups."""
    return write(tmp_path_factory.mktemp("ratings") / "in", simulated())


@pytest.fixture(scope="module")
def expected(pattern: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[BulkScores, dict[str, dict[str, Any]]]:
    """Score them in this process."""
    place = tmp_path_factory.mktemp("expected") / "out"
    return bulk(pattern, place), rows_of(place)


@pytest.fixture(autouse=True)
def _several_shards_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "ROWS", 10_000)


@contextmanager
def cluster_of(workers: int, **settings: object) -> Iterator[Any]:
    """Start a cluster of processes."""
    start: Any = distributed.LocalCluster
    with dask.config.set({name.replace("__", "."): value for name, value in settings.items()}):
        cluster = start(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=60
        )
        try:
            yield cluster
        finally:
            cluster.close()


class Saboteur(Silence):
    """Does harm once, when a certain thing is said."""

    def __init__(self, when: str, harm: Callable[[], None]) -> None:
        super().__init__()
        self.when, self.harm, self.done = when, harm, False

    def begin(self, what: Sentence, steps: int) -> None:
        super().begin(what, steps)
        self.act(str(what))

    def say(self, text: Sentence) -> None:
        super().say(text)
        self.act(str(text))

    def act(self, said: str) -> None:
        if said.startswith(self.when) and not self.done:
            self.done = True
            self.harm()


def check_same(done: BulkScores, place: Path, expected: tuple[BulkScores, dict[str, dict[str, Any]]]) -> None:
    """Hold results against those of this process, which are added up in the same order within each shard."""
    first, rows = expected
    assert done.comparison.model is not None
    assert first.comparison.model is not None
    for name, variance in first.comparison.model.variances.items():
        assert done.comparison.model.variances[name].estimate == pytest.approx(variance.estimate, rel=1e-6)
    found = rows_of(place)
    assert found.keys() == rows.keys()
    for candidate, row in rows.items():
        for key, value in row.items():
            other = found[candidate][key]
            assert other == (pytest.approx(value, rel=1e-6, abs=1e-9) if isinstance(value, float) else value), candidate


def test_processes_give_the_scores_of_one(pattern: str, tmp_path: Path, expected: Any) -> None:
    done = bulk(pattern, tmp_path / "out", cluster="local:2")
    assert (done.workers, done.files) == (2, 3)
    assert done.moved > 0
    check_same(done, tmp_path / "out", expected)


@pytest.mark.parametrize("when", ["reading", "making", "evaluation 1", "scoring", "writing"])
def test_a_worker_that_is_killed_changes_no_number(pattern: str, tmp_path: Path, expected: Any, when: str) -> None:
    with cluster_of(2) as cluster:
        saboteur = Saboteur(when, lambda: os.kill(cluster.workers[0].pid, signal.SIGKILL))
        done = bulk(pattern, tmp_path / "out", cluster=cluster.scheduler_address, listener=saboteur)
    assert saboteur.done
    check_same(done, tmp_path / "out", expected)


def test_the_only_worker_may_be_killed(pattern: str, tmp_path: Path, expected: Any) -> None:
    with cluster_of(1) as cluster:
        saboteur = Saboteur("evaluation 1", lambda: os.kill(cluster.workers[0].pid, signal.SIGKILL))
        done = bulk(pattern, tmp_path / "out", cluster=cluster.scheduler_address, listener=saboteur)
    check_same(done, tmp_path / "out", expected)


def test_a_worker_that_hangs_is_done_without(pattern: str, tmp_path: Path, expected: Any) -> None:
    with cluster_of(2, distributed__scheduler__worker_ttl="4s") as cluster:
        pid = cluster.workers[0].pid
        saboteur = Saboteur("evaluation 1", lambda: os.kill(pid, signal.SIGSTOP))
        try:
            done = bulk(pattern, tmp_path / "out", cluster=cluster.scheduler_address, listener=saboteur)
        finally:
            with suppress(ProcessLookupError):  # its nanny has ended it already, as a rule
                os.kill(pid, signal.SIGKILL)
    check_same(done, tmp_path / "out", expected)


def test_work_that_kills_every_worker_is_given_up() -> None:
    with (
        cluster_of(2, distributed__scheduler__allowed_failures=1) as cluster,
        pytest.raises(Refused, match="died over and over"),
        connect(cluster.scheduler_address) as executor,
    ):
        executor.gathered(die, [1, 2])


def die(_: int) -> None:
    """End this process as a want of memory does."""
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def processes(count: int) -> Iterator[tuple[str, Popen[str]]]:
    """Start a scheduler and its workers as a cluster's owner does."""
    scheduler = Popen(
        [executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
        stderr=PIPE,
        text=True,
    )
    assert scheduler.stderr is not None
    address = next(line.split()[-1] for line in scheduler.stderr if "Scheduler at:" in line)
    workers = [
        Popen(
            [executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"],
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        for _ in range(count)
    ]
    started: list[Popen[Any]] = [*workers, scheduler]
    try:
        yield address, scheduler
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.communicate()


def wait_for(address: str, workers: int) -> None:
    """Wait until the workers are there."""
    open_client: Any = distributed.Client
    with open_client(address, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=60)


def test_a_lost_scheduler_is_said_and_the_fit_goes_on_from_its_checkpoint(
    pattern: str, tmp_path: Path, expected: Any
) -> None:
    with processes(2) as (address, scheduler):
        wait_for(address, 2)
        saboteur = Saboteur("evaluation 1", scheduler.kill)
        with pytest.raises(Refused, match="scheduler does not answer"):
            bulk(pattern, tmp_path / "out", cluster=address, checkpoint=str(tmp_path / "kept"), listener=saboteur)
    assert not (tmp_path / "out" / "interviewers.parquet").exists()
    listener = Silence()
    with cluster_of(2) as cluster:
        done = bulk(
            pattern,
            tmp_path / "out",
            cluster=cluster.scheduler_address,
            checkpoint=str(tmp_path / "kept"),
            listener=listener,
        )
    assert any(text.startswith("going on after evaluation 1") for text in listener.said)
    check_same(done, tmp_path / "out", expected)


def test_nobody_at_the_address(pattern: str, tmp_path: Path) -> None:
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(Refused, match=r"no cluster answers at tcp://127\.0\.0\.1:9"),
    ):
        bulk(pattern, tmp_path / "out", cluster="tcp://127.0.0.1:9")
