"""What another version of a rubric would make of openings."""

from collections.abc import Callable

import pytest
from attrs import evolve

from hiringkit.actions.audit import Actor
from hiringkit.actions.dropped_questions import drop_question
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.rubrics import rescore_impact
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.profile import Method
from hiringkit.domain.rubric import Level, Rubric, Scale
from hiringkit.library.catalog import Library
from hiringkit.store.store import Store
from hiringkit.text.language import Text

KIT = ("bottlenecks", "forecast-miss")
LEVELS = {"ada": (5, 2), "bo": (2, 4)}
OBSERVED = ScoringOptions(method=Method.OBSERVED)


@pytest.fixture
def rubric(library: Library) -> Rubric:
    return library.load_rubric("sales-operations-manager")


@pytest.fixture
def rated(panel: Store, recruiter: Actor) -> Store:
    """Ada and Bo rated by Joe; Ivy still owes Bo a scorecard."""
    for candidate, levels in LEVELS.items():
        (interview,) = schedule_interviews(panel, recruiter, "som", candidate, ["joe"], questions=KIT)
        for question, level in zip(KIT, levels, strict=True):
            rate(panel, recruiter, interview.id, question, value=level)
        submit(panel, recruiter, interview.id)
    schedule_interviews(panel, recruiter, "som", "bo", ["ivy"], questions=KIT)
    return panel


def weigh(rubric: Rubric, **weights: float) -> Rubric:
    return evolve(
        rubric, criteria=tuple(evolve(c, weight=weights.get(c.id.replace("-", "_"), c.weight)) for c in rubric.criteria)
    )


def test_the_same_rubric_moves_nobody(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    (impact,) = rescore_impact(rated, recruiter, rubric.id, rubric, OBSERVED)
    assert (impact.opening, impact.version, impact.lost_ratings, impact.obstacle) == ("som", "1.0.0", 0, "")
    assert all(c.score_before == c.score_after and c.position_before == c.position_after for c in impact.candidates)


def test_another_weight_changes_scores_and_ranks(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    (impact,) = rescore_impact(rated, recruiter, rubric.id, weigh(rubric, forecasting=60), OBSERVED)
    ada, bo = sorted(impact.candidates, key=lambda each: each.candidate)
    weights = {c.id: c.weight for c in rubric.criteria}
    process, data, forecasting = (weights[c] for c in ("process-improvement", "data-analysis", "forecasting"))
    visibility = weights["team-visibility"]
    others, late = process + data, forecasting + visibility
    assert ada.score_before == pytest.approx((5 * others + 2 * late) / (others + late))
    late = 60 + visibility
    assert ada.score_after == pytest.approx((5 * others + 2 * late) / (others + late))
    assert (ada.position_before, bo.position_before) == (1, 2)
    assert (ada.position_after, bo.position_after) == (2, 1)


def test_ratings_of_questions_that_are_gone_are_counted(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    shorter = evolve(rubric, questions=tuple(q for q in rubric.asked if q.id != "bottlenecks"))
    (impact,) = rescore_impact(rated, recruiter, rubric.id, shorter, OBSERVED)
    assert impact.lost_ratings == 2
    assert {c.candidate: c.score_after for c in impact.candidates} == {"ada": 2.0, "bo": 4.0}


def test_a_question_dropped_here_is_left_out_of_both(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    drop_question(rated, recruiter, "som", "bottlenecks", reason="misread")
    (impact,) = rescore_impact(rated, recruiter, rubric.id, rubric, OBSERVED)
    assert {c.candidate: (c.score_before, c.score_after) for c in impact.candidates} == {"ada": (2, 2), "bo": (4, 4)}
    assert impact.lost_ratings == 0


def test_an_interviewer_sees_no_candidate_whom_they_still_owe(
    rated: Store, acting: Callable[[str], Actor], rubric: Rubric
) -> None:
    shorter = evolve(rubric, questions=tuple(q for q in rubric.asked if q.id != "bottlenecks"))
    (impact,) = rescore_impact(rated, acting("ivy"), rubric.id, shorter, OBSERVED)
    assert [each.candidate for each in impact.candidates] == ["ada"]
    assert (impact.hidden, impact.lost_ratings) == (1, 1), "not even the number of Bo's ratings"


def test_another_scale_is_no_comparison(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    scale = Scale((Level(1, Text("low")), Level(3, Text("high"))))
    (impact,) = rescore_impact(rated, recruiter, rubric.id, evolve(rubric, scale=scale), OBSERVED)
    assert impact.candidates == ()
    assert impact.obstacle == "its ratings are on another scale, 1, 2, 3, 4, 5 instead of 1, 3"


def test_openings_of_other_rubrics_are_not_touched(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    assert rescore_impact(rated, recruiter, "another-rubric", rubric, OBSERVED) == ()
