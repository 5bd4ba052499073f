"""Agreement corrected for chance: Gwet's AC1 and AC2, Fleiss, Brennan-Prediger, Cohen and Conger.

All are (observed - chance) / (1 - chance) and differ in their definition of chance agreement. Formulas for missing
ratings and weights: Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., chapters 2-6. The unit is the answer,
candidate x question; units rated once take part in the chance term only.
"""

from collections.abc import Callable

import numpy as np
from attrs import evolve, frozen

from hiringkit.domain.agreement import Coefficient
from hiringkit.scoring.agreement.jackknife import jackknife, without_each
from hiringkit.scoring.agreement.units import Units, compact
from hiringkit.scoring.arrays import Codes, Floats

WEIGHTS = ("identity", "linear", "quadratic", "ordinal")

Chance = Callable[[Floats], Floats]
"""From shares of levels (…, V) to chance agreement (…)."""


def weight_matrix(name: str, levels: Floats) -> Floats:
    """Return agreement weights: (V, V), 1 on the diagonal, 0 for the farthest levels.

    Args:
        name: `identity` (any difference is a disagreement), `linear`, `quadratic`, or `ordinal` (Gwet's:
            by the number of pairs of levels in the range between the two; not Krippendorff's ordinal metric).
        levels: (V,) ascending.
    """
    if name == "identity" or len(levels) == 1:
        return np.eye(len(levels))
    place = np.arange(len(levels), dtype=np.float64) if name == "ordinal" else levels
    apart = np.abs(np.subtract.outer(place, place))
    distance = {"linear": apart, "quadratic": apart**2, "ordinal": apart * (apart + 1.0) / 2.0}[name]
    return np.asarray(1.0 - distance / distance.max())


def gwet(units: Units, weights: str = "identity", level: float = 0.9) -> Coefficient:
    """Compute Gwet's AC1 (identity weights) or AC2 with Gwet's standard error.

    Gwet (2008), British Journal of Mathematical and Statistical Psychology 61, 29-48. Chance is the
    agreement of raters who guess on the answers that are hard to rate. Every level of the scale counts, whether given
    or not.
    """
    matrix = weight_matrix(weights, units.levels)
    chance = _gwet_chance(matrix)
    seen = _seen(units, matrix)
    coefficient = _coefficient(seen, chance, level, weights)
    if coefficient.estimate is None:
        return coefficient
    return evolve(coefficient, standard_error=_gwet_error(seen, matrix, coefficient.estimate))


def fleiss_kappa(units: Units, weights: str = "identity", level: float = 0.9) -> Coefficient:
    """Compute Fleiss' kappa, also weighted and with missing ratings.

    Fleiss (1971), Psychological Bulletin 76, 378-382. Chance: two raters who draw from the same shares of
    levels.
    """
    matrix = weight_matrix(weights, units.levels)
    return _coefficient(_seen(units, matrix), lambda p: ((p @ matrix) * p).sum(axis=-1), level, weights)


def conger_kappa(units: Units, weights: str = "identity", level: float = 0.9) -> Coefficient:
    """Compute Conger's kappa: Cohen's, generalised to any number of raters and missing ratings.

    Conger (1980), Psychological Bulletin 88, 322-328. Chance: pairs of different raters, each with their
    own shares of levels. For two raters of the same units it is Cohen's (weighted) kappa. The interval is
    linearised.
    """
    matrix = weight_matrix(weights, units.levels)
    seen = _seen(units, matrix)
    chance, pull = _conger_chance(units, matrix)
    if not seen.paired or not np.isfinite(chance) or chance >= 1.0:
        return Coefficient(None, weights=weights)
    observed = seen.agreement.sum() / seen.paired
    estimate = (observed - chance) / (1.0 - chance)
    influence = ((seen.agreement - seen.pairs * observed) / seen.paired - (1.0 - estimate) * pull) / (1.0 - chance)
    own = np.bincount(seen.cluster, influence)
    return jackknife(float(estimate), estimate - own * len(own) / max(len(own) - 1, 1), level, weights=weights)


@frozen(eq=False)
class _Seen:
    """What was observed, by unit."""

    agreement: Floats
    """(U,) share of agreeing pairs, weighted; 0 where there is no pair."""
    pairs: Floats
    """(U,) 1 where the unit has a pair, else 0."""
    shares: Floats
    """(U, V) shares of the levels among the unit's ratings."""
    cluster: Codes
    """(U,)."""

    @property
    def paired(self) -> float:
        """The number of units with a pair."""
        return float(self.pairs.sum())


def _seen(units: Units, matrix: Floats) -> _Seen:
    size = units.counts.sum(axis=1)
    rated = size > 0
    counts, size = units.counts[rated], size[rated]
    pairs = size > 1
    agreeing = (counts * (counts @ matrix - 1.0)).sum(axis=1)
    agreement = agreeing / np.where(pairs, size * (size - 1.0), np.inf)
    _, cluster = compact(units.cluster[rated], int(units.cluster.max(initial=0)) + 1)
    return _Seen(agreement, pairs.astype(np.float64), counts / size[:, None], cluster)


def _coefficient(seen: _Seen, chance: Chance, level: float, weights: str) -> Coefficient:
    if not seen.paired:
        return Coefficient(None, weights=weights)
    cluster, one = seen.cluster, np.ones(len(seen.cluster))
    estimate = _corrected(seen.agreement.sum(), np.asarray(seen.paired), chance(seen.shares.mean(axis=0)))
    left_shares = without_each(seen.shares, cluster)
    left_units = without_each(one, cluster)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = left_shares / left_units[:, None]
    left_out = _corrected(without_each(seen.agreement, cluster), without_each(seen.pairs, cluster), chance(shares))
    return jackknife(float(estimate), left_out, level, weights=weights)


def _corrected(agreeing: Floats, pairs: Floats, chance: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        kappa = (agreeing / pairs - chance) / (1.0 - chance)
    return np.where((pairs > 0) & (chance < 1.0), kappa, np.nan)


def _gwet_chance(matrix: Floats) -> Chance:
    size = len(matrix)
    scale = float(matrix.sum()) / (size * (size - 1.0)) if size > 1 else 0.0
    return lambda p: scale * (p * (1.0 - p)).sum(axis=-1)


def _gwet_error(seen: _Seen, matrix: Floats, estimate: float) -> float | None:
    """Return Gwet's linearised standard error (2014, equation 5.3.14), summed within clusters first.

    Following Gwet, a unit rated once counts as one without any agreement, which is conservative.
    """
    size, clusters = len(matrix), int(seen.cluster.max()) + 1
    if clusters < 2 or size < 2:  # noqa: PLR2004 - one value has no spread
        return None
    shares, n = seen.shares.mean(axis=0), len(seen.pairs)
    chance = float(_gwet_chance(matrix)(shares))
    scale = float(matrix.sum()) / (size * (size - 1.0))
    pull = scale * (seen.shares - shares) @ (1.0 - 2.0 * shares)
    own = n / seen.paired * (seen.agreement - chance * seen.pairs) - (1.0 - estimate) * pull
    influence = np.bincount(seen.cluster, own / (1.0 - chance) - estimate) / n
    return float(np.sqrt(clusters / (clusters - 1.0) * np.sum(influence**2)))


def _conger_chance(units: Units, matrix: Floats) -> tuple[float, Floats]:
    """Return chance agreement over pairs of different raters, and each rated unit's pull on it: (U',)."""
    _, rater = compact(units.rater, int(units.rater.max(initial=0)) + 1)
    raters, size = int(rater.max(initial=-1)) + 1, len(units.levels)
    if raters < 2:  # noqa: PLR2004 - a pair
        return float("nan"), np.zeros(0)
    table = np.bincount(rater * size + units.level, minlength=raters * size).reshape(raters, size)
    given = table.sum(axis=1)
    shares = table / given[:, None]
    others = (shares.sum(axis=0) - shares) @ matrix
    pairs = raters * (raters - 1.0)
    met = (shares * others).sum(axis=1)
    pull = 2.0 / pairs * (others[rater, units.level] - met[rater]) / given[rater]
    by_unit = np.bincount(units.unit, pull, minlength=len(units.counts))
    return float(met.sum() / pairs), by_unit[units.counts.sum(axis=1) > 0]
