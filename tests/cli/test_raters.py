"""How interviewers rate, as the command prints it."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.slow
def test_every_format_and_everybody_for_a_recruiter(rated: Run) -> None:
    found = rated("raters", "som", "-f", "json").json
    assert [each["interviewer"] for each in found["interviewers"]] == ["ivy", "joe"]
    assert found["opening"] == "som"
    for form in ("table", "csv", "markdown"):
        assert rated("raters", "som", "-f", form).code == 0
    lines = rated("raters", "som", "-f", "csv").out.splitlines()
    assert lines[0] == "interviewer,measure,criterion,estimate,low,high,n,least,peers,beyond_chance"
    assert any(line.startswith("ivy,severity,") for line in lines)


def test_too_few_is_all_that_is_said_of_two_candidates(rated: Run) -> None:
    (ivy, _joe) = rated("raters", "-f", "json").json["interviewers"]
    for name in ("severity", "spread", "central", "differentiation", "consistency", "correlation", "drift", "before"):
        assert (ivy[name]["estimate"], ivy[name]["interval"]) == (None, None)
        assert ivy[name]["n"] < ivy[name]["least"]
    assert "too few: 2 of 3" in rated("raters").out


@pytest.mark.slow
def test_an_interviewer_gets_their_own_line(rated: Run) -> None:
    own = rated("raters", "som", "--as", "ivy@firm.example", "-f", "json").json
    assert [each["interviewer"] for each in own["interviewers"]] == ["ivy"]
    assert "Joe" not in rated("raters", "som", "--as", "ivy@firm.example").out
    assert rated("raters", "som", "--as", "ivy", "--interviewer", "joe", "-f", "json").json["interviewers"] == []


def test_one_interviewer_can_be_named_and_nobody_is_an_error(rated: Run) -> None:
    found = rated("raters", "--interviewer", "Joe", "-f", "json").json
    assert [each["interviewer"] for each in found["interviewers"]] == ["joe"]
    assert rated("raters", "--interviewer", "nobody").code == 1
    assert rated("raters", "elsewhere").code == 1
    assert rated("raters", "--level", "0.2").code == 2
