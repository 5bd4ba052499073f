"""Exports, and what is read of them in a form that can be compared."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.domain.imported import ImportedScorecard
from hiringkit.exchange.ats.reading import read_scorecards
from hiringkit.exchange.ats.source import ScorecardSource

DATA = Path(__file__).parents[2] / "data"

Read = Callable[..., tuple[list[ImportedScorecard], list[str], ScorecardSource]]
Findings = Callable[..., list[str]]


@pytest.fixture
def data() -> Path:
    return DATA


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read an export: scorecards, findings as people read them (without the folder), and the source with its counts."""

    def _read(
        path: str | Path, kind: str | None = None, without: tuple[str, ...] = ()
    ) -> tuple[list[ImportedScorecard], list[str], ScorecardSource]:
        source = read_scorecards(str(path), kind, without=without)
        items = list(source)
        cards = [item for item in items if isinstance(item, ImportedScorecard)]
        said = [str(item) for item in items if isinstance(item, Finding)]
        return cards, [text.replace(f"{tmp_path}/", "").replace(f"{DATA}/", "") for text in said], source

    return _read


@pytest.fixture
def findings(write: Callable[..., str], read: Read) -> Findings:
    """Write a file and return what is wrong with it."""

    def _findings(content: str | bytes, kind: str | None = "greenhouse-v1", name: str = "x.json") -> list[str]:
        return read(write(content, name), kind)[1]

    return _findings
