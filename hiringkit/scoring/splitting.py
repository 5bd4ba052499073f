"""The openings of one file, each by itself."""

import numpy as np

from hiringkit.domain.ratingtable import Coded, RatingTable
from hiringkit.scoring.faults import column_codes
from hiringkit.scoring.leavingout import leave_out, without_empty_criteria
from hiringkit.scoring.ratings import Blueprint, Codes, RatingColumns


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
