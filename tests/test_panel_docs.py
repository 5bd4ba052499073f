"""docs/panel-plans.md works as typed, from the first command to the last, by somebody who has nothing yet."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "panel-plans.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
FILES = {"yaml": "availability.yaml", "csv": "availability.csv"}


@pytest.mark.slow
def test_every_command_of_the_guide_works_in_its_order(tmp_path: Path, elsewhere: Path) -> None:
    program = tmp_path / "bin" / "hiringkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hiringkit "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(elsewhere),
        "HIRINGKIT_DB": str(tmp_path / "hiringkit.db"),
    }

    def run(line: str) -> "subprocess.CompletedProcess[str]":
        words = ["/bin/sh", "-c", line]
        return subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert run("hiringkit demo --dir .").returncode == 0
    printed, commands = "", 0
    for kind, text in BLOCK.findall(GUIDE):
        if kind in FILES:
            (tmp_path / FILES[kind]).write_text(text, encoding="utf-8")
        elif kind == "console":
            line, *shown = text.splitlines()
            done = run(line.removeprefix("$ "))
            assert done.returncode == 1
            assert done.stderr.splitlines() == shown
        else:
            for line in text.splitlines():
                done = run(line)
                assert done.returncode == 0, f"{line}: {done.stderr}"
                printed += done.stdout
                commands += 1
    assert commands > 15
    assert "3 *" in printed
    assert "Yusuf Demir" in printed
