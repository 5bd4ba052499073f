"""Ranks, probabilities and separations from joint draws."""

import numpy as np
import pytest

from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated import ranking as module
from hiringkit.scoring.calibrated.ranking import best_set, rank_draws
from hiringkit.scoring.large.normal import rank_many

FOUR_DRAWS = np.array([[3.0, 2.0, 1.0], [3.0, 2.0, 1.0], [2.0, 3.0, 1.0], [1.5, 1.0, 2.0]])


def normal_draws(mean: list[float], deviation: float, count: int = 40_000) -> Floats:
    rng = np.random.default_rng(8)
    return np.array(mean) + deviation * rng.standard_normal((count, len(mean)))


def test_four_draws_counted_by_hand() -> None:
    ranking = rank_draws(FOUR_DRAWS, 0.9)
    assert ranking.p_best.tolist() == [0.5, 0.25, 0.25]
    assert ranking.p_above.tolist() == [[0, 0.75, 0.75], [0.25, 0, 0.75], [0.25, 0.25, 0]]
    assert ranking.p_rank.tolist() == [[0.5, 0.5, 0], [0.25, 0.5, 0.25], [0.25, 0, 0.75]]
    assert ranking.p_rank[:, :2].sum(axis=1).tolist() == [1.0, 0.75, 0.25]
    assert ranking.regret.tolist() == [(0 + 0 + 1 + 0.5) / 4, (1 + 1 + 0 + 1) / 4, (2 + 2 + 2 + 0) / 4]
    assert ranking.low.tolist() == [1, 1, 1]
    assert ranking.high.tolist() == [2, 3, 3]


def test_probabilities_add_up() -> None:
    ranking = rank_draws(normal_draws([3, 3.2, 3.1, 2.5], 0.3), 0.9)
    assert ranking.p_best.sum() == pytest.approx(1)
    assert ranking.p_rank.sum(axis=0) == pytest.approx(np.ones(4))
    assert (ranking.p_above + ranking.p_above.T)[~np.eye(4, dtype=bool)] == pytest.approx(1)


def test_candidates_are_separable_where_the_interval_of_their_difference_leaves_out_zero() -> None:
    """Differences have standard deviation √2: 1.645 √2 = 2.33 apart they are just told apart at 90 %."""
    near, far = (rank_draws(normal_draws([gap, 0.0], 1.0), 0.9) for gap in (2.2, 2.45))
    assert near.unclear[0].tolist() == [1]
    assert far.unclear[0].tolist() == []


def test_not_separable_goes_both_ways() -> None:
    ranking = rank_draws(normal_draws([3, 2.9, 2.2, 1.5, 1.4], 0.3), 0.9)
    for i, others in enumerate(ranking.unclear):
        assert all(i in ranking.unclear[j] for j in others)


def test_the_leader_is_not_separable_from_anybody_in_the_best_set() -> None:
    draws = normal_draws([1.0, *[0.0] * 30], 0.6)
    ranking = rank_draws(draws, 0.9)
    assert set(best_set(ranking.p_best, 0.9)) - {0} <= set(ranking.unclear[0].tolist())


def test_the_best_set_is_the_smallest_that_holds_the_best_with_the_level() -> None:
    p_best = np.array([0.05, 0.6, 0.3, 0.05])
    assert best_set(p_best, 0.9).tolist() == [1, 2]
    assert best_set(p_best, 0.91).tolist() == [1, 2, 0]


def test_pairs_by_the_normal_approximation_are_near_those_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = normal_draws([3, 3.2, 3.1, 2.5], 0.3)
    counted = rank_draws(draws, 0.9).p_above
    monkeypatch.setattr(module, "PAIRS_EXACT", 0)
    assert rank_draws(draws, 0.9).p_above == pytest.approx(counted, abs=0.01)


@pytest.mark.slow
def test_ranks_of_many_agree_with_ranks_of_draws() -> None:
    rng = np.random.default_rng(2)
    score, deviation = 3 + 0.5 * rng.standard_normal(300), rng.uniform(0.2, 0.4, 300)
    drawn = rank_draws(score + deviation * rng.standard_normal((20_000, 300)), 0.9)
    worked_out = rank_many(score, deviation, 0.9)
    assert worked_out.p_best.sum() == pytest.approx(1)
    assert worked_out.p_best == pytest.approx(drawn.p_best, abs=0.01)
    assert worked_out.low == pytest.approx(drawn.low, abs=6)
    assert worked_out.high == pytest.approx(drawn.high, abs=6)
    assert worked_out.regret == pytest.approx(drawn.regret, abs=0.02)
