"""Reviews: what a check finds, what is poor, and the fifteen components of structure."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from hiringkit.domain.conduct import (
    Ancillary,
    CandidateQuestions,
    Combination,
    Discussion,
    NoteTaking,
    Panel,
    Prompting,
    Training,
)
from hiringkit.domain.question import QuestionKind
from hiringkit.domain.rubric import Policy, Rubric
from hiringkit.domain.structure import Where
from hiringkit.library.catalog import Library
from hiringkit.library.documents import Kind
from hiringkit.library.review import COMPONENTS, review_paths, review_text, score_structure
from hiringkit.text.language import Text

HOME = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_shipped_library_is_clean_for_good() -> None:
    review = review_paths(Library([HOME]))
    assert review.findings == ()
    assert len(review.structures) == len(list(HOME.glob("rubrics/*/*.yaml")))
    assert min(score.score for score in review.structures) >= 13


def test_a_rubric_is_reviewed_with_the_banks_that_it_draws_from(library: Library, root: Path) -> None:
    (rubric,) = root.glob("rubrics/*/*.yaml")
    (bank,) = root.glob("question_banks/*/*.yaml")
    review = review_paths(library, [rubric])
    files = {finding.location.file for finding in review.findings if finding.location}
    assert files == {str(rubric), str(bank)}
    assert {"criterion-asked-once", "vague-anchor", "weight-without-rationale"} <= {f.code for f in review.findings}
    assert [(score.rubric, score.file) for score in review.structures] == [("analyst", str(rubric))]


def test_what_a_folder_holds_is_reviewed_once(library: Library, root: Path) -> None:
    whole = review_paths(library, [root])
    assert set(whole.findings) == set(review_paths(library).findings)
    assert len(set(whole.findings)) == len(whole.findings)


def test_a_rubric_with_errors_has_no_score(library: Library, drawing_text: str) -> None:
    for broken in (
        drawing_text.replace("weight: 60", "weight: 0"),
        drawing_text.replace("large-data", "large-date"),
        drawing_text.replace("bank: basics", "bank: basis"),
        "no rubric at all",
        "",
    ):
        review = review_text(library, broken)
        assert any(finding.severity == "error" for finding in review.findings)
        assert review.structures == ()


def test_where_questions_are_missing_nothing_is_said_of_how_often_a_criterion_is_asked(
    library: Library, drawing_text: str
) -> None:
    review = review_text(library, drawing_text.replace("large-data", "large-date"))
    assert "criterion-asked-once" not in {finding.code for finding in review.findings}


def test_a_bank_has_no_score(library: Library, bank_text: str) -> None:
    review = review_text(library, bank_text)
    assert review.structures == ()
    assert {finding.code for finding in review.findings} == {"vague-anchor"}


@pytest.mark.slow
@pytest.mark.parametrize("old", ["rating", "nobody"])
def test_a_copy_of_a_shipped_rubric_elsewhere_is_reviewed_alike(tmp_path: Path, old: str) -> None:
    source = next(HOME.glob("rubrics/*/sales-operations-analyst.yaml"))
    copy = tmp_path / f"{old}.yaml"
    shutil.copy(source, copy)
    library = Library([HOME])
    review, original = review_paths(library, [copy]), review_paths(library, [source])
    assert [(f.code, f.path) for f in review.findings] == [(f.code, f.path) for f in original.findings]
    assert [score.file for score in review.structures] == [str(copy)]


SHIPPED = Library([HOME])


@pytest.fixture
def rubric() -> Rubric:
    # without stages, which would carry the same questions by themselves
    return evolve(SHIPPED.load_rubric("sales-operations-analyst"), stages=())


def missing(rubric: Rubric) -> dict[str, str]:
    return {c.id: c.advice for c in score_structure(rubric).components if c.met is False}


@pytest.mark.parametrize("identifier", [entry.id for entry in SHIPPED.entries(Kind.RUBRIC)])
def test_every_shipped_rubric_has_all_that_a_file_can_carry(identifier: str) -> None:
    score = score_structure(SHIPPED.load_rubric(identifier))
    assert missing(SHIPPED.load_rubric(identifier)) == {}
    assert (score.score, score.carried, score.of) == (14, 14, 15)


def test_only_the_opening_can_tell_who_interviews_whom(rubric: Rubric) -> None:
    (apart,) = (c for c in score_structure(rubric).components if c.where is Where.OPENING)
    assert (apart.id, apart.met) == ("same-interviewers", None)
    assert apart.advice


def test_a_rubric_that_says_nothing_of_its_interviews_gains_little(rubric: Rubric) -> None:
    bare = evolve(rubric, policy=Policy())
    assert set(COMPONENTS) - set(missing(bare)) == {
        "job-analysis", "question-types", "rating-each-answer", "anchored-scales", "same-interviewers",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "component"),
    [
        ({"interview_minutes": None}, {"same-questions", "length"}),
        ({"interview_minutes": 25.0}, {"same-questions", "length"}),
        ({"panel": Panel(1, Discussion.AFTER_SCORECARDS)}, {"several-interviewers", "same-questions"}),
        ({"panel": Panel(3, Discussion.ANY_TIME)}, {"no-discussion"}),
        ({"panel": Panel(3)}, {"no-discussion"}),
        ({"prompting": Prompting.FREE}, {"limited-prompting"}),
        ({"ancillary": Ancillary.SHARED}, {"ancillary-information"}),
        ({"ancillary": Ancillary.WITHHELD}, set()),
        ({"candidate_questions": CandidateQuestions.DURING}, {"candidate-questions"}),
        ({"notes": NoteTaking.OPTIONAL}, {"detailed-notes"}),
        ({"training": Training.OPTIONAL}, {"training"}),
        ({"combination": Combination.JUDGEMENT}, {"statistical-combination"}),
        ({"recommend": {"yes": 3.0}}, {"statistical-combination"}),
    ],
)
def test_a_rule_left_out_or_turned_round_loses_its_component(
    rubric: Rubric, rule: dict[str, Any], component: set[str]
) -> None:
    assert set(missing(evolve(rubric, policy=evolve(rubric.policy, **rule)))) == component


def test_without_tasks_there_was_no_job_analysis(rubric: Rubric) -> None:
    assert rubric.role
    tasks = rubric.role.tasks
    without = evolve(rubric, role=evolve(rubric.role, tasks=()))
    assert missing(without) == {"job-analysis": "add role.tasks, each with the criteria that it calls upon"}
    loose = evolve(rubric, role=evolve(rubric.role, tasks=(evolve(tasks[0], criteria=()), *tasks[1:])))
    assert missing(loose)["job-analysis"] == f"say which criteria these tasks call upon: {tasks[0].id}"
    one = evolve(rubric, role=evolve(rubric.role, tasks=tasks[:1]))
    assert missing(one)["job-analysis"].startswith("no task calls upon ")


def test_questions_lose_their_components_one_by_one(rubric: Rubric) -> None:
    first, *rest = rubric.asked

    def changed(**fields: Any) -> dict[str, str]:
        return missing(evolve(rubric, questions=(evolve(first, **fields), *rest)))

    assert changed(probes=()) == {"limited-prompting": f"plan probes for {first.id}"}
    assert changed(minutes=None) == {"same-questions": f"add minutes to {first.id}"}
    assert changed(anchors={1: first.anchors[1], 5: first.anchors[5]}) == {
        "anchored-scales": f"write anchors for both ends of the scale and a level between for {first.id}"
    }
    vague = {**first.anchors, 5: Text(plain="An excellent answer")}
    assert changed(anchors=vague) == {"anchored-scales": f"mend the findings on anchors of {first.id}"}
    known = tuple(evolve(question, kind=QuestionKind.KNOWLEDGE) for question in rubric.asked)
    assert set(missing(evolve(rubric, questions=known))) == {"question-types"}
    untrained = tuple(evolve(question, samples=question.samples[:2]) for question in rubric.asked)
    assert set(missing(evolve(rubric, questions=untrained))) == {"training"}
    assert {"length", "training"} <= set(missing(evolve(rubric, questions=rubric.asked[-3:])))


def test_advice_names_three_and_counts_the_rest(rubric: Rubric) -> None:
    mute = evolve(rubric, questions=tuple(evolve(question, probes=()) for question in rubric.asked))
    ids = [question.id for question in rubric.asked]
    assert missing(mute)["limited-prompting"] == f"plan probes for {', '.join(ids[:3])} and {len(ids) - 3} more"
