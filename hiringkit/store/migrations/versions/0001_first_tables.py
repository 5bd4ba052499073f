"""The first tables: openings, people, interviews, scorecards, the audit log."""

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, each after those that it refers to."""
    _openings_and_people()
    _interviews()
    _ratings("ratings")
    _scorecards()
    _ratings("scorecard_ratings", Column("number", Integer, nullable=False))
    _audit_events()


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


def _key(table: str, *columns: str) -> PrimaryKeyConstraint:
    return PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _refers(table: str, columns: list[str], target: str, target_columns: list[str]) -> ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{'_'.join(columns)}")
    return ForeignKeyConstraint(columns, [f"{target}.{column}" for column in target_columns], name=name)


def _unique(table: str, *columns: str) -> UniqueConstraint:
    return UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, rule: str, condition: str) -> CheckConstraint:
    return CheckConstraint(condition, name=op.f(f"ck_{table}_{rule}"))


def _openings_and_people() -> None:
    op.create_table(
        "openings",
        *_texts("id", "title", "rubric", "version", "digest", "rubric_text", "created_at"),
        Column("closed_at", Text),
        _key("openings", "id"),
        _check("openings", "id_given", "id <> ''"),
    )
    op.create_table(
        "candidates",
        *_texts("opening_id", "id"),
        Column("position", Integer, nullable=False),
        *_texts("name", "email", "note"),
        Column("withdrawn_at", Text),
        Column("withdrawn_reason", Text, nullable=False, server_default=""),
        _key("candidates", "opening_id", "id"),
        _refers("candidates", ["opening_id"], "openings", ["id"]),
        _check("candidates", "id_given", "id <> ''"),
    )
    op.create_table(
        "interviewers",
        *_texts("id"),
        Column("position", Integer, nullable=False),
        *_texts("name", "email"),
        Column("email_key", Text),
        _key("interviewers", "id"),
        _unique("interviewers", "email_key"),
        _check("interviewers", "id_given", "id <> ''"),
    )


def _interviews() -> None:
    op.create_table(
        "interviews",
        *_texts("id", "opening_id", "candidate_id", "interviewer_id", "state"),
        Column("place", Text),
        Column("scheduled_at", Text),
        *_texts("created_at"),
        _key("interviews", "id"),
        _refers("interviews", ["interviewer_id"], "interviewers", ["id"]),
        _refers("interviews", ["opening_id", "candidate_id"], "candidates", ["opening_id", "id"]),
        _unique("interviews", "opening_id", "candidate_id", "interviewer_id"),
        _check("interviews", "state_known", "state IN ('scheduled', 'started', 'submitted')"),
        _check("interviews", "id_given", "id <> ''"),
    )
    op.create_index(op.f("ix_interviews_interviewer_id"), "interviews", ["interviewer_id"])
    op.create_table(
        "kit_questions",
        *_texts("interview_id", "question_id"),
        Column("position", Integer, nullable=False),
        _key("kit_questions", "interview_id", "question_id"),
        _refers("kit_questions", ["interview_id"], "interviews", ["id"]),
        _unique("kit_questions", "interview_id", "position"),
        _check("kit_questions", "question_id_given", "question_id <> ''"),
    )


def _scorecards() -> None:
    recommendations = "('', 'strong-yes', 'yes', 'no', 'strong-no')"
    op.create_table(
        "scorecards",
        *_texts("interview_id"),
        Column("number", Integer, nullable=False),
        *_texts("submitted_at", "recommendation", "summary", "reason"),
        _key("scorecards", "interview_id", "number"),
        _refers("scorecards", ["interview_id"], "interviews", ["id"]),
        _check("scorecards", "number_from_one", "number >= 1"),
        _check("scorecards", "recommendation_known", f"recommendation IN {recommendations}"),
    )


def _ratings(table: str, *number: Column[int]) -> None:
    """Make the table of draft ratings, or with a number that of the scorecards' ratings."""
    card = ["interview_id", "number"]
    numbered = [_refers(table, card, "scorecards", card)] if number else []
    kit = ["interview_id", "question_id"]
    op.create_table(
        table,
        *_texts("interview_id"),
        *number,
        *_texts("question_id"),
        Column("level", Integer),
        Column("mark", Text),
        *_texts("evidence", "probes"),
        Column("rated_at", Text),
        _key(table, "interview_id", *(column.name for column in number), "question_id"),
        *numbered,
        _refers(table, kit, "kit_questions", kit),
        _check(table, "level_or_mark", "level IS NULL OR mark IS NULL"),
        _check(table, "mark_known", "mark IN ('not-assessed', 'no-evidence')"),
    )


def _audit_events() -> None:
    op.create_table(
        "audit_events",
        Column("sequence", Integer, nullable=False, autoincrement=False),
        *_texts("at", "actor", "action", "subject", "detail", "previous", "hash"),
        _key("audit_events", "sequence"),
        _unique("audit_events", "hash"),
        _check("audit_events", "sequence_from_one", "sequence >= 1"),
    )
