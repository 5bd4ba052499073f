"""Rubrics and question banks in lists, in a search and in full, in both languages."""

import json
from collections.abc import Callable

import pytest
from attrs import evolve

from hiringkit.domain.question import Match, Question, QuestionBank, QuestionKind
from hiringkit.domain.role import Cadence, Compensation, Requirement, RequirementKind, Role, Stakeholder, Task
from hiringkit.domain.rubric import (
    Criterion,
    CriterionKind,
    Need,
    NoEvidencePolicy,
    Policy,
    Precondition,
    QuestionUse,
    Rubric,
    Sign,
    default_scale,
)
from hiringkit.report.model import Report
from hiringkit.report.render.text import render
from hiringkit.report.views.bank import bank_report, banks_report, search_report
from hiringkit.report.views.rubric import rubric_report, rubrics_report
from hiringkit.text.language import Text

Expected = Callable[[str], str]

STUCK = Question(
    "bottlenecks",
    QuestionKind.BEHAVIOURAL,
    Text(en="Tell me about a deal that got stuck.", zh="请讲一笔卡住的单子。"),
    {"process": 2, "insight": 1},
    why=Text(en="Shows how they find a cause.", zh="看怎样找原因。"),
    minutes=8,
    probes=(Text(en="What did you measure?", zh="量了什么？"), Text(en="What changed?", zh="后来呢？")),
    look_for=(Text(en="a cause, not a culprit", zh="找原因，不找人"),),
    watch_for=(Text(en="blame", zh="怪罪"),),
    anchors={1: Text(en="Blames a colleague.", zh="怪同事。"), 5: Text(en="Mends the process.", zh="修好流程。")},
)
FORECAST = Question("forecast", QuestionKind.WORK_SAMPLE, Text("Make a forecast from this sheet."), {"insight": 1})
RUBRIC = Rubric(
    "sales-ops",
    "1.2.0",
    Text(en="Sales operations", zh="销售运营"),
    default_scale(),
    (
        Criterion(
            "process",
            CriterionKind.RESPONSIBILITY,
            Text(en="Process", zh="流程"),
            Text(en="Keeps work flowing.", zh="让工作顺畅。"),
            3,
            Text(en="Most of the day.", zh="占大部分时间。"),
            bar=3,
            required=True,
            anchors={1: Text(en="Waits.", zh="等。"), 5: Text(en="Mends.", zh="修。")},
        ),
        Criterion("insight", CriterionKind.COMPETENCY, Text("Insight"), Text("Reads data."), 1),
    ),
    (STUCK, FORECAST),
    summary=Text(en="Keeps sales running.", zh="让销售运转。"),
    role=Role(
        "sales-operations",
        "manager",
        (Stakeholder("finance", Text("Budget and targets.")),),
        (Requirement("degree", RequirementKind.PREFERRED, Text("A degree."), Text("Some tasks need it.")),),
        Compensation("USD", 90000, 130000, note=Text("Varies with experience.")),
        (Task("hygiene", Text("Keeps records clean."), ("process",), Cadence.AS_NEEDED),),
    ),
    need=Need((Precondition("budget", Text("There is a budget.")),), (Sign("chaos", Text("Chaos."), Text("Order.")),)),
    policy=Policy(0.8, NoEvidencePolicy.LOWEST, {"yes": 3.5, "strong-yes": 4.25, "no": 2.5}),
)
BANK = QuestionBank("sales", Text(en="Sales questions", zh="销售题库"), (STUCK, FORECAST))

REPORTS: dict[str, Report] = {
    "rubrics": rubrics_report([RUBRIC], "zh", sources={"sales-ops": "rubrics/sales-ops.yaml"}),
    "rubric-en": rubric_report(RUBRIC),
    "rubric-zh": rubric_report(RUBRIC, "zh"),
    "banks": banks_report([BANK], sources={"sales": "question_banks/sales.yaml"}),
    "bank-en": bank_report(BANK),
    "bank-zh": bank_report(BANK, "zh"),
    "search": search_report([Match("sales", FORECAST, 2.0), Match("sales", STUCK, 1.0)], "forecast"),
}


@pytest.mark.parametrize("name", sorted(REPORTS))
@pytest.mark.parametrize("width", [80, 120])
def test_each_view_is_shown_to_the_letter(name: str, width: int, expected: Expected) -> None:
    assert render(REPORTS[name], width=width) == expected(f"{name}-{width}.txt")


def test_a_rubric_before_its_banks_are_resolved_still_counts_its_questions() -> None:
    drawn = evolve(RUBRIC, questions=(QuestionUse("sales", ("a", "b", "c")), FORECAST), role=None, need=None)
    document = json.loads(render(rubrics_report([drawn]), "json"))
    assert document["rubrics"][0]["questions"] == 4
    assert "Role" not in render(rubric_report(drawn))


def test_the_document_of_a_rubric_is_all_of_it_in_both_languages() -> None:
    document = json.loads(render(REPORTS["rubric-en"], "json"))
    rubric = document["rubric"]
    assert document["schema"] == "hiringkit/rubric/1"
    assert rubric["title"] == {"en": "Sales operations", "zh": "销售运营"}
    assert rubric["criteria"][1]["name"] == "Insight"
    assert rubric["criteria"][0]["anchors"] == {
        "1": {"en": "Waits.", "zh": "等。"},
        "5": {"en": "Mends.", "zh": "修。"},
    }
    assert rubric["policy"]["no_evidence"] == "lowest"


def test_a_search_names_the_bank_of_each_question() -> None:
    document = json.loads(render(REPORTS["search"], "json"))
    assert [(question["bank"], question["id"]) for question in document["questions"]] == [
        ("sales", "forecast"),
        ("sales", "bottlenecks"),
    ]
    assert render(REPORTS["search"], "csv").splitlines()[1] == (
        "forecast,sales,work sample,,Make a forecast from this sheet."
    )


def test_a_bank_as_csv_has_a_question_a_row() -> None:
    assert render(REPORTS["bank-zh"], "csv").splitlines()[1] == "bottlenecks,behavioural,8,请讲一笔卡住的单子。"


@pytest.mark.parametrize(
    ("report", "command"),
    [
        (rubrics_report([]), "hiringkit --library DIR rubric list"),
        (banks_report([]), "hiringkit --library DIR bank list"),
        (search_report([], "nothing"), "hiringkit bank list"),
    ],
)
def test_where_there_is_nothing_the_next_command_is_named(report: Report, command: str) -> None:
    assert command in render(report, width=120)
