"""For oneself in a real browser: an attempt by keyboard and practice, in both languages, at three widths."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.slow
HOLD = """
const unheld = window.fetch;
window.fetch = (...what) => new Promise(answer => {
  window.release = () => { window.fetch = unheld; answer(unheld(...what)); };
});
"""
"""Keeps an autosave under way until `window.release()`."""
LOOKS = ((390, False), (820, True), (1400, False))


@pytest.fixture
def address(tmp_path: Path, unused_port: int) -> Iterator[str]:
    """Serve somebody's own folder, and return the address that is printed."""
    words = ["serve", "--self", "--bind", f"127.0.0.1:{unused_port}"]
    environment = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    line = [sys.executable, "-m", "hiringkit", *words]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr
        found = re.search(r"http://\S+/own/[\w-]+", server.stderr.readline())
        assert found
        yield found[0]
        server.kill()


def looked_at(browser: Any) -> None:
    """Hold a page against axe-core at each width, and see that nothing sticks out of it."""
    for width, dark in LOOKS:
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        assert browser.axe() == []
        wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert browser.run(wide) <= 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_attempt_and_practice(browser: Any, address: str, language: str) -> None:
    window = browser.driver
    wait = WebDriverWait(window, 20, ignored_exceptions=[WebDriverException])

    def there(selector: str) -> Any:
        return wait.until(lambda _window: window.find_elements(By.CSS_SELECTOR, selector))[0]

    window.delete_all_cookies()
    window.get(address)
    if language != there("html").get_attribute("lang")[:2]:
        there(f"[name=language][value={language}]").send_keys(Keys.ENTER)
        wait.until(lambda _window: there("html").get_attribute("lang").startswith(language))
    looked_at(browser)
    there("[name=rubric][value=sales-operations-manager]").send_keys(Keys.ENTER)
    there("[name=requirement-0][value=met]").send_keys(Keys.SPACE)
    looked_at(browser)
    there(".buttons .go").send_keys(Keys.ENTER)
    there("#text")
    browser.run(HOLD)
    there("#text").send_keys("6 days to 1")
    looked_at(browser)
    wait.until(lambda _window: browser.run("return Boolean(window.release)"))
    there(".buttons .go").send_keys(Keys.ENTER)
    browser.run("window.release()")
    there("[name=tick]").send_keys(Keys.SPACE)
    there("[name=rating][value='4']").send_keys(Keys.SPACE)
    there(".buttons .go").send_keys(Keys.ENTER)
    there("#proof").send_keys("the ticket log")
    looked_at(browser)
    here = window.current_url.partition("/1?")[0]
    there(".buttons .go").send_keys(Keys.ENTER)
    wait.until(lambda _window: window.current_url == f"{here}/2")
    window.get(f"{here}/1")
    assert there("#text").get_attribute("value") == "6 days to 1"
    assert there("#proof").get_attribute("value") == "the ticket log"
    assert there("[name=tick]").is_selected()
    for page in ("report", "steps"):
        window.get(f"{here}/{page}")
        there("h1")
        looked_at(browser)
    window.get(address)
    there("a[href^='/practice/']").send_keys(Keys.ENTER)
    there("nav.row a[href$='/1']").send_keys(Keys.ENTER)
    there("[name=rating][value='3']").send_keys(Keys.SPACE)
    looked_at(browser)
    there(".buttons .go").send_keys(Keys.ENTER)
    there("#reasoned")
    looked_at(browser)
    assert browser.complaints() == []
