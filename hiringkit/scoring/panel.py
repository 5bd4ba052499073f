"""The posterior over standard-deviation ratios of a small panel, as a few weighted points.

The residual variance and every effect are integrated out exactly at each point (`equations`); what is left is
a density in K log ratios. One or two are laid on a grid; more are met by an importance design around the
mode: a lattice of quasi-random points, weighted (Rue, Martino & Chopin 2009, section 6.5, use a central
composite design in the same place). No step of this draws at random.
"""

import numpy as np
from attrs import frozen

from hiringkit.scoring.blocks import Blocks
from hiringkit.scoring.equations import Contrasts, Moments, batches, log_likelihood, moments, solve
from hiringkit.scoring.prior import Prior
from hiringkit.scoring.ratings import Floats

GRID = {1: 25, 2: 13}
"""Points along each axis of a grid, by the number of ratios."""
REACH = 4.5
"""Standard deviations on either side of the mode that a grid covers."""
LATTICE = 64
"""Points of the importance design."""
TAIL_FREEDOM = 8.0
"""Of the t distribution that the importance design comes from: heavier in the tails than the posterior."""
NEWTON_STEPS = 25
LOWEST, HIGHEST = -7.0, 5.0
"""Log ratios outside are as good as zero and infinity."""


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
    peak: "Peak"


@frozen(eq=False)
class Peak:
    """The mode of a density of log ratios and its curvature."""

    logs: Floats
    """(K,)."""
    hessian: Floats
    """(K, K) of the log density."""
    converged: bool
    """Whether the mode was found."""


class Density:
    """The log posterior density of log ratios, up to a constant.

    Args:
        blocks: The model.
        prior: On the ratios; None leaves the restricted likelihood alone.
    """

    def __init__(self, blocks: Blocks, prior: Prior | None) -> None:
        self.blocks = blocks
        self.prior = prior

    def __call__(self, logs: Floats) -> Floats:
        """Return the (M,) log density at (M, K) log ratios."""
        total = log_likelihood(self.blocks, np.exp(logs))
        if self.prior is not None:
            total = total + self.prior.log_density(self.blocks.effects, logs)
        return total

    def start(self) -> Floats:
        """Return (K,) log ratios to begin a search at."""
        effects = self.blocks.effects
        if self.prior is None:
            return np.full(len(effects), np.log(0.5))
        return np.log([self.prior.of(effect).median for effect in effects])


def _stencil(size: int, step: float) -> Floats:
    """Return the points of central differences: the centre, ± each axis, + each pair of axes."""
    unit = np.eye(size) * step
    pairs = [unit[i] + unit[j] for i in range(size) for j in range(i)]
    return np.vstack([np.zeros(size), unit, -unit, *pairs])


def derivatives(density: Density, logs: Floats, step: float) -> tuple[float, Floats, Floats]:
    """Return value, gradient and Hessian by differences, in one batch of evaluations."""
    size = len(logs)
    values = density(logs + _stencil(size, step))
    centre, up, down = values[0], values[1 : size + 1], values[size + 1 : 2 * size + 1]
    gradient = (up - down) / (2 * step)
    hessian = np.diag((up - 2 * centre + down) / step**2)
    mixed = values[2 * size + 1 :]
    for at, (i, j) in enumerate((i, j) for i in range(size) for j in range(i)):
        hessian[i, j] = hessian[j, i] = (mixed[at] - up[i] - up[j] + centre) / step**2
    return float(centre), gradient, hessian


def _ascent(gradient: Floats, hessian: Floats) -> Floats:
    """Return a step uphill: Newton's where the density is curved downwards, bent where it is not."""
    values, vectors = np.linalg.eigh(-hessian)
    curvature = np.maximum(np.abs(values), 0.05)
    step = vectors @ ((vectors.T @ gradient) / curvature)
    return step / max(1.0, float(np.abs(step).max()) / 1.5)


def find_peak(
    density: Density, *, start: Floats | None = None, step: float = 0.05, tolerance: float = 0.05
) -> Peak:
    """Climb to the mode by Newton steps with halving; log ratios stay between `LOWEST` and `HIGHEST`."""
    logs = density.start() if start is None else start
    for _ in range(NEWTON_STEPS):
        value, gradient, hessian = derivatives(density, logs, step)
        full = _ascent(gradient, hessian)
        trials = np.clip(logs + np.outer(0.5 ** np.arange(6), full), LOWEST, HIGHEST)
        heights = density(trials)
        best = int(np.argmax(heights))
        moved = float(np.abs(trials[best] - logs).max())
        if heights[best] <= value or moved < tolerance:
            return Peak(logs, hessian, converged=bool(moved < 0.1))  # noqa: PLR2004 - a tenth in a log ratio
        logs = trials[best]
    return Peak(logs, hessian, converged=False)


def _axes(peak: Peak) -> Floats:
    """Return (K, K) axes A such that logs = mode + A z is about standard normal in z."""
    values, vectors = np.linalg.eigh(-peak.hessian)
    return np.asarray(vectors / np.sqrt(np.clip(values, 0.2, None)))


def _grid(size: int) -> tuple[Floats, Floats]:
    axis = np.linspace(-REACH, REACH, GRID[size])
    mesh = np.meshgrid(*[axis] * size, indexing="ij")
    points = np.column_stack([part.ravel() for part in mesh])
    return points, np.zeros(len(points))


def _lattice(size: int, count: int) -> tuple[Floats, Floats]:
    """Return (count, size) t-distributed points of a Kronecker lattice, and their log densities.

    Steps are powers of the generalised golden ratio, the root of x^(K+1) = x + 1.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - 0.1 s, paid only where it is needed

    golden = 2.0
    for _ in range(50):
        golden = (1 + golden) ** (1 / (size + 1))
    steps = golden ** -np.arange(1.0, size + 1)
    uniform = (0.5 + np.outer(np.arange(1, count + 1), steps)) % 1.0
    points = stdtrit(TAIL_FREEDOM, uniform)
    density = -0.5 * (TAIL_FREEDOM + 1) * np.log1p(points**2 / TAIL_FREEDOM)
    return points, density.sum(1)


def _design(density: Density, peak: Peak, count: int) -> tuple[Floats, Floats]:
    """Return (M, K) log ratios around the mode and the logarithm of what they were proposed with."""
    size = len(peak.logs)
    places, proposal = _grid(size) if size in GRID else _lattice(size, count)
    return np.clip(peak.logs + places @ _axes(peak).T, LOWEST, HIGHEST), proposal


def explore(
    blocks: Blocks, contrasts: Contrasts, prior: Prior, *, count: int = LATTICE, start: Floats | None = None
) -> Points:
    """Integrate over the ratios: return points and weights that stand for their posterior.

    Args:
        blocks: The model.
        contrasts: The scores whose moments are wanted at each point.
        prior: On the ratios.
        count: Points of the importance design, where there are more than two ratios.
        start: (K,) log ratios to begin the search for the mode at.
    """
    density = Density(blocks, prior)
    peak = find_peak(density, start=start)
    logs, proposal = _design(density, peak, count)
    tops = prior.log_density(blocks.effects, logs) - proposal
    return summarize(blocks, contrasts, np.exp(logs), tops, peak)


def summarize(blocks: Blocks, contrasts: Contrasts, ratios: Floats, tops: Floats, peak: Peak) -> Points:
    """Solve at (M, K) ratios and weigh them by restricted likelihood times exp of the (M,) `tops`."""
    solved = [solve(blocks, ratios[part]) for part in batches(blocks, len(ratios))]
    height = np.concatenate([part.log_likelihood for part in solved]) + tops
    weights = np.exp(height - height.max())
    weights /= weights.sum()
    found = Moments.join([moments(part, contrasts) for part in solved])
    return Points(
        ratios,
        weights,
        np.concatenate([part.residual for part in solved]),
        found,
        np.tensordot(weights, np.concatenate([part.inner for part in solved]), 1),
        weights @ np.concatenate([part.outer for part in solved]),
        peak,
    )
