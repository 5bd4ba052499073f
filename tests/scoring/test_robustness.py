"""How firmly a leader leads, against linear programs, known distributions and comparisons made anew."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from scipy.optimize import linprog
from scipy.stats import beta

from hiringkit.domain.codes import Code
from hiringkit.domain.profile import Comparison
from hiringkit.domain.robustness import Robustness
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated.score import score_calibrated
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.ratings import Blueprint, Ratings
from hiringkit.scoring.robustness import CONCENTRATION, measure_robustness, nearest_weights

Make = Callable[..., Any]
QUESTIONS = {"q1": {"plan": 1.0}, "q2": {"plan": 1.0}, "q3": {"sell": 1.0}, "q4": {"sell": 1.0}}
WEIGHTS = {"plan": 30.0, "sell": 70.0}


@pytest.fixture
def blueprint(blueprint_of: Make) -> Blueprint:
    made: Blueprint = blueprint_of(WEIGHTS, QUESTIONS)
    return made


@pytest.fixture
def panel(blueprint: Blueprint, columns_of: Make) -> tuple[Ratings, Blueprint]:
    """Four invented candidates, three of four invented interviewers each."""
    rng = np.random.default_rng(3)
    merit = {"a": (3.9, 2.6), "b": (2.6, 3.6), "c": (2.5, 2.4), "d": (1.9, 2.2)}
    rows = [
        (who, f"i{by}", q, float(np.clip(np.rint(merit[who][q in ("q3", "q4")] + rng.normal(0, 0.7)), 1, 5)))
        for n, who in enumerate(merit)
        for by in range(4)
        if by != n
        for q in QUESTIONS
    ]
    return columns_of(rows, blueprint), blueprint


def leader_of(comparison: Comparison) -> str:
    (first,) = [p.candidate for p in comparison.profiles if p.rank.position == 1]
    return first


def calibrated(columns: Ratings, blueprint: Blueprint) -> tuple[Comparison, Robustness]:
    comparison = score_calibrated(columns, blueprint)
    return comparison, measure_robustness(columns, blueprint, comparison)


def least_move(shares: Floats, lead: Floats) -> float | None:
    """Solve min ½ Σ|v - w| over the simplex with v·d ≤ 0 as a linear program: v = w + up - down."""
    k = len(shares)
    done = linprog(
        np.full(2 * k, 0.5),
        A_ub=[np.concatenate([lead, -lead])],
        b_ub=[-float(shares @ lead)],
        A_eq=[np.concatenate([np.ones(k), -np.ones(k)])],
        b_eq=[0.0],
        bounds=[(0, None)] * k + [(0, share) for share in shares.tolist()],
    )
    return None if done.fun is None else float(done.fun)


@pytest.mark.parametrize("seed", range(40))
def test_the_smallest_move_is_that_of_the_linear_program(seed: int) -> None:
    rng = np.random.default_rng(seed)
    k = int(rng.integers(2, 9))
    shares, lead = rng.dirichlet(np.ones(k)), rng.normal(0.4, 0.6, k)
    if seed % 5 == 0:
        shares[0], shares[1:] = 0.0, shares[1:] / shares[1:].sum()
    if shares @ lead < 0:
        lead = -lead
    there, least = nearest_weights(shares, lead), least_move(shares, lead)
    if least is None:
        assert there is None
        return
    assert there is not None
    assert there.min() >= -1e-12
    assert there.sum() == pytest.approx(1)
    assert there @ lead == pytest.approx(0, abs=1e-9)
    assert np.abs(there - shares).sum() / 2 == pytest.approx(least, abs=1e-8)


@pytest.mark.slow
def test_with_the_nearest_weights_two_candidates_are_level_in_a_comparison_made_anew(
    panel: tuple[Ratings, Blueprint],
) -> None:
    columns, blueprint = panel
    comparison, found = calibrated(columns, blueprint)
    assert found.leader == leader_of(comparison)
    assert found.moved is not None
    weights = np.array([each.nearest for each in found.weights], dtype=np.float64)
    again = score_calibrated(columns, evolve(blueprint, weights=weights))
    score = {p.candidate: p.overall.score or 0.0 for p in again.profiles}
    assert score[found.leader or ""] == pytest.approx(score[found.moved_leader or ""], abs=1e-9)
    assert max(score.values()) == pytest.approx(score[found.leader or ""], abs=1e-9)


@pytest.mark.slow
def test_where_one_criterion_changes_alone_the_lead_is_gone_there_and_not_before(
    panel: tuple[Ratings, Blueprint],
) -> None:
    columns, blueprint = panel
    _, found = calibrated(columns, blueprint)
    (plan, _sell) = found.weights
    assert plan.alone is not None
    for share, same in ((0.99 * plan.alone + 0.01 * plan.share, True), (1.01 * plan.alone - 0.01 * plan.share, False)):
        again = score_calibrated(columns, evolve(blueprint, weights=np.array([share, 1 - share])))
        assert (leader_of(again) == found.leader) is same


@pytest.mark.slow
def test_the_share_of_plausible_weightings_is_that_of_a_beta_distribution(panel: tuple[Ratings, Blueprint]) -> None:
    """With two criteria the first one's share is Beta, and the leader changes at one share."""
    columns, blueprint = panel
    _, found = calibrated(columns, blueprint)
    plan = found.weights[0]
    assert plan.alone is not None
    below = beta.cdf(plan.alone, CONCENTRATION * 0.3, CONCENTRATION * 0.7)
    expected = below if plan.share < plan.alone else 1 - below
    leads = {each.candidate: each.share for each in found.leads}
    assert leads[found.leader or ""] == pytest.approx(expected, abs=0.02)
    assert sum(leads.values()) == pytest.approx(1)


@pytest.mark.slow
def test_leaving_out_is_a_comparison_of_what_is_left(panel: tuple[Ratings, Blueprint]) -> None:
    columns, blueprint = panel
    _, found = calibrated(columns, blueprint)
    assert [each.id for each in found.without_interviewer] == list(columns.interviewers)
    assert [each.id for each in found.without_question] == list(QUESTIONS)
    for n, each in enumerate(found.without_interviewer):
        again = score_calibrated(columns.take(columns.interviewer != n), blueprint)
        score = sorted((p.overall.score or 0.0 for p in again.profiles), reverse=True)
        assert each.leaders == (leader_of(again),)
        assert each.lead == pytest.approx(score[0] - score[1], abs=0.02)
        assert each.changed == (leader_of(again) != found.leader)


def test_somebody_ahead_on_everything_leads_under_all_weights(blueprint: Blueprint, columns_of: Make) -> None:
    rows = [(who, by, q, level) for who, level in (("a", 4.0), ("b", 2.0)) for by in "xy" for q in QUESTIONS]
    columns = columns_of(rows, blueprint)
    found = measure_robustness(columns, blueprint, score_observed(columns, blueprint))
    assert (found.leader, found.moved, found.moved_leader) == ("a", None, None)
    assert [(each.nearest, each.alone) for each in found.weights] == [(None, None)] * 2
    assert [(each.candidate, each.share) for each in found.leads] == [("a", 1.0), ("b", 0.0)]
    assert all(each.leaders == ("a",) and each.lead == pytest.approx(2) for each in found.without_question)


def test_ratings_that_are_all_the_same_have_no_leader(blueprint: Blueprint, columns_of: Make) -> None:
    columns = columns_of([(who, by, q, 3.0) for who in "ab" for by in "xy" for q in QUESTIONS], blueprint)
    found = measure_robustness(columns, blueprint, score_observed(columns, blueprint))
    assert (found.leader, found.moved) == (None, None)
    assert {each.candidate: each.share for each in found.leads} == {"a": 0.5, "b": 0.5}
    assert [each.code for each in found.findings] == [Code.NO_LEADER]
    assert {each.changed for each in found.without_interviewer} == {None}


def test_one_candidate_and_one_interviewer(blueprint: Blueprint, columns_of: Make) -> None:
    columns = columns_of([("a", "x", q, 3.0) for q in QUESTIONS], blueprint)
    found = measure_robustness(columns, blueprint, score_observed(columns, blueprint))
    assert (found.leader, found.moved) == (None, None)
    assert [each.code for each in found.findings] == [Code.NO_LEADER]
    assert "fewer than two" in found.findings[0].message
    (alone,) = found.without_interviewer
    assert (alone.leaders, alone.lead, alone.changed) == ((), None, None)


def test_plain_means_over_different_criteria_are_not_compared_under_other_weights(
    blueprint: Blueprint, columns_of: Make
) -> None:
    rows = [("a", "x", "q1", 5.0), ("a", "x", "q3", 2.0), ("b", "x", "q1", 2.0)]
    columns = columns_of(rows, blueprint)
    found = measure_robustness(columns, blueprint, score_observed(columns, blueprint))
    assert found.moved is None
    (finding,) = found.findings
    assert finding.code == Code.OTHER_CRITERIA
    assert '"b"' in finding.message


@pytest.mark.slow
def test_candidates_without_shared_interviewers_are_not_ranked_without_the_one_who_links_them(
    blueprint: Blueprint, columns_of: Make
) -> None:
    """Without the linking interviewer the model has two groups, or none at all; a plain mean says so by its method."""
    rng = np.random.default_rng(1)
    seen = {"a": "uvl", "b": "uvl", "c": "xyl", "d": "xyl"}
    rows = [(who, by, q, float(rng.integers(1, 6))) for who, all_ in seen.items() for by in all_ for q in QUESTIONS]
    columns = columns_of(rows, blueprint)
    _, found = calibrated(columns, blueprint)
    link = next(each for each in found.without_interviewer if each.id == "l")
    assert (link.leaders, link.lead, link.changed) == ((), None, None)
