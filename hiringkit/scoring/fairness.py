"""Selection rates by group: impact ratios, tests and intervals that hold in small samples.

Sources: the Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D), for the four-fifths rule; the rules
on Local Law 144 of 2021, 6 RCNY 5-300 and 5-301, for selection rate, scoring rate and impact ratio; Fisher's exact test
and its mid-p (Lancaster 1961) for the probability; Wilson (1927) for the interval of a rate; Newcombe (1998),
Statistics in Medicine 17, 873-890, method 10, for that of a difference; Koopman (1984), Biometrics 40, 513-517, for
that of a ratio.
"""

from collections.abc import Callable, Sequence
from math import exp, inf, log, sqrt
from statistics import median

import numpy as np
from scipy.special import chdtri, gammaln, ndtr, ndtri

from hiringkit.domain.fairness import FOUR_FIFTHS, GroupCount, GroupRate, Impact, RateMeasure, RateState, RateTable
from hiringkit.domain.profile import Interval
from hiringkit.scoring.arrays import Floats

_TIES = 1e-7
"""Relative difference of probabilities that rounding makes: tables so near in probability count as equally extreme."""
_SAME_SCORE = 9
"""Decimal places to which scores are compared with their median, because sums in another order differ beyond them."""
_HALVINGS = 200
_NEXT_TO = 1e-12


def rate_table(
    measure: RateMeasure,
    by: tuple[str, ...],
    counts: Sequence[GroupCount],
    *,
    name: str = "",
    label: str = "",
    unknown: int = 0,
    minimum: int,
    level: float,
) -> RateTable:
    """Compare the rates of groups with the highest among them.

    Groups with fewer people than the minimum are counted and left out, the highest rate included.

    Args:
        measure: What was counted.
        by: The columns that the groups are by.
        counts: One for each group.
        name: Which stage or criterion it is about.
        label: That in words.
        unknown: People whose group is not known.
        minimum: People that a group has at least.
        level: Of the intervals, such as 0.95.
    """
    large = [each for each in counts if each.applicants >= minimum]
    small = [each for each in counts if 0 < each.applicants < minimum]
    groups: tuple[GroupRate, ...] = ()
    state = _state(large)
    if state is RateState.COMPARED:
        ordered = sorted(large, key=lambda each: (-each.selected / each.applicants, -each.applicants, each.group))
        groups = tuple(_rate(each, ordered[0] if n else None, level) for n, each in enumerate(ordered))
    return RateTable(
        measure=measure,
        name=name,
        label=label,
        by=by,
        state=state,
        groups=groups,
        people=sum(each.applicants for each in counts),
        unknown=unknown,
        small_groups=len(small),
        people_in_small=sum(each.applicants for each in small),
    )


def _state(large: Sequence[GroupCount]) -> RateState:
    if len(large) < 2:  # noqa: PLR2004 - a comparison takes two
        return RateState.TOO_FEW
    if not any(each.selected for each in large):
        return RateState.NONE
    if all(each.selected == each.applicants for each in large):
        return RateState.EVERYBODY
    return RateState.COMPARED


def _rate(count: GroupCount, highest: GroupCount | None, level: float) -> GroupRate:
    return GroupRate(
        group=count.group,
        applicants=count.applicants,
        selected=count.selected,
        rate=count.selected / count.applicants,
        interval=wilson_interval(count.selected, count.applicants, level),
        impact=compare_rates(count, highest, level) if highest else None,
    )


def compare_rates(group: GroupCount, highest: GroupCount, level: float) -> Impact:
    """Compare a group's rate with the highest one, of which at least one person was selected."""
    x1, n1, x0, n0 = group.selected, group.applicants, highest.selected, highest.applicants
    ratio = (x1 / n1) / (x0 / n0)
    two_sided, one_sided, mid_p = fisher(x1, n1, x0, n0)
    z = two_proportion_z(x1, n1, x0, n0)
    return Impact(
        ratio=ratio,
        ratio_interval=koopman_interval(x1, n1, x0, n0, level),
        below_four_fifths=x1 * n0 < FOUR_FIFTHS * x0 * n1 * (1 - _NEXT_TO),
        difference=x1 / n1 - x0 / n0,
        difference_interval=newcombe_interval(x1, n1, x0, n0, level),
        z=z,
        p=None if z is None else float(2 * ndtr(-abs(z))),
        fisher_two_sided=two_sided,
        fisher_one_sided=one_sided,
        fisher_mid_p=mid_p,
    )


def above_median(scores: Sequence[float]) -> list[bool]:
    """Return which scores lie above the median of all: what 6 RCNY 5-300 counts for a scoring rate."""
    rounded = [round(each, _SAME_SCORE) for each in scores]
    middle = median(rounded) if rounded else 0.0
    return [each > middle for each in rounded]


def two_proportion_z(x1: int, n1: int, x0: int, n0: int) -> float | None:
    """Return the z of two proportions, x1 of n1 and x0 of n0, with the pooled variance and no correction.

    None where nobody or everybody was selected.
    """
    pooled = (x1 + x0) / (n1 + n0)
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n0)
    return (x1 / n1 - x0 / n0) / sqrt(variance) if variance > 0 else None


def fisher(x1: int, n1: int, x0: int, n0: int) -> tuple[float, float, float]:
    """Return Fisher's exact probabilities for x1 of n1 beside x0 of n0, given all margins.

    Returns:
        The two-sided one (of all tables that are no more probable than this one), the one-sided one (of x1 or fewer),
        and the two-sided mid-p, in which what was seen counts half.
    """
    chosen = x1 + x0
    low, high = max(0, chosen - n0), min(n1, chosen)
    possible = np.arange(low, high + 1, dtype=np.float64)
    logs = (
        _log_choose(n1, possible) + _log_choose(n0, chosen - possible) - _log_choose(n1 + n0, np.array(float(chosen)))
    )
    probability: Floats = np.exp(logs)
    seen = probability[x1 - low]
    extreme = float(probability[probability <= seen * (1 + _TIES)].sum())
    fewer = float(probability[: x1 - low + 1].sum())
    return min(extreme, 1.0), min(fewer, 1.0), min(extreme - float(seen) / 2, 1.0)


def _log_choose(n: int, k: Floats) -> Floats:
    found: Floats = gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)
    return found


def wilson_interval(x: int, n: int, level: float) -> Interval:
    """Return Wilson's score interval of a rate, x of n."""
    z = float(ndtri((1 + level) / 2))
    middle, half = 2 * x + z * z, z * sqrt(z * z + 4 * x * (n - x) / n)
    whole = 2 * (n + z * z)
    return (0.0 if x == 0 else (middle - half) / whole), (1.0 if x == n else (middle + half) / whole)


def newcombe_interval(x1: int, n1: int, x0: int, n0: int, level: float) -> Interval:
    """Return the interval of the difference of two rates: Newcombe (1998), method 10, from Wilson's limits."""
    p1, p0 = x1 / n1, x0 / n0
    (low1, high1), (low0, high0) = wilson_interval(x1, n1, level), wilson_interval(x0, n0, level)
    difference = p1 - p0
    low = difference - sqrt((p1 - low1) ** 2 + (high0 - p0) ** 2)
    return low, difference + sqrt((high1 - p1) ** 2 + (p0 - low0) ** 2)


def koopman_interval(x1: int, n1: int, x0: int, n0: int, level: float) -> Interval:
    """Return the score interval of the ratio of two rates, x1 of n1 over x0 of n0 (Koopman 1984).

    Its ends are the ratios at which Pearson's chi-square, with the rates that are most likely under that ratio, reaches
    its critical value; the lower end is 0 where x1 is. x0 is above 0.
    """
    critical = float(chdtri(1, 1 - level))

    def beyond(ratio: float) -> bool:
        return _ratio_chi_square(ratio, x1, n1, x0, n0) > critical

    ratio = (x1 / n1) / (x0 / n0)
    return (_crossing(beyond, ratio, -1) if x1 else 0.0), _crossing(beyond, ratio, 1)


def _crossing(beyond: Callable[[float], bool], ratio: float, way: int) -> float:
    """Return where, from the estimated ratio downwards or upwards, the chi-square exceeds its critical value."""
    inner = log(ratio or _NEXT_TO)
    outer = inner + way
    while not beyond(exp(outer)):
        inner, outer = outer, outer + way
    for _ in range(_HALVINGS):
        middle = (inner + outer) / 2
        if beyond(exp(middle)):
            outer = middle
        else:
            inner = middle
    return exp((inner + outer) / 2)


def _ratio_chi_square(ratio: float, x1: int, n1: int, x0: int, n0: int) -> float:
    """Return Pearson's chi-square of two rates whose ratio is given, at their most likely values under it."""
    a, b, c = (n1 + n0) * ratio, -((n1 + x0) * ratio + x1 + n0), float(x1 + x0)
    # the smaller root, written so that nothing cancels
    p0 = 2 * c / (-b + sqrt(max(b * b - 4 * a * c, 0.0)))
    total = 0.0
    for x, n, p in ((x1, n1, p0 * ratio), (x0, n0, p0)):
        residual = x - n * p
        if abs(residual) > _NEXT_TO * n:
            variance = n * p * (1 - p)
            total += residual * residual / variance if variance > 0 else inf
    return total
