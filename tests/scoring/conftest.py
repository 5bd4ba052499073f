"""Published tables."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="session")
def published() -> dict[str, dict[str, Any]]:
    """Examples from the literature by name; tables as float arrays, NaN where a rating is missing."""
    examples: dict[str, dict[str, Any]] = json.loads(
        (DATA / "agreement-published.json").read_text(encoding="utf-8")
    )
    for example in examples.values():
        for key in ("ratings", "scores", "rows", "prop", "weights"):
            if key in example:
                example[key] = np.array(example[key], dtype=np.float64)
    return examples
