"""Scales other than 1 to 5: half points, 0 to 10, 1 to 100. From the rubric to the comparison and back from a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
RUBRIC = """\
hiringkit: rubric/1
id: scaled
version: 1.0.0
title: Scaled
scale:
  levels: [{levels}]
criteria:
  - {{id: writing, kind: competency, name: Writing, definition: Good., weight: 1, bar: {bar}, anchors: {anchors}}}
questions:
  - {{id: letter, kind: work-sample, text: Write a letter., criteria: {{writing: 1}}, minutes: 5}}
  - {{id: note, kind: work-sample, text: Write a note., criteria: {{writing: 1}}, minutes: 5}}
"""
QUESTIONS = ("--question", "letter", "--question", "note")
SCALES: dict[str, tuple[list[float], str, tuple[str, ...]]] = {
    "half points": ([0, 0.5, 1, 1.5, 2], "1.5", ("1.5", "2", "0", "0.5")),
    "0 to 10": (list(range(11)), "7", ("10", "7", "0", "3")),
    "1 to 100": (list(range(1, 101)), "60", ("100", "87", "1", "9")),
}


@pytest.fixture(params=SCALES)
def scaled(request: pytest.FixtureRequest, hk: Run, here: Path) -> tuple[Run, tuple[str, ...]]:
    """An opening on another scale with two candidates and two interviewers, and four ratings on that scale."""
    levels, bar, ratings = SCALES[request.param]
    text = RUBRIC.format(
        levels=", ".join(f"{{value: {level}, label: L{str(level).replace('.', '-')}}}" for level in levels),
        bar=bar,
        anchors=f"{{{levels[0]}: Leaves the page empty, {levels[-1]}: Wrote two pages that a stranger understood}}",
    )
    (here / "scaled.yaml").write_text(text, encoding="utf-8")
    for words in (
        ("opening", "create", "o", "--rubric", "scaled.yaml"),
        *(("candidate", "add", "o", name) for name in ("Ada", "Bo")),
        *(("interviewer", "add", name) for name in ("Ivy", "Joe")),
        *(
            ("interview", "schedule", "o", c, "ivy", "joe", "--question", "letter", "--question", "note")
            for c in ("ada", "bo")
        ),
    ):
        assert hk(*words).code == 0, words
    return hk, ratings


@pytest.mark.slow
def test_a_rating_keeps_its_level_from_the_prompt_to_the_file(scaled: tuple[Run, tuple[str, ...]], here: Path) -> None:
    hk, (first, second, third, fourth) = scaled
    for at, levels in (("o/ada/ivy", (first, second)), ("o/ada/joe", (second, first)), ("o/bo/ivy", (third, fourth))):
        for question, level in zip(("letter", "note"), levels, strict=True):
            assert hk("interview", "rate", at, "--as", at.split("/")[2], question, level).code == 0
        assert hk("interview", "submit", at, "--as", at.split("/")[2]).code == 0
    typed = f"{fourth}\n{third}\n\n\ny\n"
    done = hk("interview", "score", "o/bo/joe", "--as", "joe", typed=typed)
    assert done.code == 0, done.err
    shown = hk("interview", "show", "o/ada/ivy", "-f", "json").json["scorecards"][0]["ratings"]
    assert [str(each["rating"]) for each in shown] == [first, second]
    assert hk("export", "o", "-o", "ratings.csv").code == 0
    assert f"o,ada,ivy,letter,{first}," in (here / "ratings.csv").read_text(encoding="utf-8")
    compared = hk("compare", "o", "-f", "json").json
    again = hk("score", "ratings.csv", "--rubric", "scaled.yaml", "-f", "json").json
    overall, overall_again = ([p["overall"] for p in each["profiles"]] for each in (compared, again))
    assert len(overall) == 2
    assert overall == overall_again


def test_what_lies_between_the_levels_is_refused(scaled: tuple[Run, tuple[str, ...]]) -> None:
    hk, _ratings = scaled
    done = hk("interview", "rate", "o/ada/ivy", "--as", "ivy", "letter", "1.25")
    assert done.code == 2
    assert "is no rating" in done.err
