"""Normal intervals and draws, where so much is known that variances are as good as given."""

from collections.abc import Mapping

import numpy as np

from hiringkit.domain.profile import Variance
from hiringkit.scoring.ratings import Floats

DRAWN = 2_000
"""Candidates up to whom scores are drawn, to be compared pair by pair."""
DRAWS = 4_000


def half_width(variance: Floats, level: float) -> Floats:
    """Return half the width of intervals of what has errors of these variances."""
    from scipy.special import ndtri  # noqa: PLC0415 - only where numbers are wanted

    return np.asarray(ndtri((1 + level) / 2) * np.sqrt(np.maximum(variance, 0.0)))


def variance_intervals(
    estimates: Mapping[str, float], errors: Mapping[str, float], level: float
) -> dict[str, Variance]:
    """Give every variance an interval that is normal in its logarithm; none at the boundary."""
    from scipy.special import ndtri  # noqa: PLC0415 - only where numbers are wanted

    z, out = float(ndtri((1 + level) / 2)), {}
    for name, estimate in estimates.items():
        error = errors.get(name, np.nan)
        if estimate > 0 and np.isfinite(error):
            factor = float(np.exp(z * error / estimate))
            out[name] = Variance(estimate, (estimate / factor, estimate * factor))
        else:
            out[name] = Variance(estimate)
    return out


def independent_draws(score: Floats, deviation: Floats, seed: int) -> Floats | None:
    """Draw scores, each by itself; None where there are too many candidates to be compared pair by pair."""
    if len(score) > DRAWN:
        return None
    return score + deviation * np.random.default_rng(seed).standard_normal((DRAWS, len(score)))
