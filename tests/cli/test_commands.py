"""The main job at the command line, in every format; and what bad input gets."""

import csv
import io
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
AT = "som/ada/ivy"
HOSTILE = "[/x]\x1b]0;owned\x07 <script>alert(1)</script> =HYPERLINK(1) \u202eevil"


def rate_all(hk: Run, candidate: str, interviewer: str, levels: tuple[str, str]) -> None:
    """Rate both questions and submit."""
    at = f"som/{candidate}/{interviewer}"
    for question, level in zip(("bottlenecks", "forecast-miss"), levels, strict=True):
        assert hk("interview", "rate", at, "--as", at.split("/")[2], question, level).code == 0
    assert hk("interview", "submit", at, "--as", at.split("/")[2], "--recommend", "yes").code == 0


LISTS = [
    ("where",),
    ("rubric", "list"),
    ("rubric", "show", "sales-operations-manager"),
    ("rubric", "check"),
    ("bank", "list"),
    ("bank", "show", "sales-operations"),
    ("bank", "search", "forecast"),
    ("opening", "list"),
    ("opening", "show", "som"),
    ("candidate", "list", "som"),
    ("candidate", "show", "som", "ada"),
    ("interviewer", "list"),
    ("interviewer", "show", "ivy"),
    ("interview", "list", "som"),
    ("interview", "show", AT),
    ("compare", "som"),
    ("profile", "som", "ada"),
    ("export", "som"),
    ("db", "status"),
]


@pytest.mark.slow
@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_every_table_comes_in_every_format(rated: Run, words: tuple[str, ...]) -> None:
    done = {form: rated(*words, "-f", form) for form in ("table", "json", "csv", "markdown")}
    assert [each.code for each in done.values()] == [0, 0, 0, 0]
    assert done["json"].json["schema"].startswith("hiringkit/")
    assert len(list(csv.reader(io.StringIO(done["csv"].out)))) >= 1
    assert done["table"].out.strip()
    assert done["markdown"].out.strip()


def test_the_comparison_has_the_keys_that_scripts_rely_on(rated: Run) -> None:
    document = rated("compare", "som", "-f", "json", "--method", "observed").json
    assert document["schema"] == "hiringkit/comparison/1"
    assert document["rubric"]["id"] == "sales-operations-manager"
    assert document["rubric"]["digest"].startswith("sha256:")
    assert (document["method"], document["level"], document["model"]) == ("observed", 0.9, None)
    assert document["scale"] == {"low": 1, "high": 5, "source": "rubric"}
    assert document["counts"]["ratings"] == 7
    assert document["counts"]["no_evidence"] == 1
    ada, bo = document["profiles"]
    assert (ada["candidate"], ada["rank"]["position"], bo["rank"]["position"]) == ("ada", 1, 2)
    assert set(ada["overall"]) >= {"score", "interval", "observed", "ratings", "interviewers", "coverage"}
    assert set(ada["criteria"][0]) >= {"criterion", "score", "interval", "observed", "ratings", "below_bar"}
    assert set(ada["rank"]) >= {"position", "interval", "p_best", "not_separable_from"}
    forecasting = next(c for c in bo["criteria"] if c["criterion"] == "forecasting")
    assert (forecasting["score"], forecasting["interval"], forecasting["ratings"]) == (3.0, None, 1)
    assert ada["gates"] == [
        {"criterion": "forecasting", "bar": 3, "state": "passed", "probability": None, "passed": True}
    ]
    assert ada["recommendation"] == {"policy": "", "probability": {}}
    assert {each["interviewer"] for each in ada["panel"]} == {"ivy", "joe"}


@pytest.mark.slow
def test_blind_at_the_command_line(som: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rate_all(som, "ada", "joe", ("5", "1"))
    monkeypatch.setenv("HIRINGKIT_USER", "ivy@firm.example")
    for words in (
        ("compare", "som"),
        ("export", "som"),
        ("interview", "show", "som/ada/joe"),
        ("opening", "show", "som"),
    ):
        for form in ("table", "json", "csv", "markdown"):
            out = som(*words, "-f", form).out
            assert 'score": 5' not in out
            assert "strong" not in out
    assert som("compare", "som", "-f", "json").json["profiles"] == []
    assert som("profile", "som", "ada").code == 1
    assert som("export", "som", "-f", "json").json["ratings"] == []
    assert som("compare", "som", "-f", "json", "--as", "joe").json["profiles"][0]["candidate"] == "ada"


@pytest.mark.slow
def test_export_and_score_give_the_comparison_again(rated: Run, tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    assert rated("export", "som", "-o", str(file)).code == 0
    rubric = ("--rubric", "sales-operations-manager", "-f", "json", "--method", "observed")
    scored = rated("score", str(file), *rubric).json
    compared = rated("compare", "som", "-f", "json", "--method", "observed").json
    assert [p["overall"]["score"] for p in scored["profiles"]] == [p["overall"]["score"] for p in compared["profiles"]]
    piped = rated("score", "-", *rubric, stdin=file.read_bytes())
    assert piped.json["profiles"] == scored["profiles"]


def test_an_output_file_is_whole_or_not_there(rated: Run, tmp_path: Path) -> None:
    target = tmp_path / "no" / "such" / "folder.csv"
    done = rated("compare", "som", "-f", "csv", "-o", str(target))
    assert done.code == 1
    assert "cannot be written" in done.err
    assert list(tmp_path.glob("**/*.part")) == []


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_hostile_names_and_notes_are_harmless_in_every_format(som: Run, form: str) -> None:
    assert som("candidate", "add", "som", HOSTILE, "--id", "evil", "--note", HOSTILE).code == 0
    som("interview", "schedule", "som", "evil", "ivy", "--question", "bottlenecks")
    som("interview", "rate", "som/evil/ivy", "--as", "ivy", "bottlenecks", "4", "--evidence", HOSTILE)
    som("interview", "submit", "som/evil/ivy", "--as", "ivy")
    for words in (("candidate", "list", "som"), ("compare", "som"), ("profile", "som", "evil"), ("export", "som")):
        done = som(*words, "-f", form)
        assert done.code == 0
        assert not any(sign in done.out + done.err for sign in ("\x1b", "\x07", "\u202e", "\x9b"))
        if form == "markdown":
            assert "<script>" not in done.out
        if form == "csv":
            cells = [cell for row in csv.reader(io.StringIO(done.out)) for cell in row]
            assert not any(cell.startswith(("=", "@", "\t=")) for cell in cells)


def test_an_empty_start_says_what_to_do_next(hk: Run) -> None:
    assert "hiringkit opening create" in hk("opening", "list").out
    assert "hiringkit interviewer add" in hk("interviewer", "list").out
    missing = hk("compare", "som")
    assert missing.code == 1
    assert "hiringkit opening create" in missing.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("compare", "sm"), 1, "did you mean 'som'?"),
        (("profile", "som", "adda"), 1, "did you mean 'ada'?"),
        (("rubric", "show", "sales-operation-manager"), 1, "sales-operations-manager"),
        (("rubric", "show", "no/such.yaml"), 1, "no file"),
        (("interview", "rate", AT, "--as", "ivy", "bottlenecks", "6"), 2, "is no rating"),
        (("interview", "rate", AT, "--as", "ivy", "botlenecks", "4"), 1, "did you mean 'bottlenecks'?"),
        (("interview", "rate", "som/ada/ivi", "--as", "ivi", "bottlenecks", "4"), 1, "som/ada/ivy"),
        (("interview", "submit", AT, "--as", "ivy"), 1, "not yet rated: bottlenecks, forecast-miss"),
        (("interview", "schedule", "som", "ada", "ivy"), 1, "already"),
        (("interview", "schedule", "som", "ada", "nobody"), 1, "no interviewer 'nobody'"),
        (("opening", "create", "som", "--rubric", "sales-operations-manager"), 1, "already"),
        (("opening", "create", "A B", "--rubric", "sales-operations-manager"), 2, "is no id"),
        (("candidate", "add", "som", "Ada", "--id", "ada"), 1, "already"),
        (("candidate", "import", "som", "no-such.csv"), 1, "no-such.csv"),
        (("score", "no-such.csv"), 1, "no-such.csv"),
        (("compare", "som", "--level", "2"), 2, "level"),
        (("score", "-", "--scale", "5:1"), 2, "is no scale"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_bad_requests_are_refused_in_one_clear_line(som: Run, words: tuple[str, ...], code: int, said: str) -> None:
    before = som("opening", "show", "som", "-f", "json").out
    done = som(*words)
    assert done.code == code, done.err
    assert said in done.err
    assert "Traceback" not in done.err
    assert done.out == ""
    assert som("opening", "show", "som", "-f", "json").out == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"\x00" * 4096,
        b"candidate\n",
        b"candidat,interviewer,question,rating\na,b,c,4\n",
        b"a" * 3_000_000,
    ],
    ids=["empty", "utf-16", "binary", "one column", "misspelt", "one huge line"],
)
def test_a_broken_file_of_ratings_is_refused_with_findings(hk: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    done = hk("score", str(file), "-f", "json")
    assert done.code == 1
    assert "Traceback" not in done.err
    assert done.json["error"]["code"] == "invalid-input"
    assert done.json["findings"][0]["severity"] == "error"


@pytest.mark.parametrize("command", [("rubric", "check"), ("bank", "check")], ids=" ".join)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 200_000,
        b"\xff\xfe",
        b"a: &a [*a]",
        b"hiringkit: rubric/1\nid: x\nid: y\n",
        b"!!python/object:os.system x",
        b"\x00",
    ],
    ids=["empty", "deep", "utf-16", "alias", "duplicate", "tag", "binary"],
)
def test_a_broken_rubric_is_checked_with_file_line_and_column(
    hk: Run, tmp_path: Path, command: tuple[str, str], content: bytes
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(content)
    done = hk(*command, str(file), "-f", "json")
    assert done.code == 1
    finding = done.json["findings"][0]
    assert finding["file"] == str(file)
    assert finding["code"]
    piped = hk(*command, "-", "-f", "json", stdin=content)
    assert piped.code == 1
    assert piped.json["findings"][0]["code"] == finding["code"]


def test_an_amendment_shows_both_scorecards(rated: Run) -> None:
    assert rated("interview", "amend", AT, "--as", "ivy", "bottlenecks", "3", "--reason", "misheard").code == 0
    cards = rated("interview", "show", AT, "-f", "json").json["scorecards"]
    assert [card["ratings"][0]["rating"] for card in cards] == [5, 3]
    assert cards[1]["reason"] == "misheard"
    assert rated("interview", "rate", AT, "--as", "ivy", "bottlenecks", "1").code == 1


def test_the_withdrawn_leave_the_comparison(rated: Run) -> None:
    assert rated("candidate", "withdraw", "som", "bo", "--reason", "another offer").code == 0
    assert [p["candidate"] for p in rated("compare", "som", "-f", "json").json["profiles"]] == ["ada"]
    assert rated("profile", "som", "bo").code == 1


def test_people_come_from_a_file_all_or_none(som: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("\ufeffname,email\n李雷,lei@x.example\nKim,\n", encoding="utf-8")
    added = som("candidate", "import", "som", str(file), "-f", "json")
    assert added.code == 0
    file.write_text("name,emial\n,x@x.example\nNew,\n", encoding="utf-8")
    before = som("candidate", "list", "som").out
    refused = som("candidate", "import", "som", str(file))
    assert refused.code == 1
    assert f"{file}:2" in refused.err
    assert som("candidate", "list", "som").out == before


@pytest.mark.slow
def test_the_demo_compares_four_invented_candidates_and_says_what_to_try(hk: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    done = hk("demo", "--dir", str(folder))
    assert done.code == 0
    assert "invented" in done.out
    assert all(name in done.out for name in ("Amara Osei", "李文静", "Tomás Rivera", "Priya Raman"))
    assert "What to try next" in done.err
    assert oct((folder / "hiringkit.db").stat().st_mode & 0o777) == "0o600"
    again = hk("demo", "--dir", str(folder), "-f", "json")
    assert len(json.loads(again.out)["profiles"]) == 4
    assert hk("demo", "--dir", str(folder), "--fresh").code == 0
    for line in done.err.splitlines():
        if line.startswith("  hiringkit") and "interview score" not in line:
            assert hk(*line.split()[1:]).code == 0, line


def test_an_output_that_is_no_plain_file_is_written_to_and_not_replaced(hk: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["/bin/cat", str(pipe)], stdout=subprocess.PIPE)
    assert hk("where", "-f", "json", "-o", str(pipe)).code == 0
    written, _ = reader.communicate(timeout=20)
    assert json.loads(written)["schema"] == "hiringkit/where/1"
    assert pipe.is_fifo()


def test_an_output_behind_a_link_is_written_behind_the_link(hk: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    link.symlink_to(target)
    assert hk("where", "-f", "json", "-o", str(link)).code == 0
    assert link.is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "hiringkit/where/1"
