"""How the terminal interface is put together: shallow screens, no circle of imports, few files for a key."""

import ast
import importlib
import pkgutil
import sys
import threading
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from textual.screen import Screen

import hiringkit
from hiringkit import tui
from hiringkit.store.store import Store

Hand = Any
Play = Callable[..., None]
PACKAGE = Path(hiringkit.__file__).parent
MODULES = sorted((PACKAGE / "tui").rglob("*.py"))
DEEPEST = 2
"""Levels that a screen may be below Textual's own."""
MOST_FILES = 21
"""Of ours, that a key may pass in the interview, down to the disk and back: 20, and one where the clock ticks."""


def name_of(path: Path) -> str:
    """Return a module's dotted name."""
    return ".".join(("hiringkit", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def imported(path: Path, known: set[str]) -> Iterator[str]:
    """Yield the modules of the interface that one imports: anywhere in it, for the type checker, too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield from {node.module or "", f"{node.module}.{alias.name}"} & known
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & known


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    known = {name_of(path) for path in MODULES if path.name != "__init__.py"}
    graph = {name_of(path): set(imported(path, known)) - {name_of(path)} for path in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_no_screen_is_more_than_two_levels_below_textuals_own() -> None:
    found = []
    for module in pkgutil.walk_packages(tui.__path__, "hiringkit.tui."):
        loaded = importlib.import_module(module.name)
        found += [each for each in vars(loaded).values() if isinstance(each, type) and issubclass(each, Screen)]
    ours = {each for each in found if each.__module__.startswith("hiringkit.")}
    assert len(ours) > len({"home", "opening", "interview", "review", "profile"})
    for screen in ours:
        between = [each for each in screen.__mro__ if issubclass(each, Screen) and each is not Screen]
        assert len(between) <= DEEPEST, screen


@pytest.mark.slow
def test_a_key_in_the_interview_passes_few_files(play: Play, panel: Store) -> None:
    passed: set[str] = set()
    recording: list[bool] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        if recording and event == "call" and name.startswith(str(PACKAGE)):
            passed.add(str(Path(name).relative_to(PACKAGE)))

    async def script(hand: Hand) -> None:
        await hand.press("alt+3")
        recording.append(True)
        await hand.press("alt+4")
        recording.clear()
        assert "1[4]" in hand.text

    threading.setprofile(note)  # for the writer's thread, which has yet to start
    sys.setprofile(note)
    try:
        play(panel, script, interview="som/ada/ivy")
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    assert {"tui/interview/screen.py", "tui/interview/state.py", "store/interviews.py"} <= passed
    assert len(passed) <= MOST_FILES, "\n".join(sorted(passed))
