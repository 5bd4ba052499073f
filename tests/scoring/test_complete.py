"""Strata of complete interviews, against the dense equations of the whole model on the same ratings."""

import numpy as np
import pytest
from attrs import evolve

from hiringkit.scoring.arrays import find_groups
from hiringkit.scoring.calibrated.fit import Fit, fit_dense
from hiringkit.scoring.calibrated.model import ModelRows
from hiringkit.scoring.design import Design
from hiringkit.scoring.effects import DEFAULT_EFFECTS
from hiringkit.scoring.large.scores import fit_complete, fit_large
from hiringkit.scoring.large.strata import contrasts, find_interviews

SHAPES = {"one question a criterion": (4, 4), "two": (6, 3), "one criterion less": (3, 3)}


def design(questions: int, criteria: int, *, seed: int = 3) -> Design:
    """Five of twelve interviewers for each of forty candidates, the rows in no order."""
    rng = np.random.default_rng(seed)
    pairs = np.array([(c, i) for c in range(40) for i in rng.permutation(12)[:5]])
    candidate, interviewer = pairs.T
    of = np.arange(questions) % criteria
    value = 3 + 0.6 * rng.standard_normal(40)[candidate] + 0.45 * rng.standard_normal(12)[interviewer]
    value = (value + 0.4 * rng.standard_normal(len(pairs)))[:, None] + np.linspace(-0.3, 0.3, questions)
    value += 0.4 * rng.standard_normal((40, criteria))[candidate][:, of]
    value += 0.3 * rng.standard_normal((12, criteria))[interviewer][:, of]
    value += 0.7 * rng.standard_normal(value.shape)
    order = rng.permutation(value.size)
    rows = ModelRows(
        np.repeat(candidate, questions)[order],
        np.repeat(interviewer, questions)[order],
        np.tile(np.arange(questions), len(pairs))[order],
        value.ravel()[order],
        np.ones(value.size),
        40,
        12,
        np.eye(criteria)[of],
    )
    loadings = rows.shares * np.arange(1, questions + 1)[:, None]  # questions of a criterion need not weigh the same
    weights = np.arange(1.0, criteria + 1)
    groups = find_groups(rows.candidate, rows.interviewer, 40, 12)
    levels = loadings / loadings.sum(axis=0)
    return Design(rows, np.arange(40), np.arange(12), np.arange(criteria), levels, weights / weights.sum(), groups)


def fitted(found: Design, effects: tuple[str, ...]) -> Fit:
    fit = fit_complete(found, effects, level=0.9, seed=1)
    assert fit is not None
    return fit


@pytest.mark.parametrize("effects", [DEFAULT_EFFECTS, DEFAULT_EFFECTS[:4]], ids=["five effects", "four"])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_strata_are_the_whole_model(shape: tuple[int, int], effects: tuple[str, ...]) -> None:
    found = design(*shape)
    split, whole = fitted(found, effects), fit_dense(found, effects, level=0.9, seed=1)
    assert split.score == pytest.approx(whole.score, abs=1e-5)
    assert split.interval == pytest.approx(whole.interval, abs=1e-5)
    assert split.severity == pytest.approx(whole.severity, abs=1e-5)
    assert split.severity_interval == pytest.approx(whole.severity_interval, abs=1e-5)
    assert split.fitted == pytest.approx(whole.fitted, abs=1e-5)
    assert split.mean == pytest.approx(whole.mean, abs=1e-5)
    for effect, variance in whole.variances.items():
        assert split.variances[effect].estimate == pytest.approx(variance.estimate, abs=1e-5)
        assert split.variances[effect].interval == pytest.approx(variance.interval, rel=0.05)


def test_it_says_by_what_it_was_fitted() -> None:
    found = design(4, 4)
    assert fit_large(found, DEFAULT_EFFECTS, level=0.9, seed=1).details["method"] == "strata, dense"


@pytest.mark.parametrize(
    "effects",
    [
        DEFAULT_EFFECTS[:3],
        ("candidate", "interviewer", "candidate:criterion"),
        ("candidate", "candidate:interviewer", "candidate:criterion", "interviewer:criterion"),
        (*DEFAULT_EFFECTS, "question"),
    ],
)
def test_other_effects_do_not_fall_apart(effects: tuple[str, ...]) -> None:
    assert fit_complete(design(4, 4), effects, level=0.9, seed=1) is None


def test_one_rating_missing_or_of_another_weight_and_nothing_falls_apart() -> None:
    rows = design(4, 4).rows
    kept = np.arange(len(rows)) > 0
    short = evolve(
        rows,
        candidate=rows.candidate[kept],
        interviewer=rows.interviewer[kept],
        question=rows.question[kept],
        value=rows.value[kept],
        weight=rows.weight[kept],
    )
    assert find_interviews(rows) is not None
    assert find_interviews(short) is None
    assert find_interviews(evolve(rows, weight=np.linspace(0.5, 1.5, len(rows)))) is None


def test_a_variance_that_would_be_negative_is_left_to_the_whole_model() -> None:
    found = design(4, 4)
    rows = found.rows
    by_criterion = np.where(np.arange(4) % 2 == 0, 2.0, -2.0)[rows.question] * (-1.0) ** rows.candidate
    other = evolve(found, rows=evolve(rows, value=by_criterion + 0.1 * rows.value % 1))
    assert fit_complete(other, DEFAULT_EFFECTS, level=0.9, seed=1) is None
    assert fit_large(other, DEFAULT_EFFECTS, level=0.9, seed=1).details["method"] == "dense"


def test_contrasts_are_of_length_one_and_at_right_angles() -> None:
    found = contrasts(5)
    assert found @ found.T == pytest.approx(np.eye(5), abs=1e-12)
    assert found[0] == pytest.approx(5**-0.5)
