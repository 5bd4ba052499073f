"""The writer: in order, once, until it is on disk; what is refused is handed back."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event
from textual.message import Message

from hiringkit.actions.audit import Actor
from hiringkit.actions.schedule import show_interview
from hiringkit.errors import Refused, StoreUnreachable
from hiringkit.store.store import Store
from hiringkit.tui.interview.state import InterviewWriter, QuestionChange
from hiringkit.tui.saving import Delayed, Rejected, Saved

AT = "som/ada/ivy"
OnDisk = Callable[..., Any]


@pytest.fixture
def said() -> list[Message]:
    return []


@pytest.fixture
def writer(panel: Store, acting: Callable[[str], Actor], said: list[Message]) -> Iterator[InterviewWriter]:
    writer = InterviewWriter(said.append, panel, acting("ivy"), AT)
    writer.begin()
    yield writer
    writer.close()


def wait_for(kind: type[Message], said: list[Message]) -> Any:
    """Return the first message of a kind, when it has come."""
    for _ in range(1000):
        found = [message for message in said if isinstance(message, kind)]
        if found:
            return found[0]
        time.sleep(0.01)
    raise AssertionError(f"no {kind.__name__} came, but {said}")


def test_changes_are_on_disk_when_it_says_so(writer: InterviewWriter, said: list[Message], on_disk: OnDisk) -> None:
    writer.put(QuestionChange("bottlenecks", value=4))
    kept = wait_for(Saved, said)
    assert kept.result == on_disk(writer.store, "bottlenecks")
    assert kept.result.value == 4


def test_the_last_of_many_changes_wins_and_the_place_is_the_last_one(
    writer: InterviewWriter, said: list[Message], on_disk: OnDisk
) -> None:
    for level in (1, 2, 3, 4, 5):
        writer.put(QuestionChange("bottlenecks", value=level))
    writer.put(QuestionChange("bottlenecks", evidence="words"))
    writer.put(QuestionChange("forecast-miss"))
    assert writer.flush(10)
    found = on_disk(writer.store, "bottlenecks")
    assert (found.value, found.evidence) == (5, "words")
    assert show_interview(writer.store, writer.actor, AT).place == "forecast-miss"


def test_a_locked_database_is_tried_until_it_is_free(
    writer: InterviewWriter, said: list[Message], on_disk: OnDisk
) -> None:
    other = sqlite3.connect(str(writer.store.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writer.put(QuestionChange("bottlenecks", value=4))
    assert isinstance(wait_for(Delayed, said).error, StoreUnreachable)
    assert not writer.flush(0.05)
    writer.put(QuestionChange("bottlenecks", value=2))
    other.execute("ROLLBACK")
    assert writer.flush(10)
    assert on_disk(writer.store, "bottlenecks").value == 2
    assert not [message for message in said if isinstance(message, Rejected)]
    other.close()


def test_a_disk_without_room_is_tried_until_there_is_some(
    writer: InterviewWriter, said: list[Message], on_disk: OnDisk
) -> None:
    with writer.store.read() as tx:
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(count: int) -> None:
        writer.store.engine.dispose()

        def connected(raw: Any, _record: object) -> None:
            raw.execute(f"PRAGMA max_page_count = {count}")

        event.listen(writer.store.engine, "connect", connected)

    limit(pages)
    writer.put(QuestionChange("bottlenecks", evidence="x" * 90_000))
    assert "no room left" in wait_for(Delayed, said).error.message
    assert on_disk(writer.store, "bottlenecks").evidence == ""
    limit(1_000_000)
    assert writer.flush(10)
    assert len(on_disk(writer.store, "bottlenecks").evidence) == 90_000


def test_what_is_refused_is_handed_back_and_the_next_is_written(
    writer: InterviewWriter, said: list[Message], on_disk: OnDisk
) -> None:
    writer.put(QuestionChange("bottlenecks", value=9))
    writer.put(QuestionChange("forecast-miss", value=3))
    assert writer.flush(10)
    assert "not on the scale" in str(wait_for(Rejected, said).error)
    wait_for(Saved, said)
    assert on_disk(writer.store, "bottlenecks").value is None
    assert on_disk(writer.store, "forecast-miss").value == 3
    assert Refused.exit_code == 1
