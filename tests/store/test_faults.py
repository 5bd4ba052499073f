"""What the machine does to a store: locked, full, read-only, gone. Nothing is lost, nothing is echoed."""

import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError

from hiringkit.domain.interview import Opening
from hiringkit.domain.people import Candidate
from hiringkit.errors import HiringKitError, Refused, StoreUnreachable, UsageProblem
from hiringkit.store import audit, check, migrate, openings, people
from hiringkit.store.faults import plainly
from hiringkit.store.store import Store, open_store

NOBODY = 65534
ROOT = os.geteuid() == 0


def note(store: Store, now: datetime, text: str = "") -> None:
    with store.write() as tx:
        audit.append(tx, now, "ann", "test.note", {}, {"text": text})


def fill_up(store: Store, now: datetime, acknowledged: list[int]) -> None:
    for number in range(1000):
        note(store, now, "x" * 5000)
        acknowledged.append(number)


def noted(store: Store) -> int:
    with store.read() as tx:
        assert audit.verify(tx, states=False) == []
        return len(audit.events(tx))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mount a small disk with these options, or mount it anew."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mounted(options: str) -> Path:
        again = ["-o", f"remount,{options}"] if folder.is_mount() else ["-o", options]
        command = ["mount", "-t", "tmpfs", *again, "tmpfs", str(folder)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("a small disk can be mounted only by root on Linux")
        return folder

    yield mounted
    if folder.is_mount():
        command = ["umount", "--lazy", str(folder)]
        subprocess.run(command, check=True)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder whose parents anybody may enter, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def as_a_plain_user() -> Iterator[None]:
    """Permissions do not bind root."""
    if ROOT:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if ROOT:
            os.seteuid(0)


# Locked


def test_somebody_elses_open_write_is_waited_for_then_reported(panel_file: Path, now: datetime) -> None:
    with closing(sqlite3.connect(panel_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with open_store(str(panel_file), busy_timeout=0.05) as store:
            with pytest.raises(StoreUnreachable, match="another program is writing to") as caught:
                note(store, now)
            assert caught.value.exit_code == 3
            assert noted(store) == 0, "reading goes on beside a writer"
            other.execute("ROLLBACK")
            note(store, now)
            assert noted(store) == 1


@pytest.mark.slow
def test_a_writer_on_postgresql_waits_for_the_other_and_then_says_so(where: str, now: datetime) -> None:
    with open_store(where, create=True) as first, open_store(where, busy_timeout=0.05) as second:
        with first.write(), pytest.raises(StoreUnreachable, match="another program is writing to"):
            note(second, now)
        note(second, now)
        assert noted(first) == 1


# Full


@pytest.mark.slow
def test_a_full_disk_loses_nothing_and_the_store_goes_on_when_there_is_room(
    disk: Callable[[str], Path], now: datetime
) -> None:
    with open_store(str(disk("size=512k") / "hiringkit.db"), create=True) as store:
        acknowledged: list[int] = []
        with pytest.raises(StoreUnreachable, match="no room left") as caught:
            fill_up(store, now, acknowledged)
        assert caught.value.exit_code == 3
        assert "xxx" not in str(caught.value)
        assert noted(store) == len(acknowledged) > 0
        disk("size=8m")
        note(store, now, "x" * 5000)
        assert noted(store) == len(acknowledged) + 1


@pytest.mark.slow
def test_a_disk_that_is_too_small_for_a_store_says_so_and_the_next_attempt_succeeds(
    disk: Callable[[str], Path],
) -> None:
    where = str(disk("size=64k") / "hiringkit.db")
    with pytest.raises(StoreUnreachable, match="no room left"):
        open_store(where, create=True)
    disk("size=8m")
    with open_store(where, create=True) as store:
        assert noted(store) == 0


def test_a_database_at_its_largest_size_is_full_too(panel_file: Path, now: datetime) -> None:
    with open_store(str(panel_file)) as store:
        event.listen(store.engine, "begin", lambda tx: tx.exec_driver_sql("PRAGMA max_page_count = 30"))
        acknowledged: list[int] = []
        with pytest.raises(StoreUnreachable, match="no room left"):
            fill_up(store, now, acknowledged)
    with open_store(str(panel_file)) as store:
        assert noted(store) == len(acknowledged)


def test_a_backup_that_does_not_fit_leaves_nothing_behind(disk: Callable[[str], Path], panel_file: Path) -> None:
    target = disk("size=64k") / "copy.db"
    with (
        open_store(str(panel_file)) as store,
        pytest.raises(StoreUnreachable, match="no room left") as caught,
    ):
        migrate.back_up(store, target)
    assert str(target) in caught.value.message
    assert list(target.parent.iterdir()) == []


# Read-only


@pytest.mark.slow
def test_a_file_that_may_only_be_read_can_still_be_read(shared: Path, now: datetime) -> None:
    path = shared / "hiringkit.db"
    with open_store(str(path), create=True) as store:
        note(store, now)
    shared.chmod(0o777)
    path.chmod(0o444)
    with as_a_plain_user(), open_store(str(path)) as store:
        assert noted(store) == 1
        with pytest.raises(StoreUnreachable, match="may not be written to"):
            note(store, now)


@pytest.mark.slow
def test_a_folder_that_may_only_be_read_is_reported(shared: Path, now: datetime) -> None:
    path = shared / "hiringkit.db"
    with open_store(str(path), create=True) as store:
        note(store, now)
    path.chmod(0o444)
    shared.chmod(0o555)
    with as_a_plain_user(), pytest.raises(StoreUnreachable, match=r"may not be written to|cannot be opened"):
        open_store(str(path)).close()
    shared.chmod(0o755)


@pytest.mark.slow
def test_a_file_of_somebody_else_is_reported(shared: Path) -> None:
    path = shared / "hiringkit.db"
    open_store(str(path), create=True).close()
    path.chmod(0)
    with as_a_plain_user(), pytest.raises(StoreUnreachable, match="cannot be opened"):
        open_store(str(path))
    shared.chmod(0)
    with as_a_plain_user():
        for create in (False, True):
            with pytest.raises(StoreUnreachable, match="permission denied"):
                open_store(str(shared / "other" / "hiringkit.db"), create=create)
    shared.chmod(stat.S_IRWXU)


@pytest.mark.slow
def test_a_disk_that_is_mounted_read_only_is_reported(disk: Callable[[str], Path], now: datetime) -> None:
    path = disk("size=8m") / "hiringkit.db"
    with open_store(str(path), create=True) as store:
        note(store, now)
    disk("ro")
    with open_store(str(path)) as store:
        assert noted(store) == 1
        with pytest.raises(StoreUnreachable, match="may not be written to"):
            note(store, now)
    with pytest.raises(StoreUnreachable, match="read-only file system"):
        open_store(str(path.parent / "new" / "hiringkit.db"), create=True)


@pytest.mark.slow
def test_a_database_on_a_read_only_medium_is_read_checked_and_backed_up(
    disk: Callable[[str], Path], now: datetime, tmp_path: Path
) -> None:
    path = disk("size=8m") / "hiringkit.db"
    with open_store(str(path), create=True) as store:
        note(store, now)
    disk("ro")
    assert check.check(str(path)) == []
    with open_store(str(path)) as store:
        migrate.back_up(store, tmp_path / "copy.db")
    with open_store(str(tmp_path / "copy.db")) as copy:
        assert noted(copy) == 1
        note(copy, now)


@pytest.mark.slow
def test_what_a_read_only_medium_cannot_take_in_is_not_passed_over(disk: Callable[[str], Path], now: datetime) -> None:
    path = disk("size=8m") / "hiringkit.db"
    with open_store(str(path), create=True) as store:
        note(store, now)
        wal = Path(f"{path}-wal").read_bytes()
        assert wal
        shutil.copy(path, path.with_name("copy.db"))
        path.with_name("copy.db-wal").write_bytes(wal)
    disk("ro")
    with pytest.raises(StoreUnreachable, match=r"cannot be opened|may not be written to"):
        open_store(str(path.with_name("copy.db")))


# The clock


def test_a_clock_that_goes_backwards_loses_and_reorders_nothing(store: Store, now: datetime) -> None:
    for hours in (3, 1, 2, -5):
        note(store, now + timedelta(hours=hours), str(hours))
    with store.read() as tx:
        assert audit.verify(tx, states=False) == []
        assert [event.detail["text"] for event in audit.events(tx)] == ["3", "1", "2", "-5"]
        assert [event.sequence for event in audit.events(tx)] == [1, 2, 3, 4]


# Contradictions


def test_a_change_that_contradicts_what_is_stored_is_refused_without_repeating_it(panel: Store, now: datetime) -> None:
    def refused(change: Callable[[Store], None]) -> HiringKitError:
        with pytest.raises(Refused, match="contradicts what") as caught:
            change(panel)
        assert caught.value.__cause__ is None
        return caught.value

    def twice(store: Store) -> None:
        with store.write() as tx:
            people.insert_candidates(tx, "ops", [Candidate("mei", "secret name")])

    def nowhere(store: Store) -> None:
        with store.write() as tx:
            people.insert_candidates(tx, "secret-opening", [Candidate("eve", "secret name")])

    def nameless(store: Store) -> None:
        with store.write() as tx:
            openings.insert(tx, Opening("", "secret", "r", "1.0.0", "d", now), "secret")

    for change in (twice, nowhere, nameless):
        told = refused(change)
        assert "secret" not in told.message + told.hint
        assert "mei" not in told.message + told.hint


def test_half_a_character_is_refused_and_nothing_is_stored(panel: Store, now: datetime) -> None:
    with pytest.raises(Refused, match="half a character"), panel.write() as tx:
        openings.insert(tx, Opening("other", "a\ud800b", "r", "1.0.0", "d", now), "text")
    with panel.read() as tx:
        assert openings.find(tx, "other") is None


def test_no_error_of_the_database_shows_what_was_in_hand(panel_file: Path) -> None:
    with open_store(str(panel_file)) as store, pytest.raises(Exception, match="syntax error") as caught:  # noqa: SIM117 - the kind is the driver's
        with store.write() as tx:
            tx.exec_driver_sql("INSERT WHERE VALUES (?)", ("secret",))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("25006", "may not be written to"),
        ("40P01", "another program is writing to"),
        ("53100", "no room left"),
        ("55P03", "another program is writing to"),
        ("57P01", "does not answer"),
        (None, "does not answer"),
    ],
)
def test_what_postgresql_reports_is_said_in_the_same_words(state: str | None, words: str) -> None:
    reported = Exception("secret")
    reported.sqlstate = state  # type: ignore[attr-defined] # as psycopg's errors have it
    with pytest.raises(StoreUnreachable, match=words) as caught, plainly("the store"):
        raise OperationalError("INSERT", {}, reported)
    assert "secret" not in caught.value.message


def test_a_server_that_does_not_answer_is_reported_without_the_password() -> None:
    pytest.importorskip("psycopg", reason="PostgreSQL is tested with psycopg")
    with pytest.raises(StoreUnreachable, match="does not answer") as caught:
        open_store("postgresql://ann:geheim@127.0.0.1:1/hiring")
    assert "geheim" not in caught.value.message
    assert caught.value.exit_code == 3


@pytest.mark.skipif(find_spec("psycopg") is not None, reason="psycopg is installed")
def test_without_the_driver_postgresql_is_refused_with_what_to_install() -> None:
    with pytest.raises(Refused, match="driver") as caught:
        open_store("postgresql://ann:geheim@127.0.0.1:1/hiring")
    assert "psycopg" in caught.value.hint


# A server's words


def url(server: str, **changes: Any) -> str:
    made = sqlalchemy.make_url(server)
    if options := changes.pop("options", None):
        changes["query"] = {**made.query, **options}
    return made.set(**changes).render_as_string(hide_password=False)


def administer(server: str, *statements: str) -> None:
    place = sqlalchemy.make_url(server).set(drivername="postgresql+psycopg")
    engine = sqlalchemy.create_engine(place, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"database": "nowhere"}, Refused, "no database of the name"),
        ({"username": "nobody"}, Refused, "does not let in the login"),
        ({"options": {"sslmoed": "require"}}, UsageProblem, "an option in the address"),
        ({"options": {"connect_timeout": "soon"}}, UsageProblem, "an option in the address"),
        ({"options": {"sslmode": "maybe"}}, UsageProblem, "an option in the address"),
    ],
)
def test_what_is_wrong_with_an_address_is_a_sentence(
    postgresql: str, changes: dict[str, Any], kind: type[HiringKitError], said: str
) -> None:
    with pytest.raises(kind, match=said):
        open_store(url(postgresql, **changes), create=True)


@pytest.mark.slow
def test_a_login_without_rights_is_told_which_would_help(postgresql: str) -> None:
    administer(postgresql, "CREATE DATABASE guarded", "DROP ROLE IF EXISTS poor", "CREATE ROLE poor LOGIN")
    poor = url(postgresql, database="guarded", username="poor")
    with pytest.raises(Refused, match="may not do that there") as caught:
        open_store(poor, create=True)
    assert "hiringkit db grant" in caught.value.hint
    open_store(url(postgresql, database="guarded"), create=True).close()
    with pytest.raises(Refused, match="may not do that there"):
        open_store(poor)


def every_opening(store: Store) -> tuple[Opening, ...]:
    with store.read() as tx:
        return openings.every(tx)


@pytest.mark.slow
def test_a_table_that_is_locked_is_not_waited_for_without_end(postgresql: str) -> None:
    administer(postgresql, "CREATE DATABASE locked")
    where = url(postgresql, database="locked")
    with open_store(where, create=True) as first, open_store(where, busy_timeout=0.05) as second:
        with first.write() as tx:
            tx.exec_driver_sql("LOCK TABLE openings IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(StoreUnreachable, match="did not finish in time"):
                every_opening(second)
        assert every_opening(second) == ()


def test_a_server_that_accepts_and_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(StoreUnreachable, match="does not answer"):
            open_store(f"postgresql://127.0.0.1:{port}/x?connect_timeout=2&sslmode=disable")


@pytest.mark.slow
def test_a_server_that_stops_in_the_middle_is_given_up_and_found_again(
    postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    administer(postgresql, "CREATE DATABASE stalled")
    where = url(postgresql, database="stalled")
    open_store(where, create=True).close()
    monkeypatch.setattr("hiringkit.store.store.ANSWER_TIMEOUT", 0.2)
    monkeypatch.setattr("hiringkit.store.store.CONNECT_TIMEOUT", 1)
    with open_store(where, busy_timeout=0.1) as store:
        stopped: list[int] = []

        def stop_within(begin: Callable[[], AbstractContextManager[Connection]]) -> None:
            with begin() as tx:
                stopped.append(int(tx.scalar(text("SELECT pg_backend_pid()")) or 0))
                os.kill(stopped[-1], signal.SIGSTOP)
                openings.every(tx)

        for begin in (store.read, store.write):
            with pytest.raises(StoreUnreachable, match="does not answer"):
                stop_within(begin)
            os.kill(stopped[-1], signal.SIGCONT)
            assert every_opening(store) == ()
        # between two transactions: the connection that is given up is replaced by another
        with store.read() as tx:
            stopped.append(int(tx.scalar(text("SELECT pg_backend_pid()")) or 0))
        os.kill(stopped[-1], signal.SIGSTOP)
        assert every_opening(store) == ()
        os.kill(stopped[-1], signal.SIGCONT)


def test_more_at_once_than_there_are_connections_is_a_sentence(panel_file: Path) -> None:
    with open_store(str(panel_file)) as store, ExitStack() as open_ones:
        store.reader.pool._timeout = 0.01  # type: ignore[attr-defined]

        def take(many: int) -> None:
            for _ in range(many):
                open_ones.enter_context(store.read())

        with pytest.raises(StoreUnreachable, match="too many at once"):
            take(50)


def test_a_table_that_is_gone_is_damage_and_no_bug(panel_file: Path) -> None:
    with closing(sqlite3.connect(panel_file)) as connection:
        connection.execute("DROP TABLE audit_salts")
        connection.commit()
    with open_store(str(panel_file)) as store, pytest.raises(Refused, match="a table or column is missing"):
        noted(store)
