"""Rubrics with the questions that they draw from banks."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.errors import FindingsError
from hiringkit.library.catalog import Library

Brief = Callable[[Iterable[Finding]], list[str]]


def findings_of(library: Library, text: str) -> tuple[Finding, ...]:
    return library.check_text(text, "f")


@pytest.fixture
def found(library: Library, drawing_text: str, briefly: Brief) -> Callable[[str, str], list[str]]:
    """The findings of the rubric with a piece replaced."""

    def replaced(old: str, new: str) -> list[str]:
        assert drawing_text.count(old) == 1
        return briefly(findings_of(library, drawing_text.replace(old, new)))

    return replaced


def test_questions_take_the_place_of_their_drawing_in_its_order(library: Library) -> None:
    rubric = library.load_rubric("analyst")
    assert [q.id for q in rubric.asked] == ["large-data", "bottlenecks"]
    assert len(rubric.questions) == 2
    assert rubric.asked[0].criteria == {"analysis": 1.5}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "bank: basics",
            "bank: basic",
            ['45:12 unknown-reference $.questions[0].bank (did you mean "basics"?)'],
            id="a bank with a slip",
        ),
        pytest.param(
            "bottlenecks]",
            "bottleneck]",
            ['45:38 unknown-reference $.questions[0].use[1] (did you mean "bottlenecks"?)'],
            id="a question with a slip",
        ),
        pytest.param(
            "bottlenecks]",
            "bottlenecks, large-data]",
            ["45:51 question-twice $.questions[0].use[2] (ask it once)"],
            id="a question twice in one drawing",
        ),
        pytest.param(
            "policy:\n",
            "  - {bank: basics, use: [bottlenecks]}\npolicy:\n",
            ["46:26 question-twice $.questions[1].use[0] (ask it once)"],
            id="a question in two drawings",
        ),
        pytest.param(
            ", bottlenecks]",
            "]",
            ["39:9 criterion-not-asked $.criteria[1].id (ask one, or delete the criterion)"],
            id="a criterion that no bank's question asks about",
        ),
        pytest.param(
            "id: forecasting",
            "id: forecasts",
            [
                "39:9 criterion-not-asked $.criteria[1].id (ask one, or delete the criterion)",
                '45:38 unknown-reference $.questions[0].use[1] (did you mean "forecasts"?)',
            ],
            id="a bank's question about another criterion",
        ),
        pytest.param(
            "{value: 3, label",
            "{value: 4, label",
            [
                "38:7 anchor-level $.criteria[0].anchors.3 (its levels are 1, 2, 4)",
                "45:26 anchor-level $.questions[0].use[0] (its levels are 1, 2, 4)",
            ],
            id="a bank's anchors on another scale",
        ),
        pytest.param(
            "bank: basics",
            "bank: [basics]",
            ["45:12 wrong-type $.questions[0].bank"],
            id="a bank that cannot be read",
        ),
    ],
)
def test_a_mistake_in_a_drawing_is_found_where_it_stands(
    found: Callable[[str, str], list[str]], old: str, new: str, expected: list[str]
) -> None:
    assert found(old, new) == expected


def test_messages_name_the_question_of_the_bank(library: Library, drawing_text: str) -> None:
    other = drawing_text.replace("id: forecasting", "id: forecasts")
    assert findings_of(library, other)[1].message == (
        'there is no criterion "forecasting", which the question "bottlenecks" of the bank is evidence for'
    )


def test_an_own_question_may_not_take_the_id_of_a_drawn_one(
    library: Library, drawing_text: str, briefly: Brief
) -> None:
    own = "  - {id: large-data, kind: knowledge, text: {en: What., zh: 什么？}, criteria: {analysis: 1}}\n"
    findings = findings_of(library, drawing_text.replace("policy:\n", own + "policy:\n"))
    assert briefly(findings) == ["46:10 question-twice $.questions[1].id (ask it once)"]
    assert findings[0].message == 'the question "large-data" is asked already, in line 45'


def test_errors_of_a_bank_are_the_rubrics_errors_too(library: Library, root: Path) -> None:
    bank = root / "question_banks/sales-operations/basics.yaml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("kind: knowledge", "kind: quiz"), encoding="utf-8")
    with pytest.raises(FindingsError, match='"analyst" has errors and is not used') as caught:
        library.load_rubric("analyst")
    of_rubric, of_bank = caught.value.findings
    assert (of_rubric.code, of_rubric.path) == ("bank-unusable", "$.questions[0].bank")
    assert of_rubric.hint == f"see the findings in {bank}"
    assert str(of_bank.location) == f"{bank}:10:11"
    assert of_bank.code == "unknown-value"


def test_other_mistakes_of_the_rubric_are_found_beside_those_of_a_drawing(
    library: Library, drawing_text: str, briefly: Brief
) -> None:
    wrong = drawing_text.replace("weight: 60", "weight: 0").replace("bank: basics", "bank: other-bank")
    assert [line.partition(" (")[0] for line in briefly(findings_of(library, wrong))] == [
        "33:13 not-positive $.criteria[0].weight",
        "45:12 unknown-reference $.questions[0].bank",
    ]
