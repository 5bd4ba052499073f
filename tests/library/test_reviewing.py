"""Reviews: what a check finds, what is poor, and structure."""

import shutil
from pathlib import Path

import pytest

from hiringkit.library.catalog import Library
from hiringkit.library.review import review_paths, review_text

HOME = Path(__file__).parents[2]


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


@pytest.mark.parametrize("old", ["rating", "nobody"])
def test_a_copy_of_a_shipped_rubric_elsewhere_is_reviewed_alike(tmp_path: Path, old: str) -> None:
    source = next(HOME.glob("rubrics/*/sales-operations-analyst.yaml"))
    copy = tmp_path / f"{old}.yaml"
    shutil.copy(source, copy)
    review = review_paths(Library([HOME]), [copy])
    assert review.findings == ()
    assert [score.file for score in review.structures] == [str(copy)]
