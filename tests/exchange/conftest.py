"""Files of ratings, written where a test wants them, and tables in a form that can be compared."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.actions.needs import decide
from hiringkit.domain.finding import Finding
from hiringkit.domain.need import NeedAssessment
from hiringkit.domain.rating_table import RatingTable
from hiringkit.report.formats import FORMATS
from hiringkit.report.render.text import render
from hiringkit.report.views.need import need_report

Write = Callable[..., str]
Show = Callable[[RatingTable | None], list[tuple[Any, ...]]]
Say = Callable[[list[Finding]], list[str]]

STATUS = ("number", "not-assessed", "no-evidence")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file and return its path."""

    def _write(content: str | bytes, name: str = "ratings.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return _write


@pytest.fixture
def rows() -> Show:
    """Show the rows of a table: candidate, interviewer, question, rating, line."""

    def _rows(table: RatingTable | None) -> list[tuple[Any, ...]]:
        assert table is not None
        return [
            (
                table.candidate.labels[table.candidate.codes[i]],
                table.interviewer.labels[table.interviewer.codes[i]],
                table.question.labels[table.question.codes[i]],
                table.value[i] if table.status[i] == 0 else STATUS[table.status[i]],
                table.line[i],
            )
            for i in range(len(table))
        ]

    return _rows


@pytest.fixture
def said(tmp_path: Path) -> Say:
    """Show findings as people read them, without the folder."""

    def _said(findings: list[Finding]) -> list[str]:
        return [str(finding).replace(f"{tmp_path}/", "") for finding in findings]

    return _said


@pytest.fixture
def judge_need() -> Callable[[NeedAssessment], None]:
    """Draw the conclusion of an assessment and show it in every format."""

    def _judge(assessment: NeedAssessment) -> None:
        report = need_report(assessment, decide(assessment))
        for kind in FORMATS:
            assert render(report, kind)

    return _judge
