"""Restricted maximum likelihood for crossed random effects, from one panel to ten million ratings.

The variances are found by average-information steps from a start by moments. With up to `DENSE_LEVELS` levels besides
the largest factor everything is exact ("dense"); beyond, conjugate gradients solve the equations and traces are
estimated from seeded signs ("stochastic"), in time and memory linear in the ratings.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from attrs import define, evolve, frozen
from numpy.typing import NDArray

from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.large.ascent import (
    AT_FLOOR,
    FLOOR,
    Ascent,
    Equations,
    Point,
    Search,
    ascend,
    chance,
    free,
    inverse_information,
    nested_residual,
    random_signs,
)
from hiringkit.scoring.large.cells import RatingCells, collapse
from hiringkit.scoring.large.kernel import Columns, CrossProducts, cross_products
from hiringkit.scoring.large.solver import SelectedInverse, System

if TYPE_CHECKING:
    from scipy.sparse import csr_array


SMALLEST_SHARE = 0.01


def starting_variances(cells: RatingCells, cross: CrossProducts) -> Floats:
    """Return variances of the remaining factors, of the nested factor if there is one, and of the residual.

    Args:
        cells: The ratings.
        cross: Their cross-products without the nested factor.

    Returns:
        At least a hundredth of the variance of the ratings each, so that none starts at its boundary.
    """
    effects: Floats = np.asarray(np.linalg.solve(cross.products, cross.response.fixed), dtype=np.float64)
    squares = (cross.squares - float((effects * cross.response.fixed).sum())) / cross.responses
    freedom = cells.ratings / cross.responses - len(effects)
    variance = squares / freedom
    shared, traces = _expected(cells, cross)
    system = np.block([[shared, traces[:, None]], [traces, np.array([freedom])]])
    found = np.linalg.lstsq(system, np.append(_observed(cells, cross, effects), squares), rcond=1e-10)[0]
    return np.asarray(np.clip(found, SMALLEST_SHARE * variance, variance))


def _observed(cells: RatingCells, cross: CrossProducts, effects: Floats) -> Floats:
    """Return |Z_f'My|² by factor: squared level sums of the ratings less the fixed effects, the mean over responses."""
    left = Columns(
        cross.response.fixed,
        cross.response.eliminated - cross.fixed @ effects,
        cross.response.rest - cross.rest_fixed @ effects,
    )
    sums = [float((cross.part(left, factor) ** 2).sum()) for factor in range(len(cells.names))]
    if cells.nested is not None:
        own = cells.total - cells.weight * effects[0, 0] - cells.contrasts @ effects[cells.varying, 0]
        sums.append(float(own @ own))
    return np.array(sums) / cross.responses


def _expected(cells: RatingCells, cross: CrossProducts) -> tuple[Floats, Floats]:
    """Return tr Z_f'MZ_gZ_g'MZ_f by factors, and tr Z_f'MZ_f by factor, where M takes the mean away."""
    weight, whole = cells.weight, float(cells.weight.sum())
    weights = Columns(cross.products[:, :1], cross.diagonal, cross.rest_diagonal)
    ones = Columns(cross.products[:, :1], np.ones_like(cross.diagonal), np.ones_like(cross.rest_diagonal))
    plain, middle = _between(cells, _squared(cross), ones), _between(cells, cross, weights)
    lengths = np.diag(plain)
    if cells.nested is not None:
        length = float(weight @ weight)
        across = [float(weight**2 @ cross.part(weights, at)[cells.codes[at], 0]) for at in range(len(plain))]
        lengths = np.append(lengths, length)
        plain = np.pad(plain, (0, 1), constant_values=length)
        middle = np.block([[middle, np.array(across)[:, None]], [np.array([*across, float(weight**2 @ weight)])]])
    shared = plain - 2.0 * middle / whole + np.outer(lengths, lengths) / whole**2
    return shared, whole - lengths / whole


def _between(cells: RatingCells, cross: CrossProducts, values: Columns) -> Floats:
    """Return value_f' A_fg value_g for all pairs of remaining factors."""
    count = len(cells.names)
    found = np.zeros((count, count))
    for g in range(count):
        one = Columns(values.fixed, np.zeros_like(values.eliminated), np.zeros_like(values.rest))
        cross.part(one, g)[:] = cross.part(values, g)
        image = cross.times(one.eliminated, one.rest)
        found[:, g] = [float((cross.part(values, f) * cross.part(image, f)).sum()) for f in range(count)]
    return found


def _squared(cross: CrossProducts) -> CrossProducts:
    """Return the cross-products with every entry squared."""
    below = cross.rest_coupling
    return evolve(
        cross,
        diagonal=cross.diagonal**2,
        rest_diagonal=cross.rest_diagonal**2,
        coupling=cross.coupling.power(2),
        rest_coupling=None if below is None else below.power(2),
    )


CHANCE = 0.03
DRAWS_AT_ONCE = 16
MOST_DRAWS = 256


@frozen(eq=False)
class Diagonal:
    """The diagonal of the equations' inverse, with its Monte Carlo error."""

    columns: Columns
    """One column; the fixed effects' part is empty."""
    error: float
    """Root mean square relative Monte Carlo error, the larger of both parts; 0 where exact."""


def exact_diagonal(inverse: SelectedInverse) -> Diagonal:
    """Return the exact diagonal."""
    return Diagonal(inverse.diagonal(), 0.0)


def stochastic_diagonal(system: System, rng: np.random.Generator) -> Diagonal:
    """Estimate the diagonal from random signs, quadrupling their number while the Monte Carlo error is too large."""
    s, cross = system.s, system.s.cross
    parts = (_Known(1.0 / s.diagonal()), _Known(_squared_columns(cross.coupling) @ (1.0 / s.diagonal())))
    drawn = 0
    for goal in (4, 16, 64, MOST_DRAWS):
        while drawn < goal:
            count = min(goal - drawn, DRAWS_AT_ONCE)
            # The first signs are those of the traces, whose solutions are already known.
            _draw(system, random_signs(rng, len(s.rest_ratio), count), parts, "" if drawn else "traces")
            drawn += count
        found = _bordered(system, parts)
        if found.error <= CHANCE:
            break
    return found


def _column(eliminated: Floats, rest: Floats) -> Columns:
    return Columns(np.zeros((0, 1)), eliminated, rest)


@define(eq=False)
class _Known:
    """A diagonal that is known except for a mean over random draws, which are taken in one batch at a time."""

    known: Floats
    count: int = 0
    total: Floats | float = 0.0
    squares: Floats | float = 0.0

    def add(self, draws: Floats) -> None:
        """Take in (L, k) draws."""
        self.count += draws.shape[1]
        self.total += draws.sum(axis=1, keepdims=True)
        self.squares += (draws * draws).sum(axis=1, keepdims=True)

    def estimate(self, lowest: Floats) -> tuple[Floats, Floats]:
        """Return the diagonal, not below `lowest`, and its Monte Carlo variance."""
        mean = self.total / self.count
        variance = (self.squares / self.count - mean**2) / (self.count - 1)
        return np.maximum(self.known + mean, lowest), np.maximum(variance, 0.0)


def _draw(system: System, signs: Floats, parts: tuple[_Known, _Known], purpose: str) -> None:
    """Add the draws of these (r, k) signs to both parts of the diagonal."""
    s, coupling = system.s, system.s.cross.coupling
    diagonal = s.diagonal()
    solved = system.inverse.solve(signs, purpose)
    stepped = signs - s.times(signs) / diagonal
    parts[0].add(stepped * (solved - signs / diagonal))
    parts[1].add((coupling @ stepped) * (coupling @ solved))


def _bordered(system: System, parts: tuple[_Known, _Known]) -> Diagonal:
    """Add what the fixed effects and the eliminated factor itself contribute."""
    cross, ridge = system.s.cross, system.s.ridge
    products = np.asarray(np.linalg.inv(system.fixed), dtype=np.float64)
    left = cross.fixed - cross.coupling @ system.solved_border
    # No diagonal entry of an inverse is below the inverse of that of the matrix; with one remaining factor
    # the same holds of the whole of S, whose first term is diagonal.
    least = 1.0 / (cross.rest_diagonal + system.s.rest_ratio)
    lowest = _squared_columns(cross.coupling) @ least * float(cross.rest_coupling is None)
    rest, rest_error = parts[0].estimate(least)
    above, error = parts[1].estimate(lowest)
    rest += _forms(system.solved_border, products)
    eliminated = 1.0 / ridge + (above + _forms(left, products)) / ridge**2
    chance = max(_relative(error / ridge**4, eliminated), _relative(rest_error, rest))
    return Diagonal(_column(eliminated, rest), chance)


def _forms(rows: Floats, products: Floats) -> Floats:
    """Return row @ products @ row' for every row."""
    return np.asarray(((rows @ products) * rows).sum(axis=1, keepdims=True))


def _relative(variance: Floats, value: Floats) -> float:
    return float(np.sqrt(np.mean(variance / value**2))) if len(value) else 0.0


def _squared_columns(sparse: "csr_array") -> "csr_array":
    return sparse.power(2)


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
    cells = collapse(value, weight, fixed, factors, sizes)
    cross = cross_products(cells)
    dense = sum(cells.levels) - max(cells.levels) <= dense_levels
    start = starting_variances(cells, cross)
    search = Search(
        cells=cells,
        cross=None if cells.nested else cross,
        dense=dense,
        seed=seed,
        tolerance=tolerance,
        max_iterations=max_iterations,
        floor=FLOOR * float(start.sum()),
    )
    flat = start[-1] <= ALL_EQUAL * max(1.0, cells.center**2)
    return _flat(cells, search) if flat else _described(search, ascend(search, start))


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
    point, cells = ascent.point, search.cells
    at = point.at
    at_zero = at.variances <= AT_FLOOR * search.floor
    names = _names(cells)
    inverse, lost = inverse_information(point.derivatives.information, free(point, search.floor))
    errors = np.where(lost, np.inf, np.sqrt(np.maximum(inverse.diagonal(), 0.0)))
    estimates = dict(zip(names, np.where(at_zero, 0.0, at.variances).tolist(), strict=True))
    diagonal = diagonal_at(point, search.seed)
    fixed, covariance = _fixed(cells, at)
    return RemlFit(
        fixed=fixed,
        fixed_covariance=covariance,
        mean=cells.center + float(at.solution.fixed[0, 0]),
        mean_variance=at.residual * float(np.linalg.inv(at.system.fixed)[0, 0]),
        residual=estimates.pop("residual"),
        variances=estimates,
        standard_errors=dict(zip(names, np.where(at_zero, np.nan, errors).tolist(), strict=True)),
        effects=_effects(cells, at, at_zero),
        effect_variances={
            name: _bounded(at.residual * at.cross.part(diagonal.columns, factor)[:, 0], estimates[name])
            for factor, name in enumerate(cells.names)
        },
        log_likelihood=point.log_likelihood,
        converged=ascent.converged,
        iterations=ascent.iterations,
        seed=search.seed,
        tolerance=search.tolerance,
        method="dense" if search.dense else "stochastic",
        boundary=tuple(name for name, zero in zip(names, at_zero, strict=True) if zero),
        chance_errors=dict(zip(names, chance(point, search.floor).tolist(), strict=True)),
        effect_variance_error=diagonal.error,
    )


def _bounded(found: Floats, prior: float) -> Floats:
    """Return prediction error variances capped at the effect's own, which stochastic estimates may exceed."""
    return np.minimum(found, prior)


def _names(cells: RatingCells) -> list[str]:
    """Return the names of the variances in their order."""
    return [*cells.names, *([] if cells.nested is None else [cells.nested]), "residual"]


def diagonal_at(point: Point, seed: int) -> Diagonal:
    """Return the diagonal of the equations' inverse."""
    if point.inverse is not None:
        return exact_diagonal(point.inverse)
    return stochastic_diagonal(point.at.system, np.random.default_rng(seed))


def _fixed(cells: RatingCells, at: Equations) -> tuple[Floats, Floats]:
    """Return the effects of all fixed levels and their covariance, NaN for those without ratings."""
    effects = cells.fixed
    fixed = np.full(effects.levels, np.nan)
    fixed[effects.used] = cells.center + effects.basis @ at.solution.fixed[:, 0]
    covariance = np.full((effects.levels, effects.levels), np.nan)
    inverse = at.residual * np.linalg.inv(at.system.fixed)
    covariance[np.ix_(effects.used, effects.used)] = effects.basis @ inverse @ effects.basis.T
    return fixed, covariance


def _effects(cells: RatingCells, at: Equations, at_zero: NDArray[np.bool_]) -> dict[str, Floats]:
    """Return the predicted effects of every factor, exactly 0 where its variance is."""
    found = {name: at.cross.part(at.solution, factor)[:, 0] for factor, name in enumerate(cells.names)}
    if cells.nested is not None:
        found[cells.nested] = nested_residual(at) * (at.variances[-2] / at.residual)
    return {name: effects * (not zero) for (name, effects), zero in zip(found.items(), at_zero[:-1], strict=True)}


def _flat(cells: RatingCells, search: Search) -> RemlFit:
    """Describe ratings that do not differ beyond their fixed effects: every variance is zero."""
    names, effects = _names(cells), cells.fixed
    fixed = np.full(effects.levels, np.nan)
    found = np.linalg.solve(effects.products, effects.moments)[:, 0]
    fixed[effects.used] = cells.center + effects.basis @ found
    sizes = dict(zip(cells.names, cells.levels, strict=True))
    if cells.nested is not None:
        sizes[cells.nested] = len(cells.weight)
    return RemlFit(
        fixed=fixed,
        fixed_covariance=np.where(np.isnan(fixed), np.nan, 0.0) + np.zeros((effects.levels, effects.levels)),
        mean=cells.center + float(found[0]),
        mean_variance=0.0,
        residual=0.0,
        variances=dict.fromkeys(names[:-1], 0.0),
        standard_errors=dict.fromkeys(names, np.nan),
        effects={name: np.zeros(size) for name, size in sizes.items()},
        effect_variances={name: np.zeros(size) for name, size in zip(cells.names, cells.levels, strict=True)},
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
