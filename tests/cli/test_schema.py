"""`hiringkit schema`, and the document of a failure. What every other command writes, conftest validates."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import hiringkit
from hiringkit.report.schemas import DOCUMENTS, json_schema, names

PACKAGE = Path(hiringkit.__file__).parent
Run = Callable[..., Any]


def test_every_document_that_is_written_has_a_schema_and_the_other_way_round() -> None:
    sources = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.name != "schemas.py")
    written = {name for source in sources for name in re.findall(r'"schema": "hiringkit/([a-z-]+/\d+)"', source)}
    assert written == set(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(json_schema(name))


def test_the_command_lists_the_documents_and_prints_one(hk: Run) -> None:
    listed = hk("schema", "-f", "json").json
    assert [each["name"] for each in listed["schemas"]] == names()
    assert hk("schema", "comparison").json == json_schema("comparison/1")
    assert "comparison" in hk("schema").out


def test_an_unknown_document_is_refused_with_the_nearest(hk: Run) -> None:
    done = hk("schema", "comparision")
    assert done.code == 1
    assert "did you mean 'comparison'?" in done.err


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("compare", "nope"), "not-found", 1),
        (("compare", "som", "--level", "2000"), "usage", 2),
        (("score", "x.csv", "--seed", "-1"), "usage", 2),
        (("no-such-noun",), "usage", 2),
        (("candidate", "add", "som", "Ada", "--id", "ada"), "refused", 1),
    ],
)
def test_a_failure_is_a_document_on_stdout_and_a_sentence_on_stderr(
    som: Run, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    done = som(*words, "-f", "json")
    assert done.code == exit_code
    assert done.json["error"]["code"] == code
    assert done.json["error"]["exit"] == exit_code
    assert done.json["error"]["message"] in done.err
    plain = som(*words)
    assert (plain.code, plain.out) == (exit_code, "")


def test_a_refused_file_says_which_rows_in_the_same_document(hk: Run, here: Path) -> None:
    (here / "bad.csv").write_text("candidate,interviewer,question,rating\na,i,q,9\na,i,q,high\n", encoding="utf-8")
    for command in ("score", "agreement"):
        done = hk(command, "bad.csv", "--scale", "1:5", "-f", "json")
        assert done.code == 1
        assert done.json["error"]["code"] == "invalid-input"
        assert {found["line"] for found in done.json["findings"] if found["severity"] == "error"} == {2, 3}


def test_no_database_is_a_document_too(hk: Run, tmp_path: Path) -> None:
    done = hk("--db", str(tmp_path / "none" / "x.db"), "compare", "som", "-f", "json")
    assert done.json["schema"] == "hiringkit/error/1"
    assert done.code == done.json["error"]["exit"]


@pytest.mark.slow
def test_output_follows_the_ending(rated: Run, here: Path) -> None:
    for ending, begins in (("json", "{"), ("csv", "opening,"), ("md", "#"), ("html", "<!doctype html>")):
        assert rated("export", "som", "-o", f"out.{ending}").code == 0
        assert (here / f"out.{ending}").read_text(encoding="utf-8").lower().startswith(begins)
    assert rated("compare", "som", "-o", "c.json").code == 0
    assert json.loads((here / "c.json").read_text(encoding="utf-8"))["schema"] == "hiringkit/comparison/1"
    assert rated("compare", "som", "-f", "csv", "-o", "c.json").code == 0
    assert (here / "c.json").read_text(encoding="utf-8").startswith("candidate,")


@pytest.mark.slow
def test_90_is_90_percent(rated: Run) -> None:
    assert rated("compare", "som", "--level", "90", "-f", "json").json == rated("compare", "som", "-f", "json").json
