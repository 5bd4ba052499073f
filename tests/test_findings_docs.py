"""Every code that the program emits has its row in docs/findings.md or its heading in docs/lint-rules.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAKERS = {"Finding", "Problem", "Reason", "Mistake", "_rule", "_warn", "_warning"}
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")
FROM_TABLES = {
    *("one-candidate", "one-interviewer", "no-variation", "one-interviewer-each", "no-replication"),
    *("ceiling", "floor", "duplicate-id", "duplicate-email", "duplicate-name"),
    *("rating-not-finite", "weight-not-finite"),
}
"""Codes that a table or a name holds before they are made findings of."""


def emitted() -> Iterator[tuple[str, str]]:
    """Yield each code in the place of one, with the file that emits it."""
    for path in sorted((ROOT / "hiringkit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                for given in [*node.args[:1], *(k.value for k in node.keywords if k.arg == "code")]:
                    if isinstance(given, ast.Constant) and CODE.fullmatch(str(given.value)):
                        yield str(given.value), path.name


def documented() -> set[str]:
    rows = re.findall(r"^\| (`.*?`) \|", (ROOT / "docs" / "findings.md").read_text(encoding="utf-8"), re.MULTILINE)
    rules = (ROOT / "docs" / "lint-rules.md").read_text(encoding="utf-8")
    return {code for row in rows for code in re.findall(r"`([^`]+)`", row)} | set(
        re.findall(r"^### ([a-z-]+)$", rules, re.MULTILINE)
    )


def test_every_code_has_its_line_in_the_documentation() -> None:
    codes = dict(emitted())
    assert len(codes) > 100
    assert {code: where for code, where in codes.items() if code not in documented()} == {}
    assert documented() >= FROM_TABLES


def test_no_row_is_left_of_a_code_that_nothing_emits() -> None:
    assert documented() - dict(emitted()).keys() - FROM_TABLES == set()
