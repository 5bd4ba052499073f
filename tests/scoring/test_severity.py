"""How strict interviewers are beside their peers, worked by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from hiringkit.scoring.evidence import ends_sat_on, without_outer_end
from hiringkit.scoring.observed.severity import Severities, observed_severities
from hiringkit.scoring.ratings import Ratings, plain_blueprint

ColumnsOf = Callable[..., Ratings]
TWO = plain_blueprint(["q1", "q2"], 1.0, 5.0, source="option")


def severities_of(columns: Ratings, level: float = 0.5) -> Severities:
    return observed_severities(columns, 2, level)


def test_severity_is_how_far_below_the_peers_mean_on_the_same_answer(columns_of: ColumnsOf) -> None:
    rows = [("ann", who, "q1", value) for who, value in (("ida", 2), ("joe", 4), ("lin", 5))]
    found = severities_of(columns_of(rows, TWO))
    assert found.severity.tolist() == [4.5 - 2, 3.5 - 4, 3.0 - 5]
    assert found.candidates.tolist() == [1.0, 1.0, 1.0]
    assert np.isnan(found.half_width).all()


def test_candidates_count_equally_and_their_spread_makes_the_interval(columns_of: ColumnsOf) -> None:
    rows = [
        *(("ann", "ida", "q1", 1), ("ann", "joe", "q1", 4), ("ann", "ida", "q2", 2), ("ann", "joe", "q2", 3)),
        *(("ben", "ida", "q1", 5), ("ben", "joe", "q1", 5)),
    ]
    found = severities_of(columns_of(rows, TWO))
    assert found.severity.tolist() == [1.0, -1.0]  # ann (3 + 1) / 2 = 2, ben 0
    assert found.half_width == pytest.approx([1.0, 1.0])  # sd(2, 0) / sqrt(2) = 1; t(.75; 1) = 1
    assert found.ratings.tolist() == [3.0, 3.0]


def test_candidates_who_show_the_same_strictness_give_it_no_interval(columns_of: ColumnsOf) -> None:
    rows = [(who, by, "q1", value) for who, by, value in (("ann", "ida", 2), ("ann", "joe", 3.1), ("ben", "ida", 4))]
    found = severities_of(columns_of([*rows, ("ben", "joe", "q1", 5.1)], TWO))
    assert found.severity == pytest.approx([1.1, -1.1])
    assert found.candidates.tolist() == [2.0, 2.0]
    assert np.isnan(found.half_width).all()


def test_answers_that_nobody_else_rated_say_nothing(columns_of: ColumnsOf) -> None:
    rows = [("ann", "ida", "q1", 1), ("ann", "joe", "q2", 5), ("ben", "lin", "q1", "no-evidence")]
    found = severities_of(columns_of(rows, TWO))
    assert np.isnan(found.severity).all()
    assert found.candidates.tolist() == [0.0, 0.0, 0.0]
    assert found.ratings.tolist() == [1.0, 1.0, 0.0]


def test_marks_are_not_ratings(columns_of: ColumnsOf) -> None:
    rows = [("ann", "ida", "q1", 1), ("ann", "joe", "q1", 3), ("ann", "lin", "q1", "no-evidence")]
    assert severities_of(columns_of(rows, TWO)).severity[:2].tolist() == [2.0, -2.0]


def test_severity_has_no_outer_end_where_half_of_the_ratings_lie_on_an_end() -> None:
    """Zed gives 1, 1, 2; ann 5, 5, 4; ben 3, 3, 3."""
    columns = Ratings(
        np.repeat([0, 1, 2], 3),
        np.tile([0, 1, 2], 3),
        np.zeros(9, dtype=np.int64),
        np.array([1.0, 5, 3, 1, 5, 3, 2, 4, 3]),
        np.zeros(9, dtype=np.int8),
        np.ones(9),
        ["a", "b", "c"],
        ["zed", "ann", "ben"],
    )
    ends = ends_sat_on(columns, 1, 5)
    assert [end for end, _ in ends] == [1, -1, 0]
    assert ends[0][1] == pytest.approx(2 / 3)
    assert without_outer_end(2.0, (1.0, 3.0), 1) == (1.0, None)
    assert without_outer_end(-2.0, (-3.0, -1.0), -1) == (None, -1.0)
    assert without_outer_end(0.5, (0.0, 1.0), -1) == (0.0, 1.0)
    assert without_outer_end(0.5, None, 1) is None
