"""What candidates need and what the team gives: kept, shown side by side, never scored."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

Run = Callable[..., Any]


def test_the_profile_shows_where_both_sides_differ(som: Run) -> None:
    som("opening", "offer", "som", "sponsorship", "2")
    som("opening", "offer", "som", "resources", "4")
    som("candidate", "expect", "som", "ada", "sponsorship", "4")
    som("candidate", "expect", "som", "ada", "sponsorship", "5")
    som("candidate", "expect", "som", "ada", "data-access", "3")
    done = som("profile", "som", "ada")
    assert "less than needed" in done.out
    fits = {each["expectation"]: each for each in som("profile", "som", "ada", "-f", "json").json["mutual_fit"]}
    assert (fits["sponsorship"]["needed"], fits["sponsorship"]["given"]) == (5, 2)
    assert fits["sponsorship"]["difference"] == -3
    assert fits["data-access"]["difference"] is None
    assert fits["team-readiness"] == {**fits["team-readiness"], "needed": None, "given": None}


def test_both_sides_are_asked_by_prompts_and_the_profile_shows_both_languages(som: Run) -> None:
    team = som("opening", "offer", "som", typed="2\nmany\n4\n\nb\nb\n3\n\nq\n")
    assert "Expectation 1 of 5: sponsorship" in team.err
    assert "Answer a number from 1 to 5" in team.err
    assert "[4; Enter keeps it]" in team.err
    asked = som("candidate", "expect", "som", "ada", "--lang", "zh", typed="5\n2\nq\n")
    assert "我需要" in asked.err
    fits = {each["expectation"]: each for each in som("profile", "som", "ada", "-f", "json").json["mutual_fit"]}
    assert [(f["needed"], f["given"]) for f in fits.values()][:3] == [(5, 2), (2, 3), (None, None)]
    english, chinese = (som("profile", "som", "ada", "--lang", language).out for language in ("en", "zh"))
    assert english.index("less than needed") < english.index("more than needed")
    assert "I need a named member" in english
    assert chinese.index("少于需要") < chinese.index("多于需要")
    assert "一位明确的高层支持者" in chinese


@pytest.mark.slow
def test_interrupted_it_keeps_what_was_answered(som: Run, database: Path, interrupt: Callable[[Any], None]) -> None:
    words = ["-m", "hiringkit", "opening", "offer", "som"]
    environment = {**os.environ, "TERM": "dumb", "HIRINGKIT_DB": str(database)}
    sitting = pexpect.spawn(sys.executable, words, encoding="utf-8", env=environment, timeout=30, dimensions=(40, 200))
    for number, level in ((1, "4"), (2, "2")):
        sitting.expect(f"Expectation {number} of 5[^>]*> ")
        sitting.sendline(level)
    sitting.expect("Expectation 3 of 5[^>]*> ")
    interrupt(sitting)
    sitting.expect("what was answered is saved")
    sitting.expect(pexpect.EOF)
    assert sitting.wait() == 130
    given = [each["given"] for each in som("opening", "offer", "som", "-f", "json").json["expectations"]]
    assert given == [4, 2, None, None, None]


def test_an_answer_of_one_side_says_which_is_missing(som: Run) -> None:
    som("opening", "offer", "som", "sponsorship", "2")
    som("candidate", "expect", "som", "ada", "data-access", "2")
    shown = som("profile", "som", "ada").out
    assert "the candidate has not said" in shown
    assert "the team has not said" in shown
    assert som("candidate", "expect", "som", "ada", "sponsorship").code == 2
    assert som("candidate", "expect", "som", "nobody", typed="5\n").code == 1


def test_it_never_enters_the_score(som: Run) -> None:
    for question in ("bottlenecks", "forecast-miss"):
        som("interview", "rate", "som/ada/ivy", "--as", "ivy", question, "4")
    som("interview", "submit", "som/ada/ivy", "--as", "ivy", "--recommend", "yes")
    before = som("compare", "som", "-f", "json").json
    som("candidate", "expect", "som", "ada", "sponsorship", "5")
    som("opening", "offer", "som", "sponsorship", "1")
    assert som("compare", "som", "-f", "json").json == before


def test_both_sides_show_what_was_kept(som: Run) -> None:
    offered = som("opening", "offer", "som", "sponsorship", "2", "-f", "json").json
    assert offered["candidate"] is None
    assert offered["expectations"][0]["given"] == 2
    needed = som("candidate", "expect", "som", "ada", "sponsorship", "2", "--lang", "zh")
    assert "我需要" in needed.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("candidate", "expect", "som", "ada", "sponsorshp", "3"), 1, "did you mean 'sponsorship'?"),
        (("candidate", "expect", "som", "nobody", "sponsorship", "3"), 1, "candidate in opening 'som'"),
        (("candidate", "expect", "som", "ada", "sponsorship", "6"), 2, "from 1, not at all, to 5"),
        (("opening", "offer", "som", "sponsorship", "0"), 2, "from 1, not at all, to 5"),
        (("opening", "offer", "nowhere", "sponsorship", "3"), 1, "no opening"),
    ],
)
def test_what_makes_no_sense_is_refused(som: Run, words: tuple[str, ...], code: int, said: str) -> None:
    done = som(*words)
    assert done.code == code
    assert said in done.err


def test_a_closed_opening_takes_no_answers(som: Run) -> None:
    som("opening", "close", "som", "--yes")
    assert som("opening", "offer", "som", "sponsorship", "3").code == 1
