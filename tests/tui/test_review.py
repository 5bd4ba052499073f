"""Review and submit: what is missing, what is recommended, and who will see it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate, resume_interview, write_text
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates
from hiringkit.actions.schedule import schedule_interviews, show_interview
from hiringkit.domain.conduct import Unrated
from hiringkit.domain.interview import InterviewState, InterviewText, Mark
from hiringkit.domain.people import Candidate
from hiringkit.library.catalog import Library
from hiringkit.library.yaml.write import dump_rubric
from hiringkit.store.store import Store

AT = "som/ada/ivy"
Hand = Any
Play = Callable[..., None]


@pytest.mark.slow
def test_a_scorecard_with_something_missing_cannot_be_submitted(
    play: Play, panel: Store, acting: Callable[[str], Actor]
) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("alt+4", "ctrl+s")
        assert "- A forecast that missed" in hand.text
        assert "Cannot be submitted yet: 1 to rate." in hand.text
        await hand.press("s")
        assert "Submit the scorecard?" not in hand.text
        await hand.press("enter")
        assert ">2[ ]" in hand.text

    play(panel, script, interview=AT)
    assert show_interview(panel, acting(""), AT).interview.state is InterviewState.STARTED


@pytest.mark.slow
def test_a_rubric_may_let_questions_stay_unrated(
    play: Play, panel: Store, library: Library, acting: Callable[[str], Actor], tmp_path: Path
) -> None:
    rubric = library.load_rubric("sales-operations-manager")
    path = tmp_path / "lenient.yaml"
    path.write_text(dump_rubric(evolve(rubric, policy=evolve(rubric.policy, unrated=Unrated.ALLOW))), encoding="utf-8")
    create_opening(panel, library, acting(""), "easy", str(path))
    add_candidates(panel, acting(""), "easy", [Candidate("ada", "Ada")])
    schedule_interviews(panel, acting(""), "easy", "ada", ["ivy"], questions=["bottlenecks", "forecast-miss"])

    async def script(hand: Hand) -> None:
        await hand.press("alt+4", "ctrl+s")
        assert "- A forecast that missed" in hand.text
        assert "Ready. Not rated: 1; the rubric allows that." in hand.text
        await hand.press("s")
        assert "What do you recommend?" in hand.text
        await hand.press("0", "y")
        assert "Submitted and locked." in hand.text

    play(panel, script, interview="easy/ada/ivy")
    assert show_interview(panel, acting(""), "easy/ada/ivy").interview.state is InterviewState.SUBMITTED


@pytest.mark.slow
def test_it_is_submitted_with_recommendation_and_reason_and_locked(
    play: Play, panel: Store, acting: Callable[[str], Actor]
) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("alt+4", "pagedown", "alt+x", "ctrl+s")
        assert "Ready. s submits and locks it." in hand.text
        assert "ratings without evidence: 1" in hand.text
        await hand.press("3", "e")
        await hand.type("thin on data, q s")
        await hand.press("enter")
        assert "[3 no]" in hand.text
        await hand.press("s", "escape")
        assert "not submitted yet" in hand.text
        await hand.press("s", "y")
        assert "Submitted and locked." in hand.text
        await hand.press("escape")
        assert "submitted, locked" in hand.text

    play(panel, script, interview=AT)
    found = show_interview(panel, acting(""), AT).interview
    assert found.state is InterviewState.SUBMITTED
    assert (found.scorecards[0].recommendation, found.scorecards[0].summary) == ("no", "thin on data, q s")
    assert found.rating("forecast-miss").value is Mark.NO_EVIDENCE


@pytest.mark.slow
def test_it_says_who_will_see_it(play: Play, panel: Store, acting: Callable[[str], Actor]) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("ctrl+s")
        assert "at once, their own scorecard being in: Joe" in hand.words
        assert "such as a recruiter: at once" in hand.words

    play(panel, script, interview=AT, size=(100, 40))


def test_low_coverage_warns_and_does_not_block(play: Play, panel: Store, acting: Callable[[str], Actor]) -> None:
    for question in ("bottlenecks", "forecast-miss"):
        rate(panel, acting("ivy"), AT, question, value=Mark.NOT_ASSESSED)

    async def script(hand: Hand) -> None:
        await hand.press("ctrl+s")
        assert "0 % of the weight of what was asked has a level" in hand.words
        assert "The rubric asks for more" in hand.text
        assert "Ready." in hand.text

    play(panel, script, interview=AT)


def rate_all(store: Store, actor: Actor) -> None:
    for question in ("bottlenecks", "forecast-miss"):
        rate(store, actor, AT, question, value=3, evidence="said so")


@pytest.mark.slow
def test_recommendation_and_reason_are_on_disk_as_they_are_typed_and_come_back(
    play: Play, panel: Store, acting: Callable[[str], Actor]
) -> None:
    async def write(hand: Hand) -> None:
        await hand.press("ctrl+s", "2", "e")
        await hand.type("solid on data")
        drafted = resume_interview(panel, acting("ivy"), AT).texts
        assert drafted == {InterviewText.RECOMMENDATION: "yes", InterviewText.SUMMARY: "solid on data"}
        assert not resume_interview(panel, acting("joe"), AT).texts

    async def read(hand: Hand) -> None:
        await hand.press("ctrl+s")
        assert "[2 yes]" in hand.text
        assert "solid on data" in hand.text

    rate_all(panel, acting("ivy"))
    play(panel, write, interview=AT, who="ivy")
    play(panel, read, interview=AT, who="ivy")


@pytest.mark.slow
def test_submitting_without_a_recommendation_asks_for_one(
    play: Play, panel: Store, acting: Callable[[str], Actor]
) -> None:
    rate_all(panel, acting("ivy"))

    async def script(hand: Hand) -> None:
        await hand.press("ctrl+s", "s")
        assert "What do you recommend?" in hand.text
        await hand.press("enter")
        assert "Not submitted." in hand.text
        await hand.press("s", "4")
        assert "Submit the scorecard?" in hand.text
        await hand.press("enter")
        assert "Not submitted." in hand.text
        assert "[4 strong no]" in hand.text
        await hand.press("s", "y")
        assert "Submitted and locked." in hand.text

    play(panel, script, interview=AT)
    assert show_interview(panel, acting(""), AT).interview.scorecards[0].recommendation == "strong-no"


@pytest.mark.slow
def test_recommendation_and_reason_are_amended_with_a_reason(
    play: Play, panel: Store, acting: Callable[[str], Actor]
) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("ctrl+s", "3")
        assert "Recommendation: from yes to no" in hand.text
        await hand.press(*"misheard", "enter")
        assert "[3 no]" in hand.text
        await hand.press("e", "home", "ctrl+k", *"thin", "enter", *"again", "enter")
        assert "thin" in hand.text
        await hand.press("4", "escape")
        assert "[3 no]" in hand.text

    play(panel, script, interview="som/ada/joe", who="joe")
    cards = show_interview(panel, acting("joe"), "som/ada/joe").interview.scorecards
    assert [(card.recommendation, card.reason, card.by) for card in cards] == [
        ("yes", "", "joe"),
        ("no", "misheard", "joe"),
        ("no", "again", "joe"),
    ]
    assert cards[2].summary == "thin"


@pytest.mark.slow
def test_a_recommendation_from_another_window_is_shown_and_not_written_over(
    play: Play, panel: Store, acting: Callable[[str], Actor]
) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("ctrl+s", "e")
        await hand.type("from here")
        write_text(panel, acting("ivy"), AT, InterviewText.RECOMMENDATION, "no")
        write_text(panel, acting("ivy"), AT, InterviewText.SUMMARY, "from there", base="")
        await hand.until("Also open in another window", seconds=2)
        await hand.until("[3 no]")
        await hand.type(", on")
        drafted = resume_interview(panel, acting("ivy"), AT).texts[InterviewText.SUMMARY]
        assert drafted == "from there / from here, on"

    play(panel, script, interview=AT, who="ivy")
