"""Ratings out of files and stores become one type, and whatever does not fit is named with its line."""

from collections.abc import Callable

import numpy as np
import pytest
from attrs import evolve

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.rating_table import NO_EVIDENCE, NOT_ASSESSED, NUMBER, RatingTable
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.scoring.ratings import (
    Blueprint,
    Ratings,
    hold_against,
    join_openings,
    own_blueprint,
    plain_blueprint,
    ratings_from_rows,
    ratings_from_table,
    split_openings,
)

TableOf = Callable[..., RatingTable]
CRM = plain_blueprint(["crm", "forecasting"], 1.0, 5.0, source="rubric")


def held(table: RatingTable, blueprint: Blueprint) -> tuple[Ratings, list[Finding]]:
    """Check a table against a blueprint, as whoever scores a file does."""
    ratings, of_rows = hold_against(ratings_from_table(table), blueprint)
    joined, of_openings = join_openings(ratings)
    return joined, [*of_openings, *of_rows]


def own(table: RatingTable, scale: tuple[float, float] | None = None) -> tuple[Blueprint, list[Finding]]:
    return own_blueprint(ratings_from_table(table), scale=scale)


def spoken(findings: list[Finding]) -> list[str]:
    return [str(finding) for finding in findings]


def test_good_rows_become_columns_as_they_stand(table_of: TableOf) -> None:
    table = table_of(
        [
            ("ann", "ida", "forecasting", 4.0),
            ("ben", "ida", "crm", "not-assessed"),
            ("ann", "joe", "crm", "no-evidence"),
        ]
    )
    columns, findings = held(table, CRM)
    assert findings == []
    assert columns.candidates == ["ann", "ben"]
    assert columns.interviewers == ["ida", "joe"]
    assert columns.candidate.tolist() == [0, 1, 0]
    assert columns.interviewer.tolist() == [0, 0, 1]
    assert columns.question.tolist() == [1, 0, 0]
    assert columns.status.tolist() == [NUMBER, NOT_ASSESSED, NO_EVIDENCE]
    assert columns.value[0] == 4.0
    assert np.isnan(columns.value[1:]).all()
    assert columns.weight.tolist() == [1.0, 1.0, 1.0]


def test_weights_are_taken_from_the_file(table_of: TableOf) -> None:
    columns, _ = held(table_of([("ann", "ida", "crm", 4.0)], weight=[2.5]), CRM)
    assert columns.weight.tolist() == [2.5]


def test_an_empty_table_makes_empty_columns(table_of: TableOf) -> None:
    columns, findings = held(table_of([]), CRM)
    assert len(columns) == 0
    assert findings == []


def test_an_unknown_question_is_named_once_with_its_first_line_its_rows_and_the_nearest_known(
    table_of: TableOf,
) -> None:
    rows = [("ann", "ida", "crm", 4.0), ("ann", "ida", "forcasting", 3.0), ("ben", "ida", "forcasting", 2.0)]
    columns, findings = held(table_of(rows), CRM)
    assert len(columns) == 1
    (finding,) = findings
    assert str(finding.location) == "ratings.csv:3"
    assert finding.code == "question-unknown"
    assert finding.message == 'question "forcasting" is not in the rubric (rows: 2)'
    assert finding.hint == 'did you mean "forecasting"?'


def test_a_rating_off_the_scale_is_named_with_its_line(table_of: TableOf) -> None:
    rows = [("ann", "ida", "crm", 5.0), ("ben", "ida", "crm", 5.0000001), ("eve", "ida", "crm", 0.0)]
    columns, findings = held(table_of(rows), CRM)
    assert columns.value.tolist() == [5.0, 5.0000001, 0.0]
    assert spoken(findings) == [
        "ratings.csv:3: error rating-off-scale rating: rating 5.0000001 is not on the scale of 1 to 5",
        "ratings.csv:4: error rating-off-scale rating: rating 0 is not on the scale of 1 to 5",
    ]


@pytest.mark.parametrize("rating", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_named(table_of: TableOf, rating: float) -> None:
    _, findings = held(table_of([("ann", "ida", "crm", rating)]), CRM)
    assert [finding.code for finding in findings] == ["rating-not-finite"]


def test_a_rating_between_two_levels_of_a_rubric_is_named_with_them(table_of: TableOf) -> None:
    levels = evolve(CRM, levels=np.array([1.0, 1.5, 2.0, 5.0]))
    rows = [("ann", "ida", "crm", 1.5), ("ben", "ida", "crm", 2.5), ("eve", "ida", "crm", "no-evidence")]
    _, findings = held(table_of(rows), levels)
    assert spoken(findings) == [
        "ratings.csv:3: error rating-off-scale rating: rating 2.5 is none of the levels 1, 1.5, 2, 5",
    ]


def test_of_many_levels_the_first_few_and_the_last_are_named(table_of: TableOf) -> None:
    many = evolve(CRM, low=0.0, high=100.0, levels=np.arange(101.0))
    _, findings = held(table_of([("ann", "ida", "crm", 3.5)]), many)
    assert findings[0].message == "rating 3.5 is none of the levels 0, 1, 2, 3, 4, …, 100"


@pytest.mark.parametrize("rating", [1.1e9, -1e300, 1e308])
def test_numbers_beyond_all_scales_are_refused_before_their_squares_overflow(table_of: TableOf, rating: float) -> None:
    table = table_of([("ann", "ida", "crm", rating), ("ben", "ida", "crm", 4.0)])
    blueprint, _ = own(table)
    _, findings = held(table, blueprint)
    assert [(f.code, str(f.location)) for f in findings] == [("rating-out-of-range", "ratings.csv:2")]


@pytest.mark.parametrize("weight", [1e-10, 1e10, 1e308])
def test_a_weight_beside_which_no_other_counts_is_refused(table_of: TableOf, weight: float) -> None:
    rows = [("ann", "ida", "crm", 4.0), ("ben", "ida", "crm", 4.0)]
    _, findings = held(table_of(rows, weight=[1.0, weight]), CRM)
    assert [(f.code, str(f.location)) for f in findings] == [("weight-out-of-range", "ratings.csv:3")]


def test_every_duplicate_row_names_the_first(table_of: TableOf) -> None:
    rows = [
        ("ann", "ida", "crm", 4.0),
        ("ben", "ida", "crm", 1.0),
        ("ann", "ida", "crm", 2.0),
        ("ben", "ida", "crm", 3.0),
        ("ann", "ida", "crm", "not-assessed"),
    ]
    _, findings = held(table_of(rows), CRM)
    assert {f.code for f in findings} == {"rating-duplicate"}
    assert [(str(f.location), f.message) for f in findings] == [
        ("ratings.csv:4", "candidate, interviewer and question are those of line 2 again"),
        ("ratings.csv:5", "candidate, interviewer and question are those of line 3 again"),
        ("ratings.csv:6", "candidate, interviewer and question are those of line 2 again"),
    ]


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_a_weight_is_positive_and_finite(table_of: TableOf, weight: float) -> None:
    rows = [("ann", "ida", "crm", 4.0), ("ben", "ida", "crm", 4.0)]
    _, findings = held(table_of(rows, weight=[1.0, weight]), CRM)
    assert [(f.code, str(f.location)) for f in findings] == [("weight-not-positive", "ratings.csv:3")]


def test_faults_of_a_kind_are_written_out_fifty_times_and_the_rest_counted(table_of: TableOf) -> None:
    rows = [(f"c{i}", "ida", "crm", 9.0) for i in range(73)]
    _, findings = held(table_of(rows), CRM)
    assert len(findings) == 51
    assert str(findings[-1]) == "error rating-off-scale: and 23 more of the same kind"


def test_every_fault_of_a_row_is_named(table_of: TableOf) -> None:
    rows = [("ann", "ida", "crn", 9.0), ("ann", "ida", "crn", 9.0)]
    _, findings = held(table_of(rows, weight=[1.0, 0.0]), CRM)
    assert sorted(f.code for f in findings) == [
        "question-unknown",
        "rating-duplicate",
        "rating-off-scale",
        "rating-off-scale",
        "weight-not-positive",
    ]


def test_words_of_the_file_are_shown_harmless(table_of: TableOf) -> None:
    _, findings = held(table_of([("ann", "ida", "\x1b[31mred", 4.0)]), CRM)
    assert "\x1b" not in findings[0].message


def test_one_opening_is_no_news(table_of: TableOf) -> None:
    table = table_of([("ann", "ida", "crm", 4.0), ("ben", "ida", "crm", 4.0)], opening=["north", "north"])
    columns, findings = held(table, CRM)
    assert columns.candidates == ["ann", "ben"]
    assert findings == []


def test_several_openings_are_a_warning(table_of: TableOf) -> None:
    table = table_of([("ann", "ida", "crm", 4.0), ("ben", "ida", "crm", 4.0)], opening=["north", "south"])
    columns, findings = held(table, CRM)
    assert columns.candidates == ["ann", "ben"]
    assert [(f.code, f.severity) for f in findings] == [("several-openings", Severity.WARNING)]
    assert findings[0].message == 'candidates of 2 openings are compared with each other: "north", "south"'


def test_an_id_in_two_openings_is_two_candidates_in_order_of_appearance(table_of: TableOf) -> None:
    rows = [("ben", "ida", "crm", 1.0), ("ann", "ida", "crm", 2.0), ("ann", "ida", "crm", 3.0)]
    table = table_of(rows, opening=["south", "south", "north"])
    unrated = evolve(table.candidate, labels=["ben", "ann", "eve"])
    columns, findings = held(evolve(table, candidate=unrated), CRM)
    assert columns.candidates == ["south/ben", "south/ann", "north/ann", "eve"]
    assert columns.candidate.tolist() == [0, 1, 2]
    assert [f.code for f in findings] == ["several-openings"]


def test_more_openings_than_can_be_named_are_counted(table_of: TableOf) -> None:
    rows = [(f"c{i}", "ida", "crm", 4.0) for i in range(7)]
    _, findings = held(table_of(rows, opening=[f"o{i}" for i in range(7)]), CRM)
    assert findings[0].message.endswith('"o3", "o4" and 2 more')


def test_rows_of_a_store_become_columns_and_absent_ones_are_left_out() -> None:
    columns = ratings_from_rows(
        candidate=["ann", "ann", "ben", "ben"],
        interviewer=["ida", "ida", "joe", "lin"],
        question=["crm", "forecasting", "crm", "crm"],
        value=[4, None, None, None],
        mark=[None, "not-assessed", "no-evidence", None],
        blueprint=CRM,
        candidates=["ben", "ann", "eve"],
    )
    assert columns.candidates == ["ben", "ann", "eve"]
    assert columns.interviewers == ["ida", "joe"]
    assert columns.candidate.tolist() == [1, 1, 0]
    assert columns.question.tolist() == [0, 1, 0]
    assert columns.status.tolist() == [NUMBER, NOT_ASSESSED, NO_EVIDENCE]
    assert columns.value[0] == 4.0
    assert np.isnan(columns.value[1:]).all()


def test_no_rows_of_a_store_make_empty_columns() -> None:
    columns = ratings_from_rows([], [], [], [], [], CRM, ["ann"])
    assert len(columns) == 0
    assert columns.candidates == ["ann"]


@pytest.mark.parametrize(
    ("row", "unknown", "hint"),
    [
        (("ban", "crm", None), 'candidate "ban"', 'did you mean "ben"?'),
        (("ben", "forecast", None), 'question "forecast"', 'did you mean "forecasting"?'),
        (("ben", "crm", "skipped"), 'mark "skipped"', ""),
    ],
)
def test_a_stored_rating_of_something_unknown_is_refused(
    row: tuple[str, str, str | None], unknown: str, hint: str
) -> None:
    candidate, question, mark = row
    with pytest.raises(NotFound) as refused:
        ratings_from_rows([candidate], ["ida"], [question], [None if mark else 3], [mark], CRM, ["ben"])
    assert refused.value.message == f"{unknown} of a stored rating is unknown"
    assert refused.value.hint == hint


def test_without_a_rubric_each_question_is_a_criterion_of_weight_one(table_of: TableOf) -> None:
    rows = [("ann", "ida", "q2", 2.0), ("ann", "ida", "q1", 4.5), ("ann", "ida", "q3", "no-evidence")]
    blueprint, findings = own(table_of(rows))
    assert list(blueprint.questions) == list(blueprint.criteria) == ["q2", "q1", "q3"]
    assert np.array_equal(blueprint.loadings, np.eye(3))
    assert blueprint.weights.tolist() == [1.0, 1.0, 1.0]
    assert not blueprint.required.any()
    assert np.isnan(blueprint.bars).all()
    assert (blueprint.low, blueprint.high, blueprint.scale_source) == (2.0, 4.5, "data")
    (finding,) = findings
    assert (finding.code, finding.severity) == ("scale-from-data", Severity.INFO)
    assert finding.message == "the scale is the range of the ratings seen, 2 to 4.5"


def test_the_scale_given_is_taken_without_a_word(table_of: TableOf) -> None:
    blueprint, findings = own(table_of([("ann", "ida", "q", 2.0)]), scale=(-2.0, 2.0))
    assert (blueprint.low, blueprint.high, blueprint.scale_source) == (-2.0, 2.0, "option")
    assert findings == []


@pytest.mark.parametrize("scale", [(5.0, 1.0), (3.0, 3.0), (float("nan"), 5.0), (1.0, float("inf"))])
def test_a_scale_without_levels_is_refused(table_of: TableOf, scale: tuple[float, float]) -> None:
    with pytest.raises(UsageProblem, match="has no levels"):
        own(table_of([]), scale=scale)


@pytest.mark.parametrize("ratings", [[], ["not-assessed"], [float("inf")]])
def test_without_a_number_one_to_five_stands_in(table_of: TableOf, ratings: list[float | str]) -> None:
    blueprint, findings = own(table_of([("ann", "ida", "q", r) for r in ratings]))
    assert (blueprint.low, blueprint.high, blueprint.scale_source) == (1.0, 5.0, "data")
    assert [(f.code, f.severity) for f in findings] == [("scale-unknown", Severity.WARNING)]


def test_named_criteria_gather_their_questions_and_a_nameless_row_stands_for_its_question(
    table_of: TableOf,
) -> None:
    rows = [("ann", "ida", question, 3.0) for question in ("q1", "q2", "q3", "q1")]
    table = table_of(rows, criterion=["crm", " ", "crm", "crm"])
    blueprint, findings = own(table, scale=(1, 5))
    assert list(blueprint.criteria) == ["crm", "q2"]
    assert list(blueprint.questions) == ["q1", "q2", "q3"]
    assert blueprint.loadings.tolist() == [[1, 0], [0, 1], [1, 0]]
    assert blueprint.weights.tolist() == [1.0, 1.0]
    assert findings == []


def test_a_question_under_two_criteria_is_an_error_that_names_both_lines(table_of: TableOf) -> None:
    rows = [("ann", who, question, 3.0) for who in ("ida", "joe") for question in ("q1", "q2")]
    table = table_of(rows, criterion=["crm", "crm", "tools", ""])
    blueprint, findings = own(table, scale=(1, 5))
    assert list(blueprint.criteria) == ["crm"]
    assert {(f.code, f.severity) for f in findings} == {("criterion-conflict", Severity.ERROR)}
    assert [(str(f.location), f.message) for f in findings] == [
        ("ratings.csv:4", 'question "q1" is under criterion "tools", but under "crm" in line 2'),
        ("ratings.csv:5", 'question "q2" is under criterion "q2", but under "crm" in line 3'),
    ]


def test_a_nameless_row_agrees_with_a_criterion_of_its_questions_own_name(table_of: TableOf) -> None:
    table = table_of([("ann", "ida", "crm", 3.0), ("ann", "joe", "crm", 3.0)], criterion=["", "crm"])
    blueprint, findings = own(table, scale=(1, 5))
    assert list(blueprint.criteria) == ["crm"]
    assert findings == []


def test_an_empty_file_with_a_criterion_column_has_no_criteria(table_of: TableOf) -> None:
    blueprint, _ = own(table_of([], criterion=[]))
    assert list(blueprint.criteria) == []


def test_more_questions_than_can_be_criteria_are_an_error(table_of: TableOf) -> None:
    rows = [("ann", "ida", f"q{i}", 3.0) for i in range(2001)]
    blueprint, findings = own(table_of(rows), scale=(1, 5))
    assert list(blueprint.questions) == []
    assert [f.code for f in findings] == ["too-many-questions"]
    assert findings[0].message == "2001 questions are too many to be criteria; at most 2000"


def test_each_opening_of_a_file_has_its_own_candidates_and_interviewers(table_of: TableOf) -> None:
    rows = [("ann", "ida", "crm", 1.0), ("ben", "joe", "crm", 2.0), ("ann", "joe", "crm", 3.0)]
    ratings, findings = hold_against(ratings_from_table(table_of(rows, opening=["south", "north", "north"])), CRM)
    parts = split_openings(ratings)
    assert findings == []
    assert list(parts) == ["south", "north"]
    assert (parts["south"].candidates, parts["south"].interviewers) == (["ann"], ["ida"])
    assert (parts["north"].candidates, parts["north"].interviewers) == (["ann", "ben"], ["joe"])
    assert parts["north"].candidate.tolist() == [1, 0]
    assert split_openings(parts["north"]) == {}


def test_the_same_row_in_two_openings_is_no_duplicate(table_of: TableOf) -> None:
    rows = [("ann", "ida", "crm", 1.0), ("ann", "ida", "crm", 2.0)]
    _, findings = hold_against(ratings_from_table(table_of(rows, opening=["south", "north"])), CRM)
    assert findings == []
    _, findings = hold_against(ratings_from_table(table_of(rows, opening=["south", "south"])), CRM)
    assert [f.code for f in findings] == ["rating-duplicate"]
