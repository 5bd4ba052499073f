"""Questions left out for every candidate alike."""

import numpy as np

from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.rubric import Criterion, CriterionKind, Rubric, default_scale
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.ratings import (
    Blueprint,
    Ratings,
    leave_out,
    plain_blueprint,
    ratings_from_rows,
    rubric_blueprint,
    without_empty_criteria,
)
from hiringkit.text.language import Text

CRITERIA = tuple(Criterion(c, CriterionKind.COMPETENCY, Text(c), Text(c), w) for c, w in (("a", 3.0), ("b", 1.0)))
QUESTIONS = tuple(
    Question(name, QuestionKind.BEHAVIOURAL, Text(name), criteria)
    for name, criteria in (("q1", {"a": 1.0}), ("q2", {"a": 1.0}), ("q3", {"b": 1.0}))
)
RUBRIC = Rubric("r", "1.0.0", Text("R"), default_scale(), CRITERIA, QUESTIONS)


def ratings(blueprint: Blueprint) -> Ratings:
    """One interviewer rates x with 5, 1, 2 and y with 3, 4, 4."""
    rows = [("x", "q1", 5), ("x", "q2", 1), ("x", "q3", 2), ("y", "q1", 3), ("y", "q2", 4), ("y", "q3", 4)]
    who, what, value = zip(*rows, strict=True)
    return ratings_from_rows(who, ["i"] * 6, what, value, [None] * 6, blueprint, ["x", "y"])


def test_scores_are_those_of_a_rubric_that_never_asked_it() -> None:
    blueprint = rubric_blueprint(RUBRIC)
    columns, left = leave_out(ratings(blueprint), blueprint, ["q2"])
    scores = {p.candidate: p.overall.score for p in score_observed(columns, left).profiles}
    assert scores == {"x": (3 * 5 + 2) / 4, "y": (3 * 3 + 4) / 4}, "with q2 it is 2.75 and 3.625"
    assert left.questions == ("q1", "q3")
    assert len(columns) == 4


def test_a_criterion_without_another_question_keeps_its_weight_and_has_no_score() -> None:
    blueprint = rubric_blueprint(RUBRIC)
    columns, left = leave_out(ratings(blueprint), blueprint, ["q3"])
    first = score_observed(columns, left).profiles[0]
    assert [score.score for score in first.criteria] == [3.5, None]
    assert first.overall.coverage == 0.75


def test_without_a_rubric_the_question_goes_with_its_criterion() -> None:
    blueprint = plain_blueprint(("q1", "q2", "q3"), 1, 5, source="option")
    columns, left = leave_out(ratings(blueprint), blueprint, ["q2"])
    held = without_empty_criteria(left)
    assert held.criteria == ("q1", "q3")
    first = score_observed(columns, held).profiles[0]
    assert (first.overall.coverage, first.overall.score) == (1.0, 3.5)


def test_what_is_not_there_changes_nothing() -> None:
    blueprint = rubric_blueprint(RUBRIC)
    columns = ratings(blueprint)
    same, left = leave_out(columns, blueprint, ["q9"])
    assert same is columns
    assert left is blueprint
    none, left = leave_out(columns, blueprint, ["q1", "q2", "q3"])
    assert len(none) == 0
    assert np.shape(left.loadings) == (0, 2)
