"""Invented ratings in many files, and how tests score them in shards."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from hiringkit.actions.bulk_scores import BulkScores, score_shards
from hiringkit.actions.scores import ScoringOptions
from hiringkit.text.sentence import Sentence

EFFECTS = ("candidate", "interviewer", "candidate:interviewer")
OPTIONS = ScoringOptions(effects=EFFECTS, seed=4)
CANDIDATES, INTERVIEWERS, QUESTIONS = 2_200, 1_050, 4
"""More than are ranked by draws, and than are solved exactly."""


class Silence:
    """Keeps what is said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def begin(self, what: Sentence, steps: int) -> None:
        self.said.append(str(what))

    def step(self) -> None:
        pass

    def say(self, text: Sentence) -> None:
        self.said.append(str(text))


def simulated(seed: int = 0, candidates: int = CANDIDATES, interviewers: int = INTERVIEWERS) -> pa.Table:
    """Draw ratings of 1 to 5 of invented people; some were not assessed, some candidates never."""
    rng = np.random.default_rng(seed)
    candidate = np.repeat(np.arange(candidates), 4)
    drawn = np.unique(candidate * interviewers + rng.integers(0, interviewers, len(candidate)))
    candidate, interviewer = np.divmod(drawn, interviewers)
    level = 3 + rng.normal(0, 0.6, candidates)[candidate] + rng.normal(0, 0.45, interviewers)[interviewer]
    level += rng.normal(0, 0.4, len(candidate))
    value = level[:, None] + np.linspace(-0.3, 0.3, QUESTIONS) + rng.normal(0, 0.8, (len(candidate), QUESTIONS))
    cells = np.clip(np.rint(value), 1, 5).astype(int).astype(str).astype(object).ravel()
    cells[rng.random(len(cells)) < 0.05] = "not-assessed"
    cells[np.repeat(candidate, QUESTIONS) == 7] = "not-assessed"
    return pa.table(
        {
            "candidate": [f"candidate {code}" for code in np.repeat(candidate, QUESTIONS)],
            "interviewer": [f"interviewer {code}" for code in np.repeat(interviewer, QUESTIONS)],
            "question": [f"question {code}" for code in np.tile(np.arange(QUESTIONS), len(candidate))],
            "rating": list(cells),
            "weight": rng.choice([0.5, 1.0, 2.0], len(cells)).tolist(),
        }
    )


def write(folder: Path, table: pa.Table, files: int = 3) -> str:
    """Cut a table into files, in its order."""
    folder.mkdir()
    ends = np.linspace(0, table.num_rows, files + 1).astype(int)
    for at, (low, high) in enumerate(pairwise(ends.tolist())):
        parquet.write_table(table.slice(low, high - low), folder / f"part-{at}.parquet", row_group_size=5_000)
    return str(folder / "*.parquet")


def bulk(pattern: str, place: Path, **more: Any) -> BulkScores:
    """Score in this process."""
    named: dict[str, Any] = {"cluster": None, "scale": (1.0, 5.0), "listener": Silence(), **more}
    return score_shards(pattern, named.pop("options", OPTIONS), place=str(place), **named)


def rows_of(place: Path) -> dict[str, dict[str, Any]]:
    """Return the profiles by candidate."""
    tables = [parquet.read_table(path) for path in sorted((place / "profiles").glob("*.parquet"))]
    return {row["candidate"]: row for row in pa.concat_tables(tables).to_pylist()}


def words_of(table: pa.Table, name: str) -> list[str]:
    """Return a column of texts."""
    return [str(word) for word in table.column(name).to_pylist()]
