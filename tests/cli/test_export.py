"""Exports: with names and recommendations, read back by `score`, of several openings at once."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

Run = Callable[..., Any]
RUBRIC = ("--rubric", "sales-operations-manager")


def scores(done: Any) -> list[tuple[str, Any, Any]]:
    found = done.json["profiles"]
    return [(each["candidate"], each["overall"], [c["score"] for c in each["criteria"]]) for each in found]


def test_names_criteria_and_recommendations_stand_beside_the_ratings(rated: Run) -> None:
    first = next(csv.DictReader(io.StringIO(rated("export", "som").out)))
    assert (first["candidate_name"], first["interviewer_name"], first["interview"]) == ("Ada", "Ivy", "som/ada/ivy")
    assert (first["criterion"], first["recommendation"]) == ("process-improvement", "yes")
    assert first["submitted_at"].endswith("+00:00")


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "json"])
def test_what_is_exported_scores_as_the_opening_does(rated: Run, tmp_path: Path, ending: str) -> None:
    file = str(tmp_path / f"ratings.{ending}")
    assert rated("export", "som", "-o", file).code == 0
    back = rated("score", file, *RUBRIC, "-f", "json")
    assert scores(back) == scores(rated("compare", "som", "-f", "json"))
    assert [each for each in back.json["findings"] if each["code"] == "unknown-column"] == []


@pytest.mark.slow
def test_parquet_holds_the_same_rows_and_scores_as_the_opening_does(rated: Run, tmp_path: Path) -> None:
    file = tmp_path / "ratings.parquet"
    done = rated("export", "som", "--parquet", str(file))
    table = parquet.read_table(file)
    rows = list(csv.DictReader(io.StringIO(rated("export", "som").out)))
    assert (done.code, f"{len(rows)} ratings written" in done.err) == (0, True)
    assert [{**row, "after_seeing": "yes" if row["after_seeing"] else ""} for row in table.to_pylist()] == rows
    assert scores(rated("score", str(file), *RUBRIC, "-f", "json")) == scores(rated("compare", "som", "-f", "json"))
    assert file.stat().st_mode & 0o077 == 0


def test_parquet_of_no_opening_or_in_no_folder_leaves_nothing(rated: Run, tmp_path: Path) -> None:
    assert rated("export", "nowhere", "--parquet", str(tmp_path / "ratings.parquet")).code == 1
    assert rated("export", "som", "--parquet", str(tmp_path / "no" / "ratings.parquet")).code == 1
    assert list(tmp_path.glob("**/*ratings*")) == []


@pytest.mark.slow
def test_json_is_read_from_standard_input(rated: Run) -> None:
    text = rated("export", "som", "-f", "json").out
    assert scores(rated("score", "-", *RUBRIC, "-f", "json", typed=text)) == scores(
        rated("compare", "som", "-f", "json")
    )


@pytest.mark.slow
def test_several_openings_join_and_each_is_scored_by_itself(rated: Run, tmp_path: Path) -> None:
    rated("opening", "create", "other", "--rubric", "sales-operations-manager")
    rated("candidate", "add", "other", "Cem")
    rated("interview", "schedule", "other", "cem", "ivy", "--question", "bottlenecks")
    rated("interview", "rate", "other/cem/ivy", "bottlenecks", "3", "--as", "ivy")
    rated("interview", "submit", "other/cem/ivy", "--recommend", "no", "--summary", "thin", "--as", "ivy")
    file = str(tmp_path / "both.json")
    rated("export", "som", "other", "-o", file)
    rows = json.loads(Path(file).read_text(encoding="utf-8"))["ratings"]
    assert {row["opening"] for row in rows} == {"som", "other"}
    assert [row["reason"] for row in rows if row["opening"] == "other"] == ["thin"]
    alone = rated("score", file, *RUBRIC, "--opening", "som", "-f", "json")
    assert scores(alone) == scores(rated("compare", "som", "-f", "json"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"ratings": 3}', "there is no list of ratings"),
        ('{"ratings": [{"candidate": "a", "interviewer": "i", "question": "q", "rating": "good"}]}', ":1: error"),
        ('{"ratings": [1]}', "not an object"),
        ("{", "the file is not JSON"),
        ("[" * 100_000, "the file is not JSON"),
    ],
)
def test_other_json_is_refused_with_its_place(hk: Run, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "ratings.json"
    file.write_text(text, encoding="utf-8")
    done = hk("score", str(file), "--scale", "1:5")
    assert done.code == 1
    assert said in done.err
