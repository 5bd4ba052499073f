"""The openings of one file, each by itself."""

from collections.abc import Collection

import numpy as np
from attrs import evolve

from hiringkit.domain.rating_table import Coded, RatingTable
from hiringkit.scoring.arrays import Bools, Codes
from hiringkit.scoring.ratings import Blueprint, RatingColumns, column_codes


def leave_out(
    columns: RatingColumns, blueprint: Blueprint, questions: Collection[str]
) -> tuple[RatingColumns, Blueprint]:
    """Return ratings and blueprint without some questions, as if nobody had asked them.

    A criterion that no other question is evidence for keeps its weight and has no score, so that coverage falls:
    what is not measured is not made up for.

    Args:
        columns: The ratings.
        blueprint: What they are for.
        questions: Ids of what to leave out; those that the blueprint does not have change nothing.
    """
    gone = np.isin(np.array(blueprint.questions, dtype=object).astype(str), list(questions))
    if not gone.any():
        return columns, blueprint
    place = np.cumsum(~gone) - 1
    kept = columns.only(~gone[columns.question])
    left = tuple(question for question, out in zip(blueprint.questions, gone, strict=True) if not out)
    return (
        evolve(kept, question=place[kept.question]),
        evolve(blueprint, questions=left, loadings=blueprint.loadings[~gone]),
    )


def without_empty_criteria(blueprint: Blueprint) -> Blueprint:
    """Return the blueprint with those criteria only that some question is evidence for."""
    held: Bools = np.any(blueprint.loadings > 0, axis=0)
    return evolve(
        blueprint,
        criteria=tuple(criterion for criterion, kept in zip(blueprint.criteria, held, strict=True) if kept),
        loadings=blueprint.loadings[:, held],
        weights=blueprint.weights[held],
        bars=blueprint.bars[held],
        required=blueprint.required[held],
    )


def split_openings(table: RatingTable, columns: RatingColumns) -> dict[str, RatingColumns]:
    """Return the ratings of each opening of a table, with its own candidates and interviewers only.

    Args:
        table: As read; without a column of openings there is none.
        columns: What `columns_from_table` made of it, no row being at fault.
    """
    if table.opening is None:
        return {}
    opening = column_codes(table.opening)
    return {
        label: _part(table, columns, np.flatnonzero(opening == code))
        for code, label in enumerate(table.opening.labels)
        if (opening == code).any()
    }


def _part(table: RatingTable, columns: RatingColumns, rows: Codes) -> RatingColumns:
    candidate, candidates = _occurring(table.candidate, rows)
    interviewer, interviewers = _occurring(table.interviewer, rows)
    part = columns.take(rows)
    return RatingColumns(
        candidate, interviewer, part.question, part.value, part.status, part.weight, candidates, interviewers
    )


def _occurring(column: Coded, rows: Codes) -> tuple[Codes, list[str]]:
    """Return codes and words of a column's rows, with the words that occur only."""
    found, codes = np.unique(column_codes(column)[rows], return_inverse=True)
    return codes.reshape(-1), [column.labels[code] for code in found.tolist()]


def asked_only(columns: RatingColumns, blueprint: Blueprint) -> tuple[RatingColumns, Blueprint]:
    """Leave out questions without a rating, and criteria without a question."""
    asked = np.bincount(columns.question, minlength=len(blueprint.questions)) > 0
    never = [question for question, some in zip(blueprint.questions, asked.tolist(), strict=True) if not some]
    columns, blueprint = leave_out(columns, blueprint, never)
    return columns, without_empty_criteria(blueprint)
