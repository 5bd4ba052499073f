"""Restricted maximum likelihood: published numbers, the textbook's dense model, and laws that must hold."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.large.reml import fit_reml


def unravelled(codes: Codes) -> Codes:
    """Number codes anew, without gaps."""
    return np.unique(codes, return_inverse=True)[1]


@frozen(eq=False)
class Textbook:
    """The mixed model by the inverse of V, as in Searle, Casella and McCulloch (1992), chapters 6 and 7."""

    score: Floats
    information: Floats
    log_likelihood: float
    fixed: Floats
    fixed_covariance: Floats
    effects: dict[str, Floats]
    effect_variances: dict[str, Floats]


@frozen(eq=False)
class Sample:
    """Simulated ratings of a crossed design."""

    value: Floats
    weight: Floats
    question: Codes
    factors: dict[str, Codes]


def textbook(sample: Sample, factors: Mapping[str, Codes], variances: Mapping[str, float]) -> Textbook:
    """Compute everything at these variances (`residual` among them) by dense n x n matrices."""
    value, weight, n = sample.value, sample.weight, len(sample.value)
    x = np.eye(int(sample.question.max()) + 1)[sample.question]
    z = {name: np.eye(int(codes.max()) + 1)[codes] for name, codes in factors.items()}
    parts = {**{name: matrix @ matrix.T for name, matrix in z.items()}, "residual": np.diag(1.0 / weight)}
    v = sum((variances[name] * part for name, part in parts.items()), start=np.zeros((n, n)))
    inverse = np.linalg.inv(v)
    covariance = np.linalg.inv(x.T @ inverse @ x)
    p = inverse - inverse @ x @ covariance @ x.T @ inverse
    py = p @ value
    score = [0.5 * float(py @ part @ py - np.trace(p @ part)) for part in parts.values()]
    information = [[0.5 * float(py @ a @ p @ b @ py) for b in parts.values()] for a in parts.values()]
    determinants = np.linalg.slogdet(v)[1] - np.linalg.slogdet(covariance)[1]
    freedom = n - x.shape[1]
    return Textbook(
        score=np.array(score),
        information=np.array(information),
        log_likelihood=-0.5 * float(freedom * np.log(2 * np.pi) + determinants + value @ py),
        fixed=covariance @ x.T @ inverse @ value,
        fixed_covariance=np.asarray(covariance, dtype=np.float64),
        effects={name: variances[name] * (matrix.T @ py) for name, matrix in z.items()},
        effect_variances={
            name: variances[name] - variances[name] ** 2 * np.einsum("ij,ik,kj->j", matrix, p, matrix)
            for name, matrix in z.items()
        },
    )


def crossed(
    seed: int,
    *,
    candidates: int = 10,
    interviewers: int = 4,
    questions: int = 3,
    seen_by: int = 3,
    halo: float = 0.4,
) -> Sample:
    """Simulate candidates, each seen by some interviewers who ask most of the questions; weights vary."""
    rng = np.random.default_rng(seed)
    who = np.array([rng.choice(interviewers, seen_by, replace=False) for _ in range(candidates)])
    candidate = np.repeat(np.arange(candidates), seen_by * questions)
    interviewer = np.repeat(who.ravel(), questions)
    question = np.tile(np.arange(questions), candidates * seen_by)
    pair = np.repeat(np.arange(candidates * seen_by), questions)
    value = 3.0 + rng.normal(0, 0.7, candidates)[candidate] + rng.normal(0, 0.5, interviewers)[interviewer]
    value += rng.normal(0, halo, candidates * seen_by)[pair] + 0.3 * question
    value += rng.normal(0, 0.8, len(value))
    kept = rng.random(len(value)) < 0.85
    factors = {"candidate": candidate, "interviewer": interviewer, "candidate:interviewer": pair}
    return Sample(
        value[kept],
        rng.uniform(0.5, 2.0, int(kept.sum())),
        question[kept],
        {name: codes[kept] for name, codes in factors.items()},
    )


class TestTextbook:
    @pytest.mark.parametrize("dense_levels", [1000, -1], ids=["dense", "stochastic"])
    @pytest.mark.parametrize(
        "chosen",
        [
            ["candidate"],
            ["candidate", "interviewer"],
            ["candidate", "interviewer", "candidate:interviewer"],
            ["candidate", "candidate:question", "interviewer"],
            ["candidate", "interviewer", "candidate:question", "candidate:interviewer"],
        ],
        ids="+".join,
    )
    @given(seed=st.integers(0, 10_000))
    @settings(max_examples=6, deadline=None)
    def test_everything_equals_the_dense_model(
        self,
        chosen: list[str],
        dense_levels: int,
        seed: int,
    ) -> None:
        sample = crossed(seed)
        pairs = unravelled(sample.factors["candidate"] * 3 + sample.question)
        factors = {name: {**sample.factors, "candidate:question": pairs}[name] for name in chosen}
        fit = fit_reml(sample.value, sample.weight, sample.question, factors, tolerance=1e-9, dense_levels=dense_levels)
        held = {name: max(value, 1e-12) for name, value in fit.variances.items()} | {"residual": fit.residual}
        known = textbook(sample, factors, held)
        assert fit.converged
        free = np.array([name not in fit.boundary for name in held])
        if dense_levels >= 0:
            step = np.linalg.solve(known.information[np.ix_(free, free)], known.score[free])
            assert np.abs(step).max() < 1e-6
            assert (known.score[~free] < 1e-6).all()
            assert fit.log_likelihood == pytest.approx(known.log_likelihood, abs=1e-6)
        np.testing.assert_allclose(fit.fixed, known.fixed, atol=1e-6)
        np.testing.assert_allclose(fit.fixed_covariance, known.fixed_covariance, atol=1e-6)
        for name in fit.effects:
            np.testing.assert_allclose(fit.effects[name], known.effects[name], atol=1e-6)
        for name, variances in fit.effect_variances.items():
            slack = 1e-6 if dense_levels >= 0 else 8.0 * fit.effect_variance_error * variances.max() + 1e-6
            np.testing.assert_allclose(variances, known.effect_variances[name], atol=slack)
        errors = np.array([fit.standard_errors[name] for name in held])[free]
        inverse = np.linalg.inv(known.information[np.ix_(free, free)])
        np.testing.assert_allclose(errors, np.sqrt(inverse.diagonal()), rtol=1e-5)

    def test_the_first_effect_and_the_interviewers_have_prediction_error_variances(self) -> None:
        sample = crossed(1)
        fit = fit_reml(sample.value, None, sample.question, sample.factors)
        assert set(fit.effect_variances) == {"candidate", "interviewer"}
        assert set(fit.effects) == {"candidate", "interviewer", "candidate:interviewer"}


class TestLaws:
    @pytest.mark.slow
    @given(seed=st.integers(0, 10_000), other=st.integers(0, 10_000))
    @settings(max_examples=8, deadline=None)
    def test_the_order_of_ratings_and_the_numbering_of_people_do_not_matter(self, seed: int, other: int) -> None:
        sample, rng = crossed(seed), np.random.default_rng(other)
        order, names = rng.permutation(len(sample.value)), rng.permutation(10)
        factors = {name: codes[order] for name, codes in sample.factors.items()}
        factors["candidate"] = names[factors["candidate"]]
        one = fit_reml(sample.value, None, sample.question, sample.factors, tolerance=1e-9)
        two = fit_reml(sample.value[order], None, sample.question[order], factors, tolerance=1e-9)
        assert two.variances == pytest.approx(one.variances, abs=1e-7)
        np.testing.assert_allclose(two.effects["candidate"][names], one.effects["candidate"], atol=1e-6)

    @pytest.mark.slow
    @given(
        seed=st.integers(0, 10_000),
        shift=st.floats(-100, 100, allow_nan=False),
        scale=st.floats(0.1, 20, allow_nan=False),
    )
    @settings(max_examples=8, deadline=None)
    def test_shift_and_scale_of_the_ratings_carry_over(self, seed: int, shift: float, scale: float) -> None:
        sample = crossed(seed)
        one = fit_reml(sample.value, None, sample.question, sample.factors, tolerance=1e-9)
        two = fit_reml(shift + scale * sample.value, None, sample.question, sample.factors, tolerance=1e-9)
        assert two.residual == pytest.approx(scale**2 * one.residual, rel=1e-5)
        np.testing.assert_allclose(two.fixed, shift + scale * one.fixed, atol=1e-5 * scale)
        np.testing.assert_allclose(two.effects["interviewer"], scale * one.effects["interviewer"], atol=1e-5 * scale)

    def test_weights_divide_the_residual_variance(self) -> None:
        sample = crossed(3)
        one = fit_reml(sample.value, sample.weight, sample.question, sample.factors, tolerance=1e-9)
        two = fit_reml(sample.value, 4.0 * sample.weight, sample.question, sample.factors, tolerance=1e-9)
        assert two.residual == pytest.approx(4.0 * one.residual, rel=1e-6)
        assert two.variances == pytest.approx(one.variances, abs=1e-6)

    def test_someone_without_ratings_changes_nothing_and_gets_the_whole_variance(self) -> None:
        sample = crossed(4)
        factors = {name: sample.factors[name] for name in ("candidate", "interviewer")}
        one = fit_reml(sample.value, None, sample.question, factors, tolerance=1e-9)
        two = fit_reml(sample.value, None, sample.question, factors, levels={"candidate": 12}, tolerance=1e-9)
        assert two.variances == pytest.approx(one.variances, abs=1e-7)
        assert two.effects["candidate"][10:].tolist() == [0.0, 0.0]
        np.testing.assert_allclose(two.effect_variances["candidate"][10:], two.variances["candidate"], rtol=1e-9)
        assert two.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-8)

    def test_a_gap_in_the_numbering_is_someone_without_ratings(self) -> None:
        sample = crossed(5)
        factors = {"candidate": sample.factors["candidate"], "interviewer": 2 * sample.factors["interviewer"]}
        fit = fit_reml(sample.value, None, None, factors)
        assert len(fit.effects["interviewer"]) == 7
        assert fit.effects["interviewer"][[1, 3, 5]].tolist() == [0.0, 0.0, 0.0]

    def test_a_question_without_ratings_has_no_number(self) -> None:
        sample = crossed(6)
        fit = fit_reml(sample.value, None, 2 * sample.question, sample.factors)
        assert np.isnan(fit.fixed).tolist() == [False, True, False, True, False]
        assert np.isnan(fit.fixed_covariance[1]).all()

    def test_the_mean_weighs_the_questions_by_their_ratings(self) -> None:
        sample = crossed(7)
        fit = fit_reml(sample.value, sample.weight, sample.question, sample.factors)
        share = np.bincount(sample.question, sample.weight) / sample.weight.sum()
        assert fit.mean == pytest.approx(float(share @ fit.fixed))
        assert fit.mean_variance == pytest.approx(float(share @ fit.fixed_covariance @ share))

    def test_a_climb_cut_short_says_so(self) -> None:
        sample = crossed(13)
        fit = fit_reml(sample.value, sample.weight, sample.question, sample.factors, max_iterations=1)
        assert not fit.converged
        assert fit.iterations == 1


class TestStochastic:
    @pytest.fixture(name="sample")
    def sample_fixture(self) -> Any:
        rng = np.random.default_rng(8)
        candidate = np.repeat(np.arange(1500), 4 * 3)
        interviewer = np.repeat(rng.integers(0, 300, 1500 * 4), 3)
        pair = np.repeat(np.arange(6000), 3)
        value = 3.0 + rng.normal(0, 0.6, 1500)[candidate] + rng.normal(0, 0.45, 300)[interviewer]
        value += rng.normal(0, 0.4, 6000)[pair] + rng.normal(0, 0.77, len(candidate))
        factors = {"candidate": candidate, "interviewer": interviewer, "candidate:interviewer": pair}
        return value, np.tile(np.arange(3), 6000), factors

    @pytest.mark.parametrize("effects", [2, 3])
    def test_it_is_within_a_twentieth_of_a_standard_error_of_the_exact_fit(self, sample: Any, effects: int) -> None:
        value, question, factors = sample
        chosen = dict(list(factors.items())[:effects])
        exact = fit_reml(value, None, question, chosen)
        found = fit_reml(value, None, question, chosen, dense_levels=0)
        assert (exact.method, found.method) == ("dense", "stochastic")
        assert found.converged
        for name, variance in exact.variances.items():
            assert abs(found.variances[name] - variance) < 0.05 * exact.standard_errors[name]
            assert found.standard_errors[name] == pytest.approx(exact.standard_errors[name], rel=0.01)
        for name, effect in exact.effects.items():
            np.testing.assert_allclose(found.effects[name], effect, atol=2e-3)

    def test_its_prediction_error_variances_are_as_exact_as_it_says(self, sample: Any) -> None:
        value, question, factors = sample
        exact = fit_reml(value, None, question, factors)
        found = fit_reml(value, None, question, factors, dense_levels=0)
        assert 0.0 < found.effect_variance_error < 0.03
        assert exact.effect_variance_error == 0.0
        for name, variances in exact.effect_variances.items():
            ratio = found.effect_variances[name] / variances
            assert np.sqrt(np.mean((ratio - 1.0) ** 2)) < 2.0 * found.effect_variance_error
            assert ratio.mean() == pytest.approx(1.0, abs=0.01)

    def test_the_same_seed_gives_the_same_numbers_and_another_seed_almost(self, sample: Any) -> None:
        value, question, factors = sample
        one, same, other = (fit_reml(value, None, question, factors, seed=seed, dense_levels=0) for seed in (1, 1, 2))
        assert one.variances == same.variances
        assert one.effects["candidate"].tolist() == same.effects["candidate"].tolist()
        assert one.effect_variances["candidate"].tolist() == same.effect_variances["candidate"].tolist()
        assert one.variances != other.variances
        for name, chance in one.chance_errors.items():
            if name != "residual":
                assert abs(one.variances[name] - other.variances[name]) < 12.0 * chance + 1e-9

    def test_teams_that_never_mix_are_seen_as_less_certain(self) -> None:
        rng = np.random.default_rng(9)
        candidate = np.repeat(np.arange(900), 3)
        interviewer = (candidate // 30) * 3 + np.tile(np.arange(3), 900)
        value = rng.normal(0, 0.6, 900)[candidate] + rng.normal(0, 0.5, 90)[interviewer]
        value += rng.normal(0, 0.5, len(candidate))
        factors = {"candidate": candidate, "interviewer": interviewer}
        exact = fit_reml(value, None, None, factors)
        found = fit_reml(value, None, None, factors, dense_levels=0)
        error = found.effect_variances["candidate"] / exact.effect_variances["candidate"] - 1.0
        assert np.sqrt(np.mean(error**2)) < 2.0 * found.effect_variance_error
        assert abs(error.mean()) < 0.05
