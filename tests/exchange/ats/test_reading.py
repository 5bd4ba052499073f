"""The door: kinds, folders, standard input, what is counted, and what stands there twice."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiringkit.domain.imported import ImportedScorecard
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.exchange.ats.reading import KINDS, read_scorecards, recognise
from hiringkit.exchange.ats.source import ScorecardSource

V1: dict[str, Any] = {
    "id": 1,
    "candidate_id": 2,
    "interviewer": {"id": 3},
    "overall_recommendation": "yes",
    "attributes": [],
}
SHAPES = {
    "greenhouse-v3": "greenhouse-v3",
    "greenhouse-v1.json": "greenhouse-v1",
    "lever.json": "lever",
    "ashby.json": "ashby",
    "merge.json": "merge",
    "frappe.jsonl": "frappe",
}


@pytest.mark.parametrize(("name", "kind"), SHAPES.items())
def test_the_kind_is_recognised(data: Path, name: str, kind: str) -> None:
    assert recognise(str(data / "ats" / name)) == kind


def test_every_kind_has_an_example() -> None:
    assert {*SHAPES.values(), "json"} == set(KINDS)


@pytest.mark.parametrize("content", ['[{"name": "x"}]', "a,b\n1,2\n", "", "[]", '{"candidates": []}'])
def test_another_shape_is_not(write: Callable[..., str], content: str) -> None:
    assert recognise(write(content, "x.json")) is None


def test_an_unknown_shape_names_the_kinds_and_the_other_way(findings: Callable[..., list[str]]) -> None:
    (said,) = findings('[{"name": "x"}]', kind=None)
    assert said.startswith(
        "x.json: error source-unknown: the file is none of the exports that are known: greenhouse-v3, "
    )
    assert all(kind in said for kind in KINDS)
    assert "--from" in said
    assert "CSV" in said


def test_a_folder_without_scorecards_is_unknown(tmp_path: Path, read: Callable[..., Any]) -> None:
    cards, (said,), source = read(tmp_path)
    assert (cards, source.kind) == ([], "")
    assert "source-unknown" in said


def test_a_broken_file_of_no_known_kind_is_called_broken(findings: Callable[..., list[str]]) -> None:
    assert findings('[{"a": tru}]', kind=None) == [
        "x.json:1:8: error json-syntax: the file is not JSON: Expecting value"
    ]


def test_no_such_file_and_no_such_kind(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_scorecards(str(tmp_path / "none.json"))
    with pytest.raises(NotFound):
        recognise(str(tmp_path / "none.json"))
    with pytest.raises(UsageProblem, match="workday"):
        read_scorecards(str(tmp_path), "workday")


def test_standard_input() -> None:
    source = read_scorecards("-", stdin=io.BytesIO(json.dumps([V1]).encode()))
    (card,) = source
    assert isinstance(card, ImportedScorecard)
    assert (source.kind, card.place.file, source.bytes_read) == ("greenhouse-v1", "-", source.bytes_total)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([V1]),
        json.dumps([V1], indent=2),
        json.dumps(V1),
        json.dumps(V1) + "\n" + json.dumps(V1 | {"id": 2}) + "\n\n",
        json.dumps([V1]) + "\n" + json.dumps([V1 | {"id": 2}]),
        json.dumps({"data": [V1], "hasNext": True}) + json.dumps({"data": [V1 | {"id": 2}], "hasNext": False}),
        json.dumps({"data": V1}),
    ],
    ids=["array", "pretty", "object", "lines", "arrays", "pages", "answer"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_records_come_in_many_wrappings(
    write: Callable[..., str], read: Callable[..., Any], content: str, encoding: str
) -> None:
    cards, said, source = read(write(content.encode(encoding), "x.json"))
    assert (said, source.kind) == ([], "greenhouse-v1")
    assert [card.source_id for card in cards] == ["1", "2"][: len(cards)]
    assert len(cards) == 1 + ('"id": 2' in content)


def test_a_last_page_that_is_not_the_last_is_a_warning(findings: Callable[..., list[str]]) -> None:
    (said,) = findings(json.dumps({"data": [V1], "hasNext": True}))
    assert said.startswith("x.json: warning more-pages")


def test_what_a_page_repeats_counts_once_and_what_contradicts_is_an_error(
    write: Callable[..., str], read: Callable[..., Any]
) -> None:
    records = [V1, V1, V1 | {"id": 2}, V1 | {"id": 2, "overall_recommendation": "no"}]
    cards, said, source = read(write(json.dumps(records), "x.json"))
    assert [card.source_id for card in cards] == ["1", "2"]
    assert source.scorecards == 2
    assert said == [
        "x.json:4: error duplicate-id $[3]: the scorecard 2 stands there twice and says different things",
        "info duplicate-id: scorecards that stand there twice, word for word, and count once: 1",
    ]


def test_nothing_in_it_is_said(findings: Callable[..., list[str]]) -> None:
    assert findings("[]") == ["warning no-rows: there is no scorecard in it"]


def test_progress_is_told(data: Path) -> None:
    source = read_scorecards(str(data / "ats" / "greenhouse-v3"))
    seen: list[int] = []

    def note(at: ScorecardSource) -> None:
        seen.append(at.bytes_read)

    source.on_advance = note
    assert list(source)
    assert seen == sorted(seen)
    assert seen[-1] == source.bytes_total


@pytest.mark.slow
def test_a_large_export_is_imported_within_its_memory() -> None:
    script = Path(__file__).parents[3] / "benchmarks" / "imports.py"
    done = subprocess.run([sys.executable, script, "20000"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
