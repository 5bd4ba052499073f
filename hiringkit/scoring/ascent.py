"""Climbing the restricted likelihood by average-information steps, within bounds, hiding no failure."""

from math import log, pi

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from hiringkit.scoring.average_information import (
    NOTHING,
    Derivatives,
    Equations,
    derivatives,
    equations,
    inverse_information,
)
from hiringkit.scoring.cells import Cells
from hiringkit.scoring.kernel import CrossProducts
from hiringkit.scoring.ratings import Floats
from hiringkit.scoring.schur import DenseInverse, IterativeInverse
from hiringkit.scoring.selected import SelectedInverse, selected_inverse
from hiringkit.scoring.traces import Probes, Traces, draw_probes, exact_traces, stochastic_traces

FLOOR = 1e-9
"""A variance stops at this share of them all, and counts as zero there."""
AT_FLOOR = 1.001
"""Up to this many floors a variance counts as being there."""
FIRST_TOLERANCE = 1e-4
"""Of the conjugate gradients far from the maximum."""
LEAST_DAMPING, MOST_DAMPING = 0.1, 1e6
ROUNDING = 1e-10
"""Relative error of the log-likelihood that is forgiven."""
NOISE = 1e-6
"""Error of the rise in log-likelihood by its slope that is forgiven."""
SLOPE = 1e-8
"""A slope by the logarithm of a variance below this is none."""
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
    probes: Probes | None = None
    """For stochastic traces; None where they are exact."""
    memory: dict[str, Floats] = field(factory=dict)
    """Solutions from which conjugate gradients start; updated."""


@frozen(eq=False)
class Point:
    """The restricted likelihood at some variances."""

    at: Equations
    derivatives: Derivatives
    traces: Traces
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
    """Climb until a step moves no variance by more than the tolerance times the sum of all.

    A hundredth of what chance moves it by will do as well. A step that leads down is taken back and tried
    again with more damping (Levenberg and Marquardt).
    """
    variances, last, damping = start, None, 0.0
    for iteration in range(1, search.max_iterations + 1):
        point = evaluate(search, variances, FIRST_TOLERANCE if iteration == 1 else search.tolerance)
        if last is not None and _rise(point, last) < 0.0 and damping < MOST_DAMPING:
            damping = max(10.0 * damping, LEAST_DAMPING)
            variances = proposal(last, search.floor, damping)
            continue
        more = search if iteration == 1 and not search.dense else _with_probes(search, point)
        step = np.abs(proposal(point, search.floor) - variances)
        if more is search and (step <= _small(search, point)).all() and (search.dense or iteration > 1):
            return Ascent(point, _solved(point, search.tolerance), iteration)
        damping = damping / 10.0 if damping > LEAST_DAMPING else 0.0
        last, search = (point if more is search else None), more
        variances = proposal(point, search.floor, damping)
    return Ascent(evaluate(search, variances, search.tolerance), False, search.max_iterations)


def evaluate(search: Search, variances: Floats, tolerance: float) -> Point:
    """Compute all that is needed of the likelihood at these variances."""
    cells = search.cells
    at = equations(cells, variances, search.cross, None if search.dense else tolerance, search.memory)
    if isinstance(at.system.inverse, DenseInverse):
        inverse = selected_inverse(at.system, at.system.inverse)
        traces = exact_traces(at, inverse).times(at.cross.responses)
        likelihood = restricted_log_likelihood(at, at.system.inverse)
        return Point(at, derivatives(at, traces.values), traces, inverse, likelihood)
    probes = search.probes or draw_probes(at.cross, search.seed, FEW_PROBES)
    traces = stochastic_traces(at, probes).times(at.cross.responses)
    return Point(at, derivatives(at, traces.values), traces, None, None)


def proposal(point: Point, floor: float, damping: float = 0.0) -> Floats:
    """Return the variances after one step of average information, within a box that bars leaps and zero.

    Variances that reach the box's lower side are held there, and the others' step is taken given that.
    """
    variances, found = point.at.variances, point.derivatives
    total = float(variances.sum())
    lowest = np.maximum(np.where(variances < FIRST_TOLERANCE * total, floor, 0.1 * variances), floor)
    # Effects that are all zero give no information on their variance, but a slope that leads down.
    own = found.information.diagonal()
    sinking = (own <= NOTHING * own.max()) & (found.score * variances < -SLOPE)
    moving = free(point, floor) & ~sinking
    change = held = np.where(sinking, lowest - variances, 0.0)
    information = found.information + damping * np.diag(own)
    for _ in variances:
        inverse, _ = inverse_information(information, moving)
        change = held + inverse @ (found.score - information @ held)
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
    return np.asarray(np.sqrt((moved**2) @ point.traces.chance))


def _rise(point: Point, last: Point) -> float:
    """Return by how much the log-likelihood rose, rounding forgiven; where unknown, by its mean slope."""
    if point.log_likelihood is not None and last.log_likelihood is not None:
        return point.log_likelihood - last.log_likelihood + ROUNDING * (1.0 + abs(last.log_likelihood))
    here, there = point.at.variances, last.at.variances
    slope = point.derivatives.score * here + last.derivatives.score * there
    return float(0.5 * slope @ np.log(here / there)) + NOISE


def _small(search: Search, point: Point) -> Floats:
    """Return the steps of the variances that are not worth taking."""
    moved = 0.01 * chance(point, search.floor)
    return np.asarray(np.maximum(search.tolerance * point.at.variances.sum(), moved))


def _with_probes(search: Search, point: Point) -> Search:
    """Draw four times the probes where chance is large beside both the next step and the standard errors."""
    if search.dense:
        return search
    inverse, _ = inverse_information(point.derivatives.information, free(point, search.floor))
    errors, moved = np.sqrt(np.maximum(inverse.diagonal(), 0.0)), chance(point, search.floor)
    step = np.abs(proposal(point, search.floor) - point.at.variances)
    count = 4 * (search.probes.signs if search.probes else FEW_PROBES)
    if (moved <= CHANCE * errors).all() or (step > moved).any() or count > MOST_PROBES:
        return search
    return evolve(search, probes=draw_probes(point.at.cross, search.seed, count))


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
    responses = at.cross.responses
    freedom = cells.ratings - len(at.system.fixed) * responses
    determinant = float(np.log(s.ridge).sum()) + inverse.log_determinant()
    determinant += float(np.linalg.slogdet(at.system.fixed)[1] - 2.0 * np.linalg.slogdet(cells.fixed.basis)[1])
    determinant -= float(np.dot(cells.levels, np.log(ratios)))
    if at.shrink is not None:
        determinant -= float(np.log(at.shrink).sum())
    explained = float(np.trace(at.solution.dot(at.cross.response)))
    squares = (at.cross.squares - explained) / at.residual
    return -0.5 * (freedom * log(2.0 * pi * at.residual) - cells.log_weight + responses * determinant + squares)
