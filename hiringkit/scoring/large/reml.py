"""Restricted maximum likelihood for crossed random effects, from one panel to ten million ratings.

The variances are found by average-information steps from a start by moments. With up to `DENSE_LEVELS` levels besides
the largest factor everything is exact ("dense"); beyond, conjugate gradients solve the equations and traces are
estimated from seeded signs ("stochastic"), in time and memory linear in the ratings.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from attrs import define, frozen

from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.large.ascent import (
    AT_FLOOR,
    FLOOR,
    Ascent,
    Climb,
    Equations,
    ExactInverse,
    Point,
    Search,
    ascend,
    chance,
    first,
    free,
    inverse_information,
    random_signs,
    silent,
)
from hiringkit.scoring.large.cells import collapse
from hiringkit.scoring.large.shards import (
    drawn,
    exact_errors,
    known_errors,
    left_over,
    nested_solutions,
    solutions,
    spread,
)
from hiringkit.scoring.large.solver import ShardedRatings, System, sharded

if TYPE_CHECKING:
    from scipy.sparse import csr_array


SMALLEST_SHARE = 0.01


def starting_variances(ratings: ShardedRatings) -> Floats:
    """Return variances of the remaining factors, of the nested factor if there is one, and of the residual.

    Returns:
        At least a hundredth of the variance of the ratings each, so that none starts at its boundary.
    """
    sums = ratings.plain
    effects: Floats = np.asarray(np.linalg.solve(sums.products, sums.response_fixed), dtype=np.float64)
    squares = (sums.squares - float((effects * sums.response_fixed).sum())) / sums.responses
    freedom = ratings.ratings / sums.responses - len(effects)
    variance = squares / freedom
    shared, traces = _expected(ratings)
    system = np.block([[shared, traces[:, None]], [traces, np.array([freedom])]])
    found = np.linalg.lstsq(system, np.append(_observed(ratings, effects), squares), rcond=1e-10)[0]
    return np.asarray(np.clip(found, SMALLEST_SHARE * variance, variance))


def _observed(ratings: ShardedRatings, effects: Floats) -> Floats:
    """Return |Z_f'My|² by factor: squared level sums of the ratings less the fixed effects, the mean over responses."""
    own, nested = ratings.executor.total(left_over, ratings.shards, effects)
    rest = (ratings.plain.response - ratings.plain.rest_fixed @ effects) ** 2
    sums = [
        own if factor == ratings.eliminated else float(rest[ratings.slices[factor]].sum())
        for factor in range(len(ratings.names))
    ]
    if ratings.nested:
        sums.append(nested)
    return np.array(sums) / ratings.plain.responses


def _expected(ratings: ShardedRatings) -> tuple[Floats, Floats]:
    """Return tr Z_f'MZ_gZ_g'MZ_f by factors, and tr Z_f'MZ_f by factor, where M takes the mean away."""
    owned, nested, squared, coupled, shared = ratings.executor.total(spread, ratings.shards)
    sums, weights = ratings.plain, ratings.plain.rest_diagonal
    below = sums.rest_coupling
    plain = _between(ratings, owned[0], squared, weights**2, None if below is None else below.power(2), None)
    middle = _between(ratings, owned[1], coupled, weights, below, weights)
    lengths, whole = np.diag(plain), float(nested[3])
    if ratings.nested:
        across = [
            float(nested[1] if at == ratings.eliminated else (shared * weights)[ratings.slices[at]].sum())
            for at in range(len(plain))
        ]
        lengths = np.append(lengths, nested[0])
        plain = np.pad(plain, (0, 1), constant_values=float(nested[0]))
        middle = np.block([[middle, np.array(across)[:, None]], [np.array([*across, float(nested[2])])]])
    found = plain - 2.0 * middle / whole + np.outer(lengths, lengths) / whole**2
    return found, whole - lengths / whole


def _between(
    ratings: ShardedRatings,
    own: float,
    coupled: Floats,
    diagonal: Floats,
    coupling: "csr_array | None",
    values: Floats | None,
) -> Floats:
    """Return value_f' A_fg value_g for all pairs of remaining factors, A's rows being weights or their squares.

    Args:
        ratings: The ratings.
        own: For the eliminated factor with itself.
        coupled: (r, 1) A' value for the eliminated factor.
        diagonal: (r, 1) of A.
        coupling: (r, r) of A between different remaining factors, if there are any.
        values: (r, 1); None for ones.
    """
    each = np.ones_like(diagonal) if values is None else values
    found = np.diag([own if at == ratings.eliminated else 0.0 for at in range(len(ratings.names))])
    for g, columns in ratings.slices.items():
        found[ratings.eliminated, g] = found[g, ratings.eliminated] = float((coupled * each)[columns].sum())
        one = np.zeros_like(each)
        one[columns] = each[columns]
        image = diagonal * one if coupling is None else diagonal * one + coupling @ one
        for f, rows in ratings.slices.items():
            found[f, g] = float((each * image)[rows].sum())
    return found


CHANCE = 0.03
DRAWS_AT_ONCE = 16
MOST_DRAWS = 256


@frozen(eq=False)
class Diagonal:
    """The diagonal of the equations' inverse, with its Monte Carlo error."""

    eliminated: Floats
    """(E, 1) of the eliminated factor, shard by shard."""
    rest: Floats
    """(r, 1) of the remaining levels."""
    error: float
    """Root mean square relative Monte Carlo error, the larger of both parts; 0 where exact."""


def exact_diagonal(at: Equations, inverse: ExactInverse) -> Diagonal:
    """Return the exact diagonal."""
    own = at.system.s.gathered(exact_errors, inverse.rest, inverse.rest_fixed, inverse.products)
    return Diagonal(np.concatenate(own), inverse.rest.diagonal()[:, None], 0.0)


def stochastic_diagonal(system: System, rng: np.random.Generator) -> Diagonal:
    """Estimate the diagonal from random signs, quadrupling their number while the Monte Carlo error is too large."""
    s = system.s
    # No diagonal entry of an inverse is below the inverse of that of the matrix; with one remaining factor
    # the same holds of the whole of S, whose first term is diagonal.
    least = 1.0 / (s.sums.rest_diagonal + s.rest_ratio)
    parts = s.gathered(known_errors, 1.0 / s.diagonal(), least, system.solved_border, system.products)
    known, lowest, forms, ridge = (np.concatenate(column) for column in zip(*parts, strict=True))
    own, others, drawn_so_far = _Known(known), _Known(1.0 / s.diagonal()), 0
    for goal in (4, 16, 64, MOST_DRAWS):
        while drawn_so_far < goal:
            count = min(goal - drawn_so_far, DRAWS_AT_ONCE)
            # The first signs are those of the traces, whose solutions are already known.
            signs = random_signs(rng, len(s.rest_ratio), count)
            _draw(system, signs, own, others, "" if drawn_so_far else "traces")
            drawn_so_far += count
        rest, rest_error = others.estimate(least)
        above, error = own.estimate(lowest * float(s.sums.rest_coupling is None))
        rest = rest + _forms(system.solved_border, system.products)
        eliminated = 1.0 / ridge + (above + forms) / ridge**2
        found = Diagonal(eliminated, rest, max(_relative(error / ridge**4, eliminated), _relative(rest_error, rest)))
        if found.error <= CHANCE:
            break
    return found


@define(eq=False)
class _Known:
    """A diagonal that is known except for a mean over random draws, which are taken in one batch at a time."""

    known: Floats
    count: int = 0
    total: Floats | float = 0.0
    squares: Floats | float = 0.0

    def add(self, count: int, total: Floats, squares: Floats) -> None:
        """Take in the (L, 1) sums and sums of squares of so many draws."""
        self.count += count
        self.total += total
        self.squares += squares

    def estimate(self, lowest: Floats) -> tuple[Floats, Floats]:
        """Return the diagonal, not below `lowest`, and its Monte Carlo variance."""
        mean = self.total / self.count
        variance = (self.squares / self.count - mean**2) / (self.count - 1)
        return np.maximum(self.known + mean, lowest), np.maximum(variance, 0.0)


def _draw(system: System, signs: Floats, own: _Known, others: _Known, purpose: str) -> None:
    """Add the draws of these (r, k) signs to both parts of the diagonal."""
    s, count = system.s, signs.shape[1]
    diagonal = s.diagonal()
    solved = system.inverse.solve(signs, purpose)
    stepped = signs - s.times(signs) / diagonal
    draws = stepped * (solved - signs / diagonal)
    others.add(count, draws.sum(axis=1, keepdims=True), (draws * draws).sum(axis=1, keepdims=True))
    parts = s.gathered(drawn, stepped, solved)
    own.add(count, *(np.concatenate(column) for column in zip(*parts, strict=True)))


def _forms(rows: Floats, products: Floats) -> Floats:
    """Return row @ products @ row' for every row."""
    return np.asarray(((rows @ products) * rows).sum(axis=1, keepdims=True))


def _relative(variance: Floats, value: Floats) -> float:
    return float(np.sqrt(np.mean(variance / value**2))) if len(value) else 0.0


DENSE_LEVELS = 1_000
"""Beyond this, an exact evaluation takes longer than a whole stochastic fit, whose Monte Carlo error is a hundredth
of the standard error."""
ALL_EQUAL = 1e-20


@frozen(eq=False)
class RemlFit:
    """A mixed model fitted by restricted maximum likelihood."""

    fixed: Floats
    """(Q,) effect of every fixed level, which is the expected rating there; NaN where it has no ratings."""
    fixed_covariance: Floats
    """(Q, Q) their covariance, given the variances."""
    mean: float
    """The fixed effects' mean, each level in the share of its ratings' weight."""
    mean_variance: float
    """Variance of that mean, given the variances."""
    variances: dict[str, float]
    """Variance of every random effect; exactly 0 where the likelihood has its maximum at the boundary."""
    residual: float
    """Variance of a rating of weight 1 about all effects."""
    standard_errors: dict[str, float]
    """Of the variances and of `residual`, from the average information; NaN at the boundary, infinite where the data
    do not identify the variances."""
    effects: dict[str, Floats]
    """Best linear unbiased prediction of every level; 0 for a level without ratings."""
    effect_variances: dict[str, Floats]
    """Prediction error variance of every level, given the variances; not of a factor nested in all others."""
    log_likelihood: float | None
    """Restricted log-likelihood, constants included; None where it is not computed (stochastic)."""
    converged: bool
    """Whether the last step was below the tolerance and all equations were solved to it."""
    iterations: int
    """Evaluations of the likelihood or its slope."""
    seed: int
    """Seed of the random signs."""
    tolerance: float
    """Of the last step of a variance over the sum of all (where stochastic, or a hundredth of its chance error or a
    thousandth of its standard error, if that is more), and of the residuals of the conjugate gradients."""
    method: str
    """`dense` or `stochastic`."""
    boundary: tuple[str, ...]
    """Effects whose variance is 0, `residual` among them where it vanished."""
    chance_errors: dict[str, float]
    """Standard errors of the variances by stochastic traces alone, `residual` included; 0 where dense."""
    effect_variance_error: float
    """Root mean square relative Monte Carlo error of the effect variances; 0 where dense."""


def fit_reml(
    value: Floats,
    weight: Floats | None,
    fixed: Codes | None,
    factors: Mapping[str, Codes],
    *,
    levels: Mapping[str, int] | None = None,
    seed: int = 0,
    tolerance: float = 1e-6,
    max_iterations: int = 100,
    dense_levels: int = DENSE_LEVELS,
) -> RemlFit:
    """Fit y = fixed + Σ random effects + residual by restricted maximum likelihood.

    Args:
        value: (n,) ratings on their scale.
        weight: (n,) positive weights, or None for 1 each; a rating's residual variance is residual / weight.
        fixed: (n,) codes of the fixed effect (the question), or None for a mean alone.
        factors: By name, (n,) codes of every random effect; at least one. Levels without ratings are allowed.
        levels: Number of levels by name, where the last ones may have no ratings.
        seed: For the stochastic method; the same seed gives the same numbers.
        tolerance: Stop when the last step of every variance is below this times their sum.
        max_iterations: When to give up, as `converged` then says.
        dense_levels: Largest number of levels besides the largest factor for which everything is computed exactly.

    Returns:
        The fit, in the units of the ratings (variances in their squares).

    Raises:
        Refused: There are no more ratings than fixed levels.
        ValueError: The columns differ in length or hold values that are not numbers.
    """
    _check(value, weight, factors)
    sizes = {name: max(int(codes.max()) + 1, (levels or {}).get(name, 0)) for name, codes in factors.items()}
    ratings = sharded(collapse(value, weight, fixed, factors, sizes, dense_levels))
    return fit_shards(ratings, seed=seed, tolerance=tolerance, max_iterations=max_iterations, dense_levels=dense_levels)


def fit_shards(
    ratings: ShardedRatings,
    *,
    seed: int = 0,
    tolerance: float = 1e-6,
    max_iterations: int = 100,
    dense_levels: int = DENSE_LEVELS,
    nested: bool = True,
    begin: Climb | None = None,
    told: Callable[[Climb], None] = silent,
) -> RemlFit:
    """Fit ratings in shards; effects of the eliminated and the nested factor come shard by shard.

    Args:
        ratings: The ratings.
        seed: As of `fit_reml`, and what follows too.
        tolerance: Likewise.
        max_iterations: Likewise.
        dense_levels: Likewise.
        nested: Whether effects of the nested factor are wanted, of which there are as many as cells.
        begin: Where an earlier fit of the same ratings was; None to begin anew.
        told: Called after every evaluation of the likelihood.
    """
    start = starting_variances(ratings)
    search = Search(
        ratings=ratings,
        dense=ratings.rest <= dense_levels,
        seed=seed,
        tolerance=tolerance,
        max_iterations=max_iterations,
        floor=FLOOR * float(start.sum()),
        nested=nested,
        told=told,
    )
    if start[-1] <= ALL_EQUAL * max(1.0, ratings.center**2):
        return _flat(ratings, search)
    return _described(search, ascend(search, begin or first(start)))


def _check(value: Floats, weight: Floats | None, factors: Mapping[str, Codes]) -> None:
    """Raise ValueError for columns that do not form a model."""
    if not factors:
        raise ValueError("a mixed model needs at least one random effect")
    columns = [*factors.values()] if weight is None else [weight, *factors.values()]
    if any(len(column) != len(value) for column in columns):
        raise ValueError("all columns must have one entry a rating")
    if not np.isfinite(value).all() or (weight is not None and not (weight > 0.0).all()):
        raise ValueError("ratings must be numbers and weights positive")


def _described(search: Search, ascent: Ascent) -> RemlFit:
    """Express the result of the climb in the units of the ratings."""
    point, ratings = ascent.point, search.ratings
    at = point.at
    at_zero = at.variances <= AT_FLOOR * search.floor
    names = _names(ratings)
    inverse, lost = inverse_information(point.here.derivatives.information, free(point.here, search.floor))
    errors = np.where(lost, np.inf, np.sqrt(np.maximum(inverse.diagonal(), 0.0)))
    estimates = dict(zip(names, np.where(at_zero, 0.0, at.variances).tolist(), strict=True))
    diagonal = diagonal_at(point, search.seed)
    fixed, covariance = _fixed(ratings, at)
    found, error_parts = levels_at(at), Levels(diagonal.eliminated, diagonal.rest)
    effects = {name: found.part(ratings, factor)[:, 0] for factor, name in enumerate(ratings.names)}
    if ratings.nested is not None and search.nested:
        nested = np.concatenate(at.system.s.gathered(nested_solutions, at.solution.fixed, at.solution.rest))
        effects[ratings.nested] = nested * (at.variances[-2] / at.residual)
    return RemlFit(
        fixed=fixed,
        fixed_covariance=covariance,
        mean=ratings.center + float(at.solution.fixed[0, 0]),
        mean_variance=at.residual * float(at.system.products[0, 0]),
        residual=estimates.pop("residual"),
        variances=estimates,
        standard_errors=dict(zip(names, np.where(at_zero, np.nan, errors).tolist(), strict=True)),
        effects={name: each * (not zero) for (name, each), zero in zip(effects.items(), at_zero, strict=False)},
        effect_variances={
            name: _bounded(at.residual * error_parts.part(ratings, factor)[:, 0], estimates[name])
            for factor, name in enumerate(ratings.names)
        },
        log_likelihood=point.here.log_likelihood,
        converged=ascent.converged,
        iterations=ascent.iterations,
        seed=search.seed,
        tolerance=search.tolerance,
        method="dense" if search.dense else "stochastic",
        boundary=tuple(name for name, zero in zip(names, at_zero, strict=True) if zero),
        chance_errors=dict(zip(names, chance(point, search.floor).tolist(), strict=True)),
        effect_variance_error=diagonal.error,
    )


@frozen(eq=False)
class Levels:
    """Columns by level of every factor but the nested one."""

    eliminated: Floats
    """(E, k), shard by shard."""
    rest: Floats
    """(r, k)"""

    def part(self, ratings: ShardedRatings, factor: int) -> Floats:
        """Return the rows that belong to the factor at this position."""
        return self.eliminated if factor == ratings.eliminated else self.rest[ratings.slices[factor]]


def levels_at(at: Equations) -> Levels:
    """Return the solution by level of every factor but the nested one."""
    x = at.solution
    return Levels(np.concatenate(at.system.s.gathered(solutions, x.fixed, x.rest)), x.rest)


def _bounded(found: Floats, prior: float) -> Floats:
    """Return prediction error variances capped at the effect's own, which stochastic estimates may exceed."""
    return np.minimum(found, prior)


def _names(ratings: ShardedRatings) -> list[str]:
    """Return the names of the variances in their order."""
    return [*ratings.names, *([] if ratings.nested is None else [ratings.nested]), "residual"]


def diagonal_at(point: Point, seed: int) -> Diagonal:
    """Return the diagonal of the equations' inverse."""
    if point.inverse is not None:
        return exact_diagonal(point.at, point.inverse)
    return stochastic_diagonal(point.at.system, np.random.default_rng(seed))


def _fixed(ratings: ShardedRatings, at: Equations) -> tuple[Floats, Floats]:
    """Return the effects of all fixed levels and their covariance, NaN for those without ratings."""
    effects = ratings.fixed
    fixed = np.full(effects.levels, np.nan)
    fixed[effects.used] = ratings.center + effects.basis @ at.solution.fixed[:, 0]
    covariance = np.full((effects.levels, effects.levels), np.nan)
    inverse = at.residual * at.system.products
    covariance[np.ix_(effects.used, effects.used)] = effects.basis @ inverse @ effects.basis.T
    return fixed, covariance


def _flat(ratings: ShardedRatings, search: Search) -> RemlFit:
    """Describe ratings that do not differ beyond their fixed effects: every variance is zero."""
    names, effects = _names(ratings), ratings.fixed
    fixed = np.full(effects.levels, np.nan)
    found = np.linalg.solve(ratings.plain.products, ratings.plain.response_fixed)[:, 0]
    fixed[effects.used] = ratings.center + effects.basis @ found
    sizes = dict(zip(ratings.names, ratings.levels, strict=True))
    if ratings.nested is not None:
        sizes[ratings.nested] = ratings.nested_levels
    return RemlFit(
        fixed=fixed,
        fixed_covariance=np.where(np.isnan(fixed), np.nan, 0.0) + np.zeros((effects.levels, effects.levels)),
        mean=ratings.center + float(found[0]),
        mean_variance=0.0,
        residual=0.0,
        variances=dict.fromkeys(names[:-1], 0.0),
        standard_errors=dict.fromkeys(names, np.nan),
        effects={name: np.zeros(size) for name, size in sizes.items()},
        effect_variances={name: np.zeros(size) for name, size in zip(ratings.names, ratings.levels, strict=True)},
        log_likelihood=None,
        converged=True,
        iterations=0,
        seed=search.seed,
        tolerance=search.tolerance,
        method="dense",
        boundary=tuple(names),
        chance_errors=dict.fromkeys(names, 0.0),
        effect_variance_error=0.0,
    )
