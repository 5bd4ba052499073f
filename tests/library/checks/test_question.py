"""What may be wrong with questions and banks that have the right shape."""

from collections.abc import Callable, Iterable

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.library.documents import Kind, draft, parse_rubric, result_of

Brief = Callable[[Iterable[Finding]], list[str]]
ANSWER = "answer: {en: x, zh: 甲}, why: {en: y, zh: 乙}"
AGAIN = """\
  - id: own-question
    kind: behavioural
    text: {en: And., zh: 那么？}
    criteria: {analysis: 1}
"""
WIDE = "(a letter takes one cell, a Chinese character two; lists cut what is wider)"
ASKED = [
    pytest.param(
        "{analysis: 2, forecasting: 1}",
        "{analysis: 2, forecasting: 1, forecastng: 1}",
        ['48:45 unknown-reference $.questions[0].criteria.forecastng (did you mean "forecasting"?)'],
        id="a question for a criterion with a slip",
    ),
    pytest.param(
        "{analysis: 2, forecasting: 1}",
        "{analysis: 2, forecasting: 0}",
        ["48:42 not-positive $.questions[0].criteria.forecasting"],
        id="a question's weight of nothing",
    ),
    pytest.param("minutes: 8", "minutes: 0", ["49:14 not-positive $.questions[0].minutes"], id="no minutes"),
    pytest.param(
        "      2: {en: Something",
        "      5: {en: Something",
        ["54:7 anchor-level $.questions[0].anchors.5 (its levels are 1, 2, 3)"],
        id="an anchor off the scale",
    ),
    pytest.param(
        "level: 2",
        "level: 9",
        ["56:24 anchor-level $.questions[0].samples[0].level (its levels are 1, 2, 3)"],
        id="a sample off the scale",
    ),
    pytest.param(
        "  - id: own-question\n",
        "  - {bank: basics, use: []}\n  - id: own-question\n",
        ["45:25 empty-list $.questions[0].use"],
        id="a drawing of nothing",
    ),
    pytest.param(
        "    minutes: 8\n",
        "    minutes: 8\n" + AGAIN,
        ["50:9 duplicate-id $.questions[1].id (give one of them another id)"],
        id="two questions of one id",
    ),
    pytest.param(
        "    minutes: 8\n",
        "    minutes: 8\n    title: {en: " + "x" * 41 + ", zh: 甲}\n",
        [
            f"50:12 too-wide $.questions[0].title {WIDE}",
        ],
        id="a title of more than forty cells",
    ),
    pytest.param(
        "    minutes: 8\n",
        "    minutes: 8\n    gists: {2: {en: x, zh: " + "甲" * 26 + "}, 3: {en: x, zh: 甲}}\n",
        [
            f"50:16 too-wide $.questions[0].gists.2 {WIDE}",
            "50:57 gist-without-anchor $.questions[0].gists.3",
        ],
        id="a gist that is too wide, and one without its anchor",
    ),
    pytest.param(
        "zh: 做过。}}\n",
        "zh: 做过。}}\n" + f"      - {{id: a, level: 1, {ANSWER}}}\n",
        ["57:14 duplicate-id $.questions[0].samples[1].id (give one of them another id)"],
        id="two samples of one id",
    ),
]
IN_BANKS = [
    pytest.param(
        "id: large-data",
        "id: bottlenecks",
        ["9:9 duplicate-id $.questions[1].id (give one of them another id)"],
        id="two questions of one id",
    ),
    pytest.param("id: basics", "id: The Basics", ['2:5 id-shape $.id (write "the-basics")'], id="an id with capitals"),
    pytest.param(
        "kind: knowledge",
        "kind: quiz",
        ["10:11 unknown-value $.questions[1].kind"],
        id="a kind like no other",
    ),
    pytest.param(
        "{forecasting: 1}",
        "{}",
        ["8:15 empty-list $.questions[0].criteria"],
        id="a question for no criterion",
    ),
    pytest.param(
        "      3: {en: All, zh: 全部}\n",
        "      3: {en: All, zh: 全部}\n" + f"    samples: [{{id: a, level: 4, {ANSWER}}}]\n",
        ["16:30 sample-level $.questions[1].samples[0].level"],
        id="a sample outside the anchors",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), ASKED)
def test_a_mistake_in_a_rubrics_own_question_is_found_where_it_stands(
    rubric_text: str, briefly: Brief, old: str, new: str, expected: list[str]
) -> None:
    assert rubric_text.count(old) == 1
    _, findings = parse_rubric(rubric_text.replace(old, new), "f")
    assert briefly(findings) == expected


@pytest.mark.parametrize(("old", "new", "expected"), IN_BANKS)
def test_a_mistake_in_a_bank_is_found_where_it_stands(
    bank_text: str, briefly: Brief, old: str, new: str, expected: list[str]
) -> None:
    assert bank_text.count(old) == 1
    _, findings = result_of(draft(bank_text.replace(old, new), "f", Kind.BANK))
    assert briefly(findings) == expected


def test_a_sample_may_stand_between_two_anchors(bank_text: str) -> None:
    bank, findings = result_of(draft(bank_text + f"    samples: [{{id: a, level: 2, {ANSWER}}}]\n", "-", Kind.BANK))
    assert findings == ()
    assert bank is not None
    assert bank.questions[1].samples[0].level == 2
