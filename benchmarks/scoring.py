"""How long the mixed model takes on simulated ratings, against the truth and against other programs.

    python benchmarks/scoring.py                             all shapes, without and with the pair's effect
    python benchmarks/scoring.py 73k 1M --peers lme4 gpboost and the others in the same run

Every fit runs in a process of its own, so that its peak memory is its own. Times are the best of `--repeat`,
ids already coded, prediction error variances of all candidates and interviewers included.
"""

import argparse
import importlib
import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.large.reml import fit_reml

TRUTH = {"candidate": 0.36, "interviewer": 0.2025, "candidate:interviewer": 0.16, "residual": 0.5929}
PAIR = "candidate:interviewer"


@frozen
class Shape:
    """How many of whom rate how often."""

    candidates: int
    interviewers: int
    seen_by: int
    questions: int


SHAPES = {
    "73k": Shape(2_972, 1_128, 25, 1),
    "1M": Shape(20_000, 2_000, 6, 8),
    "10M": Shape(200_000, 20_000, 6, 8),
}
# With one rating a pair, halo cannot be told from the residual: the same number in five questions instead.
WITH_HALO = {**SHAPES, "73k": Shape(2_972, 1_128, 5, 5)}


@frozen(eq=False)
class Ratings:
    """Simulated ratings, one entry each."""

    value: Floats
    question: Codes
    candidate: Codes
    interviewer: Codes
    pair: Codes


def simulate(shape: Shape, *, halo: bool, seed: int) -> Ratings:
    """Draw ratings with the variances of `TRUTH`; interviewers meet candidates at random."""
    rng = np.random.default_rng(seed)
    pairs = shape.candidates * shape.seen_by
    candidate = np.repeat(np.arange(shape.candidates), shape.seen_by)
    interviewer = rng.integers(0, shape.interviewers, pairs)
    level = 3.0 + rng.normal(0.0, TRUTH["candidate"] ** 0.5, shape.candidates)[candidate]
    level += rng.normal(0.0, TRUTH["interviewer"] ** 0.5, shape.interviewers)[interviewer]
    if halo:
        level += rng.normal(0.0, TRUTH[PAIR] ** 0.5, pairs)
    value = np.repeat(level, shape.questions)
    value += rng.normal(0.0, TRUTH["residual"] ** 0.5, len(value))
    question = np.tile(np.arange(shape.questions), pairs)
    value += np.linspace(-0.3, 0.3, shape.questions)[question] if shape.questions > 1 else 0.0
    columns = (np.repeat(codes, shape.questions) for codes in (candidate, interviewer, np.arange(pairs)))
    return Ratings(value, question, *columns)


def factors_of(ratings: Ratings, *, halo: bool) -> dict[str, Codes]:
    """Return the random effects of the model."""
    factors = {"candidate": ratings.candidate, "interviewer": ratings.interviewer}
    return {**factors, PAIR: ratings.pair} if halo else factors


def peak() -> float:
    """Return the peak memory of this process in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def ours(ratings: Ratings, *, halo: bool, repeat: int) -> dict[str, Any]:
    """Fit by hiringkit."""
    factors, before = factors_of(ratings, halo=halo), peak()
    question = ratings.question if ratings.question.any() else None
    times = []
    for _ in range(repeat):
        start, used = time.perf_counter(), time.process_time()
        fit = fit_reml(ratings.value, None, question, factors)
        times.append((time.perf_counter() - start, time.process_time() - used))
    return {
        "seconds": min(wall for wall, _ in times),
        "processor": min(used for _, used in times),
        "gigabytes": peak(),
        "of which data": before,
        "variances": {**fit.variances, "residual": fit.residual},
        "standard errors": fit.standard_errors,
        "chance errors": fit.chance_errors,
        "note": f"{fit.method}, {fit.iterations} evaluations, converged: {fit.converged}, "
        f"prediction error variances within {fit.effect_variance_error:.2%} by chance",
    }


def gpboost(ratings: Ratings, *, halo: bool) -> dict[str, Any]:
    """Fit by GPBoost, which reports no standard errors of effects at this size."""
    peer = importlib.import_module("gpboost")
    codes = np.column_stack(list(factors_of(ratings, halo=halo).values()))
    design = np.eye(int(ratings.question.max()) + 1)[ratings.question]
    start, used = time.perf_counter(), time.process_time()
    model = peer.GPModel(group_data=codes, likelihood="gaussian")
    model.fit(y=ratings.value, X=design)
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    found = np.asarray(model.get_cov_pars()).ravel()
    names = ["residual", *factors_of(ratings, halo=halo)]
    return {
        "seconds": seconds,
        "processor": processor,
        "gigabytes": peak(),
        "variances": dict(zip(names, found.tolist(), strict=False)),
        "note": "maximum likelihood; no standard errors of effects",
    }


LME4 = """
suppressMessages(library(lme4))
read <- function(name, what) readBin(file.path(dir, name), what, n)
d <- data.frame(y = read("value", "double"), q = factor(read("question", "integer")),
                candidate = factor(read("candidate", "integer")),
                interviewer = factor(read("interviewer", "integer")),
                pair = factor(read("pair", "integer")))
f <- y ~ 1 + (1 | candidate) + (1 | interviewer)
if (nlevels(d$q) > 1) f <- update(f, . ~ . + q)
if (halo) f <- update(f, . ~ . + (1 | pair))
fitting <- system.time(m <- lmer(f, d, REML = TRUE, control = lmerControl(calc.derivs = FALSE)))
v <- as.data.frame(VarCorr(m))
cat(sprintf('{"seconds": %f, "processor": %f, "variances": {', fitting[["elapsed"]], fitting[["user.self"]]))
names <- sub("pair", "candidate:interviewer", sub("Residual", "residual", v$grp))
cat(paste(sprintf('"%s": %.8f', names, v$vcov), collapse = ", "))
cat("}}\\n")
flush(stdout())
errors <- system.time(ranef(m, condVar = TRUE))[["elapsed"]]
cat(sprintf('{"errors": %f}\\n', errors))
"""


def lme4(ratings: Ratings, *, halo: bool, limit: float) -> dict[str, Any]:
    """Fit by lme4 through Rscript, without its check of derivatives; then the effects' standard errors."""
    program = shutil.which("Rscript")
    if program is None:
        return {"note": "Rscript is not here (apt-get install r-cran-lme4)"}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("value", "question", "candidate", "interviewer", "pair"):
            column = getattr(ratings, name)
            (column if name == "value" else column.astype(np.int32)).tofile(Path(folder) / name)
        script = Path(folder) / "fit.R"
        head = f'dir <- "{folder}"; n <- {len(ratings.value)}; halo <- {str(halo).upper()}\n'
        script.write_text(head + LME4, encoding="utf-8")
        output = _limited([program, str(script)], limit)
    found: dict[str, Any] = {"note": f"stopped after {limit:.0f} s"}
    for line in output.splitlines():
        found |= json.loads(line)
    if "errors" in found:
        found["note"] = f"and {found['errors']:.1f} s for the effects' standard errors"
    elif "seconds" in found:
        found["note"] = f"standard errors of effects not finished after {limit:.0f} s in all"
    return found


def _limited(command: list[str], limit: float) -> str:
    """Return what a program printed until it ended or its time was up."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            return process.communicate(timeout=limit)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            return process.communicate()[0]


def describe(name: str, ratings: int, found: dict[str, Any]) -> None:
    """Print one fit."""
    seconds = f"{found['seconds']:8.3f} s" if "seconds" in found else "       - s"
    processor = f", {found['processor']:.3f} s of processor" if "processor" in found else ""
    memory = f", {found['gigabytes']:.2f} GB" if "gigabytes" in found else ""
    data = f" ({found['of which data']:.2f} before the fit)" if "of which data" in found else ""
    print(f"{name:10} {ratings:>10,} ratings {seconds}{processor}{memory}{data}; {found.get('note', '')}")
    for effect, variance in found.get("variances", {}).items():
        error = found.get("standard errors", {}).get(effect)
        chance = found.get("chance errors", {}).get(effect)
        more = "" if error is None else f"  standard error {error:.5f}, by chance {chance:.6f}"
        print(f"    {effect:24} {variance:.5f}  truth {TRUTH[effect]:.4f}{more}")


def alone(program: str, shape: str, halo: bool, options: argparse.Namespace) -> dict[str, Any]:
    """Run one fit in a process of its own and return what it found."""
    command = [sys.executable, __file__, shape, "--only", program, "--repeat", str(options.repeat)]
    command += ["--seed", str(options.seed), "--limit", str(options.limit)]
    output = _limited([*command, "--halo" if halo else "--no-halo"], options.limit + 60.0)
    lines = [line for line in output.splitlines() if line.startswith('{"')]
    found: dict[str, Any] = json.loads(lines[-1]) if lines else {"note": "did not finish"}
    return found


def one(options: argparse.Namespace) -> dict[str, Any]:
    """Fit one shape by one program in this process."""
    halo, name = options.halo, options.shapes[0]
    ratings = simulate((WITH_HALO if halo else SHAPES)[name], halo=halo, seed=options.seed)
    if options.only == "ours":
        return ours(ratings, halo=halo, repeat=options.repeat)
    if options.only == "lme4":
        return lme4(ratings, halo=halo, limit=options.limit)
    if importlib.util.find_spec("gpboost") is None:
        return {"note": "gpboost is not here (pip install gpboost)"}
    return gpboost(ratings, halo=halo)


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", choices=[*SHAPES, []], help="all if none is named")
    parser.add_argument("--halo", action=argparse.BooleanOptionalAction, help="only with, or without, it")
    parser.add_argument("--peers", nargs="*", choices=["lme4", "gpboost"], default=[])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--limit", type=float, default=600.0, help="seconds that a peer may take")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=["ours", "lme4", "gpboost"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        print(json.dumps(one(options)))
        return
    for shape in options.shapes or SHAPES:
        for halo in (False, True) if options.halo is None else (options.halo,):
            print(f"\n{shape}, {'with' if halo else 'without'} {PAIR}")
            dimensions = (WITH_HALO if halo else SHAPES)[shape]
            count = dimensions.candidates * dimensions.seen_by * dimensions.questions
            mine = alone("ours", shape, halo, options)
            describe("hiringkit", count, mine)
            for peer in options.peers:
                theirs = alone(peer, shape, halo, options)
                describe(peer, count, theirs)
                if "seconds" in theirs:
                    ratios = (theirs[kind] / mine[kind] for kind in ("seconds", "processor"))
                    print("    its fit alone: {:.0f} times the time, {:.0f} times the processor's".format(*ratios))


if __name__ == "__main__":
    main()
