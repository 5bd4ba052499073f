"""The library: what there is, by id and by path."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from hiringkit.domain.finding import Finding
from hiringkit.errors import FindingsError, NotFound
from hiringkit.library.catalog import Library, is_path
from hiringkit.library.documents import Kind
from hiringkit.library.lint import rules
from hiringkit.library.review import review_paths
from hiringkit.text.language import Text

RUBRIC = "rubrics/sales-operations/analyst.yaml"
BANK = "question_banks/sales-operations/basics.yaml"


def check(library: Library, paths: Iterable[str | Path] = ()) -> tuple[Finding, ...]:
    """Return what is wrong with files, without what is only poor about them."""
    poor = {rule.code for rule in rules.ALL}
    return tuple(finding for finding in review_paths(library, paths).findings if finding.code not in poor)


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_entries_are_known_by_id_kind_title_and_path(library: Library, root: Path) -> None:
    assert [(e.kind, e.id, e.title, e.path) for e in library.entries()] == [
        (Kind.BANK, "basics", Text(en="Basics", zh="基础"), root / BANK),
        (Kind.RUBRIC, "analyst", Text(en="Analyst", zh="分析师"), root / RUBRIC),
    ]
    assert [e.id for e in library.entries(Kind.RUBRIC)] == ["analyst"]


def test_files_may_lie_flat_and_end_in_yml(tmp_path: Path, bank_text: str) -> None:
    (tmp_path / "question_banks").mkdir()
    (tmp_path / "question_banks" / "b.yml").write_text(bank_text, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(bank_text.replace("id: basics", "id: more"), encoding="utf-8")
    assert [e.id for e in Library([tmp_path]).entries()] == ["basics", "more"]


def test_a_rubric_is_loaded_by_id_and_by_path(library: Library, root: Path) -> None:
    by_id = library.load_rubric("analyst")
    assert library.load_rubric(str(root / RUBRIC)) == by_id
    assert library.load_rubric(root / RUBRIC) == by_id
    assert by_id.id == "analyst"


def test_a_rubric_is_loaded_from_text(library: Library, drawing_text: str) -> None:
    assert library.load_rubric_text(drawing_text) == library.load_rubric("analyst")
    with pytest.raises(FindingsError) as caught:
        library.load_rubric_text("x", "-")
    assert [f.code for f in caught.value.findings] == ["header"]


def test_a_bank_is_loaded_by_id_and_by_path(library: Library, root: Path) -> None:
    bank = library.load_bank("basics")
    assert [q.id for q in bank.questions] == ["bottlenecks", "large-data"]
    assert library.load_bank(root / BANK) == bank


@pytest.mark.parametrize(
    ("name", "path"),
    [("analyst", False), ("./analyst", True), ("a/b", True), ("x.yaml", True), ("x.yml", True), ("-", False)],
)
def test_a_name_with_a_slash_or_an_ending_is_a_path(name: str, path: bool) -> None:
    assert is_path(name) is path


def test_an_unknown_id_names_the_nearest(library: Library) -> None:
    with pytest.raises(NotFound, match='there is no rubric "analist"') as rubric:
        library.load_rubric("analist")
    assert rubric.value.hint == 'did you mean "analyst"?'
    with pytest.raises(NotFound, match='there is no question bank "basic"') as bank:
        library.load_bank("basic")
    assert bank.value.hint == 'did you mean "basics"?'


def test_a_hostile_id_is_shown_harmless(library: Library) -> None:
    with pytest.raises(NotFound) as caught:
        library.load_rubric("\x1b[31m\n\u202e")
    assert caught.value.message == 'there is no rubric "\ufffd[31m \ufffd"'


def test_an_unknown_file_names_the_nearest_beside_it(library: Library, root: Path) -> None:
    with pytest.raises(NotFound, match="there is no file") as caught:
        library.load_rubric(root / "rubrics/sales-operations/analist.yaml")
    assert caught.value.hint == 'did you mean "analyst.yaml"?'
    with pytest.raises(NotFound, match="there is no file"):
        review_paths(library, [root / "nowhere/at/all"])


def test_a_bank_asked_for_as_a_rubric_is_refused(library: Library, root: Path) -> None:
    with pytest.raises(FindingsError) as caught:
        library.load_rubric(root / BANK)
    assert [f.code for f in caught.value.findings] == ["other-kind"]


def test_a_file_with_errors_is_not_loaded_and_says_them_all(library: Library, root: Path) -> None:
    edit(root / RUBRIC, "weight: 60", "weight: sixty")
    edit(root / RUBRIC, "bar: 2", "bar: 9")
    with pytest.raises(FindingsError) as caught:
        library.load_rubric("analyst")
    assert [(f.code, str(f.location)) for f in caught.value.findings] == [
        ("wrong-type", f"{root / RUBRIC}:33:13"),
        ("off-scale", f"{root / RUBRIC}:34:10"),
    ]
    assert check(library, [root / RUBRIC]) == caught.value.findings


def test_a_folder_cannot_be_read_as_a_rubric(library: Library, root: Path) -> None:
    with pytest.raises(FindingsError) as caught:
        library.load_rubric(root / "rubrics")
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == ("unreadable", "the file cannot be read: Is a directory")


def test_an_endless_file_is_given_up(library: Library) -> None:
    with pytest.raises(FindingsError) as caught:
        library.load_rubric(Path("/dev/zero"))
    (finding,) = caught.value.findings
    assert finding.code == "too-large"


def test_of_two_roots_the_earlier_wins_and_says_so(root: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(root, mine)
    edit(mine / RUBRIC, "en: Analyst", "en: Our analyst")
    library = Library([mine, root])
    assert library.load_rubric("analyst").title.wordings["en"] == "Our analyst"
    _bank, finding = sorted(library.findings, key=str)
    assert str(finding) == (
        f'{mine / RUBRIC}:2:5: info shadowed $.id: the rubric "analyst" is taken from here, not from'
        f" {root / RUBRIC} (hint: the earlier folder wins)"
    )
    assert [f.code for f in check(library)] == ["shadowed", "shadowed"]


def test_an_id_twice_in_one_root_is_an_error(library: Library, root: Path) -> None:
    shutil.copy(root / BANK, root / "question_banks/other.yaml")
    (finding,) = check(library)
    assert (finding.code, finding.severity, finding.path) == ("duplicate-id", "error", "$.id")
    assert str(finding.location) == f"{root / BANK}:2:5"


def test_files_that_do_not_say_what_they_are_are_no_entries_but_findings(library: Library, root: Path) -> None:
    folder = root / "rubrics"
    (folder / "a.yaml").write_text("id: a\n", encoding="utf-8")
    (folder / "b.yaml").write_text("hiringkit: rubric/1\ntitle: B\n", encoding="utf-8")
    (folder / "c.yaml").write_bytes(b"\0")
    assert len(library.entries()) == 2
    assert [(f.code, f.location and Path(f.location.file).name) for f in library.findings] == [
        ("header", "a.yaml"),
        ("missing-key", "b.yaml"),
        ("binary", "c.yaml"),
    ]
    assert {"header", "missing-key", "binary"} <= {f.code for f in check(library)}


def test_other_yaml_files_beside_the_folders_are_nobodys_business(library: Library, root: Path) -> None:
    (root / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
    assert len(library.entries()) == 2
    assert library.findings == ()
    assert check(library) == ()


def test_a_sound_library_has_no_findings(library: Library, root: Path) -> None:
    assert check(library) == ()
    assert check(library, [root]) == ()
    assert check(library, [root / BANK]) == ()


def test_files_that_are_checked_together_draw_from_each_other_first(root: Path, tmp_path: Path) -> None:
    """The rubric lies where no root is, and asks a question that only the bank beside it has."""
    draft = tmp_path / "draft"
    shutil.copytree(root, draft)
    edit(draft / BANK, "id: large-data", "id: larger-data")
    edit(draft / RUBRIC, "large-data", "larger-data")
    library = Library([root])
    assert check(library, [draft]) == ()
    assert [f.code for f in check(library, [draft / RUBRIC])] == ["unknown-reference"]


def test_findings_of_a_bank_that_two_rubrics_draw_from_are_told_once(library: Library, root: Path) -> None:
    shutil.copy(root / RUBRIC, root / "rubrics/second.yaml")
    edit(root / "rubrics/second.yaml", "id: analyst", "id: second")
    edit(root / BANK, "kind: knowledge", "kind: quiz")
    codes = [f.code for f in check(library)]
    assert sorted(codes) == ["bank-unusable", "bank-unusable", "unknown-value"]


def test_a_library_without_roots_knows_nothing(tmp_path: Path) -> None:
    for library in (Library([]), Library([tmp_path / "nowhere"])):
        assert library.entries() == ()
        assert check(library) == ()
        with pytest.raises(NotFound) as caught:
            library.load_rubric("analyst")
        assert caught.value.hint == ""


def test_a_file_named_twice_is_checked_once(library: Library, root: Path) -> None:
    assert check(library, [root / BANK, root / BANK, root]) == ()


def test_hidden_folders_are_not_looked_into(library: Library, root: Path) -> None:
    (root / ".cache").mkdir()
    (root / ".cache" / "x.yaml").write_text("x", encoding="utf-8")
    assert check(library, [root]) == ()


def test_a_pipe_can_be_checked(library: Library, bank_text: str) -> None:
    reading, writing = os.pipe()
    os.write(writing, bank_text.replace("kind: knowledge", "kind: quiz").encode())
    os.close(writing)
    (finding,) = check(library, [f"/dev/fd/{reading}"])
    os.close(reading)
    assert finding.code == "unknown-value"


@pytest.mark.parametrize("name", ["x" * 5000 + ".yaml", "a/\0.yaml", "\ud800/x.yaml"], ids=["long", "nul", "surrogate"])
def test_a_path_that_cannot_be_is_not_found(library: Library, name: str) -> None:
    with pytest.raises(NotFound, match="there is no file"):
        library.load_rubric(name)


def test_a_folder_that_cannot_be_looked_into_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "rubrics").symlink_to("rubrics")
    (finding,) = Library([tmp_path]).findings
    assert (finding.code, str(finding.location)) == ("unreadable", str(tmp_path))
    assert "rubrics: Too many levels of symbolic links" in finding.message


LOADED = """
import sys
import hiringkit.library.catalog
heavy = {"cattrs", "numpy", "sqlalchemy", "jinja2", "click", "json"}
print(*sorted({name.partition(".")[0] for name in sys.modules} & heavy))
"""


def test_reading_loads_no_heavy_library() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
