"""The posterior over standard-deviation ratios of a small panel, as a few weighted points.

The residual variance and every effect are integrated out exactly at each point (`equations`); what remains is a
density in K log ratios. One or two are evaluated on a grid, more by an importance design around the mode, adapted
twice: a lattice of quasi-random points, weighted (Rue, Martino & Chopin 2009, section 6.5, use a central composite
design in the same place). Nothing here is random.
"""

from collections.abc import Callable

import numpy as np
from attrs import frozen

from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated.model import Blocks, Contrasts, Moments, batches, log_likelihood, moments, solve
from hiringkit.scoring.calibrated.prior import Prior

NEWTON_STEPS = 25
LONGEST = 1.5
"""Largest step in any log ratio."""
NO_RISE = 1e-9
"""Predicted rise of the log density below which the mode counts as found: less is rounding error."""
SMALL = -4.5
"""A falling log ratio below this is tried at the lowest: the likelihood flattens towards zero, and steps on the log
scale would take long to get there."""
LOWEST, HIGHEST = -7.0, 5.0
"""Log ratios outside are practically zero and infinity."""
HIGHER = (-6.0, -5.0, -4.0, -3.0, -2.0)
"""Log ratios at which a ratio at the lowest is tried before it is left there."""
FLAT = 1e-6
"""Loss of log likelihood up to which a ratio is taken to be zero."""


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
    curvature = np.maximum(np.abs(values), FLAT)
    step = vectors @ ((vectors.T @ gradient) / curvature)
    return np.asarray(step / max(1.0, float(np.abs(step).max(initial=0.0)) / LONGEST))


def find_peak(
    density: Density,
    *,
    step: float = 0.05,
    tolerance: float = 0.05,
    exact: Callable[[Floats], tuple[float, Floats, Floats]] | None = None,
) -> Peak:
    """Climb to the mode by Newton steps with halving; log ratios stay between `LOWEST` and `HIGHEST`.

    A ratio at `LOWEST` is held there while the others climb: towards zero the density is flat in the logarithm, and
    Newton steps away from it creep. Once the others have arrived it is tried higher up.

    Args:
        density: Of log ratios.
        step: Between the points of differences.
        tolerance: A step that moves no log ratio by as much is the last.
        exact: Returns value, gradient and Hessian at log ratios, where they are known without differences.
    """
    logs = density.start()
    for _ in range(NEWTON_STEPS):
        value, gradient, hessian = exact(logs) if exact else derivatives(density, logs, step)
        free, ascent = logs > LOWEST, np.zeros(len(logs))
        ascent[free] = _ascent(gradient[free], hessian[np.ix_(free, free)])
        after = _sunk(density, _climb(density, logs, value, ascent), gradient)
        moved = float(np.abs(after - logs).max())
        logs = after
        if moved < tolerance or float(gradient @ ascent) < NO_RISE:
            logs, raised = _raised(density, logs)
            if not raised:
                return Peak(logs, hessian, converged=True)
    return Peak(logs, hessian, converged=False)


def _raised(density: Density, logs: Floats) -> tuple[Floats, bool]:
    """Raise a ratio from the lowest where the density is clearly higher; return whether one was."""
    sunk = np.flatnonzero(logs <= LOWEST)
    tried = np.repeat(logs[None], len(sunk) * len(HIGHER), axis=0)
    tried[np.arange(len(tried)), np.repeat(sunk, len(HIGHER))] = np.tile(HIGHER, len(sunk))
    heights = density(np.vstack([logs, tried]))
    best = int(np.argmax(heights))
    return (tried[best - 1], True) if heights[best] > heights[0] + FLAT else (logs, False)


def _sunk(density: Density, logs: Floats, gradient: Floats) -> Floats:
    """Move small ratios with a falling density to the lowest, unless the density is lower there."""
    small = (logs > LOWEST) & (logs < SMALL) & (gradient < 0.0)
    if not small.any():
        return logs
    lowest = np.where(small, LOWEST, logs)
    here, there = density(np.vstack([logs, lowest]))
    return lowest if there >= here else logs


def _climb(density: Density, logs: Floats, value: float, step: Floats) -> Floats:
    """Take the whole step or the best of its halvings; stay if none is higher."""
    whole = np.clip(logs + step, LOWEST, HIGHEST)
    if density(whole[None])[0] > value:
        return whole
    halves = np.clip(logs + np.outer(0.5 ** np.arange(1, 8), step), LOWEST, HIGHEST)
    heights = density(halves)
    best = int(np.argmax(heights))
    return np.asarray(halves[best] if heights[best] > value else logs)


GRID = {1: 41, 2: 15}
"""Points along each axis of a grid, by the number of ratios."""
REACH = 3.0
"""A grid covers sinh(3) = 10 standard deviations on either side of the mode."""
ROUNDS = (0.3, 0.3, 0.4)
"""Each round's share of the points of the importance design."""
FEWEST, MOST = 120, 800
"""Points of the importance design; the smaller the panel, the more."""
WORK = 250_000_000
"""Most multiplications for all these points."""
TAIL_FREEDOM = 8.0
"""Degrees of freedom of the importance design's t distribution: heavier tails than the posterior's."""


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
    """Return (K, K) axes A with A Aᵀ the covariance, with lengths within what is meaningful for a log ratio."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.clip(values, 0.01, 5.0)))


def _inverse(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.pinv(matrix, hermitian=True), dtype=np.float64)


def _grid(size: int) -> tuple[Floats, Floats]:
    """Return (M, size) points, dense in the middle and sparse in the tails, and their log densities.

    Along each axis z = sinh(u) at even steps of u, so that the trapezoidal rule covers light and heavy tails.
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
    """Return how many points of an importance design are affordable."""
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
    """The log posterior density, which keeps its solutions.

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
        """Combine everything surveyed under (M,) weights that add to 1."""
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
        peak: Approximate location of the posterior, if known.
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
    """Explore again under another prior, starting from the points of the first one reweighted."""
    logs = np.log(points.ratios)
    change = other.log_density(blocks.effects, logs) - prior.log_density(blocks.effects, logs)
    weights = _weights(np.log(np.maximum(points.weights, 1e-300)) + change)
    center = weights @ logs
    spread = (logs - center).T @ ((logs - center) * weights[:, None]) + 0.05 * np.eye(len(center))
    near = Peak(center, -_inverse(spread), converged=True)
    count = max(FEWEST, affordable(blocks) // 2)
    return explore(blocks, contrasts, other, count=count, peak=near)


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
        """The scales, bounded away from zero for division."""
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
    weights: Floats,
    moments: Moments,
    residual: Floats,
    freedom: float,
    *,
    draws: int,
    seed: int,
    extra: Floats | float = 0.0,
) -> Floats:
    """Draw the candidates' first functions together, dependence through interviewers and questions included.

    Args:
        weights: (M,) of the points; draws are dealt to points in proportion.
        moments: At the M points.
        residual: (M,) residual variances (their posterior scale where `freedom` is finite).
        freedom: Degrees of freedom of the residual variance.
        draws: How many.
        seed: Of the generator.
        extra: (N,) further variances, of candidates whose interviewers are far apart.

    Returns:
        (draws, N).
    """
    rng = np.random.default_rng(seed)
    ends = np.rint(np.cumsum(weights) / weights.sum() * draws).astype(np.int64).tolist()
    n, r = moments.shared.shape[1:]
    out = np.empty((draws, n))
    chi = np.ones(draws) if np.isinf(freedom) else np.sqrt(rng.chisquare(freedom, draws) / freedom)
    own = np.sqrt(moments.spread + extra / residual[:, None])
    scale = np.sqrt(residual)
    start = 0
    for point, end in enumerate(ends):
        if count := end - start:
            mine = rng.standard_normal((count, r)) @ moments.shared[point].T
            mine += rng.standard_normal((count, n)) * own[point]
            mine *= (scale[point] / chi[start:end])[:, None]
            np.add(mine, moments.own_mean[point, :, 0], out=out[start:end])
        start = end
    return out


PAIRED = 200
"""Most candidates for whom pairwise probabilities are computed."""
PAIRS_AT_ONCE = 100_000
"""Pairs at so many points together."""


def pair_probabilities(
    weights: Floats, moments: Moments, residual: Floats, freedom: float, extra: Floats
) -> Floats | None:
    """Return the (N, N) probabilities of one candidate's first function being above another's; None for very many.

    Differences are mixtures of t distributions like the functions themselves, so nothing is left to draws.

    Args:
        weights: (M,) of the points.
        moments: At the M points.
        residual: (M,) residual variances (their posterior scale where `freedom` is finite).
        freedom: Degrees of freedom of the residual variance.
        extra: (N,) further variances.
    """
    n = len(extra)
    if n > PAIRED:
        return None
    out, size = np.zeros((n, n)), max(1, PAIRS_AT_ONCE // n**2)
    for some in (slice(start, start + size) for start in range(0, len(weights), size)):
        shared, mean = moments.shared[some], moments.own_mean[some, :, 0]
        products = shared @ shared.swapaxes(1, 2)
        own = np.diagonal(products, axis1=1, axis2=2) + moments.spread[some]
        variance = (own[:, :, None] + own[:, None] - 2 * products) * residual[some, None, None]
        variance += extra[:, None] + extra
        away = (mean[:, :, None] - mean[:, None]) / np.sqrt(np.maximum(variance, 1e-300))
        out += np.tensordot(weights[some], student_cdf(away, freedom), 1)
    np.fill_diagonal(out, 0.0)
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
    constant = freedom / 2 * np.log(2) + gammaln(freedom / 2)
    for _ in range(HALVINGS):
        ratio = sums / np.exp(at)
        gap = weights @ chdtrc(freedom, ratio) - probability
        slope = weights @ np.exp(freedom / 2 * np.log(ratio) - ratio / 2 - constant)
        low, high = np.where(gap < 0, at, low), np.where(gap < 0, high, at)
        step = at - gap / np.maximum(slope, 1e-300)
        after = np.where((step >= low) & (step <= high), step, (low + high) / 2)
        moved, at = np.abs(after - at).max(), after
        if moved <= PRECISION:
            break
    return np.asarray(np.exp(at))
