"""Interviewers' practice sessions."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update
from sqlalchemy import insert as insert_into

from hiringkit.domain.practice import PracticeAnswer, PracticeSession
from hiringkit.store import tables as t


def put_answer(tx: Connection, interviewer: str, session: PracticeSession, answer: PracticeAnswer) -> None:
    """Store an answer, and its session with the first; an earlier answer to the same sample is replaced.

    Raises:
        IntegrityError: The interviewer is unknown; outside the transaction it is `Refused`.
    """
    key = {"interviewer_id": interviewer, "bank_id": session.bank, "number": session.number}
    if tx.execute(select(t.practice_sessions.c.number).where(*_is(t.practice_sessions.c, key))).first() is None:
        tx.execute(insert_into(t.practice_sessions).values(**key, started_at=session.started_at))
    which = {"question_id": answer.question, "sample_id": answer.sample}
    values = {
        "reasoned": answer.reasoned,
        "level": answer.level,
        "reason": answer.reason,
        "answered_at": answer.answered_at,
    }
    answers = t.practice_answers
    if not tx.execute(update(answers).where(*_is(answers.c, key | which)).values(values)).rowcount:
        position = len(tx.execute(select(answers.c.position).where(*_is(answers.c, key))).all())
        tx.execute(insert_into(answers).values(**key, **which, **values, position=position))


def sessions_of(tx: Connection, interviewer: str) -> tuple[PracticeSession, ...]:
    """Return an interviewer's sessions, oldest first."""
    sessions, answers = t.practice_sessions, t.practice_answers
    found = tx.execute(
        select(sessions)
        .where(sessions.c.interviewer_id == interviewer)
        .order_by(sessions.c.started_at, sessions.c.bank_id, sessions.c.number)
    ).all()
    given: dict[tuple[str, int], list[PracticeAnswer]] = {}
    mine = select(answers).where(answers.c.interviewer_id == interviewer).order_by(answers.c.position)
    for row in tx.execute(mine):
        given.setdefault((row.bank_id, row.number), []).append(_answer(row))
    return tuple(
        PracticeSession(row.bank_id, row.number, row.started_at, tuple(given.get((row.bank_id, row.number), ())))
        for row in found
    )


def _is(columns: Any, key: dict[str, Any]) -> list[ColumnElement[bool]]:
    return [columns[name] == value for name, value in key.items()]


def _answer(row: Row[Any]) -> PracticeAnswer:
    return PracticeAnswer(row.question_id, row.sample_id, row.reasoned, row.level, row.reason, row.answered_at)
