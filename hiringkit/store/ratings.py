"""Submitted ratings as columns, for scoring."""

from attrs import frozen
from sqlalchemy import Connection, ScalarSelect, func, or_, select

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
    withdrawn: list[str]
    """Ids of the candidates who have withdrawn, whether rated or not; a list of its own length."""

    def __len__(self) -> int:
        return len(self.candidate)


def submitted(tx: Connection, opening_id: str) -> RatingRows:
    """Return the ratings of the latest scorecard of each submitted interview of an opening.

    They come by candidate, interviewer (each in the order of adding) and question (in the order of the kit).
    Ratings of withdrawn candidates are among them.
    """
    rated = or_(t.scorecard_ratings.c.level.is_not(None), t.scorecard_ratings.c.mark.is_not(None))
    this_card = t.scorecard_ratings.c.interview_id == t.interviews.c.id
    latest = t.scorecard_ratings.c.number == _latest()
    rows = tx.execute(
        select(
            t.interviews.c.candidate_id,
            t.interviews.c.interviewer_id,
            t.scorecard_ratings.c.question_id,
            t.scorecard_ratings.c.level,
            t.scorecard_ratings.c.mark,
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
    ).all()
    return RatingRows(
        candidate=[row.candidate_id for row in rows],
        interviewer=[row.interviewer_id for row in rows],
        question=[row.question_id for row in rows],
        value=[row.level for row in rows],
        mark=[row.mark for row in rows],
        withdrawn=_withdrawn(tx, opening_id),
    )


def _latest() -> ScalarSelect[int]:
    """Select the number of the interview's latest scorecard."""
    of_this = t.scorecards.c.interview_id == t.interviews.c.id
    return select(func.max(t.scorecards.c.number)).where(of_this).correlate(t.interviews).scalar_subquery()


def _withdrawn(tx: Connection, opening_id: str) -> list[str]:
    here = (t.candidates.c.opening_id == opening_id) & t.candidates.c.withdrawn_at.is_not(None)
    return list(tx.scalars(select(t.candidates.c.id).where(here).order_by(t.candidates.c.position)))
