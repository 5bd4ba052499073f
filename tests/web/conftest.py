"""The room as a browser reaches it: a real database, Ivy and Joe who interview Ada, and whoever signs in."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from attrs import define, field
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from hiringkit.actions.audit import Actor
from hiringkit.actions.links import make_link
from hiringkit.actions.openings import create_opening
from hiringkit.actions.people import add_candidates, add_interviewers
from hiringkit.actions.schedule import schedule_interviews
from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings
from hiringkit.store.store import Store, open_store
from hiringkit.web.app import make_app
from hiringkit.web.room import Room
from hiringkit.web.site import read_site

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CODE = "12345678"


@define
class Clock:
    """A clock that tests put forward."""

    at: datetime = START

    def __call__(self) -> datetime:
        """Return what it shows."""
        return self.at


@define
class Place:
    """A server with a panel in its database."""

    store: Store
    app: ASGIApp
    room: Room
    clock: Clock
    bugs: list[BaseException]
    tokens: Iterator[int] = field(factory=count)

    @property
    def recruiter(self) -> Actor:
        """Who plans."""
        return Actor("recruiter:dana", self.clock)

    def browser(self) -> TestClient:
        """Open a browser that has been nowhere."""
        address = self.room.site.address
        return TestClient(
            self.app,
            base_url=address,
            headers={"origin": address, "sec-fetch-site": "same-origin"},
            follow_redirects=False,
            raise_server_exceptions=False,
        )

    def link(self, who: str, expires: timedelta = timedelta(days=14)) -> str:
        """Make a personal link, and return its path."""
        token = f"token-{next(self.tokens)}"
        make_link(self.store, self.recruiter, who, token=token, code=CODE, expires=expires)
        return f"/link/{token}"

    def signed_in(self, who: str) -> TestClient:
        """Open a browser, and sign in with a new link."""
        browser = self.browser()
        assert browser.post(self.link(who), data={"code": CODE}).status_code == 303
        return browser


@pytest.fixture
def place(tmp_path: Path, empty: Path) -> Iterator[Place]:
    """A server; Ivy and Joe are to interview Ada on two questions."""
    shutil.copy2(empty, tmp_path / "test.db")
    clock, bugs, numbers = Clock(), list[BaseException](), count()
    with open_store(str(tmp_path / "test.db")) as store:
        site = read_site("127.0.0.1:8080")
        room = Room(store, site, clock, "key", "en", lambda: f"login-{next(numbers)}", bugs.append)
        made = Place(store, make_app(room), room, clock, bugs)
        library = Library(load_settings({}, {}).roots)
        create_opening(store, library, made.recruiter, "som", "sales-operations-manager")
        add_candidates(store, made.recruiter, "som", [Candidate("ada", "Ada Okafor")])
        add_interviewers(store, made.recruiter, [Interviewer("ivy", "Ivy"), Interviewer("joe", "Joe")])
        schedule_interviews(
            store, made.recruiter, "som", "ada", ["ivy", "joe"], questions=("bottlenecks", "forecast-miss")
        )
        yield made
        assert bugs == []


@pytest.fixture
def address() -> Callable[[TestClient], str]:
    """Find the address of the first interview on somebody's page."""

    def find(browser: TestClient) -> str:
        found = re.search(r'href="(/interview/[\w-]+)', browser.get("/").text)
        assert found
        return found[1]

    return find


@pytest.fixture
def version() -> Callable[[TestClient, str], str]:
    """Read the version that a page's first form carries."""

    def find(browser: TestClient, page: str) -> str:
        found = re.search(r'name="version" value="(\w+)"', browser.get(page).text)
        assert found
        return found[1]

    return find
