"""The mistakes that a recruiter makes in a month, each mended by one command; what is refused changes nothing."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.cli.main import run

Run = Callable[..., Any]
AT = "som/ada/ivy"


def dump(database: Path) -> list[str]:
    """Return all that a database holds."""
    with sqlite3.connect(database) as connection:
        rows = list(connection.iterdump())
    connection.close()
    return rows


@pytest.fixture
def refused(som: Run, database: Path) -> Callable[..., str]:
    """Run a command that must be refused and change nothing, and return what it says."""

    def run(*words: str, code: int = 1) -> Any:
        before = dump(database)
        done = som(*words)
        assert done.code == code, done.err
        assert dump(database) == before
        return done.err

    return run


def last_event(som: Run) -> Any:
    return som("audit", "log", "--last", "1", "-f", "json").json["events"][0]


def test_a_wrong_name(som: Run) -> None:
    assert "--name" in som("candidate", "edit", "--help").out
    som("candidate", "edit", "som", "ada", "--name", "Ada Lovelace", "--email", "ada@home.example")
    assert "Ada Lovelace" in som("candidate", "list", "som").out
    event = last_event(som)
    assert (event["action"], event["detail"]["name"]) == ("candidate.edit", {"from": "Ada", "to": "Ada Lovelace"})
    assert "Ada → Ada Lovelace" in " ".join(som("audit", "log", "--last", "1").out.split())
    som("interviewer", "edit", "ivy", "--email", "ivy@new.example")
    assert som("opening", "list", "--as", "IVY@new.example").code == 0
    assert som("opening", "list", "--as", "ivy@firm.example").code == 1


def test_a_wrong_interviewer(som: Run, refused: Callable[..., str]) -> None:
    som("interviewer", "add", "Kim")
    som("interview", "edit", AT, "--interviewer", "Kim", "--at", "2026-03-02 14:00", "--location", "Room 3")
    shown = som("interview", "show", "som/ada/kim", "-f", "json").json
    assert (shown["location"], shown["kit"]) == ("Room 3", ["bottlenecks", "forecast-miss"])
    assert last_event(som)["detail"]["interviewer"] == {"from": "ivy", "to": "kim"}
    assert "no interview" in refused("interview", "show", AT)
    # who was replaced owes nothing and sees what the others submitted
    finish(som, "som/ada/joe")
    assert [each["candidate"] for each in compared(som, "ivy")] == ["ada"]
    assert compared(som, "kim") == []


def finish(som: Run, at: str, level: str = "4") -> None:
    who = at.split("/")[2]
    for question in ("bottlenecks", "forecast-miss"):
        assert som("interview", "rate", at, question, level, "--as", who).code == 0
    assert som("interview", "submit", at, "--as", who, "--recommend", "yes").code == 0


def compared(som: Run, who: str) -> list[dict[str, Any]]:
    profiles = som("compare", "som", "--as", who, "-f", "json", "--method", "observed").json["profiles"]
    return [each for each in profiles if each["overall"]["ratings"]]


def test_an_interview_that_does_not_take_place(som: Run, refused: Callable[..., str]) -> None:
    som("interview", "rate", AT, "bottlenecks", "4", "--as", "ivy", "--evidence", "half a sentence")
    done = som("interview", "cancel", AT, "--reason", "Ivy is ill")
    assert f"hiringkit interview restore {AT}" in done.err
    assert "cancelled: Ivy is ill" in som("interview", "list", "som").out
    said = refused("interview", "rate", AT, "bottlenecks", "5", "--as", "ivy")
    assert "is cancelled: Ivy is ill" in said
    assert f"interview restore {AT}" in said
    assert f"interview restore {AT}" in refused("interview", "schedule", "som", "ada", "ivy")
    assert AT not in som("opening", "close", "som", typed="n\n").err
    assert som("interview", "restore", AT).code == 0
    rating = som("interview", "show", AT, "--as", "ivy", "-f", "json").json["ratings"][0]
    assert (rating["rating"], rating["evidence"]) == (4, "half a sentence")


def test_withdrawn_by_error(som: Run, refused: Callable[..., str]) -> None:
    done = som("candidate", "withdraw", "som", "ada", "--reason", "took another offer")
    assert "hiringkit candidate restore som ada" in done.err
    assert "candidate withdrawn: took another offer" in som("interview", "list", "som").out
    assert not any(each["owed"] for each in listed(som) if each["candidate"] == "ada")
    for words in (("rate", AT, "bottlenecks", "4"), ("submit", AT)):
        said = refused("interview", *words, "--as", "ivy")
        assert "has withdrawn: took another offer" in said
        assert "hiringkit candidate restore som ada" in said
    som("candidate", "restore", "som", "ada")
    finish(som, AT)
    assert "has not withdrawn" in refused("candidate", "restore", "som", "ada")


def listed(som: Run) -> Any:
    return som("interview", "list", "som", "-f", "json").json["interviews"]


@pytest.mark.slow
def test_closed_too_early(som: Run, refused: Callable[..., str]) -> None:
    finish(som, AT)
    asked = som("opening", "close", "som", typed="n\n")
    assert asked.code == 1
    assert "som/bo/joe" in asked.err
    assert AT not in asked.err
    assert "--yes" in refused("opening", "close", "som")
    done = som("opening", "close", "som", "--yes", "--outcome", "Ada=hired", "--outcome", "bo=rejected:no forecast")
    assert "hiringkit opening reopen som" in done.err
    assert "rejected: no forecast" in done.out
    assert som("candidate", "show", "som", "ada", "-f", "json").json["candidate"]["outcome"] == "hired"
    assert "hiringkit opening reopen som" in refused(
        "interview", "rate", "som/bo/ivy", "bottlenecks", "4", "--as", "ivy"
    )
    som("opening", "reopen", "som")
    finish(som, "som/bo/ivy")
    som("opening", "edit", "som", "--title", "Better", "--outcome", "bo=hired:after all")
    assert last_event(som)["detail"]["outcome"] == {"from": "rejected", "to": "hired"}
    assert som("opening", "show", "som", "-f", "json").json["opening"]["title"] == "Better"


def test_added_twice(som: Run, refused: Callable[..., str]) -> None:
    som("candidate", "add", "som", "Ada")
    som("interview", "schedule", "som", "ada-2", "ivy")
    assert som("candidate", "remove", "som", "ada-2").code == 0
    assert "Ada" not in [each["name"] for each in som("candidate", "list", "som", "-f", "json").json["candidates"]][1:]
    som("interviewer", "add", "Ivy")
    assert som("interviewer", "remove", "ivy-2").code == 0
    # what would be lost is kept, and the way out is named
    assert "interview edit" in refused("interviewer", "remove", "ivy")
    som("interview", "rate", AT, "bottlenecks", "4", "--as", "ivy")
    assert "hiringkit candidate withdraw som ada" in refused("candidate", "remove", "som", "ada")
    assert f"interview cancel {AT}" in refused("interview", "edit", AT, "--interviewer", "joe")
    assert "interview edit" in refused("interview", "schedule", "som", "ada", "ivy")


def test_imported_twice(som: Run, refused: Callable[..., str]) -> None:
    file = "name,email\nCy,cy@x.example\nEva Li,\n王小明,\n"
    som("candidate", "import", "som", "-", typed=file)
    again = som("candidate", "import", "som", "-", typed=file)
    command = "candidate remove som eva-li-2 wang-xiao-ming-2"
    assert f"Eva Li, 王小明. Those who are the same person go with: hiringkit {command}" in again.err
    som("interview", "schedule", "som", "wang-xiao-ming-2", "ivy", "--question", "bottlenecks")
    som("interview", "rate", "som/wang-xiao-ming-2/ivy", "bottlenecks", "4", "--as", "ivy")
    refused(*command.split())  # all or none
    som("candidate", "add", "som", "Fay")
    assert [
        each["id"] for each in som("candidate", "remove", "som", "eva-li-2", "fay", "-f", "json").json["candidates"]
    ] == [
        "eva-li-2",
        "fay",
    ]
    som("interviewer", "import", "-", typed="name\nKim\n")
    assert "hiringkit interviewer remove kim-2" in som("interviewer", "import", "-", typed="name\nKim\n").err
    assert som("interviewer", "remove", "kim-2").code == 0
    assert som("audit", "verify").code == 0


def test_what_is_said_after_a_correction_is_true(som: Run) -> None:
    assert "No interview is of that kind." in som("interview", "list", "som", "--state", "submitted").out
    for words in (
        ("edit", "som", "ada", "--name", "Ada L"),
        ("hold", "som", "ada", "--reason", "x"),
        ("release", "som", "ada"),
    ):
        done = som("candidate", *words)
        assert AT in done.out
        assert "No interviews yet" not in done.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
def test_a_change_whose_output_fails_is_said_to_be_stored(
    som: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = "What was to be changed is stored; only the output is missing."
    for name, target in (("Cy", "/dev/full"), ("Di", "missing/people.csv")):
        done = som("candidate", "add", "som", name, "-o", target)
        assert done.code == 1
        assert stored in done.err
    assert stored not in som("candidate", "list", "som", "-o", "/dev/full").err
    with Path("/dev/full").open("w", encoding="utf-8") as full, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", full)
        assert run(["candidate", "add", "som", "Eva", "-q"]) == 1
    assert stored in capsys.readouterr().err
    names = [each["name"] for each in som("candidate", "list", "som", "-f", "json").json["candidates"]]
    assert names[2:] == ["Cy", "Di", "Eva"]


def test_a_second_round_asks_what_the_first_did_not(som: Run, refused: Callable[..., str]) -> None:
    finish(som, AT)
    said = refused("interview", "schedule", "som", "ada", "ivy", "--again", "--question", "bottlenecks")
    assert "asked by this interviewer in an earlier round" in said
    done = som("interview", "schedule", "som", "ada", "ivy", "--again", "--question", "large-data", "-f", "json")
    assert [each["id"] for each in done.json["interviews"]] == [f"{AT}/2"]
    som("interview", "rate", f"{AT}/2", "large-data", "2", "--as", "ivy")
    som("interview", "submit", f"{AT}/2", "--as", "ivy")
    profile = compared(som, "ivy")[0]
    assert profile["overall"]["ratings"] == 3


@pytest.mark.parametrize(
    "words",
    [
        ("candidate", "withdraw", "som", "ada"),
        ("candidate", "edit", "som", "ada", "--name", "X"),
        ("candidate", "remove", "som", "ada"),
        ("interviewer", "edit", "joe", "--name", "X"),
        ("interviewer", "remove", "joe"),
        ("interview", "cancel", AT, "--reason", "x"),
        ("interview", "edit", AT, "--interviewer", "joe"),
        ("interview", "edit", "som/ada/joe", "--location", "elsewhere"),
        ("opening", "close", "som", "--yes"),
        ("opening", "edit", "som", "--title", "x"),
        ("rubric", "drop-question", "som", "bottlenecks", "--reason", "x"),
    ],
)
def test_an_interviewer_does_not_do_what_a_recruiter_does(refused: Callable[..., str], words: tuple[str, ...]) -> None:
    said = refused(*words, "--as", "ivy")
    assert "only a recruiter may do that, and you act as 'ivy'" in said
    assert "recruiter:NAME" in said


@pytest.mark.parametrize(
    "words",
    [
        ("candidate", "edit", "som", "ada"),
        ("candidate", "edit", "som", "ada", "--name", "\u200b\u3164 "),
        ("candidate", "edit", "som", "ada", "--name", "x" * 120_000),
        ("candidate", "add", "som", "\u200b\u2800"),
        ("interviewer", "add", "x" * 120_000),
        ("interview", "edit", AT),
        ("interview", "cancel", AT, "--reason", " "),
        ("opening", "edit", "som", "--title", "\u200b"),
        ("opening", "close", "som", "--yes", "--outcome", "ada=promoted"),
    ],
)
def test_what_makes_no_sense_changes_nothing(refused: Callable[..., str], words: tuple[str, ...]) -> None:
    assert "error:" in refused(*words, code=2)


def test_an_outcome_of_nobody_leaves_the_opening_open(refused: Callable[..., str]) -> None:
    assert "no candidate" in refused("opening", "close", "som", "--yes", "--outcome", "eve=hired")


@pytest.mark.parametrize("who", ["ivyy", "Ivvy", "ivy@frm.example"])
def test_somebody_unknown_sees_nothing(refused: Callable[..., str], who: str) -> None:
    for words in (
        ("opening", "list"),
        ("opening", "show", "som"),
        ("interview", "show", AT),
        ("compare", "som"),
        ("export", "som"),
        ("candidate", "list", "som"),
        ("candidate", "show", "som", "ada"),
        ("audit", "log"),
        ("candidate", "add", "som", "Eve"),
    ):
        said = refused(*words, "--as", who)
        assert f"nobody here is known as '{who}'" in said
        assert "did you mean 'ivy" in said


@pytest.mark.parametrize("who", ["IVY", "Ivy@Firm.Example"])
def test_case_does_not_matter(som: Run, who: str) -> None:
    assert som("interview", "rate", AT, "bottlenecks", "4", "--as", who).code == 0


@pytest.mark.slow
def test_a_draft_is_its_authors_alone(som: Run, refused: Callable[..., str]) -> None:
    som("interview", "rate", AT, "bottlenecks", "4", "--as", "ivy", "--evidence", "a secret")
    for who in ((), ("--as", "joe"), ("--as", "recruiter:dana")):
        for words in (("interview", "show", AT), ("interview", "list", "som"), ("opening", "show", "som")):
            assert "secret" not in som(*words, *who, "-f", "json").out
        shown = som("interview", "show", AT, *who, "-f", "json").json
        assert [each["rating"] for each in shown["ratings"]] == [None, None]
        assert shown["hidden"]
        assert "hidden until it is submitted" in som("interview", "show", AT, *who).out
    assert "--as recruiter:NAME" in refused("interview", "rate", AT, "bottlenecks", "5")
    assert "you act as 'joe'" in refused("interview", "rate", AT, "bottlenecks", "5", "--as", "joe")


def test_a_recruiter_writes_by_a_right_that_is_recorded(som: Run, refused: Callable[..., str]) -> None:
    finish(som, "som/ada/joe")
    assert "say who writes into it" in refused("interview", "amend", "som/ada/joe", "bottlenecks", "5", "--reason", "x")
    som("interview", "rate", AT, "bottlenecks", "4", "--as", "recruiter:dana@firm.example")
    event = last_event(som)
    assert (event["actor"], event["detail"]) == ("recruiter:dana@firm.example", {"right": "recruiter"})
