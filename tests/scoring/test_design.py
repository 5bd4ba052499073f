"""What a design can carry, and what is said where it cannot."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from hiringkit.domain.finding import Severity
from hiringkit.errors import UsageProblem
from hiringkit.scoring.design import choose_effects, hindrance, read_design
from hiringkit.scoring.effects import parse_effects
from hiringkit.scoring.ratings import Blueprint, Ratings

Make = Callable[..., Any]


def rows(pairs: list[tuple[str, str]], questions: Sequence[str] = "pq", start: int = 2) -> list[Any]:
    """Ratings that are not all the same: every pair, every question."""
    return [
        (candidate, interviewer, question, float(start + (i + 2 * j) % 3))
        for i, (candidate, interviewer) in enumerate(pairs)
        for j, question in enumerate(questions)
    ]


EVERY_PAIR = [(c, i) for c in "abc" for i in "xy"]


@pytest.fixture
def two_criteria(blueprint_of: Make) -> Blueprint:
    """Questions p and q for the first criterion, r and s for the second."""
    made: Blueprint = blueprint_of(
        {"one": 1, "two": 1}, {"p": {"one": 1}, "q": {"one": 1}, "r": {"two": 1}, "s": {"two": 1}}
    )
    return made


def test_a_complete_panel_carries_every_default_effect(two_criteria: Blueprint, columns_of: Make) -> None:
    design = read_design(columns_of(rows(EVERY_PAIR, "pqrs"), two_criteria), two_criteria)
    effects, findings = choose_effects(design, None)
    assert effects == (
        "candidate",
        "interviewer",
        "candidate:interviewer",
        "candidate:criterion",
        "interviewer:criterion",
    )
    assert findings == []


def test_one_rating_for_each_pair_leaves_the_halo_to_chance(two_criteria: Blueprint, columns_of: Make) -> None:
    design = read_design(columns_of(rows(EVERY_PAIR, "p"), two_criteria), two_criteria)
    effects, findings = choose_effects(design, None)
    assert effects == ("candidate", "interviewer")
    assert [finding.message for finding in findings] == [
        "candidate:interviewer is left out: none was rated twice, so it cannot be told from chance",
        "candidate:criterion is left out: it cannot be told from candidate",
        "interviewer:criterion is left out: it cannot be told from interviewer",
    ]
    assert {finding.severity for finding in findings} == {Severity.INFO}


def test_an_effect_that_was_asked_for_and_cannot_be_fitted_is_a_warning(
    two_criteria: Blueprint, columns_of: Make
) -> None:
    design = read_design(columns_of(rows(EVERY_PAIR, "p"), two_criteria), two_criteria)
    effects, findings = choose_effects(design, ("candidate", "question"))
    assert effects == ("candidate",)
    assert findings[0].message == "question is left out: there is only one"
    assert findings[0].severity is Severity.WARNING


def test_questions_and_criteria_are_not_crossed(two_criteria: Blueprint, columns_of: Make) -> None:
    design = read_design(columns_of(rows(EVERY_PAIR, "pqrs"), two_criteria), two_criteria)
    effects, findings = choose_effects(design, parse_effects(["candidate", "criterion:question"]))
    assert effects == ("candidate",)
    assert "a question bears on its criteria by definition" in findings[0].message


def test_effects_are_brought_into_one_order_and_spelling() -> None:
    given = [" interviewer", "criterion:candidate", "candidate", "interviewer"]
    assert parse_effects(given) == ("candidate", "interviewer", "candidate:criterion")


@pytest.mark.parametrize("name", ["rater", "candidate:candidate", "", "a:b:c"])
def test_unknown_effects_are_usage_problems(name: str) -> None:
    with pytest.raises(UsageProblem, match="no effect called"):
        parse_effects(["candidate", name])


def test_effects_without_candidates_are_a_usage_problem() -> None:
    with pytest.raises(UsageProblem, match="nobody to score"):
        parse_effects(["interviewer"])


CANNOT = {
    "no-ratings": [("a", "x", "p", "no-evidence"), ("b", "x", "p", "not-assessed")],
    "one-candidate": rows([("a", "x"), ("a", "y")]),
    "one-interviewer": rows([("a", "x"), ("b", "x")]),
    "no-variation": [(c, i, q, level) for c, i in EVERY_PAIR for q, level in (("p", 3.0), ("q", 2.0))],
    "one-interviewer-each": rows([("a", "x"), ("b", "x"), ("c", "y")]),
    "no-replication": rows([("a", "x"), ("a", "y"), ("b", "x")], "p"),
}


@pytest.mark.parametrize(("code", "given"), CANNOT.items())
def test_what_carries_no_calibrated_score(
    code: str, given: list[Any], two_criteria: Blueprint, columns_of: Make
) -> None:
    columns = columns_of(given, two_criteria)
    finding = hindrance(read_design(columns, two_criteria))
    assert finding is not None
    assert finding.code == code


def test_two_candidates_whom_two_interviewers_saw_carry_one(two_criteria: Blueprint, columns_of: Make) -> None:
    pairs = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    assert hindrance(read_design(columns_of(rows(pairs, "p"), two_criteria), two_criteria)) is None


def test_nothing_at_all_carries_nothing(two_criteria: Blueprint) -> None:
    none = np.zeros(0, dtype=np.int64)
    columns = Ratings(none, none, none, np.zeros(0), np.zeros(0, np.int8), np.zeros(0), ["a"], ["x"])
    finding = hindrance(read_design(columns, two_criteria))
    assert finding is not None
    assert finding.message == "no rating is a number, so there is nothing to calibrate"


def test_no_evidence_counts_as_the_lowest_level_where_the_policy_says_so(blueprint_of: Make, columns_of: Make) -> None:
    given = [*rows(EVERY_PAIR, "p"), ("a", "z", "p", "no-evidence"), ("b", "z", "p", "not-assessed")]
    lenient, strict = (
        blueprint_of({"one": 1}, {"p": {"one": 1}}, no_evidence_lowest=lowest) for lowest in (False, True)
    )
    assert len(read_design(columns_of(given, lenient), lenient).rows) == 6
    counted = read_design(columns_of(given, strict), strict).rows
    assert len(counted) == 7
    assert counted.value[-1] == 1.0


def test_a_question_that_bears_on_nothing_is_not_in_the_model(blueprint_of: Make, columns_of: Make) -> None:
    blueprint = blueprint_of({"one": 1, "two": 2}, {"p": {"one": 1}, "chat": {}})
    design = read_design(columns_of(rows(EVERY_PAIR, ["p", "chat"]), blueprint), blueprint)
    assert len(design.rows) == 6
    assert design.criteria.tolist() == [0]
    assert design.weights.tolist() == [1.0]
