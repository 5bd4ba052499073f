"""Ratings as a table that other programs, and `hiringkit score`, read back."""

from collections.abc import Sequence

from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Report, Table

READ = (
    "opening",
    "candidate",
    "interviewer",
    "question",
    "rating",
    "evidence",
    "rated_at",
    "after_seeing",
    "criterion",
)
"""What `score` reads."""
COLUMNS = (*READ, "candidate_name", "interviewer_name", "interview", "submitted_at", "recommendation", "reason")


def ratings_report(rows: Sequence[Sequence[str | bool]]) -> Report:
    """List ratings, one a row.

    Args:
        rows: Cells in the order of `COLUMNS`.
    """
    columns = tuple(Column(name, name, wrap=name in {"evidence", "reason"}) for name in COLUMNS)
    cells: list[tuple[Cell, ...]] = [tuple(map(_cell, row)) for row in rows]
    empty = _("Nothing is submitted yet. Hold an interview: hiringkit interview score INTERVIEW")
    return Report(
        title=_("Submitted ratings"),
        blocks=(Table(columns, tuple(cells), empty=empty),),
        document={"schema": "hiringkit/ratings/1", "ratings": [dict(zip(COLUMNS, row, strict=True)) for row in rows]},
    )


def _cell(value: str | bool) -> Cell:
    """Write a truth value as `hiringkit score` reads it."""
    return ("yes" if value else "") if isinstance(value, bool) else value
