"""From rating columns to coefficients and to the reasons why some are missing."""

from collections.abc import Callable

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.domain.agreement import Agreement, AgreementSet, Coefficient
from hiringkit.domain.rating_table import NO_EVIDENCE
from hiringkit.scoring.agreement.icc import FORMS, intraclass
from hiringkit.scoring.agreement.report import score_agreement
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

Make = Callable[[Floats], Ratings]
Published = dict[str, dict[str, Floats]]


def plain(questions: int, low: float = 1.0, high: float = 5.0) -> Blueprint:
    """Each question its own criterion."""
    return plain_blueprint([f"q{i}" for i in range(questions)], low, high, source="option")


def panel(candidates: int, interviewers: int, questions: int, *, seed: int = 0) -> Floats:
    """Whole ratings on 1 to 5 with candidates that differ."""
    rng = np.random.default_rng(seed)
    own = rng.normal(size=(candidates, 1, 1)) + 0.4 * rng.normal(size=(interviewers, 1))
    scores = 3 + own + 0.7 * rng.normal(size=(candidates, interviewers, questions))
    return np.clip(np.rint(scores), 1, 5)


def coefficients(found: AgreementSet) -> list[Coefficient]:
    """Return every coefficient of a set."""
    others = (found.gwet_ac1, found.gwet_ac2, found.fleiss_kappa, found.cohen_kappa_weighted)
    mapped = (*found.icc.values(), *found.krippendorff_alpha.values(), *found.reliability.values())
    return [*mapped, *others, found.kendall_w, found.rwg_j]


def codes(found: Agreement) -> set[str]:
    """Return the codes of the findings."""
    return {finding.code for finding in found.findings}


def test_shrout_and_fleiss_as_a_panel_with_one_question(columns_of_array: Make, published: Published) -> None:
    table = published["shrout_fleiss_1979"]["ratings"]
    found = score_agreement(columns_of_array(table[:, :, None]), plain(1, 1, 10), level=0.95).overall
    estimates = [found.icc[form].estimate for form in FORMS]
    assert estimates == pytest.approx([0.1657, 0.4428, 0.2898, 0.6201, 0.7148, 0.9093], abs=1e-4)
    assert found.icc["2,1"].interval == pytest.approx((0.01879, 0.7611), abs=1e-4)
    assert found.reliability == {}


def test_krippendorffs_example_as_a_panel_with_one_question(columns_of_array: Make, published: Published) -> None:
    table = published["krippendorff_2011_c"]["ratings"]
    found = score_agreement(columns_of_array(table[:, :, None]), plain(1)).overall
    alpha = {metric: c.estimate for metric, c in found.krippendorff_alpha.items()}
    assert alpha == pytest.approx({"nominal": 0.743, "ordinal": 0.815, "interval": 0.849}, abs=0.001)
    assert found.gwet_ac1.estimate == pytest.approx(0.77544, abs=1e-5)
    assert found.gwet_ac2.estimate == pytest.approx(0.914, abs=1e-5)
    assert found.gwet_ac2.standard_error == pytest.approx(0.10396, abs=1e-5)
    assert found.gwet_ac2.weights == "quadratic"


def test_a_complete_panel_has_every_coefficient_with_its_interval(columns_of_array: Make) -> None:
    found = score_agreement(columns_of_array(panel(8, 4, 6)), plain(6)).overall
    assert all(c.estimate is not None and c.interval is not None for c in coefficients(found))
    whole = found.generalizability
    assert whole is not None
    assert whole.interviewers == pytest.approx(4)
    assert whole.questions == pytest.approx(6)
    assert whole.phi_interval is not None
    assert whole.phi == whole.d_study[3].phi
    assert set(whole.components) == {
        "candidate",
        "interviewer",
        "question",
        "candidate:interviewer",
        "candidate:question",
        "interviewer:question",
        "residual",
    }


def test_an_incomplete_panel_has_reliability_in_the_place_of_icc(columns_of_array: Make) -> None:
    scores = panel(10, 4, 5)
    scores[::2, 0], scores[1::2, 3] = np.nan, np.nan
    found = score_agreement(columns_of_array(scores), plain(5))
    assert all(c.estimate is None for c in found.overall.icc.values())
    assert found.overall.kendall_w.estimate is None
    assert "incomplete-design" in codes(found)
    single, average = found.overall.reliability["single"], found.overall.reliability["average"]
    assert single.interval is not None
    assert 0 < (single.estimate or 0) < (average.estimate or 0) < 1
    assert found.overall.generalizability is not None
    assert found.overall.generalizability.interviewers == pytest.approx(3)


@pytest.mark.slow
def test_each_criterion_has_the_coefficients_of_its_own_questions(columns_of_array: Make) -> None:
    """Criterion `both` rests on questions 0 and 1, `last` on question 2."""
    scores = panel(7, 3, 3)
    loadings = np.array([[1.0, 0.0], [2.0, 0.0], [0.0, 1.0]])
    blueprint = evolve(plain(3), criteria=("both", "last"), loadings=loadings)
    found = score_agreement(columns_of_array(scores), blueprint)
    assert [(c.criterion, c.ratings) for c in found.per_criterion] == [("both", 42), ("last", 21)]
    alone = score_agreement(columns_of_array(scores[:, :, :2]), plain(2)).overall
    assert found.per_criterion[0].agreement == alone


def test_a_criterion_without_ratings_says_so(columns_of_array: Make) -> None:
    found = score_agreement(columns_of_array(panel(7, 3, 2)), plain(3))
    assert [c.ratings for c in found.per_criterion] == [21, 21, 0]
    assert [(f.code, f.path) for f in found.findings if f.code == "too-few"] == [("too-few", "q2")]


def test_one_interviewer_has_nobody_to_agree_with(columns_of_array: Make) -> None:
    found = score_agreement(columns_of_array(panel(9, 1, 4)), plain(4))
    assert all(c.estimate is None for c in coefficients(found.overall))
    assert found.overall.generalizability is None
    (finding,) = found.findings
    assert (finding.code, finding.path) == ("too-few", "overall, q0, q1, q2, q3")


def test_equal_ratings_show_no_differences_to_agree_on(columns_of_array: Make) -> None:
    found = score_agreement(columns_of_array(np.full((6, 3, 2), 3.0)), plain(2))
    assert all(c.estimate is None for c in coefficients(found.overall))
    assert codes(found) == {"no-variation"}


def test_four_answers_are_too_few(columns_of_array: Make) -> None:
    found = score_agreement(columns_of_array(panel(4, 3, 1)), plain(1))
    assert found.overall.krippendorff_alpha["ordinal"].estimate is None
    assert found.overall.icc["2,1"].estimate is not None
    assert codes(found) >= {"too-few"}


def test_two_candidates_are_too_few_for_what_compares_candidates(columns_of_array: Make) -> None:
    found = score_agreement(columns_of_array(panel(2, 3, 6)), plain(6)).overall
    assert found.krippendorff_alpha["ordinal"].estimate is not None
    assert all(c.estimate is None for c in found.icc.values())
    assert found.generalizability is None


def test_unanimous_interviewers_have_no_interval_and_a_finding(columns_of_array: Make) -> None:
    scores = np.repeat(panel(6, 1, 3), 4, axis=1)
    found = score_agreement(columns_of_array(scores), plain(3))
    alpha = found.overall.krippendorff_alpha["interval"]
    assert (alpha.estimate, alpha.interval) == (1.0, None)
    assert "no-interval" in codes(found)


def test_values_that_are_no_levels_leave_the_coefficients_of_candidates(columns_of_array: Make) -> None:
    scores = np.random.default_rng(0).normal(size=(30, 3, 4)) + np.arange(30)[:, None, None]
    found = score_agreement(columns_of_array(scores), plain(4, -10, 50))
    assert found.overall.gwet_ac2.estimate is None
    assert found.overall.icc["3,1"].estimate is not None
    assert "too-many-levels" in codes(found)


def test_interviewers_who_never_share_a_candidate_are_confounded_or_alone(columns_of_array: Make) -> None:
    scores = np.where(np.eye(5)[:, :, None] == 1, panel(5, 5, 3), np.nan)
    assert codes(score_agreement(columns_of_array(scores), plain(3))) == {"too-few"}


def test_candidates_with_interviewers_of_their_own_have_form_1_as_reliability(columns_of_array: Make) -> None:
    scores = np.full((7, 21, 1), np.nan)
    ratings = panel(7, 3, 1)[:, :, 0]
    for candidate in range(7):
        scores[candidate, 3 * candidate : 3 * candidate + 3, 0] = ratings[candidate]
    found = score_agreement(columns_of_array(scores), plain(1))
    single = found.overall.reliability["single"].estimate
    assert single == pytest.approx(intraclass(ratings)["1,1"].estimate)
    assert codes(found) == {"incomplete-design", "confounded"}


def test_repeated_ratings_are_reported(columns_of_array: Make) -> None:
    columns = columns_of_array(panel(6, 3, 2))
    twice = columns.take(np.concatenate([[0], np.arange(len(columns))]))
    found = score_agreement(twice, plain(2))
    assert "duplicate-rating" in codes(found)
    assert found.overall == score_agreement(columns, plain(2)).overall


@pytest.mark.slow
def test_answers_that_showed_nothing_count_only_where_the_policy_says_so(columns_of_array: Make) -> None:
    columns = columns_of_array(panel(6, 3, 2))
    status, value = columns.status.copy(), columns.value.copy()
    status[4], value[4] = NO_EVIDENCE, np.nan
    marked = evolve(columns, status=status, value=value)
    assert "incomplete-design" in codes(score_agreement(marked, plain(2)))
    lowest = evolve(plain(2), no_evidence_lowest=True)
    filled = evolve(columns, value=np.where(status == NO_EVIDENCE, 1.0, value))
    assert score_agreement(marked, lowest).overall == score_agreement(filled, plain(2)).overall


def test_no_ratings_at_all(columns_of_array: Make) -> None:
    found = score_agreement(columns_of_array(np.full((3, 2, 2), np.nan)), plain(2))
    assert all(c.estimate is None for c in coefficients(found.overall))
    assert codes(found) == {"too-few"}


@pytest.mark.slow
@given(
    shape=st.tuples(st.integers(1, 6), st.integers(1, 4), st.integers(1, 3)),
    share=st.sampled_from([0.2, 0.6, 1.0]),
    levels=st.integers(1, 5),
    seed=st.integers(0, 9999),
)
@settings(max_examples=60, deadline=None)
def test_no_design_and_no_ratings_make_it_fail(
    columns_of_array: Make, shape: tuple[int, int, int], share: float, levels: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    scores = np.where(rng.random(shape) < share, rng.integers(1, levels + 1, shape), np.nan)
    found = score_agreement(columns_of_array(scores), plain(shape[2]))
    for one in (found.overall, *(c.agreement for c in found.per_criterion)):
        for coefficient in coefficients(one):
            numbers = [coefficient.estimate or 0.0, *(coefficient.interval or ())]
            assert np.isfinite(numbers).all()
    missing = [c for c in coefficients(found.overall) if c.estimate is None]
    assert not missing or found.findings


@pytest.mark.slow
@given(seed=st.integers(0, 9999))
@settings(max_examples=15, deadline=None)
def test_names_and_the_order_of_rows_do_not_matter(columns_of_array: Make, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = panel(7, 3, 2, seed=seed)
    shuffled = scores[rng.permutation(7)][:, rng.permutation(3)]
    columns = columns_of_array(shuffled)
    one = score_agreement(columns_of_array(scores), plain(2)).overall
    other = score_agreement(columns.take(rng.permutation(len(columns))), plain(2)).overall
    for left, right in zip(coefficients(one), coefficients(other), strict=True):
        assert right.estimate == (None if left.estimate is None else pytest.approx(left.estimate, abs=1e-9))
        if left.interval is not None and abs(left.estimate or 0) < 10:
            assert right.interval == pytest.approx(left.interval, abs=1e-6)
