"""Expressions in a rubric's file: read, checked, compared."""

from pathlib import Path

import pytest
from attrs import evolve

from hiringkit.domain.rubric import Rubric
from hiringkit.domain.rubric_diff import Step
from hiringkit.library.catalog import Library
from hiringkit.library.diff import diff_rubrics
from hiringkit.library.documents import parse_rubric
from hiringkit.library.review import review_text
from hiringkit.library.yaml.write import write_rubric
from hiringkit.settings import load_settings

SHIPPED = sorted(path.stem for path in (Path(__file__).parents[3] / "rubrics").rglob("*.yaml"))
HEAD = """hiringkit: rubric/1
id: lead
version: 1.0.0
title: Lead
criteria:
  - id: staffing
    kind: responsibility
    name: Staffing
    definition: Has people on the desk.
    weight: 1
    also: {also}
questions:
  - id: one
    kind: behavioural
    text: Tell me of it.
    criteria: {{staffing: 1}}
"""


def library() -> Library:
    return Library(load_settings({}, {}).roots)


def errors(also: str) -> list[tuple[str, str]]:
    found = review_text(library(), HEAD.format(also=also)).findings
    return [(each.code, each.path) for each in found if each.severity == "error"]


def shipped() -> Rubric:
    return library().load_rubric("sales-operations-manager")


def test_expressions_are_checked_at_their_place() -> None:
    assert errors('{en: ["staff|man-power desk"], zh: ["排班"]}') == []
    assert errors('{en: ["staff||desk"]}') == [("expression-shape", "$.criteria[0].also.en[0]")]
    assert errors('{fr: ["equipe"]}') == [("unknown-key", "$.criteria[0].also.fr")]
    assert errors('{en: "staff"}') == [("wrong-type", "$.criteria[0].also.en")]
    assert errors("[staff]") == [("wrong-type", "$.criteria[0].also")]


def test_a_rubric_with_expressions_is_written_as_it_is_read() -> None:
    text = HEAD.format(also='{en: ["staff|man-power desk", "!night shift"], zh: ["排班 !夜班"]}')
    rubric, _findings = parse_rubric(text)
    assert rubric
    again, _findings = parse_rubric(write_rubric(rubric))
    assert again == rubric
    assert again.criteria[0].also == {"en": ("staff|man-power desk", "!night shift"), "zh": ("排班 !夜班",)}


def test_another_expression_is_a_change_of_wording_at_most() -> None:
    before = shipped()
    first, *rest = before.criteria
    after = evolve(before, criteria=(evolve(first, also={"en": ("dashboard team",)}), *rest))
    found = diff_rubrics(before, after)
    assert found.step is Step.PATCH
    assert {change.path for change in found.changes} == {
        "criteria.team-visibility.also.en",
        "criteria.team-visibility.also.zh",
    }


@pytest.mark.slow
def test_the_shipped_rubrics_have_expressions_for_everything_in_both_languages() -> None:
    for name in SHIPPED:
        rubric = library().load_rubric(name)
        assert rubric.role
        role = rubric.role
        tables = [each.also for each in rubric.criteria]
        tables += [each.also for each in role.tasks]
        tables += [each.also for each in role.requirements]
        tables += [each.also for each in role.stakeholders]
        assert all(set(table) == {"en", "zh"} for table in tables)
