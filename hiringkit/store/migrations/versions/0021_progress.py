"""Indexes and functions by which the first screen counts interviews and finds those that are owed, reading no more."""

from alembic import op

revision = "0021"
down_revision = "0020"

_LISTED = ["created_at", "id", "title", "rubric", "version", "digest", "closed_at", "retention_months", "ranking"]
_FUNCTIONS = r"""
CREATE FUNCTION {s}.hiringkit_progress()
RETURNS TABLE (opening text, candidates bigint, planned bigint, submitted bigint,
               withdrawn_planned bigint, withdrawn_submitted bigint) {p} AS $$
-- how many candidates and interviews the openings have that one may see
BEGIN
    RETURN QUERY
    WITH known AS MATERIALIZED (SELECT o.id FROM {s}.openings o WHERE {s}.hiringkit_member(o.id)),
    people AS (
        SELECT c.opening_id AS id, count(*) - count(c.withdrawn_at) AS running
        FROM known JOIN {s}.candidates c ON c.opening_id = known.id GROUP BY c.opening_id),
    held AS (
        SELECT i.opening_id AS id, count(*) - count(i.cancelled_at) AS planned,
               count(*) FILTER (WHERE i.state = 'submitted' AND i.cancelled_at IS NULL) AS submitted
        FROM known JOIN {s}.interviews i ON i.opening_id = known.id GROUP BY i.opening_id),
    gone AS (
        SELECT i.opening_id AS id, count(*) - count(i.cancelled_at) AS planned,
               count(*) FILTER (WHERE i.state = 'submitted' AND i.cancelled_at IS NULL) AS submitted
        FROM known JOIN {s}.candidates c ON c.opening_id = known.id AND c.withdrawn_at IS NOT NULL
        JOIN {s}.interviews i ON i.opening_id = c.opening_id AND i.candidate_id = c.id GROUP BY i.opening_id)
    SELECT known.id, coalesce(people.running, 0), coalesce(held.planned, 0), coalesce(held.submitted, 0),
           coalesce(gone.planned, 0), coalesce(gone.submitted, 0)
    FROM known LEFT JOIN people ON people.id = known.id LEFT JOIN held ON held.id = known.id
    LEFT JOIN gone ON gone.id = known.id;
END $$;

CREATE FUNCTION {s}.hiringkit_owed_interviews(whose text)
RETURNS TABLE (plan {s}.interviews, person {s}.candidates) {p} AS $$
-- the interviews of open openings whose scorecard is still to come, with whom: somebody's, or everybody's
BEGIN
    RETURN QUERY
    WITH owed AS MATERIALIZED (
        SELECT i AS held FROM {s}.interviews i JOIN {s}.openings o ON o.id = i.opening_id AND o.closed_at IS NULL
        WHERE i.state <> 'submitted' AND i.cancelled_at IS NULL AND (whose IS NULL OR i.interviewer_id = whose)),
    named AS MATERIALIZED (SELECT DISTINCT (owed.held).opening_id AS id FROM owed),
    known AS MATERIALIZED (
        SELECT o.id, o.created_at FROM named JOIN {s}.openings o ON o.id = named.id WHERE {s}.hiringkit_member(o.id))
    SELECT owed.held, c
    FROM owed
    JOIN known ON known.id = (owed.held).opening_id
    JOIN {s}.candidates c ON c.opening_id = known.id AND c.id = (owed.held).candidate_id AND c.withdrawn_at IS NULL
    JOIN {s}.interviewers v ON v.id = (owed.held).interviewer_id
    ORDER BY known.created_at, known.id, c.position, v.position, (owed.held).round;
END $$;
"""


def upgrade() -> None:
    """Make the indexes, and on PostgreSQL the functions."""
    op.create_index(
        "ix_interviews_opening_id_state_cancelled_at", "interviews", ["opening_id", "state", "cancelled_at"]
    )
    op.create_index("ix_interviews_interviewer_id_opening_id", "interviews", ["interviewer_id", "opening_id"])
    op.drop_index("ix_interviews_interviewer_id", "interviews")
    op.create_index("ix_candidates_opening_id_withdrawn_at_id", "candidates", ["opening_id", "withdrawn_at", "id"])
    op.create_index("ix_openings_created_at", "openings", _LISTED)
    tx = op.get_bind()
    if tx.dialect.name != "postgresql":
        return
    schema = tx.dialect.identifier_preparer.quote(tx.exec_driver_sql("SELECT current_schema()").scalar_one())
    secure = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
    tx.exec_driver_sql(_FUNCTIONS.format(s=schema, p=secure), execution_options={"no_parameters": True})
