"""The real command line, run in this process on a real database file."""

import io
import json
import shutil
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from jsonschema import Draft202012Validator

from hiringkit.cli.main import run
from hiringkit.report.schemas import json_schema


@frozen
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)


Run = Callable[..., Done]


@cache
def validator(name: str) -> Draft202012Validator:
    """Return what checks documents of this name and version."""
    return Draft202012Validator(json_schema(name))


def check_document(out: str) -> None:
    """Hold what a command wrote against the JSON Schema that it promises to follow."""
    if not out.startswith('{\n  "schema": "hiringkit/'):
        return
    document = json.loads(out)
    validator(document["schema"].removeprefix("hiringkit/")).validate(document)


@pytest.fixture
def interrupt() -> Callable[[Any], None]:
    """Press Ctrl+C at a prompt, once it waits for a key.

    Python's readline loses a signal that comes between the prompt and the waiting, until the next key.
    """

    def press(sitting: Any) -> None:
        state = Path(f"/proc/{sitting.pid}/stat")
        while state.exists() and state.read_text(encoding="utf-8").rpartition(") ")[2][0] == "R":
            time.sleep(0.01)
        sitting.sendintr()

    return press


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the database of this test is, or will be."""
    return tmp_path / "data" / "test.db"


@pytest.fixture
def hk(database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `hiringkit` with words, on this test's database; `typed` is what the user types."""
    monkeypatch.setenv("HIRINGKIT_DB", str(database))

    def call(*words: str, typed: str | None = None, stdin: bytes | None = None) -> Done:
        given = stdin if stdin is not None else (typed or "").encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        capsys.readouterr()
        code = run(list(words))
        captured = capsys.readouterr()
        check_document(captured.out)
        return Done(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database made once: opening `som`, candidates ada and bo, interviewers ivy and joe, all scheduled."""
    path = tmp_path_factory.mktemp("prepared") / "som.db"
    questions = ("--question", "bottlenecks", "--question", "forecast-miss")
    for words in (
        ("opening", "create", "som", "--rubric", "sales-operations-manager"),
        *(("candidate", "add", "som", name) for name in ("Ada", "Bo")),
        *(("interviewer", "add", name, "--email", f"{name.lower()}@firm.example") for name in ("Ivy", "Joe")),
        *(("interview", "schedule", "som", name, "ivy", "joe", *questions) for name in ("ada", "bo")),
    ):
        assert run(["--db", str(path), "-q", *words]) == 0
    return path


@pytest.fixture
def som(hk: Run, prepared: Path, database: Path) -> Run:
    """Run `hiringkit` on a copy of the prepared database."""
    database.parent.mkdir(mode=0o700)
    shutil.copy(prepared, database)
    return hk


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def prepared_ratings(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with two candidates rated by two interviewers, all submitted."""
    path = tmp_path_factory.mktemp("prepared") / "rated.db"
    shutil.copy(prepared, path)
    for candidate, interviewer, levels in (
        ("ada", "ivy", ("5", "4")),
        ("ada", "joe", ("4", "4")),
        ("bo", "ivy", ("2", "3")),
        ("bo", "joe", ("3", "no-evidence")),
    ):
        at = f"som/{candidate}/{interviewer}"
        for question, level in zip(("bottlenecks", "forecast-miss"), levels, strict=True):
            assert (
                run(["--db", str(path), "-q", "interview", "rate", at, "--as", at.split("/")[2], question, level]) == 0
            )
        assert (
            run(["--db", str(path), "-q", "interview", "submit", at, "--as", at.split("/")[2], "--recommend", "yes"])
            == 0
        )
    return path


@pytest.fixture
def rated(som: Run, prepared_ratings: Path, database: Path) -> Run:
    """Run `hiringkit` on a copy of the database with ratings."""
    shutil.copy(prepared_ratings, database)
    return som
