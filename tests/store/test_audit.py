"""The audit log: a chain in which a later change shows."""

import hmac
import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from hiringkit.errors import Refused
from hiringkit.store import audit
from hiringkit.store.store import Store

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def logged(store: Store) -> Store:
    """Five events on two interviews."""
    with store.write() as tx:
        for n in range(1, 6):
            subject = {"opening": "ops", "interview": "mei-zoe" if n % 2 else "ada-zoe"}
            audit.append(tx, NOW + timedelta(minutes=n), "zoe", "interview.rate", subject, {"level": n})
    return store


def problems(store: Store) -> list[tuple[str, str]]:
    with store.read() as tx:
        return [(finding.code, finding.path) for finding in audit.verify(tx)]


def tamper(store: Store, statement: str) -> None:
    with store.write() as tx:
        assert tx.exec_driver_sql(statement).rowcount > 0


# Writing and reading


def test_an_event_comes_back_as_it_was_given(store: Store) -> None:
    at = datetime(2026, 3, 2, 17, 30, 0, 1, tzinfo=timezone(timedelta(hours=8)))
    subject, detail = (
        {"opening": "运营", "candidate": "\x1b[31m"},
        {"level": 4, "probes": [0, 2], "note": None},
    )
    with store.write() as tx:
        given = audit.append(tx, at, "zoe@example.org", "interview.rate", subject, detail)
    with store.read() as tx:
        assert audit.events(tx) == (given,)
    assert (given.sequence, given.at, given.subject, given.detail) == (1, at, subject, detail)


def test_the_hash_is_sha256_over_the_canonical_content_and_the_hash_before(store: Store) -> None:
    with store.write() as tx:
        first = audit.append(tx, NOW, "zoe", "opening.create", {"opening": "运营"}, {"b": 1, "a": [2.5, True]})
        second = audit.append(tx, NOW, "zoe", "opening.close", {"opening": "运营"}, {})
    at = "2026-03-02T09:30:00.000000+00:00"
    texts = [hmac.digest(b"", text.encode(), sha256).hex() for text in ('{"opening":"运营"}', '{"a":[2.5,true],"b":1}')]
    content = [1, at, "zoe", "cli", "opening.create", *texts, "{}", "0" * 64]
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    assert first.hash == sha256(canonical.encode()).hexdigest()
    assert first.previous == audit.GENESIS
    assert second.previous == first.hash


def test_events_come_oldest_first_and_can_be_limited_to_the_last(logged: Store) -> None:
    with logged.read() as tx:
        assert [event.sequence for event in audit.events(tx)] == [1, 2, 3, 4, 5]
        assert [event.sequence for event in audit.events(tx, limit=2)] == [4, 5]
        assert audit.events(tx, limit=0) == ()


def test_events_of_a_subject_are_those_that_have_all_of_it(logged: Store) -> None:
    def of(**subject: str) -> list[int]:
        with logged.read() as tx:
            return [event.sequence for event in audit.events(tx, subject=subject)]

    assert of(interview="mei-zoe") == [1, 3, 5]
    assert of(opening="ops", interview="ada-zoe") == [2, 4]
    assert of(opening="other", interview="ada-zoe") == []
    with logged.read() as tx:
        assert [e.sequence for e in audit.events(tx, limit=1, subject={"interview": "ada-zoe"})] == [4]


def test_the_head_can_be_noted_elsewhere(logged: Store) -> None:
    with logged.read() as tx:
        assert audit.head(tx) == (5, audit.events(tx)[-1].hash)


def test_an_empty_log_is_whole(store: Store) -> None:
    with store.read() as tx:
        assert audit.head(tx) == (0, audit.GENESIS)
        assert audit.verify(tx) == []
        assert audit.events(tx) == ()


def test_what_was_undone_leaves_no_event(logged: Store) -> None:
    def undone() -> None:
        with logged.write() as tx:
            audit.append(tx, NOW, "zoe", "interview.rate", {}, {})
            raise LookupError

    with pytest.raises(LookupError):
        undone()
    with logged.write() as tx:
        assert audit.append(tx, NOW, "zoe", "interview.rate", {}, {}).sequence == 6
    assert problems(logged) == []


@pytest.mark.parametrize("detail", [{"at": NOW}, {"score": float("nan")}], ids=["a time", "no number"])
def test_a_detail_that_json_has_no_word_for_is_a_mistake_of_ours(store: Store, detail: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)), store.write() as tx:
        audit.append(tx, NOW, "zoe", "interview.rate", {}, detail)


# Tampering


def test_an_untouched_log_is_whole(logged: Store) -> None:
    assert problems(logged) == []


@pytest.mark.parametrize(
    "change",
    [
        "at = '2026-03-02T09:33:00.000001+00:00'",
        "actor = 'ben'",
        "via = 'tui'",
        "states = '{ }'",
        "action = 'interview.submit'",
        'subject = \'{"interview":"mei-ben","opening":"ops"}\'',
        "detail = '{\"level\":5}'",
        "detail = '{\"level\": 3}'",
    ],
)
def test_a_change_to_any_part_of_an_event_shows(logged: Store, change: str) -> None:
    tamper(logged, f"UPDATE audit_events SET {change} WHERE sequence = 3")
    assert problems(logged) == [("audit-changed", "$[3]")]


def test_a_change_that_comes_with_its_own_new_hash_breaks_the_chain(logged: Store) -> None:
    with logged.write() as tx:
        second, third = audit.events(tx)[1:3]
        at = third.at.isoformat(timespec="microseconds")
        texts = [
            hmac.digest(b"", text.encode(), sha256).hex()
            for text in ('{"interview":"mei-zoe","opening":"ops"}', '{"level":3}')
        ]
        content = [3, at, "ben", "cli", third.action, *texts, "{}", second.hash]
        forged = sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()
    tamper(logged, f"UPDATE audit_events SET actor = 'ben', hash = '{forged}' WHERE sequence = 3")
    assert problems(logged) == [("audit-broken", "$[4]")]


def test_a_removed_event_shows(logged: Store) -> None:
    tamper(logged, "DELETE FROM audit_events WHERE sequence = 2")
    assert problems(logged) == [("audit-missing", "$[3]"), ("audit-broken", "$[3]")]


def test_a_removed_first_event_shows(logged: Store) -> None:
    tamper(logged, "DELETE FROM audit_events WHERE sequence = 1")
    assert problems(logged) == [("audit-missing", "$[2]"), ("audit-broken", "$[2]")]


def test_a_gap_that_was_closed_up_shows(logged: Store) -> None:
    tamper(logged, "DELETE FROM audit_events WHERE sequence = 4")
    tamper(logged, "UPDATE audit_events SET sequence = 4 WHERE sequence = 5")
    assert problems(logged) == [("audit-broken", "$[4]"), ("audit-changed", "$[4]")]


def test_what_was_cut_off_the_end_shows_only_against_a_head_noted_elsewhere(logged: Store) -> None:
    with logged.read() as tx:
        noted = audit.head(tx)
    tamper(logged, "DELETE FROM audit_events WHERE sequence = 5")
    assert problems(logged) == []
    with logged.read() as tx:
        assert audit.head(tx) != noted


@pytest.mark.parametrize("change", ["detail = '{'", "subject = '[]'", "at = 'yesterday'"])
def test_an_event_that_can_no_longer_be_read_is_named(logged: Store, change: str) -> None:
    tamper(logged, f"UPDATE audit_events SET {change} WHERE sequence = 3")
    with pytest.raises(Refused, match="event 3 of the audit log"), logged.read() as tx:
        audit.events(tx)
    assert problems(logged) == [("audit-changed", "$[3]")]


def test_bytes_in_place_of_text_are_a_change_too(logged: Store) -> None:
    if logged.path is None:
        pytest.skip("PostgreSQL keeps no bytes in a text column")
    tamper(logged, "UPDATE audit_events SET detail = x'00ff' WHERE sequence = 3")
    with pytest.raises(Refused, match="event 3"), logged.read() as tx:
        audit.events(tx)
    assert problems(logged) == [("audit-changed", "$[3]")]
