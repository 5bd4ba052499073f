"""The exhibit of a question in the terminal room: by key, by palette, by mouse, and alone on its screen."""

from collections.abc import Callable
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.people import add_candidates
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.people import Candidate
from hiringkit.store.store import Store

AT = "som/cy/ivy"
Hand = Any
Play = Callable[..., None]


def with_exhibit(store: Store, actor: Actor) -> None:
    """Have Ivy interview Cy on a question with an exhibit and one without."""
    add_candidates(store, actor, "som", [Candidate("cy", "Cy Young")])
    schedule_interviews(store, actor, "som", "cy", ["ivy"], questions=("deal-desk", "bottlenecks"))


def test_a_key_shows_it_alone_and_the_note_is_kept(
    play: Play, panel: Store, acting: Callable[[str], Actor], on_disk: Callable[..., Any]
) -> None:
    with_exhibit(panel, acting(""))

    async def script(hand: Hand) -> None:
        assert "For the candidate: Requests and rules" in hand.text
        await hand.type("asked")
        await hand.press("alt+r")
        await hand.until("Rival offered the same")
        assert "Cy Young" not in hand.text
        assert "Level" not in hand.text
        await hand.press("escape")
        await hand.until("For the candidate")
        await hand.rest()
        assert on_disk(panel, "deal-desk", AT).evidence == "asked"
        await hand.press("pagedown", "alt+r")
        await hand.until("has no exhibit")

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_a_click_or_the_palette_shows_it_too(play: Play, panel: Store, acting: Callable[[str], Actor]) -> None:
    with_exhibit(panel, acting(""))

    async def script(hand: Hand) -> None:
        line = next(n for n, row in enumerate(hand.text.split("\n")) if "For the candidate" in row)
        await hand.pilot.click(offset=(4, line))
        await hand.until("Rival offered the same")
        await hand.press("escape", "ctrl+p")
        await hand.type("exhibit")
        await hand.until("exhibit (Alt+R)")
        await hand.press("enter")
        await hand.until("Rival offered the same")

    play(panel, script, interview=AT)
