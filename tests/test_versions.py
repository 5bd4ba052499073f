"""What pyproject.toml declares: the lowest version of everything that is needed, and every Python up to the newest."""

import json
import os
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
HOME = Path.home()  # read while tests are collected: later each has a home of its own
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {name: wanted for name, wanted in PROJECT["optional-dependencies"].items() if name != "dev"}
NEEDED = [*PROJECT["dependencies"], *(each for extra in EXTRAS.values() for each in extra)]
TOOLS = ("check-jsonschema", "hypothesis", "jsonschema", "pexpect", "pgserver", "pytest")
TESTS = {  # what is run with the lowest versions, at least one file for each of them, and which of it
    (
        "cli/test_commands.py",
        "cli/test_help.py",
        "cli/test_interview_prompts.py",
        "exchange/test_arrow.py",
        "library/test_schema.py",
        "library/test_search.py",
        "library/yaml",
        "report/test_html.py",
        "scoring/test_agreement.py",
        "scoring/test_icc.py",
        "scoring/test_ratings.py",
        "scoring/test_observed.py",
        "scoring/test_reml_published.py",
        "store/test_migrate.py",
        "tui/test_screens.py::test_every_theme_shows_the_same_text",
        "tui/test_interview.py",
    ): "not slow",
    ("store/test_ratings.py",): "slow or not slow",  # slow is PostgreSQL
}


def test_what_is_run_with_the_lowest_versions_is_there() -> None:
    named = [name.partition("::")[0] for names in TESTS for name in names]
    assert [name for name in named if not (ROOT / "tests" / name).exists()] == []


def test_every_dependency_declares_its_lowest_version() -> None:
    assert set(lowest(NEEDED)) == {Requirement(each).name for each in NEEDED}


@pytest.mark.slow
def test_the_lowest_versions_do_the_main_job_and_pass_quick_tests(
    install: Callable[..., Path], outside: Callable[..., Any], tmp_path: Path
) -> None:
    oldest = min(declared_pythons())
    python = pythons().get(oldest)
    assert python, f"Python 3.{oldest} is declared but not found; try: uv python install 3.{oldest}"
    constraints = tmp_path / "lowest.txt"
    pinned = lowest([*NEEDED, *PROJECT["optional-dependencies"]["dev"]])
    constraints.write_text("".join(f"{name}=={version}\n" for name, version in pinned.items()), encoding="utf-8")
    programs = install("--constraint", str(constraints), *TOOLS, python=python, extras=f"[{','.join(EXTRAS)}]")
    do_the_main_job(programs, outside)
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-q", "--tb=short"]
    # pytest's usual folder is closed to others whenever a pytest starts: also to the PostgreSQL of tests that run now
    settings += ["--basetemp", str(tmp_path / "tests")]
    for names, which in TESTS.items():
        paths = [str(ROOT / "tests" / name) for name in names]
        done = outside(programs / "python", "-P", "-m", "pytest", *settings, "-m", which, *paths)
        assert done.returncode == 0, done.stdout[-20_000:] + done.stderr


@pytest.mark.slow
def test_the_newest_python_does_the_main_job(install: Callable[..., Path], outside: Callable[..., Any]) -> None:
    found = pythons()
    newest, declared = max(found), max(declared_pythons())
    assert newest >= declared, (
        f"Python 3.{declared} is declared but the newest found is 3.{newest}; try: uv python install 3.{declared}"
    )
    do_the_main_job(install(python=found[newest], extras=f"[{','.join(EXTRAS)}]"), outside)


def lowest(requirements: Iterable[str]) -> dict[str, str]:
    """Return the lowest version that each requirement allows, of those that declare one."""
    bounds = [(each.name, part) for each in map(Requirement, requirements) for part in each.specifier]
    return {name: part.version for name, part in bounds if part.operator == ">="}


def declared_pythons() -> set[int]:
    """Return the minor versions of Python 3 that the classifiers name."""
    found = re.findall(r"Python :: 3\.(\d+)", "\n".join(PROJECT["classifiers"]))
    return {int(minor) for minor in found}


def pythons() -> dict[int, str]:
    """Return an interpreter of each minor version of Python 3 on this machine: on the path, of pyenv, of uv."""
    folders = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    folders += [HOME / ".local/bin", *HOME.glob(".pyenv/versions/*/bin"), *HOME.glob(".local/share/uv/python/*/bin")]
    found: dict[int, str] = {}
    for path in (path for folder in folders for path in folder.glob("python3.*")):
        minor = path.name.removeprefix("python3.")
        # pyenv's shims are found whatever is installed: only an interpreter that runs counts
        if minor.isdigit() and int(minor) not in found and runs(path):
            found[int(minor)] = str(path)
    return found


def runs(python: Path) -> bool:
    """Say whether this interpreter starts and can make environments."""
    done = subprocess.run([str(python), "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return done.returncode == 0


def do_the_main_job(programs: Path, outside: Callable[..., Any]) -> None:
    """Show the help and a demo, compare what it left, and score a file, with the installed program."""

    def hiringkit(*words: str) -> str:
        done = outside(programs / "hiringkit", *words)
        assert done.returncode == 0, f"{words}: {done.stderr}"
        shown: str = done.stdout
        return shown

    where = outside(programs / "python", "-P", "-c", "import hiringkit; print(hiringkit.__file__)").stdout
    assert "site-packages" in where
    assert "compare" in hiringkit("--help")
    demo = json.loads(hiringkit("demo", "--dir", "demo", "-f", "json"))
    compared = json.loads(hiringkit("compare", "demo", "--db", "demo/hiringkit.db", "-f", "json"))
    assert compared["profiles"] == demo["profiles"]
    strict = str(ROOT / "tests/data/strict-interviewer.csv")
    assert json.loads(hiringkit("score", strict, "-f", "json"))["method"] == "calibrated"
    assert hiringkit("profile", "demo", demo["profiles"][0]["candidate"], "--db", "demo/hiringkit.db")
