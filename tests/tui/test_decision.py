"""The decision screen: silent votes, reveal and revote, what was decided, and the memo."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.decisions import open_decision, show_decision
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.votes import reveal, revote, vote
from hiringkit.domain.decision import DecisionState, VotingStage
from hiringkit.store.store import Store

Hand = Any
Play = Callable[..., None]
As = Callable[[str], Actor]
WIDE = (120, 40)


@pytest.fixture
def open_panel(panel: Store, acting: As) -> Store:
    """Both scorecards of both candidates are in, and a decision with holistic judgement is open."""
    for candidate in ("ada", "bo"):
        for question, level in (("bottlenecks", 3), ("forecast-miss", 4)):
            rate(panel, acting("ivy"), f"som/{candidate}/ivy", question, value=level)
        submit(panel, acting("ivy"), f"som/{candidate}/ivy")
    open_decision(panel, acting(""), "som", holistic=0.2)
    return panel


async def go(hand: Hand) -> None:
    """Go to the decision on the only opening."""
    await hand.press("c", "D")


@pytest.mark.slow
def test_a_vote_is_given_sealed_and_seen_by_nobody_else(play: Play, open_panel: Store, acting: As) -> None:
    async def cast(hand: Hand) -> None:
        await go(hand)
        await hand.press("4")
        assert "4*" in hand.text
        await hand.press("s")
        assert "no level is given for: bo" in hand.words
        await hand.press("right", "2", "s")
        assert "[4]" in hand.text
        assert "[2]" in hand.text

    async def look(hand: Hand) -> None:
        await go(hand)
        assert "[4]" not in hand.text
        assert "Nothing is revealed yet." in hand.text

    play(open_panel, cast, who="ivy", size=WIDE)
    play(open_panel, look, who="joe", size=WIDE)
    play(open_panel, look, who="", size=WIDE)
    (ballot,) = show_decision(open_panel, acting("ivy"), "som").decision.ballots
    assert dict(ballot.levels) == {"ada": 4, "bo": 2}


@pytest.mark.slow
def test_a_criterion_goes_from_silence_to_a_settled_vote(play: Play, open_panel: Store, acting: As) -> None:
    criterion = show_decision(open_panel, acting(""), "som").decision.criteria[0].id
    vote(open_panel, acting("joe"), "som", criterion, {"ada": "2", "bo": "3"}, reason="heard little")

    async def chair(hand: Hand) -> None:
        await go(hand)
        await hand.press("U")
        assert "not everybody has voted" in hand.words
        await hand.press("escape")
        vote(open_panel, acting("ivy"), "som", criterion, {"ada": "4", "bo": "3"})
        await hand.press("U")
        assert "3.00" in hand.text
        assert "Ivy Ada 4" in hand.text
        assert "heard little" in hand.text
        await hand.press("e")
        await hand.type("Ivy saw the plan")
        await hand.press("enter")
        assert "Note: Ivy saw the plan" in hand.text

    async def again(hand: Hand) -> None:
        await go(hand)
        await hand.press("3", "s")

    async def keep(hand: Hand) -> None:
        await go(hand)
        await hand.press("y")
        assert "4 → 3" in hand.text

    play(open_panel, chair, who="", size=WIDE)
    play(open_panel, again, who="ivy", size=WIDE)
    play(open_panel, keep, who="joe", size=WIDE)
    decision = show_decision(open_panel, acting(""), "som").decision
    assert decision.stage(criterion) is VotingStage.SETTLED
    assert decision.mean(criterion, "ada") == 2.5


def settle_all(store: Store, acting: As) -> list[str]:
    """Settle every criterion; return their ids."""
    criteria = [each.id for each in show_decision(store, acting(""), "som").decision.criteria]
    for criterion in criteria:
        for who in ("ivy", "joe"):
            vote(store, acting(who), "som", criterion, {"ada": "3", "bo": "4"})
        reveal(store, acting(""), "som", criterion)
        for who in ("ivy", "joe"):
            revote(store, acting(who), "som", criterion, {})
    return criteria


@pytest.mark.slow
def test_what_was_decided_is_asked_for_and_recorded(play: Play, open_panel: Store, acting: As) -> None:
    criteria = settle_all(open_panel, acting)

    async def script(hand: Hand) -> None:
        await go(hand)
        await hand.press("G")
        assert "beside the comparison" in hand.words
        await hand.press("D")
        assert "For whom?" in hand.text
        await hand.press("down", "enter")
        await hand.type("Dana Reyes")
        await hand.press("enter")
        for criterion in criteria:
            await hand.type(f"because of {criterion}")
            await hand.press("enter")
        while "goes against" in hand.words:
            await hand.type("seen otherwise")
            await hand.press("enter")
        assert "The decision is on record" in hand.text
        await hand.press("M")
        assert "Decided by" in hand.text
        assert "Dana Reyes" in hand.text

    play(open_panel, script, who="", size=WIDE)
    decision = show_decision(open_panel, acting(""), "som").decision
    assert decision.state is DecisionState.CLOSED
    assert decision.closing is not None
    assert decision.closing.candidate == "bo"


@pytest.mark.slow
def test_levels_that_are_not_cast_are_not_lost_unasked(play: Play, open_panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await go(hand)
        await hand.press("4", "escape")
        assert "would be lost" in hand.words
        await hand.press("escape")
        assert "4*" in hand.text
        await hand.press("escape", "y")
        assert "would be lost" not in hand.words

    play(open_panel, script, who="ivy", size=WIDE)


@pytest.mark.slow
def test_a_level_off_the_scale_is_said_and_a_typed_one_taken(play: Play, open_panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await go(hand)
        await hand.press("9")
        assert "'9' is not on the scale" in hand.words
        await hand.press("enter")
        await hand.type("abstain")
        await hand.press("enter")
        assert "a*" in hand.text

    play(open_panel, script, who="ivy", size=WIDE)


def test_a_click_on_the_footer_does_what_the_key_does(play: Play, open_panel: Store) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("c", "1")
        footer = hand.text.split("\n")[-1]
        await hand.pilot.click(offset=(footer.index("decide"), 39))
        await hand.settle()
        assert "silent vote" in hand.text

    play(open_panel, script, who="ivy", size=WIDE)


@pytest.mark.slow
def test_hostile_text_is_shown_as_text(
    play: Play, opened: Callable[[Path], Store], hostile_file: Path, acting: As
) -> None:
    store = opened(hostile_file)
    open_decision(store, acting(""), "som", exception="[bold]\x1b]0;owned\x07")

    async def script(hand: Hand) -> None:
        await go(hand)
        assert "\x1b" not in hand.text
        assert "[/dev/null]" in hand.text
        await hand.press("M")
        assert "\u202e" not in hand.text

    play(store, script, who="", size=WIDE)
