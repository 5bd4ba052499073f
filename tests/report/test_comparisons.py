"""A comparison reads well in a terminal of 80 or 120 cells, in any script, and in every format."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from attrs import evolve
from rich.cells import cell_len

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.profile import (
    BarState,
    Comparison,
    Gate,
    InterviewerEffect,
    Method,
    ModelSummary,
    ScaleUsed,
)
from hiringkit.report.model import Cell, Facts, Table, show_cell
from hiringkit.report.render.html import render_html
from hiringkit.report.render.text import render
from hiringkit.report.views.comparison import MOST, comparison_report, gates_word, method_sentence
from hiringkit.report.views.profile import profile_report
from hiringkit.report.words import bar_word

Expected = Callable[[str], str]


@pytest.mark.parametrize("width", [80, 120])
def test_english_names_fit_the_terminal(width: int, english: Comparison, expected: Expected) -> None:
    text = render(comparison_report(english), width=width)
    assert text == expected(f"comparison-en-{width}.txt")
    assert max(map(cell_len, text.splitlines())) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_chinese_names_line_up_by_cells(width: int, chinese: Comparison, expected: Expected) -> None:
    text = render(comparison_report(chinese, "zh", title="销售运营经理"), width=width)
    assert text == expected(f"comparison-zh-{width}.txt")
    assert max(map(cell_len, text.splitlines())) <= width


def test_markdown_has_the_same_tables(chinese: Comparison, expected: Expected) -> None:
    text = render(comparison_report(chinese, "zh", title="销售运营经理"), "markdown", language="zh")
    assert text == expected("comparison-zh.md")


def test_csv_has_a_candidate_a_row_with_figures_in_full(english: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(render(comparison_report(english), "csv"))))
    assert [row["candidate"] for row in rows] == ["ann", "bo", "cy", "di"]
    assert {key: rows[1][key] for key in list(rows[1])[:18]} == {
        "candidate": "bo",
        "name": "Bo Jensen",
        "position": "2",
        "overall": "3.5625",
        "overall_low": "3.1",
        "overall_high": "4",
        "observed": "3.5625",
        "coverage": "1",
        "ratings": "48",
        "interviewers": "3",
        "gates": "passed",
        "recommendation": "yes",
        "recommendation_probability": "",
        "p_best": "",
        "position_low": "",
        "position_high": "",
        "not_separable_from": "ann",
        "flags": "",
    }
    assert [rows[3][key] for key in ("crm", "crm_low", "crm_bar", "process", "process_bar", "gates", "flags")] == [
        "2.25",
        "",
        "failed",
        "",
        "unrated",
        "failed",
        "one-interviewer",
    ]


def test_a_place_that_several_share_has_an_equals_sign(english: Comparison) -> None:
    standings = tables(english)[0]
    assert [cells(row)[1] for row in standings.rows] == ["1", "2=", "2=", "4"]


def test_gates_are_words_and_the_failed_one_is_named(english: Comparison) -> None:
    text = render(comparison_report(english))
    assert "- Gate failed (Tool stewardship): Di" in text
    unrated = evolve(english.profiles[3], gates=(Gate("crm", 3, BarState.UNRATED),))
    text = render(comparison_report(evolve(english, profiles=(unrated,))))
    assert "- Gate unrated (Tool stewardship): Di" in text


def test_an_open_gate_is_told_with_its_probability(english: Comparison) -> None:
    first = english.profiles[0]
    gate = Gate("crm", 3, BarState.OPEN, 0.6149)
    criteria = tuple(evolve(score, state=BarState.OPEN, above_bar=0.6149) for score in first.criteria)
    one = evolve(english, profiles=(evolve(first, gates=(gate,), criteria=criteria),))
    text = render(comparison_report(one))
    assert "open (61 % above)" in text
    assert "- Gate open (Tool stewardship): Ann Lee" in text
    assert "4.50?" in text
    assert "? the ratings do not decide whether the bar of the criterion is reached" in text
    assert "open (61 % above)" in render(profile_report(one, "ann"))
    assert "open (61\N{NO-BREAK SPACE}% above)" in render_html(profile_report(one, "ann"))
    two = evolve(first, gates=(gate, evolve(gate, criterion="process", probability=0.4)))
    assert "open" in gates_word(two).text
    assert "%" not in gates_word(two).text
    (row,) = csv.DictReader(io.StringIO(render(comparison_report(one), "csv")))
    assert (row["gates"], row["crm_bar"], row["crm_above"]) == ("open", "open", "0.6149")


def test_an_unrated_gate_is_told_once(english: Comparison) -> None:
    gates = (Gate("crm", 3, BarState.UNRATED),)
    unknown = evolve(english.profiles[3], gates=gates, flags=(Code.GATE_UNRATED,))
    finding = Finding(Code.GATE_UNRATED, "a required criterion has no score", Severity.WARNING)
    report = comparison_report(evolve(english, profiles=(unknown,), findings=(finding,)))
    text = render(report)
    assert text.count("Gate unrated") == 1
    assert "required criterion" not in text
    assert [each["code"] for each in json.loads(render(report, "json"))["findings"]] == ["gate-unrated"]


def test_what_is_open_is_never_rounded_onto_where_it_would_be_decided() -> None:
    shares = {0.746: "open (74 % above)", 0.499: "open (50 % above)", 0.2501: "open (26 % above)"}
    assert {share: bar_word(BarState.OPEN, share).text for share in shares} == shares


def test_csv_sums_the_gates_up_in_a_word(english: Comparison) -> None:
    first = english.profiles[0]
    unknown = evolve(first, gates=(Gate("crm", 3, BarState.UNRATED), Gate("process", 3, BarState.OPEN, 0.5)))
    none = evolve(first, gates=())
    rows = csv.DictReader(io.StringIO(render(comparison_report(evolve(english, profiles=(unknown, none))), "csv")))
    assert [row["gates"] for row in rows] == ["unrated", ""]
    assert "none" in render(comparison_report(evolve(english, profiles=(first, none))))


def test_without_gates_there_is_no_column_of_them(english: Comparison) -> None:
    profiles = tuple(evolve(profile, gates=()) for profile in english.profiles)
    text = render(comparison_report(evolve(english, profiles=profiles)))
    assert "Gate" not in text


def test_severity_is_told_in_rating_points(english: Comparison) -> None:
    unknown = InterviewerEffect("new", "New", None, None, 1)
    unsure = InterviewerEffect("uma", "Uma", 0.3, (-0.1, 0.7), 9)
    cut_off = (
        InterviewerEffect("una", "Una", 0.1, (-0.1, None), 9),
        InterviewerEffect("zed", "Zed", 2.1, (1.4, None), 9),
        InterviewerEffect("ivo", "Ivo", -0.4, (None, 1.0), 9),
        InterviewerEffect("abe", "Abe", -0.4, (None, -0.1), 9),
        InterviewerEffect("noa", "Noa", 0.02, (-0.8, 0.8), 9),
        InterviewerEffect("pia", "Pia", -0.03, (None, 0.1), 9),
        InterviewerEffect("ron", "Ron", -0.03, (-0.2, 0.1), 9),
    )
    table = tables(evolve(english, interviewers=(*english.interviewers, unknown, unsure, *cut_off)))[-1]
    assert [cells(row)[:2] for row in table.rows] == [
        ("Max Strict", "stricter by 0.4"),
        ("Mia Mild", "milder by 0.2"),
        ("Sam", "like the others"),
        ("New", "unknown"),
        ("Uma", "no clear difference"),
        ("Una", "no clear difference"),
        ("Zed", "stricter by at least 2.1"),
        ("Ivo", "no clear difference"),
        ("Abe", "milder by at least 0.4"),
        ("Noa", "no clear difference"),
        ("Pia", "no clear difference"),
        ("Ron", "like the others"),
    ]


def test_candidates_of_the_same_name_are_told_apart_by_their_ids(english: Comparison) -> None:
    twins = tuple(evolve(profile, name="Ann Lee") for profile in english.profiles[:2])
    text = render(comparison_report(evolve(english, profiles=twins)))
    assert "Ann Lee (ann) cannot be told apart from Ann Lee (bo)." in text


def test_a_candidate_without_a_name_goes_by_the_id(english: Comparison) -> None:
    nameless = (evolve(english.profiles[0], name=""),)
    assert cells(tables(evolve(english, profiles=nameless))[0].rows[0])[0] == "ann"


def test_ranges_of_rank_and_the_chance_of_being_best_show_where_there_are_any(english: Comparison) -> None:
    first, *others = english.profiles
    sure = evolve(first, rank=evolve(first.rank, interval=(1, 2), p_best=0.712))
    table = tables(evolve(english, profiles=(sure, *others)))[0]
    assert [column.title for column in table.columns][:6] == [
        "Candidate",
        "Rank",
        "Rank range",
        "Overall",
        "90 % interval",
        "Chance best",
    ]
    assert cells(table.rows[0])[:6] == ("Ann Lee", "1", "1 to 2", "4.12", "3.6 to 4.7", "71 %")
    assert cells(table.rows[1])[2] == "-"


def test_without_candidates_it_says_what_to_do(english: Comparison) -> None:
    nobody = evolve(english, profiles=(), interviewers=(), findings=())
    text = render(comparison_report(nobody))
    assert (
        "No candidate has a submitted scorecard yet. Score an interview: hiringkit\ninterview score INTERVIEW" in text
    )
    assert render(comparison_report(nobody), "csv").startswith("candidate,name,position,")


def test_of_many_candidates_only_the_first_says_whom_it_cannot_be_told_apart_from(english: Comparison) -> None:
    many = [evolve(english.profiles[0], candidate=f"c{i}", name=f"C{i}") for i in range(20)]
    ids = tuple(profile.candidate for profile in many)
    unsure = tuple(
        evolve(profile, rank=evolve(profile.rank, position=i + 1, not_separable_from=ids[1:]))
        for i, profile in enumerate(many)
    )
    text = render(comparison_report(evolve(english, profiles=unsure)))
    assert text.count("cannot be told apart") == 1
    assert "C0 cannot be told apart from C1, C2, C3, C4, C5 and 14 more." in text


@pytest.mark.slow
def test_more_candidates_than_anybody_reads_are_counted_and_all_in_the_file(english: Comparison) -> None:
    many = tuple(evolve(english.profiles[0], candidate=f"c{i}") for i in range(MOST + 500))
    report = comparison_report(evolve(english, profiles=many))
    assert "500 further rows are not shown; --top shows more, -f csv and -f json have all." in render(report)
    assert "500 further rows are not shown; --top shows more, -f csv and -f json have all." in render(
        report, "markdown"
    )
    assert len(render(report, "csv").splitlines()) == MOST + 501


def test_without_a_rubric_it_says_so_and_where_the_scale_comes_from(english: Comparison) -> None:
    bare = evolve(english, rubric=None, scale=ScaleUsed(1, 4.5, "data"))
    facts = comparison_report(bare).blocks[0]
    assert isinstance(facts, Facts)
    assert facts.items[0] == ("Rubric", "none: each question is its own criterion")
    assert facts.items[2] == ("Scale", "1 to 4.5, the range seen in the ratings")


def test_the_method_is_told_in_a_sentence(english: Comparison) -> None:
    model = ModelSummary(("candidate", "interviewer"), "reml", converged=True, connected=True, mean=3.3, variances={})
    calibrated = evolve(english, method=Method.CALIBRATED, model=model)
    assert method_sentence(calibrated) == (
        "Scores come from a mixed model (reml; random effects: candidate, interviewer), which allows for strict "
        "interviewers and for how much was seen of each candidate. Intervals are 90 %."
    )
    doubtful = evolve(calibrated, model=evolve(model, converged=False, connected=False))
    assert method_sentence(doubtful).endswith(
        "It did not converge: do not rely on these scores. "
        "Not all candidates share interviewers, so not all can be ranked together."
    )


def tables(comparison: Comparison) -> list[Table]:
    return [block for block in comparison_report(comparison).blocks if isinstance(block, Table)]


def cells(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(map(show_cell, row))
