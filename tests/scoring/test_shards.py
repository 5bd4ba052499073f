"""The mixed model over several shards equals that over one, whoever computes on them."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from hiringkit.scoring.arrays import Codes, Floats, numbered
from hiringkit.scoring.large.ascent import draw_probes
from hiringkit.scoring.large.cells import RatingCells, added, cells_of, collapse, overview
from hiringkit.scoring.large.executors import Executor, InProcess
from hiringkit.scoring.large.reml import DENSE_LEVELS, RemlFit, fit_reml, fit_shards
from hiringkit.scoring.large.shards import shard_of
from hiringkit.scoring.large.solver import ShardedRatings, join_shards, sharded

CANDIDATES, INTERVIEWERS, QUESTIONS = 300, 60, 4
HALO = "candidate:interviewer"


@pytest.fixture(scope="module")
def drawn() -> dict[str, Any]:
    """Draw ratings of all three effects, of which some are missing."""
    rng = np.random.default_rng(5)
    candidate = np.repeat(np.arange(CANDIDATES), 4 * QUESTIONS)
    interviewer = np.repeat(rng.integers(0, INTERVIEWERS, CANDIDATES * 4), QUESTIONS)
    question = np.tile(np.arange(QUESTIONS), CANDIDATES * 4)
    halo = np.repeat(rng.normal(0, 0.4, CANDIDATES * 4), QUESTIONS)
    value = 3 + rng.normal(0, 0.6, CANDIDATES)[candidate] + rng.normal(0, 0.4, INTERVIEWERS)[interviewer] + halo
    value += np.linspace(-0.4, 0.4, QUESTIONS)[question] + rng.normal(0, 0.7, len(value))
    kept = rng.random(len(value)) > 0.1
    columns = {"candidate": candidate, "interviewer": interviewer, "question": question, "value": value}
    return {name: column[kept] for name, column in columns.items()} | {"weight": rng.uniform(0.5, 2, kept.sum())}


def pairs_of(candidate: Codes, interviewer: Codes) -> tuple[Codes, int]:
    return numbered(candidate * INTERVIEWERS + interviewer)


def some_cells(drawn: dict[str, Any], low: int, high: int, *, halo: bool) -> RatingCells:
    """Return the cells of a range of candidates."""
    mine = (drawn["candidate"] >= low) & (drawn["candidate"] < high)
    candidate, interviewer = drawn["candidate"][mine] - low, drawn["interviewer"][mine]
    factors = {"candidate": candidate, "interviewer": interviewer}
    levels = {"candidate": high - low, "interviewer": INTERVIEWERS}
    if halo:
        factors[HALO], levels[HALO] = pairs_of(candidate, interviewer)
    counts: Floats = added(drawn["question"], drawn["weight"], QUESTIONS)
    known = overview(counts, float(drawn["value"] @ drawn["weight"]), len(drawn["value"]))
    columns = drawn["value"][mine], drawn["weight"][mine], drawn["question"][mine]
    return cells_of(*columns, factors, levels, known, HALO if halo else None, "candidate")


def split(drawn: dict[str, Any], executor: Executor, *, halo: bool) -> ShardedRatings:
    """Deal the candidates to three shards."""
    ends = [0, 50, 220, CANDIDATES]
    cells = [some_cells(drawn, low, high, halo=halo) for low, high in pairwise(ends)]
    return join_shards(executor, executor.each(shard_of, cells))


def whole(drawn: dict[str, Any], dense_levels: int, *, halo: bool) -> RemlFit:
    """Fit all ratings at once."""
    factors = {name: drawn[name] for name in ("candidate", "interviewer")}
    if halo:
        factors[HALO], _ = pairs_of(drawn["candidate"], drawn["interviewer"])
    return fit_reml(drawn["value"], drawn["weight"], drawn["question"], factors, seed=3, dense_levels=dense_levels)


@pytest.mark.parametrize("halo", [True, False], ids=["halo", "plain"])
@pytest.mark.parametrize("dense_levels", [DENSE_LEVELS, 0], ids=["dense", "stochastic"])
@pytest.mark.parametrize("executor", [InProcess(), InProcess(2)], ids=["in process", "threads"])
def test_shards_give_the_fit_of_the_whole(
    drawn: dict[str, Any], executor: Executor, dense_levels: int, halo: bool
) -> None:
    one = whole(drawn, dense_levels, halo=halo)
    other = fit_shards(split(drawn, executor, halo=halo), seed=3, dense_levels=dense_levels)
    assert (one.converged, one.iterations, one.method) == (other.converged, other.iterations, other.method)
    assert one.log_likelihood == pytest.approx(other.log_likelihood)
    for name, variance in (one.variances | {"residual": one.residual}).items():
        assert (other.variances | {"residual": other.residual})[name] == pytest.approx(variance, rel=1e-6)
        assert other.standard_errors[name] == pytest.approx(one.standard_errors[name], rel=1e-6)
    np.testing.assert_allclose(other.fixed, one.fixed, rtol=1e-6)
    np.testing.assert_allclose(other.fixed_covariance, one.fixed_covariance, rtol=1e-6)
    for name, effects in one.effects.items():
        np.testing.assert_allclose(other.effects[name], effects, rtol=1e-6, atol=1e-9)
    for name, variances in one.effect_variances.items():
        np.testing.assert_allclose(other.effect_variances[name], variances, rtol=1e-6)


def test_very_many_interviewers_take_no_square_matrix() -> None:
    many, others = 300_000, 280_000  # whose square would take 630 GB
    codes = np.arange(many)
    factors, levels = {"a": codes, "b": codes % others}, {"a": many, "b": others}
    probes = draw_probes(sharded(collapse(np.cos(codes), None, None, factors, levels)), 0, 2)
    assert probes.columns.shape == (others, 2)
