"""docs/scale.md works as typed, on few ratings: its commands, and the one that holds many against their truth."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import distributed
import pyarrow as pa
import pytest
from pyarrow import parquet
from sharded_ratings import rows_of, simulated, words_of, write

from hiringkit.library.catalog import Library

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)

pytestmark = pytest.mark.slow


def lines_of_guide() -> list[str]:
    """Return the commands, in their order."""
    return [line for text in BLOCK.findall(GUIDE) for line in text.splitlines()]


@pytest.fixture
def environment(tmp_path: Path, elsewhere: Path) -> dict[str, str]:
    """This checkout as the program, and as what `python` runs."""
    for name, words in {"hiringkit": "-m hiringkit ", "python": ""}.items():
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words}"$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return os.environ | {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(elsewhere),
    }


def run(line: str, folder: Path, environment: dict[str, str]) -> str:
    """Run a line of the guide."""
    words = ["/bin/sh", "-c", line]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{line}: {done.stderr}{done.stdout}"
    return done.stdout


@contextmanager
def cluster(environment: dict[str, str]) -> Iterator[str]:
    """Start a scheduler and a worker as a cluster's owner does, and return the address."""
    scheduler = Popen(
        [
            sys.executable,
            "-m",
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
        ],
        stderr=PIPE,
        text=True,
    )
    assert scheduler.stderr is not None
    address = next(line.split()[-1] for line in scheduler.stderr if "Scheduler at:" in line)
    worker = Popen(
        [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"],
        stdout=PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
    )
    try:
        open_client: Any = distributed.Client
        with open_client(address, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=120)
        yield address
    finally:
        for process in (worker, scheduler):
            process.terminate()
            process.communicate()


def test_both_commands_score_what_is_there(tmp_path: Path, environment: dict[str, str]) -> None:
    pip, here, there, *_ = lines_of_guide()
    assert pip == "pip install 'hiringkit[cluster]'"
    write(tmp_path / "ratings", simulated(candidates=200, interviewers=30))
    printed = run(here, tmp_path, environment)
    assert "200" in printed
    scored = rows_of(tmp_path / "results")
    assert len(scored) == 200
    assert sum(row["score"] is None for row in scored.values()) == 1

    questions = Library([ROOT]).load_rubric("sales-operations-manager").asked[:4]
    table = simulated(candidates=200, interviewers=30)
    names = pa.array([questions[int(name.split()[1])].id for name in words_of(table, "question")])
    bucket = tmp_path / "bucket"
    bucket.mkdir()
    write(bucket / "ratings", table.set_column(2, "question", names))
    with cluster(environment) as address:
        line = there.replace("s3://bucket", bucket.as_uri()).replace("tcp://10.0.0.1:8786", address)
        assert address in line
        run(line, tmp_path, environment)
    assert len(rows_of(bucket / "results")) == 200
    severities = parquet.read_table(bucket / "results" / "interviewers.parquet")
    assert {"interviewer", "severity", "low", "high", "ratings"} == set(severities.column_names)


def test_the_benchmark_finds_the_truth_although_a_worker_is_killed(tmp_path: Path, environment: dict[str, str]) -> None:
    (line,) = (line for line in lines_of_guide() if line.startswith("python benchmarks/"))
    small = line.replace("100000000", "60000").replace("/some/disk", str(tmp_path))
    assert (small.count("60000"), small.count(str(tmp_path))) == (1, 1)
    printed = run(small, ROOT, environment)
    assert "killed worker" in printed
    assert printed.count(": in\n") == 4
    (share,) = re.findall(r"([\d.]+)% of 1,250 true scores", printed)
    assert 85 < float(share) < 95
