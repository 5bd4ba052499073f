"""Personal links to the room in the browser, the logins made with them, and what the server keeps."""

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "personal_links",
        Column("number", Integer, nullable=False, autoincrement=False),
        Column("token_hash", Text, nullable=False),
        Column("code_hash", Text, nullable=False),
        Column("interviewer_id", Text, nullable=False),
        Column("opening_id", Text),
        Column("desk", Boolean, nullable=False),
        Column("created_at", Text, nullable=False),
        Column("created_by", Text, nullable=False),
        Column("expires_at", Text, nullable=False),
        Column("failures", Integer, nullable=False),
        Column("redeemed_at", Text),
        Column("revoked_at", Text),
        PrimaryKeyConstraint("number", name=op.f("pk_personal_links")),
        ForeignKeyConstraint(["interviewer_id"], ["interviewers.id"], name=op.f("fk_personal_links_interviewer_id")),
        ForeignKeyConstraint(["opening_id"], ["openings.id"], name=op.f("fk_personal_links_opening_id")),
        UniqueConstraint("token_hash", name=op.f("uq_personal_links_token_hash")),
        CheckConstraint("number >= 1", name=op.f("ck_personal_links_number_from_one")),
    )
    op.create_table(
        "web_logins",
        Column("token_hash", Text, nullable=False),
        Column("link_number", Integer, nullable=False),
        Column("created_at", Text, nullable=False),
        Column("seen_at", Text, nullable=False),
        PrimaryKeyConstraint("token_hash", name=op.f("pk_web_logins")),
        ForeignKeyConstraint(["link_number"], ["personal_links.number"], name=op.f("fk_web_logins_link_number")),
    )
    op.create_table(
        "server_values",
        Column("name", Text, nullable=False),
        Column("value", Text, nullable=False),
        PrimaryKeyConstraint("name", name=op.f("pk_server_values")),
    )
