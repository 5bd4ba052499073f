"""Fits whose variances are near zero settle, and what did not settle is not shown as a result."""

import numpy as np
import pytest
from attrs import evolve

from hiringkit.actions.scores import ScoringOptions, score_columns
from hiringkit.domain.profile import Method
from hiringkit.errors import Refused
from hiringkit.scoring.calibrated import score as calibrated
from hiringkit.scoring.calibrated.fit import Fit, fit_dense, fit_panel
from hiringkit.scoring.calibrated.model import build_blocks
from hiringkit.scoring.calibrated.posterior import LOWEST, Density, derivatives, find_peak
from hiringkit.scoring.calibrated.prior import INTERVIEW
from hiringkit.scoring.calibrated.restricted import restricted_slopes
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


@pytest.mark.parametrize("logs", [(-0.7, -0.7, -0.7), (0.4, -1.5, 0.1), (-7.0, -0.5, -3.0)])
@pytest.mark.parametrize("effects", [("candidate", "candidate:interviewer"), ("candidate", "interviewer", "question")])
def test_slopes_of_the_restricted_likelihood_are_those_of_differences(
    effects: tuple[str, ...], logs: tuple[float, ...]
) -> None:
    """Inner effects alone, and inner beside shared ones, with questions fixed and at random."""
    design = read_design(*panel(12, 5, 3, (0.3, 0.2)))
    blocks, at = build_blocks(design.rows, effects), np.array(logs[: len(effects)])
    value, gradient, hessian = restricted_slopes(blocks, at)
    expected = derivatives(Density(blocks, None), at, 1e-3)
    assert value == pytest.approx(expected[0], abs=1e-9)
    assert gradient == pytest.approx(expected[1], abs=2e-4)
    assert hessian == pytest.approx(expected[2], abs=2e-3)


@pytest.fixture
def unsettled(monkeypatch: pytest.MonkeyPatch) -> tuple[Ratings, Blueprint]:
    """Ratings whose fit does not converge."""

    def never(*given: object, **named: object) -> Fit:
        return evolve(fit_panel(*given, **named), converged=False)  # type: ignore[arg-type]

    monkeypatch.setattr(calibrated, "fit_panel", never)
    return panel(5, 3, 2, (0.3, 0.2))


@pytest.mark.slow
def test_means_are_shown_where_the_fit_did_not_converge(unsettled: tuple[Ratings, Blueprint]) -> None:
    comparison = score_columns(*unsettled, ScoringOptions())
    assert comparison.method is Method.OBSERVED
    told = next(finding for finding in comparison.findings if finding.code == "observed-used")
    assert told.message == "plain means are shown: the fit of the mixed model did not converge"


@pytest.mark.slow
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


class Bump:
    """A density of two log ratios whose mode is a small way above zero in the second, by almost nothing.

    Log density -2 000 (x - 0.3)² + a r² - b r⁴ at logs (x, log r): the mode has r² = a / 2b and rises by a² / 4b.
    """

    def __init__(self, a: float, b: float) -> None:
        self.a, self.b = a, b

    def __call__(self, logs: np.ndarray) -> np.ndarray:
        squared = np.exp(2 * logs[:, 1])
        return np.asarray(-2_000 * (logs[:, 0] - 0.3) ** 2 + self.a * squared - self.b * squared**2)

    def start(self) -> np.ndarray:
        return np.log([0.5, 0.5])


@pytest.mark.parametrize("rise", [2e-3, 2e-5])
def test_a_mode_next_to_zero_is_reached_where_it_rises_by_almost_nothing(rise: float) -> None:
    """1,000 candidates by 4 interviewers once crept there until the steps were used up: 2e-3 at a log ratio of -5.3."""
    ratio = 0.005
    a = 2 * rise / ratio**2
    peak = find_peak(Bump(a, a / (2 * ratio**2)), step=3e-4, tolerance=1e-6)  # type: ignore[arg-type]
    assert peak.converged
    assert np.exp(peak.logs[1]) == pytest.approx(ratio, rel=1e-3)
    assert peak.logs[0] == pytest.approx(0.3, abs=1e-6)


def test_a_mode_at_zero_is_reached() -> None:
    peak = find_peak(Bump(-1.0, 1.0), step=3e-4, tolerance=1e-6)  # type: ignore[arg-type]
    assert peak.converged
    assert peak.logs[1] == LOWEST
