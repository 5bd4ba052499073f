"""A short run of the fuzzer; the long one is `python benchmarks/fuzz_loader.py`, ten minutes by default."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_the_fuzzer_finds_nothing(tmp_path: Path, seed: int) -> None:
    words = ["benchmarks/fuzz_loader.py", "--minutes", "0.2", "--seed", str(seed), "--finds", str(tmp_path / "finds")]
    done = subprocess.run(
        [sys.executable, *words],
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 kinds of finds" in done.stdout
