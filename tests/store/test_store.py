"""Opening a store, and reading and writing it in transactions."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from hiringkit.domain.interview import Opening
from hiringkit.errors import Refused, StoreUnreachable, UsageProblem
from hiringkit.store import openings
from hiringkit.store.place import parse_place
from hiringkit.store.revisions import HEAD, REVISIONS
from hiringkit.store.store import NoStore, Store, open_store


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def an_opening(now: datetime, opening_id: str = "ops") -> Opening:
    return Opening(opening_id, "Operations", "sales-operations-manager", "1.0.0", "sha256:0", now)


def ids(store: Store) -> list[str]:
    with store.read() as tx:
        return [opening.id for opening in openings.every(tx)]


# Making and finding


def test_a_store_that_is_not_there_is_not_made_by_looking(path: Path) -> None:
    with pytest.raises(NoStore) as caught:
        open_store(str(path))
    assert str(path) in caught.value.message
    assert caught.value.hint == "hiringkit opening create … makes one, hiringkit demo shows one"
    assert caught.value.exit_code == 1
    assert not path.exists()


@pytest.mark.slow
def test_a_new_store_can_be_read_and_written_and_opened_again(where: str, now: datetime) -> None:
    with open_store(where, create=True) as store, store.write() as tx:
        openings.insert(tx, an_opening(now), "text")
    with open_store(where) as store:
        assert ids(store) == ["ops"]


def test_asking_again_to_make_a_store_opens_the_one_that_is_there(panel_file: Path) -> None:
    with open_store(str(panel_file), create=True) as store:
        assert ids(store) == ["ops"]


@pytest.mark.slow
def test_an_empty_file_is_no_store_until_one_is_made_of_it(path: Path) -> None:
    path.touch()
    with pytest.raises(NoStore):
        open_store(str(path))
    with open_store(str(path), create=True) as store:
        assert ids(store) == []


@pytest.mark.slow
def test_only_the_owner_may_look_into_the_file_its_companions_and_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "hiringkit.db"
    with open_store(str(path), create=True) as store, store.write():
        companions = [path, Path(f"{path}-wal"), Path(f"{path}-shm")]
        assert [mode(file) for file in companions] == [0o600, 0o600, 0o600]
    assert [mode(path.parent), mode(path.parent.parent)] == [0o700, 0o700]


@pytest.mark.slow
def test_a_link_that_leads_nowhere_makes_a_private_file_where_it_points(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    open_store(str(tmp_path / "link.db"), create=True).close()
    assert mode(tmp_path / "real.db") == 0o600


def test_closing_leaves_one_file_with_everything_in_it(panel_file: Path) -> None:
    assert [file.name for file in panel_file.parent.iterdir()] == [panel_file.name]


@pytest.mark.slow
def test_the_address_is_printable(where: str) -> None:
    with open_store(where, create=True) as store:
        assert store.where == parse_place(where).shown


@pytest.mark.slow
def test_making_a_store_at_the_same_moment_twice_makes_one(path: Path) -> None:
    script = "import sys; from hiringkit.store.store import open_store;open_store(sys.argv[1], create=True).close()"
    makers = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(3)]
    assert [maker.wait(timeout=60) for maker in makers] == [0, 0, 0]
    with open_store(str(path)) as store:
        assert ids(store) == []


# What SQLite is told


def test_sqlite_writes_ahead_syncs_every_commit_and_checks_references(panel_file: Path) -> None:
    with open_store(str(panel_file), busy_timeout=1.5) as store, store.write() as tx:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [tx.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in pragmas]
    full = 2
    assert found == ["wal", full, 1, 1500]


def test_a_store_waits_five_seconds_for_another_writer_unless_told_otherwise(panel_file: Path) -> None:
    with open_store(str(panel_file)) as store, store.read() as tx:
        assert tx.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000


def test_a_store_that_came_from_a_backup_writes_ahead_again(panel_file: Path) -> None:
    with sqlite3.connect(panel_file) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    with open_store(str(panel_file)) as store, store.read() as tx:
        assert tx.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


# Transactions


def test_what_was_written_is_there_when_the_block_ends(store: Store, now: datetime) -> None:
    with store.write() as tx:
        openings.insert(tx, an_opening(now), "text")
    assert ids(store) == ["ops"]


def test_an_exception_undoes_the_whole_block(store: Store, now: datetime) -> None:
    def interrupted() -> None:
        with store.write() as tx:
            openings.insert(tx, an_opening(now), "text")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert ids(store) == []


def test_a_reader_sees_one_state_throughout(store: Store, now: datetime) -> None:
    with store.read() as before:
        assert openings.every(before) == ()
        with store.write() as tx:
            openings.insert(tx, an_opening(now), "text")
        assert openings.every(before) == ()
    assert ids(store) == ["ops"]


def test_writers_who_wait_for_their_turn_keep_nobody_from_reading(panel_file: Path, now: datetime) -> None:
    names = [f"opening-{n}" for n in range(20)]
    with open_store(str(panel_file)) as store, ThreadPoolExecutor(len(names)) as pool:
        asked = Barrier(len(names) + 1)

        def add(name: str) -> None:
            asked.wait()
            with store.write() as tx:
                openings.insert(tx, an_opening(now, name), "")

        with store.write():
            done = [pool.submit(add, name) for name in names]
            asked.wait()
            pool_of_writers: Any = store.engine.pool
            assert pool_of_writers.checkedout() == 1
            assert ids(store) == ["ops"]
        for each in done:
            each.result()
        assert set(ids(store)) == {"ops", *names}


def test_a_writer_whose_turn_does_not_come_is_told_so(panel_file: Path) -> None:
    with open_store(str(panel_file), busy_timeout=0) as store, store.write():
        with pytest.raises(StoreUnreachable, match="too many at once"), store.write():
            pass
        assert ids(store) == ["ops"]


def test_a_reader_cannot_write(store: Store, now: datetime) -> None:
    with pytest.raises(StoreUnreachable, match="may not be written to"), store.read() as tx:
        openings.insert(tx, an_opening(now), "text")
    assert ids(store) == []


def test_a_writer_after_a_reader_on_the_same_connection_may_write(store: Store, now: datetime) -> None:
    for number in range(3):
        assert len(ids(store)) == number
        with store.write() as tx:
            openings.insert(tx, an_opening(now, f"ops-{number}"), "text")


def test_a_mistake_in_our_own_sql_is_not_dressed_up_as_a_fault_of_the_machine(panel_file: Path) -> None:
    with open_store(str(panel_file)) as store, pytest.raises(OperationalError), store.read() as tx:
        tx.exec_driver_sql("SELECT FROM openings WHERE")


# Other databases


def stamp(path: Path, revision: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


def test_a_newer_database_is_left_alone(panel_file: Path) -> None:
    stamp(panel_file, "9999")
    for create in (False, True):
        with pytest.raises(Refused, match="was made by a newer hiringkit") as caught:
            open_store(str(panel_file), create=create)
        assert "upgrade the program" in caught.value.hint


def test_an_older_database_is_not_upgraded_in_passing(panel_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiringkit.store.revisions.REVISIONS", (*REVISIONS, "9001"))
    monkeypatch.setattr("hiringkit.store.revisions.HEAD", "9001")
    with pytest.raises(Refused, match="was made by an older hiringkit") as caught:
        open_store(str(panel_file), create=True)
    assert "hiringkit db upgrade" in caught.value.hint


def test_another_programs_database_is_refused_and_not_changed(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("CREATE TABLE invoices (id INTEGER)")
    connection.close()
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(Refused, match="is not a hiringkit database"):
            open_store(str(path), create=create)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"candidate,interviewer\n" * 99, b"SQLite format 3\0", bytes(range(256)) * 99, "评分".encode("utf-16")],
    ids=["text", "only the first bytes", "binary", "utf-16"],
)
def test_a_file_that_is_no_database_is_refused_and_not_changed(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for create in (False, True):
        with pytest.raises(Refused, match="is not a hiringkit database"):
            open_store(str(path), create=create)
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("pages", [0.01, 1, 5, 20])
def test_a_database_that_was_cut_off_is_called_damaged(panel_file: Path, pages: float) -> None:
    os.truncate(panel_file, int(pages * 4096))
    with pytest.raises(Refused, match=r"is (damaged|not a hiringkit database)") as caught:
        open_store(str(panel_file))
    assert caught.value.hint


def test_a_damaged_page_is_reported_when_it_is_read(panel_file: Path) -> None:
    with open_store(str(panel_file)) as store:
        with store.read() as tx:
            query = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_openings_created_at'"
            root = tx.exec_driver_sql(query).scalar_one()
        content = bytearray(panel_file.read_bytes())
        content[(root - 1) * 4096 : root * 4096] = os.urandom(4096)
    panel_file.write_bytes(content)
    with open_store(str(panel_file)) as store, pytest.raises(Refused, match="is damaged"):
        ids(store)


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_or_a_device_is_no_database(tmp_path: Path, create: bool) -> None:
    for where in (str(tmp_path), os.devnull):
        with pytest.raises(Refused, match="is not a hiringkit database"):
            open_store(where, create=create)


def test_a_place_that_makes_no_sense_is_a_usage_problem() -> None:
    with pytest.raises(UsageProblem):
        open_store("mysql://host/hiring")


# What it costs


@pytest.mark.slow
def test_opening_a_store_brings_sqlalchemy_but_not_alembic(panel_file: Path) -> None:
    script = (
        "import sys; from hiringkit.store.store import open_store; open_store(sys.argv[1]).close();"
        "print(sorted({'alembic', 'sqlalchemy', 'numpy', 'click'} & set(sys.modules)))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script, str(panel_file)], check=True, capture_output=True, text=True
    )
    assert printed.stdout.strip() == "['sqlalchemy']"


def test_a_store_that_cannot_be_opened_is_let_go_of(panel_file: Path, fill: Callable[[Store], None]) -> None:
    stamp(panel_file, "9999")
    with pytest.raises(Refused):
        open_store(str(panel_file))
    stamp(panel_file, HEAD)
    with open_store(str(panel_file)) as store, pytest.raises(Refused, match="contradicts"):
        fill(store)
