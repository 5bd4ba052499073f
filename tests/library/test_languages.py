"""A third language is one entry of the table: files in it are loaded, checked, shown, searched and written."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
from hiringkit.text.language import LANGUAGES, Language
LANGUAGES["de"] = Language("German", "de", comma="; ")
from hiringkit.cli.main import main
main(sys.argv[1:])
"""


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in an interpreter whose table has a third language."""
    return subprocess.run([sys.executable, "-c", SCRIPT, *words], capture_output=True, text=True, check=False)


@pytest.fixture
def german(tmp_path: Path, rubric_text: str) -> Path:
    """The small rubric with a third wording of every text: the English one and a sign."""
    path = tmp_path / "analyst.yaml"
    text = re.sub(
        r"\{en: (['\"]?)([^{}]*?)\1, zh: ([^{}]*?)\}", r"{en: \1\2\1, zh: \3, de: \1auf Deutsch \2\1}", rubric_text
    )
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_rubric_in_three_languages_is_loaded_and_shown(german: Path) -> None:
    shown = run("--lang=de", "rubric", "show", str(german))
    assert shown.returncode == 0, shown.stderr
    assert "auf Deutsch Reads data" in shown.stdout
    assert "读懂数据" not in shown.stdout
    written = json.loads(run("rubric", "show", str(german), "-f", "json").stdout)
    assert written["rubric"]["title"] == {"en": "Analyst", "zh": "分析师", "de": "auf Deutsch Analyst"}


def test_a_page_says_which_language_it_is_in(german: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("--lang=de", "rubric", "pack", str(german), "-o", str(page)).returncode == 0
    assert '<html lang="de"' in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_rubric_in_three_languages_is_checked(german: Path) -> None:
    assert "translation-missing" not in run("rubric", "check", str(german)).stdout
    text = german.read_text(encoding="utf-8")
    german.write_text(text.replace(", de: auf Deutsch Reads data", ""), encoding="utf-8")
    checked = run("rubric", "check", str(german)).stdout
    assert checked.count("translation-missing") == 1
    assert re.search(r"translation-missing \$\.criteria\[0\]\.definition: .*de version", checked)


@pytest.mark.slow
def test_a_language_that_a_file_does_not_use_is_not_missed(tmp_path: Path, rubric_text: str) -> None:
    path = tmp_path / "analyst.yaml"
    path.write_text(rubric_text, encoding="utf-8")
    assert "translation-missing" not in run("rubric", "check", str(path)).stdout


@pytest.mark.slow
def test_the_schema_knows_it_and_a_slip_names_it(german: Path) -> None:
    schema = json.loads(run("rubric", "schema").stdout)
    assert list(schema["$defs"]["Text"]["anyOf"][1]["properties"]) == ["en", "zh", "de"]
    german.write_text(german.read_text(encoding="utf-8").replace("de:", "dd:", 1), encoding="utf-8")
    assert "known here: en, zh, de" in run("rubric", "check", str(german)).stdout


@pytest.mark.slow
def test_near_duplicates_are_compared_in_it_too() -> None:
    found = json.loads(run("bank", "duplicates", "--at-least=0.2", "-f", "json").stdout)
    assert found["pairs"]
    assert all(pair["de"] is None and pair["en"] is not None for pair in found["pairs"])


@pytest.mark.slow
def test_a_new_rubric_is_asked_for_in_it(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    made = run("rubric", "new", "new", "--from=sales-operations-analyst", "--yes", "-o", str(path))
    assert made.returncode == 0, made.stderr
    assert "de: New" in path.read_text(encoding="utf-8").replace('"', "")
