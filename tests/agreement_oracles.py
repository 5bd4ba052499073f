"""Tables as units, and coefficients by other formulas than the product's, to test those against."""

import numpy as np

from hiringkit.scoring.agreement.kappa import fleiss_kappa
from hiringkit.scoring.agreement.units import Units
from hiringkit.scoring.arrays import Floats


def units_from_table(table: Floats, levels: Floats | None = None) -> Units:
    """Make units of a table, each row its own cluster.

    Args:
        table: (U, R) rating of unit u by rater r, NaN where there is none.
        levels: (V,) the scale, ascending; by default the values that occur.
    """
    unit, rater = np.nonzero(np.isfinite(table))
    values = table[unit, rater]
    scale = np.unique(values) if levels is None else levels
    level = np.searchsorted(scale, values).astype(np.int64)
    counts = np.zeros((len(table), len(scale)))
    np.add.at(counts, (unit, level), 1.0)
    return Units(counts, scale, np.arange(len(table)), unit, rater, level)


def fleiss_z(units: Units) -> float:
    """Return z of the hypothesis that Fleiss' kappa is zero, for equally many ratings of each unit.

    The variance is that of Fleiss, Nee & Landis (1979), Psychological Bulletin 86, 974-977.
    """
    kappa = fleiss_kappa(units).estimate
    n, m = len(units.counts), units.counts.sum(axis=1).mean()
    p = units.counts.sum(axis=0) / units.counts.sum()
    spread = float(np.sum(p * (1.0 - p)))
    skew = float(np.sum(p * (1.0 - p) * (1.0 - 2.0 * p)))
    if kappa is None or m <= 1.0 or spread <= 0.0:
        return float("nan")
    error = np.sqrt(2.0 * (spread**2 - skew)) / (spread * np.sqrt(n * m * (m - 1.0)))
    return float(kappa / error)


def cohen_kappa(joint: Floats, disagreements: Floats | None = None) -> float | None:
    """Compute Cohen's kappa of two raters from their joint table, weighted if disagreement weights are given.

    Cohen (1968), Psychological Bulletin 70, 213-220: 1 - sum(v p) / sum(v chance).

    Args:
        joint: (V, V) counts or proportions, first rater in rows.
        disagreements: (V, V) zero on the diagonal; without them every disagreement counts 1.
    """
    v = 1.0 - np.eye(len(joint)) if disagreements is None else disagreements
    total = joint.sum()
    chance = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    expected = float(np.sum(v * chance))
    return 1.0 - float(np.sum(v * joint) * total) / expected if expected > 0 else None
