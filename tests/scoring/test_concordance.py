"""Kendall's W and r_WG(J)."""

from typing import Any

import numpy as np
import pytest
from agreement_oracles import units_from_table
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.scoring.agreement.concordance import kendall_w, ranks, rwg_j
from hiringkit.scoring.agreement.units import Units
from hiringkit.scoring.arrays import Floats

Published = dict[str, dict[str, Any]]


@st.composite
def tables(draw: st.DrawFn) -> Floats:
    """Candidates by interviewers on 1 to 5, ties and all."""
    rows, columns = draw(st.integers(2, 8)), draw(st.integers(2, 5))
    levels = st.lists(st.integers(1, 5), min_size=columns, max_size=columns)
    return np.array(draw(st.lists(levels, min_size=rows, max_size=rows)), dtype=np.float64)


def answers(table: Floats, candidates: list[int]) -> Units:
    """Units of a table whose rows belong to the candidates."""
    units = units_from_table(table, np.arange(1.0, 6.0))
    return Units(units.counts, units.levels, np.array(candidates), units.unit, units.rater, units.level)


def test_the_tied_example(published: Published) -> None:
    example = published["kendall_w"]
    found = kendall_w(example["ratings"])
    assert found.w.estimate == pytest.approx(example["W"], abs=0.001)
    assert found.chi2 == pytest.approx(example["chi2"], abs=0.05)
    assert found.p == pytest.approx(example["p"], abs=1e-4)


def test_ties_share_the_mean_of_their_ranks() -> None:
    place, ties = ranks(np.array([[2.0], [7.0], [2.0], [9.0]]))
    assert place.ravel().tolist() == [1.5, 3.0, 1.5, 4.0]
    assert ties.tolist() == [6.0]


def test_the_same_order_is_one_and_opposite_orders_are_zero() -> None:
    order = np.arange(5.0)
    assert kendall_w(np.stack([order, order**3], axis=1)).w.estimate == pytest.approx(1.0)
    assert kendall_w(np.stack([order, -order], axis=1)).w.estimate == pytest.approx(0.0)


@given(table=tables())
@settings(max_examples=60, deadline=None)
def test_without_ties_w_is_the_mean_rank_correlation_stepped_up(table: Floats) -> None:
    untied = table + np.arange(len(table))[:, None] / 10
    m = table.shape[1]
    place, ties = ranks(untied)
    if ties.any():
        return
    mean = (np.corrcoef(place.T).sum() - m) / (m * (m - 1))
    assert kendall_w(untied).w.estimate == pytest.approx((mean * (m - 1) + 1) / m, abs=1e-9)


@given(table=tables(), seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_only_orders_matter_to_w(table: Floats, seed: int) -> None:
    rng = np.random.default_rng(seed)
    stretched = np.exp(table)[rng.permutation(len(table))][:, rng.permutation(table.shape[1])]
    one, other = kendall_w(table).w, kendall_w(stretched).w
    assert other.estimate == (None if one.estimate is None else pytest.approx(one.estimate, abs=1e-9))


@given(table=tables())
@settings(max_examples=40, deadline=None)
def test_the_interval_of_w_holds_w(table: Floats) -> None:
    w = kendall_w(table).w
    if w.interval is not None and w.estimate is not None:
        low, high = w.interval
        assert low is not None
        assert high is not None
        assert low <= w.estimate <= high <= 1.0


def test_interviewers_who_tie_everyone_have_no_order() -> None:
    assert kendall_w(np.full((5, 3), 3.0)).w.estimate is None


def test_rwg_of_one_item_is_one_minus_variance_over_chance() -> None:
    """Ratings 4, 4, 5 have variance 1/3; five levels picked at random have (25 - 1) / 12 = 2."""
    found = rwg_j(answers(np.array([[4.0, 4.0, 5.0]]), [0]))
    assert found.estimate == pytest.approx(1 - (1 / 3) / 2)


def test_rwg_of_several_items_follows_james_demaree_and_wolf() -> None:
    """Mean variance (1/3 + 0 + 1/3) / 3 = 2/9, ratio 1/9: 3 (8/9) / (3 (8/9) + 1/9) = 24/25."""
    found = rwg_j(answers(np.array([[4.0, 4.0, 5.0], [3.0, 3.0, 3.0], [1.0, 2.0, 2.0]]), [0, 0, 0]))
    assert found.estimate == pytest.approx(24 / 25)


R_RATINGS = """
444 444 434 344  222 332 333 223  315 231 342 334  434 334 234 353  223 343 153 323
"""
"""Five candidates by four raters by three items, drawn at random."""


def test_rwg_is_that_of_another_program() -> None:
    """R 4.2, multilevel 2.7: rwg.j(x, candidate, ranvar = 2) of all items, and rwg of the first."""
    found = np.array([[int(digit) for digit in rating] for rating in R_RATINGS.split()], dtype=np.float64)
    by_candidate = found.reshape(5, 4, 3).transpose(0, 2, 1)
    several = [0.9705882353, 0.9375, 0.3260869565, 0.8647058824, 0.7285714286]
    for table, expected in zip(by_candidate, several, strict=True):
        assert rwg_j(answers(table, [0, 0, 0])).estimate == pytest.approx(expected, abs=1e-9)
    whole = by_candidate.reshape(15, 4)
    assert rwg_j(answers(whole, np.repeat(range(5), 3).tolist())).estimate == pytest.approx(np.mean(several), abs=1e-9)
    first = [0.875, 0.8333333333, 0.875, 0.6666666667, 0.5416666667]
    assert rwg_j(answers(by_candidate[:, 0], list(range(5)))).estimate == pytest.approx(np.mean(first), abs=1e-9)


def test_raters_worse_than_chance_count_as_zero_and_candidates_are_averaged() -> None:
    found = rwg_j(answers(np.array([[1.0, 5.0], [3.0, 3.0]]), [0, 1]))
    assert found.estimate == pytest.approx(0.5)


def test_rwg_of_single_ratings_is_not_there() -> None:
    assert rwg_j(answers(np.array([[4.0, np.nan], [np.nan, 2.0]]), [0, 1])).estimate is None
