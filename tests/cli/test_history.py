"""`--history` at the command line: a real database with two openings, and a file with a column of openings."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
KIT = ("bottlenecks", "forecast-miss")


def give(hk: Run, at: str, levels: tuple[str, str]) -> None:
    for question, level in zip(KIT, levels, strict=True):
        assert hk("interview", "rate", at, "--as", at.split("/")[2], question, level).code == 0
    assert hk("interview", "submit", at, "--as", at.split("/")[2], "--recommend", "yes").code == 0


@pytest.fixture
def two(som: Run) -> Run:
    """`som` and last year's `old`; Ivy is strict in both, and saw only Ada in `som`."""
    assert som("opening", "create", "old", "--rubric", "sales-operations-manager").code == 0
    for n, level in enumerate("234"):
        assert som("candidate", "add", "old", f"Secret {n}").code == 0
        questions = ("--question", KIT[0], "--question", KIT[1])
        assert som("interview", "schedule", "old", f"secret-{n}", "ivy", "joe", *questions).code == 0
        give(som, f"old/secret-{n}/ivy", (str(int(level) - 1), level))
        give(som, f"old/secret-{n}/joe", (level, str(int(level) + 1)))
    give(som, "som/ada/ivy", ("3", "3"))
    give(som, "som/bo/joe", ("4", "3"))
    return som


@pytest.mark.slow
def test_compare_and_profile_borrow_and_say_so(two: Run) -> None:
    plain = two("compare", "som", "-f", "json").json
    assert plain["method"] == "observed"
    done = two("compare", "som", "--history", "-f", "json")
    assert done.json["method"] == "calibrated"
    assert [f["code"] for f in done.json["findings"]].count("history-used") == 1
    assert "secret" not in done.out.lower()
    shown = two("profile", "som", "ada", "--history")
    assert shown.code == 0
    assert "ratings of other openings by the same interviewers" in " ".join(shown.out.split()).lower()


@pytest.mark.slow
def test_means_refuse_it(two: Run) -> None:
    assert two("compare", "som", "--history", "--method", "observed").code == 2


FILE = "opening,candidate,interviewer,question,rating\n" + "".join(
    f"{o},{c},{i},{q},{max(1, min(5, 3 + (c == 'x') - (i == 'ann') + k))}\n"
    for o, panel in (("now", ("ann", "ben")), ("old", ("ann", "ben", "cat")))
    for c in "xyz"
    for i in panel
    for k, q in enumerate(("p", "r") if o == "now" else ("p", "s"))
)


@pytest.mark.slow
def test_a_file_is_scored_by_opening_with_the_others_as_history(hk: Run, tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(FILE, encoding="utf-8")
    found = hk("score", str(path), "--scale", "1:5", "--opening", "now", "--history", "-f", "json").json
    assert {p["candidate"] for p in found["profiles"]} == {"x", "y", "z"}
    assert {c["criterion"] for p in found["profiles"] for c in p["criteria"]} == {"p", "r"}
    assert found["counts"]["ratings"] == 12
    codes = [f["code"] for f in found["findings"]]
    assert "history-used" in codes
    assert "several-openings" not in codes
    alone = hk("score", str(path), "--scale", "1:5", "--opening", "now", "-f", "json").json
    assert not [f for f in alone["findings"] if f["code"].startswith("history")]


def test_a_file_needs_an_opening_that_it_has(hk: Run, tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(FILE, encoding="utf-8")
    assert hk("score", str(path), "--history").code == 2
    assert hk("score", str(path), "--opening", "nwo", "--history").code == 1
