"""The kinds of mistake and their documentation."""

import re
from pathlib import Path

from hiringkit.library.checks import mistakes

DOCS = Path(__file__).parents[2] / "docs" / "findings.md"


def test_every_code_has_its_line_in_the_documentation() -> None:
    documented = re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert {(m.code, str(m.severity)) for m in mistakes.ALL} <= set(documented)


def test_codes_are_lower_case_words_and_messages_have_no_full_stop() -> None:
    for mistake in mistakes.ALL:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", mistake.code)
        assert not mistake.message.endswith(".")
        assert not mistake.hint.endswith(".")
