"""Databases at the command line: locked, strange, backed up, written by two at once."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
AT = "som/ada/ivy"


def test_a_locked_database_is_worth_a_retry(som: Run, database: Path) -> None:
    with sqlite3.connect(database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        done = som("interview", "rate", AT, "--as", "ivy", "bottlenecks", "4")
        other.execute("ROLLBACK")
    assert done.code == 3
    assert "Traceback" not in done.err
    assert som("interview", "rate", AT, "--as", "ivy", "bottlenecks", "4").code == 0


def test_a_file_that_is_no_database_is_refused_and_left_alone(hk: Run, database: Path) -> None:
    database.parent.mkdir()
    database.write_bytes(b"dear diary" * 1000)
    done = hk("opening", "list")
    assert done.code == 1
    assert "not a hiringkit database" in done.err
    assert database.read_bytes() == b"dear diary" * 1000


def test_a_list_of_a_database_that_is_mistyped_or_empty_is_no_empty_list(
    hk: Run, database: Path, tmp_path: Path
) -> None:
    for command in (("opening", "list"), ("outstanding",), ("interviewer", "list")):
        assert hk(*command).code == 0
        mistyped = hk(*command, "--db", str(tmp_path / "mistyped.db"))
        assert mistyped.code == 1
        assert "there is no hiringkit database at" in mistyped.err
    assert not (tmp_path / "mistyped.db").exists()
    database.parent.mkdir(exist_ok=True)
    database.touch()
    assert hk("opening", "list").code == 1


@pytest.mark.slow
def test_a_backup_is_a_database_of_its_own(rated: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert rated("db", "backup", str(copy)).code == 0
    assert rated("compare", "som", "-f", "json", "--db", str(copy)).json["counts"]["ratings"] == 7
    again = rated("db", "backup", str(copy))
    assert again.code == 1


@pytest.mark.slow
def test_two_processes_rating_at_once_lose_nothing(som: Run, database: Path) -> None:
    def start(at: str, question: str, level: str) -> "subprocess.Popen[bytes]":
        words = [
            sys.executable,
            "-m",
            "hiringkit",
            "--db",
            str(database),
            "-q",
            "interview",
            "rate",
            at,
            "--as",
            at.split("/")[2],
            question,
            level,
        ]
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, env=os.environ | {"LANG": "C.UTF-8"})

    jobs = [
        start(f"som/{candidate}/{interviewer}", question, "4")
        for candidate in ("ada", "bo")
        for interviewer in ("ivy", "joe")
        for question in ("bottlenecks", "forecast-miss")
    ]
    assert [job.wait() for job in jobs] == [0] * 8
    listed = som("interview", "list", "som", "-f", "json").json["interviews"]
    assert [each["rated"] for each in listed] == [2, 2, 2, 2]
