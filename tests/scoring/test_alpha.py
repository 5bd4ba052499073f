"""Krippendorff's alpha: published values, a naive pairwise twin, and what must not matter."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from agreement_oracles import units_from_table
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.scoring.agreement.alpha import METRICS, alpha_of_metric, krippendorff_alpha
from hiringkit.scoring.agreement.kappa import weight_matrix
from hiringkit.scoring.arrays import Floats

Published = dict[str, dict[str, Any]]

ABSENT = 0


@st.composite
def tables(draw: st.DrawFn) -> Floats:
    """A small table of units by raters on 1 to 5, some ratings absent."""
    rows, columns = draw(st.integers(2, 8)), draw(st.integers(2, 5))
    levels = st.lists(st.integers(ABSENT, 5), min_size=columns, max_size=columns)
    table = np.array(draw(st.lists(levels, min_size=rows, max_size=rows)), dtype=np.float64)
    return np.where(table == ABSENT, np.nan, table)


def pairwise_alpha(table: Floats, metric: str) -> float | None:
    """Compute alpha as the definition says: pair by pair."""
    units = [[x for x in row if np.isfinite(x)] for row in table]
    units = [row for row in units if len(row) > 1]
    values = [x for row in units for x in row]

    def difference(a: float, b: float) -> float:
        if metric == "nominal":
            return float(a != b)
        if metric == "interval":
            return float((a - b) ** 2)
        if metric == "ratio":
            return float(((a - b) / (a + b)) ** 2)
        low, high = min(a, b), max(a, b)
        between = sum(low <= x <= high for x in values)
        return float((between - (values.count(a) + values.count(b)) / 2) ** 2)

    observed = sum(difference(a, b) / (len(row) - 1) for row in units for a, b in permutations(row, 2))
    expected = sum(difference(a, b) for a, b in permutations(values, 2))
    return 1 - (len(values) - 1) * observed / expected if expected else None


@pytest.mark.parametrize("metric", METRICS)
def test_example_c_of_krippendorff_2011(published: Published, metric: str) -> None:
    example = published["krippendorff_2011_c"]
    alpha = krippendorff_alpha(units_from_table(example["ratings"]), metric)
    assert alpha.estimate == pytest.approx(example["alpha_published"][metric], abs=0.001)
    assert alpha.estimate == pytest.approx(example["alpha_to_6_digits"][metric], abs=1e-6)
    assert alpha.weights == metric


@pytest.mark.parametrize(
    ("weights", "table"),
    [("identity", "unweighted"), ("linear", "linear"), ("quadratic", "quadratic"), ("ordinal", "ordinal")],
)
def test_gwets_weighted_alphas_of_the_same_data(published: Published, weights: str, table: str) -> None:
    units = units_from_table(published["krippendorff_2011_c"]["ratings"])
    alpha = alpha_of_metric(units, 1 - weight_matrix(weights, units.levels))
    assert alpha.estimate == pytest.approx(published["gwet_same_data"][table]["alpha"], abs=1e-5)


@pytest.mark.parametrize("metric", METRICS)
@given(table=tables())
@settings(max_examples=60, deadline=None)
def test_counting_levels_equals_comparing_pairs(metric: str, table: Floats) -> None:
    expected = pairwise_alpha(table, metric)
    found = krippendorff_alpha(units_from_table(table, np.arange(1.0, 6.0)), metric).estimate
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-10))


@pytest.mark.parametrize("metric", METRICS)
@given(table=tables(), seed=st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_the_order_of_units_and_raters_does_not_matter(metric: str, table: Floats, seed: int) -> None:
    rng = np.random.default_rng(seed)
    levels = np.arange(1.0, 6.0)
    shuffled = rng.permuted(table, axis=1)[rng.permutation(len(table))]
    one = krippendorff_alpha(units_from_table(table, levels), metric)
    other = krippendorff_alpha(units_from_table(shuffled, levels), metric)
    assert other.estimate == (None if one.estimate is None else pytest.approx(one.estimate, abs=1e-10))
    if one.interval is not None:
        assert other.interval == pytest.approx(one.interval, abs=1e-6)


@given(table=tables(), shift=st.integers(-9, 9), scale=st.sampled_from([0.5, 2.0, 10.0]))
@settings(max_examples=30, deadline=None)
def test_the_scales_origin_and_unit_do_not_matter_to_the_interval_metric(
    table: Floats, shift: int, scale: float
) -> None:
    one = krippendorff_alpha(units_from_table(table), "interval").estimate
    other = krippendorff_alpha(units_from_table(table * scale + shift), "interval").estimate
    assert other == (None if one is None else pytest.approx(one, abs=1e-9))


@given(table=tables())
@settings(max_examples=30, deadline=None)
def test_only_the_order_of_levels_matters_to_the_ordinal_metric(table: Floats) -> None:
    one = krippendorff_alpha(units_from_table(table), "ordinal").estimate
    other = krippendorff_alpha(units_from_table(np.exp(table)), "ordinal").estimate
    assert other == (None if one is None else pytest.approx(one, abs=1e-10))


@given(table=tables(), order=st.permutations([1.0, 2.0, 3.0, 4.0, 5.0]))
@settings(max_examples=30, deadline=None)
def test_only_the_identity_of_levels_matters_to_the_nominal_metric(table: Floats, order: list[float]) -> None:
    renamed = np.where(np.isnan(table), np.nan, np.array([0.0, *order])[np.nan_to_num(table).astype(int)])
    one = krippendorff_alpha(units_from_table(table), "nominal").estimate
    other = krippendorff_alpha(units_from_table(renamed), "nominal").estimate
    assert other == (None if one is None else pytest.approx(one, abs=1e-10))


def test_a_unit_with_one_rating_changes_nothing() -> None:
    table = np.array([[1, 2], [3, 3], [4, 5], [2, 2]], dtype=np.float64)
    longer = np.vstack([table, [5, np.nan]])
    one, other = (krippendorff_alpha(units_from_table(t), "interval") for t in (table, longer))
    assert other == one


def test_the_interval_leaves_out_one_cluster_at_a_time() -> None:
    table = np.array([[1, 2], [3, 3], [4, 5], [2, 2], [5, 4]], dtype=np.float64)
    alpha = krippendorff_alpha(units_from_table(table), "interval")
    parts = [krippendorff_alpha(units_from_table(np.delete(table, i, 0)), "interval").estimate for i in range(5)]
    left_out = np.array(parts, dtype=np.float64)
    assert alpha.standard_error == pytest.approx(np.sqrt(4 / 5 * np.sum((left_out - left_out.mean()) ** 2)))


def test_perfect_agreement_has_no_interval() -> None:
    alpha = krippendorff_alpha(units_from_table(np.array([[1.0, 1.0], [2.0, 2.0], [5.0, 5.0]])), "ordinal")
    assert (alpha.estimate, alpha.interval) == (1.0, None)


@pytest.mark.parametrize("metric", METRICS)
def test_equal_ratings_carry_no_alpha(metric: str) -> None:
    assert krippendorff_alpha(units_from_table(np.full((6, 3), 4.0)), metric).estimate is None


@pytest.mark.parametrize("metric", METRICS)
def test_single_ratings_carry_no_alpha(metric: str) -> None:
    assert krippendorff_alpha(units_from_table(np.array([[1.0, np.nan], [np.nan, 2.0]])), metric).estimate is None
