"""Cancelled interviews and second rounds, outcomes of candidates, and ratings given after seeing others'."""

from alembic import op
from sqlalchemy import Boolean, Column, Integer, Text, false

revision = "0008"
down_revision = "0006"

_TRIO = ("opening_id", "candidate_id", "interviewer_id")


def upgrade() -> None:
    """Add the columns, and let one interviewer have several interviews with a candidate, one a round."""
    for table in ("ratings", "scorecard_ratings"):
        op.add_column(table, Column("after_seeing", Boolean, nullable=False, server_default=false()))
    for name in ("outcome", "outcome_reason"):
        op.add_column("candidates", Column(name, Text, nullable=False, server_default=""))
    with op.batch_alter_table("interviews") as interviews:
        interviews.add_column(Column("round", Integer, nullable=False, server_default="1"))
        interviews.add_column(Column("cancelled_at", Text))
        interviews.add_column(Column("cancelled_reason", Text, nullable=False, server_default=""))
        interviews.add_column(Column("seen_at", Text))
        interviews.add_column(Column("location", Text, nullable=False, server_default=""))
        interviews.drop_constraint(op.f(f"uq_interviews_{'_'.join(_TRIO)}"), type_="unique")
        interviews.create_unique_constraint(op.f(f"uq_interviews_{'_'.join(_TRIO)}_round"), [*_TRIO, "round"])
        interviews.create_check_constraint(op.f("ck_interviews_round_from_one"), "round >= 1")
