"""Intraclass correlations of complete designs, with intervals from F distributions.

Shrout & Fleiss (1979), Psychological Bulletin 86, 420-428. The unit is the candidate, the measurement an
interviewer's mean over the questions. Form 1: interviewers were drawn anew for each candidate; 2: the same
interviewers, who stand for others like them (absolute agreement); 3: these interviewers and no others
(consistency). `,1`: the score of one interviewer; `,k`: the mean of all of them.
"""

from collections.abc import Mapping

import numpy as np

from hiringkit.domain.agreement import Coefficient
from hiringkit.scoring.arrays import Floats

FORMS = ("1,1", "1,k", "2,1", "2,k", "3,1", "3,k")
NO_ICC: Mapping[str, Coefficient] = {form: Coefficient(None) for form in FORMS}

Triple = tuple[float, float, float]
"""Estimate, lower and upper end."""
Squares = tuple[float, float, float, float]
"""Mean squares between candidates, within candidates, between interviewers, residual."""


def intraclass(table: Floats, level: float = 0.9) -> Mapping[str, Coefficient]:
    """Compute all six forms.

    Args:
        table: (n, k) candidates by interviewers, nothing missing.
        level: Of the intervals; they assume normal scores.

    Returns:
        By `FORMS`. Nothing is estimated where there are fewer than two rows or columns, or no variation, nor where the
        formula leaves what a correlation of k measurements can be: -1/(k-1) to 1. An interval that reaches that far
        down ends there; the mean of all then has no lower end.
    """
    n, k = table.shape
    if min(n, k) < 2 or not np.ptp(table) > 0:  # noqa: PLR2004 - a mean square needs two
        return NO_ICC
    squares = mean_squares(table)
    tail = (1.0 + level) / 2.0
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        singles = {form: of(squares, n, k, tail) for form, of in _SINGLES.items()}
        averages = {form: _stepped_up(triple, k) for form, triple in singles.items()}
    return {
        f"{form},{kind}": _coefficient(triples[form], lowest)
        for form in _SINGLES
        for kind, triples, lowest in (("1", singles, -1.0 / (k - 1)), ("k", averages, None))
    }


def mean_squares(table: Floats) -> Squares:
    """Return the mean squares of a table: between, within, interviewers, residual."""
    n, k = table.shape
    rows, columns, grand = table.mean(axis=1), table.mean(axis=0), table.mean()
    between = k * np.sum((rows - grand) ** 2) / (n - 1)
    within = np.sum((table - rows[:, None]) ** 2) / (n * (k - 1))
    interviewers = n * np.sum((columns - grand) ** 2) / (k - 1)
    residual = np.sum((table - rows[:, None] - columns + grand) ** 2) / ((n - 1) * (k - 1))
    return float(between), float(within), float(interviewers), float(residual)


def _one(squares: Squares, n: int, k: int, tail: float) -> Triple:
    between, within, _, _ = squares
    return _by_ratio(between, within, k, (n - 1, n * (k - 1)), tail)


def _three(squares: Squares, n: int, k: int, tail: float) -> Triple:
    between, _, _, residual = squares
    return _by_ratio(between, residual, k, (n - 1, (n - 1) * (k - 1)), tail)


def _two(squares: Squares, n: int, k: int, tail: float) -> Triple:
    """Form 2; the interval is Satterthwaite's (Shrout & Fleiss 1979, p. 424; McGraw & Wong 1996, table 7)."""
    between, _, columns, residual = squares
    spread = (k - 1) * residual + k * (columns - residual) / n
    estimate = np.float64(between - residual) / (between + spread)
    ratio = np.float64(columns) / residual
    share = n * (1.0 + (k - 1) * estimate) - k * estimate
    freedom = (k - 1) * (n - 1) * (k * estimate * ratio + share) ** 2
    freedom = freedom / ((n - 1) * k**2 * estimate**2 * ratio**2 + share**2)
    pooled = k * columns + (k * n - k - n) * residual
    upper, lower = _quantile(n - 1, freedom, tail), _quantile(freedom, n - 1, tail)
    low = n * (between - upper * residual) / (upper * pooled + n * between)
    high = n * (lower * between - residual) / (pooled + n * lower * between)
    return float(estimate), float(low), float(high)


_SINGLES = {"1": _one, "2": _two, "3": _three}


def _by_ratio(between: float, error: float, k: int, freedom: tuple[int, int], tail: float) -> Triple:
    estimate = np.float64(between - error) / (between + (k - 1) * error)
    ratio = np.float64(between) / error
    low = ratio / _quantile(*freedom, tail)
    high = ratio * _quantile(*freedom[::-1], tail)
    return float(estimate), float((low - 1) / (low + k - 1)), float((high - 1) / (high + k - 1))


def _stepped_up(triple: Triple, k: int) -> Triple:
    """Return the reliability of the mean of k (Spearman-Brown), -inf where so low a correlation cannot be."""
    single = np.array(triple)
    freed = 1.0 + (k - 1) * single
    estimate, low, high = np.where(freed <= 0.0, -np.inf, k * single / freed)
    return float(estimate), float(low), float(high)


def _quantile(numerator: float, denominator: float, p: float) -> float:
    from scipy.special import fdtri  # noqa: PLC0415 - numpy alone suffices until an interval is wanted

    return float(fdtri(numerator, denominator, p))


def _coefficient(triple: Triple, lowest: float | None) -> Coefficient:
    """Keep what a correlation can be: from `lowest` on, or without a lower end."""
    estimate, low, high = triple
    if not np.isfinite(estimate) or (lowest is not None and estimate < lowest):
        return Coefficient(None)
    if np.isnan(low) or not np.isfinite(high):
        return Coefficient(estimate)
    if lowest is not None:
        return Coefficient(estimate, (max(low, lowest), high))
    return Coefficient(estimate, (low if np.isfinite(low) else None, high))
