"""A real database file, the shipped library and a clock that ticks once a second."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from hiringkit.actions import self_assessments
from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import rate, submit
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.interview import Mark
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.self_assessment import Sheet
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings
from hiringkit.store.store import Store, open_store
from hiringkit.timezone import Clock


@pytest.fixture(scope="session")
def library() -> Library:
    """The rubrics and banks that ship."""
    return Library(load_settings({}, {}).roots)


@pytest.fixture
def store(tmp_path: Path, empty: Path) -> Iterator[Store]:
    """An empty database."""
    shutil.copy2(empty, tmp_path / "test.db")
    with open_store(str(tmp_path / "test.db")) as opened:
        yield opened


@pytest.fixture
def recruiter() -> Actor:
    """A recruiter who says so, and so may write into interviews for others."""
    seconds = count()
    return Actor(
        "recruiter:dana@firm.example", lambda: datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))
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


@pytest.fixture
def begun(panel: Store, recruiter: Actor) -> Store:
    """Ivy and Joe interview Ada and Bo on two questions; Joe's scorecard of Ada is in, Ivy has begun with Bo."""
    for candidate in ("ada", "bo"):
        schedule_interviews(
            panel, recruiter, "som", candidate, ["ivy", "joe"], questions=("bottlenecks", "forecast-miss")
        )
    rate(panel, recruiter, "som/ada/joe", "bottlenecks", value=2, evidence="waited 6 days")
    rate(panel, recruiter, "som/ada/joe", "forecast-miss", value=Mark.NO_EVIDENCE)
    submit(panel, recruiter, "som/ada/joe")
    rate(panel, recruiter, "som/bo/ivy", "bottlenecks", value=5)
    return panel


SMALL = """\
hiringkit: rubric/1
id: small
version: 1.0.0
title: Small
role:
  family: tests
  level: manager
  requirements:
    - {id: degree, kind: required, text: A degree}
criteria:
  - {id: care, kind: competency, name: Care, definition: d, weight: 3, bar: 3, anchors: {1: careless, 3: careful}}
  - {id: pace, kind: competency, name: Pace, definition: d, weight: 1, bar: 3, anchors: {1: slow, 3: quick}}
questions:
  - {id: one, kind: behavioural, text: First?, criteria: {care: 1}, minutes: 5, anchors: {1: a, 3: b}}
  - {id: two, kind: behavioural, text: Second?, criteria: {pace: 1, care: 1}, minutes: 5, anchors: {1: a, 3: b}}
  - {id: three, kind: behavioural, text: Third?, criteria: {pace: 1}, minutes: 5, anchors: {1: a, 3: b}}
"""
Edit = Callable[[str, str], Library]


@pytest.fixture(scope="session")
def small() -> str:
    """The text of the rubric `small`."""
    return SMALL


@pytest.fixture
def clock() -> Clock:
    """A clock that ticks once a second."""
    seconds = count()
    return lambda: datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where attempts are kept."""
    return tmp_path / "self"


@pytest.fixture
def shelf(tmp_path: Path) -> Edit:
    """A library with the rubric `small`, something in it replaced."""

    def edited(old: str, new: str) -> Library:
        assert not old or old in SMALL
        (tmp_path / "rubrics").mkdir(exist_ok=True)
        (tmp_path / "rubrics" / "small.yaml").write_text(SMALL.replace(old, new), encoding="utf-8")
        return Library((tmp_path,))

    return edited


@pytest.fixture
def started(folder: Path, shelf: Edit, clock: Clock) -> Sheet:
    """An attempt at `small` with all three questions answered."""
    sheet = self_assessments.start(folder, shelf("", ""), clock, "small")
    for question, level in (("one", 3), ("two", 2), ("three", 1)):
        sheet = self_assessments.answer(
            folder, clock, sheet.attempt.id, question, text=f"my {question}", level=level, evidence="a file"
        )
    return sheet
