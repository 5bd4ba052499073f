"""Level, pattern and occasion noise by variance components of raters crossed with cases.

With the level of rater r on case c at occasion o as y = μ + case + level_r + pattern_rc + occasion_rco, system noise is
the variance among raters of the same case: σ²_level + σ²_pattern. Pattern noise has a stable part and occasion noise
(Kahneman, Sibony & Sunstein 2021, chs. 6 and 8); without a repeat the two cannot be told apart.

Estimates are those of the analysis of variance, negative ones 0 (Searle, Casella & McCulloch 1992, ch. 4). Intervals
are generalised confidence intervals (Weerahandi 1993): each mean square is its sum of squares over a chi-square
deviate of its degrees of freedom, and the parts are worked out of these.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from hiringkit.domain.noise import NoisePart, NoiseParts, RaterNoise
from hiringkit.scoring.arrays import Floats

DRAWS = 50_000
RATERS, CASES = 3, 6
"""Fewest raters and cases for anything but counts."""
REPEATS = 6
"""Fewest cells rated twice for occasion noise."""


@frozen(eq=False)
class MeasuredNoise:
    """What everybody's levels show."""

    bias: float
    parts: NoiseParts
    people: tuple[RaterNoise, ...]


def measure_noise(
    levels: Sequence[Sequence[float]],
    reasoned: Sequence[float],
    twice: Sequence[Sequence[tuple[float, float]]],
    level: float,
) -> MeasuredNoise:
    """Split the noise and describe everybody, without labels.

    Args:
        levels: By person and answer, as given the first time; complete.
        reasoned: Of the answers.
        twice: By person, first and second level of the answers that were rated twice.
        level: Of intervals.
    """
    table, right = np.array(levels, dtype=np.float64), np.array(reasoned, dtype=np.float64)
    differences = [np.array([then - first for first, then in each], dtype=np.float64) for each in twice]
    away = table - table.mean(axis=0)
    own = away.mean(axis=1)
    left = np.sqrt(((away - own[:, None]) ** 2).sum(axis=1) / (table.shape[1] - 1))
    distance = np.abs(table - right).mean(axis=1)
    people = tuple(
        RaterNoise(
            "",
            float(own[r]),
            float(left[r]),
            float(np.sqrt((each**2).mean() / 2)) if len(each) else None,
            float(distance[r]),
        )
        for r, each in enumerate(differences)
    )
    return MeasuredNoise(float((table - right).mean()), split_noise(table, np.concatenate(differences), level), people)


def split_noise(levels: Floats, differences: Floats, level: float) -> NoiseParts:
    """Split the noise of raters crossed with cases.

    Args:
        levels: (r, c) given the first time, complete.
        differences: (k,) second less first level of the cells that were rated twice.
        level: Of intervals.
    """
    raters, cases = levels.shape
    if raters < RATERS or cases < CASES:
        return NoiseParts()
    center, rows, columns = levels.mean(), levels.mean(axis=1), levels.mean(axis=0)
    between = float(cases * ((rows - center) ** 2).sum())
    rest = float(((levels - rows[:, None] - columns + center) ** 2).sum())
    freedom = (raters - 1, (raters - 1) * (cases - 1), len(differences))
    rng = np.random.default_rng(0)
    squares = [between / freedom[0], rest / freedom[1]]
    drawn = [between / rng.chisquare(freedom[0], DRAWS), rest / rng.chisquare(freedom[1], DRAWS)]
    if repeated := len(differences) >= REPEATS:
        twice = float((differences**2).sum() / 2)
        squares.append(twice / freedom[2])
        drawn.append(twice / rng.chisquare(freedom[2], DRAWS))
    estimate, draws = (_parts(*each, cases=cases) for each in (squares, drawn))
    system = estimate[0]
    tail = (1 - level) / 2

    def part(k: int) -> NoisePart:
        if k > 2 and not repeated:  # noqa: PLR2004 - the parts of pattern noise
            return NoisePart()
        low, high = np.sqrt(np.quantile(draws[k], [tail, 1 - tail])).tolist()
        share = float(estimate[k] / system) if system > 0 else None
        # where all of an interval is 0, chance has left less than the model allows for: that rules nothing out
        return NoisePart(float(np.sqrt(estimate[k])), (low, high) if high > 0 else None, share)

    return NoiseParts(*(part(k) for k in range(5)))


def _parts(between: Floats, rest: Floats, twice: Floats | float = 0.0, *, cases: int) -> list[Floats]:
    """Return system, level, pattern, stable pattern and occasion noise, as variances, of mean squares."""
    level = np.maximum((between - rest) / cases, 0.0)
    pattern = np.asarray(rest, dtype=np.float64)
    # the occasion is part of the pattern, and never more than all of it
    occasion = np.minimum(twice, pattern)
    return [level + pattern, level, pattern, pattern - occasion, occasion]
