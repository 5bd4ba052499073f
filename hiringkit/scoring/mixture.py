"""Mixtures of t distributions: the posterior of a score when a few points stand for the variance ratios."""

import numpy as np
from attrs import frozen

from hiringkit.scoring.equations import Moments
from hiringkit.scoring.ratings import Floats

STEPS = 60
PRECISION = 1e-8
"""Of quantiles, beside their size."""
HALVINGS = 30
NEARLY_NORMAL = 100.0
"""Degrees of freedom from which a t distribution is computed as a normal one, corrected to 1e-5."""


@frozen(eq=False)
class Mixture:
    """S scores, each a mixture of M t distributions with the same degrees of freedom."""

    weights: Floats
    """(M,) adding to 1."""
    means: Floats
    """(M, S)."""
    scales: Floats
    """(M, S) not negative."""
    freedom: float
    """Degrees of freedom; infinite for normal parts."""

    @property
    def mean(self) -> Floats:
        """(S,) posterior means."""
        return self.weights @ self.means

    @property
    def deviation(self) -> Floats:
        """(S,) posterior standard deviations; of the quartile range's size where a variance is infinite."""
        inflate = self.freedom / (self.freedom - 2) if 2 < self.freedom < np.inf else 1.0  # noqa: PLR2004 - a t with 2 df has no variance
        within = self.weights @ (self.scales**2) * inflate
        return np.sqrt(within + self.weights @ (self.means - self.mean) ** 2)

    @property
    def _widths(self) -> Floats:
        """The scales, with something to divide by where the model leaves no doubt."""
        return np.maximum(self.scales, 1e-150)

    def below(self, at: Floats) -> Floats:
        """Return the (S,) probabilities of lying below (S,) values."""
        return self.weights @ student_cdf((at - self.means) / self._widths, self.freedom)

    def _density(self, at: Floats) -> Floats:
        return self.weights @ (student_pdf((at - self.means) / self._widths, self.freedom) / self._widths)

    def quantile(self, probability: float) -> Floats:
        """Return the (S,) quantiles by Newton steps kept inside a shrinking bracket."""
        from scipy.special import ndtri, stdtrit  # noqa: PLC0415 - only where numbers are wanted

        z = ndtri(probability) if np.isinf(self.freedom) else stdtrit(self.freedom, probability)
        each = self.means + z * self.scales
        low, high = each.min(0), each.max(0)
        at = self.mean + z * np.sqrt(self.weights @ self.scales**2 + self.weights @ (self.means - self.mean) ** 2)
        at = np.clip(at, low, high)
        for _ in range(STEPS):
            gap = self.below(at) - probability
            low, high = np.where(gap < 0, at, low), np.where(gap < 0, high, at)
            step = at - gap / np.maximum(self._density(at), 1e-300)
            after = np.where((step >= low) & (step <= high), step, (low + high) / 2)
            moved = np.abs(after - at).max()
            at = after
            if moved <= PRECISION * (1 + np.abs(at).max()):
                break
        return at

    def interval(self, level: float) -> Floats:
        """Return (S, 2) equal-tailed intervals."""
        tail = (1 - level) / 2
        return np.column_stack([self.quantile(tail), self.quantile(1 - tail)])


def student_cdf(values: Floats, freedom: float) -> Floats:
    """Return the t distribution function, the normal one for infinite degrees of freedom.

    With many of them it is the normal one of a shrunk deviate (Abramowitz & Stegun 1964, 26.7.8), which is
    many times faster.
    """
    from scipy.special import ndtr, stdtr  # noqa: PLC0415 - only where numbers are wanted

    if np.isinf(freedom):
        return np.asarray(ndtr(values))
    if freedom < NEARLY_NORMAL:
        return np.asarray(stdtr(freedom, values))
    shrunk = values * (1 - 1 / (4 * freedom)) / np.sqrt(1 + values**2 / (2 * freedom))
    return np.asarray(ndtr(shrunk))


def student_pdf(values: Floats, freedom: float) -> Floats:
    """Return the t density, the normal one for infinite degrees of freedom."""
    from scipy.special import gammaln  # noqa: PLC0415 - only where numbers are wanted

    if np.isinf(freedom):
        return np.asarray(np.exp(-0.5 * values**2) / np.sqrt(2 * np.pi))
    constant = gammaln((freedom + 1) / 2) - gammaln(freedom / 2) - 0.5 * np.log(freedom * np.pi)
    return np.asarray(np.exp(constant - 0.5 * (freedom + 1) * np.log1p(values**2 / freedom)))


def joint_draws(
    weights: Floats, moments: Moments, residual: Floats, freedom: float, *, draws: int, seed: int
) -> Floats:
    """Draw the candidates' first functions together, dependence through interviewers and questions included.

    Args:
        weights: (M,) of the points; draws are dealt to points in proportion.
        moments: At the M points.
        residual: (M,) residual variances (their posterior scale where `freedom` is finite).
        freedom: Degrees of freedom of the residual variance.
        draws: How many.
        seed: Of the generator.

    Returns:
        (draws, N).
    """
    rng = np.random.default_rng(seed)
    ends = np.rint(np.cumsum(weights) / weights.sum() * draws).astype(np.int64)
    n, r = moments.shared.shape[1:]
    out = np.empty((draws, n))
    chi = np.ones(draws) if np.isinf(freedom) else rng.chisquare(freedom, draws) / freedom
    start = 0
    for point, end in enumerate(ends):
        count = end - start
        if count:
            deviate = rng.standard_normal((count, r)) @ moments.shared[point].T
            deviate += rng.standard_normal((count, n)) * np.sqrt(moments.spread[point])
            scale = np.sqrt(residual[point] / chi[start:end])
            out[start:end] = moments.own_mean[point, :, 0] + deviate * scale[:, None]
        start = end
    return out


def variance_quantiles(
    weights: Floats, squares: Floats, residual: Floats, freedom: float, probability: float
) -> Floats:
    """Return the (K,) quantiles of variances whose posterior is a mixture of scaled inverse chi-squares.

    At each point, σ² is `residual` over a chi-square, and an effect's variance is `squares` times that.

    Args:
        weights: (M,).
        squares: (M, K) squared ratios.
        residual: (M,) residual sums of squares.
        freedom: Of the chi-square.
        probability: Below the quantile.
    """
    from scipy.special import chdtrc, gammaln  # noqa: PLC0415 - only where numbers are wanted

    sums = squares * residual[:, None]
    low = np.log(sums.min(0) / freedom) - 8
    high = np.log(sums.max(0) / freedom) + 8
    at = np.log(weights @ sums / weights.sum() / freedom)
    for _ in range(HALVINGS):
        ratio = sums / np.exp(at)
        gap = weights @ chdtrc(freedom, ratio) - probability
        slope = 2 * weights @ np.exp(freedom / 2 * np.log(ratio / 2) - ratio / 2 - gammaln(freedom / 2))
        low, high = np.where(gap < 0, at, low), np.where(gap < 0, high, at)
        step = at - gap / np.maximum(slope, 1e-300)
        after = np.where((step >= low) & (step <= high), step, (low + high) / 2)
        moved, at = np.abs(after - at).max(), after
        if moved <= PRECISION:
            break
    return np.asarray(np.exp(at))
