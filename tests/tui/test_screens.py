"""Every screen as text, at two sizes and in both languages, beside what somebody has looked at and found right.

What is right lies in `screens/`. A file that is missing is written, and the test fails once, so that somebody
looks at it: after a wanted change delete the files that are wrong and run the tests twice.
"""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.demo import OPENING
from hiringkit.actions.panel_plans import PanelWishes, plan_panel
from hiringkit.store.store import Store, open_store

Hand = Any
Play = Callable[..., None]
LARGER = [(100, 30), (140, 40), (200, 60)]
RIGHT = Path(__file__).parent / "screens"
SCREENS: dict[str, tuple[str, ...]] = {
    "home": (),
    "interview": ("enter", "alt+4", "*6 days -> 1 day", "alt+i", "pagedown", "pageup"),
    "levels": ("enter", "escape", "down", "down"),
    "guide": ("enter", "alt+w"),
    "notes": ("enter", "ctrl+n", "*asks for a laptop", "tab", "*What did the forecast miss cost?"),
    "review": ("enter", "alt+4", "ctrl+s", "2"),
    "candidates": ("tab", "enter"),
    "panel": ("tab", "enter", "2", "right", "down", "down"),
    "compare": ("c",),
    "intervals": ("c", "v", "v"),
    "debrief": ("tab", "enter", "6"),
    "interviewers": ("tab", "enter", "4"),
    "rubric": ("tab", "enter", "5"),
    "profile": ("c", "enter", "j", "j", "j"),
    "decision": ("tab", "enter", "D", "D", "*20", "enter", "*sick", "enter"),
    "help": ("enter", "f1"),
    "opening-help": ("tab", "enter", "question_mark", "space"),
    "law": ("tab", "enter", "P"),
}


AS_INTERVIEWER = {"interview", "levels", "guide", "notes", "review", "help"}
"""Screens that an interviewer sees; of the others a recruiter sees most."""
INTERVIEWER = "marcus"
VIEWS = [((80, 24), "en"), ((120, 40), "zh")]
MORE_VIEWS = [((120, 40), "en"), ((80, 24), "zh")]


@pytest.mark.parametrize(
    ("size", "language"), [*VIEWS, *(pytest.param(*view, marks=pytest.mark.slow) for view in MORE_VIEWS)]
)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_reads_as_it_should(
    play: Play, demo: Store, screen: str, size: tuple[int, int], language: str
) -> None:
    async def script(hand: Hand) -> None:
        await follow(hand, SCREENS[screen])
        assert_reads_right(hand, screen, size, language)

    play(demo, script, size=size, language=language, who=INTERVIEWER if screen in AS_INTERVIEWER else "")


def assert_reads_right(hand: Hand, screen: str, size: tuple[int, int], language: str) -> None:
    """What is shown is what somebody has found right."""
    shown = hand.text + "\n"
    path = RIGHT / f"{screen}-{size[0]}x{size[1]}-{language}.txt"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
        pytest.fail(f"{path.name} was not there and is written now: look at it")
    assert shown == path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def planned_file(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Path:
    """The demo with a plan of its panel, which takes the solver some seconds."""
    path = tmp_path_factory.mktemp("planned") / "planned.db"
    shutil.copy(demo_file, path)
    actor = Actor("", lambda: datetime(2026, 1, 5, 9, tzinfo=UTC))
    with open_store(str(path)) as store:
        plan_panel(store, actor, OPENING, PanelWishes())
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("size", "language"), [*VIEWS, *MORE_VIEWS])
def test_a_panel_with_a_plan_reads_as_it_should(
    play: Play, opened: Callable[[Path], Store], planned_file: Path, size: tuple[int, int], language: str
) -> None:
    async def script(hand: Hand) -> None:
        await follow(hand, ("tab", "enter", "2", "down", "right", "right"))
        assert_reads_right(hand, "plan", size, language)
        await hand.press("W")
        assert_reads_right(hand, "whole-plan", size, language)

    play(opened(planned_file), script, size=size, language=language)


@pytest.mark.parametrize("size", [(80, 24), *(pytest.param(s, marks=pytest.mark.slow) for s in LARGER)])
@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.slow), "zh"])
def test_no_screen_loses_a_control(play: Play, demo: Store, size: tuple[int, int], language: str) -> None:
    async def script(hand: Hand) -> None:
        for keys in SCREENS.values():
            await follow(hand, keys)
            lines = hand.text.split("\n")
            assert len(lines) == size[1]
            assert "? " in lines[-1] or "F1 " in lines[-1]
            assert lines[0].strip()
            for widget in hand.screen.query("*"):
                if widget.display and widget.region.area:
                    assert hand.screen.region.contains_region(widget.region) or widget.parent.is_scrollable, widget
            while len(hand.app.screen_stack) > 2:
                await hand.press("ctrl+t" if hand.screen.KEYS == "interview" else "escape")

    play(demo, script, size=size, language=language, who=INTERVIEWER)


@pytest.mark.slow
def test_the_language_can_be_switched_in_the_middle_of_everything(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("enter", "alt+4", "pagedown")
        await hand.type("kept l")
        await hand.until("Saved.")
        english = hand.text
        assert "Eight reps carry" in hand.words
        hand.app.action_switch_language()
        await hand.settle()
        assert "八位" in hand.text or "销售" in hand.text
        assert "kept l" in hand.text
        assert hand.screen.state.position == 1
        hand.app.action_switch_language()
        await hand.settle()
        assert hand.text == english

    play(demo, script, who=INTERVIEWER)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_keys_that_matter_fit_into_the_footer_of_80_columns(play: Play, demo: Store, language: str) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("enter")
        footer = hand.text.split("\n")[-1]
        for key in ("Alt+1-5", "Esc", "PgDn", "Ctrl+s", "Ctrl+t", "F1"):
            assert key in footer

    play(demo, script, language=language, who=INTERVIEWER)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["dark", "light", "ansi-dark", "ansi-light"])
def test_every_theme_shows_the_same_text(play: Play, demo: Store, theme: str) -> None:
    seen = []

    async def script(hand: Hand) -> None:
        await hand.press("enter", "alt+4")
        seen.append(hand.text)

    play(demo, script, theme=theme, who=INTERVIEWER)
    assert ">[4] Goes beyond" in seen[0]


@pytest.mark.slow
def test_themes_can_be_changed_and_colour_left_out(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("T")
        assert "Colours: light" in hand.text
        await hand.press("T", "T", "T")
        assert "Colours: dark" in hand.text

    play(demo, script)
    play(demo, script, colour=False)


@pytest.mark.slow
def test_without_colour_every_screen_is_drawn(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        for keys in SCREENS.values():
            await follow(hand, keys)
            assert hand.text.split("\n")[0].strip()
            while len(hand.app.screen_stack) > 2:
                await hand.press("ctrl+t" if hand.screen.KEYS == "interview" else "escape")

    play(demo, script, colour=False, who=INTERVIEWER)


async def follow(hand: Hand, keys: tuple[str, ...]) -> None:
    """Press keys; what begins with * is typed. At the end all that was typed is on disk."""
    for key in keys:
        if key.startswith("*"):
            await hand.type(key[1:])
        else:
            await hand.press(key)
    await hand.rest()
