"""Henderson's first method, and the panels drawn from its components."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringkit.scoring.agreement.generalizability import (
    EFFECTS,
    FACETS,
    MOST_RATINGS,
    PANELS,
    DStudy,
    HendersonSystem,
    anova_components,
    components_of,
    drawn_components,
    percentile_interval,
    single_reliability,
    system_of,
)
from hiringkit.scoring.agreement.icc import mean_squares
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.ratings import Ratings

Make = Callable[[Floats], Ratings]


def sparse_panel(rng: np.random.Generator) -> Floats:
    """Twenty candidates, each before three of six interviewers, eight questions, a fifth of them skipped.

    Variances: candidate .36, interviewer .20, question .04, candidate:interviewer .09, residual .60.
    """
    scores = 0.6 * rng.normal(size=(20, 1, 1)) + 0.2**0.5 * rng.normal(size=(6, 1)) + 0.2 * rng.normal(size=8)
    scores = scores + 0.3 * rng.normal(size=(20, 6, 1)) + 0.6**0.5 * rng.normal(size=(20, 6, 8))
    seen = rng.random((20, 6, 1)).argsort(axis=1) < 3
    return np.where(seen & (rng.random(scores.shape) < 0.8), scores, np.nan)


def dense_expectations(columns: Ratings, system: HendersonSystem) -> Floats:
    """Return E[T_f - T_mean] per unit of each component as traces of textbook matrices."""
    n = len(columns)
    incidence = [np.eye(int(codes.max()) + 1)[codes] for codes in system.groups] + [np.eye(n)]
    projections = [z @ np.linalg.inv(z.T @ z) @ z.T for z in incidence]
    mean = np.full((n, n), 1 / n)
    return np.array([[np.trace((p - mean) @ z @ z.T) for z in incidence] for p in projections])


@given(shape=st.tuples(st.integers(3, 6), st.integers(2, 4), st.integers(2, 4)), seed=st.integers(0, 9999))
@settings(max_examples=25, deadline=None)
def test_a_complete_design_has_the_components_of_its_analysis_of_variance(
    columns_of_array: Make, shape: tuple[int, int, int], seed: int
) -> None:
    scores = np.random.default_rng(seed).normal(size=shape)
    columns = columns_of_array(scores)
    system = system_of(columns)
    assert system is not None
    assert components_of(columns, system) == pytest.approx(anova_components(scores, FACETS), abs=1e-8)


@pytest.mark.slow
@given(seed=st.integers(0, 9999))
@settings(max_examples=4, deadline=None)
def test_the_equations_equal_those_of_dense_matrices(columns_of_array: Make, seed: int) -> None:
    columns = columns_of_array(sparse_panel(np.random.default_rng(seed)))
    system = system_of(columns)
    assert system is not None
    assert system.matrix == pytest.approx(dense_expectations(columns, system), rel=1e-8, abs=1e-7)


@pytest.mark.slow
def test_the_components_of_incomplete_designs_are_unbiased(columns_of_array: Make) -> None:
    """The mean of 300 panels is within three of its standard errors of the truth."""
    rng = np.random.default_rng(11)
    found = []
    for _ in range(300):
        columns = columns_of_array(sparse_panel(rng))
        system = system_of(columns)
        assert system is not None
        assert system.effects == EFFECTS[:-1]
        found.append(list(components_of(columns, system).values()))
    estimates = np.array(found)
    error = estimates.std(axis=0) / np.sqrt(len(estimates))
    assert np.all(np.abs(estimates.mean(axis=0) - [0.36, 0.2, 0.04, 0.09, 0, 0, 0.6]) < 3 * error)


def test_an_effect_that_every_rating_has_to_itself_is_left_to_the_residual(columns_of_array: Make) -> None:
    columns = columns_of_array(np.random.default_rng(0).normal(size=(6, 3, 1)))
    system = system_of(columns)
    assert system is not None
    assert system.effects == ("candidate", "interviewer")


def test_the_penicillin_assay(columns_of_array: Make, published: dict[str, dict[str, Any]]) -> None:
    """In a complete design the exact REML variances are those of the sums of squares.

    The printed ones are an optimiser's and stop short of it by .0002, in the fifth digit.
    """
    example = published["penicillin"]
    columns = columns_of_array(example["diameter"][:, :, None])
    system = system_of(columns)
    assert system is not None
    assert components_of(columns, system) == pytest.approx(
        {
            "candidate": example["reml"]["variance_plate"],
            "interviewer": example["reml"]["variance_sample"],
            "residual": example["reml"]["variance_residual"],
        },
        rel=1e-4,
    )


def test_interviewers_who_rate_once_are_part_of_the_residual(columns_of_array: Make) -> None:
    """Six candidates, each with two interviewers of their own: a one-way analysis of variance."""
    scores = np.full((6, 12, 1), np.nan)
    ratings = np.random.default_rng(0).normal(size=(6, 2))
    for candidate in range(6):
        scores[candidate, 2 * candidate : 2 * candidate + 2, 0] = ratings[candidate]
    columns = columns_of_array(scores)
    system = system_of(columns)
    assert system is not None
    components = components_of(columns, system)
    between, within, _, _ = mean_squares(ratings)
    assert components == pytest.approx({"candidate": (between - within) / 2, "residual": within})


def test_interviewers_with_one_candidate_each_cannot_be_told_apart(columns_of_array: Make) -> None:
    own = np.where(np.eye(4)[:, :, None] == 1, np.random.default_rng(0).normal(size=(4, 4, 3)), np.nan)
    assert system_of(columns_of_array(own)) is None


def test_the_same_seed_draws_the_same_panels(columns_of_array: Make) -> None:
    columns = columns_of_array(sparse_panel(np.random.default_rng(2)))
    system = system_of(columns)
    assert system is not None
    components = components_of(columns, system)
    one, same, other = (drawn_components(system, components, seed) for seed in (5, 5, 6))
    assert one is not None
    assert same is not None
    assert other is not None
    assert len(one["candidate"]) == PANELS
    assert one["candidate"].tolist() == same["candidate"].tolist() != other["candidate"].tolist()


def test_drawn_components_scatter_around_those_they_are_drawn_from(columns_of_array: Make) -> None:
    columns = columns_of_array(sparse_panel(np.random.default_rng(2)))
    system = system_of(columns)
    assert system is not None
    truth = dict.fromkeys((*system.effects, "residual"), 0.3)
    drawn = drawn_components(system, truth, 1)
    assert drawn is not None
    for effect, values in drawn.items():
        assert abs(values.mean() - truth[effect]) < 4 * values.std() / np.sqrt(PANELS), effect


def test_the_interval_lies_between_quantiles_of_the_drawn_coefficients() -> None:
    drawn = {"candidate": np.linspace(0, 1, 101), "interviewer": np.zeros(101), "residual": np.ones(101)}
    found = percentile_interval(lambda d: single_reliability(d, DStudy(2)), drawn, 0.9)
    assert found == pytest.approx((0.05 / 1.05, 0.95 / 1.95))


def test_too_many_ratings_get_no_interval(columns_of_array: Make) -> None:
    columns = columns_of_array(np.random.default_rng(0).normal(size=(MOST_RATINGS // 100 + 1, 100, 1)))
    system = system_of(columns)
    assert system is not None
    drawn = drawn_components(system, components_of(columns, system), 0)
    assert drawn is None
    assert percentile_interval(lambda d: single_reliability(d, DStudy(2)), drawn, 0.9) is None
