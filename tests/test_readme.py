"""The README's commands work as typed, one after the other, by somebody who has nothing yet."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def walkthrough() -> list[str]:
    """Return the lines of the code blocks of the walk-through."""
    section = README.partition("## One opening")[2].partition("\n## ")[0]
    return [line for block in re.findall(r"```\n(.*?)```", section, re.DOTALL) for line in block.splitlines()]


@pytest.mark.slow
def test_the_walk_through_works_as_typed(tmp_path: Path, elsewhere: Path) -> None:
    bin_folder = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}", "HOME": str(elsewhere)}
    script = "set -euo pipefail\n" + "\n".join(walkthrough())
    done = subprocess.run(
        ["/bin/bash", "-c", script],
        cwd=tmp_path,
        env=environment,
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(walkthrough()) > 15
    assert (tmp_path / "comparison.csv").read_text(encoding="utf-8").count("wenjing") == 1
    assert "李文静" in done.stdout


def test_it_begins_with_the_two_commands_that_set_everything_up() -> None:
    assert re.search(r"```\nmake demo\nmake test\n```", README)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z-]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
