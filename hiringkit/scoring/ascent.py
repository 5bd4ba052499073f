"""Climbing the restricted likelihood by average-information steps, within bounds, hiding no failure."""

from collections.abc import Sequence
from math import log, pi

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from hiringkit.scoring.average_information import (
    Derivatives,
    Equations,
    derivatives,
    draw_probes,
    equations,
    inverse_information,
    stochastic_traces,
)
from hiringkit.scoring.cells import Cells
from hiringkit.scoring.kernel import CrossProducts
from hiringkit.scoring.prediction_error import SelectedInverse, exact_traces, selected_inverse
from hiringkit.scoring.ratings import Floats
from hiringkit.scoring.schur import DenseInverse, IterativeInverse

FLOOR = 1e-9
"""A variance stops at this share of them all, and counts as zero there."""
AT_FLOOR = 1.001
"""Up to this many floors a variance counts as being there."""
FIRST_TOLERANCE = 1e-4
"""Of the conjugate gradients far from the maximum."""
FEW_PROBES, MOST_PROBES = 4, 64
CHANCE = 0.1
"""More probes are drawn while chance moves a variance by more than this share of its standard error."""


@frozen(eq=False)
class Search:
    """What is climbed, and how."""

    cells: Cells
    cross: CrossProducts | None
    """Cross-products where they do not depend on the variances: where no factor is nested."""
    dense: bool
    seed: int
    tolerance: float
    max_iterations: int
    floor: float
    """The variance that counts as zero."""
    probes: Sequence[Floats]
    """For stochastic traces."""
    memory: dict[str, Floats]
    """Solutions from which conjugate gradients start; updated."""


@frozen(eq=False)
class Point:
    """The restricted likelihood at some variances."""

    at: Equations
    derivatives: Derivatives
    trace_variances: Floats
    """By factor, the variance of its trace by chance."""
    inverse: SelectedInverse | None
    """What is known exactly of the inverse; None where it is estimated."""
    log_likelihood: float | None
    """The restricted log-likelihood; None where it is not computed."""


@frozen(eq=False)
class Ascent:
    """Where the climb ended."""

    point: Point
    converged: bool
    iterations: int


def ascend(search: Search, start: Floats) -> Ascent:
    """Climb until a step moves no variance by more than the tolerance times the sum of all."""
    variances: Floats = start
    last: Point | None = None
    if not search.dense:
        search = evolve(search, probes=draw_probes(search.cells, search.seed, FEW_PROBES))
    for iteration in range(1, search.max_iterations + 1):
        point = evaluate(search, variances, FIRST_TOLERANCE if iteration == 1 else search.tolerance)
        if last is not None and _worse(point, last):
            variances = (variances + last.at.variances) / 2.0
            continue
        target = proposal(point, search.floor)
        settled = np.abs(target - variances).max() <= search.tolerance * variances.sum()
        if settled and (search.dense or iteration > 1):
            search, enough = _with_probes(search, point)
            if enough:
                return Ascent(point, _solved(point, search.tolerance), iteration)
        variances, last = target, None if settled else point
    return Ascent(evaluate(search, variances, search.tolerance), False, search.max_iterations)


def evaluate(search: Search, variances: Floats, tolerance: float) -> Point:
    """Compute all that is needed of the likelihood at these variances."""
    cells = search.cells
    at = equations(cells, variances, search.cross, None if search.dense else tolerance, search.memory)
    if isinstance(at.system.inverse, DenseInverse):
        inverse = selected_inverse(at.system, at.system.inverse)
        found = derivatives(at, exact_traces(at, inverse))
        none = np.zeros(len(variances) - 1)
        return Point(at, found, none, inverse, restricted_log_likelihood(at, at.system.inverse))
    traces, chance = stochastic_traces(at, search.probes)
    return Point(at, derivatives(at, traces), chance, None, None)


def proposal(point: Point, floor: float) -> Floats:
    """Return the variances after one step of average information, within a box that bars leaps and zero.

    Variances that reach the box's lower side are held there, and the others' step is taken given that.
    """
    variances, found = point.at.variances, point.derivatives
    total = float(variances.sum())
    lowest = np.maximum(np.where(variances < FIRST_TOLERANCE * total, floor, 0.1 * variances), floor)
    moving, held = free(point, floor), np.zeros_like(variances)
    change = held
    for _ in variances:
        inverse, _ = inverse_information(found.information, moving)
        change = held + inverse @ (found.score - found.information @ held)
        low = moving & (variances + change < lowest)
        if not low.any():
            break
        held[low], moving = (lowest - variances)[low], moving & ~low
    return np.clip(variances + change, lowest, 10.0 * total)


def free(point: Point, floor: float) -> NDArray[np.bool_]:
    """Tell which variances are not held at zero by a likelihood that would have them negative."""
    return (point.at.variances > AT_FLOOR * floor) | (point.derivatives.score > 0.0)


def chance(point: Point, floor: float) -> Floats:
    """Return the standard errors of the variances that stochastic traces alone bring in."""
    inverse, _ = inverse_information(point.derivatives.information, free(point, floor))
    own, residual = point.at.variances[:-1], point.at.residual
    moved = inverse @ np.vstack([np.diag(np.full(len(own), -0.5)), 0.5 * own / residual])
    return np.asarray(np.sqrt((moved**2) @ point.trace_variances))


def _worse(point: Point, last: Point) -> bool:
    """Tell whether a step has gone too far: the likelihood fell or, where unknown, its slope has grown."""
    if point.log_likelihood is not None and last.log_likelihood is not None:
        return point.log_likelihood < last.log_likelihood - 1e-9 * (1.0 + abs(last.log_likelihood))
    return _gain(point) > 4.0 * _gain(last)


def _gain(point: Point) -> float:
    """Return the gain in log-likelihood that the next step would promise if it were not bounded."""
    found = point.derivatives
    inverse, _ = inverse_information(found.information, free(point, 0.0))
    return float(found.score @ inverse @ found.score)


def _with_probes(search: Search, point: Point) -> tuple[Search, bool]:
    """Draw four times the probes where chance is large beside the standard errors; say if none was."""
    inverse, _ = inverse_information(point.derivatives.information, free(point, search.floor))
    errors = np.sqrt(np.maximum(inverse.diagonal(), 0.0))
    count = search.probes[-1].shape[1] if search.probes else MOST_PROBES
    enough = bool((chance(point, search.floor) <= CHANCE * errors).all())
    if enough or count >= MOST_PROBES:
        return search, True
    return evolve(search, probes=draw_probes(search.cells, search.seed, 4 * count)), False


def _solved(point: Point, tolerance: float) -> bool:
    """Tell whether every system of equations was solved to the tolerance."""
    inverse = point.at.system.inverse
    return not isinstance(inverse, IterativeInverse) or max(inverse.residuals.values()) <= tolerance


def restricted_log_likelihood(at: Equations, inverse: DenseInverse) -> float:
    """Return the logarithm of the restricted likelihood (Patterson and Thompson 1971), constants included.

    The determinants of V and X'V⁻¹X come as that of the mixed-model equations (Harville 1977); X is the
    indicator of the fixed levels, as for lme4.
    """
    cells, s = at.cells, at.system.s
    ratios = at.residual / at.variances[: len(cells.levels)]
    freedom = cells.ratings - len(at.system.fixed)
    determinant = float(np.log(s.ridge).sum()) + inverse.log_determinant()
    determinant += float(np.linalg.slogdet(at.system.fixed)[1] - 2.0 * np.linalg.slogdet(cells.fixed.basis)[1])
    determinant -= float(np.dot(cells.levels, np.log(ratios)))
    if at.shrink is not None:
        determinant -= float(np.log(at.shrink).sum())
    explained = float(at.solution.dot(at.cross.response)[0, 0])
    squares = (at.cross.squares - explained) / at.residual
    return -0.5 * (freedom * log(2.0 * pi * at.residual) - cells.log_weight + determinant + squares)
