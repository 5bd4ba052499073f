"""Traces tr Z_f'PZ_f, which the score of a variance needs: exact, or estimated from random signs.

By Henderson's equations with inverse C (over σ²), tr Z_f'PZ_f = (q_f - λ_f tr C_ff) / σ_f². Of C, with the
eliminated factor's ridge D, coupling B and the complement S of the rest,

    C = D⁻¹ + [-D⁻¹B; I] S⁻¹ [-D⁻¹B; I]' + F K⁻¹ F',

the last term for the fixed effects. Only S⁻¹ is not at hand when it is large: tr S⁻¹M is then the mean of
z'S⁻¹Mz over random signs z (Hutchinson 1990), the same ones throughout so that the climb has a fixed goal.
"""

import numpy as np
from attrs import frozen

from hiringkit.scoring.average_information import Equations
from hiringkit.scoring.kernel import Columns, CrossProducts, nested_products
from hiringkit.scoring.ratings import Floats
from hiringkit.scoring.schur import System
from hiringkit.scoring.selected import SelectedInverse

SMALL = 16
"""A remaining factor of no more levels is probed by unit vectors, which is exact for it."""


@frozen(eq=False)
class Probes:
    """Columns whose outer products add up to about the unit matrix."""

    columns: Floats
    """(r, k + u) random signs, zero at small factors; then the unit vectors of these."""
    signs: int
    """k, how many of them are random."""

    def mean(self, draws: Floats) -> tuple[float, float]:
        """Return the trace that (k + u,) draws amount to, and its variance by chance."""
        random, exact = draws[: self.signs], draws[self.signs :]
        return float(random.mean() + exact.sum()), float(random.var(ddof=1) / self.signs)


@frozen(eq=False)
class Traces:
    """Traces of all factors in the order of the variances."""

    values: Floats
    """(k,) tr Z_f'PZ_f."""
    chance: Floats
    """(k,) their variances by chance; 0 where exact."""

    def times(self, responses: int) -> "Traces":
        """Return the traces of so many responses together, which are those of one each."""
        return Traces(self.values * responses, self.chance * responses**2)


def draw_probes(cross: CrossProducts, seed: int, count: int) -> Probes:
    """Return so many columns of seeded signs, more than one, and the unit vectors of small factors."""
    size = len(cross.rest_diagonal)
    signs = random_signs(np.random.default_rng(seed), size, count)
    small = np.zeros(size, dtype=bool)
    for rows in cross.slices.values():
        small[rows] = rows.stop - rows.start <= SMALL
    signs[small] = 0.0
    return Probes(np.hstack([signs, np.eye(size)[:, small]]), count) if small.any() else Probes(signs, count)


def random_signs(rng: np.random.Generator, size: int, count: int) -> Floats:
    """Return (size, count) numbers that are 1 or -1, each as likely."""
    return np.asarray(rng.integers(0, 2, (size, count)) * 2.0 - 1.0, dtype=np.float64)


def exact_traces(at: Equations, inverse: SelectedInverse) -> Traces:
    """Compute the traces where the inverse is known."""
    found = []
    for factor in range(len(at.cells.names)):
        own, diagonal = at.variances[factor], at.cross.part(inverse.diagonal(), factor)
        found.append((len(diagonal) - at.residual / own * diagonal.sum()) / own)
    if at.shrink is not None:
        squares = nested_products(at.cells, at.shrink)
        found.append((at.cells.weight @ at.shrink - inverse.inner(squares)) / at.residual)
    return Traces(np.array(found), np.zeros(len(found)))


def stochastic_traces(at: Equations, probes: Probes) -> Traces:
    """Estimate the traces from the probes."""
    system, none = at.system, np.zeros((0, 1))
    solved = system.inverse.solve(probes.columns, "traces")
    left = Columns(none, system.lifted(probes.columns), probes.columns)
    right = Columns(none, system.lifted(solved), solved)
    found = [_of_factor(at, probes, factor, left, right) for factor in range(len(at.cells.names))]
    if at.shrink is not None:
        found.append(_of_nested(at, at.shrink, probes, left, right))
    return Traces(np.array([value for value, _ in found]), np.array([chance for _, chance in found]))


def _of_factor(at: Equations, probes: Probes, factor: int, left: Columns, right: Columns) -> tuple[float, float]:
    """Return the trace of a factor that stays, and its variance; in terms that stay precise as λ grows."""
    cross, system, own = at.cross, at.system, float(at.variances[factor])
    border = cross.part(fixed_columns(system), factor)
    known = -at.residual / own * float((border @ np.linalg.inv(system.fixed) * border).sum())
    if factor == cross.eliminated:
        known += float((cross.diagonal / system.s.ridge).sum())
        draws = -at.residual / own * _inner(left.eliminated, right.eliminated)
    else:
        coupled = system.s.without_ratios(right.rest)
        draws = _inner(cross.part(left, factor), coupled[cross.slices[factor]])
    mean, chance = probes.mean(draws)
    return (known + mean) / own, chance / own**2


def _of_nested(at: Equations, shrink: Floats, probes: Probes, left: Columns, right: Columns) -> tuple[float, float]:
    """Return the trace of the nested factor, and its variance."""
    system, weight = at.system, at.cells.weight * shrink
    squares = nested_products(at.cells, shrink)
    image = squares.times(right.eliminated, right.rest)
    mean, chance = probes.mean(_inner(left.eliminated, image.eliminated) + _inner(left.rest, image.rest))
    fixed = _fixed_part(squares, fixed_columns(system))
    known = (squares.diagonal / system.s.ridge).sum() + (np.linalg.inv(system.fixed) * fixed).sum()
    return (float(weight.sum()) - float(known) - mean) / at.residual, chance / at.residual**2


def _inner(left: Floats, right: Floats) -> Floats:
    """Return the inner product of each column with its fellow."""
    return np.asarray(np.einsum("ij,ij->j", left, right))


def fixed_columns(system: System) -> Columns:
    """Return F: the levels' solutions by fixed effects."""
    eliminated = system.lifted(-system.solved_border) - system.s.cross.fixed / system.s.ridge
    return Columns(np.eye(len(system.fixed)), eliminated, -system.solved_border)


def _fixed_part(squares: CrossProducts, fixed: Columns) -> Floats:
    """Return (F; I)' G (F; I) for the symmetric matrix G that `squares` holds."""
    image = squares.times(fixed.eliminated, fixed.rest)
    inner = fixed.eliminated.T @ image.eliminated + fixed.rest.T @ image.rest
    return np.asarray(inner + image.fixed + image.fixed.T + squares.products)
