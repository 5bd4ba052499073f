"""Scorecards of another program, imported on an opening's screen: looked at first. People are invented."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.openings import show_opening
from hiringkit.library.catalog import Library
from hiringkit.store.store import Store
from hiringkit.tui.session import OwnFiles

Hand = Any
Play = Callable[..., None]
PLAIN = "candidate,interviewer,criterion,rating\nCy Lee,Max Ray,forecasting,4\nCy Lee,Max Ray,data-analysis,3\n"
WORDS = PLAIN.replace("forecasting,4", "forecasting,solid [bold]").replace(
    "data-analysis,3", "data-analysis,solid [bold]"
)


@pytest.fixture
def own(library: Library, tmp_path: Path) -> OwnFiles:
    return OwnFiles(library, tmp_path / "attempts", tmp_path / "practice", {"interviewer": ("asked by",)})


def held(store: Store, acting: Any) -> int:
    return len(show_opening(store, acting(""), "som").interviews)


@pytest.mark.slow
def test_a_file_is_shown_before_it_is_imported(
    play: Play, panel: Store, own: OwnFiles, acting: Any, tmp_path: Path
) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(PLAIN.replace("interviewer", "Asked by"), "utf-8")
    before = held(panel, acting)

    async def script(hand: Hand) -> None:
        await hand.press("I")
        await hand.type(str(path.with_name("none.csv")))
        await hand.press("enter")
        await hand.settle()
        assert "there is no file" in hand.words
        await hand.press("escape", "I")
        await hand.type(str(path))
        await hand.press("enter")
        await hand.settle()
        assert "What would be imported" in hand.text
        assert "1 new, 0 changed" in hand.text
        assert "Cy Lee" in hand.text
        await hand.press("?")
        await hand.settle()
        assert "Import what is shown" in hand.words
        await hand.press("escape")
        assert held(panel, acting) == before
        await hand.press("escape", "I")
        await hand.type(str(path))
        await hand.press("enter")
        await hand.settle()
        await hand.press("y")
        await hand.settle()
        assert "Imported: 1 new, 0 changed." in hand.text
        await hand.press("I")
        await hand.type(str(path))
        await hand.press("enter")
        await hand.settle()
        assert "'Max Ray' has the name of max-ray" in hand.words
        await hand.press("enter")
        await hand.settle()
        assert "0 new, 0 changed, 1 as they are" in hand.words
        await hand.press("y")
        assert "What would be imported" in hand.text

    play(panel, script, tab="candidates", size=(120, 40), own=own)
    assert held(panel, acting) == before + 1


@pytest.mark.slow
def test_a_file_that_does_not_explain_itself_gets_a_map(
    play: Play, panel: Store, own: OwnFiles, acting: Any, tmp_path: Path
) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(WORDS, "utf-8")
    before = held(panel, acting)

    async def script(hand: Hand) -> None:
        await hand.press("n", "down", "down", "down", "down", "enter")
        await hand.type(str(path))
        await hand.press("enter")
        await hand.settle()
        assert "The file does not explain itself" in hand.words
        map_file = path.with_suffix(".map.yaml")
        assert "solid [bold]" in map_file.read_text("utf-8")
        await hand.press("enter")
        await hand.settle()
        assert "nothing says what the rating 'solid [bold]' means" in hand.words
        await hand.press("escape")
        map_file.write_text('levels: {"solid [bold]": 4}', "utf-8")
        await hand.press("n", "down", "down", "down", "down", "enter")
        await hand.type(str(path))
        await hand.press("enter")
        await hand.settle()
        await hand.press("enter")
        await hand.settle()
        assert "1 new, 0 changed" in hand.text
        await hand.press("y")
        await hand.settle()

    play(panel, script, size=(120, 40), own=own)
    assert held(panel, acting) == before + 1


def test_whoever_has_the_same_name_is_asked_about(play: Play, panel: Store, acting: Any, tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(PLAIN.replace("Max Ray", "Ivy Ada"), "utf-8")

    async def script(hand: Hand) -> None:
        await hand.press("I")
        await hand.type(str(path))
        await hand.press("enter")
        await hand.settle()
        assert "it is somebody else" in hand.words
        await hand.press("enter")
        await hand.settle()
        assert "0 new, 1 there already" in hand.words

    play(panel, script, tab="candidates", size=(120, 40))
