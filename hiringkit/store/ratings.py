"""Submitted ratings as columns, for scoring."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from attrs import frozen
from sqlalchemy import Boolean, Connection, Integer, Row, ScalarSelect, Select, Text, column, func, or_, select, true

from hiringkit.domain.interview import InterviewState
from hiringkit.store import tables as t


@frozen(eq=False)
class RatingRows:
    """Parallel lists, one entry a rating: either a level or a mark. Absent ratings are not among them."""

    candidate: list[str]
    """Candidate ids."""
    interviewer: list[str]
    """Interviewer ids."""
    question: list[str]
    """Question ids."""
    value: list[int | None]
    """Levels; None where there is a mark."""
    mark: list[str | None]
    """`not-assessed` or `no-evidence`; None where there is a level."""
    after_seeing: list[bool]
    """Whether it was given or changed by somebody who could see others' ratings of the candidate."""

    def __len__(self) -> int:
        return len(self.candidate)

    def of(self, candidates: Container[str]) -> "RatingRows":
        """Return the ratings of these candidates."""
        kept = [n for n, candidate in enumerate(self.candidate) if candidate in candidates]
        return self if len(kept) == len(self) else self.at(kept)

    def at(self, rows: Sequence[int]) -> "RatingRows":
        """Return the ratings at these positions."""
        return RatingRows(
            [self.candidate[n] for n in rows],
            [self.interviewer[n] for n in rows],
            [self.question[n] for n in rows],
            [self.value[n] for n in rows],
            [self.mark[n] for n in rows],
            [self.after_seeing[n] for n in rows],
        )


def submitted(tx: Connection, opening_id: str, scorecards: Mapping[str, int] | None = None) -> RatingRows:
    """Return the ratings of the latest scorecard of each submitted interview of an opening.

    They are ordered by candidate, interviewer (each as added) and question (as in the kit). Ratings of withdrawn
    candidates are included.

    Args:
        tx: A transaction.
        opening_id: The opening.
        scorecards: Which scorecard of each interview counts instead, by number; others do not.
    """
    read = _of_server if tx.dialect.name == "postgresql" else _of_file
    rows: Sequence[Row[Any]] = tx.execute(read(opening_id, scorecards)).all()
    if scorecards is not None:
        rows = [row for row in rows if scorecards.get(row.interview_id) == row.number]
    return RatingRows(
        candidate=[row.candidate_id for row in rows],
        interviewer=[row.interviewer_id for row in rows],
        question=[row.question_id for row in rows],
        value=[row.level for row in rows],
        mark=[row.mark for row in rows],
        after_seeing=[row.after_seeing for row in rows],
    )


def _of_file(opening_id: str, scorecards: Mapping[str, int] | None) -> Select[Any]:
    rated = or_(t.scorecard_ratings.c.level.is_not(None), t.scorecard_ratings.c.mark.is_not(None))
    this_card = t.scorecard_ratings.c.interview_id == t.interviews.c.id
    latest = t.scorecard_ratings.c.number == _latest() if scorecards is None else true()
    return (
        select(
            t.interviews.c.candidate_id,
            t.interviews.c.interviewer_id,
            t.scorecard_ratings.c.question_id,
            t.scorecard_ratings.c.level,
            t.scorecard_ratings.c.mark,
            t.scorecard_ratings.c.after_seeing,
            t.scorecard_ratings.c.interview_id,
            t.scorecard_ratings.c.number,
        )
        .select_from(t.interviews)
        .join(t.candidates)
        .join(t.interviewers)
        .join(t.scorecard_ratings, this_card & latest)
        .join(t.kit_questions)
        .where(t.interviews.c.opening_id == opening_id)
        .where(t.interviews.c.state == InterviewState.SUBMITTED.value)
        .where(rated)
        .order_by(t.candidates.c.position, t.interviewers.c.position, t.kit_questions.c.position)
    )


def _of_server(opening_id: str, scorecards: Mapping[str, int] | None) -> Select[Any]:
    """Select the same on PostgreSQL, where policies on the tables would ask for every rating who may see it."""
    found = func.hiringkit_submitted(opening_id, scorecards is not None)
    texts = [column(name, Text) for name in ("candidate_id", "interviewer_id", "question_id")]
    rest = (column("level", t.LevelColumn), column("mark", Text), column("after_seeing", Boolean))
    return select(found.table_valued(*texts, *rest, column("interview_id", Text), column("number", Integer)))


def _latest() -> ScalarSelect[int]:
    """Select the number of the interview's latest scorecard."""
    of_this = t.scorecards.c.interview_id == t.interviews.c.id
    return select(func.max(t.scorecards.c.number)).where(of_this).correlate(t.interviews).scalar_subquery()
