"""Observed scores, worked by hand: at level .5 Student's t with one degree of freedom has the quantile 1."""

import math
from collections.abc import Callable, Mapping

import pytest
from attrs import evolve

from hiringkit.domain.profile import Comparison, Counts, FitProfile, Method, ScaleUsed
from hiringkit.domain.rubric import RubricRef
from hiringkit.errors import UsageProblem
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

ColumnsOf = Callable[..., Ratings]
BlueprintOf = Callable[..., Blueprint]
ONE = plain_blueprint(["q"], 1.0, 5.0, source="option")
TWO = plain_blueprint(["q1", "q2"], 1.0, 5.0, source="option")


def by_id(comparison: Comparison) -> Mapping[str, FitProfile]:
    return {profile.candidate: profile for profile in comparison.profiles}


def codes(comparison: Comparison) -> list[str]:
    return [finding.code for finding in comparison.findings]


@pytest.fixture
def panel(blueprint_of: BlueprintOf, columns_of: ColumnsOf) -> Comparison:
    """Two interviewers, both on both criteria; A weighs three times B and has two questions."""
    blueprint = blueprint_of({"A": 3, "B": 1}, {"a1": {"A": 1}, "a2": {"A": 1}, "b1": {"B": 1}})
    rows = [
        *(("ann", "ida", "a1", 4), ("ann", "ida", "a2", 2), ("ann", "ida", "b1", 5)),
        *(("ann", "joe", "a1", 5), ("ann", "joe", "a2", 5), ("ann", "joe", "b1", 3)),
        *(("ben", "ida", "a1", 2), ("ben", "ida", "b1", 4)),
        *(("ben", "joe", "a1", 2), ("ben", "joe", "a2", 4), ("ben", "joe", "b1", "not-assessed")),
    ]
    return score_observed(columns_of(rows, blueprint), blueprint, level=0.5)


def test_a_criterion_score_is_the_mean_over_interviewers_of_their_means_over_questions(
    panel: Comparison,
) -> None:
    a, b = by_id(panel)["ann"].criteria
    assert (a.criterion, a.score, a.observed, a.ratings) == ("A", 4.0, 4.0, 4)  # ida 3, joe 5
    assert (b.criterion, b.score, b.observed, b.ratings) == ("B", 4.0, 4.0, 2)  # ida 5, joe 3


def test_an_interviewer_who_asked_more_has_no_more_say(panel: Comparison) -> None:
    assert by_id(panel)["ben"].criteria[0].score == 2.5  # ida 2, joe 3; not the mean 8/3 of three ratings


def test_the_overall_score_is_weighted_as_the_criteria_are(panel: Comparison) -> None:
    overall = by_id(panel)["ben"].overall
    assert overall.score == overall.observed == (3 * 2.5 + 1 * 4) / 4
    assert (overall.ratings, overall.interviewers, overall.coverage) == (4, 2, 1.0)


def test_a_criterion_interval_is_students_over_interviewers(panel: Comparison) -> None:
    a, b = by_id(panel)["ann"].criteria
    assert a.interval == pytest.approx((3.0, 5.0))  # 4 +- sd(3, 5) / sqrt(2)
    assert b.interval == pytest.approx((3.0, 5.0))


def test_the_overall_interval_is_students_over_interviewers_where_all_saw_everything(
    panel: Comparison,
) -> None:
    overall = by_id(panel)["ann"].overall  # ida (3 x 3 + 5) / 4 = 3.5, joe (3 x 5 + 3) / 4 = 4.5
    assert overall.score == 4.0
    assert overall.interval == pytest.approx((3.5, 4.5))


def test_what_was_not_assessed_is_counted_and_left_out(panel: Comparison) -> None:
    b = by_id(panel)["ben"].criteria[1]
    assert (b.score, b.ratings, b.not_assessed, b.no_evidence) == (4.0, 1, 1, 0)
    assert b.interval is None
    assert "criterion-one-interviewer" in codes(panel)


def test_a_comparison_says_what_it_is_and_counts_what_there_is(panel: Comparison) -> None:
    assert panel.method is Method.OBSERVED
    assert panel.level == 0.5
    assert panel.model is None
    assert panel.scale == ScaleUsed(1.0, 5.0, "rubric")
    assert panel.counts == Counts(ratings=10, not_assessed=1, no_evidence=0, candidates=2, interviewers=2, questions=3)


def test_at_level_90_three_interviewers_have_the_quantile_of_the_tables(columns_of: ColumnsOf) -> None:
    rows = [("ann", who, "q", value) for who, value in (("ida", 2), ("joe", 3), ("lin", 4))]
    (profile,) = score_observed(columns_of(rows, ONE), ONE).profiles
    half = 2.919986 / math.sqrt(3)  # t(.95; 2) = 2.920
    assert profile.criteria[0].interval == pytest.approx((3 - half, 3 + half), abs=1e-6)
    assert profile.overall.interval == pytest.approx((3 - half, 3 + half), abs=1e-6)


def test_intervals_are_cut_to_the_scale(columns_of: ColumnsOf) -> None:
    (profile,) = score_observed(columns_of([("ann", "ida", "q", 5), ("ann", "joe", "q", 3)], ONE), ONE).profiles
    assert profile.overall.interval == (1.0, 5.0)  # 4 +- 6.31


def test_ratings_weigh_by_loading_times_weight(blueprint_of: BlueprintOf, columns_of: ColumnsOf) -> None:
    blueprint = blueprint_of({"A": 1, "B": 1}, {"q1": {"A": 2, "B": 1}, "q2": {"A": 1}})
    columns = columns_of([("ann", "ida", "q1", 4), ("ann", "ida", "q2", 2)], blueprint, weights=[1, 6])
    (profile,) = score_observed(columns, blueprint).profiles
    assert [c.score for c in profile.criteria] == [(2 * 4 + 6 * 2) / 8, 4.0]
    assert [c.ratings for c in profile.criteria] == [2, 1]
    assert profile.overall.ratings == 2  # q1 bears on both criteria and is one rating


def test_what_is_missing_lowers_coverage_and_not_the_score(blueprint_of: BlueprintOf, columns_of: ColumnsOf) -> None:
    blueprint = blueprint_of({"A": 3, "B": 1}, {"a": {"A": 1}, "b": {"B": 1}})
    (profile,) = score_observed(columns_of([("ann", "ida", "b", 4)], blueprint), blueprint).profiles
    assert profile.overall.score == 4.0
    assert profile.overall.coverage == 0.25
    assert profile.criteria[0].score is None


def test_a_criterion_that_no_question_asks_for_is_never_covered(
    blueprint_of: BlueprintOf, columns_of: ColumnsOf
) -> None:
    blueprint = blueprint_of({"A": 1, "B": 1}, {"a": {"A": 1}, "lost": {}})
    columns = columns_of([("ann", "ida", "a", 4), ("ann", "ida", "lost", 1)], blueprint)
    (profile,) = score_observed(columns, blueprint).profiles
    assert (profile.overall.score, profile.overall.coverage, profile.overall.ratings) == (4.0, 0.5, 1)


def test_no_evidence_is_left_out_or_the_lowest_level_as_the_policy_says(columns_of: ColumnsOf) -> None:
    columns = columns_of([("ann", "ida", "q1", 5), ("ann", "ida", "q2", "no-evidence")], TWO)
    (left_out,) = score_observed(columns, TWO).profiles
    assert (left_out.overall.score, left_out.overall.coverage) == (5.0, 0.5)
    (lowest,) = score_observed(columns, evolve(TWO, no_evidence_lowest=True)).profiles
    assert (lowest.overall.score, lowest.overall.coverage) == (3.0, 1.0)
    assert lowest.criteria[1].score == 1.0
    for profile in (left_out, lowest):
        assert (profile.criteria[1].ratings, profile.criteria[1].no_evidence) == (0, 1)
        assert profile.overall.ratings == 1


def test_a_scale_may_be_negative(columns_of: ColumnsOf) -> None:
    blueprint = plain_blueprint(["q"], -2.0, 2.0, source="option")
    rows = [
        ("ann", "ida", "q", -2),
        ("ann", "joe", "q", -1),
        ("ben", "ida", "q", 0),
        ("ben", "joe", "q", "no-evidence"),
    ]
    comparison = score_observed(columns_of(rows, blueprint), evolve(blueprint, no_evidence_lowest=True), level=0.5)
    ben, ann = comparison.profiles
    assert ann.overall.score == -1.5
    assert ann.overall.interval == pytest.approx((-2.0, -1.0))
    assert ben.overall.score == -1.0
    assert ben.overall.interval == pytest.approx((-2.0, 0.0), abs=1e-9)  # SciPy 1.12 inverts t less exactly


def test_names_are_those_given_and_ids_where_none_is(columns_of: ColumnsOf) -> None:
    reference = RubricRef("crm-lead", "1.0.0", "sha256:0")
    rows = [("ann", "ida", "q", 3), ("ben", "joe", "q", 3)]
    comparison = score_observed(
        columns_of(rows, ONE),
        ONE,
        names={"ann": "Ann Example"},
        interviewer_names={"joe": "Joe Example"},
        rubric=reference,
        criterion_names={"q": "Quality"},
    )
    assert [profile.name for profile in comparison.profiles] == ["Ann Example", "ben"]
    assert [effect.name for effect in comparison.interviewers] == ["ida", "Joe Example"]
    assert comparison.rubric == reference
    assert comparison.criterion_names == {"q": "Quality"}


def test_names_in_findings_are_shown_harmless(columns_of: ColumnsOf) -> None:
    columns = columns_of([("ann", "ida", "q", 3)], ONE)
    comparison = score_observed(columns, ONE, names={"ann": "A\x1b]0;x\x07nn\n"})
    assert not any("\x1b" in finding.message or "\n" in finding.message for finding in comparison.findings)


def test_the_withdrawn_are_flagged_where_the_caller_says_so(columns_of: ColumnsOf) -> None:
    columns = columns_of([("ann", "ida", "q", 3), ("ben", "ida", "q", 3)], ONE)
    comparison = score_observed(columns, ONE, withdrawn={"ben"})
    assert "withdrawn" in by_id(comparison)["ben"].flags
    assert "withdrawn" not in by_id(comparison)["ann"].flags


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, 90, float("nan")])
def test_a_level_is_between_0_and_1(columns_of: ColumnsOf, level: float) -> None:
    with pytest.raises(UsageProblem, match="makes no interval"):
        score_observed(columns_of([], ONE), ONE, level=level)


def test_a_strict_interviewer_pulls_down_those_whom_they_saw(columns_of: ColumnsOf) -> None:
    """Ann is better than ben with either interviewer, and yet ranks behind him: what calibration mends."""
    rows = [
        ("ann", "strict", "q", 3),
        ("ben", "mild", "q", 4),
        ("cat", "strict", "q", 1),
        ("cat", "mild", "q", 3),
    ]
    comparison = score_observed(columns_of(rows, ONE), ONE)
    assert [profile.candidate for profile in comparison.profiles] == ["ben", "ann", "cat"]
    assert [(e.interviewer, e.severity) for e in comparison.interviewers] == [("strict", 2.0), ("mild", -2.0)]
