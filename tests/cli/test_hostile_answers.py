"""Whatever somebody writes about themselves or their firm is shown as text, in every command and format."""

import csv
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
SOM = "sales-operations-manager"
HOSTILE = '=HYPERLINK("x")</script><img src=x onerror=alert(1)>\x1b]0;x\x07\u202e[a](javascript:alert(1))`|{{7*7}}'
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COMMANDS = [
    ("self", "report"),
    ("self", "next-steps"),
    ("self", "list"),
    ("need", "show", f"{SOM}-1"),
    ("need", "list"),
    ("need", "compare", f"{SOM}-1", f"{SOM}-2"),
    ("practice", "sales-operations", "--report"),
    ("posting", SOM, "--name", HOSTILE.replace("\x1b", ""), "--location", HOSTILE),
]


class Tags(HTMLParser):
    """The elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert not any(name.startswith("on") or "javascript:" in (value or "") for name, value in attrs)


@pytest.fixture
def written(hk: Run) -> Run:
    """Run `hiringkit` where everything that can be written is hostile."""
    long = HOSTILE * 1_000
    answers = "y\n" * 9 + f"{long}\n4\n{HOSTILE}\n" * 7
    assert hk("self", "start", SOM, typed=answers).code == 0
    for _time in range(2):
        typed = f"met\n{long}\n" * 5 + f"often\n{HOSTILE}\n" * 4
        assert hk("need", SOM, "--organisation", HOSTILE, typed=typed).code == 0
    assert hk("practice", "sales-operations", typed=f"4\n{HOSTILE}\n" * 8).code == 0
    return hk


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.slow), "zh"])
def test_every_view_of_it_is_harmless(written: Run, language: str, tmp_path: Path) -> None:
    for words in COMMANDS:
        for kind in ("table", "markdown", "csv", "json"):
            done = written(*words, "--lang", language, "-f", kind)
            assert done.code == 0, (words, kind, done.err)
            assert not OBEYED.search(done.out + done.err), (words, kind)
            if kind == "markdown":
                assert "<img" not in done.out
                assert not re.search(r"(?<!\\)\]\(javascript", done.out)
            if kind == "csv":
                rows = list(csv.reader(done.out.splitlines(keepends=True)))
                assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "\t"))], words
            if kind == "json":
                json.loads(done.out)
        page = tmp_path / "page.html"
        assert written(*words, "--lang", language, "-o", str(page)).code == 0
        html = page.read_text(encoding="utf-8")
        assert not OBEYED.search(html)
        assert not Tags(html).found & {"img", "iframe", "a", "form", "object"}
        assert ("script" in Tags(html).found) == (words[0] == "posting")


@pytest.mark.slow
def test_what_was_written_is_still_there(written: Run, elsewhere: Path) -> None:
    kept = json.loads(next(elsewhere.rglob("*.attempt.json")).read_text(encoding="utf-8"))
    assert len(kept["answers"][0]["text"]) > 90_000
    assert kept["answers"][0]["text"].count("<img src=x") == 1_000
    needs = json.loads(next(elsewhere.rglob(f"{SOM}-1.need.json")).read_text(encoding="utf-8"))
    assert len(needs["preconditions"]["scale"]["note"]) > 90_000
