"""Model matrices in blocks: given interviewers and questions, candidates are independent of one another.

Every column that belongs to one candidate (candidate, candidate:interviewer, …) is *inner*; the fixed effects
and every other column are *outer*. The cross-products of the mixed-model equations then have one small block
for each candidate and one border, and never need a matrix as long as the ratings in both directions.

The equations are solved at given variance ratios ρ = σ_effect/σ_residual. Columns are scaled by them, so that a ratio
of zero is not a special case:

    [I + RᵢᵀAᵢRᵢ   ·      ] [uᵢ]   [·]        Aᵢ: candidate i's own columns
    [     ·        border ] [b ] = [·]        border: fixed effects and shared random effects

Eliminating each candidate leaves the border's Schur complement S. Up to a constant, twice the logarithm of
the restricted likelihood with the residual variance integrated out under p(σ²) ∝ 1/σ² is
-Σ log|I + RᵢᵀAᵢRᵢ| - log|S| - ν log RSS, ν = ratings less fixed effects (Henderson 1984; Searle, Casella &
McCulloch 1992, ch. 6; Gelman et al. 2013, ch. 15).
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import evolve, fields, frozen

from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.effects import CRITERION, SHARED

AT_ONCE = 1_000_000
"""Coefficients multiplied in one block: 8 MB."""
CHUNK = 6_000_000
"""Most numbers in one batch of points: about 50 MB."""
SMALLEST = 1e-12
"""Share of the sum of squares below which a residual is rounding error."""
TINIEST = 1e-200


@frozen(eq=False)
class Joined:
    """How the ratings of several openings are arranged in one model; those of the opening to score come first."""

    interviewers: int
    """Interviewers of that opening, the first of all."""
    criteria: int
    """Its criteria, the first of all."""
    ratings: int
    """Its ratings, the first of all."""
    slots: Codes
    """(C,) place of each criterion in its opening: a candidate's own columns are those of one opening."""


@frozen(eq=False)
class ModelRows:
    """The ratings that are numbers, with codes that run without gaps over what was rated."""

    candidate: Codes
    """(n,) codes below `candidates`."""
    interviewer: Codes
    """(n,) codes below `interviewers`."""
    question: Codes
    """(n,) codes below `len(shares)`."""
    value: Floats
    """(n,) ratings."""
    weight: Floats
    """(n,) positive, of mean 1; a rating's residual variance is the common one divided by it."""
    candidates: int
    interviewers: int
    shares: Floats
    """(Q, C) the rated questions' loadings on the rated criteria; each row adds to 1, or to 0 without any."""
    joined: Joined | None = None
    """None where all ratings are of one opening."""

    def __len__(self) -> int:
        return len(self.value)

    @cached_property
    def interviews(self) -> int:
        """How many pairs of candidate and interviewer there are; the ratings of one mostly follow each other."""
        one, other = self.candidate, self.interviewer
        new = np.ones(len(self), dtype=bool)
        np.not_equal(one[1:], one[:-1], out=new[1:])
        new[1:] |= other[1:] != other[:-1]
        key = one[new] * self.interviewers + other[new]
        if not np.all(key[1:] >= key[:-1]):
            key.sort()
        return int(np.count_nonzero(np.diff(key))) + bool(len(key))


@frozen(eq=False)
class EffectColumns:
    """Where an effect's columns are among the inner slots of a candidate or the outer columns."""

    effect: str
    start: int
    size: int
    kept: Codes | None = None
    """Which of the effect's columns these are; None for all."""


@frozen(eq=False)
class Alike:
    """N candidates by P kinds, of each of which the equations are eliminated once."""

    kind: Codes
    """(N,) below P."""
    first: Codes
    """(P,) the first candidate of each kind."""
    many: Codes
    """(P,) how many there are of each."""


@frozen(eq=False)
class Blocks:
    """Cross-products of N candidates with m inner slots each, r outer columns and the ratings."""

    inner: tuple[EffectColumns, ...]
    outer: tuple[EffectColumns, ...]
    """Random effects among the outer columns; the columns before them are fixed."""
    fixed: int
    """How many of the outer columns are fixed."""
    inner_inner: Floats
    """(N, m, m)."""
    inner_outer: Floats
    """(N, m, r)."""
    outer_outer: Floats
    """(r, r)."""
    inner_value: Floats
    """(N, m)."""
    outer_value: Floats
    """(r,)."""
    sum_of_squares: float
    """Of the centred ratings, weighted."""
    center: float
    """Subtracted from every rating before."""
    log_weights: float
    """Sum of the logarithms of the ratings' weights."""
    ratings: int
    least_residual: float
    """Residual variance below which none is believed."""
    inner_rows: Floats
    """(n, m) each rating's coefficients on the inner slots of its candidate."""
    outer_rows: Floats
    """(n, r) each rating's coefficients on the outer columns."""

    @property
    def effects(self) -> tuple[str, ...]:
        """The random effects, inner before outer: the order of every array of ratios."""
        return tuple(part.effect for part in (*self.inner, *self.outer))

    @cached_property
    def alike(self) -> "Alike":
        """Which candidates have the same cross-products: in a complete panel all of them."""
        kinds: dict[bytes, int] = {}
        products = np.hstack([self.inner_inner.reshape(len(self.inner_inner), -1), self._bordering])
        kind = np.array([kinds.setdefault(each.tobytes(), len(kinds)) for each in products])
        _, first, many = np.unique(kind, return_index=True, return_counts=True)
        return Alike(kind, first, many)

    @property
    def _bordering(self) -> Floats:
        return self.inner_outer.reshape(len(self.inner_outer), -1)

    @property
    def freedom(self) -> int:
        """Degrees of freedom of the restricted likelihood: ratings less fixed effects."""
        return self.ratings - self.fixed

    def columns(self, effect: str) -> EffectColumns | None:
        """Return where the effect's columns are, or None where the model has no such effect."""
        return next((part for part in (*self.inner, *self.outer) if part.effect == effect), None)


def codes_of(rows: ModelRows, factor: str) -> tuple[Codes, int]:
    """Return one code a rating for `candidate`, `interviewer` or `question`, and how many there are."""
    known = {
        "candidate": (rows.candidate, rows.candidates),
        "interviewer": (rows.interviewer, rows.interviewers),
        "question": (rows.question, len(rows.shares)),
    }
    return known[factor]


def _compact(codes: Codes) -> tuple[Codes, int]:
    levels, compact = np.unique(codes, return_inverse=True)
    return compact.astype(np.int64), len(levels)


def _spread(codes: Codes, size: int, rows: ModelRows, *, by_criterion: bool) -> Floats:
    """Turn codes into coefficients, (n, size) or (n, size · C) with each code's criteria side by side."""
    n, n_criteria = len(rows), rows.shares.shape[1]
    if not by_criterion:
        out = np.zeros((n, size))
        out[np.arange(n), codes] = 1.0
        return out
    wide = np.zeros((n, size, n_criteria))
    wide[np.arange(n), codes] = rows.shares[rows.question]
    return wide.reshape(n, size * n_criteria)


def _within(codes: Codes, group: Codes, groups: int) -> tuple[Codes, int]:
    """Number the codes that occur in each group from 0; return them and the largest count."""
    pairs, inverse = np.unique(group * (codes.max() + 1) + codes, return_inverse=True)
    owner = pairs // (codes.max() + 1)
    counts = np.bincount(owner, minlength=groups)
    first = np.concatenate(([0], np.cumsum(counts)[:-1]))
    return (np.arange(len(pairs)) - first[owner])[inverse], int(counts.max())


def effect_rows(rows: ModelRows, effect: str) -> Floats:
    """Return an effect's coefficients for each rating: within the candidate if it is one of theirs.

    Columns of candidate:criterion and interviewer:criterion stand in the order of the criteria, whether rated
    or not: a column without any rating changes nothing but can be predicted.
    """
    factors = effect.split(":")
    by_criterion = CRITERION in factors
    if rows.joined is not None and "candidate" in factors and by_criterion:
        rows = evolve(rows, shares=rows.shares @ np.eye(rows.joined.slots.max() + 1)[rows.joined.slots])
    plain = [factor for factor in factors if factor not in {"candidate", CRITERION}]
    codes, size = np.zeros(len(rows), dtype=np.int64), 1
    for factor in plain:
        more, levels = codes_of(rows, factor)
        codes, size = codes * levels + more, size * levels
    if "candidate" in factors and plain:
        codes, size = _within(codes, rows.candidate, rows.candidates)
    elif len(plain) > 1:
        codes, size = _compact(codes)
    return _spread(codes, size, rows, by_criterion=by_criterion)


def kept_criteria(rows: ModelRows) -> Codes | None:
    """Return which columns of interviewer:criterion a model of several openings needs, None for all.

    These are the columns with a rating, and all of the opening to be scored.
    """
    if rows.joined is None:
        return None
    needed = np.zeros((rows.interviewers, rows.shares.shape[1]), dtype=bool)
    needed[: rows.joined.interviewers, : rows.joined.criteria] = True
    pairs = np.unique(rows.interviewer * len(rows.shares) + rows.question)
    interviewer, question = np.divmod(pairs, len(rows.shares))
    np.logical_or.at(needed, interviewer, rows.shares[question] > 0)
    return np.flatnonzero(needed.ravel())


def own_columns(rows: ModelRows) -> int:
    """Return how many columns of candidate:criterion each candidate has."""
    return rows.shares.shape[1] if rows.joined is None else int(rows.joined.slots.max()) + 1


def panel_work(rows: ModelRows, effects: Sequence[str]) -> int:
    """Return about how many multiplications one solution of the equations takes."""
    width, shared = rows.shares.shape[1], len(rows.shares) + rows.interviewers
    if SHARED in effects:
        kept = kept_criteria(rows)
        shared += rows.interviewers * width if kept is None else len(kept)
    own = 1 + min(rows.interviewers, len(rows) // rows.candidates) + own_columns(rows)
    return int(rows.candidates * own * shared**2)


def _outer_part(rows: ModelRows, effect: str) -> tuple[str, Floats, Codes | None]:
    kept = kept_criteria(rows) if effect == SHARED else None
    if kept is None:
        return effect, effect_rows(rows, effect), None
    place = np.full(rows.interviewers * rows.shares.shape[1], -1)
    place[kept] = np.arange(len(kept))
    question, criterion = np.nonzero(rows.shares)
    out = np.zeros((len(rows), len(kept)))
    for q, c in zip(question.tolist(), criterion.tolist(), strict=True):
        mine = np.flatnonzero(rows.question == q)
        out[mine, place[rows.interviewer[mine] * rows.shares.shape[1] + c]] = rows.shares[q, c]
    return effect, out, kept


def _layout(parts: Sequence[tuple[str, Floats, Codes | None]], start: int) -> tuple[EffectColumns, ...]:
    out = []
    for effect, columns, kept in parts:
        out.append(EffectColumns(effect, start, columns.shape[1], kept))
        start += columns.shape[1]
    return tuple(out)


def fixed_rows(rows: ModelRows, effects: Sequence[str]) -> Floats:
    """Return the coefficients of fixed effects: one a question, or the mean alone where these are random."""
    if "question" in effects or CRITERION in effects:
        return np.ones((len(rows), 1))
    return _spread(rows.question, len(rows.shares), rows, by_criterion=False)


def build_blocks(rows: ModelRows, effects: Sequence[str], *, least_residual: float = 0.0) -> Blocks:
    """Form the cross-products of the mixed-model equations (Henderson 1984, ch. 5), candidate by candidate.

    Args:
        rows: n ratings of N candidates.
        effects: Random effects; at least one with `candidate`.
        least_residual: Residual variance below which none is believed, such as that of rounding.

    Returns:
        The blocks; time and memory grow as n (m + r)².
    """
    inner = [(e, effect_rows(rows, e), None) for e in effects if "candidate" in e.split(":")]
    outer = [_outer_part(rows, e) for e in effects if "candidate" not in e.split(":")]
    fixed = fixed_rows(rows, effects)
    inner_rows = np.hstack([columns for _, columns, _ in inner])
    outer_rows = np.hstack([fixed, *(columns for _, columns, _ in outer)])
    center = float(np.average(rows.value, weights=rows.weight))
    value = rows.value - center
    inner_inner, inner_outer, inner_value = _by_candidate(rows, inner_rows, outer_rows, value)
    weighted = outer_rows * rows.weight[:, None]
    return Blocks(
        _layout(inner, 0),
        _layout(outer, fixed.shape[1]),
        fixed.shape[1],
        inner_inner,
        inner_outer,
        weighted.T @ outer_rows,
        inner_value,
        weighted.T @ value,
        float(rows.weight @ value**2),
        center,
        float(np.log(rows.weight).sum()),
        len(rows),
        least_residual,
        inner_rows,
        outer_rows,
    )


def _by_candidate(rows: ModelRows, inner: Floats, outer: Floats, value: Floats) -> tuple[Floats, Floats, Floats]:
    m, r = inner.shape[1], outer.shape[1]
    inner_inner = np.zeros((rows.candidates, m, m))
    inner_outer = np.zeros((rows.candidates, m, r))
    inner_value = np.zeros((rows.candidates, m))
    order = np.argsort(rows.candidate, kind="stable")
    ends = np.searchsorted(rows.candidate[order], np.arange(rows.candidates), side="right")
    lengths = np.diff(ends, prepend=0)
    for length in np.unique(lengths).tolist():
        some = np.flatnonzero(lengths == length)
        step = max(1, AT_ONCE // (max(length, 1) * (m + r)))
        for who in (some[start : start + step] for start in range(0, len(some), step)):
            mine = order[(ends[who] - length)[:, None] + np.arange(length)]
            weighted = (inner[mine] * rows.weight[mine, None]).swapaxes(1, 2)
            inner_inner[who] = weighted @ inner[mine]
            inner_outer[who] = weighted @ outer[mine]
            inner_value[who] = (weighted @ value[mine, None])[..., 0]
    return inner_inner, inner_outer, inner_value


@frozen(eq=False)
class Solved:
    """The equations, solved at M points."""

    log_likelihood: Floats
    """(M,) restricted, without constants."""
    residual: Floats
    """(M,) weighted residual sum of squares RSS, the random effects' penalty included."""
    inner: Floats
    """(M, N, m) solutions of the candidates' own columns, in rating points."""
    outer: Floats
    """(M, r) solutions of fixed effects and shared random effects."""
    inner_inverse: Floats
    """(M, P, m, m) Linv with (I + RAR)⁻¹ = LinvᵀLinv, times the ratios; by kind of candidate."""
    reduced: Floats
    """(M, P, m, r) Linv times the candidates' cross-products with the border; by kind of candidate."""
    border_inverse: Floats
    """(M, r, r) Kinv with S⁻¹ = KinvᵀKinv."""
    outer_scale: Floats
    """(M, r) ratio of each outer column; 1 for fixed ones."""
    kind: Codes
    """(N,) the kind of each candidate."""


def scales(blocks: Blocks, ratios: Floats) -> tuple[Floats, Floats]:
    """Spread (M, K) ratios over the (M, m) inner slots and the (M, r) outer columns."""
    m, r = blocks.inner_inner.shape[1], len(blocks.outer_outer)
    inner, outer = np.ones((len(ratios), m)), np.ones((len(ratios), r))
    for k, part in enumerate((*blocks.inner, *blocks.outer)):
        target = inner if k < len(blocks.inner) else outer
        target[:, part.start : part.start + part.size] = ratios[:, k, None]
    return inner, outer


def _diagonal(matrices: Floats) -> Floats:
    return np.diagonal(matrices, axis1=-2, axis2=-1)


@frozen(eq=False)
class _Eliminated:
    """The equations at M points with the candidates' own columns eliminated."""

    scale: Floats
    lower: Floats
    reduced: Floats
    flat: Floats
    root: Floats
    own_value: Floats
    value: Floats
    logs: Floats


def _inverse_lower(lower: Floats) -> Floats:
    """Invert (..., m, m) lower triangles: row by row for all at once, many times faster than one by one."""
    out = np.zeros_like(lower)
    for row in range(lower.shape[-1]):
        above = lower[..., row, None, :row] @ out[..., :row, :row]
        out[..., row, row] = 1.0 / lower[..., row, row]
        out[..., row, :row] = -above[..., 0, :] * out[..., row, row, None]
    return out


def _eliminate(blocks: Blocks, ratios: Floats) -> _Eliminated:
    inner, outer = scales(blocks, ratios)
    alike = blocks.alike
    own = (inner[:, :, None] * inner[:, None, :])[:, None] * blocks.inner_inner[alike.first]
    own += np.eye(own.shape[-1])
    factor = np.asarray(np.linalg.cholesky(own), dtype=np.float64)
    lower = _inverse_lower(factor) * inner[:, None, None, :]
    reduced = lower @ (blocks.inner_outer[alike.first] * outer[:, None, None, :])
    flat = reduced.reshape(len(ratios), -1, reduced.shape[-1])
    counted = (reduced * np.sqrt(alike.many)[:, None, None]).reshape(flat.shape)
    border = outer[:, :, None] * blocks.outer_outer * outer[:, None, :] - counted.swapaxes(1, 2) @ counted
    shared = np.arange(blocks.fixed, border.shape[-1])
    border[:, shared, shared] += 1.0
    root = np.asarray(np.linalg.cholesky(border), dtype=np.float64)
    own_value = (lower[:, alike.kind] @ blocks.inner_value[..., None])[..., 0]
    sums = np.zeros((len(alike.many), own_value.shape[-1]))
    np.add.at(sums, alike.kind, blocks.inner_value)
    taken = (lower @ sums[..., None]).reshape(len(ratios), -1)
    value = outer * blocks.outer_value - np.einsum("mkr,mk->mr", flat, taken)
    logs = np.log(_diagonal(factor)).sum(2) @ alike.many + np.log(_diagonal(root)).sum(1)
    return _Eliminated(outer, lower, reduced, flat, root, own_value, value, logs)


def least_squares(blocks: Blocks) -> float:
    """Return the residual sum of squares below which none is believed."""
    return max(blocks.freedom * blocks.least_residual, SMALLEST * blocks.sum_of_squares, TINIEST)


def _finish(blocks: Blocks, parts: _Eliminated, rotated: Floats) -> tuple[Floats, Floats]:
    """Return residual sums of squares and restricted log likelihoods."""
    residual = blocks.sum_of_squares - (parts.own_value**2).sum((1, 2)) - (rotated**2).sum(1)
    residual = np.maximum(residual, least_squares(blocks))
    return residual, -parts.logs - 0.5 * blocks.freedom * np.log(residual)


def solve(blocks: Blocks, ratios: Floats) -> Solved:
    """Solve the mixed-model equations at every row of `ratios`.

    Args:
        blocks: Cross-products of the model.
        ratios: (M, K) σ_effect/σ_residual, in the order of `blocks.effects`; zero is allowed.

    Returns:
        Solutions, restricted log likelihood, and the factors that give variances.
    """
    parts = _eliminate(blocks, ratios)
    upper = _inverse_lower(parts.root)
    rotated = (upper @ parts.value[..., None])[..., 0]
    residual, height = _finish(blocks, parts, rotated)
    shared = (upper.swapaxes(1, 2) @ rotated[..., None])[..., 0]
    kind = blocks.alike.kind
    of_border = (parts.flat @ shared[..., None]).reshape(parts.lower.shape[:3])
    left = parts.own_value - of_border[:, kind]
    inner = (parts.lower.swapaxes(2, 3)[:, kind] @ left[..., None])[..., 0]
    return Solved(height, residual, inner, shared * parts.scale, parts.lower, parts.reduced, upper, parts.scale, kind)


def batches(blocks: Blocks, points: int) -> list[slice]:
    """Split M points into slices small enough for memory."""
    n, m, r = blocks.inner_outer.shape
    size = max(1, CHUNK // (n * m * (m + r) + 2 * r * r))
    return [slice(start, start + size) for start in range(0, points, size)]


def log_likelihood(blocks: Blocks, ratios: Floats) -> Floats:
    """Return the (M,) restricted log likelihood at (M, K) ratios, up to a constant."""
    out = []
    for part in batches(blocks, len(ratios)):
        parts = _eliminate(blocks, ratios[part])
        rotated = np.asarray(np.linalg.solve(parts.root, parts.value[..., None])[..., 0], dtype=np.float64)
        out.append(_finish(blocks, parts, rotated)[1])
    return np.concatenate(out)


@frozen(eq=False)
class Contrasts:
    """Linear functions of the solutions: F about each of N candidates, then G about the border alone."""

    candidates: int
    """N, the first of all."""
    inner: Floats
    """(F, m) coefficients on a candidate's own slots."""
    outer: Floats
    """(F, r) coefficients on the outer columns, for the candidates' functions."""
    border: Floats
    """(G, r) coefficients of the functions of outer columns alone."""


@frozen(eq=False)
class Moments:
    """Conditional means and variances of contrasts at M points; variances in units of the residual's."""

    own_mean: Floats
    """(M, N, F)."""
    own_variance: Floats
    """(M, N, F)."""
    border_mean: Floats
    """(M, G)."""
    border_variance: Floats
    """(M, G)."""
    spread: Floats
    """(M, N) variance of each candidate's first function that is specific to them, given the border."""
    shared: Floats
    """(M, N, r) loadings of that first function on r independent unit deviates of the border."""

    @classmethod
    def join(cls, parts: "list[Moments]") -> "Moments":
        """Concatenate the points of several batches."""
        names = [field.name for field in fields(cls)]
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def moments(solved: Solved, contrasts: Contrasts) -> Moments:
    """Return the contrasts' means and variances, from the factors and without any n × n matrix."""
    kind = solved.kind[: contrasts.candidates]
    own = contrasts.inner @ solved.inner_inverse.swapaxes(2, 3)
    rest = (contrasts.outer * solved.outer_scale[:, None, :])[:, None] - own @ solved.reduced
    shape = rest.shape
    loading = (rest.reshape(shape[0], -1, shape[-1]) @ solved.border_inverse.swapaxes(1, 2)).reshape(shape)
    border = (contrasts.border * solved.outer_scale[:, None, :]) @ solved.border_inverse.swapaxes(1, 2)
    alone = (own**2).sum(-1)
    return Moments(
        solved.inner[:, : contrasts.candidates] @ contrasts.inner.T + (solved.outer @ contrasts.outer.T)[:, None],
        (alone + (loading**2).sum(-1))[:, kind],
        solved.outer @ contrasts.border.T,
        (border**2).sum(-1),
        alone[:, kind, 0],
        loading[:, kind, 0],
    )


def fitted(blocks: Blocks, candidate: Codes, inner: Floats, outer: Floats) -> Floats:
    """Return the (n,) fitted ratings of solutions (N, m) and (r,)."""
    return np.asarray(blocks.center + (blocks.inner_rows * inner[candidate]).sum(1) + blocks.outer_rows @ outer)
