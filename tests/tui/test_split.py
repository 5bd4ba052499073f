"""Compare and Debrief with many people and hostile names, and both ends of a disagreement side by side."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from rich.cells import cell_len

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.library.catalog import Library
from hiringkit.store.store import Store, open_store

Hand = Any
Play = Callable[..., None]
SIZES = [(80, 24), (120, 40)]
KIT = ("bottlenecks", "forecast-miss", "live-view")
HOSTILE = (
    "[bold]Ann[/] [/dev/null]",
    "\x1b[31mRed\x1b]0;owned\x07 Bob",
    "Long " + "x" * 195,
    "欧阳娜娜",
    "👩🏽‍🚀 Astra 👨‍👩‍👧‍👦",
    "Zoë\u202eevil\u200b",
    "$text-error on $x",
)


@pytest.fixture
def seven(opened: Callable[[Path], Store], tmp_path: Path, library: Library, acting: Callable[[str], Actor]) -> Store:
    """Seven candidates whose names are an attack, and two interviewers who are far apart about one of them."""
    made = tmp_path / "made.db"
    with open_store(str(made), create=True) as store:
        fill(store, library, acting(""))
    return opened(made)


def fill(store: Store, library: Library, actor: Actor) -> None:
    create_opening(store, library, actor, "som", "sales-operations-manager", title="Manager")
    ids = [f"c{number}" for number in range(len(HOSTILE))]
    add_candidates(store, actor, "som", [Candidate(i, name) for i, name in zip(ids, HOSTILE, strict=True)])
    add_interviewers(store, actor, [Interviewer("ivy", "Ivy [b]"), Interviewer("joe", "Joe 名")])
    for number, candidate in enumerate(ids):
        schedule_interviews(store, actor, "som", candidate, ["ivy", "joe"], questions=KIT)
        for who in ("ivy", "joe"):
            level = 1 + number % 5 if number else (1 if who == "ivy" else 5)
            mine = evolve(actor, who=who)
            for question in KIT:
                rate(store, mine, f"som/{candidate}/{who}", question, value=level, evidence=f"heard by {who} [/x]")
            submit(store, mine, f"som/{candidate}/{who}", recommendation="yes", summary="[/dev/null]")


def assert_drawn(hand: Hand, size: tuple[int, int]) -> None:
    """Nothing escapes, and no line is longer than the screen."""
    assert "\x1b" not in hand.text
    assert "\u202e" not in hand.text
    assert all(cell_len(line) <= size[0] for line in hand.text.split("\n"))


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_seven_people_with_hostile_names_are_compared_and_debriefed(
    play: Play, seven: Store, size: tuple[int, int]
) -> None:
    async def script(hand: Hand) -> None:
        await hand.until("Astra")
        for _ in range(4):
            assert_drawn(hand, size)
            await hand.press("v", "right")
        await hand.press("6")
        await hand.until("[bold]Ann[/]")
        for _ in range(8):
            assert_drawn(hand, size)
            await hand.press("space")

    play(seven, script, tab="compare", size=size)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_hidden_names_are_nowhere(play: Play, seven: Store, size: tuple[int, int]) -> None:
    async def script(hand: Hand) -> None:
        await hand.until("Astra")
        await hand.press("h")
        for keys in ((), ("v",), ("v",), ("v",), ("6",), ("space",), ("space",), ("enter",), ("enter",)):
            await hand.press(*keys)
            for name in ("Ann", "Bob", "xxxx", "欧阳", "Astra", "Zoë", "text-error"):
                assert name not in hand.text
            assert_drawn(hand, size)

    play(seven, script, tab="compare", size=size)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_both_ends_of_a_disagreement_stand_side_by_side(play: Play, seven: Store, size: tuple[int, int]) -> None:
    async def script(hand: Hand) -> None:
        await hand.until("[6 Debrief]")
        await hand.until("[bold]Ann[/]")
        await hand.press("enter")
        if "Which disagreement?" in hand.text:
            assert "1.0-5.0  [bold]Ann[/] [/dev/null]: " in hand.text
            await hand.press("enter")
        assert "Ivy [b], mean 1.0" in hand.text
        assert "Joe 名, mean 5.0" in hand.text
        beside = [line for line in hand.text.split("\n") if "heard by ivy [/x]" in line and "heard by joe [/x]" in line]
        assert beside
        assert_drawn(hand, size)
        await hand.press("escape")
        assert "[6 Debrief]" in hand.text

    play(seven, script, tab="debrief", size=size)


@pytest.mark.slow
@pytest.mark.parametrize("blind", [False, True])
def test_the_cursor_says_whose_debrief_is_shown_and_enter_opens_the_evidence(
    play: Play, seven: Store, blind: bool
) -> None:
    async def script(hand: Hand) -> None:
        await hand.until("[6 Debrief]")
        if blind:
            await hand.press("h")
        await hand.until("Whom do we hire?")
        table = hand.screen.query_one("#whose")
        apart = next(n for n, row in enumerate(table.rows) if row.cells[2].plain.startswith("1.0-5.0"))
        await hand.press("end")  # more rows than there is space for: the scroll bar takes no column, and no row
        assert f"> {table.rows[-1].cells[0].plain[:8]}" in hand.text
        assert table.virtual_size.width <= table.size.width
        for number in (apart, next(n for n in range(1, len(table.rows)) if n != apart)):
            table.row = number
            await hand.settle()
            name = table.rows[number].cells[0].plain
            assert f"Debrief: {name[:40]}" in hand.text
            await hand.press("space")
            assert table.row == number  # Space scrolls the text
            await hand.press("enter")
            if number == apart:
                assert "Which disagreement?" in hand.text
            else:
                await hand.until("Overall")
                assert hand.text.strip().startswith(name[:40])
            await hand.press("escape")
            await hand.until("[6 Debrief]")

    play(seven, script, tab="debrief")


def test_where_nobody_is_far_apart_it_says_so(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.settle()
        await hand.press("enter")
        assert "Nobody is far apart" in hand.text

    play(panel, script, tab="debrief")


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_compare_says_the_chance_of_being_best(play: Play, demo: Store, size: tuple[int, int]) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("c")
        await hand.until("Chance best")
        line = next(line for line in hand.text.split("\n") if "Chance best" in line)
        assert line.count("%") >= 2
        assert " 0 %" not in line
        assert "100 %" not in line

    play(demo, script, size=size)
