"""Home: openings, what waits for me, and a demo one key away."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events

from hiringkit.store.store import Store, open_store

Hand = Any
Play = Callable[..., None]


def test_it_shows_progress_and_what_waits(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        assert "2 of 4" in hand.text
        assert "interviews that wait" in hand.text
        assert hand.text.count("0 of 2") == 2

    play(panel, script)


@pytest.mark.slow
def test_acting_as_an_interviewer_only_ones_own_interviews_wait(play: Play, panel: Store) -> None:
    async def ivy(hand: Hand) -> None:
        assert "what waits for Ivy" in hand.text
        assert hand.text.count("no time yet") == 2

    async def joe(hand: Hand) -> None:
        assert "what waits for Joe" in hand.text
        assert "Nothing waits." in hand.text

    play(panel, ivy, who="ivy@firm.example")
    play(panel, joe, who="joe")


@pytest.mark.slow
def test_enter_opens_the_interview_or_the_opening_at_the_cursor(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("down", "enter")
        assert "Bo - Ivy" in hand.text
        await hand.press("ctrl+t", "tab", "enter")
        assert "[1 Candidates]" in hand.text
        await hand.press("escape", "c")
        assert "[3 Compare]" in hand.text

    play(panel, script)


@pytest.mark.slow
def test_keys_that_come_all_at_once_are_done_in_their_order(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        for key in ("down", "enter", "alt+5"):
            hand.app.post_message(events.Key(key, None))
        await hand.settle()
        assert "Bo - Ivy" in hand.text

    play(panel, script)


@pytest.mark.slow
def test_rows_are_chosen_by_a_second_click(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        row = next(n for n, line in enumerate(hand.text.split("\n")) if "  Bo " in line)
        await hand.pilot.click(offset=(17, row))
        await hand.settle()
        assert "> no time yet  Bo" in hand.text
        await hand.pilot.click(offset=(17, row))
        await hand.settle()
        assert "Bo - Ivy" in hand.text

    play(panel, script)


@pytest.mark.slow
def test_an_empty_database_says_how_to_begin(play: Play, tmp_path: Path, opened: object) -> None:
    async def script(hand: Hand) -> None:
        assert "No openings yet. n makes one, d shows a demo." in hand.text
        assert "Nothing waits." in hand.text

    with open_store(str(tmp_path / "empty.db"), create=True) as empty:
        play(empty, script)
    play(None, script)


@pytest.mark.slow
def test_d_shows_the_demo_and_returns(play: Play, panel: Store, demo_file: Path) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("d")
        assert "demo: all invented" in hand.text
        assert "Tomás Rivera" in hand.text
        await hand.press("d")
        assert "Tomás" not in hand.text
        assert "Bo" in hand.text

    play(panel, script, demo=lambda: open_store(str(demo_file)))


@pytest.mark.slow
def test_without_a_demo_d_says_so(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("d")
        assert "there is no demo here" in hand.text

    play(panel, script)
