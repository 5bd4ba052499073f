"""For oneself in the browser: an assessment and practice, with nobody else, no database and no script."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import define
from starlette.testclient import TestClient

from hiringkit.actions import self_assessments
from hiringkit.cli.main import run
from hiringkit.domain.interview import Mark
from hiringkit.domain.self_assessment import Attempt, SelfAnswer, Tick
from hiringkit.exchange.personal import read_panels, read_sessions
from hiringkit.library.catalog import Library
from hiringkit.settings import load_settings
from hiringkit.web.app import make_app
from hiringkit.web.own_place import OwnPlace
from hiringkit.web.room import Room
from hiringkit.web.site import read_site

HOSTILE = "</textarea><script>alert(1)</script>\"'&{{7*7}}\x1b[31m\u202e"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROLE = "sales-operations-manager"


@define
class OwnServer:
    """A server for one person."""

    room: Room
    own: OwnPlace

    def stranger(self) -> TestClient:
        """Open a browser that does not know the address."""
        address = self.room.site.address
        headers = {"origin": address, "sec-fetch-site": "same-origin"}
        return TestClient(make_app(self.room), base_url=address, headers=headers, follow_redirects=False)

    def browser(self) -> TestClient:
        """Open the address that the server has printed."""
        found = self.stranger()
        assert found.get(f"/own/{self.own.key}").headers["location"] == "/"
        return found

    @property
    def attempt(self) -> Attempt:
        """The one attempt as it is on disk."""
        return self_assessments.latest(self.own.attempts).attempt

    def answer(self, n: int = 1) -> SelfAnswer:
        """The answer to a question by its number."""
        return self.attempt.answer(self.attempt.kit[n - 1])


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[OwnServer]:
    """A server that somebody runs for themself."""
    bugs: list[BaseException] = []
    library = Library(load_settings({}, {}).roots)
    own = OwnPlace(library, tmp_path / "self", tmp_path / "practice", "the-key")
    room = Room(None, read_site("127.0.0.1:8080"), lambda: START, "key", "en", lambda: "token", bugs.append, own=own)
    yield OwnServer(room, own)
    assert bugs == []


def begun(browser: TestClient) -> str:
    """Begin an attempt, and return its address."""
    return browser.post("/attempts", data={"rubric": ROLE}).headers["location"]


def version(browser: TestClient, page: str) -> str:
    """Read the version that a page's form carries."""
    found = re.search(r'name="version" value="([\w,-]*)"', browser.get(page).text)
    assert found
    return found[1]


def test_only_the_address_that_was_printed_lets_a_browser_in(alone: OwnServer) -> None:
    stranger = alone.stranger()
    assert stranger.get("/own/another-key").status_code == 401
    for page in ("/", "/attempt/x", "/practice/x"):
        assert stranger.get(page).status_code == 401
    assert "hiringkit serve --self" in stranger.get("/").text
    assert stranger.post("/attempts", data={"rubric": ROLE}).status_code == 401
    browser = alone.browser()
    assert "HttpOnly" in browser.get(f"/own/{alone.own.key}").headers["set-cookie"]
    assert "Assess yourself against" in browser.get("/").text
    for page in ("/desk", "/interview/x", "/link/x"):
        assert browser.get(page).status_code == 404


@pytest.mark.parametrize(
    "words", [("--public-url", "https://x.example.org"), ("--bind", "192.168.1.20:8080", "--insecure-lan")]
)
def test_it_is_served_to_this_machine_alone(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--self", *words]) == 2
    assert "served to this machine alone" in capsys.readouterr().err


def test_a_place_that_others_reach_is_refused_with_what_helps(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--self", "--bind", "192.168.1.20:8080"]) == 2
    said = capsys.readouterr().err
    assert "can be reached from other machines" in said
    assert "leave out --bind, --public-url and --insecure-lan" in said


@pytest.mark.slow
def test_an_attempt_from_the_requirements_to_the_report(alone: OwnServer) -> None:
    browser = alone.browser()
    here = begun(browser)
    assert browser.get(here).headers["location"] == f"{here}/requirements"
    page = f"{here}/requirements"
    given = {"version": version(browser, page), "requirement-0": "met", "requirement-1": "in-progress", "go": "next"}
    assert browser.post(page, data=given).headers["location"] == f"{here}/1"
    assert list(alone.attempt.requirements.values()) == ["met", "in-progress"]
    assert "comes after your answer" in browser.get(f"{here}/1").text
    form = {"version": version(browser, f"{here}/1"), "text": "I timed each step", "go": "levels"}
    after = browser.post(f"{here}/1", data=form).headers["location"]
    assert after == f"{here}/1?step=levels#levels"
    shown = browser.get(after).text
    assert "An interviewer would look for" not in shown
    parts = re.findall(r'name="tick" value="(\d+)"', shown)
    form = {"version": version(browser, f"{here}/1"), "text": "I timed each step", "parts": "1", "rating": "4"}
    after = browser.post(f"{here}/1", data=form | {"tick": [parts[0], parts[-1]], "go": "next"}).headers["location"]
    assert after == f"{here}/1?step=evidence#evidence"
    assert "An interviewer would look for" in browser.get(after).text
    answer = alone.answer()
    assert (answer.text, answer.level, len(answer.ticks)) == ("I timed each step", 4, 2)
    assert isinstance(answer.ticks[0], Tick)
    form |= {"version": answer.version, "evidence": "6 days to 1", "witness": "Finance", "shown": "1", "go": "next"}
    assert browser.post(f"{here}/1", data=form).headers["location"] == f"{here}/2"
    answer = alone.answer()
    assert (answer.evidence, answer.witness, answer.ticks) == ("6 days to 1", "Finance", ())
    for n in range(2, len(alone.attempt.kit) + 1):
        assert browser.get(here).headers["location"] == f"{here}/{n}"
        form = {"version": alone.answer(n).version, "text": "", "parts": "1", "rating": "no-evidence", "go": "next"}
        after = browser.post(f"{here}/{n}", data=form).headers["location"]
    assert after == f"{here}/report"
    assert alone.answer(2).level is Mark.NO_EVIDENCE
    report = browser.get(after).text
    assert "I timed each step" in report
    assert "6 days to 1" in report


@pytest.mark.slow
def test_what_is_typed_is_saved_on_the_way(alone: OwnServer) -> None:
    browser = alone.browser()
    here = begun(browser)
    seen = version(browser, f"{here}/1")
    for text in ("I", "I timed", "I timed it"):
        form = {"version": seen, "text": text, "go": "stay"}
        said = browser.post(f"{here}/1", data=form, headers={"accept": "application/json"}).json()
        seen = said["version"]
        assert alone.answer().text == text
        assert said["saved"].startswith("Saved ")


@pytest.mark.slow
def test_a_stale_page_overwrites_nothing(alone: OwnServer) -> None:
    browser = alone.browser()
    here = begun(browser)
    seen = version(browser, f"{here}/1")
    browser.post(f"{here}/1", data={"version": seen, "text": "from the one window"})
    late = browser.post(f"{here}/1", data={"version": seen, "text": "from the other", "rating": "3"})
    assert late.status_code == 409
    assert "from the one window" in late.text
    assert "from the other" in late.text
    assert alone.answer().text == "from the one window"
    found = re.search(r'name="version" value="(\w+)"', late.text)
    assert found
    browser.post(f"{here}/1", data={"version": found[1], "text": "from both", "rating": "3", "parts": "1"})
    assert (alone.answer().text, alone.answer().level) == ("from both", 3)
    again = {"version": seen, "text": "from both", "rating": "3", "parts": "1"}
    assert browser.post(f"{here}/1", data=again).status_code == 303


@pytest.mark.slow
def test_parts_ticked_in_another_language_stay(alone: OwnServer) -> None:
    browser = alone.browser()
    here = begun(browser)
    form = {"text": "6", "parts": "1", "rating": "3", "tick": "0"}
    browser.post(f"{here}/1", data=form | {"version": alone.answer().version, "spoken": "en"})
    browser.post(f"{here}/1", data=form | {"version": alone.answer().version, "spoken": "zh"})
    assert len(alone.answer().ticks) == 2


@pytest.mark.slow
def test_steps_are_ticked_off_and_dated(alone: OwnServer) -> None:
    browser = alone.browser()
    here = begun(browser)
    browser.post(f"{here}/1", data={"version": alone.answer().version, "text": "x", "rating": "1", "parts": "1"})
    page = browser.get(f"{here}/steps?by=2030-06-30").text
    assert "2030" in page
    step = re.search(r'name="step" value="([^"]+)"', page)
    assert step
    answer = browser.post(f"{here}/steps", data={"step": step[1], "done": "yes", "by": "2030-06-30"})
    assert answer.headers["location"] == f"{here}/steps?by=2030-06-30"
    assert step[1] in alone.attempt.done
    browser.post(f"{here}/steps", data={"step": step[1], "done": "no"})
    assert alone.attempt.done == {}
    assert browser.post(f"{here}/steps", data={"step": "nothing", "done": "yes"}).status_code == 404
    assert browser.get(f"{here}/steps?by=soon").status_code == 409


@pytest.mark.slow
def test_practice_tells_the_reasoned_level_only_after_ones_own(alone: OwnServer) -> None:
    browser = alone.browser()
    bank = next(
        href
        for href in re.findall(r'href="(/practice/[\w-]+)"', browser.get("/").text)
        if "Practise: 8 answers" in browser.get(href).text
    )
    page = f"{bank}/1/1"
    before = browser.get(page).text
    assert "Reasoned level" not in before
    key = re.search(r'name="key" value="([^"]+)"', before)
    assert key
    assert browser.post(page, data={"key": key[1], "rating": "77"}).status_code == 409
    assert browser.post(page, data={"key": key[1], "rating": "2", "reason": HOSTILE}).headers["location"] == page
    after = browser.get(page).text
    assert "Reasoned level" in after
    assert "<script>alert" not in after
    browser.post(page, data={"key": key[1], "rating": "5"})
    (session,), _findings = read_sessions(alone.own.practices)
    assert [each.level for each in session.answers] == [2]
    assert f'href="{bank}/1/2">Go on' in browser.get(bank).text
    second = browser.get(f"{bank}/1/2").text
    assert key[1] not in second
    assert browser.post(f"{bank}/1/2", data={"key": key[1], "rating": "3"}).status_code == 303
    assert len(read_sessions(alone.own.practices)[0][0].answers) == 1
    for missing in (f"{bank}/1/99", f"{bank}/7/1", f"{bank}/1/0"):
        assert browser.get(missing).status_code == 404


@pytest.mark.slow
def test_hostile_text_is_text_and_nothing_leads_out_of_the_folder(alone: OwnServer) -> None:
    browser = alone.browser()
    here = begun(browser)
    form = {"version": alone.answer().version, "text": HOSTILE, "rating": "3", "parts": "1"}
    browser.post(f"{here}/1", data=form)
    form |= {"version": alone.answer().version, "evidence": HOSTILE, "witness": HOSTILE}
    browser.post(f"{here}/1", data=form)
    for page in (f"{here}/1", f"{here}/report", f"{here}/steps"):
        text = browser.get(page).text
        assert "<script>alert" not in text
        assert "\x1b" not in text
    for rubric in ("/etc/passwd", "../x", "nope"):
        assert browser.post("/attempts", data={"rubric": rubric}).status_code == 404
    for path in (f"/attempt/{ROLE}-1", f"{here}/0", f"{here}/99"):
        assert browser.get(path).status_code == 404
    for wrong in ({"rating": "9"}, {"tick": "999", "parts": "1"}, {"text": "x" * 200_000 + "é" * 50_000}):
        assert browser.post(f"{here}/1", data={"version": alone.answer().version, **wrong}).status_code in (409, 413)


@pytest.mark.slow
def test_a_coach_rates_the_answers_in_a_file(alone: OwnServer) -> None:
    browser = alone.browser()
    here = begun(browser)
    assert f"{here}/answers" not in browser.get("/").text
    assert browser.get(f"{here}/answers").status_code == 409
    form = {"version": alone.answer().version, "text": "I moved two reps.", "rating": "4", "parts": "1"}
    browser.post(f"{here}/1", data=form)
    assert f'href="{here}/answers"' in browser.get("/").text
    sent = browser.get(f"{here}/answers")
    assert "attachment" in sent.headers["content-disposition"]
    assert "I moved two reps." in sent.text
    back = re.sub(r"(?m)^( +)level:.*$", r"\1level: 2", sent.text, count=1)
    nobody = browser.post("/levels", files={"file": ("a.yaml", back)})
    assert (nobody.status_code, alone.attempt.peers) == (409, ())
    for broken in ("", "attempt: [", HOSTILE, "attempt: nope\nanswers: {}"):
        answer = browser.post("/levels", data={"from": "Jo"}, files={"file": (HOSTILE, broken)})
        assert answer.status_code in (404, 409)
        assert "<script>alert" not in answer.text
    done = browser.post("/levels", data={"from": "Jo Field"}, files={"file": ("a.yaml", back)})
    assert done.headers["location"] == f"{here}/report"
    assert [(review.by, review.levels[0].level) for review in alone.attempt.peers] == [("Jo Field", 2)]
    assert "Jo Field" in browser.get(f"{here}/report").text


@pytest.mark.slow
def test_a_panel_practises_at_one_screen(alone: OwnServer) -> None:
    browser = alone.browser()
    banks = re.findall(r'href="(/practice/[\w-]+)"', browser.get("/").text)
    bank = next(href for href in banks if "Practise: 8 answers" in browser.get(href).text)
    assert f'href="{bank}/panel"' in browser.get(bank).text
    assert browser.get(f"{bank}/panel?names=Ada").status_code == 409
    first = browser.get(f"{bank}/panel?names=Ada, Ben").text
    assert "Reasoned level" not in first
    key = re.search(r'name="key" value="([^"]+)"', first)
    assert key
    given = {"key": key[1], "names": "Ada, Ben", "level-0": "2", "level-1": "5"}
    page = f"{bank}/panel/1/1"
    assert browser.post(page, data=given | {"level-1": "77"}).status_code == 409
    assert browser.get(page).status_code == 404
    assert browser.post(page, data=given).headers["location"] == page
    browser.post(page, data=given | {"level-0": "4"})
    after = browser.get(page).text
    assert "Reasoned level" in after
    assert re.search(r"<dt>Ben</dt><dd>5</dd>", after)
    (session,), _findings = read_panels(alone.own.practices)
    assert [dict(each.levels) for each in session.answers] == [{"Ada": 2, "Ben": 5}]
    second = browser.get(f"{bank}/panel/1/2").text
    assert key[1] not in second
    assert f"{bank}/panel/1/2" in browser.get(f"{bank}/panel/1/report").text
    assert browser.get(f"{bank}/panel/1/3").status_code == 404
    assert f"{bank}/panel/1/report" in browser.get(f"{bank}/panel").text
