"""Agreement corrected for chance: published values, naive twins, and what must not matter."""

from collections.abc import Callable
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest
from agreement_oracles import cohen_kappa, fleiss_z, units_from_table
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.domain.agreement import Coefficient
from hiringkit.scoring.agreement.kappa import (
    WEIGHTS,
    conger_kappa,
    fleiss_kappa,
    gwet,
    weight_matrix,
)
from hiringkit.scoring.arrays import Floats

Published = dict[str, dict[str, Any]]
Kappa = Callable[..., Coefficient]

TABLES = {"identity": "unweighted", "linear": "linear", "quadratic": "quadratic", "ordinal": "ordinal"}
LEVELS = np.arange(1.0, 6.0)


@st.composite
def tables(draw: st.DrawFn, *, raters: int | None = None, absent: bool = True) -> Floats:
    """A small table of units by raters on 1 to 5."""
    rows, columns = draw(st.integers(3, 8)), raters or draw(st.integers(2, 4))
    levels = st.lists(st.integers(0 if absent else 1, 5), min_size=columns, max_size=columns)
    table = np.array(draw(st.lists(levels, min_size=rows, max_size=rows)), dtype=np.float64)
    return np.where(table == 0, np.nan, table)


def pairwise_agreement(table: Floats, weights: Floats) -> float | None:
    """Return the mean over units of the mean weight of their pairs."""
    means = []
    for row in table:
        codes = [int(x) - 1 for x in row if np.isfinite(x)]
        if len(codes) > 1:
            means.append(np.mean([weights[a, b] for a, b in permutations(codes, 2)]))
    return float(np.mean(means)) if means else None


def mean_shares(table: Floats) -> Floats:
    """Return the mean over rated units of the shares of levels."""
    rows = [[x for x in row if np.isfinite(x)] for row in table]
    return np.array(np.mean([[row.count(v) / len(row) for v in LEVELS] for row in rows if row], axis=0))


@pytest.mark.parametrize("weights", WEIGHTS)
def test_gwets_coefficients_of_his_table(published: Published, weights: str) -> None:
    units = units_from_table(published["krippendorff_2011_c"]["ratings"])
    expected = published["gwet_same_data"][TABLES[weights]]
    found = {
        "AC1" if weights == "identity" else "AC2": gwet(units, weights),
        "fleiss": fleiss_kappa(units, weights),
        "conger": conger_kappa(units, weights),
    }
    assert {name: c.estimate for name, c in found.items()} == pytest.approx(
        {name: expected[name] for name in found}, abs=1e-5
    )


@pytest.mark.parametrize("weights", ["identity", "quadratic", "ordinal"])
def test_gwets_standard_errors_of_his_table(published: Published, weights: str) -> None:
    found = gwet(units_from_table(published["krippendorff_2011_c"]["ratings"]), weights)
    assert found.standard_error == pytest.approx(published["gwet_same_data"][TABLES[weights]]["se"], abs=1e-5)
    assert found.weights == weights


def test_fleiss_1971(published: Published) -> None:
    example = published["fleiss_1971"]
    units = units_from_table(example["ratings"])
    assert fleiss_kappa(units).estimate == pytest.approx(example["kappa"], abs=0.001)
    assert fleiss_z(units) == pytest.approx(example["z"], abs=0.05)


def test_congers_exact_kappa_of_the_same_patients(published: Published) -> None:
    example = published["fleiss_1971"]
    found = conger_kappa(units_from_table(example["ratings"]))
    assert found.estimate == pytest.approx(example["kappa_conger_exact"], abs=0.0005)


def test_cohen_1968(published: Published) -> None:
    example = published["cohen_1968"]
    assert cohen_kappa(example["prop"]) == pytest.approx(example["kappa"], abs=0.001)
    assert cohen_kappa(example["prop"], example["weights"]) == pytest.approx(example["weighted"], abs=0.0005)


def test_gwets_ordinal_weights_count_the_pairs_of_levels_in_between() -> None:
    assert weight_matrix("ordinal", LEVELS)[0] == pytest.approx([1.0, 0.9, 0.7, 0.4, 0.0])


@pytest.mark.parametrize("weights", WEIGHTS)
@given(table=tables())
@settings(max_examples=40, deadline=None)
def test_gwet_and_fleiss_equal_their_definitions(weights: str, table: Floats) -> None:
    units, matrix = units_from_table(table, LEVELS), weight_matrix(weights, LEVELS)
    observed = pairwise_agreement(table, matrix)
    if observed is None:
        assert gwet(units, weights).estimate is None
        return
    shares = mean_shares(table)
    chance = matrix.sum() / 20 * np.sum(shares * (1 - shares))
    assert gwet(units, weights).estimate == pytest.approx((observed - chance) / (1 - chance), abs=1e-10)
    drawn = shares @ matrix @ shares
    if drawn < 1 - 1e-9:
        assert fleiss_kappa(units, weights).estimate == pytest.approx((observed - drawn) / (1 - drawn), abs=1e-10)


@pytest.mark.parametrize("weights", WEIGHTS)
@given(table=tables(raters=2, absent=False))
@settings(max_examples=40, deadline=None)
def test_congers_kappa_of_two_raters_is_cohens(weights: str, table: Floats) -> None:
    joint = np.zeros((5, 5))
    np.add.at(joint, tuple(table.T.astype(int) - 1), 1.0)
    cohen = cohen_kappa(joint, 1 - weight_matrix(weights, LEVELS))
    conger = conger_kappa(units_from_table(table, LEVELS), weights).estimate
    assert conger == (None if cohen is None else pytest.approx(cohen, abs=1e-10))


@given(table=tables(absent=False))
@settings(max_examples=40, deadline=None)
def test_congers_chance_is_the_mean_over_pairs_of_raters(table: Floats) -> None:
    units, identity = units_from_table(table, LEVELS), np.eye(5)
    observed = pairwise_agreement(table, identity) or 0.0
    own = [[np.mean(column == v) for v in LEVELS] for column in table.T]
    chance = np.mean([np.dot(a, b) for a, b in combinations(own, 2)])
    if chance < 1 - 1e-9:
        expected = (observed - chance) / (1 - chance)
        assert conger_kappa(units).estimate == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("coefficient", [gwet, fleiss_kappa, conger_kappa])
@given(table=tables(), order=st.permutations([1.0, 2.0, 3.0, 4.0, 5.0]), seed=st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_names_of_levels_and_order_of_units_do_not_matter_without_weights(
    coefficient: Kappa, table: Floats, order: list[float], seed: int
) -> None:
    renamed = np.where(np.isnan(table), np.nan, np.array([0.0, *order])[np.nan_to_num(table).astype(int)])
    shuffled = np.random.default_rng(seed).permutation(renamed)
    one = coefficient(units_from_table(table, LEVELS))
    other = coefficient(units_from_table(shuffled, LEVELS))
    assert other.estimate == (None if one.estimate is None else pytest.approx(one.estimate, abs=1e-9))


def test_the_jackknife_leaves_out_whole_clusters() -> None:
    rng = np.random.default_rng(4)
    table = rng.integers(1, 6, (12, 3)).astype(np.float64)
    kappa = fleiss_kappa(units_from_table(table, LEVELS))
    parts = [fleiss_kappa(units_from_table(np.delete(table, i, 0), LEVELS)).estimate for i in range(12)]
    left_out = np.array(parts, dtype=np.float64)
    assert kappa.standard_error == pytest.approx(np.sqrt(11 / 12 * np.sum((left_out - left_out.mean()) ** 2)))


def test_congers_linearised_error_is_near_the_jackknifes() -> None:
    rng = np.random.default_rng(5)
    truth = rng.integers(1, 6, (200, 1))
    table = np.clip(truth + rng.integers(-1, 2, (200, 4)), 1, 5).astype(np.float64)
    kappa = conger_kappa(units_from_table(table, LEVELS), "quadratic")
    left_out = np.array(
        [conger_kappa(units_from_table(np.delete(table, i, 0), LEVELS), "quadratic").estimate for i in range(200)],
        dtype=np.float64,
    )
    jackknife = np.sqrt(199 / 200 * np.sum((left_out - left_out.mean()) ** 2))
    assert kappa.standard_error == pytest.approx(jackknife, rel=0.02)


@pytest.mark.parametrize("coefficient", [fleiss_kappa, conger_kappa])
def test_equal_ratings_carry_no_kappa(coefficient: Kappa) -> None:
    assert coefficient(units_from_table(np.full((6, 3), 4.0), LEVELS)).estimate is None


@pytest.mark.parametrize("coefficient", [gwet, fleiss_kappa, conger_kappa])
def test_single_ratings_carry_no_kappa(coefficient: Kappa) -> None:
    singles = np.where(np.eye(3) == 1, 2.0, np.nan)
    assert coefficient(units_from_table(singles, LEVELS)).estimate is None
