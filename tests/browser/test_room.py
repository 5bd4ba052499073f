"""An interview in a real browser, by keyboard, on a server that is killed on the way."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.slow
HIRINGKIT = [sys.executable, "-m", "hiringkit"]
NOTE = "Called 6.4, closed 5.5."
MORE = " Told finance in week nine."


class Served:
    """A server over the demo, to be killed and started again."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.db = str(folder / "hiringkit.db")
        self.words = words or ("serve",)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.bind = f"127.0.0.1:{free.getsockname()[1]}"
        subprocess.run([*HIRINGKIT, "demo", "--dir", str(folder), "-q"], check=True, capture_output=True)
        self.start()

    def start(self) -> None:
        """Start it, and wait until it says so."""
        words = [*HIRINGKIT, *self.words, "--bind", self.bind, "--db", self.db]
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr
        assert "Serving at" in self.process.stderr.readline()

    def kill(self) -> None:
        """Kill it: it can save nothing more."""
        self.process.kill()
        self.process.wait()
        assert self.process.stderr
        self.process.stderr.close()

    def asked(self, *words: str) -> Any:
        """Run a command, and return the document that it prints."""
        line = [*HIRINGKIT, *words, "--db", self.db, "-f", "json"]
        return json.loads(subprocess.run(line, check=True, capture_output=True, text=True).stdout)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server over the demo."""
    running = Served(tmp_path)
    yield running
    running.kill()


def test_an_interview_goes_on_where_the_server_was_killed(browser: Any, served: Served) -> None:
    window = browser.driver
    wait = WebDriverWait(window, 20, ignored_exceptions=[WebDriverException])
    link = served.asked("interviewer", "link", "marcus")["link"]

    def reads(found: str, words: str) -> None:
        wait.until(lambda _window: words in window.find_element(By.CSS_SELECTOR, found).text)

    def onward() -> None:
        # a page that is just being replaced takes no keys: the button of the new one does
        wait.until(lambda _window: window.find_element(By.CSS_SELECTOR, ".buttons .go").send_keys(Keys.ENTER) is None)

    window.get(link["url"])
    assert browser.axe() == []
    browser.enter(link["code"])
    reads("h1", "Nothing today")
    assert browser.axe() == []
    window.find_element(By.CSS_SELECTOR, ".job .button").send_keys(Keys.ENTER)
    reads(".meta", "Question 1 of 8")
    browser.has_focus("#note")
    window.switch_to.active_element.send_keys(NOTE)
    ActionChains(window).key_down(Keys.ALT).send_keys("3").key_up(Keys.ALT).perform()
    reads("#saved", "Saved")
    assert browser.axe() == []
    served.kill()
    window.switch_to.active_element.send_keys(MORE)
    reads("[data-notice]", "no connection")
    served.start()
    reads("#saved", "Saved")
    onward()
    reads(".meta", "Question 2 of 8")
    for number in range(2, 9):
        reads(".meta", f"Question {number} of 8")
        ActionChains(window).key_down(Keys.ALT).send_keys("4").key_up(Keys.ALT).perform()
        onward()
    reads("h1", "Read back")
    assert browser.axe() == []
    window.find_element(By.CSS_SELECTOR, "[name=recommendation][value=yes]").send_keys(Keys.SPACE)
    onward()
    reads("h1", "Scorecard of")
    interview = served.asked("interview", "show", "demo/tomas/marcus", "--as", "marcus")
    text = json.dumps(interview, ensure_ascii=False)
    assert NOTE + MORE in text
    assert '"submitted"' in text


def test_the_terminal_room_in_the_browser_goes_on_where_the_server_was_killed(browser: Any, tmp_path: Path) -> None:
    served = Served(tmp_path, "tui", "--web")
    window = browser.driver
    wait = WebDriverWait(window, 60, ignored_exceptions=[WebDriverException])
    link = served.asked("interviewer", "link", "marcus")["link"]

    def rated(question: int) -> Any:
        shown = served.asked("interview", "show", "demo/tomas/marcus", "--as", "marcus")
        return shown["ratings"][question]

    def opened() -> None:
        window.get(window.current_url)
        wait.until(lambda _window: "terminal" in window.find_element(By.TAG_NAME, "h1").text)
        wait.until(lambda _window: window.find_elements(By.CSS_SELECTOR, "body.-first-byte .xterm-helper-textarea"))

    def pressed(*keys: str) -> None:
        typed = (By.CSS_SELECTOR, ".xterm-helper-textarea")
        wait.until(lambda _window: window.find_element(*typed).send_keys(*keys) is None)

    try:
        browser.sign_in(link["url"], link["code"])
        browser.reads("h1", "Nothing today")
        window.find_element(By.CSS_SELECTOR, ".job .button").send_keys(Keys.ENTER)
        wait.until(lambda _window: window.current_url.endswith("/terminal"))
        opened()
        assert browser.axe() == []
        pressed(NOTE)
        ActionChains(window).key_down(Keys.ALT).send_keys("3").key_up(Keys.ALT).perform()
        wait.until(lambda _window: (rated(0)["rating"], rated(0)["evidence"]) == (3, NOTE))
        served.kill()
        wait.until(lambda _window: window.find_element(By.CSS_SELECTOR, ".ended").is_displayed())
        served.start()
        opened()
        pressed(MORE)  # into the next question: the first is rated
        wait.until(lambda _window: rated(1)["evidence"] == MORE.strip())
    finally:
        served.kill()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_desk_has_no_violations(browser: Any, served: Served, language: str) -> None:
    window = browser.driver
    served.asked("interviewer", "add", "Dana", "--id", "dana")
    link = served.asked("interviewer", "link", "dana", "--desk", "--lang", language)["link"]
    window.get(link["url"])
    window.add_cookie({"name": "hiringkit-language", "value": language})
    browser.enter(link["code"])
    todo, seen, found = ["/desk"], set[str](), {}
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        seen.add(address)
        for dark in (False, True):
            for width in (360, 1600):
                browser.look(width, dark=dark)
                window.get(f"http://{served.bind}{address}")
                if violations := browser.axe():
                    found[address, dark, width] = violations
        links = window.find_elements(By.CSS_SELECTOR, "a[href^='/desk']")
        todo += [each.get_dom_attribute("href").partition("#")[0] for each in links]
    assert found == {}
    assert len(seen) > 5
