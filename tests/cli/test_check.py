"""`rubric check`, `bank check` and `rubric schema`, as authors, editors and pipelines use them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
HOME = Path(__file__).parents[2]
RUBRIC = HOME / "rubrics/sales-operations/sales-operations-analyst.yaml"
BANK = HOME / "question_banks/sales-operations/sales-analytics.yaml"


@pytest.fixture
def poor(tmp_path: Path) -> Path:
    """A copy of a rubric with a poor anchor and no rules of conduct."""
    text = RUBRIC.read_text(encoding="utf-8")
    text = text[: text.index("  combination: statistical")]
    before, anchor, after = text.partition("    anchors:\n      1:\n        en: ")
    rest = after[after.index("\n        zh:") :]
    path = tmp_path / "poor.yaml"
    path.write_text(f'{before}{anchor}"Poor answer"{rest}', encoding="utf-8")
    return path


@pytest.mark.slow
def test_the_shipped_library_has_no_errors(hk: Run) -> None:
    done = hk("rubric", "check", "-f", "json")
    assert done.code == 0
    assert {finding["severity"] for finding in done.json["findings"]} <= {"warning"}
    assert {score["rubric"]: score["score"] >= 13 for score in done.json["structures"]} == {
        path.stem: True for path in HOME.glob("rubrics/*/*.yaml")
    }


@pytest.mark.slow
def test_a_rubric_is_checked_with_its_structure(hk: Run, poor: Path) -> None:
    done = hk("rubric", "check", str(poor))
    assert done.code == 0
    assert f"{poor}:" in done.out
    assert (
        'warning vague-anchor $.criteria[0].anchors.1.en: no behaviour to listen for at level 1: "Poor answer"'
        in done.out
    )
    assert "Structure: 4 of 15 components; a file can carry 14" in done.out
    assert "add policy.prompting: planned-probes" in " ".join(done.out.split())


@pytest.mark.slow
def test_programs_get_findings_and_structure(hk: Run, poor: Path) -> None:
    done = hk("rubric", "check", "-f", "json", str(poor))
    (finding,) = [each for each in done.json["findings"] if each["code"] == "vague-anchor"]
    assert (finding["code"], finding["severity"], finding["file"]) == ("vague-anchor", "warning", str(poor))
    structure = done.json["structure"]
    assert (structure["score"], structure["of"], structure["carried"]) == (4, 15, 14)
    assert done.json["structures"] == [structure]
    by_id = {component["id"]: component for component in structure["components"]}
    assert by_id["job-analysis"] | {"name": ""} == {
        "id": "job-analysis", "name": "", "met": True, "where": "file", "advice": "",
    }  # fmt: skip
    assert by_id["same-interviewers"]["met"] is None
    assert by_id["same-interviewers"]["where"] == "opening"
    assert by_id["detailed-notes"]["advice"] == "add policy.notes: required"


@pytest.mark.slow
def test_several_rubrics_are_told_apart(hk: Run, poor: Path) -> None:
    done = hk("rubric", "check", str(poor), str(RUBRIC), "-f", "json")
    assert done.json["structure"] is None
    assert [(s["file"], s["score"]) for s in done.json["structures"]] == [(str(poor), 4), (str(RUBRIC), 14)]


@pytest.mark.slow
def test_a_file_with_errors_has_no_structure_and_exit_code_one(hk: Run, poor: Path) -> None:
    poor.write_text(
        poor.read_text(encoding="utf-8").replace("minimum_coverage: 0.8", "minimum_coverage: 80"), encoding="utf-8"
    )
    done = hk("rubric", "check", "-f", "json", str(poor))
    assert done.code == 1
    assert done.json["structure"] is None
    assert "not-a-share" in {finding["code"] for finding in done.json["findings"]}


@pytest.mark.slow
@pytest.mark.parametrize("noun", ["rubric", "bank"])
def test_files_folders_and_standard_input_are_checked_alike(hk: Run, poor: Path, noun: str) -> None:
    as_file = hk(noun, "check", str(poor), "-f", "json").json["findings"]
    as_folder = hk(noun, "check", str(poor.parent), "-f", "json").json["findings"]
    piped = hk(noun, "check", "-", "-f", "json", stdin=poor.read_bytes()).json
    assert as_file == as_folder
    own = [finding | {"file": "-"} for finding in as_file if finding["file"] == str(poor)]
    assert own == [finding for finding in piped["findings"] if finding["file"] == "-"]
    assert piped["structure"]["file"] == "-"


def test_a_bank_is_checked_without_a_structure(hk: Run) -> None:
    done = hk("bank", "check", str(BANK))
    assert done.code == 0
    assert "No problems found." in done.out
    assert "Structure" not in done.out


@pytest.mark.slow
def test_hostile_words_in_a_finding_are_harmless_in_every_format(hk: Run, poor: Path) -> None:
    poor.write_text(poor.read_text(encoding="utf-8").replace("Poor answer", r"Poor \e]0;x\a[/x]"), encoding="utf-8")
    for format_ in ("table", "json", "csv", "markdown"):
        out = hk("rubric", "check", str(poor), "-f", format_).out
        assert "control-character" in out
        assert not {"\x1b", "\x07"} & set(out)


@pytest.mark.parametrize("kind", ["rubric", "question-bank"])
def test_the_schema_is_written_as_it_is_shipped(hk: Run, kind: str, tmp_path: Path) -> None:
    shipped = (HOME / f"hiringkit/library/schema/{kind}.json").read_text(encoding="utf-8")
    assert hk("rubric", "schema", "--kind", kind).out == shipped
    target = tmp_path / "schema.json"
    assert hk("rubric", "schema", "--kind", kind, "-o", str(target)).code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["$schema"].endswith("2020-12/schema")


def test_the_format_is_written_as_tables(hk: Run) -> None:
    assert "| `weight` | number above 0 | yes |" in hk("rubric", "schema", "-f", "markdown").out


@pytest.mark.slow
def test_the_rules_of_conduct_are_shown(hk: Run, poor: Path) -> None:
    out = hk("rubric", "show", str(RUBRIC)).out
    assert "How interviews are held" in out
    assert "kept from interviewers until their scorecard is in" in out
    assert "How interviews are held" not in hk("rubric", "show", str(poor)).out


@pytest.mark.parametrize("root", ["/", "//", "/../"])
def test_the_whole_file_system_is_not_walked(hk: Run, root: str) -> None:
    refused = hk("rubric", "check", root)
    assert refused.code == 2
    assert "that is the whole file system" in refused.err
