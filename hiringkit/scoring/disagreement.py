"""On whom, and on what, interviewers disagree beyond what severity and chance explain; and who uses few levels.

Whether they differ about a candidate is tested against the fit of all others, so that an F test is exact at given
ratios; halo is left out of the model, because it is what is being looked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import overload

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from hiringkit.domain.profile import Disagreement, Side
from hiringkit.domain.rating_table import NUMBER
from hiringkit.scoring.arrays import Bools, Codes, Floats, ratio, sorted_groups, sums
from hiringkit.scoring.calibrated.adjusted import Adjusted, Own
from hiringkit.scoring.calibrated.model import Blocks, ModelRows
from hiringkit.scoring.design import Design
from hiringkit.scoring.effects import HALO, OWN
from hiringkit.scoring.evidence import Cells
from hiringkit.scoring.profiles import MADE, TIE
from hiringkit.scoring.ratings import Blueprint, Ratings

FAMILY = 0.05
"""Family-wise error rate of split panels over all tests of a comparison."""
FAR = 2
"""Steps between interviewers' means from which they are reported even if chance may explain them."""
NARROW = 2
"""Most levels of an interviewer who counts as using few."""
UNLIKELY = 0.01
"""Probability of using so few by chance, over all interviewers, below which it is reported."""
FEWEST = 3
"""Fewest candidates for that: two may well have deserved the same."""
AT_MOST = 2
"""Most ratings that an interview counts for there, as ratings of one interview are correlated."""
AT_ONCE = 1_000_000
"""Most entries of the covariances of tests that are solved together."""
SPARE = 8
"""How many times as long as the means a table of them may be."""
FLAT = 1e-8
"""Precision of the prior on fixed effects that no other candidate informs."""


def step_of(columns: Ratings, blueprint: Blueprint) -> float:
    """Return the smallest step of the scale: between its levels, or between ratings where these are unknown."""
    known = np.unique(columns.value[columns.status == NUMBER]) if blueprint.levels is None else blueprint.levels
    levels = known.tolist()
    return min((b - a for a, b in pairwise(levels)), default=1.0)


@frozen(eq=False)
class Ends:
    """The interviewers' means of every score, sorted within each score."""

    place: Codes
    """(s,) the scores: candidate · (1 + C) + score, ascending."""
    interviewer: NDArray[np.int32]
    """(e,)."""
    mean: Floats
    """(e,) ascending within each score."""
    first: Codes
    """(s,) where each score begins."""
    last: Codes
    """(s,) where each score ends."""

    @property
    def gap(self) -> Floats:
        """(s,) between the highest mean and the lowest."""
        return self.mean[self.last] - self.mean[self.first]


def read_ends(cells: Cells, shares: Floats) -> Ends:
    """Sort the interviewers' means of every score.

    Args:
        cells: Means by interviewer and criterion.
        shares: (n, C) of the criteria in each candidate's overall score.
    """
    width = 1 + shares.shape[1]
    first = np.flatnonzero(cells.new_pair)
    weight = shares[cells.candidate, cells.criterion]
    if len(first):
        total = np.add.reduceat(weight, first)
        overall = np.add.reduceat(weight * cells.mean, first) / np.maximum(total, np.finfo(float).tiny)
    else:
        overall = cells.mean
    place = np.concatenate([cells.candidate[first] * width, cells.candidate * width + 1 + cells.criterion])
    mean = np.concatenate([overall, cells.mean])
    who = np.concatenate([cells.interviewer[first], cells.interviewer])
    order, starts = sorted_groups(place)
    place, mean, who = place[order], mean[order], who[order].astype(np.int32)
    lengths = np.diff(starts, append=len(place))
    inner = _order_within(mean, starts, lengths)
    return Ends(place[starts], who[inner], mean[inner], starts, starts + lengths - 1)


def joined_ends(parts: Sequence[tuple[int, Ends]], width: int) -> Ends:
    """Join the means of candidates that were sorted one block after the other.

    Args:
        parts: The first candidate of each block, and the means in it.
        width: Scores of a candidate.
    """
    if len(parts) == 1:
        return parts[0][1]
    before = np.cumsum([0, *(len(ends.mean) for _, ends in parts)]).tolist()
    return Ends(
        np.concatenate([low * width + ends.place for low, ends in parts]),
        np.concatenate([ends.interviewer for _, ends in parts]),
        np.concatenate([ends.mean for _, ends in parts]),
        *(
            np.concatenate([start + getattr(ends, name) for start, (_, ends) in zip(before, parts, strict=False)])
            for name in ("first", "last")
        ),
    )


def _order_within(mean: Floats, starts: Codes, lengths: Codes) -> Codes:
    """Return the order that stably sorts the means of each score, which follow each other.

    Panels are small, so that rows of a table take a fifth of the time of one sort of everything.
    """
    most = int(lengths.max(initial=0))
    if most * len(starts) > SPARE * len(mean):
        return np.lexsort((mean, np.repeat(np.arange(len(starts)), lengths)))
    table = np.full((len(starts), most), np.inf)
    there = np.arange(most) < lengths[:, None]
    table[there] = mean
    return np.asarray((np.argsort(table, axis=1, kind="stable") + starts[:, None])[there])


@frozen(eq=False)
class Differences(Mapping[int, Sequence[Disagreement]]):
    """What interviewers differ about, by candidate; put into words when somebody reads it, if there is much."""

    ends: Ends
    which: Codes
    """(d,) places of the scores that they differ about, ascending."""
    beyond: Bools
    """(d,) whether severity and chance do not explain it."""
    bounds: Sequence[int]
    """(n + 1,) where each candidate's begin in `which`."""
    criteria: Sequence[str]
    interviewers: Sequence[str]
    """All ids, by code."""

    @property
    def split(self) -> Codes:
        """The candidates about whom they differ beyond chance."""
        return np.unique(self.ends.place[self.which[self.beyond]] // (1 + len(self.criteria)))

    def __getitem__(self, candidate: int) -> Sequence[Disagreement]:
        if not 0 <= candidate < len(self.bounds) - 1 or self.bounds[candidate] == self.bounds[candidate + 1]:
            raise KeyError(candidate)
        row = DisagreementRow(self, self.bounds[candidate], self.bounds[candidate + 1])
        return row if len(self.bounds) > MADE else tuple(row)

    def __iter__(self) -> Iterator[int]:
        return (at for at, (low, high) in enumerate(pairwise(self.bounds)) if low < high)

    def __len__(self) -> int:
        return int(np.count_nonzero(np.diff(self.bounds)))

    def tell(self, start: int, end: int) -> Iterator[Disagreement]:
        """Make some of the d disagreements, all about one candidate."""
        ends, which = self.ends, self.which[start:end]
        firsts, lasts = ends.first[which].tolist(), (ends.last[which] + 1).tolist()
        base = firsts[0] if firsts else 0
        means = ends.mean[base : max(lasts, default=0)].tolist()
        people = [self.interviewers[code] for code in ends.interviewer[base : max(lasts, default=0)].tolist()]
        scores = (ends.place[which] % (1 + len(self.criteria))).tolist()
        for first, last, score, beyond in zip(firsts, lasts, scores, self.beyond[start:end].tolist(), strict=True):
            mean, who = means[first - base : last - base], people[first - base : last - base]
            gaps = [high - low for low, high in pairwise(mean)]
            cut = 1 + gaps.index(max(gaps))
            yield Disagreement(
                self.criteria[score - 1] if score else None,
                Side(who[0], mean[0]),
                Side(who[-1], mean[-1]),
                beyond,
                tuple(who[:cut]),
                tuple(who[cut:]),
            )


@frozen
class DisagreementRow(Sequence[Disagreement]):
    """The disagreements about one candidate."""

    table: Differences = field(eq=id)
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    @overload
    def __getitem__(self, item: int) -> Disagreement: ...
    @overload
    def __getitem__(self, item: slice) -> Sequence[Disagreement]: ...
    def __getitem__(self, item: int | slice) -> Disagreement | Sequence[Disagreement]:
        if isinstance(item, slice):
            return tuple(self)[item]
        at = self.start + range(len(self))[item]
        return next(self.table.tell(at, at + 1))

    def __iter__(self) -> Iterator[Disagreement]:
        return self.table.tell(self.start, self.end)


def find_disagreements(columns: Ratings, ends: Ends, p: Floats, step: float, criteria: Sequence[str]) -> Differences:
    """Return the disagreements about each candidate, by code: those beyond chance, and those two steps wide.

    Neighbouring levels are not a split, whatever a test says. Holm's correction (1979), with half of `FAMILY` for
    overall scores and half for criteria.

    Args:
        columns: The ratings.
        ends: As of `read_ends`.
        p: (n, 1 + C) probabilities of differences as large by chance; 1, or NaN, where nothing was tested.
        step: From one level of the scale to the next.
        criteria: Ids.
    """
    wide, several = ends.gap > step + TIE, ends.last > ends.first
    place = ends.place
    chance = np.where(wide, np.nan_to_num(p.ravel()[place], nan=1.0), 1.0)
    overall = place % p.shape[1] == 0
    beyond = np.zeros(len(place), dtype=bool)
    for part in (several & overall, several & ~overall):
        beyond[part] = holm(chance[part], FAMILY / 2)
    which = np.flatnonzero(beyond | (ends.gap >= FAR * step - TIE))
    candidates = np.arange(len(columns.candidates) + 1)
    bounds = np.searchsorted(place[which] // p.shape[1], candidates).tolist()
    return Differences(ends, which, beyond[which], bounds, criteria, columns.interviewers)


def holm(p: Floats, family: float) -> Bools:
    """Return which of (T,) p values are rejected at a family-wise level (Holm 1979)."""
    order = np.argsort(p, kind="stable")
    fails = p[order] > family / np.arange(len(p), 0, -1)
    first = int(np.argmax(fails)) if fails.any() else len(p)
    out = np.zeros(len(p), dtype=bool)
    out[order[:first]] = True
    return out


def narrow_scales(columns: Ratings) -> Mapping[int, list[float]]:
    """Return the levels of interviewers who use one or two only where their peers, on the same candidates, use more.

    With π the share of the peers' ratings on those levels, the chance of staying on them is π^m, where m counts every
    candidate as two ratings at most.

    Args:
        columns: The ratings.
    """
    rated = columns.only(columns.status == NUMBER)
    n, people = len(columns.candidates), len(columns.interviewers)
    levels, level = np.unique(rated.value, return_inverse=True)
    used = np.zeros((people, len(levels)))
    np.add.at(used, (rated.interviewer, level.reshape(-1)), 1.0)
    few = np.flatnonzero(((used > 0).sum(axis=1) <= NARROW) & (used.sum(axis=1) > 0))
    met, found = np.zeros(n, dtype=bool), {}
    given = int((used.sum(axis=1) > 0).sum())
    for who in few.tolist() if len(levels) > 1 else []:
        mine = rated.interviewer == who
        met[:] = False
        met[rated.candidate[mine]] = True
        peers = level.reshape(-1)[~mine & met[rated.candidate]]
        own = np.flatnonzero(used[who])
        each = np.bincount(rated.candidate[mine])
        if len(np.unique(peers)) <= len(own) or (each > 0).sum() < FEWEST:
            continue
        counted = int(np.minimum(each, AT_MOST).sum())
        if float(np.isin(peers, own).mean()) ** counted < UNLIKELY / given:
            found[who] = levels[own].tolist()
    return found


@frozen(eq=False)
class _Others:
    """One candidate's ratings and a fit of all the others."""

    value: Floats
    """(k,) ratings less what question and interviewers add."""
    covariance: Floats
    """(k, k) in units of the residual variance: residual, candidate:criterion, and what was taken off; no halo."""
    rows: Codes
    """(k,)."""
    residual: float
    freedom: float


@frozen(eq=False)
class _Test:
    """Whether the interviewers of one candidate differ on one score."""

    where: tuple[int, int]
    """Candidate and score."""
    others: _Others
    use: Codes
    """(m,) of the candidate's ratings those that bear on the score."""
    at: Codes
    """(m,) whose each is, counted from 0 among those who gave them."""


def split_panel(design: Design, blocks: Blocks, ratios: Floats, own: Own, step: float) -> Floats:
    """Return the (N, 1 + C) p values of differences between the interviewers of each candidate, 1 where none is tested.

    Only scores on which the interviewers' means are more than a step apart are tested.

    Args:
        design: The design.
        blocks: Of the fitted model.
        ratios: (K,) typical ratios.
        own: Weights of the ratings.
        step: From one level of the scale to the next.
    """
    rows, (scored, width) = design.rows, own.rating.shape
    means = own.means(rows.value[:scored])
    low, high = np.full((len(own.part), width), np.inf), np.full((len(own.part), width), -np.inf)
    np.minimum.at(low, own.candidate, np.where(np.isnan(means), np.inf, means))
    np.maximum.at(high, own.candidate, np.where(np.isnan(means), -np.inf, means))
    wide = high - low > step + TIE
    out = np.ones(wide.shape)
    some = np.flatnonzero(wide.any(axis=1))
    alike: dict[tuple[int, int], list[_Test]] = {}
    numbered: dict[bytes, tuple[int, Codes]] = {}  # in a complete panel the same for every candidate
    for i, others in zip(some.tolist(), _without_each(blocks, rows, ratios, some), strict=True):
        if others is not None:
            bears = own.rating[others.rows] > 0
            for score in np.flatnonzero(wide[i]).tolist():
                use = np.flatnonzero(bears[:, score])
                who = rows.interviewer[others.rows[use]]
                if (key := who.tobytes()) not in numbered:
                    by, at = np.unique(who, return_inverse=True)
                    numbered[key] = len(by), at
                people, at = numbered[key]
                if people > 1:
                    alike.setdefault((len(use), people), []).append(_Test((i, score), others, use, at))
    for (size, people), tests in alike.items():
        count = max(1, AT_ONCE // size**2)
        for first in range(0, len(tests), count):
            together = tests[first : first + count]
            candidate, score = np.array([test.where for test in together]).T
            out[candidate, score] = _p_values(together, people, step**2 / 12)
    return out


def _without_each(blocks: Blocks, rows: ModelRows, ratios: Floats, some: Codes) -> list[_Others | None]:
    """Fit all but one, for each of some candidates; None where nothing is left to estimate the residual."""
    inner, outer = _scales(blocks, ratios)
    o, y = blocks.outer_rows * outer, rows.value - blocks.center
    prior = np.full(o.shape[1], 1.0)
    prior[: blocks.fixed] = FLAT
    total, right, squares, lost_all = np.diag(prior), np.zeros(o.shape[1]), 0.0, 0.0
    halo, own = blocks.columns(HALO), blocks.columns(OWN)
    square = float(inner[halo.start]) ** 2 if halo is not None else 0.0
    wanted, parts = set(some.tolist()), []
    several = blocks.alike.many[blocks.alike.kind] > 1
    made: dict[bytes, tuple[Floats, Floats, Floats, Floats]] = {}  # of several candidates with the same rows: once
    inverses: dict[int, Floats] = {}
    order = np.argsort(rows.candidate, kind="stable")
    ends = np.cumsum(np.bincount(rows.candidate, minlength=rows.candidates))
    for i, k in enumerate(np.split(order, ends[:-1])):
        u = blocks.inner_rows[k] * inner
        key = u.tobytes() + o[k].tobytes() + rows.weight[k].tobytes() if several[i] else b""
        chance, v, vo, form = made.get(key) or _weighed(u, o[k], rows.weight[k])
        if key:
            made[key] = chance, v, vo, form
        b, s = vo.T @ y[k], float(y[k] @ v @ y[k])
        sizes = np.bincount(rows.interviewer[k], rows.weight[k])
        lost = float((sizes * square / (1 + sizes * square)).sum())
        total, right, squares, lost_all = total + form, right + b, squares + s, lost_all + lost
        if i in wanted:
            theirs = np.zeros((len(k), 0)) if own is None else u[:, own.start : own.start + own.size]
            parts.append((k, form, b, s, lost, chance + theirs @ theirs.T, bool(key)))
    out: list[_Others | None] = []
    for k, form, b, s, lost, alone, again in parts:
        left = inverses[id(form)] if id(form) in inverses else np.asarray(np.linalg.inv(total - form), dtype=np.float64)
        if again:
            inverses[id(form)] = left
        effects = left @ (right - b)
        seen = int((np.diag(total - form)[: blocks.fixed] > 2 * FLAT).sum())
        freedom = len(y) - len(k) - seen - (lost_all - lost)
        if freedom < 1:
            out.append(None)
            continue
        residual = max((squares - s - float((right - b) @ effects)) / freedom, blocks.least_residual, 1e-12)
        out.append(_Others(y[k] - o[k] @ effects, alone + o[k] @ left @ o[k].T, k, residual, freedom))
    return out


def _weighed(own: Floats, shared: Floats, weight: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the covariance of a candidate's ratings by chance alone, the inverse of the whole, and products with it.

    Args:
        own: (m, ·) the ratings' coefficients on the candidate's own effects.
        shared: (m, r) those on everything else.
        weight: (m,).
    """
    chance = np.diag(1.0 / weight)
    inverse = np.asarray(np.linalg.inv(chance + own @ own.T), dtype=np.float64)
    weighed = inverse @ shared
    return chance, inverse, weighed, shared.T @ weighed


def _scales(blocks: Blocks, ratios: Floats) -> tuple[Floats, Floats]:
    inner, outer = np.ones(blocks.inner_inner.shape[1]), np.ones(len(blocks.outer_outer))
    for k, part in enumerate((*blocks.inner, *blocks.outer)):
        (inner if k < len(blocks.inner) else outer)[part.start : part.start + part.size] = ratios[k]
    return inner, outer


def _p_values(tests: Sequence[_Test], people: int, rounding: float) -> Floats:
    """Return the p values of F tests of one level for each interviewer against one level for all.

    Residual variance is larger in the middle of the scale than at its ends, so what the candidate's own interviews
    show of it counts too; and no interviewer's mean is more precise than the rounding to levels.

    Args:
        tests: T of as many ratings by as many interviewers, solved together.
        people: How many interviewers.
        rounding: Variance that rounding to levels gives.
    """
    from scipy.special import fdtrc  # noqa: PLC0415 - only where means are far apart

    member = np.eye(people)[np.stack([test.at for test in tests])]
    typical = np.array([test.others.residual for test in tests])
    floor = np.maximum(0.0, rounding / typical[:, None] - 1.0 / member.sum(axis=1))
    covariance = np.stack([test.others.covariance[np.ix_(test.use, test.use)] for test in tests])
    covariance += (member * floor[:, None]) @ member.transpose(0, 2, 1)
    value = np.stack([test.others.value[test.use] for test in tests])
    table = np.concatenate([np.ones((*value.shape, 1)), member[:, :, 1:], value[:, :, None]], axis=2)
    # The last column of R holds what is left of the ratings once each column before is taken out, one after another.
    whitened = np.linalg.solve(np.linalg.cholesky(covariance), table)
    left = np.asarray(np.linalg.qr(whitened, mode="r"), dtype=np.float64)[:, :, -1] ** 2
    one, each = left[:, 1:].sum(axis=1), left[:, people:].sum(axis=1)
    spare = value.shape[1] - people
    residual = np.maximum(typical, each / spare) if spare > 0 else typical
    freedom = np.array([test.others.freedom for test in tests])
    return np.asarray(fdtrc(people - 1, freedom, np.maximum(0.0, one - each) / residual / (people - 1)))


def split_many(design: Design, cells: Cells, adjusted: Adjusted, variance: Floats, residual: float) -> Floats:
    """Return the (N, 1 + C) p values where there are very many candidates: chi-square tests, linear in the ratings.

    Σ (d - their mean)²/τ over interviewers, d the interviewer's mean less question levels and severity, τ its variance
    without halo.

    Args:
        design: The design.
        cells: Means of the ratings less the levels of their questions.
        adjusted: With what interviewers add.
        variance: (I, 1 + C) of the errors of that.
        residual: Variance of a rating of weight 1.
    """
    from scipy.special import chdtrc  # noqa: PLC0415 - only where numbers are wanted

    n, width = len(design.candidates), 1 + len(design.criteria)
    first = np.flatnonzero(cells.new_pair)
    share = design.weights[cells.criterion]
    total = np.maximum(np.add.reduceat(share, first), np.finfo(float).tiny)
    score = np.concatenate([np.zeros(len(first), dtype=np.int64), 1 + cells.criterion])
    who = np.concatenate([cells.interviewer[first], cells.interviewer])
    at = np.concatenate([cells.candidate[first], cells.candidate]) * width + score
    mean = np.concatenate([np.add.reduceat(share * cells.mean, first) / total, cells.mean])
    chance = np.concatenate([np.add.reduceat(share**2 * cells.chance, first) / total**2, cells.chance])
    away = mean - adjusted.lenience[who, score]
    precision = 1.0 / np.maximum(residual * chance + variance[who, score], 1e-300)
    weighed, weights = (sums(at, n * width, values) for values in (precision * away, precision))
    level = ratio(weighed, weights)
    squares = np.bincount(at, precision * (away - level[at]) ** 2, minlength=n * width)
    freedom = np.bincount(at, minlength=n * width) - 1
    return np.where(freedom > 0, chdtrc(np.maximum(freedom, 1), squares), 1.0).reshape(n, width)
