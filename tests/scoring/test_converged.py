"""Fits whose variances are near zero settle, and what did not settle is not shown as a result."""

import numpy as np
import pytest
from attrs import evolve

from hiringkit.actions.scores import ScoringOptions, score_columns
from hiringkit.domain.profile import Method
from hiringkit.errors import Refused
from hiringkit.scoring.calibrated import score as calibrated
from hiringkit.scoring.calibrated.fit import Fit, fit_dense, fit_panel
from hiringkit.scoring.calibrated.prior import INTERVIEW
from hiringkit.scoring.design import choose_effects, read_design
from hiringkit.scoring.large.scores import fit_sparse
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint


def panel(candidates: int, interviewers: int, seen: int, spreads: tuple[float, float]) -> tuple[Ratings, Blueprint]:
    """Eight questions, the last rating missing; `spreads` are those by candidate and by interviewer of a question."""
    rng, q = np.random.default_rng(0), 8
    pairs = np.array([(c, i) for c in range(candidates) for i in sorted(rng.permutation(interviewers)[:seen])])
    candidate, interviewer = np.repeat(pairs, q, axis=0)[:-1].T
    question = np.tile(np.arange(q), len(pairs))[:-1]
    value = 3.2 + rng.normal(0, 0.6, candidates)[candidate] + rng.normal(0, 0.45, interviewers)[interviewer]
    value += rng.normal(0, 0.4, (candidates, interviewers))[candidate, interviewer]
    value += rng.normal(0, 1, (candidates, q))[candidate, question] * spreads[0]
    value += rng.normal(0, 1, (interviewers, q))[interviewer, question] * spreads[1]
    value = np.clip(np.rint(value + rng.normal(0, 0.77, len(value))), 1, 5)
    people = [f"c{k}" for k in range(candidates)], [f"i{k}" for k in range(interviewers)]
    status, weight = np.zeros(len(value), dtype=np.int8), np.ones(len(value))
    columns = Ratings(candidate, interviewer, question, value, status, weight, *people)
    return columns, plain_blueprint([f"q{k}" for k in range(q)], 1, 5, source="option")


@pytest.mark.slow
@pytest.mark.parametrize("spreads", [(0.0, 0.0), (0.0, 0.2), (0.05, 0.0)])
def test_variances_near_zero_are_reached_in_a_few_steps(spreads: tuple[float, float]) -> None:
    """A variance that is almost nothing was once thrown to ten times the sum of all, from where it took long to come
    back."""
    design = read_design(*panel(200, 50, 4, spreads))
    effects, _ = choose_effects(design, None)
    fit = fit_sparse(design, effects, level=0.9, seed=0)
    assert fit.converged
    assert int(str(fit.details["iterations"])) <= 20


@pytest.mark.slow
@pytest.mark.parametrize("spreads", [(0.0, 0.0), (0.0, 0.2), (0.3, 0.0)])
def test_exact_equations_settle_where_variances_vanish(spreads: tuple[float, float]) -> None:
    design = read_design(*panel(250, 4, 4, spreads))
    effects, _ = choose_effects(design, None)
    assert fit_dense(design, effects, level=0.9, seed=0).converged


@pytest.fixture
def unsettled(monkeypatch: pytest.MonkeyPatch) -> tuple[Ratings, Blueprint]:
    """Ratings whose fit does not converge."""

    def never(*given: object, **named: object) -> Fit:
        return evolve(fit_panel(*given, **named), converged=False)  # type: ignore[arg-type]

    monkeypatch.setattr(calibrated, "fit_panel", never)
    return panel(5, 3, 2, (0.3, 0.2))


def test_means_are_shown_where_the_fit_did_not_converge(unsettled: tuple[Ratings, Blueprint]) -> None:
    comparison = score_columns(*unsettled, ScoringOptions())
    assert comparison.method is Method.OBSERVED
    told = next(finding for finding in comparison.findings if finding.code == "observed-used")
    assert told.message == "plain means are shown: the fit of the mixed model did not converge"


def test_calibrated_scores_of_a_fit_that_did_not_converge_are_refused(
    unsettled: tuple[Ratings, Blueprint],
) -> None:
    with pytest.raises(Refused, match="did not converge"):
        score_columns(*unsettled, ScoringOptions(method=Method.CALIBRATED))


def test_the_prior_does_not_mind_how_the_error_of_an_interview_is_split() -> None:
    """Twice the halo, and candidates and interviewers moved as the error is: only the share of halo has changed."""
    effects = ("candidate", "candidate:interviewer", "interviewer")
    prior = INTERVIEW.for_interviews(4)
    one, other = np.log([[0.9, 0.5, 0.3]]), np.log([[0.9, 0.5, 0.3]]) + np.log(2)
    ratio = np.sqrt(0.5**2 + 1 / 4) / np.sqrt(1 + 1 / 4)
    moved = np.array([[one[0, 0] - np.log(ratio), other[0, 1], one[0, 2] - np.log(ratio)]])
    share = INTERVIEW.of("candidate:interviewer").log_density
    expected = share(other[:, 1] + np.log(2)) - share(one[:, 1] + np.log(2))
    assert prior.log_density(effects, moved) - prior.log_density(effects, one) == pytest.approx(expected)
