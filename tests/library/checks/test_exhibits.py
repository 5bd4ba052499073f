"""Exhibits, marking guides, stages, outcomes and reference checks: read, written back, and checked."""

import pytest

from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Rubric
from hiringkit.library.documents import parse_rubric
from hiringkit.library.yaml.write import dump_rubric, write_rubric
from hiringkit.text.language import Text

EXHIBITS = """\
    exhibits:
      - id: pipeline
        title: {en: Pipeline, zh: 在跟商机}
        text: {en: The quota is 900., zh: 目标为900。}
        table:
          columns: [{en: Stage, zh: 阶段}, Q1, {en: Amount, zh: 金额}]
          rows:
            - [{en: Discovery, zh: 需求挖掘}, 40, 1.50]
            - [Acme, "8", "1,200"]
    marking:
      - {en: Coverage is 1.9., zh: 覆盖率为1.9。}
"""
STAGES = """\
stages:
  - id: screen
    title: {en: Screen, zh: 初筛}
    purpose: {en: Fit, zh: 匹配}
    led_by: {en: Recruiter, zh: 招聘专员}
    minutes: 30
    questions: [own-question]
"""
ROLE = """\
  outcomes:
    - {id: first, days: 30, text: {en: Knows the data, zh: 熟悉数据}}
  reference_checks:
    - id: data
      text: {en: How was the data?, zh: 数据怎么样？}
      why: {en: It matters, zh: 重要}
      criteria: [analysis]
"""


@pytest.fixture
def full(rubric_text: str) -> str:
    """A rubric with everything that this file is about."""
    text = rubric_text.replace("    samples:\n", f"{EXHIBITS}    samples:\n").replace("policy:\n", f"{STAGES}policy:\n")
    text = text.replace("need:\n", f"{ROLE}need:\n")
    return text.replace("      cadence: weekly\n", "      cadence: weekly\n      questions: [own-question]\n")


def read(text: str) -> Rubric:
    rubric, findings = parse_rubric(text)
    assert rubric is not None, findings
    assert findings == ()
    return rubric


def test_it_is_read(full: str) -> None:
    rubric = read(full)
    (question,) = rubric.asked
    assert isinstance(question, Question)
    (exhibit,) = question.exhibits
    assert exhibit.table is not None
    assert exhibit.table.columns[1] == Text("Q1")
    assert [[cell.in_language("zh") for cell in row] for row in exhibit.table.rows] == [
        ["需求挖掘", "40", "1.50"],
        ["Acme", "8", "1,200"],
    ]
    assert question.marking[0].in_language("en") == "Coverage is 1.9."
    stage = rubric.stage("screen")
    assert stage is not None
    assert stage.questions == ("own-question",)
    assert rubric.stage("other") is None
    assert rubric.role is not None
    assert rubric.role.outcomes[0].days == 30
    assert rubric.role.reference_checks[0].criteria == ("analysis",)
    assert rubric.role.tasks[0].questions == ("own-question",)


def test_it_is_written_back(full: str) -> None:
    rubric = read(full)
    assert read(dump_rubric(rubric)) == rubric
    assert read(write_rubric(rubric)) == rubric


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (', "1,200"]', "]", "table-row $.questions[0].exhibits[0].table.rows[1]"),
        (', "1,200"]', ', ""]', "empty-text $.questions[0].exhibits[0].table.rows[1][2]"),
        (', "1,200"]', ", true]", "wrong-type $.questions[0].exhibits[0].table.rows[1][2]"),
        ("[Acme,", "[阿克梅公司,", "translation-missing $.questions[0].exhibits[0].table.rows[1][0]"),
        ("[Acme,", "[Whatever came in on Friday,", "translation-missing $.questions[0].exhibits[0].table.rows[1][0]"),
        ("questions: [own-question]\npolicy", "questions: [own]\npolicy", "unknown-reference $.stages[0].questions[0]"),
        ("questions: [own-question]\npolicy", "questions: []\npolicy", "empty-list $.stages[0].questions"),
        (
            "questions: [own-question]\npolicy",
            "questions: [own-question, own-question]\npolicy",
            "question-in-two-stages $.stages[0].questions[1]",
        ),
        (
            "weekly\n      questions: [own-question]",
            "weekly\n      questions: [x]",
            "unknown-reference $.role.tasks[0].questions[0]",
        ),
        ("days: 30", "days: 0", "out-of-range $.role.outcomes[0].days"),
        ("days: 30", "days: 30.5", "wrong-type $.role.outcomes[0].days"),
        (
            "重要}\n      criteria: [analysis]",
            "重要}\n      criteria: [x]",
            "unknown-reference $.role.reference_checks[0].criteria[0]",
        ),
        ("minutes: 30", "minutes: 0", "not-positive $.stages[0].minutes"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(full: str, old: str, new: str, found: str) -> None:
    assert old in full
    findings = parse_rubric(full.replace(old, new), "f")[1]
    assert [f"{finding.code} {finding.path}" for finding in findings] == [found]


def test_an_exhibit_shows_something(full: str) -> None:
    start, end = full.index("        text: {en: The quota"), full.index("    marking:")
    findings = parse_rubric(full[:start] + full[end:], "f")[1]
    assert [(finding.code, finding.path) for finding in findings] == [("exhibit-empty", "$.questions[0].exhibits[0]")]
