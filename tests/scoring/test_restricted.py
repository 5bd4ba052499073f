"""Restricted maximum likelihood against published numbers."""

import numpy as np
import pytest

from hiringkit.scoring.calibrated.fit import fit_dense, fit_panel
from hiringkit.scoring.calibrated.prior import INTERVIEW
from hiringkit.scoring.design import Design, read_design
from hiringkit.scoring.ratings import Ratings, plain_blueprint

PENICILLIN = """
27 23 26 23 23 21  27 23 26 23 23 21  25 21 25 24 24 20
26 23 25 23 23 20  25 22 26 22 23 20  24 22 25 23 22 19
24 20 23 21 22 19  26 22 26 24 24 21  24 21 24 22 22 20
24 21 24 23 22 19  26 23 26 24 24 21  25 22 26 24 24 20
26 24 26 24 25 22  26 23 26 23 23 20  26 23 25 24 24 22
25 22 25 23 23 20  25 21 24 23 23 20  25 22 24 23 23 19
24 21 23 21 21 19  26 23 26 24 24 21  25 21 24 22 22 18
25 22 25 22 22 20  24 21 24 22 24 19  24 21 24 22 21 18
"""
"""Davies & Goldsmith (1972): zones of 24 plates (candidates here) by 6 samples (interviewers), in mm."""


def penicillin() -> Design:
    value = np.array(PENICILLIN.split(), dtype=float)
    plate, sample = (a.ravel() for a in np.meshgrid(np.arange(24), np.arange(6), indexing="ij"))
    columns = Ratings(
        plate,
        sample,
        np.zeros(144, dtype=np.int64),
        value,
        np.zeros(144, dtype=np.int8),
        np.ones(144),
        [f"plate-{k}" for k in range(24)],
        [f"sample-{k}" for k in range(6)],
    )
    return read_design(columns, plain_blueprint(["zone"], 18, 27, source="data"))


def test_penicillin_has_the_published_criterion_and_variances() -> None:
    """The published variances, from an optimizer with its own tolerance, are .7169051, 3.7311318 and .302415.

    The criterion is flat to the sixth decimal over them, so it is met exactly and they to four digits.
    """
    fit = fit_dense(penicillin(), ("candidate", "interviewer"), level=0.9, seed=0)
    assert fit.details["criterion"] == pytest.approx(330.860589, abs=1e-6)
    assert fit.variances["candidate"].estimate == pytest.approx(0.71691, abs=1e-5)
    assert fit.variances["interviewer"].estimate == pytest.approx(3.7311318, rel=1e-4)
    assert fit.variances["residual"].estimate == pytest.approx(0.302415, abs=1e-6)
    assert fit.converged


def test_in_a_complete_panel_estimates_are_those_of_the_mean_squares() -> None:
    """Searle, Casella & McCulloch (1992), section 4.7: those of analysis of variance while positive."""
    design = penicillin()
    table = design.rows.value.reshape(24, 6)
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    left = table - rows[:, None] - columns + table.mean()
    residual = (left**2).sum() / (23 * 5)
    fit = fit_dense(design, ("candidate", "interviewer"), level=0.9, seed=0)
    expected = {
        "candidate": rows.var(ddof=1) - residual / 6,
        "interviewer": columns.var(ddof=1) - residual / 24,
        "residual": residual,
    }
    for effect, value in expected.items():
        assert fit.variances[effect].estimate == pytest.approx(value, rel=1e-5)


def test_the_residual_variance_has_the_sampling_error_that_theory_gives_it() -> None:
    """Its mean square has 115 degrees of freedom: the logarithm's standard error is √(2/115)."""
    fit = fit_dense(penicillin(), ("candidate", "interviewer"), level=0.9, seed=0)
    interval = fit.variances["residual"].interval
    assert interval is not None
    assert np.log(interval[1] / interval[0]) / 2 / 1.6448536 == pytest.approx(np.sqrt(2 / 115), rel=1e-3)


def test_a_variance_at_zero_is_zero_and_has_no_interval() -> None:
    candidate, interviewer = (a.ravel() for a in np.meshgrid(np.arange(4), np.arange(4), indexing="ij"))
    columns = Ratings(
        candidate,
        interviewer,
        np.zeros(16, dtype=np.int64),
        3.0 + np.where((candidate + interviewer) % 2 == 0, 1.0, -1.0),
        np.zeros(16, dtype=np.int8),
        np.ones(16),
        list("abcd"),
        list("wxyz"),
    )
    design = read_design(columns, plain_blueprint(["q"], 1, 5, source="option"))
    fit = fit_dense(design, ("candidate", "interviewer"), level=0.9, seed=0)
    assert fit.variances["candidate"].estimate == 0.0
    assert fit.variances["candidate"].interval is None
    assert fit.score[:, 0] == pytest.approx(3.0, abs=1e-3)


def test_the_default_prior_yields_to_ratings_that_clearly_say_otherwise() -> None:
    """Samples differ seven times as much as was thought likely for interviewers: 3.5 residual deviations."""
    effects = ("candidate", "interviewer")
    fit = fit_panel(penicillin(), effects, level=0.9, seed=0, prior=INTERVIEW, other=None)
    for effect in effects:
        interval = fit.variances[effect].interval
        restricted = fit_dense(penicillin(), effects, level=0.9, seed=0).variances[effect].estimate
        assert interval is not None
        assert restricted is not None
        assert interval[0] < restricted < interval[1]
    assert fit.variances["interviewer"].estimate == pytest.approx(2.78, abs=0.1)
