"""A report as Markdown, with nothing in it that Markdown or HTML would obey."""

import re

from hiringkit.locale import _
from hiringkit.report.model import (
    Block,
    Cell,
    Chart,
    Facts,
    Lines,
    Notes,
    Number,
    Report,
    Table,
    rows_left_out,
    show_cell,
)
from hiringkit.report.render.bars import bar_table
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.language import LANGUAGES

_SIGNS = re.compile(
    r"""
    [`\[\]]                              # code, links and images
    | \\(?=[!-/:-@\[-`{-~]|$)            # a backslash that would swallow the sign after it
    | &(?=\#?\w+;)                       # an entity
    | <(?=[A-Za-z/!?])                   # a tag
    | \*(?!(?<=\s\*)(?:\s|$))            # emphasis: not a star on its own between blanks
    | (?<![^\W_])_ | _(?![^\W_])         # emphasis: not an underscore within a word
    """,
    re.VERBOSE,
)
_ENTITIES = {"&": "&amp;", "<": "&lt;"}
_START = re.compile(r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|[-+](?=\s|$)|(?:=+|-+)$|\#{1,6}(?=\s|$)|>|-(?=[\s-]*$)")


def render_markdown(report: Report, *, language: str = "en") -> str:
    """Return the report with pipe tables."""
    parts = [f"# {escape(report.title)}"] if report.title else []
    for block in report.blocks:
        parts += _block(block, _colon(language))
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Return a text on one line, as itself wherever Markdown or HTML is read, and with no sign more than that takes.

    What people paste into a chat or a job board is often shown as it is: an address or a link stays one.
    """
    line = escape_inline(text)
    start = _START.match(line)
    if not start:
        return line
    # a line that begins like a heading, a quotation or an item of a list would become one
    number = start["number"]
    return rf"{number}\{line[start.end() :]}" if number else rf"\{line}"


def escape_inline(text: str) -> str:
    """Return a text on one line, for a place where no line begins."""
    line = _SIGNS.sub(lambda found: _ENTITIES.get(found[0]) or rf"\{found[0]}", clean_line(text))
    # one tilde is a tilde; two of them may strike out what is between
    return line.replace("~", r"\~") if line.count("~") > 1 else line


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
            return [*heading, "\n".join(map(_item, block.sentences))]
        case Lines():
            return [*heading, "\n".join(f"- {escape(line)}" for line in block.lines)]
        case Chart():
            return [*heading, _table(bar_table(block))]


def _item(sentence: str) -> str:
    """Write an item of a list; one that begins with a box is a task, which programs let one tick."""
    box = sentence[:4] if sentence.startswith(("[ ] ", "[x] ")) else ""
    return f"- {box}{escape(sentence.removeprefix(box))}"


def _table(table: Table) -> str:
    aligned = ["--:" if _is_numeric(cells) else "---" for cells in zip(*table.rows, strict=True)]
    rows = [[_in_cell(escape_inline(column.title)) for column in table.columns], aligned]
    rows += [[_in_cell(_value(cell)) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _in_cell(escaped: str) -> str:
    """Escape what would end a cell of a table."""
    return escaped.replace("|", r"\|")


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
