"""Krippendorff's alpha for any number of raters and four metrics, in time linear in the ratings.

Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. A unit rated by a single rater has no pairs and is
ignored. Pairs are never formed: it suffices to know how often each unit got each level.
"""

import numpy as np

from hiringkit.domain.agreement import Coefficient
from hiringkit.domain.practice import PanelSession
from hiringkit.scoring.agreement.jackknife import jackknife, without_each
from hiringkit.scoring.agreement.units import Units, compact
from hiringkit.scoring.arrays import Floats

METRICS = ("nominal", "ordinal", "interval", "ratio")


def disagreement(metric: str, levels: Floats, counts: Floats) -> Floats:
    """Return the squared differences of a metric: (V, V), zero on the diagonal.

    Args:
        metric: `nominal`, `ordinal`, `interval` or `ratio`.
        levels: (V,) the scale.
        counts: (V,) how often each level was given; only the ordinal metric asks for it. Its difference of
            two levels is the number of ratings from the middle of one to the middle of the other, which
            makes it the interval metric of mid-ranks.
    """
    if metric == "nominal":
        return 1.0 - np.eye(len(levels))
    if metric == "ratio":
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio = np.subtract.outer(levels, levels) / np.add.outer(levels, levels)
        return np.nan_to_num(ratio**2)
    place = np.cumsum(counts) - counts / 2.0 if metric == "ordinal" else levels
    return np.asarray(np.subtract.outer(place, place) ** 2)


def krippendorff_alpha(units: Units, metric: str, level: float = 0.9) -> Coefficient:
    """Compute alpha by one of `METRICS`.

    Args:
        units: The unit of analysis is the answer, candidate x question.
        metric: How differences are weighted.
        level: Of the interval, which takes the clusters (candidates) as the sampling units and, for the
            ordinal metric, the differences as given.

    Returns:
        No estimate where no unit has two ratings, or all paired ratings are the same.
    """
    paired = units.counts.sum(axis=1) > 1
    return alpha_of_metric(
        units, disagreement(metric, units.levels, units.counts[paired].sum(axis=0)), level, name=metric
    )


def panel_alpha(session: PanelSession) -> Coefficient:
    """Compute alpha, by interval differences, of the levels that a panel gave to sample answers.

    The invented candidate is the sampling unit: samples of one letter are taken for one.
    """
    rated = session.answers
    levels = np.unique([float(level) for answer in rated for level in answer.levels.values()])
    counts = np.array(
        [[list(answer.levels.values()).count(level) for level in levels] for answer in rated], dtype=float
    )
    names = sorted({answer.sample for answer in rated})
    cluster = np.array([names.index(answer.sample) for answer in rated], dtype=np.int64)
    nothing = np.zeros(0, dtype=np.int64)
    units = Units(counts.reshape(len(rated), len(levels)), levels, cluster, nothing, nothing, nothing)
    return krippendorff_alpha(units, "interval")


def alpha_of_metric(units: Units, difference: Floats, level: float = 0.9, *, name: str = "") -> Coefficient:
    """Compute alpha for a given (V, V) matrix of squared differences: 1 - observed / expected."""
    size = units.counts.sum(axis=1)
    paired = size > 1
    counts, size = units.counts[paired], size[paired]
    if not len(size):
        return Coefficient(None, weights=name)
    _, cluster = compact(units.cluster[paired], int(units.cluster.max()) + 1)
    observed = ((counts @ difference) * counts).sum(axis=1) / (size - 1.0)
    estimate = _alpha(observed.sum(), counts.sum(axis=0), difference)
    left_out = _alpha(without_each(observed, cluster), without_each(counts, cluster), difference)
    return jackknife(float(estimate), left_out, level, weights=name)


def _alpha(observed: Floats, counts: Floats, difference: Floats) -> Floats:
    """Return alpha for totals of observed disagreement (…) and counts of levels (…, V)."""
    expected = ((counts @ difference) * counts).sum(axis=-1) / (counts.sum(axis=-1) - 1.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1.0 - observed / expected, np.nan)
