"""The interview where something cannot be written: locked, refused, submitted."""

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.openings import close_opening
from hiringkit.actions.schedule import show_interview
from hiringkit.domain.interview import Rating
from hiringkit.store.store import Store

AT = "som/ada/ivy"
FIRST, SECOND = "bottlenecks", "forecast-miss"
Hand = Any
Play = Callable[..., None]
OnDisk = Callable[..., Any]


@pytest.mark.slow
def test_a_locked_database_means_not_saved_yet_until_it_is(play: Play, panel: Store, on_disk: OnDisk) -> None:
    other = sqlite3.connect(str(panel.path), isolation_level=None)

    async def script(hand: Hand) -> None:
        other.execute("BEGIN IMMEDIATE")
        await hand.pilot.press("alt+4")
        await hand.until("Not saved yet, trying again")
        assert "1(4)" in hand.text
        assert "another program is writing" in hand.words
        assert on_disk(panel, FIRST).value is None
        await hand.pilot.press("alt+5")
        other.execute("ROLLBACK")
        await hand.until("1[5]")
        await hand.until("Saved. 1 to rate.")
        assert on_disk(panel, FIRST).value == 5

    play(panel, script, interview=AT)
    other.close()


@pytest.mark.slow
def test_leaving_while_something_is_not_saved_asks_first(play: Play, panel: Store, on_disk: OnDisk) -> None:
    other = sqlite3.connect(str(panel.path), isolation_level=None)

    async def script(hand: Hand) -> None:
        other.execute("BEGIN IMMEDIATE")
        await hand.pilot.press("alt+4", "ctrl+q")
        await hand.until("would be lost")
        await hand.pilot.press("escape")
        await hand.until("1(4)")
        await hand.pilot.press("ctrl+t")
        await hand.until("would be lost")
        await hand.pilot.press("escape")
        other.execute("ROLLBACK")
        await hand.until("1[4]")
        await hand.press("ctrl+t")
        assert "what waits for Ivy" in hand.text

    play(panel, script, interview=AT)
    assert on_disk(panel, FIRST).value == 4
    other.close()


def test_what_is_refused_stays_on_the_screen_and_says_so(
    play: Play, panel: Store, acting: Callable[[str], Actor]
) -> None:
    async def script(hand: Hand) -> None:
        close_opening(panel, acting(""), "som")
        await hand.press("alt+4")
        assert "NOT saved (bottlenecks)" in hand.text
        assert "is closed" in hand.text
        assert "1(4)" in hand.text

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_a_submitted_interview_is_amended_with_a_reason_and_keeps_the_old_scorecard(
    play: Play, panel: Store, acting: Callable[[str], Actor], on_disk: OnDisk
) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("pageup")
        assert "Submitted and locked" in hand.text
        await hand.press("alt+3")
        assert "bottlenecks: from 2 to 3" in hand.text
        await hand.press("enter")
        assert on_disk(panel, FIRST, "som/ada/joe").value == 2
        await hand.press("alt+3", *"late", "enter")
        assert on_disk(panel, FIRST, "som/ada/joe").value == 3
        assert "1[3]" in hand.text
        await hand.press("ctrl+s")
        assert "(amended: late)" in hand.text

    play(panel, script, interview="som/ada/joe", who="joe")
    cards = show_interview(panel, acting(""), "som/ada/joe").interview.scorecards
    assert [card.ratings[0].value for card in cards] == [2, 3]


@pytest.mark.slow
def test_another_interviewers_interview_is_to_read_only(play: Play, panel: Store, on_disk: OnDisk) -> None:
    async def script(hand: Hand) -> None:
        assert "another interviewer's interview" in hand.text
        await hand.press("alt+4", "alt+n", "alt+h", "escape", "4", "enter", "ctrl+z", "ctrl+s", *"words")
        assert on_disk(panel, FIRST).value is None

    play(panel, script, interview=AT, who="joe")


@pytest.mark.slow
def test_submitting_meanwhile_elsewhere_locks_it_here(play: Play, panel: Store, acting: Callable[[str], Actor]) -> None:
    async def script(hand: Hand) -> None:
        for question in (FIRST, SECOND):
            rate(panel, acting("ivy"), AT, question, value=3)
        submit(panel, acting("ivy"), AT)
        await hand.press("alt+5")
        assert "NOT saved (bottlenecks)" in hand.text
        assert "submitted, locked" in hand.text

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_a_change_from_another_window_shows_within_a_second(
    play: Play, panel: Store, acting: Callable[[str], Actor]
) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("alt+2")
        rate(panel, acting("ivy"), AT, FIRST, value=5, evidence="from there")
        await hand.until("Also open in another window: question 1 was changed there.", seconds=2)
        assert "1[5]" in hand.text
        assert hand.note == "from there"
        await hand.press("alt+4")
        assert "1[4]" in hand.text

    play(panel, script, interview=AT, who="ivy")


async def until_noted(hand: Hand, wanted: str) -> None:
    """Wait until the note says something and all is on disk."""
    for _ in range(500):
        if wanted in hand.note and hand.idle and not hand.screen.note.typed:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{wanted!r} is not in the note: {hand.note!r}")


@pytest.mark.slow
def test_what_is_typed_in_two_windows_at_once_is_all_kept(
    play: Play, panel: Store, acting: Callable[[str], Actor], on_disk: OnDisk
) -> None:
    async def script(hand: Hand) -> None:
        await hand.type("from here")
        rate(panel, acting("ivy"), AT, FIRST, evidence="from there", base=Rating(FIRST))
        await until_noted(hand, "from there")
        await hand.type(", and on")
        await hand.press("pagedown", "pageup")
        kept = on_disk(panel, FIRST).evidence
        assert "from here, and on" in kept
        assert kept.count("from there") == 1
        assert hand.note == kept
        await hand.press("ctrl+z", "ctrl+z", "ctrl+z")
        kept = on_disk(panel, FIRST).evidence
        assert "from here" in kept
        assert ", and on" not in kept
        assert "from there" in kept

    play(panel, script, interview=AT, who="ivy")


@pytest.mark.slow
def test_a_level_that_another_window_gave_meanwhile_is_not_written_over_unseen(
    play: Play, panel: Store, acting: Callable[[str], Actor], on_disk: OnDisk
) -> None:
    async def script(hand: Hand) -> None:
        hand.screen.writer.looking = False
        rate(panel, acting("ivy"), AT, FIRST, value=5)
        await hand.press("alt+2")
        assert "question 1 has 5 from there; 2 is not taken" in hand.words
        assert "1[5]" in hand.text
        await hand.press("alt+2")
        assert "1[2]" in hand.text

    play(panel, script, interview=AT, who="ivy")
    assert on_disk(panel, FIRST).value == 2


@pytest.mark.slow
def test_two_processes_on_one_file_lose_nothing(play: Play, panel: Store, on_disk: OnDisk) -> None:
    words = [f"there-{n}" for n in range(6)]
    code = (
        "import sys; from datetime import UTC, datetime; from hiringkit.actions.audit import Actor;"
        "from hiringkit.actions.interviews import rate; from hiringkit.actions.schedule import show_interview;"
        "from hiringkit.store.store import open_store\n"
        "store = open_store(sys.argv[1]); actor = Actor('ivy', lambda: datetime.now(UTC))\n"
        "for word in sys.argv[2:]:\n"
        "    base = show_interview(store, actor, 'som/ada/ivy').interview.rating('bottlenecks')\n"
        "    rate(store, actor, 'som/ada/ivy', 'bottlenecks', evidence=base.evidence + '\\n' + word, base=base)\n"
    )

    async def script(hand: Hand) -> None:
        other = await asyncio.create_subprocess_exec(sys.executable, "-c", code, str(panel.path), *words)
        for n in range(6):
            await hand.type(f"own-{n} ")
            await hand.pilot.pause()
        assert await other.wait() == 0
        await until_noted(hand, words[-1])
        kept = on_disk(panel, FIRST).evidence
        for word in (*words, *(f"own-{n}" for n in range(6))):
            assert kept.count(word) == 1, kept
        assert hand.note.strip() == kept

    play(panel, script, interview=AT, who="ivy")
