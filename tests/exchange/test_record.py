"""Records as JSON: what is written is read back, and what is not right is named with its place."""

import json
from datetime import UTC, datetime

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.domain.practice import PracticeAnswer, PracticeSession
from hiringkit.domain.self_assessment import SelfAnswer
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


def test_a_level_of_zero_is_not_taken_for_none() -> None:
    assert structure(unstructure(SelfAnswer("q", level=0)), SelfAnswer).level == 0


@pytest.mark.parametrize("level", [3, "no-evidence", None])
def test_a_level_is_a_number_or_a_mark(level: object) -> None:
    assert structure({"question": "q", "level": level}, SelfAnswer).level == level


@pytest.mark.parametrize("level", ["good", "3", 3.5, True, [], {}])
def test_what_is_neither_is_told_what_is_expected(level: object) -> None:
    with pytest.raises(Malformed) as caught:
        structure({"question": "q", "level": level}, SelfAnswer)
    assert caught.value.path == "$.level"
    assert caught.value.expected == "a whole number or one of not-assessed, no-evidence or nothing"


@pytest.mark.parametrize(
    ("value", "path", "expected"),
    [
        ([], "$", "an object"),
        ({"question": "q", "text": ["x"]}, "$.text", "a text"),
        ({"question": "q", "\x1b]0;": 1}, "$.\N{REPLACEMENT CHARACTER}]0;", "one of the keys question, text"),
        ({}, "$.question", "a value"),
    ],
    ids=["a list", "a text", "an unknown key", "a missing key"],
)
def test_the_sentence_says_what_would_be_right(value: object, path: str, expected: str) -> None:
    with pytest.raises(Malformed) as caught:
        structure(value, SelfAnswer)
    assert caught.value.path == path
    assert caught.value.expected.startswith(expected)


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
