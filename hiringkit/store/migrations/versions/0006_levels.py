"""Levels between whole numbers, such as half points."""

from alembic import op
from sqlalchemy import Double

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Let PostgreSQL keep real numbers as levels; SQLite keeps them in columns of whole numbers already."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column in (
            ("ratings", "level"),
            ("scorecard_ratings", "level"),
            ("practice_answers", "reasoned"),
            ("practice_answers", "level"),
        ):
            op.alter_column(table, column, type_=Double)
