"""A report as CSV after RFC 4180, with line feeds: one table, harmless in a spreadsheet."""

import csv
import io
from collections.abc import Iterator

from hiringkit.report.model import Cell, Number, Report, Span, Table, write_cell, write_number
from hiringkit.text.clean import guard_formula

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def render_csv(report: Report, *, excel: bool = False) -> str:
    """Return the report's flat table; a column of intervals becomes two, `key_low` and `key_high`.

    Args:
        report: What to write.
        excel: Whether to begin with the mark by which Excel knows UTF-8.
    """
    table = report.flat
    spans = _spans(table)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([guard_formula(key) for key in _keys(table, spans)])
    writer.writerows(
        [text for i, cell in enumerate(row) for text in _write(cell, span=i in spans)] for row in table.rows
    )
    return (BOM if excel else "") + out.getvalue()


def _spans(table: Table) -> set[int]:
    """Find the columns that hold intervals."""
    return {i for i in range(len(table.columns)) if any(isinstance(row[i], Span) for row in table.rows)}


def _keys(table: Table, spans: set[int]) -> Iterator[str]:
    for i, column in enumerate(table.columns):
        yield from (f"{column.key}_low", f"{column.key}_high") if i in spans else (column.key,)


def _write(cell: Cell, *, span: bool) -> list[str]:
    if isinstance(cell, Span):
        low, high = cell.interval or (None, None)
        return [write_number(low), write_number(high)]
    text = write_cell(cell)
    return [text if isinstance(cell, Number) else guard_formula(text), *([""] if span else [])]
