"""Interviewers' practice sessions."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0003"
down_revision = "0002"

_SESSION = ("interviewer_id", "bank_id", "number")


def upgrade() -> None:
    """Make the tables of sessions and of their answers."""
    op.create_table(
        "practice_sessions",
        *_session(),
        Column("started_at", Text, nullable=False),
        PrimaryKeyConstraint(*_SESSION, name=op.f("pk_practice_sessions")),
        ForeignKeyConstraint(["interviewer_id"], ["interviewers.id"], name=op.f("fk_practice_sessions_interviewer_id")),
        CheckConstraint("number >= 1", name=op.f("ck_practice_sessions_number_from_one")),
        CheckConstraint("bank_id <> ''", name=op.f("ck_practice_sessions_bank_id_given")),
    )
    op.create_table(
        "practice_answers",
        *_session(),
        Column("question_id", Text, nullable=False),
        Column("sample_id", Text, nullable=False),
        Column("position", Integer, nullable=False),
        Column("reasoned", Integer, nullable=False),
        Column("level", Integer, nullable=False),
        Column("reason", Text, nullable=False),
        Column("answered_at", Text),
        PrimaryKeyConstraint(*_SESSION, "question_id", "sample_id", name=op.f("pk_practice_answers")),
        ForeignKeyConstraint(
            _SESSION,
            [f"practice_sessions.{column}" for column in _SESSION],
            name=op.f("fk_practice_answers_interviewer_id_bank_id_number"),
        ),
    )


def _session() -> tuple[Column[str], Column[str], Column[int]]:
    return (
        Column("interviewer_id", Text, nullable=False),
        Column("bank_id", Text, nullable=False),
        Column("number", Integer, nullable=False),
    )
