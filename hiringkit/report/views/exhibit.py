"""Exhibits: what a candidate is given to read, and the marking guide that only the interviewer sees."""

from hiringkit.domain.question import Exhibit, ExhibitTable, Question
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Notes, Report, Table, plain
from hiringkit.text.clean import clean_line


def exhibits_report(question: Question, language: str) -> Report:
    """Show what a candidate is given with a question, and nothing that helps the interviewer."""
    first = question.exhibits[0]
    one = len(question.exhibits) == 1
    tables = [each.table for each in question.exhibits if each.table]
    return Report(
        title=first.title.in_language(language) if one else _("For the candidate"),
        blocks=tuple(
            block for each in question.exhibits for block in exhibit_blocks(each, language, captioned=not one)
        ),
        document={
            "schema": "hiringkit/exhibits/1",
            "question": question.id,
            "exhibits": plain(question.exhibits),
        },
        data=_table(tables[0], language) if tables else Table((Column("text", _("Text")),), _lines(question, language)),
    )


def exhibit_blocks(exhibit: Exhibit, language: str, *, captioned: bool = True) -> tuple[Block, ...]:
    """Show an exhibit: its text, then its table, under its title."""
    caption = exhibit.title.in_language(language) if captioned else ""
    text = Notes(tuple(exhibit_lines(exhibit, language)), "")
    table = _table(exhibit.table, language, caption) if exhibit.table else None
    if not exhibit.text:
        return (table,) if table else ()
    headed = (Notes((exhibit.title.in_language(language),)), text) if captioned else (text,)
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


def _lines(question: Question, language: str) -> tuple[tuple[Cell, ...], ...]:
    return tuple((line,) for each in question.exhibits for line in exhibit_lines(each, language))
