"""What the program takes to start, beside the bare imports of what it needs, in one run.

    python benchmarks/startup.py [--runs 20]

`hiringkit --help` beside click; `interview rate` on a database file beside click and SQLAlchemy; `compare` of the demo
beside click, SQLAlchemy, numpy and scipy.linalg. Prints the medians, of the clock and of the processor, and the
ratios of the latter: on a shared machine the clock tells little.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

Figures = tuple[float, float]
PAIRS = {
    "--help": ("import click", ["--help"]),
    "interview rate": (
        "import click, sqlalchemy",
        ["interview", "rate", "{interview}", "{question}", "4", "--as", "timer"],
    ),
    "compare demo": ("import click, sqlalchemy, numpy, scipy.linalg", ["compare", "{opening}"]),
}


def taken(command: list[str], environment: dict[str, str]) -> Figures:
    """Run a command once and return the seconds it took, by the clock and of the processor."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise SystemExit(f"{' '.join(command)} failed: {said.decode()}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


PROGRAM = [sys.executable, "-m", "hiringkit"]


def prepare(folder: str, environment: dict[str, str]) -> dict[str, str]:
    """Make the demonstration, and an interview that can be rated; return their names."""

    def run(*words: str) -> None:
        quiet = subprocess.DEVNULL
        subprocess.run([*PROGRAM, *words], env=environment, check=True, stdout=quiet, stderr=quiet)

    run("demo", "--dir", folder)
    run("candidate", "add", "demo", "Bench Mark", "--id", "bench")
    run("interviewer", "add", "Timer")
    run("interview", "schedule", "demo", "bench", "timer", "--question", "bottlenecks")
    return {"opening": "demo", "interview": "demo/bench/timer", "question": "bottlenecks"}


def main() -> None:
    """Measure both of a pair in turns, so that a busy moment of the machine hits both alike."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        # without bytecode every import is compiled anew, which is no user's case
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"HIRINGKIT_DB": str(Path(folder) / "hiringkit.db"), "OPENBLAS_NUM_THREADS": "1"}
        names = prepare(folder, environment)
        for name, (imports, words) in PAIRS.items():
            both = {
                imports: [sys.executable, "-c", imports],
                f"hiringkit {name}": [*PROGRAM, *(word.format(**names) for word in words)],
            }
            times: dict[str, list[Figures]] = {each: [] for each in both}
            for run in range(runs + 1):
                for each, command in both.items():
                    figures = taken(command, environment)
                    times[each] += [figures] * bool(run)  # the first run fills the caches
            medians = [[statistics.median(column) for column in zip(*each, strict=True)] for each in times.values()]
            for each, (wall, processor) in zip(times, medians, strict=True):
                print(f"{each:48} {wall * 1000:6.0f} ms, {processor * 1000:6.0f} ms of processor", flush=True)
            print(f"{'ratio':48} {medians[1][1] / medians[0][1]:.2f}", flush=True)


if __name__ == "__main__":
    main()
