"""Interview cards that were handed out."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "cards",
        Column("id", Text, nullable=False),
        Column("interview_id", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("issued_at", Text, nullable=False),
        Column("received_at", Text),
        Column("saved_at", Text),
        Column("signature", Text, nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        ForeignKeyConstraint(["interview_id"], ["interviews.id"], name=op.f("fk_cards_interview_id")),
        CheckConstraint("key <> ''", name=op.f("ck_cards_key_given")),
    )
    op.create_index(op.f("ix_cards_interview_id"), "cards", ["interview_id"])
