"""What is worth mending in a posting: untraced requirements, wording, length."""

import pytest
from attrs import evolve

from hiringkit.actions.postings import check_posting, check_wording, traces
from hiringkit.actions.postingwords import age_words, coded_words, one_sex_words
from hiringkit.domain.posting import Company, Posting
from hiringkit.domain.role import Requirement, RequirementKind
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.text import Text
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return Library(load_settings({}, {}).roots).load_rubric("sales-operations-manager")


def requirement(text: str, *criteria: str) -> Requirement:
    return Requirement("it", RequirementKind.REQUIRED, Text(en=text), None, criteria)


def test_a_requirement_traces_by_its_words_or_by_naming_a_criterion(rubric: Rubric) -> None:
    assert traces(requirement("Has kept a forecast and checked it against what closed."), rubric)
    assert not traces(requirement("Holds a driving licence."), rubric)
    assert traces(requirement("Holds a driving licence.", "enablement"), rubric)


@pytest.mark.parametrize("name", ["operations-manager", "revenue-operations-manager", "sales-operations-analyst"])
def test_every_requirement_of_the_shipped_rubrics_traces(name: str) -> None:
    shipped = Library(load_settings({}, {}).roots).load_rubric(name)
    assert shipped.role
    assert [each.id for each in shipped.role.requirements if not traces(each, shipped)] == []


def test_an_untraced_requirement_is_named_with_its_place(rubric: Rubric) -> None:
    assert rubric.role
    odd = evolve(rubric, role=evolve(rubric.role, requirements=(requirement("Holds a driving licence."),)))
    found = {f.code: f for f in check_posting(Posting(odd, Company()), "words " * 200, "en")}
    assert found["requirement-untraced"].path == "$.role.requirements[0]"


def test_stems_count_every_word_that_begins_with_them_and_whole_words_only_themselves() -> None:
    masculine, feminine = coded_words(
        "Aggressive, competing; self-reliant. Logical logic. Supportive and kind, a kindle."
    )
    assert masculine == ("aggressive", "competing", "self-reliant", "logic")
    assert feminine == ("supportive", "kind")


def test_only_the_balance_of_a_posting_is_judged() -> None:
    assert [f.code for f in check_wording("We compete and understand.")] == []
    assert [f.code for f in check_wording("We compete, lead and understand.")] == ["gendered-wording"]


def test_words_for_one_sex_or_one_age() -> None:
    assert one_sex_words("He or she is a salesman; the others, here.") == ("he", "she", "salesman")
    assert one_sex_words("男士优先，已婚已育") == ("男士优先", "已婚已育", "已育")
    assert age_words("A young team, age 25 to 35, recent graduates") == ("young", "age 25 to 35")
    assert age_words("A recent graduate") == ("recent graduate",)
    assert age_words("35岁以下，应届毕业生") == ("35岁以下", "应届")
    assert age_words("25 to 35 accounts, younger deals, over 40 % of them") == ()


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("word " * 1_300, "en", "posting-long"),
        ("word " * 50, "en", "posting-short"),
        ("岗" * 1_300, "zh", "posting-long"),
        ("word " * 600, "en", None),
    ],
)
def test_length_is_judged_by_the_time_it_takes_to_read(
    rubric: Rubric, text: str, language: str, code: str | None
) -> None:
    found = {f.code for f in check_posting(Posting(rubric, Company()), text, language)}
    assert found & {"posting-long", "posting-short"} == ({code} if code else set())
