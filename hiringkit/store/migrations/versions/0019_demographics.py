"""Demographic answers, in a table that only its owner can read; and functions for what policies tell slowly.

On PostgreSQL no login but the owner's has any right on the table. Recruiters put answers in and take them out by
functions, and learn of which kinds there are some; administrators whether there are any. There is no function that
counts: whoever may choose whom a count is over, or count before and after one decision, learns what one person said.
"""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, PrimaryKeyConstraint, Text

revision = "0019"
down_revision = "0018"

_FUNCTIONS = r"""
CREATE FUNCTION {s}.hiringkit_keep_answers(opening text, given jsonb) RETURNS void {d} AS $$
BEGIN
    IF NOT {s}.hiringkit_manages(opening) THEN
        PERFORM {s}.hiringkit_refuse('only a recruiter keeps answers');
    END IF;
    DELETE FROM {s}.demographic_answers a USING jsonb_to_recordset(given) AS g (candidate_id text, kind text)
        WHERE a.opening_id = opening AND a.candidate_id = g.candidate_id AND a.kind = g.kind;
    INSERT INTO {s}.demographic_answers SELECT opening, g.candidate_id, g.kind, g.answer
        FROM jsonb_to_recordset(given) AS g (candidate_id text, kind text, answer text) WHERE g.answer <> '';
END $$;

CREATE FUNCTION {s}.hiringkit_forget_answers(opening text) RETURNS integer {d} AS $$
DECLARE
    gone integer;
BEGIN
    IF NOT {s}.hiringkit_manages(opening) THEN
        PERFORM {s}.hiringkit_refuse('only a recruiter deletes answers');
    END IF;
    DELETE FROM {s}.demographic_answers WHERE opening_id = opening;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

CREATE FUNCTION {s}.hiringkit_answered(opening text, candidate text) RETURNS TABLE (kind text) {d} AS $$
-- of which kinds there are answers, for who tells the candidate what is kept
BEGIN
    RETURN QUERY SELECT a.kind FROM {s}.demographic_answers a
    WHERE a.opening_id = opening AND a.candidate_id = candidate AND {s}.hiringkit_manages(opening);
END $$;

CREATE FUNCTION {s}.hiringkit_rated(opening text) RETURNS TABLE (interview_id text, rated integer) {p} AS $$
-- how many questions of each draft are rated, for recruiters and hiring managers who owe no scorecard themselves
BEGIN
    RETURN QUERY SELECT i.id, count(r.question_id)::integer FROM {s}.interviews i
    LEFT JOIN {s}.ratings r ON r.interview_id = i.id AND (r.level IS NOT NULL OR r.mark IS NOT NULL)
    WHERE i.opening_id = opening AND i.state = 'started' AND {s}.hiringkit_leads(opening)
    AND {s}.hiringkit_sees(opening, i.candidate_id)
    GROUP BY i.id;
END $$;

CREATE FUNCTION {s}.hiringkit_kits(wanted text[]) RETURNS TABLE (interview_id text, question_id text) {p} AS $$
-- what is asked in some interviews; this and what follows look at the rights once for each interview, not for each row
BEGIN
    RETURN QUERY
    WITH known AS MATERIALIZED (SELECT w AS id FROM unnest(wanted) w WHERE {s}.hiringkit_knows_interview(w))
    SELECT k.interview_id, k.question_id FROM known JOIN {s}.kit_questions k ON k.interview_id = known.id
    ORDER BY k.position;
END $$;

CREATE FUNCTION {s}.hiringkit_ratings(wanted text[]) RETURNS SETOF {s}.ratings {p} AS $$
BEGIN
    RETURN QUERY
    WITH seen AS MATERIALIZED (SELECT w AS id FROM unnest(wanted) w WHERE {s}.hiringkit_sees_interview(w))
    SELECT r.* FROM seen JOIN {s}.ratings r ON r.interview_id = seen.id;
END $$;

CREATE FUNCTION {s}.hiringkit_scorecards(wanted text[]) RETURNS SETOF {s}.scorecards {p} AS $$
BEGIN
    RETURN QUERY
    WITH seen AS MATERIALIZED (SELECT w AS id FROM unnest(wanted) w WHERE {s}.hiringkit_sees_interview(w))
    SELECT c.* FROM seen JOIN {s}.scorecards c ON c.interview_id = seen.id ORDER BY c.number;
END $$;

CREATE FUNCTION {s}.hiringkit_scorecard_ratings(wanted text[]) RETURNS SETOF {s}.scorecard_ratings {p} AS $$
BEGIN
    RETURN QUERY
    WITH seen AS MATERIALIZED (SELECT w AS id FROM unnest(wanted) w WHERE {s}.hiringkit_sees_interview(w))
    SELECT r.* FROM seen JOIN {s}.scorecard_ratings r ON r.interview_id = seen.id;
END $$;

CREATE FUNCTION {s}.hiringkit_submitted(opening text, every boolean)
RETURNS TABLE (candidate_id text, interviewer_id text, question_id text, level double precision, mark text,
               after_seeing boolean, interview_id text, number integer) {p} AS $$
-- the ratings of the latest scorecards of an opening, or of all
BEGIN
    RETURN QUERY
    WITH seen AS MATERIALIZED (
        SELECT i.id, i.candidate_id, i.interviewer_id,
               (SELECT max(s.number) FROM {s}.scorecards s WHERE s.interview_id = i.id) AS latest
        FROM {s}.interviews i
        WHERE i.opening_id = opening AND i.state = 'submitted' AND {s}.hiringkit_sees_interview(i.id))
    SELECT seen.candidate_id, seen.interviewer_id, r.question_id, r.level, r.mark, r.after_seeing, r.interview_id,
           r.number
    FROM seen
    JOIN {s}.candidates c ON c.opening_id = opening AND c.id = seen.candidate_id
    JOIN {s}.interviewers v ON v.id = seen.interviewer_id
    JOIN {s}.scorecard_ratings r ON r.interview_id = seen.id AND (every OR r.number = seen.latest)
    JOIN {s}.kit_questions k ON k.interview_id = r.interview_id AND k.question_id = r.question_id
    WHERE r.level IS NOT NULL OR r.mark IS NOT NULL
    ORDER BY c.position, v.position, k.position;
END $$;

CREATE FUNCTION {s}.hiringkit_answers_kept() RETURNS boolean {d} AS $$
BEGIN
    RETURN {s}.hiringkit_administers() AND EXISTS (SELECT FROM {s}.demographic_answers);
END $$;
"""


def upgrade() -> None:
    """Make the table; on PostgreSQL with its functions."""
    op.create_table(
        "demographic_answers",
        Column("opening_id", Text, nullable=False),
        Column("candidate_id", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("answer", Text, nullable=False),
        PrimaryKeyConstraint("opening_id", "candidate_id", "kind", name=op.f("pk_demographic_answers")),
        ForeignKeyConstraint(
            ["opening_id", "candidate_id"],
            ["candidates.opening_id", "candidates.id"],
            name=op.f("fk_demographic_answers_opening_id_candidate_id"),
            ondelete="CASCADE",
        ),
        CheckConstraint("kind <> ''", name=op.f("ck_demographic_answers_kind_given")),
        CheckConstraint("answer <> ''", name=op.f("ck_demographic_answers_answer_given")),
    )
    tx = op.get_bind()
    if tx.dialect.name != "postgresql":
        return
    schema = tx.dialect.identifier_preparer.quote(tx.exec_driver_sql("SELECT current_schema()").scalar_one())
    secure = "LANGUAGE plpgsql {} SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
    table = f"{schema}.demographic_answers"
    for statement in (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        # whatever default privileges would give to others
        f"REVOKE ALL ON {table} FROM PUBLIC",
        f"ALTER TABLE {table} ALTER COLUMN answer SET STATISTICS 0",
        _FUNCTIONS.format(s=schema, d=secure.format("VOLATILE"), p=secure.format("STABLE")),
    ):
        tx.exec_driver_sql(statement, execution_options={"no_parameters": True})
