"""Whether a database is whole: what SQLite sees, and what it cannot."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hiringkit.errors import HiringKitError, Refused
from hiringkit.store import check, migrate, people
from hiringkit.store.faults import Damaged, NoStore
from hiringkit.store.store import Store, open_store


def codes(path: Path) -> set[str]:
    """Return what is found; the store of the tests was filled without events, so the log is left alone."""
    return {str(finding.code) for finding in check.check(str(path), chain=False)}


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_whole_database_has_nothing_to_find(where: str, store: Store) -> None:
    assert store.where
    assert check.check(where) == []


def test_a_file_that_was_cut_off_is_named(panel_file: Path) -> None:
    whole = panel_file.read_bytes()
    for pages in range(1, len(whole) // 4096):
        panel_file.write_bytes(whole[: pages * 4096])
        try:
            found = codes(panel_file)
        except Refused as error:
            assert "not a hiringkit database" in str(error)  # noqa: PT017 - cut off before the tables' names
            continue
        assert found == {"database-damaged"}, pages


@pytest.mark.slow
def test_flipped_bits_are_named_or_change_nothing_that_is_stored(panel_file: Path) -> None:
    whole = panel_file.read_bytes()
    with open_store(str(panel_file)) as store, store.read() as tx:
        names = tx.exec_driver_sql("SELECT name FROM candidates").all()
    silent = []
    for place in range(4096, len(whole), 4096 * 3 + 511):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        panel_file.write_bytes(bytes(broken))
        try:
            if not codes(panel_file):
                silent.append(place)
        except HiringKitError:
            continue
    panel_file.write_bytes(whole)
    assert len(silent) < len(range(4096, len(whole), 4096 * 3 + 511))
    with open_store(str(panel_file)) as store, store.read() as tx:
        assert tx.exec_driver_sql("SELECT name FROM candidates").all() == names


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE candidates SET name = CAST(x'ff41' AS TEXT) WHERE id = 'mei'",
        "UPDATE candidates SET withdrawn_at = 'yesterday' WHERE id = 'mei'",
        "UPDATE interview_texts SET interview_id = 'nobody'",
    ],
)
def test_damage_that_the_database_cannot_see_is_named(panel_file: Path, statement: str) -> None:
    change(panel_file, "INSERT INTO interview_texts VALUES ('mei-zoe', 'notes', 'x')", statement)
    assert codes(panel_file) == {"database-damaged"}


def test_a_value_that_cannot_be_read_is_damage_wherever_it_is_read(panel_file: Path) -> None:
    change(panel_file, "UPDATE candidates SET withdrawn_at = 'yesterday' WHERE id = 'mei'")

    def read() -> None:
        with open_store(str(panel_file)) as store, store.read() as tx:
            people.candidates(tx, "ops")

    with pytest.raises(Damaged, match="cannot be read in a time"):
        read()


def test_missing_and_further_tables_are_named(panel_file: Path) -> None:
    change(
        panel_file, "ALTER TABLE candidates DROP COLUMN note", "CREATE TABLE mine (x)", "DROP TABLE practice_answers"
    )
    found = check.check(str(panel_file), chain=False)
    assert [(str(f.code), str(f.severity), f.message) for f in found] == [
        ("database-schema", "error", "table candidates has no column note"),
        ("database-schema", "error", "there is no table practice_answers"),
        ("database-schema", "warning", "table mine is not one of hiringkit's"),
    ]


def test_a_change_behind_the_program_s_back_is_found_too(panel_file: Path) -> None:
    assert {str(finding.code) for finding in check.check(str(panel_file))} == {"audit-state"}


def test_what_is_no_database_of_ours_is_refused(path: Path) -> None:
    with pytest.raises(NoStore):
        check.check(str(path))
    path.write_bytes(b"dear diary" * 1000)
    with pytest.raises(Refused, match="not a hiringkit database"):
        check.check(str(path))


@pytest.mark.parametrize(
    ("version", "flawed"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
        ((3, 6, 23), False),
    ],
)
def test_the_wal_reset_bug_is_known_by_version(version: tuple[int, ...], flawed: bool) -> None:
    assert migrate.has_wal_reset_bug(version) is flawed


def test_status_names_what_reads_the_database(panel_file: Path) -> None:
    status = migrate.status(str(panel_file))
    assert status.library == f"SQLite {sqlite3.sqlite_version}"
    assert status.wal_reset_bug is migrate.has_wal_reset_bug(sqlite3.sqlite_version_info)
