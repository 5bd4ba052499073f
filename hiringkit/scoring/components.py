"""Variance components of incomplete designs, by Henderson's first method.

The model has random candidates, interviewers, questions and their pairs: y = mean + all of them +
residual. For each effect f, the uncorrected sum of squares T_f = sum of (total of level)**2 / (ratings of
level) has the expectation N mean**2 + sum over effects g of k_fg var_g + levels_f var_residual, and
equating them to what was seen gives unbiased estimates in time linear in the ratings: Henderson (1953),
Biometrics 9, 226-252; Brennan's "analogous ANOVA" (2001, section 7.1). In a complete design they are the
analysis of variance's.
"""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from attrs import frozen

from hiringkit.scoring.generalizability import Components
from hiringkit.scoring.ratings import Codes, Floats, RatingColumns
from hiringkit.scoring.units import compact

Effect = frozenset[str]

FACETS = ("candidate", "interviewer", "question")
EFFECTS: tuple[Effect, ...] = tuple(frozenset(e) for size in (1, 2) for e in combinations(FACETS, size))
CANDIDATE, INTERVIEWER = EFFECTS[:2]
MOST_LEVELS = 0.9
"""An effect whose levels are more than this share of the ratings can hardly be told from the residual."""
RESIDUAL = "residual"
SINGULAR = 1e8
"""Condition number at which effects can no longer be told apart."""


@frozen(eq=False)
class System:
    """Henderson's equations: the effects that a design can tell apart, and how sums make variances."""

    effects: tuple[str, ...]
    """The effects in their order, without the residual; E of them."""
    groups: tuple[Codes, ...]
    """By effect, (n,) the level of each rating."""
    matrix: Floats
    """(E + 1, E + 1) what a unit of each component (residual last) adds to each sum (total last)."""

    def solve(self, values: Floats) -> Mapping[str, Floats]:
        """Return the variance components of ratings: by effect and `residual`, (B,) each.

        Args:
            values: (n, B) ratings in columns, each column a panel of this design.
        """
        centred = values - values.mean(axis=0)
        sums = [_sum_of_squares(centred, codes) for codes in self.groups]
        found = np.linalg.solve(self.matrix, np.stack([*sums, np.sum(centred**2, axis=0)]))
        return dict(zip((*self.effects, RESIDUAL), found, strict=True))


def system_of(columns: RatingColumns) -> System | None:
    """Make the equations of a design.

    Args:
        columns: Numbers only, each candidate x interviewer x question once, at least one.

    Returns:
        The equations of the effects that the design can tell from each other and from the residual; None
        where candidates cannot be told from interviewers or from the residual. Interviewers who rated hardly
        more than one answer each are part of the residual, as in a one-way analysis of variance.
    """
    groups = _groups(columns)
    carried = [effect for effect in EFFECTS if 1 < _levels(groups[effect]) <= MOST_LEVELS * len(columns)]
    matrix = _expectations(groups, carried, len(columns))
    kept = _told_apart(matrix, carried)
    effects = [carried[position] for position in kept]
    entangled = INTERVIEWER in carried and INTERVIEWER not in effects
    if CANDIDATE not in effects or entangled:
        return None
    rows = [*kept, len(carried)]
    return System(tuple(_name(e) for e in effects), tuple(groups[e] for e in effects), matrix[np.ix_(rows, rows)])


def components_of(columns: RatingColumns, system: System) -> Components:
    """Estimate the variance components of ratings: by effect and `residual`, negative ones included."""
    return {effect: float(found[0]) for effect, found in system.solve(columns.value[:, None]).items()}


def _groups(columns: RatingColumns) -> Mapping[Effect, Codes]:
    """Return the level of each rating in each effect: (n,) dense codes."""
    single = {
        "candidate": columns.candidate,
        "interviewer": columns.interviewer,
        "question": columns.question,
    }
    groups: dict[Effect, Codes] = {}
    for name, codes in single.items():
        groups[frozenset((name,))] = _dense(codes)
    for first, second in combinations(FACETS, 2):
        one, two = groups[frozenset((first,))], groups[frozenset((second,))]
        groups[frozenset((first, second))] = _dense(one * _levels(two) + two)
    return groups


def _dense(codes: Codes) -> Codes:
    return compact(codes, int(codes.max()) + 1)[1]


def _levels(codes: Codes) -> int:
    return int(codes.max()) + 1


def _name(effect: Effect) -> str:
    return ":".join(facet for facet in FACETS if facet in effect)


def _expectations(groups: Mapping[Effect, Codes], carried: list[Effect], n: int) -> Floats:
    """Return what a unit of each component, residual last, adds to each sum of squares less the mean's.

    Rows are the sums of squares of the effects and the total; k_fg is the sum over ratings of the size of the
    rating's group in f and g together over that of its group in f.
    """
    sizes = {effect: np.bincount(codes).astype(np.float64)[codes] for effect, codes in groups.items()}
    sizes[frozenset(FACETS)] = np.ones(n)
    by_mean = np.array([*(sizes[effect].sum() / n for effect in carried), 1.0])
    rows = [[*(float(np.sum(sizes[f | g] / sizes[f])) for g in carried), float(_levels(groups[f]))] for f in carried]
    return np.asarray(np.array([*rows, [float(n)] * (len(carried) + 1)]) - by_mean, dtype=np.float64)


def _told_apart(system: Floats, carried: list[Effect]) -> list[int]:
    """Return the positions of the effects that can be told from the residual and those before them."""
    kept: list[int] = []
    for position in range(len(carried)):
        rows = [*kept, position, len(carried)]
        part = system[np.ix_(rows, rows)]
        scale = np.abs(part).max(axis=1, keepdims=True)
        if np.all(scale > 0) and np.linalg.cond(part / scale) < SINGULAR:
            kept.append(position)
    return kept


def _sum_of_squares(values: Floats, codes: Codes) -> Floats:
    """Return the sum over levels of (total of level)**2 / size: (B,) for (n, B) values."""
    if values.shape[1] == 1:
        totals = np.bincount(codes, values[:, 0])[:, None]
    else:
        starts = np.concatenate([[0], np.cumsum(np.bincount(codes))[:-1]])
        totals = np.add.reduceat(values[np.argsort(codes, kind="stable")], starts, axis=0)
    return np.asarray(np.sum(totals**2 / np.bincount(codes)[:, None], axis=0))
