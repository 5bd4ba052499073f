"""Decisions by mediating assessments."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, Double, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the tables."""
    level = Double if op.get_bind().dialect.name == "postgresql" else Integer
    op.create_table(
        "decisions",
        Column("opening_id", Text, nullable=False),
        Column("number", Integer, autoincrement=False, nullable=False),
        Column("state", Text, nullable=False),
        Column("opened_at", Text, nullable=False),
        Column("opened_by", Text, nullable=False),
        Column("rubric", Text, nullable=False),
        Column("version", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("dropped", Text, nullable=False),
        Column("comparison", Text, nullable=False),
        Column("revision", Integer, nullable=False),
        PrimaryKeyConstraint("opening_id", "number", name=op.f("pk_decisions")),
        ForeignKeyConstraint(["opening_id"], ["openings.id"], name=op.f("fk_decisions_opening_id")),
        CheckConstraint("number >= 1", name=op.f("ck_decisions_number_from_one")),
        CheckConstraint("state IN ('open', 'closed', 'abandoned')", name=op.f("ck_decisions_state_known")),
    )
    op.create_table(
        "decision_criteria",
        Column("opening_id", Text, nullable=False),
        Column("decision", Integer, autoincrement=False, nullable=False),
        Column("criterion_id", Text, nullable=False),
        Column("position", Integer, nullable=False),
        Column("weight", Double, nullable=False),
        Column("rounds", Integer, nullable=False),
        PrimaryKeyConstraint("opening_id", "decision", "criterion_id", name=op.f("pk_decision_criteria")),
        ForeignKeyConstraint(
            ["opening_id", "decision"],
            ["decisions.opening_id", "decisions.number"],
            name=op.f("fk_decision_criteria_opening_id_decision"),
        ),
        CheckConstraint("criterion_id <> ''", name=op.f("ck_decision_criteria_criterion_id_given")),
    )
    op.create_table(
        "decision_candidates",
        Column("opening_id", Text, nullable=False),
        Column("decision", Integer, autoincrement=False, nullable=False),
        Column("candidate_id", Text, nullable=False),
        Column("position", Integer, nullable=False),
        PrimaryKeyConstraint("opening_id", "decision", "candidate_id", name=op.f("pk_decision_candidates")),
        ForeignKeyConstraint(
            ["opening_id", "candidate_id"],
            ["candidates.opening_id", "candidates.id"],
            name=op.f("fk_decision_candidates_opening_id_candidate_id"),
        ),
        ForeignKeyConstraint(
            ["opening_id", "decision"],
            ["decisions.opening_id", "decisions.number"],
            name=op.f("fk_decision_candidates_opening_id_decision"),
        ),
    )
    op.create_table(
        "decision_voters",
        Column("opening_id", Text, nullable=False),
        Column("decision", Integer, autoincrement=False, nullable=False),
        Column("interviewer_id", Text, nullable=False),
        Column("position", Integer, nullable=False),
        PrimaryKeyConstraint("opening_id", "decision", "interviewer_id", name=op.f("pk_decision_voters")),
        ForeignKeyConstraint(["interviewer_id"], ["interviewers.id"], name=op.f("fk_decision_voters_interviewer_id")),
        ForeignKeyConstraint(
            ["opening_id", "decision"],
            ["decisions.opening_id", "decisions.number"],
            name=op.f("fk_decision_voters_opening_id_decision"),
        ),
    )
    op.create_table(
        "decision_ballots",
        Column("opening_id", Text, nullable=False),
        Column("decision", Integer, autoincrement=False, nullable=False),
        Column("criterion_id", Text, nullable=False),
        Column("round", Integer, autoincrement=False, nullable=False),
        Column("interviewer_id", Text, nullable=False),
        Column("cast_at", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("revision", Integer, nullable=False),
        PrimaryKeyConstraint(
            "opening_id", "decision", "criterion_id", "round", "interviewer_id", name=op.f("pk_decision_ballots")
        ),
        ForeignKeyConstraint(["interviewer_id"], ["interviewers.id"], name=op.f("fk_decision_ballots_interviewer_id")),
        ForeignKeyConstraint(
            ["opening_id", "decision"],
            ["decisions.opening_id", "decisions.number"],
            name=op.f("fk_decision_ballots_opening_id_decision"),
        ),
        CheckConstraint("round >= 1", name=op.f("ck_decision_ballots_round_from_one")),
    )
    op.create_table(
        "decision_votes",
        Column("opening_id", Text, nullable=False),
        Column("decision", Integer, autoincrement=False, nullable=False),
        Column("criterion_id", Text, nullable=False),
        Column("round", Integer, autoincrement=False, nullable=False),
        Column("interviewer_id", Text, nullable=False),
        Column("candidate_id", Text, nullable=False),
        Column("level", level),
        PrimaryKeyConstraint(
            "opening_id",
            "decision",
            "criterion_id",
            "round",
            "interviewer_id",
            "candidate_id",
            name=op.f("pk_decision_votes"),
        ),
        ForeignKeyConstraint(["interviewer_id"], ["interviewers.id"], name=op.f("fk_decision_votes_interviewer_id")),
        ForeignKeyConstraint(
            ["opening_id", "candidate_id"],
            ["candidates.opening_id", "candidates.id"],
            name=op.f("fk_decision_votes_opening_id_candidate_id"),
        ),
        ForeignKeyConstraint(
            ["opening_id", "decision"],
            ["decisions.opening_id", "decisions.number"],
            name=op.f("fk_decision_votes_opening_id_decision"),
        ),
    )
    op.create_table(
        "decision_records",
        Column("opening_id", Text, nullable=False),
        Column("decision", Integer, autoincrement=False, nullable=False),
        Column("position", Integer, autoincrement=False, nullable=False),
        Column("kind", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("criterion_id", Text, nullable=False),
        Column("round", Integer, nullable=False),
        Column("subject", Text, nullable=False),
        Column("text", Text, nullable=False),
        PrimaryKeyConstraint("opening_id", "decision", "position", name=op.f("pk_decision_records")),
        ForeignKeyConstraint(
            ["opening_id", "decision"],
            ["decisions.opening_id", "decisions.number"],
            name=op.f("fk_decision_records_opening_id_decision"),
        ),
        CheckConstraint("kind <> ''", name=op.f("ck_decision_records_kind_given")),
    )
    op.create_table(
        "decision_closings",
        Column("opening_id", Text, nullable=False),
        Column("decision", Integer, autoincrement=False, nullable=False),
        Column("number", Integer, autoincrement=False, nullable=False),
        Column("closed_at", Text, nullable=False),
        Column("closed_by", Text, nullable=False),
        Column("decided_by", Text, nullable=False),
        Column("candidate_id", Text),
        Column("comparison", Text, nullable=False),
        Column("comparison_text", Text, nullable=False),
        PrimaryKeyConstraint("opening_id", "decision", "number", name=op.f("pk_decision_closings")),
        ForeignKeyConstraint(
            ["opening_id", "decision"],
            ["decisions.opening_id", "decisions.number"],
            name=op.f("fk_decision_closings_opening_id_decision"),
        ),
        CheckConstraint("number >= 1", name=op.f("ck_decision_closings_number_from_one")),
        CheckConstraint("decided_by <> ''", name=op.f("ck_decision_closings_decided_by_given")),
    )
    op.create_table(
        "decision_statements",
        Column("opening_id", Text, nullable=False),
        Column("decision", Integer, autoincrement=False, nullable=False),
        Column("closing", Integer, autoincrement=False, nullable=False),
        Column("position", Integer, autoincrement=False, nullable=False),
        Column("kind", Text, nullable=False),
        Column("criterion_id", Text, nullable=False),
        Column("interviewer_id", Text, nullable=False),
        Column("text", Text, nullable=False),
        PrimaryKeyConstraint("opening_id", "decision", "closing", "position", name=op.f("pk_decision_statements")),
        ForeignKeyConstraint(
            ["opening_id", "decision"],
            ["decisions.opening_id", "decisions.number"],
            name=op.f("fk_decision_statements_opening_id_decision"),
        ),
        ForeignKeyConstraint(
            ["opening_id", "decision", "closing"],
            ["decision_closings.opening_id", "decision_closings.decision", "decision_closings.number"],
            name=op.f("fk_decision_statements_opening_id_decision_closing"),
        ),
        CheckConstraint(
            "kind IN ('reason', 'dissent', 'override-comparison', 'override-votes', 'override-gate')",
            name=op.f("ck_decision_statements_kind_known"),
        ),
        CheckConstraint("text <> ''", name=op.f("ck_decision_statements_text_given")),
    )
