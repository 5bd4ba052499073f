"""A candidate's résumé in one line, for who holds the interview."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the column."""
    op.add_column("candidates", Column("resume_line", Text, nullable=False, server_default=""))
