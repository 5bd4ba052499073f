"""The mode of a density of log ratios: where the posterior or the restricted likelihood is highest."""

import numpy as np
from attrs import frozen

from hiringkit.scoring.blocks import Blocks
from hiringkit.scoring.equations import log_likelihood
from hiringkit.scoring.prior import Prior
from hiringkit.scoring.ratings import Floats

NEWTON_STEPS = 25
LONGEST = 1.5
"""Largest step in any log ratio."""
LOWEST, HIGHEST = -7.0, 5.0
"""Log ratios outside are as good as zero and infinity."""


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
        return np.log([self.prior.of(effect).center for effect in effects])


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
    row, column = np.tril_indices(size, -1)
    hessian[row, column] = hessian[column, row] = (mixed - up[row] - up[column] + centre) / step**2
    return float(centre), gradient, hessian


def _ascent(gradient: Floats, hessian: Floats) -> Floats:
    """Return a step uphill: Newton's where the density is curved downwards, bent where it is not."""
    values, vectors = np.linalg.eigh(-hessian)
    curvature = np.maximum(np.abs(values), 0.05)
    step = vectors @ ((vectors.T @ gradient) / curvature)
    return np.asarray(step / max(1.0, float(np.abs(step).max()) / LONGEST))


def find_peak(density: Density, *, step: float = 0.05, tolerance: float = 0.05) -> Peak:
    """Climb to the mode by Newton steps with halving; log ratios stay between `LOWEST` and `HIGHEST`."""
    logs = density.start()
    for _ in range(NEWTON_STEPS):
        value, gradient, hessian = derivatives(density, logs, step)
        after = _climb(density, logs, value, _ascent(gradient, hessian))
        moved = float(np.abs(after - logs).max())
        logs = after
        if moved < tolerance:
            return Peak(logs, hessian, converged=True)
    return Peak(logs, hessian, converged=False)


def _climb(density: Density, logs: Floats, value: float, step: Floats) -> Floats:
    """Go the whole step, else the best of its halves; stay where none is higher."""
    whole = np.clip(logs + step, LOWEST, HIGHEST)
    if density(whole[None])[0] > value:
        return whole
    halves = np.clip(logs + np.outer(0.5 ** np.arange(1, 8), step), LOWEST, HIGHEST)
    heights = density(halves)
    best = int(np.argmax(heights))
    return np.asarray(halves[best] if heights[best] > value else logs)
