"""What is worth mending in a posting: untraced requirements, wording, length."""

import pytest
from attrs import evolve

from hiringkit.actions.postings import (
    _FEMININE,
    _MASCULINE,
    age_words,
    check_posting,
    check_wording,
    coded_words,
    one_sex_words,
    traces,
)
from hiringkit.domain.codes import Code
from hiringkit.domain.posting import Company, Posting
from hiringkit.domain.role import Requirement, RequirementKind
from hiringkit.domain.rubric import Rubric
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings
from hiringkit.text.language import Text


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
    assert found[Code.REQUIREMENT_UNTRACED].path == "$.role.requirements[0]"


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
    assert one_sex_words("男士优先，已婚已育") == ("男士优先", "已婚已育")
    assert age_words("A young team, age 25 to 35, recent graduates") == ("young", "recent graduates", "age 25 to 35")
    assert age_words("A recent graduate") == ("recent graduate",)
    assert age_words("35岁以下，应届毕业生") == ("35岁以下", "应届")
    assert age_words("25 to 35 accounts, younger deals, over 40 % of them") == ()


def test_the_coded_words_are_those_of_the_published_lists() -> None:
    """Gaucher, Friesen & Kay (2011), Appendix A, as others have reprinted it too: 42 masculine and 40 feminine."""
    masculine, feminine = _MASCULINE.split(), _FEMININE.split()
    assert (len(masculine), len(feminine)) == (42, 40)
    assert {"active", "analy*", "lead*", "masculine", "self-relian*", "superior"} <= set(masculine)
    assert {"affectionate", "commit*", "feminine", "respon*", "understand*", "yield*"} <= set(feminine)
    assert not set(masculine) & set(feminine)


@pytest.mark.parametrize("term", ["age 25 to 35", "young", "college student", "recent college graduate", "boy", "girl"])
def test_every_term_that_the_regulation_names_is_found(term: str) -> None:
    """29 CFR 1625.4(a)."""
    assert age_words(f"Wanted: {term} for sales") == (term,)


def test_what_the_regulation_allows_is_not_reported() -> None:
    """29 CFR 1625.4(a): a preference for older people."""
    assert age_words("Over age 60, retirees welcome: supplement your pension.") == ()


@pytest.mark.parametrize(
    ("text", "sex", "age"),
    [
        ("仅限男性", ("仅限男性",), ()),
        ("性别：女", ("性别：女",), ()),
        ("男女不限，不限男女，性别：男女均可", (), ()),
        ("未婚未育，无生育计划", ("未婚未育", "无生育计划"), ()),
        ("享有婚假、产假和生育津贴", (), ()),
        ("25-35岁，年龄不超过40岁", (), ("25-35岁", "年龄不超过40")),
        ("年满16周岁以上", (), ()),
        ("45岁以上勿扰", (), ("45岁以上",)),
    ],
)
def test_chinese_postings_are_read_for_what_the_rules_forbid(
    text: str, sex: tuple[str, ...], age: tuple[str, ...]
) -> None:
    assert one_sex_words(text) == sex
    assert age_words(text) == age


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
