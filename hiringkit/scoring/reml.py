"""Restricted maximum likelihood for crossed random effects, from one panel to ten million ratings.

The variances are found by average-information steps from a start by moments. With up to `DENSE_LEVELS` levels
beside the largest factor all is exact ("dense"); beyond, conjugate gradients solve the equations and traces
are estimated from seeded signs ("stochastic"), in time and memory linear in the ratings.
"""

from collections.abc import Mapping

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from hiringkit.scoring.ascent import AT_FLOOR, FLOOR, Ascent, Point, Search, ascend, chance, free
from hiringkit.scoring.average_information import Equations, inverse_information, nested_residual
from hiringkit.scoring.cells import Cells, collapse
from hiringkit.scoring.kernel import cross_products
from hiringkit.scoring.moments import starting_variances
from hiringkit.scoring.prediction_error import Diagonal, exact_diagonal, stochastic_diagonal
from hiringkit.scoring.ratings import Codes, Floats

DENSE_LEVELS = 1_000
"""Beyond, an exact evaluation takes longer than a whole stochastic fit, whose error is a hundredth of its own
standard error."""
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
    """Of the variances and of `residual`, from the average information; NaN at the boundary, infinite where
    the data do not tell variances apart."""
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
    """What the random signs came from."""
    tolerance: float
    """Of the last step of a variance over the sum of all (or a hundredth of its chance error, if that is
    more), and of the residuals of the conjugate gradients."""
    method: str
    """`dense` or `stochastic`."""
    boundary: tuple[str, ...]
    """Effects whose variance is 0, `residual` among them where it vanished."""
    chance_errors: dict[str, float]
    """Standard errors of the variances by stochastic traces alone, `residual` included; 0 where dense."""
    effect_variance_error: float
    """Root mean square relative error of the effect variances by chance; 0 where dense."""


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
        tolerance: When to stop: the last step of every variance is below this times their sum.
        max_iterations: When to give up, and to say so in `converged`.
        dense_levels: Largest number of levels beside the largest factor at which all is computed exactly.

    Returns:
        The fit, in the units of the ratings (variances in their squares).

    Raises:
        Refused: There are no more ratings than fixed levels.
        ValueError: The columns differ in length or hold what is not a number.
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
    """Raise ValueError for columns that make no model."""
    if not factors:
        raise ValueError("a mixed model needs at least one random effect")
    columns = [*factors.values()] if weight is None else [weight, *factors.values()]
    if any(len(column) != len(value) for column in columns):
        raise ValueError("all columns must have one entry a rating")
    if not np.isfinite(value).all() or (weight is not None and not (weight > 0.0).all()):
        raise ValueError("ratings must be numbers and weights positive")


def _described(search: Search, ascent: Ascent) -> RemlFit:
    """Say what the climb has found in the words of the ratings."""
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
    """Return prediction error variances not above the effect's own, which an estimate by chance may be."""
    return np.minimum(found, prior)


def _names(cells: Cells) -> list[str]:
    """Return the names of the variances in their order."""
    return [*cells.names, *([] if cells.nested is None else [cells.nested]), "residual"]


def diagonal_at(point: Point, seed: int) -> Diagonal:
    """Return the diagonal of the equations' inverse."""
    if point.inverse is not None:
        return exact_diagonal(point.inverse)
    return stochastic_diagonal(point.at.system, np.random.default_rng(seed))


def _fixed(cells: Cells, at: Equations) -> tuple[Floats, Floats]:
    """Return the effects of all fixed levels and their covariance, NaN for those without ratings."""
    effects = cells.fixed
    fixed = np.full(effects.levels, np.nan)
    fixed[effects.used] = cells.center + effects.basis @ at.solution.fixed[:, 0]
    covariance = np.full((effects.levels, effects.levels), np.nan)
    inverse = at.residual * np.linalg.inv(at.system.fixed)
    covariance[np.ix_(effects.used, effects.used)] = effects.basis @ inverse @ effects.basis.T
    return fixed, covariance


def _effects(cells: Cells, at: Equations, at_zero: NDArray[np.bool_]) -> dict[str, Floats]:
    """Return the predicted effects of every factor, exactly 0 where its variance is."""
    found = {name: at.cross.part(at.solution, factor)[:, 0] for factor, name in enumerate(cells.names)}
    if cells.nested is not None:
        found[cells.nested] = nested_residual(at) * (at.variances[-2] / at.residual)
    return {name: effects * (not zero) for (name, effects), zero in zip(found.items(), at_zero[:-1], strict=True)}


def _flat(cells: Cells, search: Search) -> RemlFit:
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
