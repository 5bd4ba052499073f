"""How sure the predicted effects are: the diagonal of the inverse of the mixed-model equations.

The variance of u - û is σ² times that block of the inverse. Where S is dense it is exact. Else it is, for an
eliminated level with ridge d and coupling row a, 1/d + a'S⁻¹a/d² (and what the fixed effects add, exactly);
a'S⁻¹a is estimated by seeded signs z (Hutchinson 1990) behind one Jacobi step: with Δ the diagonal of S and
N = Δ - S, a'Δ⁻¹a is known and only the mean of (aΔ⁻¹Nz)(aS⁻¹z), which is small, is left to chance.
"""

from typing import TYPE_CHECKING

import numpy as np
from attrs import define, frozen

from hiringkit.scoring.average_information import Equations, random_signs
from hiringkit.scoring.kernel import Columns, nested_products
from hiringkit.scoring.ratings import Floats
from hiringkit.scoring.rowpairs import row_of_entries, sampled
from hiringkit.scoring.schur import DenseInverse, System

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CHANCE = 0.03
DRAWS_AT_ONCE = 16
MOST_DRAWS = 256


@frozen(eq=False)
class SelectedInverse:
    """The entries of the equations' inverse where the equations themselves have entries."""

    eliminated: Floats
    """(E,) diagonal of the eliminated factor's block."""
    coupling: Floats
    """Eliminated by remaining levels, where the coupling has entries, in its order."""
    fixed: Floats
    """(E, p)"""
    rest: Floats
    """(r, r)"""
    rest_fixed: Floats
    """(r, p)"""
    products: Floats
    """(p, p)"""


def selected_inverse(system: System, inverse: DenseInverse) -> SelectedInverse:
    """Compute those entries exactly (Takahashi's equations for one eliminated block)."""
    cross, ridge = system.s.cross, system.s.ridge
    products = np.asarray(np.linalg.inv(system.fixed), dtype=np.float64)
    rest_fixed = -system.solved_border @ products
    rest = inverse.full() - rest_fixed @ system.solved_border.T
    fixed = -(cross.coupling @ rest_fixed + cross.fixed @ products) / ridge
    rows = row_of_entries(cross.coupling)
    across = sampled(cross.coupling, rest)
    across += np.einsum("ij,ij->i", cross.fixed[rows], rest_fixed[cross.coupling.indices])
    across /= -ridge[rows, 0]
    own = np.bincount(rows, across * cross.coupling.data, len(ridge)) + (fixed * cross.fixed).sum(axis=1)
    return SelectedInverse((1.0 - own) / ridge[:, 0], across, fixed, rest, rest_fixed, products)


def exact_traces(at: Equations, inverse: SelectedInverse) -> Floats:
    """Return tr Z_f'PZ_f of every factor."""
    cells = at.cells
    traces = []
    for factor in range(len(cells.names)):
        own = at.variances[factor]
        diagonal = factor_diagonal(at, inverse, factor)
        traces.append((len(diagonal) - at.residual / own * diagonal.sum()) / own)
    if at.shrink is not None:
        squares = nested_products(cells, at.shrink)
        inner = inverse.eliminated @ squares.diagonal[:, 0] + inverse.rest.diagonal() @ squares.rest_diagonal[:, 0]
        inner += 2.0 * (inverse.coupling @ squares.coupling.data) + (inverse.products * squares.products).sum()
        inner += 2.0 * ((inverse.fixed * squares.fixed).sum() + (inverse.rest_fixed * squares.rest_fixed).sum())
        if squares.rest_coupling is not None:
            pairs = squares.rest_coupling.tocoo()
            inner += inverse.rest[pairs.row, pairs.col] @ pairs.data
        traces.append((cells.weight @ at.shrink - inner) / at.residual)
    return np.array(traces)


def factor_diagonal(at: Equations, inverse: SelectedInverse, factor: int) -> Floats:
    """Return the (L,) diagonal of the inverse for the factor at this position."""
    if factor == at.cross.eliminated:
        return inverse.eliminated
    return inverse.rest.diagonal()[at.cross.slices[factor]]


@frozen(eq=False)
class Diagonal:
    """The diagonal of the equations' inverse, and how far chance may have moved it."""

    columns: Columns
    """One column; the fixed effects' part is empty."""
    error: float
    """Root mean square relative error by chance, the larger of both parts; 0 where exact."""


def exact_diagonal(inverse: SelectedInverse) -> Diagonal:
    """Return the diagonal where all is known exactly."""
    return Diagonal(_column(inverse.eliminated[:, None], inverse.rest.diagonal()[:, None]), 0.0)


def stochastic_diagonal(system: System, rng: np.random.Generator) -> Diagonal:
    """Estimate the diagonal from random signs, four times as many again while chance moves it too much."""
    s, cross = system.s, system.s.cross
    parts = (_Known(1.0 / s.diagonal()), _Known(_squared(cross.coupling) @ (1.0 / s.diagonal())))
    drawn = 0
    for goal in (4, 16, 64, MOST_DRAWS):
        while drawn < goal:
            count = min(goal - drawn, DRAWS_AT_ONCE)
            _draw(system, random_signs(rng, len(s.rest_ratio), count), parts)
            drawn += count
        found = _bordered(system, parts)
        if found.error <= CHANCE:
            break
    return found


def _column(eliminated: Floats, rest: Floats) -> Columns:
    return Columns(np.zeros((0, 1)), eliminated, rest)


@define(eq=False)
class _Known:
    """A diagonal of which all is known but the mean of random draws, as they come in."""

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
        """Return the diagonal, not below `lowest`, and its variance by chance."""
        mean = self.total / self.count
        variance = (self.squares / self.count - mean**2) / (self.count - 1)
        return np.maximum(self.known + mean, lowest), np.maximum(variance, 0.0)


def _draw(system: System, signs: Floats, parts: tuple[_Known, _Known]) -> None:
    """Add the draws of these (r, k) signs to both parts of the diagonal."""
    s, coupling = system.s, system.s.cross.coupling
    diagonal = s.diagonal()
    solved = system.inverse.solve(signs, "")
    stepped = signs - s.times(signs) / diagonal
    parts[0].add(stepped * (solved - signs / diagonal))
    parts[1].add((coupling @ stepped) * (coupling @ solved))


def _bordered(system: System, parts: tuple[_Known, _Known]) -> Diagonal:
    """Add what the fixed effects and the eliminated factor itself contribute."""
    cross, ridge = system.s.cross, system.s.ridge
    products = np.asarray(np.linalg.inv(system.fixed), dtype=np.float64)
    left = cross.fixed - cross.coupling @ system.solved_border
    # With one remaining factor S is at most its first, diagonal term: its inverse is at least that term's.
    least = 1.0 / (cross.rest_diagonal + system.s.rest_ratio) * float(cross.rest_coupling is None)
    rest, rest_error = parts[0].estimate(least)
    above, error = parts[1].estimate(_squared(cross.coupling) @ least)
    rest += _forms(system.solved_border, products)
    eliminated = 1.0 / ridge + (above + _forms(left, products)) / ridge**2
    chance = max(_relative(error / ridge**4, eliminated), _relative(rest_error, rest))
    return Diagonal(_column(eliminated, rest), chance)


def _forms(rows: Floats, products: Floats) -> Floats:
    """Return row @ products @ row' for every row."""
    return np.asarray(((rows @ products) * rows).sum(axis=1, keepdims=True))


def _relative(variance: Floats, value: Floats) -> float:
    return float(np.sqrt(np.mean(variance / value**2))) if len(value) else 0.0


def _squared(sparse: "csr_array") -> "csr_array":
    return sparse.power(2)
