"""A report for a terminal: headings, tables and facts within its width, in plain signs."""

from rich.cells import cell_len

from hiringkit.domain.text import clean_line, clean_text
from hiringkit.locale import _
from hiringkit.report.cells import cut, pad, wrap, wrap_text
from hiringkit.report.charts import bar_table
from hiringkit.report.layout import NARROWEST
from hiringkit.report.model import Block, Chart, Facts, Lines, Notes, Report, Table, Tone, Word
from hiringkit.report.table import Paint, draw_table
from hiringkit.report.values import rows_left_out, show_lines

_COLOURS = {Tone.GOOD: "32", Tone.BAD: "31", Tone.CAUTION: "33", Tone.QUIET: "2"}
_BOLD = "1"
_LONGEST_NAME = 28


def render_terminal(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """Return the report as lines of at most `width` cells, `Lines` excepted."""
    width = max(width, NARROWEST)
    style = _style if colour else _no_style
    title = wrap(clean_line(report.title), width)
    parts = [[*(style(line, _BOLD) for line in title), "=" * max(map(cell_len, title))]] if report.title else []
    for block in report.blocks:
        heading = [[style(line, _BOLD) for line in wrap(clean_line(block.caption), width)]] if block.caption else []
        parts += [*heading, _block(block, width, lambda text, tone: style(text, _COLOURS[tone]) if tone else text)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _block(block: Block, width: int, paint: Paint) -> list[str]:
    match block:
        case Table():
            return _table(block, width, paint)
        case Facts():
            return _facts(block, width, paint)
        case Notes():
            return _notes(block, width)
        case Lines():
            return [clean_line(line) for line in block.lines]
        case Chart():
            return draw_table(bar_table(block), width, paint)


def _table(table: Table, width: int, paint: Paint) -> list[str]:
    if not table.rows:
        return wrap_text(clean_text(table.empty) or _("Nothing to show."), width)
    more = ["", *wrap(rows_left_out(table), width)] if table.more else []
    return draw_table(table, width, paint) + more


def _facts(facts: Facts, width: int, paint: Paint) -> list[str]:
    items = [(cut(clean_line(name), _LONGEST_NAME), cell) for name, cell in facts.items]
    column = max((cell_len(name) for name, _cell in items), default=0) + 2
    lines = []
    for name, cell in items:
        first, *more = wrap_text(show_lines(cell), width - column)
        lines.append(f"{pad(name, column)}{paint(first, cell.tone if isinstance(cell, Word) else None)}".rstrip())
        lines += [f"{' ' * column}{line}".rstrip() for line in more]
    return lines


def _notes(notes: Notes, width: int) -> list[str]:
    if not notes.caption:
        return [line for sentence in notes.sentences for line in wrap_text(clean_text(sentence), width)]
    lines = []
    for sentence in notes.sentences:
        first, *more = wrap_text(clean_text(sentence), width - 2)
        lines += [f"- {first}", *(f"  {line}".rstrip() for line in more)]
    return lines


def _style(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if text.strip() else text


def _no_style(text: str, code: str) -> str:
    del code
    return text
