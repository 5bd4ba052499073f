"""How sure the predicted effects are: the diagonal of the inverse of the mixed-model equations.

The variance of u - û is σ² times that block of the inverse. Where S is dense it is exact. Else it is, for an
eliminated level with ridge d and coupling row a, 1/d + a'S⁻¹a/d² (and what the fixed effects add, exactly);
a'S⁻¹a is estimated by seeded signs z (Hutchinson 1990) behind one Jacobi step: with Δ the diagonal of S and
N = Δ - S, a'Δ⁻¹a is known and only the mean of (aΔ⁻¹Nz)(aS⁻¹z), which is small, is left to chance.
"""

from typing import TYPE_CHECKING

import numpy as np
from attrs import define, frozen

from hiringkit.scoring.kernel import Columns
from hiringkit.scoring.ratings import Floats
from hiringkit.scoring.schur import System
from hiringkit.scoring.selected import SelectedInverse
from hiringkit.scoring.traces import random_signs

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CHANCE = 0.03
DRAWS_AT_ONCE = 16
MOST_DRAWS = 256


@frozen(eq=False)
class Diagonal:
    """The diagonal of the equations' inverse, and how far chance may have moved it."""

    columns: Columns
    """One column; the fixed effects' part is empty."""
    error: float
    """Root mean square relative error by chance, the larger of both parts; 0 where exact."""


def exact_diagonal(inverse: SelectedInverse) -> Diagonal:
    """Return the diagonal where all is known exactly."""
    return Diagonal(inverse.diagonal(), 0.0)


def stochastic_diagonal(system: System, rng: np.random.Generator) -> Diagonal:
    """Estimate the diagonal from random signs, four times as many again while chance moves it too much."""
    s, cross = system.s, system.s.cross
    parts = (_Known(1.0 / s.diagonal()), _Known(_squared(cross.coupling) @ (1.0 / s.diagonal())))
    drawn = 0
    for goal in (4, 16, 64, MOST_DRAWS):
        while drawn < goal:
            count = min(goal - drawn, DRAWS_AT_ONCE)
            # The first signs are those of the traces, so that their solutions are at hand.
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
    lowest = _squared(cross.coupling) @ least * float(cross.rest_coupling is None)
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


def _squared(sparse: "csr_array") -> "csr_array":
    return sparse.power(2)
