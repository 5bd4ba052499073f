"""Solving the mixed-model equations: one factor eliminated exactly, others dense or by conjugate gradients.

With D the (diagonal) block of the eliminated factor and B its coupling to the remaining levels, these have
the Schur complement S = C_RR + Λ - B' D⁻¹ B. The fixed effects are bordered onto it: a p x p matrix is left. What is by
level of the eliminated factor stays in the shards; here are the other levels and sums over shards.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from attrs import field, frozen

from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.large.cells import FixedEffects, RatingCells
from hiringkit.scoring.large.executors import Executor, InProcess
from hiringkit.scoring.large.kernel import CrossProducts
from hiringkit.scoring.large.shards import (
    Shard,
    Totals,
    dense,
    eliminate,
    head_of,
    plain_totals,
    prepare,
    prepared_totals,
    shard_of,
    times,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@frozen(eq=False)
class Sums:
    """The cross-products that do not concern the eliminated factor, over all shards."""

    rest_diagonal: Floats
    """(r, 1) weight of each remaining level."""
    rest_coupling: "csr_array | None"
    """(r, r) weight that levels of different remaining factors share; None with fewer than two of them."""
    rest_fixed: Floats
    """(r, p) remaining levels by fixed effects."""
    products: Floats
    """(p, p) fixed by fixed effects."""
    response_fixed: Floats
    """(p, c) products of the fixed effects with y; one column for each of the responses that share their variances."""
    response: Floats
    """(r, c) those of the remaining levels."""
    squares: float
    """y'Wy of all responses, after absorption of the nested factor."""

    @property
    def responses(self) -> int:
        """How many columns y has: independent responses with the same variances."""
        return int(self.response.shape[1])


@frozen(eq=False)
class ShardedRatings:
    """All ratings, in shards, and who computes on them."""

    executor: Executor
    shards: Sequence[Any]
    """Of `shards.Shard`, or what stands for them where they are elsewhere."""
    names: tuple[str, ...]
    """The remaining factors, without the nested one."""
    levels: tuple[int, ...]
    """Their numbers of levels."""
    eliminated: int
    """Position of the factor that is solved for first."""
    nested: str | None
    nested_levels: int
    """Number of levels of the nested factor; 0 without one."""
    slices: Mapping[int, slice]
    """Position of every other factor: where its levels stand among the remaining ones."""
    fixed: FixedEffects
    """Its sums are those of the first shard alone; `plain` has those of all."""
    plain: Sums
    """Without the nested factor."""
    ratings: int
    """Number of ratings n."""
    center: float
    """Subtracted from every rating."""
    log_weight: float
    """Sum of the logarithms of the weights."""

    @property
    def rest(self) -> int:
        """Number of remaining levels r."""
        return len(self.plain.rest_diagonal)


def sharded(cells: RatingCells, cross: CrossProducts | None = None) -> ShardedRatings:
    """Take all ratings, which these cells are, as one shard in this process."""
    return join_shards(InProcess(), [shard_of(cells) if cross is None else Shard(cells, cross)])


def join_shards(executor: Executor, shards: Sequence[Any]) -> ShardedRatings:
    """Find out what has to be known of shards of the same factors."""
    heads = executor.gathered(head_of, shards)
    first = heads[0]
    own = sum(head.levels[first.eliminated] for head in heads)
    return ShardedRatings(
        executor=executor,
        shards=shards,
        names=first.names,
        levels=tuple(own if at == first.eliminated else size for at, size in enumerate(first.levels)),
        eliminated=first.eliminated,
        nested=first.nested,
        nested_levels=sum(head.nested_levels for head in heads),
        slices=first.slices,
        fixed=first.fixed,
        plain=sum_up(executor.total(plain_totals, shards)),
        ratings=sum(head.ratings for head in heads),
        center=first.center,
        log_weight=sum(head.log_weight for head in heads),
    )


def sum_up(found: Totals) -> Sums:
    """Name the sums over all shards."""
    return Sums(*found)


MAX_STEPS = 5_000


@frozen(eq=False)
class Complement:
    """S at given variances, as a linear operator."""

    ratings: ShardedRatings
    prepared: Sequence[Any]
    """The shards at these variances."""
    sums: Sums
    rest_ratio: Floats
    """(r, 1) Λ."""
    taken: tuple[Floats, ...]
    """What the elimination takes: as of `shards.eliminate`."""

    def times(self, x: Floats) -> Floats:
        """Return S x for (r, k) columns."""
        return self.without_ratios(x) + self.rest_ratio * x

    def without_ratios(self, x: Floats) -> Floats:
        """Return (S - Λ) x for (r, k) columns."""
        (image,) = self.total(times, x)
        product: Floats = self.sums.rest_diagonal * x - image
        if self.sums.rest_coupling is not None:
            product += self.sums.rest_coupling @ x
        return product

    def diagonal(self) -> Floats:
        """Return the (r, 1) diagonal of S."""
        return np.asarray(self.sums.rest_diagonal + self.rest_ratio - self.taken[0])

    def dense(self) -> Floats:
        """Return S in full."""
        (full,) = self.total(dense)
        full = -full
        full.flat[:: len(full) + 1] += (self.sums.rest_diagonal + self.rest_ratio)[:, 0]
        return np.asarray(full if self.sums.rest_coupling is None else full + self.sums.rest_coupling.toarray())

    def total(self, function: Callable[..., tuple[Any, ...]], *shared: Any) -> Any:
        """Return sums over the shards at these variances."""
        return self.ratings.executor.total(function, self.prepared, *shared)

    def gathered(self, function: Callable[..., Any], *shared: Any) -> list[Any]:
        """Return what a function makes of each shard at these variances."""
        return self.ratings.executor.gathered(function, self.prepared, *shared)

    @property
    def border(self) -> Floats:
        """(r, p) what elimination leaves of remaining levels by fixed effects."""
        return self.sums.rest_fixed - self.taken[1]

    @property
    def reduced(self) -> Floats:
        """(r, c) what elimination leaves of the response."""
        return self.sums.response - self.taken[3]


def complement(ratings: ShardedRatings, variances: Floats) -> Complement:
    """Form S at these variances: of the remaining factors, of a nested one, and of the residual."""
    ratios = variances[-1] / variances[:-1]
    prepared = ratings.executor.each(prepare, ratings.shards, variances)
    rest_ratio = np.zeros_like(ratings.plain.rest_diagonal)
    for at, rows in ratings.slices.items():
        rest_ratio[rows] = ratios[at]
    taken = ratings.executor.total(eliminate, prepared)
    sums = ratings.plain if ratings.nested is None else sum_up(ratings.executor.total(prepared_totals, prepared))
    return Complement(ratings, prepared, sums, rest_ratio, taken)


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
class Solution:
    """Solutions of the equations in the fixed effects and the remaining levels; the shards have the rest."""

    fixed: Floats
    """(p, k)"""
    rest: Floats
    """(r, k)"""


@frozen(eq=False)
class System:
    """The mixed-model equations at given variances, prepared for solving."""

    s: Complement
    inverse: Inverse
    solved_border: Floats
    """(r, p) S⁻¹ of the border."""
    fixed: Floats
    """(p, p) what elimination leaves of fixed by fixed effects; its inverse is their covariance over σ²."""

    def solve(self, fixed: Floats, reduced: Floats, purpose: str) -> Solution:
        """Solve for k right-hand sides, given as what elimination leaves of them: (p, k) and (r, k)."""
        start = self.inverse.solve(reduced, purpose)
        found: Floats = np.asarray(np.linalg.solve(self.fixed, fixed - self.s.border.T @ start), dtype=np.float64)
        return Solution(found, start - self.solved_border @ found)

    @property
    def products(self) -> Floats:
        """(p, p) covariance of the fixed effects over σ²."""
        return np.asarray(np.linalg.inv(self.fixed), dtype=np.float64)


def bordered(s: Complement, inverse: Inverse) -> System:
    """Eliminate down to the fixed effects."""
    solved = inverse.solve(s.border, "fixed")
    fixed = s.sums.products - s.taken[2] - s.border.T @ solved
    return System(s, inverse, solved, (fixed + fixed.T) / 2.0)
