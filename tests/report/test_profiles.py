"""One candidate's profile: each criterion against its bar, strengths, gaps and what they rest on."""

from collections.abc import Callable

import pytest
from attrs import evolve

from hiringkit.domain.profile import Comparison, Method
from hiringkit.errors import NotFound
from hiringkit.report.model import Notes, Table
from hiringkit.report.render.text import render
from hiringkit.report.views.profile import profile_report

Expected = Callable[[str], str]


@pytest.mark.parametrize("width", [80, 120])
def test_a_profile_with_gaps_and_holes(width: int, english: Comparison, expected: Expected) -> None:
    assert render(profile_report(english, "di"), width=width) == expected(f"profile-en-{width}.txt")


@pytest.mark.parametrize("width", [80, 120])
def test_a_profile_in_chinese(width: int, chinese: Comparison, expected: Expected) -> None:
    assert render(profile_report(chinese, "wang", "zh"), width=width) == expected(f"profile-zh-{width}.txt")


def test_a_profile_as_markdown(chinese: Comparison, expected: Expected) -> None:
    assert render(profile_report(chinese, "wang", "zh"), "markdown", language="zh") == expected("profile-zh.md")


def test_csv_has_a_criterion_a_row(english: Comparison) -> None:
    lines = render(profile_report(english, "bo"), "csv").splitlines()
    assert lines[0] == "criterion,score,interval_low,interval_high,bar,ratings,no_evidence,not_assessed"
    assert lines[1] == "Forecasting and planning,4,3.5,4.5,passed,6,0,0"
    assert lines[7] == "Communication and coaching of the whole team,2.5,2,3,failed,6,0,0"


def test_strengths_are_scores_in_the_upper_quarter_and_gaps_those_below_the_bar(english: Comparison) -> None:
    notes = [block for block in profile_report(english, "bo").blocks if isinstance(block, Notes)]
    assert notes[0].sentences == (
        "Forecasting and planning: 4.00",
        "Tool stewardship: 4.00",
        "Process design and improvement: 4.00",
        "Data and insight: 4.00",
    )
    assert notes[1].sentences == ("Communication and coaching of the whole team: 2.50",)


def test_without_strengths_it_says_so(english: Comparison) -> None:
    weak = evolve(english.profiles[3], criteria=english.profiles[3].criteria[:2])
    text = render(profile_report(evolve(english, profiles=(weak,)), "di"))
    assert "- No criterion reaches 4.0." in text


def test_a_calibrated_profile_shows_the_plain_mean_beside(english: Comparison) -> None:
    report = profile_report(evolve(english, method=Method.CALIBRATED), "ann")
    table = next(block for block in report.blocks if isinstance(block, Table))
    assert [column.title for column in table.columns][:4] == ["Criterion", "Score", "90 % interval", "Plain mean"]
    assert "Plain mean" in render(report)


def test_a_criterion_without_a_bar_says_so(english: Comparison) -> None:
    first = english.profiles[0]
    criteria = tuple(evolve(score, state=None) for score in first.criteria)
    text = render(profile_report(evolve(english, profiles=(evolve(first, criteria=criteria, gates=()),)), "ann"))
    assert text.count("no bar") == 8
    assert "Gates              none" in text


def test_an_unknown_candidate_is_not_found_and_the_nearest_named(english: Comparison) -> None:
    with pytest.raises(NotFound) as caught:
        profile_report(english, "anne")
    assert caught.value.message == "no candidate 'anne' in this comparison"
    assert caught.value.hint == "did you mean 'ann'?"
    with pytest.raises(NotFound) as caught:
        profile_report(english, "xyz")
    assert caught.value.hint == "candidates: ann, bo, cy, di"
