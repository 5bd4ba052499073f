"""Comparisons: with history of other openings, with other weights, and without names."""

import re
from collections.abc import Callable

import pytest

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import compare_opening, hide_names
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.openings import create_opening, show_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.profile import Comparison, Method, Opinion
from hiringkit.errors import UsageProblem
from hiringkit.library.catalog import Library
from hiringkit.report.render.text import render
from hiringkit.report.views.documents import profile_document
from hiringkit.report.views.profile import profile_report
from hiringkit.store.store import Store

KIT = ("bottlenecks", "forecast-miss")
HISTORY = ScoringOptions(history=True)


def give(store: Store, actor: Actor, opening: str, candidate: str, interviewer: str, levels: tuple[int, int]) -> None:
    schedule_interviews(store, actor, opening, candidate, [interviewer], questions=KIT)
    at = f"{opening}/{candidate}/{interviewer}"
    for question, level in zip(KIT, levels, strict=True):
        rate(store, actor, at, question, value=level)
    submit(store, actor, at)


@pytest.fixture
def two(panel: Store, library: Library, recruiter: Actor) -> Store:
    """Last year's opening `old` beside `som`; Ivy rates a point below Joe in both."""
    create_opening(panel, library, recruiter, "old", "sales-operations-manager")
    add_candidates(panel, recruiter, "old", [Candidate(f"old-{n}", f"Secret {n}") for n in range(5)])
    add_interviewers(panel, recruiter, [Interviewer("kim", "Kim")])
    for n in range(5):
        give(panel, recruiter, "old", f"old-{n}", "joe", (2 + n % 3, 3 + n % 2))
        give(panel, recruiter, "old", f"old-{n}", "ivy", (1 + n % 3, 2 + n % 2))
    for candidate, levels in (("ada", (4, 4)), ("bo", (3, 2))):
        give(panel, recruiter, "som", candidate, "joe", levels)
    give(panel, recruiter, "som", "ada", "ivy", (3, 3))
    return panel


def used(comparison: Comparison) -> str:
    return next((f.message for f in comparison.findings if f.code == "history-used"), "")


@pytest.mark.slow
def test_the_other_opening_is_used_and_none_of_its_candidates_shown(two: Store, recruiter: Actor) -> None:
    comparison = compare_opening(two, recruiter, "som", HISTORY)
    assert "(openings: 1, candidates: 5, ratings: 20)" in used(comparison)
    assert {p.candidate for p in comparison.profiles} == {"ada", "bo"}
    assert comparison.counts.ratings == 6
    assert "Secret" not in repr(comparison)
    assert "old-" not in repr(comparison)


@pytest.mark.slow
def test_who_owes_a_scorecard_in_the_other_opening_learns_nothing_of_that_candidate(
    two: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    schedule_interviews(two, recruiter, "old", "old-0", ["kim"], questions=KIT)
    before = compare_opening(two, acting("kim"), "som", HISTORY)
    assert "candidates: 4, ratings: 16" in used(before)
    add_interviewers(two, recruiter, [Interviewer("lee", "Lee")])
    give(two, recruiter, "old", "old-0", "lee", (1, 1))
    assert compare_opening(two, acting("kim"), "som", HISTORY) == before
    assert "candidates: 5, ratings: 22" in used(compare_opening(two, recruiter, "som", HISTORY))


@pytest.mark.slow
def test_who_owes_a_scorecard_here_gets_the_same_whatever_others_gave_the_candidate(
    two: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> None:
    schedule_interviews(two, recruiter, "som", "bo", ["kim"], questions=KIT)
    before = compare_opening(two, acting("kim"), "som", HISTORY)
    give(two, recruiter, "som", "bo", "ivy", (1, 1))
    assert compare_opening(two, acting("kim"), "som", HISTORY) == before
    assert [p.candidate for p in before.profiles] == ["ada"]


@pytest.mark.slow
def test_without_asking_nothing_is_borrowed(two: Store, recruiter: Actor) -> None:
    assert not any(
        f.code.startswith("history") for f in compare_opening(two, recruiter, "som", ScoringOptions()).findings
    )


def test_where_even_history_carries_no_score_means_are_shown_and_both_reasons(panel: Store, recruiter: Actor) -> None:
    comparison = compare_opening(panel, recruiter, "som", HISTORY)
    assert comparison.method is Method.OBSERVED
    assert [f.code for f in comparison.findings][:2] == ["observed-used", "history-none"]


def test_means_cannot_borrow() -> None:
    with pytest.raises(UsageProblem, match="--history"):
        ScoringOptions(method=Method.OBSERVED, history=True)


def test_other_weights_change_the_comparison_and_nothing_else(begun: Store, recruiter: Actor) -> None:
    def overall(weights: dict[str, float] | None = None) -> float | None:
        compared = compare_opening(begun, recruiter, "som", ScoringOptions(), weights=weights)
        return next(p for p in compared.profiles if p.candidate == "ada").overall.coverage

    before = overall()
    assert overall({"process-improvement": 1000.0}) != before
    assert overall() == before
    criteria = [each.id for each in show_opening(begun, recruiter, "som").rubric.criteria]
    for weights in ({"forecasting": -1.0}, dict.fromkeys(criteria, 0.0)):
        with pytest.raises(UsageProblem):
            overall(weights)


def test_hidden_names_leave_no_name_and_no_id(begun: Store, recruiter: Actor) -> None:
    compared = compare_opening(begun, recruiter, "som", ScoringOptions())
    hidden = hide_names(compared, {"ada": "Candidate 1", "bo": "Candidate 2"})
    assert not re.search(r"\bada\b", str(hidden).lower())
    assert [p.candidate for p in hidden.profiles] == ["Candidate 1", "Candidate 2"]
    assert [p.panel for p in hidden.profiles] == [(), ()]


@pytest.fixture
def rated_by_joe(panel: Store, recruiter: Actor) -> Store:
    """Ivy owes her scorecard of Ada; Joe's is in, with nothing but levels."""
    for interviewer in ("ivy", "joe"):
        schedule_interviews(panel, recruiter, "som", "ada", [interviewer], questions=KIT)
    for question in KIT:
        rate(panel, recruiter, "som/ada/joe", question, value=3)
    submit(panel, recruiter, "som/ada/joe")
    return panel


def test_a_profile_has_what_each_interviewer_recommended(rated_by_joe: Store, recruiter: Actor) -> None:
    for question in KIT:
        rate(rated_by_joe, recruiter, "som/ada/ivy", question, value=4)
    submit(rated_by_joe, recruiter, "som/ada/ivy", recommendation="yes", summary="clear answers")
    compared = compare_opening(rated_by_joe, recruiter, "som", ScoringOptions())
    ada = next(p for p in compared.profiles if p.candidate == "ada")
    assert set(ada.panel) == {Opinion("ivy", "yes", "clear answers"), Opinion("joe", "", "")}
    assert "clear answers" in render(profile_report(compared, "ada"))
    told = {"interviewer": "ivy", "recommendation": "yes", "reason": "clear answers"}
    assert told in profile_document(compared, ada)["profile"]["panel"]


def test_nobody_who_owes_a_scorecard_sees_what_others_recommended(
    rated_by_joe: Store, acting: Callable[[str], Actor]
) -> None:
    compared = compare_opening(rated_by_joe, acting("ivy"), "som", ScoringOptions())
    assert all(profile.panel == () for profile in compared.profiles)
