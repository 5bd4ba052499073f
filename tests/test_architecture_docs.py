"""docs/architecture.md names files and functions that are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PLACES = sorted(set(re.findall(r"`([\w/]+\.py)(?::(\w+))?`", TEXT)))


@pytest.mark.parametrize(("file", "name"), PLACES, ids=lambda part: part or "-")
def test_every_place_that_is_named_is_there(file: str, name: str) -> None:
    path = ROOT / "hiringkit" / file if (ROOT / "hiringkit" / file).exists() else ROOT / file
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    targets = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    assert not name or name in defined | targets


def test_every_folder_of_the_package_stands_in_the_floors() -> None:
    floors = TEXT.partition("```\n")[2].partition("```")[0]
    folders = {path.parent.name for path in (ROOT / "hiringkit").glob("*/__init__.py")}
    assert folders
    assert [folder for folder in sorted(folders) if f"{folder}/" not in floors] == []
