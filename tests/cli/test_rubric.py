"""The commands for authors: coverage, diff, new, set, drop-question, pack; bank search and duplicates."""

import csv
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.api import load_rubric

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
SOM = "sales-operations-manager"
BROKEN = {
    "empty": b"",
    "binary": b"\x00\x01\x02" * 100,
    "utf-16": "hiringkit: rubric/1".encode("utf-16"),
    "broken": b"hiringkit: rubric/1\nid: [\n",
    "deep": b"[" * 200_000,
    "huge": b"hiringkit: rubric/1\n# " + b"x" * 1_000_000,
    "duplicate": b"hiringkit: rubric/1\nid: x\nid: y\n",
    "tag": b"!!python/object:os.system x",
    "alias": b"a: &a [*a]",
}
KINDS = ["empty", "blank", "binary", "utf-16", "huge"]


@pytest.fixture
def own(here: Path) -> Path:
    """A copy of the shipped rubric."""
    path = here / "som.yaml"
    shutil.copy(ROOT / f"rubrics/sales-operations/{SOM}.yaml", path)
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


LISTS = [
    ("rubric", "coverage", SOM),
    ("rubric", "diff", SOM, "sales-operations-analyst"),
    ("rubric", "pack", SOM, "--minutes", "30"),
    ("bank", "search", "--kind", "knowledge"),
    ("bank", "duplicates", "--at-least", "0.2"),
]


@pytest.mark.slow
@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_every_table_comes_in_every_format_and_as_a_page(hk: Run, here: Path, words: tuple[str, ...]) -> None:
    done = {form: hk(*words, "-f", form) for form in ("table", "json", "csv", "markdown")}
    assert [each.code for each in done.values()] == [0, 0, 0, 0], done["table"].err
    assert done["json"].json["schema"].startswith("hiringkit/")
    assert len(list(csv.reader(io.StringIO(done["csv"].out)))) > 1
    assert hk(*words, "-o", "page.html").code == 0
    assert (here / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert hk(*words, "-f", "json", "-o", "page.html").code == 0
    assert (here / "page.html").read_text(encoding="utf-8").startswith("{"), "what --format says goes first"


@pytest.mark.slow
@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_files_get_findings_through_every_command(hk: Run, here: Path, content: bytes) -> None:
    bad = here / "bad.yaml"
    bad.write_bytes(content)
    for words in (
        ("rubric", "coverage", "bad.yaml"),
        ("rubric", "diff", "bad.yaml", SOM),
        ("rubric", "diff", SOM, "bad.yaml"),
        ("rubric", "pack", "bad.yaml"),
        ("rubric", "new", "x", "--from", "bad.yaml", "--yes"),
        ("rubric", "set", "bad.yaml", "version", "1.0.1"),
        ("bank", "set", "bad.yaml", "title.en", "x"),
    ):
        done = hk(*words)
        assert done.code == 1, words
        assert "bad.yaml" in done.err
        assert "Traceback" not in done.err
        assert done.out == ""
    assert hk("rubric", "diff", "-", SOM, stdin=content).code == 1
    assert bad.read_bytes() == content
    assert [path.name for path in here.iterdir()] == ["bad.yaml"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("rubric", "coverage", "sales-operation-manager"), 1, SOM),
        (("rubric", "coverage", "no/such.yaml"), 1, "no file"),
        (("rubric", "diff", SOM, "sales-operations-analist"), 1, "sales-operations-analyst"),
        (("rubric", "diff", "-", "-"), 2, "once only"),
        (("rubric", "pack", SOM, "--question", "botlenecks"), 1, "did you mean 'bottlenecks'?"),
        (("rubric", "pack", SOM, "--minutes", "1"), 2, "no question fits"),
        (("rubric", "pack", SOM, "--minutes", "0"), 2, "--minutes"),
        (("rubric", "pack", SOM, "--minutes", "9", "--question", "bottlenecks"), 2, "--minutes chooses"),
        (("rubric", "new", "A B", "--yes"), 2, "is no id"),
        (("rubric", "new", "x", "--from", "sales-operations-analist", "--yes"), 1, "sales-operations-analyst"),
        (("rubric", "new", "x", "--description", "no-such.txt", "--yes"), 1, "no-such.txt"),
        (("rubric", "new", "x", "--from", SOM, "--description", "x.txt"), 2, "two ways"),
        (("rubric", "set", "no-such", "version", "1.0.0"), 1, "no rubric"),
        (("rubric", "set", SOM, "version"), 2, "expected a value"),
        (("rubric", "set", SOM, "version", "1.0.0", "--remove"), 2, "expected a value"),
        (("rubric", "set", SOM, "..", "1"), 2, "no way to a value"),
        (("bank", "search"), 2, "nothing to search for"),
        (("bank", "search", "--criterion", "change-managment"), 1, 'did you mean "change-management"?'),
        (("bank", "search", "x", "--kind", "riddle"), 2, "riddle"),
        (("bank", "duplicates", "--at-least", "2"), 2, "--at-least"),
        (("rubric", "drop-question", "som", "bottlenecks", "--reason", "x"), 1, "opening create"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_bad_requests_are_refused_in_one_clear_line(
    hk: Run, here: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = hk(*words)
    assert done.code == code, done.err
    assert said in done.err
    assert "Traceback" not in done.err
    assert list(here.iterdir()) == []


@pytest.mark.slow
def test_coverage_marks_what_one_question_carries(hk: Run, own: Path) -> None:
    text = own.read_text(encoding="utf-8")
    carriers = [each.id for each in load_rubric(own).asked if "enablement" in each.criteria]
    for name in carriers[1:]:
        text = text.replace(f"      - {name}\n", "", 1)
    text = re.sub(r"\n +questions: \[.*\]", "", text)
    own.write_text(re.sub(r"\nstages:\n(?:  .*\n)*", "\n", text), encoding="utf-8")
    done = hk("rubric", "coverage", str(own), "-f", "json").json
    enablement = next(each for each in done["criteria"] if each["criterion"] == "enablement")
    assert "one-question" in enablement["gaps"]
    assert list(enablement["questions"]) == carriers[:1]
    table = hk("rubric", "coverage", str(own)).out
    assert "a single answer decides: add a second question" in table


@pytest.mark.slow
def test_diff_judges_the_version_and_shows_what_it_does_to_openings(som: Run, own: Path) -> None:
    for candidate, levels in (("ada", ("5", "2")), ("bo", ("2", "4"))):
        for interviewer in ("ivy", "joe"):
            at = f"som/{candidate}/{interviewer}"
            for question, level in zip(("bottlenecks", "forecast-miss"), levels, strict=True):
                assert som("interview", "rate", at, "--as", at.split("/")[2], question, level).code == 0
            assert som("interview", "submit", at, "--as", at.split("/")[2]).code == 0
    assert som("rubric", "set", str(own), "criteria.forecasting.weight", "60").code == 0
    done = som("rubric", "diff", SOM, str(own), "--check", "-f", "json")
    assert done.code == 1
    document = done.json
    assert document["schema"] == "hiringkit/rubric-diff/1"
    assert (document["step"], document["version_step"], document["enough"]) == ("major", "none", False)
    (opening,) = document["impact"]
    assert {each["candidate"] for each in opening["candidates"]} == {"ada", "bo"}
    assert any(each["position_before"] != each["position_after"] for each in opening["candidates"])
    table = som("rubric", "diff", SOM, str(own)).out
    assert "the version says too little: 2.0.0 would do" in table
    assert "2 of 2 candidates change rank" in table
    assert som("rubric", "diff", SOM, str(own), "--no-impact", "-f", "json").json["impact"] is None
    assert som("rubric", "set", str(own), "version", "2.0.0").code == 0
    assert som("rubric", "diff", SOM, str(own), "--check").code == 0
    piped = som("rubric", "diff", "-", SOM, "-f", "json", stdin=own.read_bytes())
    assert piped.json["version_step"] == "back"


@pytest.mark.slow
def test_diff_without_a_database_says_nothing_of_openings(hk: Run, own: Path) -> None:
    done = hk("rubric", "diff", SOM, str(own), "-f", "json")
    assert (done.code, done.json["impact"], done.json["changes"]) == (0, None, [])
    assert "they mean the same" in hk("rubric", "diff", SOM, str(own)).out


@pytest.mark.slow
def test_diff_hides_from_an_interviewer_who_still_owes_a_scorecard(
    som: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for question in ("bottlenecks", "forecast-miss"):
        som("interview", "rate", "som/ada/joe", "--as", "joe", question, "5")
    som("interview", "submit", "som/ada/joe", "--as", "joe")
    monkeypatch.setenv("HIRINGKIT_USER", "ivy@firm.example")
    for form in ("table", "json", "csv", "markdown"):
        assert "5.0" not in som("rubric", "diff", SOM, str(own), "-f", form).out
    assert som("rubric", "diff", SOM, str(own), "-f", "json").json["impact"][0]["candidates"] == []


@pytest.mark.slow
def test_set_changes_a_line_and_refuses_what_would_be_an_error(hk: Run, own: Path) -> None:
    before = own.read_text(encoding="utf-8").splitlines()
    done = hk("rubric", "set", str(own), "title.zh", "销售运营负责人", "-f", "json")
    assert done.code == 0
    assert (done.json["path"], done.json["before"]) == ("$.title.zh", '"销售运营经理"')
    assert done.json["step"] == "patch", "a title is no more than a name"
    after = own.read_text(encoding="utf-8").splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ('  zh: "销售运营经理"', '  zh: "销售运营负责人"')
    ]
    refused = hk("rubric", "set", str(own), "criteria.forecasting.weight", "0")
    assert refused.code == 1
    assert "not-positive" in refused.err
    assert own.read_text(encoding="utf-8").splitlines() == after
    own.chmod(0o444)
    assert "read-only" in hk("rubric", "set", str(own), "version", "1.0.1").err


@pytest.mark.slow
def test_a_dropped_question_leaves_comparison_profile_export_and_score(som: Run, tmp_path: Path) -> None:
    for candidate in ("ada", "bo"):
        for interviewer in ("ivy", "joe"):
            at = f"som/{candidate}/{interviewer}"
            for question, level in (("bottlenecks", "5"), ("forecast-miss", "2")):
                som("interview", "rate", at, "--as", at.split("/")[2], question, level)
            som("interview", "submit", at, "--as", at.split("/")[2])
    whole = tmp_path / "whole.csv"
    som("export", "som", "-o", str(whole))
    done = som("rubric", "drop-question", "som", "bottlenecks", "--reason", "misread by one", "-f", "json")
    assert [each["question"] for each in done.json["dropped_questions"]] == ["bottlenecks"]
    compared = som("compare", "som", "-f", "json").json
    assert compared["counts"]["ratings"] == 4
    assert "question-dropped" in [each["code"] for each in compared["findings"]]
    for words in (("compare", "som"), ("profile", "som", "ada"), ("opening", "show", "som")):
        assert "misread by one" in som(*words).out
    assert "bottlenecks" not in som("export", "som").out
    scored = som("score", str(whole), "--rubric", SOM, "--drop-question", "bottlenecks", "-f", "json").json
    assert [p["overall"]["score"] for p in scored["profiles"]] == [p["overall"]["score"] for p in compared["profiles"]]
    assert "question-dropped" in [each["code"] for each in scored["findings"]]
    plain = som("score", str(whole), "--scale", "1:5", "--drop-question", "bottlenecks", "-f", "json").json
    assert [each["criterion"] for each in plain["criteria"] or plain["profiles"][0]["criteria"]] == ["forecasting"]
    unknown = som("score", str(whole), "--rubric", SOM, "--drop-question", "botlenecks")
    assert (unknown.code, "did you mean 'bottlenecks'?" in unknown.err) == (1, True)
    assert som("rubric", "drop-question", "som", "bottlenecks", "--restore").code == 0
    assert som("compare", "som", "-f", "json").json["counts"]["ratings"] == 8


def test_the_prompts_of_an_interview_name_a_dropped_question_and_do_not_need_it(som: Run) -> None:
    som("rubric", "drop-question", "som", "bottlenecks", "--reason", "misread")
    done = som("interview", "score", "som/ada/ivy", "--as", "ivy", typed="b\ns\n4\nyes\n\ny\n")
    assert "Left out for everybody (misread); s skips it." in done.out
    assert "Submitted." in done.out


@pytest.mark.slow
def test_search_tells_of_a_broken_bank_and_goes_on(hk: Run, here: Path) -> None:
    folder = here / "mine" / "question_banks"
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text("hiringkit: question-bank/1\nid: broken\n", encoding="utf-8")
    done = hk("bank", "search", "forecast", "--library", str(here / "mine"), "-f", "json")
    assert done.code == 0
    assert done.json["questions"]
    assert "broken.yaml" in done.err


@pytest.mark.slow
def test_search_ranks_in_both_languages_and_names_the_nearest_word(hk: Run) -> None:
    english = hk("bank", "search", "forecast", "missed", "-f", "json").json["questions"]
    chinese = hk("bank", "search", "预测", "-f", "json").json["questions"]
    assert english[0]["id"] == "forecast-miss"
    assert "forecast-miss" in [each["id"] for each in chinese]
    assert "Did you mean forecast?" in hk("bank", "search", "forcast").out


@pytest.mark.slow
def test_a_copied_question_is_found_as_a_duplicate(hk: Run, here: Path) -> None:
    folder = here / "mine" / "question_banks"
    folder.mkdir(parents=True)
    text = (ROOT / "question_banks/sales-operations/sales-operations.yaml").read_text(encoding="utf-8")
    (folder / "copy.yaml").write_text(text.replace("id: sales-operations\n", "id: copied\n", 1), encoding="utf-8")
    pairs = hk("bank", "duplicates", "--library", str(here / "mine"), "-f", "json").json["pairs"]
    assert pairs[0]["similarity"] == 1.0
    assert {question["bank"] for question in pairs[0]["questions"]} == {"copied", "sales-operations"}
