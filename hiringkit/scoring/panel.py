"""The posterior over standard-deviation ratios of a small panel, as a few weighted points.

The residual variance and every effect are integrated out exactly at each point (`equations`); what is left is
a density in K log ratios. One or two are laid on a grid; more are met by an importance design around the
mode, adapted twice: a lattice of quasi-random points, weighted (Rue, Martino & Chopin 2009, section 6.5, use
a central composite design in the same place). No step of this draws at random.
"""

import numpy as np
from attrs import frozen

from hiringkit.scoring.blocks import Blocks
from hiringkit.scoring.equations import Contrasts, Moments, batches, moments, solve
from hiringkit.scoring.peak import HIGHEST, LOWEST, Density, Peak, find_peak
from hiringkit.scoring.prior import Prior
from hiringkit.scoring.ratings import Floats

GRID = {1: 41, 2: 15}
"""Points along each axis of a grid, by the number of ratios."""
REACH = 3.0
"""A grid covers sinh(3) = 10 standard deviations on either side of the mode."""
ROUNDS = (0.3, 0.3, 0.4)
"""Shares of the rounds of the importance design in its points."""
FEWEST, MOST = 120, 800
"""Points of the importance design; the smaller the panel, the more."""
WORK = 250_000_000
"""Multiplications that these points may take together."""
TAIL_FREEDOM = 8.0
"""Of the t distribution that the importance design comes from: heavier in the tails than the posterior."""


@frozen(eq=False)
class Points:
    """A discrete posterior over ratios."""

    ratios: Floats
    """(M, K) σ_effect/σ_residual."""
    weights: Floats
    """(M,) adding to 1."""
    residual: Floats
    """(M,) residual sum of squares at each point."""
    moments: Moments
    """Of the scores, at each point."""
    inner: Floats
    """(N, m) posterior means of the candidates' own columns."""
    outer: Floats
    """(r,) posterior means of fixed effects and shared random effects."""
    peak: Peak


def _axes(covariance: Floats) -> Floats:
    """Return (K, K) axes A with A Aᵀ the covariance, none shorter or longer than a log ratio can tell."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.clip(values, 0.01, 5.0)))


def _inverse(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.pinv(matrix, hermitian=True), dtype=np.float64)


def _grid(size: int) -> tuple[Floats, Floats]:
    """Return (M, size) points, dense in the middle and wide apart in the tails, and their log densities.

    Along each axis z = sinh(u) at even steps of u, so that the trapezium rule sees tails of either kind.
    """
    steps = np.linspace(-REACH, REACH, GRID[size])
    mesh = np.meshgrid(*[steps] * size, indexing="ij")
    even = np.column_stack([part.ravel() for part in mesh])
    return np.sinh(even), -np.log(np.cosh(even)).sum(axis=1)


def _lattice(size: int, first: int, count: int) -> Floats:
    """Return (count, size) t-distributed points of a Kronecker lattice, from its point `first` on.

    Steps are powers of the generalised golden ratio, the root of x^(K+1) = x + 1.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - 0.1 s, paid only where it is needed

    golden = 2.0
    for _ in range(50):
        golden = (1 + golden) ** (1 / (size + 1))
    steps = golden ** -np.arange(1.0, size + 1)
    uniform = (0.5 + np.outer(np.arange(first + 1, first + count + 1), steps)) % 1.0
    return np.asarray(stdtrit(TAIL_FREEDOM, uniform))


@frozen(eq=False)
class _Proposal:
    """A t distribution of log ratios, along axes."""

    center: Floats
    axes: Floats

    def log_density(self, logs: Floats) -> Floats:
        """Return the (M,) log density at (M, K) log ratios, up to a constant that all proposals share."""
        places = np.linalg.solve(self.axes, (logs - self.center).T)
        height = -0.5 * (TAIL_FREEDOM + 1) * np.log1p(places**2 / TAIL_FREEDOM).sum(axis=0)
        return np.asarray(height - np.linalg.slogdet(self.axes)[1])


def _weights(heights: Floats) -> Floats:
    weights = np.exp(heights - heights.max())
    return np.asarray(weights / weights.sum())


def affordable(blocks: Blocks) -> int:
    """Return how many points of an importance design are worth their time."""
    n, m, r = blocks.inner_outer.shape
    return int(np.clip(WORK // (n * m * r * (m + r) + r**3), FEWEST, MOST))


def _importance(survey: "Survey", peak: Peak, count: int) -> Floats:
    """Survey points by adaptive multiple importance sampling, and return their (M,) log weights.

    The first round proposes around the mode; each later one around the mean and covariance that all points so
    far give. Every point is weighed against the mixture of all rounds (Cornuet, Marin, Mira & Robert 2012).
    """
    size, rounds = len(peak.logs), [round(share * count) for share in ROUNDS]
    proposals = [_Proposal(peak.logs, _axes(_inverse(-peak.hessian)))]
    logs, heights = np.zeros((0, size)), np.zeros(0)
    for number, points in enumerate(rounds):
        now = proposals[-1]
        fresh = now.center + _lattice(size, len(logs), points) @ now.axes.T
        logs, heights = np.vstack([logs, fresh]), np.concatenate([heights, survey(fresh)])
        parts = [
            np.log(share) + proposal.log_density(logs)
            for share, proposal in zip(rounds[: number + 1], proposals, strict=True)
        ]
        tops = heights - np.logaddexp.reduce(parts, axis=0)
        weights = _weights(tops)
        center = weights @ logs
        spread = (logs - center).T @ ((logs - center) * weights[:, None])
        proposals.append(_Proposal(center, _axes(spread + 0.02 * np.eye(size))))
    return np.asarray(tops)


class Survey:
    """The log posterior density, keeping what it solved on the way.

    Args:
        blocks: The model.
        contrasts: The scores whose moments are wanted at each point.
        prior: On the ratios; None leaves the restricted likelihood alone.
    """

    def __init__(self, blocks: Blocks, contrasts: Contrasts, prior: Prior | None) -> None:
        self.blocks = blocks
        self.contrasts = contrasts
        self.prior = prior
        self.logs: list[Floats] = []
        self.solved: list[tuple[Floats, Floats, Floats]] = []
        self.moments: list[Moments] = []

    def __call__(self, logs: Floats) -> Floats:
        """Solve at (M, K) log ratios and return the (M,) log densities, minus infinity out of bounds."""
        heights, within = [], np.clip(logs, LOWEST, HIGHEST)
        for part in batches(self.blocks, len(logs)):
            solved = solve(self.blocks, np.exp(within[part]))
            heights.append(solved.log_likelihood)
            self.solved.append((solved.residual, solved.inner, solved.outer))
            self.moments.append(moments(solved, self.contrasts))
        self.logs.append(within)
        height = np.concatenate(heights)
        if self.prior is not None:
            height = height + self.prior.log_density(self.blocks.effects, within)
        return np.where((logs == within).all(axis=1), height, -np.inf)

    def points(self, weights: Floats, peak: Peak) -> Points:
        """Put everything surveyed together under (M,) weights that add to 1."""
        residual, inner, outer = (np.concatenate(part) for part in zip(*self.solved, strict=True))
        ratios = np.exp(np.vstack(self.logs))
        solutions = np.tensordot(weights, inner, 1), weights @ outer
        return Points(ratios, weights, residual, Moments.join(self.moments), *solutions, peak)


def explore(
    blocks: Blocks,
    contrasts: Contrasts,
    prior: Prior,
    *,
    count: int | None = None,
    peak: Peak | None = None,
) -> Points:
    """Integrate over the ratios: return points and weights that stand for their posterior.

    Args:
        blocks: The model.
        contrasts: The scores whose moments are wanted at each point.
        prior: On the ratios.
        count: Points of the importance design, where there are more than two ratios; None for `affordable`.
        peak: About where the posterior lies, if that is known.
    """
    peak = peak or find_peak(Density(blocks, prior))
    survey, size = Survey(blocks, contrasts, prior), len(peak.logs)
    if size in GRID:
        axes = _axes(_inverse(-peak.hessian))
        places, proposal = _grid(size)
        tops = survey(peak.logs + places @ axes.T) - proposal
    else:
        tops = _importance(survey, peak, count or affordable(blocks))
    return survey.points(_weights(tops), peak)


def under_another(blocks: Blocks, contrasts: Contrasts, points: Points, prior: Prior, other: Prior) -> Points:
    """Explore again under another prior, beginning from where the points of the first one would lie."""
    logs = np.log(points.ratios)
    change = other.log_density(blocks.effects, logs) - prior.log_density(blocks.effects, logs)
    weights = _weights(np.log(np.maximum(points.weights, 1e-300)) + change)
    center = weights @ logs
    spread = (logs - center).T @ ((logs - center) * weights[:, None]) + 0.05 * np.eye(len(center))
    near = Peak(center, -_inverse(spread), converged=True)
    count = max(FEWEST, affordable(blocks) // 2)
    return explore(blocks, contrasts, other, count=count, peak=near)
