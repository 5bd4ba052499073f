"""Published tables, and panels made of arrays."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hiringkit.scoring.ratings import Floats, RatingColumns

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="session")
def published() -> dict[str, dict[str, Any]]:
    """Examples from the literature by name; tables as float arrays, NaN where a rating is missing."""
    examples: dict[str, dict[str, Any]] = json.loads(
        (DATA / "agreement-published.json").read_text(encoding="utf-8")
    )
    for example in examples.values():
        for key in ("ratings", "scores", "rows", "prop", "weights", "diameter"):
            if key in example:
                example[key] = np.array(example[key], dtype=np.float64)
    return examples


@pytest.fixture(scope="session")
def columns_of() -> Callable[[Floats], RatingColumns]:
    """Make rating columns of a (candidates, interviewers, questions) array, NaN where there is no rating."""

    def make(scores: Floats) -> RatingColumns:
        candidate, interviewer, question = np.nonzero(np.isfinite(scores))
        n = len(candidate)
        return RatingColumns(
            candidate=candidate,
            interviewer=interviewer,
            question=question,
            value=scores[candidate, interviewer, question],
            status=np.zeros(n, dtype=np.int8),
            weight=np.ones(n),
            candidates=[f"c{i}" for i in range(scores.shape[0])],
            interviewers=[f"i{i}" for i in range(scores.shape[1])],
        )

    return make
