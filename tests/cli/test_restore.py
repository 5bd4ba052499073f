"""Backup, check and restore at the command line: the drill, and all that stands against it."""

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def monday(rated: Run, tmp_path: Path) -> Path:
    """A backup of the database with ratings."""
    target = tmp_path / "backups" / "monday.db"
    target.parent.mkdir()
    assert rated("db", "backup", str(target)).code == 0
    return target


def beside(database: Path) -> list[str]:
    """Return what stands beside a database, without SQLite's own files."""
    return sorted(path.name for path in database.parent.iterdir() if not path.name.endswith(("-wal", "-shm")))


@pytest.mark.slow
def test_the_drill_brings_back_what_was_there(rated: Run, database: Path, monday: Path) -> None:
    before = rated("compare", "som", "-f", "json").json
    rated("candidate", "add", "som", "Cy")
    database.write_bytes(database.read_bytes()[:5000])
    for suffix in ("-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
    broken = rated("db", "check")
    assert broken.code == 1
    assert "hiringkit db restore BACKUP" in broken.err
    done = rated("db", "restore", str(monday), "-f", "json").json
    assert rated("compare", "som", "-f", "json").json == before
    assert rated("db", "check").code == 0
    assert rated("audit", "verify").code == 0
    assert Path(done["kept"]).stat().st_size == 5000
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert rated("audit", "log", "--last", "1", "-f", "json").json["events"][0]["action"] == "database.restore"


@pytest.mark.slow
def test_the_old_database_is_kept_whole(rated: Run, database: Path, monday: Path) -> None:
    rated("candidate", "add", "som", "Cy")
    kept = rated("db", "restore", str(monday), "-f", "json").json["kept"]
    assert rated("candidate", "show", "som", "cy").code == 1
    assert rated("candidate", "show", "som", "cy", "--db", kept).code == 0
    assert beside(database) == [database.name, Path(kept).name]
    assert rated("db", "restore", kept).code == 0
    assert rated("candidate", "show", "som", "cy").code == 0


@pytest.mark.slow
def test_a_restore_makes_a_database_where_there_is_none(rated: Run, database: Path, monday: Path) -> None:
    database.unlink()
    done = rated("db", "restore", str(monday), "-f", "json").json
    assert done["kept"] is None
    assert rated("compare", "som").code == 0


@pytest.mark.slow
def test_whoever_was_erased_since_is_erased_again(rated: Run, database: Path, monday: Path) -> None:
    rated("candidate", "erase", "som", "ada", "--yes")
    done = rated("db", "restore", str(monday))
    assert done.code == 0
    assert "som/ada" in done.out
    ids = {each["id"] for each in rated("candidate", "list", "som", "-f", "json").json["candidates"]}
    assert ids == {"erased-1", "bo"}
    assert rated("db", "check").code == 0
    assert b"som/ada" not in database.read_bytes()


@pytest.mark.slow
def test_a_backup_that_is_not_whole_changes_nothing(rated: Run, database: Path, monday: Path) -> None:
    with sqlite3.connect(monday) as connection:
        connection.execute("UPDATE scorecard_ratings SET level = 1 WHERE level IS NOT NULL")
    connection.close()
    before = rated("compare", "som", "-f", "json").json
    done = rated("db", "restore", str(monday))
    assert done.code == 1
    assert "is not whole" in done.err
    assert rated("compare", "som", "-f", "json").json == before
    assert beside(database) == [database.name]


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"dear diary" * 1000, None])
def test_what_is_no_backup_changes_nothing(rated: Run, database: Path, tmp_path: Path, content: bytes | None) -> None:
    odd = tmp_path / "odd.db"
    if content is not None:
        odd.write_bytes(content)
    done = rated("db", "restore", str(odd))
    assert done.code == 1
    assert "Traceback" not in done.err
    assert beside(database) == [database.name]
    assert rated("compare", "som").code == 0
    assert rated("db", "restore", str(database)).code == 1


def test_a_database_that_somebody_has_open_is_left_alone(rated: Run, database: Path, monday: Path) -> None:
    with sqlite3.connect(database) as other:
        other.execute("SELECT count(*) FROM candidates").fetchone()
        done = rated("db", "restore", str(monday))
    other.close()
    assert done.code == 3
    assert "another program has" in done.err
    assert beside(database) == [database.name]
    assert rated("db", "restore", str(monday)).code == 0


@pytest.mark.slow
def test_a_check_says_what_was_changed_behind_the_program_s_back(rated: Run, database: Path) -> None:
    assert rated("db", "check", "-f", "json").json["whole"] is True
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE openings SET rubric_text = replace(rubric_text, 'Sales Operations', 'Other')")
    connection.close()
    done = rated("db", "check", "-f", "json")
    assert done.code == 1
    codes = {each["code"] for each in done.json["findings"]}
    assert codes == {"audit-state", "database-damaged"}


def test_a_rubric_that_cannot_be_read_any_more_is_damage_and_no_bug(
    rated: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hiringkit.actions.lookup._PINNED", {})
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE openings SET rubric_text = 'hiringkit: rubric/1'")
    connection.close()
    for words in (("compare", "som"), ("opening", "show", "som"), ("db", "check")):
        done = rated(*words)
        assert done.code == 1, words
        assert "rubric" in done.err
        assert "a bug" not in done.err


@pytest.mark.slow
def test_a_copy_has_the_same_digest_as_its_copy(rated: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    there = rated("db", "copy", os.environ["HIRINGKIT_DB"], str(one), "-f", "json").json
    again = rated("db", "copy", str(one), str(two), "-f", "json").json
    assert there["digest"] == again["digest"]
    assert rated("compare", "som", "--db", str(two), "-f", "json").json["counts"]["ratings"] == 7
    refused = rated("db", "copy", str(one), str(two))
    assert refused.code == 1
    assert "is not empty" in refused.err
