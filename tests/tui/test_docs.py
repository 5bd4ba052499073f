"""docs/interviewing.md shows what the program shows, and names every key."""

import re
from pathlib import Path

import pytest

from hiringkit.tui.keys import KEYS, Key

DOCS = Path(__file__).parents[2] / "docs" / "interviewing.md"
RIGHT = Path(__file__).parent / "screens"
SHOTS = re.findall(r"<!-- screen: (\S+) -->\n```text\n(.*?)\n```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize(("name", "shown"), SHOTS, ids=[name for name, _shown in SHOTS])
def test_a_screen_in_the_docs_is_the_one_that_is_tested(name: str, shown: str) -> None:
    assert shown == (RIGHT / f"{name}.txt").read_text(encoding="utf-8").rstrip()


def test_the_docs_show_both_languages() -> None:
    assert {name.rpartition("-")[2] for name, _shown in SHOTS} == {"en", "zh"}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_every_key_is_in_the_docs(key: Key) -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert f"| `{key.id}` | `{key.keys}` | {key.help} |" in text
