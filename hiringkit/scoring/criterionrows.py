"""From arrays of scores to candidates' scores on the criteria."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from hiringkit.domain.criteriontable import CriterionTable
from hiringkit.domain.profile import CriterionScore
from hiringkit.scoring.evidence import Evidence
from hiringkit.scoring.ratings import Blueprint, Floats

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
