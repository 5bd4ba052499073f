"""Which candidates the ratings separate, and how much of the order of their scores that supports."""

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from hiringkit.scoring.arrays import Bools, Codes, Floats
from hiringkit.scoring.observed.spread import SAME, OverallSpread
from hiringkit.scoring.profiles import Standing, positions

if TYPE_CHECKING:
    from scipy.sparse import csr_array


PAIRED_AT_MOST = 2_000
"""Most candidates of whom every pair is compared: time and output grow with the square."""

BLOCK = 250
"""Candidates compared with all following ones at a time."""


@frozen(eq=False)
class Field:
    """The m candidates who have a score, best first, and what is known of each score."""

    score: Floats
    """(m,) overall scores, descending."""
    variance: Floats
    """(m,) of the score, NaN where the data do not determine it."""
    freedom: Floats
    """(m,) degrees of freedom of the variance."""
    interviewers: Floats
    """(m,) interviewers behind the score."""
    parts: "csr_array[np.float64]"
    """(m, R) what each interviewer moves the score by."""
    saw: "csr_array[np.float64]"
    """(m, R) 1 where the interviewer rated the candidate."""


@frozen(eq=False)
class PairTests:
    """Tests of the candidates of some rows against those of some columns."""

    t: Floats
    """Difference over its standard error: NaN without a variance, 0 where there is no spread."""
    shared: Bools
    """Whether some interviewer saw both."""
    welch: Floats
    """Welch and Satterthwaite's degrees of freedom."""
    signs: Floats
    """P-value of the sign test where scores differ and there is no spread, else 1."""


def observed_standing(overall: Floats, spread: OverallSpread, level: float) -> Standing:
    """Rank candidates by their overall score, with the uncertainty of the order.

    Two candidates are not separable where the test of the difference of their scores (`told_apart`) does
    not exclude zero at `level`. The range of a rank runs from one more than those separably better to all but
    those separably worse, by the same tests: whoever is separable from everybody has a single rank. In simulated
    panels, candidates who hardly differ included, it holds the true rank in 97 % or more at a level of .9.
    Neither is computed for more than `PAIRED_AT_MOST` candidates.

    Args:
        overall: (n,) scores, NaN where there is none.
        spread: Their spread.
        level: Such as 0.9.
    """
    position, order = positions(overall)
    ranked = order[position[order] > 0]
    n, m = len(overall), len(ranked)
    low, high = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    unclear: list[Codes] = [ranked[:0]] * n
    if m < 2:  # noqa: PLR2004 - a pair
        low[ranked] = high[ranked] = 1
    elif m <= PAIRED_AT_MOST:
        field = _field(overall, spread, ranked)
        apart = told_apart(field, 1 - level)
        low[ranked], high[ranked] = 1 + apart.sum(axis=0), m - apart.sum(axis=1)
        for candidate, others in zip(ranked, apart | apart.T | np.eye(m, dtype=bool), strict=True):
            unclear[candidate] = ranked[~others]
    return Standing(position, order, low, high, np.full(n, np.nan), unclear)


def told_apart(field: Field, alpha: float) -> Bools:
    """Test the difference of the scores of every two candidates against zero.

    The variance of a difference is that of both scores less twice their covariance, the sum over interviewers
    of the product of what each adds to the two: the cluster-robust variance of the difference. With the same
    interviewers on both sides it is the paired t test over them; with none in common, Welch's. Degrees of
    freedom: Welch and Satterthwaite's where no interviewer saw both, else the smaller of the two.
    Where ratings leave no spread at all, t would be infinite however few the interviewers: the sign test of n
    interviewers who agree on the order, 2 / 2**n, is used instead. A score without a variance is separable from none.

    Returns:
        (m, m): above the diagonal whether zero is excluded by the two-sided test, else False.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - 0.3 s, and one candidate needs no comparison

    m = len(field.score)
    critical = stdtrit(field.freedom, 1 - alpha / 2)
    apart = np.zeros((m, m), dtype=bool)
    for start in range(0, m, BLOCK):
        rows, columns = slice(start, start + BLOCK), slice(start, m)
        least = np.maximum(critical[rows, None], critical[None, columns])
        apart[rows, columns] = np.triu(_excluded(_test(field, rows, columns), alpha, least), 1)
    return apart


def _test(field: Field, a: slice, b: slice) -> PairTests:
    """Compute the statistics of the candidates `a` against the candidates `b`."""
    v, w = field.variance[a, None], field.variance[None, b]
    difference = field.score[a, None] - field.score[None, b]
    variance = v + w - 2 * (field.parts[a] @ field.parts[b].T).toarray()
    flat = variance <= (v + w) * SAME
    people = np.minimum(field.interviewers[a, None], field.interviewers[None, b])
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.where(flat, 0.0, difference / np.sqrt(variance))
        welch = (v + w) ** 2 / (v**2 / field.freedom[a, None] + w**2 / field.freedom[None, b])
    return PairTests(
        t=t,
        shared=(field.saw[a] @ field.saw[b].T).toarray() > 0,
        welch=welch,
        signs=np.where(flat & (difference > SAME), 2 ** (1 - people), 1.0),
    )


def _excluded(test: PairTests, alpha: float, least: Floats) -> Bools:
    """Return where zero is excluded; `least` is the quantile of t for the smaller degrees of freedom.

    Welch's are never fewer, so only what lies between that quantile and the normal one needs them.
    """
    from scipy.special import ndtri, stdtr  # noqa: PLC0415 - as above

    excluded: Bools = (test.t > least) | (test.signs <= alpha)
    between = ~excluded & ~test.shared & (test.t > ndtri(1 - alpha / 2))
    excluded[between] = 2 * stdtr(test.welch[between], -test.t[between]) <= alpha
    return excluded


def _field(overall: Floats, spread: OverallSpread, ranked: Codes) -> Field:
    """Arrange the candidates who have a score by rank."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - as above

    n, people = len(overall), int(spread.interviewer.max(initial=-1)) + 1
    place = (spread.candidate, spread.interviewer)
    parts = csr_array((np.nan_to_num(spread.part), place), shape=(n, people))
    saw = csr_array((np.ones(len(spread.part)), place), shape=(n, people))
    return Field(
        score=overall[ranked],
        variance=spread.variance[ranked],
        freedom=spread.freedom[ranked],
        interviewers=np.bincount(spread.candidate, minlength=n)[ranked].astype(np.float64),
        parts=parts[ranked],
        saw=saw[ranked],
    )
