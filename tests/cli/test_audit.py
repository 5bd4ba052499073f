"""`hiringkit audit`: who did what and when, and whether the log is as it was written."""

import csv
import io
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def change(database: Path, *statements: str) -> None:
    """Change the log behind the program's back."""
    connection = sqlite3.connect(database)
    for statement in statements:
        assert connection.execute(statement).rowcount
    connection.commit()
    connection.close()


def test_the_log_says_who_did_what_of_what(som: Run) -> None:
    som("interview", "rate", "som/ada/ivy", "bottlenecks", "4", "--as", "ivy@firm.example")
    event = som("audit", "log", "--opening", "som", "-f", "json").json["events"][-1]
    assert (event["actor"], event["action"]) == ("ivy@firm.example", "interview.rate")
    assert event["subject"]["question"] == "bottlenecks"
    shown = som("audit", "log", "--who", "ivy").out
    assert "ivy@firm.example" in shown
    assert "som/ada/ivy" in shown
    assert "opening.create" not in shown


def test_the_log_as_csv_and_markdown(som: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(som("audit", "log", "--last", "2", "-f", "csv").out)))
    assert [row["interview"] for row in rows] == ["som/bo/ivy", "som/bo/joe"]
    assert rows[0]["opening"] == "som"
    assert som("audit", "log", "-f", "markdown").out.count("interview.schedule") == 4


def test_the_log_since_a_day(som: Run) -> None:
    assert som("audit", "log", "--since", "2026-01-01", "-f", "json").json["events"]
    assert som("audit", "log", "--since", "9999-01-01", "-f", "json").json["events"] == []
    assert som("audit", "log", "--since", "soon").code == 2


def test_an_interviewer_who_owes_a_scorecard_sees_that_others_submitted_and_no_more(som: Run) -> None:
    for question in ("bottlenecks", "forecast-miss"):
        som("interview", "rate", "som/ada/joe", "--as", "joe", question, "5")
    som("interview", "submit", "som/ada/joe", "--as", "joe")
    event = som("audit", "log", "--as", "ivy@firm.example", "-f", "json").json["events"][-1]
    assert (event["action"], event["detail"], event["hash"]) == ("interview.submit", None, None)
    assert "hidden" in som("audit", "log", "--as", "ivy@firm.example", "--last", "1").out
    assert som("audit", "log", "-f", "json").json["events"][-1]["detail"] == {"number": 1}


def test_an_untouched_log_is_whole(som: Run) -> None:
    done = som("audit", "verify", "-f", "json")
    head = som("audit", "head", "-f", "json").json
    assert (done.code, done.json["whole"], done.json["findings"]) == (0, True, [])
    assert done.json["head"] == head["head"] == f"{head['sequence']}:{head['hash']}"
    assert som("audit", "verify", "--head", head["head"]).code == 0


@pytest.mark.parametrize(
    ("statements", "first"),
    [
        (["UPDATE audit_events SET actor = 'somebody' WHERE sequence = 3"], "event 3 is not as it was written"),
        (["DELETE FROM audit_events WHERE sequence = 3"], "event 3 is missing: event 4 stands in its place"),
        (
            [
                "UPDATE audit_events SET sequence = 99 WHERE sequence = 3",
                "UPDATE audit_events SET sequence = 3 WHERE sequence = 4",
                "UPDATE audit_events SET sequence = 4 WHERE sequence = 99",
            ],
            "event 3 does not follow the one before it",
        ),
    ],
    ids=["changed", "missing", "moved"],
)
def test_the_first_event_that_is_not_as_it_was_is_named(
    som: Run, database: Path, statements: list[str], first: str
) -> None:
    change(database, *statements)
    done = som("audit", "verify")
    assert done.code == 1
    assert f"the audit log was changed: {first}" in done.err
    assert "Traceback" not in done.err
    failed = som("audit", "verify", "-f", "json")
    assert (failed.code, failed.json["error"]["exit"]) == (1, 1)
    assert failed.json["findings"][0]["message"] == first


def test_a_cut_end_shows_against_the_head(som: Run, database: Path) -> None:
    head = som("audit", "head", "-f", "json").json
    change(database, f"DELETE FROM audit_events WHERE sequence = {head['sequence']}")
    assert "was written without an event" in som("audit", "verify").err
    done = som("audit", "verify", "--head", head["head"])
    assert done.code == 1
    assert "the end of the log was cut off" in done.err
    assert som("audit", "verify", "--head", "yesterday").code == 2


def test_an_event_that_cannot_be_read_is_refused_with_the_way_on(som: Run, database: Path) -> None:
    change(database, "UPDATE audit_events SET detail = '{' WHERE sequence = 2")
    done = som("audit", "log")
    assert done.code == 1
    assert "hiringkit audit verify" in done.err


def test_hostile_names_in_the_log_reach_no_terminal(som: Run, database: Path) -> None:
    som("candidate", "add", "som", "Eve", "--as", "recruiter:\x1b[2J[red]=cmd|'/c calc'!A1")
    for words in ((), ("-f", "json"), ("-f", "csv"), ("-f", "markdown")):
        assert "\x1b" not in som("audit", "log", *words).out


def test_where_nothing_is_kept_yet_there_is_no_log(hk: Run) -> None:
    assert hk("audit", "log").code == 1
    assert hk("audit", "verify").code == 1
