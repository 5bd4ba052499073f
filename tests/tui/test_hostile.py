"""Names that are markup, escapes or far too long are harmless on every screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.store.store import Store
from hiringkit.text.clean import clean_text

Hand = Any
Play = Callable[..., None]
SCREENS: dict[str, tuple[str, ...]] = {
    "home": (),
    "home as an interviewer": (),
    "interview": ("enter",),
    "interview that is submitted": ("tab", "enter", "2", "right", "right", "enter"),
    "amending": ("tab", "enter", "2", "right", "right", "enter", "alt+5"),
    "review": ("enter", "ctrl+s"),
    "review of what is submitted": ("tab", "enter", "2", "right", "right", "enter", "ctrl+s"),
    "candidates": ("tab", "enter"),
    "panel": ("tab", "enter", "2"),
    "compare": ("c",),
    "compare by intervals": ("c", "v"),
    "writing a file": ("c", "w"),
    "interviewers": ("tab", "enter", "4"),
    "rubric": ("tab", "enter", "alt+5"),
    "profile": ("c", "enter"),
    "profile of the other": ("c", "j", "enter", "j", "j"),
    "help": ("enter", "f1"),
    "palette": ("ctrl+p",),
}
OBEYED = "\x1b\x07\x9b\u202e\x00"


@pytest.mark.parametrize("size", [(80, 24), pytest.param((140, 45), marks=pytest.mark.slow)])
@pytest.mark.parametrize("screen", SCREENS)
def test_hostile_text_is_harmless(
    play: Play, opened: Callable[[Path], Store], hostile_file: Path, screen: str, size: tuple[int, int]
) -> None:
    async def script(hand: Hand) -> None:
        await hand.press(*SCREENS[screen])
        assert not any(sign in hand.text for sign in OBEYED)
        assert clean_text(hand.text) == hand.text
        for line in hand.screen._compositor.render_strips():
            assert line.cell_length == size[0]
        if screen in {"home", "candidates", "profile of the other", "interview"}:
            assert "[/de" in hand.text

    who = "ivy" if screen == "home as an interviewer" else ""
    play(opened(hostile_file), script, size=size, who=who)
