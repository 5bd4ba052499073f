"""Questions that are left out of an opening."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from hiringkit.domain.interview import DroppedQuestion
from hiringkit.errors import Refused
from hiringkit.store import dropped_questions as dropped
from hiringkit.store.store import Store
from hiringkit.store.tables import dropped_questions


def test_a_dropped_question_is_found_until_it_is_restored(panel: Store, now: datetime) -> None:
    out = DroppedQuestion("bottlenecks", "two versions of it were asked", now, "zoe")
    with panel.write() as tx:
        dropped.insert(tx, "ops", out)
        dropped.insert(tx, "ops", DroppedQuestion("bad-data", "unclear", now + timedelta(minutes=1)))
    with panel.read() as tx:
        assert [each.question for each in dropped.current(tx, "ops")] == ["bottlenecks", "bad-data"]
        assert dropped.current(tx, "ops")[0] == out
        assert dropped.current(tx, "another") == ()
    with panel.write() as tx:
        dropped.restore(tx, "ops", "bottlenecks", now, "ben")
    with panel.read() as tx:
        assert [each.question for each in dropped.current(tx, "ops")] == ["bad-data"]


def test_what_was_restored_is_kept_beside_the_next_dropping(panel: Store, now: datetime) -> None:
    out = DroppedQuestion("bottlenecks", "first", now, "zoe")
    with panel.write() as tx:
        dropped.insert(tx, "ops", out)
        dropped.restore(tx, "ops", "bottlenecks", now, "ben")
        dropped.insert(tx, "ops", DroppedQuestion("bottlenecks", "second", now, "zoe"))
        rows = tx.execute(select(dropped_questions).order_by(dropped_questions.c.number)).all()
    assert [(row.number, row.reason, row.restored_by) for row in rows] == [(1, "first", "ben"), (2, "second", "")]
    assert rows[0].restored_at == now
    assert rows[1].restored_at is None


def test_what_is_not_dropped_is_not_restored(panel: Store, now: datetime) -> None:
    with pytest.raises(Refused, match="is not dropped"), panel.write() as tx:
        dropped.restore(tx, "ops", "bottlenecks", now, "ben")


def test_an_unknown_opening_and_an_empty_reason_are_refused(panel: Store, now: datetime) -> None:
    with pytest.raises(Refused, match="contradicts"), panel.write() as tx:
        dropped.insert(tx, "nowhere", DroppedQuestion("bottlenecks", "why", now))
    with pytest.raises(Refused, match="contradicts"), panel.write() as tx:
        dropped.insert(tx, "ops", DroppedQuestion("bottlenecks", "", now))
