"""Each measure of an interviewer against a computation of its own, and against ratings made to show it."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from scipy import stats

from hiringkit.domain.raters import Measure
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.raters import RaterMeasures, join_judged, measure_raters
from hiringkit.scoring.ratings import Blueprint, Ratings

Make = Callable[..., Any]
CRITERIA = ("plan", "sell", "lead", "learn")
LEVEL = 0.9


@pytest.fixture
def blueprint(blueprint_of: Make) -> Blueprint:
    made: Blueprint = blueprint_of(dict.fromkeys(CRITERIA, 1.0), {f"q-{c}": {c: 1.0} for c in CRITERIA})
    return made


@pytest.fixture
def measured(blueprint: Blueprint, columns_of: Make) -> Callable[..., dict[str, RaterMeasures]]:
    """Measure a (candidates, interviewers, criteria) array, NaN where there is no rating."""

    def measure(values: Floats, times: Mapping[tuple[str, str], float] | None = None) -> dict[str, RaterMeasures]:
        rows = [
            (f"c{i:02}", f"i{r}", f"q-{CRITERIA[k]}", float(values[i, r, k]))
            for i, r, k in zip(*np.nonzero(np.isfinite(values)), strict=True)
        ]
        columns: Ratings = columns_of(rows, blueprint)
        ids = sorted(columns.interviewers)
        known = times if times is not None else {(who, by): float(who[1:]) for who, by, _q, _v in rows}
        return dict(
            zip(ids, measure_raters(join_judged([(columns, blueprint, known)], ids), len(ids), LEVEL), strict=True)
        )

    return measure


def invented(seed: int = 1, candidates: int = 12, people: int = 3) -> Floats:
    rng = np.random.default_rng(seed)
    merit = rng.normal(3, 0.7, (candidates, 1, 1)) + rng.normal(0, 0.3, (candidates, 1, len(CRITERIA)))
    return np.asarray(merit + rng.normal(0, 0.5, (candidates, people, len(CRITERIA))))


def beside(values: Floats, who: int) -> Floats:
    """Return (candidates, criteria) ratings less the mean of the others'."""
    return np.asarray(values[:, who] - np.delete(values, who, axis=1).mean(axis=1))


def close(measure: Measure, estimate: float, interval: Any = None) -> None:
    assert measure.estimate == pytest.approx(estimate)
    if interval is not None:
        assert measure.interval == pytest.approx(interval)


def test_severity_is_the_mean_over_candidates_with_students_interval(measured: Make) -> None:
    values = invented()
    found = measured(values)
    for who in range(3):
        each = -beside(values, who).mean(axis=1)
        close(found[f"i{who}"].severity, each.mean(), stats.ttest_1samp(each, 0).confidence_interval(LEVEL))
        assert found[f"i{who}"].severity.n == 12


def test_somebody_who_rates_a_point_lower_is_a_point_stricter(measured: Make) -> None:
    values = np.repeat(invented()[:, :1], 3, axis=1)
    values[:, 1] -= 1.0
    close(measured(values)["i1"].severity, 1.0)
    close(measured(values)["i0"].severity, -0.5)


def test_spread_is_a_ratio_of_deviations_over_candidates(measured: Make) -> None:
    values = np.repeat(invented()[:, :1], 3, axis=1)
    values[:, 0] = 3.0 + 0.4 * (values[:, 0] - 3.0)
    close(measured(values)["i0"].spread, 0.4, (0.4, 0.4))
    noisy = invented(4)
    own = np.sqrt(noisy[:, 2].var(axis=0, ddof=1).mean())
    others = np.sqrt(noisy[:, :2].reshape(12, -1).var(axis=0, ddof=1).mean())
    close(measured(noisy)["i2"].spread, own / others)


def test_the_jackknife_of_spread_is_that_of_leaving_candidates_out(measured: Make) -> None:
    values = invented(5, candidates=7)

    def ratio(some: Floats) -> float:
        others = some[:, :2].reshape(len(some), -1)
        return float(np.sqrt(some[:, 2].var(axis=0, ddof=1).mean() / others.var(axis=0, ddof=1).mean()))

    without = np.array([ratio(np.delete(values, k, axis=0)) for k in range(7)])
    half = stats.t.ppf(0.95, 6) * np.sqrt(6 / 7 * ((without - without.mean()) ** 2).sum())
    close(measured(values)["i2"].spread, ratio(values), (ratio(values) - half, ratio(values) + half))


def test_central_tendency_counts_the_middle_level(measured: Make) -> None:
    values = np.full((6, 2, 4), 3.0)
    values[:, 1, :2] = 5.0
    values[:, 1, 2] = 1.0
    found = measured(values)
    close(found["i0"].central, 0.75)
    assert found["i0"].central.peers == 0.25
    close(found["i1"].central, -0.75)


def test_halo_is_a_lack_of_differences_among_criteria(measured: Make) -> None:
    values = invented(6)
    values[:, 0] = values[:, 0].mean(axis=1, keepdims=True)
    peers = values[:, 1:].std(axis=2, ddof=1).mean(axis=1)
    interval = stats.ttest_1samp(-peers, 0).confidence_interval(LEVEL)
    close(measured(values)["i0"].differentiation, -peers.mean(), interval)
    assert measured(values)["i0"].differentiation.peers == pytest.approx(peers.mean())


@pytest.mark.slow
def test_residuals_beside_the_panel_are_about_one_and_more_for_who_goes_their_own_way(measured: Make) -> None:
    rng = np.random.default_rng(8)
    merit = rng.normal(3, 0.7, (60, 1, 4))
    values = merit + rng.normal(0, 0.5, (60, 5, 4))
    alike = measured(values)
    assert [each.consistency.estimate for each in alike.values()] == pytest.approx([1.0] * 5, abs=0.25)
    values[:, 4] += rng.normal(0, 1.0, (60, 4))
    odd = measured(values)
    low, _high = odd["i4"].consistency.interval or (None, None)
    assert low is not None
    assert low > 1
    assert all((odd[f"i{n}"].consistency.estimate or 9.0) < 1 for n in range(4))


def test_the_mean_square_is_that_of_a_loop(measured: Make) -> None:
    values = invented(9, candidates=6)
    away = np.stack([beside(values, who) for who in range(3)], axis=1)
    centred = away - away.mean(axis=(0, 2), keepdims=True)
    scatter = (centred**2 * 2 / 3).sum() / (centred.size - 3)
    expected = (centred[:, 1] ** 2 / (scatter * 1.5)).sum() / (centred[:, 1].size - 1)
    close(measured(values)["i1"].consistency, expected)


def test_correlation_with_the_panel_has_fishers_interval(measured: Make) -> None:
    values = invented(10)
    r = float(np.corrcoef(values[:, 0].mean(axis=1), values[:, 1:].mean(axis=(1, 2)))[0, 1])
    interval = stats.pearsonr(values[:, 0].mean(axis=1), values[:, 1:].mean(axis=(1, 2))).confidence_interval(LEVEL)
    close(measured(values)["i0"].correlation, r, interval)


def test_drift_is_the_rise_from_the_first_interview_to_the_last(measured: Make) -> None:
    values = np.repeat(invented(2)[:, :1], 3, axis=1)
    values[:, 2] += 0.1 * np.arange(12)[:, None]
    close(measured(values)["i2"].drift, 1.1, (1.1, 1.1))
    noisy = invented(3)
    away = beside(noisy, 0).mean(axis=1)
    line = stats.linregress(np.arange(12), away)
    half = 11 * stats.t.ppf(0.95, 10) * line.stderr
    close(measured(noisy)["i0"].drift, 11 * line.slope, (11 * line.slope - half, 11 * line.slope + half))


def test_a_good_candidate_before_makes_the_next_look_worse(measured: Make) -> None:
    values = np.repeat(invented(2)[:, :1], 3, axis=1)
    before = values[:-1, 1:].mean(axis=(1, 2))
    values[1:, 0] -= 0.5 * before[:, None]
    close(measured(values)["i0"].before, -0.5, (-0.5, -0.5))
    assert measured(values)["i0"].before.n == 11


def test_without_times_or_at_one_time_there_is_no_order(measured: Make) -> None:
    values = invented()
    at_once = {(f"c{i:02}", f"i{r}"): 5.0 for i in range(12) for r in range(3)}
    for times in ({}, at_once):
        found = measured(values, times)["i0"]
        assert (found.drift.estimate, found.drift.n) == (None, 0)
        assert (found.before.estimate, found.before.n) == (None, 0)


def test_a_criterion_rated_otherwise_is_found_beyond_chance(measured: Make) -> None:
    values = invented(11)
    values[:, 1, 2] += 1.5
    found = measured(values)
    assert [each.criterion for each in found["i1"].bias if each.beyond_chance and (each.measure.estimate or 0) > 0] == [
        "lead"
    ]
    rest = beside(values, 1) - beside(values, 1).mean(axis=1, keepdims=True)
    lead = next(each for each in found["i1"].bias if each.criterion == "lead")
    close(lead.measure, rest[:, 2].mean(), stats.ttest_1samp(rest[:, 2], 0).confidence_interval(LEVEL))


@pytest.mark.slow
def test_without_any_bias_few_are_found(measured: Make) -> None:
    found = [
        each.beyond_chance
        for seed in range(30)
        for one in measured(invented(100 + seed, candidates=8)).values()
        for each in one.bias
    ]
    assert sum(found) <= 4, "Holm keeps the error of a whole panel at 5 %, and there are thirty panels"


def test_below_the_smallest_number_there_is_nothing_but_the_number(measured: Make) -> None:
    found = measured(invented(1, candidates=2))["i0"]
    for name in ("severity", "spread", "central", "differentiation", "consistency", "correlation", "drift", "before"):
        measure: Measure = getattr(found, name)
        assert measure.too_few
        assert (measure.estimate, measure.interval) == (None, None)
    assert all(each.measure.too_few and not each.beyond_chance for each in found.bias)


def test_one_interviewer_has_nobody_to_be_compared_with(measured: Make) -> None:
    found = measured(invented(1, people=1))["i0"]
    assert found.severity.n == 0
    assert found.bias == ()


def test_ratings_that_are_all_the_same_tell_nothing_and_break_nothing(measured: Make) -> None:
    found = measured(np.full((10, 3, 4), 3.0))["i0"]
    close(found.severity, 0.0, (0.0, 0.0))
    assert found.spread.estimate is None
    assert found.consistency.estimate is None
    assert found.correlation.estimate is None
    assert not any(each.beyond_chance for each in found.bias)


def test_nobody_at_all() -> None:
    assert measure_raters(join_judged([], []), 0, LEVEL) == []
