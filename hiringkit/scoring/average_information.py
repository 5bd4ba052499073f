"""Score and average information of the restricted likelihood, from solutions of the mixed-model equations.

With P the projection of the model, f a factor and v_f = Z_f'Py, the score of its variance is
(v'v - tr Z'PZ) / 2, and the average information of two variances is v_f' Z_f'PZ_g v_g / 2 (Gilmour, Thompson
and Cullis 1995, Biometrics 51, 1440-1450). Both need only forms v' Z'PZ v, one solution of the equations
each; traces are exact where S is dense, else stochastic estimates (Hutchinson 1990) from seeded signs.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from hiringkit.scoring.cells import Cells
from hiringkit.scoring.kernel import Columns, CrossProducts, cross_products, shrinkage, times_cells
from hiringkit.scoring.ratings import Floats
from hiringkit.scoring.schur import (
    IterativeInverse,
    System,
    bordered,
    complement,
    dense_inverse,
)

SMALL = 16
"""A factor of no more levels has its trace computed exactly."""
NOTHING = 1e-14
"""Information below this share of the largest is none."""
SINGULAR = 1e-9
"""Eigenvalues of the scaled information below this are taken for zero."""


@frozen(eq=False)
class Equations:
    """The mixed-model equations at given variances."""

    cells: Cells
    variances: Floats
    """Of the factors that stay, of the nested factor if there is one, of the residual."""
    shrink: Floats | None
    """(m,) shrinkage of the nested factor's levels."""
    system: System
    solution: Columns
    """Fixed effects and best linear unbiased predictions, one column a response."""

    @property
    def residual(self) -> float:
        """The residual variance."""
        return float(self.variances[-1])

    @property
    def cross(self) -> CrossProducts:
        """The cross-products at these variances."""
        return self.system.s.cross


def equations(
    cells: Cells,
    variances: Floats,
    cross: CrossProducts | None,
    tolerance: float | None,
    memory: dict[str, Floats],
) -> Equations:
    """Set up and solve the equations at these variances.

    Args:
        cells: The ratings.
        variances: In the order of `Equations.variances`.
        cross: Cross-products at these variances, if they are known.
        tolerance: Of the conjugate gradients; None solves exactly.
        memory: Solutions from which the conjugate gradients start, updated.
    """
    ratios = variances[-1] / variances[:-1]
    shrink = shrinkage(cells, float(ratios[-1])) if cells.nested else None
    s = complement(cross or cross_products(cells, shrink), ratios)
    inverse = dense_inverse(s) if tolerance is None else IterativeInverse(s, s.diagonal(), tolerance, memory)
    system = bordered(s, inverse)
    return Equations(cells, variances, shrink, system, system.solve(s.cross.response, "response"))


def directions(at: Equations) -> list[Floats]:
    """Return v_f = Z_f'Py, (L, responses), for every factor in the order of the variances."""
    cross, s, x = at.cross, at.system.s, at.solution
    reduced = cross.response.rest - cross.coupling.T @ (cross.response.eliminated / s.ridge)
    # One Jacobi step more keeps the relative error of the effects small where their variance nears zero.
    left = reduced - at.system.border @ x.fixed - s.times(x.rest)
    rest = (x.rest + left / s.diagonal()) * s.rest_ratio
    eliminated = x.eliminated / at.variances[cross.eliminated]
    parts = Columns(x.fixed, eliminated, rest / at.residual)
    found = [cross.part(parts, at_factor) for at_factor in range(len(at.cells.names))]
    return found if at.shrink is None else [*found, nested_residual(at)[:, None] / at.residual]


def nested_residual(at: Equations) -> Floats:
    """Return ρ(y - Xb - Zu) by level of the nested factor: its effects times σ²/σ_pair²."""
    cells, x = at.cells, at.solution
    fitted = np.full(len(cells.weight), x.fixed[0, 0])
    for factor, codes in enumerate(cells.codes):
        fitted += at.cross.part(x, factor)[codes, 0]
    left = cells.total - cells.weight * fitted - cells.contrasts @ x.fixed[cells.varying, 0]
    return np.asarray(left * at.shrink)


def forms(at: Equations, values: Sequence[Floats], purpose: str) -> Floats:
    """Return the (K, K) matrix v' Z'PZ v over the columns of all `values`, one (L, k) array a factor."""
    cross, stay = at.cross, len(at.cells.names)
    counts = [value.shape[1] for value in values]
    ends = np.cumsum(counts)
    eliminated = np.zeros((len(cross.diagonal), ends[stay - 1]))
    rest = np.zeros((len(cross.rest_diagonal), ends[stay - 1]))
    data = Columns(np.zeros((len(at.system.fixed), ends[stay - 1])), eliminated, rest)
    for factor in range(stay):
        cross.part(data, factor)[:, ends[factor] - counts[factor] : ends[factor]] = values[factor]
    rhs = cross.times(eliminated, rest)
    gram = data.dot(rhs)
    if at.shrink is not None:
        rhs, gram = _with_nested(at, at.shrink, data, rhs, values[-1])
    return (gram - rhs.dot(at.system.solve(rhs, purpose))) / at.residual


def _with_nested(at: Equations, shrink: Floats, data: Columns, rhs: Columns, values: Floats) -> tuple[Columns, Floats]:
    """Add the columns of the nested factor to right-hand sides, and return the Gram matrix of both."""
    more = times_cells(at.cross, at.cells, shrink, values)
    across = data.dot(more)
    own = values.T @ ((at.cells.weight * shrink)[:, None] * values)
    both = Columns(
        np.hstack([rhs.fixed, more.fixed]),
        np.hstack([rhs.eliminated, more.eliminated]),
        np.hstack([rhs.rest, more.rest]),
    )
    return both, np.block([[data.dot(rhs), across], [across.T, own]])


@frozen(eq=False)
class Derivatives:
    """First and (average) second derivatives of the restricted log-likelihood."""

    score: Floats
    """(k + 1,) by variance, the residual last."""
    information: Floats
    """(k + 1, k + 1) average information."""


def derivatives(at: Equations, traces: Floats) -> Derivatives:
    """Return score and average information of all responses, given their tr Z_f'PZ_f of every factor."""
    own, residual = at.variances[:-1], at.residual
    v = directions(at)
    lengths = np.array([float((columns * columns).sum()) for columns in v])
    factors = _over_responses(forms(at, v, "information"), at.cross.responses)
    explained = float(np.trace(at.solution.dot(at.cross.response)))
    # y'Py = Σ σ_f² v_f'v_f + σ² |W^-1/2 Py|², and σ² W⁻¹ = V - Σ σ_f² Z_f Z_f' gives the residual's forms.
    length = ((at.cross.squares - explained) / residual - own @ lengths) / residual
    mixed = (lengths - factors @ own) / residual
    last = (length - mixed @ own) / residual
    freedom = at.cells.ratings - len(at.system.fixed) * at.cross.responses
    trace = (freedom - own @ traces) / residual
    score = 0.5 * np.append(lengths - traces, length - trace)
    information = 0.5 * np.block([[factors, mixed[:, None]], [mixed[None, :], np.array([[last]])]])
    return Derivatives(score, information)


def _over_responses(found: Floats, responses: int) -> Floats:
    """Add up the forms of each factor with each other over the responses, which have nothing to do with each other."""
    count = len(found) // responses
    return np.asarray(np.einsum("fghg->fh", found.reshape(count, responses, count, responses)))


def inverse_information(information: Floats, free: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
    """Invert the information of the free variances; the rest stays zero.

    Returns:
        The generalised inverse, and which variances the data do not tell apart.
    """
    own = information.diagonal()
    told = free & (own > NOTHING * own.max())
    scale = np.sqrt(np.where(told, own, 1.0))
    scaled = np.where(np.outer(told, told), information / np.outer(scale, scale), 0.0)
    values, vectors = np.linalg.eigh(scaled)
    known = values > SINGULAR
    inverse = (vectors[:, known] / values[known]) @ vectors[:, known].T / np.outer(scale, scale)
    lost = free & ((vectors[:, ~known] ** 2).sum(axis=1) > SINGULAR)
    return inverse, lost
