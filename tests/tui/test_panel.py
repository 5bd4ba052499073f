"""The panel tab: who asks what, when and for how long, what the plan covers, and changing it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate
from hiringkit.actions.openings import create_opening, show_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.domain.interview import InterviewState
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.library.catalog import Library
from hiringkit.store.store import Store

Hand = Any
Play = Callable[..., None]
RECRUITER = Actor("", lambda: datetime(2026, 3, 2, 9, tzinfo=UTC))
RUBRIC = """\
hiringkit: rubric/1
id: small
version: 1.0.0
title: Small
criteria:
  - {id: care, kind: competency, name: Care, definition: d, weight: 3, bar: 3, anchors: {1: careless, 3: careful}}
  - {id: pace, kind: competency, name: Pace, definition: d, weight: 1, bar: 3, anchors: {1: slow, 3: quick}}
questions:
"""


@pytest.fixture
def unplanned(opened: Callable[[Path], Store], empty: Path, library: Library, tmp_path: Path) -> Store:
    """An opening `som` with two candidates, and four people who could interview them; nothing is planned."""
    questions = [
        f"  - {{id: {criterion}-{n}, kind: behavioural, title: About {criterion} {n}, text: Question {n}?,"
        f" criteria: {{{criterion}: 1}}, minutes: 10, anchors: {{1: a, 3: b}}}}\n"
        for criterion in ("care", "pace")
        for n in range(4)
    ]
    (tmp_path / "small.yaml").write_text(RUBRIC + "".join(questions), encoding="utf-8")
    store = opened(empty)
    create_opening(store, library, RECRUITER, "som", str(tmp_path / "small.yaml"))
    add_candidates(store, RECRUITER, "som", [Candidate("ada", "Ada"), Candidate("bo", "Bo")])
    names = ("Ivy", "Joe", "Kim", "Lea")
    add_interviewers(store, RECRUITER, [Interviewer(each.lower(), each) for each in names])
    return store


def test_the_interview_at_the_cursor_says_what_is_asked_when_and_for_how_long(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("tab", "enter", "2")
        assert "No panel plan: A makes one." in hand.text
        await hand.press("right")
        assert "Amara Osei - Helen Brandt" in hand.text
        assert "minutes" in hand.text
        await hand.press("down", "right")
        assert "No interview is planned there." in hand.text

    play(demo, script)


@pytest.mark.slow
def test_a_plan_is_made_changed_and_scheduled_by_keys(play: Play, unplanned: Store) -> None:
    def plan() -> Any:
        return show_opening(unplanned, RECRUITER, "som").plan

    async def script(hand: Hand) -> None:
        await hand.press("A")
        await hand.until("Plan 1 is kept.")
        await hand.settle()
        assert "A planned" in hand.text
        assert "every criterion is asked about by as many as it needs" in hand.text
        first = plan().plan.interviews[0]
        columns = [each.id for each in show_opening(unplanned, RECRUITER, "som").planned]
        await hand.press(*["right"] * (columns.index(first.interviewer) + 1))
        assert f"Ada - {first.interviewer.title()}, kit {first.kit}, " in hand.text
        await hand.press("X")
        assert f"Who holds kit {first.kit} with Ada instead of" in hand.words
        await hand.press("enter")
        await hand.until("Plan 2 is kept.")
        await hand.settle()
        (moved,) = [each for each in plan().plan.interviews if (each.candidate, each.kit) == ("ada", first.kit)]
        assert moved.interviewer != first.interviewer
        assert moved.questions == first.questions
        await hand.press("S", "y")
        await hand.until("Plan 3 is kept.")
        await hand.settle()
        held = show_opening(unplanned, RECRUITER, "som").interviews
        assert ("ada", moved.interviewer) in {(each.candidate, each.interviewer) for each in held}
        assert "scheduled" in hand.text
        await hand.press("W")
        assert "How criteria are covered" in hand.text

    play(unplanned, script, tab="panel", size=(120, 40))


@pytest.mark.slow
def test_a_scheduled_interview_changes_hands_and_one_that_has_begun_does_not(play: Play, unplanned: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("A")
        await hand.until("Plan 1 is kept.")
        await hand.settle()
        await hand.press("S", "y")
        await hand.until("Plan 2 is kept.")
        await hand.settle()
        view = show_opening(unplanned, RECRUITER, "som")
        held = next(each for each in view.interviews if each.interviewer == view.interviewers[0].id)
        await hand.press(*["down"] * ["ada", "bo"].index(held.candidate), "right", "X", "enter")
        await hand.until("Plan 3 is kept.")
        await hand.settle()
        states = {each.id: each.state for each in show_opening(unplanned, RECRUITER, "som").interviews}
        assert states[held.id] is InterviewState.CANCELLED
        other = next(
            each
            for each in show_opening(unplanned, RECRUITER, "som").interviews
            if each.state is InterviewState.SCHEDULED
        )
        rate(unplanned, Actor(other.interviewer, RECRUITER.now), other.id, other.kit[0], value=3)
        await hand.press("f5", "home")
        columns = [each.id for each in hand.screen.state.panel]
        table = hand.screen.query_one("#panel")
        table.row = ["ada", "bo"].index(other.candidate)
        table.column = columns.index(other.interviewer) + 1
        await hand.press("X", "enter")
        assert "has begun, and stays as it is" in hand.words

    play(unplanned, script, tab="panel", size=(120, 40))


@pytest.mark.slow
def test_the_palette_and_the_mouse_plan_too_and_an_interviewer_may_not(play: Play, unplanned: Store) -> None:
    async def click(hand: Hand) -> None:
        line = hand.text.split("\n")[-1]
        await hand.pilot.click(offset=(line.index("A plan"), len(hand.text.split("\n")) - 1))
        await hand.until("Plan 1 is kept.")
        await hand.settle()
        assert {"plan_panel", "reassign", "schedule_panel", "whole_plan"} <= {
            key.action for key in hand.screen.offered()
        }
        await hand.press("3")
        assert not {"plan_panel", "reassign"} & {key.action for key in hand.screen.offered()}

    async def refused(hand: Hand) -> None:
        await hand.press("A")
        await hand.until("! ")
        assert "recruiter" in hand.words

    play(unplanned, click, tab="panel", size=(120, 40))
    play(unplanned, refused, tab="panel", who="ivy")


@pytest.mark.slow
def test_what_stands_against_a_plan_is_said(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("A")
        await hand.until("! ")
        assert "no panel plan" in hand.words

    play(panel, script, tab="panel", size=(120, 40))
