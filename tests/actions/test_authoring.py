"""Changes to the files of the library."""

import shutil
from pathlib import Path

import pytest

from hiringkit.actions.rubrics import append_in_file, remove_in_file, set_in_file
from hiringkit.domain.rubric_diff import Step
from hiringkit.errors import FindingsError, NotFound, Refused
from hiringkit.library.catalog import Library
from hiringkit.library.documents import Kind
from hiringkit.text.language import Text

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own(tmp_path: Path) -> Library:
    """A copy of the analyst's rubric and of the banks."""
    folder = tmp_path / "rubrics" / "sales-operations"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "rubrics/sales-operations/sales-operations-analyst.yaml", folder / "analyst.yaml")
    shutil.copytree(ROOT / "question_banks", tmp_path / "question_banks")
    return Library([tmp_path])


NAME = "sales-operations-analyst"


def test_a_weight_is_set_and_said_to_be_a_major_change(own: Library) -> None:
    path = own.path_of(NAME, Kind.RUBRIC)
    before = path.read_text(encoding="utf-8").splitlines()
    change = set_in_file(own, NAME, Kind.RUBRIC, "criteria.data-analysis.weight", "30")
    after = path.read_text(encoding="utf-8").splitlines()
    different = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert different == [("    weight: 22", "    weight: 30")]
    assert (change.step, change.edit.before, change.edit.after) == (Step.MAJOR, "22", "30")
    assert after[change.edit.line - 1] == "    weight: 30"


def test_a_bank_is_set_and_appended_to_by_its_id(own: Library) -> None:
    change = set_in_file(own, "sales-operations", Kind.BANK, "questions.bottlenecks.minutes", "7.5")
    assert change.step is None
    assert own.load_bank("sales-operations").question("bottlenecks").minutes == 7.5  # type: ignore[union-attr]  # it is there
    append_in_file(own, "sales-operations", Kind.BANK, "questions.bottlenecks.probes", "{en: And then?, zh: 然后呢？}")
    probes = own.load_bank("sales-operations").question("bottlenecks").probes  # type: ignore[union-attr]  # it is there
    assert probes[-1] == Text(en="And then?", zh="然后呢？")
    remove_in_file(own, "sales-operations", Kind.BANK, f"questions.bottlenecks.probes[{len(probes) - 1}]")
    assert own.load_bank("sales-operations").question("bottlenecks").probes == probes[:-1]  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize(
    ("address", "value", "code"),
    [
        ("criteria.data-analysis.weight", "-1", "not-positive"),
        ("criteria.data-analysis.weight", "heavy", "wrong-type"),
        ("criteria.data-analysis.wieght", "3", "unknown-key"),
        ("criteria.data-analysis.bar", "9", "off-scale"),
        ("version", "2", "version-shape"),
        ("id", "Not An Id", "id-shape"),
        ("hiringkit", "rubric/9", "header"),
        ("criteria.data-analysis.name.en", " ", "empty-text"),
    ],
)
def test_what_would_be_an_error_is_not_written(own: Library, address: str, value: str, code: str) -> None:
    path = own.path_of(NAME, Kind.RUBRIC)
    before = path.read_bytes()
    with pytest.raises(FindingsError) as caught:
        set_in_file(own, NAME, Kind.RUBRIC, address, value)
    assert code in {finding.code for finding in caught.value.findings}
    assert path.read_bytes() == before


def test_unknown_ids_and_ways_name_what_is_near(own: Library) -> None:
    with pytest.raises(NotFound) as caught:
        set_in_file(own, "sales-operations-analist", Kind.RUBRIC, "version", "1.0.1")
    assert NAME in caught.value.hint
    with pytest.raises(NotFound) as caught:
        set_in_file(own, NAME, Kind.RUBRIC, "criteria.data-analisis.weight", "1")
    assert "data-analysis" in caught.value.hint


def test_a_read_only_file_is_left_alone(own: Library) -> None:
    path = own.path_of(NAME, Kind.RUBRIC)
    path.chmod(0o444)
    with pytest.raises(Refused, match="read-only"):
        set_in_file(own, NAME, Kind.RUBRIC, "version", "1.0.1")
