"""Exhibits: what a candidate is given to read."""

from hiringkit.domain.question import Exhibit, ExhibitTable
from hiringkit.report.model import Block, Cell, Column, Notes, Table
from hiringkit.text.clean import clean_line


def exhibit_blocks(exhibit: Exhibit, language: str) -> tuple[Block, ...]:
    """Show an exhibit: its text, then its table, under its title."""
    title = exhibit.title.in_language(language)
    if not exhibit.text:
        return (_table(exhibit.table, language, title),) if exhibit.table else ()
    headed = (Notes((title,)), Notes(tuple(exhibit_lines(exhibit, language))))
    return (*headed, _table(exhibit.table, language)) if exhibit.table else headed


def exhibit_lines(exhibit: Exhibit, language: str) -> list[str]:
    """Return an exhibit's text by its paragraphs."""
    said = exhibit.text.in_language(language) if exhibit.text else ""
    return [line for line in said.split("\n") if line.strip()]


def exhibit_rows(table: ExhibitTable, language: str) -> list[list[str]]:
    """Return the cells of a table, its heading first, each on one line."""
    return [[clean_line(cell.in_language(language)) for cell in row] for row in (table.columns, *table.rows)]


def exhibit_text(exhibit: Exhibit, language: str) -> str:
    """Return an exhibit as lines: its text, and the rows of its table with bars between the cells."""
    rows = exhibit_rows(exhibit.table, language) if exhibit.table else []
    return "\n".join([*exhibit_lines(exhibit, language), *(" | ".join(row) for row in rows)])


def _table(table: ExhibitTable, language: str, caption: str = "") -> Table:
    head, *rows = exhibit_rows(table, language)
    columns = tuple(Column(title or str(n), title, wrap=True) for n, title in enumerate(head, 1))
    cells: list[tuple[Cell, ...]] = [tuple(row) for row in rows]
    return Table(columns, tuple(cells), caption)
