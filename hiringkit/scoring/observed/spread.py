"""The uncertainty of a mean over interviewers, from how much the interviewers differ.

Interviewers are taken as a sample of those who might have asked. All intervals here use Student's t.
"""

import numpy as np
from attrs import frozen

from hiringkit.scoring.arrays import Bools, Codes, Floats, ranges, ratio, sums
from hiringkit.scoring.evidence import Cells, Evidence

SAME = 1e-9
"""Rating points within which two numbers count as equal: rounding error, far below what matters."""

WORKING_CORRELATION = 0.5
"""The working model's correlation of one interviewer's means on two criteria of the same candidate."""

REPLICATED_ENOUGH = 0.5
"""Share of scored criterion weight that two interviewers must have rated for an overall interval."""

MANY = 500
"""Most interviewers of one candidate for whom the small-sample design is computed."""

BLOCK = 2_000_000
"""Numbers in one array of a block of candidates (16 MB)."""


@frozen(eq=False)
class GroupMeans:
    """Means of g groups with their standard errors."""

    mean: Floats
    """(g,) NaN for an empty group."""
    count: Floats
    """(g,) values in the group."""
    error: Floats
    """(g,) standard error of the mean, NaN for fewer than two values, exactly 0 where all are the same."""


def group_means(values: Floats, groups: Codes, size: int) -> GroupMeans:
    """Average the values of each group, with the standard error sd / sqrt(count)."""
    count = sums(groups, size)
    mean = ratio(sums(groups, size, values), count)
    squares = sums(groups, size, (values - mean[groups]) ** 2)
    variance = ratio(ratio(squares, count - 1), count)
    return GroupMeans(mean, count, np.where(variance <= SAME**2, 0.0 * variance, np.sqrt(variance)))


def student_half_width(error: Floats, freedom: Floats, level: float) -> Floats:
    """Return half the width of a two-sided interval.

    NaN without a degree of freedom, and where the values are all the same: a handful of people who agree to
    the digit do not show how far off their mean may be, and an interval of no width would claim certainty.
    """
    usable = (freedom > 0) & (error > 0)
    quantile = np.full(np.shape(freedom), np.nan)
    if usable.any():
        from scipy.special import stdtrit  # noqa: PLC0415 - 0.3 s, and one interviewer leaves no interval

        quantile[usable] = stdtrit(freedom[usable], (1 + level) / 2)
    return quantile * error


@frozen(eq=False)
class OverallSpread:
    """The uncertainty of n overall scores, and every interviewer's part in it."""

    candidate: Codes
    """(p,) candidate of each pair of candidate and interviewer, ascending."""
    interviewer: Codes
    """(p,) interviewer of each pair."""
    part: Floats
    """(p,) what the interviewer's deviations move the overall score by, corrected for the size of the panel;
    a candidate's add to zero, and their squares to the variance. NaN where the data carry no variance."""
    variance: Floats
    """(n,) of the overall score, NaN where the data carry none."""
    freedom: Floats
    """(n,) Satterthwaite's degrees of freedom, NaN likewise."""
    replicated: Floats
    """(n,) share of the scored weight that at least two interviewers rated."""


def overall_spread(evidence: Evidence) -> OverallSpread:
    r"""Estimate the variance of overall scores from interviewers who need not have seen the same criteria.

    An overall score is the sum over criteria k of share w_k times the mean over its n_k interviewers. What
    interviewer r moves it by is u_r = sum_k (w_k / n_k) (m_rk - mean_k), and the variance is estimated by
    c * sum_r u_r^2: the cluster-robust estimator (Liang & Zeger 1986), interviewers being the clusters, so
    that whatever makes an interviewer's criteria go together is in it. The factor c makes it unbiased, and
    Satterthwaite's degrees of freedom fit it, under a working model in which an interviewer's means of a
    candidate correlate `WORKING_CORRELATION` across criteria (after Bell & McCaffrey 2002 and Pustejovsky &
    Tipton 2018, who scale each residual where this scales the sum of squares). Where every interviewer rated
    every criterion, c = n / (n - 1) with n - 1 degrees of freedom whatever the working model: the usual t
    interval over the interviewers' overall scores.

    A criterion that one interviewer rated says nothing of spread; the working model lends it that of the
    others as long as these carry `REPLICATED_ENOUGH` of the weight, else there is no variance. Panels of more
    than `MANY` take c and the degrees of freedom of a complete one.
    """
    cells, n = evidence.cells, len(evidence.overall)
    counts = evidence.interviewers[cells.candidate, cells.criterion]
    starts = np.flatnonzero(cells.new_pair)
    deviation = cells.mean - evidence.score[cells.candidate, cells.criterion]
    moved = evidence.shares[cells.candidate, cells.criterion] / counts * deviation
    raw = np.add.reduceat(moved, starts) if len(starts) else moved
    replicated = (evidence.shares * (evidence.interviewers > 1)).sum(axis=1)
    carried = (replicated >= REPLICATED_ENOUGH - SAME) & (evidence.overall_interviewers > 1)
    factor, freedom = _panel_design(evidence, np.cumsum(cells.new_pair) - 1, counts, carried)
    candidate = cells.candidate[starts]
    part = np.where(np.abs(raw) <= SAME, 0.0, raw) * np.sqrt(factor)[candidate]
    variance = np.where(carried, sums(candidate, n, part**2), np.nan)
    return OverallSpread(candidate, cells.interviewer[starts], part, variance, freedom, replicated)


def _panel_design(evidence: Evidence, pair: Codes, counts: Codes, carried: Bools) -> tuple[Floats, Floats]:
    """Return c and the degrees of freedom of each candidate's panel, NaN where `carried` is False."""
    people = evidence.overall_interviewers
    factor = np.where(carried, people / np.maximum(people - 1, 1), np.nan)
    freedom = np.where(carried, people - 1.0, np.nan)
    in_panel = pair - (np.cumsum(people) - people)[evidence.cells.candidate]
    for size in np.unique(people[carried & (people <= MANY)]):
        members = np.flatnonzero(carried & (people == size))
        shape = (int(size), evidence.shares.shape[1])
        step = max(1, BLOCK // (shape[0] * max(shape)))
        for block in (members[i : i + step] for i in range(0, len(members), step)):
            means = _mean_weights(evidence.cells, in_panel, counts, block, shape)
            factor[block], freedom[block] = _working_moments(means, evidence.shares[block])
    return factor, freedom


def _mean_weights(cells: Cells, in_panel: Codes, counts: Codes, block: Codes, shape: tuple[int, int]) -> Floats:
    """Return (b, r, C): 1 / n_k where the panel's interviewer rated the criterion, else 0."""
    start = np.searchsorted(cells.candidate, block, side="left")
    length = np.searchsorted(cells.candidate, block, side="right") - start
    at = ranges(start, length)
    weights = np.zeros((len(block), *shape))
    weights[np.repeat(np.arange(len(block)), length), in_panel[at], cells.criterion[at]] = 1 / counts[at]
    return weights


def _working_moments(means: Floats, shares: Floats) -> tuple[Floats, Floats]:
    """Return variance over expected sum of squares, and degrees of freedom, under the working model.

    With P the (r, C) weights in the criterion means, B = P diag(w), A = B 1, F = P diag(w) P' and rho the
    `WORKING_CORRELATION`, the u_r have covariance G = rho (diag(A) - F)(diag(A) - F)' + (1 - rho) (diag(B**2 1) -
    (B o P) B'), and the overall score has variance rho A'A + (1 - rho) sum(B**2). The sum of squares of normal
    u_r has mean tr G and variance 2 tr G G.
    """
    weighted = means * shares[:, None, :]
    transposed = weighted.transpose(0, 2, 1)
    each, alone = weighted.sum(axis=2), (weighted**2).sum(axis=2)
    ones = np.eye(means.shape[1])
    halo = ones * each[:, None, :] - means @ transposed
    covariance = WORKING_CORRELATION * (halo @ halo.transpose(0, 2, 1))
    covariance += (1 - WORKING_CORRELATION) * (ones * alone[:, None, :] - (weighted * means) @ transposed)
    trace = np.trace(covariance, axis1=1, axis2=2)
    variance = WORKING_CORRELATION * (each**2).sum(axis=1) + (1 - WORKING_CORRELATION) * alone.sum(axis=1)
    return variance / trace, trace**2 / (covariance**2).sum(axis=(1, 2))
