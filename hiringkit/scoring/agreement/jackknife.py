"""Intervals of agreement coefficients: leave out one candidate at a time, on Fisher's z scale.

Chosen by simulation: with few candidates, bootstrap and linearised intervals have lower coverage.
benchmarks/agreement.py prints the coverage, which docs/agreement.md reports.
"""

import numpy as np

from hiringkit.domain.agreement import Coefficient
from hiringkit.scoring.arrays import Codes, Floats

NOTHING = Coefficient(None)
_SURE = 1e-12


def without_each(per_unit: Floats, cluster: Codes) -> Floats:
    """Return the totals that remain when each cluster in turn is left out.

    Args:
        per_unit: (U,) or (U, V) amounts.
        cluster: (U,) codes 0…G-1.

    Returns:
        (G,) or (G, V): total over all units minus the cluster's own.
    """
    if per_unit.ndim == 1:
        own = np.bincount(cluster, per_unit)
        return np.asarray(per_unit.sum() - own)
    columns = [without_each(column, cluster) for column in per_unit.T]
    return np.stack(columns, axis=1)


def jackknife(estimate: float, left_out: Floats, level: float, *, weights: str = "") -> Coefficient:
    """Make a coefficient of an estimate and its values with each cluster left out.

    The standard error is the jackknife's (Efron & Stein 1981, Annals of Statistics 9, 586-596); the
    interval is symmetric in z = artanh, with Student's t on G - 1 degrees of freedom, and so stays within
    -1 and 1.

    Args:
        estimate: From all units; not finite where the data do not determine it.
        left_out: (G,) the estimate without each cluster; non-finite values are ignored.
        level: Of the interval, such as 0.9.
        weights: The name of the weights, where the coefficient offers several.
    """
    if not np.isfinite(estimate):
        return Coefficient(None, weights=weights)
    known = left_out[np.isfinite(left_out)]
    size = len(known)
    if size < 2:  # noqa: PLR2004 - one value has no spread
        return Coefficient(float(estimate), weights=weights)
    error = float(np.sqrt((size - 1) / size * np.sum((known - known.mean()) ** 2)))
    return Coefficient(float(estimate), fisher_interval(estimate, error, size - 1, level), error, weights)


def fisher_interval(estimate: float, error: float, freedom: float, level: float) -> tuple[float, float] | None:
    """Return an interval symmetric in z = artanh(estimate); None where the data show no spread at all.

    Args:
        estimate: Within -1 and 1.
        error: Standard error of the estimate.
        freedom: Degrees of freedom of Student's t.
        level: Such as 0.9.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - numpy alone suffices until an interval is wanted

    room = 1.0 - estimate * estimate
    if error <= _SURE or room <= _SURE:
        return None
    half = stdtrit(freedom, (1.0 + level) / 2.0) * error / room
    centre = np.arctanh(estimate)
    return float(np.tanh(centre - half)), float(np.tanh(centre + half))
