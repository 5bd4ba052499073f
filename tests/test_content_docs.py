"""docs/content.md has the tables that benchmarks/content.py makes, and the shipped content keeps what it says."""

import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from hiringkit.domain.coverage import GATE_QUESTIONS, time_gap
from hiringkit.library.coverage import time_shares

ROOT = Path(__file__).parents[1]
FULL_HOUR = 60


@pytest.fixture(scope="module")
def content() -> Mapping[str, Any]:
    return runpy.run_path(str(ROOT / "benchmarks" / "content.py"))


@pytest.mark.slow
def test_the_page_says_what_is_measured_now(content: Mapping[str, Any]) -> None:
    page = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
    tables = content["tables"]()
    assert [heading for heading in tables if heading not in page] == []
    assert [heading for heading, table in tables.items() if f"\n\n{table}\n" not in page] == []


def test_an_hour_and_the_stages_give_each_criterion_its_share_of_the_time(content: Mapping[str, Any]) -> None:
    off = []
    for rubric in content["load_rubrics"]():
        assert rubric.stages, rubric.id
        weight = sum(each.weight for each in rubric.criteria)
        for name, asked in (("kit", content["in_a_kit"](rubric, FULL_HOUR)), ("stages", rubric.heard)):
            shares = time_shares(asked)
            off += [
                (rubric.id, name, each.id)
                for each in rubric.criteria
                if not shares.get(each.id) or time_gap(shares[each.id], each.weight / weight)
            ]
    assert off == []


@pytest.mark.parametrize(
    "minutes", [pytest.param(45, marks=pytest.mark.slow), FULL_HOUR, pytest.param(90, marks=pytest.mark.slow)]
)
def test_kits_and_stages_ask_two_questions_for_each_gate(content: Mapping[str, Any], minutes: float) -> None:
    once = [
        (rubric.id, each.id)
        for rubric in content["load_rubrics"]()
        for each in rubric.criteria
        for asked in (content["in_a_kit"](rubric, minutes), rubric.heard)
        if each.required and content["mainly"](asked, each.id) < GATE_QUESTIONS
    ]
    assert once == []
