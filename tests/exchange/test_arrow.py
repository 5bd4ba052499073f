"""pyarrow reads large files; what it reads is what the standard library reads, to the last finding."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from hiringkit.domain.columns import check_header
from hiringkit.domain.finding import Finding
from hiringkit.domain.rating_table import COLUMNS, Coded, RatingTable
from hiringkit.exchange import arrow
from hiringkit.exchange.arrow import read_regular_csv
from hiringkit.exchange.ratings import read_ratings
from hiringkit.exchange.text_files import FileRows, open_rows

Write = Callable[..., str]
Show = Callable[[RatingTable | None], list[tuple[Any, ...]]]
Say = Callable[[list[Finding]], list[str]]

HEADER = "candidate,interviewer,question,rating\n"
CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "c1", "c2", "c2 ", "王小明", "4", "5.0", "3,5", "not-assessed", "no-evidence", "nan", "1e999", "NA"]
    ),
    st.sampled_from(['"', '""', 'a"b', "a\nb", "a\r\nb", "'=1", "=1", "\t", "e\u0301", "\u00e9", "\x1b[0m", "'"]),
    st.text(max_size=4).filter(lambda t: "\0" not in t and not any("\ud800" <= c <= "\udfff" for c in t)),
)
RECORDS = st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=12)
SCRAPS = st.text(alphabet='c1,4"\n\r \x1b\ufeff', max_size=40)


def read_in_bulk(data: bytes) -> object:
    """Return what pyarrow makes of a text, None where it is left to the standard library."""
    rows = open_rows("-", data, COLUMNS)
    assert isinstance(rows, FileRows)
    assert rows.text is not None
    header, _findings = check_header(rows.header.cells, COLUMNS, source="-", line=rows.header.line)
    assert header is not None
    return read_regular_csv(rows.text, header, rows.header)


def codes(coded: Coded | None) -> tuple[list[str], list[int]] | None:
    return None if coded is None else (list(coded.labels), list(coded.codes))


def content(table: RatingTable | None) -> tuple[Any, ...] | None:
    """Return everything in a table as plain values, NaN as None."""
    if table is None:
        return None
    return (
        *(codes(column) for column in (table.candidate, table.interviewer, table.question)),
        [value if status == 0 else None for value, status in zip(table.value, table.status, strict=True)],
        list(table.status),
        list(table.line),
        table.absent,
        None if table.weight is None else list(table.weight),
        *(codes(column) for column in (table.criterion, table.opening)),
        table.evidence,
        table.rated_at,
    )


def assert_read_alike(data: bytes) -> None:
    by_library, findings = read_ratings("-", stdin=io.BytesIO(data), bulk_from=10**9)
    by_arrow, same = read_ratings("-", stdin=io.BytesIO(data), bulk_from=0)
    assert content(by_arrow) == content(by_library)
    assert same == findings


@pytest.mark.slow
@given(RECORDS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(["\n", "\r\n"]))
def test_both_readers_make_the_same_table_of_any_cells(records: list[list[str]], quoting: Any, end: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting, lineterminator=end)
    writer.writerow(["candidate", "interviewer", "question", "rating", "weight", "evidence"])
    writer.writerows(records)
    assert_read_alike(out.getvalue().encode())


@pytest.mark.slow
@given(SCRAPS)
@example('c,i,q,4\nc,i,"q,4\n')
@example('c,i,q,4\nc,i,q,"4')
@example('"c","i","q","4"\n')
@example('c,i,q,4\n"c\n,",i,q,4\n')
@example("c,i,q,4\n\nc,i,q,4\n")
@example("c,i,q,4\rc,i,q,4\n")
def test_both_readers_agree_on_text_of_any_shape(scrap: str) -> None:
    assert_read_alike((HEADER + scrap).encode())


@pytest.mark.slow
@given(st.binary(max_size=30))
def test_both_readers_agree_on_any_bytes(scrap: bytes) -> None:
    assert_read_alike(HEADER.encode() + b"c,i,q,4\n" + scrap)


@pytest.mark.parametrize(
    "data",
    [
        b"Candidate,interviewer\na,b\n",
        b"candidate,interviewer,question,rating,\xff\na,b,c,4,x\n",
        b"candidate,interviewer,question,rating," + b"x" * 200_000 + b"\na,b,c,4,x\n",
        b'candidate,interviewer,question,rating,"no\nte"\na,b,c,4,x\n',
        b"candidate,interviewer,question,rating",
        b"",
        b"\n",
    ],
)
def test_both_readers_agree_on_headers_that_are_no_use(data: bytes) -> None:
    assert_read_alike(data)


def test_a_cell_too_long_for_the_one_is_too_long_for_the_other() -> None:
    row = "c,i,q,4,{}\n"
    head = HEADER.replace("\n", ",comment\n")
    assert_read_alike((head + row.format("x" * 131_072)).encode())
    assert_read_alike((head + row.format("x" * 131_073)).encode())


@pytest.mark.parametrize(
    ("text", "regular"),
    [
        (HEADER + "c,i,q,4\n", True),
        (HEADER + "c,i,q,4", True),
        ("\ufeff" + (HEADER + '"c","i, j","q ""x""",4\n').replace("\n", "\r\n"), True),
        (HEADER + 'c,i,"q\nr",4\n', False),
        (HEADER + "c,i,q,4\n\n", False),
        (HEADER + "c,i,q\n", False),
        ("\n" + HEADER + "c,i,q,4\n", False),
        (HEADER, False),
    ],
)
def test_pyarrow_reads_text_whose_rows_are_one_line_each(text: str, regular: bool) -> None:
    assert (read_in_bulk(text.encode()) is not None) is regular


def test_the_columns_are_buffers_that_numpy_takes_without_a_copy() -> None:
    table, _ = read_ratings("-", stdin=io.BytesIO((HEADER + "c,i,q,4\nd,i,q,\nd,j,q,5\n").encode()), bulk_from=0)
    assert table is not None
    assert np.frombuffer(table.candidate.codes, dtype=np.int32).tolist() == [0, 1]
    assert np.frombuffer(table.value, dtype=np.float64).tolist() == [4.0, 5.0]
    assert np.frombuffer(table.status, dtype=np.int8).tolist() == [0, 0]
    assert np.frombuffer(table.line, dtype=np.int64).tolist() == [2, 4]
    assert len(table) == 2


def test_faults_in_a_large_file_have_their_line_and_column(write: Write, said: Say) -> None:
    lines = ["candidate-1,interviewer-1,question-1,4\n"] * 20_000
    lines[12_344] = '"candidate, 1",interviewer-1,question-1,five\n'
    table, findings = read_ratings(write(HEADER + "".join(lines)), bulk_from=0)
    assert table is not None
    assert len(table) == 19_999
    assert said(findings) == [
        (
            "ratings.csv:12346:41: error rating-unknown rating: "
            "rating 'five' is neither a number nor not-assessed nor no-evidence "
            "(hint: --map FILE says what each word means as a level)"
        )
    ]


def save(path: Path, columns: dict[str, Any]) -> str:
    parquet.write_table(pa.table(columns), path)
    return str(path)


def test_parquet_of_any_plain_types_is_read(tmp_path: Path, rows: Show) -> None:
    path = save(
        tmp_path / "r.parquet",
        {
            "candidate": pa.array(["b", "a", "b"]).dictionary_encode(),
            "interviewer": pa.array([7, 7, 8]),
            "question": pa.array(["q", "q", None]),
            "rating": pa.array([4.0, None, 2.5]),
            "remark": pa.array(["x", "y", "z"]),
        },
    )
    table, findings = read_ratings(path)
    assert rows(table) == [("b", "7", "q", 4.0, 1)]
    assert table is not None
    assert (table.absent, list(table.candidate.labels)) == (1, ["b", "a"])
    assert [str(finding).replace(path, "r.parquet") for finding in findings] == [
        "r.parquet: warning unknown-column remark: column 'remark' is not known and is left out",
        "r.parquet:3: error empty-id question: the cell is empty, expected an id",
    ]


def test_parquet_and_csv_of_the_same_ratings_make_the_same_table(tmp_path: Path) -> None:
    cells = {
        "candidate": ["c1", "c2", "c1", "c3"],
        "interviewer": ["i1", "i1", "i2", "i2"],
        "question": ["q1", "q2", "q1", "q2"],
        "rating": ["4", "no-evidence", "", "2.5"],
    }
    by_parquet, _ = read_ratings(save(tmp_path / "r.parquet", {name: pa.array(c) for name, c in cells.items()}))
    text = HEADER + "".join(",".join(row) + "\n" for row in zip(*cells.values(), strict=True))
    by_csv, _ = read_ratings("-", stdin=io.BytesIO(text.encode()))
    found, expected = content(by_parquet), content(by_csv)
    assert found is not None
    assert expected is not None
    assert found[:5] == expected[:5]


def test_a_parquet_column_of_lists_is_named(tmp_path: Path) -> None:
    columns = {"candidate": [["a"]], "interviewer": ["i"], "question": ["q"], "rating": [4]}
    table, findings = read_ratings(save(tmp_path / "r.parquet", columns))
    assert table is None
    assert [(f.code, f.path) for f in findings] == [("column-type", "candidate")]
    assert "expected texts or numbers" in findings[0].message


def test_a_parquet_file_without_the_columns_is_refused_as_csv_is(tmp_path: Path) -> None:
    table, findings = read_ratings(save(tmp_path / "r.parquet", {"Person": ["a"]}))
    assert table is None
    assert [f.code for f in findings] == ["missing-column"] * 4 + ["unknown-column"]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"candidate,interviewer\n"])
def test_what_is_no_parquet_is_said_to_be_none(data: bytes, write: Write, said: Say) -> None:
    table, findings = read_ratings(write(data, "r.parquet"))
    assert table is None
    assert said(findings)[0].startswith("r.parquet: error not-parquet: the file is not Parquet: ")


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.floats(allow_nan=True, allow_infinity=True) | st.none(), min_size=1, max_size=5))
def test_ratings_that_are_numbers_in_parquet_stay_the_same_numbers(tmp_path: Path, ratings: list[float | None]) -> None:
    ids = {name: ["x"] * len(ratings) for name in ("candidate", "interviewer", "question")}
    table, findings = read_ratings(
        save(tmp_path / "r.parquet", {**ids, "rating": pa.array(ratings, pa.float64(), from_pandas=False)})
    )
    finite = [rating for rating in ratings if rating is not None and np.isfinite(rating)]
    assert table is not None
    assert list(table.value) == finite
    assert table.absent == ratings.count(None)
    assert [f.code for f in findings] == ["rating-not-finite"] * (len(ratings) - len(finite) - table.absent)


@pytest.mark.parametrize("block", [64, 100, 1000])
def test_where_pyarrow_cuts_a_file_into_blocks_makes_no_difference(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "_BLOCK", block)
    cells = [f'c{i % 7},"i, {i % 3}",q{i},{"no-evidence" if i % 11 == 0 else i % 5 + 1}' for i in range(200)]
    data = (HEADER + "\n".join(cells) + "\n").encode()
    assert read_in_bulk(data) is not None
    assert_read_alike(data)


def test_coded_columns_of_parquet_are_coded_anew_by_first_appearance(tmp_path: Path) -> None:
    path = tmp_path / "ratings.parquet"
    columns = {
        "candidate": pa.DictionaryArray.from_arrays(pa.array([2, 1, 2, 1]), pa.array(["unused", "a", "b"])),
        "interviewer": pa.array(["i2", "i1", "i1", "i2"]),
        "question": pa.DictionaryArray.from_arrays(pa.array([0, 0, 1, 1]), pa.array(["q9", "q1"])),
        "rating": pa.array([4, 2, 4, 1], pa.int8()),
        "evidence": pa.DictionaryArray.from_arrays(pa.array([0, None, 0, 1]), pa.array(["said so", ""])),
    }
    parquet.write_table(pa.table(columns), path, row_group_size=2)
    table, findings = read_ratings(str(path))
    assert table is not None
    assert not findings
    assert codes(table.candidate) == (["b", "a"], [0, 1, 0, 1])
    assert codes(table.interviewer) == (["i2", "i1"], [0, 1, 1, 0])
    assert codes(table.question) == (["q9", "q1"], [0, 0, 1, 1])
    assert list(table.value) == [4.0, 2.0, 4.0, 1.0]
    assert list(table.evidence or []) == ["said so", "", "said so", ""]
