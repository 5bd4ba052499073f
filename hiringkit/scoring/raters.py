"""How each interviewer rates beside the others who rated the same candidates on the same criteria.

Everything rests on cells: an interviewer's mean on a criterion of a candidate. A cell's deviation is the cell less the
mean of the others' cells of the same candidate and criterion; whatever the candidate deserved drops out. Measures are
means over candidates, with Student's t over candidates, or statistics whose interval is a jackknife over candidates
(Tukey 1958), because the ratings of a candidate are not independent. For definitions of halo, range restriction and
central tendency see Saal, Downey & Lahey (1980); for drift, Wolfe, Moulder & Myford (2001).
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from attrs import frozen

from hiringkit.domain.raters import CriterionBias, Measure
from hiringkit.domain.rating_table import NUMBER
from hiringkit.scoring.arrays import Bools, Codes, Floats
from hiringkit.scoring.disagreement import FAMILY, holm, step_of
from hiringkit.scoring.evidence import gather_evidence
from hiringkit.scoring.profiles import TIE
from hiringkit.scoring.ratings import Blueprint, Ratings

FEWEST: Mapping[str, int] = {
    "severity": 3,
    "spread": 4,
    "central": 4,
    "differentiation": 4,
    "consistency": 4,
    "correlation": 5,
    "bias": 4,
    "drift": 6,
    "before": 8,
    "evidence": 5,
    "hours": 3,
}
"""Candidates (ratings of evidence, interviews of hours) below which a measure is not shown."""
ASPECTS = 3
"""Fewest criteria of an interview whose differences tell of halo."""


@frozen(eq=False)
class Judged:
    """Submitted ratings of one or several openings on one scale."""

    candidate: Codes
    """(m,) of each cell; candidates of different openings are different."""
    interviewer: Codes
    """(m,)."""
    criterion: Codes
    """(m,)."""
    value: Floats
    """(m,) means."""
    rated_candidate: Codes
    """(n,) of each number given."""
    rated_interviewer: Codes
    """(n,)."""
    rated_value: Floats
    """(n,)."""
    low: float
    high: float
    step: float
    """From one level of the scale to the next."""
    criteria: Sequence[str]
    """Ids."""
    order: Mapping[tuple[int, int], tuple[int, float]]
    """By candidate and interviewer: for which opening they met, and a number that grows with the time of that."""


def join_judged(
    openings: Sequence[tuple[Ratings, Blueprint, Mapping[tuple[str, str], float]]], interviewers: Sequence[str]
) -> Judged:
    """Put the ratings of openings on one scale together.

    Args:
        openings: Ratings, what they are for, and by the ids of candidate and interviewer when they met.
        interviewers: Ids of all who have rated.
    """
    who = {each: n for n, each in enumerate(interviewers)}
    what = {each: n for n, each in enumerate(dict.fromkeys(c for _, plan, _ in openings for c in plan.criteria))}
    cells: list[Floats] = [np.zeros((0, 4))]
    numbers: list[Floats] = [np.zeros((0, 3))]
    order: dict[tuple[int, int], tuple[int, float]] = {}
    before, low, high, step = 0, 1.0, 5.0, 1.0
    for opening, (columns, plan, times) in enumerate(openings):
        by = np.array([who[each] for each in columns.interviewers], dtype=np.int64)
        criterion = np.array([what[each] for each in plan.criteria], dtype=np.int64)
        found = gather_evidence(columns, plan).cells
        cells.append(
            np.column_stack([before + found.candidate, by[found.interviewer], criterion[found.criterion], found.mean])
        )
        rated = columns.only(columns.status == NUMBER)
        numbers.append(np.column_stack([before + rated.candidate, by[rated.interviewer], rated.value]))
        place = {each: before + n for n, each in enumerate(columns.candidates)}
        for (candidate, interviewer), at in times.items():
            order[place[candidate], who[interviewer]] = (opening, at)
        before += len(columns.candidates)
        low, high, step = plan.low, plan.high, step_of(columns, plan)
    table, given = np.vstack(cells), np.vstack(numbers)
    codes, rated_codes = table[:, :3].astype(np.int64), given[:, :2].astype(np.int64)
    return Judged(
        candidate=codes[:, 0],
        interviewer=codes[:, 1],
        criterion=codes[:, 2],
        value=table[:, 3],
        rated_candidate=rated_codes[:, 0],
        rated_interviewer=rated_codes[:, 1],
        rated_value=given[:, 2],
        low=low,
        high=high,
        step=step,
        criteria=tuple(what),
        order=order,
    )


@frozen(eq=False)
class Beside:
    """The cells that somebody else has too, and what the others have there."""

    cells: Codes
    """(k,) which cells."""
    deviation: Floats
    """(k,) cell less the mean of the others'."""
    others: Floats
    """(k,) how many others."""
    peers: Floats
    """(k,) the mean of the others' cells."""


@frozen(eq=False)
class RaterMeasures:
    """The measures of one interviewer that ratings alone give."""

    severity: Measure
    spread: Measure
    central: Measure
    differentiation: Measure
    consistency: Measure
    correlation: Measure
    drift: Measure
    before: Measure
    bias: tuple[CriterionBias, ...]


def compare_cells(judged: Judged) -> Beside:
    """Compare each cell with the others' of the same candidate and criterion."""
    width = max(len(judged.criteria), 1)
    place = judged.candidate * width + judged.criterion
    size = int(place.max(initial=-1)) + 1
    count = np.bincount(place, minlength=size)[place] - 1.0
    total = np.bincount(place, judged.value, minlength=size)[place] - judged.value
    cells = np.flatnonzero(count > 0)
    peers = total[cells] / count[cells]
    return Beside(cells, judged.value[cells] - peers, count[cells], peers)


def measure_raters(judged: Judged, people: int, level: float) -> list[RaterMeasures]:
    """Measure every interviewer.

    Args:
        judged: The ratings.
        people: How many interviewers there are.
        level: Of intervals.
    """
    beside = compare_cells(judged)
    scatter = _scatter(judged, beside)
    found = [_Rater(judged, beside, who, level) for who in range(people)]
    biases = [rater.biases() for rater in found]
    tested = np.array([p for each in biases for _measure, p in each.values() if not np.isnan(p)], dtype=np.float64)
    kept = iter(holm(tested, FAMILY).tolist())
    out = []
    for rater, each in zip(found, biases, strict=True):
        bias = tuple(
            CriterionBias(judged.criteria[c], measure, beyond_chance=not np.isnan(p) and next(kept))
            for c, (measure, p) in each.items()
        )
        out.append(rater.measures(scatter, bias))
    return out


def _scatter(judged: Judged, beside: Beside) -> float:
    """Return the variance of a cell about its candidate and criterion, interviewers' severities taken off."""
    if not len(beside.cells):
        return 0.0
    who = judged.interviewer[beside.cells]
    people = np.bincount(who)
    mild = np.bincount(who, beside.deviation) / np.maximum(people, 1)
    # n/(n + 1) of the squared deviation from n others estimates the variance where cells are independent
    squares = (beside.deviation - mild[who]) ** 2 * beside.others / (beside.others + 1.0)
    freedom = len(who) - int((people > 0).sum())
    return float(squares.sum() / freedom) if freedom > 0 else 0.0


class _Rater:
    """One interviewer beside the others."""

    def __init__(self, judged: Judged, beside: Beside, who: int, level: float) -> None:
        self.judged, self.beside, self.who, self.level = judged, beside, who, level
        self.mine: Bools = judged.interviewer[beside.cells] == who
        self.cell: Codes = beside.cells[self.mine]
        self.deviation, self.peers = beside.deviation[self.mine], beside.peers[self.mine]
        self.candidates, self.place = np.unique(judged.candidate[self.cell], return_inverse=True)
        self.n = len(self.candidates)

    def measures(self, scatter: float, bias: tuple[CriterionBias, ...]) -> RaterMeasures:
        """Return all of them.

        Args:
            scatter: Variance of a cell about its candidate and criterion.
            bias: By criterion.
        """
        away = self._by_candidate(self.deviation)
        return RaterMeasures(
            severity=self._mean(-away, "severity"),
            spread=self._spread(),
            central=self._central(),
            differentiation=self._differentiation(),
            consistency=self._consistency(scatter),
            correlation=self._correlation(),
            drift=self._drift(away),
            before=self._before(away),
            bias=bias,
        )

    def _by_candidate(self, values: Floats) -> Floats:
        """Return the means of (k,) values of cells by candidate."""
        return np.asarray(
            np.bincount(self.place, values, self.n) / np.maximum(np.bincount(self.place, minlength=self.n), 1)
        )

    def _mean(self, values: Floats, name: str, peers: float | None = None) -> Measure:
        """Return the mean of a value for each candidate, with Student's interval."""
        n = len(values)
        if n < FEWEST[name]:
            return Measure(None, None, n, FEWEST[name])
        half = student(n - 1, self.level) * float(values.std(ddof=1) / np.sqrt(n))
        mean = float(values.mean())
        return Measure(mean, (mean - half, mean + half), n, FEWEST[name], peers)

    def _jackknife(self, statistic: Callable[[Bools], float], name: str, peers: float | None = None) -> Measure:
        """Return a statistic of some of the candidates, with the interval of its jackknife."""
        n = self.n
        whole = statistic(np.ones(n, dtype=bool)) if n >= FEWEST[name] else np.nan
        if np.isnan(whole):
            return Measure(None, None, n, FEWEST[name])
        without = np.array([statistic(np.arange(n) != k) for k in range(n)])
        if np.isnan(without).any():
            return Measure(float(whole), None, n, FEWEST[name], peers)
        error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
        half = student(n - 1, self.level) * error
        return Measure(float(whole), (float(whole - half), float(whole + half)), n, FEWEST[name], peers)

    def _others_cells(self) -> Codes:
        """Return the others' cells of the same candidates."""
        judged = self.judged
        return np.flatnonzero((judged.interviewer != self.who) & np.isin(judged.candidate, self.candidates))

    def _spread(self) -> Measure:
        """Compare the deviation over candidates within a criterion with that of each other one."""
        judged, others = self.judged, self._others_cells()
        cells = np.concatenate([self.cell, others])
        group = judged.interviewer[cells] * max(len(judged.criteria), 1) + judged.criterion[cells]
        place = np.searchsorted(self.candidates, judged.candidate[cells])
        own = np.arange(len(cells)) < len(self.cell)

        def deviation(some: Bools) -> float:
            of = _within(judged.value[cells][some], group[some])
            return float(np.sqrt(of)) if of is not None else np.nan

        def ratio(kept: Bools) -> float:
            mine, theirs = deviation(own & kept[place]), deviation(~own & kept[place])
            return mine / theirs if theirs > TIE else np.nan

        measure = self._jackknife(ratio, "spread")
        return _not_below(measure, 0.0)

    def _central(self) -> Measure:
        """Compare the shares of ratings on the middle of the scale, candidate by candidate."""
        judged = self.judged
        middle = np.abs(judged.rated_value - (judged.low + judged.high) / 2) <= judged.step / 2 + TIE
        differences, theirs = [], []
        for candidate in self.candidates.tolist():
            here = judged.rated_candidate == candidate
            own, other = (middle[here & mask] for mask in self._owned())
            if len(own) and len(other):
                differences.append(float(own.mean() - other.mean()))
                theirs.append(float(other.mean()))
        peers = float(np.mean(theirs)) if theirs else None
        return self._mean(np.array(differences), "central", peers)

    def _owned(self) -> tuple[Bools, Bools]:
        own: Bools = self.judged.rated_interviewer == self.who
        return own, ~own

    def _differentiation(self) -> Measure:
        """Compare how far the criteria of an interview differ, candidate by candidate."""
        judged = self.judged
        differences, theirs = [], []
        for candidate in self.candidates.tolist():
            here = np.flatnonzero(judged.candidate == candidate)
            spread = {
                by: float(values.std(ddof=1))
                for by in np.unique(judged.interviewer[here]).tolist()
                if len(values := judged.value[here][judged.interviewer[here] == by]) >= ASPECTS
            }
            own = spread.pop(self.who, None)
            if own is not None and spread:
                others = float(np.mean(list(spread.values())))
                differences.append(own - others)
                theirs.append(others)
        peers = float(np.mean(theirs)) if theirs else None
        return self._mean(np.array(differences), "differentiation", peers)

    def _consistency(self, scatter: float) -> Measure:
        """Return the mean square of the residuals beside the panel, in units of what is usual."""
        if scatter <= TIE:
            return Measure(None, None, self.n, FEWEST["consistency"])
        scale = scatter * (1.0 + 1.0 / self.beside.others[self.mine])

        def mean_square(kept: Bools) -> float:
            some = kept[self.place]
            left = self.deviation[some] - self.deviation[some].mean()
            # its own mean was taken off, which costs one of so many
            return float((left**2 / scale[some]).sum() / max(len(left) - 1, 1))

        return _not_below(self._jackknife(mean_square, "consistency"), 0.0)

    def _correlation(self) -> Measure:
        """Return the correlation of the candidates' means, with Fisher's interval."""
        n, least = self.n, FEWEST["correlation"]
        if n < least:
            return Measure(None, None, n, least)
        own = self._by_candidate(self.judged.value[self.cell])
        peers = self._by_candidate(self.peers)
        if own.std() <= TIE or peers.std() <= TIE:
            return Measure(None, None, n, least)
        r = float(np.clip(np.corrcoef(own, peers)[0, 1], -1.0, 1.0))
        if abs(r) > 1.0 - TIE:
            return Measure(r, None, n, least)
        half = normal(self.level) / np.sqrt(n - 3)
        return Measure(r, (float(np.tanh(np.arctanh(r) - half)), float(np.tanh(np.arctanh(r) + half))), n, least)

    def _times(self) -> Floats:
        """Return when each candidate was interviewed; NaN where that is not known."""
        order = self.judged.order
        return np.array(
            [order.get((who, self.who), (0, np.nan))[1] for who in self.candidates.tolist()], dtype=np.float64
        )

    def _drift(self, away: Floats) -> Measure:
        """Fit a line through the deviations in the order of the interviews; return its rise from first to last."""
        times = self._times()
        known = ~np.isnan(times)
        ranks = np.argsort(np.argsort(times[known], kind="stable")).astype(np.float64)
        if len(np.unique(times[known])) < known.sum():  # at the same time: no order
            return Measure(None, None, 0, FEWEST["drift"])
        return self._slope(ranks, away[known], "drift", max(float(known.sum()) - 1.0, 1.0))

    def _before(self, away: Floats) -> Measure:
        """Fit a line of the deviations over how good the others found the candidate before in the same opening."""
        order = self.judged.order
        merit = dict(zip(self.candidates.tolist(), self._by_candidate(self.peers).tolist(), strict=True))
        deviation = dict(zip(self.candidates.tolist(), away.tolist(), strict=True))
        held = sorted(
            (opening, at, candidate)
            for (candidate, by), (opening, at) in order.items()
            if by == self.who and not np.isnan(at)
        )
        pairs = [
            (merit[first[2]], deviation[then[2]])
            for first, then in pairwise(held)
            if first[0] == then[0] and first[1] < then[1] and first[2] in merit and then[2] in deviation
        ]
        x, y = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
        return self._slope(x, y, "before", 1.0)

    def _slope(self, x: Floats, y: Floats, name: str, times: float) -> Measure:
        """Return the slope of a straight line, so many times, with Student's interval."""
        n, least = len(x), FEWEST[name]
        if n < least:
            return Measure(None, None, n, least)
        away = x - x.mean()
        size = float((away**2).sum())
        if size <= TIE:
            return Measure(None, None, n, least)
        slope = float(away @ y) / size
        left = y - y.mean() - slope * away
        half = student(n - 2, self.level) * float(np.sqrt((left**2).sum() / (n - 2) / size))
        return Measure(times * slope, (times * (slope - half), times * (slope + half)), n, least)

    def biases(self) -> dict[int, tuple[Measure, float]]:
        """Return by criterion the measure and the p value of no bias, NaN where it is not tested."""
        away = self._by_candidate(self.deviation)
        rest = self.deviation - away[self.place]
        found = {}
        for c in np.unique(self.judged.criterion[self.cell]).tolist():
            values = rest[self.judged.criterion[self.cell] == c]
            measure = self._mean(values, "bias")
            p = np.nan
            if measure.estimate is not None:
                error = float(values.std(ddof=1)) / np.sqrt(len(values))
                p = two_sided(measure.estimate / error, len(values) - 1) if error > TIE else np.nan
            found[c] = (measure, p)
        return found


def _within(values: Floats, group: Codes) -> float | None:
    """Return the pooled variance within groups, None where no group has two."""
    if not len(values):
        return None
    _, place, count = np.unique(group, return_inverse=True, return_counts=True)
    mean = np.bincount(place, values) / count
    freedom = len(values) - len(count)
    return float(((values - mean[place]) ** 2).sum() / freedom) if freedom > 0 else None


def _not_below(measure: Measure, least: float) -> Measure:
    """Cut an interval where nothing can be lower."""
    if measure.interval is None or measure.interval[0] is None or measure.interval[0] >= least:
        return measure
    return Measure(measure.estimate, (least, measure.interval[1]), measure.n, measure.least, measure.peers)


def student(freedom: int, level: float) -> float:
    """Return the quantile of Student's t that a two-sided interval takes."""
    from scipy.special import stdtrit  # noqa: PLC0415 - 0.1 s, only where somebody is measured

    return float(stdtrit(freedom, (1 + level) / 2))


def normal(level: float) -> float:
    """Return the normal quantile that a two-sided interval takes."""
    from scipy.special import ndtri  # noqa: PLC0415 - as above

    return float(ndtri((1 + level) / 2))


def two_sided(t: float, freedom: int) -> float:
    """Return the two-sided p value of Student's t."""
    from scipy.special import stdtr  # noqa: PLC0415 - as above

    return float(2 * stdtr(freedom, -abs(t)))
