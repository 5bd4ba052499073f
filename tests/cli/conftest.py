"""The real command line, run in this process on a real database file."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from hiringkit.cli.main import run


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
        return Done(code, captured.out, captured.err)

    return call


@pytest.fixture
def som(hk: Run) -> Run:
    """An opening `som` with candidates ada and bo, interviewers ivy and joe, all scheduled on two questions."""
    assert hk("opening", "create", "som", "--rubric", "sales-operations-manager").code == 0
    for name in ("Ada", "Bo"):
        assert hk("candidate", "add", "som", name).code == 0
    for name in ("Ivy", "Joe"):
        assert hk("interviewer", "add", name, "--email", f"{name.lower()}@firm.example").code == 0
    questions = ("--question", "bottlenecks", "--question", "forecast-miss")
    for name in ("ada", "bo"):
        assert hk("interview", "schedule", "som", name, "ivy", "joe", *questions).code == 0
    return hk
