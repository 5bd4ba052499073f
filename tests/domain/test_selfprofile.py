"""What a self-assessment's figures mean."""

import pytest

from hiringkit.domain.rubric import Criterion, CriterionKind
from hiringkit.domain.self_assessment import Basis, SelfScore, basis_of
from hiringkit.text.language import Text


def score(value: float | None, *, bar: float | None = 3.0, share: float = 0.2) -> SelfScore:
    criterion = Criterion("c", CriterionKind.COMPETENCY, Text("c"), Text("c"), 1.0, bar=bar)
    return SelfScore(criterion, share, value, 1, 0, 0)


@pytest.mark.parametrize(
    ("rated", "backed", "basis"),
    [
        (0, 0, Basis.NONE),
        (1, 0, Basis.THIN),
        (1, 1, Basis.THIN),
        (5, 0, Basis.THIN),
        (2, 1, Basis.SOME),
        (3, 1, Basis.SOME),
        (2, 2, Basis.SOME),
        (3, 2, Basis.GOOD),
    ],
)
def test_what_a_score_rests_on_goes_by_answers_and_evidence(rated: int, backed: int, basis: Basis) -> None:
    assert basis_of(rated, backed) is basis


def test_the_gap_is_what_is_missing_to_the_bar() -> None:
    assert score(2.25).gap == 0.75
    assert score(3.5).gap == 0
    assert score(None).gap is None
    assert score(2.0, bar=None).gap is None


def test_a_mean_on_the_bar_is_no_gap_for_rounding() -> None:
    assert score(2.9999999999999996).gap == 0


def test_the_priority_is_what_closing_the_gap_adds_to_the_overall_score() -> None:
    assert score(2.25).priority == pytest.approx(0.15)
    assert score(None).priority == 0
