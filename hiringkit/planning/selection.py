"""What a selection by unreliable scores is worth.

True scores and observed ones are taken as bivariate normal, with the square root of the reliability as their
correlation (Bartoš & Martinková, 2024, "Selecting applicants based on multiple ratings: Using binary classification
framework as an alternative to inter-rater reliability", British Journal of Mathematical and Statistical Psychology,
https://doi.org/10.1111/bmsp.12343; R package IRR2FPR). Several interviews of a candidate are averaged
(Spearman-Brown); all candidates meet the same interviewers, so that severity cancels.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import special

from hiringkit.domain.selection import Band, InterviewReliability, PanelChoice, PanelSize, SelectionQuality
from hiringkit.errors import UsageProblem
from hiringkit.text.sentence import Sentence

Floats = npt.NDArray[np.float64]

MOST_TRIED = 50
"""Interviewers up to which a target is looked for beyond the sizes that were asked about."""
MOST_CANDIDATES = 10_000
_NO_GAIN = 1e-9
_TINY = 1e-100
"""Stands for zero where something is divided by it."""
_NOTHING = 1e-18
"""Below this, all places of an integrand together are less than rounding error."""
_HALF_STEP = np.arange(-8.0, 8.0, 0.1) + 0.05
"""Where integrands are taken: they vanish at both ends, so equal steps converge faster than any power; none is 0."""


def spearman_brown(single: float, times: float) -> float:
    """Return the reliability of a mean of so many measurements of this reliability."""
    return single * times / (1.0 + single * (times - 1.0))


def selection_quality(reliability: float, hire: int, of: int) -> SelectionQuality:
    """Return how well the best are found.

    The rates are those of Bartoš & Martinková: what holds for a share selected of very many. The chance of the best
    and the regret are exact for this number of candidates.

    Args:
        reliability: Of the scores that select, 0 to 1.
        hire: Those with the highest scores are hired, at least one.
        of: Candidates, more than are hired.

    Raises:
        UsageProblem: A number is outside its range.
    """
    if not 0.0 <= reliability <= 1.0:
        raise UsageProblem(
            Sentence("{value:g} is no reliability").format(value=reliability), hint="from 0, chance, to 1, certainty"
        )
    if not 1 <= hire < of <= MOST_CANDIDATES:
        raise UsageProblem(
            Sentence("{hire} of {of} cannot be selected").format(hire=hire, of=of),
            hint=Sentence("at least one, fewer than there are candidates, of at most {most}").format(
                most=MOST_CANDIDATES
            ),
        )
    correlation, share = math.sqrt(reliability), hire / of
    right = _true_positive_rate(correlation, share)
    return SelectionQuality(
        chance_best=_chance_of_best(correlation, hire, of),
        regret=(1.0 - correlation) * _mean_of_top(hire, of),
        true_positive_rate=right,
        false_positive_rate=1.0 - right,
        false_negative_rate=share * (1.0 - right) / (1.0 - share),
    )


def _true_positive_rate(correlation: float, share: float) -> float:
    """Return the probability of being among the best `share` in truth, given that one is by score."""
    cut = float(special.ndtri(1.0 - share))
    both = 1.0 - 2.0 * (1.0 - share) + float(_both_below(np.array([cut]), np.array([cut]), correlation)[0])
    return min(max(both / share, 0.0), 1.0)


def _both_below(x: Floats, y: Floats, correlation: float) -> Floats:
    """Return P(X < x, Y < y) of a standard bivariate normal, by Owen's T function (Owen, 1956)."""
    if correlation >= 1.0:
        return np.asarray(special.ndtr(np.minimum(x, y)))
    x, y = (np.where(np.abs(each) < _TINY, _TINY, each) for each in (x, y))
    other = math.sqrt(1.0 - correlation**2)
    parts = special.owens_t(x, (y / x - correlation) / other) + special.owens_t(y, (x / y - correlation) / other)
    return np.asarray(0.5 * (special.ndtr(x) + special.ndtr(y)) - parts - np.where((x < 0.0) != (y < 0.0), 0.5, 0.0))


def _chance_of_best(correlation: float, hire: int, of: int) -> float:
    """Return the probability that whoever is best in truth is among the highest scores.

    For the best candidate with true score y and observed score x, all others are below y in truth; of these each
    scores above x with the same probability, and fewer than `hire` of them may.
    """
    x, noise = _HALF_STEP[:, None], _HALF_STEP[None, :]
    y = correlation * x + math.sqrt(1.0 - correlation**2) * noise
    below = special.ndtr(y)
    density = of * np.exp(-0.5 * (x**2 + noise**2)) / (2.0 * math.pi) * below ** (of - 1)
    counts = density > _NOTHING
    both = _both_below(np.broadcast_to(x, y.shape)[counts], y[counts], correlation)
    above = np.clip(1.0 - both / np.maximum(below[counts], _TINY), 0.0, 1.0)
    found = density[counts] * special.bdtr(hire - 1, of - 1, above)
    return min(float(found.sum() * 0.1**2), 1.0)


def _mean_of_top(hire: int, of: int) -> float:
    """Return the expected mean of the `hire` largest of `of` standard normal values."""
    x = _HALF_STEP
    density = np.exp(-0.5 * x**2) / math.sqrt(2.0 * math.pi)
    among = special.bdtr(hire - 1, of - 1, special.ndtr(-x))
    return float((x * density * among).sum() * 0.1 * of / hire)


def compare_sizes(
    reliability: InterviewReliability,
    sizes: Sequence[int],
    *,
    hire: int,
    of: int,
    minutes: float,
    target: float | None = None,
    opening: str = "",
) -> PanelChoice:
    """Set panels of several sizes beside each other.

    Args:
        reliability: Of one interview.
        sizes: Numbers of interviewers for each candidate, each at least one.
        hire: How many are hired.
        of: How many candidates there are.
        minutes: Of one interview.
        target: The chance of hiring the best that is wanted.
        opening: The opening that is asked about.

    Raises:
        UsageProblem: A number is outside its range.
    """
    rows = tuple(_size(reliability, size, hire, of, minutes) for size in sorted(set(sizes)))
    cheapest = enough = None
    if target is not None:
        cheapest = next((each.interviewers for each in rows if each.quality.chance_best >= target), None)
        if cheapest is None:
            enough = next(
                (n for n in range(1, MOST_TRIED + 1) if _chance(reliability.single, n, hire, of) >= target), None
            )
    return PanelChoice(hire, of, minutes, reliability, rows, target, cheapest, enough, opening)


def _size(reliability: InterviewReliability, size: int, hire: int, of: int, minutes: float) -> PanelSize:
    combined = spearman_brown(reliability.single, size)
    quality = selection_quality(combined, hire, of)
    gained = 100.0 * (quality.chance_best - _chance(reliability.single, size - 1, hire, of))
    return PanelSize(
        interviewers=size,
        reliability=combined,
        quality=quality,
        chance_band=_chances(reliability.band, size, hire, of),
        minutes=size * minutes * of,
        minutes_per_point=minutes * of / gained if gained > _NO_GAIN else None,
    )


def _chances(band: Band | None, size: int, hire: int, of: int) -> Band | None:
    if band is None:
        return None
    low, high = (_chance(each, size, hire, of) for each in band)
    return low, high


def _chance(single: float, size: int, hire: int, of: int) -> float:
    """Return the chance of hiring the best with so many interviewers; with none it is a draw of lots."""
    return selection_quality(spearman_brown(single, size), hire, of).chance_best if size else hire / of
