"""Whether interviewers put candidates in the same order (Kendall's W), and rate answers alike (r_WG(J)).

W: the unit is the candidate, ranked by each interviewer's mean over the questions. r_WG(J): each candidate
is a group of raters, their questions the J items, and the coefficient is the mean over candidates.
"""

import numpy as np
from attrs import frozen

from hiringkit.domain.agreement import Coefficient
from hiringkit.scoring.agreement.jackknife import jackknife, without_each
from hiringkit.scoring.agreement.units import Units, compact
from hiringkit.scoring.arrays import Floats

_SURE = 1e-12


@frozen
class Concordance:
    """Kendall's W and its test."""

    w: Coefficient
    chi2: float | None
    """m (n - 1) W, with n - 1 degrees of freedom."""
    p: float | None
    """Probability of a W at least as high if interviewers ranked at random; for n > 7."""


def kendall_w(table: Floats, level: float = 0.9) -> Concordance:
    """Compute Kendall's coefficient of concordance, corrected for ties.

    Kendall & Smith (1939), Annals of Mathematical Statistics 10, 275-287. The interval treats W as the F ratio (m - 1)
    W / (1 - W) of an analysis of variance of the ranks; its coverage is reported in docs/agreement.md.

    Args:
        table: (n, m) candidates by interviewers, nothing missing.
        level: Of the interval.

    Returns:
        No estimate where there are fewer than two of either, or every interviewer ties all candidates.
    """
    n, m = table.shape
    if min(n, m) < 2:  # noqa: PLR2004 - an order of one is none
        return Concordance(Coefficient(None), None, None)
    w = _w(table)
    if not np.isfinite(w):
        return Concordance(Coefficient(None), None, None)
    from scipy.special import chdtrc  # noqa: PLC0415 - numpy alone suffices until a test is wanted

    chi2 = m * (n - 1) * w
    return Concordance(Coefficient(w, _w_interval(w, n, m, level)), chi2, float(chdtrc(n - 1, chi2)))


def ranks(table: Floats) -> tuple[Floats, Floats]:
    """Rank each column from 1, ties sharing the mean of their ranks.

    Returns:
        (n, m) ranks, and (m,) the sums of t**3 - t over groups of t ties.
    """
    columns = [_column_ranks(column) for column in table.T]
    return np.stack([place for place, _ in columns], axis=1), np.array([ties for _, ties in columns])


def rwg_j(units: Units, level: float = 0.9) -> Coefficient:
    """Compute the mean r_WG(J) over candidates.

    James, Demaree & Wolf (1984), Journal of Applied Psychology 69, 85-98: how much less raters differ within a
    candidate than raters who pick all levels with equal probability. A candidate whose raters differ more than that
    counts as 0, as the authors advise.

    Args:
        units: The items of a candidate are its units with at least two ratings.
        level: Of the interval of the mean, by leaving out each candidate.
    """
    size = units.counts.sum(axis=1)
    paired = size > 1
    by_chance = float(units.levels.var())
    if not paired.any() or by_chance <= 0.0:
        return Coefficient(None)
    counts, size = units.counts[paired], size[paired]
    _, group = compact(units.cluster[paired], int(units.cluster.max()) + 1)
    centred = units.levels - units.levels.mean()
    spread = (counts @ centred**2 - (counts @ centred) ** 2 / size) / (size - 1.0)
    items = np.bincount(group).astype(np.float64)
    ratio = np.maximum(np.bincount(group, spread), 0.0) / items / by_chance
    agreed = items * np.maximum(1.0 - ratio, 0.0)
    each = np.where(ratio < 1.0, agreed / (agreed + ratio), 0.0)
    own = np.arange(len(each))
    with np.errstate(invalid="ignore"):
        left_out = without_each(each, own) / (len(each) - 1.0) if len(each) > 1 else np.zeros(0)
    return jackknife(float(each.mean()), left_out, level)


def _w(table: Floats) -> float:
    n, m = table.shape
    place, ties = ranks(table)
    total = place.sum(axis=1)
    most = m**2 * (n**3 - n) - m * ties.sum()
    return float(12.0 * np.sum((total - total.mean()) ** 2) / most) if most > 0 else float("nan")


def _w_interval(w: float, n: int, m: int, level: float) -> tuple[float, float] | None:
    from scipy.special import fdtri  # noqa: PLC0415 - numpy alone suffices until an interval is wanted

    if not 1.0 - w > _SURE:
        return None
    ratio, freedom, tail = (m - 1) * w / (1.0 - w), (n - 1, (n - 1) * (m - 1)), (1.0 + level) / 2.0
    low, high = ratio / fdtri(*freedom, tail), ratio * fdtri(*freedom[::-1], tail)
    return float(low / (low + m - 1)), float(high / (high + m - 1))


def _column_ranks(column: Floats) -> tuple[Floats, float]:
    _, position, counts = np.unique(column, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2.0
    return middle[position], float(np.sum(counts.astype(np.float64) ** 3 - counts))
