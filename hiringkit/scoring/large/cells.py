"""Ratings read once: centred, and aggregated to cells where a nested factor allows it.

The model is y = X b + Σ Z_f u_f + e with Var(u_f) = σ_f² I and Var(e_i) = σ²/w_i; X has one column per fixed
level. Its coefficients are used in the basis (mean, contrasts to the mean), in which questions common to all
interviews give zeros.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve, frozen

from hiringkit.errors import Refused
from hiringkit.scoring.arrays import Bools, Codes, Floats

ROUNDING = 1e-12
RUN = 3
"""Average length of runs of ratings with the same levels from which runs are aggregated."""


@frozen(eq=False)
class FixedEffects:
    """The fixed part of the model, with its sums over the ratings."""

    levels: int
    """Number of fixed levels, those without ratings included."""
    used: Codes
    """(p,) fixed levels that have ratings."""
    basis: Floats
    """(p, p) from coefficients (mean, then contrasts) to the effects of the used levels."""
    products: Floats
    """(p, p) X'WX in the basis."""
    moments: Floats
    """(p, 1) X'Wy in the basis."""

    def table(self, counts: Floats) -> Floats:
        """Turn (L, levels) weights by fixed level into (L, p) products with the basis, rounding cleared."""
        products = (counts if len(self.used) == self.levels else counts[:, self.used]) @ self.basis
        for column in products.T[1:]:
            column[np.abs(column) <= ROUNDING * products[:, 0]] = 0.0
        return products


@frozen(eq=False)
class RatingCells:
    """m cells of ratings and the factors that stay.

    A cell is a level of the nested factor, a run of ratings that have all levels in common, or one rating.
    """

    names: tuple[str, ...]
    """The remaining factors, without the nested one."""
    codes: tuple[Codes, ...]
    """Per factor, (m,) level of each cell."""
    levels: tuple[int, ...]
    """Per factor, its number of levels."""
    eliminated: int
    """Position of the factor that is solved for first, the one with the most levels."""
    nested: str | None
    """The factor whose levels the cells are, to be absorbed; None where cells are ratings."""
    weight: Floats
    """(m,) sum of weights."""
    total: Floats
    """(m,) weighted sum of the centred ratings."""
    question: Codes | None
    """(m,) fixed level of each rating; None where cells are of several."""
    contrasts: Floats
    """(m, a) weighted sums of the contrasts that are not zero throughout; empty where cells are ratings."""
    varying: Codes
    """(a,) the columns of the basis that `contrasts` holds."""
    fixed: FixedEffects
    """Its sums are those of these ratings alone, where there are further shards."""
    squares: float
    """y'Wy of the centred ratings."""
    ratings: int
    """Number of ratings n."""
    center: float
    """Subtracted from every rating."""
    log_weight: float
    """Sum of the logarithms of the weights."""


@frozen(eq=False)
class Overview:
    """What has to be known of all ratings before any of them can be reduced to cells."""

    counts: Floats
    """(levels,) sum of weights by fixed level."""
    center: float
    """Mean of the ratings."""
    basis: Floats
    """(p, p) of the fixed levels that have ratings."""


def overview(counts: Floats, total: float, ratings: int) -> Overview:
    """Set up the basis whose first column is the mean, with levels weighted by their ratings.

    Args:
        counts: (levels,) sum of weights by fixed level.
        total: Weighted sum of the ratings.
        ratings: Their number.

    Raises:
        Refused: There are no more ratings than fixed effects.
    """
    if ratings <= np.count_nonzero(counts):
        raise Refused(
            "The variances cannot be told from so few ratings",
            hint="there must be more ratings than fixed effects",
        )
    used = np.flatnonzero(counts)
    basis = np.eye(len(used)) - counts[used] / counts.sum()
    basis[:, 0] = 1.0
    return Overview(counts, float(total / counts.sum()), basis)


def collapse(
    value: Floats,
    weight: Floats | None,
    fixed: Codes | None,
    factors: Mapping[str, Codes],
    levels: Mapping[str, int],
    dense_levels: int = 0,
) -> RatingCells:
    """Read all ratings once and reduce them to cells.

    Args:
        value: (n,) ratings.
        weight: (n,) positive weights, or None for 1 each.
        fixed: (n,) codes of the fixed effect, or None for a mean alone.
        factors: (n,) codes of every random effect.
        levels: Number of levels of every random effect, those without ratings included.
        dense_levels: Most levels beside one factor for which the equations are solved exactly.

    Raises:
        Refused: There are no more ratings than fixed effects.
    """
    weights = np.ones(len(value)) if weight is None else weight
    question = np.zeros(len(value), dtype=np.int64) if fixed is None else fixed
    known = overview(added(question, weights), float(np.dot(value, weights)), len(value))
    nested = nested_factor(factors, levels)
    left = {name: size for name, size in levels.items() if name in factors and name != nested}
    return cells_of(value, weight, fixed, factors, levels, known, nested, _to_eliminate(left, dense_levels))


def _to_eliminate(levels: Mapping[str, int], dense_levels: int) -> str:
    """Return the factor to solve for first: the largest.

    Of candidates and interviewers who are both very many, it is candidates, because shards are of candidates: chance
    is then the same in one shard and in many.
    """
    first = next(iter(levels))
    both = len(levels) == 2 and min(levels.values()) > dense_levels  # noqa: PLR2004 - two sides
    return first if both else max(levels, key=levels.__getitem__)


def cells_of(
    value: Floats,
    weight: Floats | None,
    fixed: Codes | None,
    factors: Mapping[str, Codes],
    levels: Mapping[str, int],
    known: Overview,
    nested: str | None,
    eliminated: str,
) -> RatingCells:
    """Reduce some of the ratings to cells; arguments as of `collapse`, and what is known of all ratings."""
    weights = np.ones(len(value)) if weight is None else weight
    question = np.zeros(len(value), dtype=np.int64) if fixed is None else fixed
    total = value - known.center
    squares = float(np.einsum("i,i,i", total, total, weights))
    total *= weights
    names = tuple(name for name in factors if name != nested)
    counts = added(question, weights, len(known.counts))
    cells = RatingCells(
        names=names,
        codes=tuple(factors[name] for name in names),
        levels=tuple(levels[name] for name in names),
        eliminated=names.index(eliminated),
        nested=nested,
        weight=weights,
        total=total,
        question=question,
        contrasts=np.zeros((0, 0)),
        varying=np.zeros(0, dtype=np.int64),
        fixed=_fixed_effects(known, counts, added(question, total, len(known.counts))),
        squares=squares,
        ratings=len(value),
        center=known.center,
        log_weight=0.0 if weight is None else float(np.log(weight).sum()),
    )
    if nested is not None:
        return _by_pair(cells, question, factors[nested], levels[nested])
    start = _run_starts(question, list(factors.values()))
    return _by_run(cells, question, start) if start.sum() <= len(value) / RUN else cells


def _run_starts(question: Codes, codes: Sequence[Codes]) -> Bools:
    """Return the (n,) rows whose levels are not all those of the row before, or where questions begin again."""
    start = np.ones(len(question), dtype=bool)
    np.less_equal(question[1:], question[:-1], out=start[1:])
    for column in codes:
        start[1:] |= column[1:] != column[:-1]
    return start


def _by_run(ratings: RatingCells, question: Codes, start: Bools) -> RatingCells:
    """Aggregate consecutive ratings with the same levels, such as those of an interview."""
    first = np.flatnonzero(start)
    contrasts, varying = _contrasts_of_runs(question, ratings.weight, ratings.fixed, start, first)
    return evolve(
        ratings,
        codes=tuple(codes[first] for codes in ratings.codes),
        weight=np.add.reduceat(ratings.weight, first),
        total=np.add.reduceat(ratings.total, first),
        question=None,
        contrasts=contrasts,
        varying=varying,
    )


def _contrasts_of_runs(
    question: Codes, weights: Floats, fixed: FixedEffects, start: Bools, first: Codes
) -> tuple[Floats, Codes]:
    """Return what `_contrasts` does; quicker if all runs are of the same questions and weights."""
    count, length = len(first), len(question) // len(first)
    even = len(question) == count * length and bool((first == np.arange(0, len(question), length)).all())
    if even and all((column.reshape(count, length) == column[:length]).all() for column in (question, weights)):
        one, varying = _contrasts(np.zeros(length, dtype=np.int64), question[:length], weights[:length], fixed, 1)
        return np.repeat(one, count, axis=0), varying
    return _contrasts(np.cumsum(start) - 1, question, weights, fixed, count)


def _by_pair(ratings: RatingCells, question: Codes, pair: Codes, cells: int) -> RatingCells:
    """Aggregate ratings by level of the nested factor."""
    contrasts, varying = _contrasts(pair, question, ratings.weight, ratings.fixed, cells)
    return evolve(
        ratings,
        codes=tuple(_carried(codes, pair, cells) for codes in ratings.codes),
        weight=added(pair, ratings.weight, cells),
        total=added(pair, ratings.total, cells),
        question=None,
        contrasts=contrasts,
        varying=varying,
    )


def nested_factor(factors: Mapping[str, Codes], levels: Mapping[str, int]) -> str | None:
    """Return the factor each of whose levels lies in a single level of every other one, or None.

    There must be three factors or more, and it is never the first, whose errors and covariances are needed.
    """
    if len(factors) < 3:  # noqa: PLR2004 - a pair and the two factors that it crosses
        return None
    first, *others = factors
    finest = max(reversed(others), key=levels.__getitem__)
    pair = factors[finest]
    for name in (first, *others):
        codes = factors[name]
        if name != finest and not np.array_equal(_carried(codes, pair, levels[finest])[pair], codes):
            return None
    return finest


def added(codes: Codes, values: Floats, levels: int = 0) -> Floats:
    """Return the sum of values by level."""
    return np.bincount(codes, values, levels).astype(np.float64, copy=False)


def _carried(codes: Codes, pair: Codes, levels: int) -> Codes:
    """Return the level of a factor for each level of the factor nested in it; 0 where that has no ratings."""
    carried = np.zeros(levels, dtype=np.int64)
    carried[pair] = codes
    return carried


def _fixed_effects(known: Overview, counts: Floats, sums: Floats) -> FixedEffects:
    """Return the products with the fixed effects of ratings with these counts and sums by fixed level."""
    used, basis = np.flatnonzero(known.counts), known.basis
    products = basis.T @ (counts[used, None] * basis)
    return FixedEffects(len(counts), used, basis, products, basis.T @ sums[used, None])


def _contrasts(pair: Codes, question: Codes, weights: Floats, fixed: FixedEffects, cells: int) -> tuple[Floats, Codes]:
    """Return the contrasts' weighted sums by cell, without the columns that are zero throughout."""
    counts = added(pair * fixed.levels + question, weights, cells * fixed.levels)
    table = fixed.table(counts.reshape(cells, fixed.levels))
    varying = np.flatnonzero(table[:, 1:].any(axis=0)) + 1
    return table[:, varying], varying
