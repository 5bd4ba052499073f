"""Which questions one interview asks: those that share its time among criteria as these weigh."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hiringkit.domain.coverage import GATE_QUESTIONS, POINTS_OFF, TIMES_OFF
from hiringkit.planning.problem import KitProblem

TRADED = 2
"""Questions that are exchanged for others at once, at most, when a kit is improved."""
ORDER = 1.0
"""What it counts against a kit to have the rubric's last questions, not its first; a whole share missed counts 1."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Cost = tuple[float, float, float]


@lru_cache(maxsize=256)
def solve_kit(problem: KitProblem) -> tuple[int, ...]:
    """Choose a kit that fits the time and that leaves out no question which would fit besides.

    Questions asked least often come first. Among those, a kit is better that asks two questions for more of the gates;
    then one in which fewer criteria are off their share of the time, all the candidate's interviews taken together;
    then one that misses less of these shares, or has what stands first in the rubric. It is built up question by
    question and improved for as long as exchanging two for two makes it better, by the time alone before the order
    counts as well.

    Returns:
        The places of its questions, ascending; none where not even one fits.
    """
    scales = _Scales(problem)
    chosen: frozenset[int] = frozenset()
    for times in sorted({each.times for each in problem.questions}):
        pool = [place for place, each in enumerate(problem.questions) if each.times == times]
        by_time = scales.improved(chosen, scales.filled(chosen, pool), pool, order=0)
        chosen = scales.improved(chosen, by_time, pool, order=ORDER)
    return tuple(sorted(chosen))


class _Scales:
    """Weighs many kits at once."""

    def __init__(self, problem: KitProblem) -> None:
        asked = problem.questions
        self.minutes = np.array([each.minutes for each in asked], dtype=float)
        self.spent = np.array([each.spent for each in asked], dtype=float)
        self.main = np.array([[gate in each.main for gate in problem.gates] for each in asked], dtype=float)
        self.shares = np.array(problem.shares, dtype=float)
        self.limit = problem.minutes
        times = np.array([each.times for each in asked], dtype=float)
        self.before = times @ self.spent, times @ self.main, times @ self.minutes

    def filled(self, chosen: frozenset[int], pool: Sequence[int]) -> frozenset[int]:
        """Add the question that makes the best kit of it, for as long as one fits."""
        while True:
            room = self.limit - self.minutes[list(chosen)].sum()
            fitting = [place for place in pool if place not in chosen and self.minutes[place] <= room]
            if not fitting:
                return chosen
            _, best = self._best(chosen, self._sets([(place,) for place in fitting]), 0)
            chosen = chosen | {fitting[best]}

    def improved(self, kept: frozenset[int], kit: frozenset[int], pool: Sequence[int], order: float) -> frozenset[int]:
        """Exchange questions of the pool, not those that are kept, for as long as that makes the kit better."""
        if not kit:
            return kit
        best = self._best(kit, self._sets([()]), order)[0]
        while found := min(self._exchanges(kept, kit, pool, order), key=lambda each: each[0], default=None):
            if found[0] >= best:
                break
            best, kit = found
        return kit

    def _exchanges(
        self, kept: frozenset[int], kit: frozenset[int], pool: Sequence[int], order: float
    ) -> Iterator[tuple[Cost, frozenset[int]]]:
        """Yield the best kit for each few questions that go, among those that are as full."""
        out = [place for place in pool if place not in kit]
        coming = [each for many in range(1, TRADED + 1) for each in combinations(out, many)]
        if not coming:
            return
        sets = self._sets(coming)
        taken = sets @ self.minutes
        for going in (each for many in range(1, TRADED + 1) for each in combinations(sorted(kit - kept), many)):
            left = kit.difference(going)
            room = self.limit - self.minutes[list(left)].sum() - taken
            besides = np.array([place for place in pool if place not in left])
            fits = (self.minutes[besides] <= room[:, None]) & (sets[:, besides] == 0)
            full = (room >= 0) & ~fits.any(axis=1)
            if full.any():
                cost, best = self._best(left, sets[full], order)
                yield cost, left.union(coming[np.flatnonzero(full)[best]])

    def _sets(self, places: Sequence[tuple[int, ...]]) -> Floats:
        """Return a row for each set of questions, with 1 where it has one."""
        rows = np.zeros((len(places), len(self.minutes)))
        for row, each in zip(rows, places, strict=True):
            row[list(each)] = 1
        return rows

    def _best(self, left: frozenset[int], sets: Floats, order: float) -> tuple[Cost, int]:
        """Return what speaks against the best of some kits, the gravest first, and its row.

        Args:
            left: Questions that all of them have.
            sets: What each has besides.
            order: What it counts to have the rubric's last questions.
        """
        kits = sets + self._sets([tuple(left)])
        spent, main, minutes = (
            kits @ own + before for own, before in zip((self.spent, self.main, self.minutes), self.before, strict=True)
        )
        gates = np.maximum(0, GATE_QUESTIONS - main).sum(axis=1)
        times = spent / minutes[:, None]
        off = _off_share(times, self.shares).sum(axis=1)
        places = kits @ np.arange(len(self.minutes)) / kits.sum(axis=1) / len(self.minutes)
        missed = np.round(np.maximum(0, self.shares - times).sum(axis=1) + order * places, 9)
        best = int(np.lexsort((missed, off, gates))[0])
        return (float(gates[best]), float(off[best]), float(missed[best])), best


def _off_share(times: Floats, shares: Floats) -> Flags:
    """Return where `hiringkit.domain.coverage.time_gap` finds a gap."""
    off: Flags = (times * TIMES_OFF < shares) | (times > TIMES_OFF * shares)
    return off & (np.abs(times - shares) >= POINTS_OFF)
