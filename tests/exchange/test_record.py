"""Records as JSON: what is written is read back, and what is not right is named with its place."""

import json
from datetime import UTC, datetime

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.domain.practice import PracticeAnswer, PracticeSession
from hiringkit.exchange.record import Malformed, format_record, parse_record, structure, unstructure

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SESSION = PracticeSession(
    "sales", 2, AT, (PracticeAnswer("q", "a", 3, 4, "weil 因为", AT), PracticeAnswer("q", "b", 1, 1))
)


def test_a_record_comes_back_as_it_was() -> None:
    data = format_record("practice/1", unstructure(SESSION))
    content = parse_record(data, "x", "practice/1")
    assert not isinstance(content, Finding)
    assert structure(content, PracticeSession) == SESSION
    assert "因为" in data.decode(), "for people too"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"bank": 3}, "$.bank"),
        ({"number": "2"}, "$.number"),
        ({"number": True}, "$.number"),
        ({"started_at": "yesterday"}, "$.started_at"),
        ({"started_at": "2026-03-02T09:30:00"}, "$.started_at"),
        ({"answers": {}}, "$.answers"),
        ({"answers": [{"question": "q", "sample": "a", "reasoned": 3, "level": 4.5}]}, "$.answers[0].level"),
        ({"answers": [{"question": "q"}]}, "$.answers[0].sample"),
        ({"more": 1}, "$.more"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change: dict[str, object], path: str) -> None:
    with pytest.raises(Malformed) as caught:
        structure({**unstructure(SESSION), **change}, PracticeSession)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "json-syntax"),
        (b"{", "json-syntax"),
        (b"\xff\xfe{\x00}\x00", "encoding"),
        (b"[" * 100_000, "json-syntax"),
        (b'{"hiringkit": "practice/1", "n": NaN}', "json-syntax"),
        (b'{"hiringkit": "practice/1", "n": ' + b"9" * 5000 + b"}", "json-syntax"),
        (b"[]", "header"),
        (b'{"hiringkit": "practice/2"}', "header"),
    ],
    ids=["empty", "cut off", "utf-16", "deep", "nan", "long number", "a list", "newer"],
)
def test_a_file_that_is_no_record_is_a_finding(data: bytes, code: str) -> None:
    found = parse_record(data, "x.json", "practice/1")
    assert isinstance(found, Finding)
    assert found.code == code


def test_what_a_terminal_would_obey_is_cleaned_at_the_door() -> None:
    answer = {"question": "q", "sample": "a", "reasoned": 1, "level": 1, "reason": "\x1b[2J\ud800"}
    content = json.loads(json.dumps({**unstructure(SESSION), "answers": [answer]}))
    reason = structure(content, PracticeSession).answers[0].reason
    assert reason == "\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}"
    reason.encode()
