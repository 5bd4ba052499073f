"""Where restricted maximum likelihood starts: variances from moments of the ratings.

Quadratic forms in the level sums of the ratings less their mean are set equal to their expectations (Rao's
MIVQUE(0), in the family of Henderson's method III): no equation needs solving, only sums of squares.
"""

import numpy as np
from attrs import evolve

from hiringkit.scoring.cells import Cells
from hiringkit.scoring.kernel import Columns, CrossProducts
from hiringkit.scoring.ratings import Floats

SMALLEST_SHARE = 0.01


def starting_variances(cells: Cells, cross: CrossProducts) -> Floats:
    """Return variances of the factors that stay, of the nested factor if there is one, and of the residual.

    Args:
        cells: The ratings.
        cross: Their cross-products without the nested factor.

    Returns:
        At least a hundredth of the variance of the ratings each, so that none starts at its boundary.
    """
    effects: Floats = np.asarray(np.linalg.solve(cross.products, cross.response.fixed), dtype=np.float64)
    squares = (cross.squares - float((effects * cross.response.fixed).sum())) / cross.responses
    freedom = cells.ratings / cross.responses - len(effects)
    variance = squares / freedom
    shared, traces = _expected(cells, cross)
    system = np.block([[shared, traces[:, None]], [traces, np.array([freedom])]])
    found = np.linalg.lstsq(system, np.append(_observed(cells, cross, effects), squares), rcond=1e-10)[0]
    return np.asarray(np.clip(found, SMALLEST_SHARE * variance, variance))


def _observed(cells: Cells, cross: CrossProducts, effects: Floats) -> Floats:
    """Return |Z_f'My|² by factor: squared level sums of the ratings less the fixed effects, the mean over responses."""
    left = Columns(
        cross.response.fixed,
        cross.response.eliminated - cross.fixed @ effects,
        cross.response.rest - cross.rest_fixed @ effects,
    )
    sums = [float((cross.part(left, factor) ** 2).sum()) for factor in range(len(cells.names))]
    if cells.nested is not None:
        own = cells.total - cells.weight * effects[0, 0] - cells.contrasts @ effects[cells.varying, 0]
        sums.append(float(own @ own))
    return np.array(sums) / cross.responses


def _expected(cells: Cells, cross: CrossProducts) -> tuple[Floats, Floats]:
    """Return tr Z_f'MZ_gZ_g'MZ_f by factors, and tr Z_f'MZ_f by factor, where M takes the mean away."""
    weight, whole = cells.weight, float(cells.weight.sum())
    weights = Columns(cross.products[:, :1], cross.diagonal, cross.rest_diagonal)
    ones = Columns(cross.products[:, :1], np.ones_like(cross.diagonal), np.ones_like(cross.rest_diagonal))
    plain, middle = _between(cells, _squared(cross), ones), _between(cells, cross, weights)
    lengths = np.diag(plain)
    if cells.nested is not None:
        length = float(weight @ weight)
        across = [float(weight**2 @ cross.part(weights, at)[cells.codes[at], 0]) for at in range(len(plain))]
        lengths = np.append(lengths, length)
        plain = np.pad(plain, (0, 1), constant_values=length)
        middle = np.block([[middle, np.array(across)[:, None]], [np.array([*across, float(weight**2 @ weight)])]])
    shared = plain - 2.0 * middle / whole + np.outer(lengths, lengths) / whole**2
    return shared, whole - lengths / whole


def _between(cells: Cells, cross: CrossProducts, values: Columns) -> Floats:
    """Return value_f' A_fg value_g for all pairs of factors that stay."""
    count = len(cells.names)
    found = np.zeros((count, count))
    for g in range(count):
        one = Columns(values.fixed, np.zeros_like(values.eliminated), np.zeros_like(values.rest))
        cross.part(one, g)[:] = cross.part(values, g)
        image = cross.times(one.eliminated, one.rest)
        found[:, g] = [float((cross.part(values, f) * cross.part(image, f)).sum()) for f in range(count)]
    return found


def _squared(cross: CrossProducts) -> CrossProducts:
    """Return the cross-products with every entry squared."""
    below = cross.rest_coupling
    return evolve(
        cross,
        diagonal=cross.diagonal**2,
        rest_diagonal=cross.rest_diagonal**2,
        coupling=cross.coupling.power(2),
        rest_coupling=None if below is None else below.power(2),
    )
