"""`hiringkit report`: the debrief in every form, for whom it is, blind, and without what its reader may not see."""

import json
import re
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

Run = Callable[..., Any]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAMES = ("Ada Abel", "Ada", "Abel", "ada@x.example", "Ivy Iron", "Ivy", "Joe Jolly", "joe@firm.example")


@pytest.fixture
def told(hk: Run) -> Run:
    """Two candidates rated by two interviewers, with evidence that names people; all invented."""
    questions = ("--question", "bottlenecks", "--question", "forecast-miss")
    for words in (
        ("opening", "create", "som", "--rubric", "sales-operations-manager"),
        ("candidate", "add", "som", "Ada Abel", "--id", "ada", "--email", "ada@x.example"),
        ("candidate", "add", "som", "Bo Boson", "--id", "bo"),
        ("interviewer", "add", "Ivy Iron", "--id", "ivy", "--email", "ivy@firm.example"),
        ("interviewer", "add", "Joe Jolly", "--id", "joe", "--email", "joe@firm.example"),
        ("interview", "schedule", "som", "ada", "ivy", "joe", *questions),
        ("interview", "schedule", "som", "bo", "ivy", "joe", *questions),
    ):
        assert hk(*words).code == 0
    cards = {
        ("ada", "ivy"): ("5", "4", "Ada timed each stage; ada@x.example has the file, says IVY."),
        ("ada", "joe"): ("2", "4", "Mr Abel waited for Joe."),
        ("bo", "ivy"): ("2", "3", "=cmd|' /C calc'!A0"),
        ("bo", "joe"): ("3", "no-evidence", "<script>alert(1)</script>"),
    }
    for (candidate, interviewer), (first, second, evidence) in cards.items():
        at = f"som/{candidate}/{interviewer}"
        assert hk("interview", "rate", at, "--as", interviewer, "bottlenecks", first, "--evidence", evidence).code == 0
        assert hk("interview", "rate", at, "--as", interviewer, "forecast-miss", second).code == 0
        done = hk(
            "interview",
            "submit",
            at,
            "--as",
            interviewer,
            "--recommend",
            "yes",
            "--summary",
            f"because Ada or {candidate}",
        )
        assert done.code == 0
    return hk


@pytest.mark.slow
def test_the_sections_come_in_the_order_in_which_a_panel_needs_them(told: Run, here: Path) -> None:
    assert told("report", "som", "--for", "file", "-o", "debrief.md").code == 0
    text = (here / "debrief.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    wanted = [
        "How far apart they are",
        "What was never asked",
        "Bars reached, missed, open",
        "Criterion by criterion",
        "Where ratings are far apart",
        "Who recommended what",
        "Evidence behind each number",
        "How the numbers were made",
        "What they cannot say",
        "Next steps",
    ]
    assert [each for each in headings if each in wanted] == wanted
    assert "Ada Abel, " in text
    assert "waited for Joe" in text


@pytest.mark.slow
def test_a_split_stands_with_both_pieces_of_evidence(told: Run) -> None:
    document = told("report", "som", "-f", "json").json
    (split,) = document["splits"]
    assert (split["candidate"], split["question"]) == ("ada", "bottlenecks")
    assert (split["lowest"]["level"], split["highest"]["level"]) == (2, 5)
    assert split["lowest"]["evidence"] == "Mr Abel waited for Joe."


@pytest.mark.slow
def test_a_file_is_for_its_owner_alone(told: Run, here: Path) -> None:
    for name in ("d.html", "d.md", "d.json", "d.xlsx"):
        assert told("report", "som", "-o", name).code == 0
        assert stat.S_IMODE((here / name).stat().st_mode) == 0o600, name
    for command in (("compare", "som"), ("export", "som"), ("candidate", "list", "som"), ("audit", "log")):
        assert told(*command, "-o", "people.csv").code == 0
        assert stat.S_IMODE((here / "people.csv").stat().st_mode) == 0o600, command
        (here / "people.csv").unlink()
    assert told("rubric", "list", "-o", "rubrics.csv").code == 0
    (here / "any.txt").touch()
    assert (here / "rubrics.csv").stat().st_mode == (here / "any.txt").stat().st_mode


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_a_blind_debrief_names_nobody(told: Run, here: Path, ending: str, language: str) -> None:
    name = f"blind.{ending}"
    assert told("report", "som", "--blind", "--for", "file", "--lang", language, "-o", name).code == 0
    text = (here / name).read_text(encoding="utf-8")
    body = text.partition("</style>")[2] or text
    for secret in NAMES:
        assert not re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", body, re.IGNORECASE), secret
    assert ("候选人 A" if language == "zh" else "Candidate A") in body
    assert "timed each stage" in body


@pytest.mark.slow
def test_labels_do_not_change_with_the_ratings(told: Run) -> None:
    def label() -> str:
        answers = told("report", "som", "--blind", "-f", "json").json["answers"]
        return str(next(each["candidate"] for each in answers if "timed" in each["evidence"]))

    before = label()
    assert (
        told("interview", "amend", "som/ada/ivy", "--as", "ivy", "bottlenecks", "1", "--reason", "misheard").code == 0
    )
    assert before.startswith("Candidate ")
    assert label() == before


@pytest.mark.slow
def test_one_candidate_only_names_no_other(told: Run, here: Path) -> None:
    assert told("report", "som", "--candidate", "ada", "-o", "ada.html").code == 0
    assert told("report", "som", "--candidate", "ada", "-o", "ada.json").code == 0
    for name in ("ada.html", "ada.json"):
        assert "Boson" not in (here / name).read_text(encoding="utf-8")
    document = json.loads((here / "ada.json").read_text(encoding="utf-8"))
    assert {each["candidate"] for each in document["answers"]} == {"ada"}
    assert told("report", "som", "--candidate", "nobody").code == 1


def test_an_interviewer_who_owes_a_scorecard_sees_nothing_of_that_candidate(som: Run) -> None:
    for question in ("bottlenecks", "forecast-miss"):
        assert som("interview", "rate", "som/ada/ivy", "--as", "ivy", question, "5", "--evidence", "secret").code == 0
    assert (
        som(
            "interview", "submit", "som/ada/ivy", "--as", "ivy", "--recommend", "yes", "--summary", "secret reason"
        ).code
        == 0
    )
    shown = som("report", "som", "--as", "joe", "-f", "json")
    assert "secret" not in shown.out
    assert "ada" not in {each["candidate"] for each in shown.json["answers"]}
    assert som("report", "som", "--as", "joe", "--candidate", "ada").code == 1
    assert "secret" in som("report", "som", "-f", "json").out


@pytest.mark.slow
def test_how_strictly_others_rate_is_for_those_who_decide(told: Run) -> None:
    def shown(*words: str) -> set[str]:
        document = told("report", "som", "-f", "json", *words).json
        return {each["interviewer"] for each in document["comparison"]["interviewers"]}

    assert shown() == set()
    assert shown("--for", "hiring-manager") == shown("--for", "file") == {"ivy", "joe"}
    assert shown("--as", "ivy", "--for", "file") == {"ivy"}


def test_an_opening_without_scorecards_says_that_there_is_nothing_to_decide_by(som: Run) -> None:
    done = som("report", "som")
    assert done.code == 0
    assert "Nothing to decide by yet" in done.out


def sheets(path: Path) -> dict[str, list[list[str]]]:
    """Read a workbook's cells as text, and refuse any that is a formula or a link."""
    read: dict[str, list[list[str]]] = {}
    with zipfile.ZipFile(path) as book:
        assert not [name for name in book.namelist() if "vba" in name.lower() or "externalLink" in name]
        texts = ["".join(each.itertext()) for each in ET.fromstring(book.read("xl/sharedStrings.xml"))]
        names = [each.attrib["name"] for each in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        for n, name in enumerate(names, 1):
            page = book.read(f"xl/worksheets/sheet{n}.xml")
            assert b"<f>" not in page
            assert b"hyperlink" not in page
            read[name] = [
                [
                    texts[int(v.text or 0)]
                    if (v := cell.find(f"{MAIN}v")) is not None and cell.get("t") == "s"
                    else (v.text or "" if v is not None else "")
                    for cell in row
                ]
                for row in ET.fromstring(page).iter(f"{MAIN}row")
            ]
    return read


@pytest.mark.slow
def test_a_workbook_has_five_sheets_and_no_formula(told: Run, here: Path) -> None:
    assert told("report", "som", "-o", "debrief.xlsx").code == 0
    found = sheets(here / "debrief.xlsx")
    assert list(found) == ["comparison", "criteria", "ratings", "evidence", "panel"]
    assert found["ratings"][0] == ["opening", "candidate", "interviewer", "question", "rating"]
    assert ["som", "ada", "ivy", "bottlenecks", "5"] in found["ratings"]
    assert any("=cmd|' /C calc'!A0" in row for row in found["evidence"])
    assert any("because Ada or bo" in row for row in found["panel"])
    assert len(found["comparison"]) == 3


def test_a_matrix_offers_the_levels_of_what_is_not_submitted(som: Run, here: Path) -> None:
    assert som("interview", "rate", "som/ada/ivy", "--as", "ivy", "bottlenecks", "4").code == 0
    assert som("interview", "rate", "som/ada/ivy", "--as", "ivy", "forecast-miss", "4").code == 0
    assert som("interview", "submit", "som/ada/ivy", "--as", "ivy", "--recommend", "yes").code == 0
    assert som("interview", "matrix", "som", "-o", "matrix.xlsx").code == 0
    found = sheets(here / "matrix.xlsx")
    assert found["ratings"][0] == ["opening", "candidate", "interviewer", "question", "rating", "evidence"]
    rows = {tuple(row[1:4]) for row in found["ratings"][1:]}
    assert ("ada", "joe", "bottlenecks") in rows
    assert not {row for row in rows if row[:2] == ("ada", "ivy")}
    with zipfile.ZipFile(here / "matrix.xlsx") as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<formula1>"1,2,3,4,5,not-assessed,no-evidence"</formula1>' in page
    own = som("interview", "matrix", "som", "--as", "joe", "-f", "json").json["ratings"]
    assert {each["interviewer"] for each in own} == {"joe"}


@pytest.mark.slow
def test_without_xlsxwriter_one_is_told_what_to_install(told: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    done = told("report", "som", "-o", "debrief.xlsx")
    assert done.code == 1
    assert "hiringkit[excel]" in done.err
    assert not (here / "debrief.xlsx").exists()
