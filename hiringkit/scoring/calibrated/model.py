"""Model matrices in blocks: given interviewers and questions, candidates are independent of one another.

Every column that belongs to one candidate (candidate, candidate:interviewer, …) is *inner*; the fixed effects
and every other column are *outer*. The cross-products of the mixed-model equations then have one small block
for each candidate and one border, and never need a matrix as long as the ratings in both directions.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve, frozen

from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.effects import CRITERION

AT_ONCE = 1_000_000
"""Coefficients of ratings that are multiplied together: 8 MB."""


@frozen(eq=False)
class Joined:
    """How the ratings of several openings lie in one model; those of the opening to be scored come first."""

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


@frozen(eq=False)
class EffectColumns:
    """Where an effect's columns are among the inner slots of a candidate or the outer columns."""

    effect: str
    start: int
    size: int
    kept: Codes | None = None
    """Which of the effect's columns these are; None for all."""


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
    """What was taken off every rating before."""
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
    if "interviewer:criterion" in effects:
        kept = kept_criteria(rows)
        shared += rows.interviewers * width if kept is None else len(kept)
    own = 1 + min(rows.interviewers, len(rows) // rows.candidates) + own_columns(rows)
    return int(rows.candidates * own * shared**2)


def _outer_part(rows: ModelRows, effect: str) -> tuple[str, Floats, Codes | None]:
    kept = kept_criteria(rows) if effect == "interviewer:criterion" else None
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
