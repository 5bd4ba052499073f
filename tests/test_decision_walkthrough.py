"""docs/from-plan-to-decision.md works as typed, and each number that decides can be had again."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "from-plan-to-decision.md").read_text(encoding="utf-8")
TYPED = [line for block in re.findall(r"```\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]
HOLD = "hiringkit interview score"


def run(folder: Path, line: str, answers: str = "") -> str:
    """Run a command of the guide in a folder, and return what it prints."""
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=folder,
        env={
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "LANG": "C.UTF-8",
        },
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{line}: {done.stderr}"
    return done.stdout


def test_from_plan_to_decision(tmp_path: Path) -> None:
    (tmp_path / "hiringkit").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hiringkit "$@"\n', encoding="utf-8")
    (tmp_path / "hiringkit").chmod(0o755)

    def typed(line: str, answers: str = "") -> str:
        return run(tmp_path, f'PATH="{tmp_path}:$PATH"; {line}', answers)

    def asked(words: str) -> Any:
        return json.loads(typed(f"hiringkit {words} -f json --db hiringkit.db"))

    printed: dict[str, str] = {}
    for line in TYPED:
        answers = ""
        if line.startswith(HOLD):
            (owed,) = asked("outstanding")["outstanding"]
            assert (owed["candidate"], owed["interviewer"]) == ("wenjing", "zhiyuan"), "the plan has just this one left"
            kit = asked("interview show demo/wenjing/zhiyuan")["kit"]
            answers = "4\n" * len(kit) + "yes\nStrong on data\ny\n"
        printed[line] = typed(line, answers)

    memo = asked("decision memo demo")
    then = (tmp_path / "then.json").read_text(encoding="utf-8")
    assert [each["rank"]["position"] for each in json.loads(then)["profiles"]] == [
        each["rank"]["position"] for each in memo["comparison"]["profiles"]
    ]
    now = json.loads(typed("hiringkit --lang en compare demo -f json --db hiringkit.db"))
    canonical = json.dumps(now, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}" == memo["replay"]["digest"]
    (explained,) = (told for line, told in printed.items() if line.startswith("hiringkit comply explain"))
    assert not re.search("Amara|Tomás|Priya", explained), "an explanation names nobody else"
    page = (tmp_path / "memo.html").read_text(encoding="utf-8")
    for words in (
        "Sofia heard how the miss",
        "I had not heard that part",
        "Wenjing knows the market better",
        "Dana Reyes",
    ):
        assert words in page
