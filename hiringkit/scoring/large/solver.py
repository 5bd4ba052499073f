"""Solving the mixed-model equations: one factor eliminated exactly, others dense or by conjugate gradients.

With D the (diagonal) block of the eliminated factor and B its coupling to the remaining levels, these have
the Schur complement S = C_RR + Λ - B' D⁻¹ B. The fixed effects are bordered onto it: a p x p matrix is left.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

import numpy as np
from attrs import field, frozen

from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.large.kernel import Columns, CrossProducts

if TYPE_CHECKING:
    from scipy.sparse import csr_array


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


MAX_STEPS = 5_000


@frozen(eq=False)
class Complement:
    """S at given variance ratios, as a linear operator."""

    cross: CrossProducts
    ridge: Floats
    """(E, 1) D: the weights of the eliminated factor plus its ratio of residual to own variance."""
    rest_ratio: Floats
    """(r, 1) Λ."""
    scaled: "csr_array"
    """(E, r) D^-1/2 B."""

    def times(self, x: Floats) -> Floats:
        """Return S x for (r, k) columns."""
        return self.without_ratios(x) + self.rest_ratio * x

    def without_ratios(self, x: Floats) -> Floats:
        """Return (S - Λ) x for (r, k) columns."""
        product: Floats = self.cross.rest_diagonal * x - self.scaled.T @ (self.scaled @ x)
        if self.cross.rest_coupling is not None:
            product += self.cross.rest_coupling @ x
        return product

    def diagonal(self) -> Floats:
        """Return the (r, 1) diagonal of S."""
        size = len(self.rest_ratio)
        squares = np.bincount(self.scaled.indices, self.scaled.data**2, size)
        return self.cross.rest_diagonal + self.rest_ratio - squares[:, None]

    def dense(self) -> Floats:
        """Return S in full."""
        full = -gram(self.scaled)
        full.flat[:: len(full) + 1] += (self.cross.rest_diagonal + self.rest_ratio)[:, 0]
        return full if self.cross.rest_coupling is None else full + self.cross.rest_coupling.toarray()


def complement(cross: CrossProducts, ratios: Floats) -> Complement:
    """Form S; `ratios` holds residual over own variance for each factor that stays."""
    ridge = cross.diagonal + ratios[cross.eliminated]
    rest_ratio = np.zeros_like(cross.rest_diagonal)
    for at, rows in cross.slices.items():
        rest_ratio[rows] = ratios[at]
    scaled = cross.coupling.copy()
    scaled.data *= np.repeat(1.0 / np.sqrt(ridge[:, 0]), np.diff(scaled.indptr))
    return Complement(cross, ridge, rest_ratio, scaled)


class Inverse(Protocol):
    """S⁻¹, exact or to a tolerance."""

    def solve(self, rhs: Floats, purpose: str) -> Floats:
        """Return S⁻¹ rhs for (r, k) columns; `purpose`, if any, names them from one iteration to the next."""


@frozen(eq=False)
class DenseInverse:
    """S⁻¹ by Cholesky factors."""

    factor: Floats
    """(r, r) lower Cholesky factor of S."""

    def solve(self, rhs: Floats, purpose: str) -> Floats:
        """Return S⁻¹ rhs."""
        from scipy.linalg import cho_solve  # noqa: PLC0415 - takes 0.1 s to import

        return np.asarray(cho_solve((self.factor, True), rhs, check_finite=False)) if len(rhs) else rhs

    def full(self) -> Floats:
        """Return S⁻¹ itself."""
        from scipy.linalg.lapack import dpotri  # noqa: PLC0415 - takes 0.1 s to import

        if not len(self.factor):
            return self.factor
        lower = dpotri(self.factor, lower=1)[0]
        full = lower + lower.T
        full.flat[:: len(full) + 1] /= 2.0
        return np.asarray(full)

    def log_determinant(self) -> float:
        """Return log |S|."""
        return 2.0 * float(np.log(self.factor.diagonal()).sum())


def dense_inverse(s: Complement) -> DenseInverse:
    """Factorise S."""
    from scipy.linalg import cholesky  # noqa: PLC0415 - takes 0.1 s to import

    full = s.dense()
    return DenseInverse(cholesky(full.T, lower=True, overwrite_a=True, check_finite=False) if len(full) else full)


@frozen(eq=False)
class IterativeInverse:
    """S⁻¹ by conjugate gradients with Jacobi's preconditioner, started from the previous solutions."""

    s: Complement
    diagonal: Floats
    """(r, 1) diagonal of S."""
    tolerance: float
    memory: dict[str, Floats]
    """Solutions by purpose, kept from one iteration of the variances to the next."""
    residuals: dict[str, float] = field(factory=dict)
    """Relative residual reached, by purpose."""

    def solve(self, rhs: Floats, purpose: str) -> Floats:
        """Return S⁻¹ rhs to the tolerance."""
        start = self.memory.get(purpose)
        if start is None or start.shape != rhs.shape:
            start = np.zeros_like(rhs)
        solution, some = np.zeros_like(rhs), rhs.any(axis=0)
        solution[:, some], self.residuals[purpose] = conjugate_gradients(
            self.s.times, self.diagonal, rhs[:, some], start[:, some], self.tolerance
        )
        if purpose:
            self.memory[purpose] = solution
        return solution


def conjugate_gradients(
    times: Callable[[Floats], Floats], diagonal: Floats, rhs: Floats, start: Floats, tolerance: float
) -> tuple[Floats, float]:
    """Solve S x = rhs for k columns at once (Hestenes and Stiefel 1952), preconditioned by the diagonal of S.

    Returns:
        The (r, k) solution, and the largest residual of a column relative to its right-hand side, both in
        the norm of the preconditioner.
    """
    size = (rhs * rhs / diagonal).sum(axis=0)
    x = start.copy()
    residual = rhs - times(x)
    scaled = residual / diagonal
    direction = scaled.copy()
    norm = (residual * scaled).sum(axis=0)
    steps = 0
    while (norm > tolerance**2 * size).any() and steps < MAX_STEPS:
        image = times(direction)
        curvature = (direction * image).sum(axis=0)
        step = np.divide(norm, curvature, out=np.zeros_like(norm), where=curvature > 0.0)
        x += step * direction
        residual -= step * image
        scaled = residual / diagonal
        last, norm = norm, (residual * scaled).sum(axis=0)
        direction *= np.divide(norm, last, out=np.zeros_like(norm), where=last > 0.0)
        direction += scaled
        steps += 1
    return x, float(np.sqrt((norm / size).max(initial=0.0)))


@frozen(eq=False)
class System:
    """The mixed-model equations at given variance ratios, prepared for solving."""

    s: Complement
    inverse: Inverse
    border: Floats
    """(r, p) what elimination leaves of remaining levels by fixed effects."""
    solved_border: Floats
    """(r, p) S⁻¹ of it."""
    fixed: Floats
    """(p, p) what elimination leaves of fixed by fixed effects; its inverse is their covariance over σ²."""

    def lifted(self, rest: Floats) -> Floats:
        """Return the eliminated part, (E, k), of solutions that are `rest` (r, k) without fixed effects."""
        return -np.asarray(self.s.cross.coupling @ rest) / self.s.ridge

    def solve(self, columns: Columns, purpose: str) -> Columns:
        """Solve the equations for k right-hand sides."""
        cross, ridge = self.s.cross, self.s.ridge
        eliminated = columns.eliminated / ridge
        reduced = columns.rest - cross.coupling.T @ eliminated
        start = self.inverse.solve(reduced, purpose)
        remaining = columns.fixed - cross.fixed.T @ eliminated - self.border.T @ start
        fixed: Floats = np.asarray(np.linalg.solve(self.fixed, remaining), dtype=np.float64)
        rest = start - self.solved_border @ fixed
        return Columns(fixed, eliminated - (cross.coupling @ rest + cross.fixed @ fixed) / ridge, rest)


def bordered(s: Complement, inverse: Inverse) -> System:
    """Eliminate down to the fixed effects."""
    cross = s.cross
    scaled = cross.fixed / s.ridge
    border = cross.rest_fixed - cross.coupling.T @ scaled
    solved = inverse.solve(border, "fixed")
    fixed = cross.products - cross.fixed.T @ scaled - border.T @ solved
    return System(s, inverse, border, solved, (fixed + fixed.T) / 2.0)


@frozen(eq=False)
class SelectedInverse:
    """The entries of the equations' inverse where the equations themselves have entries."""

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

    def diagonal(self) -> Columns:
        """Return the diagonal as one column."""
        return Columns(self.products.diagonal()[:, None], self.eliminated[:, None], self.rest.diagonal()[:, None])

    def inner(self, other: CrossProducts) -> float:
        """Return the sum of the products with the entries of `other`."""
        found = self.eliminated @ other.diagonal[:, 0] + self.rest.diagonal() @ other.rest_diagonal[:, 0]
        found += 2.0 * (self.coupling @ other.coupling.data) + (self.products * other.products).sum()
        found += 2.0 * ((self.fixed * other.fixed).sum() + (self.rest_fixed * other.rest_fixed).sum())
        if other.rest_coupling is not None:
            pairs = other.rest_coupling.tocoo()
            found += self.rest[pairs.row, pairs.col] @ pairs.data
        return float(found)


def selected_inverse(system: System, inverse: DenseInverse) -> SelectedInverse:
    """Compute those entries exactly (Takahashi's equations for one eliminated block)."""
    cross, ridge = system.s.cross, system.s.ridge
    products = np.asarray(np.linalg.inv(system.fixed), dtype=np.float64)
    rest_fixed = -system.solved_border @ products
    rest = inverse.full() - rest_fixed @ system.solved_border.T
    fixed = -(cross.coupling @ rest_fixed + cross.fixed @ products) / ridge
    rows = row_of_entries(cross.coupling)
    across = sampled(cross.coupling, rest)
    across += np.einsum("ij,ij->i", cross.fixed[rows], rest_fixed[cross.coupling.indices])
    across /= -ridge[rows, 0]
    own = np.bincount(rows, across * cross.coupling.data, len(ridge)) + (fixed * cross.fixed).sum(axis=1)
    return SelectedInverse((1.0 - own) / ridge[:, 0], across, fixed, rest, rest_fixed, products)
