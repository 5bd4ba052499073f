"""Normal intervals and draws, where there are so many data that variances are practically known."""

from collections.abc import Mapping

import numpy as np

from hiringkit.domain.profile import Variance
from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.calibrated.ranking import Ranking

DRAWN = 2_000
"""Most candidates whose scores are drawn, to be compared pairwise."""
DRAWS = 4_000


def half_width(variance: Floats, level: float) -> Floats:
    """Return half the width of intervals for estimates with these error variances."""
    from scipy.special import ndtri  # noqa: PLC0415 - only where numbers are wanted

    return np.asarray(ndtri((1 + level) / 2) * np.sqrt(np.maximum(variance, 0.0)))


def variance_intervals(
    estimates: Mapping[str, float], errors: Mapping[str, float], level: float
) -> dict[str, Variance]:
    """Give every variance an interval that is normal in its logarithm; none at the boundary."""
    from scipy.special import ndtri  # noqa: PLC0415 - only where numbers are wanted

    z, out = float(ndtri((1 + level) / 2)), {}
    for name, estimate in estimates.items():
        error = errors.get(name, np.nan)
        if estimate > 0 and np.isfinite(error):
            factor = float(np.exp(z * error / estimate))
            out[name] = Variance(estimate, (estimate / factor, estimate * factor))
        else:
            out[name] = Variance(estimate)
    return out


def independent_draws(score: Floats, deviation: Floats, seed: int) -> Floats | None:
    """Draw scores independently; None where there are too many candidates to compare pairwise."""
    if len(score) > DRAWN:
        return None
    return score + deviation * np.random.default_rng(seed).standard_normal((DRAWS, len(score)))


GRID = 256
"""Grid points at which candidates above are counted."""
BATCH = 20_000
"""Candidates processed at a time."""
CROWD = 20_000
"""Most candidates who are counted one by one; beyond, similar ones are pooled."""
FINE = 50
"""Knots for each deviation."""
FAINTEST = 1e-300


def rank_many(score: Floats, deviation: Floats, level: float) -> Ranking:
    """Rank candidates from the means and standard deviations of their scores, in time N · `GRID`.

    The number of others above a score x is approximately its expectation Σ Φ((mean - x)/deviation), so the interval
    of a rank is that count at the ends of the score's own interval. P(best) is ∫ φᵢ Π Φⱼ over the grid. Pairs
    are not compared.

    Args:
        score: (N,) posterior means.
        deviation: (N,) posterior standard deviations, positive.
        level: Such as 0.9.
    """
    from scipy.special import ndtri  # noqa: PLC0415 - only where there are many candidates

    half = float(ndtri((1 + level) / 2)) * deviation
    deviation = np.maximum(deviation, 1e-9 * max(1.0, float(np.abs(score).max())))
    grid = np.linspace(float((score - half).min()), float((score + 4 * deviation).max()), GRID)
    above, log_below = _field(score, deviation, grid)
    low = 1 + np.interp(score + half, grid, above) - (1 - level) / 2
    high = 1 + np.interp(score - half, grid, above) - (1 + level) / 2
    p_best, best = _p_best(score, deviation, grid, log_below)
    n = len(score)
    return Ranking(
        np.clip(np.rint(low), 1, n).astype(np.int64),
        np.clip(np.rint(high), 1, n).astype(np.int64),
        p_best,
        np.zeros((n, 0)),
        np.zeros((0, 0)),
        best - score,
        (np.zeros(0, dtype=np.int64),) * n,
    )


def _parts(n: int) -> list[slice]:
    return [slice(start, start + BATCH) for start in range(0, n, BATCH)]


def _field(score: Floats, deviation: Floats, grid: Floats) -> tuple[Floats, Floats]:
    """Return the expected number above each point of the grid, and the log probability of none above it."""
    from scipy.special import log_ndtr  # noqa: PLC0415 - only where there are many candidates

    above, log_below = np.zeros(len(grid)), np.zeros(len(grid))
    count, score, deviation = _crowded(score, deviation)
    for part in _parts(len(score)):
        logs = log_ndtr((grid - score[part, None]) / deviation[part, None])
        above += count[part] @ -np.expm1(logs)
        log_below += count[part] @ logs
    return above, log_below


def _crowded(score: Floats, deviation: Floats) -> tuple[Floats, Floats, Floats]:
    """Pool similar candidates: return how many there are at each knot, their scores and deviations.

    Each is split among the four surrounding knots with the mean preserved: the error of a count is of second order in
    the distance between knots, far below that of the grid.
    """
    least = float(deviation.min())
    if len(score) <= CROWD or least <= 0.0:
        return np.ones(len(score)), score, deviation
    steps = least / FINE, np.log1p(1.0 / FINE)
    places = (score - score.min()) / steps[0], np.log(deviation / least) / steps[1]
    wide = int(places[1].max()) + 2
    (low, other), (share, rest) = (tuple(part) for part in zip(*(_split(place) for place in places), strict=True))
    knots = np.zeros((int(low.max()) + 2) * wide)
    for up in (0, 1):
        for right in (0, 1):
            weight = np.abs(1 - up - share) * np.abs(1 - right - rest)
            knots += np.bincount((low + up) * wide + other + right, weight, len(knots))
    used = np.flatnonzero(knots)
    row, column = np.divmod(used, wide)
    return knots[used], score.min() + row * steps[0], least * np.exp(column * steps[1])


def _split(place: Floats) -> tuple[Codes, Floats]:
    """Return the knot below each position, and the fraction of the way to the next."""
    low = place.astype(np.int64)
    return low, place - low


def _p_best(score: Floats, deviation: Floats, grid: Floats, log_below: Floats) -> tuple[Floats, float]:
    """Return P(best), adding to 1, and the expected best score."""
    from scipy.special import log_ndtr  # noqa: PLC0415 - only where there are many candidates

    chance = np.exp(log_below)
    best = float(grid[-1] - np.sum((chance[1:] + chance[:-1]) / 2 * np.diff(grid)))
    alive = chance > FAINTEST
    points, logs = grid[alive], log_below[alive]
    out = np.empty(len(score))
    for part in _parts(len(score)):
        z = (points - score[part, None]) / deviation[part, None]
        out[part] = np.exp(logs - log_ndtr(z) - z**2 / 2).sum(axis=1) / deviation[part]
    return out / out.sum(), best
