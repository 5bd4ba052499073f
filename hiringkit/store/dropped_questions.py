"""Questions left out of an opening; those restored are kept too, as history."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy import insert as insert_into

from hiringkit.domain.interview import DroppedQuestion
from hiringkit.errors import Refused
from hiringkit.store.tables import dropped_questions as t
from hiringkit.text.sentence import Sentence

NOT_DROPPED = Sentence("question {question} is not dropped in opening {opening}")
_CURRENT = (
    select(t)
    .where(t.c.opening_id == bindparam("opening_id"), t.c.restored_at.is_(None))
    .order_by(t.c.dropped_at, t.c.question_id)
)


def insert(tx: Connection, opening_id: str, dropped: DroppedQuestion) -> None:
    """Record that a question is left out.

    Raises:
        IntegrityError: The opening is unknown; outside the transaction it is `Refused`.
    """
    this = (t.c.opening_id == opening_id) & (t.c.question_id == dropped.question)
    last: int | None = tx.scalar(select(func.max(t.c.number)).where(this))
    tx.execute(
        insert_into(t).values(
            opening_id=opening_id,
            question_id=dropped.question,
            number=(last or 0) + 1,
            reason=dropped.reason,
            dropped_at=dropped.at,
            dropped_by=dropped.by,
            restored_by="",
        )
    )


def current(tx: Connection, opening_id: str) -> tuple[DroppedQuestion, ...]:
    """Return the questions that are left out of an opening now, in the order in which they were dropped."""
    rows = tx.execute(_CURRENT, {"opening_id": opening_id})
    return tuple(DroppedQuestion(row.question_id, row.reason, row.dropped_at, row.dropped_by) for row in rows)


def restore(tx: Connection, opening_id: str, question: str, at: datetime, by: str) -> None:
    """Record that a question counts again.

    Raises:
        Refused: It is not left out.
    """
    this = (t.c.opening_id == opening_id) & (t.c.question_id == question) & t.c.restored_at.is_(None)
    if not tx.execute(update(t).where(this).values(restored_at=at, restored_by=by)).rowcount:
        raise Refused(NOT_DROPPED.format(question=question, opening=opening_id))
