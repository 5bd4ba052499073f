"""Holds and erasures of candidates, and how long the records of an opening are kept."""

from alembic import op
from sqlalchemy import Column, Integer, Text

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("candidates", Column("held_at", Text))
    op.add_column("candidates", Column("held_reason", Text, nullable=False, server_default=""))
    op.add_column("candidates", Column("erased_at", Text))
    op.add_column("openings", Column("retention_months", Integer))
