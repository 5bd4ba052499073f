"""What the ratings say about every candidate on every criterion, before any modelling."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from attrs import evolve, fields, frozen

from hiringkit.domain.profile import OpenInterval
from hiringkit.domain.rating_table import NO_EVIDENCE, NOT_ASSESSED, NUMBER
from hiringkit.scoring.arrays import Bools, Codes, Floats, ranges, ratio, sorted_groups, sums
from hiringkit.scoring.ratings import Blueprint, Ratings


@frozen(eq=False)
class Cells:
    """One interviewer's mean of one candidate on one criterion, m of them.

    Sorted by candidate, then interviewer, then criterion.
    """

    candidate: Codes
    """(m,) codes of candidates."""
    interviewer: Codes
    """(m,) codes of interviewers."""
    criterion: Codes
    """(m,) codes of criteria."""
    mean: Floats
    """(m,) mean rating, questions weighted by loading times rating weight."""
    lowest: Floats
    """(m,) lowest of the ratings."""
    highest: Floats
    """(m,) highest of the ratings."""
    chance: Floats
    """(m,) variance of the mean where a rating of weight 1 has variance 1 and all are independent."""

    @property
    def new_pair(self) -> Bools:
        """(m,) where the cells of another pair of candidate and interviewer begin."""
        first = np.ones(len(self.mean), dtype=bool)
        first[1:] = (np.diff(self.candidate) != 0) | (np.diff(self.interviewer) != 0)
        return first


@frozen(eq=False)
class Evidence:
    """Observed scores of n candidates on C criteria, and the counts behind them."""

    cells: Cells
    """What the scores are means of; none of many candidates, whose scores are gathered one block after the other."""
    score: Floats
    """(n, C) mean of the interviewers' means, NaN where there is none."""
    interviewers: Codes
    """(n, C) interviewers behind each score."""
    ratings: Codes
    """(n, C) numbers behind each score."""
    no_evidence: Codes
    """(n, C) answers that showed nothing, whatever the policy counts them for."""
    not_assessed: Codes
    """(n, C) questions that were not asked."""
    shares: Floats
    """(n, C) weight of each criterion among those with a score; rows add to 1, or to 0 without a score."""
    overall: Floats
    """(n,) weighted mean of the criteria that have a score, NaN where none has."""
    coverage: Floats
    """(n,) share of all criterion weight that has a score."""
    overall_ratings: Codes
    """(n,) numbers behind the overall score; one that bears on two criteria counts once."""
    overall_interviewers: Codes
    """(n,) interviewers behind the overall score."""

    def extreme(self, ends: Floats, pick: "np.ufunc", blank: float = np.nan) -> Floats:
        """Return the (n, 1 + C) smallest or largest of (m,) values of the cells behind each score, overall first.

        Args:
            ends: A value for each cell.
            pick: `numpy.minimum` or `numpy.maximum`.
            blank: What stands where there is no cell.
        """
        n, width = self.score.shape
        worst = np.inf if pick is np.minimum else -np.inf
        flat = np.full(n * (1 + width), worst)
        pick.at(flat, self.cells.candidate * (1 + width) + 1 + self.cells.criterion, ends)
        out = flat.reshape(n, 1 + width)
        out[:, 0] = pick.reduce(out[:, 1:], axis=1, initial=worst)
        return np.where(np.isinf(out), blank, out)


def gather_evidence(columns: Ratings, blueprint: Blueprint) -> Evidence:
    """Average ratings to criterion scores, and criterion scores to overall scores.

    The score on a criterion is the mean over interviewers of each interviewer's mean over questions, weighted by
    loading times rating weight, so that an interviewer who asked more does not count for more. The overall score is
    the mean over the criteria that have a score, by criterion weight. What is missing stays missing.

    Args:
        columns: Ratings with every (candidate, interviewer, question) at most once.
        blueprint: What the ratings are for.
    """
    n, width = len(columns.candidates), len(blueprint.criteria)
    numbers, not_assessed, no_evidence = (
        columns.only(columns.status == kind) for kind in (NUMBER, NOT_ASSESSED, NO_EVIDENCE)
    )
    counted = _counted(columns, blueprint)
    cells = average_cells(counted, len(columns.interviewers), blueprint.loadings, counted.value)
    at = cells.candidate * width + cells.criterion
    interviewers = sums(at, n * width)
    score = ratio(sums(at, n * width, cells.mean), interviewers).reshape(n, width)
    shares, overall, coverage = _weigh(score, blueprint.weights)
    bears = blueprint.loadings.max(axis=1, initial=0.0) > 0
    return Evidence(
        cells=cells,
        score=score,
        interviewers=interviewers.astype(np.int64).reshape(n, width),
        ratings=_tally(numbers, blueprint),
        no_evidence=_tally(no_evidence, blueprint),
        not_assessed=_tally(not_assessed, blueprint),
        shares=shares,
        overall=overall,
        coverage=coverage,
        overall_ratings=np.bincount(numbers.candidate[bears[numbers.question]], minlength=n),
        overall_interviewers=np.bincount(cells.candidate[cells.new_pair], minlength=n),
    )


def without_cells(evidence: Evidence) -> Evidence:
    """Leave out the cells, which are as many as the ratings."""
    nobody, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
    return evolve(evidence, cells=Cells(nobody, nobody, nobody, nothing, nothing, nothing, nothing))


def joined_evidence(parts: Sequence[Evidence]) -> Evidence:
    """Join what was gathered about candidates one block after the other, without cells."""
    if len(parts) == 1:
        return parts[0]
    names = [each.name for each in fields(Evidence) if each.name != "cells"]
    joined: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    return evolve(parts[0], **joined)


def _counted(columns: Ratings, blueprint: Blueprint) -> Ratings:
    """Return the ratings that count: numbers, and no-evidence where the policy makes it the lowest level."""
    if not blueprint.no_evidence_lowest:
        return columns.only(columns.status == NUMBER)
    value = np.where(columns.status == NO_EVIDENCE, blueprint.low, columns.value)
    return evolve(columns, value=value).only(columns.status != NOT_ASSESSED)


class RatedColumns(Protocol):
    """Anything with ratings as columns."""

    @property
    def candidate(self) -> Codes:
        """(k,) codes."""

    @property
    def interviewer(self) -> Codes:
        """(k,) codes."""

    @property
    def question(self) -> Codes:
        """(k,) codes."""

    @property
    def weight(self) -> Floats:
        """(k,) positive weights."""


def _by_criterion(question: Codes, loadings: Floats) -> tuple[Codes | slice, Codes, Floats]:
    """Repeat each of (k,) ratings for every criterion that its question bears on: row, criterion and loading."""
    asked, criterion = np.nonzero(loadings)
    loading = loadings[asked, criterion]
    lengths = np.bincount(asked, minlength=len(loadings))
    if np.all(lengths == 1):
        return slice(None), criterion[question], loading[question]
    first = np.cumsum(lengths) - lengths
    each = lengths[question]
    entry = ranges(first[question], each)
    return np.repeat(np.arange(len(question)), each), criterion[entry], loading[entry]


def _tally(columns: Ratings, blueprint: Blueprint) -> Codes:
    """Count (n, C) ratings of each candidate that bear on each criterion."""
    n, width = len(columns.candidates), len(blueprint.criteria)
    row, criterion, _ = _by_criterion(columns.question, blueprint.loadings)
    return np.bincount(columns.candidate[row] * width + criterion, minlength=n * width).reshape(n, width)


def average_cells(rated: RatedColumns, people: int, loadings: Floats, value: Floats) -> Cells:
    """Average each interviewer's ratings of a candidate on a criterion.

    Args:
        rated: k ratings.
        people: How many interviewers there are.
        loadings: (Q, C) of the questions.
        value: (k,) what to average: the ratings, or what is left of them.
    """
    row, criterion, loading = _by_criterion(rated.question, loadings)
    width = loadings.shape[1]
    key = (rated.candidate[row] * people + rated.interviewer[row]) * width + criterion
    order, starts = sorted_groups(key)
    alone = rated.weight[row][order]
    values = value[row][order]
    if not len(key):
        return Cells(key, key, key, values, values, values, values)
    pair, at = np.divmod(key[order][starts], width)
    candidate, interviewer = np.divmod(pair, people)
    if len(starts) == len(key):  # a rating each
        return Cells(candidate, interviewer, at, values, values, values, 1.0 / alone)
    shares = loading[order] * alone
    totals = np.add.reduceat(shares, starts)
    return Cells(
        candidate,
        interviewer,
        at,
        np.add.reduceat(shares * values, starts) / totals,
        np.minimum.reduceat(values, starts),
        np.maximum.reduceat(values, starts),
        np.add.reduceat(shares**2 / alone, starts) / totals**2,
    )


def _weigh(score: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Weigh the criteria that have a score: their shares, the overall score and the coverage."""
    scored = ~np.isnan(score)
    total = scored @ weights
    shares = np.where(scored, weights, 0.0) / np.where(total > 0, total, 1.0)[:, None]
    overall = np.where(total > 0, (shares * np.where(scored, score, 0.0)).sum(axis=1), np.nan)
    whole = scored.all(axis=1) & (total > 0)
    coverage = np.where(whole, 1.0, total / max(float(weights.sum()), np.finfo(float).tiny))
    return shares, overall, coverage


SATURATED = 0.5
"""Share of an interviewer's ratings on one end of the scale from which severity is known on one side only."""


def ends_sat_on(columns: Ratings, low: float, high: float) -> list[tuple[int, float]]:
    """Return for each interviewer the end of the scale where half of their ratings lie, and their share there.

    The end is 1 for the lowest level, where severity is cut off, -1 for the highest, and 0 for neither.
    """
    people = len(columns.interviewers)
    numbers = columns.only(columns.status == NUMBER)
    given = np.maximum(np.bincount(numbers.interviewer, minlength=people), 1)
    shares = [np.bincount(numbers.interviewer[numbers.value == end], minlength=people) / given for end in (low, high)]
    found = []
    for lowest, highest in zip(*(share.tolist() for share in shares), strict=True):
        end = 0 if max(lowest, highest) < SATURATED else 1 if lowest >= highest else -1
        found.append((end, max(lowest, highest)))
    return found


def without_outer_end(severity: float, interval: OpenInterval | None, end: int) -> OpenInterval | None:
    """Leave out the end of an interval beyond which the scale cuts ratings off; `end` as of `ends_sat_on`."""
    if interval is None or end * severity <= 0:
        return interval
    return (interval[0], None) if end > 0 else (None, interval[1])
