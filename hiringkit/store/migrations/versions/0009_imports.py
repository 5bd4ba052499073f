"""Where scorecards that were imported come from, and their ratings in the source's words."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, PrimaryKeyConstraint, Text, UniqueConstraint

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "imported_scorecards",
        Column("interview_id", Text, nullable=False),
        Column("opening_id", Text, nullable=False),
        Column("source", Text, nullable=False),
        Column("source_id", Text, nullable=False),
        Column("candidate_source_id", Text, nullable=False),
        Column("interviewer_source_id", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("imported_at", Text, nullable=False),
        PrimaryKeyConstraint("interview_id", name=op.f("pk_imported_scorecards")),
        ForeignKeyConstraint(["interview_id"], ["interviews.id"], name=op.f("fk_imported_scorecards_interview_id")),
        UniqueConstraint(
            "opening_id", "source", "source_id", name=op.f("uq_imported_scorecards_opening_id_source_source_id")
        ),
        CheckConstraint("source <> ''", name=op.f("ck_imported_scorecards_source_given")),
        CheckConstraint("source_id <> ''", name=op.f("ck_imported_scorecards_source_id_given")),
    )
    op.create_table(
        "imported_ratings",
        Column("interview_id", Text, nullable=False),
        Column("question_id", Text, nullable=False),
        Column("attribute", Text, nullable=False),
        Column("label", Text, nullable=False),
        PrimaryKeyConstraint("interview_id", "question_id", name=op.f("pk_imported_ratings")),
        ForeignKeyConstraint(
            ["interview_id", "question_id"],
            ["kit_questions.interview_id", "kit_questions.question_id"],
            name=op.f("fk_imported_ratings_interview_id_question_id"),
        ),
    )
