"""What laws ask for, and how groups come out, on an opening's screen: by key and by palette."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.compliance import log_review
from hiringkit.actions.openings import OutcomeGiven, edit_opening
from hiringkit.domain.people import HiringOutcome
from hiringkit.store.store import Store

Hand = Any
Play = Callable[..., None]
RECRUITER = Actor("recruiter:dana", lambda: datetime(2026, 3, 2, 9, tzinfo=UTC))


@pytest.mark.slow
def test_card_notice_and_reviews_are_two_keys_away(play: Play, panel: Store) -> None:
    log_review(panel, RECRUITER, "som", "ada", result="upheld", reason="read it all again")

    async def script(hand: Hand) -> None:
        await hand.press("P")
        assert "Which paper?" in hand.text
        await hand.press("enter")
        assert "System card" in hand.text
        await hand.press("escape", "P", "down", "enter")
        assert "Notice to candidates" in hand.text
        await hand.press("escape", "3", "P", "down", "down", "enter")
        assert "read it all again" in hand.words

    play(panel, script, tab="candidates", size=(120, 40))


@pytest.mark.slow
def test_whoever_was_rejected_is_explained_to_and_nobody_else(play: Play, panel: Store) -> None:
    edit_opening(panel, RECRUITER, "som", outcomes={"bo": OutcomeGiven(HiringOutcome.REJECTED, "pay")})

    async def script(hand: Hand) -> None:
        await hand.press("P", "down", "down", "enter")
        assert "nothing went against" in hand.words
        await hand.press("down", "P")
        assert "explanation of the outcome, to Bo" in hand.text
        await hand.press("down", "down", "enter")
        assert "Explanation of an outcome" in hand.text
        assert "Ada" not in hand.text.replace("Manager Ada", "")

    play(panel, script, tab="candidates", size=(120, 40))


@pytest.mark.slow
def test_groups_are_counted_from_a_file_and_a_missing_one_is_said(play: Play, demo: Store, tmp_path: Path) -> None:
    groups = tmp_path / "groups.csv"
    groups.write_text("candidate,sex\namara,f\nwenjing,f\ntomas,m\npriya,f\n", encoding="utf-8")

    async def script(hand: Hand) -> None:
        await hand.press("tab", "enter", "3", "P", "down", "down", "down", "enter")
        assert "Which file says who belongs to which groups?" in hand.text
        await hand.type(str(tmp_path / "none.csv"))
        await hand.press("enter")
        await hand.settle()
        assert "! " in hand.text
        await hand.press("P", "down", "down", "down", "enter")
        await hand.type(str(groups))
        await hand.press("enter")
        await hand.settle()
        assert "Too few to say" in hand.words
        assert "Fairness" in hand.text

    play(demo, script, size=(120, 40))


def test_an_interviewer_is_refused(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("P", "down", "down", "down", "enter")
        assert "! " in hand.text
        assert "recruiter" in hand.words

    play(panel, script, tab="candidates", who="ivy", size=(120, 40))


@pytest.mark.slow
def test_the_palette_has_it(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        for tab in "123456":
            await hand.press(tab)
            assert "law" in {key.action for key in hand.screen.offered()}

    play(panel, script, tab="candidates")
