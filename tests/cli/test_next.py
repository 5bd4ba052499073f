"""Which further interview is worth most: who may see it, and what is said where nothing can be worked out."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def test_further_interviews_are_of_questions_not_heard_yet_and_fit_the_time(rated: Run) -> None:
    found = rated("next", "som", "--minutes", "20", "-f", "json").json
    assert (found["opening"], found["leader"], found["minutes"]) == ("som", "ada", 20)
    assert {(each["candidate"], each["interviewer"]) for each in found["further"]} == {
        (who, by) for who in ("ada", "bo") for by in ("ivy", "joe")
    }
    for each in found["further"]:
        assert not {"bottlenecks", "forecast-miss"} & set(each["questions"])
        assert 0 < each["minutes"] <= 20
        assert 0 <= each["regret_drop"] <= found["regret"]
        assert each["again"] is True
    falls = [each["regret_drop"] for each in found["further"]]
    assert falls == sorted(falls, reverse=True)
    assert found["enough"] == all(each["changes"] < 0.05 for each in found["further"])


@pytest.mark.slow
def test_the_same_again_is_the_same(rated: Run) -> None:
    first, second = (rated("next", "som", "-f", "json").out for _ in range(2))
    assert first == second
    for form in ("table", "csv", "markdown"):
        assert "Ada" in (text := rated("next", "som", "-f", form).out) or "ada" in text


def test_a_planned_interview_is_weighed_as_it_is_planned(rated: Run) -> None:
    rated("interviewer", "add", "Kim", "--email", "kim@firm.example")
    rated("interview", "schedule", "som", "bo", "kim", "--question", "large-data")
    further = rated("next", "som", "-f", "json").json["further"]
    (planned,) = [each for each in further if (each["candidate"], each["interviewer"]) == ("bo", "kim")]
    assert (planned["interview"], planned["questions"], planned["again"]) == ("som/bo/kim", ["large-data"], False)
    assert "planned already: som/bo/kim" in rated("next", "som", "-f", "markdown").out
    assert all(
        "large-data" not in each["questions"] for each in further if each["candidate"] == "bo" and each != planned
    )


def test_somebody_who_has_no_interview_here_can_be_named(rated: Run) -> None:
    rated("interviewer", "add", "Kim", "--email", "kim@firm.example")
    assert "kim" not in {each["interviewer"] for each in rated("next", "som", "-f", "json").json["further"]}
    more = rated("next", "som", "--with", "kim@firm.example", "-f", "json").json["further"]
    assert "kim" in {each["interviewer"] for each in more}
    assert rated("next", "som", "--with", "nobody").code == 1


def test_an_interviewer_learns_nothing_of_whom_they_still_owe_a_scorecard(rated: Run) -> None:
    rated("interviewer", "add", "Kim", "--email", "kim@firm.example")
    rated("interview", "schedule", "som", "bo", "kim", "--question", "large-data")
    found = rated("next", "som", "--as", "kim", "-f", "json")
    assert found.json["leader"] is None
    assert found.json["further"] == []
    assert {"hidden-until-submitted", "one-candidate"} <= {each["code"] for each in found.json["findings"]}
    assert '"bo"' not in found.out


@pytest.mark.parametrize("rated_by", [(), ("ivy",)])
def test_without_a_model_nothing_is_worked_out_and_it_says_why(som: Run, rated_by: tuple[str, ...]) -> None:
    for by in rated_by:
        som("interview", "rate", f"som/ada/{by}", "bottlenecks", "4", "--as", by)
        som("interview", "rate", f"som/ada/{by}", "forecast-miss", "4", "--as", by)
        som("interview", "submit", f"som/ada/{by}", "--as", by)
    found = som("next", "som", "-f", "json").json
    assert (found["wrong"], found["regret"], found["enough"], found["further"]) == (None, None, None, [])
    assert found["findings"][0]["message"].startswith("what an interview would tell is not known: ")
    assert "what an interview would tell is not known" in som("next", "som").out


def test_no_question_fits_into_a_minute(rated: Run) -> None:
    found = rated("next", "som", "--minutes", "1", "-f", "json").json
    assert found["further"] == []
    assert found["enough"] is None
    assert [each["code"] for each in found["findings"]] == ["nothing-to-ask"]
    assert rated("next", "som", "--minutes", "0").code == 2
