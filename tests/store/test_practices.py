"""Practice sessions in the store, on SQLite and PostgreSQL."""

from datetime import datetime, timedelta

import pytest
from attrs import evolve

from hiringkit.domain.practice import PracticeAnswer, PracticeSession
from hiringkit.errors import Refused
from hiringkit.store import practices
from hiringkit.store.store import Store


def answer(now: datetime, question: str = "bottlenecks", sample: str = "a", level: int = 4) -> PracticeAnswer:
    return PracticeAnswer(question, sample, 3, level, "量过", now)


def test_answers_come_back_in_the_order_in_which_they_were_given(panel: Store, now: datetime) -> None:
    first = PracticeSession("sales", 1, now, (answer(now, sample="c"), answer(now, "a-question"), answer(now)))
    later = PracticeSession("sales", 2, now + timedelta(days=1), (answer(now),))
    other = PracticeSession("marketing", 1, now + timedelta(hours=1), (answer(now),))
    for session in (later, first, other):
        for each in session.answers:
            with panel.write() as tx:
                practices.put_answer(tx, "zoe", evolve(session, answers=()), each)
    with panel.read() as tx:
        assert practices.sessions_of(tx, "zoe") == (first, other, later)
        assert practices.sessions_of(tx, "ben") == ()


def test_an_answer_to_the_same_sample_is_replaced(panel: Store, now: datetime) -> None:
    session = PracticeSession("sales", 1, now)
    for level in (2, 5):
        with panel.write() as tx:
            practices.put_answer(tx, "zoe", session, answer(now, level=level))
    with panel.read() as tx:
        (kept,) = practices.sessions_of(tx, "zoe")
    assert kept.answers == (answer(now, level=5),)


def test_only_interviewers_of_the_store_have_sessions(panel: Store, now: datetime) -> None:
    with pytest.raises(Refused, match="contradicts"), panel.write() as tx:
        practices.put_answer(tx, "nobody", PracticeSession("sales", 1, now), answer(now))
