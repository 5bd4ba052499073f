"""The mixed-model equations at given variance ratios: restricted likelihood, solutions, and their variances.

With ratios ρ = σ_effect/σ_residual, columns are scaled by them, so that a ratio of zero is no special case:

    [I + RᵢᵀAᵢRᵢ   ·      ] [uᵢ]   [·]        Aᵢ: candidate i's own columns
    [     ·        border ] [b ] = [·]        border: fixed effects and shared random effects

Eliminating each candidate leaves the border's Schur complement S. Up to a constant, twice the logarithm of
the restricted likelihood with the residual variance integrated out under p(σ²) ∝ 1/σ² is
-Σ log|I + RᵢᵀAᵢRᵢ| - log|S| - ν log RSS, ν = ratings less fixed effects (Henderson 1984; Searle, Casella &
McCulloch 1992, ch. 6; Gelman et al. 2013, ch. 15).
"""

import numpy as np
from attrs import fields, frozen

from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.calibrated.model import Blocks

CHUNK = 6_000_000
"""Most numbers that one batch of points may hold at a time: about 50 MB."""
SMALLEST = 1e-12
"""Share of the sum of squares below which a residual is rounding."""
TINIEST = 1e-200


@frozen(eq=False)
class Solved:
    """The equations solved at M points."""

    log_likelihood: Floats
    """(M,) restricted, without constants."""
    residual: Floats
    """(M,) weighted residual sum of squares RSS, the random effects' penalty included."""
    inner: Floats
    """(M, N, m) solutions of the candidates' own columns, in rating points."""
    outer: Floats
    """(M, r) solutions of fixed effects and shared random effects."""
    inner_inverse: Floats
    """(M, N, m, m) Linv with (I + RAR)⁻¹ = LinvᵀLinv, times the ratios."""
    reduced: Floats
    """(M, N, m, r) Linv times the candidates' cross-products with the border."""
    border_inverse: Floats
    """(M, r, r) Kinv with S⁻¹ = KinvᵀKinv."""
    outer_scale: Floats
    """(M, r) ratio of each outer column; 1 for fixed ones."""


def scales(blocks: Blocks, ratios: Floats) -> tuple[Floats, Floats]:
    """Spread (M, K) ratios over the (M, m) inner slots and the (M, r) outer columns."""
    m, r = blocks.inner_inner.shape[1], len(blocks.outer_outer)
    inner, outer = np.ones((len(ratios), m)), np.ones((len(ratios), r))
    for k, part in enumerate((*blocks.inner, *blocks.outer)):
        target = inner if k < len(blocks.inner) else outer
        target[:, part.start : part.start + part.size] = ratios[:, k, None]
    return inner, outer


def _diagonal(matrices: Floats) -> Floats:
    return np.diagonal(matrices, axis1=-2, axis2=-1)


@frozen(eq=False)
class _Eliminated:
    """The equations at M points with the candidates' own columns eliminated."""

    scale: Floats
    lower: Floats
    reduced: Floats
    flat: Floats
    root: Floats
    own_value: Floats
    value: Floats
    logs: Floats


def _eliminate(blocks: Blocks, ratios: Floats) -> _Eliminated:
    inner, outer = scales(blocks, ratios)
    own = inner[:, None, :, None] * blocks.inner_inner * inner[:, None, None, :]
    own += np.eye(own.shape[-1])
    factor = np.asarray(np.linalg.cholesky(own), dtype=np.float64)
    lower = np.linalg.inv(factor) * inner[:, None, None, :]
    reduced = lower @ (blocks.inner_outer * outer[:, None, None, :])
    flat = reduced.reshape(len(ratios), -1, reduced.shape[-1])
    border = outer[:, :, None] * blocks.outer_outer * outer[:, None, :] - flat.swapaxes(1, 2) @ flat
    shared = np.arange(blocks.fixed, border.shape[-1])
    border[:, shared, shared] += 1.0
    root = np.asarray(np.linalg.cholesky(border), dtype=np.float64)
    own_value = (lower @ blocks.inner_value[..., None])[..., 0]
    value = outer * blocks.outer_value - np.einsum("mkr,mk->mr", flat, own_value.reshape(len(ratios), -1))
    logs = np.log(_diagonal(factor)).sum((1, 2)) + np.log(_diagonal(root)).sum(1)
    return _Eliminated(outer, lower, reduced, flat, root, own_value, value, logs)


def _finish(blocks: Blocks, parts: _Eliminated, rotated: Floats) -> tuple[Floats, Floats]:
    """Return residual sums of squares and restricted log likelihoods."""
    residual = blocks.sum_of_squares - (parts.own_value**2).sum((1, 2)) - (rotated**2).sum(1)
    least = max(blocks.freedom * blocks.least_residual, SMALLEST * blocks.sum_of_squares, TINIEST)
    residual = np.maximum(residual, least)
    return residual, -parts.logs - 0.5 * blocks.freedom * np.log(residual)


def solve(blocks: Blocks, ratios: Floats) -> Solved:
    """Solve the mixed-model equations at every row of `ratios`.

    Args:
        blocks: Cross-products of the model.
        ratios: (M, K) σ_effect/σ_residual, in the order of `blocks.effects`; zero is allowed.

    Returns:
        Solutions, restricted log likelihood, and the factors that give variances.
    """
    parts = _eliminate(blocks, ratios)
    upper = np.asarray(np.linalg.inv(parts.root), dtype=np.float64)
    rotated = (upper @ parts.value[..., None])[..., 0]
    residual, height = _finish(blocks, parts, rotated)
    shared = (upper.swapaxes(1, 2) @ rotated[..., None])[..., 0]
    left = parts.own_value - (parts.flat @ shared[..., None])[..., 0].reshape(parts.own_value.shape)
    inner = (parts.lower.swapaxes(2, 3) @ left[..., None])[..., 0]
    return Solved(height, residual, inner, shared * parts.scale, parts.lower, parts.reduced, upper, parts.scale)


def batches(blocks: Blocks, points: int) -> list[slice]:
    """Cut M points into slices small enough for memory."""
    n, m, r = blocks.inner_outer.shape
    size = max(1, CHUNK // (n * m * (m + r) + 2 * r * r))
    return [slice(start, start + size) for start in range(0, points, size)]


def log_likelihood(blocks: Blocks, ratios: Floats) -> Floats:
    """Return the (M,) restricted log likelihood at (M, K) ratios, up to a constant."""
    out = []
    for part in batches(blocks, len(ratios)):
        parts = _eliminate(blocks, ratios[part])
        rotated = np.asarray(np.linalg.solve(parts.root, parts.value[..., None])[..., 0], dtype=np.float64)
        out.append(_finish(blocks, parts, rotated)[1])
    return np.concatenate(out)


@frozen(eq=False)
class Contrasts:
    """Linear functions of the solutions: N·F about candidates, then G about the border alone."""

    inner: Floats
    """(N, F, m) coefficients on the candidate's own slots; N may be the first of the candidates only."""
    outer: Floats
    """(N, F, r) coefficients on the outer columns, for the candidates' functions."""
    border: Floats
    """(G, r) coefficients of the functions of outer columns alone."""


@frozen(eq=False)
class Moments:
    """Conditional means and variances of contrasts at M points; variances in units of the residual's."""

    own_mean: Floats
    """(M, N, F)."""
    own_variance: Floats
    """(M, N, F)."""
    border_mean: Floats
    """(M, G)."""
    border_variance: Floats
    """(M, G)."""
    spread: Floats
    """(M, N) variance of each candidate's first function that is theirs alone, given the border."""
    shared: Floats
    """(M, N, r) loadings of that first function on r independent unit deviates of the border."""

    @classmethod
    def join(cls, parts: "list[Moments]") -> "Moments":
        """Put the points of several batches into one."""
        names = [field.name for field in fields(cls)]
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def moments(solved: Solved, contrasts: Contrasts) -> Moments:
    """Return the contrasts' means and variances, from the factors and without any n × n matrix."""
    first = slice(len(contrasts.inner))
    own = contrasts.inner @ solved.inner_inverse[:, first].swapaxes(2, 3)
    rest = contrasts.outer * solved.outer_scale[:, None, None, :] - own @ solved.reduced[:, first]
    shape = rest.shape
    loading = (rest.reshape(shape[0], -1, shape[-1]) @ solved.border_inverse.swapaxes(1, 2)).reshape(shape)
    border = (contrasts.border * solved.outer_scale[:, None, :]) @ solved.border_inverse.swapaxes(1, 2)
    alone = (own**2).sum(-1)
    return Moments(
        np.einsum("nfk,mnk->mnf", contrasts.inner, solved.inner[:, first])
        + np.einsum("nfr,mr->mnf", contrasts.outer, solved.outer),
        alone + (loading**2).sum(-1),
        solved.outer @ contrasts.border.T,
        (border**2).sum(-1),
        alone[..., 0],
        loading[:, :, 0],
    )


def fitted(blocks: Blocks, candidate: Codes, inner: Floats, outer: Floats) -> Floats:
    """Return the (n,) fitted ratings of solutions (N, m) and (r,)."""
    return np.asarray(blocks.center + (blocks.inner_rows * inner[candidate]).sum(1) + blocks.outer_rows @ outer)
