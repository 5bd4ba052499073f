"""Large rating files by pyarrow (the `bulk` extra): Parquet, and delimited text of regular shape.

Text of irregular shape is left to the standard library, which says what is wrong with it and where; both
read the same file to the same table.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from csv import field_size_limit
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from attrs import evolve

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import Header, check_header, no_rows
from hiringkit.domain.finding import Finding, Location
from hiringkit.domain.rating_table import COLUMNS, Coded, RatingTable, parse_table
from hiringkit.errors import Refused
from hiringkit.exchange.text_files import Delimited, FileRow
from hiringkit.text.sentence import Sentence

_BLOCK = 1 << 21
"""Bytes that pyarrow takes at once, longer than any row; few stay in the cache until cells are made of them."""


def have_bulk() -> bool:
    """Return whether pyarrow is installed, without importing it."""
    return find_spec("pyarrow") is not None


def read_regular_csv(file: Delimited, header: Header, named: FileRow) -> tuple[dict[str, Coded], Any] | None:
    """Read delimited text whose rows are one line each.

    Args:
        file: In UTF-8, without a mark.
        header: Its columns.
        named: The row that names them.

    Returns:
        The known columns and the line of each row; None where the text is not of that shape.
    """
    if named.line > 1 or any("\n" in cell for cell in named.cells) or not _has_regular_bytes(file.data):
        return None
    table = _read_csv(file, header)
    if table is None or not _has_regular_shape(file.data, table):
        return None
    columns = {name: _raw_column(table.column(place)) for name, place in header.index.items()}
    count = table.num_rows
    del table
    _give_back()
    return columns, range(2, count + 2)


def _give_back() -> None:
    """Give the memory that pyarrow took beside its results back to the system."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    pa.default_memory_pool().release_unused()


def read_parquet(data: bytes, source: str) -> tuple[RatingTable | None, list[Finding]]:
    """Read Parquet.

    Raises:
        Refused: pyarrow is not installed.
    """
    if not have_bulk():
        raise Refused("Parquet needs pyarrow, which is not installed", hint="pip install hiringkit[bulk]")
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return read_row_groups(pa.BufferReader(data), source)


def read_row_groups(
    file: Any, source: str, groups: Sequence[int] | None = None, *, first: int = 1, leave: Collection[str] = ()
) -> tuple[RatingTable | None, list[Finding]]:
    """Read Parquet, or some row groups of it.

    Args:
        file: What pyarrow reads from.
        source: What findings call it.
        groups: Which row groups; None for all.
        first: The number of their first row in the file.
        leave: Columns that are of no use.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    try:
        schema = parquet.read_schema(file)
        file.seek(0)
        opened = parquet.ParquetFile(file, read_dictionary=_texts(schema))
        names = opened.schema_arrow.names
        header, findings = check_header(names, COLUMNS, source=source, line=None)
        if header is None:
            return None, findings
        header = evolve(header, index={name: place for name, place in header.index.items() if name not in leave})
        wanted = [names[place] for place in header.index.values()]
        table = opened.read(columns=wanted) if groups is None else opened.read_row_groups(list(groups), columns=wanted)
    except (pa.ArrowException, OSError) as error:
        return None, [
            Finding(
                Code.NOT_PARQUET,
                Sentence("the file is not Parquet: {first_line}").format(first_line=_first_line(error)),
                location=Location(source),
            )
        ]
    columns, wrong = _parquet_columns(table, header, names, source)
    count = table.num_rows
    del table
    _give_back()
    if wrong:
        return None, findings + wrong
    line = range(first, first + count)
    told = findings if line or findings else [no_rows(source)]
    return parse_table(columns, line, source=source, findings=told)


ROW_GROUP = 200_000
"""Rows that are held until they are written."""


def write_rows(path: Path, columns: Mapping[str, bool], batches: Iterable[Sequence[Sequence[Any]]]) -> int:
    """Write batches of rows to a Parquet file as they come.

    Args:
        path: The file.
        columns: By name, whether it holds truth values; the others hold texts.
        batches: Rows, with an entry for each column.

    Returns:
        How many rows there were.

    Raises:
        Refused: pyarrow is not installed.
    """
    if not have_bulk():
        raise Refused("Parquet needs pyarrow, which is not installed", hint="pip install hiringkit[bulk]")
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    schema = pa.schema([(name, pa.bool_() if truth else pa.string()) for name, truth in columns.items()])
    count, held = 0, list[Sequence[Any]]()
    with parquet.ParquetWriter(path, schema) as writer:
        for batch in batches:
            held += batch
            count += len(batch)
            if len(held) >= ROW_GROUP:
                writer.write_table(_arrow_table(held, schema))
                held = []
        if held or not count:
            writer.write_table(_arrow_table(held, schema))
    return count


def _arrow_table(rows: Sequence[Sequence[Any]], schema: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _parquet_columns(
    table: Any, header: Header, names: Sequence[str], source: str
) -> tuple[dict[str, Coded], list[Finding]]:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    columns, wrong = {}, []
    for name, place in header.index.items():
        column = table.column(names[place])
        try:
            columns[name] = _raw_column(_encoded(column))
        except pa.ArrowException:
            message = Sentence("column {name!r} holds {type}, expected texts or numbers").format(
                name=name, type=column.type
            )
            wrong.append(Finding(Code.COLUMN_TYPE, message, path=name, location=Location(source)))
    return columns, wrong


def _encoded(column: Any) -> Any:
    """Turn a column of any plain type into coded texts, in order of first appearance."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    if not column.null_count and (pa.types.is_dictionary(column.type) or pa.types.is_integer(column.type)):
        return _encoded_codes(column)
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    plain = column.cast(kind).cast(pa.string()).fill_null("")
    return pa.table({"column": plain.dictionary_encode()}).unify_dictionaries().column(0)


def _texts(schema: Any) -> list[str]:
    """Return the columns of text, which are read as codes."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return [field.name for field in schema if pa.types.is_string(field.type)]


def _encoded_codes(column: Any) -> Any:
    """Do so by codes, which are compared faster than the texts that they stand for."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    coded: Any
    chunk: Any
    if not pa.types.is_dictionary(column.type):
        coded = column.combine_chunks().dictionary_encode()
        labels = coded.dictionary.cast(pa.string())
    else:
        chunk = pa.table({"column": column}).unify_dictionaries().column(0).combine_chunks()
        if chunk.dictionary.null_count:
            return _encoded(column.cast(column.type.value_type).cast(pa.string()).fill_null(""))
        coded = chunk.indices.dictionary_encode()
        labels = chunk.dictionary.cast(pa.string()).take(coded.dictionary)
    return pa.chunked_array([pa.DictionaryArray.from_arrays(coded.indices, labels)])


def _read_csv(file: Delimited, header: Header) -> Any:
    """Return the table, a column of codes for each known one; None where pyarrow finds fault with the text."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import csv  # noqa: PLC0415 - an extra

    names = [str(place) for place in range(len(header.names))]
    known = {str(place) for place in header.index.values()}
    coded = pa.dictionary(pa.int32(), pa.string())
    buffer: Any = pa.BufferReader(file.data)
    try:
        return csv.read_csv(
            buffer,
            read_options=csv.ReadOptions(column_names=names, skip_rows=1, block_size=_BLOCK),
            parse_options=csv.ParseOptions(delimiter=file.delimiter, newlines_in_values=b'"' in file.data),
            convert_options=csv.ConvertOptions(
                column_types={name: coded if name in known else pa.string() for name in names},
                strings_can_be_null=False,
            ),
        ).unify_dictionaries()
    except pa.ArrowException:
        return None


def _has_regular_bytes(data: bytes) -> bool:
    """Return whether all lines end alike, in a way every reader knows, and no byte is outside text."""
    if b"\0" in data or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return False
    # a quote that never closes can only be told from the end of the file if that is the end of a line
    return b'"' not in data or data.endswith(b"\n")


def _has_regular_shape(data: bytes, table: Any) -> bool:
    """Return whether each row is one line, so that a row's number gives its line, and no cell is too long."""
    rows = data.count(b"\n") - data.endswith(b"\n")
    if rows != table.num_rows or rows == 0:
        return False
    last = table.slice(rows - 1).to_pylist()[0]
    if any("\n" in cell for cell in last.values()):
        return False
    return max(map(_longest, table.columns)) <= field_size_limit()


def _longest(column: Any) -> int:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.compute as pc  # noqa: PLC0415 - an extra

    cells = column.chunk(0).dictionary if pa.types.is_dictionary(column.type) else column
    return int(pc.max(pc.utf8_length(cells)).as_py())


def _raw_column(column: Any) -> Coded:
    """Hand out a coded column's buffers as they are."""
    chunk = column.combine_chunks()
    codes = memoryview(chunk.indices.buffers()[1]).cast("B")
    start = chunk.indices.offset * 4
    return Coded(codes[start : start + 4 * len(chunk)].cast("i"), chunk.dictionary.to_pylist())


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
