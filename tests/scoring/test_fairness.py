"""Rates by group: the worked example, published tables, and scipy.stats as an independent implementation."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from hiringkit.domain.fairness import GroupCount, RateMeasure, RateState, RateTable
from hiringkit.scoring.fairness import (
    above_median,
    compare_rates,
    fisher,
    koopman_interval,
    newcombe_interval,
    rate_table,
    two_proportion_z,
    wilson_interval,
)


def table(*counts: tuple[str, int, int], minimum: int = 5) -> RateTable:
    groups = [GroupCount((name,), applicants, selected) for name, selected, applicants in counts]
    return rate_table(RateMeasure.SELECTION, ("sex",), groups, minimum=minimum, level=0.95)


def test_two_of_ten_women_beside_fifteen_of_twenty_five_men() -> None:
    men, women = table(("women", 2, 10), ("men", 15, 25)).groups
    assert (men.group, men.impact, women.group) == (("men",), None, ("women",))
    impact = women.impact
    assert impact is not None
    assert round(impact.ratio, 3) == 0.333
    assert impact.below_four_fifths
    assert impact.z is not None
    assert impact.p is not None
    assert (round(impact.z, 3), round(impact.p, 4)) == (-2.139, 0.0324)
    assert (round(impact.fisher_two_sided, 4), round(impact.fisher_mid_p, 4)) == (0.0599, 0.0437)
    assert impact.beyond_chance


def test_fisher_is_the_hypergeometric_sum_by_hand() -> None:
    """17 of 35 are selected; the table has 2 of the 10 women among them."""
    probability = [comb(10, x) * comb(25, 17 - x) / comb(35, 17) for x in range(11)]
    two_sided = sum(each for each in probability if each <= probability[2] * (1 + 1e-7))
    found = fisher(2, 10, 15, 25)
    assert found == pytest.approx((two_sided, sum(probability[:3]), two_sided - probability[2] / 2))


PAIRS = st.tuples(st.integers(1, 60), st.integers(1, 60)).flatmap(
    lambda sizes: st.tuples(st.integers(0, sizes[0]), st.just(sizes[0]), st.integers(0, sizes[1]), st.just(sizes[1]))
)


@pytest.mark.slow
@given(PAIRS)
def test_fisher_agrees_with_scipy(pair: tuple[int, int, int, int]) -> None:
    x1, n1, x0, n0 = pair
    two_sided, one_sided, mid_p = fisher(x1, n1, x0, n0)
    cells = np.array([[x1, n1 - x1], [x0, n0 - x0]])
    assert two_sided == pytest.approx(stats.fisher_exact(cells).pvalue)
    assert one_sided == pytest.approx(stats.fisher_exact(cells, alternative="less").pvalue)
    seen = stats.hypergeom(n1 + n0, n1, x1 + x0).pmf(x1)
    assert mid_p == pytest.approx(two_sided - seen / 2)


@given(PAIRS)
def test_z_squared_is_the_chi_square_of_scipy(pair: tuple[int, int, int, int]) -> None:
    x1, n1, x0, n0 = pair
    z = two_proportion_z(x1, n1, x0, n0)
    if z is None:
        assert x1 + x0 in (0, n1 + n0)
    else:
        expected = stats.chi2_contingency([[x1, n1 - x1], [x0, n0 - x0]], correction=False).statistic
        assert z * z == pytest.approx(expected, abs=1e-9)


@pytest.mark.slow
@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from([0.8, 0.95]))
def test_the_interval_of_a_rate_agrees_with_scipy(counts: tuple[int, int], level: float) -> None:
    expected = stats.binomtest(*counts).proportion_ci(level, method="wilson")
    assert wilson_interval(*counts, level) == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize(
    ("counts", "interval"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_intervals_of_differences_are_those_of_newcombe_1998(
    counts: tuple[int, int, int, int], interval: tuple[float, float]
) -> None:
    """Table II there, method 10."""
    assert newcombe_interval(*counts, 0.95) == pytest.approx(interval, abs=6e-5)


def test_the_interval_of_a_ratio_is_that_of_koopman_1984() -> None:
    """36 of 40 over 16 of 80 are his example."""
    assert koopman_interval(36, 40, 16, 80, 0.95) == pytest.approx((2.94, 7.15), abs=5e-3)
    assert koopman_interval(0, 10, 5, 10, 0.95)[0] == 0
    assert koopman_interval(10, 10, 10, 10, 0.95)[0] < 1 < koopman_interval(10, 10, 10, 10, 0.95)[1]


@pytest.mark.slow
@given(PAIRS.filter(lambda pair: pair[2] > 0))
def test_intervals_hold_the_estimate(pair: tuple[int, int, int, int]) -> None:
    x1, n1, x0, n0 = pair
    low, high = koopman_interval(x1, n1, x0, n0, 0.95)
    assert low - 1e-9 <= (x1 / n1) / (x0 / n0) <= high + 1e-9
    low, high = newcombe_interval(x1, n1, x0, n0, 0.95)
    assert low - 1e-9 <= x1 / n1 - x0 / n0 <= high + 1e-9


def test_impact_ratios_are_those_of_the_example_in_6_rcny_5_301() -> None:
    """Scoring rates 54.3 % of 92 men and 44.7 % of 76 women make an impact ratio of 0.82."""
    men, women = table(("Female", 34, 76), ("Male", 50, 92)).groups
    assert (round(men.rate, 3), round(women.rate, 3)) == (0.543, 0.447)
    assert women.impact is not None
    assert round(women.impact.ratio, 2) == 0.82
    assert not women.impact.below_four_fifths


def test_exactly_four_fifths_is_not_below() -> None:
    assert not compare_rates(GroupCount(("a",), 10, 4), GroupCount(("b",), 10, 5), 0.95).below_four_fifths
    assert compare_rates(GroupCount(("a",), 1000, 399), GroupCount(("b",), 10, 5), 0.95).below_four_fifths


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ([("a", 3, 9)], RateState.TOO_FEW),
        ([("a", 3, 9), ("b", 1, 4)], RateState.TOO_FEW),
        ([("a", 1, 1), ("b", 0, 1), ("c", 1, 1)], RateState.TOO_FEW),
        ([], RateState.TOO_FEW),
        ([("a", 0, 9), ("b", 0, 9)], RateState.NONE),
        ([("a", 9, 9), ("b", 7, 7)], RateState.EVERYBODY),
        ([("a", 9, 9), ("b", 6, 7)], RateState.COMPARED),
    ],
)
def test_below_the_minimum_no_group_is_named(counts: list[tuple[str, int, int]], state: RateState) -> None:
    found = table(*counts)
    assert found.state is state
    assert bool(found.groups) == (state is RateState.COMPARED)


def test_a_small_group_is_counted_and_not_shown() -> None:
    found = table(("a", 3, 9), ("b", 5, 9), ("c", 4, 4))
    assert [each.group for each in found.groups] == [("b",), ("a",)]
    assert (found.people, found.small_groups, found.people_in_small) == (22, 1, 4)


def test_equal_scores_have_nobody_above_their_median() -> None:
    assert above_median([3.0] * 7) == [False] * 7
    assert above_median([0.1 + 0.2, 0.3, 0.3]) == [False] * 3
    assert above_median([1, 2, 3, 4]) == [False, False, True, True]
    assert above_median([2.5]) == [False]
    assert above_median([]) == []
