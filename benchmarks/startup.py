"""How long `hiringkit --help` takes beside `python -c "import click"`, in one run.

    python benchmarks/startup.py [--runs 20]

Prints the median and best of each and the ratio of the medians; the aim is at most 2.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

PEER = [sys.executable, "-c", "import click"]
OURS = [str(Path(sys.executable).with_name("hiringkit")), "--help"]


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Run a command once and return the seconds it took."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure both in turns, so that a busy moment of the machine hits both alike."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    # without bytecode every import is compiled anew, which is no user's case
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {"import click": [], "hiringkit --help": []}
    for name, command in (("import click", PEER), ("hiringkit --help", OURS)):
        seconds(command, environment)
        times[name].clear()
    for _ in range(runs):
        times["import click"].append(seconds(PEER, environment))
        times["hiringkit --help"].append(seconds(OURS, environment))
    for name, taken in times.items():
        print(f"{name:18} median {statistics.median(taken) * 1000:6.1f} ms   best {min(taken) * 1000:6.1f} ms")
    ratio = statistics.median(times["hiringkit --help"]) / statistics.median(times["import click"])
    print(f"{'ratio':18} {ratio:.2f}")


if __name__ == "__main__":
    main()
