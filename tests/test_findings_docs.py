"""Every code is in `domain.codes`; docs/findings.md and docs/lint-rules.md explain each, and each is used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from hiringkit.domain.codes import Code

ROOT = Path(__file__).parents[1]
MAKERS = {"Finding", "Problem", "CellProblem", "Reason", "Mistake", "_rule", "_warn", "_warning"}
SHAPE = re.compile(r"[a-z]+(?:-[a-z]+)*")


def sources() -> Iterator[tuple[str, ast.AST]]:
    """Yield each module of the program but that of the codes."""
    for path in sorted((ROOT / "hiringkit").rglob("*.py")):
        if path.name != "codes.py":
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def spelled_out() -> Iterator[tuple[str, str]]:
    """Yield each text in the place of a code, with the file where it stands."""
    for where, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                for given in [*node.args[:1], *(k.value for k in node.keywords if k.arg == "code")]:
                    if isinstance(given, ast.Constant) and SHAPE.fullmatch(str(given.value)):
                        yield str(given.value), where


def used() -> set[str]:
    """Return every code that stands anywhere in the program, by its member or spelled out."""
    found = set()
    for _where, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code":
                found.add(str(Code[node.attr]))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def documented() -> set[str]:
    rows = re.findall(r"^\| (`.*?`) \|", (ROOT / "docs" / "findings.md").read_text(encoding="utf-8"), re.MULTILINE)
    rules = (ROOT / "docs" / "lint-rules.md").read_text(encoding="utf-8")
    return {code for row in rows for code in re.findall(r"`([^`]+)`", row)} | set(
        re.findall(r"^### ([a-z-]+)$", rules, re.MULTILINE)
    )


def test_every_code_is_documented_and_no_other() -> None:
    assert documented() == set(Code)


def test_no_finding_has_a_code_of_its_own() -> None:
    known = set(Code)
    assert {code: where for code, where in spelled_out() if code not in known} == {}


def test_no_code_is_left_that_nothing_uses() -> None:
    assert set(Code) - used() == set()


def test_a_code_is_named_as_it_is_spelled() -> None:
    assert {code.name: code.value for code in Code} == {
        code.value.upper().replace("-", "_"): code.value for code in Code
    }
