"""How sure a mean over interviewers is: against scipy, against textbook matrices, and by hand."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from hiringkit.scoring.evidence import gather_evidence
from hiringkit.scoring.observed.spread import MANY, OverallSpread, group_means, overall_spread, student_half_width
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

ColumnsOf = Callable[..., Ratings]
BlueprintOf = Callable[..., Blueprint]


def spread_of(columns: Ratings, blueprint: Blueprint) -> OverallSpread:
    return overall_spread(gather_evidence(columns, blueprint))


def test_group_means_have_the_standard_error_of_scipy() -> None:
    values, groups = np.array([1.0, 4.0, 2.0, 5.0, 5.0]), np.array([0, 0, 0, 2, 2])
    means = group_means(values, groups, 4)
    assert means.count.tolist() == [3.0, 0.0, 2.0, 0.0]
    assert means.error[0] == pytest.approx(stats.sem([1.0, 4.0, 2.0]))
    assert means.error[2] == 0.0
    assert np.isnan(means.mean[[1, 3]]).all()
    assert np.isnan(means.error[[1, 3]]).all()


def test_one_value_has_no_standard_error() -> None:
    means = group_means(np.array([3.0]), np.array([0]), 1)
    assert means.mean[0] == 3.0
    assert np.isnan(means.error[0])


def test_values_that_differ_by_less_than_arithmetic_can_tell_are_the_same() -> None:
    means = group_means(np.array([0.1 + 0.2, 0.3]), np.array([0, 0]), 1)
    assert means.error[0] == 0.0


def test_half_widths_are_students() -> None:
    half = student_half_width(np.array([1.0, 2.0, 1.0]), np.array([1.0, 3.0, 0.0]), 0.9)
    assert half[:2] == pytest.approx([6.313752, 2 * 2.353363], abs=1e-6)  # t(.95; 1), t(.95; 3)
    assert np.isnan(half[2])


def test_where_everybody_rated_everything_it_is_students_over_interviewers(
    blueprint_of: BlueprintOf, columns_of: ColumnsOf
) -> None:
    blueprint = blueprint_of({"A": 3, "B": 1}, {"a": {"A": 1}, "b": {"B": 1}})
    table = {"ida": (2, 5), "joe": (4, 4), "lin": (5, 1), "max": (3, 3)}
    rows = [("ann", who, q, v) for who, values in table.items() for q, v in zip("ab", values, strict=True)]
    spread = spread_of(columns_of(rows, blueprint), blueprint)
    overalls = [(3 * a + b) / 4 for a, b in table.values()]
    assert spread.variance[0] == pytest.approx(stats.sem(overalls) ** 2)
    assert spread.freedom[0] == pytest.approx(3.0)
    assert spread.replicated[0] == pytest.approx(1.0)


def test_a_criterion_that_one_interviewer_rated_borrows_the_spread_of_the_other(
    columns_of: ColumnsOf,
) -> None:
    """By hand, with an interviewer's means correlating .5 across criteria.

    The score is m_ida,A / 4 + m_joe,A / 4 + m_ida,B / 2: its variance is .5 (9/16 + 1/16) + .5 (1/16 + 1/16 +
    1/4) = 1/2. What ida and joe move it by is -d / 8 and d / 8 with d = m_joe,A - m_ida,A of variance 2, so
    the sum of squares has mean 1/16: c = 8 with one degree of freedom. Here d = 2 and the variance 8/8 = 1.
    """
    blueprint = plain_blueprint(["A", "B"], 1.0, 5.0, source="option")
    rows = [("ann", "ida", "A", 2), ("ann", "joe", "A", 4), ("ann", "ida", "B", 3)]
    spread = spread_of(columns_of(rows, blueprint), blueprint)
    assert spread.variance[0] == pytest.approx(1.0)
    assert spread.freedom[0] == pytest.approx(1.0)
    assert spread.replicated[0] == pytest.approx(0.5)


def test_two_pairs_of_interviewers_with_half_of_the_criteria_each_have_two_degrees_of_freedom(
    columns_of: ColumnsOf,
) -> None:
    """Two independent differences of 2 and 4, halved by averaging and halved by weight: (1 + 4) / 4."""
    blueprint = plain_blueprint(["A", "B"], 1.0, 5.0, source="option")
    rows = [("ann", "ida", "A", 2), ("ann", "joe", "A", 4), ("ann", "lin", "B", 1), ("ann", "max", "B", 5)]
    spread = spread_of(columns_of(rows, blueprint), blueprint)
    assert spread.variance[0] == pytest.approx(1.25)
    assert spread.freedom[0] == pytest.approx(2.0)


def test_without_enough_weight_rated_twice_there_is_no_variance(columns_of: ColumnsOf) -> None:
    blueprint = plain_blueprint(["A", "B", "C"], 1.0, 5.0, source="option")
    rows = [("ann", "ida", "A", 2), ("ann", "joe", "A", 4), ("ann", "ida", "B", 3), ("ann", "joe", "C", 3)]
    spread = spread_of(columns_of(rows, blueprint), blueprint)
    assert spread.replicated[0] == pytest.approx(1 / 3)
    assert np.isnan(spread.variance[0])
    assert np.isnan(spread.freedom[0])


def test_what_interviewers_move_a_score_by_adds_to_zero_and_its_squares_to_the_variance(
    columns_of: ColumnsOf,
) -> None:
    blueprint = plain_blueprint(["A", "B"], 1.0, 5.0, source="option")
    rows = [("ann", i, q, v) for i, q, v in (("ida", "A", 1), ("joe", "A", 4), ("lin", "B", 2), ("joe", "B", 3))]
    rows += [("ben", "ida", "A", 3), ("ben", "joe", "A", 5)]
    spread = spread_of(columns_of(rows, blueprint), blueprint)
    for candidate in (0, 1):
        parts = spread.part[spread.candidate == candidate]
        assert parts.sum() == pytest.approx(0.0)
        assert (parts**2).sum() == pytest.approx(spread.variance[candidate])


def test_a_crowd_of_interviewers_is_taken_as_complete(columns_of: ColumnsOf) -> None:
    blueprint = plain_blueprint(["A"], 1.0, 5.0, source="option")
    values = [1 + i % 5 for i in range(MANY + 1)]
    columns = columns_of([("ann", f"i{i}", "A", value) for i, value in enumerate(values)], blueprint)
    spread = spread_of(columns, blueprint)
    assert spread.variance[0] == pytest.approx(stats.sem(values) ** 2)
    assert spread.freedom[0] == MANY


def test_the_working_design_is_that_of_the_matrices_written_out(columns_of: ColumnsOf) -> None:
    """Cells one by one, their covariance, the residuals as a matrix: nothing shared with the program."""
    rng = np.random.default_rng(7)
    seen = np.array([[1, 1, 0, 1], [1, 0, 1, 0], [0, 1, 1, 0]], dtype=bool)
    blueprint = plain_blueprint(["A", "B", "C", "D"], 1.0, 5.0, source="option")
    cells = [(int(r), int(k)) for r, k in zip(*np.nonzero(seen), strict=True)]
    values = rng.uniform(1, 5, len(cells))
    rows = [("ann", f"i{r}", "ABCD"[k], v) for (r, k), v in zip(cells, values, strict=True)]
    covariance = np.array([[1.0 if a == b else 0.5 * (a[0] == b[0]) for b in cells] for a in cells])
    count = seen.sum(axis=0)
    weight = np.array([0.25 / count[k] for _, k in cells])
    centred = np.array([[(a == b) - (a[1] == b[1]) / count[a[1]] for b in cells] for a in cells])
    moved = np.array([[weight[j] * (a[0] == r) for j, a in enumerate(cells)] for r in range(3)]) @ centred
    expected = moved @ covariance @ moved.T
    factor = weight @ covariance @ weight / np.trace(expected)
    spread = spread_of(columns_of(rows, blueprint), blueprint)
    assert spread.variance[0] == pytest.approx(factor * ((moved @ values) ** 2).sum())
    assert spread.freedom[0] == pytest.approx(np.trace(expected) ** 2 / (expected**2).sum())
