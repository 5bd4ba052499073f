"""The sparse cross-products of a shard of ratings: Z'WZ, Z'WX and Z'Wy, with the largest factor set apart.

Henderson's mixed-model equations need nothing else from the ratings. A factor that is nested in all others, as
candidate:interviewer is, is absorbed first: a cell of weight w then counts as w λ/(w + λ), λ = σ²/σ_pair²,
because the variances of pair and residual combine. The largest of the other factors has a diagonal block
of its own (no rating has two of its levels), so it can be eliminated exactly at no cost.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.large.cells import RatingCells, added

if TYPE_CHECKING:
    from scipy.sparse import csr_array


_EMPTY: Floats = np.zeros(0)


@frozen(eq=False)
class Columns:
    """k right-hand sides or solutions of the mixed-model equations, in three parts."""

    fixed: Floats
    """(p, k) fixed effects in their basis."""
    eliminated: Floats
    """(E, k) levels of the largest factor."""
    rest: Floats
    """(r, k) levels of all other factors, one after another."""

    def dot(self, other: "Columns") -> Floats:
        """Return the (k, k) inner products of all columns with all columns of `other`."""
        return self.fixed.T @ other.fixed + self.eliminated.T @ other.eliminated + self.rest.T @ other.rest


@frozen(eq=False)
class CrossProducts:
    """Z'WZ, Z'WX, X'WX and the products with y, after absorption of the nested factor."""

    eliminated: int
    """Position of the largest factor among the names of the cells."""
    slices: Mapping[int, slice]
    """Position of every other factor: where its levels stand among the remaining ones."""
    diagonal: Floats
    """(E, 1) weight of each level of the eliminated factor."""
    rest_diagonal: Floats
    """(r, 1) weight of each remaining level."""
    coupling: "csr_array"
    """(E, r) weight that an eliminated and a remaining level share."""
    rest_coupling: "csr_array | None"
    """(r, r) weight that levels of different remaining factors share; None with fewer than two of them."""
    fixed: Floats
    """(E, p) eliminated levels by fixed effects."""
    rest_fixed: Floats
    """(r, p) remaining levels by fixed effects."""
    products: Floats
    """(p, p) fixed by fixed effects."""
    response: Columns
    """Products with y; one column for each of the responses that share their variances."""
    squares: float
    """y'Wy of all responses, after absorption."""

    @property
    def responses(self) -> int:
        """How many columns y has: independent responses with the same variances."""
        return int(self.response.fixed.shape[1])

    def times(self, eliminated: Floats, rest: Floats) -> Columns:
        """Return the products with data that are `eliminated` (E, k) plus `rest` (r, k) by level."""
        below = self.coupling.T @ eliminated + self.rest_diagonal * rest
        if self.rest_coupling is not None:
            below += self.rest_coupling @ rest
        return Columns(
            self.fixed.T @ eliminated + self.rest_fixed.T @ rest,
            self.diagonal * eliminated + self.coupling @ rest,
            below,
        )

    def part(self, columns: Columns, factor: int) -> Floats:
        """Return the rows of `columns` that belong to the factor at this position."""
        return columns.eliminated if factor == self.eliminated else columns.rest[self.slices[factor]]


def shrinkage(cells: RatingCells, ratio: float | None) -> Floats | None:
    """Return λ/(w + λ) for each level of the nested factor, with λ the ratio; None if there is none."""
    return None if cells.nested is None or ratio is None else ratio / (cells.weight + ratio)


def cross_products(cells: RatingCells, shrink: Floats | None = None) -> CrossProducts:
    """Aggregate the cells to cross-products.

    Args:
        cells: From `collapse`.
        shrink: (m,) what `shrinkage` gives; None leaves the nested factor out of the model.
    """
    if shrink is None:
        effects = cells.fixed
        return _added(
            cells,
            weight=cells.weight,
            total=cells.total,
            scale=None,
            products=effects.products,
            response=(effects.moments, cells.squares),
        )
    weight, total = cells.weight * shrink, cells.total * shrink
    products, moments, squares = _absorbed(cells, shrink)
    return _added(cells, weight=weight, total=total, scale=shrink, products=products, response=(moments, squares))


def nested_products(cells: RatingCells, shrink: Floats) -> CrossProducts:
    """Return K'K where K holds the products of the nested factor's levels with all others; no response."""
    weight = cells.weight * shrink
    columns = np.concatenate([[0], cells.varying])
    sums = np.column_stack([weight, cells.contrasts * shrink[:, None]])
    products = np.zeros_like(cells.fixed.products)
    products[np.ix_(columns, columns)] = sums.T @ sums
    none = products[:, :1], 0.0
    return _added(cells, weight=weight**2, total=weight, scale=shrink * weight, products=products, response=none)


def _added(
    cells: RatingCells,
    *,
    weight: Floats,
    total: Floats,
    scale: Floats | None,
    products: Floats,
    response: tuple[Floats, float],
) -> CrossProducts:
    """Aggregate cells of these weights; `scale` multiplies the contrasts of each cell."""
    eliminated = cells.eliminated
    slices, size = _stacked(cells, eliminated)
    above = [(eliminated, at) for at in slices]
    below = [(g, h) for g in slices for h in slices if g != h]
    weights = [tally(cells, at, weight) for at in range(len(cells.names))]
    sums = [tally(cells, at, total) for at in range(len(cells.names))]
    fixed = [_fixed_table(cells, at, weights[at], scale) for at in range(len(cells.names))]
    return CrossProducts(
        eliminated=eliminated,
        slices=slices,
        diagonal=weights[eliminated][:, None],
        rest_diagonal=_stack(weights, slices)[:, None],
        coupling=_shared(cells, above, weight, slices, (cells.levels[eliminated], size)),
        rest_coupling=_shared(cells, below, weight, slices, (size, size)) if below else None,
        fixed=fixed[eliminated],
        rest_fixed=_stack(fixed, slices, fixed[eliminated][:0]),
        products=products,
        response=Columns(response[0], sums[eliminated][:, None], _stack(sums, slices)[:, None]),
        squares=response[1],
    )


def times_cells(cross: CrossProducts, cells: RatingCells, shrink: Floats, values: Floats) -> Columns:
    """Return the products with data that are `values` (m, k) by level of the nested factor."""
    weighted = (cells.weight * shrink)[:, None] * values
    fixed = np.zeros((len(cells.fixed.used), values.shape[1]))
    fixed[0] = weighted.sum(axis=0)
    fixed[cells.varying] = cells.contrasts.T @ (shrink[:, None] * values)
    parts = [np.column_stack([tally(cells, at, column) for column in weighted.T]) for at in range(len(cells.names))]
    rest = np.zeros_like(cross.rest_diagonal, shape=(len(cross.rest_diagonal), values.shape[1]))
    for at, rows in cross.slices.items():
        rest[rows] = parts[at]
    return Columns(fixed, parts[cross.eliminated], rest)


def tally(cells: RatingCells, factor: int, values: Floats) -> Floats:
    """Add (m,) values of the cells up by level of the factor at this position."""
    return added(cells.codes[factor], values, cells.levels[factor])


def _stacked(cells: RatingCells, eliminated: int) -> tuple[dict[int, slice], int]:
    """Return where the levels of each factor but one stand when stacked, and their number."""
    slices, start = {}, 0
    for at, size in enumerate(cells.levels):
        if at != eliminated:
            slices[at] = slice(start, start + size)
            start += size
    return slices, start


def _fixed_table(cells: RatingCells, factor: int, weights: Floats, scale: Floats | None) -> Floats:
    """Return the (L, p) products of a factor's levels with the fixed effects."""
    levels, effects = cells.levels[factor], cells.fixed
    if cells.question is not None:
        pairs = cells.codes[factor] * effects.levels + cells.question
        counts = added(pairs, cells.weight, levels * effects.levels)
        return effects.table(counts.reshape(levels, effects.levels))
    table = np.zeros((levels, len(effects.used)))
    table[:, 0] = weights
    for column, values in zip(cells.varying, cells.contrasts.T, strict=True):
        table[:, column] = tally(cells, factor, values if scale is None else values * scale)
    return table


def _stack(parts: list[Floats], slices: Mapping[int, slice], empty: Floats = _EMPTY) -> Floats:
    return np.concatenate([empty, *(parts[at] for at in slices)])


def _shared(
    cells: RatingCells,
    pairs: list[tuple[int, int]],
    weight: Floats,
    slices: Mapping[int, slice],
    shape: tuple[int, int],
) -> "csr_array":
    """Return the sparse sum of weights by levels of the first and second factor of each pair."""
    from scipy.sparse import coo_array, csr_array  # noqa: PLC0415 - takes 0.1 s to import

    if not pairs:
        return csr_array(shape)
    start = {at: slices[at].start if at in slices else 0 for pair in pairs for at in pair}
    rows, columns = (
        np.concatenate([cells.codes[pair[side]].astype(np.int32) + np.int32(start[pair[side]]) for pair in pairs])
        for side in (0, 1)
    )
    data = weight if len(pairs) == 1 else np.tile(weight, len(pairs))
    return coo_array((data, (rows, columns)), shape=shape).tocsr()


def _absorbed(cells: RatingCells, shrink: Floats | None) -> tuple[Floats, Floats, float]:
    """Return X'WX, X'Wy and y'Wy less what the nested factor explains of them."""
    effects = cells.fixed
    if shrink is None:
        return effects.products, effects.moments, cells.squares
    explained = np.divide(1.0 - shrink, cells.weight, out=np.zeros_like(shrink), where=cells.weight > 0)
    sums = np.column_stack([cells.weight, cells.contrasts])
    columns = np.concatenate([[0], cells.varying])
    products, moments = effects.products.copy(), effects.moments.copy()
    products[np.ix_(columns, columns)] -= sums.T @ (explained[:, None] * sums)
    moments[columns, 0] -= sums.T @ (explained * cells.total)
    return products, moments, cells.squares - float(explained @ cells.total**2)
