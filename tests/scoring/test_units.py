"""What counts as a unit, a level and a complete design."""

from collections.abc import Callable

import numpy as np
import pytest
from attrs import evolve

from hiringkit.domain.rating_table import NO_EVIDENCE, NOT_ASSESSED
from hiringkit.scoring.agreement.units import compact, crossed, last_of_each, levels_of, rated, units_of
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

Make = Callable[[Floats], Ratings]


@pytest.fixture
def blueprint() -> Blueprint:
    """Two questions on 1 to 5."""
    return plain_blueprint(("q0", "q1"), 1.0, 5.0, source="option")


def test_a_unit_is_an_answer_and_its_cluster_the_candidate(columns_of_array: Make, blueprint: Blueprint) -> None:
    """Candidate 0 answers both questions before two interviewers; candidate 2 the second, before one."""
    scores = np.full((3, 2, 2), np.nan)
    scores[0] = [[4, 2], [5, 2]]
    scores[2, 1, 1] = 3
    units = units_of(columns_of_array(scores), blueprint)
    assert units is not None
    assert units.counts.tolist() == [[0, 0, 0, 1, 1], [0, 2, 0, 0, 0], [0, 0, 1, 0, 0]]
    assert units.cluster.tolist() == [0, 0, 1]


def test_levels_are_the_scales_whole_numbers_or_else_what_occurs(blueprint: Blueprint) -> None:
    assert levels_of(np.array([2.0, 4.0]), blueprint).tolist() == [1, 2, 3, 4, 5]
    assert levels_of(np.array([2.5, 4.0, 2.5]), blueprint).tolist() == [2.5, 4]
    assert levels_of(np.array([2.0, 9.0]), blueprint).tolist() == [2, 9]


def test_too_many_values_are_no_levels(columns_of_array: Make, blueprint: Blueprint) -> None:
    scores = np.random.default_rng(0).normal(size=(100, 3, 1))
    assert units_of(columns_of_array(scores), blueprint) is None


def test_marks_are_no_numbers_unless_the_policy_says_lowest(columns_of_array: Make, blueprint: Blueprint) -> None:
    columns = columns_of_array(np.array([[[4.0, 3.0, 2.0]]]))
    value = np.array([4.0, np.nan, np.nan])
    marked = evolve(columns, value=value, status=np.array([0, NO_EVIDENCE, NOT_ASSESSED], dtype=np.int8))
    assert rated(marked, blueprint).value.tolist() == [4.0]
    lowest = rated(marked, evolve(blueprint, no_evidence_lowest=True))
    assert (lowest.value.tolist(), lowest.question.tolist()) == ([4.0, 1.0], [0, 1])


def test_the_last_of_repeated_ratings_counts_wherever_it_stands(columns_of_array: Make) -> None:
    columns = columns_of_array(np.array([[[1.0, 2.0]], [[3.0, 4.0]]])).take(np.array([0, 1, 2, 0, 3]))
    repeated = evolve(columns, value=np.array([1.0, 2.0, 3.0, 5.0, 4.0]))
    assert last_of_each(repeated).value.tolist() == [2.0, 3.0, 5.0, 4.0]


def test_a_complete_design_is_an_array_in_whatever_order_its_rows_come(columns_of_array: Make) -> None:
    scores = np.arange(24.0).reshape(3, 2, 4)
    columns = columns_of_array(scores)
    shuffled = columns.take(np.random.default_rng(1).permutation(24))
    found = crossed(shuffled)
    assert found is not None
    assert found.tolist() == scores.tolist()


def test_one_missing_rating_makes_a_design_incomplete(columns_of_array: Make) -> None:
    scores = np.ones((3, 2, 4))
    scores[1, 1, 2] = np.nan
    assert crossed(columns_of_array(scores)) is None


def test_people_without_ratings_do_not_make_a_design_incomplete(columns_of_array: Make) -> None:
    scores = np.ones((3, 3, 2))
    scores[1], scores[:, 2] = np.nan, np.nan
    found = crossed(columns_of_array(scores))
    assert found is not None
    assert found.shape == (2, 2, 2)


@pytest.mark.parametrize("size", [10, 10**9], ids=["counted", "sorted"])
def test_compact_numbers_the_codes_that_occur(size: int) -> None:
    distinct, position = compact(np.array([7, 2, 7, 9]), size)
    assert (distinct.tolist(), position.tolist()) == ([2, 7, 9], [1, 0, 1, 2])
