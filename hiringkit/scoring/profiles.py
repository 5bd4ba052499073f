"""From arrays of scores to fit profiles: bars, gates, flags and recommendations, the same for every method.

Whether a candidate reaches a bar, and what the policy recommends, depends on the candidate's own ratings, whoever
else applied. A bar is a level, and level 3 begins half a step below 3: whoever is nearer to 3 than to 2 has reached
it. The line is the bar less this margin. What the data do not decide is left open.
"""

from array import array
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from attrs import AttrsInstance, field, fields, frozen
from numpy.typing import NDArray

from hiringkit.domain.codes import Code
from hiringkit.domain.profile import (
    BarState,
    CriterionScore,
    CriterionTable,
    Disagreement,
    FitProfile,
    Gate,
    Interval,
    Overall,
    ProfileTable,
    Rank,
    Recommendation,
)
from hiringkit.scoring.arrays import Bools, Codes, Floats, ratio
from hiringkit.scoring.evidence import Evidence
from hiringkit.scoring.ratings import Blueprint

MADE = 1_000
"""Number of candidates from which scores are made lazily."""
TIE = 1e-9
"""Scores this close count as equal, as do a score and the line that it just reaches."""
DIVIDED = 0.4
"""Share of the interviewers clearly on the other side of a line from which it is undecided."""
CLEARLY = 0.25
"""Steps from the line from which an interviewer's mean is clearly on one side."""
ORDINARY = 0.5
"""Largest severity, in steps, that does not turn one level into another."""
EVEN = 1e-6
"""Tolerance below an even chance within which the estimate counts as on the threshold."""

STATES = (BarState.PASSED, BarState.OPEN, BarState.FAILED, BarState.UNRATED, None)
"""The states by code; the last where there is no bar."""
PASSED, OPEN, FAILED, UNRATED, NO_BAR = range(len(STATES))

States = NDArray[np.int8]


@frozen(eq=False)
class Judgement:
    """How n candidates are judged by a rubric's C bars and its policy."""

    state: States
    """(n, C) codes of `STATES`."""
    above: Floats
    """(n, C) probability of reaching the bar, NaN where there is none."""
    adjusted: Floats
    """(n, C) what is compared with the bar, NaN where nothing is."""
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
    """The probabilities that n candidates reach lines, before their individual ratings are considered."""

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
    if np.isnan(blueprint.bars).all():
        above = np.full(evidence.score.shape, np.nan)
    else:
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

    The residual variance is learned from everybody's ratings, and no normal model passes two 3s whatever its size.

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


T = TypeVar("T", bound=AttrsInstance)


def joined_columns(parts: Sequence[T]) -> T:
    """Join judgements, or estimates, of candidates that were made one block after the other."""
    if len(parts) == 1:
        return parts[0]
    kind = type(parts[0])
    return kind(**{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(kind)})


@frozen(eq=False)
class Estimates:
    """Scores of n candidates on C criteria by some method; NaN where the data do not determine one.

    Intervals are given as they come out of the computation; profiles show them cut to the scale.
    """

    score: Floats
    """(n, C)"""
    low: Floats
    """(n, C)"""
    high: Floats
    """(n, C)"""
    overall: Floats
    """(n,)"""
    overall_low: Floats
    """(n,)"""
    overall_high: Floats
    """(n,)"""


def criterion_table(
    blueprint: Blueprint, evidence: Evidence, estimates: Estimates, judgement: Judgement
) -> CriterionTable:
    """Return every candidate's scores on the criteria, in the blueprint's order, cut to the scale."""
    low, high = (np.clip(end, blueprint.low, blueprint.high) for end in (estimates.low, estimates.high))
    scores = (estimates.score, low, high, evidence.score)
    counts = (evidence.no_evidence, evidence.not_assessed)
    columns: list[Any] = [
        array(column.dtype.char, column.tobytes())
        for column in (*scores, evidence.ratings, judgement.above, judgement.adjusted, *counts)
    ]
    state = judgement.state
    if (state == NO_BAR).all():
        columns.insert(5, [None] * state.size)
    else:
        columns.insert(5, list(map(STATES.__getitem__, state.ravel().tolist())))
    return CriterionTable(blueprint.criteria, *columns)


NOBODY: Mapping[str, float] = {}

HELD_BACK = frozenset({Code.NO_SCORE, Code.COVERAGE_LOW, Code.GATE_FAILED, Code.GATE_UNRATED})
"""Flags with which there is no recommendation; an open gate is only reported with it."""


@frozen(eq=False)
class Standing:
    """Where n candidates stand among each other."""

    position: Codes
    """(n,) from 1, 0 without a score."""
    order: Codes
    """(n,) candidates, best first."""
    low: Codes
    """(n,) best rank that the data allow, 0 where there is none."""
    high: Codes
    """(n,) worst rank that the data allow, 0 where there is none."""
    p_best: Floats
    """(n,) NaN where the method gives none."""
    unclear: Sequence[Codes]
    """For each candidate those not separable from them, best first."""
    ahead: Mapping[int, Mapping[int, float]] = field(factory=dict)
    """By candidate, the probability of scoring above each other one."""


def positions(overall: Floats) -> tuple[Codes, Codes]:
    """Rank scores: the higher the better, ties within `TIE` share the better position.

    Args:
        overall: (n,) scores, NaN where there is none.

    Returns:
        (n,) positions from 1, 0 without a score; and (n,) the order of candidates, best first, those who
        tie in the order in which they are given, those without a score last.
    """
    order = np.argsort(-overall, kind="stable")
    scores = overall[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = ~(scores[:-1] - scores[1:] <= TIE)
    first = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    position = np.zeros(len(order), dtype=np.int64)
    position[order] = np.where(np.isnan(scores), 0, first + 1)
    last = np.where(position > 0, position, len(order) + 1)
    return position, np.lexsort((np.arange(len(order)), last))


def known(values: NDArray[np.float64]) -> list[Any]:
    """Return floats as a list, with None for NaN."""
    none = np.isnan(values)
    found: NDArray[Any] = values
    if none.any():
        found = values.astype(object)
        found[none] = None
    listed: list[Any] = found.tolist()
    return listed


def build_profiles(
    candidates: Sequence[str],
    blueprint: Blueprint,
    evidence: Evidence,
    estimates: Estimates,
    standing: Standing,
    judgement: Judgement,
    *,
    names: Mapping[str, str],
    withdrawn: Container[str] = (),
    disagreements: Mapping[int, Sequence[Disagreement]] | None = None,
) -> Sequence[FitProfile]:
    """Make the fit profile of every candidate, best first; of very many, when somebody reads it.

    Args:
        candidates: Ids, n of them.
        blueprint: Bars, gates, weights and policy.
        evidence: Observed scores and counts.
        estimates: The scores to show.
        standing: The ranks to show.
        judgement: How bars are judged, and what the policy recommends.
        names: Candidate id to the name that a person reads; the id stands in for a missing one.
        withdrawn: Ids of candidates to be flagged as withdrawn.
        disagreements: Those of each candidate, by place among the candidates.
    """
    table = criterion_table(blueprint, evidence, estimates, judgement)
    gated = np.flatnonzero(blueprint.required & ~np.isnan(blueprint.bars)).tolist()
    bars, split = blueprint.bars.tolist(), {} if disagreements is None else disagreements
    shown = _Overalls(blueprint, evidence, estimates)
    many = len(candidates) >= MADE

    def profiles(some: Codes) -> Iterator[FitProfile]:
        parts = shown.of(some), _ranks(candidates, standing, some), _recommendations(blueprint, judgement, some)
        for i, overall, rank, recommended in zip(some.tolist(), *parts, strict=True):
            row = table.row(i) if blueprint.criteria else ()
            candidate, gates = candidates[i], tuple(_gate(row[k], bars[k]) for k in gated)
            flags = _flags(overall, gates, blueprint.minimum_coverage, candidate in withdrawn)
            yield FitProfile(
                candidate,
                names.get(candidate, candidate),
                overall,
                row if many else tuple(row),
                rank,
                gates,
                NOTHING if HELD_BACK.intersection(flags) else recommended,
                flags,
                disagreements=split.get(i, ()),
            )

    order = standing.order
    if not many:
        return tuple(profiles(order))
    ids = [candidates[i] for i in order.tolist()]
    return ProfileTable(
        ids,
        [names.get(each, each) for each in ids] if names else ids,
        [position or None for position in standing.position[order].tolist()],
        lambda places: tuple(profiles(order[np.asarray(places, dtype=np.int64)])),
    )


NOTHING = Recommendation()


def _gate(row: CriterionScore, bar: float) -> Gate:
    """Return whether a required criterion reaches its bar."""
    return Gate(row.criterion, bar, row.state or BarState.UNRATED, row.above_bar)


def _recommendations(blueprint: Blueprint, judgement: Judgement, some: Codes) -> list[Recommendation]:
    """Make the recommendations of some candidates."""
    if not blueprint.recommend:
        return [NOTHING] * len(some)
    words = [*(word for word, _ in blueprint.recommend), "strong-no"]
    if not len(judgement.bands):
        plain = [*map(Recommendation, words), NOTHING]
        return [plain[word] for word in judgement.word[some].tolist()]
    table = zip(judgement.word[some].tolist(), judgement.bands[some].tolist(), strict=True)
    return [
        NOTHING if word < 0 else Recommendation(words[word], dict(zip(words, bands, strict=True)))
        for word, bands in table
    ]


def _flags(overall: Overall, gates: Sequence[Gate], minimum_coverage: float, withdrawn: bool) -> tuple[Code, ...]:
    """List the codes of what a reader has to know before reading the score."""
    clear = overall.score is not None and overall.coverage >= minimum_coverage - TIE and overall.interviewers != 1
    if clear and not gates and not withdrawn:  # of most, where there are very many
        return ()
    flags = {
        Code.WITHDRAWN: withdrawn,
        Code.NO_SCORE: overall.score is None,
        Code.COVERAGE_LOW: overall.coverage < minimum_coverage - TIE,
        Code.GATE_FAILED: any(gate.state is BarState.FAILED for gate in gates),
        Code.GATE_OPEN: any(gate.state is BarState.OPEN for gate in gates),
        Code.GATE_UNRATED: any(gate.state is BarState.UNRATED for gate in gates),
        Code.ONE_INTERVIEWER: overall.interviewers == 1,
    }
    return tuple(code for code, holds in flags.items() if holds)


def _intervals(low: Floats, high: Floats) -> list[Interval | None]:
    """Pair the ends of (n,) intervals; None where there is none."""
    return [None if a is None else (a, b) for a, b in zip(known(low), known(high), strict=True)]


class _Overalls:
    """What overall scores are made of; nothing else about the candidates is kept until they are read."""

    def __init__(self, blueprint: Blueprint, evidence: Evidence, estimates: Estimates) -> None:
        ends = estimates.overall_low, estimates.overall_high
        self._floats = (
            estimates.overall,
            *(np.clip(end, blueprint.low, blueprint.high) for end in ends),
            evidence.overall,
        )
        self._counts = evidence.overall_ratings, evidence.overall_interviewers, evidence.coverage

    def of(self, some: Codes) -> list[Overall]:
        """Make the overall scores of some candidates."""
        score, low, high, observed = (column[some] for column in self._floats)
        counts = (column[some].tolist() for column in self._counts)
        columns = known(score), _intervals(low, high), known(observed), *counts
        return [Overall(*row) for row in zip(*columns, strict=True)]


def _ranks(candidates: Sequence[str], standing: Standing, some: Codes) -> list[Rank]:
    """Make the ranks of some candidates."""
    columns = zip(
        some.tolist(),
        standing.position[some].tolist(),
        standing.low[some].tolist(),
        standing.high[some].tolist(),
        known(standing.p_best[some]),
        strict=True,
    )
    ahead = {
        i: {candidates[other]: share for other, share in standing.ahead[i].items()}
        for i in some.tolist()
        if i in standing.ahead
    }
    return [
        Rank(
            position or None,
            (low, high) if low else None,
            p_best,
            tuple([candidates[k] for k in standing.unclear[i].tolist()]),
            ahead.get(i, NOBODY),
        )
        for i, position, low, high, p_best in columns
    ]
