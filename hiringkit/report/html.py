"""A report as a page of its own: no script, no link, nothing from elsewhere, and every text escaped."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from hiringkit.domain.text import clean_line, clean_text
from hiringkit.locale import _
from hiringkit.report.charts import bar_table, draw
from hiringkit.report.model import Block, Cell, Chart, Column, Number, Report, Span, Table, Word
from hiringkit.report.values import show_cell


def render_html(report: Report, *, language: str = "en") -> str:
    """Return the report as a whole page that can be printed, mailed or opened from a disk.

    Args:
        report: What to show.
        language: en or zh: what the page says it is in.
    """
    template = _environment().get_template("report.html")
    page = template.render(
        title=clean_line(report.title),
        blocks=report.blocks,
        language="zh-CN" if language == "zh" else "en",
        nothing=_("Nothing to show."),
    )
    return page if page.endswith("\n") else page + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("hiringkit.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        kind=_kind, shown=_shown, tone=_tone, line=clean_line, text=clean_text, drawn=draw, bars=_without_bars
    )
    environment.tests.update(numeric=_is_numeric)
    return environment


def _kind(block: Block) -> str:
    return type(block).__name__.lower()


def _shown(cell: Cell) -> str:
    return clean_text(cell) if isinstance(cell, str) else show_cell(cell)


def _tone(cell: Cell) -> str:
    return str(cell.tone) if isinstance(cell, Word) and cell.tone else ""


def _is_numeric(cell: Cell) -> bool:
    return isinstance(cell, Number | Span)


def _without_bars(chart: Chart) -> Table:
    """Return the chart's figures for those who cannot see the drawing."""
    table = bar_table(chart)
    columns: tuple[Column, ...] = table.columns[:2]
    return Table(columns, tuple(row[:2] for row in table.rows))
