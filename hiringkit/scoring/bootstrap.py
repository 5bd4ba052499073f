"""Intervals of generalizability by the parametric bootstrap: panels drawn from the components.

Candidates and interviewers are both drawn anew, so that intervals hold for other interviewers as well. How
well they cover is printed by benchmarks/agreement.py and stands in docs/agreement.md.
"""

from collections.abc import Callable, Iterator

import numpy as np

from hiringkit.domain.profile import Interval
from hiringkit.scoring.components import RESIDUAL, System
from hiringkit.scoring.generalizability import Components, Draws
from hiringkit.scoring.ratings import Floats

PANELS = 400
"""Panels that are drawn, fewer for more than 10,000 ratings."""
FEWEST = 100
"""Panels that are drawn of the largest designs."""
MOST_RATINGS = 100_000
"""With more ratings the panels would take seconds, and the interval is short anyway."""
AT_ONCE = 2_000_000
"""Most ratings held at a time."""


def drawn_components(system: System, components: Components, seed: int) -> Draws | None:
    """Estimate the components of simulated panels; None where there are more than `MOST_RATINGS`.

    Args:
        system: The equations of the design.
        components: What the panels are drawn from; negative ones count as zero.
        seed: The same seed gives the same panels.
    """
    n = len(system.groups[0])
    if n > MOST_RATINGS:
        return None
    rng = np.random.default_rng(seed)
    parts = [system.solve(_panels(system, components, rng, size)) for size in _blocks(n)]
    return {effect: np.concatenate([part[effect] for part in parts]) for effect in parts[0]}


def percentile_interval(of: Callable[[Draws], Floats], draws: Draws | None, level: float) -> Interval | None:
    """Return the interval between the quantiles of a coefficient over the drawn components.

    Args:
        of: From components, (B,) each, to the coefficient; what is not finite counts as zero, as no true
            variance.
        draws: The drawn components; without them there is no interval.
        level: Such as 0.9.
    """
    if draws is None:
        return None
    low, high = np.quantile(np.nan_to_num(of(draws)), [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return float(low), float(high)


def _blocks(n: int) -> Iterator[int]:
    panels = max(FEWEST, min(PANELS, 2 * AT_ONCE // n))
    size = max(1, min(panels, AT_ONCE // n))
    for start in range(0, panels, size):
        yield min(size, panels - start)


def _panels(system: System, components: Components, rng: np.random.Generator, size: int) -> Floats:
    """Draw (n, size) ratings of panels, without their mean."""
    values = _deviation(components, RESIDUAL) * rng.standard_normal((len(system.groups[0]), size))
    for effect, codes in zip(system.effects, system.groups, strict=True):
        values += (_deviation(components, effect) * rng.standard_normal((int(codes.max()) + 1, size)))[codes]
    return values


def _deviation(components: Components, effect: str) -> float:
    return float(np.sqrt(max(components[effect], 0.0)))
