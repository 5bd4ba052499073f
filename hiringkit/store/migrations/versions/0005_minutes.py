"""How long each question of an interview has taken."""

from alembic import op
from sqlalchemy import Column, Integer

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; interviews of before have taken no time that is known."""
    op.add_column("kit_questions", Column("seconds", Integer, nullable=False, server_default="0"))
