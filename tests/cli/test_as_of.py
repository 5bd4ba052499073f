"""`compare --as-of`: the same numbers as then, whatever has been done since."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def numbers(run: Run, *words: str) -> dict[str, Any]:
    """Return a comparison without its findings."""
    done = run("compare", "som", "-f", "json", *words)
    assert done.code == 0, done.err
    document: dict[str, Any] = done.json
    del document["findings"]
    return document


def event(run: Run) -> str:
    """Return the number of the last event."""
    return str(run("audit", "head", "-f", "json").json["sequence"])


def submit(run: Run, at: str, levels: tuple[str, str]) -> None:
    who = at.split("/")[2]
    for question, level in zip(("bottlenecks", "forecast-miss"), levels, strict=True):
        assert run("interview", "rate", at, question, level, "--as", who).code == 0
    assert run("interview", "submit", at, "--as", who, "--recommend", "no").code == 0


CHANGES: dict[str, tuple[str, ...]] = {
    "an amendment": ("interview", "amend", "som/ada/ivy", "bottlenecks", "1", "--reason", "misread", "--as", "ivy"),
    "a withdrawal": ("candidate", "withdraw", "som", "bo"),
    "a dropped question": ("rubric", "drop-question", "som", "bottlenecks", "--reason", "misunderstood"),
    "a further candidate": ("candidate", "add", "som", "Cy"),
    "a further interview": ("interview", "schedule", "som", "ada", "ivy", "--again"),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", CHANGES)
def test_a_change_made_since_changes_nothing_as_of_then(rated: Run, what: str) -> None:
    before, then = numbers(rated), event(rated)
    done = rated(*CHANGES[what])
    assert done.code == 0, done.err
    assert numbers(rated, "--as-of", then) == before
    assert what == "a further interview" or numbers(rated) != before


@pytest.mark.slow
def test_each_step_of_an_opening_can_be_seen_again(som: Run) -> None:
    steps = {}
    for at, levels in (
        ("som/ada/ivy", ("5", "4")),
        ("som/bo/ivy", ("2", "3")),
        ("som/ada/joe", ("4", "4")),
        ("som/bo/joe", ("3", "no-evidence")),
    ):
        submit(som, at, levels)
        steps[event(som)] = numbers(som)
    assert len({str(step) for step in steps.values()}) == 4
    for then, step in steps.items():
        assert numbers(som, "--as-of", then) == step


@pytest.mark.slow
def test_what_was_taken_back_since_is_there_as_of_then(rated: Run) -> None:
    rated("candidate", "withdraw", "som", "bo")
    rated("rubric", "drop-question", "som", "bottlenecks", "--reason", "misunderstood")
    then, before = event(rated), numbers(rated)
    assert rated("candidate", "restore", "som", "bo").code == 0
    assert rated("rubric", "drop-question", "som", "bottlenecks", "--restore").code == 0
    assert numbers(rated) != before
    assert numbers(rated, "--as-of", then) == before


@pytest.mark.slow
def test_an_erasure_changes_no_number_of_then(rated: Run) -> None:
    before, then = numbers(rated), event(rated)
    rated("candidate", "erase", "som", "ada", "--yes")
    after = numbers(rated, "--as-of", then)
    assert [each["overall"] for each in after["profiles"]] == [each["overall"] for each in before["profiles"]]


@pytest.mark.slow
def test_with_history_other_openings_are_as_they_were_too(rated: Run) -> None:
    rated("opening", "create", "two", "--rubric", "sales-operations-manager")
    rated("candidate", "add", "two", "Di")
    questions = ("--question", "bottlenecks", "--question", "forecast-miss")
    assert rated("interview", "schedule", "two", "di", "ivy", "joe", *questions).code == 0
    submit(rated, "two/di/ivy", ("1", "2"))
    before, then = numbers(rated, "--history"), event(rated)
    submit(rated, "two/di/joe", ("5", "5"))
    assert numbers(rated, "--history") != before
    assert numbers(rated, "--history", "--as-of", then) == before


@pytest.mark.slow
def test_moments_are_days_times_numbers_and_noted_heads(rated: Run) -> None:
    before = numbers(rated)
    head = rated("audit", "head", "-f", "json").json["head"]
    assert numbers(rated, "--as-of", head) == before
    assert numbers(rated, "--as-of", "9999-01-01") == before
    assert numbers(rated, "--as-of", "9999-01-01T12:00") == before
    assert numbers(rated, "--as-of", "9999-01-01T12:00+08:00") == before
    assert numbers(rated, "--as-of", "99999") == before
    said = rated("compare", "som", "--as-of", head)
    assert "as of event" in said.out
    number, digest = head.split(":")
    wrong = rated("compare", "som", "--as-of", f"{number}:{digest[::-1]}")
    assert wrong.code == 1
    assert "not the one that was noted" in wrong.err


@pytest.mark.parametrize("moment", ["0", "2000-01-01", "9" * 40])
def test_before_the_opening_there_is_nothing_to_compare(rated: Run, moment: str) -> None:
    done = rated("compare", "som", "--as-of", moment)
    assert done.code == 1
    assert "was not there as of" in done.err


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-13-01", "12:3", "-1", "²"])
def test_what_is_no_moment_is_a_usage_error(rated: Run, moment: str) -> None:
    done = rated("compare", "som", f"--as-of={moment}")
    assert done.code == 2
    assert "2026-03-01T14:00" in done.err


def test_an_interviewer_sees_no_more_of_then_than_of_now(som: Run) -> None:
    submit(som, "som/ada/joe", ("5", "5"))
    done = som("compare", "som", "--as-of", event(som), "--as", "ivy", "-f", "json")
    assert done.json["counts"]["ratings"] == 0
