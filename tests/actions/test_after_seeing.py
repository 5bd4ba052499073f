"""Ratings given after seeing others': marked wherever they count, and left out where the policy says so."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import astuple

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import compare_opening
from hiringkit.actions.exports import submitted_ratings
from hiringkit.actions.interviews import amend, rate, submit
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.actions.scores import ScoringOptions, check_ratings, read_rating_file, score_file
from hiringkit.domain.finding import Severity
from hiringkit.domain.interview import Mark
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.profile import Comparison, FitProfile
from hiringkit.errors import InvalidRatings
from hiringkit.library.catalog import Library
from hiringkit.library.documents import Kind
from hiringkit.report.render.text import render
from hiringkit.report.views.comparison import comparison_report
from hiringkit.report.views.export import ratings_report
from hiringkit.report.views.profile import profile_report
from hiringkit.scoring.ratings import Ratings
from hiringkit.store.store import Store

SHIPPED = "sales-operations-manager"
STRICT = "strict"
USUAL = ScoringOptions()
COUNTED = "Ivy gave or changed ratings after seeing others', which count: Ada 8"
LEFT_OUT = "Ivy gave or changed ratings after seeing others', which the rubric's policy leaves out: Ada 8"


@pytest.fixture
def both(library: Library, tmp_path: Path) -> Library:
    """The shipped library, and beside it a rubric `strict` whose policy leaves such ratings out."""
    text = library.path_of(SHIPPED, Kind.RUBRIC).read_text(encoding="utf-8")
    strict = text.replace(f"id: {SHIPPED}\n", f"id: {STRICT}\n", 1)
    strict = strict.replace("\npolicy:\n", "\npolicy:\n  after_seeing: exclude\n", 1)
    assert strict.count(f"id: {STRICT}\n") == strict.count("after_seeing: exclude") == 1
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "strict.yaml").write_text(strict, encoding="utf-8")
    return Library((tmp_path, *library.roots))


@pytest.fixture
def looked(
    store: Store, both: Library, recruiter: Actor, acting: Callable[[str], Actor]
) -> Callable[[str], tuple[Store, str]]:
    """Make an opening in which Ivy submits eight not-assessed, looks at Joe's ratings of Ada, and amends to 4s."""

    def make(rubric: str) -> tuple[Store, str]:
        create_opening(store, both, recruiter, "som", rubric)
        add_candidates(store, recruiter, "som", [Candidate("ada", "Ada"), Candidate("bo", "Bo")])
        add_interviewers(store, recruiter, [Interviewer("ivy", "Ivy"), Interviewer("joe", "Joe")])
        kit = [question.id for question in both.load_rubric(rubric).asked][:8]
        for candidate in ("ada", "bo"):
            schedule_interviews(store, recruiter, "som", candidate, ["ivy", "joe"], questions=kit)
        ivy, joe = acting("ivy"), acting("joe")
        for number, question in enumerate(kit):
            rate(store, joe, "som/ada/joe", question, value=1 + number % 3)
            rate(store, ivy, "som/ada/ivy", question, value=Mark.NOT_ASSESSED)
            rate(store, joe, "som/bo/joe", question, value=2 + number % 2)
            rate(store, ivy, "som/bo/ivy", question, value=3 - number % 2)
        for interview in ("som/ada/joe", "som/bo/joe"):
            submit(store, joe, interview)
        for interview in ("som/ada/ivy", "som/bo/ivy"):
            submit(store, ivy, interview)
        compare_opening(store, ivy, "som", USUAL)
        for question in kit:
            amend(store, ivy, "som/ada/ivy", question, value=4, reason="on second thoughts")
        return store, "som"

    return make


def profile_of(comparison: Comparison, candidate: str) -> FitProfile:
    return next(profile for profile in comparison.profiles if profile.candidate == candidate)


def told(comparison: Comparison) -> list[str]:
    return [finding.message for finding in comparison.findings if finding.code == "after-seeing"]


@pytest.mark.slow
def test_they_count_and_are_marked(looked: Callable[[str], tuple[Store, str]], recruiter: Actor) -> None:
    store, opening = looked(SHIPPED)
    comparison = compare_opening(store, recruiter, opening, USUAL)
    assert told(comparison) == [COUNTED]
    assert comparison.counts.ratings == 32
    assert "after-seeing" in profile_of(comparison, "ada").flags
    assert "after-seeing" not in profile_of(comparison, "bo").flags
    text = render(comparison_report(comparison))
    assert "Some ratings were given after seeing others': Ada" in text
    assert COUNTED in text.replace("\n  ", " ")
    document = json.loads(render(comparison_report(comparison), "json"))
    assert ["after-seeing" in each["flags"] for each in document["profiles"]] == [
        each["candidate"] == "ada" for each in document["profiles"]
    ]
    ada = profile_report(comparison, "ada")
    assert "Some ratings were given after seeing others'" in render(ada)
    assert "after-seeing" in json.loads(render(ada, "json"))["profile"]["flags"]


@pytest.mark.slow
def test_the_policy_leaves_them_out(looked: Callable[[str], tuple[Store, str]], recruiter: Actor) -> None:
    store, opening = looked(STRICT)
    comparison = compare_opening(store, recruiter, opening, USUAL)
    assert told(comparison) == [LEFT_OUT]
    assert comparison.counts.ratings == 24
    ada = profile_of(comparison, "ada")
    assert "after-seeing" in ada.flags
    assert (ada.overall.interviewers, ada.overall.ratings) == (1, 8)


def test_nothing_is_said_where_nobody_looked(begun: Store, recruiter: Actor) -> None:
    comparison = compare_opening(begun, recruiter, "som", USUAL)
    assert not told(comparison)
    assert not any("after-seeing" in profile.flags for profile in comparison.profiles)


@pytest.mark.slow
def test_the_export_says_which_and_is_scored_as_the_opening_is(
    looked: Callable[[str], tuple[Store, str]], both: Library, recruiter: Actor, tmp_path: Path
) -> None:
    store, opening = looked(STRICT)
    report = ratings_report([astuple(row) for row in submitted_ratings(store, recruiter, [opening])])
    text = render(report, "csv")
    marked = [(row["candidate"], row["interviewer"], row["after_seeing"]) for row in csv.DictReader(io.StringIO(text))]
    assert marked.count(("ada", "ivy", "yes")) == 8
    assert [each[2] for each in marked].count("") == 24
    rows = json.loads(render(report, "json"))["ratings"]
    assert [row["after_seeing"] for row in rows] == [each[2] == "yes" for each in marked]
    lines = "\n".join(map(json.dumps, rows))
    compared = compare_opening(store, recruiter, opening, USUAL)
    for name, content in (("r.csv", text), ("r.jsonl", lines)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        ready = read_rating_file(str(tmp_path / name), rubric=both.load_rubric(STRICT))
        scored = score_file(ready, USUAL)
        for candidate in ("ada", "bo"):
            assert profile_of(scored, candidate).overall == profile_of(compared, candidate).overall
            assert profile_of(scored, candidate).flags == profile_of(compared, candidate).flags
        assert told(scored) == [LEFT_OUT.replace("Ivy", "ivy").replace("Ada", "ada")]
        assert len(ready.ratings) == 24
    plain = read_rating_file(str(tmp_path / "r.csv"), rubric=both.load_rubric(SHIPPED))
    assert score_file(plain, USUAL).counts.ratings == 32


def test_a_cell_that_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text(
        "candidate,interviewer,question,rating,after_seeing\na,i,q,3,perhaps\na,j,q,4,no\n", encoding="utf-8"
    )
    with pytest.raises(InvalidRatings) as refused:
        read_rating_file(str(file))
    errors = [each.code for each in refused.value.findings if each.severity is Severity.ERROR]
    assert errors == ["flag-unknown"]


@pytest.mark.slow
def test_everything_may_be_left_out(both: Library) -> None:
    question = both.load_rubric(STRICT).asked[0].id
    frame = {
        "candidate": ["a", "b"],
        "interviewer": ["i", "i"],
        "question": [question] * 2,
        "rating": [3, 4],
        "after_seeing": [True, True],
    }
    ready = check_ratings(Ratings.from_frame(frame), rubric=both.load_rubric(STRICT))
    scored = score_file(ready, USUAL)
    assert [profile.overall.score for profile in scored.profiles] == [None, None]
    assert told(scored) == [
        "i gave or changed ratings after seeing others', which the rubric's policy leaves out: a 1, b 1"
    ]
