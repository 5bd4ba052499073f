"""Maximising the restricted likelihood by average-information steps within bounds, reporting every failure."""

from collections.abc import Sequence
from math import ceil, log, pi

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.large.cells import RatingCells
from hiringkit.scoring.large.kernel import (
    Columns,
    CrossProducts,
    cross_products,
    nested_products,
    shrinkage,
    times_cells,
)
from hiringkit.scoring.large.solver import (
    DenseInverse,
    IterativeInverse,
    SelectedInverse,
    System,
    bordered,
    complement,
    dense_inverse,
    selected_inverse,
)

SMALL = 40
"""Most levels of a factor whose trace is computed exactly."""
NOTHING = 1e-14
"""Information below this share of the largest counts as none."""
SINGULAR = 1e-9
"""Eigenvalues of the scaled information below this are taken for zero."""


@frozen(eq=False)
class Equations:
    """The mixed-model equations at given variances."""

    cells: RatingCells
    variances: Floats
    """Variances of the remaining factors, of the nested factor if there is one, and of the residual."""
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
    cells: RatingCells,
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
        memory: Starting solutions of the conjugate gradients, updated.
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
    """Add up the forms of each pair of factors over the responses, which are independent of each other."""
    count = len(found) // responses
    return np.asarray(np.einsum("fghg->fh", found.reshape(count, responses, count, responses)))


def inverse_information(information: Floats, free: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
    """Invert the information of the free variances; the rest is left at zero.

    Returns:
        The generalised inverse, and which variances the data do not identify.
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


@frozen(eq=False)
class Probes:
    """Probes: columns whose outer products sum to approximately the unit matrix."""

    columns: Floats
    """(r, k * f + u) random signs, each on one of f large factors and zero elsewhere; then the unit vectors of
    small ones.

    A column of signs on all factors at once would bring in their cross-products, which do not shrink with a variance
    as its trace does: near zero they would swamp its slope.
    """
    signs: int
    """k, how many times signs were drawn."""
    large: int
    """f, at least 1."""

    def mean(self, draws: Floats) -> tuple[float, float]:
        """Return the trace estimated from (k * f + u,) draws, and its Monte Carlo variance."""
        count = self.signs * self.large
        random, exact = draws[:count].reshape(self.signs, self.large).sum(axis=1), draws[count:]
        return float(random.mean() + exact.sum()), float(random.var(ddof=1) / self.signs)


@frozen(eq=False)
class Traces:
    """Traces of all factors in the order of the variances."""

    values: Floats
    """(k,) tr Z_f'PZ_f."""
    chance: Floats
    """(k,) their Monte Carlo variances; 0 where exact."""

    def times(self, responses: int) -> "Traces":
        """Return the traces for so many responses, each of which has the same."""
        return Traces(self.values * responses, self.chance * responses**2)


def draw_probes(cross: CrossProducts, seed: int, count: int) -> Probes:
    """Return seeded random signs, so many columns but at least two for each large factor, and units of small ones."""
    size = len(cross.rest_diagonal)
    signs = random_signs(np.random.default_rng(seed), size, count)
    small = np.zeros(size, dtype=bool)
    large = []
    for rows in cross.slices.values():
        small[rows] = rows.stop - rows.start <= SMALL
        if not small[rows].all():
            large.append(rows)
    columns = np.zeros((size, count, max(len(large), 1)))
    for at, rows in enumerate(large):
        columns[rows, :, at] = signs[rows]
    factors = columns.shape[2]
    return Probes(np.hstack([columns.reshape(size, count * factors), np.eye(size)[:, small]]), count, factors)


def random_signs(rng: np.random.Generator, size: int, count: int) -> Floats:
    """Return (size, count) numbers that are 1 or -1, each as likely."""
    return np.asarray(rng.integers(0, 2, (size, count)) * 2.0 - 1.0, dtype=np.float64)


def exact_traces(at: Equations, inverse: SelectedInverse) -> Traces:
    """Compute the traces from the known inverse."""
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
    """Return the trace of a remaining factor, and its variance, in a form that is precise for large λ."""
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
    """Return the inner product of each column with its counterpart."""
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


FLOOR = 1e-9
"""A variance is held at this share of their sum, and counts as zero there."""
AT_FLOOR = 1.001
"""Up to this multiple of the floor a variance counts as being at it."""
FIRST_TOLERANCE = 1e-4
"""Tolerance of the conjugate gradients far from the maximum."""
LEAST_DAMPING, MOST_DAMPING = 0.1, 1e6
LEAP = 0.01
"""A step multiplies a variance by at most ten, or raises it to this share of their sum."""
MOST_BENT = 10.0
"""Largest damping from the observed curvature, which may be noise."""
UNTOLD = 1e-3
"""Where equations are solved to a tolerance, steps below this share of a variance's standard error are noise."""
ROUNDING = 1e-10
"""Tolerated relative error of the log-likelihood."""
NOISE = 1e-6
"""Tolerated error of the rise in log-likelihood that is predicted by its slope."""
SLOPE = 1e-8
"""A slope in the logarithm of a variance below this counts as zero."""
FEW_PROBES, MOST_PROBES = 4, 32
CHANCE = 0.1
"""More probes are drawn while the Monte Carlo error of a variance is above this share of its standard error."""


@frozen(eq=False)
class Search:
    """The likelihood to maximise, and how."""

    cells: RatingCells
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
    """The exact entries of the inverse; None where they are estimated."""
    log_likelihood: float | None
    """The restricted log-likelihood; None where it is not computed."""


@frozen(eq=False)
class Ascent:
    """Where the climb ended."""

    point: Point
    converged: bool
    iterations: int


def ascend(search: Search, start: Floats) -> Ascent:
    """Climb until no step changes a variance by more than the tolerance times the sum of all.

    A hundredth of its Monte Carlo error will do as well. A step that leads down is taken back and tried
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
        damping = _bent(point, last) if last is not None else 0.0
        last, search = (point if more is search else None), more
        variances = proposal(point, search.floor, damping)
    return Ascent(evaluate(search, variances, search.tolerance), False, search.max_iterations)


def evaluate(search: Search, variances: Floats, tolerance: float) -> Point:
    """Compute everything needed of the likelihood at these variances."""
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
    """Return the variances after one average-information step, within a box that prevents leaps and zeros.

    Variances that reach a side of the box are held there, and the others' step is taken given that: near zero a
    variance has almost no information, so that any slope would move it far away.
    """
    variances, found = point.at.variances, point.derivatives
    total = float(variances.sum())
    lowest = np.maximum(np.where(variances < FIRST_TOLERANCE * total, floor, 0.1 * variances), floor)
    highest = np.minimum(np.maximum(10.0 * variances, LEAP * total), 10.0 * total)
    # Effects that are all zero give no information on their variance, only a downward slope.
    own = found.information.diagonal()
    sinking = (own <= NOTHING * own.max()) & (found.score * variances < -SLOPE)
    moving = free(point, floor) & ~sinking
    change = held = np.where(sinking, lowest - variances, 0.0)
    information = found.information + damping * np.diag(own)
    for _ in variances:
        inverse, _ = inverse_information(information, moving)
        change = held + inverse @ (found.score - information @ held)
        reached = np.clip(variances + change, lowest, highest)
        out = moving & (reached != variances + change)
        if not out.any():
            break
        held[out], moving = (reached - variances)[out], moving & ~out
    return np.clip(variances + change, lowest, highest)


def free(point: Point, floor: float) -> NDArray[np.bool_]:
    """Return which variances are not held at zero by a likelihood that would have them negative."""
    return (point.at.variances > AT_FLOOR * floor) | (point.derivatives.score > 0.0)


def chance(point: Point, floor: float) -> Floats:
    """Return the standard errors of the variances due to stochastic traces alone."""
    inverse, _ = inverse_information(point.derivatives.information, free(point, floor))
    own, residual = point.at.variances[:-1], point.at.residual
    moved = inverse @ np.vstack([np.diag(np.full(len(own), -0.5)), 0.5 * own / residual])
    return np.asarray(np.sqrt((moved**2) @ point.traces.chance))


def _rise(point: Point, last: Point) -> float:
    """Return the rise of the log-likelihood within rounding; if unknown, estimated from its mean slope."""
    if point.log_likelihood is not None and last.log_likelihood is not None:
        return point.log_likelihood - last.log_likelihood + ROUNDING * (1.0 + abs(last.log_likelihood))
    here, there = point.at.variances, last.at.variances
    slope = point.derivatives.score * here + last.derivatives.score * there
    return float(0.5 * slope @ np.log(here / there)) + NOISE


def _bent(point: Point, last: Point) -> float:
    """Return the damping that gives the average information the curvature of the likelihood along the last step.

    Near a variance of zero the likelihood is more curved than its average information, and whole steps oscillate
    about the maximum.
    """
    step = point.at.variances - last.at.variances
    told = float(step @ last.derivatives.information @ step)
    fell = float((last.derivatives.score - point.derivatives.score) @ step)
    return min(max(fell / told - 1.0, 0.0), MOST_BENT) if told > 0.0 else 0.0


def _small(search: Search, point: Point) -> Floats:
    """Return which steps of the variances are negligible."""
    least = search.tolerance * point.at.variances.sum()
    if search.dense:
        return np.full(len(point.at.variances), least)
    moved = np.maximum(0.01 * chance(point, search.floor), UNTOLD * _errors(point, search.floor))
    return np.asarray(np.maximum(least, moved))


def _errors(point: Point, floor: float) -> Floats:
    """Return the standard errors of the variances, 0 for those held at zero."""
    inverse, _ = inverse_information(point.derivatives.information, free(point, floor))
    return np.sqrt(np.maximum(inverse.diagonal(), 0.0))


def _with_probes(search: Search, point: Point) -> Search:
    """Draw more probes while the Monte Carlo error is large relative to both the next step and the standard errors."""
    if search.dense:
        return search
    errors, moved = _errors(point, search.floor), chance(point, search.floor)
    step = np.abs(proposal(point, search.floor) - point.at.variances)
    signs = search.probes.signs if search.probes else FEW_PROBES
    if (moved <= CHANCE * errors).all() or (step > np.maximum(moved, 0.1 * errors)).any() or signs == MOST_PROBES:
        return search
    needed = signs * float((moved[errors > 0.0] / (CHANCE * errors[errors > 0.0])).max()) ** 2
    count = min(max(ceil(needed), 4 * signs), MOST_PROBES)
    return evolve(search, probes=draw_probes(point.at.cross, search.seed, count))


def _solved(point: Point, tolerance: float) -> bool:
    """Return whether every system of equations was solved to the tolerance."""
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
