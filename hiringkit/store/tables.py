"""The tables, the same for SQLite and PostgreSQL."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    insert,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

from hiringkit.domain.decision import DecisionState, StatementKind
from hiringkit.domain.interview import InterviewState, InterviewText, Mark
from hiringkit.domain.level import LevelNumber, level_number
from hiringkit.store.faults import DamagedValueError

Given = TypeVar("Given")
Read = TypeVar("Read")
Converter = Callable[[Any], Any]


@lru_cache(maxsize=1024)
def time_text(at: datetime) -> str:
    """Write a time as UTC ISO 8601 text of constant width, so that text order is time order.

    A scorecard's time is that of all its ratings.

    Raises:
        ValueError: The time has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def readable(read: Callable[[Given], Read], value: Given, what: str) -> Read:
    """Read a stored value.

    Args:
        read: How.
        value: The value.
        what: What it is, for the message.

    Raises:
        DamagedValueError: It is not what was ever written.
    """
    try:
        return read(value)
    except (OverflowError, TypeError, ValueError):
        raise DamagedValueError(what) from None


class UtcTime(TypeDecorator[datetime]):
    """A time, kept as `time_text` and returned in UTC."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write a time."""
        return None if value is None else time_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read a time."""
        return None if value is None else readable(datetime.fromisoformat, value, "a time")


class Positions(TypeDecorator[tuple[int, ...]]):
    """Whole numbers, kept as text such as `0,2`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str:
        """Write positions."""
        return ",".join(map(str, value or ()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...]:
        """Read positions."""
        return readable(lambda text: tuple(map(int, text.split(","))), value, "positions") if value else ()


class LevelColumn(TypeDecorator[LevelNumber]):
    """A level; whole numbers are returned as int.

    SQLite keeps 3.5 in a column of whole numbers as it is; PostgreSQL needs a column of real ones.
    """

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column's type in a database."""
        return dialect.type_descriptor(Double() if dialect.name == "postgresql" else Integer())

    def process_bind_param(self, value: LevelNumber | None, dialect: Dialect) -> LevelNumber | None:
        """Write a level."""
        return value

    def process_result_value(self, value: LevelNumber | None, dialect: Dialect) -> LevelNumber | None:
        """Read a level."""
        return value if value is None or type(value) is int else readable(level_number, value, "a level")


STORED_STATES = tuple(state for state in InterviewState if state is not InterviewState.CANCELLED)
"""The progress of an interview; cancellation is a separate column, so that it can be undone."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _not_empty(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} <> ''", name=f"{column}_given")


def _one_of(column: str, words: Iterable[str]) -> str:
    quoted = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({quoted})"


def _rated() -> tuple[SchemaItem, ...]:
    """Make the columns of a rating, for drafts and scorecards alike."""
    return (
        Column("level", LevelColumn),
        Column("mark", Text),
        Column("evidence", Text, nullable=False),
        Column("probes", Positions, nullable=False),
        Column("rated_at", UtcTime),
        Column("after_seeing", Boolean, nullable=False, server_default=false()),
        CheckConstraint("level IS NULL OR mark IS NULL", name="level_or_mark"),
        CheckConstraint(_one_of("mark", Mark), name="mark_known"),
    )


openings = Table(
    "openings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("rubric", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("rubric_text", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Column("retention_months", Integer),
    Column("ranking", Text),
    # all but the rubric's text: the list of openings is read from it alone
    Index(
        "ix_openings_created_at",
        "created_at",
        "id",
        "title",
        "rubric",
        "version",
        "digest",
        "closed_at",
        "retention_months",
        "ranking",
    ),
    _not_empty("id"),
)

candidates = Table(
    "candidates",
    metadata,
    Column("opening_id", ForeignKey("openings.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_reason", Text, nullable=False, server_default=""),
    Column("outcome", Text, nullable=False, server_default=""),
    Column("outcome_reason", Text, nullable=False, server_default=""),
    Column("held_at", UtcTime),
    Column("held_reason", Text, nullable=False, server_default=""),
    Column("erased_at", UtcTime),
    Column("resume_line", Text, nullable=False, server_default=""),
    Index("ix_candidates_opening_id_withdrawn_at_id", "opening_id", "withdrawn_at", "id"),
    _not_empty("id"),
)

interviewers = Table(
    "interviewers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_key", Text, unique=True),
    _not_empty("id"),
)

interviews = Table(
    "interviews",
    metadata,
    Column("id", Text, primary_key=True),
    Column("opening_id", Text, nullable=False),
    Column("candidate_id", Text, nullable=False),
    Column("interviewer_id", ForeignKey("interviewers.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("place", Text),
    Column("scheduled_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("round", Integer, nullable=False, server_default="1"),
    Column("cancelled_at", UtcTime),
    Column("cancelled_reason", Text, nullable=False, server_default=""),
    Column("seen_at", UtcTime),
    Column("location", Text, nullable=False, server_default=""),
    ForeignKeyConstraint(["opening_id", "candidate_id"], ["candidates.opening_id", "candidates.id"]),
    UniqueConstraint("opening_id", "candidate_id", "interviewer_id", "round"),
    Index("ix_interviews_interviewer_id_opening_id", "interviewer_id", "opening_id"),
    Index("ix_interviews_opening_id_state_cancelled_at", "opening_id", "state", "cancelled_at"),
    CheckConstraint(_one_of("state", STORED_STATES), name="state_known"),
    CheckConstraint("round >= 1", name="round_from_one"),
    _not_empty("id"),
)

kit_questions = Table(
    "kit_questions",
    metadata,
    Column("interview_id", ForeignKey("interviews.id"), primary_key=True),
    Column("question_id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("seconds", Integer, nullable=False, server_default="0"),
    UniqueConstraint("interview_id", "position"),
    _not_empty("question_id"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("interview_id", Text, primary_key=True),
    Column("question_id", Text, primary_key=True),
    *_rated(),
    ForeignKeyConstraint(["interview_id", "question_id"], ["kit_questions.interview_id", "kit_questions.question_id"]),
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("interview_id", ForeignKey("interviews.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("submitted_at", UtcTime, nullable=False),
    Column("recommendation", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("submitted_by", Text, nullable=False, server_default=""),
    CheckConstraint("number >= 1", name="number_from_one"),
    CheckConstraint("recommendation IN ('', 'strong-yes', 'yes', 'no', 'strong-no')", name="recommendation_known"),
)

scorecard_ratings = Table(
    "scorecard_ratings",
    metadata,
    Column("interview_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("question_id", Text, primary_key=True),
    *_rated(),
    ForeignKeyConstraint(["interview_id", "number"], ["scorecards.interview_id", "scorecards.number"]),
    ForeignKeyConstraint(["interview_id", "question_id"], ["kit_questions.interview_id", "kit_questions.question_id"]),
)

interview_texts = Table(
    "interview_texts",
    metadata,
    Column("interview_id", ForeignKey("interviews.id"), primary_key=True),
    Column("part", Text, primary_key=True),
    Column("text", Text, nullable=False),
    CheckConstraint(_one_of("part", InterviewText), name="part_known"),
)

cards = Table(
    "cards",
    metadata,
    Column("id", Text, primary_key=True),
    Column("interview_id", ForeignKey("interviews.id"), nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("issued_at", UtcTime, nullable=False),
    Column("received_at", UtcTime),
    Column("saved_at", UtcTime),
    Column("signature", Text, nullable=False),
    _not_empty("key"),
)
"""Interview cards that were handed out."""

imported_scorecards = Table(
    "imported_scorecards",
    metadata,
    Column("interview_id", ForeignKey("interviews.id"), primary_key=True),
    Column("opening_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Column("candidate_source_id", Text, nullable=False),
    Column("interviewer_source_id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("imported_at", UtcTime, nullable=False),
    UniqueConstraint("opening_id", "source", "source_id"),
    _not_empty("source"),
    _not_empty("source_id"),
)
"""Where scorecards that were imported come from."""

imported_ratings = Table(
    "imported_ratings",
    metadata,
    Column("interview_id", Text, primary_key=True),
    Column("question_id", Text, primary_key=True),
    Column("attribute", Text, nullable=False),
    Column("label", Text, nullable=False),
    ForeignKeyConstraint(["interview_id", "question_id"], ["kit_questions.interview_id", "kit_questions.question_id"]),
)
"""Imported ratings in the source's own words."""

practice_sessions = Table(
    "practice_sessions",
    metadata,
    Column("interviewer_id", ForeignKey("interviewers.id"), primary_key=True),
    Column("bank_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("started_at", UtcTime, nullable=False),
    CheckConstraint("number >= 1", name="number_from_one"),
    _not_empty("bank_id"),
)

practice_answers = Table(
    "practice_answers",
    metadata,
    Column("interviewer_id", Text, primary_key=True),
    Column("bank_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("question_id", Text, primary_key=True),
    Column("sample_id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("reasoned", LevelColumn, nullable=False),
    Column("level", LevelColumn, nullable=False),
    Column("reason", Text, nullable=False),
    Column("answered_at", UtcTime),
    ForeignKeyConstraint(
        ["interviewer_id", "bank_id", "number"],
        ["practice_sessions.interviewer_id", "practice_sessions.bank_id", "practice_sessions.number"],
    ),
)

dropped_questions = Table(
    "dropped_questions",
    metadata,
    Column("opening_id", ForeignKey("openings.id"), primary_key=True),
    Column("question_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("dropped_at", UtcTime, nullable=False),
    Column("dropped_by", Text, nullable=False),
    Column("restored_at", UtcTime),
    Column("restored_by", Text, nullable=False),
    CheckConstraint("number >= 1", name="number_from_one"),
    _not_empty("question_id"),
    _not_empty("reason"),
)


def _answered() -> tuple[SchemaItem, ...]:
    """Make the columns of an answer to an expectation, for either side."""
    return (
        Column("expectation_id", Text, primary_key=True),
        Column("level", Integer, nullable=False),
        Column("answered_at", UtcTime, nullable=False),
        CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),
    )


opening_offers = Table(
    "opening_offers",
    metadata,
    Column("opening_id", ForeignKey("openings.id"), primary_key=True),
    *_answered(),
)

candidate_needs = Table(
    "candidate_needs",
    metadata,
    Column("opening_id", Text, primary_key=True),
    Column("candidate_id", Text, primary_key=True),
    *_answered(),
    ForeignKeyConstraint(["opening_id", "candidate_id"], ["candidates.opening_id", "candidates.id"]),
)

demographic_answers = Table(
    "demographic_answers",
    metadata,
    Column("opening_id", Text, primary_key=True),
    Column("candidate_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("answer", Text, nullable=False),
    ForeignKeyConstraint(
        ["opening_id", "candidate_id"], ["candidates.opening_id", "candidates.id"], ondelete="CASCADE"
    ),
    _not_empty("kind"),
    _not_empty("answer"),
)
"""What candidates said about sex, ethnicity and the like: counted by the fairness report, and read by nothing else.

On PostgreSQL only the owner of the tables can read it, see migration 0019: what handles all tables may leave it out.
"""

panel_plans = Table(
    "panel_plans",
    metadata,
    Column("opening_id", ForeignKey("openings.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("scheduled", Boolean, nullable=False),
    Column("plan", Text, nullable=False),
    CheckConstraint("number >= 1", name="number_from_one"),
)
"""Plans of panels as JSON; an earlier one is kept when another takes its place."""

decisions = Table(
    "decisions",
    metadata,
    Column("opening_id", ForeignKey("openings.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("rubric", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("dropped", Text, nullable=False),
    Column("comparison", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    CheckConstraint("number >= 1", name="number_from_one"),
    CheckConstraint(_one_of("state", DecisionState), name="state_known"),
)


def _of_decision(*further: str) -> tuple[SchemaItem, ...]:
    """Make the columns that say which decision a row belongs to, and what further texts are part of its key."""
    return (
        Column("opening_id", Text, primary_key=True),
        Column("decision", Integer, primary_key=True, autoincrement=False),
        *(Column(name, Text, primary_key=True) for name in further),
        ForeignKeyConstraint(["opening_id", "decision"], ["decisions.opening_id", "decisions.number"]),
    )


decision_criteria = Table(
    "decision_criteria",
    metadata,
    *_of_decision("criterion_id"),
    Column("position", Integer, nullable=False),
    Column("weight", Double, nullable=False),
    Column("rounds", Integer, nullable=False),
    _not_empty("criterion_id"),
)

decision_candidates = Table(
    "decision_candidates",
    metadata,
    *_of_decision("candidate_id"),
    Column("position", Integer, nullable=False),
    ForeignKeyConstraint(["opening_id", "candidate_id"], ["candidates.opening_id", "candidates.id"]),
)

decision_voters = Table(
    "decision_voters",
    metadata,
    *_of_decision(),
    Column("interviewer_id", ForeignKey("interviewers.id"), primary_key=True),
    Column("position", Integer, nullable=False),
)

decision_ballots = Table(
    "decision_ballots",
    metadata,
    *_of_decision("criterion_id"),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("interviewer_id", ForeignKey("interviewers.id"), primary_key=True),
    Column("cast_at", UtcTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    CheckConstraint("round >= 1", name="round_from_one"),
)

decision_votes = Table(
    "decision_votes",
    metadata,
    *_of_decision("criterion_id"),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("interviewer_id", ForeignKey("interviewers.id"), primary_key=True),
    Column("candidate_id", Text, primary_key=True),
    Column("level", LevelColumn),
    ForeignKeyConstraint(["opening_id", "candidate_id"], ["candidates.opening_id", "candidates.id"]),
)

decision_records = Table(
    "decision_records",
    metadata,
    *_of_decision(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("criterion_id", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    _not_empty("kind"),
)
"""Reveals, notes of the discussion, and exceptions by their kind."""

decision_closings = Table(
    "decision_closings",
    metadata,
    *_of_decision(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("closed_at", UtcTime, nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("candidate_id", Text),
    Column("comparison", Text, nullable=False),
    Column("comparison_text", Text, nullable=False),
    CheckConstraint("number >= 1", name="number_from_one"),
    _not_empty("decided_by"),
)

decision_statements = Table(
    "decision_statements",
    metadata,
    *_of_decision(),
    Column("closing", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("criterion_id", Text, nullable=False),
    Column("interviewer_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(
        ["opening_id", "decision", "closing"],
        ["decision_closings.opening_id", "decision_closings.decision", "decision_closings.number"],
    ),
    CheckConstraint(_one_of("kind", StatementKind), name="kind_known"),
    _not_empty("text"),
)

audit_events = Table(
    "audit_events",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("via", Text, nullable=False, server_default=""),
    Column("subject_digest", Text, nullable=False, server_default=""),
    Column("detail_digest", Text, nullable=False, server_default=""),
    Column("states", Text, nullable=False, server_default="{}"),
    Column("former_hash", Text, nullable=False, server_default=""),
    CheckConstraint("sequence >= 1", name="sequence_from_one"),
)
"""`former_hash` is the hash before revision 0012."""

audit_salts = Table(
    "audit_salts",
    metadata,
    Column("opening_id", Text, primary_key=True),
    Column("candidate_id", Text, primary_key=True),
    Column("salt", Text, nullable=False),
)

personal_links = Table(
    "personal_links",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("code_hash", Text, nullable=False),
    Column("interviewer_id", ForeignKey("interviewers.id"), nullable=False),
    Column("opening_id", ForeignKey("openings.id")),
    Column("desk", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("redeemed_at", UtcTime),
    Column("revoked_at", UtcTime),
    CheckConstraint("number >= 1", name="number_from_one"),
)

web_logins = Table(
    "web_logins",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("link_number", ForeignKey("personal_links.number"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)

server_values = Table(
    "server_values",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)


def add_rows(tx: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert new rows.

    Args:
        tx: A transaction.
        table: Where.
        columns: Those that have a value; the others get the database's own.
        rows: The values of each row, in the order of `columns`.
    """
    if not rows:
        return
    if not tx.dialect.positional:
        tx.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
        return
    statement, order, converters = _prepared(tx.dialect, table, columns)
    given = list(zip(*rows, strict=True))
    kept = [_converted(convert, given[at]) for at, convert in zip(order, converters, strict=True)]
    tx.exec_driver_sql(statement, list(zip(*kept, strict=True)))


def _converted(convert: Converter | None, values: tuple[Any, ...]) -> Iterable[Any]:
    """Make values of a column the database's own, equal ones once: a column of marks or levels has few."""
    if convert is None:
        return values
    distinct = {value: convert(value) for value in set(values)}
    return map(distinct.__getitem__, values)


@lru_cache(maxsize=64)
def _prepared(
    dialect: Dialect, table: Table, columns: tuple[str, ...]
) -> tuple[str, tuple[int, ...], tuple[Converter | None, ...]]:
    """Return a statement, which column each of its marks stands for, and what makes a value one of the database's."""
    compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
    names = compiled.positiontup or ()
    converters = (table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)
    return str(compiled), tuple(columns.index(name) for name in names), tuple(converters)
