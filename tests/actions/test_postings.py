"""What is worth mending in a posting: pay that nobody gave, untraced requirements, wording, length."""

import pytest
from attrs import evolve

from hiringkit.actions.postings import check_posting, check_wording, traces
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


def test_a_wording_is_named_with_its_sentence_and_another(rubric: Rubric) -> None:
    (found,) = check_wording("We run a quiet shop. A salesman with patience is wanted.")
    assert found.code == "masculine-wording"
    assert str(found.message) == '"salesman" in: A salesman with patience is wanted.'
    assert "salesperson" in found.hint


def test_the_rubrics_pay_is_offered_by_nobody(rubric: Rubric) -> None:
    found = {f.code: f for f in check_posting(Posting(rubric, Company()), "words " * 200, "en")}
    assert "USD 90,000-130,000" in str(found[Code.PAY_ABSENT].hint)


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
