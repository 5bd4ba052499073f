"""`import hiringkit as hk`: frames of every kind in, the command's own document and frames of the same kind out.

Every frame below holds the ratings of tests/data/strict-interviewer.csv, or the invented nine of `RATINGS`.
"""

import inspect
import json
import math
import subprocess
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import hiringkit as hk

STRICT = Path(__file__).parent / "data" / "strict-interviewer.csv"
RUBRIC = "sales-operations-manager"
SCALE = (1, 5)
RATINGS: dict[str, list[Any]] = {
    "candidate": ["ann", "ann", "ben", "ben", "eve", "eve", "ann", "ben", "eve"],
    "interviewer": ["ida", "joe", "ida", "joe", "ida", "joe", "lin", "lin", "lin"],
    "question": ["crm"] * 9,
    "rating": [1, 2, 3, 4, 5, 4, 2, 3, 3],
}

KINDS: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "pandas": pd.DataFrame,
    "polars": lambda columns: pl.DataFrame(columns, strict=False),
    "lazy": lambda columns: pl.LazyFrame(columns, strict=False),
    "pyarrow": pa.table,
    "lists": dict,
    "arrays": lambda columns: {name: np.array(cells) for name, cells in columns.items()},
    "series": lambda columns: {name: pd.Series(cells) for name, cells in columns.items()},
}
NATIVE = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "lazy": pl.DataFrame, "pyarrow": pa.Table}


def strict() -> dict[str, list[Any]]:
    """Return the file's columns."""
    frame = pd.read_csv(STRICT)
    return {name: frame[name].to_list() for name in frame.columns}


@cache
def printed(command: str, *words: str) -> Any:
    """Return the document that the command prints; nobody changes it."""
    line = [sys.executable, "-m", "hiringkit", command, *words, "-f", "json"]
    return json.loads(subprocess.run(line, capture_output=True, text=True, check=True).stdout)


def refused(frame: Any, **options: Any) -> list[tuple[str, int | None]]:
    """Return code and row of each error for which a frame is refused."""
    with pytest.raises(hk.InvalidRatings) as refusal:
        hk.score(frame, **{"scale": SCALE, **options})
    errors = [each for each in refusal.value.findings if each.severity is hk.Severity.ERROR]
    return [(each.code, each.location.line if each.location else None) for each in errors]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_frame_gives_what_the_command_prints(kind: str) -> None:
    frame = KINDS[kind](strict())
    result = hk.score(frame, scale=SCALE)
    assert result.to_dict() == printed("score", str(STRICT), "--scale", "1:5")
    assert isinstance(result, hk.Comparison)
    assert type(result.to_frame("profiles")) is NATIVE.get(kind, dict)


@pytest.mark.slow
def test_a_path_gives_what_the_command_prints_and_a_mapping_of_lists() -> None:
    result = hk.score(STRICT, method="observed", level=0.8, seed=3)
    assert result.to_dict() == printed("score", str(STRICT), "--method", "observed", "--level", "0.8", "--seed", "3")
    assert result.to_frame()["candidate"] == [profile.candidate for profile in result.profiles]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_agreement_is_what_the_command_prints(kind: str) -> None:
    result = hk.agreement(KINDS[kind](strict()), scale="1:5")
    assert result.to_dict() == printed("agreement", str(STRICT), "--scale", "1:5")
    assert isinstance(result, hk.Agreement)
    assert type(result.to_frame()) is NATIVE.get(kind, dict)


@pytest.mark.slow
def test_options_are_those_of_the_command(tmp_path: Path) -> None:
    questions = [question.id for question in hk.load_rubric(RUBRIC).asked][:3]
    columns = {**RATINGS, "question": [questions[n % 3] for n in range(9)], "opening": ["a"] * 6 + ["b"] * 3}
    path = tmp_path / "ratings.csv"
    pd.DataFrame(columns).to_csv(path, index=False)
    options = ["--rubric", RUBRIC, "--opening", "a", "--history", "--drop-question", questions[2]]
    result = hk.score(columns, rubric=RUBRIC, opening="a", history=True, drop_questions=[questions[2]])
    assert result.to_dict() == printed("score", str(path), *options)
    effects = hk.score(RATINGS, scale=SCALE, effects=["candidate", "interviewer"], prior="vague")
    assert effects == hk.score(RATINGS, scale="1:5", effects="candidate, interviewer", prior="vague")
    assert effects.model is not None
    assert effects.model.effects == ("candidate", "interviewer")


@pytest.mark.slow
def test_a_document_of_very_many_profiles_is_whole() -> None:
    n = 1_001
    columns = {
        "candidate": [f"c{i}" for i in range(n) for _ in range(2)],
        "interviewer": ["ida", "joe"] * n,
        "question": ["crm"] * 2 * n,
        "rating": [1 + i % 5 for i in range(2 * n)],
    }
    document = hk.score(columns, scale=SCALE, method="observed").to_dict()
    assert len(document["profiles"]) == n
    assert document["profiles"][0].keys() >= {"candidate", "overall", "criteria", "rank"}


def known(cell: Any) -> Any:
    """Return what a cell says, None for NaN, which is how pandas has it."""
    return None if isinstance(cell, float) and math.isnan(cell) else cell


COMPARED = ("profiles", "criteria", "gates", "interviewers", "variances", "findings")
AGREED = ("coefficients", "components", "d_study", "findings")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_every_table_has_the_same_cells_in_every_kind_of_frame(kind: str) -> None:
    columns = {**RATINGS, "question": ["bottlenecks"] * 9}
    for run, tables in ((partial(hk.score, rubric=RUBRIC), COMPARED), (hk.agreement, AGREED)):
        plain: Any = run(columns)
        framed: Any = run(KINDS[kind](columns))
        for table in tables:
            native = framed.to_frame(table)
            arrow = (
                native if kind == "pyarrow" else pa.Table.from_pandas(native) if kind == "pandas" else native.to_arrow()
            )
            cells = {name: [known(x) for x in arrow[name].to_pylist()] for name in arrow.column_names}
            assert cells == plain.to_frame(table)


def test_tables_hold_the_figures_of_the_result() -> None:
    result = hk.score(pd.DataFrame(RATINGS), scale=SCALE)
    profiles, first = result.to_frame("profiles"), result.profiles[0]
    assert profiles["overall"][0] == first.overall.score
    assert (profiles["position_low"][0], profiles["position_high"][0]) == first.rank.interval
    assert result.to_frame("interviewers")["severity"].tolist() == [each.severity for each in result.interviewers]
    assert str(profiles.dtypes["position"]) == "Int64"
    with pytest.raises(hk.NotFound, match="profile") as refusal:
        result.to_frame("profile")
    assert "profiles" in refusal.value.hint


SAME: dict[str, Callable[[], Any]] = {
    "categories": lambda: pd.DataFrame(RATINGS).astype(
        dict.fromkeys(("candidate", "interviewer", "question"), "category")
    ),
    "categories of ratings": lambda: pd.DataFrame(RATINGS).astype("category"),
    "arrow categories of any width": lambda: pa.table(
        {
            **RATINGS,
            "candidate": pa.array(RATINGS["candidate"])
            .dictionary_encode()
            .cast(pa.dictionary(pa.int64(), pa.string())),
            "interviewer": pa.array(RATINGS["interviewer"])
            .dictionary_encode()
            .cast(pa.dictionary(pa.int8(), pa.string())),
        }
    ),
    "enumerations": lambda: pl.DataFrame(RATINGS).with_columns(
        pl.col("candidate").cast(pl.Categorical), pl.col("interviewer").cast(pl.Enum(["lin", "joe", "ida"]))
    ),
    "texts": lambda: {**RATINGS, "rating": [f"{value}.0" for value in RATINGS["rating"]]},
    "texts and numbers": lambda: {**RATINGS, "rating": ["1", 2, 3.0, "4.0", np.int8(5), np.float32(4), "2", 3, 3]},
    "another index": lambda: pd.DataFrame(RATINGS, index=range(100, 109)),
    "absent rows": lambda: (
        {name: [*cells, cells[0], cells[1], cells[2]] for name, cells in RATINGS.items()}
        | {"rating": [*RATINGS["rating"], None, math.nan, pd.NA]}
    ),
    "nullable": lambda: pd.DataFrame(RATINGS).astype({"rating": "Int64"}).convert_dtypes(),
}


@pytest.mark.parametrize("case", SAME)
def test_what_means_the_same_is_scored_the_same(case: str) -> None:
    assert hk.score(SAME[case](), scale=SCALE) == hk.score(RATINGS, scale=SCALE)


@pytest.mark.parametrize(
    "ids",
    [[1, 1, 2, 2, 3, 3, 1, 2, 3], ["1", 1, 2, "2", 3, 3, 1, 2, "3"], [1.0, 1, 2, 2, 3, 3, 1, 2, 3.0]],
    ids=["integers", "mixed", "floats"],
)
def test_whole_numbers_are_ids_and_equal_to_their_digits(ids: list[Any]) -> None:
    for make in (dict, pd.DataFrame):
        result = hk.score(make({**RATINGS, "candidate": ids}), scale=SCALE)
        assert sorted(profile.candidate for profile in result.profiles) == ["1", "2", "3"]


def test_marks_are_no_numbers() -> None:
    rating = ["not-assessed", "no-evidence", 3, 4, 5, 4, 2, 3, 3]
    counts = hk.score(pd.DataFrame({**RATINGS, "rating": rating}), scale=SCALE).counts
    assert (counts.ratings, counts.not_assessed, counts.no_evidence) == (7, 1, 1)


REFUSED: list[tuple[str, dict[str, Any], list[tuple[str, int | None]]]] = [
    (
        "ratings × 100",
        {"rating": [100 * value for value in RATINGS["rating"]]},
        [("rating-off-scale", n) for n in range(1, 10)],
    ),
    ("infinite", {"rating": [math.inf, *RATINGS["rating"][1:]]}, [("rating-not-finite", 1)]),
    ("huge", {"rating": [1e300, *RATINGS["rating"][1:]]}, [("rating-off-scale", 1), ("rating-out-of-range", 1)]),
    ("words", {"rating": ["good", *RATINGS["rating"][1:]]}, [("rating-unknown", 1)]),
    ("truth values", {"rating": [True] * 9}, [("column-type", None)]),
    ("lists", {"candidate": [["ann"]] * 9}, [("column-type", None)]),
    ("no id", {"candidate": [None, *RATINGS["candidate"][1:]]}, [("empty-id", 1)]),
    ("a short weight", {"weight": [1.0, 2.0]}, [("column-length", None)]),
    ("a negative weight", {"weight": [-1.0, *[1.0] * 8]}, [("weight-not-positive", 1)]),
    ("no rows", {name: [] for name in RATINGS}, [("no-rows", None)]),
]


@pytest.mark.parametrize(("columns", "errors"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_the_command_refuses_is_refused_with_its_row(
    columns: dict[str, Any], errors: list[tuple[str, int | None]]
) -> None:
    assert refused({**RATINGS, **columns}) == errors


def test_a_row_that_stands_there_twice_is_refused() -> None:
    twice = {name: [*cells, cells[0]] for name, cells in RATINGS.items()}
    assert refused(pd.DataFrame(twice)) == [("rating-duplicate", 10)]


def test_numbers_beyond_all_scales_are_refused_without_a_scale_too() -> None:
    assert refused({**RATINGS, "rating": [1e300] * 9}, scale=None)[0] == ("rating-out-of-range", 1)


def test_a_rubric_refuses_questions_and_levels_that_it_does_not_have() -> None:
    assert refused(RATINGS, scale=None, rubric=RUBRIC) == [("question-unknown", 1)]
    half = {**RATINGS, "question": ["bottlenecks"] * 9, "rating": [1.5, *RATINGS["rating"][1:]]}
    assert refused(half, scale=None, rubric=RUBRIC) == [("rating-off-scale", 1)]


def test_half_points_are_ratings_where_no_rubric_says_otherwise(tmp_path: Path) -> None:
    half = {**RATINGS, "rating": [1.5, 2, 3.5, 4, 4.5, 4, 2, 3, 3]}
    path = tmp_path / "half.csv"
    pd.DataFrame(half).to_csv(path, index=False)
    assert hk.score(half, scale=SCALE) == hk.score(path, scale=SCALE)
    with pytest.raises(hk.InvalidRatings, match=r"rating 4\.5 is not on the scale of 1 to 4"):
        hk.score(half, scale=(1, 4))


@pytest.mark.slow
def test_columns_of_another_name_are_given_theirs() -> None:
    frame = pd.DataFrame(RATINGS).rename(columns={"interviewer": "rater"})
    assert refused(frame) == [("missing-column", None)]
    assert hk.score(frame, columns={"rater": "interviewer"}, scale=SCALE) == hk.score(RATINGS, scale=SCALE)
    ratings = hk.Ratings.from_frame(frame, columns={"rater": "interviewer"})
    assert hk.score(ratings, scale=SCALE) == hk.score(RATINGS, scale=SCALE)
    assert len(ratings) == 9


def test_an_unknown_column_is_a_warning_as_in_a_file() -> None:
    result = hk.score({**RATINGS, "comment": ["fine"] * 9}, scale=SCALE)
    assert result.findings[0].code == "unknown-column"
    assert hk.Ratings.from_frame({**RATINGS, "comment": ["fine"] * 9}).findings[0].path == "comment"


def test_ratings_are_checked_where_they_are_made() -> None:
    with pytest.raises(hk.InvalidRatings) as refusal:
        hk.Ratings.from_frame({name: [*cells, cells[0]] for name, cells in RATINGS.items()})
    assert [each.code for each in refusal.value.findings] == ["rating-duplicate"]
    assert "frame:10: error rating-duplicate" in str(refusal.value)


def by_hand(**columns: Any) -> hk.Ratings:
    """Make the nine ratings of codes, as pandas has them of a category."""
    frame = pd.DataFrame(RATINGS).astype("category")
    codes = {name: frame[name].cat.codes.to_numpy() for name in ("candidate", "interviewer", "question")}
    made: dict[str, Any] = {**codes, "value": RATINGS["rating"], "status": [0] * 9, "weight": [1] * 9, **columns}
    labels: dict[str, Any] = {f"{name}s": list(frame[name].cat.categories) for name in codes}
    return hk.Ratings(**made, **labels)


def test_codes_of_eight_bits_are_codes() -> None:
    assert by_hand().candidate.dtype == np.int64
    assert hk.score(by_hand(), scale=SCALE).counts == hk.score(RATINGS, scale=SCALE).counts


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"weight": [1.0]}, "column-length"),
        ({"candidate": [-1] * 9}, "code-unknown"),
        ({"candidate": [3] * 9}, "code-unknown"),
        ({"candidate": [0.5] * 9}, "column-type"),
        ({"status": [7] * 9}, "code-unknown"),
    ],
)
def test_columns_made_by_hand_are_checked_at_once(columns: dict[str, Any], code: str) -> None:
    with pytest.raises(hk.InvalidRatings) as refusal:
        by_hand(**columns)
    assert [each.code for each in refusal.value.findings] == [code]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"value": [math.nan] * 9}, "rating-not-finite"),
        ({"value": [100 * value for value in RATINGS["rating"]]}, "rating-off-scale"),
        ({"weight": [0.0] * 9}, "weight-not-positive"),
        ({"interviewer": [0] * 9}, "rating-duplicate"),
    ],
)
def test_rows_made_by_hand_are_checked_by_whoever_scores_them(columns: dict[str, Any], code: str) -> None:
    assert {found for found, _ in refused(by_hand(**columns))} == {code}


@pytest.mark.parametrize(
    "options",
    [
        {"method": "guess"},
        {"level": 2},
        {"level": "high"},
        {"level": math.nan},
        {"seed": -1},
        {"seed": 1.5},
        {"effects": "candidate,mood"},
        {"prior": "none"},
        {"scale": 5},
        {"scale": "5:1"},
        {"scale": (1, math.inf)},
        {"rubric": 3},
        {"history": True},
        {"columns": 3},
        {"columns": {"rates": "interviewer"}},
        {"columns": {"rating": "score"}},
        {"language": "xx"},
    ],
    ids=str,
)
def test_options_that_make_no_sense_are_named(options: dict[str, Any]) -> None:
    with pytest.raises(hk.UsageProblem):
        hk.score(RATINGS, **{"scale": SCALE, **options})


@pytest.mark.parametrize("frame", [5, None, [1, 2], np.zeros((2, 2)), pd.Series([1]), b"x"], ids=str)
def test_what_is_no_frame_is_refused(frame: Any) -> None:
    with pytest.raises(hk.UsageProblem, match="is no frame of ratings"):
        hk.score(frame)


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(hk.UsageProblem, match="cannot be read"):
        hk.score(pd.DataFrame([[1, 2]], columns=["rating", "rating"]))


def test_what_is_not_there_is_not_found() -> None:
    for call in (
        lambda: hk.load_rubric("no-such-rubric"),
        lambda: hk.load_bank("no-such-bank"),
        lambda: hk.check_rubric("no-such.yaml"),
        lambda: hk.score("no-such.csv"),
        lambda: hk.score(RATINGS, rubric="no-such-rubric"),
        lambda: hk.score(RATINGS, scale=SCALE, drop_questions=["no-such-question"]),
        lambda: hk.score(RATINGS, scale=SCALE, opening="no-such-opening"),
    ):
        with pytest.raises(hk.NotFound):
            call()


@pytest.mark.slow
def test_rubrics_and_banks_are_loaded_by_id_by_path_and_from_text() -> None:
    folder = Path(__file__).parents[1]
    path = next((folder / "rubrics").rglob(f"{RUBRIC}.yaml"))
    rubric = hk.load_rubric(RUBRIC)
    assert (
        rubric == hk.load_rubric(path) == hk.load_rubric(str(path)) == hk.load_rubric(path.read_text(encoding="utf-8"))
    )
    assert hk.score({**RATINGS, "question": ["bottlenecks"] * 9}, rubric=rubric).rubric is not None
    bank = next((folder / "question_banks").rglob("sales-operations.yaml"))
    assert hk.load_bank("sales-operations") == hk.load_bank(bank) == hk.load_bank(bank.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_a_rubric_is_checked_as_the_command_checks_it(tmp_path: Path) -> None:
    path = tmp_path / "poor.yaml"
    path.write_text("hiringkit: rubric/1\nid: Poor\n", encoding="utf-8")
    found = hk.check_rubric(path)
    assert {"id-shape", "missing-key"} <= {each.code for each in found}
    assert [each.code for each in hk.check_rubric(path.read_text(encoding="utf-8"))] == [each.code for each in found]
    assert not any(each.severity is hk.Severity.ERROR for each in hk.check_rubric(RUBRIC))
    with pytest.raises(hk.FindingsError):
        hk.load_rubric(path)


def test_help_says_shapes_units_errors_and_source() -> None:
    for function, words in (
        (hk.score, ("n ratings", "rating points", "InvalidRatings", "docs/scoring.md", "Searle")),
        (hk.agreement, ("n ratings", "squared", "InvalidRatings", "docs/agreement.md", "Krippendorff")),
        (hk.Ratings.from_frame, ("categories", "InvalidRatings", "counted from 1")),
    ):
        text = str(inspect.getdoc(function))
        assert [word for word in words if word not in text] == []


def test_results_are_frozen() -> None:
    result = hk.score(RATINGS, scale=SCALE)
    with pytest.raises(AttributeError):
        result.level = 0.5  # type: ignore[misc]
