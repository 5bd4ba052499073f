"""From arrays of scores to fit profiles: gates, flags and recommendations, the same for every method."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from hiringkit.domain.profile import CriterionScore, CriterionTable, FitProfile, Gate, Interval, Overall, Rank
from hiringkit.scoring.arrays import Codes, Floats
from hiringkit.scoring.evidence import Evidence
from hiringkit.scoring.ratings import Blueprint

TIE = 1e-9
"""Scores this near each other are the same, and so are a score and the bar that it just reaches."""
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


def criterion_rows(blueprint: Blueprint, evidence: Evidence, estimates: Estimates) -> list[Sequence[CriterionScore]]:
    """Return every candidate's scores on the criteria, in the blueprint's order, cut to the scale."""
    below = (estimates.score < blueprint.bars - TIE).astype(np.int8)
    below[np.isnan(estimates.score) | np.isnan(blueprint.bars)[None, :]] = -1
    low, high = (np.clip(end, blueprint.low, blueprint.high) for end in (estimates.low, estimates.high))
    scores = (estimates.score, low, high, evidence.score)
    counts = (evidence.ratings, below, evidence.no_evidence, evidence.not_assessed)
    columns: list[Any] = [column.ravel().tolist() for column in (*scores, *counts)]
    table = CriterionTable(blueprint.criteria, *columns)
    if not blueprint.criteria:
        return [()] * len(evidence.score)
    rows = table.rows()
    return list(rows) if len(rows) >= MADE else list(map(tuple, rows))


HELD_BACK = frozenset({"no-score", "coverage-low", "gate-failed", "gate-unrated"})
"""Flags with which there is no recommendation."""


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
    *,
    names: Mapping[str, str],
    withdrawn: Container[str] = (),
) -> tuple[FitProfile, ...]:
    """Make the fit profile of every candidate, best first.

    Args:
        candidates: Ids, n of them.
        blueprint: Bars, gates, weights and policy.
        evidence: Observed scores and counts.
        estimates: The scores to show.
        standing: The ranks to show.
        names: Candidate id to the name that a person reads; the id stands in for a missing one.
        withdrawn: Ids of candidates to be flagged as withdrawn.
    """
    overalls = _overalls(blueprint, evidence, estimates)
    ranks = _ranks(candidates, standing)
    rows = criterion_rows(blueprint, evidence, estimates)
    gated = np.flatnonzero(blueprint.required & ~np.isnan(blueprint.bars)).tolist()

    def profile(i: int) -> FitProfile:
        candidate, gates = candidates[i], tuple(_gate(rows[i][k]) for k in gated)
        flags = _flags(overalls[i], gates, blueprint.minimum_coverage, candidate in withdrawn)
        word = "" if HELD_BACK.intersection(flags) else _recommend(overalls[i].score, blueprint.recommend)
        name = names.get(candidate, candidate)
        return FitProfile(candidate, name, overalls[i], rows[i], ranks[i], gates, word, flags)

    return tuple(map(profile, standing.order.tolist()))


def _gate(row: CriterionScore) -> Gate:
    """Tell whether a required criterion reaches its bar."""
    return Gate(row.criterion, None if row.below_bar is None else not row.below_bar)


def _flags(overall: Overall, gates: Sequence[Gate], minimum_coverage: float, withdrawn: bool) -> tuple[str, ...]:
    """List the codes of what a reader has to know before the score."""
    flags = {
        "withdrawn": withdrawn,
        "no-score": overall.score is None,
        "coverage-low": overall.coverage < minimum_coverage - TIE,
        "gate-failed": any(gate.passed is False for gate in gates),
        "gate-unrated": any(gate.passed is None for gate in gates),
        "one-interviewer": overall.interviewers == 1,
    }
    return tuple(code for code, holds in flags.items() if holds)


def _recommend(score: float | None, recommend: Sequence[tuple[str, float]]) -> str:
    """Return the policy's word for an overall score; empty without a policy or a score."""
    if score is None or not recommend:
        return ""
    return next((word for word, least in recommend if score >= least - TIE), "strong-no")


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
    return [
        Rank(position or None, (low, high) if low else None, p_best, tuple([candidates[i] for i in unclear.tolist()]))
        for position, low, high, p_best, unclear in columns
    ]
