"""What a selection is worth: against published figures, and against a simulation that shares no formula with it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.domain.selection import InterviewReliability, ReliabilitySource
from hiringkit.errors import UsageProblem
from hiringkit.planning.selection import (
    _both_below,
    _true_positive_rate,
    compare_sizes,
    selection_quality,
    spearman_brown,
)

EROSHEVA = spearman_brown(0.34, 2.79)
"""Grant review of Erosheva, Martinková & Lee (2021), the example of the R package IRR2FPR 0.1.1 in its README."""


def test_the_published_example_of_irr2fpr_comes_out_to_every_printed_digit() -> None:
    right = _true_positive_rate(math.sqrt(EROSHEVA), 0.18)
    assert f"{right:.7f}" == "0.6027441"
    assert f"{1 - right:.7f}" == "0.3972559"
    found = selection_quality(EROSHEVA, 18, 100)
    assert f"{found.true_positive_rate:.7f}" == "0.6027441"
    assert f"{found.false_positive_rate:.7f}" == "0.3972559"
    assert f"{found.false_negative_rate:.8f}" == "0.08720251"


@pytest.mark.parametrize(
    ("reliability", "hire", "of"), [(0.5, 1, 8), (0.75, 1, 3), (0.6, 2, 6), (0.3, 3, 10), (0.999, 1, 5), (0.0, 1, 4)]
)
def test_chance_and_regret_are_those_of_simulated_selections(reliability: float, hire: int, of: int) -> None:
    generator = np.random.default_rng(17)
    runs = 200_000
    true = generator.standard_normal((runs, of))
    seen = math.sqrt(reliability) * true + math.sqrt(1 - reliability) * generator.standard_normal((runs, of))
    hired = np.argsort(-seen, axis=1)[:, :hire]
    best = (hired == true.argmax(axis=1)[:, None]).any(axis=1)
    lost = np.sort(true, axis=1)[:, -hire:].mean(axis=1) - np.take_along_axis(true, hired, axis=1).mean(axis=1)
    found = selection_quality(reliability, hire, of)
    assert found.chance_best == pytest.approx(best.mean(), abs=4 * math.sqrt(0.25 / runs))
    assert found.regret == pytest.approx(lost.mean(), abs=5 * lost.std() / math.sqrt(runs) + 1e-9)


def test_rates_are_those_of_a_simulated_selection_out_of_very_many() -> None:
    generator = np.random.default_rng(18)
    true = generator.standard_normal(1_000_000)
    seen = math.sqrt(0.6) * true + math.sqrt(0.4) * generator.standard_normal(true.size)
    share = 0.125
    good, chosen = true > np.quantile(true, 1 - share), seen > np.quantile(seen, 1 - share)
    found = selection_quality(0.6, 1, 8)
    assert found.true_positive_rate == pytest.approx(good[chosen].mean(), abs=0.005)
    assert found.false_positive_rate == pytest.approx((~good[chosen]).mean(), abs=0.005)
    assert found.false_negative_rate == pytest.approx(good[~chosen].mean(), abs=0.005)


def test_certain_scores_find_the_best_and_scores_of_chance_draw_lots() -> None:
    certain, chance = selection_quality(1.0, 2, 9), selection_quality(0.0, 2, 9)
    assert (certain.chance_best, certain.regret) == pytest.approx((1.0, 0.0), abs=1e-6)
    assert certain.false_positive_rate == pytest.approx(0.0, abs=1e-9)
    assert (chance.chance_best, chance.true_positive_rate) == pytest.approx((2 / 9, 2 / 9), abs=1e-9)


@pytest.mark.slow
@given(st.floats(0.01, 0.98), st.integers(1, 6), st.integers(1, 30))
def test_more_reliable_scores_choose_better(reliability: float, hire: int, more: int) -> None:
    of = hire + more
    worse, better = selection_quality(reliability, hire, of), selection_quality(reliability + 0.01, hire, of)
    assert hire / of - 1e-9 <= worse.chance_best <= better.chance_best + 1e-9 <= 1 + 1e-8
    assert worse.regret >= better.regret >= 0
    assert worse.false_positive_rate >= better.false_positive_rate - 1e-12
    assert 0 <= worse.false_negative_rate <= 1


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0, 0.999))
def test_the_bivariate_normal_is_that_of_scipy(x: float, y: float, correlation: float) -> None:
    from scipy.stats import multivariate_normal  # noqa: PLC0415 - takes half a second to load

    cov = [[1.0, correlation], [correlation, 1.0]]
    expected = multivariate_normal.cdf([x, y], cov=cov, abseps=1e-9, releps=1e-9)
    assert _both_below(np.array([x]), np.array([y]), correlation)[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("reliability", "hire", "of"),
    [(-0.1, 1, 5), (1.1, 1, 5), (float("nan"), 1, 5), (0.5, 0, 5), (0.5, 5, 5), (0.5, 1, 1)],
)
def test_what_cannot_be_is_refused(reliability: float, hire: int, of: int) -> None:
    with pytest.raises(UsageProblem):
        selection_quality(reliability, hire, of)


KNOWN = InterviewReliability(0.5, ReliabilitySource.PRIOR, (0.2, 0.8), "interview")


@pytest.mark.slow
def test_sizes_stand_beside_each_other_with_their_minutes_and_the_cheapest_that_reaches_the_target() -> None:
    found = compare_sizes(KNOWN, [5, 2, 3, 4, 2], hire=1, of=8, minutes=45, target=0.6)
    assert [each.interviewers for each in found.sizes] == [2, 3, 4, 5]
    two, three = found.sizes[:2]
    assert (two.minutes, three.minutes) == (720, 1080)
    assert three.reliability == pytest.approx(0.75)
    gained = three.quality.chance_best - two.quality.chance_best
    assert three.minutes_per_point == pytest.approx(360 / (100 * gained))
    assert three.chance_band is not None
    assert three.chance_band[0] < three.quality.chance_best < three.chance_band[1]
    assert (found.cheapest, found.enough) == (3, None)


@pytest.mark.slow
def test_a_target_that_no_size_reaches_says_how_many_would() -> None:
    near = compare_sizes(KNOWN, [1, 2], hire=1, of=8, minutes=45, target=0.7)
    assert near.cheapest is None
    assert near.enough is not None
    assert near.enough > 2
    chance = selection_quality(spearman_brown(0.5, near.enough), 1, 8).chance_best
    before = selection_quality(spearman_brown(0.5, near.enough - 1), 1, 8).chance_best
    assert before < 0.7 <= chance
    far = compare_sizes(KNOWN, [1, 2], hire=1, of=8, minutes=45, target=0.999)
    assert (far.cheapest, far.enough) == (None, None)


def test_interviewers_who_add_nothing_have_no_price() -> None:
    useless = InterviewReliability(0.0, ReliabilitySource.GIVEN)
    assert compare_sizes(useless, [2], hire=1, of=4, minutes=45).sizes[0].minutes_per_point is None
