"""Questions that are left out of an opening."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "dropped_questions",
        Column("opening_id", Text, nullable=False),
        Column("question_id", Text, nullable=False),
        Column("number", Integer, nullable=False),
        Column("reason", Text, nullable=False),
        Column("dropped_at", Text, nullable=False),
        Column("dropped_by", Text, nullable=False),
        Column("restored_at", Text),
        Column("restored_by", Text, nullable=False),
        PrimaryKeyConstraint("opening_id", "question_id", "number", name=op.f("pk_dropped_questions")),
        ForeignKeyConstraint(["opening_id"], ["openings.id"], name=op.f("fk_dropped_questions_opening_id")),
        CheckConstraint("number >= 1", name=op.f("ck_dropped_questions_number_from_one")),
        CheckConstraint("question_id <> ''", name=op.f("ck_dropped_questions_question_id_given")),
        CheckConstraint("reason <> ''", name=op.f("ck_dropped_questions_reason_given")),
    )
