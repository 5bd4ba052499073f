"""What agreement is about: ratings as units, and as a crossed table where the design is complete.

The unit of analysis of each coefficient:

- alpha, AC1, AC2, the kappas and r_WG: an *answer*, candidate x question, rated by several interviewers.
  Answers of one candidate are correlated, so intervals take the candidate as the sampling unit
  (`Units.cluster`).
- ICC and Kendall's W: a *candidate*, measured by each interviewer's plain mean over the questions.
- generalizability: the single rating, candidate x interviewer x question, with the candidate as what is
  measured.

Weights of ratings and criteria are ignored: agreement is about what interviewers do, not about the composite.
"""

import numpy as np
from attrs import frozen

from hiringkit.domain.rating_table import NO_EVIDENCE, NUMBER
from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.ratings import Blueprint, Ratings

MAX_LEVELS = 256
"""A scale with more distinct values than this is not a set of categories."""
MAX_CELLS = 200_000_000
"""Largest number of units times levels that is counted in memory."""


@frozen(eq=False)
class Units:
    """How often each of U units was given each of V levels, and by whom."""

    counts: Floats
    """(U, V) number of raters who gave unit u the level v."""
    levels: Floats
    """(V,) the levels of the scale, ascending; some may never have been given."""
    cluster: Codes
    """(U,) codes 0…G-1 of what was sampled; units of one cluster are not independent."""
    unit: Codes
    """(n,) unit of each rating."""
    rater: Codes
    """(n,) rater of each rating."""
    level: Codes
    """(n,) position in `levels` of each rating."""


def compact(codes: Codes, size: int) -> tuple[Codes, Codes]:
    """Return the distinct codes, ascending, and each code's position among them.

    Args:
        codes: (n,) integers from 0 to `size` - 1.
        size: How many codes there could be; where that is not much more than n, nothing is sorted.
    """
    if size > 4 * len(codes) + 1024:
        distinct, position = np.unique(codes, return_inverse=True)
        return distinct, position.astype(np.int64).ravel()
    seen = np.bincount(codes, minlength=size) > 0
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[codes]


def rated(columns: Ratings, blueprint: Blueprint) -> Ratings:
    """Return the ratings that carry a number.

    `no-evidence` marks are included where the policy counts them as the lowest level; otherwise they are left out, as
    `not-assessed` always is.
    """
    lowest = (columns.status == NO_EVIDENCE) & blueprint.no_evidence_lowest
    numbers = (columns.status == NUMBER) & np.isfinite(columns.value)
    value = np.where(lowest, blueprint.low, columns.value)
    filled = Ratings(
        columns.candidate,
        columns.interviewer,
        columns.question,
        value,
        np.where(lowest, NUMBER, columns.status).astype(np.int8),
        columns.weight,
        columns.candidates,
        columns.interviewers,
    )
    return filled.take(numbers | lowest)


def last_of_each(columns: Ratings) -> Ratings:
    """Return the ratings with only the last of each candidate, interviewer and question."""
    if not len(columns):
        return columns
    key = _answer(columns) * (columns.interviewer.max() + 1) + columns.interviewer
    distinct, backwards = np.unique(key[::-1], return_index=True)
    if len(distinct) == len(key):
        return columns
    return columns.take(np.sort(len(key) - 1 - backwards))


def units_of(columns: Ratings, blueprint: Blueprint) -> Units | None:
    """Make units of answers: one for each candidate x question with any number.

    Args:
        columns: Numbers only (`rated`), each candidate x interviewer x question once.
        blueprint: Says the scale; its whole levels are the categories, given or not, if all ratings are
            whole.

    Returns:
        The units, or None where there are too many distinct values to be categories.
    """
    questions = int(columns.question.max(initial=0)) + 1
    answers = (int(columns.candidate.max(initial=0)) + 1) * questions
    distinct, unit = compact(_answer(columns), answers)
    levels = levels_of(columns.value, blueprint)
    if len(levels) > MAX_LEVELS or len(levels) * len(distinct) > MAX_CELLS:
        return None
    candidate = distinct // questions
    _, cluster = compact(candidate, int(candidate.max(initial=0)) + 1)
    level = np.searchsorted(levels, columns.value).astype(np.int64)
    return _units(levels, cluster, unit, columns.interviewer, level)


def levels_of(value: Floats, blueprint: Blueprint) -> Floats:
    """Return the levels that count as categories: (V,), ascending.

    The scale's whole numbers if every rating is one of them, else the values that occur.
    """
    low, high = blueprint.low, blueprint.high
    whole = bool(np.all(value == np.rint(value))) and float(low).is_integer() and high - low < MAX_LEVELS
    if whole and len(value) and value.min() >= low and value.max() <= high:
        return np.arange(low, np.floor(high) + 1.0)
    return np.unique(value)


def crossed(columns: Ratings) -> Floats | None:
    """Return the (candidates, interviewers, questions) array of a complete design, or None.

    Complete means that every interviewer who rated anyone rated every candidate on every question.

    Args:
        columns: Numbers only, each candidate x interviewer x question once.
    """
    codes = [
        compact(axis, int(axis.max(initial=0)) + 1)
        for axis in (columns.candidate, columns.interviewer, columns.question)
    ]
    shape = tuple(len(distinct) for distinct, _ in codes)
    if not len(columns) or len(columns) != shape[0] * shape[1] * shape[2]:
        return None
    scores = np.empty(shape)
    scores[tuple(position for _, position in codes)] = columns.value
    return scores


def _answer(columns: Ratings) -> Codes:
    return columns.candidate * (int(columns.question.max(initial=0)) + 1) + columns.question


def _units(levels: Floats, cluster: Codes, unit: Codes, rater: Codes, level: Codes) -> Units:
    size = len(levels)
    counts = np.bincount(unit * size + level, minlength=len(cluster) * size).reshape(len(cluster), size)
    return Units(counts.astype(np.float64), levels, cluster, unit, rater, level)
