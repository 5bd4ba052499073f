"""Migrations and backups."""

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from alembic import command as alembic_command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from hiringkit.errors import Refused, StoreUnreachable
from hiringkit.store import audit, interviews, migrate
from hiringkit.store.place import parse_place
from hiringkit.store.revisions import HEAD, REVISIONS
from hiringkit.store.store import NoStore, Store, Transaction, make_engine, open_store, transaction
from hiringkit.store.tables import metadata

ADD_A_COLUMN = f"""
from alembic import op
import sqlalchemy as sa

revision = "9001"
down_revision = "{HEAD}"


def upgrade() -> None:
    with op.batch_alter_table("interviews", recreate="always" if RECREATE else "auto") as table:
        table.add_column(sa.Column("room", sa.Text))
"""
FAIL_HALFWAY = """
from alembic import op

revision = "9002"
down_revision = "9001"


def upgrade() -> None:
    op.execute("DELETE FROM ratings")
    op.execute("UPDATE openings SET title = 'lost'")
    raise RuntimeError("halfway")
"""
LEAVE_ORPHANS = """
from alembic import op

revision = "9001"
down_revision = "HEAD"


def upgrade() -> None:
    op.execute("DELETE FROM candidates")
""".replace("HEAD", HEAD)


@pytest.fixture
def scripts(tmp_path: Path) -> Callable[..., Path]:
    """Copy the shipped migrations and add these."""

    def copied(*added: str) -> Path:
        folder = tmp_path / "100% migrations"
        shutil.copytree(migrate.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        for number, script in enumerate(added, 9001):
            (folder / "versions" / f"{number:04}_added.py").write_text(script)
        return folder

    return copied


def titles(where: str | Path) -> list[str]:
    with sqlite3.connect(where) as connection:
        found = [title for (title,) in connection.execute("SELECT title FROM openings")]
    connection.close()
    return found


def schema(tx: Connection) -> dict[str, Any]:
    """Reflect everything that a database says of its tables but Alembic's own."""
    inspector = inspect(tx)
    return {
        table: {
            "columns": [column | {"type": str(column["type"])} for column in inspector.get_columns(table)],
            "primary key": inspector.get_pk_constraint(table),
            "foreign keys": sorted(inspector.get_foreign_keys(table), key=str),
            "unique": sorted(inspector.get_unique_constraints(table), key=str),
            "checks": sorted(inspector.get_check_constraints(table), key=str),
            "indexes": sorted(inspector.get_indexes(table), key=str),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_the_scripts_are_the_revisions_that_the_program_knows() -> None:
    directory = ScriptDirectory(str(migrate.SCRIPTS))
    assert tuple(script.revision for script in reversed(list(directory.walk_revisions()))) == REVISIONS
    assert directory.get_current_head() == HEAD


def test_migrating_from_nothing_makes_exactly_the_tables_of_the_program(where: str, store: Store) -> None:
    if store.path is None:
        with store.write() as tx:
            # what only a server has: a table, and functions that return rows of others
            tx.exec_driver_sql("DROP TABLE logins")
            for name in ("ratings", "scorecards", "scorecard_ratings", "interviews", "owed_interviews", "candidates"):
                tx.exec_driver_sql(f"DROP FUNCTION hiringkit_{name}")
    with store.read() as tx:
        migrated = schema(tx)
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []
    with store.write() as tx:
        tx.exec_driver_sql("DROP TABLE alembic_version")
        metadata.drop_all(tx)
        assert schema(tx) == {}
        metadata.create_all(tx)
        assert schema(tx) == migrated
    assert sorted(migrated) == sorted(metadata.tables)
    assert len(migrated["ratings"]["checks"]) == 2, "what is compared is really there"


def test_the_status_of_a_store_that_is_up_to_date(panel_file: Path) -> None:
    status = migrate.status(str(panel_file))
    assert (status.current, status.head, status.up_to_date, status.pending) == (HEAD, HEAD, True, ())
    assert (status.where, status.path) == (str(panel_file), panel_file)
    assert status.size == panel_file.stat().st_size > 0


def test_what_is_written_ahead_counts_towards_the_size(panel_file: Path, now: datetime) -> None:
    with open_store(str(panel_file)) as store:
        with store.write() as tx:
            audit.append(tx, now, "zoe", "x", {}, {"text": "x" * 50_000})
        size = migrate.status(str(panel_file)).size
    assert size is not None
    assert size > 150_000


def test_the_status_of_a_server_has_no_file(where: str, store: Store) -> None:
    status = migrate.status(where)
    assert (status.current, status.up_to_date) == (HEAD, True)
    assert (status.path is None) == (status.size is None) == (store.path is None)


def test_the_status_of_an_empty_file_is_that_everything_is_pending(path: Path) -> None:
    path.touch()
    status = migrate.status(str(path))
    assert (status.current, status.up_to_date, status.pending) == (None, False, REVISIONS)


def test_the_status_of_nothing_and_of_another_programs_file_is_refused(path: Path) -> None:
    with pytest.raises(NoStore):
        migrate.status(str(path))
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")
    connection.close()
    with pytest.raises(Refused, match="is not a hiringkit database"):
        migrate.status(str(path))
    path.write_text("candidate,interviewer\n")
    with pytest.raises(Refused, match="is not a hiringkit database"):
        migrate.status(str(path))


def test_the_status_of_a_newer_database_names_its_revision(panel_file: Path, scripts: Callable[..., Path]) -> None:
    migrate.upgrade(str(panel_file), scripts=scripts(ADD_A_COLUMN.replace("RECREATE", "False")))
    status = migrate.status(str(panel_file))
    assert (status.current, status.up_to_date, status.pending) == ("9001", False, ())


def test_there_is_nothing_to_do_for_a_store_that_is_up_to_date(where: str, store: Store) -> None:
    assert migrate.upgrade(where) == []
    if store.path:
        assert not Path(f"{store.path}.bak-{HEAD}").exists()


@pytest.mark.slow
def test_an_empty_file_gets_its_tables(path: Path) -> None:
    path.touch()
    assert migrate.upgrade(str(path)) == list(REVISIONS)
    open_store(str(path)).close()


@pytest.mark.parametrize("recreate", ["False", "True"])
def test_an_upgrade_keeps_the_data_and_a_copy_from_before_it(
    panel_file: Path, scripts: Callable[..., Path], recreate: str
) -> None:
    folder = scripts(ADD_A_COLUMN.replace("RECREATE", recreate))
    assert migrate.upgrade(str(panel_file), scripts=folder) == ["9001"]
    backup = Path(f"{panel_file}.bak-{HEAD}")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert migrate.status(str(backup)).current == HEAD
    for file, columns in ((panel_file, 15), (backup, 14)):
        with sqlite3.connect(file) as connection:
            rows = connection.execute("SELECT * FROM interviews").fetchall()
        connection.close()
        assert (len(rows), len(rows[0])) == (4, columns)
    with pytest.raises(Refused, match="newer"):
        open_store(str(panel_file))


def test_a_step_that_fails_leaves_the_database_as_before_it(panel_file: Path, scripts: Callable[..., Path]) -> None:
    folder = scripts(ADD_A_COLUMN.replace("RECREATE", "False"), FAIL_HALFWAY)
    with pytest.raises(RuntimeError, match="halfway"):
        migrate.upgrade(str(panel_file), scripts=folder)
    assert migrate.status(str(panel_file)).current == "9001", "the step before it is done"
    assert titles(panel_file) == ["Operations"]
    (folder / "versions" / "9002_added.py").write_text(FAIL_HALFWAY.replace("raise ", "pass  # "))
    assert migrate.upgrade(str(panel_file), scripts=folder) == ["9002"]
    assert titles(panel_file) == ["lost"]
    assert titles(f"{panel_file}.bak-9001") == ["Operations"]


def test_an_earlier_copy_is_never_overwritten(panel_file: Path, scripts: Callable[..., Path]) -> None:
    earlier = Path(f"{panel_file}.bak-{HEAD}")
    earlier.write_text("kept")
    migrate.upgrade(str(panel_file), scripts=scripts(ADD_A_COLUMN.replace("RECREATE", "False")))
    assert earlier.read_text() == "kept"
    assert migrate.status(f"{earlier}-2").current == HEAD


def test_a_step_that_would_leave_orphans_is_refused(panel_file: Path, scripts: Callable[..., Path]) -> None:
    with pytest.raises(Refused, match="would leave rows of interviews that refer to nothing"):
        migrate.upgrade(str(panel_file), scripts=scripts(LEAVE_ORPHANS))
    with open_store(str(panel_file)) as store, store.read() as tx:
        assert len(interviews.of_opening(tx, "ops")) == 4


def test_a_newer_database_is_not_upgraded(panel_file: Path, scripts: Callable[..., Path]) -> None:
    migrate.upgrade(str(panel_file), scripts=scripts(ADD_A_COLUMN.replace("RECREATE", "False")))
    with pytest.raises(Refused, match="newer"):
        migrate.upgrade(str(panel_file))


def test_nothing_a_folder_and_another_programs_file_are_not_upgraded(path: Path) -> None:
    with pytest.raises(Refused, match="is not a hiringkit database"):
        migrate.upgrade(str(path.parent))
    with pytest.raises(NoStore):
        migrate.upgrade(str(path))
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")
    connection.close()
    with pytest.raises(Refused, match="is not a hiringkit database"):
        migrate.upgrade(str(path))


def test_a_locked_database_is_not_upgraded(panel_file: Path, scripts: Callable[..., Path]) -> None:
    engine = make_engine(parse_place(str(panel_file)), busy_timeout=0.05)
    other = sqlite3.connect(panel_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnreachable), transaction(engine, Transaction.WRITE, "x"):
        pass
    other.close()
    engine.dispose()
    assert migrate.upgrade(str(panel_file), scripts=scripts()) == []


def old_log(path: Path, *, broken: bool = False) -> tuple[str, str]:
    """Make a database as it was before the log kept states; return the last event's hash and the first's."""
    engine = make_engine(parse_place(str(path)), foreign_keys=False)
    for revision in REVISIONS[: REVISIONS.index("0012")]:
        with transaction(engine, Transaction.WRITE, str(path)) as tx:
            config = Config()
            config.set_main_option("script_location", str(migrate.SCRIPTS).replace("%", "%%"))
            config.attributes["connection"] = tx
            alembic_command.upgrade(config, revision)
    engine.dispose()
    previous, hashes = audit.GENESIS, []
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO openings (id, title, rubric, version, digest, rubric_text, created_at)"
            " VALUES ('ops', 'Ops', 'r', '1.0.0', 'sha256:0', 'x', '2026-03-02T09:30:00.000000+00:00')"
        )
        connection.execute(
            "INSERT INTO candidates (opening_id, id, position, name, email, note) VALUES ('ops','mei',0,'Mei','','')"
        )
        events = [("opening.create", {"opening": "ops"}), ("candidate.add", {"candidate": "mei", "opening": "ops"})]
        for sequence, (action, subject) in enumerate(events, 1):
            written = json.dumps(subject, sort_keys=True, separators=(",", ":"))
            content = [sequence, "2026-03-02T09:30:00.000000+00:00", "zoe", action, written, "{}", previous]
            digest = sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()
            connection.execute("INSERT INTO audit_events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [*content, digest])
            previous = digest
            hashes.append(digest)
        if broken:
            connection.execute("UPDATE audit_events SET actor = 'ben' WHERE sequence = 2")
    connection.close()
    return hashes[-1], hashes[0]


@pytest.mark.slow
def test_a_log_from_before_states_is_chained_anew_and_vouches_for_what_is_there(path: Path) -> None:
    path.touch()
    last, first = old_log(path)
    assert migrate.upgrade(str(path))[0] == "0012"
    with open_store(str(path)) as store, store.write() as tx:
        assert audit.verify(tx) == []
        assert audit.verify_head(tx, 2, last) == audit.verify_head(tx, 1, first) == []
        assert [each.code for each in audit.verify_head(tx, 2, first)] == ["audit-head"]
        actions = [event.action for event in audit.events(tx)]
        assert actions == ["opening.create", "candidate.add", "database.chain", "database.seal", "database.seal"]
        tx.exec_driver_sql("UPDATE candidates SET name = 'Eve'")
        assert [each.code for each in audit.verify(tx)] == ["audit-state"]
    assert migrate.upgrade(str(path)) == []


@pytest.mark.slow
def test_a_log_that_was_broken_before_stays_broken(path: Path) -> None:
    path.touch()
    old_log(path, broken=True)
    migrate.upgrade(str(path))
    with open_store(str(path)) as store, store.read() as tx:
        assert [(each.code, each.path) for each in audit.verify(tx)] == [("audit-broken", "$[2]")]
