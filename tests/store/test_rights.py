"""What PostgreSQL itself lets each login see and do: every table, statement by statement, and the program's commands.

Everybody here is invented.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from attrs import frozen
from sqlalchemy import make_url

from hiringkit.cli.main import run
from hiringkit.store import tables as t
from hiringkit.store.store import open_store

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
SECRET = "she said that nobody may know"
QUESTIONS = ("bottlenecks", "forecast-miss")
_names = count()


@frozen
class Firm:
    """A database on a server with a login for each role."""

    server: str
    database: str
    prefix: str
    """Logins are the server's: this keeps those of one test apart."""
    call: Callable[..., "Done"]

    def url(self, login: str = "") -> str:
        url = make_url(self.server).set(drivername="postgresql", database=self.database)
        return url.set(username=self.login(login) if login else url.username).render_as_string(hide_password=False)

    def login(self, name: str) -> str:
        return f"{self.prefix}_{name}"

    def connect(self, login: str = "") -> "psycopg.Connection[Any]":
        return psycopg.connect(self.url(login).replace("postgresql+psycopg", "postgresql"))

    def sql(self, login: str, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements in one transaction as a login, commit, and return the rows of the last one."""
        with self.connect(login) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def refused(self, login: str, *statements: str) -> bool:
        """Return whether the server refuses statements, or they find nothing to change."""
        try:
            with self.connect(login) as connection:
                return not sum(max(connection.execute(statement).rowcount, 0) for statement in statements)
        except psycopg.Error:
            return True

    def __call__(self, login: str, *words: str) -> "Done":
        """Run a command as a login."""
        return self.call("--db", self.url(login), *words)


@frozen
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    def called(*words: str) -> Done:
        capsys.readouterr()
        place, url, *rest = words
        code = run([*rest, place, url])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return called


@pytest.fixture
def firm(postgresql: str, call: Callable[..., Done]) -> Iterator[Firm]:
    """Two openings; ada and mei are interviewed for the first by ben and zoe, and bo for the second by ida."""
    prefix = f"firm{next(_names)}"
    made = Firm(postgresql, prefix, prefix, call)
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {prefix}")
        for login in LOGINS:
            connection.execute(f"CREATE ROLE {made.login(login)} LOGIN")
    try:
        for words in (
            ("opening", "create", "ops", "--rubric", "sales-operations-manager"),
            ("opening", "create", "other", "--rubric", "sales-operations-manager"),
            ("candidate", "add", "ops", "Ada"),
            ("candidate", "add", "ops", "Mei"),
            ("candidate", "add", "other", "Bo"),
            *(("interviewer", "add", name.title(), "--email", f"{name}@example.org") for name in ("ben", "zoe", "ida")),
            *(
                ("interview", "schedule", opening, who, by, *(w for q in QUESTIONS for w in ("--question", q)))
                for opening, who, by in (
                    ("ops", "ada", "ben"),
                    ("ops", "ada", "zoe"),
                    ("ops", "mei", "ben"),
                    ("ops", "mei", "zoe"),
                    ("other", "bo", "ida"),
                )
            ),
            *(
                ("db", "grant", made.login(login), role, *(("--interviewer", login) if role == "interviewer" else ()))
                for login, role in LOGINS.items()
                if role
            ),
        ):
            done = made("", *words)
            assert done.code == 0, (words, done.err)
        yield made
    finally:
        with psycopg.connect(postgresql, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {prefix} WITH (FORCE)")
            for login in LOGINS:
                connection.execute(f"DROP ROLE {made.login(login)}")


def submit(firm: Firm, login: str, interview: str, level: int = 5) -> None:
    """Rate every question of an interview by the program, and submit it, as a login."""
    for question in QUESTIONS:
        assert firm(login, "interview", "rate", interview, question, str(level), "--evidence", SECRET).code == 0
    done = firm(login, "interview", "submit", interview, "--recommendation", "yes", "--summary", SECRET)
    assert done.code == 0, done.err


def test_every_table_is_guarded(firm: Firm) -> None:
    rows = firm.sql("", "SELECT relname, relrowsecurity FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace")
    guarded = {name for name, secure in rows if secure}

    assert guarded >= set(t.metadata.tables)
    assert {name for name, _ in rows} - guarded == {"alembic_version"}


def test_try(firm: Firm) -> None:
    submit(firm, "zoe", "ops/ada/zoe")
    print(firm.sql("ben", "SELECT * FROM scorecards"), firm.sql("ben", "SELECT id, state FROM interviews"))
    print(firm("ben", "compare", "ops"))
    submit(firm, "ben", "ops/ada/ben", 2)
    print(firm.sql("ben", "SELECT * FROM scorecards"), firm.sql("ben", "SELECT * FROM scorecard_ratings"))
    print(firm("ben", "compare", "ops"))
    print(firm("", "db", "check"))
    print(firm("", "db", "who"))
    print(firm("ben", "db", "who"))
    print(firm("nemo", "db", "who"))
    print(firm("olga", "db", "check"))
    print(firm("ben", "db", "check"))
