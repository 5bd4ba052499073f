"""What people install: the wheel, in a clean environment, away from the checkout."""

import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(install: Callable[..., Path]) -> Path:
    """Install the wheel in a new environment and return the path of the program."""
    return install() / "hiringkit"


def test_wheel_and_sdist_carry_rubrics_banks_types_and_migrations(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = "hiringkit/shipped"
    assert f"{shipped}/rubrics/sales-operations/sales-operations-manager.yaml" in names
    assert f"{shipped}/question_banks/sales-operations/sales-operations.yaml" in names
    assert "hiringkit/py.typed" in names
    assert {f"hiringkit/report/render/templates/{name}.html" for name in ("base", "report", "pack")} <= names
    assert any(name.startswith("hiringkit/store/migrations/versions/0001") for name in names)
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    assert {"README.md", "LICENSE", "rubrics/sales-operations/sales-operations-manager.yaml"} <= packed


def test_the_installed_program_runs_the_demo(installed: Path, outside: Callable[..., Any], tmp_path: Path) -> None:
    done = outside(installed, "demo", "--dir", str(tmp_path / "demo"), "-f", "json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["profiles"]) == 4
    assert "What to try next" in done.stderr


def test_the_installed_program_finds_its_library_in_the_package(installed: Path, outside: Callable[..., Any]) -> None:
    done = outside(installed, "where", "-f", "json")
    shipped = json.loads(done.stdout)["settings"]["shipped"]
    assert shipped["source"] == "installed"
    assert "site-packages" in shipped["value"]
    assert outside(installed, "rubric", "check").returncode == 0
