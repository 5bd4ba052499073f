"""Practice sessions as files: read back as written, and what cannot be reckoned with is named and left alone."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hiringkit.domain.practice import PanelAnswer, PanelSession, PracticeAnswer, PracticeSession
from hiringkit.exchange.personal import read_panels, read_sessions, taken_numbers, write_panel, write_session

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SESSION = PracticeSession(
    "sales", 2, AT, (PracticeAnswer("q", "a", 3, 4, "because 因为", AT), PracticeAnswer("q", "b", 1, 1))
)


def test_sessions_come_back_oldest_first(tmp_path: Path) -> None:
    later = PracticeSession("sales", 1, datetime(2026, 4, 1, tzinfo=UTC), ())
    for session in (later, SESSION):
        write_session(tmp_path, session)
    assert read_sessions(tmp_path) == ((SESSION, later), ())


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"number": 0}, "$.number"),
        ({"number": 10**300}, "$.number"),
        ({"answers": [{"question": "q", "sample": "a", "reasoned": 3, "level": 10**300}]}, "$.answers[0].level"),
        ({"answers": [{"question": "q", "sample": "a", "reasoned": -2000, "level": 1}]}, "$.answers[0].reasoned"),
        ({"answers": [{"question": "q", "sample": "a", "reasoned": 3, "level": 3}] * 2}, "$.answers[1]"),
        ({"answers": [{"question": "q", "sample": "a", "reasoned": 3, "level": "3"}]}, "$.answers[0].level"),
        ({"hiringkit": "practice/2"}, "$.hiringkit"),
    ],
)
def test_a_broken_session_is_named_and_the_others_are_used(tmp_path: Path, change: dict[str, Any], path: str) -> None:
    write_session(tmp_path, SESSION)
    broken = tmp_path / "sales-3.practice.json"
    broken.write_text(json.dumps(json.loads((tmp_path / "sales-2.practice.json").read_text()) | change))
    sessions, findings = read_sessions(tmp_path)
    assert sessions == (SESSION,)
    assert [each.path for each in findings] == [path]
    assert taken_numbers(tmp_path, "sales") == {2, 3}, "a broken file's number is not given away"


PANEL = PanelSession("sales", 2, AT, ("Ada", "赵"), (PanelAnswer("q", "a", 3, {"Ada": 3, "赵": 4}),))


def test_a_panels_sessions_come_back(tmp_path: Path) -> None:
    write_panel(tmp_path, PANEL)
    assert read_panels(tmp_path) == ((PANEL,), ())
    assert read_sessions(tmp_path) == ((), ())


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"number": 0}, "$.number"),
        ({"raters": ["Ada"]}, "$.answers[0].levels"),
        ({"answers": [{"question": "q", "sample": "a", "reasoned": 10**300, "levels": {}}]}, "$.answers[0].levels"),
        ({"hiringkit": "panel/2"}, "$.hiringkit"),
    ],
)
def test_a_broken_panel_is_named(tmp_path: Path, change: dict[str, Any], path: str) -> None:
    write_panel(tmp_path, PANEL)
    file = tmp_path / "sales-2.panel.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | change), encoding="utf-8")
    sessions, findings = read_panels(tmp_path)
    assert sessions == ()
    assert [finding.path for finding in findings] == [path]
