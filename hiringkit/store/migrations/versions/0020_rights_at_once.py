"""Functions by which the program reads an opening whose rights are looked at once, not for every row.

What they say is what the policies and functions of revisions 0017 and 0019 say. `MATERIALIZED` keeps PostgreSQL from
asking a function before equal rows have become one.
"""

from alembic import op

revision = "0020"
down_revision = "0019"

_FUNCTIONS = r"""
CREATE FUNCTION {s}.hiringkit_interviews(openings text[])
RETURNS TABLE (plan {s}.interviews, withdrawn_at text, withdrawn_reason text) {p} AS $$
-- the interviews of some openings, with what is withdrawn of their candidates
BEGIN
    RETURN QUERY
    WITH known AS MATERIALIZED (SELECT o AS id FROM unnest(openings) o WHERE {s}.hiringkit_member(o))
    SELECT i, c.withdrawn_at, c.withdrawn_reason
    FROM known
    JOIN {s}.interviews i ON i.opening_id = known.id
    JOIN {s}.candidates c ON c.opening_id = i.opening_id AND c.id = i.candidate_id
    JOIN {s}.interviewers v ON v.id = i.interviewer_id
    ORDER BY c.position, v.position, i.round;
END $$;

CREATE FUNCTION {s}.hiringkit_candidates(opening text) RETURNS SETOF {s}.candidates {p} AS $$
BEGIN
    IF {s}.hiringkit_member(opening) THEN
        RETURN QUERY SELECT c.* FROM {s}.candidates c WHERE c.opening_id = opening ORDER BY c.position;
    END IF;
END $$;

CREATE FUNCTION {s}.hiringkit_owed(opening text, interviewer text) RETURNS SETOF text {p} AS $$
-- the candidates of whom an interviewer owes a scorecard: that somebody submitted is no secret in an opening
BEGIN
    IF {s}.hiringkit_member(opening) THEN
        RETURN QUERY SELECT i.candidate_id FROM {s}.interviews i
        WHERE i.opening_id = opening AND i.interviewer_id = interviewer AND i.cancelled_at IS NULL
        AND NOT EXISTS (SELECT FROM {s}.scorecards c WHERE c.interview_id = i.id);
    END IF;
END $$;

CREATE FUNCTION {s}.hiringkit_seen(wanted text[]) RETURNS SETOF text {p} AS $$
-- those of some interviews of which one may see how somebody judged: hiringkit_sees_interview says it of one
DECLARE
    me text := {s}.hiringkit_person();
    administers boolean := {s}.hiringkit_administers();
BEGIN
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT i.id, i.opening_id, i.candidate_id, i.state, coalesce(i.interviewer_id = me, false) AS own
        FROM {s}.interviews i WHERE i.id = ANY (wanted)),
    own_openings AS MATERIALIZED (SELECT DISTINCT a.opening_id FROM asked a WHERE a.own),
    held AS MATERIALIZED (SELECT o.opening_id FROM own_openings o WHERE {s}.hiringkit_member(o.opening_id)),
    others AS MATERIALIZED (
        SELECT DISTINCT a.opening_id, a.candidate_id FROM asked a
        WHERE NOT a.own AND a.state = 'submitted' AND NOT administers),
    about AS MATERIALIZED (
        SELECT o.opening_id, o.candidate_id FROM others o WHERE {s}.hiringkit_sees(o.opening_id, o.candidate_id))
    SELECT a.id FROM asked a WHERE CASE
        WHEN a.own THEN a.opening_id IN (SELECT h.opening_id FROM held h)
        ELSE administers OR (
            a.state = 'submitted'
            AND (a.opening_id, a.candidate_id) IN (SELECT b.opening_id, b.candidate_id FROM about b)
            AND EXISTS (SELECT FROM {s}.scorecards c WHERE c.interview_id = a.id AND age(c.xmin) > 0))
        END;
END $$;

CREATE OR REPLACE FUNCTION {s}.hiringkit_kits(wanted text[]) RETURNS TABLE (interview_id text, question_id text)
{p} AS $$
-- what is asked in some interviews
BEGIN
    RETURN QUERY
    WITH asked AS MATERIALIZED (SELECT i.id, i.opening_id FROM {s}.interviews i WHERE i.id = ANY (wanted)),
    openings AS MATERIALIZED (SELECT DISTINCT a.opening_id FROM asked a),
    known AS MATERIALIZED (SELECT o.opening_id FROM openings o WHERE {s}.hiringkit_member(o.opening_id))
    SELECT k.interview_id, k.question_id
    FROM asked JOIN known ON known.opening_id = asked.opening_id JOIN {s}.kit_questions k ON k.interview_id = asked.id
    ORDER BY k.position;
END $$;

CREATE OR REPLACE FUNCTION {s}.hiringkit_ratings(wanted text[]) RETURNS SETOF {s}.ratings {p} AS $$
BEGIN
    RETURN QUERY
    WITH seen AS MATERIALIZED (SELECT id FROM {s}.hiringkit_seen(wanted) AS id)
    SELECT r.* FROM seen JOIN {s}.ratings r ON r.interview_id = seen.id;
END $$;

CREATE OR REPLACE FUNCTION {s}.hiringkit_scorecards(wanted text[]) RETURNS SETOF {s}.scorecards {p} AS $$
BEGIN
    RETURN QUERY
    WITH seen AS MATERIALIZED (SELECT id FROM {s}.hiringkit_seen(wanted) AS id)
    SELECT c.* FROM seen JOIN {s}.scorecards c ON c.interview_id = seen.id ORDER BY c.number;
END $$;

CREATE OR REPLACE FUNCTION {s}.hiringkit_scorecard_ratings(wanted text[]) RETURNS SETOF {s}.scorecard_ratings
{p} AS $$
BEGIN
    RETURN QUERY
    WITH seen AS MATERIALIZED (SELECT id FROM {s}.hiringkit_seen(wanted) AS id)
    SELECT r.* FROM seen JOIN {s}.scorecard_ratings r ON r.interview_id = seen.id;
END $$;

CREATE OR REPLACE FUNCTION {s}.hiringkit_submitted(opening text, every boolean)
RETURNS TABLE (candidate_id text, interviewer_id text, question_id text, level double precision, mark text,
               after_seeing boolean, interview_id text, number integer) {p} AS $$
-- the ratings of the latest scorecards of an opening, or of all
BEGIN
    RETURN QUERY
    WITH visible AS MATERIALIZED (
        SELECT id FROM {s}.hiringkit_seen(ARRAY(
            SELECT i.id FROM {s}.interviews i WHERE i.opening_id = opening AND i.state = 'submitted')) AS id),
    seen AS MATERIALIZED (
        SELECT i.id, i.candidate_id, i.interviewer_id,
               (SELECT max(s.number) FROM {s}.scorecards s WHERE s.interview_id = i.id) AS latest
        FROM visible JOIN {s}.interviews i ON i.id = visible.id)
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
"""


def upgrade() -> None:
    """Make the functions, on PostgreSQL."""
    tx = op.get_bind()
    if tx.dialect.name != "postgresql":
        return
    schema = tx.dialect.identifier_preparer.quote(tx.exec_driver_sql("SELECT current_schema()").scalar_one())
    secure = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
    statement = _FUNCTIONS.format(s=schema, p=secure)
    tx.exec_driver_sql(statement, execution_options={"no_parameters": True})
