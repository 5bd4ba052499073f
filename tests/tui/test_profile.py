"""A profile: what each number rests on, by interviewer, and where they disagree."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from hiringkit.store.store import Store

Hand = Any
Play = Callable[..., None]


@pytest.mark.slow
def test_it_shows_the_evidence_behind_each_number(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        hand.app.show_profile("demo", "amara")
        await hand.settle()
        assert re.search(r"Overall 3\.\d\d \(3\.\d to 4\.\d\), rank 1 of 4", hand.text)
        assert "Not surely ahead of or behind" in hand.text
        await hand.press("j", "j", "j")
        assert "The interviewers disagree" in hand.text
        await hand.press("space")
        assert "Marcus Webb, mean 2.5" in hand.text
        assert "Shared targets by e-mail." in hand.text

    play(demo, script)


@pytest.mark.slow
def test_strengths_gaps_and_disagreements_have_signs(play: Play, demo: Store) -> None:
    async def script(hand: Hand) -> None:
        hand.app.show_profile("demo", "amara")
        await hand.settle()
        lines = {line[3:12]: line for line in hand.text.split("\n")}
        assert any(line[2:4] == "+ " and "Process" in line for line in hand.text.split("\n")), lines
        assert any(line[2:4] == " !" and "Change" in line for line in hand.text.split("\n"))

    async def gaps(hand: Hand) -> None:
        hand.app.show_profile("demo", "priya")
        await hand.settle()
        assert any(
            re.search(r"Forecasting.*open \(\d+ % above\)|open \(\d+ % above\).*Forecasting", line)
            for line in hand.text.split("\n")
        )
        assert "Gate open (Forecasting)" in hand.text

    play(demo, script, size=(130, 40))
    play(demo, gaps, size=(130, 40))


def test_a_profile_is_hidden_until_ones_own_scorecard_is_in(play: Play, panel: Store) -> None:
    async def script(hand: Hand) -> None:
        hand.app.show_profile("som", "ada")
        await hand.settle()
        assert "hidden until your own scorecard is submitted" in hand.words
        assert "2.0" not in hand.text
        assert "heard" not in hand.text

    play(panel, script, who="ivy")
