"""docs/panel-plans.md works as typed, from the first command to the last, by somebody who has nothing yet."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "panel-plans.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
FILES = {"yaml": "availability.yaml", "csv": "availability.csv"}


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
    lines = ["hiringkit demo --dir ."]
    for kind, text in BLOCK.findall(GUIDE):
        if kind in FILES:
            (tmp_path / FILES[kind]).write_text(text, encoding="utf-8")
        elif text.startswith("hiringkit "):
            lines += text.splitlines()
    assert len(lines) > 2
    script = "set -eu\n" + "\n".join(lines)
    done = subprocess.run(
        ["/bin/sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "3 *" in done.stdout
