"""What the calibrated scores of a small panel take, the first time in a process and then.

    python benchmarks/small_panel.py [--runs 9]

8 candidates x 6 interviewers x 12 questions on 3 criteria, complete, with all five usual effects and both priors;
seconds of the processor, one thread of the linear algebra library. Ratings are invented.
"""

import argparse
import random
import statistics
import time

import numpy as np

from hiringkit.domain.profile import Comparison
from hiringkit.scoring.calibrated.score import score_calibrated
from hiringkit.scoring.effects import DEFAULT_EFFECTS
from hiringkit.scoring.ratings import Blueprint, ratings_from_rows

CANDIDATES, INTERVIEWERS, QUESTIONS, CRITERIA = 8, 6, 12, 3


def score() -> Comparison:
    """Score a panel drawn at random, always the same."""
    dice = random.Random(1)  # noqa: S311 - invented ratings
    merit = [[dice.gauss(0, 0.7) for _ in range(CRITERIA)] for _ in range(CANDIDATES)]
    severity = [dice.gauss(0, 0.4) for _ in range(INTERVIEWERS)]
    rows = [(c, i, q) for c in range(CANDIDATES) for i in range(INTERVIEWERS) for q in range(QUESTIONS)]
    values = [round(3 + merit[c][q % CRITERIA] - severity[i] + dice.gauss(0, 0.7)) for c, i, q in rows]
    loadings = np.eye(CRITERIA)[np.arange(QUESTIONS) % CRITERIA]
    bars, gates = np.array([3.0, np.nan, np.nan]), np.array([True, False, False])
    questions = [f"q{n}" for n in range(QUESTIONS)]
    blueprint = Blueprint(["a", "b", "c"], questions, loadings, np.array([3.0, 2.0, 1.0]), bars, gates, 1, 5)
    ratings = ratings_from_rows(
        [f"c{c}" for c, _, _ in rows],
        [f"i{i}" for _, i, _ in rows],
        [f"q{q}" for _, _, q in rows],
        [min(max(value, 1), 5) for value in values],
        [None] * len(rows),
        blueprint,
        [f"c{n}" for n in range(CANDIDATES)],
    )
    begun = time.process_time()
    found = score_calibrated(ratings, blueprint, effects=DEFAULT_EFFECTS)
    TAKEN.append(time.process_time() - begun)
    return found


TAKEN: list[float] = []


def main() -> None:
    """Score it again and again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    for _ in range(1 + parser.parse_args().runs):
        score()
    first, *later = (taken * 1000 for taken in TAKEN)
    print(f"the first time {first:.0f} ms, then {statistics.median(later):.0f} ms, at best {min(later):.0f} ms")


if __name__ == "__main__":
    main()
