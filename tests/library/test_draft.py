"""A role description, taken apart; and what is suggested for it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.library.catalog import Library
from hiringkit.library.draft import (
    MOST_LINES,
    gather_pool,
    ids_of,
    nearest_rubric,
    offered_questions,
    read_description,
    suggest_criteria,
    suggest_questions,
)

ROOT = Path(__file__).parents[2]
ENGLISH = """\
# CRM Operations Lead

About us
We are a company that was founded in 1999.

**Responsibilities:**
- Keep the CRM clean
• Run the weekly forecast call
1. Train new hires
- Keep the CRM clean

Requirements
* Three years in sales operations
2) SQL

Nice to have:
- A certificate
Benefits
- Fruit
"""
CHINESE = """\
销售运营负责人

岗位职责：
1、维护CRM数据质量
2、组织每周预测会

任职要求：
一、三年以上销售运营经验
加分项
- 证书
"""


def test_headings_sort_the_lines() -> None:
    found = read_description(ENGLISH)
    assert found.title == "CRM Operations Lead"
    assert found.tasks == ("Keep the CRM clean", "Run the weekly forecast call", "Train new hires")
    assert found.required == ("Three years in sales operations", "SQL")
    assert found.preferred == ("A certificate",)
    assert found.language == "en"


def test_chinese_headings_and_numbers_are_known() -> None:
    found = read_description(CHINESE)
    assert found.title == "销售运营负责人"
    assert found.tasks == ("维护CRM数据质量", "组织每周预测会")
    assert (found.required, found.preferred, found.language) == (("三年以上销售运营经验",), ("证书",), "zh")


def test_a_paragraph_becomes_sentences() -> None:
    sentence = "Owns the forecast and explains every change in it to finance before anybody has to ask for it."
    found = read_description(
        " ".join([sentence, sentence.replace("forecast", "budget"), sentence.replace("Owns", "Has")])
    )
    assert len(found.tasks) == 3


@pytest.mark.parametrize("text", ["", "\n\n", "-\n*\n", "....", "\x1b[2J\n\x07"])
def test_nothing_said_is_nothing_found(text: str) -> None:
    found = read_description(text)
    assert not [line for line in (*found.tasks, *found.required) if any(map(str.isalpha, line)) and "[2J" not in line]


def test_hostile_lines_are_cleaned_and_counted() -> None:
    found = read_description("- \x1b]0;x\x07 \u202eevil task line\n" + "".join(f"- task {n}\n" for n in range(1000)))
    assert not any(sign in "".join(found.tasks) for sign in ("\x1b", "\x07", "\u202e"))
    assert len(found.tasks) == MOST_LINES


@given(st.text())
def test_any_text_is_taken_apart(text: str) -> None:
    found = read_description(text)
    lines = [*found.tasks, *found.required, *found.preferred]
    assert all(line.strip() for line in lines)
    assert len(set(ids_of(lines, "task"))) == len(lines)


def test_ids_are_made_of_telling_words() -> None:
    lines = ["Keep the CRM clean and tidy always", "Keep the CRM clean and tidy always", "维护数据", "1 2 3"]
    assert ids_of(lines, "task") == ["keep-crm-clean-tidy", "keep-crm-clean-tidy-2", "task-3", "1-2-3"]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([ROOT])


@pytest.mark.slow
def test_the_rubric_of_the_role_is_the_nearest(library: Library) -> None:
    campaigns = nearest_rubric(library, "Runs campaigns, lead scoring and the marketing automation platform")
    assert campaigns is not None
    assert campaigns.id == "marketing-operations-manager"
    renewals = nearest_rubric(library, "客户成功运营：维护健康度评分，管理续约流程")
    assert renewals is not None
    assert renewals.id == "customer-success-operations-manager"


@pytest.mark.slow
def test_each_task_gets_the_criteria_that_it_is_like(library: Library) -> None:
    pool = gather_pool(library, library.load_rubric("sales-operations-manager"))
    forecast, training, nothing = suggest_criteria(
        pool, ["Produce the sales forecast every week", "培训新入职的销售代表，缩短上手时间", "xyzzy"]
    )
    assert forecast[0] == "forecasting"
    assert training[0] == "onboarding-ramp"
    assert nothing == ()


@pytest.mark.slow
def test_what_is_offered_asks_for_nothing_else_and_covers_every_criterion(library: Library) -> None:
    rubric = library.load_rubric("sales-operations-manager")
    pool = gather_pool(library, rubric)
    wanted = ["forecasting", "enablement", "change-management"]
    offers = offered_questions(pool, wanted, rubric.scale)
    assert all(set(question.criteria) <= set(wanted) for _bank, question in offers)
    chosen = suggest_questions(pool, offers, wanted)
    asked = [question for _bank, question in offers if question.id in chosen]
    assert all(sum(criterion in question.criteria for question in asked) >= 2 for criterion in wanted)
    assert len(chosen) == len(set(chosen))
