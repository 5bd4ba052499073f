"""A plan of a panel: the program solved, dealt out to candidates, connected."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from hiringkit.planning.design import connected_parts
from hiringkit.planning.model import (
    TOLERANCE,
    Assignment,
    NoSolution,
    PanelModel,
    PanelRule,
    RuleKind,
    rules_of,
)
from hiringkit.planning.problem import PanelProblem

Seats = list[list[int | None]]
"""For each candidate, the place of the interviewer with each kit."""
_MOST_CUTS = 25
_FORBIDDEN = 1e9
_TIGHT = 1e6
_ROUND = 1e-6


def solve_panel(problem: PanelProblem, *, tolerance: float = TOLERANCE) -> Assignment:
    """Return the best plan, or one that is proven to be within the tolerance of it.

    With a plan before, as much of it stays as can, and only then is the best one chosen.

    Raises:
        NoSolution: No plan satisfies all rules, or none was found in time.
    """
    cuts: list[frozenset[int]] = []
    while True:
        model = PanelModel(problem, rules_of(problem), cuts)
        if problem.kits:
            cost = model.changes()
            values, _bound = model.solve(cost, tolerance=0.0)
            model.limit(cost, float(cost @ values) + _ROUND)
        quality = model.quality()
        found, bound = model.solve(quality, tolerance=tolerance)
        model.fix(model.asks, found)
        found, _bound = model.solve(quality, tolerance=0.0)  # with the kits fixed, who holds them takes no time
        seats = deal(model, found)
        apart = _apart(problem, seats)
        if apart is None or len(cuts) >= _MOST_CUTS:
            if apart is not None:
                raise NoSolution(proven=False)
            value = float(quality @ found)
            gap = max(value - bound, 0.0) / max(abs(value), 1.0)
            return Assignment(model.kits(found), _named(problem, seats), model.chosen_times(found), gap)
        cuts.append(apart)


def is_feasible(problem: PanelProblem, enforced: Sequence[PanelRule], seconds: float) -> bool:
    """Return whether some rules can be satisfied together; what is not decided in time counts as possible."""
    cuts: list[frozenset[int]] = []
    while True:
        model = PanelModel(problem, enforced, cuts)
        try:
            values, _bound = model.solve(np.zeros(len(model.whole)), seconds=seconds)
        except NoSolution as none:
            return not none.proven
        if PanelRule(RuleKind.CONNECTED) not in enforced:
            return True
        apart = _apart(problem, deal(model, values))
        if apart is None or len(cuts) >= _MOST_CUTS:
            return True
        cuts.append(apart)


def _named(problem: PanelProblem, seats: Seats) -> tuple[tuple[str | None, ...], ...]:
    people = problem.interviewers
    return tuple(tuple(None if n is None else people[n].id for n in row) for row in seats)


def _apart(problem: PanelProblem, seats: Seats) -> frozenset[int] | None:
    """Return places of candidates who cannot be compared with the others, or None."""
    parts = _parts(problem, seats)
    if len(parts) < 2:  # noqa: PLR2004 - all of them are one part
        return None
    place = {each.id: n for n, each in enumerate(problem.candidates)}
    return frozenset(place[each] for each in parts[-1])


def _parts(problem: PanelProblem, seats: Seats) -> list[frozenset[str]]:
    return connected_parts(_meetings(problem, seats), [each.id for each in problem.candidates])


def _meetings(problem: PanelProblem, seats: Seats) -> Iterator[tuple[str, str]]:
    for candidate, row in zip(problem.candidates, seats, strict=True):
        yield from ((candidate.id, problem.interviewers[n].id) for n in row if n is not None)
        yield from ((candidate.id, each.interviewer) for each in candidate.elsewhere)


def deal(model: PanelModel, values: npt.NDArray[np.float64]) -> Seats:
    """Deal the counts of classes out to candidates, so that nobody meets an interviewer twice, and connect them."""
    seats: Seats = [[] for _ in model.problem.candidates]
    for group, counts in zip(model.classes, model.counts(values), strict=True):
        left = counts.copy()
        for n, member in enumerate(group.members):
            seats[member] = _match(left, group.size - n)
    _link(model, seats)
    return seats


def _match(left: npt.NDArray[np.int64], candidates: int) -> list[int | None]:
    """Take one candidate's interviewers from the counts: everybody whom all candidates who are left must meet.

    Args:
        left: (kits, interviewers) counts; lowered by what is taken.
        candidates: How many are to be dealt out, this one included.
    """
    rows = [kit for kit in range(len(left)) if left[kit].any()]
    load = left.sum(axis=0)
    cost = np.where(left[rows] > 0, -load[None, :] - np.where(load == candidates, _TIGHT, 0.0)[None, :], _FORBIDDEN)
    row: list[int | None] = [None] * len(left)
    for kit, who in zip(*linear_sum_assignment(cost), strict=True):
        row[rows[kit]] = int(who)
        left[rows[kit], who] -= 1
    return row


def _link(model: PanelModel, seats: Seats) -> None:
    """Exchange interviewers of a kit between candidates of a class until all are connected, where that is possible."""
    problem = model.problem
    parts = len(_parts(problem, seats))
    for group in model.classes:
        for first, second in combinations(group.members, 2):
            if parts == 1:
                return
            for kit in range(problem.interviews):
                one, other = seats[first][kit], seats[second][kit]
                if one == other or other in seats[first] or one in seats[second]:
                    continue
                seats[first][kit], seats[second][kit] = other, one
                now = len(_parts(problem, seats))
                if now < parts:
                    parts = now
                else:
                    seats[first][kit], seats[second][kit] = one, other
