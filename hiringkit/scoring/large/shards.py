"""What is computed on one shard of the ratings, whoever computes it: sufficient statistics and products with vectors.

A shard holds all ratings of its levels of the eliminated factor (its candidates), so that these concern no other shard.
Everything by level of the other factors is a sum over shards, and the functions that return a tuple return this
shard's share of such sums. What they are given besides the shard are vectors by those other levels: they and the
sums are all that ever moves. All ratings in one shard are the case of one machine.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.large.cells import FixedEffects, RatingCells, added
from hiringkit.scoring.large.kernel import (
    Columns,
    CrossProducts,
    cross_products,
    nested_products,
    shrinkage,
    tally,
    times_cells,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@frozen(eq=False)
class Shard:
    """Ratings as cells, and what does not depend on the variances."""

    cells: RatingCells
    plain: CrossProducts
    """Without the nested factor."""


@frozen(eq=False)
class Prepared:
    """A shard at some variances."""

    cells: RatingCells
    cross: CrossProducts
    shrink: Floats | None
    """(m,) shrinkage of the nested factor's levels."""
    ridge: Floats
    """(E, 1) D: the weights of the eliminated factor plus its ratio of residual to own variance."""
    scaled: "csr_array"
    """(E, r) D^-1/2 B."""

    def lifted(self, rest: Floats) -> Floats:
        """Return the eliminated part, (E, k), of solutions that are `rest` (r, k) without fixed effects."""
        return -np.asarray(self.cross.coupling @ rest) / self.ridge

    def solved(self, right: Floats, fixed: Floats, rest: Floats) -> Floats:
        """Return the eliminated part, (E, k), of solutions whose other parts are known."""
        return np.asarray((right - self.cross.coupling @ rest - self.cross.fixed @ fixed) / self.ridge)


def shard_of(cells: RatingCells) -> Shard:
    """Make a shard of its cells."""
    return Shard(cells, cross_products(cells))


@frozen(eq=False)
class Head:
    """What is to be known of a shard where it is not."""

    names: tuple[str, ...]
    levels: tuple[int, ...]
    eliminated: int
    nested: str | None
    nested_levels: int
    slices: Mapping[int, slice]
    fixed: FixedEffects
    ratings: int
    center: float
    log_weight: float


def head_of(shard: Shard) -> Head:
    """Describe a shard."""
    cells = shard.cells
    return Head(
        names=cells.names,
        levels=cells.levels,
        eliminated=cells.eliminated,
        nested=cells.nested,
        nested_levels=0 if cells.nested is None else len(cells.weight),
        slices=shard.plain.slices,
        fixed=cells.fixed,
        ratings=cells.ratings,
        center=cells.center,
        log_weight=cells.log_weight,
    )


def prepare(shard: Shard, variances: Floats) -> Prepared:
    """Set a shard up at these variances: of the remaining factors, of a nested one, and of the residual."""
    ratios = variances[-1] / variances[:-1]
    shrink = shrinkage(shard.cells, float(ratios[-1])) if shard.cells.nested else None
    cross = shard.plain if shrink is None else cross_products(shard.cells, shrink)
    ridge = cross.diagonal + ratios[cross.eliminated]
    scaled = cross.coupling.copy()
    scaled.data *= np.repeat(1.0 / np.sqrt(ridge[:, 0]), np.diff(scaled.indptr))
    return Prepared(shard.cells, cross, shrink, ridge, scaled)


Totals = tuple[Floats, "csr_array | None", Floats, Floats, Floats, Floats, float]
"""Of the remaining levels: diagonal, coupling, products with fixed effects; X'WX; the response's two; y'Wy."""


def totals(cross: CrossProducts) -> Totals:
    """Return the cross-products that do not concern the eliminated factor."""
    response = cross.response
    below = cross.rest_diagonal, cross.rest_coupling, cross.rest_fixed
    return (*below, cross.products, response.fixed, response.rest, cross.squares)


def plain_totals(shard: Shard) -> Totals:
    """Return them without the nested factor."""
    return totals(shard.plain)


def prepared_totals(at: Prepared) -> Totals:
    """Return them at some variances."""
    return totals(at.cross)


def spread(shard: Shard) -> tuple[Floats, ...]:
    """Return the sums over squares and cubes of weights of which the start by moments is made."""
    cells, cross = shard.cells, shard.plain
    squares = cells.weight**2
    owned = tally(cells, cells.eliminated, squares) @ cross.diagonal[:, 0]
    shared = [tally(cells, at, squares) for at in cross.slices]
    return (
        np.array([(cross.diagonal**2).sum(), (cross.diagonal**3).sum()]),
        np.array([squares.sum(), owned, squares @ cells.weight, cells.weight.sum()]),
        _squared_columns(cross.coupling),
        np.asarray(cross.coupling.T @ cross.diagonal),
        np.concatenate([np.zeros(0), *shared])[:, None],
    )


def _squared_columns(sparse: "csr_array") -> Floats:
    """Return the (r, 1) sums of squares of the columns."""
    return added(sparse.indices.astype(np.int64), sparse.data**2, sparse.shape[1])[:, None]


def left_over(shard: Shard, effects: Floats) -> tuple[float, float]:
    """Return the squared level sums of the ratings less the fixed effects: of the eliminated and the nested factor."""
    cells, cross = shard.cells, shard.plain
    sums = cross.response.eliminated - cross.fixed @ effects
    if cells.nested is None:
        return float((sums**2).sum()), 0.0
    own = cells.total - cells.weight * effects[0, 0] - cells.contrasts @ effects[cells.varying, 0]
    return float((sums**2).sum()), float(own @ own)


def eliminate(at: Prepared) -> tuple[Floats, ...]:
    """Return what the elimination takes from the equations of the other levels.

    Returns:
        The diagonal of B'D⁻¹B (r, 1); B'D⁻¹ and F'D⁻¹ times the fixed effects' columns F and the response y; y'D⁻¹y;
        and the sums of log D, of diagonal over D, and of the logarithms of the nested factor's shrinkage.
    """
    cross, ridge = at.cross, at.ridge
    fixed, response = cross.fixed / ridge, cross.response.eliminated / ridge
    shrunken = 0.0 if at.shrink is None else float(np.log(at.shrink).sum())
    return (
        _squared_columns(at.scaled),
        np.asarray(cross.coupling.T @ fixed),
        cross.fixed.T @ fixed,
        np.asarray(cross.coupling.T @ response),
        cross.fixed.T @ response,
        cross.response.eliminated.T @ response,
        np.array([np.log(ridge).sum(), (cross.diagonal / ridge).sum(), shrunken]),
    )


def times(at: Prepared, columns: Floats) -> tuple[Floats]:
    """Return B'D⁻¹B x for (r, k) columns: the product that every step of the conjugate gradients takes."""
    return (np.asarray(at.scaled.T @ (at.scaled @ columns)),)


def _nested_residual(at: Prepared, shrink: Floats, eliminated: Floats, fixed: Floats, rest: Floats) -> Floats:
    """Return ρ(y - Xb - Zu) by level of the nested factor: its effects times σ²/σ_pair²."""
    cells, x = at.cells, Columns(fixed, eliminated, rest)
    fitted = np.full(len(cells.weight), fixed[0, 0])
    for factor, codes in enumerate(cells.codes):
        fitted += at.cross.part(x, factor)[codes, 0]
    left = cells.total - cells.weight * fitted - cells.contrasts @ fixed[cells.varying, 0]
    return np.asarray(left * shrink)


def slopes(at: Prepared, variances: Floats, fixed: Floats, rest: Floats, directions: Floats) -> tuple[Floats, ...]:
    """Return what the derivatives of the likelihood take.

    Args:
        at: The shard.
        variances: As of `prepare`.
        fixed: (p, c) solution for the fixed effects, a column for each response.
        rest: (r, c) solution for the remaining levels.
        directions: (r, c) v = Z'Py of the remaining levels.

    Returns:
        The lengths v'v of the eliminated and the nested factor; the (K, K) Gram matrix of v with Z'WZ v over all
        factors and responses; Z'WZ v by fixed effects (p, K) and remaining levels (r, K), and what the elimination
        makes of its own part: (r, K), (p, K), (K, K).
    """
    cross, stay, count = at.cross, len(at.cells.names), fixed.shape[1]
    solution = at.solved(cross.response.eliminated, fixed, rest)
    own = solution / variances[cross.eliminated]
    data = Columns(*(np.zeros((len(part), stay * count)) for part in (fixed, own, rest)))
    for factor in range(stay):
        block = slice(factor * count, (factor + 1) * count)
        cross.part(data, factor)[:, block] = own if factor == cross.eliminated else directions[cross.slices[factor]]
    right = cross.times(data.eliminated, data.rest)
    gram, nested = data.dot(right), 0.0
    if at.shrink is not None:
        values = _nested_residual(at, at.shrink, solution, fixed, rest)[:, None] / variances[-1]
        nested = float((values**2).sum())
        right, gram = _with_nested(at, at.shrink, data, right, values)
    lifted = right.eliminated / at.ridge
    return (
        np.array([(own**2).sum(), nested]),
        gram,
        right.fixed,
        right.rest,
        np.asarray(cross.coupling.T @ lifted),
        cross.fixed.T @ lifted,
        right.eliminated.T @ lifted,
    )


def _with_nested(at: Prepared, shrink: Floats, data: Columns, rhs: Columns, values: Floats) -> tuple[Columns, Floats]:
    """Add the columns of the nested factor to right-hand sides, and return the Gram matrix of both."""
    more = times_cells(at.cross, at.cells, shrink, values)
    across = data.dot(more)
    own = values.T @ ((at.cells.weight * shrink)[:, None] * values)
    both = Columns(
        np.hstack([rhs.fixed, more.fixed]),
        np.hstack([rhs.eliminated, more.eliminated]),
        np.hstack([rhs.rest, more.rest]),
    )
    return both, np.block([[data.dot(rhs), across], [across.T, own]])


def fixed_levels(at: Prepared, solved_border: Floats) -> Floats:
    """Return (E, p): the eliminated levels' solutions by fixed effects."""
    return at.lifted(-solved_border) - at.cross.fixed / at.ridge


def probed(
    at: Prepared, signs: Floats, solved: Floats, solved_border: Floats, products: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return what the estimates of traces take.

    Args:
        at: The shard.
        signs: (r, k) probes.
        solved: (r, k) S⁻¹ of them.
        solved_border: (r, p) S⁻¹ of the fixed effects' border.
        products: (p, p) covariance of the fixed effects over σ².

    Returns:
        (k,) draws of the eliminated factor; (k,) of the nested one; and what is known: of the eliminated factor, of the
        nested one, and the nested one's weight.
    """
    left, right = at.lifted(signs), at.lifted(solved)
    border = fixed_levels(at, solved_border)
    known = float((border @ products * border).sum())
    if at.shrink is None:
        return _inner(left, right), np.zeros(signs.shape[1]), np.array([known, 0.0, 0.0])
    squares = nested_products(at.cells, at.shrink)
    image = squares.times(right, solved)
    draws = _inner(left, image.eliminated) + _inner(signs, image.rest)
    own = (squares.diagonal / at.ridge).sum() + (products * _fixed_part(squares, border, -solved_border)).sum()
    return _inner(left, right), draws, np.array([known, own, at.cells.weight @ at.shrink])


def _inner(left: Floats, right: Floats) -> Floats:
    """Return the inner product of each column with its counterpart."""
    return np.asarray(np.einsum("ij,ij->j", left, right))


def _fixed_part(squares: CrossProducts, eliminated: Floats, rest: Floats) -> Floats:
    """Return (F; I)' G (F; I) for the symmetric matrix G that `squares` holds and F of both parts."""
    image = squares.times(eliminated, rest)
    inner = eliminated.T @ image.eliminated + rest.T @ image.rest
    return np.asarray(inner + image.fixed + image.fixed.T + squares.products)


def drawn(at: Prepared, stepped: Floats, solved: Floats) -> tuple[Floats, Floats]:
    """Return the (E, 1) sums and sums of squares of one batch of draws of the eliminated factor's error variances."""
    draws = (at.cross.coupling @ stepped) * (at.cross.coupling @ solved)
    return draws.sum(axis=1, keepdims=True), (draws * draws).sum(axis=1, keepdims=True)


def known_errors(
    at: Prepared, inverse: Floats, least: Floats, solved_border: Floats, products: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return four (E, 1) columns: B² times both vectors, what the fixed effects contribute, and D."""
    squared = at.cross.coupling.power(2)
    left = at.cross.fixed - at.cross.coupling @ solved_border
    return (
        np.asarray(squared @ inverse),
        np.asarray(squared @ least),
        ((left @ products) * left).sum(axis=1, keepdims=True),
        at.ridge,
    )


def solutions(at: Prepared, fixed: Floats, rest: Floats) -> Floats:
    """Return the eliminated levels' solution (E, c)."""
    return at.solved(at.cross.response.eliminated, fixed, rest)


def nested_solutions(at: Prepared, fixed: Floats, rest: Floats) -> Floats:
    """Return the nested factor's effects times σ²/σ_pair²."""
    if at.shrink is None:
        return np.zeros(0)
    return _nested_residual(at, at.shrink, solutions(at, fixed, rest), fixed, rest)


@frozen(eq=False)
class SelectedInverse:
    """The entries of the equations' inverse where a shard's equations have entries."""

    eliminated: Floats
    """(E,) diagonal of the eliminated factor's block."""
    coupling: Floats
    """Eliminated by remaining levels, where the coupling has entries, in its order."""
    fixed: Floats
    """(E, p)"""
    rest: Floats
    """(r, r)"""
    rest_fixed: Floats
    """(r, p)"""
    products: Floats
    """(p, p)"""

    def inner(self, other: CrossProducts) -> float:
        """Return the sum of the products with the entries of `other`."""
        found = self.eliminated @ other.diagonal[:, 0] + self.rest.diagonal() @ other.rest_diagonal[:, 0]
        found += 2.0 * (self.coupling @ other.coupling.data) + (self.products * other.products).sum()
        found += 2.0 * ((self.fixed * other.fixed).sum() + (self.rest_fixed * other.rest_fixed).sum())
        if other.rest_coupling is not None:
            pairs = other.rest_coupling.tocoo()
            found += self.rest[pairs.row, pairs.col] @ pairs.data
        return float(found)


def selected_inverse(at: Prepared, rest: Floats, rest_fixed: Floats, products: Floats) -> SelectedInverse:
    """Compute those entries exactly (Takahashi's equations for one eliminated block).

    Args:
        at: The shard.
        rest: (r, r) of the remaining levels.
        rest_fixed: (r, p) of the remaining levels by fixed effects.
        products: (p, p) of the fixed effects.
    """
    cross, ridge = at.cross, at.ridge
    fixed = -(cross.coupling @ rest_fixed + cross.fixed @ products) / ridge
    rows = row_of_entries(cross.coupling)
    across = sampled(cross.coupling, rest)
    across += np.einsum("ij,ij->i", cross.fixed[rows], rest_fixed[cross.coupling.indices])
    across /= -ridge[rows, 0]
    own = np.bincount(rows, across * cross.coupling.data, len(ridge)) + (fixed * cross.fixed).sum(axis=1)
    return SelectedInverse((1.0 - own) / ridge[:, 0], across, fixed, rest, rest_fixed, products)


def exact_sums(at: Prepared, rest: Floats, rest_fixed: Floats, products: Floats) -> tuple[Floats]:
    """Return what exact traces take: of the eliminated factor, of the nested one, and the nested one's weight."""
    inverse = selected_inverse(at, rest, rest_fixed, products)
    nested = (0.0, 0.0)
    if at.shrink is not None:
        nested = inverse.inner(nested_products(at.cells, at.shrink)), float(at.cells.weight @ at.shrink)
    return (np.array([inverse.eliminated.sum(), *nested]),)


def exact_errors(at: Prepared, rest: Floats, rest_fixed: Floats, products: Floats) -> Floats:
    """Return the (E, 1) diagonal of the eliminated factor's block of the inverse."""
    return selected_inverse(at, rest, rest_fixed, products).eliminated[:, None]


def dense(at: Prepared) -> tuple[Floats]:
    """Return B'D⁻¹B in full, (r, r)."""
    return (gram(at.scaled),)


PAIRS = 400_000
ENTRIES = 4_000_000
FLOPS_A_PAIR = 500.0


def gram(sparse: "csr_array") -> Floats:
    """Return the dense (r, r) B'B of an (E, r) matrix."""
    if not _full(sparse):
        return np.asarray((sparse.T @ sparse).toarray())
    found = np.zeros((sparse.shape[1], sparse.shape[1]))
    for rows in _row_blocks(sparse):
        dense = rows.toarray()
        found += dense.T @ dense
    return found


def sampled(sparse: "csr_array", dense: Floats) -> Floats:
    """Return the entries of B J at the places where B has entries, in their order; J is symmetric (r, r)."""
    if _full(sparse):
        return np.concatenate([_at_entries(rows, rows.toarray() @ dense) for rows in _row_blocks(sparse)])
    found = np.zeros(len(sparse.data))
    flat = dense.ravel()
    for first, second in _pairs(sparse):
        places = sparse.indices[first].astype(np.int64) * len(dense) + sparse.indices[second]
        start = int(first[0])
        sums = np.bincount(first - start, sparse.data[second] * flat[places])
        found[start : start + len(sums)] = sums
    return found


def row_of_entries(sparse: "csr_array") -> Codes:
    """Return the row of every entry."""
    return np.repeat(np.arange(sparse.shape[0]), np.diff(sparse.indptr))


def _at_entries(rows: "csr_array", product: Floats) -> Floats:
    return np.asarray(product[row_of_entries(rows), rows.indices])


def _full(sparse: "csr_array") -> bool:
    """Return whether rows are so full that dense products are faster than pairs of entries."""
    counts = np.diff(sparse.indptr).astype(np.float64)
    return float(counts @ counts) * FLOPS_A_PAIR > float(sparse.shape[0]) * sparse.shape[1] ** 2


def _row_blocks(sparse: "csr_array") -> Iterator["csr_array"]:
    step = max(1, ENTRIES // max(1, sparse.shape[1]))
    return (sparse[start : start + step] for start in range(0, sparse.shape[0], step))


def _pairs(sparse: "csr_array") -> Iterator[tuple[Codes, Codes]]:
    """Yield the positions of both entries of every ordered pair within a row, in batches that fit the cache."""
    counts = np.diff(sparse.indptr).astype(np.int64)
    partners = np.repeat(counts, counts)
    start_of_row = np.repeat(sparse.indptr[:-1].astype(np.int64), counts)
    ends = np.cumsum(partners)
    start = 0
    while start < len(ends):
        before = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + PAIRS)))
        chosen = slice(start, stop)
        first = np.repeat(np.arange(start, stop), partners[chosen])
        offset = np.repeat(start_of_row[chosen] - (ends[chosen] - partners[chosen] - before), partners[chosen])
        yield first, np.arange(len(first)) + offset
        start = stop
