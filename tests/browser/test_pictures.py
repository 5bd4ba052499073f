"""The README's pictures: the script that makes them runs."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "docs/screenshots.py"


@pytest.mark.slow
@pytest.mark.usefixtures("chromium")
def test_the_pictures_of_the_readme_are_made(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SCRIPT, tmp_path], check=True, capture_output=True)
    readme = (SCRIPT.parents[1] / "README.md").read_text(encoding="utf-8")
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(path.name for path in (SCRIPT.parent / "pictures").iterdir())
    assert all(f"docs/pictures/{name}" in readme for name in made)
