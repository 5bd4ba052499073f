"""The profile of a self-assessment, what to do about it, and the interviews beside it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from hiringkit.actions import self_assessments
from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates, withdraw_candidate
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.actions.self_profiles import correct_by_interviews, next_steps, profile_self
from hiringkit.domain.interview import Mark
from hiringkit.domain.people import Candidate
from hiringkit.domain.self_assessment import Basis, Fulfilment, SelfProfile, SelfScore
from hiringkit.errors import NotFound, Refused
from hiringkit.library.catalog import Library
from hiringkit.store.store import Store
from hiringkit.timezone import Clock

SOM = "sales-operations-manager"
Attempt = Callable[..., SelfProfile]


@pytest.fixture
def clock() -> Clock:
    """A clock that ticks once a second."""
    seconds = count()
    return lambda: datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))


@pytest.fixture
def attempt(tmp_path: Path, library: Library, clock: Clock) -> Attempt:
    """Make an attempt with these levels by question, and return its profile."""
    folder = tmp_path / "self"

    def made(evidence: str = "a file", **levels: int | Mark) -> SelfProfile:
        identity = self_assessments.start(folder, library, clock, SOM, minutes=1000).attempt.id
        for question, level in levels.items():
            self_assessments.answer(folder, clock, identity, question.replace("_", "-"), level=level, evidence=evidence)
        self_assessments.stand(folder, clock, identity, "bachelors-degree", Fulfilment.MET)
        return profile_self(folder, identity)

    return made


def of(profile: SelfProfile, criterion: str) -> SelfScore:
    return next(s for s in profile.scores if s.criterion.id == criterion)


def test_scores_are_means_weighted_by_what_a_question_tells_of_the_criterion(attempt: Attempt) -> None:
    # data-analysis: bottlenecks bears on it by 2, large-data by 3
    profile = attempt(bottlenecks=2, large_data=4)
    found = of(profile, "data-analysis")
    assert found.score == pytest.approx((2 * 2 + 3 * 4) / 5)
    assert (found.rated, found.backed, found.basis) == (2, 2, Basis.THIN)
    assert of(profile, "process-improvement").score == 2
    # weights 11 process improvement, 13 tool stewardship, 10 data analysis; of 100
    assert profile.overall == pytest.approx((11 * 2 + 13 * 4 + 10 * 3.2) / 34)
    assert profile.coverage == pytest.approx(0.34)


def test_nothing_to_tell_is_no_level(attempt: Attempt) -> None:
    profile = attempt(bottlenecks=Mark.NO_EVIDENCE)
    assert of(profile, "process-improvement").score is None
    assert of(profile, "process-improvement").untold == ("bottlenecks",)
    assert (profile.overall, profile.coverage) == (None, 0)
    assert [score.criterion.id for score in profile.gaps] == ["process-improvement", "data-analysis"]
    assert len(profile.unrated) == len(profile.scores) - 2
    assert profile.unrated[0].criterion.id == "forecasting", "the heaviest first"


def test_gaps_come_by_gap_times_weight(attempt: Attempt) -> None:
    # forecasting (15 %) lies 1 below its bar, individual performance (5 %) 2: 0.15 against 0.1, over the 53 % scored
    profile = attempt(forecast_miss=2, bottlenecks=5, weakest_link=1)
    gaps = {s.criterion.id: s.priority for s in profile.gaps}
    assert list(gaps.values()) == sorted(gaps.values(), reverse=True)
    assert next(iter(gaps)) == "forecasting"
    assert gaps["forecasting"] == pytest.approx(0.15 / profile.coverage)
    assert gaps["individual-performance"] == pytest.approx(0.1 / profile.coverage)
    assert "process-improvement" in [s.criterion.id for s in profile.strengths]


@pytest.mark.slow
def test_requirements_are_met_unmet_or_not_answered(attempt: Attempt) -> None:
    standing = {r.id: s for r, s in attempt(bottlenecks=3).requirements}
    assert standing["bachelors-degree"] is Fulfilment.MET
    assert standing["crm-command"] is None
    assert len(standing) == 9


@pytest.mark.slow
def test_progress_runs_over_all_attempts_at_the_rubric(
    attempt: Attempt, library: Library, clock: Clock, tmp_path: Path
) -> None:
    attempt(bottlenecks=2)
    self_assessments.start(tmp_path / "self", library, clock, "sales-operations-analyst")
    profile = attempt(bottlenecks=4)
    assert [p.attempt for p in profile.progress] == [f"{SOM}-1", f"{SOM}-2"]
    assert [p.overall for p in profile.progress] == pytest.approx([2, 4])


@pytest.mark.slow
def test_next_steps_name_what_to_do_what_to_practise_and_the_level_above(attempt: Attempt, library: Library) -> None:
    steps = next_steps(library, attempt(bottlenecks=2, large_data=3, tool_criteria=3))
    assert steps.from_gaps
    first = steps.steps[0]
    assert first.score.criterion.id == "process-improvement"
    assert first.next_level == 3
    assert first.next_anchor == first.score.criterion.anchors[3]
    assert len(first.develop) >= 2
    assert "process-improvement" in first.exercises[0].question.primary
    assert (first.exercises[0].bank, first.exercises[0].samples) == ("sales-operations", 2)
    sampled = [exercise.samples > 0 for exercise in first.exercises]
    assert sampled == sorted(sampled, reverse=True), "those with sample answers first"


@pytest.mark.slow
def test_without_a_gap_the_criteria_nearest_to_the_bar_are_worked_on(attempt: Attempt, library: Library) -> None:
    steps = next_steps(library, attempt(bottlenecks=5, tool_criteria=4, large_data=4, forecast_miss=3))
    assert not steps.from_gaps
    assert len(steps.steps) == 2
    assert steps.steps[0].score.score == 3
    at_the_top = next_steps(library, attempt(bottlenecks=5))
    assert at_the_top.steps[0].next_level is None


@pytest.mark.slow
def test_without_any_level_there_is_nothing_to_go_by(attempt: Attempt, library: Library) -> None:
    assert next_steps(library, attempt()).steps == ()


# Beside interviews


@pytest.fixture
def interviewed(
    store: Store, library: Library, panel: Store, recruiter: Actor, acting: Callable[[str], Actor]
) -> Store:
    """Cy, interviewed by ivy on two questions; joe still owes a scorecard."""
    add_candidates(store, recruiter, "som", [Candidate("cy", "Cy", "Cy@Home.example")])
    for who, levels in (("ivy", (2, 4)), ("joe", None)):
        identity = schedule_interviews(
            store, recruiter, "som", "cy", [who], questions=["bottlenecks", "forecast-miss"]
        )[0].id
        if levels:
            for question, level in zip(("bottlenecks", "forecast-miss"), levels, strict=True):
                rate(store, acting(who), identity, question, value=level)
            submit(store, acting(who), identity)
    return store


@pytest.mark.slow
def test_interviews_of_the_same_person_show_how_far_self_ratings_lie_off(
    attempt: Attempt, interviewed: Store, recruiter: Actor
) -> None:
    profile = correct_by_interviews(interviewed, recruiter, attempt(bottlenecks=4, large_data=5), "cy@home.example")
    found = profile.correction
    assert found is not None
    assert (found.opening, found.interviewers) == ("som", 1)
    # both rated process improvement (11 %: 4 against 2) and data analysis (10 %: (2 * 4 + 3 * 5) / 5 against 2)
    assert [(d.criterion.id, d.own, d.interviewers) for d in found.differences] == [
        ("process-improvement", 4, 2),
        ("data-analysis", pytest.approx(4.6), 2),
    ]
    assert profile.overall is not None
    assert found.mean is not None
    assert found.mean == pytest.approx((11 * 2 + 10 * 2.6) / 21)
    assert found.corrected == pytest.approx(profile.overall - found.mean)


@pytest.mark.slow
def test_who_still_owes_a_scorecard_is_told_nothing(
    attempt: Attempt, interviewed: Store, acting: Callable[[str], Actor]
) -> None:
    with pytest.raises(Refused, match="hidden until"):
        correct_by_interviews(interviewed, acting("joe"), attempt(bottlenecks=4), "cy@home.example")
    shown = correct_by_interviews(interviewed, acting("ivy"), attempt(bottlenecks=4), "cy@home.example")
    assert shown.correction is not None


@pytest.mark.slow
def test_without_such_interviews_it_says_so(
    attempt: Attempt, interviewed: Store, library: Library, recruiter: Actor
) -> None:
    with pytest.raises(NotFound, match=r"nobody@home\.example"):
        correct_by_interviews(interviewed, recruiter, attempt(bottlenecks=4), "nobody@home.example")
    with pytest.raises(NotFound):
        correct_by_interviews(interviewed, recruiter, attempt(weakest_link=4), "cy@home.example")
    create_opening(interviewed, library, recruiter, "other", "sales-operations-analyst")
    add_candidates(interviewed, recruiter, "other", [Candidate("di", "Di", "di@home.example")])
    with pytest.raises(NotFound):
        correct_by_interviews(interviewed, recruiter, attempt(bottlenecks=4), "di@home.example")
    withdraw_candidate(interviewed, recruiter, "som", "cy", "")
    with pytest.raises(NotFound):
        correct_by_interviews(interviewed, recruiter, attempt(bottlenecks=4), "cy@home.example")
