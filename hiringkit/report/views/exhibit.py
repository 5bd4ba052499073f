"""Exhibits: what a candidate is given to read."""

from collections.abc import Mapping, Sequence
from typing import Any

from hiringkit.domain.question import Exhibit, ExhibitTable
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Notes, Report, Table, plain
from hiringkit.report.page import PageBlock, PageSection
from hiringkit.text.clean import clean_line


def exhibits_report(question_id: str, exhibits: Sequence[Exhibit], language: str) -> Report:
    """Hand over a question's exhibits, and nothing else of the question but, to programs, its id."""
    page: tuple[PageBlock, ...]
    if len(exhibits) == 1:
        page = blocks = _content(exhibits[0], language)
    else:
        blocks = tuple(block for each in exhibits for block in exhibit_blocks(each, language))
        page = tuple(PageSection(each.title.in_language(language), _content(each, language)) for each in exhibits)
    return Report(
        title=exhibits_title(exhibits, language),
        blocks=blocks,
        page=page,
        document={
            "schema": "hiringkit/exhibits/1",
            "question": question_id,
            "exhibits": [plain(each) for each in exhibits],
        },
    )


def exhibits_title(exhibits: Sequence[Exhibit], language: str) -> str:
    """Return what stands above exhibits that a candidate reads."""
    return exhibits[0].title.in_language(language) if len(exhibits) == 1 else _("For you to read")


def exhibit_values(exhibits: Sequence[Exhibit], language: str) -> list[Mapping[str, Any]]:
    """Return what a template shows of exhibits."""
    return [
        {
            "title": each.title.in_language(language),
            "lines": exhibit_lines(each, language),
            "rows": exhibit_rows(each.table, language) if each.table else [],
        }
        for each in exhibits
    ]


def exhibit_blocks(exhibit: Exhibit, language: str) -> tuple[Block, ...]:
    """Show an exhibit: its text, then its table, under its title."""
    title = exhibit.title.in_language(language)
    if exhibit.table and not exhibit.text:
        return (_table(exhibit.table, language, title),)
    return (Notes((title,)), *_content(exhibit, language))


def _content(exhibit: Exhibit, language: str) -> tuple[Block, ...]:
    text = (Notes(tuple(exhibit_lines(exhibit, language))),) if exhibit.text else ()
    return (*text, _table(exhibit.table, language)) if exhibit.table else text


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
