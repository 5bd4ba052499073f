"""Who one is, what is made in dialogs, and where the palette leads."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.interview_plans import edit_interview
from hiringkit.actions.openings import show_opening
from hiringkit.actions.people import every_interviewer
from hiringkit.library.catalog import Library
from hiringkit.store import openings
from hiringkit.store.store import Store, open_store
from hiringkit.tui.session import OwnFiles

Hand = Any
Play = Callable[..., None]
Acting = Callable[[str], Actor]


@pytest.fixture
def own(library: Library, tmp_path: Path) -> OwnFiles:
    return OwnFiles(library, tmp_path / "attempts", tmp_path / "practice")


@pytest.mark.slow
def test_from_nothing_to_an_interview_without_leaving_the_screen(
    play: Play, own: OwnFiles, tmp_path: Path, acting: Acting
) -> None:
    store = open_store(str(tmp_path / "new.db"), create=True)

    async def script(hand: Hand) -> None:
        assert "No openings yet. n makes one, d shows a demo." in hand.text
        await hand.press("n", "enter", "enter", "enter")
        await hand.settle()
        assert "0 of 0" in hand.text
        await hand.press("n", "down", "enter")
        await hand.type("Łukasz [bold]Nowak[/]")
        await hand.press("enter")
        await hand.type("Five years at Globex")
        await hand.press("enter")
        await hand.press("n", "down", "down", "enter")
        await hand.type("Helen Brandt")
        await hand.press("enter", "enter")
        await hand.press("n", "down", "down", "down", "enter", "enter", "enter")
        await hand.type("tomorrow")
        await hand.press("enter")
        assert "is no date and time" in hand.text
        await hand.press(*["backspace"] * len("tomorrow"))
        await hand.type("2026-01-05 14:00")
        await hand.press("enter")
        await hand.settle()
        assert "today 14:00" in hand.text
        assert "[bold]Nowak[/]" in hand.text

    play(None, script, own=own, make_store=lambda: store)
    [opening] = [show_opening(store, acting(""), each) for each in ids(store)]
    assert opening.candidates[0].resume_line == "Five years at Globex"
    assert [each.name for each in every_interviewer(store)] == ["Helen Brandt"]
    assert opening.interviews[0].scheduled_at == datetime(2026, 1, 5, 14, tzinfo=UTC)
    store.close()


def ids(store: Store) -> list[str]:
    with store.read() as tx:
        return [each.id for each in openings.every(tx)]


@pytest.mark.slow
def test_esc_makes_nothing_and_a_name_is_needed(play: Play, panel: Store, own: OwnFiles, acting: Acting) -> None:
    async def script(hand: Hand) -> None:
        for keys in (("n", "escape"), ("n", "down", "enter", "escape"), ("n", "down", "enter", "enter", "escape")):
            await hand.press(*keys)
        await hand.press("n", "down", "enter", "enter")
        assert "a name is needed" in hand.text
        await hand.type("Cy")
        await hand.press("enter", "escape")
        assert "Interviews done" in hand.words or "Openings" in hand.text

    play(panel, script, own=own)
    assert [each.id for each in show_opening(panel, acting(""), "som").candidates] == ["ada", "bo"]


@pytest.mark.slow
def test_the_first_start_asks_who_one_is(play: Play, panel: Store) -> None:
    async def ivy(hand: Hand) -> None:
        assert "Who are you?" in hand.text
        await hand.press("enter")
        assert "what waits for Ivy" in hand.words

    async def recruiter(hand: Hand) -> None:
        await hand.press("escape")
        assert "interviews that wait" in hand.text

    async def named(hand: Hand) -> None:
        assert "Who are you?" not in hand.text

    play(panel, ivy, ask_who=True)
    play(panel, recruiter, ask_who=True)
    play(panel, named, ask_who=True, who="joe")
    play(None, named, ask_who=True)


@pytest.mark.slow
def test_preparing_does_not_start_the_clock(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("p")
        assert "preparing, Alt+T starts the clock" in hand.text
        assert not hand.screen.stopwatch.running
        await hand.press("alt+t")
        assert hand.screen.stopwatch.running
        assert "preparing" not in hand.text

    play(panel, script, who="ivy")


@pytest.mark.slow
def test_the_palette_leads_to_people_and_interviews(play: Play, panel: Store) -> None:
    async def person(hand: Hand) -> None:
        await hand.press("ctrl+p", *"ada")
        await hand.until("Ada (Manager Ada)")
        await hand.press("escape", "escape", "ctrl+p", *"Bo - I")
        await hand.until("Bo - Ivy Ada (interview")
        await hand.press("enter", "enter")
        await hand.until("Bo - Ivy Ada - Manager")

    play(panel, person, who="ivy")


@pytest.mark.slow
def test_the_palette_leads_to_interviewers(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("ctrl+p", *"joe")
        await hand.until("Joe (interviewer, Manager Ada)")
        await hand.press("enter", "enter")
        await hand.until("[4 Interviewers]")
        await hand.until("> Joe")

    play(panel, script)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 1, 5, 23, tzinfo=UTC), "today 23:00"),
        (datetime(2026, 1, 5, 8, tzinfo=UTC), "today 08:00!"),
        (datetime(2026, 1, 6, 8, tzinfo=UTC), "tomorrow 08:00"),
        (datetime(2026, 1, 3, 8, tzinfo=UTC), "2026-01-03 08:00!"),
    ],
)
def test_it_says_when(play: Play, panel: Store, acting: Acting, at: datetime, words: str) -> None:
    edit_interview(panel, acting(""), "som/bo/ivy", at=at)

    async def script(hand: Hand) -> None:
        assert words in hand.text
        assert "no time yet" in hand.text

    play(panel, script, who="ivy")
