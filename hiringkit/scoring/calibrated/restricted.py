"""Restricted maximum likelihood for small models: variances at the peak, with their uncertainty."""

import numpy as np

from hiringkit.domain.profile import Variance
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated.model import solve
from hiringkit.scoring.calibrated.posterior import FLAT, LOWEST, Density, Peak, derivatives


def at_boundary(density: Density, peak: Peak) -> Peak:
    """Set ratios to zero that the likelihood does not distinguish from zero: their logarithms have no mode."""
    logs = peak.logs.copy()
    height = density(logs[None])[0]
    for k in np.argsort(logs):
        lower = logs.copy()
        lower[k] = LOWEST
        if density(lower[None])[0] >= height - FLAT:
            logs = lower
    return Peak(logs, peak.hessian, peak.converged)


def reml_variances(density: Density, peak: Peak, level: float) -> dict[str, Variance]:
    """Return the variances at the peak with intervals that are normal in their logarithms.

    With x the log ratios and s² = RSS/ν, a variance's logarithm is 2 x_k + log s²(x); its sampling variance
    adds that of x, through the curvature of the profile likelihood, to 2/ν, that of log s² at given x (the
    delta method). A variance at zero has no interval.
    """
    from scipy.special import ndtri  # noqa: PLC0415 - only where numbers are wanted

    blocks = density.blocks
    ratios = np.exp(peak.logs)
    residual = solve(blocks, ratios[None]).residual[0] / blocks.freedom
    spread = np.sqrt(_log_variances(density, peak)) * ndtri(0.5 + level / 2)
    out = {}
    for k, effect in enumerate((*blocks.effects, "residual")):
        estimate = float(residual * (ratios[k] ** 2 if k < len(ratios) else 1.0))
        if k < len(ratios) and peak.logs[k] <= LOWEST:
            out[effect] = Variance(0.0)
        else:
            out[effect] = Variance(
                estimate, (float(estimate * np.exp(-spread[k])), float(estimate * np.exp(spread[k])))
            )
    return out


def _log_variances(density: Density, peak: Peak) -> Floats:
    """Return the sampling variances of the logarithms of effects' variances and the residual's, (K + 1,)."""
    blocks, size, step = density.blocks, len(peak.logs), 1e-3
    _, _, hessian = derivatives(density, peak.logs, 1e-2)
    free = peak.logs > LOWEST
    covariance = np.zeros((size, size))
    covariance[np.ix_(free, free)] = np.linalg.pinv(-hessian[np.ix_(free, free)], hermitian=True)
    moved = peak.logs + np.vstack([np.eye(size), -np.eye(size)]) * step
    logs = np.log(solve(blocks, np.exp(moved)).residual)
    slope = (logs[:size] - logs[size:]) / (2 * step)
    directions = np.vstack([2 * np.eye(size), np.zeros(size)]) + slope
    quadratic = np.einsum("ij,jk,ik->i", directions, covariance, directions)
    return np.asarray(np.maximum(quadratic, 0) + 2 / blocks.freedom)
