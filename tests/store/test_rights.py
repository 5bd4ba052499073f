"""What PostgreSQL itself lets each login see and do: every table, statement by statement, and the program's commands.

Everybody here is invented.
"""

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from attrs import evolve, frozen
from sqlalchemy import make_url
from starlette.testclient import TestClient

from hiringkit.actions.audit import Actor
from hiringkit.actions.links import make_link, serve_at
from hiringkit.actions.visibility import visible_opening
from hiringkit.cli.main import run
from hiringkit.cli.session import now
from hiringkit.store import tables as t
from hiringkit.store.store import open_store
from hiringkit.web.app import make_app
from hiringkit.web.room import Room
from hiringkit.web.site import read_site

pytestmark = pytest.mark.slow

LOGINS = {
    "ben": "interviewer",
    "zoe": "interviewer",
    "ida": "interviewer",
    "rita": "recruiter",
    "hugo": "hiring-manager",
    "web": "server",
    "olga": "administrator",
    "nemo": "",
}
UNSAID = "she said that nobody may know"
QUESTIONS = ("bottlenecks", "forecast-miss")
_names = count()


@frozen
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


@frozen
class Firm:
    """A database on a server with a login for each role."""

    server: str
    database: str

    def url(self, login: str = "") -> str:
        """Return the database's address for a login; for its owner if empty."""
        url = make_url(self.server).set(drivername="postgresql", database=self.database)
        return url.set(username=login or url.username).render_as_string(hide_password=False)

    @contextmanager
    def connect(self, login: str = "") -> Iterator["psycopg.Connection[Any]"]:
        """Connect as a login, commit at the end, and close."""
        connection = psycopg.connect(self.url(login))
        try:
            yield connection
            connection.commit()
        finally:
            connection.close()

    def sql(self, login: str, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements in one transaction as a login, commit, and return the rows of the last one."""
        with self.connect(login) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def refused(self, login: str, *statements: str) -> bool:
        """Return whether the server refuses statements for want of a right, or finds nothing that they may change."""
        try:
            with self.connect(login) as connection:
                return not sum(max(connection.execute(statement).rowcount, 0) for statement in statements)
        except psycopg.errors.InsufficientPrivilege:
            return True

    def __call__(self, login: str, *words: str) -> Done:
        """Run a command as a login."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run([*words, "--db", self.url(login)])
        return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def template(postgresql_server: Any) -> Iterator[Firm]:
    """Two openings; ada and mei are interviewed for the first by ben and zoe, and bo for the second by ida."""
    made = Firm(str(postgresql_server.get_uri()), "firm")
    with psycopg.connect(made.server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE firm")
        for login in LOGINS:
            connection.execute(f"CREATE ROLE {login} LOGIN")
    asked = [word for question in QUESTIONS for word in ("--question", question)]
    for words in (
        ("opening", "create", "ops", "--rubric", "sales-operations-manager"),
        ("opening", "create", "other", "--rubric", "sales-operations-manager"),
        ("candidate", "add", "ops", "Ada"),
        ("candidate", "add", "ops", "Mei"),
        ("candidate", "add", "other", "Bo"),
        *(("interviewer", "add", name.title(), "--email", f"{name}@example.org") for name in ("ben", "zoe", "ida")),
        *(("interview", "schedule", "ops", who, by, *asked) for who in ("ada", "mei") for by in ("ben", "zoe")),
        ("interview", "schedule", "other", "bo", "ida", *asked),
        *(("db", "grant", login, role) for login, role in LOGINS.items() if role),
    ):
        done = made("", *words)
        assert done.code == 0, (words, done.err)
    yield made
    with psycopg.connect(made.server, autocommit=True) as connection:
        connection.execute("DROP DATABASE firm WITH (FORCE)")
        for login in LOGINS:
            connection.execute(f"DROP ROLE {login}")


@pytest.fixture
def firm(template: Firm, postgresql: str) -> Iterator[Firm]:
    """A copy of that database for one test."""
    name = f"firm_{next(_names)}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template.database}")
        yield evolve(template, database=name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def submit(firm: Firm, login: str, interview: str, level: int = 5) -> None:
    """Rate every question of an interview by the program, and submit it, as a login."""
    for question in QUESTIONS:
        assert firm(login, "interview", "rate", interview, question, str(level), "--evidence", UNSAID).code == 0
    done = firm(login, "interview", "submit", interview, "--recommend", "yes", "--summary", UNSAID)
    assert done.code == 0, done.err


PUBLIC = "relnamespace = 'public'::regnamespace"


def test_every_table_is_guarded_and_every_function_is_closed_to_others_paths(firm: Firm) -> None:
    tables = firm.sql("", f"SELECT relname, relrowsecurity FROM pg_class WHERE relkind IN ('r', 'p', 'v') AND {PUBLIC}")
    guarded = {name for name, secure in tables if secure}
    open_paths = firm.sql(
        "",
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=pg_catalog, pg_temp']",
    )

    assert guarded == set(t.metadata.tables) | {"logins"}
    assert {name for name, _ in tables} - guarded == {"alembic_version"}
    assert open_paths == []


def everything(firm: Firm, login: str, *first: str) -> str:
    """Return all that a login can read, of every table that it may ask for at all."""
    told = []
    for table in [*t.metadata.tables, "logins"]:
        try:
            rows = firm.sql(login, *first, f"SELECT to_jsonb(x)::text FROM {table} x")
        except psycopg.errors.InsufficientPrivilege:
            continue
        told += [f"{table} {text}" for (text,) in rows]
    return "\n".join(told)


def test_nobody_reads_a_colleagues_judgement_before_their_own_is_in(firm: Firm) -> None:
    before = everything(firm, "ben")
    submit(firm, "zoe", "ops/ada/zoe")
    firm("zoe", "interview", "rate", "ops/mei/zoe", "bottlenecks", "1", "--evidence", UNSAID)

    after = everything(firm, "ben")

    def content(text: str) -> set[str]:
        # that somebody submitted is no secret, and neither is where in an interview they are
        return {line for line in text.splitlines() if not line.startswith("interviews ")}

    assert content(after) == content(before)
    assert UNSAID not in after
    for table in ("ratings", "scorecards", "scorecard_ratings", "interview_texts", "cards", "imported_ratings"):
        assert firm.sql("ben", f"SELECT count(*) FROM {table}") == [(0,)]
    assert firm.sql("ben", "SELECT avg(level), max(level) FROM scorecard_ratings") == [(None, None)]
    assert firm.sql("ben", "SELECT count(*) FROM audit_events WHERE subject LIKE '%zoe%'") == [(0,)]

    for call in (
        "hiringkit_ratings(ARRAY['ops/ada/zoe', 'ops/mei/zoe'])",
        "hiringkit_scorecards(ARRAY['ops/ada/zoe'])",
        "hiringkit_scorecard_ratings(ARRAY['ops/ada/zoe'])",
        "hiringkit_submitted('ops', true)",
        "hiringkit_submitted('ops', false)",
        "hiringkit_seen(ARRAY['ops/ada/zoe', 'ops/mei/zoe', 'other/bo/ida'])",
        "hiringkit_kits(ARRAY['other/bo/ida'])",
        "hiringkit_interviews(ARRAY['other'])",
        "hiringkit_candidates('other')",
        "hiringkit_owed('other', 'ida')",
        "hiringkit_rated('ops')",
    ):
        assert firm.sql("ben", f"SELECT * FROM {call}") == [], call
        assert firm.sql("nemo", f"SELECT * FROM {call}") == [], call

    submit(firm, "ben", "ops/ada/ben", 2)

    assert len(firm.sql("ben", "SELECT * FROM hiringkit_submitted('ops', true)")) == 4
    assert firm.sql("ben", "SELECT * FROM hiringkit_ratings(ARRAY['ops/mei/zoe'])") == []
    now = everything(firm, "ben")
    assert firm.sql("ben", "SELECT interview_id FROM scorecards ORDER BY 1") == [("ops/ada/ben",), ("ops/ada/zoe",)]
    assert '"interview_id": "ops/ada/zoe"' in now
    assert "ops/mei/zoe" not in {row[0] for row in firm.sql("ben", "SELECT DISTINCT interview_id FROM ratings")}


def test_membership_of_openings(firm: Firm) -> None:
    submit(firm, "ida", "other/bo/ida")

    assert firm.sql("ben", "SELECT id FROM openings") == [("ops",)]
    assert firm.sql("ida", "SELECT id FROM openings") == [("other",)]
    assert firm.sql("ben", "SELECT DISTINCT opening_id FROM candidates") == [("ops",)]
    assert "other/bo/ida" not in everything(firm, "ben")
    owed = "SELECT DISTINCT (plan).opening_id FROM hiringkit_owed_interviews(NULL)"
    for login, seen in (("ben", [("ops",)]), ("nemo", [])):
        assert firm.sql(login, "SELECT opening FROM hiringkit_progress()") == seen
        assert firm.sql(login, owed) == seen
    assert firm("", "db", "grant", "hugo", "hiring-manager", "--opening", "other").code == 0
    assert firm("", "db", "revoke", "rita").code == 0
    assert firm("", "db", "grant", "rita", "recruiter", "--opening", "other").code == 0
    assert firm.sql("hugo", "SELECT count(*) FROM openings") == [(2,)]
    assert firm.sql("rita", "SELECT id FROM openings") == [("other",)]
    assert firm.sql("rita", "SELECT interview_id FROM scorecards") == [("other/bo/ida",)]


def test_who_plans_interviews_learns_how_far_drafts_are_and_nobody_else(firm: Firm) -> None:
    rated = ("interview", "rate", "ops/ada/zoe", "bottlenecks", "5", "--evidence", UNSAID)
    assert firm("zoe", *rated).code == 0
    counts = "SELECT * FROM hiringkit_rated('ops')"
    for login in ("rita", "hugo", "olga", ""):
        assert firm.sql(login, counts) == [("ops/ada/zoe", 1)]
        found = json.loads(firm(login, "outstanding", "-f", "json").out)["outstanding"]
        told = {each["id"]: each["rated"] for each in found}
        assert (told["ops/ada/zoe"], told["ops/mei/zoe"]) == (1, 0), login
    for login in ("ben", "ida", "web", "nemo"):
        assert firm.sql(login, counts) == []
    # a recruiter who interviews the candidate, too, is as blind as everybody else who does
    assert firm("", "db", "grant", "rita", "recruiter", "--interviewer", "ben").code == 0
    assert firm.sql("rita", counts) == []
    told = json.loads(firm("rita", "outstanding", "--as", "recruiter:rita", "-f", "json").out)["outstanding"]
    assert {each["id"]: each["rated"] for each in told}["ops/ada/zoe"] is None


TRICKS = {
    "submit, look, roll back": (
        "UPDATE interviews SET state = 'submitted' WHERE id = 'ops/ada/ben'",
        "INSERT INTO scorecards VALUES ('ops/ada/ben', 1, 'x', '', '', '')",
        "SELECT level FROM scorecard_ratings WHERE interview_id = 'ops/ada/zoe'",
    ),
    "the same by the function that the program calls": (
        "UPDATE interviews SET state = 'submitted' WHERE id = 'ops/ada/ben'",
        "INSERT INTO scorecards VALUES ('ops/ada/ben', 1, 'x', '', '', '')",
        "SELECT level FROM hiringkit_submitted('ops', true) WHERE interviewer_id = 'zoe'",
    ),
    "the same within a savepoint": (
        "SAVEPOINT a",
        "UPDATE interviews SET state = 'submitted' WHERE id = 'ops/ada/ben'",
        "INSERT INTO scorecards VALUES ('ops/ada/ben', 1, 'x', '', '', '')",
        "SELECT level FROM scorecard_ratings WHERE interview_id = 'ops/ada/zoe'",
    ),
    "to be the person of somebody else": (
        "SELECT set_config('hiringkit.person', 'zoe', true)",
        "SELECT level FROM scorecard_ratings WHERE interview_id = 'ops/ada/zoe'",
    ),
    "to go without the policies": (
        "SET LOCAL row_security = off",
        "SELECT level FROM scorecard_ratings",
    ),
    "a function of one's own in the way": (
        "SET LOCAL search_path = pg_temp, public",
        "CREATE FUNCTION pg_temp.hiringkit_person() RETURNS text LANGUAGE sql AS $$ SELECT 'zoe' $$",
        "SELECT level FROM public.scorecard_ratings WHERE interview_id = 'ops/ada/zoe'",
    ),
    "a table of one's own in the way": (
        (
            "CREATE TEMP TABLE logins AS SELECT current_user::text AS login, ''::text AS opening_id,"
            " 'administrator'::text AS role, 'zoe'::text AS interviewer_id"
        ),
        "SET LOCAL search_path = pg_temp, public",
        "SELECT level FROM public.scorecard_ratings WHERE interview_id = 'ops/ada/zoe'",
    ),
    "a function that tells what it is shown": (
        (
            "CREATE FUNCTION pg_temp.tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS"
            " $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$"
        ),
        "SELECT level FROM scorecard_ratings WHERE pg_temp.tell(evidence)",
    ),
    "to take another role": ("SET ROLE postgres", "SELECT level FROM scorecard_ratings"),
}


def _tell(told: list[str], notice: Any) -> None:
    told.append(str(notice.message_primary))


@pytest.mark.parametrize("login", ["ben", "nemo", "web"])
def test_tricks_show_nothing(firm: Firm, login: str) -> None:
    submit(firm, "zoe", "ops/ada/zoe")
    for trick, statements in TRICKS.items():
        told: list[str] = []
        with firm.connect(login) as connection:
            connection.add_notice_handler(partial(_tell, told))
            if login == "web":
                connection.execute("SET hiringkit.person = 'ben'")
            if login == "web" and "hiringkit.person" in statements[0]:
                continue  # whoever serves says for whom
            rows = []
            try:
                for statement in statements:
                    cursor = connection.execute(statement)
                rows = cursor.fetchall()
            except psycopg.Error:
                pass
            connection.rollback()
        assert rows == [], trick
        assert not any(UNSAID in line for line in told), trick


def test_plans_and_statistics_tell_no_value(firm: Firm) -> None:
    submit(firm, "zoe", "ops/ada/zoe")
    firm.sql("", "ANALYZE")

    def plan(level: int) -> list[str]:
        lines = firm.sql(
            "ben",
            "SET LOCAL enable_indexscan = off",
            "SET LOCAL enable_bitmapscan = off",
            "EXPLAIN (ANALYZE, TIMING off, SUMMARY off, BUFFERS off) SELECT * FROM scorecard_ratings"
            f" WHERE interview_id = 'ops/ada/zoe' AND level = {level}",
        )
        return [line.replace(f"'{level}'::double", "N::double") for (line,) in lines]

    assert plan(5) == plan(3)
    found = firm.sql("", "SELECT tablename FROM pg_stats WHERE attname IN ('level', 'evidence', 'mark', 'text')")
    assert {table for (table,) in found} <= {"practice_answers", "opening_offers", "candidate_needs"}


CHANGES = {
    "openings": ("title = 'x'", "('new', 't', 'r', '1', 'd', 'x', 'x')"),
    "candidates": ("name = 'x'", "('ops', 'new', 9, 'x', '', '')"),
    "interviewers": ("name = 'x'", "('new', 9, 'x', '', NULL)"),
    "interviews": ("location = 'x'", "('new', 'ops', 'ada', 'ida', 'scheduled', NULL, NULL, 'x')"),
    "kit_questions": ("seconds = 9", "('ops/ada/zoe', 'new', 9)"),
    "ratings": ("level = 1", "('ops/mei/zoe', 'bottlenecks', 1, NULL, '', '', NULL)"),
    "scorecards": ("summary = 'x'", "('ops/mei/zoe', 1, 'x', 'yes', '', '')"),
    "scorecard_ratings": ("level = 1", "('ops/ada/zoe', 1, 'bottlenecks', 1, NULL, '', '', NULL)"),
    "interview_texts": ("text = 'x'", "('ops/mei/zoe', 'notes', 'x')"),
    "cards": ("key = 'x'", "('new', 'ops/ada/zoe', 'k', 1, 'x', NULL, NULL, '')"),
    "imported_scorecards": ("source = 'x'", "('ops/ada/zoe', 'ops', 's', 's', 's', 's', 'd', 'x')"),
    "imported_ratings": ("label = 'x'", "('ops/ada/zoe', 'bottlenecks', 'a', 'l')"),
    "practice_sessions": ("started_at = 'x'", "('zoe', 'b', 1, 'x')"),
    "practice_answers": ("reason = 'x'", "('zoe', 'b', 1, 'q', 's', 1, 1, 1, '', NULL)"),
    "dropped_questions": ("reason = 'x'", "('ops', 'bottlenecks', 1, 'r', 'x', '', NULL, '')"),
    "opening_offers": ("level = 1", "('ops', 'e', 1, 'x')"),
    "candidate_needs": ("level = 1", "('other', 'bo', 'e', 1, 'x')"),
    "demographic_answers": ("answer = 'x'", "('ops', 'ada', 'sex', 'x')"),
    "panel_plans": ("plan = 'x'", "('ops', 1, 'x', '', false, '')"),
    "decisions": ("comparison = 'x'", "('ops', 1, 'open', 'x', '', 'r', '1', 'd', '[]', '', 0)"),
    "decision_criteria": ("weight = 1", "('ops', 1, 'c', 1, 1, 1)"),
    "decision_candidates": ("position = 1", "('ops', 1, 'ada', 1)"),
    "decision_voters": ("position = 1", "('ops', 1, 'zoe', 1)"),
    "decision_ballots": ("reason = 'x'", "('ops', 1, 'c', 1, 'zoe', 'x', '', 0)"),
    "decision_votes": ("level = 1", "('ops', 1, 'c', 1, 'zoe', 'ada', 1)"),
    "decision_records": ("text = 'x'", "('ops', 1, 1, 'note', 'x', '', '', 1, '', '')"),
    "decision_closings": ("comparison = 'x'", "('ops', 1, 1, 'x', '', 'x', NULL, '', '')"),
    "decision_statements": ("text = 'x'", "('ops', 1, 1, 1, 'reason', '', '', 'x')"),
    "audit_events": ("actor = 'x'", "(999, 'x', '', 'x', '{}', '{}', 'x', 'x')"),
    "audit_salts": ("salt = 'x'", "('ops', 'new', 'x')"),
    "personal_links": ("code_hash = 'x'", "(9, 'x', 'x', 'zoe', NULL, true, 'x', '', 'x', 0, NULL, NULL)"),
    "web_logins": ("seen_at = 'x'", "('x', 9, 'x', 'x')"),
    "server_values": ("value = 'x'", "('new', 'x')"),
    "logins": ("role = 'administrator'", "('nobody', '', 'administrator', NULL, 'x', '')"),
    "alembic_version": ("version_num = 'x'", "('x')"),
}
"""For every table: a change to all rows that are another's, and a row that is another's."""
OWN = {
    "interviewers": "id <> 'ben'",
    "interviews": "interviewer_id <> 'ben'",
    "kit_questions": "interview_id NOT LIKE '%/ben'",
}


def test_an_interviewer_changes_nothing_of_others(firm: Firm) -> None:
    submit(firm, "zoe", "ops/ada/zoe")
    firm("zoe", "interview", "rate", "ops/mei/zoe", "forecast-miss", "1", "--evidence", UNSAID)
    before = everything(firm, "")

    assert set(CHANGES) == set(t.metadata.tables) | {"logins", "alembic_version"}
    for login in ("ben", "nemo"):
        for table, (change, row) in CHANGES.items():
            others = OWN.get(table, "true")
            assert firm.refused(login, f"UPDATE {table} SET {change} WHERE {others}"), table
            assert firm.refused(login, f"DELETE FROM {table} WHERE {others}"), table
            assert firm.refused(login, f"INSERT INTO {table} VALUES {row}"), table
            assert firm.refused(login, f"TRUNCATE {table} CASCADE"), table
            assert firm.refused(login, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"), table
            assert firm.refused(login, f"CREATE POLICY mine ON {table} USING (true)"), table
    assert everything(firm, "") == before


FOR_GOOD = (
    "UPDATE scorecards SET recommendation = 'no' WHERE interview_id = 'ops/ada/zoe'",
    "DELETE FROM scorecards WHERE interview_id = 'ops/ada/zoe'",
    "UPDATE scorecard_ratings SET level = 1 WHERE interview_id = 'ops/ada/zoe'",
    "DELETE FROM scorecard_ratings WHERE interview_id = 'ops/ada/zoe'",
    "UPDATE ratings SET level = 1 WHERE interview_id = 'ops/ada/zoe'",
    "DELETE FROM ratings WHERE interview_id = 'ops/ada/zoe'",
    "UPDATE interviews SET state = 'started' WHERE id = 'ops/ada/zoe'",
    "UPDATE interviews SET cancelled_at = 'x' WHERE id = 'ops/mei/zoe'",
    "UPDATE interviews SET candidate_id = 'mei', round = 2 WHERE id = 'ops/ada/zoe'",
    "INSERT INTO scorecards VALUES ('ops/ada/zoe', 2, 'x', 'no', '', '')",
    "INSERT INTO scorecards VALUES ('ops/ada/zoe', 2, 'x', 'no', '', 'because')",
    "INSERT INTO scorecards VALUES ('ops/ada/zoe', 9, 'x', 'no', '', 'because')",
    "INSERT INTO scorecards VALUES ('ops/mei/zoe', 1, 'x', 'no', '', '')",
)


def test_a_submitted_scorecard_stays_as_it_is(firm: Firm) -> None:
    submit(firm, "zoe", "ops/ada/zoe")
    before = everything(firm, "")

    for login in ("zoe", "rita", "hugo", "ben"):
        for statement in FOR_GOOD:
            if not (login == "rita" and "mei/zoe" in statement and "cancelled" in statement):
                assert firm.refused(login, statement), (login, statement)
    assert everything(firm, "") == before
    amended = firm("zoe", "interview", "amend", "ops/ada/zoe", "bottlenecks", "4", "--reason", "misheard")
    assert amended.code == 0, amended.err
    assert firm("", "db", "check").code == 0


def test_the_audit_log_takes_only_what_one_does_oneself(firm: Firm) -> None:
    submit(firm, "zoe", "ops/ada/zoe")
    before = firm.sql("", "SELECT count(*), max(hash) FROM audit_events")

    def append(actor: str, action: str, subject: str) -> str:
        return (
            f"SELECT * FROM hiringkit_append('2026-01-01', '{actor}', 'cli', jsonb_build_array(jsonb_build_object("
            f"'action', '{action}', 'subject', '{subject}', 'detail', '{{}}', 'opening', 'ops', 'candidate', 'ada',"
            " 'states', '[]'::jsonb)))"
        )

    own = '{"interview": "ops/ada/ben", "opening": "ops"}'
    others = '{"interview": "ops/ada/zoe", "opening": "ops"}'
    for login in ("ben", "nemo", "web"):
        for actor, action, subject in (
            ("zoe", "interview.rate", own),
            ("", "interview.rate", own),
            ("recruiter:rita", "interview.rate", own),
            ("ben", "interview.rate", others),
            ("ben", "database.seal", "{}"),
            ("ben", "candidate.erase", own),
            ("ben", "opening.edit", '{"opening": "other"}'),
            ("ben", "interviewer.edit", '{"interviewer": "zoe"}'),
        ):
            assert firm.refused(login, append(actor, action, subject)), (login, actor, action)
    assert firm.refused("ben", "SELECT * FROM audit_salts")
    assert firm.refused("rita", "SELECT * FROM audit_salts")
    assert firm.refused("rita", "DELETE FROM audit_events")
    assert firm.refused("ben", "SELECT hiringkit_grant('ben', 'administrator', 'ben', '', 'x', '')")
    assert firm.refused("ben", "SELECT hiringkit_revoke('zoe', NULL)")
    assert firm.refused("ben", "SELECT hiringkit_apply('ben')")
    assert firm.sql("", "SELECT count(*), max(hash) FROM audit_events") == before
    assert firm("", "audit", "verify").code == 0


def test_votes_are_their_voters_alone_until_they_are_revealed(firm: Firm) -> None:
    for who in ("ada", "mei"):
        submit(firm, "ben", f"ops/{who}/ben", 2)
        submit(firm, "zoe", f"ops/{who}/zoe")
    assert firm("hugo", "decision", "open", "ops").code == 0
    criterion = firm.sql("", "SELECT criterion_id FROM decision_criteria ORDER BY position LIMIT 1")[0][0]

    def vote(login: str, *levels: str, verb: str = "vote") -> None:
        done = firm(login, "decision", verb, "ops", criterion, *levels, "--reason", "a sealed reason")
        assert done.code == 0, done.err

    vote("zoe", "ada=5", "mei=4")
    for login in ("ben", "ida", "rita", "hugo", "nemo"):
        assert "a sealed reason" not in everything(firm, login), login
        assert "decision_votes " not in everything(firm, login), login
        assert "decision.vote" not in everything(firm, login), login
    assert firm.sql("ben", "SELECT * FROM hiringkit_sealed('ops', 1)") == []
    assert firm.refused(
        "ben", f"INSERT INTO decision_records VALUES ('ops', 1, 9, 'reveal', 'x', 'ben', '{criterion}', 1, '', '')"
    )
    assert firm("ben", "decision", "reveal", "ops", criterion).code == 1
    vote("ben", "ada=2", "mei=4")
    assert firm.sql("zoe", "SELECT interview_id FROM hiringkit_sealed('ops', 1), scorecards LIMIT 1") != []
    assert firm.sql("zoe", "SELECT DISTINCT interviewer_id FROM decision_votes") == [("zoe",)]
    revealed = firm("zoe", "decision", "reveal", "ops", criterion)
    assert revealed.code == 0, revealed.err
    assert firm.sql("hugo", "SELECT count(*) FROM decision_votes") == [(4,)]
    assert firm.refused("zoe", "UPDATE decision_votes SET level = 1")
    vote("zoe", "ada=4", "mei=4", verb="revote")
    assert firm.sql("ben", "SELECT count(*) FROM decision_votes WHERE round = 2") == [(0,)]
    vote("ben", "ada=3", "mei=4", verb="revote")
    assert firm.sql("ben", "SELECT count(*) FROM decision_votes WHERE round = 2") == [(4,)]
    assert firm("", "audit", "verify").code == 0


def test_the_web_server_is_held_to_what_whoever_is_signed_in_may_see(firm: Firm) -> None:
    submit(firm, "zoe", "ops/ada/zoe")
    scorecards = "SELECT count(*) FROM scorecards"

    def acting(person: str) -> str:
        return f"SET LOCAL hiringkit.person = '{person}'"

    assert firm.sql("web", scorecards) == [(0,)]
    assert firm.sql("web", acting("recruiter:rita"), scorecards) == [(0,)]
    assert firm.sql("web", acting("zoe"), scorecards) == [(1,)]
    assert everything(firm, "web", acting("ben")).count("scorecard") == everything(firm, "ben").count("scorecard")
    assert firm.refused("web", acting("ben"), "UPDATE ratings SET level = 1")
    assert firm.refused("web", acting("ben"), "DELETE FROM interviews")
    assert firm.refused("web", "UPDATE interviews SET location = 'x'")


def test_an_interview_in_the_browser_under_the_servers_own_login(firm: Firm) -> None:
    left = f"{UNSAID}.\nWhat did the outage cost?"
    assert firm("zoe", "interview", "note", "--handover", "ops/ada/zoe", left).code == 0
    submit(firm, "zoe", "ops/ada/zoe")
    bugs: list[BaseException] = []
    with open_store(firm.url()) as store:
        admin = Actor("recruiter:olga", now)
        make_link(
            store,
            admin,
            "ben",
            token="t",  # noqa: S106 - a link of this test alone
            code="12345678",
            expires=timedelta(days=1),
            desk=True,
        )
    with open_store(firm.url("web")) as store:
        site = read_site("127.0.0.1:8080")
        key = serve_at(store, site.address, fresh_key="key")
        room = Room(store, site, now, key, "en", lambda: "login", bugs.append)
        headers = {"origin": site.address, "sec-fetch-site": "same-origin"}
        browser = TestClient(make_app(room), base_url=site.address, headers=headers, follow_redirects=False)

        assert browser.post("/link/t", data={"code": "87654321"}).status_code == 403
        assert browser.post("/link/t", data={"code": "12345678"}).status_code == 303
        page = browser.get("/")
        assert page.status_code == 200
        assert "Ada" in page.text
        for address in re.findall(r'href="(/[\w/-]+)"', page.text):
            assert UNSAID not in browser.get(address).text
        here = re.findall(r'href="(/interview/[\w-]+)', page.text)[0]
        question = browser.get(f"{here}/1").text
        assert "What did the outage cost?" in question
        assert UNSAID not in question
        version = re.findall(r'name="version" value="(\w+)"', question)[0]
        form = {"version": version, "rating": "4", "note": "hers", "go": "next"}
        assert browser.post(f"{here}/1", data=form).status_code == 303
        assert browser.post("/sign-out").status_code == 200
    assert firm.sql("", "SELECT interview_id, level FROM ratings WHERE evidence = 'hers'") == [("ops/ada/ben", 4)]
    assert firm("", "audit", "verify").code == 0
    assert bugs == []


def test_the_server_shows_interviewers_what_the_program_shows_them(firm: Firm) -> None:
    assert firm("", "interview", "schedule", "ops", "ada", "ida", "--question", "bottlenecks").code == 0
    steps = (("zoe", "ops/ada/zoe"), ("ben", "ops/mei/ben"), ("ben", "ops/ada/ben"), ("zoe", "ops/mei/zoe"))
    for login, interview in steps:
        submit(firm, login, interview)
        for viewer in ("ben", "zoe", "ida"):
            with open_store(firm.url()) as store, store.read() as tx:
                seen = [visible_opening(tx, viewer, each) for each in ("ops", "other")]
                shown = {each.id for one in seen for each in one.interviews() if each.scorecards}
            rows = {row[0] for row in firm.sql(viewer, "SELECT DISTINCT interview_id FROM scorecards")}
            member = {row[0] for row in firm.sql(viewer, "SELECT id FROM openings")}
            assert rows == {each for each in shown if each.partition("/")[0] in member}, (viewer, interview)


COMMANDS = (
    ("opening", "list"),
    ("opening", "show", "ops"),
    ("opening", "edit", "ops", "--title", "x"),
    ("opening", "close", "ops", "--yes"),
    ("opening", "create", "third", "--rubric", "sales-operations-manager"),
    ("candidate", "list", "ops"),
    ("candidate", "show", "ops", "ada"),
    ("candidate", "edit", "ops", "ada", "--name", "x"),
    ("candidate", "withdraw", "ops", "ada", "--reason", "x"),
    ("candidate", "add", "ops", "New"),
    ("candidate", "export-personal", "ops", "mei"),
    ("candidate", "hold", "ops", "mei", "--reason", "x"),
    ("candidate", "erase", "ops", "mei", "--yes"),
    ("candidate", "remove", "ops", "mei"),
    ("interviewer", "list"),
    ("interviewer", "show", "zoe"),
    ("interviewer", "add", "New"),
    ("interviewer", "edit", "zoe", "--name", "Zoé"),
    ("interviewer", "remove", "zoe"),
    ("interviewer", "link", "zoe"),
    ("interview", "list", "ops"),
    ("interview", "show", "ops/mei/zoe"),
    ("interview", "edit", "ops/mei/zoe", "--location", "x"),
    ("interview", "cancel", "ops/mei/zoe", "--reason", "x"),
    ("interview", "schedule", "ops", "mei", "ida", "--question", "bottlenecks"),
    ("interview", "rate", "ops/mei/zoe", "bottlenecks", "1"),
    ("interview", "rate", "ops/mei/zoe", "bottlenecks", "1", "--as", "zoe"),
    ("interview", "rate", "ops/mei/zoe", "bottlenecks", "1", "--as", "recruiter:zoe"),
    ("interview", "submit", "ops/mei/zoe", "--recommend", "no"),
    ("interview", "amend", "ops/ada/zoe", "bottlenecks", "1", "--reason", "x"),
    ("interview", "card", "ops/mei/zoe"),
    ("compare", "ops"),
    ("compare", "ops", "--as-of", "2026-01-01"),
    ("profile", "ops", "ada"),
    ("outstanding",),
    ("export", "ops"),
    ("raters", "ops"),
    ("next", "ops"),
    ("rubric", "drop-question", "ops", "bottlenecks", "--reason", "x"),
    ("decision", "open", "ops"),
    ("decision", "show", "ops"),
    ("audit", "log"),
    ("audit", "verify"),
    ("audit", "head"),
    ("db", "status"),
    ("db", "check"),
    ("db", "upgrade"),
    ("db", "who"),
    ("db", "grant", "zoe", "recruiter"),
    ("db", "revoke", "zoe"),
    ("db", "retention"),
    ("db", "backup", "x.db"),
)


@pytest.mark.parametrize("login", [name for name in LOGINS if name != "olga"])
def test_a_missing_right_is_one_sentence_in_every_command(
    firm: Firm, login: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    submit(firm, "zoe", "ops/ada/zoe")
    wrong = []
    for words in COMMANDS:
        done = firm(login, *words)
        said = sum(line.startswith("error:") for line in done.err.splitlines())
        tells = login not in ("zoe", "rita", "hugo") and UNSAID in done.out + done.err
        if done.code not in (0, 1) or said != done.code or tells or (login == "nemo" and not done.code):
            wrong.append((words, done.code, done.err))
    assert wrong == []
    if login != "rita":
        assert firm.sql("", "SELECT count(*), max(name) FROM candidates WHERE opening_id = 'ops'") == [(2, "Mei")]
    assert firm("", "audit", "verify").code == 0, firm("", "audit", "verify").err


def test_an_administrator_who_does_not_own_the_tables_does_everything_but_upgrade(firm: Firm, tmp_path: Path) -> None:
    submit(firm, "zoe", "ops/ada/zoe")
    for words in (
        ("db", "check"),
        ("db", "status"),
        ("audit", "verify"),
        ("db", "grant", "nemo", "recruiter"),
        ("db", "revoke", "nemo"),
        ("candidate", "erase", "ops", "ada", "--yes"),
        ("db", "copy", firm.url("olga"), str(tmp_path / "copy.db")),
        ("db", "check"),
    ):
        done = firm("olga", *words)
        assert done.code == 0, (words, done.err)
    assert firm("nemo", "opening", "list").code == 1


def test_no_login_reads_or_counts_what_candidates_said_of_themselves(firm: Firm, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("candidate,sex\nada,answer-one\nmei,answer-two\n", encoding="utf-8")
    done = firm("rita", "fairness", "ops", "--groups", str(people), "--keep")
    assert done.code == 0, done.err
    assert firm.sql("", "SELECT candidate_id, answer FROM demographic_answers ORDER BY 1") == [
        ("ada", "answer-one"),
        ("mei", "answer-two"),
    ]
    table = "demographic_answers"
    for login in LOGINS:
        for statement in (
            f"SELECT count(*) FROM {table}",
            f"TABLE {table}",
            f"EXPLAIN ANALYZE SELECT FROM {table} WHERE answer = 'answer-one'",
            f"INSERT INTO {table} VALUES ('ops', 'ada', 'sex', 'x') ON CONFLICT DO NOTHING RETURNING answer",
            f"UPDATE {table} SET answer = answer",
            f"DELETE FROM {table}",
            f"CREATE VIEW v_{login} AS TABLE {table}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                firm.sql(login, statement)
        assert firm.sql(login, f"SELECT count(*) FROM pg_stats WHERE tablename = '{table}'") == [(0,)]
        if login not in ("rita", "olga"):
            assert firm.refused(login, "SELECT hiringkit_forget_answers('ops')")
            assert firm.refused(login, "SELECT hiringkit_keep_answers('ops', '[]')")
            assert firm.sql(login, "SELECT * FROM hiringkit_answered('ops', 'ada')") == []
        if login not in ("", "olga"):
            assert firm.sql(login, "SELECT hiringkit_answers_kept()") == [(False,)]
        assert "answer-" not in everything(firm, login)
        done = firm(login, "fairness", "ops")
        assert (done.code, done.out) == (1, ""), (login, done.out)
    assert "owner of the database's tables alone" in firm("rita", "fairness", "ops").err
    assert firm("", "fairness", "ops").code == 0
    # an administrator who is not the owner checks and erases, and copies what can be read whole
    assert firm("olga", "db", "check").code == 0
    done = firm("olga", "db", "copy", firm.url("olga"), str(tmp_path / "copy.db"))
    assert (done.code, "only the owner" in done.err) == (1, True)
    assert firm("", "db", "copy", firm.url(), str(tmp_path / "owner.db")).code == 0
    done = firm("olga", "candidate", "erase", "ops", "ada", "--yes")
    assert (done.code, "The owner of the tables has them written anew" in " ".join(done.out.split())) == (0, True)
    done = firm("", "candidate", "erase", "ops", "erased-1", "--yes")
    assert (done.code, "written anew" in done.out) == (0, False)
    assert firm.sql("", f"SELECT candidate_id FROM {table}") == [("mei",)]
    assert firm("rita", "fairness", "ops", "--forget", "--yes").code == 0
    assert firm.sql("", f"SELECT count(*) FROM {table}") == [(0,)]
    assert firm("olga", "db", "copy", firm.url("olga"), str(tmp_path / "copy.db")).code == 0
    assert firm("", "audit", "verify").code == 0
