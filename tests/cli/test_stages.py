"""Interviews that ask the questions of a stage."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
STAGED = """\
hiringkit: rubric/1
id: staged
version: 1.0.0
extends: sales-operations-manager
title: {en: Staged, zh: 分阶段}
stages:
  - {id: screen, title: {en: Screen, zh: 初筛}, questions: [QUESTIONS]}
"""


@pytest.fixture
def opening(hk: Run, here: Path) -> Run:
    """Run on an opening `som` with two candidates and two interviewers, whose rubric has a stage of three questions."""
    rubric = hk("rubric", "show", "sales-operations-manager", "-f", "json").json["rubric"]
    three = ", ".join(question["id"] for question in rubric["questions"][:3])
    (here / "staged.yaml").write_text(STAGED.replace("QUESTIONS", three), encoding="utf-8")
    assert hk("opening", "create", "som", "--rubric", "./staged.yaml").code == 0
    assert hk("candidate", "import", "som", "-", typed="name\nAnn\nBob\n").code == 0
    assert hk("interviewer", "import", "-", typed="name\nIvy\nJoe\n").code == 0
    return hk


def kits(done: Any) -> dict[tuple[str, str], list[str]]:
    assert done.code == 0, done.err
    return {(each["candidate"], each["interviewer"]): each["kit"] for each in done.json["interviews"]}


@pytest.mark.slow
def test_a_stage_is_asked_by_all_its_interviewers_together(opening: Run) -> None:
    found = kits(opening("interview", "schedule", "som", "ann", "ivy", "joe", "--stage", "screen", "-f", "json"))
    assert len(found["ann", "ivy"]) == 3
    assert found["ann", "joe"] == found["ann", "ivy"]


@pytest.mark.slow
def test_nobody_hears_a_question_of_the_stage_twice(opening: Run) -> None:
    first = kits(opening("interview", "schedule", "som", "bob", "joe", "--stage", "screen", "-f", "json"))["bob", "joe"]
    assert opening("interview", "schedule", "som", "ann", "joe", "--question", first[0]).code == 0
    refused = opening("interview", "schedule", "som", "bob", "ivy", "--stage", "screen")
    assert refused.code == 1
    assert "Bob is asked every question of the stage 'screen'" in refused.err
    found = kits(opening("interview", "schedule", "som", "ann", "ivy", "--stage", "screen", "-f", "json"))
    assert found["ann", "ivy"] == first[1:]


@pytest.mark.slow
def test_everybody_goes_through_a_stage(opening: Run) -> None:
    done = opening("interview", "schedule", "som", "--all", "--interviewer", "ivy", "--stage", "screen", "-f", "json")
    assert {who: len(kit) for who, kit in kits(done).items()} == {("ann", "ivy"): 3, ("bob", "ivy"): 3}


def test_a_stage_that_is_not_there_is_named(opening: Run) -> None:
    done = opening("interview", "schedule", "som", "ann", "ivy", "--stage", "scren")
    assert done.code == 1
    assert "screen" in done.err
    both = opening("interview", "schedule", "som", "ann", "ivy", "--stage", "screen", "--minutes", "30")
    assert both.code == 2
    assert "--stage" in both.err
