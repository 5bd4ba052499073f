"""What people install: the wheel, in a clean environment, away from the checkout."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel out of the sdist, as an index would have them."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in a new environment and return the path of the program."""
    home = tmp_path_factory.mktemp("clean")
    subprocess.run([sys.executable, "-m", "venv", str(home / "venv")], check=True)
    (wheel,) = built.glob("*.whl")
    pip = [str(home / "venv" / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return home / "venv" / "bin" / "hiringkit"


def run(program: Path, folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the installed program with a home of its own, outside the checkout."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "HIRINGKIT_"))}
    environment |= {"HOME": str(folder), "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(program), *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


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


def test_the_installed_program_runs_the_demo(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "demo", "--dir", str(tmp_path / "demo"), "-f", "json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["profiles"]) == 4
    assert "What to try next" in done.stderr


def test_the_installed_program_finds_its_library_in_the_package(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "where", "-f", "json")
    shipped = json.loads(done.stdout)["settings"]["shipped"]
    assert shipped["source"] == "installed"
    assert "site-packages" in shipped["value"]
    assert run(installed, tmp_path, "rubric", "check").returncode == 0
