"""A few figures as bars of plain signs, or as a line in SVG."""

from collections.abc import Iterator
from itertools import groupby

from attrs import frozen

from hiringkit.locale import _
from hiringkit.report.model import Chart, Column, Number, Table, Word
from hiringkit.report.values import show_cell

_BAR = 20
_WIDTH, _HEIGHT = 640, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 48, 24, 32
_LINES = 4
"""Steps between the lines behind the chart, at the most."""


def bar_table(chart: Chart) -> Table:
    """Return the figures with a bar each; no sign of it is of doubtful width in any terminal."""
    columns = (Column("name", _("Which")), Column("value", _("Value")), Column("bar", ""))
    rows = tuple((name, Number(value, chart.digits), Word(_bar(chart, value))) for name, value in chart.points)
    return Table(columns, rows)


def _bar(chart: Chart, value: float | None) -> str:
    if value is None:
        return "." * _BAR
    full = round(_BAR * _share(chart, value))
    return "=" * full + "." * (_BAR - full)


def _share(chart: Chart, value: float) -> float:
    return min(max((value - chart.low) / (chart.high - chart.low), 0.0), 1.0)


@frozen
class ChartPoint:
    """A figure's place in the drawing, with what is written at it."""

    x: float
    y: float
    name: str
    value: str


@frozen
class Drawing:
    """What a template needs to draw a chart: numbers of ours, and names that it escapes."""

    width: int
    height: int
    points: tuple[ChartPoint, ...]
    """Those with a figure."""
    paths: tuple[str, ...]
    """Lines through neighbours that both have a figure."""
    lines: tuple[tuple[float, str], ...]
    """Heights of the lines behind, with what is written at them."""
    left: int = _LEFT
    right: int = _WIDTH - _RIGHT


def draw(chart: Chart) -> Drawing:
    """Place a chart's figures."""
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(chart.points) - 1, 1)
    placed = [(_LEFT + n * step, name, value) for n, (name, value) in enumerate(chart.points)]
    found = [
        ChartPoint(round(x, 1), _height(chart, v), name, _shown(chart, v)) for x, name, v in placed if v is not None
    ]
    return Drawing(_WIDTH, _HEIGHT, tuple(found), tuple(_paths(chart, placed)), tuple(_behind(chart)))


def _paths(chart: Chart, placed: list[tuple[float, str, float | None]]) -> Iterator[str]:
    for there, run in groupby(placed, key=lambda each: each[2] is not None):
        if there:
            yield " ".join(f"{x:.1f},{_height(chart, value)}" for x, _name, value in run if value is not None)


def _behind(chart: Chart) -> Iterator[tuple[float, str]]:
    whole = float(chart.high - chart.low).is_integer() and chart.high - chart.low <= 2 * _LINES
    steps = int(chart.high - chart.low) if whole else _LINES
    for n in range(steps + 1):
        value = chart.low + n * (chart.high - chart.low) / steps
        yield _height(chart, value), f"{value:g}"


def _height(chart: Chart, value: float) -> float:
    return round(_HEIGHT - _BOTTOM - _share(chart, value) * (_HEIGHT - _TOP - _BOTTOM), 1)


def _shown(chart: Chart, value: float) -> str:
    return show_cell(Number(value, chart.digits))
