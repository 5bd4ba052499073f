"""Whether an opening puts its candidates in an order, where it does not leave that to its rubric."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the column."""
    op.add_column("openings", Column("ranking", Text))
