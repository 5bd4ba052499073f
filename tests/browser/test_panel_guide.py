"""docs/panel.md as typed: three people interview one candidate blind, each by a door of their own."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "panel.md").read_text(encoding="utf-8")
TYPED = [line for block in re.findall(r"```\n(hiringkit .*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]
SERVED = "hiringkit serve --bind 192.168.1.20:8080 --insecure-lan"
HELENS, MARCUS, ZHIYUANS = "she timed every stage", "he could not say which deals", "只知道总数"


class Firm:
    """The folder of a recruiter who types the guide."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.left = list(TYPED)
        with socket.socket() as free:
            free.bind((own_address(), 0))
            self.bind = "{}:{}".format(*free.getsockname())

    def line(self, command: str) -> list[str]:
        """Return the words by which a command of the guide runs here."""
        here = command.replace("192.168.1.20:8080", self.bind)
        python = f'exec "{sys.executable}" -m hiringkit --db firm.db'
        return ["/bin/sh", "-c", here.replace("hiringkit", python, 1)]

    @property
    def environment(self) -> dict[str, str]:
        """What a command may know of this machine."""
        return {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"}

    def run(self, command: str, answers: str = "", code: int = 0) -> str:
        """Run a command, and return what it prints, or what it says where it is refused."""
        done = subprocess.run(
            self.line(command),
            cwd=self.folder,
            env=self.environment,
            input=answers,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"{command}: {done.stderr}"
        return done.stderr if code else done.stdout

    def type(self, until: str, answers: str = "") -> str:
        """Type the guide on, up to the command that begins so."""
        while not self.left[0].startswith(until):
            self.run(self.left.pop(0))
        return self.run(self.left.pop(0), answers)


def own_address() -> str:
    """Return an address by which others reach this machine, or a second one of its own where it has no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outwards:
        try:
            outwards.connect(("192.0.2.1", 9))
            return str(outwards.getsockname()[0])
        except OSError:
            return "127.0.0.2"


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    """A recruiter's folder; the room is served to the network from it."""
    made = Firm(tmp_path)
    made.type("hiringkit interview schedule")
    words = made.line(SERVED)
    with subprocess.Popen(words, cwd=tmp_path, env=made.environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        assert "Serving at" in server.stderr.readline()
        yield made
        server.kill()


def fill_in_on_a_phone(browser: Any, card: Path) -> None:
    """Fill in a card by touch in a tab of its own, and wait for the file that it saves beside it."""
    assert HELENS not in card.read_text(encoding="utf-8")
    browser.driver.switch_to.new_window("tab")
    browser.download_into(card.parent)
    browser.set_touch(enabled=True)
    browser.open(card, 390)
    for number, level in ((0, 2), (1, 3)):
        browser.driver.find_element(By.ID, f"note-{number}").send_keys(MARCUS)
        browser.touch(f"[name=rating-{number}][value='{level}']")
        browser.touch("#after")
    browser.touch("[name=recommendation][value=no]")
    browser.touch("#submit")
    browser.awaited(card.parent / "som-2026_amara_marcus.hkcard.json")
    browser.run("localStorage.clear()")
    browser.set_touch(enabled=False)
    browser.driver.close()
    browser.driver.switch_to.window(browser.driver.window_handles[0])


def test_three_doors_one_candidate(browser: Any, firm: Firm) -> None:
    assert SERVED in GUIDE
    link = firm.type("hiringkit interviewer link helen")
    (address,) = re.findall(rf"http://{re.escape(firm.bind)}/link/[\w-]{{43}}", link)
    (code,) = re.findall(r"\b\d{4} \d{4}\b", link)

    browser.sign_in(address, code)
    browser.reads("h1", "Nothing today")
    browser.driver.find_element(By.CSS_SELECTOR, ".job .button").click()
    for number in (1, 2):
        browser.reads(".meta", f"Question {number} of 2")
        browser.has_focus("#note")
        browser.press(HELENS)
        browser.press(Keys.ALT, "4")
        browser.driver.find_element(By.CSS_SELECTOR, ".buttons .go").click()
    browser.reads("h1", "Read back")

    firm.type("hiringkit interview card")
    fill_in_on_a_phone(browser, firm.folder / "card.html")
    firm.type("hiringkit interview receive")

    browser.driver.refresh()
    browser.reads("h1", "Read back")
    assert MARCUS not in browser.driver.page_source, "Helen reads it before her own scorecard is in"
    asked = firm.type("hiringkit interview score", f"e {ZHIYUANS}\n4\nx\nyes\nclear\ny\n")
    assert HELENS not in asked
    assert MARCUS not in asked
    assert "until your own scorecard" in firm.run("hiringkit profile som-2026 amara --as helen", code=1)
    assert "helen" in firm.type("hiringkit outstanding").lower()

    browser.driver.find_element(By.CSS_SELECTOR, "[name=recommendation][value=yes]").click()
    browser.driver.find_element(By.CSS_SELECTOR, ".buttons .go").click()
    browser.reads("h1", "Scorecard of")
    firm.type("hiringkit compare")
    assert firm.left == []
    (amara,) = json.loads(firm.run("hiringkit compare som-2026 -f json"))["profiles"]
    assert (amara["overall"]["ratings"], amara["overall"]["interviewers"]) == (5, 3)
    firm.run("hiringkit report som-2026 --as helen -o debrief.md")
    debrief = (firm.folder / "debrief.md").read_text(encoding="utf-8")
    assert [words for words in (HELENS, MARCUS, ZHIYUANS) if words not in debrief] == []
    assert {"web", "card", "cli"} <= set(re.findall(r'"via": "(\w+)"', firm.run("hiringkit audit log -f json")))
    firm.run("hiringkit audit verify")
    assert browser.complaints() == []
