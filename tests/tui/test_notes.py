"""Notes about an interview as a whole: on disk as they are typed, and what others may read of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import resume_interview, write_text
from hiringkit.actions.people import add_interviewers, edit_candidate
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.interview import InterviewText
from hiringkit.domain.people import Interviewer
from hiringkit.store.store import Store

AT, JOES = "som/bo/ivy", "som/bo/joe"
Hand = Any
Play = Callable[..., None]
Acting = Callable[[str], Actor]


def texts(store: Store, acting: Acting) -> dict[InterviewText, str]:
    return dict(resume_interview(store, acting("ivy"), AT).texts)


@pytest.mark.slow
def test_what_is_typed_is_on_disk_and_typing_is_never_a_command(play: Play, panel: Store, acting: Acting) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("ctrl+n")
        await hand.type("quit? T l q 4")
        await hand.press("enter", *"next")
        await hand.until("Saved.")
        await hand.press("tab")
        await hand.type("What did it cost?")
        await hand.press("ctrl+n")
        await hand.settle()
        assert "1[ ]" in hand.text
        assert texts(panel, acting) == {
            InterviewText.NOTES: "quit? T l q 4\nnext",
            InterviewText.HANDOVER: "What did it cost?",
        }
        await hand.press("ctrl+n")
        assert "quit? T l q 4" in hand.text

    play(panel, script, interview=AT)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_it_shows_what_is_known_and_no_opinion_of_others(
    play: Play, panel: Store, acting: Acting, size: tuple[int, int]
) -> None:
    edit_candidate(panel, acting(""), "som", "bo", note="Ten years at [bold]Globex[/]", resume_line="RevOps lead")
    write_text(panel, acting("ivy"), AT, InterviewText.HANDOVER, "A clear 1.\nWho fixed the pipeline?")
    write_text(panel, acting("ivy"), AT, InterviewText.NOTES, "only mine?")

    async def joe(hand: Hand) -> None:
        hand.app.show_interview("som/bo/ivy")
        await hand.settle()
        await hand.press("ctrl+n")
        assert "To read only." in hand.text
        assert "only mine" not in hand.text

    async def script(hand: Hand) -> None:
        assert "Bo - RevOps lead - Kim" in hand.text
        if size[0] == 120:
            assert "Who fixed the pipeline?" in hand.text
        assert "Ctrl+n 1 for you" in hand.text
        await hand.press("ctrl+n")
        assert "Ten years at [bold]Globex[/]" in hand.text
        assert "Ivy Ada: Who fixed the pipeline?" in hand.text
        assert "clear 1" not in hand.text
        assert "only mine" not in hand.text
        assert "RevOps lead" in hand.text
        assert "the rest once theirs is in" in hand.text
        await hand.press("ctrl+n")
        hand.app.session.masks["som"] = {"ada": 1, "bo": 2}  # a line of the résumé tells who it is
        hand.app.screen.read_again()
        await hand.settle()
        assert "RevOps lead" not in hand.text

    play(panel, joe, who="joe", size=size)
    add_interviewers(panel, acting(""), [Interviewer("kim", "Kim")])
    schedule_interviews(panel, acting(""), "som", "bo", ["kim"], questions=["large-data"])
    play(panel, script, interview="som/bo/kim", size=size)


def test_a_note_written_elsewhere_is_kept_beside_ones_own(play: Play, panel: Store, acting: Acting) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("ctrl+n")
        await hand.type("typed here")
        write_text(panel, acting("ivy"), AT, InterviewText.NOTES, "written there", base="")
        await hand.until("Also open in another window")
        await hand.press("ctrl+n")
        await hand.settle()
        kept = texts(panel, acting)[InterviewText.NOTES]
        assert "typed here" in kept
        assert "written there" in kept

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_a_question_that_was_not_planned_is_added_and_rated(play: Play, panel: Store, acting: Acting) -> None:
    async def script(hand: Hand) -> None:
        await hand.press("alt+q")
        assert "Which question did you ask besides?" in hand.text
        await hand.press("escape")
        assert "3[ ]" not in hand.text
        await hand.press("alt+q", "down", "enter")
        await hand.settle()
        assert ">3[ ]" in hand.text
        await hand.press("alt+4")
        assert "3[4]" in hand.text
        interview = resume_interview(panel, acting("ivy"), AT).view.interview
        assert interview.rating(interview.kit[2]).value == 4

    play(panel, script, interview=AT)


@pytest.mark.slow
def test_names_and_texts_are_never_markup(play: Play, opened: Callable[[Path], Store], hostile_file: Path) -> None:
    store = opened(hostile_file)

    async def script(hand: Hand) -> None:
        await hand.press("ctrl+n")
        assert "[/dev/null] [bold]x" in hand.text
        assert "\x1b" not in hand.text

    play(store, script, interview="som/ada/ivy")
