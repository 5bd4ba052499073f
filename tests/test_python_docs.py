"""docs/python.md runs as typed, with pandas and with Polars, and prints what it shows."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

GUIDE = (Path(__file__).parents[1] / "docs" / "python.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)
CELLS = BLOCK.findall(GUIDE)


@pytest.mark.slow
@pytest.mark.parametrize("frames", ["pandas", "polars"])
def test_every_cell_prints_what_the_guide_shows(frames: str) -> None:
    names: dict[str, Any] = {}
    for number, (code, expected) in enumerate(CELLS, 1):
        typed = code.replace("import pandas as pd", f"import {frames} as pd")
        out = io.StringIO()
        with redirect_stdout(out):
            exec(compile(typed, f"docs/python.md, cell {number}", "exec"), names)  # noqa: S102 - that is the test
        assert out.getvalue() == expected, f"cell {number}"
    assert type(names["profiles"]).__module__.partition(".")[0] == frames


def test_the_guide_shows_every_public_function() -> None:
    code = "".join(cell for cell, _ in CELLS)
    for name in ("load_rubric", "check_rubric", "score", "agreement", "Ratings.from_frame", "InvalidRatings"):
        assert f"hk.{name}" in code
    assert len(CELLS) >= 10
