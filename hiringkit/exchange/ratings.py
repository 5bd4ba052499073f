"""Rating files of every format: CSV, TSV, workbooks, JSON lines, JSON, Parquet."""

from array import array
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import BinaryIO

from hiringkit.domain.columns import Header, Wanted, check_header, no_rows
from hiringkit.domain.finding import Finding, FindingList, Location
from hiringkit.domain.rating_table import COLUMNS, Cell, Coder, Locate, RatingTable, parse_table
from hiringkit.errors import UsageProblem
from hiringkit.exchange.text_files import STDIN, WORKBOOKS, BrokenRows, FileRows, open_rows, read_bytes, wrong_length
from hiringkit.text.sentence import Sentence

BULK_FROM = 5_000_000
"""Bytes of delimited text from which pyarrow reads it, where it is installed."""

JSON_ENDINGS = (".json", ".jsonl", ".ndjson")
_FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".txt": "csv",
    **dict.fromkeys(WORKBOOKS, "workbook"),
}
_STDIN_FORMAT = "csv"
_DELIMITERS = {"csv": ",", "tsv": "\t"}


def read_ratings(
    path: str,
    *,
    stdin: BinaryIO | None = None,
    format: str | None = None,  # noqa: A002 - what the option is called
    bulk_from: int = BULK_FROM,
    wanted: Wanted = COLUMNS,
) -> tuple[RatingTable | None, list[Finding]]:
    """Read ratings and everything that is wrong with them.

    Args:
        path: The file, its format told by its ending; `-` is standard input, as CSV, or as JSON where it begins with
            `{`, unless told.
        stdin: Standard input, if not the process's.
        format: csv, tsv, jsonl, json or parquet, whatever the ending.
        bulk_from: Bytes from which pyarrow reads delimited text.
        wanted: The columns, and what else they are called.

    Returns:
        The table of all rows that mean something, None where the file cannot be used at all; and findings in the
        order of the file. With an error among them some row is missing from the table.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read, or it is Parquet and pyarrow is not installed.
        UsageProblem: The ending tells no format.
    """
    chosen = format or (_STDIN_FORMAT if path == STDIN else _format_of(path))
    if chosen not in _FORMATS.values():
        raise UsageProblem(
            Sentence("no format {chosen!r} for ratings").format(chosen=chosen), hint="csv, tsv, jsonl, json or parquet"
        )
    data = read_bytes(path, stdin)
    if path == STDIN and not format and data[:1] == b"{":
        chosen = "json"
    return _read(data, path, chosen, bulk_from, wanted)


def _read(
    data: bytes, source: str, chosen: str, bulk_from: int, wanted: Wanted
) -> tuple[RatingTable | None, list[Finding]]:
    """Read by the reader of the format, which is imported only if it is wanted."""
    if chosen == "parquet":
        from hiringkit.exchange.arrow import read_parquet  # noqa: PLC0415 - few files are

        return read_parquet(data, source)
    if chosen in {"jsonl", "json"}:
        from hiringkit.exchange.jsonlines import read_json, read_json_lines  # noqa: PLC0415 - few files are

        return (read_json if chosen == "json" else read_json_lines)(data, source)
    try:
        sheet = open_rows(source, data, wanted, _DELIMITERS.get(chosen, ","))
        if isinstance(sheet, list):
            return None, sheet
        header, findings = check_header(sheet.header.cells, wanted, source=source, line=sheet.header.line)
        findings = [*sheet.remarks, *findings]
        if header is None:
            return None, findings
        return _read_large(sheet, header, findings, bulk_from) or _read_rows(sheet, header, findings)
    except BrokenRows as broken:
        return None, [broken.finding]


def _read_large(
    sheet: FileRows, header: Header, findings: list[Finding], bulk_from: int
) -> tuple[RatingTable, list[Finding]] | None:
    """Read a large text of regular shape by pyarrow, where it is installed."""
    if sheet.text is None or len(sheet.text.data) < bulk_from:
        return None
    from hiringkit.exchange.arrow import have_bulk, read_regular_csv  # noqa: PLC0415 - few files are so large

    table = read_regular_csv(sheet.text, header, sheet.header) if have_bulk() else None
    if table is None:
        return None
    columns, line = table
    locate = _locating(sheet, header, line)
    return parse_table(columns, line, source=sheet.source, locate=locate, findings=findings)


def _read_rows(sheet: FileRows, header: Header, findings: list[Finding]) -> tuple[RatingTable | None, list[Finding]]:
    coders = {name: Coder() for name in header.index}
    places = [(coder, header.index[name]) for name, coder in coders.items()]
    line, misshapen = array("q"), FindingList()
    try:
        for row in sheet.rows:
            if len(row.cells) != len(header.names):
                misshapen.add(wrong_length(row, len(header.names), sheet.source))
                continue
            line.append(row.line)
            for coder, place in places:
                coder.add(row.cells[place])
    except BrokenRows as broken:
        return None, [*findings, broken.finding]
    found = [*findings, *misshapen.in_order()]
    return parse_table(
        {name: coder.column() for name, coder in coders.items()},
        line,
        source=sheet.source,
        locate=_locating(sheet, header, line),
        findings=found if line or misshapen.in_order() else [*found, no_rows(sheet.source)],
    )


def _locating(sheet: FileRows, header: Header, line: Sequence[int]) -> Locate:
    """Return what finds cells by their row and column."""

    def locate(cells: Sequence[Cell]) -> Mapping[Cell, Location]:
        wanted: dict[int, set[int]] = {}
        for row, name in cells:
            wanted.setdefault(line[row], set()).add(header.index[name])
        found = sheet.locate(wanted)
        return {(row, name): found[line[row], header.index[name]] for row, name in cells}

    return locate


def _format_of(path: str) -> str:
    ending = PurePath(path).suffix.lower()
    if ending not in _FORMATS:
        raise UsageProblem(
            Sentence("{name!r} does not say by its ending what it is").format(name=PurePath(path).name),
            hint=Sentence("endings: {names}").format(names=", ".join(_FORMATS)),
        )
    return _FORMATS[ending]
