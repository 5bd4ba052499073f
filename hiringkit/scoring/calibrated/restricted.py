"""Restricted maximum likelihood where the model is small: its slopes, the variances at the peak, how sure they are.

With M the scaled equations of `model`, b their solution, and M⁻¹ₖⱼ the block of effects k and j in its inverse, the
restricted log-likelihood has the slopes by the log ratios

    gₖ  = tr M⁻¹ₖₖ - qₖ + ν|bₖ|²/RSS
    Hₖⱼ = 2|M⁻¹ₖⱼ|² + 2ν/RSS (2 bₖ'M⁻¹ₖⱼbⱼ + |bₖ|²|bⱼ|²/RSS) - 2δₖⱼ(tr M⁻¹ₖₖ + ν|bₖ|²/RSS)

M⁻¹ is one block for each candidate plus LL', L of as many columns as the border, so that all of it takes about as long
as two evaluations of the likelihood. Differences would take 1 + 2K + K(K - 1)/2 of them, 21 with five ratios.
"""

import numpy as np
from attrs import frozen

from hiringkit.domain.profile import Variance
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated.model import Blocks, least_squares, scales, solve
from hiringkit.scoring.calibrated.posterior import FLAT, LOWEST, Density, Peak


@frozen(eq=False)
class _Slopes:
    """First and second derivatives of the restricted log-likelihood by K log ratios, and of log RSS."""

    value: float
    gradient: Floats
    """(K,)."""
    hessian: Floats
    """(K, K)."""
    residual: float
    """RSS."""
    residual_gradient: Floats
    """(K,) of log RSS."""


def restricted_slopes(blocks: Blocks, logs: Floats) -> tuple[float, Floats, Floats]:
    """Return restricted log-likelihood, gradient and Hessian at (K,) log ratios."""
    found = _slopes(blocks, logs)
    return found.value, found.gradient, found.hessian


def _slopes(blocks: Blocks, logs: Floats) -> _Slopes:
    solved = solve(blocks, np.exp(logs)[None])
    (inner,), (outer,) = scales(blocks, np.exp(logs)[None])
    lower, border = solved.inner_inverse[0] / inner, solved.border_inverse[0]
    kind, many = blocks.alike.kind, blocks.alike.many
    own = lower.swapaxes(1, 2) @ lower
    loadings = lower.swapaxes(1, 2) @ (solved.reduced[0] @ border.T)
    b, shared = solved.inner[0] / inner, solved.outer[0] / outer
    sums = np.zeros((len(many), b.shape[1]))
    np.add.at(sums, kind, b)
    weights = np.sqrt(many)[:, None, None]
    traces, squares, grams, moved = [], [], [], []
    for part in blocks.inner:
        mine = slice(part.start, part.start + part.size)
        rows = (loadings[:, mine] * weights).reshape(-1, len(border))
        traces.append(float(many @ np.einsum("nii->n", own[:, mine, mine]) + np.einsum("ij,ij", rows, rows)))
        squares.append(float(np.einsum("ij,ij", b[:, mine], b[:, mine])))
        grams.append(rows.T @ rows)
        moved.append(np.einsum("nir,ni->r", loadings[:, mine], sums[:, mine]))
    for part in blocks.outer:
        rows = border.T[part.start : part.start + part.size]
        theirs = shared[part.start : part.start + part.size]
        traces.append(float((rows**2).sum()))
        squares.append(float(theirs @ theirs))
        grams.append(rows.T @ rows)
        # The candidates' rows of L have the opposite sign.
        moved.append(-rows.T @ theirs)
    sizes = [part.size * len(b) for part in blocks.inner] + [part.size for part in blocks.outer]
    blocks_squared = np.tensordot(grams, grams, ((1, 2), (1, 2)))
    forms = np.array(moved) @ np.array(moved).T
    few = len(blocks.inner)
    across = own * (own + 2.0 * loadings @ loadings.swapaxes(1, 2))
    blocks_squared[:few, :few] += _by_effect(blocks, np.tensordot(many, across, 1))
    forms[:few, :few] += _by_effect(blocks, np.einsum("ni,nij,nj->ij", b, own[kind], b, optimize=True))
    residual = float(solved.residual[0])
    # A residual that is held at the least one has no slope.
    believed = float(residual > least_squares(blocks))
    trace, share = np.array(traces), believed * np.array(squares) / residual
    freedom = blocks.freedom
    hessian = 2.0 * blocks_squared + 2.0 * freedom * (2.0 * believed * forms / residual + np.outer(share, share))
    hessian -= 2.0 * np.diag(trace + freedom * share)
    gradient = trace - sizes + freedom * share
    return _Slopes(float(solved.log_likelihood[0]), gradient, hessian, residual, -2.0 * share)


def _by_effect(blocks: Blocks, slots: Floats) -> Floats:
    """Add (m, m) numbers by inner slots up to those by inner effects."""
    starts = [part.start for part in blocks.inner]
    return np.asarray(np.add.reduceat(np.add.reduceat(slots, starts, axis=0), starts, axis=1))


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


def reml_variances(blocks: Blocks, peak: Peak, level: float) -> dict[str, Variance]:
    """Return the variances at the peak with intervals that are normal in their logarithms.

    With x the log ratios and s² = RSS/ν, a variance's logarithm is 2 x_k + log s²(x); its sampling variance
    adds that of x, through the curvature of the profile likelihood, to 2/ν, that of log s² at given x (the
    delta method). A variance at zero has no interval.
    """
    from scipy.special import ndtri  # noqa: PLC0415 - only where numbers are wanted

    found = _slopes(blocks, peak.logs)
    ratios = np.exp(peak.logs)
    residual = found.residual / blocks.freedom
    spread = np.sqrt(_log_variances(blocks, peak, found)) * ndtri(0.5 + level / 2)
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


def _log_variances(blocks: Blocks, peak: Peak, found: _Slopes) -> Floats:
    """Return the sampling variances of the logarithms of effects' variances and the residual's, (K + 1,)."""
    size = len(peak.logs)
    free = peak.logs > LOWEST
    covariance = np.zeros((size, size))
    covariance[np.ix_(free, free)] = np.linalg.pinv(-found.hessian[np.ix_(free, free)], hermitian=True)
    directions = np.vstack([2 * np.eye(size), np.zeros(size)]) + found.residual_gradient
    quadratic = np.einsum("ij,jk,ik->i", directions, covariance, directions)
    return np.asarray(np.maximum(quadratic, 0) + 2 / blocks.freedom)
