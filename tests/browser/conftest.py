"""Pages in a real browser: Chromium without a window, driven by selenium; and axe-core, which knows accessibility.

    apt-get install chromium chromium-driver        # Debian; elsewhere anything that puts both on the PATH
    npm install --prefix .venv axe-core             # or name the file in AXE_CORE

Without a browser these tests are skipped, but in CI (where the variable CI is set) they fail.
"""

import base64
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from attrs import frozen
from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import text_to_be_present_in_element
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).parents[2]
AXE = Path(os.environ.get("AXE_CORE", ROOT / ".venv/node_modules/axe-core/axe.min.js"))
TALL = 900
WAIT = 20
"""Seconds until a page that has not changed never will."""


@frozen
class Browser:
    """A window of Chromium."""

    driver: webdriver.Chrome

    def open(self, page: Path, width: int, *, dark: bool = False) -> None:
        """Show a page at a width and in a colour scheme, with nothing on its console."""
        self.look(width, dark=dark)
        self.driver.get(page.as_uri())

    def look(self, width: int, *, dark: bool = False) -> None:
        """Have a window of a width, and a colour scheme."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        size = {"width": width, "height": TALL, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def run(self, script: str) -> Any:
        """Run a script in the page; what a page forbids itself holds for the page, not for this."""
        return self.driver.execute_script(script)

    def press(self, *keys: str) -> None:
        """Press keys where the focus is."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def sign_in(self, address: str, code: str) -> None:
        """Open a link, type its code and wait until the next page is there."""
        self.driver.get(address)
        self.enter(code)

    def enter(self, code: str) -> None:
        """Type a link's code where the page has put the focus, and wait until the next page is there."""
        self.has_focus("#code")
        self.press(code, Keys.ENTER)
        here = "return document.readyState === 'complete' && !document.querySelector('#code')"
        WebDriverWait(self.driver, WAIT, ignored_exceptions=[WebDriverException]).until(lambda _driver: self.run(here))

    def has_focus(self, selector: str) -> None:
        """Wait until a field that takes the focus by itself has it, which may be after the page was loaded."""
        focused = f"return document.activeElement.matches({selector!r})"
        WebDriverWait(self.driver, WAIT, ignored_exceptions=[WebDriverException]).until(
            lambda _driver: self.run(focused)
        )

    def set_touch(self, *, enabled: bool) -> None:
        """Have a touch screen, or none."""
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": enabled})

    def touch(self, selector: str) -> None:
        """Touch the middle of something, after it was scrolled into sight."""
        place = self.driver.execute_script(
            "const element = document.querySelector(arguments[0]); element.scrollIntoView({block: 'center'});"
            "const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2];",
            selector,
        )
        point = [{"x": place[0], "y": place[1]}]
        for kind, points in (("touchStart", point), ("touchEnd", [])):
            self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def download_into(self, folder: Path) -> None:
        """Have what this tab saves written into a folder."""
        where = {"behavior": "allow", "downloadPath": str(folder)}
        self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)

    def awaited(self, path: Path) -> Path:
        """Wait for a file."""
        WebDriverWait(self.driver, WAIT).until(lambda _driver: path.exists() and path.stat().st_size)
        return path

    def reads(self, selector: str, words: str) -> None:
        """Wait until something on the page says so."""
        there = text_to_be_present_in_element((By.CSS_SELECTOR, selector), words)
        try:
            # while one page goes and the next one comes, what was found may be gone
            WebDriverWait(self.driver, WAIT, ignored_exceptions=[WebDriverException]).until(there)
        except TimeoutException:
            page = self.driver.find_element(By.TAG_NAME, "body").text
            pytest.fail(f"{selector} does not say {words!r}:\n{page}")

    def complaints(self) -> list[str]:
        """Return what stands on the console: a broken policy is told there."""
        driver: Any = self.driver
        return [entry["message"] for entry in driver.get_log("browser")]

    def printed(self, width: float, height: float) -> bytes:
        """Return the page as PDF on a paper of so many inches."""
        paper = {"paperWidth": width, "paperHeight": height, "printBackground": True}
        return base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", paper)["data"])

    def axe(self) -> list[str]:
        """Return what axe-core finds wrong, each with the element."""
        if not AXE.exists():
            _without(f"{AXE} is missing: npm install --prefix .venv axe-core")
        self.run(AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1]; axe.run(document).then(result => done(result.violations));"
        )
        return [
            f"{each['id']}: {node['html'][:200]} {node['failureSummary']}" for each in found for node in each["nodes"]
        ]


@pytest.fixture
def unused_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _without(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    """Have the browser without what other tests left: cookies are a host's, whatever its port."""
    driver: Any = chromium.driver
    driver.get("about:blank")
    driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.complaints()
    return chromium


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium once."""
    program, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if not program or not driver:
        _without("no browser: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    window = webdriver.Chrome(options=options, service=Service(driver))
    yield Browser(window)
    window.quit()
