"""Mixed models of data that carry little: boundaries, ties, and what is no model."""

from typing import Any

import numpy as np
import pytest

from hiringkit.errors import Refused
from hiringkit.scoring.large.reml import fit_reml


class TestDegenerate:
    def test_a_variance_at_its_boundary_is_zero_and_named(self) -> None:
        rng = np.random.default_rng(10)
        candidate, interviewer = np.repeat(np.arange(12), 5), np.tile(np.arange(5), 12)
        value = rng.normal(0, 1, 12)[candidate] + rng.normal(0, 1, 60)
        value -= (np.bincount(interviewer, value) / 12)[interviewer]
        fit = fit_reml(value, None, None, {"candidate": candidate, "interviewer": interviewer})
        assert fit.converged
        assert fit.boundary == ("interviewer",)
        assert fit.variances["interviewer"] == 0.0
        assert np.isnan(fit.standard_errors["interviewer"])
        assert fit.effects["interviewer"].tolist() == [0.0] * 5
        assert fit.effect_variances["interviewer"].tolist() == [0.0] * 5
        alone = fit_reml(value, None, None, {"candidate": candidate})
        assert fit.variances["candidate"] == pytest.approx(alone.variances["candidate"], rel=1e-5)

    def test_two_effects_of_the_same_codes_share_a_variance_that_is_not_told_apart(self) -> None:
        rng = np.random.default_rng(11)
        codes = np.repeat(np.arange(20), 4)
        value = rng.normal(0, 1, 20)[codes] + rng.normal(0, 1, 80)
        alone = fit_reml(value, None, None, {"candidate": codes})
        both = fit_reml(value, None, None, {"candidate": codes, "twin": codes})
        assert both.converged
        assert sum(both.variances.values()) == pytest.approx(alone.variances["candidate"], rel=1e-5)
        assert both.standard_errors["twin"] == np.inf
        assert np.isfinite(both.standard_errors["residual"])

    def test_one_interviewer_leaves_a_variance_that_the_data_do_not_carry(self) -> None:
        rng = np.random.default_rng(12)
        codes = np.repeat(np.arange(20), 4)
        value = rng.normal(0, 1, 20)[codes] + rng.normal(0, 1, 80)
        fit = fit_reml(value, None, None, {"candidate": codes, "interviewer": np.zeros(80, dtype=np.int64)})
        assert fit.effects["interviewer"][0] == pytest.approx(0.0, abs=1e-9)
        assert fit.variances["candidate"] == pytest.approx(
            fit_reml(value, None, None, {"candidate": codes}).variances["candidate"], rel=1e-4
        )

    def test_equal_ratings_have_no_variance_at_all(self) -> None:
        codes = np.repeat(np.arange(4), 3)
        fit = fit_reml(np.full(12, 4.0), None, np.tile(np.arange(3), 4), {"candidate": codes})
        assert fit.boundary == ("candidate", "residual")
        assert fit.residual == 0.0
        assert fit.fixed.tolist() == pytest.approx([4.0, 4.0, 4.0])
        assert fit.effects["candidate"].tolist() == [0.0] * 4
        assert fit.converged

    def test_ratings_that_do_not_outnumber_the_fixed_effects_are_refused(self) -> None:
        codes = np.arange(3)
        with pytest.raises(Refused, match="so few ratings"):
            fit_reml(np.array([1.0, 2.0, 3.0]), None, codes, {"candidate": codes})

    @pytest.mark.parametrize(
        ("value", "weight", "factors"),
        [
            ([1.0, 2.0, 3.0], None, {}),
            ([1.0, np.nan, 3.0], None, {"candidate": [0, 1, 1]}),
            ([1.0, 2.0, 3.0], [1.0, 0.0, 1.0], {"candidate": [0, 1, 1]}),
            ([1.0, 2.0, 3.0], None, {"candidate": [0, 1]}),
        ],
        ids=["no effect", "not a number", "no weight", "lengths"],
    )
    def test_columns_that_make_no_model_are_errors(self, value: Any, weight: Any, factors: Any) -> None:
        columns = {name: np.array(codes, dtype=np.int64) for name, codes in factors.items()}
        with pytest.raises(ValueError, match=r"must|needs"):
            fit_reml(np.array(value), None if weight is None else np.array(weight), None, columns)
