"""Figures as bars of plain signs, for a terminal and for Markdown."""

from hiringkit.locale import _
from hiringkit.report.model import Chart, Column, Number, Table, Word

_BAR = 20


def bar_table(chart: Chart) -> Table:
    """Return the figures with a bar each; no sign of it is of doubtful width in any terminal."""
    columns = (Column("name", _("Which")), Column("value", _("Value")), Column("bar", ""))
    rows = tuple((name, Number(value, chart.digits), Word(_bar(chart, value))) for name, value in chart.points)
    return Table(columns, rows)


def _bar(chart: Chart, value: float | None) -> str:
    if value is None:
        return "." * _BAR
    full = round(_BAR * min(max((value - chart.low) / (chart.high - chart.low), 0.0), 1.0))
    return "=" * full + "." * (_BAR - full)
