"""Rating files as delimited text, read by the standard library: every fault found, for files of any shape."""

from array import array
from collections.abc import Iterator, Mapping, Sequence

from hiringkit.domain.finding import Finding, Location
from hiringkit.exchange.csvrows import BrokenRows, Delimited, Row, find_cells, read_rows, wrong_length
from hiringkit.exchange.findinglist import FindingList
from hiringkit.exchange.header import Header, check_header
from hiringkit.exchange.rawtable import OPTIONAL, REQUIRED, Cell, Coder, RawTable
from hiringkit.exchange.source import decode, text_lines


def read_csv(file: Delimited) -> tuple[RawTable | None, list[Finding]]:
    """Read delimited text; None where it is not a table with the columns that ratings need."""
    text, findings = decode(file.data, file.source)
    if findings:
        return None, findings
    rows = read_rows(text, file.delimiter, file.source)
    try:
        header, findings = rating_header(next(rows), file.source)
        if header is None:
            return None, findings
        raw, more = _read_rows(rows, header, file)
    except BrokenRows as broken:
        return None, [*findings, broken.finding]
    return raw, findings + more


def rating_header(row: Row, source: str) -> tuple[Header | None, list[Finding]]:
    """Check the first row of a rating file."""
    return check_header(row.cells, required=REQUIRED, optional=OPTIONAL, source=source, line=row.line)


def locate_cells(
    file: Delimited, header: Header, line: Sequence[int], cells: Sequence[Cell]
) -> Mapping[Cell, Location]:
    """Find the line and column on which cells stand, given the line of each row."""
    wanted: dict[int, set[int]] = {}
    for row, name in cells:
        wanted.setdefault(line[row], set()).add(header.index[name])
    found = find_cells(text_lines(file.data), file.delimiter, wanted)
    return {(row, name): Location(file.source, *found[line[row], header.index[name]]) for row, name in cells}


def _read_rows(rows: Iterator[Row], header: Header, file: Delimited) -> tuple[RawTable, list[Finding]]:
    coders = {name: Coder() for name in header.index}
    places = [(coder, header.index[name]) for name, coder in coders.items()]
    line, misshapen = array("q"), FindingList()
    for row in rows:
        if len(row.cells) != len(header.names):
            misshapen.add(wrong_length(row, len(header.names), file.source))
            continue
        line.append(row.line)
        for coder, place in places:
            coder.add(row.cells[place])
    columns = {name: coder.column() for name, coder in coders.items()}
    raw = RawTable(file.source, columns, line, lambda cells: locate_cells(file, header, line, cells))
    return raw, misshapen.in_order()
