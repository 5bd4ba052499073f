"""Openings as they are kept."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from attrs import evolve

from hiringkit.domain.interview import Opening
from hiringkit.errors import NotFound, Refused
from hiringkit.store import openings
from hiringkit.store.store import Store

SHANGHAI = timezone(timedelta(hours=8))
CREATED = datetime(2026, 3, 2, 17, 30, 0, 123456, tzinfo=SHANGHAI)
OPENING = Opening("ops", "运营 Ops", "sales-operations-manager", "1.0.0", "sha256:ab", CREATED)
RUBRIC = "hiringkit: rubric/1\r\n# \x00 \x1b[31m \u202e 评分\n\ttabs\n"


def test_an_opening_comes_back_as_it_was_given(store: Store) -> None:
    with store.write() as tx:
        openings.insert(tx, OPENING, "text")
    with store.read() as tx:
        assert openings.find(tx, "ops") == OPENING


def test_times_come_back_in_utc(store: Store) -> None:
    with store.write() as tx:
        openings.insert(tx, OPENING, "text")
        openings.close(tx, "ops", CREATED + timedelta(days=1))
    with store.read() as tx:
        found = openings.find(tx, "ops")
    assert found is not None
    assert found.created_at.isoformat() == "2026-03-02T09:30:00.123456+00:00"
    assert found.created_at.tzinfo is UTC
    assert found.closed_at is not None
    assert found.closed_at.isoformat() == "2026-03-03T09:30:00.123456+00:00"


def test_a_time_without_a_zone_is_a_mistake_of_ours(store: Store) -> None:
    with pytest.raises(Exception, match="without a zone"), store.write() as tx:
        openings.insert(tx, evolve(OPENING, created_at=CREATED.replace(tzinfo=None)), "text")


def test_the_rubrics_text_is_kept_byte_for_byte(store: Store) -> None:
    text = RUBRIC if store.path else RUBRIC.replace("\x00", "")  # PostgreSQL has no NUL in text
    with store.write() as tx:
        openings.insert(tx, OPENING, text)
    with store.read() as tx:
        assert openings.rubric_text(tx, "ops") == text


def test_the_text_of_an_unknown_opening_is_not_found(store: Store) -> None:
    with store.read() as tx, pytest.raises(NotFound, match="no opening ops"):
        openings.rubric_text(tx, "ops")


def test_an_unknown_opening_is_none(store: Store) -> None:
    with store.read() as tx:
        assert openings.find(tx, "ops") is None


def test_all_openings_come_oldest_first(store: Store) -> None:
    with store.write() as tx:
        for days, opening_id in ((2, "a"), (0, "c"), (0, "b"), (1, "d")):
            at = CREATED + timedelta(days=days)
            openings.insert(tx, evolve(OPENING, id=opening_id, created_at=at), "text")
    with store.read() as tx:
        assert [opening.id for opening in openings.every(tx)] == ["b", "c", "d", "a"]


def test_an_opening_is_closed_once(store: Store) -> None:
    with store.write() as tx:
        openings.insert(tx, OPENING, "text")
        openings.close(tx, "ops", CREATED)
    with store.write() as tx, pytest.raises(Refused, match="closed already"):
        openings.close(tx, "ops", CREATED + timedelta(days=9))
    with store.write() as tx, pytest.raises(NotFound, match="no opening osp"):
        openings.close(tx, "osp", CREATED)
    with store.read() as tx:
        assert openings.every(tx)[0].closed_at == CREATED


def test_an_id_is_given_once(store: Store) -> None:
    with store.write() as tx:
        openings.insert(tx, OPENING, "first")
    with pytest.raises(Refused, match="contradicts"), store.write() as tx:
        openings.insert(tx, OPENING, "second")
    with store.read() as tx:
        assert openings.rubric_text(tx, "ops") == "first"
