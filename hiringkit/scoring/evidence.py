"""What the ratings say of every candidate on every criterion, before anything is made of it."""

import numpy as np
from attrs import frozen

from hiringkit.scoring.grouping import ranges, ratio, sorted_groups, sums
from hiringkit.scoring.ratings import (
    NO_EVIDENCE,
    NOT_ASSESSED,
    NUMBER,
    Blueprint,
    Bools,
    Codes,
    Floats,
    RatingColumns,
)


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
    """What the scores are means of."""
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


def gather_evidence(columns: RatingColumns, blueprint: Blueprint) -> Evidence:
    """Average ratings to criterion scores, and criterion scores to overall scores.

    The score on a criterion is the mean over interviewers of each interviewer's mean over questions, weighted
    by loading times rating weight; so an interviewer who asked more has no more say. The overall score is the
    mean over the criteria that have a score, by criterion weight. What is missing stays missing.

    Args:
        columns: Ratings with every (candidate, interviewer, question) at most once.
        blueprint: What the ratings are for.
    """
    n, width = len(columns.candidates), len(blueprint.criteria)
    row, criterion, loading = _by_criterion(columns, blueprint)
    place, status = columns.candidate[row] * width + criterion, columns.status[row]
    counts = [
        np.bincount(place[status == kind], minlength=n * width).reshape(n, width)
        for kind in (NUMBER, NO_EVIDENCE, NOT_ASSESSED)
    ]
    counted = _counted(columns, blueprint)[row]
    cells = _average(columns, blueprint, (row[counted], criterion[counted], loading[counted]))
    at = cells.candidate * width + cells.criterion
    interviewers = sums(at, n * width)
    score = ratio(sums(at, n * width, cells.mean), interviewers).reshape(n, width)
    shares, overall, coverage = _weigh(score, blueprint.weights)
    bears = (columns.status == NUMBER) & (blueprint.loadings.max(axis=1, initial=0.0) > 0)[columns.question]
    return Evidence(
        cells=cells,
        score=score,
        interviewers=interviewers.astype(np.int64).reshape(n, width),
        ratings=counts[0],
        no_evidence=counts[1],
        not_assessed=counts[2],
        shares=shares,
        overall=overall,
        coverage=coverage,
        overall_ratings=np.bincount(columns.candidate[bears], minlength=n),
        overall_interviewers=np.bincount(cells.candidate[cells.new_pair], minlength=n),
    )


def _by_criterion(columns: RatingColumns, blueprint: Blueprint) -> tuple[Codes, Codes, Floats]:
    """Repeat each rating for every criterion that its question bears on: row, criterion and loading."""
    question, criterion = np.nonzero(blueprint.loadings)
    lengths = np.bincount(question, minlength=len(blueprint.questions))
    first = np.cumsum(lengths) - lengths
    each = lengths[columns.question]
    entry = ranges(first[columns.question], each)
    row = np.repeat(np.arange(len(columns)), each)
    return row, criterion[entry], blueprint.loadings[question, criterion][entry]


def _counted(columns: RatingColumns, blueprint: Blueprint) -> Bools:
    """Tell which ratings count: numbers, and no-evidence where the policy makes it the lowest level."""
    numbers: Bools = columns.status == NUMBER
    return numbers | (columns.status == NO_EVIDENCE) if blueprint.no_evidence_lowest else numbers


def _average(columns: RatingColumns, blueprint: Blueprint, entries: tuple[Codes, Codes, Floats]) -> Cells:
    """Average each interviewer's ratings of a candidate on a criterion."""
    row, criterion, loading = entries
    people, width = len(columns.interviewers), len(blueprint.criteria)
    key = (columns.candidate[row] * people + columns.interviewer[row]) * width + criterion
    order, starts = sorted_groups(key)
    value = np.where(columns.status[row] == NUMBER, columns.value[row], blueprint.low)
    weight = loading * columns.weight[row]
    if not len(key):
        return Cells(key, key, key, value)
    mean = np.add.reduceat((weight * value)[order], starts) / np.add.reduceat(weight[order], starts)
    pair, at = np.divmod(key[order][starts], width)
    candidate, interviewer = np.divmod(pair, people)
    return Cells(candidate, interviewer, at, mean)


def _weigh(score: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Weigh the criteria that have a score: their shares, the overall score and the coverage."""
    scored = ~np.isnan(score)
    total = scored @ weights
    shares = np.where(scored, weights, 0.0) / np.where(total > 0, total, 1.0)[:, None]
    overall = np.where(total > 0, (shares * np.where(scored, score, 0.0)).sum(axis=1), np.nan)
    whole = scored.all(axis=1) & (total > 0)
    coverage = np.where(whole, 1.0, total / max(float(weights.sum()), np.finfo(float).tiny))
    return shares, overall, coverage
