"""How `hiringkit score --cluster local:N` grows: time, memory, bytes between processes, and whether it finds the truth.

    python benchmarks/cluster.py --ratings 1000000 --workers 1 2          a minute
    python benchmarks/cluster.py --ratings 10000000 30000000 100000000 --workers 1 2 4
    python benchmarks/cluster.py --ratings 100000000 --workers 2 --kill   and one worker is killed during the fit

Ratings are drawn file by file, 0 to 100 with one decimal, sorted by candidate; each candidate meets six interviewers
who ask eight questions. Every run is a process of its own. Memory is the proportional set size of it and all that it
starts, looked at ten times a second. Needs the extra `cluster`.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyarrow as pa
from attrs import define, field
from pyarrow import parquet

SEEN_BY, QUESTIONS, A_FILE = 6, 8, 2_000_000
PER_INTERVIEWER = 480
"""Ratings that an interviewer gives on average."""
TRUTH = {"candidate": 36.0, "interviewer": 20.25, "candidate:interviewer": 16.0, "residual": 59.29}
MEAN, LOW, HIGH = 50.0, 0.0, 100.0
HALO = "candidate:interviewer"


def draw(folder: Path, ratings: int, seed: int) -> None:
    """Write ratings and the candidates' true scores, file by file."""
    (folder / "ratings").mkdir(parents=True)
    (folder / "truth").mkdir()
    candidates, interviewers = ratings // (SEEN_BY * QUESTIONS), max(ratings // PER_INTERVIEWER, 20)
    severity = np.random.default_rng(seed).normal(0.0, TRUTH["interviewer"] ** 0.5, interviewers)
    people = pa.array([f"interviewer-{code:06d}" for code in range(interviewers)])
    asked = pa.array([f"question-{code}" for code in range(QUESTIONS)])
    step = A_FILE // (SEEN_BY * QUESTIONS)
    for at, start in enumerate(range(0, candidates, step)):
        rng, count = np.random.default_rng([seed, at + 1]), min(step, candidates - start)
        drawn = np.arange(count)[:, None] * interviewers + rng.integers(0, interviewers, (count, SEEN_BY))
        candidate, interviewer = np.divmod(np.unique(drawn), interviewers)
        merit = rng.normal(0.0, TRUTH["candidate"] ** 0.5, count)
        level = MEAN + merit[candidate] + severity[interviewer]
        level += rng.normal(0.0, TRUTH[HALO] ** 0.5, len(candidate))
        value = level[:, None] + np.linspace(-3.0, 3.0, QUESTIONS)
        value = value + rng.normal(0.0, TRUTH["residual"] ** 0.5, value.shape)
        who = pa.array([f"candidate-{code:09d}" for code in range(start, start + count)])
        columns = {
            "candidate": coded(np.repeat(candidate, QUESTIONS), who),
            "interviewer": coded(np.repeat(interviewer, QUESTIONS), people),
            "question": coded(np.tile(np.arange(QUESTIONS), len(candidate)), asked),
            "rating": pa.array(np.clip(np.round(value, 1), LOW, HIGH).ravel()),
        }
        parquet.write_table(pa.table(columns), folder / "ratings" / f"part-{at:05d}.parquet")
        truth = pa.table({"candidate": who, "truth": pa.array(MEAN + merit)})
        parquet.write_table(truth, folder / "truth" / f"part-{at:05d}.parquet")


def coded(codes: Any, words: Any) -> Any:
    """Return a column of texts."""
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), words)


@define
class Watch:
    """Looks at the memory of a process and all that it starts."""

    process: psutil.Process
    whole: int = 0
    """Peak of all together, in bytes."""
    each: dict[int, int] = field(factory=lambda: defaultdict(int))
    """Peak of each process."""
    over: threading.Event = field(factory=threading.Event)

    def run(self) -> None:
        """Look until it is over."""
        while not self.over.wait(0.1):
            whole = 0
            try:
                family = [self.process, *self.process.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            for process in family:
                try:
                    used = process.memory_full_info().pss
                except (psutil.NoSuchProcess, psutil.AccessDenied):
                    continue
                self.each[process.pid] = max(self.each[process.pid], used)
                whole += used
            self.whole = max(self.whole, whole)


def score(folder: Path, workers: int, *, kill: bool) -> dict[str, Any]:
    """Score once; return the summary and what it took."""
    place = folder / f"results-{workers}"
    shutil.rmtree(place, ignore_errors=True)
    command = [
        sys.executable,
        "-m",
        "hiringkit",
        "score",
        f"{folder}/ratings/*.parquet",
        "--scale",
        f"{LOW:g}:{HIGH:g}",
    ]
    command += ["--cluster", f"local:{workers}", "-o", f"{place}/", "-f", "json"]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    watch = Watch(psutil.Process(process.pid))
    looking = threading.Thread(target=watch.run)
    looking.start()
    stages: dict[str, float] = {}
    for line in process.stderr or ():
        now = time.perf_counter() - start
        stages[re.split(r"[:,]", line)[0].strip()] = now
        if kill and line.startswith("evaluation 1"):
            victim = max(watch.process.children(recursive=True), key=lambda each: watch.each[each.pid])
            victim.kill()
            print(f"    killed worker {victim.pid} after {now:.0f} s", flush=True)
            kill = False
        if line.startswith(("error", "hint")):
            print("   ", line.strip())
    text = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.over.set()
    looking.join()
    if process.returncode:
        raise SystemExit(f"failed with {process.returncode}")
    names = list(stages)
    ends = [*list(stages.values())[1:], time.perf_counter() - start]
    return {
        **json.loads(text),
        "seconds": time.perf_counter() - start,
        "stages": {name: end - stages[name] for name, end in zip(names, ends, strict=True)},
        "processor": used.ru_utime + used.ru_stime,
        "gigabytes": watch.whole / 1e9,
        "most": sorted((each / 1e9 for pid, each in watch.each.items() if pid != process.pid), reverse=True),
        "here": watch.each[process.pid] / 1e9,
        "place": place,
    }


def covered(folder: Path, place: Path) -> tuple[int, float, float]:
    """Return how many candidates there are, the share whose true score is in its interval, and the error."""
    columns = ["candidate", "score", "low", "high"]
    held, squares, count = 0, 0.0, 0
    for path in sorted((place / "profiles").glob("*.parquet")):
        found = parquet.read_table(path, columns=columns)
        truth = parquet.read_table(folder / "truth" / path.name)
        if not found.column("candidate").equals(truth.column("candidate").cast(found.schema.field(0).type)):
            raise SystemExit(f"{path} has other candidates than were drawn")
        score, low, high = (found.column(name).to_numpy() for name in columns[1:])
        true = truth.column("truth").to_numpy()
        held += int(((low <= true) & (true <= high)).sum())
        squares += float(((score - true) ** 2).sum())
        count += len(true)
    return count, held / count, (squares / count) ** 0.5


def describe(folder: Path, found: dict[str, Any], alone: float | None) -> None:
    """Print one run."""
    workers = found["workers"]
    efficiency = f", efficiency {alone / (workers * found['seconds']):.0%}" if alone else ""
    each = ", ".join(f"{peak:.2f}" for peak in found["most"][:workers])
    bytes_each = found["moved"] / max(found["sums"] * workers, 1)
    print(
        f"  {workers} workers {found['seconds']:8.1f} s{efficiency}, {found['processor']:.1f} s of processor; "
        f"{found['gigabytes']:.2f} GB in all, "
        f"workers {each}, here {found['here']:.2f}; {found['sums']} sums over all shards, "
        f"{bytes_each / 1e6:.2f} MB each and worker, both ways"
    )
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in found["stages"].items() if round(seconds, 1))
    print(f"    by stage, in s: {stages}")
    for name, variance in found["model"]["variances"].items():
        low, high = variance["interval"]
        inside = "in" if low <= TRUTH[name] <= high else "OUTSIDE"
        print(f"    {name:22} {variance['estimate']:.4f} ({low:.4f} to {high:.4f}), truth {TRUTH[name]}: {inside}")
    count, share, error = covered(folder, found["place"])
    print(
        f"    {share:.2%} of {count:,} true scores in their 90 % intervals; root mean square error {error:.3f}",
        flush=True,
    )


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ratings", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kill", action="store_true", help="kill a worker during the fit")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", help="where to write, and to leave what was written; a temporary one if not given")
    options = parser.parse_args()
    for ratings in options.ratings:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(options.folder or temporary) / f"{ratings}"
            start = time.perf_counter()
            if not folder.exists():
                draw(folder, ratings, options.seed)
            size = sum(path.stat().st_size for path in (folder / "ratings").iterdir())
            print(
                f"{ratings:,} ratings, {size / 1e6:,.0f} MB, drawn in {time.perf_counter() - start:.0f} s; "
                f"load average {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            alone = None
            for workers in options.workers:
                found = score(folder, workers, kill=options.kill)
                describe(folder, found, alone)
                alone = found["seconds"] if workers == 1 else alone


if __name__ == "__main__":
    main()
