"""Intraclass correlations: Shrout & Fleiss, and what must not matter."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hiringkit.domain.profile import OpenInterval
from hiringkit.scoring.agreement.generalizability import (
    DStudy,
    anova_components,
    average_reliability,
    single_reliability,
)
from hiringkit.scoring.agreement.icc import FORMS, intraclass, mean_squares
from hiringkit.scoring.arrays import Floats

Published = dict[str, dict[str, Any]]


@st.composite
def tables(draw: st.DrawFn) -> Floats:
    """A candidates by interviewers table with some variation."""
    rows, columns, seed = draw(st.integers(3, 9)), draw(st.integers(2, 6)), draw(st.integers(0, 9999))
    rng = np.random.default_rng(seed)
    own = draw(st.sampled_from([0.1, 1.0, 3.0])) * rng.normal(size=(rows, 1))
    return np.rint(4 * (own + rng.normal(size=columns) + rng.normal(size=(rows, columns)))) / 4


@pytest.mark.parametrize("form", FORMS)
def test_shrout_and_fleiss_1979(published: Published, form: str) -> None:
    example = published["shrout_fleiss_1979"]
    name = "ICC" + form.replace(",", "")
    found = intraclass(example["ratings"], 0.95)[form]
    assert found.estimate == pytest.approx(example["published"][name], abs=0.01)
    assert found.estimate == pytest.approx(example["to_4_digits"][name], abs=1e-4)
    low, high = example["to_4_digits"]["CI"][name]
    assert found.interval is not None
    assert found.interval[0] == pytest.approx(low, abs=1e-5)
    assert found.interval[1] == pytest.approx(high, abs=1e-4)


def test_the_mean_squares_of_shrout_and_fleiss(published: Published) -> None:
    """Table 3 of the paper: 11.24, 6.26, 32.49, 1.02."""
    assert mean_squares(published["shrout_fleiss_1979"]["ratings"]) == pytest.approx(
        (11.24, 6.26, 32.49, 1.02), abs=0.01
    )


@given(table=tables(), shift=st.integers(-5, 5), scale=st.sampled_from([0.5, 3.0]), seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_order_origin_and_unit_do_not_matter(table: Floats, shift: int, scale: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, k = table.shape
    other = scale * table[rng.permutation(n)][:, rng.permutation(k)] + shift
    one, two = intraclass(table), intraclass(other)
    for form in FORMS:
        estimate = one[form].estimate
        if estimate is not None and abs(estimate) < 20:
            assert two[form].estimate == pytest.approx(estimate, abs=1e-7)


@given(table=tables())
@settings(max_examples=40, deadline=None)
def test_the_interval_holds_the_estimate_and_grows_with_the_level(table: Floats) -> None:
    narrow, wide = intraclass(table, 0.8), intraclass(table, 0.95)
    for form in ("1,1", "3,1"):
        inner, outer, estimate = narrow[form].interval, wide[form].interval, narrow[form].estimate
        if inner is not None and outer is not None and estimate is not None:
            assert ends(outer)[0] <= ends(inner)[0] <= estimate <= ends(inner)[1] <= ends(outer)[1]


def ends(interval: OpenInterval) -> tuple[float, float]:
    """Return both ends, minus infinity where there is no lower one."""
    low, high = interval
    assert high is not None
    return -np.inf if low is None else low, high


@given(seed=st.integers(0, 9999), rows=st.integers(2, 4), columns=st.integers(2, 4))
@settings(max_examples=200, deadline=None)
def test_no_figure_leaves_what_a_correlation_can_be(seed: int, rows: int, columns: int) -> None:
    table = np.random.default_rng(seed).integers(1, 6, size=(rows, columns)).astype(float)
    for form, found in intraclass(table).items():
        lowest = -1.0 / (columns - 1) if form.endswith("1") else -np.inf
        if found.estimate is not None:
            assert lowest - 1e-12 <= found.estimate <= 1.0
        if found.interval is not None:
            low, high = ends(found.interval)
            assert lowest - 1e-12 <= low <= high <= 1.0


def test_a_reliability_without_a_lower_end() -> None:
    """By the formula for form 2, the lower end of one interviewer is -1.97; of the mean of two that makes +4.05."""
    found = intraclass(np.array([[3.0, 1.0], [4.0, 5.0], [2.0, 4.0]]))
    one, mean = found["2,1"].interval, found["2,k"].interval
    assert one
    assert mean
    assert ends(one) == pytest.approx((-1.0, 0.95), abs=0.01)
    assert ends(mean) == pytest.approx((-np.inf, 0.97), abs=0.01)


@given(table=tables())
@settings(max_examples=40, deadline=None)
def test_form_2_is_the_reliability_of_the_variance_components(table: Floats) -> None:
    components = anova_components(table, ["candidate", "interviewer"])
    icc = intraclass(table)
    assume(min(components.values()) > 1e-6)
    design = DStudy(table.shape[1])
    assert icc["2,1"].estimate == pytest.approx(float(single_reliability(components, design)), abs=1e-9)
    assert icc["2,k"].estimate == pytest.approx(float(average_reliability(components, design)), abs=1e-9)


def test_a_strict_interviewer_lowers_agreement_but_not_consistency() -> None:
    rng = np.random.default_rng(3)
    table = rng.normal(size=(12, 1)) + rng.normal(0, 0.4, size=(12, 3))
    strict = table - [0.0, 0.0, 2.0]
    before, after = intraclass(table), intraclass(strict)
    assert after["3,1"].estimate == pytest.approx(before["3,1"].estimate)
    assert (after["2,1"].estimate or 1) < (before["2,1"].estimate or 0) - 0.15


@pytest.mark.parametrize(
    "table", [np.full((5, 3), 2.0), np.zeros((1, 4)), np.ones((4, 1))], ids=["equal", "one row", "one column"]
)
def test_without_variation_or_pairs_there_is_no_correlation(table: Floats) -> None:
    assert all(c.estimate is None and c.interval is None for c in intraclass(table).values())


def test_interviewers_who_agree_exactly_have_no_interval() -> None:
    found = intraclass(np.repeat(np.arange(5.0)[:, None], 3, axis=1))
    assert all((c.estimate, c.interval) == (1.0, None) for c in found.values())
