"""From arrays of scores to fit profiles: gates, flags and recommendations, the same for every method."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from hiringkit.domain.profile import (
    BarState,
    CriterionScore,
    CriterionTable,
    Disagreement,
    FitProfile,
    Gate,
    Interval,
    Overall,
    Rank,
    Recommendation,
)
from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.bars import STATES, TIE, Judgement
from hiringkit.scoring.evidence import Evidence
from hiringkit.scoring.ratings import Blueprint

MADE = 1_000
"""Candidates from whom on scores are made when they are asked for."""


@frozen(eq=False)
class Estimates:
    """Scores of n candidates on C criteria by some method; NaN where the data carry none.

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


def criterion_rows(
    blueprint: Blueprint, evidence: Evidence, estimates: Estimates, judgement: Judgement
) -> list[Sequence[CriterionScore]]:
    """Return every candidate's scores on the criteria, in the blueprint's order, cut to the scale."""
    low, high = (np.clip(end, blueprint.low, blueprint.high) for end in (estimates.low, estimates.high))
    scores = (estimates.score, low, high, evidence.score)
    counts = (evidence.no_evidence, evidence.not_assessed)
    columns: list[Any] = [
        column.ravel().tolist() for column in (*scores, evidence.ratings, judgement.above, judgement.adjusted, *counts)
    ]
    columns.insert(5, list(map(STATES.__getitem__, judgement.state.ravel().tolist())))
    table = CriterionTable(blueprint.criteria, *columns)
    if not blueprint.criteria:
        return [()] * len(evidence.score)
    rows = table.rows()
    return list(rows) if len(rows) >= MADE else list(map(tuple, rows))


NOBODY: Mapping[str, float] = {}

HELD_BACK = frozenset({"no-score", "coverage-low", "gate-failed", "gate-unrated"})
"""Flags with which there is no recommendation; an open gate leaves it, and is told beside it."""


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
    """For each candidate those whom the data cannot tell from this one, best first."""
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
) -> tuple[FitProfile, ...]:
    """Make the fit profile of every candidate, best first.

    Args:
        candidates: Ids, n of them.
        blueprint: Bars, gates, weights and policy.
        evidence: Observed scores and counts.
        estimates: The scores to show.
        standing: The ranks to show.
        judgement: What is said of bars, and what the policy makes of the ratings.
        names: Candidate id to the name that a person reads; the id stands in for a missing one.
        withdrawn: Ids of candidates to be flagged as withdrawn.
        disagreements: Those of each candidate, by place among the candidates.
    """
    overalls = _overalls(blueprint, evidence, estimates)
    ranks = _ranks(candidates, standing)
    rows = criterion_rows(blueprint, evidence, estimates, judgement)
    gated = np.flatnonzero(blueprint.required & ~np.isnan(blueprint.bars)).tolist()
    bars, split = blueprint.bars.tolist(), disagreements or {}
    recommended = _recommendations(blueprint, judgement)

    def profile(i: int) -> FitProfile:
        candidate, gates = candidates[i], tuple(_gate(rows[i][k], bars[k]) for k in gated)
        flags = _flags(overalls[i], gates, blueprint.minimum_coverage, candidate in withdrawn)
        word = NOTHING if HELD_BACK.intersection(flags) else recommended[i]
        name = names.get(candidate, candidate)
        return FitProfile(
            candidate,
            name,
            overalls[i],
            rows[i],
            ranks[i],
            gates,
            word,
            flags,
            disagreements=tuple(split.get(i, ())),
        )

    return tuple(map(profile, standing.order.tolist()))


NOTHING = Recommendation()


def _gate(row: CriterionScore, bar: float) -> Gate:
    """Tell whether a required criterion reaches its bar."""
    return Gate(row.criterion, bar, row.state or BarState.UNRATED, row.above_bar)


def _recommendations(blueprint: Blueprint, judgement: Judgement) -> list[Recommendation]:
    """Make every candidate's recommendation."""
    if not blueprint.recommend:
        return [NOTHING] * len(judgement.word)
    words = [*(word for word, _ in blueprint.recommend), "strong-no"]
    if not len(judgement.bands):
        plain = [*map(Recommendation, words), NOTHING]
        return [plain[word] for word in judgement.word.tolist()]
    table = zip(judgement.word.tolist(), judgement.bands.tolist(), strict=True)
    return [
        NOTHING if word < 0 else Recommendation(words[word], dict(zip(words, bands, strict=True)))
        for word, bands in table
    ]


def _flags(overall: Overall, gates: Sequence[Gate], minimum_coverage: float, withdrawn: bool) -> tuple[str, ...]:
    """List the codes of what a reader has to know before the score."""
    flags = {
        "withdrawn": withdrawn,
        "no-score": overall.score is None,
        "coverage-low": overall.coverage < minimum_coverage - TIE,
        "gate-failed": any(gate.state is BarState.FAILED for gate in gates),
        "gate-open": any(gate.state is BarState.OPEN for gate in gates),
        "gate-unrated": any(gate.state is BarState.UNRATED for gate in gates),
        "one-interviewer": overall.interviewers == 1,
    }
    return tuple(code for code, holds in flags.items() if holds)


def _intervals(low: Floats, high: Floats, blueprint: Blueprint) -> list[Interval | None]:
    """Pair the ends of (n,) intervals, cut to the scale; None where there is none."""
    ends = (known(np.clip(end, blueprint.low, blueprint.high)) for end in (low, high))
    return [None if a is None else (a, b) for a, b in zip(*ends, strict=True)]


def _overalls(blueprint: Blueprint, evidence: Evidence, estimates: Estimates) -> list[Overall]:
    """Make every candidate's overall score."""
    columns = (
        known(estimates.overall),
        _intervals(estimates.overall_low, estimates.overall_high, blueprint),
        known(evidence.overall),
        evidence.overall_ratings.tolist(),
        evidence.overall_interviewers.tolist(),
        evidence.coverage.tolist(),
    )
    return [Overall(*row) for row in zip(*columns, strict=True)]


def _ranks(candidates: Sequence[str], standing: Standing) -> list[Rank]:
    """Make every candidate's rank."""
    columns = zip(
        standing.position.tolist(),
        standing.low.tolist(),
        standing.high.tolist(),
        known(standing.p_best),
        standing.unclear,
        strict=True,
    )
    ahead = {i: {candidates[other]: share for other, share in others.items()} for i, others in standing.ahead.items()}
    return [
        Rank(
            position or None,
            (low, high) if low else None,
            p_best,
            tuple([candidates[k] for k in unclear.tolist()]),
            ahead.get(i, NOBODY),
        )
        for i, (position, low, high, p_best, unclear) in enumerate(columns)
    ]
