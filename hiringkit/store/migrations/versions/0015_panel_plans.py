"""Plans of panels."""

from alembic import op
from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "panel_plans",
        Column("opening_id", Text, nullable=False),
        Column("number", Integer, autoincrement=False, nullable=False),
        Column("made_at", Text, nullable=False),
        Column("made_by", Text, nullable=False),
        Column("scheduled", Boolean, nullable=False),
        Column("plan", Text, nullable=False),
        PrimaryKeyConstraint("opening_id", "number", name=op.f("pk_panel_plans")),
        ForeignKeyConstraint(["opening_id"], ["openings.id"], name=op.f("fk_panel_plans_opening_id")),
        CheckConstraint("number >= 1", name=op.f("ck_panel_plans_number_from_one")),
    )
