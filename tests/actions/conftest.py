"""A real database file, the shipped library and a clock that ticks once a second."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.recording import Actor
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings
from hiringkit.store.store import Store, open_store


@pytest.fixture(scope="session")
def library() -> Library:
    """The rubrics and banks that ship."""
    return Library(load_settings({}, {}).roots)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database."""
    with open_store(str(tmp_path / "test.db"), create=True) as opened:
        yield opened


@pytest.fixture
def recruiter() -> Actor:
    """Somebody who interviews nobody."""
    seconds = count()
    return Actor(
        "recruiter@firm.example", lambda: datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))
    )


@pytest.fixture
def acting(recruiter: Actor) -> Callable[[str], Actor]:
    """Make an actor of an interviewer's id or e-mail, with the recruiter's clock."""
    return lambda who: Actor(who, recruiter.clock)


@pytest.fixture
def panel(store: Store, library: Library, recruiter: Actor) -> Store:
    """An opening `som` with candidates ada, bo and interviewers ivy, joe; nothing scheduled."""
    create_opening(store, library, recruiter, "som", "sales-operations-manager")
    add_candidates(store, recruiter, "som", [Candidate("ada", "Ada"), Candidate("bo", "Bo")])
    people = [Interviewer("ivy", "Ivy", "ivy@firm.example"), Interviewer("joe", "Joe", "joe@firm.example")]
    add_interviewers(store, recruiter, people)
    return store
