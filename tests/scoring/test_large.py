"""Scores from the sparse equations against those from the dense ones, on the same ratings."""

import numpy as np
import pytest

from hiringkit.errors import UsageProblem
from hiringkit.scoring.calibrated import score
from hiringkit.scoring.calibrated.fit import Fit, fit_dense
from hiringkit.scoring.calibrated.score import score_calibrated
from hiringkit.scoring.design import choose_effects, read_design
from hiringkit.scoring.large import normal
from hiringkit.scoring.large.scores import fit_large
from hiringkit.scoring.ratings import Blueprint, Ratings


def panel(candidates: int = 40, interviewers: int = 10) -> tuple[Ratings, Blueprint]:
    """Three interviewers each, six questions on three criteria."""
    rng = np.random.default_rng(11)
    pairs = [(c, i) for c in range(candidates) for i in rng.permutation(interviewers)[:3]]
    candidate, interviewer = np.repeat(np.array(pairs), 6, axis=0).T
    question = np.tile(np.arange(6), len(pairs))
    loadings = np.eye(3)[np.arange(6) % 3]
    value = 3 + 0.6 * rng.standard_normal(candidates)[candidate]
    value = value + 0.45 * rng.standard_normal(interviewers)[interviewer]
    value = value + 0.4 * rng.standard_normal((candidates, interviewers))[candidate, interviewer]
    value = value + 0.4 * rng.standard_normal((candidates, 3))[candidate, question % 3]
    value = value + 0.3 * rng.standard_normal((interviewers, 3))[interviewer, question % 3]
    value = value + 0.7 * rng.standard_normal(len(value))
    columns = Ratings(
        candidate,
        interviewer,
        question,
        value,
        np.zeros(len(value), dtype=np.int8),
        np.ones(len(value)),
        [f"c{k}" for k in range(candidates)],
        [f"i{k}" for k in range(interviewers)],
    )
    blueprint = Blueprint(
        list("abc"),
        [f"q{k}" for k in range(6)],
        loadings,
        np.array([2.0, 1.0, 1.0]),
        np.full(3, np.nan),
        np.zeros(3, dtype=bool),
        -5.0,
        11.0,
    )
    return columns, blueprint


@pytest.fixture(scope="module")
def both() -> tuple[Fit, Fit]:
    design = read_design(*panel())
    effects, _ = choose_effects(design, None)
    assert len(effects) == 5
    return fit_large(design, effects, level=0.9, seed=1), fit_dense(design, effects, level=0.9, seed=1)


def test_variances_and_their_intervals_are_the_dense_ones(both: tuple[Fit, Fit]) -> None:
    large, dense = both
    for effect, variance in dense.variances.items():
        assert large.variances[effect].estimate == pytest.approx(variance.estimate, rel=1e-4)
        assert large.variances[effect].interval == pytest.approx(variance.interval, rel=0.1)


def test_scores_and_severities_are_the_dense_ones(both: tuple[Fit, Fit]) -> None:
    large, dense = both
    assert large.score == pytest.approx(dense.score, abs=1e-4)
    assert large.severity == pytest.approx(dense.severity, abs=1e-4)
    assert large.mean == pytest.approx(dense.mean, abs=1e-4)
    assert large.fitted == pytest.approx(dense.fitted, abs=1e-3)


def test_intervals_of_scores_are_the_dense_ones_within_four_hundredths(both: tuple[Fit, Fit]) -> None:
    large, dense = both
    ratio = np.diff(large.interval, axis=-1) / np.diff(dense.interval, axis=-1)
    assert ratio == pytest.approx(1.0, abs=0.04)


def test_intervals_of_severities_are_the_dense_ones_within_five_hundredths(both: tuple[Fit, Fit]) -> None:
    large, dense = both
    ratio = np.diff(large.severity_interval, axis=-1) / np.diff(dense.severity_interval, axis=-1)
    assert ratio == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(
    "effects",
    [
        ("candidate",),
        ("candidate", "candidate:criterion"),
        ("candidate", "interviewer", "candidate:interviewer"),
        ("candidate", "interviewer", "interviewer:criterion"),
    ],
)
def test_any_choice_of_effects_has_intervals_within_four_hundredths_of_the_dense_ones(effects: tuple[str, ...]) -> None:
    design = read_design(*panel())
    large = fit_large(design, effects, level=0.9, seed=1)
    dense = fit_dense(design, effects, level=0.9, seed=1)
    assert np.diff(large.interval) / np.diff(dense.interval) == pytest.approx(1.0, abs=0.04)


def test_many_ratings_are_fitted_by_reml_and_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "PANEL_RATINGS", 100)
    comparison = score_calibrated(*panel(), prior="vague")
    assert comparison.model is not None
    assert comparison.model.estimator == "reml"
    assert "prior-unused" in [finding.code for finding in comparison.findings]
    assert comparison.model.converged
    assert [one.rank.position for one in comparison.profiles] == list(range(1, 41))
    assert sum(one.rank.p_best or 0.0 for one in comparison.profiles) == pytest.approx(1)


def test_many_ratings_are_not_integrated_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "PANEL_RATINGS", 100)
    with pytest.raises(UsageProblem, match="too many ratings"):
        score_calibrated(*panel(), estimator="posterior")


@pytest.mark.parametrize("effects", [("candidate", "interviewer", "question"), ("candidate", "criterion")])
def test_random_questions_and_criteria_are_the_dense_ones(effects: tuple[str, ...]) -> None:
    design = read_design(*panel())
    large = fit_large(design, effects, level=0.9, seed=1)
    dense = fit_dense(design, effects, level=0.9, seed=1)
    assert large.mean == pytest.approx(dense.mean, abs=1e-3)
    assert large.score == pytest.approx(dense.score, abs=1e-3)
    assert large.fitted == pytest.approx(dense.fitted, abs=1e-3)


def test_more_candidates_than_can_be_drawn_are_ranked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "PANEL_RATINGS", 100)
    drawn = score_calibrated(*panel())
    monkeypatch.setattr(normal, "DRAWN", 10)
    worked_out = score_calibrated(*panel())
    for one, other in zip(drawn.profiles, worked_out.profiles, strict=True):
        assert one.candidate == other.candidate
        assert one.rank.p_best == pytest.approx(other.rank.p_best, abs=0.02)
        assert one.rank.interval == pytest.approx(other.rank.interval, abs=3)
        assert other.rank.not_separable_from == ()
