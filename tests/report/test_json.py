"""Profiles written out as JSON: the same text, whichever way it is made."""

import json
from collections.abc import Sequence
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.domain.codes import Code
from hiringkit.domain.profile import (
    BarState,
    Comparison,
    Counts,
    CriterionScore,
    CriterionTable,
    Disagreement,
    FitProfile,
    Gate,
    Method,
    Opinion,
    Overall,
    Rank,
    Recommendation,
    ScaleUsed,
    Side,
)
from hiringkit.report.model import MANY, Report, figure
from hiringkit.report.render.json import render_json
from hiringkit.report.views.documents import comparison_document, profile_texts

TABLE = CriterionTable(
    criteria=("crm", "s\u202eql"),
    score=[4.123456789, nan, 1 / 3, 5.0],
    low=[3.0, nan, nan, 1e-7],
    high=[4.5, nan, nan, 5.0],
    observed=[4.0, 2.25, nan, 5.0],
    ratings=[3, 0, 1, 2],
    state=[BarState.PASSED, BarState.UNRATED, BarState.FAILED, None],
    above=[0.987654321, nan, 1 / 3, nan],
    adjusted=[4.2, nan, 1.25, 5.0],
    no_evidence=[0, 1, 0, 0],
    not_assessed=[0, 0, 2, 0],
)


def profiles(rows: Sequence[Sequence[CriterionScore]]) -> list[FitProfile]:
    first = FitProfile(
        "王",
        'Wang "Xiaoming"\u202e',
        Overall(3.1234567, (2.0, nan), None, 4, 2, 0.5),
        rows[0],
        Rank(1, (1, 2), 0.25, ("b",), {"b": 0.6666666666}),
        (Gate("crm", 3, BarState.PASSED, 0.9), Gate("sql", 2.5, BarState.UNRATED)),
        Recommendation("strong-yes", {"strong-yes": 0.75, "yes": 0.25}),
        (Code.COVERAGE_LOW, Code.ONE_INTERVIEWER),
        (Opinion("ida", "yes", "clear \u202e answers"),),
        (
            Disagreement(None, Side("ida", 1.0), Side("joe", 4.5), True, ("ida",), ("joe",)),
            Disagreement("crm", Side("ida", 1.0), Side("joe", 3.0), False),
        ),
    )
    second = FitProfile("b", "b", Overall(None, None, None, 0, 0, 0.0), rows[1], Rank(None))
    return [first, second]


@pytest.mark.parametrize("rows", [TABLE.rows(), [tuple(row) for row in TABLE.rows()]], ids=["columns", "objects"])
def test_a_profile_is_the_text_of_its_document(rows: Sequence[Sequence[CriterionScore]]) -> None:
    comparison = comparison_of(profiles(rows))
    made = [json.dumps(entry, ensure_ascii=False) for entry in comparison_document(comparison)["profiles"]]
    assert list(profile_texts(comparison.profiles)) == [text.replace("\u202e", "\\u202e") for text in made]


def test_scores_in_columns_are_those_in_objects() -> None:
    row = TABLE.rows()[1]
    assert list(row) == [
        CriterionScore("crm", 1 / 3, None, None, 1, BarState.FAILED, 1 / 3, 1.25, no_evidence=0, not_assessed=2),
        CriterionScore("s\u202eql", 5.0, (1e-7, 5.0), 5.0, 2, adjusted=5.0),
    ]
    assert (row[-1], row[:1], len(row)) == (row[1], (row[0],), 2)
    with pytest.raises(IndexError):
        row[2]


@pytest.mark.slow
@given(st.lists(st.floats(-1e18, 1e18) | st.floats(-10, 10) | st.sampled_from([nan, inf, 0.0, -0.0, 1e-5, 2.9999996])))
def test_figures_are_those_of_json(values: list[float]) -> None:
    expected = [json.dumps(figure(value)) for value in values]
    counts, states = [0] * len(values), [None] * len(values)
    table = CriterionTable(["c"], values, values, values, values, counts, states, values, values, counts, counts)
    rows = table.rows()
    made = [FitProfile("a", "a", Overall(None, None, None, 0, 0, 0.0), row, Rank(None)) for row in rows]
    for text, one in zip(profile_texts(made), expected, strict=True):
        assert f'"score": {one}, ' in text
        assert f'"observed": {one}, ' in text
        assert f'"above_bar": {one}, "adjusted": {one}, ' in text


def test_very_many_profiles_are_one_a_line() -> None:
    comparison = comparison_of(profiles(TABLE.rows()) * MANY)
    text = render_json(Report("", document=lambda: comparison_document(comparison)))
    assert json.loads(text)["profiles"] == comparison_document(comparison_of(profiles(TABLE.rows())))["profiles"] * MANY
    assert sum(line.startswith('    {"candidate": ') for line in text.splitlines()) == 2 * MANY


def comparison_of(found: list[FitProfile]) -> Comparison:
    counts = Counts(4, 0, 0, 2, 1, 2)
    return Comparison(Method.OBSERVED, 0.9, ScaleUsed(1.0, 5.0, "data"), counts, tuple(found), ())
