"""Who may see and do what, held by PostgreSQL: logins with roles, row-level security, an audit log to append to.

Nothing changes on SQLite, where whoever may open the file may read all of it. On PostgreSQL the owner of the tables
and superusers stay free; every other login sees what `logins` and these policies give it, and nothing else.

What the policies say is what `hiringkit/actions/visibility.py` says. Three things about how they say it:

- A scorecard, a reveal or a cancellation counts once it is committed: `age(xmin) > 0` is false for rows that the
  transaction itself has written. Otherwise one could submit, look at the others' ratings, and roll back.
- Each policy is one call of a function that costs next to nothing by its declaration. PostgreSQL runs cheap conditions
  of the query, such as `level = 5`, before expensive policies, and EXPLAIN ANALYZE tells how far it came.
- Of columns that nobody may know no statistics are kept: EXPLAIN would estimate by them.
"""

from collections.abc import Callable, Iterable

from alembic import op

revision = "0017"
down_revision = "0016"

_TABLES = {
    "SELECT, INSERT, UPDATE, DELETE": (
        "openings candidates interviewers interviews kit_questions ratings interview_texts cards imported_scorecards"
        " imported_ratings practice_sessions practice_answers dropped_questions opening_offers candidate_needs"
        " panel_plans decisions decision_criteria decision_ballots decision_votes"
    ),
    "SELECT, INSERT": (
        "scorecards scorecard_ratings decision_candidates decision_voters decision_records decision_closings"
        " decision_statements"
    ),
    "SELECT": "audit_events logins alembic_version",
}
"""What every login that was granted a role may ask for; the policies say of which rows."""
_SERVING = ("personal_links", "web_logins", "server_values")
"""What only the web server and administrators use."""
_ALL = (*(name for names in _TABLES.values() for name in names.split()), *_SERVING, "audit_salts")
_SECRETS = {
    **dict.fromkeys(("ratings", "scorecard_ratings"), ("level", "mark", "evidence", "probes")),
    "scorecards": ("recommendation", "summary", "reason"),
    "interview_texts": ("text",),
    "imported_ratings": ("label",),
    "decision_votes": ("level",),
    "decision_ballots": ("reason",),
}
"""Columns of which no statistics are kept."""

_FUNCTIONS = r"""
CREATE FUNCTION {s}.hiringkit_login() RETURNS name LANGUAGE sql STABLE AS $$
    -- the login, or the role that it has taken with SET ROLE: current_user would be the owner within these functions
    SELECT CASE pg_catalog.current_setting('role') WHEN 'none' THEN session_user
           ELSE pg_catalog.current_setting('role')::pg_catalog.name END
$$;

CREATE FUNCTION {s}.hiringkit_has(wanted text) RETURNS boolean {p} AS $$
-- whether the login has one of some roles, in whatever opening; the owner of the tables has all
BEGIN
    RETURN pg_has_role({s}.hiringkit_login(), current_user, 'USAGE') OR EXISTS (
        SELECT FROM {s}.logins WHERE login = {s}.hiringkit_login()
        AND role = ANY (string_to_array(wanted, ' ') || 'administrator'::text));
END $$;

CREATE FUNCTION {s}.hiringkit_person() RETURNS text {p} AS $$
-- the interviewer that the login is; a web server says for whom it acts
BEGIN
    RETURN (SELECT CASE WHEN bool_or(role = 'server')
           THEN (SELECT id FROM {s}.interviewers WHERE id = current_setting('hiringkit.person', true))
           ELSE max(interviewer_id) END
    FROM {s}.logins WHERE login = {s}.hiringkit_login());
END $$;

CREATE FUNCTION {s}.hiringkit_role(wanted text) RETURNS text {p} AS $$
-- the role of the login in an opening; a role given for this opening goes before one given for all
DECLARE
    who name := {s}.hiringkit_login();
    given record;
BEGIN
    IF pg_has_role(who, current_user, 'USAGE') THEN
        RETURN 'administrator';
    END IF;
    SELECT l.role, l.opening_id INTO given FROM {s}.logins l
        WHERE l.login = who AND (l.opening_id = wanted OR l.opening_id = '') ORDER BY l.opening_id = '' LIMIT 1;
    IF given.role IN ('interviewer', 'server') AND (given.opening_id = '' OR given.role = 'server')
            AND NOT EXISTS (SELECT FROM {s}.interviews i
                            WHERE i.opening_id = wanted AND i.interviewer_id = {s}.hiringkit_person()) THEN
        RETURN NULL;
    END IF;
    RETURN CASE given.role WHEN 'server' THEN 'interviewer' ELSE given.role END;
END $$;

CREATE FUNCTION {s}.hiringkit_member(opening text) RETURNS boolean {p} AS $$
BEGIN
    RETURN {s}.hiringkit_role(opening) IS NOT NULL;
END $$;

CREATE FUNCTION {s}.hiringkit_manages(opening text) RETURNS boolean {p} AS $$
BEGIN
    RETURN coalesce({s}.hiringkit_role(opening) IN ('recruiter', 'administrator'), false);
END $$;

CREATE FUNCTION {s}.hiringkit_leads(opening text) RETURNS boolean {p} AS $$
BEGIN
    RETURN coalesce({s}.hiringkit_role(opening) IN ('hiring-manager', 'recruiter', 'administrator'), false);
END $$;

CREATE FUNCTION {s}.hiringkit_administers() RETURNS boolean {p} AS $$
BEGIN
    RETURN coalesce({s}.hiringkit_role('') = 'administrator', false);
END $$;

CREATE FUNCTION {s}.hiringkit_is(interviewer text) RETURNS boolean {p} AS $$
BEGIN
    RETURN coalesce(interviewer = {s}.hiringkit_person(), false);
END $$;

CREATE FUNCTION {s}.hiringkit_owes(opening text, candidate text) RETURNS boolean {p} AS $$
-- whether one still owes a scorecard for a candidate
BEGIN
    RETURN EXISTS (
        SELECT FROM {s}.interviews i
        WHERE i.opening_id = opening AND i.candidate_id = candidate AND i.interviewer_id = {s}.hiringkit_person()
        AND (i.cancelled_at IS NULL OR age(i.xmin) <= 0)
        AND NOT EXISTS (SELECT FROM {s}.scorecards c WHERE c.interview_id = i.id AND age(c.xmin) > 0));
END $$;

CREATE FUNCTION {s}.hiringkit_sees(opening text, candidate text) RETURNS boolean {p} AS $$
-- whether one may see what others have submitted about a candidate
DECLARE
    given text := {s}.hiringkit_role(opening);
BEGIN
    RETURN coalesce(given = 'administrator' OR (given IS NOT NULL AND NOT {s}.hiringkit_owes(opening, candidate)),
                    false);
END $$;

CREATE FUNCTION {s}.hiringkit_knows_interview(wanted text) RETURNS boolean {p} AS $$
BEGIN
    RETURN coalesce((SELECT {s}.hiringkit_member(opening_id) FROM {s}.interviews WHERE id = wanted), false);
END $$;

CREATE FUNCTION {s}.hiringkit_plans_interview(wanted text) RETURNS boolean {p} AS $$
BEGIN
    RETURN coalesce((SELECT {s}.hiringkit_manages(opening_id) FROM {s}.interviews WHERE id = wanted), false);
END $$;

CREATE FUNCTION {s}.hiringkit_holds_interview(wanted text) RETURNS boolean {p} AS $$
-- whether it is one's own
BEGIN
    RETURN {s}.hiringkit_administers() OR coalesce(
        (SELECT {s}.hiringkit_is(interviewer_id) AND {s}.hiringkit_member(opening_id)
         FROM {s}.interviews WHERE id = wanted), false);
END $$;

CREATE FUNCTION {s}.hiringkit_sees_interview(wanted text) RETURNS boolean {p} AS $$
-- whether one may see how somebody judged: one's own, or what is submitted and no longer to be judged by oneself
DECLARE
    i record;
BEGIN
    SELECT opening_id, candidate_id, interviewer_id, state INTO i FROM {s}.interviews WHERE id = wanted;
    IF NOT FOUND THEN
        RETURN false;
    ELSIF i.interviewer_id = {s}.hiringkit_person() THEN
        RETURN {s}.hiringkit_member(i.opening_id);
    END IF;
    RETURN {s}.hiringkit_administers() OR (
        i.state = 'submitted' AND {s}.hiringkit_sees(i.opening_id, i.candidate_id)
        AND EXISTS (SELECT FROM {s}.scorecards c WHERE c.interview_id = wanted AND age(c.xmin) > 0));
END $$;

CREATE FUNCTION {s}.hiringkit_sees_text(wanted text, part text) RETURNS boolean {p} AS $$
-- what was written about an interview as a whole is its interviewer's, but for what is left for the others
BEGIN
    RETURN {s}.hiringkit_holds_interview(wanted) OR (part = 'handover' AND {s}.hiringkit_sees_interview(wanted));
END $$;

CREATE FUNCTION {s}.hiringkit_handover_topics(wanted text) RETURNS text {p} AS $$
-- the questions that an interviewer leaves for the others, which have to be asked and tell no opinion
BEGIN
    RETURN (SELECT string_agg(topic, E'\n' ORDER BY n)
    FROM {s}.interview_texts t, regexp_split_to_table(t.text, E'[\n\r\x0b\f\x1c-\x1e\u0085\u2028\u2029]+')
         WITH ORDINALITY AS lines(line, n), btrim(line, E' \t\u00a0\u3000') AS topic
    WHERE t.interview_id = wanted AND t.part = 'handover' AND right(topic, 1) IN ('?', E'\uff1f')
    AND {s}.hiringkit_knows_interview(wanted));
END $$;

CREATE FUNCTION {s}.hiringkit_writes_interview(wanted text) RETURNS boolean {p} AS $$
-- whether one may rate: one's own interview, or as a recruiter what was submitted elsewhere, never a colleague's draft
DECLARE
    i record;
BEGIN
    SELECT opening_id, interviewer_id, state INTO i FROM {s}.interviews WHERE id = wanted;
    RETURN FOUND AND ({s}.hiringkit_holds_interview(wanted) OR (
        i.state = 'submitted' AND {s}.hiringkit_manages(i.opening_id)));
END $$;

CREATE FUNCTION {s}.hiringkit_fills_scorecard(wanted text, card integer) RETURNS boolean {p} AS $$
-- whether ratings may be added to a scorecard: only in the transaction that submits it
BEGIN
    RETURN {s}.hiringkit_administers() OR ({s}.hiringkit_writes_interview(wanted) AND EXISTS (
        SELECT FROM {s}.scorecards WHERE interview_id = wanted AND number = card AND age(xmin) <= 0));
END $$;

CREATE FUNCTION {s}.hiringkit_sees_decision(opening text, wanted integer) RETURNS boolean {p} AS $$
BEGIN
    RETURN {s}.hiringkit_member(opening) AND NOT EXISTS (
        SELECT FROM {s}.decision_candidates c WHERE c.opening_id = opening AND c.decision = wanted
        AND NOT {s}.hiringkit_sees(opening, c.candidate_id));
END $$;

CREATE FUNCTION {s}.hiringkit_votes(opening text, wanted integer) RETURNS boolean {p} AS $$
BEGIN
    RETURN {s}.hiringkit_member(opening) AND EXISTS (
        SELECT FROM {s}.decision_voters v
        WHERE v.opening_id = opening AND v.decision = wanted AND v.interviewer_id = {s}.hiringkit_person());
END $$;

CREATE FUNCTION {s}.hiringkit_revealed(opening text, wanted integer, criterion text, voting_round integer)
RETURNS boolean {p} AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM {s}.decision_records r WHERE r.opening_id = opening AND r.decision = wanted
        AND r.criterion_id = criterion AND r.kind = 'reveal' AND r.round >= voting_round AND age(r.xmin) > 0);
END $$;

CREATE FUNCTION {s}.hiringkit_sees_vote(opening text, wanted integer, criterion text, voting_round integer, voter text)
RETURNS boolean {p} AS $$
BEGIN
    RETURN {s}.hiringkit_administers() OR ({s}.hiringkit_is(voter) AND {s}.hiringkit_member(opening)) OR (
        {s}.hiringkit_revealed(opening, wanted, criterion, voting_round)
        AND {s}.hiringkit_sees_decision(opening, wanted));
END $$;

CREATE FUNCTION {s}.hiringkit_casts(opening text, wanted integer, criterion text, voting_round integer, voter text)
RETURNS boolean {p} AS $$
-- whether one may cast or take back a vote: one's own, while its round is sealed
BEGIN
    RETURN {s}.hiringkit_administers() OR ({s}.hiringkit_is(voter) AND {s}.hiringkit_votes(opening, wanted)
        AND {s}.hiringkit_sees_decision(opening, wanted)
        AND NOT EXISTS (
            SELECT FROM {s}.decision_records r WHERE r.opening_id = opening AND r.decision = wanted
            AND r.criterion_id = criterion AND r.kind = 'reveal' AND r.round >= voting_round));
END $$;

CREATE FUNCTION {s}.hiringkit_unvoted(opening text, wanted integer, criterion text, voting_round integer)
RETURNS SETOF text {p} AS $$
-- who has not voted in a round; after the first one that is asked of those who have voted before
BEGIN
    RETURN QUERY SELECT v.interviewer_id FROM {s}.decision_voters v
    WHERE v.opening_id = opening AND v.decision = wanted
    AND (voting_round = 1 OR EXISTS (
        SELECT FROM {s}.decision_ballots b WHERE b.opening_id = opening AND b.decision = wanted
        AND b.criterion_id = criterion AND b.interviewer_id = v.interviewer_id AND b.round < voting_round))
    AND NOT EXISTS (
        SELECT FROM {s}.decision_ballots b WHERE b.opening_id = opening AND b.decision = wanted
        AND b.criterion_id = criterion AND b.interviewer_id = v.interviewer_id AND b.round = voting_round);
END $$;

REVOKE ALL ON FUNCTION {s}.hiringkit_unvoted(text, integer, text, integer) FROM PUBLIC;

CREATE FUNCTION {s}.hiringkit_sealed(opening text, wanted integer)
RETURNS TABLE (criterion text, voting_round integer, voter text) {p} AS $$
-- whose votes are there but sealed: for who leads the decision, and for voters once all of a round have voted
BEGIN
    RETURN QUERY SELECT b.criterion_id, b.round, b.interviewer_id FROM {s}.decision_ballots b
    WHERE b.opening_id = opening AND b.decision = wanted
    AND NOT {s}.hiringkit_sees_vote(opening, wanted, b.criterion_id, b.round, b.interviewer_id)
    AND {s}.hiringkit_sees_decision(opening, wanted)
    AND ({s}.hiringkit_leads(opening) OR ({s}.hiringkit_votes(opening, wanted)
         AND NOT EXISTS (SELECT FROM {s}.hiringkit_unvoted(opening, wanted, b.criterion_id, b.round))));
END $$;

CREATE FUNCTION {s}.hiringkit_notes(opening text, wanted integer, kind text, criterion text, voting_round integer)
RETURNS boolean {p} AS $$
-- whether one may add to the record of a decision: whoever votes, and reveals only what everybody has voted on
BEGIN
    RETURN {s}.hiringkit_leads(opening) OR (
        {s}.hiringkit_votes(opening, wanted) AND {s}.hiringkit_sees_decision(opening, wanted)
        AND (kind <> 'reveal'
             OR NOT EXISTS (SELECT FROM {s}.hiringkit_unvoted(opening, wanted, criterion, voting_round))));
END $$;

CREATE FUNCTION {s}.hiringkit_sees_event(action text, subject text, detail text, actor text) RETURNS boolean {p} AS $$
-- whether an event of the audit log tells nothing that one may not know
DECLARE
    about jsonb;
    vote jsonb;
    opening text;
    given text;
BEGIN
    IF {s}.hiringkit_administers() THEN
        RETURN true;
    ELSIF NOT {s}.hiringkit_has('interviewer recruiter hiring-manager server') THEN
        RETURN false;
    END IF;
    about := subject::jsonb;
    opening := about ->> 'opening';
    IF about ? 'interview' THEN
        RETURN {s}.hiringkit_sees_interview(about ->> 'interview') OR (
            action IN ('interview.schedule', 'interview.edit', 'interview.cancel', 'interview.restore')
            AND {s}.hiringkit_plans_interview(about ->> 'interview'));
    ELSIF action IN ('decision.vote', 'decision.revote') THEN
        vote := detail::jsonb;
        RETURN lower(actor) IN (SELECT unnest(ARRAY[id, email_key]) FROM {s}.interviewers
                                WHERE id = {s}.hiringkit_person())
            OR ({s}.hiringkit_revealed(opening, (about ->> 'decision')::integer, vote ->> 'criterion',
                                       (vote ->> 'round')::integer)
                AND {s}.hiringkit_sees_decision(opening, (about ->> 'decision')::integer));
    ELSIF about ? 'decision' THEN
        RETURN {s}.hiringkit_sees_decision(opening, (about ->> 'decision')::integer);
    ELSIF about ? 'candidate' THEN
        RETURN {s}.hiringkit_sees(opening, about ->> 'candidate');
    ELSIF about ? 'opening' THEN
        RETURN {s}.hiringkit_member(opening);
    END IF;
    RETURN {s}.hiringkit_has('recruiter') OR {s}.hiringkit_is(about ->> 'interviewer');
EXCEPTION WHEN data_exception THEN
    RETURN false;  -- it was rewritten so that it cannot be read
END $$;

CREATE FUNCTION {s}.hiringkit_refuse(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = what;
END $$;

CREATE FUNCTION {s}.hiringkit_guard_interview() RETURNS trigger {t} AS $$
-- nobody gets at others' ratings by moving interviews about, and what is submitted stays so
DECLARE
    own boolean := {s}.hiringkit_is(OLD.interviewer_id);
BEGIN
    IF {s}.hiringkit_administers() THEN
        RETURN NEW;
    END IF;
    IF own AND (OLD.id, OLD.opening_id, OLD.candidate_id, OLD.interviewer_id, OLD.round, OLD.created_at,
                OLD.cancelled_at, OLD.cancelled_reason) IS DISTINCT FROM
               (NEW.id, NEW.opening_id, NEW.candidate_id, NEW.interviewer_id, NEW.round, NEW.created_at,
                NEW.cancelled_at, NEW.cancelled_reason) THEN
        PERFORM {s}.hiringkit_refuse('somebody else has to change that of your own interview');
    ELSIF (OLD.id, OLD.opening_id, OLD.candidate_id, OLD.interviewer_id) IS DISTINCT FROM
          (NEW.id, NEW.opening_id, NEW.candidate_id, NEW.interviewer_id) AND (
            {s}.hiringkit_is(NEW.interviewer_id)
            OR EXISTS (SELECT FROM {s}.ratings WHERE interview_id = OLD.id)
            OR EXISTS (SELECT FROM {s}.interview_texts WHERE interview_id = OLD.id)
            OR EXISTS (SELECT FROM {s}.scorecards WHERE interview_id = OLD.id)) THEN
        PERFORM {s}.hiringkit_refuse('an interview that was written into stays where it is');
    ELSIF (OLD.state = 'submitted') IS DISTINCT FROM (NEW.state = 'submitted')
            AND (OLD.state = 'submitted' OR NOT own) THEN
        PERFORM {s}.hiringkit_refuse('only its interviewer submits an interview, and for good');
    ELSIF OLD.seen_at IS NOT NULL AND NEW.seen_at IS NULL THEN
        PERFORM {s}.hiringkit_refuse('what was seen stays seen');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION {s}.hiringkit_guard_candidate() RETURNS trigger {t} AS $$
-- who leads a decision writes down what became of candidates, and nothing else about them
BEGIN
    IF NOT {s}.hiringkit_manages(OLD.opening_id)
            AND to_jsonb(OLD) - ARRAY['outcome', 'outcome_reason']
                <> to_jsonb(NEW) - ARRAY['outcome', 'outcome_reason'] THEN
        PERFORM {s}.hiringkit_refuse('only a recruiter changes that of a candidate');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION {s}.hiringkit_require() RETURNS trigger {t} AS $$
-- a change that would find nothing for want of a right is refused aloud
BEGIN
    IF NOT {s}.hiringkit_has(TG_ARGV[0]) THEN
        PERFORM {s}.hiringkit_refuse('the role of this login does not change that');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION {s}.hiringkit_check_ratings() RETURNS trigger {t} AS $$
-- at the end of the transaction: the ratings of what is submitted are those of its last scorecard
DECLARE
    wanted text := CASE TG_OP WHEN 'DELETE' THEN OLD.interview_id ELSE NEW.interview_id END;
    last integer;
BEGIN
    IF {s}.hiringkit_administers()
            OR NOT EXISTS (SELECT FROM {s}.interviews WHERE id = wanted AND state = 'submitted') THEN
        RETURN NULL;
    END IF;
    SELECT max(number) INTO last FROM {s}.scorecards WHERE interview_id = wanted;
    IF EXISTS (
        SELECT FROM (SELECT * FROM {s}.ratings WHERE interview_id = wanted) r
        FULL JOIN (SELECT * FROM {s}.scorecard_ratings WHERE interview_id = wanted AND number = last) c
        ON c.question_id = r.question_id
        WHERE (r.level, r.mark, coalesce(r.evidence, ''), coalesce(r.probes, ''), r.rated_at) IS DISTINCT FROM
              (c.level, c.mark, coalesce(c.evidence, ''), coalesce(c.probes, ''), c.rated_at)) THEN
        PERFORM {s}.hiringkit_refuse('a submitted scorecard cannot be changed');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION {s}.hiringkit_check_scorecard() RETURNS trigger {t} AS $$
-- at the end of the transaction: a scorecard is whole, follows the one before, and is in the audit log
BEGIN
    IF {s}.hiringkit_administers() THEN
        RETURN NULL;
    ELSIF NEW.number <> (SELECT count(*) FROM {s}.scorecards c
                         WHERE c.interview_id = NEW.interview_id AND c.number <= NEW.number)
            OR (NEW.number > 1 AND NEW.reason = '') THEN
        PERFORM {s}.hiringkit_refuse('a scorecard is amended by the next one, with a reason');
    ELSIF EXISTS (
            SELECT FROM {s}.kit_questions k WHERE k.interview_id = NEW.interview_id AND NOT EXISTS (
                SELECT FROM {s}.scorecard_ratings r
                WHERE r.interview_id = NEW.interview_id AND r.number = NEW.number AND r.question_id = k.question_id))
            OR NOT EXISTS (
                SELECT FROM {s}.interviews WHERE id = NEW.interview_id AND state = 'submitted') THEN
        PERFORM {s}.hiringkit_refuse('a scorecard has a rating for each question of its kit');
    ELSIF NOT EXISTS (
            SELECT FROM (SELECT subject, xmin FROM {s}.audit_events ORDER BY sequence DESC LIMIT 10000) e
            WHERE age(e.xmin) <= 0 AND e.subject::jsonb ->> 'interview' = NEW.interview_id) THEN
        PERFORM {s}.hiringkit_refuse('a scorecard is submitted with an event in the audit log');
    END IF;
    RETURN NULL;
END $$;
"""

_AUDIT = r"""
CREATE FUNCTION {s}.hiringkit_salted(salt text, said text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
-- HMAC-SHA256 in hexadecimal; a salt has 64 bytes or none
DECLARE
    inside bytea := decode(repeat('36', 64), 'hex');
    outside bytea := decode(repeat('5c', 64), 'hex');
    key bytea := convert_to(salt, 'UTF8');
BEGIN
    FOR n IN 0 .. length(key) - 1 LOOP
        inside := set_byte(inside, n, get_byte(key, n) # 54);
        outside := set_byte(outside, n, get_byte(key, n) # 92);
    END LOOP;
    RETURN encode(sha256(outside || sha256(inside || convert_to(said, 'UTF8'))), 'hex');
END $$;

CREATE FUNCTION {s}.hiringkit_may_record(actor text, action text, subject jsonb) RETURNS boolean {p} AS $$
-- whether an event is about what one does oneself
DECLARE
    who text := {s}.hiringkit_person();
BEGIN
    IF {s}.hiringkit_administers() THEN
        RETURN true;
    ELSIF action IN ('database.chain', 'database.seal', 'candidate.erase')
            OR NOT {s}.hiringkit_has('interviewer recruiter hiring-manager server') THEN
        RETURN false;
    ELSIF who IS NULL AND {s}.hiringkit_has('server') THEN
        RETURN (action = 'interviewer.sign-in' AND actor = subject ->> 'interviewer')
            OR (action = 'interviewer.wrong-code' AND actor = '');
    ELSIF NOT coalesce(lower(actor) IN (
                SELECT unnest(ARRAY[id, email_key]) FROM {s}.interviewers WHERE id = who), false)
            AND NOT (actor = 'recruiter:' || {s}.hiringkit_login()
                     AND {s}.hiringkit_has('recruiter hiring-manager')) THEN
        RETURN false;
    ELSIF subject ? 'interview' AND NOT {s}.hiringkit_plans_interview(subject ->> 'interview') THEN
        RETURN {s}.hiringkit_holds_interview(subject ->> 'interview');
    ELSIF subject ? 'decision' THEN
        RETURN {s}.hiringkit_leads(subject ->> 'opening')
            OR {s}.hiringkit_votes(subject ->> 'opening', (subject ->> 'decision')::integer);
    ELSIF action = 'candidate.expect' THEN
        RETURN {s}.hiringkit_member(subject ->> 'opening');
    ELSIF action = 'candidate.outcome' THEN
        RETURN {s}.hiringkit_leads(subject ->> 'opening');
    ELSIF subject ? 'opening' THEN
        RETURN {s}.hiringkit_manages(subject ->> 'opening');
    END IF;
    RETURN {s}.hiringkit_has('recruiter') OR {s}.hiringkit_is(subject ->> 'interviewer');
END $$;

CREATE FUNCTION {s}.hiringkit_append(happened text, actor text, via text, events jsonb) RETURNS SETOF jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
-- append events to the log: `store/audit.py` says what the hashes are over
DECLARE
    event jsonb;
    added {s}.audit_events;
    found_salt text;
BEGIN
    PERFORM pg_advisory_xact_lock(1751740005);
    SELECT sequence, hash INTO added.sequence, added.hash FROM {s}.audit_events ORDER BY sequence DESC LIMIT 1;
    added.sequence := coalesce(added.sequence, 0);
    added.hash := coalesce(added.hash, repeat('0', 64));
    added.at := happened; added.actor := hiringkit_append.actor; added.via := hiringkit_append.via;
    added.former_hash := '';
    FOR event IN SELECT * FROM jsonb_array_elements(events) LOOP
        added.action := event ->> 'action'; added.subject := event ->> 'subject'; added.detail := event ->> 'detail';
        IF NOT {s}.hiringkit_may_record(actor, added.action, added.subject::jsonb) THEN
            PERFORM {s}.hiringkit_refuse('that may not be recorded in the audit log under this name');
        END IF;
        found_salt := '';
        IF event ->> 'candidate' <> '' THEN
            SELECT salt INTO found_salt FROM {s}.audit_salts
                WHERE opening_id = event ->> 'opening' AND candidate_id = event ->> 'candidate';
            IF NOT FOUND THEN
                -- gen_random_uuid is PostgreSQL's own source of strong randomness that needs no extension
                found_salt := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
                    || uuid_send(gen_random_uuid())), 'hex');
                INSERT INTO {s}.audit_salts VALUES (event ->> 'opening', event ->> 'candidate', found_salt);
            END IF;
        END IF;
        added.sequence := added.sequence + 1;
        added.previous := added.hash;
        added.subject_digest := {s}.hiringkit_salted(found_salt, added.subject);
        added.detail_digest := {s}.hiringkit_salted(found_salt, added.detail);
        SELECT '{{' || coalesce(string_agg(to_json(word)::text || ':[' ||
                coalesce('"' || {s}.hiringkit_salted(found_salt, was) || '"', 'null') || ',' ||
                coalesce('"' || {s}.hiringkit_salted(found_salt, becomes) || '"', 'null') || ']',
                ',' ORDER BY word COLLATE "C"), '') || '}}'
            INTO added.states
            FROM (SELECT state ->> 0 AS word, state ->> 1 AS was, state ->> 2 AS becomes
                  FROM jsonb_array_elements(event -> 'states') AS state) AS changed;
        added.hash := encode(sha256(convert_to('[' || added.sequence || ',' || concat_ws(',',
            to_json(added.at), to_json(added.actor), to_json(added.via), to_json(added.action),
            to_json(added.subject_digest), to_json(added.detail_digest), to_json(added.states),
            to_json(added.previous)) || ']', 'UTF8')), 'hex');
        INSERT INTO {s}.audit_events SELECT added.*;
        RETURN NEXT to_jsonb(added);
    END LOOP;
END $$;
"""

_LOGINS = r"""
CREATE TABLE {s}.logins (
    login text NOT NULL,
    opening_id text NOT NULL,
    role text NOT NULL,
    interviewer_id text REFERENCES {s}.interviewers (id) ON DELETE CASCADE,
    granted_at text NOT NULL,
    granted_by text NOT NULL,
    CONSTRAINT pk_logins PRIMARY KEY (login, opening_id),
    CONSTRAINT ck_logins_role_known
        CHECK (role IN ('interviewer', 'recruiter', 'hiring-manager', 'administrator', 'server'))
);
"""

_GRANTS = r"""
CREATE FUNCTION {s}.hiringkit_apply(who name) RETURNS void LANGUAGE plpgsql AS $$
-- give a login the rights on tables that its roles need, and no others
DECLARE
    administers boolean := EXISTS (SELECT FROM {s}.logins WHERE login = who AND role = 'administrator');
    serves boolean := EXISTS (SELECT FROM {s}.logins WHERE login = who AND role IN ('administrator', 'server'));
    several record;
BEGIN
    EXECUTE format('REVOKE ALL ON {all} FROM %I', who);
    IF administers THEN
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON {all} TO %I', who);
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON {s}.logins, {s}.alembic_version FROM %I', who);
    ELSIF EXISTS (SELECT FROM {s}.logins WHERE login = who) THEN
        {ordinary}
        IF serves THEN
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON {serving} TO %I', who);
        END IF;
    END IF;
END $$;
REVOKE ALL ON FUNCTION {s}.hiringkit_apply(name) FROM PUBLIC;

CREATE FUNCTION {s}.hiringkit_grant(who text, given text, person text, opening text, happened text, said_by text)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT {s}.hiringkit_administers() THEN
        PERFORM {s}.hiringkit_refuse('only an administrator grants roles');
    END IF;
    INSERT INTO {s}.logins VALUES (who, opening, given, person, happened, said_by)
        ON CONFLICT (login, opening_id) DO UPDATE SET role = excluded.role, interviewer_id = excluded.interviewer_id,
            granted_at = excluded.granted_at, granted_by = excluded.granted_by;
    UPDATE {s}.logins SET interviewer_id = person WHERE login = who;
    PERFORM {s}.hiringkit_apply(who::name);
END $$;

CREATE FUNCTION {s}.hiringkit_revoke(who text, opening text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
-- take a role back, in one opening or, where none is named, every one
DECLARE
    gone integer;
BEGIN
    IF NOT {s}.hiringkit_administers() THEN
        PERFORM {s}.hiringkit_refuse('only an administrator takes roles back');
    END IF;
    DELETE FROM {s}.logins WHERE login = who AND (opening IS NULL OR opening_id = opening);
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = who) THEN
        PERFORM {s}.hiringkit_apply(who::name);
    END IF;
    RETURN gone;
END $$;
"""

_OPENING = "hiringkit_{}(opening_id)"
_DECISION = "hiringkit_{}(opening_id, decision)"
_BALLOT = "hiringkit_{}(opening_id, decision, criterion_id, round, interviewer_id)"
_INTERVIEW = "hiringkit_{}_interview(interview_id)"
_OWN = "hiringkit_is(interviewer_id)"
_MEMBER, _MANAGES, _LEADS = (_OPENING.format(each) for each in ("member", "manages", "leads"))
_RECRUITS = "hiringkit_has('recruiter')"
_ANYBODY = "hiringkit_has('interviewer recruiter hiring-manager server')"
_EVERY = ("SELECT", "INSERT", "UPDATE", "DELETE")
_WRITE = _EVERY[1:]
_PLANNED = {"SELECT": _MEMBER, **dict.fromkeys(_WRITE, _MANAGES)}
_JUDGED = {"SELECT": _INTERVIEW.format("sees")}
_DECIDED = {"SELECT": _DECISION.format("sees_decision")}
_KIT = f"{_INTERVIEW.format('plans')} OR {_INTERVIEW.format('holds')}"
_POLICIES: dict[str, dict[str, str]] = {
    "openings": {"SELECT": "hiringkit_member(id)", **dict.fromkeys(("INSERT", "UPDATE"), "hiringkit_manages(id)")},
    "candidates": _PLANNED | {"UPDATE": _LEADS},
    "dropped_questions opening_offers panel_plans": _PLANNED,
    "candidate_needs": dict.fromkeys(_EVERY, _MEMBER),
    "interviewers": {
        "SELECT": _ANYBODY,
        "INSERT": _RECRUITS,
        "UPDATE": f"{_RECRUITS} OR hiringkit_is(id)",
        "DELETE": f"{_RECRUITS} AND NOT hiringkit_is(id)",
    },
    "interviews": {
        "SELECT": _MEMBER,
        "INSERT": f"{_MANAGES} AND NOT {_OWN}",
        "UPDATE": f"{_MANAGES} OR ({_OWN} AND {_MEMBER})",
        "DELETE": f"{_MANAGES} AND NOT {_OWN}",
    },
    "kit_questions": {
        "SELECT": _INTERVIEW.format("knows"),
        **dict.fromkeys(("INSERT", "UPDATE"), _KIT),
        "DELETE": _INTERVIEW.format("plans"),
    },
    "ratings": _JUDGED | dict.fromkeys(_WRITE, _INTERVIEW.format("writes")),
    "scorecards": _JUDGED | {"INSERT": _INTERVIEW.format("writes")},
    "scorecard_ratings": _JUDGED | {"INSERT": "hiringkit_fills_scorecard(interview_id, number)"},
    "interview_texts": {
        "SELECT": "hiringkit_sees_text(interview_id, part)",
        **dict.fromkeys(_WRITE, _INTERVIEW.format("holds")),
    },
    "cards": dict.fromkeys(_EVERY, _KIT),
    "imported_scorecards imported_ratings": _JUDGED | dict.fromkeys(_WRITE, _INTERVIEW.format("plans")),
    "practice_sessions practice_answers": dict.fromkeys(_EVERY, _OWN),
    "decisions": {
        "SELECT": "hiringkit_sees_decision(opening_id, number)",
        "INSERT": _LEADS,
        "UPDATE": f"{_LEADS} OR hiringkit_votes(opening_id, number)",
    },
    "decision_criteria": {"SELECT": _MEMBER, "INSERT": _LEADS, "UPDATE": _LEADS},
    "decision_candidates decision_voters": {"SELECT": _MEMBER, "INSERT": _LEADS},
    "decision_ballots decision_votes": {
        "SELECT": _BALLOT.format("sees_vote"),
        **dict.fromkeys(_WRITE, _BALLOT.format("casts")),
    },
    "decision_records": _DECIDED | {"INSERT": "hiringkit_notes(opening_id, decision, kind, criterion_id, round)"},
    "decision_closings decision_statements": _DECIDED | {"INSERT": _LEADS},
    "audit_events": {"SELECT": "hiringkit_sees_event(action, subject, detail, actor)"},
    "logins": {"SELECT": "login = hiringkit_login()"},
    " ".join(_SERVING): dict.fromkeys(_EVERY, "hiringkit_has('server')"),
}
"""By tables and command, which rows a login may see or write; administrators all of them."""


def upgrade() -> None:
    """Make table, functions, triggers and policies, on PostgreSQL."""
    tx = op.get_bind()
    if tx.dialect.name != "postgresql":
        return
    schema = tx.dialect.identifier_preparer.quote(tx.exec_driver_sql("SELECT current_schema()").scalar_one())
    secure = "SECURITY DEFINER COST 0.0001 SET search_path = pg_catalog, pg_temp"
    names = {"s": schema, "p": f"LANGUAGE plpgsql STABLE {secure}", "t": f"LANGUAGE plpgsql {secure}"}

    def run(statement: str) -> None:
        tx.exec_driver_sql(statement, execution_options={"no_parameters": True})

    run(_LOGINS.format(**names))
    run(_FUNCTIONS.format(**names))
    run(_AUDIT.format(**names))
    run(
        _GRANTS.format(
            **names,
            all=_listed(schema, _ALL),
            serving=_listed(schema, _SERVING),
            ordinary=" ".join(
                f"EXECUTE format('GRANT {rights} ON {_listed(schema, tables.split())} TO %I', who);"
                for rights, tables in _TABLES.items()
            ),
        )
    )
    _secure(run, schema)
    _forget(run, schema)
    _guard(run, schema)


def _secure(run: Callable[[str], None], schema: str) -> None:
    """Make the policies."""
    for table in sorted(set(_ALL) - {"alembic_version"}):
        run(f"ALTER TABLE {schema}.{table} ENABLE ROW LEVEL SECURITY")
        run(
            f"CREATE POLICY administrators ON {schema}.{table} USING ({schema}.hiringkit_administers())"
            f" WITH CHECK ({schema}.hiringkit_administers())"
        )
    for tables, rules in _POLICIES.items():
        for command, condition in rules.items():
            here = condition.replace("hiringkit_", f"{schema}.hiringkit_")
            clause = "WITH CHECK" if command == "INSERT" else "USING"
            for table in tables.split():
                run(f"CREATE POLICY may_{command.lower()} ON {schema}.{table} FOR {command} {clause} ({here})")


def _forget(run: Callable[[str], None], schema: str) -> None:
    """Keep no statistics of what nobody may know."""
    for table, columns in _SECRETS.items():
        for column in columns:
            kind = "double precision" if column == "level" else "text"
            run(f"ALTER TABLE {schema}.{table} ALTER COLUMN {column} TYPE {kind}")  # forgets statistics it may have
            run(f"ALTER TABLE {schema}.{table} ALTER COLUMN {column} SET STATISTICS 0")


def _guard(run: Callable[[str], None], schema: str) -> None:
    """Make the triggers."""
    for thing in ("interview", "candidate"):
        run(
            f"CREATE TRIGGER guard BEFORE UPDATE ON {schema}.{thing}s"
            f" FOR EACH ROW EXECUTE FUNCTION {schema}.hiringkit_guard_{thing}()"
        )
    for table, roles in (
        ("openings", "recruiter"),
        ("candidates", "recruiter hiring-manager"),
        ("interviews", "interviewer recruiter server"),
    ):
        run(
            f"CREATE TRIGGER loud BEFORE UPDATE OR DELETE ON {schema}.{table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {schema}.hiringkit_require('{roles}')"
        )
    for table, when in (("ratings", "INSERT OR UPDATE OR DELETE"), ("scorecards", "INSERT")):
        run(
            f"CREATE CONSTRAINT TRIGGER whole AFTER {when} ON {schema}.{table} DEFERRABLE INITIALLY DEFERRED"
            f" FOR EACH ROW EXECUTE FUNCTION {schema}.hiringkit_check_{table.rstrip('s')}{'s' * (table == 'ratings')}()"
        )


def _listed(schema: str, tables: Iterable[str]) -> str:
    return ", ".join(f"{schema}.{table}" for table in sorted(tables))
