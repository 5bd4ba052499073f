"""The desk in a real browser: a decision from its opening to the memo, a file imported, an exhibit handed out."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from hiringkit.actions.audit import Actor
from hiringkit.actions.decisions import open_decision, show_decision
from hiringkit.actions.votes import reveal, vote
from hiringkit.store.store import open_store

pytestmark = pytest.mark.slow
HIRINGKIT = [sys.executable, "-m", "hiringkit"]
ORDER = re.compile(
    r"\b(rank(s|ed)?|overall|totals?|leads|leading|ahead|first in|told apart|chance best|policy)\b"
    r"|名次|总分|总体|领先|排名|最佳的概率|难分",
    re.IGNORECASE,
)
UNRANKED = ("This opening does not rank candidates.", "本次招聘不对候选人排名。")
LOOKS = ((390, False), (820, True), (1400, False))
SHEET = "candidate,interviewer,criterion,rating\n<b>Bo</b>,Max Ray,forecasting,4\n"


class Desk:
    """A server over the demo, whose missing interview is cancelled, and a browser in front of it."""

    def __init__(self, browser: Any, folder: Path, port: int, language: str) -> None:
        self.browser, self.window = browser, browser.driver
        self.db = str(folder / "hiringkit.db")
        self.asked("demo", "--dir", str(folder), db=False)
        self.asked("interviewer", "add", "Kim", "--id", "kim")
        self.asked("interview", "cancel", "demo/tomas/marcus", "--reason", "an example")
        self.asked("candidate", "add", "demo", "Zoe", "--id", "zoe")
        self.asked("interview", "schedule", "demo", "zoe", "kim", "--question", "deal-desk")
        self.language = language
        words = ["serve", "--bind", f"127.0.0.1:{port}", "--db", self.db]
        self.server = subprocess.Popen([*HIRINGKIT, *words], stderr=subprocess.PIPE, text=True)
        assert self.server.stderr
        assert f"127.0.0.1:{port}" in self.server.stderr.readline()

    def asked(self, *words: str, db: bool = True) -> Any:
        """Run a command, and return the document that it prints."""
        line = [*HIRINGKIT, *words, "-f", "json", *(("--db", self.db) if db else ())]
        printed = subprocess.run(line, check=True, capture_output=True, text=True).stdout
        return json.loads(printed) if printed.startswith("{") else None

    def sign_in(self, who: str, *more: str) -> None:
        """Sign in with a new link."""
        link = self.asked("interviewer", "link", who, *more)["link"]
        self.window.delete_all_cookies()
        self.window.get(link["url"])
        if self.language != self.there("html").get_attribute("lang")[:2]:
            self.press(f"[name=language][value={self.language}]")
        self.there("[name=code]").send_keys(link["code"] + Keys.ENTER)
        self.there("main .opening")

    @property
    def wait(self) -> WebDriverWait[Any]:
        """Wait, also while one page goes and the next one comes."""
        return WebDriverWait(self.window, 20, ignored_exceptions=[WebDriverException])

    def there(self, selector: str) -> Any:
        """Wait for something on the page."""
        return self.wait.until(lambda window: window.find_elements(By.CSS_SELECTOR, selector))[0]

    def press(self, selector: str) -> None:
        """Press a button or follow a link, and wait until the page is another one."""
        before = self.window.find_element(By.TAG_NAME, "html").id
        self.there(selector).send_keys(Keys.ENTER)
        self.wait.until(lambda window: window.find_element(By.TAG_NAME, "html").id != before)

    def look(self) -> None:
        """Hold the page against axe-core at each width, and see that nothing sticks out of it."""
        assert self.there("html").get_attribute("lang")[:2] == self.language
        for width, dark in LOOKS:
            scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
            size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            self.window.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
            self.window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            assert self.browser.axe() == []
            wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert self.browser.run(wide) <= 0


@pytest.fixture(params=("en", "zh"))
def desk(browser: Any, tmp_path: Path, unused_port: int, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A desk, in either language."""
    found = Desk(browser, tmp_path, unused_port, request.param)
    yield found
    found.server.kill()
    found.server.wait()
    if found.server.stderr:
        found.server.stderr.close()


def test_an_exhibit_stands_alone_on_its_page(desk: Desk) -> None:
    desk.sign_in("kim")
    desk.press(".job .button")
    desk.there("details.aside summary").send_keys(Keys.ENTER)
    desk.look()
    exhibit = desk.there("a[href$='/1/exhibits']").get_attribute("href")
    desk.window.get(exhibit)
    desk.look()
    assert "Kim" not in desk.there("body").text


def at_desk(desk: Desk) -> None:
    """Have Kim at the desk, with no interview of her own to hand in."""
    desk.asked("interview", "cancel", "demo/zoe/kim", "--reason", "an example")
    desk.sign_in("kim", "--desk")
    desk.press("a[href='/desk']")
    desk.press("main li a")


def test_a_decision_from_its_opening_to_the_memo(desk: Desk) -> None:
    at_desk(desk)
    desk.press("nav.row a[href^='/decision/']")
    decision = desk.window.current_url
    desk.look()
    for box in desk.window.find_elements(By.NAME, "candidate")[2:]:
        box.send_keys(Keys.SPACE)
    desk.press(".buttons .go")
    desk.look()
    for voter in desk.asked("decision", "show", "demo")["voters"]:
        desk.sign_in(voter["voter"])
        desk.press("a[href^='/decision/']")
        desk.press(".steps a")
        for field in desk.window.find_elements(By.CSS_SELECTOR, "fieldset .votes label:nth-child(4) input"):
            field.send_keys(Keys.SPACE)
        desk.look()
        desk.press("[name=do][value=vote]")
    desk.press("[name=do][value=reveal]")
    desk.there("table")
    desk.look()
    desk.there("#note").send_keys("<script>alert(1)</script>")
    desk.press("[name=do][value=note]")
    assert "<script>alert(1)</script>" in desk.there("main").text
    desk.sign_in("kim", "--desk")
    desk.window.get(f"{decision}/close")
    desk.look()
    desk.there("[name=decided_by]").send_keys("Dana Reyes")
    desk.there("[name=for]").send_keys(Keys.SPACE)
    for field in desk.window.find_elements(By.CSS_SELECTOR, "[name^=reason-]"):
        field.send_keys("heard in both interviews")
    desk.press(".buttons .go")
    desk.there("#why").send_keys("an example: one criterion was voted on")
    desk.look()
    desk.press(".buttons .go")
    for field in desk.window.find_elements(By.CSS_SELECTOR, "[name^=override-]"):
        field.send_keys("we know why")
    if desk.window.find_elements(By.CSS_SELECTOR, "[name^=override-]"):
        desk.press(".buttons .go")
    desk.browser.reads("main", "Dana Reyes")
    desk.look()


def vote_on_all(db: str, voters: tuple[str, ...]) -> None:
    """Have everything voted on and revealed twice: Tomás first by the votes, Priya last; no total is a criterion's."""
    now = lambda: datetime(2026, 3, 2, 9, tzinfo=UTC)  # noqa: E731 - a clock that stands
    with open_store(db) as store:
        actor = Actor("recruiter:dana", now)
        open_decision(
            store, actor, "demo", voters=voters, candidates=["amara", "wenjing", "tomas", "priya"], holistic=0.2
        )
        for number, each in enumerate(show_decision(store, actor, "demo").decision.criteria):
            odd = number % 3 == 1
            levels = {"amara": 3 + odd, "wenjing": 2 + odd, "tomas": 4 + odd, "priya": 1 + odd}
            for who in voters:
                vote(store, Actor(who, now), "demo", each.id, {name: str(level) for name, level in levels.items()})
            for _round in range(2):
                reveal(store, actor, "demo", each.id)


def test_no_page_of_a_decision_tells_an_order_where_the_opening_does_not_rank(desk: Desk) -> None:
    vote_on_all(desk.db, ("helen", "sofia"))
    totals = {
        f"{each[key]:.2f}"
        for each in desk.asked("decision", "show", "demo")["candidates"]
        for key in ("first", "final")
    }
    at_desk(desk)
    decision = str(desk.there("nav.row a[href^='/decision/']").get_attribute("href"))
    found = [str(each["name"]) for each in desk.asked("candidate", "list", "demo")["candidates"]]
    added = [each for each in found if each != "Zoe"]

    def told(*pages: str) -> dict[str, list[str]]:
        """Return what tells of an order or of a total, by page."""
        found = {}
        for page in pages:
            desk.window.get(decision + page)
            text = desk.there("main").text
            for each in UNRANKED:
                text = text.replace(each, "")
            first = list(dict.fromkeys(re.findall("|".join(map(re.escape, added)), text)))
            leaks = [each[0] for each in ORDER.finditer(text)] + [each for each in totals if each in text]
            found[page] = leaks + ([] if first == [each for each in added if each in first] else first)
        return found

    pages = ("", *(f"/{number}" for number in range(1, 13)), "/close")
    assert any(told(*pages).values())
    desk.asked("opening", "edit", "demo", "--ranking", "off")
    assert {page: leaks for page, leaks in told(*pages).items() if leaks} == {}
    desk.look()
    desk.there("[name=decided_by]").send_keys("Dana Reyes")
    desk.window.find_elements(By.NAME, "for")[3].send_keys(Keys.SPACE)  # Priya, who is last by every vote
    for field in desk.window.find_elements(By.CSS_SELECTOR, "[name^=reason-]"):
        field.send_keys("heard in both interviews")
    desk.press(".buttons .go")
    if desk.window.find_elements(By.CSS_SELECTOR, "#why"):
        desk.there("#why").send_keys("an example")
        desk.press(".buttons .go")
    assert not desk.window.find_elements(By.CSS_SELECTOR, "[name^=override-]")  # there is no order to go against
    desk.browser.reads("main", "Dana Reyes")
    # whom the memo is about stands first, whatever the order
    assert not [each for each in told("/memo")["/memo"] if each not in added]
    desk.look()


def test_a_file_is_looked_at_and_imported(desk: Desk, tmp_path: Path) -> None:
    at_desk(desk)
    sheet = tmp_path / "scores.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    desk.press("nav.row a[href$='/import']")
    desk.look()
    desk.there("#file").send_keys(str(sheet))
    desk.press("[name=do][value=look]")
    desk.browser.reads("main", "<b>Bo</b>")
    desk.look()
    desk.press("[name=do][value=import]")
    assert "<b>Bo</b>" in [each["name"] for each in desk.asked("candidate", "list", "demo")["candidates"]]
