"""Changes to the files of the library, and what another version of a rubric would make of openings."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from hiringkit.actions.audit import Actor
from hiringkit.actions.dropped_questions import drop_question
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.rubrics import append_in_file, remove_in_file, rescore_impact, set_in_file
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.actions.scores import ScoringOptions
from hiringkit.domain.profile import Method
from hiringkit.domain.rubric import Level, Rubric, Scale
from hiringkit.domain.rubric_diff import Step
from hiringkit.errors import FindingsError, NotFound, Refused
from hiringkit.library.catalog import Library
from hiringkit.library.documents import Kind
from hiringkit.store.store import Store
from hiringkit.text.language import Text

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own(tmp_path: Path) -> Library:
    """A copy of the analyst's rubric and of the banks."""
    folder = tmp_path / "rubrics" / "sales-operations"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "rubrics/sales-operations/sales-operations-analyst.yaml", folder / "analyst.yaml")
    shutil.copytree(ROOT / "question_banks", tmp_path / "question_banks")
    return Library([tmp_path])


NAME = "sales-operations-analyst"


@pytest.mark.slow
def test_a_weight_is_set_and_said_to_be_a_major_change(own: Library) -> None:
    path = own.path_of(NAME, Kind.RUBRIC)
    before = path.read_text(encoding="utf-8").splitlines()
    change = set_in_file(own, NAME, Kind.RUBRIC, "criteria.data-analysis.weight", "30")
    after = path.read_text(encoding="utf-8").splitlines()
    different = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert different == [("    weight: 22", "    weight: 30")]
    assert (change.step, change.edit.before, change.edit.after) == (Step.MAJOR, "22", "30")
    assert after[change.edit.line - 1] == "    weight: 30"


@pytest.mark.slow
def test_a_bank_is_set_and_appended_to_by_its_id(own: Library) -> None:
    change = set_in_file(own, "sales-operations", Kind.BANK, "questions.bottlenecks.minutes", "7.5")
    assert change.step is None
    assert own.load_bank("sales-operations").question("bottlenecks").minutes == 7.5  # type: ignore[union-attr]  # it is there
    append_in_file(own, "sales-operations", Kind.BANK, "questions.bottlenecks.probes", "{en: And then?, zh: 然后呢？}")
    probes = own.load_bank("sales-operations").question("bottlenecks").probes  # type: ignore[union-attr]  # it is there
    assert probes[-1] == Text(en="And then?", zh="然后呢？")
    remove_in_file(own, "sales-operations", Kind.BANK, f"questions.bottlenecks.probes[{len(probes) - 1}]")
    assert own.load_bank("sales-operations").question("bottlenecks").probes == probes[:-1]  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize(
    ("address", "value", "code"),
    [
        ("criteria.data-analysis.weight", "-1", "not-positive"),
        ("criteria.data-analysis.weight", "heavy", "wrong-type"),
        ("criteria.data-analysis.wieght", "3", "unknown-key"),
        ("criteria.data-analysis.bar", "9", "off-scale"),
        ("version", "2", "version-shape"),
        ("id", "Not An Id", "id-shape"),
        ("hiringkit", "rubric/9", "header"),
        ("criteria.data-analysis.name.en", " ", "empty-text"),
    ],
)
def test_what_would_be_an_error_is_not_written(own: Library, address: str, value: str, code: str) -> None:
    path = own.path_of(NAME, Kind.RUBRIC)
    before = path.read_bytes()
    with pytest.raises(FindingsError) as caught:
        set_in_file(own, NAME, Kind.RUBRIC, address, value)
    assert code in {finding.code for finding in caught.value.findings}
    assert path.read_bytes() == before


def test_unknown_ids_and_ways_name_what_is_near(own: Library) -> None:
    with pytest.raises(NotFound) as caught:
        set_in_file(own, "sales-operations-analist", Kind.RUBRIC, "version", "1.0.1")
    assert NAME in caught.value.hint
    with pytest.raises(NotFound) as caught:
        set_in_file(own, NAME, Kind.RUBRIC, "criteria.data-analisis.weight", "1")
    assert "data-analysis" in caught.value.hint


@pytest.mark.slow
def test_a_read_only_file_is_left_alone(own: Library) -> None:
    path = own.path_of(NAME, Kind.RUBRIC)
    path.chmod(0o444)
    with pytest.raises(Refused, match="read-only"):
        set_in_file(own, NAME, Kind.RUBRIC, "version", "1.0.1")


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


@pytest.mark.slow
def test_the_same_rubric_moves_nobody(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    (impact,) = rescore_impact(rated, recruiter, rubric.id, rubric, OBSERVED)
    assert (impact.opening, impact.version, impact.lost_ratings, impact.obstacle) == ("som", "1.0.0", 0, "")
    assert all(c.score_before == c.score_after and c.position_before == c.position_after for c in impact.candidates)


@pytest.mark.slow
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


@pytest.mark.slow
def test_ratings_of_questions_that_are_gone_are_counted(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    shorter = evolve(rubric, questions=tuple(q for q in rubric.asked if q.id != "bottlenecks"))
    (impact,) = rescore_impact(rated, recruiter, rubric.id, shorter, OBSERVED)
    assert impact.lost_ratings == 2
    assert {c.candidate: c.score_after for c in impact.candidates} == {"ada": 2.0, "bo": 4.0}


@pytest.mark.slow
def test_a_question_dropped_here_is_left_out_of_both(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    drop_question(rated, recruiter, "som", "bottlenecks", reason="misread")
    (impact,) = rescore_impact(rated, recruiter, rubric.id, rubric, OBSERVED)
    assert {c.candidate: (c.score_before, c.score_after) for c in impact.candidates} == {"ada": (2, 2), "bo": (4, 4)}
    assert impact.lost_ratings == 0


@pytest.mark.slow
def test_an_interviewer_sees_no_candidate_whom_they_still_owe(
    rated: Store, acting: Callable[[str], Actor], rubric: Rubric
) -> None:
    shorter = evolve(rubric, questions=tuple(q for q in rubric.asked if q.id != "bottlenecks"))
    (impact,) = rescore_impact(rated, acting("ivy"), rubric.id, shorter, OBSERVED)
    assert [each.candidate for each in impact.candidates] == ["ada"]
    assert (impact.hidden, impact.lost_ratings) == (1, 1), "not even the number of Bo's ratings"


@pytest.mark.slow
def test_another_scale_is_no_comparison(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    scale = Scale((Level(1, Text("low")), Level(3, Text("high"))))
    (impact,) = rescore_impact(rated, recruiter, rubric.id, evolve(rubric, scale=scale), OBSERVED)
    assert impact.candidates == ()
    assert impact.obstacle == "its ratings are on another scale, 1, 2, 3, 4, 5 instead of 1, 3"


@pytest.mark.slow
def test_openings_of_other_rubrics_are_not_touched(rated: Store, recruiter: Actor, rubric: Rubric) -> None:
    assert rescore_impact(rated, recruiter, "another-rubric", rubric, OBSERVED) == ()
