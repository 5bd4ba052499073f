"""Who is best, and how certainly: everything here follows from joint draws of the overall scores."""

import numpy as np
from attrs import frozen

from hiringkit.scoring.arrays import Bools, Codes, Floats

PAIRS_EXACT = 200
"""Most candidates whose draws are compared pairwise; beyond, differences are taken to be normal."""
LUCK = 3.0
"""Standard errors within which shares of draws count as equal."""
PAIRS_AT_MOST = 2_000
"""Most candidates compared pairwise at all: the output grows with the square."""


@frozen(eq=False)
class Ranking:
    """Ranks of N candidates, 1 the best."""

    low: Codes
    """(N,) best rank that the level allows."""
    high: Codes
    """(N,) worst rank that the level allows."""
    p_best: Floats
    """(N,) probability of the highest overall score."""
    p_rank: Floats
    """(N, N) probability of candidate i having rank k + 1; (N, 0) for more than `PAIRS_AT_MOST`."""
    p_above: Floats
    """(N, N) probability of i scoring above j, 0 on the diagonal; (0, 0) as above."""
    regret: Floats
    """(N,) expected loss of choosing the candidate instead of whoever is best, in rating points."""
    unclear: tuple[Codes, ...]
    """For each candidate those not separable from them, likeliest best first."""


def rank_draws(draws: Floats, level: float, pairs: Floats | None = None) -> Ranking:
    """Rank candidates in every joint draw, and count.

    Two candidates are not separable where the `level` interval of their difference holds zero: where neither
    is above the other with probability (1 + level)/2. Besides, nobody in the best set is separable from the
    likeliest best: the smallest set of candidates that holds the best with probability `level`, and whoever is as
    likely the best as the last of these, as far as draws can tell.

    The range of a rank is the central `level` interval of the draws, and never goes beyond candidates who are
    separable: a candidate separable from everybody has a single rank.

    Args:
        draws: (D, N) joint draws of overall scores.
        level: Such as 0.9.
        pairs: (N, N) probabilities of one scoring above another, where known more precisely than from draws.
    """
    n = draws.shape[1]
    ranks = _ranks(draws)
    p_best = (ranks == 0).mean(axis=0)
    above = pairs if pairs is not None else _pairs(draws) if n <= PAIRS_AT_MOST else np.zeros((0, 0))
    alike = _alike(above, p_best, level, len(draws))
    low, high = _rank_interval(ranks, level)
    if len(above):
        low, high = _within_reach(low, high, above, alike)
    return Ranking(
        low,
        high,
        p_best,
        _rank_shares(ranks) if n <= PAIRS_AT_MOST else np.zeros((n, 0)),
        above,
        (draws.max(axis=1, keepdims=True) - draws).mean(axis=0),
        _unclear(alike, p_best),
    )


def _ranks(draws: Floats) -> Codes:
    """Return (D, N) ranks from 0, the highest score first."""
    order = np.argsort(-draws, axis=1)
    ranks = np.empty(draws.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.arange(draws.shape[1])[None, :], axis=1)
    return ranks


def _rank_interval(ranks: Codes, level: float) -> tuple[Codes, Codes]:
    """Return the equal-tailed quantiles of each candidate's ranks, from 1."""
    tail = (1 - level) / 2
    low = np.quantile(ranks, tail, axis=0, method="inverted_cdf")
    high = np.quantile(ranks, 1 - tail, axis=0, method="inverted_cdf")
    return low.astype(np.int64) + 1, high.astype(np.int64) + 1


def _rank_shares(ranks: Codes) -> Floats:
    count, n = ranks.shape
    flat = np.bincount((ranks + np.arange(n) * n).ravel(), minlength=n * n)
    return np.asarray(flat.reshape(n, n) / count)


def _pairs(draws: Floats) -> Floats:
    """Return (N, N) probabilities of one candidate's score being above another's."""
    n = draws.shape[1]
    if n <= PAIRS_EXACT:
        above = np.array([(draws[:, i : i + 1] > draws).mean(axis=0) for i in range(n)]).reshape(n, n)
    else:
        above = _normal_pairs(draws)
    np.fill_diagonal(above, 0.0)
    return above


def _normal_pairs(draws: Floats) -> Floats:
    from scipy.special import ndtr  # noqa: PLC0415 - only where there are many candidates

    mean = draws.mean(axis=0)
    centred = draws - mean
    covariance = centred.T @ centred / len(draws)
    variance = np.diag(covariance)
    spread = np.sqrt(np.maximum(variance[:, None] + variance - 2 * covariance, 1e-300))
    return np.asarray(ndtr((mean[:, None] - mean) / spread))


def best_set(p_best: Floats, level: float, draws: int | None = None) -> Codes:
    """Return the smallest set of candidates that holds the best with probability `level`, likeliest first.

    Args:
        p_best: (N,).
        level: Such as 0.9.
        draws: Of how many draws these are shares: whoever they cannot distinguish from the last of the set is
            included, so that no equal rival is left out by chance.
    """
    order = np.argsort(-p_best, kind="stable")
    needed = int(np.searchsorted(np.cumsum(p_best[order]), level - 1e-12)) + 1
    if draws and needed < len(order):
        last = p_best[order[needed - 1]]
        error = np.sqrt(2 * last * (1 - last) / draws)
        needed = max(needed, int((p_best[order] > max(last - LUCK * error, 0.0)).sum()))
    return order[:needed]


def _alike(above: Floats, p_best: Floats, level: float, draws: int) -> Bools:
    """Return (N, N) which pairs are not separable; (0, 0) where pairs are not compared."""
    if not len(above):
        return np.zeros((0, 0), dtype=bool)
    alike = np.maximum(above, above.T) < (1 + level) / 2
    leading = best_set(p_best, level, draws)
    alike[leading[0], leading] = alike[leading, leading[0]] = True
    np.fill_diagonal(alike, val=False)
    return np.asarray(alike)


def _within_reach(low: Codes, high: Codes, above: Floats, alike: Bools) -> tuple[Codes, Codes]:
    """Keep ranks below candidates who are separably better and above those separably worse."""
    sure = ~alike & (above > above.T)
    best, worst = 1 + sure.sum(axis=0), len(above) - sure.sum(axis=1)
    return np.clip(low, best, worst), np.clip(high, best, worst)


def _unclear(alike: Bools, p_best: Floats) -> tuple[Codes, ...]:
    n = len(p_best)
    if not len(alike):
        return (np.zeros(0, dtype=np.int64),) * n
    order = np.argsort(-p_best, kind="stable")
    return tuple(order[alike[i, order]] for i in range(n))
