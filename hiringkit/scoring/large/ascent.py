"""Maximising the restricted likelihood by average-information steps within bounds, reporting every failure."""

from collections.abc import Callable, Mapping
from math import ceil, log, pi

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.large.shards import exact_sums, probed, slopes
from hiringkit.scoring.large.solver import (
    DenseInverse,
    IterativeInverse,
    ShardedRatings,
    Solution,
    System,
    bordered,
    complement,
    dense_inverse,
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

    ratings: ShardedRatings
    variances: Floats
    """Variances of the remaining factors, of the nested factor if there is one, and of the residual."""
    system: System
    solution: Solution
    """Fixed effects and best linear unbiased predictions, one column a response."""

    @property
    def residual(self) -> float:
        """The residual variance."""
        return float(self.variances[-1])

    @property
    def responses(self) -> int:
        """How many columns the response has."""
        return self.system.s.sums.responses

    @property
    def left(self) -> float:
        """What the solution leaves of the squares of all responses."""
        s, x = self.system.s, self.solution
        fixed = np.einsum("ij,ij", s.sums.response_fixed - s.taken[4], x.fixed)
        explained = fixed + np.einsum("ij,ij", s.reduced, x.rest) + np.trace(s.taken[5])
        return float(s.sums.squares - explained)


def equations(
    ratings: ShardedRatings, variances: Floats, tolerance: float | None, memory: dict[str, Floats]
) -> Equations:
    """Set up and solve the equations at these variances.

    Args:
        ratings: The ratings.
        variances: In the order of `Equations.variances`.
        tolerance: Of the conjugate gradients; None solves exactly.
        memory: Starting solutions of the conjugate gradients, updated.
    """
    s = complement(ratings, variances)
    inverse = dense_inverse(s) if tolerance is None else IterativeInverse(s, s.diagonal(), tolerance, memory)
    system = bordered(s, inverse)
    return Equations(
        ratings, variances, system, system.solve(s.sums.response_fixed - s.taken[4], s.reduced, "response")
    )


def directions(at: Equations) -> Floats:
    """Return v = Z'Py, (r, responses), by remaining level."""
    s, x = at.system.s, at.solution
    # One Jacobi step more keeps the relative error of the effects small where their variance nears zero.
    left = s.reduced - s.border @ x.fixed - s.times(x.rest)
    return np.asarray((x.rest + left / s.diagonal()) * s.rest_ratio / at.residual)


@frozen(eq=False)
class Derivatives:
    """First and (average) second derivatives of the restricted log-likelihood."""

    score: Floats
    """(k + 1,) by variance, the residual last."""
    information: Floats
    """(k + 1, k + 1) average information."""


def derivatives(at: Equations, traces: Floats) -> Derivatives:
    """Return score and average information of all responses, given their tr Z_f'PZ_f of every factor."""
    own, residual, ratings = at.variances[:-1], at.residual, at.ratings
    v = directions(at)
    lengths, factors = _forms(at, v)
    # y'Py = Σ σ_f² v_f'v_f + σ² |W^-1/2 Py|², and σ² W⁻¹ = V - Σ σ_f² Z_f Z_f' gives the residual's forms.
    length = (at.left / residual - own @ lengths) / residual
    mixed = (lengths - factors @ own) / residual
    last = (length - mixed @ own) / residual
    freedom = ratings.ratings - len(at.system.fixed) * at.responses
    trace = (freedom - own @ traces) / residual
    score = 0.5 * np.append(lengths - traces, length - trace)
    information = 0.5 * np.block([[factors, mixed[:, None]], [mixed[None, :], np.array([[last]])]])
    return Derivatives(score, information)


def _forms(at: Equations, v: Floats) -> tuple[Floats, Floats]:
    """Return v_f'v_f by factor, and v_f' Z_f'PZ_g v_g by pairs of factors."""
    s, ratings, x = at.system.s, at.ratings, at.solution
    ends, gram, *right = s.total(slopes, at.variances, x.fixed, x.rest, v)
    fixed, rest, taken, of_fixed, own = right
    solved = at.system.solve(fixed - of_fixed, rest - taken, "information")
    explained = own + (fixed - of_fixed).T @ solved.fixed + (rest - taken).T @ solved.rest
    lengths = [
        float(ends[0]) if factor == ratings.eliminated else float((v[ratings.slices[factor]] ** 2).sum())
        for factor in range(len(ratings.names))
    ]
    if ratings.nested:
        lengths.append(float(ends[1]))
    return np.array(lengths), _over_responses((gram - explained) / at.residual, at.responses)


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


def draw_probes(ratings: ShardedRatings, seed: int, count: int) -> Probes:
    """Return seeded random signs, so many columns but at least two for each large factor, and units of small ones."""
    size = ratings.rest
    signs = random_signs(np.random.default_rng(seed), size, count)
    small = np.zeros(size, dtype=bool)
    large = []
    for rows in ratings.slices.values():
        small[rows] = rows.stop - rows.start <= SMALL
        if not small[rows].all():
            large.append(rows)
    columns = np.zeros((size, count, max(len(large), 1)))
    for at, rows in enumerate(large):
        columns[rows, :, at] = signs[rows]
    factors = columns.shape[2]
    units = np.zeros((size, int(small.sum())))
    units[np.flatnonzero(small), np.arange(units.shape[1])] = 1.0
    return Probes(np.hstack([columns.reshape(size, count * factors), units]), count, factors)


def random_signs(rng: np.random.Generator, size: int, count: int) -> Floats:
    """Return (size, count) numbers that are 1 or -1, each as likely."""
    return np.asarray(rng.integers(0, 2, (size, count)) * 2.0 - 1.0, dtype=np.float64)


@frozen(eq=False)
class ExactInverse:
    """The inverse of the equations but for the eliminated levels, which the shards have."""

    rest: Floats
    """(r, r)"""
    rest_fixed: Floats
    """(r, p)"""
    products: Floats
    """(p, p)"""


def exact_inverse(system: System, inverse: DenseInverse) -> ExactInverse:
    """Compute it."""
    rest_fixed = -system.solved_border @ system.products
    return ExactInverse(inverse.full() - rest_fixed @ system.solved_border.T, rest_fixed, system.products)


def exact_traces(at: Equations, inverse: ExactInverse) -> Traces:
    """Compute the traces from the known inverse."""
    ratings, found = at.ratings, []
    (sums,) = at.system.s.total(exact_sums, inverse.rest, inverse.rest_fixed, inverse.products)
    diagonal = inverse.rest.diagonal()
    for factor, size in enumerate(ratings.levels):
        own = at.variances[factor]
        whole = sums[0] if factor == ratings.eliminated else diagonal[ratings.slices[factor]].sum()
        found.append((size - at.residual / own * whole) / own)
    if ratings.nested:
        found.append((sums[2] - sums[1]) / at.residual)
    return Traces(np.array(found), np.zeros(len(found)))


def stochastic_traces(at: Equations, probes: Probes) -> Traces:
    """Estimate the traces from the probes."""
    system, ratings = at.system, at.ratings
    s, products = system.s, system.products
    solved = system.inverse.solve(probes.columns, "traces")
    own, nested, known = s.total(probed, probes.columns, solved, system.solved_border, products)
    coupled = s.without_ratios(solved)
    found = []
    for factor, variance in enumerate(at.variances[: len(ratings.names)]):
        ratio = at.residual / float(variance)
        if factor == ratings.eliminated:
            rest, draws = float(s.taken[6][1]) - ratio * float(known[0]), -ratio * own
        else:
            rows = ratings.slices[factor]
            border = -system.solved_border[rows]
            rest = -ratio * float((border @ products * border).sum())
            draws = np.einsum("ij,ij->j", probes.columns[rows], coupled[rows])
        mean, spread = probes.mean(draws)
        found.append(((rest + mean) / variance, spread / variance**2))
    if ratings.nested:
        mean, spread = probes.mean(nested)
        found.append(((float(known[2] - known[1]) - mean) / at.residual, spread / at.residual**2))
    return Traces(np.array([value for value, _ in found]), np.array([spread for _, spread in found]))


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
class Visited:
    """What is remembered of the likelihood at some variances."""

    variances: Floats
    derivatives: Derivatives
    log_likelihood: float | None
    """The restricted log-likelihood; None where it is not computed."""


@frozen(eq=False)
class Climb:
    """Where the climb is, so that it can be taken up again from here."""

    iteration: int
    """Evaluations so far."""
    variances: Floats
    """Where the next one is."""
    last: Visited | None
    """From where the last step led here; None where that does not count."""
    damping: float
    signs: int
    """Random signs that are drawn for each probe; 0 where traces are exact."""
    memory: Mapping[str, Floats]
    """Solutions from which conjugate gradients start."""
    residual: float = 0.0
    """Largest relative residual of the equations; 0 where they are solved exactly."""


def silent(progress: Climb) -> None:
    """Tell nobody."""


@frozen(eq=False)
class Search:
    """The likelihood to maximise, and how."""

    ratings: ShardedRatings
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
    nested: bool = True
    """Whether effects of the nested factor are wanted."""
    told: Callable[[Climb], None] = silent
    """Called after every evaluation but the last."""


@frozen(eq=False)
class Point:
    """The restricted likelihood at some variances."""

    here: Visited
    at: Equations
    traces: Traces
    inverse: ExactInverse | None
    """The exact inverse; None where it is estimated."""


@frozen(eq=False)
class Ascent:
    """Where the climb ended."""

    point: Point
    converged: bool
    iterations: int


def ascend(search: Search, start: Climb) -> Ascent:
    """Climb until no step changes a variance by more than the tolerance times the sum of all.

    A hundredth of its Monte Carlo error will do as well. A step that leads down is taken back and tried
    again with more damping (Levenberg and Marquardt).
    """
    variances, last, damping = start.variances, start.last, start.damping
    search.memory.update(start.memory)
    if start.signs:
        search = evolve(search, probes=draw_probes(search.ratings, search.seed, start.signs))
    for iteration in range(start.iteration + 1, search.max_iterations + 1):
        point = evaluate(search, variances, FIRST_TOLERANCE if iteration == 1 else search.tolerance)
        if last is not None and _rise(point.here, last) < 0.0 and damping < MOST_DAMPING:
            damping = max(10.0 * damping, LEAST_DAMPING)
            variances = proposal(last, search.floor, damping)
            search.told(_climbed(search, point, iteration, variances, last, damping))
            continue
        more = search if iteration == 1 and not search.dense else _with_probes(search, point)
        step = np.abs(proposal(point.here, search.floor) - variances)
        if more is search and (step <= _small(search, point)).all() and (search.dense or iteration > 1):
            return Ascent(point, _solved(point, search.tolerance), iteration)
        damping = _bent(point.here, last) if last is not None else 0.0
        last, search = (point.here if more is search else None), more
        variances = proposal(point.here, search.floor, damping)
        search.told(_climbed(search, point, iteration, variances, last, damping))
    return Ascent(evaluate(search, variances, search.tolerance), False, search.max_iterations)


def first(variances: Floats) -> Climb:
    """Return the beginning of a climb."""
    return Climb(0, variances, None, 0.0, 0, {})


def _climbed(
    search: Search, point: Point, iteration: int, variances: Floats, last: Visited | None, damping: float
) -> Climb:
    inverse, signs = point.at.system.inverse, 0 if search.probes is None else search.probes.signs
    residual = max(inverse.residuals.values()) if isinstance(inverse, IterativeInverse) else 0.0
    return Climb(iteration, variances, last, damping, signs, search.memory, residual)


def evaluate(search: Search, variances: Floats, tolerance: float) -> Point:
    """Compute everything needed of the likelihood at these variances."""
    at = equations(search.ratings, variances, None if search.dense else tolerance, search.memory)
    if isinstance(at.system.inverse, DenseInverse):
        inverse = exact_inverse(at.system, at.system.inverse)
        traces = exact_traces(at, inverse).times(at.responses)
        likelihood = restricted_log_likelihood(at, at.system.inverse)
        return Point(Visited(variances, derivatives(at, traces.values), likelihood), at, traces, inverse)
    probes = search.probes or draw_probes(at.ratings, search.seed, FEW_PROBES)
    traces = stochastic_traces(at, probes).times(at.responses)
    return Point(Visited(variances, derivatives(at, traces.values), None), at, traces, None)


def proposal(here: Visited, floor: float, damping: float = 0.0) -> Floats:
    """Return the variances after one average-information step, within a box that prevents leaps and zeros.

    Variances that reach a side of the box are held there, and the others' step is taken given that: near zero a
    variance has almost no information, so that any slope would move it far away.
    """
    variances, found = here.variances, here.derivatives
    total = float(variances.sum())
    lowest = np.maximum(np.where(variances < FIRST_TOLERANCE * total, floor, 0.1 * variances), floor)
    highest = np.minimum(np.maximum(10.0 * variances, LEAP * total), 10.0 * total)
    # Effects that are all zero give no information on their variance, only a downward slope.
    own = found.information.diagonal()
    sinking = (own <= NOTHING * own.max()) & (found.score * variances < -SLOPE)
    moving = free(here, floor) & ~sinking
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


def free(here: Visited, floor: float) -> NDArray[np.bool_]:
    """Return which variances are not held at zero by a likelihood that would have them negative."""
    return (here.variances > AT_FLOOR * floor) | (here.derivatives.score > 0.0)


def chance(point: Point, floor: float) -> Floats:
    """Return the standard errors of the variances due to stochastic traces alone."""
    inverse, _ = inverse_information(point.here.derivatives.information, free(point.here, floor))
    own, residual = point.at.variances[:-1], point.at.residual
    moved = inverse @ np.vstack([np.diag(np.full(len(own), -0.5)), 0.5 * own / residual])
    return np.asarray(np.sqrt((moved**2) @ point.traces.chance))


def _rise(here: Visited, last: Visited) -> float:
    """Return the rise of the log-likelihood within rounding; if unknown, estimated from its mean slope."""
    if here.log_likelihood is not None and last.log_likelihood is not None:
        return here.log_likelihood - last.log_likelihood + ROUNDING * (1.0 + abs(last.log_likelihood))
    slope = here.derivatives.score * here.variances + last.derivatives.score * last.variances
    return float(0.5 * slope @ np.log(here.variances / last.variances)) + NOISE


def _bent(here: Visited, last: Visited) -> float:
    """Return the damping that gives the average information the curvature of the likelihood along the last step.

    Near a variance of zero the likelihood is more curved than its average information, and whole steps oscillate
    about the maximum.
    """
    moved = here.variances - last.variances
    told = float(moved @ last.derivatives.information @ moved)
    fell = float((last.derivatives.score - here.derivatives.score) @ moved)
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
    inverse, _ = inverse_information(point.here.derivatives.information, free(point.here, floor))
    return np.sqrt(np.maximum(inverse.diagonal(), 0.0))


def _with_probes(search: Search, point: Point) -> Search:
    """Draw more probes while the Monte Carlo error is large relative to both the next step and the standard errors."""
    if search.dense:
        return search
    errors, moved = _errors(point, search.floor), chance(point, search.floor)
    step = np.abs(proposal(point.here, search.floor) - point.at.variances)
    signs = search.probes.signs if search.probes else FEW_PROBES
    if (moved <= CHANCE * errors).all() or (step > np.maximum(moved, 0.1 * errors)).any() or signs == MOST_PROBES:
        return search
    needed = signs * float((moved[errors > 0.0] / (CHANCE * errors[errors > 0.0])).max()) ** 2
    count = min(max(ceil(needed), 4 * signs), MOST_PROBES)
    return evolve(search, probes=draw_probes(point.at.ratings, search.seed, count))


def _solved(point: Point, tolerance: float) -> bool:
    """Return whether every system of equations was solved to the tolerance."""
    inverse = point.at.system.inverse
    return not isinstance(inverse, IterativeInverse) or max(inverse.residuals.values()) <= tolerance


def restricted_log_likelihood(at: Equations, inverse: DenseInverse) -> float:
    """Return the logarithm of the restricted likelihood (Patterson and Thompson 1971), constants included.

    The determinants of V and X'V⁻¹X come as that of the mixed-model equations (Harville 1977); X is the
    indicator of the fixed levels, as for lme4.
    """
    ratings, s = at.ratings, at.system.s
    ratios = at.residual / at.variances[: len(ratings.levels)]
    freedom = ratings.ratings - len(at.system.fixed) * at.responses
    logs = s.taken[6]
    determinant = float(logs[0]) + inverse.log_determinant()
    determinant += float(np.linalg.slogdet(at.system.fixed)[1] - 2.0 * np.linalg.slogdet(ratings.fixed.basis)[1])
    determinant -= float(np.dot(ratings.levels, np.log(ratios))) + float(logs[2])
    squares = at.left / at.residual
    return -0.5 * (freedom * log(2.0 * pi * at.residual) - ratings.log_weight + at.responses * determinant + squares)
