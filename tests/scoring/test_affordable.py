"""Very many ratings with gaps are fitted without the effects that take minutes, and the result says so."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve

from hiringkit.scoring.calibrated.model import ModelRows
from hiringkit.scoring.effects import DEFAULT_EFFECTS
from hiringkit.scoring.large.strata import WHOLE_AT_MOST, affordable_effects

QUESTIONS, INTERVIEWERS = 4, 10


@pytest.fixture(scope="module")
def rows() -> ModelRows:
    """Complete interviews, a few more ratings than are fitted whole."""
    candidates = WHOLE_AT_MOST // (QUESTIONS * INTERVIEWERS) + 1
    candidate, interviewer, question = (
        part.ravel() for part in np.indices((candidates, INTERVIEWERS, QUESTIONS)).astype(np.int64)
    )
    value = 1.0 + (candidate * 7 + interviewer * 3 + question) % 5
    ones = np.ones(len(value))
    return ModelRows(candidate, interviewer, question, value, ones, candidates, INTERVIEWERS, np.eye(QUESTIONS))


def part(rows: ModelRows, kept: Any) -> ModelRows:
    fields = ("candidate", "interviewer", "question", "value", "weight")
    return evolve(rows, **{name: getattr(rows, name)[kept] for name in fields})


def test_complete_interviews_keep_every_effect_however_many(rows: ModelRows) -> None:
    assert affordable_effects(rows, DEFAULT_EFFECTS) == (DEFAULT_EFFECTS, [])


def test_with_a_rating_missing_the_pairs_with_criteria_are_left_out_and_named(rows: ModelRows) -> None:
    effects, (finding,) = affordable_effects(part(rows, slice(1, None)), DEFAULT_EFFECTS)
    assert effects == ("candidate", "interviewer", "candidate:interviewer")
    assert finding.code == "effects-too-slow"
    assert finding.message.startswith("candidate:criterion, interviewer:criterion are left out: with 500,0")
    assert finding.hint == f"--effects {','.join(DEFAULT_EFFECTS)} fits them all the same"


def test_with_a_heavier_rating_likewise(rows: ModelRows) -> None:
    heavier = rows.weight.copy()
    heavier[0] = 2.0
    assert len(affordable_effects(evolve(rows, weight=heavier), DEFAULT_EFFECTS)[1]) == 1


def test_fewer_ratings_are_fitted_whole(rows: ModelRows) -> None:
    fewer = part(rows, slice(1, WHOLE_AT_MOST))
    assert affordable_effects(fewer, DEFAULT_EFFECTS) == (DEFAULT_EFFECTS, [])
