"""The posterior over ratios: numerical integration against closed forms and against far more points."""

import numpy as np
import pytest

from hiringkit.errors import UsageProblem
from hiringkit.scoring.calibrated.model import Blocks, Contrasts, ModelRows, build_blocks, log_likelihood
from hiringkit.scoring.calibrated.posterior import Density, Mixture, Points, explore, find_peak, under_another
from hiringkit.scoring.calibrated.prior import INTERVIEW, VAGUE, HalfT, Prior, TwoPiece, find_prior

EVERYTHING = (
    "candidate",
    "interviewer",
    "candidate:interviewer",
    "candidate:criterion",
    "interviewer:criterion",
)


def rows_of(seed: int, candidates: int = 5, interviewers: int = 4, questions: int = 1) -> ModelRows:
    rng = np.random.default_rng(seed)
    mesh = np.meshgrid(np.arange(candidates), np.arange(interviewers), np.arange(questions), indexing="ij")
    candidate, interviewer, question = (a.ravel() for a in mesh)
    value = 3 + 0.6 * rng.standard_normal(candidates)[candidate]
    value = value + 0.45 * rng.standard_normal(interviewers)[interviewer]
    value = np.clip(np.rint(value + 0.77 * rng.standard_normal(len(value))), 1, 5)
    return ModelRows(
        candidate,
        interviewer,
        question,
        value,
        np.ones(len(value)),
        candidates,
        interviewers,
        np.eye(questions),
    )


def overall(blocks: Blocks) -> Contrasts:
    n, m, r = blocks.inner_outer.shape
    inner, outer = np.zeros((1, m)), np.zeros((1, r))
    inner[:, 0] = 1.0
    own = blocks.columns("candidate:criterion")
    if own is not None:
        inner[:, own.start : own.start + own.size] = 1 / own.size
    outer[:, : blocks.fixed] = 1 / blocks.fixed
    return Contrasts(n, inner, outer, np.zeros((0, r)))


def mixture_of(blocks: Blocks, points: Points) -> Mixture:
    scales = np.sqrt(points.moments.own_variance[:, :, 0] * points.residual[:, None] / blocks.freedom)
    return Mixture(points.weights, points.moments.own_mean[:, :, 0], scales, blocks.freedom)


@pytest.mark.parametrize("prior", [INTERVIEW, VAGUE], ids=lambda prior: prior.name)
def test_one_ratio_agrees_with_a_plain_sum_over_ten_thousand_points(prior: Prior) -> None:
    blocks = build_blocks(rows_of(1), ("candidate",))
    logs = np.linspace(-7, 5, 10_001)[:, None]
    height = log_likelihood(blocks, np.exp(logs)) + prior.log_density(blocks.effects, logs)
    weights = np.exp(height - height.max())
    weights /= weights.sum()
    points = explore(blocks, overall(blocks), prior)
    for power in (1, 2):
        expected = weights @ np.exp(power * logs[:, 0])
        assert points.weights @ points.ratios[:, 0] ** power == pytest.approx(expected, rel=2e-3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_five_ratios_agree_with_forty_times_as_many_points(seed: int) -> None:
    blocks = build_blocks(rows_of(seed, questions=4), EVERYTHING)
    contrasts = overall(blocks)
    found = mixture_of(blocks, explore(blocks, contrasts, INTERVIEW))
    exact = mixture_of(blocks, explore(blocks, contrasts, INTERVIEW, count=16_000))
    assert found.mean == pytest.approx(exact.mean, abs=0.05 * exact.deviation.min())
    assert found.interval(0.9) == pytest.approx(exact.interval(0.9), abs=0.15 * exact.deviation.min())


@pytest.mark.slow
def test_another_prior_is_reached_from_the_points_of_the_first() -> None:
    blocks = build_blocks(rows_of(4, questions=4), EVERYTHING)
    contrasts = overall(blocks)
    first = explore(blocks, contrasts, INTERVIEW)
    there = mixture_of(blocks, under_another(blocks, contrasts, first, INTERVIEW, VAGUE))
    straight = mixture_of(blocks, explore(blocks, contrasts, VAGUE, count=4_000))
    assert there.mean == pytest.approx(straight.mean, abs=0.15 * straight.deviation.min())


def test_the_same_panel_gives_the_same_points_each_time() -> None:
    blocks = build_blocks(rows_of(2, questions=3), EVERYTHING)
    one, two = (explore(blocks, overall(blocks), INTERVIEW) for _ in range(2))
    assert (one.weights == two.weights).all()
    assert (one.ratios == two.ratios).all()


def test_the_peak_has_no_slope() -> None:
    density = Density(build_blocks(rows_of(3), ("candidate", "interviewer")), INTERVIEW)
    peak = find_peak(density, step=1e-3, tolerance=1e-6)
    around = peak.logs + 1e-3 * np.vstack([np.eye(2), -np.eye(2)])
    heights = density(around)
    assert peak.converged
    assert (heights[:2] - heights[2:]) / 2e-3 == pytest.approx(np.zeros(2), abs=1e-4)


def test_more_ratings_leave_less_to_the_prior() -> None:
    def pull(questions: int) -> float:
        blocks = build_blocks(rows_of(5, questions=questions), EVERYTHING[:3])
        contrasts = overall(blocks)
        first = explore(blocks, contrasts, INTERVIEW)
        there = under_another(blocks, contrasts, first, INTERVIEW, VAGUE)
        means = [p.weights @ p.moments.own_mean[:, :, 0] for p in (first, there)]
        return float(np.abs(means[0] - means[1]).max())

    assert pull(12) < pull(2)


def share_below(prior: TwoPiece | HalfT, ratio: float) -> float:
    logs = np.linspace(-14, 20, 400_001)
    density = np.exp(prior.log_density(logs))
    return float(density[logs < np.log(ratio)].sum() / density.sum())


def test_a_two_piece_prior_puts_as_much_below_its_centre_as_its_two_areas_say() -> None:
    """A normal half has area √(π/2) scales, a t half with 4 df 4/3 scales."""
    normal, upper = np.sqrt(np.pi / 2), 4 / 3
    assert share_below(TwoPiece(0.5, 0.6), 0.5) == pytest.approx(normal / (normal + upper), abs=1e-3)
    assert share_below(TwoPiece(0.5, 0.6, 1e9), 0.5) == pytest.approx(0.5, abs=1e-3)


def test_half_t_has_its_median_at_the_third_quartile_of_t() -> None:
    """.7649 for 3 degrees of freedom, in any t table."""
    assert share_below(HalfT(3, 2.0), 2 * 0.7649) == pytest.approx(0.5, abs=1e-3)


def test_an_unknown_prior_is_a_usage_problem_that_names_the_known_ones() -> None:
    with pytest.raises(UsageProblem) as caught:
        find_prior("flat")
    assert "interview" in caught.value.hint
    assert "vague" in caught.value.hint
