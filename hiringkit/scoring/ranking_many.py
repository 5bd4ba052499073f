"""Ranks among very many candidates, whose scores are taken to be independent and normal."""

import numpy as np

from hiringkit.scoring.ranking import Ranking
from hiringkit.scoring.ratings import Floats

GRID = 256
"""Scores at which the field is counted."""
BATCH = 20_000
"""Candidates counted at a time."""
FAINTEST = 1e-300


def rank_many(score: Floats, deviation: Floats, level: float) -> Ranking:
    """Rank candidates from the means and standard deviations of their scores, in time N · `GRID`.

    The number of others above a score x is nearly its expectation Σ Φ((mean - x)/deviation), so the interval
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
    for part in _parts(len(score)):
        logs = log_ndtr((grid - score[part, None]) / deviation[part, None])
        above += -np.expm1(logs).sum(axis=0)
        log_below += logs.sum(axis=0)
    return above, log_below


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
