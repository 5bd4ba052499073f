r"""Scores adjusted for severity only, which are compared with bars.

The score of candidate i on c is T = Σ a_r (y_r - what the interviewer adds), with a_r the weights of the ratings in the
observed score. The candidate's own level on every question has a flat prior, so that other candidates matter only for
severities and the residual variance; and T is a mean of adjusted ratings, so it lies among them. The weights are not
those of generalised least squares: with halo these can be negative and take the score outside the ratings' range.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve, frozen

from hiringkit.scoring.arrays import Codes, Floats, ratio
from hiringkit.scoring.calibrated.model import Blocks, ModelRows
from hiringkit.scoring.calibrated.posterior import Points, student_cdf
from hiringkit.scoring.design import Design
from hiringkit.scoring.effects import SHARED
from hiringkit.scoring.evidence import Cells

SPREAD_FREEDOM = 2.0
"""Degrees of freedom of the model's variance of a score, against the variance in the candidate's own panel."""
TINY = float(np.finfo(float).tiny)
LEAST = 1e-300
"""Smallest variance, in place of zero."""


@frozen(eq=False)
class Adjusted:
    """Adjusted scores of N candidates, overall and on C criteria: a mixture of t distributions over M points."""

    weights: Floats
    """(M,) adding to 1."""
    added: Floats
    """(M, N, 1 + C) what interviewers add to each observed score: positive where they are lenient."""
    variance: Floats
    """(M, N, 1 + C) squared scales."""
    freedom: float
    """Infinite for normal parts."""
    lenience: Floats
    """(I, 1 + C) posterior means of what each interviewer adds, about the panel's mean."""
    extra: Floats
    """(N, 1 + C) variance beyond the model's, for candidates whose interviewers are farther apart than expected."""

    @property
    def mean_added(self) -> Floats:
        """(N, 1 + C) posterior means of what interviewers add."""
        return np.tensordot(self.weights, self.added, 1)

    def reach(self, observed: Floats, score: Sequence[int], lines: Floats) -> Floats:
        """Return the (N, S) probabilities that some of the scores are at or above lines.

        Args:
            observed: (N, 1 + C) observed scores, NaN where there is none.
            score: Which scores, S of them.
            lines: (S,) NaN where there is none.
        """
        picked = list(score)
        away = np.nan_to_num(observed[:, picked] - lines)
        z = (away - self.added[:, :, picked]) / np.sqrt(np.maximum(self.variance[:, :, picked], LEAST))
        return np.tensordot(self.weights, student_cdf(z, self.freedom), 1)

    def of(self, candidates: slice) -> "Adjusted":
        """Return the scores of some candidates who follow each other."""
        return evolve(
            self,
            added=self.added[:, candidates],
            variance=self.variance[:, candidates],
            extra=self.extra[candidates],
        )


def joined_adjusted(parts: Sequence[Adjusted]) -> Adjusted:
    """Join the scores of candidates who were adjusted one block after the other, all else being the same."""
    if len(parts) == 1:
        return parts[0]
    return evolve(
        parts[0],
        added=np.concatenate([part.added for part in parts], axis=1),
        variance=np.concatenate([part.variance for part in parts], axis=1),
        extra=np.concatenate([part.extra for part in parts]),
    )


@frozen(eq=False)
class Own:
    """The weights of N candidates' own ratings in their scores."""

    rating: Floats
    """(n, 1 + C) weight of each rating in its candidate's scores."""
    pair: Codes
    """(n,) which interview each rating is of: a pair of candidate and interviewer, P of them, by candidate."""
    candidate: Codes
    """(P,)."""
    interviewer: Codes
    """(P,)."""
    part: Floats
    """(N, C) share of each criterion among the candidate's rated ones."""

    def by_pair(self, values: Floats) -> Floats:
        """Return (P, 1 + C): sums of (n, 1 + C) values over each interview."""
        out = np.zeros((len(self.candidate), values.shape[1]))
        np.add.at(out, self.pair, values)
        return out

    def by_candidate(self, values: Floats) -> Floats:
        """Return (N, 1 + C): sums of (P, 1 + C) values over each candidate."""
        out = np.zeros((len(self.part), values.shape[1]))
        np.add.at(out, self.candidate, values)
        return out

    def means(self, values: Floats) -> Floats:
        """Return (P, 1 + C) the interviews' means of (n,) values behind each score, NaN where there is none."""
        return ratio(self.by_pair(self.rating * values[:, None]), self.by_pair(self.rating))


def weigh_own(design: Design) -> Own:
    """Weigh every rating as the observed method does: interviewers equally, questions by loading."""
    rows, scored = design.rows, design.scored
    candidate, interviewer = rows.candidate[:scored], rows.interviewer[:scored]
    loads = design.level_weights[rows.question[:scored]] * rows.weight[:scored, None]
    pairs, pair = np.unique(candidate * rows.interviewers + interviewer, return_inverse=True)
    who, by = np.divmod(pairs, rows.interviewers)
    n, pair = len(design.candidates), pair.reshape(-1)
    totals = np.zeros((len(pairs), loads.shape[1]))
    np.add.at(totals, pair, loads)
    people = np.zeros((n, loads.shape[1]))
    np.add.at(people, who, (totals > 0).astype(np.float64))
    weight = np.nan_to_num(ratio(loads, totals[pair] * people[candidate]))
    part = np.where(people > 0, design.weights, 0.0)
    part /= np.maximum(part.sum(axis=1, keepdims=True), TINY)
    overall = (weight * part[candidate]).sum(axis=1)
    return Own(np.column_stack([overall, weight]), pair, who, by, part)


def added_columns(own: Own, blocks: Blocks, rows: ModelRows) -> Floats:
    """Return (N (1 + C), r): what interviewers add to each observed score, as functions of the outer columns."""
    scored, width = own.rating.shape
    out = np.zeros((len(own.part), width, len(blocks.outer_outer)))
    for part in blocks.outer:
        if "interviewer" in part.effect.split(":"):
            here = slice(part.start, part.start + part.size)
            for score in range(width):
                each = own.rating[:, score, None] * blocks.outer_rows[:scored, here]
                np.add.at(out[:, score, here], rows.candidate[:scored], each)
    return out.reshape(-1, out.shape[-1])


def adjust_panel(
    design: Design, blocks: Blocks, points: Points, own: Own, mix: Floats, border: slice, freedom: float
) -> Adjusted:
    """Adjust the scores of a small panel.

    Args:
        design: The design.
        blocks: Of the model.
        points: The posterior over ratios, with `added_columns` among the functions of the border.
        own: Weights of the ratings.
        mix: (C, C') what effects by criterion add to the score on each.
        border: Where these are.
        freedom: Degrees of freedom, infinite for restricted maximum likelihood.
    """
    shape = (len(own.part), own.rating.shape[1])
    residual = points.residual / blocks.freedom
    floor = float(np.diff(np.unique(design.rows.value)).min() ** 2 / 12)
    halo, by_criterion = (residual * _squared(points, blocks, f"candidate:{e}") for e in ("interviewer", "criterion"))
    weights = own.by_pair(own.rating)
    alike = own.by_candidate(weights**2)
    chance = own.by_candidate(own.by_pair(own.rating**2 / design.rows.weight[: design.scored, None]))
    spoken = np.maximum(residual, floor)[:, None, None] * chance + halo[:, None, None] * alike
    rest = design.rows.value - blocks.center - blocks.outer_rows @ points.outer
    shown, spare = _spread(own, weights, own.means(rest[: design.scored]))
    extra = extra_variance(shown, spare, np.tensordot(points.weights, spoken, 1))
    variance = points.moments.border_variance[:, border].reshape(-1, *shape) * residual[:, None, None] + spoken + extra
    variance[:, :, 0] += by_criterion[:, None] * missing_criteria(own.part, design.weights, mix)
    return Adjusted(
        points.weights,
        points.moments.border_mean[:, border].reshape(-1, *shape),
        variance,
        freedom,
        _lenience(design, blocks, points.outer, mix),
        extra,
    )


def _squared(points: Points, blocks: Blocks, effect: str) -> Floats:
    """Return the (M,) squared ratios of an effect, zero without it."""
    if effect not in blocks.effects:
        return np.zeros(len(points.ratios))
    return np.asarray(points.ratios[:, blocks.effects.index(effect)] ** 2)


def score_parts(weights: Floats, mix: Floats) -> Floats:
    """Return (1 + C, C'): what effects by criterion add to each score, overall first."""
    return np.vstack([weights @ mix, mix])


def _lenience(design: Design, blocks: Blocks, outer: Floats, mix: Floats) -> Floats:
    """Return (I, 1 + C) what each interviewer adds to each score, about the panel's mean."""
    count, people = len(design.interviewers), design.rows.interviewers
    out = np.zeros((count, 1 + len(design.criteria)))
    alone, own = (blocks.columns(effect) for effect in ("interviewer", SHARED))
    if alone is not None:
        out += outer[alone.start : alone.start + count, None]
    if own is not None:
        every = np.zeros(people * mix.shape[1])
        every[slice(None) if own.kept is None else own.kept] = outer[own.start : own.start + own.size]
        out += every.reshape(people, -1)[:count] @ score_parts(design.weights, mix).T
    return np.asarray(out - out.mean(axis=0))


def missing_criteria(part: Floats, weights: Floats, mix: Floats) -> Floats:
    """Return (N,) what the variance of candidate:criterion is multiplied by for criteria without a rating.

    The overall score is the mean over the rated criteria; unrated ones are taken to be as good on average.

    Args:
        part: (N, C) shares of the criteria among each candidate's rated ones.
        weights: (C,) shares of all criteria.
        mix: (C, C') what effects by criterion add to the score on each.
    """
    return np.asarray((((part - weights) @ mix) ** 2).sum(axis=1))


def _spread(own: Own, weights: Floats, means: Floats) -> tuple[Floats, Floats]:
    """Return (N, 1 + C) the variance of each score as its own interviews show it, and its degrees of freedom.

    J/(J - 1) Σ (weight of the interview)² (its mean - the score)²: s²/J where all of J count alike.

    Args:
        own: Weights of the ratings.
        weights: (P, 1 + C) of the interviews.
        means: (P, 1 + C) of what is left of the ratings, NaN where there is none.
    """
    means = np.nan_to_num(means)
    center = own.by_candidate(weights * means)
    squares = own.by_candidate(weights**2 * (means - center[own.candidate]) ** 2)
    people = own.by_candidate((weights > 0).astype(np.float64))
    return squares * np.nan_to_num(ratio(people, people - 1)), np.maximum(people - 1, 0.0)


def extra_variance(shown: Floats, freedom: Floats, model: Floats) -> Floats:
    """Return what to add to the variance of a score where the panel is farther apart than the model expects.

    The panel's own variance, shrunken towards the model's by `SPREAD_FREEDOM`, where it is the larger one. There is
    no threshold, so that further interviewers who repeat the same ratings never widen an interval.

    Args:
        shown: (N, 1 + C) as the candidate's own interviews show it.
        freedom: (N, 1 + C) of that.
        model: (N, 1 + C) by halo and residual.
    """
    return np.asarray(np.maximum(0.0, freedom * (shown - model) / (SPREAD_FREEDOM + freedom)))


@frozen(eq=False)
class SeverityVariances:
    """What I interviewers add to scores, as restricted maximum likelihood predicts it."""

    mean: Floats
    """(I, 1 + C) of each interviewer."""
    variance: Floats
    """(I, 1 + C) of the errors about the panel's mean."""
    common: Floats
    """(1 + C,) variance of what the panel as a whole adds, which predictions leave out."""


def panel_variance(design: Design, by_interviewer: float, by_criterion: float, mix: Floats) -> Floats:
    """Return (1 + C,) the variance of what the panel as a whole adds to each score.

    Args:
        design: The design.
        by_interviewer: Variance of interviewer.
        by_criterion: Variance of interviewer:criterion, 0 without it.
        mix: (C, C') what effects by criterion add to the score on each.
    """
    parts = score_parts(design.weights, mix)
    return np.asarray((by_interviewer + by_criterion * (parts**2).sum(axis=1)) / len(design.interviewers))


def adjust_many(
    design: Design,
    cells: Cells,
    severities: SeverityVariances,
    *,
    residual: float,
    halo: float,
    by_criterion: float,
    mix: Floats,
) -> Adjusted:
    """Adjust scores with variances taken as known, in time linear in the ratings.

    Errors of interviewers about their mean add to zero, so that two of I correlate -1/(I - 1) on the average: where
    everybody rated, severity is a source of error only through the panel as a whole. A question that bears on several
    criteria counts as several.

    Args:
        design: The design.
        cells: Means of the ratings less the levels of their questions, by the design's codes.
        severities: What interviewers add.
        residual: Variance of a rating of weight 1.
        halo: Variance of candidate:interviewer.
        by_criterion: Variance of candidate:criterion.
        mix: (C, C') what effects by criterion add to the score on each.
    """
    n, width = len(design.candidates), len(design.criteria)
    behind = _Behind(design, cells)
    lenience = severities.mean - severities.mean.mean(axis=0)
    alike = behind.sums(np.ones(len(cells.mean)), squared=True)
    chance = behind.sums(cells.chance, squared=True, cell=True)
    people = max(len(lenience), 2)
    error = np.sqrt(np.maximum(severities.variance, 0.0))
    apart = people * behind.sums(error**2, squared=True) - behind.sums(error) ** 2
    model = residual * chance + halo * alike
    extra = extra_variance(*behind.spread(cells.mean, lenience), model)
    variance = np.maximum(apart, 0.0) / (people - 1) + severities.common + model + extra
    variance[:, 0] += by_criterion * missing_criteria(behind.part, design.weights, mix)
    added = behind.sums(lenience).reshape(1, n, 1 + width)
    return Adjusted(np.ones(1), added, variance[None], np.inf, lenience, extra)


class _Behind:
    """The cells and interviews that N candidates' scores are computed from, with their weights."""

    def __init__(self, design: Design, cells: Cells) -> None:
        self.shape = (len(design.candidates), len(design.criteria))
        self.cells, size = cells, self.shape[0] * self.shape[1]
        self.at = cells.candidate * self.shape[1] + cells.criterion
        people = np.bincount(self.at, minlength=size).astype(np.float64)
        self.people = people.reshape(self.shape)
        part = np.where(self.people > 0, design.weights, 0.0)
        self.part = part / np.maximum(part.sum(axis=1, keepdims=True), TINY)
        self.weight = 1.0 / people[self.at]
        self.share = self.weight * self.part[cells.candidate, cells.criterion]
        self.first = np.flatnonzero(cells.new_pair)
        self.pair = np.add.reduceat(self.share, self.first)
        self.candidate, self.interviewer = cells.candidate[self.first], cells.interviewer[self.first]

    def sums(self, values: Floats, *, squared: bool = False, cell: bool = False) -> Floats:
        """Return (N, 1 + C) weighted sums over what is behind each score.

        Args:
            values: (m,) of cells, or (I, 1 + C) of interviewers.
            squared: Whether weights are squared.
            cell: Whether cells are independent overall too, not only interviews.
        """
        n, width = self.shape
        power = 2 if squared else 1
        each = values if values.ndim == 1 else values[self.cells.interviewer, 1 + self.cells.criterion]
        own = np.bincount(self.at, self.weight**power * each, minlength=n * width).reshape(n, width)
        if cell:
            overall = np.bincount(self.cells.candidate, self.share**power * each, minlength=n)
        else:
            whole = np.ones(len(self.pair)) if values.ndim == 1 else values[self.interviewer, 0]
            overall = np.bincount(self.candidate, self.pair**power * whole, minlength=n)
        return np.column_stack([overall, own])

    def spread(self, mean: Floats, lenience: Floats) -> tuple[Floats, Floats]:
        """Return (N, 1 + C) the variance of each score as its own interviews show it, and its degrees of freedom."""
        n, width = self.shape
        rest = mean - lenience[self.cells.interviewer, 1 + self.cells.criterion]
        center = np.bincount(self.at, self.weight * rest, minlength=n * width)
        squares = np.bincount(self.at, self.weight**2 * (rest - center[self.at]) ** 2, minlength=n * width)
        whole = np.nan_to_num(ratio(np.add.reduceat(self.share * mean, self.first), self.pair))
        whole -= lenience[self.interviewer, 0]
        middle = np.bincount(self.candidate, self.pair * whole, minlength=n)
        of_all = np.bincount(self.candidate, self.pair**2 * (whole - middle[self.candidate]) ** 2, minlength=n)
        people = np.column_stack([np.bincount(self.candidate, minlength=n), self.people]).astype(np.float64)
        found = np.column_stack([of_all, squares.reshape(n, width)])
        return found * np.nan_to_num(ratio(people, people - 1)), np.maximum(people - 1, 0.0)
