"""The interview card in a real browser: filled in by keyboard and by touch, closed, opened again, saved, received."""

import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import text_to_be_present_in_element
from selenium.webdriver.support.ui import WebDriverWait

from hiringkit.cli.main import run

pytestmark = pytest.mark.slow
HOSTILE = "</script><script>document.title='hit'</script><img src=x onerror=\"document.title='hit'\">"
NO_OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """
return [...document.querySelectorAll('button, summary, .choice, .probes label, textarea, input[type=text]')]
  .filter(each => each.getClientRects().length && Math.min(each.offsetHeight, each.offsetWidth) < 44)
  .map(each => each.outerHTML.slice(0, 120) + each.offsetWidth + 'x' + each.offsetHeight);
"""
"""What is to be touched and is smaller than a finger."""
WAIT = 10


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database `firm.db`, where Ivy and Joe are to ask somebody whose name is hostile."""
    made = tmp_path_factory.mktemp("cards")
    db = ["--db", str(made / "firm.db"), "-q"]
    for words in (
        ["opening", "create", "som", "--rubric", "sales-operations-manager"],
        ["candidate", "add", "som", HOSTILE, "--id", "ada", "--note", HOSTILE],
        ["interviewer", "add", "Ivy"],
        ["interviewer", "add", "Joe"],
        [
            "interview",
            "schedule",
            "som",
            "ada",
            "ivy",
            "joe",
            "--question",
            "bottlenecks",
            "--question",
            "forecast-miss",
        ],
    ):
        assert run([*words, *db]) == 0, words
    return made


@pytest.fixture
def card(folder: Path, tmp_path: Path, browser: Any) -> Iterator[Callable[..., Path]]:
    """Write a card; what the browser downloads comes into the folder of the test."""

    def made(who: str, language: str = "en") -> Path:
        db = tmp_path / "firm.db"
        if not db.exists():
            shutil.copy(folder / "firm.db", db)
        page = tmp_path / f"{who}.html"
        words = ["interview", "card", f"som/ada/{who}", "-o", str(page), "--lang", language]
        assert run([*words, "--db", str(db), "-q"]) == 0
        return page

    browser.download_into(tmp_path)
    yield made
    browser.run("localStorage.clear()")


def saved(browser: Any, folder: Path, who: str) -> Path:
    """Wait for the file that a card saves."""
    path: Path = browser.awaited(folder / f"som_ada_{who}.hkcard.json")
    return path


def received(folder: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Receive a file and return what is told of it."""
    capsys.readouterr()
    run(["interview", "receive", str(path), "--db", str(folder / "firm.db"), "-f", "json"])
    return json.loads(capsys.readouterr().out)["cards"][0]


def reopen(browser: Any, page: Path, width: int) -> None:
    """Close the tab with the card, and open the card in another."""
    driver = browser.driver
    kept = browser.run("return JSON.stringify(localStorage)")
    old = driver.current_window_handle
    driver.switch_to.new_window("tab")
    new = driver.current_window_handle
    driver.switch_to.window(old)
    driver.close()
    driver.switch_to.window(new)
    browser.download_into(page.parent)

    def opened(_driver: object) -> bool:
        # what a tab keeps reaches the next one through a third process
        browser.open(page, width)
        return bool(browser.run("return JSON.stringify(localStorage)") == kept)

    WebDriverWait(driver, WAIT).until(opened)


def test_by_keyboard_closed_and_opened_again(
    browser: Any, card: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = card("ivy")
    browser.open(page, 1400)
    browser.driver.find_element(By.ID, "note-0").send_keys("timed “every” stage 欧阳 \\ \t")
    browser.press(Keys.ALT, "4")
    browser.press(Keys.ALT, Keys.ENTER)
    assert browser.run("return document.activeElement.id") == "note-1"
    browser.press(Keys.ALT, "x")
    reopen(browser, page, 1400)
    assert browser.run("return document.querySelector('#strip [aria-current]').dataset.go") == "1"
    press_on = browser.driver.find_element(By.ID, "note-1")
    press_on.send_keys("nothing came")
    browser.press(Keys.ALT, Keys.ENTER)
    browser.driver.find_element(By.CSS_SELECTOR, "[name=recommendation][value=yes]").send_keys(" ")
    browser.driver.find_element(By.ID, "summary").send_keys("solid", Keys.ENTER)
    assert not list(tmp_path.glob("*.json")), "Enter in a line saves nothing"
    browser.driver.find_element(By.ID, "submit").send_keys(Keys.ENTER)
    told = received(tmp_path, saved(browser, tmp_path, "ivy"), capsys)
    assert told["accepted"], told
    assert (told["state"], told["rated"]) == ("submitted", 2)
    run(["interview", "show", "som/ada/ivy", "--as", "ivy", "--db", str(tmp_path / "firm.db"), "-f", "json"])
    shown = capsys.readouterr().out
    assert "timed “every” stage 欧阳" in shown
    assert browser.complaints() == []


def test_by_touch_on_a_phone_with_a_draft_first(
    browser: Any, card: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = card("joe")
    browser.set_touch(enabled=True)
    try:
        browser.open(page, 390)
        browser.touch("[name=rating-0][value='2']")
        browser.touch("[name=probe-0][value='1']")
        browser.touch("#after")
        assert browser.run("return document.activeElement.tagName") == "H2", "no keyboard comes up over the question"
        browser.touch("#after")
        browser.touch("#submit")
        assert browser.run("return document.activeElement.id") == "open", "one question is not rated"
        browser.touch("#draft")
        path = saved(browser, tmp_path, "joe")
        told = received(tmp_path, path, capsys)
        assert (told["accepted"], told["state"], told["rated"]) == (True, "draft", 1)
        path.unlink()
        browser.touch("#strip [data-go='1']")
        browser.touch("[name=rating-1][value=not-assessed]")
        browser.touch("#after")
        browser.touch("#submit")
        told = received(tmp_path, saved(browser, tmp_path, "joe"), capsys)
        assert (told["accepted"], told["state"], told["rated"]) == (True, "submitted", 2)
    finally:
        browser.set_touch(enabled=False)


def test_a_saved_draft_is_taken_up_and_an_edited_one_is_not(
    browser: Any, card: Callable[..., Path], tmp_path: Path
) -> None:
    browser.open(card("ivy"), 820)
    browser.driver.find_element(By.ID, "note-0").send_keys("kept in the file")
    browser.driver.find_element(By.CSS_SELECTOR, "#strip li:last-child button").click()
    browser.driver.find_element(By.ID, "draft").click()
    path = saved(browser, tmp_path, "ivy")
    edited = tmp_path / "edited.json"
    edited.write_text(path.read_text(encoding="utf-8").replace("kept in", "put in"), encoding="utf-8")
    browser.run("localStorage.clear()")
    browser.open(tmp_path / "ivy.html", 820)
    assert browser.run("return document.getElementById('note-0').value") == ""
    browser.driver.find_element(By.CSS_SELECTOR, "#strip li:last-child button").click()
    for file, said in ((edited, "not as the card saved it"), (path, "is here now")):
        browser.driver.find_element(By.ID, "file").send_keys(str(file))
        WebDriverWait(browser.driver, WAIT).until(text_to_be_present_in_element((By.ID, "saved"), said))
    assert browser.run("return document.getElementById('note-0').value") == "kept in the file"


def test_a_browser_that_keeps_nothing_says_so(browser: Any, card: Callable[..., Path]) -> None:
    page = card("ivy")
    refuse = (
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    script = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": refuse})
    try:
        browser.open(page, 390)
        assert "keeps nothing" in browser.driver.find_element(By.ID, "warning").text
        assert browser.driver.find_element(By.ID, "kept").text == "Not kept"
    finally:
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    browser.open(page, 390)
    assert not browser.driver.find_element(By.ID, "warning").is_displayed()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("width", "dark"), [(360, False), (820, True), (1400, False)])
def test_every_view_is_accessible_fits_and_is_inert(
    browser: Any, card: Callable[..., Path], language: str, width: int, dark: bool
) -> None:
    browser.open(card("ivy", language), width, dark=dark)
    for place in (0, 1, 2):
        browser.driver.find_element(By.CSS_SELECTOR, f"#strip [data-go='{place}']").click()
        browser.run("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert browser.run(NO_OVERFLOW) <= 0
        assert browser.run(SMALL) == []
        assert browser.axe() == []
    assert browser.run("return document.title") != "hit"
    assert browser.run("return document.querySelectorAll('img, iframe, [onerror]').length") == 0
    assert browser.complaints() == []


def test_all_questions_stand_on_paper(browser: Any, card: Callable[..., Path]) -> None:
    browser.open(card("ivy"), 1400)
    assert browser.printed(8.27, 11.69).startswith(b"%PDF")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert (
            browser.run("return [...document.querySelectorAll('.sheet')].filter(each => each.offsetHeight).length") == 3
        )
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


SCALED = """\
hiringkit: rubric/1
id: scaled
version: 1.0.0
title: Scaled
scale:
  levels: [{levels}]
criteria:
  - {{id: writing, kind: competency, name: Writing, definition: Good., weight: 1, bar: 1, anchors: {{1: a}}}}
questions:
  - {{id: letter, kind: work-sample, text: Write a letter., criteria: {{writing: 1}}, anchors: {{1: Half a page}}}}
"""


@pytest.mark.parametrize(("levels", "chosen"), [([0, 0.5, 1, 1.5, 2], 1.5), (list(range(1, 101)), 87)])
def test_other_scales(
    browser: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], levels: list[float], chosen: float
) -> None:
    db = ["--db", str(tmp_path / "firm.db"), "-q"]
    text = SCALED.format(levels=", ".join(f"{{value: {level}, label: L{n}}}" for n, level in enumerate(levels)))
    (tmp_path / "scaled.yaml").write_text(text, encoding="utf-8")
    page = tmp_path / "ivy.html"
    for words in (
        ["opening", "create", "som", "--rubric", str(tmp_path / "scaled.yaml")],
        ["candidate", "add", "som", "Ada"],
        ["interviewer", "add", "Ivy"],
        ["interview", "schedule", "som", "ada", "ivy"],
        ["interview", "card", "som/ada/ivy", "-o", str(page)],
    ):
        assert run([*words, *db]) == 0, words
    browser.download_into(tmp_path)
    browser.open(page, 390)
    if len(levels) > len("0123456789 "):
        browser.driver.find_element(By.ID, "rating-0").send_keys(str(chosen))
    else:
        browser.driver.find_element(By.CSS_SELECTOR, f"[value='{chosen}']").click()
    assert browser.run(NO_OVERFLOW) <= 0
    assert browser.axe() == []
    browser.driver.find_element(By.CSS_SELECTOR, "#strip li:last-child button").click()
    browser.driver.find_element(By.ID, "submit").click()
    path = saved(browser, tmp_path, "ivy")
    assert json.loads(path.read_text(encoding="utf-8"))["ratings"][0]["rating"] == chosen
    assert received(tmp_path, path, capsys)["accepted"]
    browser.run("localStorage.clear()")


GUIDE = (Path(__file__).parents[2] / "docs" / "cards.md").read_text(encoding="utf-8")


def test_the_guide_works_as_typed(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HIRINGKIT_DB", str(tmp_path / "firm.db"))
    blocks = [text for kind, text in re.findall(r"```(\w*)\n(.*?)```", GUIDE, re.DOTALL) if not kind]
    lines = [line for block in blocks for line in block.splitlines()]
    back = next(n for n, line in enumerate(lines) if "receive" in line)
    for line in lines[:back]:
        assert run(shlex.split(line)[1:]) == 0, line
    (tmp_path / "back").mkdir()
    browser.download_into(tmp_path / "back")
    for who in ("helen", "marcus"):
        browser.open(tmp_path / "cards" / f"som-2026_amara_{who}.html", 390)
        for number in (0, 1):
            browser.run(f"document.querySelector('[name=rating-{number}][value=\"4\"]').click()")
        browser.run("document.querySelector('#strip li:last-child button').click()")
        browser.run("document.getElementById('submit').click()")
        browser.awaited(tmp_path / "back" / f"som-2026_amara_{who}.hkcard.json")
    browser.run("localStorage.clear()")
    for line in lines[back:]:
        words = [each for word in shlex.split(line)[1:] for each in sorted(map(str, Path().glob(word))) or [word]]
        capsys.readouterr()
        assert run([*words, "-f", "json"]) == 0, line
    assert json.loads(capsys.readouterr().out)["counts"]["ratings"] == 4
