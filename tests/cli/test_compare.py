"""Which candidates `compare` shows, in which order, with or without names; and many of them on a few lines."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def profiles(done: Any) -> list[str]:
    return [profile["candidate"] for profile in done.json["profiles"]]


def test_candidates_are_sorted_by_name_by_score_and_by_criterion(rated: Run) -> None:
    plain = rated("compare", "som", "-f", "json")
    assert sorted(profiles(plain)) == profiles(rated("compare", "som", "--sort", "name", "-f", "json"))
    by_score = rated("compare", "som", "--sort", "process-improvement", "-f", "json").json["profiles"]
    scores = [c["score"] for p in by_score for c in p["criteria"] if c["criterion"] == "process-improvement"]
    assert scores == sorted(scores, reverse=True)
    wrong = rated("compare", "som", "--sort", "charm")
    assert wrong.code == 2
    assert "no order by 'charm'" in wrong.err


def test_only_some_are_shown_and_ranks_stay(rated: Run) -> None:
    whole = {p["candidate"]: p["rank"] for p in rated("compare", "som", "-f", "json").json["profiles"]}
    (alone,) = rated("compare", "som", "--only", "BO", "-f", "json").json["profiles"]
    assert alone["rank"] == whole["bo"]
    wrong = rated("compare", "som", "--only", "adda")
    assert wrong.code == 1
    assert "did you mean 'ada'" in wrong.err


def test_names_are_hidden_everywhere(rated: Run) -> None:
    for form in ("table", "json", "csv", "markdown"):
        text = rated("compare", "som", "--hide-names", "-f", form).out
        assert "candidate-1" in text
        assert "Ada" not in text
        assert "ada" not in text


def test_what_interviewers_do_is_left_out(rated: Run) -> None:
    assert "Interviewers" in rated("compare", "som").out
    assert "Interviewers" not in rated("compare", "som", "--no-interviewers").out
    assert rated("compare", "som", "--no-interviewers", "-f", "json").json["interviewers"] == []


@pytest.fixture
def many(tmp_path: Path) -> str:
    """A file of 60 invented candidates, two interviewers of seven each."""
    rows = ["candidate,interviewer,question,rating"]
    rows += [f"c{n},i{(n + k) % 7},q{q},{1 + (n + k * q) % 5}" for n in range(60) for k in range(2) for q in range(2)]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return str(path)


def test_many_candidates_take_a_few_lines_and_files_have_them_all(hk: Run, many: str, tmp_path: Path) -> None:
    short = hk("score", many, "--scale", "1:5", "--method", "observed")
    assert len(short.out.splitlines()) <= 80, "two screens of 40 lines"
    assert "54 further rows are not shown; --top shows more" in short.out
    whole = hk("score", many, "--scale", "1:5", "--method", "observed", "--top", "all")
    assert "further rows" not in whole.out
    assert len(hk("score", many, "--scale", "1:5", "--method", "observed", "-f", "json").json["profiles"]) == 60
    hk("score", many, "--scale", "1:5", "--method", "observed", "-o", str(tmp_path / "many.md"))
    assert "further rows" not in (tmp_path / "many.md").read_text(encoding="utf-8")
    assert "further rows" in hk("score", many, "--scale", "1:5", "--method", "observed", "--top", "3").out
    assert hk("score", many, "--top", "none").code == 2
