"""Calibrated comparisons, from columns of ratings to what a reader sees."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Severity
from hiringkit.domain.profile import Comparison, FitProfile, Method, Recommendation
from hiringkit.errors import UsageProblem
from hiringkit.scoring import messages
from hiringkit.scoring.calibrated import score
from hiringkit.scoring.calibrated.score import score_calibrated
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

Make = Callable[..., Any]
STRICT = Path(__file__).parents[1] / "data" / "strict-interviewer.csv"


def order(comparison: Comparison) -> list[str]:
    return [profile.candidate for profile in comparison.profiles]


def codes(comparison: Comparison) -> list[str]:
    return [finding.code for finding in comparison.findings]


def profile(comparison: Comparison, candidate: str) -> FitProfile:
    return next(found for found in comparison.profiles if found.candidate == candidate)


@pytest.mark.slow
def test_a_strict_interviewer_no_longer_decides_who_comes_first(
    strict: tuple[Ratings, Blueprint],
) -> None:
    """The truth is the order of the names."""
    assert order(score_observed(*strict))[0] == "clara"
    comparison = score_calibrated(*strict)
    assert order(comparison) == ["amber", "boris", "clara", "dmitri", "elena", "farid"]
    severities = {each.interviewer: each.severity for each in comparison.interviewers}
    assert severities["stella"] == pytest.approx(0.91, abs=0.02)
    assert sum(value or 0.0 for value in severities.values()) == pytest.approx(0)


@pytest.mark.slow
def test_the_change_of_order_is_explained_in_one_sentence(strict: tuple[Ratings, Blueprint]) -> None:
    names = {"boris": "Boris B.", "clara": "Clara C."}
    comparison = score_calibrated(*strict, names=names, interviewer_names={"stella": "Stella S."})
    told = next(finding for finding in comparison.findings if finding.code == "order-changed")
    assert told.severity is Severity.INFO
    assert told.message == (
        '"Boris B." stands before "Clara C." although the mean of the ratings is lower (3.40 against 3.67): '
        '"Stella S.", who rates 0.91 points lower than the panel, saw "Boris B." and not "Clara C."'
    )


@pytest.mark.slow
def test_plain_means_stand_beside_calibrated_scores(strict: tuple[Ratings, Blueprint]) -> None:
    observed, calibrated = score_observed(*strict), score_calibrated(*strict)
    for one in calibrated.profiles:
        other = profile(observed, one.candidate)
        assert one.overall.observed == other.overall.score
        assert [c.observed for c in one.criteria] == [c.score for c in other.criteria]
        assert (one.overall.ratings, one.overall.interviewers) == (15, 3)


@pytest.mark.slow
def test_the_model_says_what_it_is(strict: tuple[Ratings, Blueprint]) -> None:
    comparison = score_calibrated(*strict, seed=7)
    model = comparison.model
    assert comparison.method is Method.CALIBRATED
    assert model is not None
    assert model.estimator == "posterior"
    assert list(model.variances) == [*model.effects, "residual"]
    assert model.converged
    assert model.connected
    assert model.details["prior"] == "interview"
    assert model.details["seed"] == 7
    ratios = model.details["prior_ratios"]
    assert isinstance(ratios, dict)
    assert ratios["candidate"].startswith("log ratio about log 1, scale 0.6; normal below, t with 4 df above; beside")
    for variance in model.variances.values():
        assert variance.interval is not None
        assert variance.estimate is not None
        assert variance.interval[0] < variance.estimate < variance.interval[1]


@pytest.mark.slow
def test_probabilities_add_up_and_ranks_hold_their_positions(strict: tuple[Ratings, Blueprint]) -> None:
    comparison = score_calibrated(*strict)
    ranks = [one.rank for one in comparison.profiles]
    assert sum(rank.p_best or 0.0 for rank in ranks) == pytest.approx(1)
    assert [rank.position for rank in ranks] == [1, 2, 3, 4, 5, 6]
    assert all(r.interval and r.position and r.interval[0] <= r.position <= r.interval[1] for r in ranks)
    assert "farid" not in profile(comparison, "amber").rank.not_separable_from
    assert "boris" in profile(comparison, "amber").rank.not_separable_from


@pytest.mark.slow
def test_the_overall_score_is_the_weighted_mean_of_criterion_scores(
    strict: tuple[Ratings, Blueprint],
) -> None:
    columns, blueprint = strict
    weights = np.array([3.0, 1.0, 1.0, 2.0, 5.0])
    comparison = score_calibrated(columns, evolve(blueprint, weights=weights))
    for one in comparison.profiles:
        scores = np.array([c.score for c in one.criteria], dtype=float)
        # on a criterion a score stays among the ratings that bear on it; what that takes off stays in the overall one
        assert one.overall.score == pytest.approx(np.average(scores, weights=weights), abs=0.03)


@pytest.mark.slow
def test_intervals_are_wider_at_a_higher_level(strict: tuple[Ratings, Blueprint]) -> None:
    def width(level: float) -> float:
        interval = score_calibrated(*strict, level=level).profiles[0].overall.interval
        assert interval is not None
        return interval[1] - interval[0]

    assert width(0.5) < width(0.8) < width(0.95)


@pytest.mark.slow
def test_of_many_candidates_it_is_known_how_far_ahead_the_first_is(
    monkeypatch: pytest.MonkeyPatch, strict: Any
) -> None:
    few = score_calibrated(*strict)
    monkeypatch.setattr(score, "TOLD", 3)
    many = score_calibrated(*strict)
    assert many.profiles[0].rank == few.profiles[0].rank
    assert set(many.profiles[0].rank.ahead_of) == {"boris", "clara", "dmitri", "elena", "farid"}
    assert not any(each.rank.ahead_of for each in many.profiles[1:])


@pytest.mark.slow
def test_the_same_seed_gives_the_same_comparison(strict: tuple[Ratings, Blueprint]) -> None:
    assert score_calibrated(*strict, seed=3) == score_calibrated(*strict, seed=3)


@pytest.mark.slow
def test_another_prior_and_reml_can_be_asked_for(strict: tuple[Ratings, Blueprint]) -> None:
    vague, reml = score_calibrated(*strict, prior="vague"), score_calibrated(*strict, estimator="reml")
    assert vague.model is not None
    assert vague.model.details["alternative_prior"] == "interview"
    assert reml.model is not None
    assert reml.model.estimator == "reml"
    assert order(vague) == order(reml) == order(score_calibrated(*strict))


@pytest.mark.slow
def test_the_pull_of_the_prior_is_stated(strict: tuple[Ratings, Blueprint]) -> None:
    model = score_calibrated(*strict).model
    assert model is not None
    moved = model.details["prior_moves_score"]
    assert isinstance(moved, float)
    assert 0 < moved < 0.2
    assert model.details["prior_moves_rank"] == 0


@pytest.mark.slow
def test_everything_that_joint_draws_say_is_in_the_details(strict: tuple[Ratings, Blueprint]) -> None:
    model = score_calibrated(*strict).model
    assert model is not None
    regret, top, above = (model.details[name] for name in ("expected_regret", "p_top", "p_above"))
    assert isinstance(regret, dict)
    assert isinstance(top, dict)
    assert isinstance(above, dict)
    assert list(regret) == ["amber", "boris", "clara", "dmitri", "elena", "farid"]
    assert regret["amber"] == min(regret.values())
    assert top["amber"][0] == pytest.approx(0.66, abs=0.02)
    assert top["amber"] == sorted(top["amber"])
    assert top["farid"][-1] == pytest.approx(1)
    assert above["amber"]["farid"] > 0.99
    assert above["amber"]["boris"] + above["boris"]["amber"] == pytest.approx(1)


@pytest.mark.parametrize("options", [{"level": 0.0}, {"level": 1.0}, {"prior": "x"}, {"estimator": "x"}])
def test_options_that_make_no_sense_are_usage_problems(
    options: dict[str, Any], strict: tuple[Ratings, Blueprint]
) -> None:
    with pytest.raises(UsageProblem):
        score_calibrated(*strict, **options)


def test_scores_are_cut_to_the_scale_for_display(columns_of: Make) -> None:
    blueprint = plain_blueprint(["p", "q"], 1, 5, source="option")
    low = {"a": 5.0, "b": 5.0, "c": 1.0, "d": 1.0}
    given = [(c, i, q, min(5.0, low[c] + (c > "b") * (i == "x"))) for c in "abcd" for i in "xyz" for q in "pq"]
    comparison = score_calibrated(columns_of(given, blueprint), blueprint)
    for one in comparison.profiles:
        for value in (one.overall.score, *(one.overall.interval or ())):
            assert value is not None
            assert 1.0 <= value <= 5.0


@pytest.mark.slow
def test_bars_gates_and_recommendations_use_the_scores_adjusted_for_severity(
    strict: tuple[Ratings, Blueprint],
) -> None:
    columns, blueprint = strict
    ruled = evolve(
        blueprint,
        bars=np.array([3.0, np.nan, np.nan, np.nan, np.nan]),
        required=np.array([True, False, False, False, False]),
        recommend=(("yes", 3.5), ("no", 2.5)),
    )
    comparison = score_calibrated(columns, ruled)
    best, last = profile(comparison, "amber"), profile(comparison, "farid")
    assert best.gates[0].passed
    assert best.recommendation.policy == "yes"
    assert last.criteria[0].below_bar
    assert "gate-failed" in last.flags
    assert last.recommendation == Recommendation()


@pytest.mark.slow
def test_random_questions_are_drawn_towards_their_mean(strict: tuple[Ratings, Blueprint]) -> None:
    def spread(*effects: str) -> float:
        first = score_calibrated(*strict, effects=["candidate", "interviewer", *effects]).profiles[0]
        return float(np.std([c.score or 0.0 for c in first.criteria]))

    assert 0 < spread("question") < spread()
    assert 0 < spread("criterion") < spread()


@pytest.mark.slow
def test_the_effects_asked_for_are_the_ones_fitted(strict: tuple[Ratings, Blueprint]) -> None:
    comparison = score_calibrated(*strict, effects=["interviewer", "candidate", "question:candidate"])
    assert comparison.model is not None
    assert comparison.model.effects == ("candidate", "interviewer", "candidate:question")


@pytest.mark.slow
def test_an_answer_that_leans_on_the_prior_is_told(
    strict: tuple[Ratings, Blueprint], monkeypatch: pytest.MonkeyPatch
) -> None:
    """This one moves by 0.05 points beside a half-interval of 0.6: no word unless a hundredth is too much."""
    assert "prior-sensitive" not in codes(score_calibrated(*strict))
    monkeypatch.setattr(messages, "SENSITIVE", 0.01)
    comparison = score_calibrated(*strict)
    assert comparison.model is not None
    moved = comparison.model.details["prior_moves_score"]
    assert isinstance(moved, float)
    told = next(finding for finding in comparison.findings if finding.code == "prior-sensitive")
    assert told.message.endswith(f"under the vague prior an overall score moves by {moved:.2f} points")


@pytest.mark.slow
def test_thin_coverage_and_open_gates_are_told(strict: tuple[Ratings, Blueprint]) -> None:
    columns, blueprint = strict
    clara = columns.candidates.index("clara")
    first = list(blueprint.questions).index("forecasting")
    fewer = columns.take((columns.candidate != clara) | (columns.question != first))
    ruled = evolve(
        blueprint,
        minimum_coverage=0.9,
        bars=np.array([3.0, np.nan, np.nan, np.nan, np.nan]),
        required=np.array([True, False, False, False, False]),
    )
    found = {f.code: f.message for f in score_calibrated(fewer, ruled).findings}
    assert found[Code.COVERAGE_LOW] == 'less than 90 % of the criterion weight is rated: "clara"'
    assert found[Code.GATE_UNRATED].endswith(': "clara"')


@pytest.mark.slow
def test_a_lenient_interviewer_explains_a_change_of_order_too(columns_of: Make) -> None:
    """Only b and d met the lenient z, who adds a point and a half."""
    blueprint = plain_blueprint(list("pqr"), 1, 5, source="option")
    level = {"a": 3.4, "b": 3.0, "c": 2.6, "d": 2.2, "e": 2.0}
    met = {"a": "xy", "b": "xz", "c": "xy", "d": "yz", "e": "xy"}
    given = [
        (c, i, q, float(np.rint(level[c] + 1.6 * (i == "z") + 0.3 * ((k + j) % 3 - 1))))
        for j, c in enumerate(level)
        for i in met[c]
        for k, q in enumerate("pqr")
    ]
    comparison = score_calibrated(columns_of(given, blueprint), blueprint)
    told = next(finding for finding in comparison.findings if finding.code == "order-changed")
    assert '"z", who rates' in told.message
    assert "points higher than the panel, saw" in told.message
