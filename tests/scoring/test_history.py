"""A panel of three borrows what other openings tell of each interviewer, and nothing else."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from attrs import evolve

from hiringkit.domain.codes import Code
from hiringkit.domain.profile import Comparison, InterviewerEffect
from hiringkit.scoring.calibrated import history as module
from hiringkit.scoring.calibrated.fit import score_contrasts
from hiringkit.scoring.calibrated.history import (
    PastOpening,
    carries_with,
    gather_history,
    tell_all,
    with_told,
    within_reach,
)
from hiringkit.scoring.calibrated.model import build_blocks, moments, solve
from hiringkit.scoring.calibrated.score import score_calibrated
from hiringkit.scoring.design import read_design
from hiringkit.scoring.effects import DEFAULT_EFFECTS
from hiringkit.scoring.ratings import Ratings, plain_blueprint

SEVERITY = {"ann": 0.8, "ben": -0.2, "cat": -0.6, "dan": 0.0, "eve": 0.3}


def opening(
    name: str, panel: Sequence[str], *, seed: int, candidates: int = 8, each: int = 3, shift: float = 0.0
) -> PastOpening:
    """Simulate ratings on three questions, each candidate seen by some of the panel."""
    rng = np.random.default_rng(seed)
    merit = rng.normal(shift, 0.6, candidates)
    rows = [
        (i, j, q, np.clip(np.rint(3.2 + merit[i] - SEVERITY[panel[j]] + halo + rng.normal(0, 0.7)), 1, 5))
        for i in range(candidates)
        for j in rng.choice(len(panel), each, replace=False)
        for halo in [rng.normal(0, 0.3)]
        for q in range(3)
    ]
    table = np.array(rows)
    who, by, what = table[:, :3].astype(np.int64).T
    n = len(rows)
    columns = Ratings(
        who, by, what, table[:, 3], np.zeros(n, np.int8), np.ones(n), [f"{name}-{i}" for i in range(candidates)], panel
    )
    return PastOpening(name, columns, plain_blueprint([f"q{q}" for q in range(3)], 1, 5, source="option"))


NOW = opening("now", ("ann", "ben", "cat"), seed=3, candidates=5, each=2)
PAST = [
    opening("spring", ("ann", "ben", "cat", "dan"), seed=4, shift=-0.8),
    opening("summer", ("ben", "ann", "eve", "cat"), seed=5),
]


def score(openings: Sequence[PastOpening] | None, now: PastOpening = NOW) -> Comparison:
    return score_calibrated(now.columns, now.blueprint, history=openings)


def codes(comparison: Comparison) -> list[str]:
    return [finding.code for finding in comparison.findings]


def severities(comparison: Comparison) -> dict[str, float]:
    return {each.interviewer: each.severity or 0.0 for each in comparison.interviewers}


def width(comparison: Comparison) -> float:
    return sum(high - low for low, high in map(ends, comparison.interviewers))


def ends(effect: InterviewerEffect) -> tuple[float, float]:
    low, high = effect.interval or (0.0, 0.0)
    return low or 0.0, high or 0.0


@pytest.fixture(scope="module")
def alone() -> Comparison:
    return score(None)


@pytest.fixture(scope="module")
def borrowing() -> Comparison:
    return score(PAST)


@pytest.mark.slow
def test_severities_come_nearer_to_the_truth_over_many_panels() -> None:
    """Twelve simulated panels at a fixed seed; the other opening's candidates are weaker by a point."""
    errors: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(12):
        now = opening("now", ("ann", "ben", "cat"), seed=seed, candidates=4, each=2)
        past = [opening("past", ("ann", "ben", "cat", "dan"), seed=100 + seed, shift=-1.0)]
        for with_history in (True, False):
            columns, plan = now.columns, now.blueprint
            effects = ["candidate", "interviewer"]
            found = score_calibrated(columns, plan, effects=effects, history=past if with_history else None)
            truth = {who: SEVERITY[who] for who in columns.interviewers}
            errors[with_history] += [severities(found)[who] - truth[who] for who in truth]
    root = {kind: float(np.sqrt(np.mean(np.square(values)))) for kind, values in errors.items()}
    assert root[True] < 0.75 * root[False]


@pytest.mark.slow
def test_intervals_of_severity_are_shorter(alone: Comparison, borrowing: Comparison) -> None:
    assert width(borrowing) < 0.8 * width(alone)


def test_only_this_opening_comes_out(alone: Comparison, borrowing: Comparison) -> None:
    assert borrowing.counts == alone.counts
    assert sorted(p.candidate for p in borrowing.profiles) == sorted(NOW.columns.candidates)
    assert {c.criterion for p in borrowing.profiles for c in p.criteria} == {"q0", "q1", "q2"}
    assert sum(p.rank.p_best or 0.0 for p in borrowing.profiles) == pytest.approx(1)
    assert sum(severities(borrowing).values()) == pytest.approx(0)
    assert [e.ratings for e in borrowing.interviewers] == [e.ratings for e in alone.interviewers]
    assert [p.overall.observed for p in borrowing.profiles] == [
        next(q for q in alone.profiles if q.candidate == p.candidate).overall.observed for p in borrowing.profiles
    ]
    assert "spring-" not in repr(borrowing)
    assert "dan" not in repr(borrowing)


def test_the_result_says_how_much_it_borrowed(alone: Comparison, borrowing: Comparison) -> None:
    told = next(finding for finding in borrowing.findings if finding.code == "history-used")
    assert "(openings: 2, candidates: 16, ratings: 144)" in told.message
    assert borrowing.model is not None
    used = borrowing.model.details["history"]
    assert isinstance(used, Mapping)
    assert set(used["openings"]) == {"spring", "summer"}
    for with_it, without in zip(borrowing.interviewers, alone.interviewers, strict=True):
        row = used["interviewers"][with_it.interviewer]
        assert (row["severity"], tuple(row["interval"])) == (with_it.severity, with_it.interval)
        assert (row["severity_without"], tuple(row["interval_without"])) == (without.severity, without.interval)
    assert sum(row["ratings"] for row in used["interviewers"].values()) < 144


def test_an_opening_of_strangers_changes_nothing_and_is_not_borrowed(alone: Comparison) -> None:
    comparison = score([opening("far", ("dan", "eve"), seed=6, each=2)])
    assert comparison.findings[0].code == "history-none"
    assert comparison.profiles == alone.profiles
    assert comparison.interviewers == alone.interviewers


@pytest.mark.slow
def test_it_changes_nothing_beside_others_either(borrowing: Comparison) -> None:
    far = evolve(PAST[0], id="far", columns=evolve(PAST[0].columns, interviewers=("p", "q", "r", "s")))
    assert score([far, *PAST]) == borrowing


@pytest.mark.slow
def test_the_order_of_openings_does_not_matter(borrowing: Comparison) -> None:
    turned = score(PAST[::-1])
    for one, other in zip(turned.profiles, borrowing.profiles, strict=True):
        assert one.candidate == other.candidate
        assert one.overall.score == pytest.approx(other.overall.score, abs=0.01)


def test_reach_goes_on_through_interviewers() -> None:
    openings = [("c", {"z", "w"}), ("a", {"x", "y"}), ("b", {"y", "z"}), ("d", {"v"})]
    assert within_reach({"x"}, openings) == ("a", "b", "c")


@pytest.mark.slow
def test_one_interviewer_for_each_candidate_is_enough_where_severities_are_known() -> None:
    """Nobody met the same two; history alone tells strict from lenient."""
    now = opening("now", ("ann", "cat"), seed=8, candidates=6, each=1)
    assert score(None, now).model is None
    assert carries_with(now.columns, now.blueprint, PAST)[0]
    comparison = score(PAST, now)
    assert comparison.model is not None
    assert comparison.model.connected
    assert severities(comparison)["ann"] > severities(comparison)["cat"]
    told = next(finding for finding in comparison.findings if finding.code == "history-used")
    assert "without them there would be no calibrated score" in told.message


@pytest.mark.slow
def test_one_candidate_gets_a_score_but_nobody_without_ratings_does() -> None:
    now = opening("now", ("ann", "ben"), seed=8, candidates=1, each=2)
    assert score(PAST, now).profiles[0].overall.score is not None
    empty = evolve(now, columns=now.columns.take(np.zeros(len(now.columns), dtype=bool)))
    comparison = score(PAST, empty)
    assert comparison.model is None
    assert codes(comparison)[0] == "no-ratings"
    assert "history-none" in codes(comparison)


def test_another_scale_is_not_mixed_in(alone: Comparison) -> None:
    other = evolve(PAST[0], blueprint=evolve(PAST[0].blueprint, high=10.0))
    comparison = score([other])
    assert codes(comparison)[:2] == ["history-none", "history-other-scale"]
    assert comparison.profiles == alone.profiles


@pytest.mark.slow
def test_what_would_make_the_model_too_large_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IN_ALL", 110)
    comparison = score(PAST)
    told = {finding.code: finding.message for finding in comparison.findings}
    assert "openings: 1" in told[Code.HISTORY_USED]
    assert '"summer"' in told[Code.HISTORY_CAPPED]


def test_what_other_openings_tell_at_given_ratios_is_what_one_model_of_all_ratings_tells() -> None:
    """Elimination opening by opening is exact: every mean and variance of scores and severities, and the residual."""
    openings = [*PAST, opening("autumn", ("dan", "eve"), seed=9, each=2)]
    own = read_design(NOW.columns, NOW.blueprint)
    joined = gather_history(NOW.columns, NOW.blueprint, own, openings).design
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "RATINGS_AT_MOST", 80)
        apart = gather_history(NOW.columns, NOW.blueprint, own, openings).apart
    assert len(apart) == 3
    ratios = np.array([0.8, 0.6, 0.5, 0.4, 0.3])
    others = [build_blocks(each.rows, DEFAULT_EFFECTS) for each in apart]
    told = tell_all(list(zip(others, apart, strict=True)), ratios, 3)
    whole = build_blocks(joined.rows, DEFAULT_EFFECTS)
    alone = with_told(build_blocks(own.rows, DEFAULT_EFFECTS), told)
    assert (whole.effects, whole.freedom) == (alone.effects, alone.freedom)
    one, two = (solve(blocks, ratios[None]) for blocks in (whole, alone))
    assert two.residual == pytest.approx(one.residual)
    first, second = moments(one, score_contrasts(joined, whole)), moments(two, score_contrasts(own, alone))
    assert second.own_mean + alone.center == pytest.approx(first.own_mean + whole.center)
    assert second.own_variance == pytest.approx(first.own_variance)
    assert second.border_mean[:, 1:] == pytest.approx(first.border_mean[:, 1:])
    assert second.border_variance == pytest.approx(first.border_variance)


@pytest.mark.slow
def test_openings_too_many_for_one_model_are_fitted_each_by_itself(
    monkeypatch: pytest.MonkeyPatch, borrowing: Comparison, alone: Comparison
) -> None:
    monkeypatch.setattr(module, "RATINGS_AT_MOST", 80)
    comparison = score(PAST)
    assert comparison.model is not None
    told = comparison.model.details["history"]
    assert isinstance(told, dict)
    assert (told["openings"], told["ratings"], told["one_model"]) == (["spring", "summer"], 144, False)
    assert "history-capped" not in codes(comparison)
    assert comparison.model.converged
    assert width(comparison) == pytest.approx(width(borrowing), rel=0.1)
    assert width(comparison) < 0.85 * width(alone)
    for who, severity in severities(borrowing).items():
        assert severities(comparison)[who] == pytest.approx(severity, abs=0.05)
    for one, other in zip(comparison.profiles, borrowing.profiles, strict=True):
        assert one.candidate == other.candidate
        assert one.overall.score == pytest.approx(other.overall.score, abs=0.05)


def test_an_opening_too_large_to_be_integrated_over_borrows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RATINGS_AT_MOST", 20)
    assert codes(score(PAST))[:2] == ["history-none", "history-capped"]


def test_reml_can_borrow_too() -> None:
    comparison = score_calibrated(NOW.columns, NOW.blueprint, history=PAST, estimator="reml")
    assert comparison.model is not None
    assert comparison.model.estimator == "reml"
    assert "history-used" in codes(comparison)
