"""What is written about an interview as a whole, how often an interview was written, and who submitted a scorecard."""

import json

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text, text

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table and columns; the audit log says who submitted the scorecards of before."""
    op.add_column("interviews", Column("revision", Integer, nullable=False, server_default="0"))
    op.add_column("scorecards", Column("submitted_by", Text, nullable=False, server_default=""))
    op.create_table(
        "interview_texts",
        Column("interview_id", Text, nullable=False),
        Column("part", Text, nullable=False),
        Column("text", Text, nullable=False),
        PrimaryKeyConstraint("interview_id", "part", name=op.f("pk_interview_texts")),
        ForeignKeyConstraint(["interview_id"], ["interviews.id"], name=op.f("fk_interview_texts_interview_id")),
        CheckConstraint(
            "part IN ('recommendation', 'summary', 'notes', 'handover')",
            name=op.f("ck_interview_texts_part_known"),
        ),
    )
    fill = text("UPDATE scorecards SET submitted_by = :who WHERE interview_id = :interview AND number = :number")
    done = "SELECT actor, subject, detail FROM audit_events WHERE action IN ('interview.submit', 'interview.amend')"
    for actor, subject, detail in op.get_bind().execute(text(done)).all():
        interview, number = _value(subject, "interview"), _value(detail, "number")
        if isinstance(interview, str) and isinstance(number, int):
            op.get_bind().execute(fill, {"who": actor, "interview": interview, "number": number})


def _value(document: str, name: str) -> object:
    """Return a value of an event, None where somebody has changed the event so that it cannot be read."""
    try:
        read = json.loads(document)
    except ValueError:
        return None
    return read.get(name) if isinstance(read, dict) else None
