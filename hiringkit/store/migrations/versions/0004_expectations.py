"""What candidates need from the team, and what an opening's team offers."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the two tables."""
    _levels("opening_offers", ["opening_id"], "openings", ["id"])
    _levels("candidate_needs", ["opening_id", "candidate_id"], "candidates", ["opening_id", "id"])


def _levels(table: str, owner: list[str], target: str, target_columns: list[str]) -> None:
    reference = op.f(f"fk_{table}_{'_'.join(owner)}")
    op.create_table(
        table,
        *(Column(column, Text, nullable=False) for column in owner),
        Column("expectation_id", Text, nullable=False),
        Column("level", Integer, nullable=False),
        Column("answered_at", Text, nullable=False),
        PrimaryKeyConstraint(*owner, "expectation_id", name=op.f(f"pk_{table}")),
        ForeignKeyConstraint(owner, [f"{target}.{column}" for column in target_columns], name=reference),
        CheckConstraint("level BETWEEN 1 AND 5", name=op.f(f"ck_{table}_level_on_scale")),
    )
