"""docs/self-assessment.md works as typed, one command after the other, by somebody who has nothing yet."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "self-assessment.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]


@pytest.fixture
def environment(elsewhere: Path, tmp_path: Path) -> dict[str, str]:
    """Where the commands run: this checkout as the program, a home of their own, a database yet to be made."""
    program = tmp_path / "bin" / "hiringkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hiringkit "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return os.environ | {
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(elsewhere),
        "TERM": "dumb",
        "HIRINGKIT_DB": str(tmp_path / "firm.db"),
    }


def run(line: str, folder: Path, environment: dict[str, str], typed: str = "") -> str:
    """Run a command, and return what it printed."""
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, env=environment, input=typed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{line}: {done.stderr}"
    return done.stdout


def interview_me(folder: Path, environment: dict[str, str]) -> None:
    """Have a firm interview `you@example.org` on one question."""
    for line in (
        "hiringkit opening create som --rubric sales-operations-manager",
        "hiringkit candidate add som You --id you --email you@example.org",
        "hiringkit interviewer add Ivy",
        "hiringkit interview schedule som you ivy --question bottlenecks",
        "hiringkit interview rate som/you/ivy bottlenecks 2",
        "hiringkit interview submit som/you/ivy",
    ):
        run(line, folder, environment)


def assess(line: str, folder: Path, environment: dict[str, str]) -> None:
    """Go through the self-assessment at a terminal, as the guide describes it."""
    program, *words = shlex.split(line)
    assert program == "hiringkit"
    words = ["-m", "hiringkit", *words]
    sitting = pexpect.spawn(
        sys.executable, words, cwd=str(folder), env=environment, encoding="utf-8", timeout=30, dimensions=(40, 160)
    )
    for _requirement in range(9):
        sitting.expect("q leave")
        sitting.sendline("y")
    for number in range(1, 8):
        sitting.expect(f"Question {number} of 7")
        sitting.expect("> ")
        sitting.sendline("I measured each step, found the hold-up and removed it.")
        sitting.expect("Your level")
        sitting.sendline("2" if number == 1 else "4")
        sitting.expect("> ")
        sitting.sendline("the report of that quarter")
    sitting.expect("All 7 questions are rated")
    sitting.expect(pexpect.EOF)
    assert sitting.wait() == 0


def test_the_walk_through_works_as_typed(tmp_path: Path, environment: dict[str, str]) -> None:
    start, resume, *others = LINES
    assess(start, tmp_path, environment)
    run(resume, tmp_path, environment, typed="q\n")
    interview_me(tmp_path, environment)
    printed = "".join(run(line, tmp_path, environment, typed="4\nbecause\n" * 4) for line in others)
    assert len(LINES) == 8
    assert "Worth to the score" in " ".join(printed.split()) or "costs most first" in printed
    assert "To learn or do" in printed
    assert "Beside the interviews in som" in printed
    assert "Reasoned level" in printed
    assert "Self-assessment: Sales Operations Manager" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_it_names_every_verb_and_every_component() -> None:
    for words in ("self start", "self list", "self report", "self next-steps", "practice", "interviewer show"):
        assert f"hiringkit {words}" in GUIDE
    for component in ("elevation", "differential elevation", "stereotype accuracy", "differential accuracy"):
        assert f"| {component} |" in GUIDE
