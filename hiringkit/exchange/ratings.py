"""Rating files of every format: CSV, TSV, JSON lines, JSON, Parquet."""

from pathlib import PurePath
from typing import BinaryIO

from hiringkit.domain.finding import Finding
from hiringkit.domain.rating_table import RatingTable
from hiringkit.errors import UsageProblem
from hiringkit.exchange.text_files import STDIN, Delimited, read_bytes, read_csv
from hiringkit.text.sentence import Sentence

BULK_FROM = 5_000_000
"""Bytes of delimited text from which pyarrow reads it, where it is installed."""

_FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
}
_STDIN_FORMAT = "csv"
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
        path: The file, its format told by its ending; `-` is standard input, as CSV, or as JSON where it begins with
            `{`, unless told.
        stdin: Standard input, if not the process's.
        format: csv, tsv, jsonl, json or parquet, whatever the ending.
        bulk_from: Bytes from which pyarrow reads delimited text.

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
    return _read(data, path, chosen, bulk_from)


def _read(data: bytes, source: str, chosen: str, bulk_from: int) -> tuple[RatingTable | None, list[Finding]]:
    """Read by the reader of the format, which is imported only if it is wanted."""
    if chosen == "parquet":
        from hiringkit.exchange.arrow import read_parquet  # noqa: PLC0415 - few files are

        return read_parquet(data, source)
    if chosen in {"jsonl", "json"}:
        from hiringkit.exchange.jsonlines import read_json, read_json_lines  # noqa: PLC0415 - few files are

        return (read_json if chosen == "json" else read_json_lines)(data, source)
    file = Delimited(source, data, _DELIMITERS[chosen])
    if len(data) < bulk_from:
        return read_csv(file)
    from hiringkit.exchange.arrow import have_bulk, read_regular_csv  # noqa: PLC0415 - few files are so large

    regular = read_regular_csv(file) if have_bulk() else None
    return regular or read_csv(file)


def _format_of(path: str) -> str:
    ending = PurePath(path).suffix.lower()
    if ending not in _FORMATS:
        raise UsageProblem(
            Sentence("{name!r} does not say by its ending what it is").format(name=PurePath(path).name),
            hint=Sentence("endings: {names}").format(names=", ".join(_FORMATS)),
        )
    return _FORMATS[ending]
