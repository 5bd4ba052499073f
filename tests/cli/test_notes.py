"""Notes about an interview as a whole, handovers, and questions that were not planned, by commands and prompts."""

from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]
AT, JOES = "som/ada/ivy", "som/ada/joe"


def shown(som: Run, at: str, who: str) -> Any:
    return som("interview", "show", at, "--as", who, "-f", "json").json


def test_a_note_is_its_authors_and_a_handovers_questions_are_for_the_others(som: Run) -> None:
    som("candidate", "edit", "som", "ada", "--note", "Ten years at Globex")
    som("interview", "note", AT, "asked about remote work", "--as", "ivy")
    done = som("interview", "note", AT, "second", "--as", "ivy")
    assert "second" in done.out
    som("interview", "note", AT, "A 2 at most.\nWhat did the miss cost?", "--handover", "--as", "ivy")
    mine = shown(som, AT, "ivy")
    assert mine["notes"] == "asked about remote work\nsecond"
    assert mine["handover"] == "A 2 at most.\nWhat did the miss cost?"
    for who in ("joe", "recruiter"):
        theirs = shown(som, AT, who)
        assert (theirs["notes"], theirs["handover"]) == ("", "")
    joes = shown(som, JOES, "joe")
    assert joes["candidate_note"] == "Ten years at Globex"
    assert joes["handovers"] == [{"interviewer": "Ivy", "text": "What did the miss cost?"}]
    assert "A 2 at most" not in som("interview", "show", JOES, "--as", "joe").out


def test_a_note_can_be_replaced_and_removed(som: Run) -> None:
    som("interview", "note", AT, "wrong", "--as", "ivy")
    som("interview", "note", AT, "right", "--replace", "--as", "ivy")
    assert shown(som, AT, "ivy")["notes"] == "right"
    som("interview", "note", AT, "", "--replace", "--as", "ivy")
    assert shown(som, AT, "ivy")["notes"] == ""


def test_who_may_not_write_there_is_refused(som: Run) -> None:
    for words in (("note", AT, "mine"), ("add-question", AT, "large-data")):
        assert som("interview", *words, "--as", "joe").code == 1
        assert "say who writes into it" in som("interview", *words).err
    assert shown(som, AT, "ivy")["notes"] == ""
    assert som("interview", "note", AT, "entered for Ivy", "--as", "recruiter:Kim").code == 0
    assert shown(som, AT, "ivy")["notes"] == "entered for Ivy"


def test_a_question_that_was_not_planned(som: Run) -> None:
    done = som("interview", "add-question", AT, "large-data", "--as", "ivy", "-f", "json")
    assert done.json["kit"] == ["bottlenecks", "forecast-miss", "large-data"]
    again = som("interview", "add-question", AT, "large-data", "--as", "ivy")
    assert again.code == 1
    assert "in the kit of this interview already" in again.err
    wrong = som("interview", "add-question", AT, "large-dat", "--as", "ivy")
    assert wrong.code == 1
    assert "did you mean 'large-data'?" in wrong.err
    event = som("audit", "log", "--last", "1", "-f", "json").json["events"][0]
    assert (event["action"], event["subject"]["question"]) == ("interview.add-question", "large-data")


def test_prompts_take_notes_and_questions_too(som: Run) -> None:
    som("candidate", "edit", "som", "ada", "--note", "Ten years at Globex")
    som("interview", "note", JOES, "no\nWho kept the pipeline clean?", "--handover", "--as", "joe")
    typed = "w likes charts\nh Why did they leave?\na\na large-data\na nonsense\nw\nq\n"
    done = som("interview", "score", AT, "--as", "ivy", typed=typed)
    assert done.code == 0
    assert "About the candidate: Ten years at Globex" in done.out
    assert "From Joe: Who kept the pipeline clean?" in done.out
    assert "large-data: " in done.out
    assert "Added as question 3." in done.out
    assert "nonsense" in done.out + done.err
    mine = shown(som, AT, "ivy")
    assert (mine["notes"], mine["handover"]) == ("likes charts", "Why did they leave?")
    assert mine["kit"][2] == "large-data"
    assert "Your notes: likes charts" in som("interview", "score", AT, "--as", "ivy", typed="q\n").out
