"""What row-level security costs: compare and the openings with PostgreSQL's rights beside the same without them.

    python benchmarks/rights.py SERVER [--openings 100] [--candidates 50] [--interviewers 4] [--questions 10]

SERVER is the URL of a PostgreSQL server and of a login that may create databases and logins there; a database is made
and dropped. Every candidate of every opening has a submitted scorecard of each interviewer, but for one candidate in
each tenth opening, whose interviews are all still to come. Each action is run as the owner of the tables, to whom
policies do not apply, as a recruiter and as an interviewer; printed are the best of warm runs, the processor that they
took, and whether the plans of what is read by opening use an index.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
import psycopg
from sqlalchemy import make_url

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import compare_opening
from hiringkit.actions.logins import grant_login
from hiringkit.actions.openings import create_opening, openings_overview
from hiringkit.actions.scores import ScoringOptions
from hiringkit.actions.visibility import visible_opening
from hiringkit.domain.access import LoginRole
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings
from hiringkit.store.store import Store, open_store

NAME = "hiringkit_rights_benchmark"
ROUNDS = 2
NOW = "2026-01-05T09:00:00.000000+00:00"
FILL = """
INSERT INTO openings (id, title, rubric, version, digest, rubric_text, created_at)
    SELECT 'o' || n, 'Opening ' || n, rubric, version, digest, rubric_text, created_at
    FROM openings, generate_series(1, %(openings)s - 1) n WHERE id = 'o0';
INSERT INTO interviewers (id, position, name, email)
    SELECT 'i' || n, n, 'Interviewer ' || n, '' FROM generate_series(0, %(interviewers)s - 1) n;
INSERT INTO candidates (opening_id, id, position, name, email, note)
    SELECT o.id, 'c' || n, n, 'Candidate ' || n, '', '' FROM openings o, generate_series(0, %(candidates)s - 1) n;
INSERT INTO interviews (id, opening_id, candidate_id, interviewer_id, state, created_at)
    SELECT c.opening_id || '/' || c.id || '/' || i.id, c.opening_id, c.id, i.id,
        CASE WHEN c.id = 'c1' AND right(c.opening_id, 1) = '0' THEN 'scheduled' ELSE 'submitted' END, %(now)s
    FROM candidates c, interviewers i;
INSERT INTO kit_questions (interview_id, question_id, position)
    SELECT i.id, q.id, q.n FROM interviews i, unnest(%(questions)s::text[]) WITH ORDINALITY AS q (id, n);
INSERT INTO scorecards (interview_id, number, submitted_at, recommendation, summary, reason)
    SELECT id, 1, %(now)s, 'yes', '', '' FROM interviews WHERE state = 'submitted';
INSERT INTO scorecard_ratings (interview_id, number, question_id, level, evidence, probes, rated_at)
    SELECT interview_id, 1, question_id, 1 + abs(hashtext(interview_id || question_id)) %% 5, 'said so', '', %(now)s
    FROM kit_questions JOIN scorecards USING (interview_id);
INSERT INTO ratings (interview_id, question_id, level, evidence, probes, rated_at)
    SELECT interview_id, question_id, level, evidence, probes, rated_at FROM scorecard_ratings;
"""
PLANS = {
    "interviews of an opening": "SELECT * FROM interviews WHERE opening_id = 'o0'",
    "candidates of an opening": "SELECT * FROM candidates WHERE opening_id = 'o0'",
    "its ratings": (
        "SELECT r.level FROM interviews i JOIN scorecard_ratings r ON r.interview_id = i.id WHERE i.opening_id = 'o0'"
    ),
    "its events": "SELECT * FROM audit_events WHERE sequence > 5 ORDER BY sequence LIMIT 20",
}


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def processor(pid: int) -> float:
    """Return the processor seconds of a process."""
    user, system = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def told(name: str, store: Store, run: Callable[[], object]) -> None:
    """Print the best time of warm runs, and the processor that the program and the server took on average."""
    run()
    with store.read() as tx:
        pid = int(tx.exec_driver_sql("SELECT pg_backend_pid()").scalar() or 0)
    taken, before = [], (time.process_time(), processor(pid))
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        taken.append((time.perf_counter() - begun) * 1000)
    after = (time.process_time(), processor(pid))
    here, there = ((now - then) / ROUNDS * 1000 for now, then in zip(after, before, strict=True))
    print(f"  {name:34} {min(taken):7.0f} ms   processor {here:5.0f} ms here, {there:5.0f} ms the server")


def measure(name: str, store: Store, who: str) -> None:
    """Print what the actions take for one login."""
    actor = Actor(who, now)

    def read() -> None:
        with store.read() as tx:
            seen = visible_opening(tx, who, "o0")
            if not seen.ratings:
                raise SystemExit("nothing is to be seen")

    print(name)
    told("ratings of an opening, read", store, read)
    told("compare, read and scored", store, lambda: compare_opening(store, actor, "o0", ScoringOptions()))
    told("all openings with what is owed", store, lambda: openings_overview(store, actor))


def explain(url: str) -> None:
    """Print whether plans under the policies read whole tables."""
    with psycopg.connect(url) as connection:
        for name, statement in PLANS.items():
            plan = "\n".join(str(row[0]) for row in connection.execute(f"EXPLAIN {statement}"))
            whole = [line.strip() for line in plan.splitlines() if "Seq Scan" in line]
            print(f"{name:28} {whole or 'index'}")


@click.command(help=__doc__)
@click.argument("server")
@click.option("--openings", default=100, show_default=True)
@click.option("--candidates", default=50, show_default=True)
@click.option("--interviewers", default=4, show_default=True)
@click.option("--questions", default=10, show_default=True)
def main(server: str, openings: int, candidates: int, interviewers: int, questions: int) -> None:
    """Run it."""
    address = make_url(server).set(drivername="postgresql")

    def url(login: str | None = None, database: str | None = NAME) -> str:
        here = address.set(database=database, username=login or address.username)
        return here.render_as_string(hide_password=False)

    with psycopg.connect(url(database=address.database), autocommit=True) as root:
        root.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        root.execute(f"CREATE DATABASE {NAME}")
        for login in ("bench_recruiter", "bench_interviewer"):
            root.execute(f"DROP ROLE IF EXISTS {login}")
            root.execute(f"CREATE ROLE {login} LOGIN")
    owner = Actor("", now)
    with open_store(url(), create=True) as store:
        create_opening(store, Library(load_settings({}, {}).roots), owner, "o0", "sales-operations-manager")
        rubric_questions = [
            "bottlenecks",
            "forecast-miss",
            "deal-desk",
            "large-data",
            "process-resistance",
            "ramp-time",
            "pipeline-leak",
            "live-view",
            "hub-conflict",
            "two-truths",
            "crm-neglect",
            "tool-criteria",
        ][:questions]
        with psycopg.connect(url()) as connection:
            for statement in FILL.split(";\n"):
                if statement.strip():
                    sizes = {"now": NOW, "openings": openings, "candidates": candidates, "interviewers": interviewers}
                    connection.execute(statement, {**sizes, "questions": rubric_questions})
        with psycopg.connect(url(), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        grant_login(store, owner, "bench_recruiter", LoginRole.RECRUITER)
        grant_login(store, owner, "bench_interviewer", LoginRole.INTERVIEWER, interviewer="i0")
        ratings = openings * candidates * interviewers * questions
        print(f"{ratings:,} submitted ratings, {openings * candidates:,} candidates in {openings:,} openings")
        measure("owner", store, "")
    for login, who in (("bench_recruiter", "recruiter:bench_recruiter"), ("bench_interviewer", "i0")):
        with open_store(url(login)) as store:
            measure(login.removeprefix("bench_"), store, who)
    explain(url("bench_recruiter"))
    with psycopg.connect(url(database=address.database), autocommit=True) as root:
        root.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
        root.execute("DROP ROLE bench_recruiter, bench_interviewer")


if __name__ == "__main__":
    main()
