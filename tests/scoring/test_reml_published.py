"""The mixed model beside published numbers."""

from typing import Any

import numpy as np
import pytest

from hiringkit.scoring.large.reml import RemlFit, fit_reml

# Davies and Goldsmith (1972), Statistical Methods in Research and Production: the diameter in mm of the zone
# where penicillin stopped growth, on 24 plates (rows) with 6 samples (columns) each.
ZONES = """
27 23 26 23 23 21 ; 27 23 26 23 23 21 ; 25 21 25 24 24 20 ; 26 23 25 23 23 20 ;
25 22 26 22 23 20 ; 24 22 25 23 22 19 ; 24 20 23 21 22 19 ; 26 22 26 24 24 21 ;
24 21 24 22 22 20 ; 24 21 24 23 22 19 ; 26 23 26 24 24 21 ; 25 22 26 24 24 20 ;
26 24 26 24 25 22 ; 26 23 26 23 23 20 ; 26 23 25 24 24 22 ; 25 22 25 23 23 20 ;
25 21 24 23 23 20 ; 25 22 24 23 23 19 ; 24 21 23 21 21 19 ; 26 23 26 24 24 21 ;
25 21 24 22 22 18 ; 25 22 25 22 22 20 ; 24 21 24 22 24 19 ; 24 21 24 22 21 18 ;
"""
PENICILLIN = np.array([row.split() for row in ZONES.split(";")[:-1]], dtype=np.float64)
PLATE, SAMPLE = (codes.ravel() for codes in np.indices(PENICILLIN.shape))


def fit_penicillin(**options: Any) -> RemlFit:
    return fit_reml(PENICILLIN.ravel(), None, None, {"plate": PLATE, "sample": SAMPLE}, **options)


class TestPublished:
    def test_penicillin_has_the_criterion_that_lme4_prints(self) -> None:
        fit = fit_penicillin()
        assert fit.log_likelihood is not None
        assert -2.0 * fit.log_likelihood == pytest.approx(330.860589, abs=1e-6)
        assert fit.method == "dense"

    def test_penicillin_has_the_variances_of_lme4_as_far_as_its_optimiser_goes(self) -> None:
        # lme4: 0.7169051, 3.7311318, 0.302415; its criterion there is above ours by less than its tolerance.
        fit = fit_penicillin()
        assert fit.variances["plate"] == pytest.approx(0.7169051, abs=5e-6)
        assert fit.variances["sample"] == pytest.approx(3.7311318, abs=5e-4)
        assert fit.residual == pytest.approx(0.302415, abs=1e-6)

    def test_a_balanced_table_has_the_variances_of_its_analysis_of_variance(self) -> None:
        mean = PENICILLIN.mean()
        rows, columns = PENICILLIN.mean(axis=1) - mean, PENICILLIN.mean(axis=0) - mean
        residual = ((PENICILLIN - mean - rows[:, None] - columns) ** 2).sum() / (23 * 5)
        fit = fit_penicillin(tolerance=1e-9)
        assert fit.residual == pytest.approx(residual, rel=1e-9)
        assert fit.variances["plate"] == pytest.approx(((rows**2).sum() * 6 / 23 - residual) / 6, rel=1e-9)
        assert fit.variances["sample"] == pytest.approx(((columns**2).sum() * 24 / 5 - residual) / 24, rel=1e-9)

    def test_penicillin_mean_and_its_standard_error_are_those_of_lme4(self) -> None:
        fit = fit_penicillin()
        assert fit.mean == pytest.approx(22.9722, abs=5e-5)
        assert np.sqrt(fit.mean_variance) == pytest.approx(0.8086, abs=5e-5)
