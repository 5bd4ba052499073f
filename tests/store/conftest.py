"""Stores for the tests: real files, and a real PostgreSQL where the pgserver wheel is installed."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from hiringkit.domain.interview import Interview, Opening
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.store import interviews, openings, people
from hiringkit.store.store import Store, open_store

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KIT = ("process-resistance", "bottlenecks", "bad-data")

_names = count()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store may be made."""
    return tmp_path / "hiringkit.db"


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server of our own."""
    pgserver: Any = pytest.importorskip("pgserver", reason="PostgreSQL is tested with the pgserver wheel")
    pytest.importorskip("psycopg", reason="PostgreSQL is tested with psycopg")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pgserver.get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop")
    yield server
    server.cleanup()


@pytest.fixture
def postgresql(postgresql_server: Any) -> str:
    """The URL of the server, without a database; it runs, whatever became of it in an earlier test."""
    postgresql_server.ensure_postgres_running()
    return str(postgresql_server.get_uri())


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def where(request: pytest.FixtureRequest, path: Path) -> str:
    """A place for a new store, of each kind."""
    if request.param == "sqlite":
        return str(path)
    return _new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def store(where: str, path: Path, empty: Path) -> Iterator[Store]:
    """A new, empty store of each kind."""
    if where == str(path):
        shutil.copy2(empty, path)
    with open_store(where, create=True) as made:
        yield made


@pytest.fixture
def fill(now: datetime) -> Callable[[Store], None]:
    """Put an opening with two candidates, two interviewers and their four interviews into a store."""

    def filled(store: Store) -> None:
        with store.write() as tx:
            opening = Opening("ops", "Operations", "sales-operations-manager", "1.0.0", "sha256:0", now)
            openings.insert(tx, opening, "hiringkit: rubric/1\n")
            people.insert_candidates(tx, "ops", [Candidate("mei", "陈美"), Candidate("ada", "Ada")])
            people.insert_interviewers(tx, [Interviewer("zoe", "Zoe", "Zoe@Example.org"), Interviewer("ben", "Ben")])
            planned = [
                Interview(f"{candidate}-{interviewer}", "ops", candidate, interviewer, KIT)
                for interviewer in ("ben", "zoe")
                for candidate in ("ada", "mei")
            ]
            interviews.insert(tx, planned, now)

    return filled


@pytest.fixture
def panel(store: Store, fill: Callable[[Store], None]) -> Store:
    """A store of each kind with an opening in it."""
    fill(store)
    return store


@pytest.fixture
def panel_file(path: Path, empty: Path, fill: Callable[[Store], None]) -> Path:
    """The file of a closed SQLite store with an opening in it."""
    shutil.copy2(empty, path)
    with open_store(str(path)) as store:
        fill(store)
    return path


def _new_database(server: str) -> str:
    url = sqlalchemy.make_url(server).set(drivername="postgresql+psycopg")
    name = f"hiringkit_{next(_names)}"
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
