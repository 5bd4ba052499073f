"""Rating files of every format: CSV, TSV, JSON lines, Parquet."""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePath
from sys import byteorder
from typing import Any, BinaryIO, Literal

from attrs import frozen

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.rating_table import Coded, RatingTable
from hiringkit.errors import UsageProblem
from hiringkit.exchange.arrow import have_bulk, read_parquet, read_regular_csv
from hiringkit.exchange.delimited import Delimited, read_csv
from hiringkit.exchange.jsonlines import read_json_lines
from hiringkit.exchange.source import MOST, STDIN, FindingList, in_order, read_bytes, shown
from hiringkit.exchange.table import (
    ABSENT,
    EMPTY_ROW,
    NUMBER,
    Cell,
    CellProblem,
    ParsedRating,
    RawColumn,
    RawTable,
    first_rows,
    no_rows,
    parse_id,
    parse_rating,
    parse_weight,
    rows_with,
    tidy_label,
    tidy_text,
)
from hiringkit.text.sentence import Sentence

FEW = 256
"""Different cells of a column whose code is one byte."""


def build_table(
    raw: RawTable, parsed: Mapping[str, Sequence[Any]], left_out: Sequence[int], absent: int
) -> RatingTable:
    """Build the table of all rows but those that are left out.

    Args:
        raw: The cells.
        parsed: What they mean, by column and code.
        left_out: Rows that mean nothing or have no rating, ascending.
        absent: Rows without a rating.
    """
    columns = {
        name: RawColumn(_kept(column.codes, left_out, "i"), column.labels) for name, column in raw.columns.items()
    }
    ratings = [cell if isinstance(cell, ParsedRating) else ParsedRating(NUMBER) for cell in parsed["rating"]]
    coded = {name: _coded(columns[name], parsed[name]) for name in ("candidate", "interviewer", "question")}
    return RatingTable(
        source=raw.source,
        **coded,
        value=_map("d", [rating.value for rating in ratings], columns["rating"].codes),
        status=_map("b", [rating.status for rating in ratings], columns["rating"].codes),
        line=_kept(raw.line, left_out, "q"),
        absent=absent,
        weight=_weights(columns, parsed),
        criterion=_optional_codes(columns, "criterion"),
        opening=_optional_codes(columns, "opening"),
        evidence=_texts(columns, "evidence"),
        rated_at=_texts(columns, "rated_at"),
    )


def _kept(values: Any, left_out: Sequence[int], typecode: Literal["i", "q"]) -> Any:
    """Copy the stretches between the rows that are left out, which are few in most files."""
    if not left_out:
        return values
    view, size = memoryview(values).cast("B"), array(typecode).itemsize
    kept, start = bytearray(), 0
    for row in left_out:
        kept += view[start * size : row * size]
        start = row + 1
    kept += view[start * size :]
    return memoryview(kept).cast(typecode)


def _map(typecode: Literal["b", "d", "i"], meaning: Sequence[Any], codes: Any) -> Any:
    """Look the meaning of every code up: byte by byte where there are few, which is a hundred times as fast."""
    if len(meaning) > FEW:
        return array(typecode, map(meaning.__getitem__, codes))
    low = memoryview(codes).cast("B")[0 if byteorder == "little" else 3 :: 4].tobytes()
    size = array(typecode).itemsize
    words = array(typecode, [*meaning, *[meaning[0] if meaning else 0] * (FEW - len(meaning))]).tobytes()
    out = bytearray(len(low) * size)
    for place in range(size):
        out[place::size] = low.translate(words[place::size])
    return memoryview(out).cast(typecode)


def _coded(column: RawColumn, cells: Sequence[Any]) -> Coded:
    """Code a column by its cleaned labels; cells that are no label were not kept."""
    known: dict[str, int] = {}
    recoded = [known.setdefault(cell, len(known)) if isinstance(cell, str) else -1 for cell in cells]
    same = recoded == list(range(len(recoded)))
    return Coded(column.codes if same else _map("i", recoded, column.codes), list(known))


def _optional_codes(columns: Mapping[str, RawColumn], name: str) -> Coded | None:
    if name not in columns:
        return None
    labels = [tidy_label(label) for label in columns[name].labels]
    return _coded(columns[name], labels) if any(labels) else None


def _weights(columns: Mapping[str, RawColumn], parsed: Mapping[str, Sequence[Any]]) -> Any:
    if "weight" not in columns or not any(columns["weight"].labels):
        return None
    weights = [cell if isinstance(cell, float) else 1.0 for cell in parsed["weight"]]
    return _map("d", weights, columns["weight"].codes)


def _texts(columns: Mapping[str, RawColumn], name: str) -> list[str] | None:
    if name not in columns:
        return None
    texts = [tidy_text(label) for label in columns[name].labels]
    return list(map(texts.__getitem__, columns[name].codes)) if any(texts) else None


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "candidate": parse_id,
    "interviewer": parse_id,
    "question": parse_id,
    "rating": parse_rating,
    "weight": parse_weight,
}
_IDS = ("candidate", "interviewer", "question")


@frozen(eq=False)
class _Judged:
    """The meaning of cells, and the rows that mean nothing."""

    parsed: Mapping[str, Sequence[Any]]
    """By column and code, what the cell means or its Problem."""
    wrong: Mapping[str, Sequence[int]]
    """By column, the rows whose cell is a Problem."""
    unrated: Sequence[int]
    """Rows with an empty rating."""
    blank: Collection[int]
    """Rows in which neither an id nor a rating is filled in."""


def make_ratings(raw: RawTable) -> tuple[RatingTable, list[Finding]]:
    """Make the table of all rows that mean something, and a finding for each row that does not."""
    judged = _judge(raw)
    faulty = set(judged.blank).union(*judged.wrong.values())
    absent = sum(row not in faulty for row in judged.unrated)
    left_out = sorted(faulty.union(judged.unrated))
    return build_table(raw, judged.parsed, left_out=left_out, absent=absent), _findings(raw, judged)


def _judge(raw: RawTable) -> _Judged:
    known = [name for name in _PARSERS if name in raw.columns]
    parsed = {name: [_PARSERS[name](label) for label in raw.columns[name].labels] for name in known}
    wrong = {name: rows_with(raw.columns[name], partial(_is_problem, parsed[name])) for name in known}
    unrated = rows_with(raw.columns["rating"], partial(_is_absent, parsed["rating"]))
    blank = set(wrong["candidate"]).intersection(wrong["interviewer"], wrong["question"], unrated)
    return _Judged(parsed, wrong, unrated, blank)


def _is_problem(cells: Sequence[Any], code: int) -> bool:
    return isinstance(cells[code], CellProblem)


def _is_absent(cells: Sequence[Any], code: int) -> bool:
    return isinstance(cells[code], ParsedRating) and cells[code].status == ABSENT


def _findings(raw: RawTable, judged: _Judged) -> list[Finding]:
    findings = FindingList()
    problems = {(row, name): problem for name, row, problem in _problems(raw, judged, findings)}
    merged = {cell: problem for name in _IDS for cell, problem in _merged(raw, name, judged)}
    blank = sorted(judged.blank)
    findings.count_more("empty-row", max(len(blank) - MOST, 0))
    blanks = {(row, "candidate"): EMPTY_ROW for row in blank[:MOST]}
    places = raw.places([*problems, *merged, *blanks])
    for found in (problems, merged, blanks):
        findings.extend(problem.at(cell[1], places[cell]) for cell, problem in found.items())
    return findings.in_order()


def _problems(raw: RawTable, judged: _Judged, findings: FindingList) -> Iterator[tuple[str, int, CellProblem]]:
    """Iterate over the first problems of each code and column; only count the others."""
    for name, rows in judged.wrong.items():
        codes, cells = raw.columns[name].codes, judged.parsed[name]
        seen: Counter[str] = Counter()
        for row in rows:
            if row in judged.blank:
                continue
            problem = cells[codes[row]]
            seen[problem.code] += 1
            if seen[problem.code] <= MOST:
                yield name, row, problem
        for code, n in seen.items():
            findings.count_more(code, max(n - MOST, 0))


def _merged(raw: RawTable, name: str, judged: _Judged) -> Iterator[tuple[Cell, CellProblem]]:
    """Find ids that only differ in what nobody can see, and that are therefore taken as one."""
    column = raw.columns[name]
    first: dict[str, int] = {}
    same: dict[int, int] = {}
    for code, identity in enumerate(judged.parsed[name]):
        if isinstance(identity, str) and first.setdefault(identity, code) != code:
            same[code] = first[identity]
    few = dict(list(same.items())[:MOST])
    rows = first_rows(column.codes, set(few)) if few else {}
    for code, earlier in few.items():
        message = Sentence("{shown} and {shown2} look the same and are taken as one").format(
            shown=shown(column.labels[code]), shown2=shown(column.labels[earlier])
        )
        yield (rows[code], name), CellProblem("ids-merged", message, severity=Severity.WARNING)


BULK_FROM = 5_000_000
"""Bytes of delimited text from which pyarrow reads it, where it is installed."""

_FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
_DELIMITERS = {"csv": ",", "tsv": "\t"}


def read_ratings(
    path: str,
    *,
    stdin: BinaryIO | None = None,
    format: str | None = None,  # noqa: A002 - what the option is called
    bulk_from: int = BULK_FROM,
) -> tuple[RatingTable | None, list[Finding]]:
    """Read ratings and everything that is wrong with them.

    Args:
        path: The file, its format told by its ending; `-` is standard input, as CSV unless told.
        stdin: Standard input, if not the process's.
        format: csv, tsv, jsonl or parquet, whatever the ending.
        bulk_from: Bytes from which pyarrow reads delimited text.

    Returns:
        The table of all rows that mean something, None where the file cannot be used at all; and findings in the
        order of the file. With an error among them some row is missing from the table.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read, or it is Parquet and pyarrow is not installed.
        UsageProblem: The ending tells no format.
    """
    chosen = format or ("csv" if path == STDIN else _format_of(path))
    if chosen not in _FORMATS.values():
        raise UsageProblem(
            Sentence("no format {chosen!r} for ratings").format(chosen=chosen), hint="csv, tsv, jsonl or parquet"
        )
    raw, findings = _read(read_bytes(path, stdin), path, chosen, bulk_from)
    if raw is None:
        return None, findings
    if not len(raw) and not findings:
        findings = [no_rows(path)]
    table, more = make_ratings(raw)
    return table, in_order(findings + more)


def _read(data: bytes, source: str, chosen: str, bulk_from: int) -> tuple[RawTable | None, list[Finding]]:
    if chosen == "parquet":
        return read_parquet(data, source)
    if chosen == "jsonl":
        return read_json_lines(data, source)
    file = Delimited(source, data, _DELIMITERS[chosen])
    regular = read_regular_csv(file) if len(data) >= bulk_from and have_bulk() else None
    return regular or read_csv(file)


def _format_of(path: str) -> str:
    ending = PurePath(path).suffix.lower()
    if ending not in _FORMATS:
        raise UsageProblem(
            Sentence("{name!r} does not say by its ending what it is").format(name=PurePath(path).name),
            hint=Sentence("endings: {names}").format(names=", ".join(_FORMATS)),
        )
    return _FORMATS[ending]
