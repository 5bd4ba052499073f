"""The parts of noise against a published table, a closed form, and people invented to have so much of each."""

import numpy as np
import pytest
from scipy import stats

from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.noise import measure_noise, split_noise

SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)
"""Six targets rated by four judges (Shrout & Fleiss 1979, table 2)."""
NEVER = np.zeros(0)


def invented(rng: np.random.Generator, raters: int, cases: int, level: float, pattern: float) -> Floats:
    case = rng.normal(3, 1, cases)
    return np.asarray(case + rng.normal(0, level, (raters, 1)) + rng.normal(0, pattern, (raters, cases)))


def test_the_parts_are_those_of_the_published_mean_squares() -> None:
    """Between judges 32.49, residual 1.02, as their table 3 has them: (32.49 - 1.02)/6 and 1.02."""
    found = split_noise(SHROUT_FLEISS.T, NEVER, 0.9)
    assert (found.level.deviation or 0) ** 2 == pytest.approx((32.49 - 1.02) / 6, abs=0.01)
    assert (found.pattern.deviation or 0) ** 2 == pytest.approx(1.02, abs=0.005)
    assert (found.system.deviation or 0) ** 2 == pytest.approx(5.245 + 1.02, abs=0.01)
    assert (found.level.share or 0) + (found.pattern.share or 0) == pytest.approx(1)
    assert found.occasion.deviation is None
    assert found.stable_pattern.deviation is None


def test_the_interval_of_pattern_noise_is_that_of_a_chi_square() -> None:
    found = split_noise(SHROUT_FLEISS.T, NEVER, 0.9)
    rows, columns = SHROUT_FLEISS.mean(axis=1, keepdims=True), SHROUT_FLEISS.mean(axis=0)
    rest = ((SHROUT_FLEISS - rows - columns + SHROUT_FLEISS.mean()) ** 2).sum()
    assert found.pattern.interval == pytest.approx(np.sqrt(rest / stats.chi2.ppf([0.95, 0.05], 15)), rel=0.01)


@pytest.mark.slow
def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rng, held = np.random.default_rng(4), np.zeros(3)
    for _ in range(300):
        found = split_noise(invented(rng, 6, 8, 0.5, 0.7), NEVER, 0.9)
        for k, (part, true) in enumerate(
            ((found.level, 0.5), (found.pattern, 0.7), (found.system, np.hypot(0.5, 0.7)))
        ):
            low, high = part.interval or (0.0, 0.0)
            held[k] += low <= true <= high
    assert held / 300 == pytest.approx(0.9, abs=0.05)


def test_occasion_noise_comes_of_the_differences_between_the_two_times() -> None:
    rng = np.random.default_rng(5)
    case, own = rng.normal(3, 1, 16), rng.normal(0, 0.4, (12, 1)) + rng.normal(0, 0.5, (12, 16))
    first, second = (case + own + rng.normal(0, 0.3, (12, 16)) for _ in range(2))
    found = split_noise(first, (second - first).ravel(), 0.9)
    assert found.occasion.deviation == pytest.approx(0.3, abs=0.03)
    assert found.stable_pattern.deviation == pytest.approx(0.5, abs=0.06)
    squares = [(part.deviation or 0) ** 2 for part in (found.pattern, found.stable_pattern, found.occasion)]
    assert squares[0] == pytest.approx(squares[1] + squares[2])
    assert found.occasion.interval == pytest.approx(
        np.sqrt(((second - first) ** 2).sum() / 2 / stats.chi2.ppf([0.95, 0.05], 192)), rel=0.01
    )


def test_an_occasion_is_never_more_than_the_whole_pattern() -> None:
    found = split_noise(SHROUT_FLEISS.T, np.full(8, 6.0), 0.9)
    assert found.occasion.deviation == found.pattern.deviation
    assert found.stable_pattern.deviation == 0.0


@pytest.mark.parametrize(("raters", "cases"), [(2, 8), (1, 16), (12, 5)])
def test_too_little_has_no_figures(raters: int, cases: int) -> None:
    found = split_noise(invented(np.random.default_rng(1), raters, cases, 0.5, 0.5), NEVER, 0.9)
    assert {part.deviation for part in (found.system, found.level, found.pattern)} == {None}


def test_people_who_all_agree_make_no_noise() -> None:
    found = split_noise(np.tile(np.arange(8.0), (4, 1)), NEVER, 0.9)
    assert (found.system.deviation, found.level.deviation, found.pattern.deviation) == (0.0, 0.0, 0.0)
    assert found.level.share is None


def test_a_part_of_which_nothing_shows_is_not_said_to_be_surely_none() -> None:
    levels = np.array([[2, 3, 4, 3, 5, 3], [3, 3, 4, 2, 5, 3], [4, 3, 4, 3, 2, 3], [2, 3, 4, 2, 5, 3]], dtype=float)
    found = split_noise(levels - levels.mean(axis=1, keepdims=True), NEVER, 0.9)
    assert found.level.deviation == 0.0
    assert found.level.interval is None
    assert found.pattern.interval is not None


def test_everybody_is_described_beside_the_others() -> None:
    levels = [[2, 2, 3, 4, 4, 5], [3, 3, 4, 5, 5, 5], [1, 3, 2, 4, 3, 5]]
    found = measure_noise(levels, [2, 3, 3, 4, 4, 5], [[(2, 3), (2, 2)], [], []], 0.9)
    table = np.array(levels, dtype=float)
    away = table - table.mean(axis=0)
    assert found.bias == pytest.approx(table.mean() - 3.5)
    assert [each.level for each in found.people] == pytest.approx(away.mean(axis=1))
    left = away - away.mean(axis=1, keepdims=True)
    assert [each.pattern for each in found.people] == pytest.approx(left.std(axis=1, ddof=1))
    assert [each.occasion for each in found.people] == [pytest.approx(0.5), None, None]
    assert [each.distance for each in found.people] == pytest.approx([1 / 6, 4 / 6, 3 / 6])
