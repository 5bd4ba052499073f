"""Until one's own scorecard of a candidate is in, no screen tells others' opinion of that candidate."""

from collections.abc import Callable
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import amend, rate
from hiringkit.store.store import Store

Hand = Any
Play = Callable[..., None]


def screens(play: Play, store: Store) -> list[str]:
    """Return every screen as Ivy sees it who owes both scorecards."""
    seen: list[str] = []

    async def script(hand: Hand) -> None:
        seen.append(hand.text)
        await hand.press("enter")
        seen.append(hand.text)
        await hand.press("ctrl+s")
        seen.append(hand.text)
        await hand.press("escape", "ctrl+t", "tab", "enter")
        for tab in "1234":
            await hand.press(tab)
            seen.append(hand.text)
        await hand.press("2", "right", "right", "enter")
        seen.append(hand.text)
        await hand.press("ctrl+t")
        for candidate in ("ada", "bo"):
            hand.app.show_profile("som", candidate)
            await hand.settle()
            seen.append(hand.text)
            await hand.press("escape")

    play(store, script, who="ivy@firm.example", size=(140, 45))
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 5])
def test_what_others_think_changes_nothing_on_any_screen(
    play: Play, panel: Store, acting: Callable[[str], Actor], level: int
) -> None:
    before = screens(play, panel)
    for candidate in ("ada", "bo"):
        at = f"som/{candidate}/joe"
        amend(panel, acting("joe"), at, "bottlenecks", value=level, evidence="other words", reason="other")
    assert screens(play, panel) == before
    assert not any("heard Ada" in screen or "other words" in screen for screen in before)


def test_a_draft_of_another_tells_nothing(play: Play, panel: Store, acting: Callable[[str], Actor]) -> None:
    rate(panel, acting("ivy"), "som/ada/ivy", "bottlenecks", value=1, evidence="secret")

    async def script(hand: Hand) -> None:
        hand.app.show_interview("som/ada/ivy")
        await hand.settle()
        assert "[1]" not in hand.text
        assert "secret" not in hand.text
        assert "1[ ]" in hand.text

    play(panel, script, who="joe")
