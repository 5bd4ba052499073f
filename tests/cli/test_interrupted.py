"""Interrupted or killed at any prompt, a sitting leaves on disk everything that was answered before."""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

SOM = "sales-operations-manager"
STEPS: dict[str, list[tuple[str, str, Callable[[Any], object]]]] = {
    "need": [
        ("a year, on-costs included[^>]*> ", "150000", lambda kept: 150_000 in (kept.get("spend"), budget(kept))),
        ("in percent of pay[^>]*> ", "25", lambda kept: kept["budget"]["on_cost_percent"] == 25),
        ("Budget for tools and training[^>]*> ", "8000", lambda kept: kept["budget"]["tools_per_year"] == 8_000),
        ("What the tools and training will cost[^>]*> ", "5000", lambda kept: kept["budget"]["tools_cost"] == 5_000),
        ("Note[^>]*> ", "agreed", lambda kept: kept["preconditions"]["budget"]["note"] == "agreed"),
        ("Precondition 2 of 5[^>]*> ", "met", lambda kept: kept["preconditions"]["scale"]["answer"] == "met"),
        ("Note[^>]*> ", "", lambda kept: budget(kept) == 150_000),
        ("Precondition 3 of 5[^>]*> ", "", lambda _kept: True),
    ],
    "self": [
        (r"Requirement 1 of 9.*leave\): ", "y", lambda kept: "met" in kept["requirements"].values()),
        (r"Requirement 2 of 9.*leave\): ", "p", lambda kept: "in-progress" in kept["requirements"].values()),
        (r"Requirement 3 of 9.*leave\): ", "", lambda _kept: True),
    ],
    "questions": [
        ("in a line[^>]*> ", "I measured it.", lambda kept: kept["answers"][0]["text"] == "I measured it."),
        (r"Your level.*q\): ", "4", lambda kept: kept["answers"][0]["level"] == 4),
        ("that you would name[^>]*> ", "a file", lambda kept: kept["answers"][0]["evidence"] == "a file"),
        ("Who could confirm it[^>]*> ", "Bo", lambda kept: kept["answers"][0]["witness"] == "Bo"),
        ("in a line[^>]*> ", "Another.", lambda kept: kept["answers"][1]["text"] == "Another."),
        (r"Your level.*q\): ", "", lambda _kept: True),
    ],
    "practice": [
        ("Level, 1 to 5: ", "4", lambda kept: kept["answers"][0]["level"] == 4),
        ("Why that level[^>]*> ", "因为", lambda kept: kept["answers"][0]["reason"] == "因为"),
        ("Level, 1 to 5: ", "3", lambda kept: kept["answers"][1]["level"] == 3),
        ("Why that level[^>]*> ", "", lambda _kept: True),
    ],
}
"""By command: what is waited for, what is typed, and how one sees on disk that it is kept."""
WORDS = {
    "need": ["need", SOM],
    "self": ["self", "start", SOM],
    "questions": ["self", "start", SOM],
    "practice": ["practice", "sales-operations"],
}


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
@pytest.mark.parametrize(("noun", "count"), [(noun, n) for noun, steps in STEPS.items() for n in range(len(steps))])
def test_what_was_answered_before_is_on_disk(
    tmp_path: Path, interrupt: Callable[[Any], None], noun: str, count: int, end: signal.Signals
) -> None:
    folder = tmp_path / "mine"
    words = ["-m", "hiringkit", *WORDS[noun], "--dir", str(folder)]
    environment = {**os.environ, "TERM": "dumb", "COLUMNS": "200"}
    sitting = pexpect.spawn(sys.executable, words, encoding="utf-8", env=environment, timeout=30, dimensions=(40, 200))
    for number in range(1, 10) if noun == "questions" else ():
        sitting.expect(rf"Requirement {number} of 9.*leave\): ")
        sitting.sendline("s")
    for prompt, line, _is_kept in STEPS[noun][:count]:
        sitting.expect(prompt)
        sitting.sendline(line)
    sitting.expect(STEPS[noun][count][0])
    if end is signal.SIGINT:
        interrupt(sitting)
        sitting.expect("what was answered is saved")
        sitting.expect(pexpect.EOF)
        assert sitting.wait() == 130
    else:
        sitting.kill(end)
        sitting.wait()
    files = sorted(folder.glob("*.json")) if folder.exists() else []
    kept = json.loads(files[0].read_text(encoding="utf-8")) if files else {}
    assert all(is_kept(kept) for _prompt, _line, is_kept in STEPS[noun][:count])


def budget(kept: Any) -> object:
    """Return the sum of a budget with its on-costs."""
    return kept.get("budget", {}).get("per_year")


def test_a_long_line_is_whole_although_the_result_goes_to_a_file(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m hiringkit need {SOM} --dir {tmp_path} -f json > {tmp_path}/out.json'
    sitting = pexpect.spawn(
        "/bin/sh", ["-c", command], encoding="utf-8", env={**os.environ, "TERM": "dumb"}, timeout=30
    )
    sitting.expect("a year, on-costs included[^>]*> ")
    sitting.sendline("met")
    sitting.expect("Note[^>]*> ")
    sitting.sendline("证据" + "a terminal alone takes 4,095 bytes " * 300 + "end")
    sitting.expect("Precondition 2 of 5[^>]*> ")
    sitting.sendline("q")
    sitting.expect(pexpect.EOF)
    note = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["preconditions"][0]["note"]
    assert len(note) > 10_000
    assert note.endswith("end")
