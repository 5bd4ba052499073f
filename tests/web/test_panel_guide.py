"""docs/panel.md works as typed: its commands, and two links of it signed in with."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "panel.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```\n(hiringkit .*?)```", GUIDE, re.DOTALL)


@pytest.mark.slow
def test_every_command_of_the_guide_works(tmp_path: Path) -> None:
    printed = ""
    for line in "".join(BLOCKS).splitlines():
        script = line.replace("hiringkit", f'"{sys.executable}" -m hiringkit --db firm.db', 1)
        done = subprocess.run(
            ["/bin/sh", "-c", script],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"
        printed += done.stdout
    assert len(re.findall(r"http://127\.0\.0\.1:8080/link/[\w-]{43}", printed)) == 2
    assert len(re.findall(r"\b\d{4} \d{4}\b", printed)) == 2
