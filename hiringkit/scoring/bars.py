"""Whether candidates reach bars, and what the policy recommends: by their own ratings, whoever else applied.

A bar is a level, and level 3 begins half a step below 3: whoever is nearer to 3 than to 2 has reached it. The line is
the bar less this margin. What the data do not decide stays open.
"""

from collections.abc import Sequence

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from hiringkit.domain.profile import BarState
from hiringkit.scoring.arrays import Bools, Codes, Floats, ratio
from hiringkit.scoring.evidence import Evidence
from hiringkit.scoring.ratings import Blueprint

TIE = 1e-9
"""Scores this near each other are the same, and so are a score and the line that it just reaches."""
DIVIDED = 0.4
"""Share of the interviewers clearly on the other side of a line with which it is not decided."""
CLEARLY = 0.25
"""Steps from the line from which an interviewer's mean is clearly on one side."""
ORDINARY = 0.5
"""Steps up to which severity turns no level into another."""
EVEN = 1e-6
"""Below an even chance by no more than this is even: the estimate lies on the threshold."""

STATES = (BarState.PASSED, BarState.OPEN, BarState.FAILED, BarState.UNRATED, None)
"""What the codes of states stand for; the last where there is no bar."""
PASSED, OPEN, FAILED, UNRATED, NO_BAR = range(len(STATES))

States = NDArray[np.int8]


@frozen(eq=False)
class Judgement:
    """What n candidates are judged to be by a rubric's C bars and its policy."""

    state: States
    """(n, C) codes of `STATES`."""
    above: Floats
    """(n, C) probability of reaching the bar, NaN where there is none."""
    adjusted: Floats
    """(n, C) what is held against the bar, NaN where nothing is."""
    word: Codes
    """(n,) place among the policy's words, best first, the last of them `strong-no`; -1 without a score or a policy."""
    bands: Floats = field(factory=lambda: np.zeros((0, 0)))
    """(n, K + 1) probability of each of these words; (0, 0) where there are no probabilities."""


def _blank_states(evidence: Evidence, blueprint: Blueprint, state: States) -> States:
    out = np.where(np.isnan(evidence.score), UNRATED, state)
    return np.where(np.isnan(blueprint.bars), NO_BAR, out).astype(np.int8)


def judge_means(evidence: Evidence, blueprint: Blueprint, low: Floats, high: Floats) -> Judgement:
    """Judge candidates by the means of their ratings, which give no probabilities.

    A bar is reached by a mean on its line. It is open where two or more interviewers rated and the interval of the
    mean holds the line; but ratings that all reach the bar have reached it, and ratings that are all a step below have
    not.

    Args:
        evidence: Observed scores.
        blueprint: Bars and policy.
        low: (n, C) lower ends of the intervals, NaN where there is none.
        high: (n, C) upper ends.
    """
    bars, line = blueprint.bars, blueprint.bars - blueprint.margins
    lowest, highest = (evidence.extreme(*ends)[:, 1:] for ends in _extremes(evidence))
    reached = evidence.score >= line - TIE
    state = np.where(reached, PASSED, FAILED)
    several = evidence.interviewers > 1
    above, below = lowest >= bars - TIE, highest <= bars - blueprint.steps + TIE
    state[several & (low < line - TIE) & (high > line + TIE) & ~above] = OPEN
    state[(below & (state == PASSED)) | (above & (state == FAILED))] = OPEN
    word = _word_of(evidence.overall, blueprint.recommend)
    nothing = np.full(evidence.score.shape, np.nan)
    return Judgement(_blank_states(evidence, blueprint, state), nothing, nothing, word)


def _extremes(evidence: Evidence) -> tuple[tuple[Floats, np.ufunc], tuple[Floats, np.ufunc]]:
    return (evidence.cells.lowest, np.minimum), (evidence.cells.highest, np.maximum)


def _word_of(overall: Floats, recommend: Sequence[tuple[str, float]]) -> Codes:
    """Return the place of the policy's word for each score."""
    thresholds = np.array([least for _, least in recommend])
    word = (overall[:, None] < thresholds - TIE).sum(axis=1)
    return np.where(np.isnan(overall) | (not recommend), -1, word)


@frozen(eq=False)
class Reached:
    """How surely n candidates reach lines, before their single ratings are looked at."""

    bars: Floats
    """(n, C) probability of a score on the line of each bar or above."""
    thresholds: Floats
    """(n, K) probability of an overall score on each of the policy's thresholds or above."""
    adjusted: Floats
    """(n, C) observed scores less severity."""
    lenience: Floats
    """(R, C) what each interviewer adds to ratings on each criterion."""
    severity: Floats
    """(R,) severity of each interviewer."""


def judge_reached(evidence: Evidence, blueprint: Blueprint, reached: Reached) -> Judgement:
    """Judge candidates by the probabilities of reaching lines.

    Args:
        evidence: Observed scores.
        blueprint: Bars and policy.
        reached: The probabilities.
    """
    above = _uphold(evidence, blueprint, reached)
    above[:, blueprint.bars - blueprint.margins <= blueprint.low + TIE] = 1.0
    above[np.isnan(evidence.score) | np.isnan(blueprint.bars)] = np.nan
    certainty = blueprint.gate_certainty
    state = np.full(above.shape, OPEN)
    state[above >= certainty - TIE] = PASSED
    state[above <= 1 - certainty + TIE] = FAILED
    word, bands = _bands(evidence, blueprint, reached.thresholds)
    return Judgement(_blank_states(evidence, blueprint, state), above, reached.adjusted, word, bands)


def _uphold(evidence: Evidence, blueprint: Blueprint, reached: Reached) -> Floats:
    """Keep probabilities from contradicting the ratings behind them; return (n, C).

    How large chance is, is learnt from everybody's ratings, and no normal model passes two 3s at every size of it.

    - A panel divided over the bar decides nothing: with `DIVIDED` of the interviewers or more clearly below the line it
      is not passed, with so many clearly above not failed.
    - All ratings at or above the bar: at least even, and at least certain enough where two interviewers of
      `ORDINARY` severity or more are among those who gave them.
    - All ratings a whole step below: at most even.
    """
    certainty, bars = blueprint.gate_certainty, blueprint.bars
    below, above = _sides(evidence, blueprint, reached.lenience)
    out = reached.bars
    out = np.where(below >= DIVIDED - TIE, np.minimum(out, certainty - 0.01), out)
    out = np.where(above >= DIVIDED - TIE, np.maximum(out, 1.01 - certainty), out)
    lowest, highest = (evidence.extreme(*ends)[:, 1:] for ends in _extremes(evidence))
    cells = evidence.cells
    usual = np.abs(reached.severity)[cells.interviewer] <= (ORDINARY * blueprint.steps)[cells.criterion] + TIE
    ordinary = _count(evidence, usual)
    sure = np.where(ordinary > 1, certainty, 0.5)
    out = np.where(lowest >= bars - TIE, np.maximum(out, sure), out)
    return np.where(highest <= bars - blueprint.steps + TIE, np.minimum(out, 0.5), out)


def _count(evidence: Evidence, which: Bools) -> Codes:
    """Count (n, C) interviewers of some cells."""
    n, width = evidence.score.shape
    at = (evidence.cells.candidate * width + evidence.cells.criterion)[which]
    return np.bincount(at, minlength=n * width).reshape(n, width)


def _sides(evidence: Evidence, blueprint: Blueprint, lenience: Floats) -> tuple[Floats, Floats]:
    """Return two (n, C) shares of the interviewers: whose mean is clearly below the line, and clearly above."""
    cells, line = evidence.cells, blueprint.bars - blueprint.margins
    mean = cells.mean - lenience[cells.interviewer, cells.criterion]
    away = (mean - line[cells.criterion]) / (CLEARLY * blueprint.steps)[cells.criterion]
    people = evidence.interviewers.astype(np.float64)
    below, above = (
        ratio(_count(evidence, far).astype(np.float64), people) for far in (away <= TIE - 1, away >= 1 - TIE)
    )
    return below, above


def _bands(evidence: Evidence, blueprint: Blueprint, reached: Floats) -> tuple[Codes, Floats]:
    """Return the place of the policy's word for each candidate, and the probability of each word.

    The word is the best one that is reached with an even chance. It lies among those that the single ratings would
    give: a threshold that all of them reach is reached, one that none does is not.
    """
    thresholds = np.array([least for _, least in blueprint.recommend])
    scored = ~np.isnan(evidence.overall)
    if not len(thresholds):
        return np.full(len(scored), -1), np.zeros((0, 0))
    lowest, highest = (evidence.extreme(*ends)[:, :1] for ends in _extremes(evidence))
    reached = np.where(lowest >= thresholds - TIE, np.maximum(reached, 0.5), reached)
    reached = np.where(highest < thresholds - TIE, np.minimum(reached, 0.5 - 2 * EVEN), reached)
    reached = np.maximum.accumulate(reached, axis=1)
    edges = np.hstack([np.zeros((len(reached), 1)), reached, np.ones((len(reached), 1))])
    word = np.where(scored, (reached < 0.5 - EVEN).sum(axis=1), -1)
    return word, np.where(scored[:, None], np.diff(edges, axis=1), np.nan)
