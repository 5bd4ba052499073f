"""How long `hiringkit score` takes on a large file of string ids, as a whole process and stage by stage.

    python benchmarks/bulk.py                                        95,000 ratings, CSV and Parquet, as JSON
    python benchmarks/bulk.py --candidates 200000 --interviewers 20000 --formats json table

Files are written to a temporary folder. The peer only reads the same file with pyarrow and takes the mean of each
candidate: no check of a row, no model, no interval; it is the floor, not an equal. Needs pyarrow.
"""

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet

SPREAD = {"candidate": 0.6, "interviewer": 0.45, "pair": 0.4, "candidate by question": 0.3, "by question": 0.2}
RESIDUAL = 0.77


def simulate(options: argparse.Namespace) -> pa.Table:
    """Draw ratings of 1 to 5 with all the effects of the model; interviewers meet candidates at random."""
    rng, seen = np.random.default_rng(options.seed), options.seen_by
    drawn = rng.integers(0, options.interviewers, (options.candidates, seen)) + np.arange(options.candidates)[
        :, None
    ] * (options.interviewers)
    candidate, interviewer = np.divmod(np.unique(drawn), options.interviewers)
    level = 3.0 + rng.normal(0.0, SPREAD["candidate"], options.candidates)[candidate]
    level += rng.normal(0.0, SPREAD["interviewer"], options.interviewers)[interviewer]
    level += rng.normal(0.0, SPREAD["pair"], len(candidate))
    shape = (len(candidate), options.questions)
    value = level[:, None] + rng.normal(0.0, RESIDUAL, shape) + np.linspace(-0.3, 0.3, options.questions)
    for who, many, size in (
        (candidate, options.candidates, SPREAD["candidate by question"]),
        (interviewer, options.interviewers, SPREAD["by question"]),
    ):
        value += rng.normal(0.0, size, (many, options.questions))[who]
    columns = {
        "candidate": labels("candidate", np.repeat(candidate, options.questions), options.candidates),
        "interviewer": labels("interviewer", np.repeat(interviewer, options.questions), options.interviewers),
        "question": labels("question", np.tile(np.arange(options.questions), len(candidate)), options.questions),
        "rating": pa.array(np.clip(np.rint(value), 1, 5).astype(np.int64).ravel()),
    }
    table = pa.table(columns)
    return table.filter(pa.array(rng.random(table.num_rows) >= options.missing)) if options.missing else table


def make(options: argparse.Namespace, folder: str) -> None:
    """Write the files."""
    table = simulate(options)
    print(f"{table.num_rows:,} ratings, load average {os.getloadavg()[0]:.1f}", flush=True)
    for ending in options.files:
        write = csv.write_csv if ending == "csv" else parquet.write_table
        write(table, str(Path(folder) / f"ratings.{ending}"))


def labels(word: str, codes: Any, many: int) -> Any:
    """Return a column of texts such as candidate-000042."""
    words = pa.array([f"{word}-{n:06d}" for n in range(many)])
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), words).cast(pa.string())


def whole(name: str, command: list[str], floor: float | None = None) -> float:
    """Run a process, print its wall time, its processor seconds and its peak memory, and return the second."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = process.stderr.read() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        print(f"    {name:38} failed: {said.strip().splitlines()[-1:]}", flush=True)
        return 0.0
    processor = used.ru_utime + used.ru_stime
    ratio = f", {processor / floor:.1f} x pyarrow" if floor else ""
    print(
        f"    {name:38} {wall:7.2f} s, {processor:7.2f} s of processor, {used.ru_maxrss / 1e6:5.2f} GB{ratio}",
        flush=True,
    )
    return processor


def stages(path: str, form: str) -> None:
    """Do in this process what the command does, and print what each part of it takes."""
    started = [time.perf_counter(), time.process_time()]

    def told(what: str, work: Callable[[], Any]) -> Any:
        found = work()
        now = [time.perf_counter(), time.process_time()]
        wall, used = (a - b for a, b in zip(now, started, strict=True))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"        {what:34} {wall:7.2f} s, {used:7.2f} s of processor, {peak:5.2f} GB so far", flush=True)
        started[:] = [time.perf_counter(), time.process_time()]
        return found

    def imported() -> Any:
        from hiringkit.actions import scores as filescoring  # noqa: PLC0415 - what is timed
        from hiringkit.actions import scores as scoring  # noqa: PLC0415 - what is timed
        from hiringkit.report.render import text  # noqa: PLC0415 - likewise
        from hiringkit.report.views import comparison as comparisons  # noqa: PLC0415 - likewise
        from hiringkit.scoring.large import scores as large  # noqa: PLC0415 - likewise

        return filescoring, scoring, comparisons, text, large

    gc.disable()
    filescoring, scoring, comparisons, text, large = told("import", imported)
    fit = large.fit_large
    large.fit_large = lambda *given, **named: told(
        "fit", lambda: (told("design, evidence", bool), fit(*given, **named))[1]
    )
    ready = told("read, check", lambda: filescoring.read_rating_file(path))
    comparison = told("profiles, ranks", lambda: filescoring.score_file(ready, scoring.ScoringOptions()))
    report = comparisons.comparison_report(comparison, "en")
    told(f"write as {form}", lambda: len(text.render(report, form, width=100)))


def peer(path: str) -> None:
    """Read a file with pyarrow and take each candidate's mean."""
    table = csv.read_csv(path) if path.endswith(".csv") else parquet.read_table(path)
    print(table.group_by("candidate").aggregate([("rating", "mean")]).num_rows)


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", type=int, default=2_000)
    parser.add_argument("--interviewers", type=int, default=200)
    parser.add_argument("--seen-by", type=int, default=6, help="interviewers of each candidate")
    parser.add_argument("--questions", type=int, default=8)
    parser.add_argument("--missing", type=float, default=0.0, help="share of ratings that are missing at random")
    parser.add_argument("--files", nargs="+", choices=["csv", "parquet"], default=["csv", "parquet"])
    parser.add_argument("--formats", nargs="+", choices=["json", "table", "csv", "folder"], default=["json"])
    parser.add_argument("--options", default="", help="more options of the command, such as '--effects all'")
    parser.add_argument("--stages", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        what, path = options.only
        if what == "make":
            make(options, path)
            return
        (peer if what == "peer" else lambda given: stages(given, what))(path)
        return
    with tempfile.TemporaryDirectory() as folder:
        # a process of its own makes the files: what this one has held counts as the peak of those that it starts
        subprocess.run([sys.executable, *sys.argv, "--only", "make", folder], check=True)
        for ending in options.files:
            path, out = str(Path(folder) / f"ratings.{ending}"), str(Path(folder) / "out")
            print(f"{ending}, {Path(path).stat().st_size / 1e6:,.0f} MB", flush=True)
            this = [sys.executable, __file__, "--only"]
            floor = whole("pyarrow: read, mean by candidate", [*this, "peer", path])
            for form in options.formats:
                command = [sys.executable, "-m", "hiringkit", "score", path, *options.options.split()]
                if form == "folder":
                    place = str(Path(folder) / f"results-{ending}")
                    whole("hiringkit score -o FOLDER/", [*command, "--scale", "1:5", "-o", f"{place}/"], floor)
                    continue
                whole("hiringkit score -f " + form, [*command, "-f", form, "-o", out], floor)
                if options.stages:
                    subprocess.run([*this, form, path], check=True)
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
