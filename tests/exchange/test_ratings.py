"""Which file is read how, and what is said where it cannot be."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hiringkit.errors import NotFound, Refused, UsageProblem
from hiringkit.exchange.ratings import read_ratings

Write = Callable[..., str]


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"there is no file '.*ratings.csv'"):
        read_ratings(str(tmp_path / "ratings.csv"))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").mkdir()
    with pytest.raises(Refused, match="cannot be read: Is a directory"):
        read_ratings(str(tmp_path / "ratings.csv"))


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_a_file_that_may_not_be_read_is_refused(write: Write) -> None:
    path = write("candidate\n")
    Path(path).chmod(0)
    with pytest.raises(Refused, match="cannot be read: Permission denied"):
        read_ratings(path)


def test_an_ending_that_tells_no_format_is_refused_with_those_that_do(write: Write) -> None:
    with pytest.raises(UsageProblem) as caught:
        read_ratings(write("x", "ratings.docx"))
    assert caught.value.message == "'ratings.docx' does not say by its ending what it is"
    assert (
        caught.value.hint
        == "endings: .csv, .tsv, .jsonl, .ndjson, .json, .parquet, .txt, .xlsx, .xlsm, .xlsb, .xls, .ods"
    )


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageProblem, match="no format 'xlsx' for ratings"):
        read_ratings("-", format="xlsx")


def test_parquet_without_pyarrow_names_what_to_install(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Refused) as caught:
        read_ratings(write(b"PAR1", "ratings.parquet"))
    assert caught.value.hint == "pip install hiringkit[bulk]"


def test_large_text_is_read_without_pyarrow_where_there_is_none(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    table, findings = read_ratings(write("candidate,interviewer,question,rating\nc,i,q,4\n"), bulk_from=0)
    assert table is not None
    assert (len(table), findings) == (1, [])
