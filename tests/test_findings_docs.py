"""Codes are spelled in `domain.codes` alone; docs/findings.md and docs/lint-rules.md explain each, and each is used."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiringkit.domain.codes import Code

ROOT = Path(__file__).parents[1]
COLUMNS = {"minutes", "time"}
"""Codes whose words are columns, keys and arguments as well, anywhere."""
HOMONYMS = {
    "domain/agreement.py:halo": "a source of error in a report of agreement",
    "actions/interviews.py:withdrawn": "why a scorecard is locked",
    "report/schemas.py:withdrawn": "a key of the debrief: how many have withdrawn",
    "report/views/debrief.py:withdrawn": "the same key",
    "report/views/fairness.py:withdrawn": "a key of the document of fairness: how many have withdrawn",
    "report/views/decision.py:withdrawn": "a key of a decision: whether a candidate has withdrawn",
}
"""Other texts that are spelled like a code and mean something else: where, and what."""


def sources() -> Iterator[tuple[str, ast.AST]]:
    """Yield each module of the program but that of the codes."""
    package = ROOT / "hiringkit"
    for path in sorted(package.rglob("*.py")):
        if path != package / "domain" / "codes.py":
            yield path.relative_to(package).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def spelled_out() -> set[str]:
    """Return where a text equals a code."""
    known = set(Code) - COLUMNS
    return {
        f"{where}:{node.value}"
        for where, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in known
    }


def used() -> set[str]:
    """Return every code whose member stands anywhere in the program."""
    return {
        str(Code[node.attr])
        for _where, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code"
    }


def documented() -> set[str]:
    rows = re.findall(r"^\| (`.*?`) \|", (ROOT / "docs" / "findings.md").read_text(encoding="utf-8"), re.MULTILINE)
    rules = (ROOT / "docs" / "lint-rules.md").read_text(encoding="utf-8")
    return {code for row in rows for code in re.findall(r"`([^`]+)`", row)} | set(
        re.findall(r"^### ([a-z-]+)$", rules, re.MULTILINE)
    )


def test_every_code_is_documented_and_no_other() -> None:
    assert documented() == set(Code)


@pytest.mark.slow
def test_a_code_is_spelled_in_its_enumeration_only() -> None:
    assert spelled_out() == set(HOMONYMS)


@pytest.mark.slow
def test_no_code_is_left_that_nothing_uses() -> None:
    assert set(Code) - used() == set()


def test_a_code_is_named_as_it_is_spelled() -> None:
    assert {code.name: code.value for code in Code} == {
        code.value.upper().replace("-", "_"): code.value for code in Code
    }


def test_a_code_is_its_text_wherever_it_is_shown() -> None:
    code = Code.NO_SCORE
    assert f"{code} {code!r} {json.dumps([code])} {code:>9}" == "no-score 'no-score' [\"no-score\"]  no-score"
