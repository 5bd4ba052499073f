"""Every page that the program writes, as a browser shows it: its layout, its policy, its accessibility, its print."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hiringkit.cli.main import run
from hiringkit.report.views.pack import NOTE_LINES

Pages = dict[str, Path]
pytestmark = pytest.mark.slow

SCRIPT = "</title></style></td><script>document.title='hit'</script><img src=x onerror=\"document.title='hit'\">"
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 4
NAMES = (SCRIPT, LONG, "欧阳若兰·阿不都热合曼·买买提江", "Ann'\"&lt;{{7*7}}")
WIDTHS = (390, 820, 1400)
NO_OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
BROKEN = """
return [...document.querySelectorAll('.num, .tag, td.word, .heat td')]
  .filter(each => each.getClientRects().length && each.innerText.trim())
  .filter(each => { const range = document.createRange(); range.selectNodeContents(each);
    const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
    for (let node; node = walker.nextNode();) {
      if (!/\\d/.test(node.data) || node.parentElement.closest('thead, .unseen')) continue;
      range.selectNodeContents(node);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) return true; }
    return false; })
  .map(each => each.innerText);
"""
"""Figures that stand on more than one line."""
SPLIT_WORDS = """
const broken = [];
for (const head of document.querySelectorAll('th[scope=col]')) {
  const walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();)
    for (const word of node.data.matchAll(/(?<!\\S)[A-Za-z]{2,30}(?!\\S)/g)) {
      const range = document.createRange();
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(word[0]); }}
return broken;
"""
"""Words of column headings that are broken; a name longer than 30 letters may be."""


def pages_of(folder: Path, db: str, opening: str, candidate: str, language: str) -> Iterator[Path]:
    """Write each page that there is."""
    commands = {
        "compare": ("compare", opening),
        "debrief": ("report", opening, "--for", "file"),
        "blind": ("report", opening, "--blind", "--candidate", candidate),
        "profile": ("profile", opening, candidate),
        "coverage": ("rubric", "coverage", "sales-operations-manager"),
        "pack": ("rubric", "pack", "sales-operations-manager", "--minutes", "60"),
        "posting": ("posting", "sales-operations-manager"),
        "interview": ("interview", "list", opening),
    }
    for name, words in commands.items():
        path = folder / f"{name}-{language}.html"
        assert run([*words, "--db", db, "--lang", language, "-o", str(path), "-q"]) == 0
        yield path


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page of the demo, in both languages, and those of an opening whose people have hostile names."""
    folder = tmp_path_factory.mktemp("pages")
    assert run(["demo", "--dir", str(folder), "-q"]) == 0
    db = str(folder / "hiringkit.db")
    found = [path for language in ("zh", "en") for path in pages_of(folder, db, "demo", "amara", language)]
    found += _own_pages(folder)
    hostile = folder / "hostile"
    hostile.mkdir()
    return {path.stem: path for path in (*found, *_hostile(hostile, db))}


def _own_pages(folder: Path) -> Iterator[Path]:
    """Write what people make for themselves: a self-assessment and a need assessment, answered by prompts."""
    role, mine = "sales-operations-manager", str(folder / "mine")
    answers = "y\n" * 9 + f"I timed it. {SCRIPT}\n4\nthe file\nNothing.\n2\n\nq\n"
    needed = "met\n\n" * 3 + "always\nlate reports\n" * 2 + "q\n"
    for words, typed in (
        (["self", "start", role, "--dir", mine], answers),
        (["need", role, "--dir", mine], needed),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "hiringkit", *words], input=typed, text=True, capture_output=True, check=False
        )
        assert done.returncode in (0, 1), done.stderr
    for name, words in (
        ("self-en", ["self", "report", "--dir", mine]),
        ("need-en", ["need", "show", f"{role}-1", "--dir", mine]),
    ):
        path = folder / f"{name}.html"
        assert run([*words, "-o", str(path), "-q", "--lang", "en"]) == 0
        yield path


def _hostile(folder: Path, db: str) -> Iterator[Path]:
    assert run(["opening", "create", "bad", "--rubric", "sales-operations-manager", "--title", SCRIPT, "--db", db]) == 0
    for n, name in enumerate(NAMES):
        assert run(["candidate", "add", "bad", name, "--id", f"c{n}", "--db", db]) == 0
    for n, name in enumerate(NAMES[:3]):
        assert run(["interviewer", "add", name, "--id", f"i{n}", "--email", f"i{n}@firm.example", "--db", db]) == 0
    for c in range(len(NAMES)):
        for i in range(3):
            where = f"bad/c{c}/i{i}"
            assert run(["interview", "schedule", "bad", f"c{c}", f"i{i}", "--question", "bottlenecks", "--question",
                        "forecast-miss", "--db", db]) == 0  # fmt: skip
            for question, level in (("bottlenecks", 1 + (c + 2 * i) % 5), ("forecast-miss", 1 + (2 * c + i) % 5)):
                words = ["interview", "rate", where, question, str(level), "--evidence", NAMES[(c + i) % 4]]
                assert run([*words, "--as", f"i{i}", "--db", db]) == 0
            words = ["interview", "submit", where, "--recommend", "yes", "--summary", NAMES[(c + i) % 4]]
            assert run([*words, "--as", f"i{i}", "--db", db]) == 0
    for path in pages_of(folder, db, "bad", "c0", "en"):
        yield path.rename(path.with_stem(f"hostile-{path.stem}"))


def test_nothing_is_wider_than_the_window_and_no_figure_breaks(browser: Any, pages: Pages) -> None:
    for name, page in pages.items():
        for width in WIDTHS:
            browser.open(page, width)
            assert browser.run(NO_OVERFLOW) <= 0, (name, width)
            assert browser.run(BROKEN) == [], (name, width)
            assert browser.run(SPLIT_WORDS) == [], (name, width)


def test_the_policy_holds_and_hostile_text_is_text(browser: Any, pages: Pages) -> None:
    for name, page in pages.items():
        browser.open(page, 1400)
        assert browser.complaints() == [], name
        assert browser.run("return document.title") != "hit"
        assert browser.run("return document.querySelectorAll('script:not([type]), img, iframe, [onerror]').length") == 0
        assert browser.run("return getComputedStyle(document.querySelector('h1')).fontSize") != "32px", "its style"


def test_what_a_page_is_handed_from_outside_is_refused(browser: Any, pages: Pages, tmp_path: Path) -> None:
    text = pages["compare-en"].read_text(encoding="utf-8")
    bad = tmp_path / "bad.html"
    bad.write_text(
        text.replace(
            "</body>", "<script>document.title='hit'</script><img src='x.png'><p style='color:red'>x</p></body>"
        ),
        encoding="utf-8",
    )
    browser.open(bad, 1400)
    assert browser.run("return document.title") != "hit"
    assert len([line for line in browser.complaints() if "Content Security Policy" in line]) == 3


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_violation(browser: Any, pages: Pages, dark: bool) -> None:
    for name, page in pages.items():
        browser.open(page, 390 if dark else 1400, dark=dark)
        browser.run("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert browser.axe() == [], name


@pytest.mark.parametrize("paper", [(8.27, 11.69), (8.5, 11)], ids=["A4", "Letter"])
def test_a_page_prints_on_paper(browser: Any, pages: Pages, paper: tuple[float, float]) -> None:
    most = {"compare-en": 3, "profile-zh": 4, "debrief-en": 20, "pack-en": 12, "pack-zh": 12}
    for name, sheets in most.items():
        browser.open(pages[name], 1400)
        pdf = browser.printed(*paper)
        assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= sheets, name


def test_a_pack_has_a_sheet_for_each_question_with_room_for_notes(browser: Any, pages: Pages) -> None:
    browser.open(pages["pack-en"], 1400)
    questions = browser.run("return document.querySelectorAll('.question').length")
    others = len(re.findall(rb"/Type\s*/Page\b", browser.printed(8.27, 11.69))) - questions
    assert others in {2, 3}, "scripts and the first meeting, on a page or two, and the candidate's sheet"
    assert browser.run("return document.querySelectorAll('.rule').length") >= NOTE_LINES * (questions - 2)
