"""Cronbach's components of accuracy, and what practice says by them."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.domain.practice import Confusion, PracticeAnswer
from hiringkit.scoring.accuracy import cronbach_components, crossed_part, distance_change, practice_accuracy

# Worked by hand. Two candidates by three questions:
#   given  4 3 5    true  3 3 3    difference  1  0  2   mean of the row  1
#          2 4 3          4 2 3               -2  2  0                    0
#   means of the columns -0.5, 1, 1; grand mean 0.5.
# elevation 0.25; differential elevation ((1 - .5)^2 + (0 - .5)^2) / 2 = 0.25;
# stereotype accuracy (1 + .25 + .25) / 3 = 0.5; the rest: 1, -1.5, .5 and -1, 1.5, -.5, so that
# differential accuracy is 2 (1 + 2.25 + .25) / 6 = 7 / 6. The squares 1 + 0 + 4 + 4 + 4 + 0 = 13 make 13 / 6 in all.
GIVEN = np.array([[4.0, 3, 5], [2, 4, 3]])
TRUE = np.array([[3.0, 3, 3], [4, 2, 3]])

tables = st.integers(1, 5).flatmap(
    lambda n: st.integers(1, 5).flatmap(
        lambda k: st.lists(st.integers(1, 5), min_size=2 * n * k, max_size=2 * n * k).map(
            lambda levels: np.array(levels, dtype=float).reshape(2, n, k)
        )
    )
)


def rate(**levels: str) -> list[PracticeAnswer]:
    """Make answers out of `question=sample reasoned given, …` written as `a34 b21`."""
    return [
        PracticeAnswer(question, word[0], int(word[1]), int(word[2]))
        for question, words in levels.items()
        for word in words.split()
    ]


def test_the_worked_example() -> None:
    parts = cronbach_components(GIVEN, TRUE)
    assert parts.elevation == pytest.approx(0.25)
    assert parts.differential_elevation == pytest.approx(0.25)
    assert parts.stereotype_accuracy == pytest.approx(0.5)
    assert parts.differential_accuracy == pytest.approx(7 / 6)
    assert parts.total == pytest.approx(13 / 6)


@given(tables)
@settings(max_examples=60)
def test_the_four_add_up_to_the_mean_squared_distance(pair: np.ndarray) -> None:
    given_levels, true = pair
    parts = cronbach_components(given_levels, true)
    assert parts.total == pytest.approx(float(((given_levels - true) ** 2).mean()))


@given(tables, st.integers(-2, 2))
@settings(max_examples=30)
def test_being_milder_throughout_changes_elevation_alone(pair: np.ndarray, points: int) -> None:
    given_levels, true = pair
    before, after = cronbach_components(given_levels, true), cronbach_components(given_levels + points, true)
    assert after.differential_elevation == pytest.approx(before.differential_elevation)
    assert after.stereotype_accuracy == pytest.approx(before.stereotype_accuracy)
    assert after.differential_accuracy == pytest.approx(before.differential_accuracy, abs=1e-12)


@pytest.mark.parametrize("shape", [(2, 3), (0, 0), (6,)])
def test_tables_of_different_shape_are_refused(shape: Sequence[int]) -> None:
    with pytest.raises(ValueError, match="one shape"):
        cronbach_components(np.zeros(shape), np.zeros((3, 2)) if len(shape) > 1 else np.zeros(6))


def test_practice_reports_the_components_as_distances_in_points() -> None:
    accuracy = practice_accuracy(rate(p="a34 b42", q="a33 b24", r="a35 b33"))
    assert accuracy.crossed == (2, 3)
    assert accuracy.elevation == pytest.approx(0.5)
    assert accuracy.differential_elevation == pytest.approx(0.5)
    assert accuracy.stereotype_accuracy == pytest.approx(0.5**0.5)
    assert accuracy.differential_accuracy == pytest.approx((7 / 6) ** 0.5)
    assert (accuracy.exact, accuracy.within_one) == pytest.approx((2 / 6, 3 / 6))
    assert accuracy.distance == pytest.approx(7 / 6)


def test_positive_severity_is_stricter() -> None:
    assert practice_accuracy(rate(p="a43 b32")).severity == 1
    assert practice_accuracy(rate(p="a34 b23")).severity == -1


def test_one_question_carries_elevation_but_no_differences_between_questions() -> None:
    accuracy = practice_accuracy(rate(p="a34 b42 c11 d25"))
    assert accuracy.crossed is None
    assert accuracy.differential_elevation is None
    assert accuracy.stereotype_accuracy is None
    assert accuracy.differential_accuracy is None
    assert accuracy.elevation == pytest.approx(0.5)


def test_of_an_interrupted_session_the_largest_crossed_part_counts() -> None:
    answers = rate(p="a11 b22 c33", q="a11 b23", r="d41")
    assert crossed_part(answers) == (("a", "b"), ("p", "q"))
    assert practice_accuracy(answers).crossed == (2, 2)
    assert practice_accuracy(answers).answers == 6


def test_levels_that_are_confused_come_by_how_often() -> None:
    accuracy = practice_accuracy(rate(p="a34 b34 c21 d55"))
    assert accuracy.confusions == (Confusion(3, 4, 2), Confusion(2, 1, 1))


def test_nothing_rated_says_nothing() -> None:
    accuracy = practice_accuracy([])
    assert (accuracy.answers, accuracy.exact, accuracy.severity, accuracy.elevation) == (0, None, None, None)


def test_a_change_is_clear_where_chance_would_not_make_it() -> None:
    # distances 2 2 1 2 2 1 against 0 0 1 0 0 0: variances 4/15 and 1/6, so Welch's degrees of freedom are 9.494,
    # at which Student's t leaves 5 % above 1.8223
    before = rate(p="a31 b31 c32 d31", q="a31 b32")
    after = rate(p="a33 b33 c32 d33", q="a33 b33")
    change = distance_change(before, after)
    assert (change.before, change.after) == pytest.approx((10 / 6, 1 / 6))
    errors = [(4 / 15) / 6, (1 / 6) / 6]
    freedom = sum(errors) ** 2 / (errors[0] ** 2 / 5 + errors[1] ** 2 / 5)
    assert freedom == pytest.approx(9.494, abs=0.001)
    assert change.interval is not None
    assert change.interval == pytest.approx(
        (-1.5 - 1.8223 * sum(errors) ** 0.5, -1.5 + 1.8223 * sum(errors) ** 0.5), abs=1e-3
    )
    assert change.clear


def test_a_small_change_is_not_clear_and_one_answer_carries_no_interval() -> None:
    assert not distance_change(rate(p="a34 b33 c32"), rate(q="a33 b33 c34")).clear
    assert distance_change(rate(p="a34"), rate(q="a33 b33")).interval is None
    assert distance_change(rate(p="a34 b34"), rate(q="a33 b33")).interval is None
