"""The linear interview: plain lines, every answer on disk, resumed where it was left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
AT = "som/ada/ivy"
SHIPPED = Path(__file__).parents[2] / "rubrics/sales-operations/sales-operations-manager.yaml"


def ratings(hk: Run) -> dict[str, Any]:
    """Return what is on disk for the interview, by question."""
    return {each["question"]: each for each in hk("interview", "show", AT, "--as", "ivy", "-f", "json").json["ratings"]}


def test_it_asks_shows_anchors_and_saves_each_answer(som: Run) -> None:
    done = som("interview", "score", AT, "--as", "ivy", typed="4\ne said so\nx\n")
    assert done.code == 0
    assert "Question 1 of 2: bottlenecks" in done.out
    assert "Probe 1:" in done.out
    assert "Level 5:" in done.out
    assert "Question 2 of 2: forecast-miss" in done.out
    kept = ratings(som)
    assert kept["bottlenecks"]["rating"] == 4
    assert kept["forecast-miss"]["rating"] == "no-evidence"
    assert kept["forecast-miss"]["evidence"] == "said so"


def test_cut_off_at_any_point_it_goes_on_where_it_was(som: Run) -> None:
    som("interview", "score", AT, "--as", "ivy", typed="4\n")
    again = som("interview", "score", AT, "--as", "ivy", typed="")
    assert "Question 2 of 2: forecast-miss" in again.out
    assert "Question 1 of 2" not in again.out
    assert "Go on with: hiringkit interview score som/ada/ivy" in again.out


def test_back_skip_probes_and_not_assessed(som: Run) -> None:
    done = som("interview", "score", AT, "--as", "ivy", typed="s\nb\np 2\nn\nq\n")
    assert done.out.count("Question 1 of 2") == 2
    kept = ratings(som)
    assert kept["bottlenecks"]["rating"] == "not-assessed"
    assert kept["bottlenecks"]["probes"] == [2]
    assert kept["forecast-miss"]["rating"] is None


def test_a_wrong_answer_is_explained_and_asked_again(som: Run) -> None:
    done = som("interview", "score", AT, "--as", "ivy", typed="7\ngood\np 9\n3\n")
    assert done.out.count("is no rating") == 2
    assert "no probe 9" in done.out
    assert ratings(som)["bottlenecks"]["rating"] == 3


@pytest.mark.slow
def test_where_the_rubric_allows_it_questions_may_stay_unrated(som: Run, tmp_path: Path) -> None:
    path = tmp_path / "lenient.yaml"
    path.write_text(SHIPPED.read_text("utf-8").replace("\npolicy:\n", "\npolicy:\n  unrated: allow\n"), "utf-8")
    som("opening", "create", "easy", "--rubric", str(path))
    som("candidate", "add", "easy", "Ada")
    questions = ("--question", "bottlenecks", "--question", "forecast-miss")
    som("interview", "schedule", "easy", "ada", "ivy", *questions)
    done = som("interview", "score", "easy/ada/ivy", "--as", "ivy", typed="4\ns\n\n\ny\n")
    assert "Not rated: 1; the rubric allows that." in done.out
    assert "may stay unrated" in som("rubric", "show", str(path)).out
    assert som("interview", "show", "easy/ada/ivy", "-f", "json").json["state"] == "submitted"


def test_when_all_is_rated_it_offers_to_submit(som: Run) -> None:
    done = som("interview", "score", AT, "--as", "ivy", typed="4\n3\nyes\nsolid\ny\n")
    assert "Submitted." in done.out
    shown = som("interview", "show", AT, "--as", "ivy", "-f", "json").json
    assert shown["state"] == "submitted"
    refused = som("interview", "score", AT, "--as", "ivy")
    assert refused.code == 1
    assert "is submitted" in refused.err


def test_without_a_yes_nothing_is_submitted(som: Run) -> None:
    done = som("interview", "score", AT, "--as", "ivy", typed="4\n3\n\n\nn\n")
    assert "Submitted." not in done.out
    assert som("interview", "show", AT, "--as", "ivy", "-f", "json").json["state"] == "started"


def test_a_skipped_question_comes_back_before_the_end(som: Run) -> None:
    done = som("interview", "score", AT, "--as", "ivy", typed="s\n3\n4\nq\n")
    assert done.out.count("Question 1 of 2") == 2


def test_evidence_can_be_written_in_an_editor(som: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "写在编辑器里" > "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    som("interview", "score", AT, "--as", "ivy", typed="e\n4\n")
    assert ratings(som)["bottlenecks"]["evidence"] == "写在编辑器里"


def test_in_chinese_the_content_is_chinese(som: Run) -> None:
    done = som("interview", "score", AT, "--as", "ivy", "--lang", "zh", typed="")
    assert "瓶颈" in done.out


def test_recommendation_and_reason_are_saved_as_they_are_given_and_come_back(som: Run) -> None:
    som("interview", "score", AT, "--as", "ivy", typed="4\nx\nyes\nsolid on data\n")
    again = som("interview", "score", AT, "--as", "ivy", typed="s\ns\n\n\ny\n")
    assert "empty keeps yes" in again.out
    assert "empty keeps: solid on data" in again.out
    assert again.code == 0
    card = som("interview", "show", AT, "--as", "ivy", "-f", "json").json["scorecards"][0]
    assert (card["recommendation"], card["summary"]) == ("yes", "solid on data")


def test_a_wrong_recommendation_is_asked_again_and_a_draft_can_be_taken_back(som: Run) -> None:
    done = som("interview", "score", AT, "--as", "ivy", typed="4\nx\nperhaps\nno\nthin\n")
    assert "'perhaps' is no recommendation" in done.out
    som("interview", "score", AT, "--as", "ivy", typed="s\ns\n-\n-\ny\n")
    card = som("interview", "show", AT, "--as", "ivy", "-f", "json").json["scorecards"][0]
    assert (card["recommendation"], card["summary"]) == ("", "")


def test_submit_takes_the_draft(som: Run) -> None:
    som("interview", "score", AT, "--as", "ivy", typed="4\nx\nno\nthin\n")
    assert som("interview", "submit", AT, "--as", "ivy", "--summary", "thin on data").code == 0
    card = som("interview", "show", AT, "--as", "ivy", "-f", "json").json["scorecards"][0]
    assert (card["recommendation"], card["summary"]) == ("no", "thin on data")


def test_evidence_that_is_there_is_kept_unless_it_is_replaced(som: Run) -> None:
    som("interview", "rate", AT, "--as", "ivy", "bottlenecks", "3", "--evidence", "timed it")
    done = som("interview", "rate", AT, "--as", "ivy", "bottlenecks", "4", "--evidence", "asked reps")
    assert "Before, the rating was 3." in done.err
    assert ratings(som)["bottlenecks"]["rating"] == 4
    kept = ratings(som)["bottlenecks"]["evidence"]
    assert "timed it" in kept
    assert "asked reps" in kept
    som("interview", "rate", AT, "--as", "ivy", "bottlenecks", "4", "--evidence", "only this", "--replace")
    assert ratings(som)["bottlenecks"]["evidence"] == "only this"


def test_recommendation_and_reason_are_amended_and_show_says_who_from_what_to_what(som: Run) -> None:
    som("interview", "rate", AT, "--as", "ivy", "bottlenecks", "3", "--evidence", "timed it")
    som("interview", "rate", AT, "--as", "ivy", "forecast-miss", "not-assessed")
    som("interview", "submit", AT, "--recommend", "yes", "--summary", "solid", "--as", "ivy")
    wrong = som("interview", "amend", AT, "--as", "ivy", "--recommend", "perhaps", "--reason", "late")
    assert wrong.code == 2
    assert som("interview", "amend", AT, "--as", "ivy", "--recommend", "yes", "--reason", "late").code == 2
    som("interview", "amend", AT, "--recommend", "no", "--summary", "thin", "--reason", "references", "--as", "ivy")
    som("interview", "amend", AT, "bottlenecks", "2", "--reason", "misheard", "--as", "ivy")
    shown = som("interview", "show", AT, "--as", "ivy", "-f", "json").json
    assert [card["by"] for card in shown["scorecards"]] == ["ivy"] * 3
    changes = [(each["number"], each["by"], each["part"], each["from"], each["to"]) for each in shown["amendments"]]
    assert changes == [
        (2, "ivy", "recommendation", "yes", "no"),
        (2, "ivy", "summary", "solid", "thin"),
        (3, "ivy", "rating", "3", "2"),
    ]
    text = som("interview", "show", AT, "--as", "ivy").out
    assert "Amendments" in text
