"""Submitted ratings as columns, for scoring."""

from datetime import datetime

import pytest

from hiringkit.domain.interview import Mark, Rating, Scorecard
from hiringkit.store import interviews, people
from hiringkit.store.ratings import submitted
from hiringkit.store.store import Store

KIT = ("process-resistance", "bottlenecks", "bad-data")


def card(now: datetime, number: int, *values: int | Mark | None) -> Scorecard:
    return Scorecard(number, now, tuple(Rating(q, v) for q, v in zip(KIT, values, strict=True)))


@pytest.fixture
def rated(panel: Store, now: datetime) -> Store:
    """Zoe and Ben submitted Mei, Zoe amended; Zoe submitted Ada with a gap; Ben's Ada is a draft."""
    with panel.write() as tx:
        interviews.add_scorecard(tx, "ada-zoe", card(now, 1, 2, Mark.NOT_ASSESSED, None))
        interviews.add_scorecard(tx, "mei-ben", card(now, 1, 5, 4, Mark.NO_EVIDENCE))
        interviews.add_scorecard(tx, "mei-zoe", card(now, 1, 1, 1, 1))
        interviews.add_scorecard(tx, "mei-zoe", card(now, 2, 3, 4, 5))
        interviews.put_rating(tx, "ada-ben", Rating("bad-data", 5))
    return panel


def test_the_latest_scorecards_come_by_candidate_interviewer_and_question(rated: Store) -> None:
    with rated.read() as tx:
        rows = submitted(tx, "ops")
    assert list(zip(rows.candidate, rows.interviewer, rows.question, rows.value, rows.mark, strict=True)) == [
        ("mei", "zoe", "process-resistance", 3, None),
        ("mei", "zoe", "bottlenecks", 4, None),
        ("mei", "zoe", "bad-data", 5, None),
        ("mei", "ben", "process-resistance", 5, None),
        ("mei", "ben", "bottlenecks", 4, None),
        ("mei", "ben", "bad-data", None, "no-evidence"),
        ("ada", "zoe", "process-resistance", 2, None),
        ("ada", "zoe", "bottlenecks", None, "not-assessed"),
    ]
    assert len(rows) == 8


def test_an_interview_that_is_open_again_does_not_count(rated: Store) -> None:
    with rated.write() as tx:
        tx.exec_driver_sql("UPDATE interviews SET state = 'started' WHERE id = 'mei-zoe'")
    with rated.read() as tx:
        assert set(submitted(tx, "ops").interviewer[:3]) == {"ben"}


def test_ratings_of_the_withdrawn_stay_and_can_be_left_out(rated: Store, now: datetime) -> None:
    with rated.write() as tx:
        people.withdraw(tx, "ops", "ada", now, "")
    with rated.read() as tx:
        rows = submitted(tx, "ops")
    assert rows.candidate.count("ada") == 2
    assert set(rows.of({"mei"}).candidate) == {"mei"}
    assert len(rows.of({"mei"})) == len(rows) - 2


def test_an_opening_without_scorecards_has_no_rows(panel: Store) -> None:
    with panel.read() as tx:
        assert len(submitted(tx, "ops")) == 0
        assert submitted(tx, "other").value == []
