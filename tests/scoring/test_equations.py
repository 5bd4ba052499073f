"""The mixed-model equations against a textbook implementation that inverts the whole covariance matrix."""

from collections.abc import Callable

import numpy as np
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated.model import (
    Blocks,
    Contrasts,
    ModelRows,
    build_blocks,
    fitted,
    log_likelihood,
    moments,
    solve,
)

EVERY_EFFECT = (
    "candidate",
    "interviewer",
    "candidate:interviewer",
    "candidate:question",
    "candidate:criterion",
    "interviewer:question",
    "interviewer:criterion",
)
Level = tuple[str, tuple[int, ...]]
seeds = st.integers(0, 2**32 - 1)
few = settings(max_examples=25, deadline=None)


@frozen(eq=False)
class Dense:
    """Henderson's predictions by the covariance matrix V of all ratings: Searle et al. 1992, ch. 7."""

    levels: list[Level]
    """Effect and level of each random column; a fixed column is ("", (question,))."""
    solution: Floats
    covariance: Floats
    """Of the errors of prediction, residual variance 1."""
    residual: float
    log_likelihood: float
    fitted: Floats

    def weights(self, wanted: dict[Level, float]) -> Floats:
        return np.array([wanted.get(level, 0.0) for level in self.levels])


def design_columns(rows: ModelRows, effects: tuple[str, ...]) -> tuple[list[Level], Floats]:
    levels: dict[Level, Floats] = {}
    n = len(rows)
    codes = {"candidate": rows.candidate, "interviewer": rows.interviewer, "question": rows.question}
    for row in range(n):
        for effect in effects:
            factors = effect.split(":")
            base = tuple(int(codes[f][row]) for f in factors if f != "criterion")
            shares = rows.shares[rows.question[row]] if "criterion" in factors else [1.0]
            for k, share in enumerate(shares):
                level = (*base, k) if "criterion" in factors else base
                levels.setdefault((effect, level), np.zeros(n))[row] = share
    return list(levels), np.column_stack(list(levels.values()))


def dense(rows: ModelRows, ratios: dict[str, float]) -> Dense:
    n, questions = len(rows), len(rows.shares)
    fixed = np.zeros((n, questions))
    fixed[np.arange(n), rows.question] = 1.0
    levels, random = design_columns(rows, tuple(ratios))
    squares = np.array([ratios[effect] ** 2 for effect, _ in levels])
    covariance = np.diag(1 / rows.weight) + (random * squares) @ random.T
    inverse = np.linalg.inv(covariance)
    information = fixed.T @ inverse @ fixed
    generalized = np.linalg.inv(information)
    beta = generalized @ fixed.T @ inverse @ rows.value
    left = rows.value - fixed @ beta
    pull = squares[:, None] * random.T @ inverse
    projected = pull @ (random * squares)
    cross = pull @ fixed
    errors = np.diag(squares) - projected + cross @ generalized @ cross.T
    residual = float(left @ inverse @ left)
    logs = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1]
    return Dense(
        [("", (q,)) for q in range(questions)] + levels,
        np.concatenate([beta, pull @ left]),
        np.block([[generalized, -generalized @ cross.T], [-cross @ generalized, errors]]),
        residual,
        float(-0.5 * (logs + (n - questions) * np.log(residual))),
        fixed @ beta + random @ pull @ left,
    )


def random_rows(seed: int) -> ModelRows:
    """A small panel with weights, and questions that bear on several criteria; most are unbalanced."""
    rng = np.random.default_rng(seed)
    whole = rng.random() < 0.3
    n, i, q, c = (int(rng.integers(low, high)) for low, high in ((2, 5), (2, 5), (1, 5), (1, 4)))
    cells = [(a, b, k) for a in range(n) for b in range(i) for k in range(q) if whole or rng.random() < 0.8]
    cells += [(a, a % i, a % q) for a in range(n)] + [(b % n, b, b % q) for b in range(i)]
    cells += [(k % n, k % i, k) for k in range(q)]
    found = np.array(sorted(set(cells)))
    shares = rng.choice([0.0, 1.0, 2.0], (q, c)) + np.eye(q, c) + (np.arange(c) == 0) * 0.5
    return ModelRows(
        found[:, 0],
        found[:, 1],
        found[:, 2],
        rng.normal(3.0, 1.0, len(found)),
        rng.choice([1.0, 0.5, 2.0], q)[found[:, 2]] if whole else rng.choice([1.0, 0.5, 2.0], len(found)),
        n,
        i,
        shares / shares.sum(axis=1, keepdims=True),
    )


def random_model(seed: int) -> tuple[ModelRows, dict[str, float]]:
    rng = np.random.default_rng(seed)
    rows = random_rows(seed)
    keep = rng.random(len(EVERY_EFFECT)) < 0.5
    keep[0] = True
    return rows, {e: float(rng.uniform(0.1, 1.5)) for e, k in zip(EVERY_EFFECT, keep, strict=True) if k}


def ordered(effects: tuple[str, ...], ratios: dict[str, float]) -> Floats:
    return np.array([[ratios[effect] for effect in effects]])


@few
@given(seeds)
def test_fitted_ratings_and_residual_are_those_of_the_dense_solution(seed: int) -> None:
    rows, ratios = random_model(seed)
    blocks = build_blocks(rows, tuple(ratios))
    if blocks.freedom < 1:
        return
    expected = dense(rows, ratios)
    solved = solve(blocks, ordered(blocks.effects, ratios))
    assert fitted(blocks, rows.candidate, solved.inner[0], solved.outer[0]) == pytest.approx(expected.fitted, abs=1e-6)
    assert solved.residual[0] == pytest.approx(expected.residual, abs=1e-6)


@few
@given(seeds)
def test_the_restricted_likelihood_differs_from_the_dense_one_by_nothing_that_depends_on_ratios(
    seed: int,
) -> None:
    rows, ratios = random_model(seed)
    blocks = build_blocks(rows, tuple(ratios))
    if blocks.freedom < 2:
        return
    others = {effect: ratio * 0.6 + 0.1 for effect, ratio in ratios.items()}
    both = np.vstack([ordered(blocks.effects, each) for each in (ratios, others)])
    ours = log_likelihood(blocks, both)
    theirs = [dense(rows, each).log_likelihood for each in (ratios, others)]
    assert ours[1] - ours[0] == pytest.approx(theirs[1] - theirs[0], abs=1e-6)


@few
@given(seeds)
def test_scores_and_their_variances_are_the_dense_ones_covariances_and_fixed_effects_included(
    seed: int,
) -> None:
    rows, ratios = random_model(seed)
    blocks = build_blocks(rows, tuple(ratios))
    if blocks.freedom < 1:
        return
    expected, questions = dense(rows, ratios), len(rows.shares)
    found = moments(solve(blocks, ordered(blocks.effects, ratios)), level_and_candidate(blocks))
    for candidate in range(rows.candidates):
        wanted: dict[Level, float] = {("", (q,)): 1 / questions for q in range(questions)}
        weights = expected.weights({**wanted, ("candidate", (candidate,)): 1.0})
        assert found.own_mean[0, candidate, 0] + blocks.center == pytest.approx(weights @ expected.solution, abs=1e-6)
        assert found.own_variance[0, candidate, 0] == pytest.approx(weights @ expected.covariance @ weights, abs=1e-6)


def level_and_candidate(blocks: Blocks) -> Contrasts:
    n, m, r = blocks.inner_outer.shape
    inner, outer = np.zeros((1, m)), np.zeros((1, r))
    inner[:, 0] = 1.0
    outer[:, : blocks.fixed] = 1 / blocks.fixed
    return Contrasts(n, inner, outer, np.zeros((0, r)))


@few
@given(seeds)
def test_one_rating_of_double_weight_is_two_equal_ratings(seed: int) -> None:
    rows, ratios = random_model(seed)
    both = np.tile(np.arange(len(rows)), 2)
    twice = ModelRows(
        rows.candidate[both],
        rows.interviewer[both],
        rows.question[both],
        rows.value[both],
        rows.weight[both] / 2,
        rows.candidates,
        rows.interviewers,
        rows.shares,
    )
    one, two = build_blocks(rows, tuple(ratios)), build_blocks(twice, tuple(ratios))
    at = ordered(one.effects, ratios)
    assert solve(one, at).inner == pytest.approx(solve(two, at).inner, abs=1e-9)
    assert solve(one, at).outer == pytest.approx(solve(two, at).outer, abs=1e-9)
    assert solve(one, at).residual == pytest.approx(solve(two, at).residual, abs=1e-8)


def test_a_ratio_of_zero_takes_the_effect_out(full_rows: Callable[[], ModelRows]) -> None:
    rows = full_rows()
    blocks = build_blocks(rows, ("candidate", "interviewer"))
    solved = solve(blocks, np.array([[0.0, 0.0]]))
    assert solved.inner == pytest.approx(0.0)
    assert solved.outer[0, 0] + blocks.center == pytest.approx(rows.value.mean())


def test_candidates_who_were_asked_the_same_by_the_same_are_one_kind(full_rows: Callable[[], ModelRows]) -> None:
    rows = full_rows()
    effects = ("candidate", "interviewer", "candidate:interviewer")
    assert build_blocks(rows, effects).alike.many.tolist() == [4]
    rows.weight[0] = 2.0
    alike = build_blocks(rows, effects).alike
    assert alike.kind.tolist() == [0, 1, 1, 1]
    assert alike.first.tolist() == [0, 1]


def test_in_a_complete_panel_merit_is_the_shrunk_deviation_of_the_mean(
    full_rows: Callable[[], ModelRows],
) -> None:
    """With ρ² = σ²c/σ²e and i interviewers the predictor is i ρ² / (i ρ² + 1) times the mean's deviation."""
    rows = full_rows()
    blocks = build_blocks(rows, ("candidate", "interviewer"))
    solved = solve(blocks, np.array([[0.8, 0.5]]))
    means = np.array([rows.value[rows.candidate == c].mean() for c in range(4)])
    shrink = 3 * 0.64 / (3 * 0.64 + 1)
    assert solved.inner[0, :, 0] == pytest.approx(shrink * (means - means.mean()))


@pytest.fixture
def full_rows() -> Callable[[], ModelRows]:
    """Four candidates by three interviewers, one question."""

    def make() -> ModelRows:
        candidate, interviewer = (a.ravel() for a in np.meshgrid(np.arange(4), np.arange(3), indexing="ij"))
        value = np.array([4, 5, 3, 3, 4, 2, 2, 3, 3, 5, 5, 4], dtype=float)
        question = np.zeros(12, dtype=np.int64)
        return ModelRows(candidate, interviewer, question, value, np.ones(12), 4, 3, np.ones((1, 1)))

    return make
