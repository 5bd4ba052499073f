"""Ratings, blueprints and tables written down in a few words, published tables, and panels made of arrays."""

import csv
import json
from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from hiringkit.domain.rating_table import NO_EVIDENCE, NOT_ASSESSED, NUMBER, Coded, RatingTable
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

DATA = Path(__file__).parent.parent / "data"
MARKS = {"not-assessed": NOT_ASSESSED, "no-evidence": NO_EVIDENCE}
Row = tuple[str, str, str, float | str]


def coded(words: Sequence[str]) -> Coded:
    labels = list(dict.fromkeys(words))
    return Coded(array("i", [labels.index(word) for word in words]), labels)


def make_blueprint(
    weights: Mapping[str, float], questions: Mapping[str, Mapping[str, float]], **settings: Any
) -> Blueprint:
    criteria = list(weights)
    loadings = np.array([[loads.get(k, 0.0) for k in criteria] for loads in questions.values()])
    plain = evolve(
        plain_blueprint(criteria, 1.0, 5.0, source="rubric"),
        questions=list(questions),
        loadings=loadings.reshape(len(questions), len(criteria)),
        weights=np.array(list(weights.values()), dtype=float),
    )
    return evolve(plain, **settings)


def make_columns(
    rows: Sequence[Row],
    blueprint: Blueprint,
    candidates: Sequence[str] = (),
    weights: Sequence[float] | None = None,
) -> Ratings:
    who = list(dict.fromkeys([*candidates, *(row[0] for row in rows)]))
    by = list(dict.fromkeys(row[1] for row in rows))
    ratings = [row[3] for row in rows]
    return Ratings(
        candidate=np.array([who.index(row[0]) for row in rows], dtype=np.int64),
        interviewer=np.array([by.index(row[1]) for row in rows], dtype=np.int64),
        question=np.array([list(blueprint.questions).index(row[2]) for row in rows], dtype=np.int64),
        value=np.array([np.nan if isinstance(v, str) else v for v in ratings], dtype=float),
        status=np.array([MARKS[v] if isinstance(v, str) else NUMBER for v in ratings], dtype=np.int8),
        weight=np.ones(len(rows)) if weights is None else np.array(weights, dtype=float),
        candidates=who,
        interviewers=by,
    )


def make_table(rows: Sequence[Row], **columns: Sequence[Any]) -> RatingTable:
    """The first row stands in line 2, after the header."""
    ratings = [row[3] for row in rows]
    return RatingTable(
        source="ratings.csv",
        candidate=coded([row[0] for row in rows]),
        interviewer=coded([row[1] for row in rows]),
        question=coded([row[2] for row in rows]),
        value=array("d", [float("nan") if isinstance(v, str) else v for v in ratings]),
        status=array("b", [MARKS[v] if isinstance(v, str) else NUMBER for v in ratings]),
        line=array("q", range(2, len(rows) + 2)),
        weight=array("d", columns["weight"]) if "weight" in columns else None,
        criterion=coded(columns["criterion"]) if "criterion" in columns else None,
        opening=coded(columns["opening"]) if "opening" in columns else None,
    )


@pytest.fixture
def blueprint_of() -> Callable[..., Blueprint]:
    """Criterion weights, and for each question what it is evidence for; scale 1 to 5."""
    return make_blueprint


@pytest.fixture
def columns_of() -> Callable[..., Ratings]:
    """Rows of candidate, interviewer, question and rating."""
    return make_columns


@pytest.fixture
def table_of() -> Callable[..., RatingTable]:
    """The same rows as a file holds them, line 2 onwards."""
    return make_table


@pytest.fixture(scope="session")
def published() -> dict[str, dict[str, Any]]:
    """Examples from the literature by name; tables as float arrays, NaN where a rating is missing."""
    examples: dict[str, dict[str, Any]] = json.loads((DATA / "agreement-published.json").read_text(encoding="utf-8"))
    for example in examples.values():
        for key in ("ratings", "scores", "rows", "prop", "weights", "diameter"):
            if key in example:
                example[key] = np.array(example[key], dtype=np.float64)
    return examples


@pytest.fixture(scope="session")
def columns_of_array() -> Callable[[Floats], Ratings]:
    """Make rating columns of a (candidates, interviewers, questions) array, NaN where there is no rating."""

    def make(scores: Floats) -> Ratings:
        candidate, interviewer, question = np.nonzero(np.isfinite(scores))
        n = len(candidate)
        return Ratings(
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


Make = Callable[..., Any]
STRICT = Path(__file__).parents[1] / "data" / "strict-interviewer.csv"


@pytest.fixture
def strict(columns_of: Make) -> tuple[Ratings, Blueprint]:
    """Stella rates low and saw amber, boris and elena only."""
    with STRICT.open(encoding="utf-8", newline="") as lines:
        found = [(r["candidate"], r["interviewer"], r["question"], float(r["rating"])) for r in csv.DictReader(lines)]
    blueprint = plain_blueprint(list(dict.fromkeys(row[2] for row in found)), 1, 5, source="option")
    return columns_of(found, blueprint), blueprint
