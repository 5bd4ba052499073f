"""Copies of a store: whole, checked, private and over nothing."""

import os
import sqlite3
import stat
from datetime import datetime
from pathlib import Path

import pytest

from hiringkit.errors import Refused, StoreUnreachable
from hiringkit.store import audit, interviews, migrate, openings
from hiringkit.store.store import Store, open_store


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backup 备份.db"


def test_a_backup_is_a_whole_private_store(panel_file: Path, target: Path) -> None:
    with open_store(str(panel_file)) as store:
        migrate.back_up(store, target)
        with store.read() as tx:
            expected = interviews.of_opening(tx, "ops")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with open_store(str(target)) as copy, copy.read() as tx:
        assert interviews.of_opening(tx, "ops") == expected
        assert openings.rubric_text(tx, "ops") == "hiringkit: rubric/1\n"


def test_a_backup_is_one_file_that_a_read_only_disk_can_carry(panel_file: Path, target: Path) -> None:
    with open_store(str(panel_file)) as store:
        migrate.back_up(store, target)
    assert sorted(file.name for file in target.parent.iterdir()) == [target.name, panel_file.name]
    with sqlite3.connect(f"file:{target}?mode=ro&immutable=1", uri=True) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def test_a_backup_holds_what_is_not_yet_in_the_main_file(panel_file: Path, target: Path, now: datetime) -> None:
    with open_store(str(panel_file)) as store:
        with store.write() as tx:
            audit.append(tx, now, "zoe", "x", {}, {})
        with store.write() as tx:
            audit.append(tx, now, "zoe", "not yet committed", {}, {})
            migrate.back_up(store, target)
    with open_store(str(target)) as copy, copy.read() as tx:
        assert [event.action for event in audit.events(tx)] == ["x"]


def test_a_backup_does_not_overwrite(panel_file: Path, target: Path) -> None:
    target.write_text("kept")
    with open_store(str(panel_file)) as store:
        with pytest.raises(Refused, match="exists already"):
            migrate.back_up(store, target)
        for taken in (panel_file, panel_file.parent, Path()):
            with pytest.raises(Refused, match="exists already"):
                migrate.back_up(store, taken)
    assert target.read_text() == "kept"


def test_a_backup_into_a_folder_that_is_not_there_is_reported(panel_file: Path, target: Path) -> None:
    with (
        open_store(str(panel_file)) as store,
        pytest.raises(StoreUnreachable, match="no such file or directory"),
    ):
        migrate.back_up(store, target / "copy.db")


def test_a_damaged_store_makes_no_backup(panel_file: Path, target: Path) -> None:
    with open_store(str(panel_file)) as store:
        with store.read() as tx:
            query = "SELECT rootpage FROM sqlite_master WHERE name = 'interviews'"
            root = tx.exec_driver_sql(query).scalar_one()
        content = bytearray(panel_file.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = os.urandom(4096)
    panel_file.write_bytes(content)
    with open_store(str(panel_file)) as store, pytest.raises(Refused, match="damaged"):
        migrate.back_up(store, target)
    assert [file.name for file in target.parent.iterdir() if "backup" in file.name] == []


def test_a_copy_that_does_not_pass_the_check_is_not_kept(panel_file: Path, target: Path) -> None:
    with sqlite3.connect(panel_file) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE interviews SET state = 'lost'")
    connection.close()
    with open_store(str(panel_file)) as store, pytest.raises(Refused, match="integrity check"):
        migrate.back_up(store, target)
    assert [file.name for file in target.parent.iterdir() if "backup" in file.name] == []


def test_postgresql_is_backed_up_by_its_own_program(store: Store, target: Path) -> None:
    if store.path:
        pytest.skip("a file")
    with pytest.raises(Refused, match="not a file") as caught:
        migrate.back_up(store, target)
    assert "pg_dump" in caught.value.hint
