"""Mixtures of t distributions."""

import numpy as np
import pytest

from hiringkit.scoring.calibrated.model import Moments
from hiringkit.scoring.calibrated.posterior import Mixture, joint_draws, student_cdf, student_pdf, variance_quantiles

T_TABLE = [(3, 2.353363), (10, 1.812461), (30, 1.697261), (120, 1.657651), (np.inf, 1.644854)]
"""Upper 5 % points of the t distribution."""


@pytest.mark.parametrize(("freedom", "point"), T_TABLE)
def test_a_single_part_has_the_quantiles_of_the_t_table(freedom: float, point: float) -> None:
    mixture = Mixture(np.ones(1), np.array([[2.0]]), np.array([[0.5]]), freedom)
    assert mixture.quantile(0.95)[0] == pytest.approx(2 + 0.5 * point, abs=1e-5)
    assert mixture.interval(0.9)[0] == pytest.approx([2 - 0.5 * point, 2 + 0.5 * point], abs=1e-5)


def test_quantiles_are_where_the_distribution_function_says() -> None:
    rng = np.random.default_rng(1)
    mixture = Mixture(rng.dirichlet(np.ones(9)), rng.normal(size=(9, 6)), rng.uniform(0.05, 2, (9, 6)), 7)
    for probability in (0.001, 0.05, 0.5, 0.9, 0.999):
        assert mixture.below(mixture.quantile(probability)) == pytest.approx(probability, abs=1e-7)


def test_two_peaks_far_apart_are_no_trouble() -> None:
    mixture = Mixture(np.array([0.5, 0.5]), np.array([[-10.0], [10.0]]), np.full((2, 1), 0.01), np.inf)
    assert mixture.quantile(0.25)[0] == pytest.approx(-10, abs=1e-6)
    assert mixture.quantile(0.75)[0] == pytest.approx(10, abs=1e-6)


def test_the_density_is_the_slope_of_the_distribution_function() -> None:
    at = np.linspace(-4, 4, 17)
    for freedom in (3.0, 150.0, np.inf):
        slope = (student_cdf(at + 1e-4, freedom) - student_cdf(at - 1e-4, freedom)) / 2e-4
        assert student_pdf(at, freedom) == pytest.approx(slope, abs=2e-5)


def test_a_variance_with_a_single_part_has_the_quantiles_of_an_inverse_chi_square() -> None:
    """The 5 % and 95 % points of chi-square with 10 df are 3.940 and 18.307 (any table)."""
    low, high = (variance_quantiles(np.ones(1), np.array([[0.25, 1.0]]), np.array([20.0]), 10, p) for p in (0.05, 0.95))
    assert low == pytest.approx([5 / 18.307, 20 / 18.307], rel=1e-4)
    assert high == pytest.approx([5 / 3.940, 20 / 3.940], rel=1e-3)


def test_draws_have_the_means_variances_and_covariances_of_the_moments() -> None:
    shared = np.array([[[0.5, 0.0], [0.5, 0.3]]])
    moments = Moments(
        np.array([[[3.0], [4.0]]]),
        np.zeros((1, 2, 1)),
        np.zeros((1, 0)),
        np.zeros((1, 0)),
        np.array([[0.1, 0.2]]),
        shared,
    )
    draws = joint_draws(np.ones(1), moments, np.array([2.0]), np.inf, draws=200_000, seed=3)
    expected = 2.0 * (shared[0] @ shared[0].T + np.diag([0.1, 0.2]))
    assert draws.mean(axis=0) == pytest.approx([3, 4], abs=0.01)
    assert np.cov(draws.T) == pytest.approx(expected, abs=0.02)


def test_draws_are_dealt_to_points_by_weight_and_repeat_with_the_seed() -> None:
    none = np.zeros((3, 1, 1))
    moments = Moments(np.array([[[1.0]], [[2.0]], [[3.0]]]), none, none[:, 0], none[:, 0], none[:, :, 0], none)
    weights = np.array([0.5, 0.3, 0.2])
    one, two = (joint_draws(weights, moments, np.ones(3), 5, draws=1000, seed=1) for _ in range(2))
    assert np.unique(one, return_counts=True)[1].tolist() == [500, 300, 200]
    assert (one == two).all()
