"""How well the intervals of agreement cover on simulated panels, and how long the coefficients take.

Ratings 1 to 5 with severity .45, halo .3 and residual .77; prints the table of docs/agreement.md.

    python benchmarks/agreement.py [--panels 1000]
"""

import argparse
import time
from collections.abc import Callable

import numpy as np

from hiringkit.domain.profile import OpenInterval
from hiringkit.scoring.agreement.alpha import krippendorff_alpha
from hiringkit.scoring.agreement.concordance import kendall_w
from hiringkit.scoring.agreement.generalizability import (
    DStudy,
    drawn_components,
    percentile_interval,
    single_reliability,
    system_of,
)
from hiringkit.scoring.agreement.report import score_agreement
from hiringkit.scoring.agreement.units import Units, units_of
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.ratings import Ratings, plain_blueprint

SEVERITY, HALO, RESIDUAL = 0.45, 0.3, 0.77
LEVEL = 0.9


def ratings(rng: np.random.Generator, candidates: int, severity: Floats, questions: int, spread: float) -> Floats:
    """Draw whole ratings of candidates before these interviewers: (candidates, interviewers, questions)."""
    shape = (candidates, len(severity), 1)
    scores = 3 + spread * rng.normal(size=(candidates, 1, 1)) - severity[:, None] + HALO * rng.normal(size=shape)
    return np.clip(np.rint(scores + RESIDUAL * rng.normal(size=(*shape[:2], questions))), 1, 5)


def columns_of(scores: Floats) -> Ratings:
    """Make rating columns of an array, NaN where there is no rating."""
    candidate, interviewer, question = np.nonzero(np.isfinite(scores))
    n = len(candidate)
    value = scores[candidate, interviewer, question]
    people = [[str(i) for i in range(size)] for size in scores.shape[:2]]
    return Ratings(
        candidate, interviewer, question, value, np.zeros(n, dtype=np.int8), np.ones(n), people[0], people[1]
    )


def answers(scores: Floats) -> Units:
    """Make units of answers."""
    names = [f"q{i}" for i in range(scores.shape[2])]
    units = units_of(columns_of(scores), plain_blueprint(names, 1.0, 5.0, source="option"))
    if units is None:
        raise AssertionError("five levels are few")
    return units


def alpha_interval(scores: Floats) -> OpenInterval | None:
    """Return the interval of alpha by the interval metric."""
    return krippendorff_alpha(answers(scores), "interval", LEVEL).interval


def w_interval(scores: Floats) -> OpenInterval | None:
    """Return the interval of Kendall's W."""
    return kendall_w(scores.mean(axis=2), LEVEL).w.interval


def fixed_interviewers(
    rng: np.random.Generator, panels: int, shape: tuple[int, int, int], spread: float, kind: str
) -> float:
    """Return the share of intervals that hold the coefficient of 5,000 candidates, interviewers the same."""
    candidates, interviewers, questions = shape
    interval = alpha_interval if kind == "alpha" else w_interval
    held = []
    for _ in range(25):
        severity = SEVERITY * rng.normal(size=interviewers)
        many = ratings(rng, 5_000, severity, questions, spread)
        found = krippendorff_alpha(answers(many), "interval") if kind == "alpha" else kendall_w(many.mean(axis=2)).w
        truth = found.estimate or 0.0
        held += [
            holds(interval(ratings(rng, candidates, severity, questions, spread)), truth) for _ in range(panels // 25)
        ]
    return share(held)


def reliability(rng: np.random.Generator, panels: int, shape: tuple[int, int, int], seen: int) -> float:
    """Return the share of intervals that hold the single reliability, `seen` interviewers a candidate.

    Ratings are not rounded here, so that the truth is known.
    """
    candidates, interviewers, questions = shape
    truth = 0.36 / (0.36 + SEVERITY**2 + HALO**2 + RESIDUAL**2 / questions)
    held = []
    for seed in range(panels):
        scores = 0.6 * rng.normal(size=(candidates, 1, 1)) + SEVERITY * rng.normal(size=(interviewers, 1))
        scores = scores + HALO * rng.normal(size=(candidates, interviewers, 1))
        scores = scores + 0.3 * rng.normal(size=questions) + RESIDUAL * rng.normal(size=shape)
        met = rng.random((candidates, interviewers, 1)).argsort(axis=1) < seen
        columns = columns_of(np.where(met, scores, np.nan))
        held.append(holds(reliability_interval(columns, DStudy(seen, questions, questions), seed), truth))
    return share(held)


def reliability_interval(columns: Ratings, design: DStudy, seed: int) -> OpenInterval | None:
    """Return the interval of the reliability of one interviewer."""
    system = system_of(columns)
    if system is None:
        return None
    components = {name: float(found[0]) for name, found in system.solve(columns.value[:, None]).items()}
    draws = drawn_components(system, components, seed)
    return percentile_interval(lambda drawn: single_reliability(drawn, design), draws, LEVEL)


def holds(interval: OpenInterval | None, truth: float) -> bool | None:
    """Return whether an interval holds the truth; None where there is none."""
    if interval is None:
        return None
    low, high = interval
    return (low is None or low <= truth) and (high is None or truth <= high)


def share(held: list[bool | None]) -> float:
    """Return the share of True among those that are not None."""
    return float(np.mean([one for one in held if one is not None]))


def quickest(work: Callable[[], object], times: int = 7) -> float:
    """Return the shortest of several runs in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return 1000 * min(taken)


def coverage(panels: int) -> None:
    """Print the table of coverage."""
    rng = np.random.default_rng(1)
    print("| coefficient | panel | covered |\n|---|---|---|")
    for shape, spread in (
        ((4, 5, 6), 0.6),
        ((8, 4, 6), 0.6),
        ((8, 4, 1), 0.6),
        ((20, 3, 1), 0.6),
        ((60, 3, 1), 1.0),
    ):
        covered = fixed_interviewers(rng, panels, shape, spread, "alpha")
        print(f"| alpha, interval | {shape}, candidate SD {spread} | {covered:.2f} |", flush=True)
    for shape, spread in (((5, 4, 4), 0.6), ((8, 4, 4), 0.6), ((20, 3, 4), 0.6), ((20, 5, 4), 1.0)):
        covered = fixed_interviewers(rng, panels, shape, spread, "w")
        print(f"| Kendall's W | {shape}, candidate SD {spread} | {covered:.2f} |", flush=True)
    for shape, seen in (((8, 5, 6), 2), ((12, 6, 6), 3), ((12, 6, 1), 3), ((30, 8, 6), 3)):
        covered = reliability(rng, panels, shape, seen)
        print(f"| single reliability | {shape}, {seen} interviewers a candidate | {covered:.2f} |", flush=True)


def speed() -> None:
    """Print times for a lecture-rating shape (1,128 x 2,972, 73,421 ratings) and a full panel."""
    rng = np.random.default_rng(0)
    pairs = rng.choice(1_128 * 2_972, 73_421, replace=False)
    candidate, interviewer = pairs // 2_972, pairs % 2_972
    value = 3 + 0.6 * rng.normal(size=1_128)[candidate] - SEVERITY * rng.normal(size=2_972)[interviewer]
    value = np.clip(np.rint(value + RESIDUAL * rng.normal(size=len(pairs))), 1, 5)
    n = len(pairs)
    flat = np.zeros(n, dtype=np.int64)
    large = Ratings(candidate, interviewer, flat, value, flat.astype(np.int8), np.ones(n), ["c"] * 1_128, ["i"] * 2_972)
    one = plain_blueprint(["q"], 1.0, 5.0, source="option")

    def alpha() -> object:
        units = units_of(large, one)
        return units and krippendorff_alpha(units, "ordinal")

    print(f"\nKrippendorff's alpha, ordinal, {n} ratings: {quickest(alpha):.1f} ms")
    print(f"all coefficients, {n} ratings: {quickest(lambda: score_agreement(large, one), 3):.0f} ms")
    panel = columns_of(ratings(rng, 8, SEVERITY * rng.normal(size=6), 12, 0.6))
    twelve = plain_blueprint([f"q{i}" for i in range(12)], 1.0, 5.0, source="option")
    taken = quickest(lambda: score_agreement(panel, twelve))
    print(f"all coefficients, 8 x 6 x 12, overall and 12 criteria: {taken:.0f} ms")


def main() -> None:
    """Print coverage, then speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--panels", type=int, default=1000)
    coverage(parser.parse_args().panels)
    speed()


if __name__ == "__main__":
    main()
