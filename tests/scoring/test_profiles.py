"""Gates, flags, recommendations and places: what the rubric's policy makes of scores."""

from collections.abc import Callable

import numpy as np
import pytest
from attrs import evolve

from hiringkit.domain.profile import FitProfile, Gate
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.profiles import known, positions
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

ColumnsOf = Callable[..., Ratings]

POLICY = evolve(
    plain_blueprint(["crm", "sql"], 1.0, 5.0, source="rubric"),
    bars=np.array([3.0, 2.0]),
    required=np.array([True, False]),
    minimum_coverage=0.8,
    recommend=(("strong-yes", 4.25), ("yes", 3.5), ("no", 2.5)),
)


def profile_of(columns_of: ColumnsOf, blueprint: Blueprint, **ratings: float) -> FitProfile:
    rows = [("ann", who, question, value) for who in ("ida", "joe") for question, value in ratings.items()]
    (profile,) = score_observed(columns_of(rows, blueprint), blueprint).profiles
    return profile


@pytest.mark.parametrize(
    ("crm", "passed"), [(3.0, True), (2.9999, False), (3.0 - 1e-12, True), (5.0, True), (1.0, False)]
)
def test_a_gate_is_passed_at_its_bar(columns_of: ColumnsOf, crm: float, passed: bool) -> None:
    profile = profile_of(columns_of, POLICY, crm=crm, sql=4.0)
    assert profile.gates == (Gate("crm", passed),)
    assert profile.criteria[0].below_bar is not passed
    assert ("gate-failed" in profile.flags) is not passed


def test_only_required_criteria_with_a_bar_are_gates(columns_of: ColumnsOf) -> None:
    barless = evolve(POLICY, bars=np.array([np.nan, 2.0]))
    profile = profile_of(columns_of, barless, crm=4.0, sql=1.0)
    assert profile.gates == ()
    assert [row.below_bar for row in profile.criteria] == [None, True]


def test_a_failed_gate_withholds_the_recommendation(columns_of: ColumnsOf) -> None:
    profile = profile_of(columns_of, POLICY, crm=2.0, sql=5.0)
    assert (profile.overall.score, profile.recommendation) == (3.5, "")
    assert profile.flags == ("gate-failed",)


def test_a_gate_without_a_score_is_neither_passed_nor_failed_and_withholds_it_too(
    columns_of: ColumnsOf,
) -> None:
    profile = profile_of(columns_of, evolve(POLICY, minimum_coverage=0.5), sql=5.0)
    assert profile.gates == (Gate("crm", None),)
    assert profile.flags == ("gate-unrated",)
    assert profile.recommendation == ""


def test_too_little_coverage_withholds_the_recommendation(columns_of: ColumnsOf) -> None:
    profile = profile_of(columns_of, POLICY, crm=5.0)
    assert (profile.overall.score, profile.overall.coverage) == (5.0, 0.5)
    assert profile.flags == ("coverage-low",)
    assert profile.recommendation == ""


def test_coverage_that_just_reaches_the_minimum_is_enough(columns_of: ColumnsOf) -> None:
    weighted = evolve(POLICY, weights=np.array([0.8, 0.2]))
    assert profile_of(columns_of, weighted, crm=5.0).recommendation == "strong-yes"


@pytest.mark.parametrize(
    ("score", "word"),
    [
        *((5.0, "strong-yes"), (4.25, "strong-yes"), (4.2499, "yes"), (3.5, "yes"), (3.5 - 1e-12, "yes")),
        *((3.4999, "no"), (3.0, "no")),
    ],
)
def test_a_score_is_recommended_as_the_policy_says(columns_of: ColumnsOf, score: float, word: str) -> None:
    assert profile_of(columns_of, POLICY, crm=score, sql=score).recommendation == word


def test_below_the_last_word_it_is_a_strong_no(columns_of: ColumnsOf) -> None:
    open_gate = evolve(POLICY, required=np.array([False, False]))
    assert profile_of(columns_of, open_gate, crm=1.0, sql=1.0).recommendation == "strong-no"


def test_without_a_policy_there_is_no_recommendation(columns_of: ColumnsOf) -> None:
    assert profile_of(columns_of, evolve(POLICY, recommend=()), crm=5.0, sql=5.0).recommendation == ""


def test_ties_share_the_better_position_and_stand_as_they_were_given() -> None:
    position, order = positions(np.array([3.0, 4.0, np.nan, 4.0 + 1e-10, 5.0, 3.0 - 1e-8]))
    assert position.tolist() == [4, 2, 0, 2, 1, 5]
    assert order.tolist() == [4, 1, 3, 0, 5, 2]


def test_nobody_and_nobody_with_a_score_have_no_position() -> None:
    assert positions(np.array([]))[0].tolist() == []
    assert positions(np.array([np.nan, np.nan]))[0].tolist() == [0, 0]
    assert positions(np.array([np.nan, np.nan]))[1].tolist() == [0, 1]


def test_what_is_not_known_is_none() -> None:
    assert known(np.array([[1.5, np.nan]])) == [[1.5, None]]
