"""A report as Markdown, with nothing in it that Markdown or HTML would obey."""

import re

from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Chart, Facts, Lines, Notes, Number, Report, Table
from hiringkit.report.render.bars import bar_table
from hiringkit.report.values import rows_left_out, show_cell
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.language import LANGUAGES

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SIGNS = re.compile(r"[&<>]|[\\`*_\[\]|~$#!@]|://|(?<=\bwww)\.")
_START = re.compile(r"([-+=]|\d+(?=[.)]))")


def render_markdown(report: Report, *, language: str = "en") -> str:
    """Return the report with pipe tables."""
    parts = [f"# {escape(report.title)}"] if report.title else []
    for block in report.blocks:
        parts += _block(block, _colon(language))
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Return a text on one line, as itself wherever Markdown or HTML is read."""
    line = escape_inline(text)
    start = _START.match(line)
    if not start:
        return line
    # a line that begins like a list item would become one
    return rf"\{line}" if not start[0].isdigit() else rf"{start[0]}\{line[start.end() :]}"


def escape_inline(text: str) -> str:
    """Return a text on one line, for a place where no line begins."""
    return _SIGNS.sub(_harmless, clean_line(text))


def _harmless(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == "://":
        return ":&#47;&#47;"
    return _ENTITIES.get(sign) or "\\" + sign


def _block(block: Block, colon: str) -> list[str]:
    heading = [f"## {escape(block.caption)}"] if block.caption else []
    match block:
        case Table():
            more = [escape(rows_left_out(block))] if block.more else []
            return [*heading, _table(block) if block.rows else escape(block.empty or _("Nothing to show.")), *more]
        case Facts():
            return [
                *heading,
                "\n".join(f"- **{escape_inline(name)}{colon}**{_beside(cell)}" for name, cell in block.items),
            ]
        case Notes() if not heading:
            return [escape(paragraph) for sentence in block.sentences for paragraph in clean_text(sentence).split("\n")]
        case Notes():
            return [*heading, "\n".join(f"- {escape(sentence)}" for sentence in block.sentences)]
        case Lines():
            return [*heading, "\n".join(f"- {escape(line)}" for line in block.lines)]
        case Chart():
            return [*heading, _table(bar_table(block))]


def _table(table: Table) -> str:
    aligned = ["--:" if _is_numeric(cells) else "---" for cells in zip(*table.rows, strict=True)]
    rows = [[escape_inline(column.title) for column in table.columns], aligned]
    rows += [[_value(cell) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _beside(cell: Cell) -> str:
    """Write the value of a fact: beside its name, several lines as a list below it."""
    lines = clean_text(cell).split("\n") if isinstance(cell, str) else []
    if len(lines) <= 1:
        return f" {_value(cell)}"
    return "".join(f"\n  - {escape(line.removeprefix('- '))}" for line in lines)


def _value(cell: Cell) -> str:
    return escape_inline(show_cell(cell))


def _is_numeric(cells: tuple[Cell, ...]) -> bool:
    return all(isinstance(cell, Number) for cell in cells)


def _colon(language: str) -> str:
    return LANGUAGES[language].colon.strip()
