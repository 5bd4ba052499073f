"""Calibrated scores where something is missing: joins, interviewers, criteria, spread."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hiringkit.domain.profile import Comparison, FitProfile
from hiringkit.scoring.calibrated.score import score_calibrated
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

Make = Callable[..., Any]


def order(comparison: Comparison) -> list[str]:
    return [profile.candidate for profile in comparison.profiles]


def codes(comparison: Comparison) -> list[str]:
    return [finding.code for finding in comparison.findings]


def profile(comparison: Comparison, candidate: str) -> FitProfile:
    return next(found for found in comparison.profiles if found.candidate == candidate)


def grid(pairs: list[tuple[str, str]], questions: str, seed: int) -> list[Any]:
    rng = np.random.default_rng(seed)
    return [(c, i, q, float(rng.integers(2, 5))) for c, i in pairs for q in questions]


APART = [(c, i) for c in "ab" for i in "wx"] + [(c, i) for c in "de" for i in "yz"]


@pytest.mark.slow
def test_groups_without_a_common_interviewer_are_not_ranked_against_each_other(columns_of: Make) -> None:
    blueprint = plain_blueprint(list("pqr"), 1, 5, source="option")
    comparison = score_calibrated(columns_of(grid(APART, "pqr", 1), blueprint), blueprint)
    assert comparison.model is not None
    assert not comparison.model.connected
    for one in comparison.profiles:
        assert one.overall.score is not None
        assert (one.rank.position, one.rank.interval, one.rank.p_best) == (None, None, None)
    assert set(order(comparison)[:2]) == {"a", "b"}
    assert {"d", "e"} <= set(profile(comparison, "a").rank.not_separable_from)
    told = next(finding for finding in comparison.findings if finding.code == "disconnected")
    assert told.message.startswith('no interviewer joins "a", "b" and "d", "e", so severity cannot be told')
    assert told.hint == 'if "w" also saw "d", they could be compared'


@pytest.mark.slow
def test_of_many_groups_the_first_are_named_and_the_others_counted(columns_of: Make) -> None:
    blueprint = plain_blueprint(list("pqr"), 1, 5, source="option")
    pairs = [(f"{c}{group}", f"{i}{group}") for group in range(9) for c in "ab" for i in "wx"]
    comparison = score_calibrated(columns_of(grid(pairs, "pqr", 1), blueprint), blueprint)
    told = [finding.message for finding in comparison.findings if finding.code == "disconnected"]
    assert len(told) == 6
    assert told[-1] == "3 more groups of candidates are joined to the others by no interviewer either"


@pytest.mark.slow
def test_the_hinted_interview_mends_it(columns_of: Make) -> None:
    blueprint = plain_blueprint(list("pqr"), 1, 5, source="option")
    mended = [*grid(APART, "pqr", 1), ("d", "w", "p", 3.0)]
    comparison = score_calibrated(columns_of(mended, blueprint), blueprint)
    assert "disconnected" not in codes(comparison)
    assert all(one.rank.position is not None for one in comparison.profiles)


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("a", "x")], "one-candidate"),
        ([("a", "x"), ("b", "x")], "one-interviewer"),
        ([("a", "x"), ("b", "y")], "one-interviewer-each"),
    ],
)
def test_what_the_data_cannot_carry_is_none_and_said(pairs: list[tuple[str, str]], code: str, columns_of: Make) -> None:
    blueprint = plain_blueprint(list("pqr"), 1, 5, source="option")
    comparison = score_calibrated(columns_of(grid(pairs, "pqr", 2), blueprint), blueprint)
    assert codes(comparison)[0] == code
    assert comparison.model is None
    for one in comparison.profiles:
        assert (one.overall.score, one.overall.interval, one.rank.position) == (None, None, None)
        assert one.overall.observed is not None
    assert all(each.severity is None for each in comparison.interviewers)


def test_two_by_two_with_one_question_has_scores_with_wide_intervals_that_lean_on_the_prior(
    columns_of: Make,
) -> None:
    blueprint = plain_blueprint(["p"], 1, 5, source="option")
    given = [("a", "x", "p", 4.0), ("a", "y", "p", 3.0), ("b", "x", "p", 2.0), ("b", "y", "p", 2.0)]
    comparison = score_calibrated(columns_of(given, blueprint), blueprint)
    interval = comparison.profiles[0].overall.interval
    assert interval is not None
    assert interval[1] - interval[0] > 1.5
    assert profile(comparison, "a").rank.not_separable_from == ("b",)


def test_all_missing_gives_no_scores(columns_of: Make) -> None:
    blueprint = plain_blueprint(["p"], 1, 5, source="option")
    given = [("a", "x", "p", "not-assessed"), ("b", "y", "p", "no-evidence")]
    comparison = score_calibrated(columns_of(given, blueprint), blueprint)
    assert codes(comparison) == ["no-ratings", "no-score"]
    assert [one.overall.score for one in comparison.profiles] == [None, None]


@pytest.mark.slow
def test_an_unrated_criterion_has_no_score_but_is_predicted_in_the_overall_one(
    strict: tuple[Ratings, Blueprint],
) -> None:
    """Clara is asked nothing on reporting; the others are."""
    columns, blueprint = strict
    clara, reporting = columns.candidates.index("clara"), list(blueprint.questions).index("reporting")
    fewer = columns.take(~((columns.candidate == clara) & (columns.question == reporting)))
    comparison = score_calibrated(fewer, blueprint)
    found = profile(comparison, "clara")
    assert [c.score is None for c in found.criteria] == [False, False, False, False, True]
    assert found.overall.coverage == pytest.approx(0.8)
    assert "criterion-predicted" in codes(comparison)
    full = profile(score_calibrated(columns, blueprint), "clara").overall
    assert full.interval is not None
    assert found.overall.interval is not None
    assert np.ptp(found.overall.interval) > np.ptp(full.interval)


@pytest.mark.slow
def test_nobody_gains_by_being_asked_easy_questions_only(columns_of: Make) -> None:
    """Two equal candidates; one is not asked the question on which everybody is two points weaker."""
    blueprint = plain_blueprint(["easy", "hard"], 1, 5, source="option")
    given = [
        (c, i, q, level + (c == "top") * 0.5 - (c == "low") * 0.5)
        for c in ("top", "one", "two", "low")
        for i in "xyz"
        for q, level in (("easy", 4.0), ("hard", 2.0))
        if (c, q) != ("two", "hard")
    ]
    comparison = score_calibrated(columns_of(given, blueprint), blueprint)
    one, two = (profile(comparison, c).overall for c in ("one", "two"))
    assert (one.observed, two.observed) == (3.0, 4.0)
    assert one.score is not None
    assert two.score == pytest.approx(one.score, abs=0.1)


@pytest.mark.slow
def test_perfect_agreement_is_not_certainty(columns_of: Make) -> None:
    """All three interviewers give the same ratings; rounding alone leaves √(1/12) = 0.29 points each."""
    blueprint = plain_blueprint(["p", "q"], 1, 5, source="option")
    level = {"a": 4.0, "b": 3.0, "c": 3.0, "d": 2.0}
    given = [(c, i, q, level[c]) for c in level for i in "xyz" for q in "pq"]
    comparison = score_calibrated(columns_of(given, blueprint), blueprint)
    assert "agreement-to-the-digit" in codes(comparison)
    interval = profile(comparison, "a").overall.interval
    assert interval is not None
    assert 0.3 < interval[1] - interval[0] < 1.5
    assert order(comparison) == ["a", "b", "c", "d"]
    assert profile(comparison, "a").rank.not_separable_from == ()


def test_ratings_heaped_on_the_highest_level_are_told(columns_of: Make) -> None:
    blueprint = plain_blueprint(["p", "q"], 1, 5, source="option")
    given = [
        (c, i, q, 5.0 if k % 5 else 4.0 - k % 3)
        for k, (c, i, q) in enumerate((c, i, q) for c in "abcd" for i in "xyz" for q in "pq")
    ]
    comparison = score_calibrated(columns_of(given, blueprint), blueprint)
    told = next(finding for finding in comparison.findings if finding.code == "ceiling")
    assert told.message.startswith("79 % of ratings are the highest level")
