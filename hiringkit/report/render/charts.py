"""Charts in SVG: rows of text over a track.

There is no viewBox: widths are per cents and heights pixels, so that text keeps its size from 320 to 1400 px and on
paper. Each chart has a title and a description with all its figures; no sign is told by colour alone.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from markupsafe import Markup

from hiringkit.report.model import Chart, Number, show_cell
from hiringkit.report.page import BarRow, Bars, Chances, Dots, Drawing, Forest, ForestRow, QuestionBlocks
from hiringkit.text.cells import cut
from hiringkit.text.clean import clean_line

_NAME = 44
"""Cells of a name; what is longer is cut, and stands in full in the description."""
_HOLDS_WORDS = 0.5
"""Share of the width from which on a bar holds a name."""
_IN_BAR, _BELOW = 16, 14
"""Cells of a name in a bar, or beside another below one."""
_MOST_TICKS = 6

Place = Callable[[float], str]


def draw(drawing: Drawing | Chart, chart_id: str) -> Markup:
    """Return a drawing as an `svg` element.

    Args:
        drawing: What to draw.
        chart_id: Unique on the page.
    """
    match drawing:
        case Forest():
            return _forest(drawing, chart_id)
        case Chances():
            return _chances(drawing, chart_id)
        case Dots():
            return _dots(drawing, chart_id)
        case QuestionBlocks():
            return _question_blocks(drawing, chart_id)
        case Bars():
            return _bars(drawing, chart_id)
        case Chart():
            return _line(drawing, chart_id)


def _svg(chart_id: str, height: int, title: str, told: Iterable[str], parts: Iterable[Markup]) -> Markup:
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{id}-t {id}-d" width="100%" height="{height}">'
        '<title id="{id}-t">{title}</title><desc id="{id}-d">{told}</desc>{parts}</svg>'
    ).format(
        id=chart_id,
        height=height,
        title=clean_line(title),
        told="; ".join(map(clean_line, told)),
        parts=Markup().join(parts),
    )


def _scale(low: float, high: float, margin: float = 1.5) -> Place:
    """Return where a value stands, in per cent of the width; what is off the scale stands at its end."""

    def place(value: float) -> str:
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        return f"{margin + share * (100 - 2 * margin):.2f}".rstrip("0").rstrip(".") + "%"

    return place


def _text(x: str, y: float, words: str, style: str = "", *, anchor: str = "") -> Markup:
    return Markup('<text x="{}" y="{:g}"{}{}>{}</text>').format(
        x,
        y,
        Markup(' class="{}"').format(style) if style else "",
        Markup(' text-anchor="{}"').format(anchor) if anchor else "",
        clean_line(words),
    )


def _line_at(style: str, x1: str, x2: str, y1: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="{:g}" y2="{:g}"/>').format(style, x1, x2, y1, y2)


def _names(y: int, name: str, note: str, right: str, far_right: str = "") -> Markup:
    """Write the line above a track; a name too long ends where the figures begin."""
    return Markup(
        '<svg x="0" y="{top}" width="60%" height="22" overflow="hidden"><text x="0" y="15"><tspan class="strong">{name}'
        '</tspan><tspan class="second note" dx="8">{note}</tspan></text></svg>'
        '<text x="100%" y="{y}" text-anchor="end"><tspan class="strong">{right}</tspan>{far}</text>'
    ).format(
        top=y,
        y=y + 15,
        name=cut(clean_line(name), _NAME),
        note=clean_line(note),
        right=clean_line(right),
        far=Markup('<tspan class="second"{}>{}</tspan>').format(
            Markup(' dx="9"') if right else "", clean_line(far_right)
        ),
    )


_TOP, _ROW = 26, 60


def _forest(forest: Forest, chart_id: str) -> Markup:
    x = _scale(forest.low, forest.high)
    top = _TOP if forest.lines or any(forest.ends) else 4
    parts = [_text(x(value), 12, words, "small", anchor="middle") for value, words in forest.lines]
    if any(forest.ends):
        parts += [_text("0", 12, forest.ends[0], "small"), _text("100%", 12, forest.ends[1], "small", anchor="end")]
    parts += [_forest_row(forest, row, x, top + n * _ROW) for n, row in enumerate(forest.rows)]
    parts += _ticks(forest.ticks, x, top + _ROW * len(forest.rows) + 14)
    told = (" ".join(filter(None, (row.name, row.note, row.shown, row.reach))) for row in forest.rows)
    return _svg(chart_id, top + _ROW * len(forest.rows) + (24 if forest.ticks else 0), forest.title, told, parts)


def _forest_row(forest: Forest, row: ForestRow, x: Place, y: int) -> Markup:
    middle = y + 38
    parts = [
        _names(y, row.name, row.note, row.shown, row.reach),
        Markup('<rect class="track" x="0" y="{}" width="100%" height="26" rx="4"/>').format(y + 25),
        *(_line_at("grid", x(value), x(value), y + 25, y + 51) for value, _words in forest.ticks),
    ]
    if forest.zero is not None:
        parts.append(_line_at("axis", x(forest.zero), x(forest.zero), y + 25, y + 51))
    parts += [_line_at("limit", x(value), x(value), y + 21, y + 55) for value, _words in forest.lines]
    if row.bar is not None:
        parts.append(_line_at("bar", x(row.bar), x(row.bar), y + 21, y + 55))
    if row.interval is not None:
        low, high = row.interval
        ends = x(forest.low if low is None else low), x(forest.high if high is None else high)
        parts.append(_line_at("interval", *ends, middle, middle))
    if row.plain is not None:
        parts.append(_shape(x(row.plain), middle, "other", "M0-6 6 0 0 6-6 0z"))
    if row.value is not None and row.out:
        parts.append(_shape(x(row.value), middle, "point", "M-6-6H6V6H-6zM-4-4 4 4M4-4-4 4"))
    elif row.value is not None:
        parts.append(Markup('<circle class="point" cx="{}" cy="{}" r="6.5"/>').format(x(row.value), middle))
    style = Markup(' class="out"') if row.out else ""
    return Markup("<g{}>{}</g>").format(style, Markup().join(parts))


def _shape(x: str, y: float, style: str, path: str) -> Markup:
    return Markup('<svg x="{}" y="{:g}" overflow="visible"><path class="{}" d="{}"/></svg>').format(x, y, style, path)


def _ticks(ticks: Sequence[tuple[float, str]], x: Place, y: int) -> Iterable[Markup]:
    """Write what stands below: a level's number, and beside it what it means as long as there is room."""
    for n, (value, words) in enumerate(ticks):
        number, _bar, meaning = clean_line(words).partition("|")
        more = Markup('<tspan dx="4" class="roomy">{}</tspan>').format(meaning) if meaning else ""
        at, anchor = x(value), "middle"
        if n == 0 and len(ticks) > 1:
            at, anchor = "0", "start"
        elif n == len(ticks) - 1 and n:
            at, anchor = "100%", "end"
        yield Markup('<text class="small" x="{}" y="{}" text-anchor="{}">{}{}</text>').format(
            at, y, anchor, number, more
        )


def _chances(chances: Chances, chart_id: str) -> Markup:
    stripes = Markup(
        '<defs><pattern id="{}-p" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path d="M0 0V6" stroke="currentColor" stroke-width="3" opacity=".55"/></pattern></defs>'
    ).format(chart_id)
    parts = [stripes, Markup('<rect class="track" x="0" y="24" width="100%" height="34" rx="4"/>')]
    at = 0.0
    for n, (_name, _shown, share) in enumerate(chances.parts[:2]):
        fill = Markup('fill="url(#{}-p)"').format(chart_id) if n else Markup('class="full"')
        parts.append(
            Markup('<rect {} x="{:.2f}%" y="24" width="{:.2f}%" height="34"/>').format(fill, 100 * at, 100 * share)
        )
        at += share
    (first, shown, share), *others = chances.parts
    wide = share > _HOLDS_WORDS
    words = f"{cut(clean_line(first), _IN_BAR if wide else _BELOW)} {shown}"
    parts.append(_text("12", 46, words, "on strong") if wide else _text("0", 79, words, "strong"))
    if others:
        parts.append(
            _text("100%", 79, f"{cut(clean_line(others[0][0]), _BELOW)} {others[0][1]}", "second", anchor="end")
        )
    asked = f"{100 * chances.asked:g}%"
    parts += [
        _line_at("bar", asked, asked, 17, 63),
        _text(asked, 12, chances.asked_words, "strong", anchor="end"),
    ]
    told = (*(f"{name} {shown}" for name, shown, _share in chances.parts), chances.asked_words)
    return _svg(chart_id, 84, chances.title, told, parts)


def _dots(dots: Dots, chart_id: str) -> Markup:
    x = _scale(dots.low, dots.high, 6)
    shares = [(value - dots.low) / (dots.high - dots.low) for _name, value in dots.marks]
    # names of marks that are close together stand on lines of their own
    step = 16 if max(shares) - min(shares) < _ROOM else 0
    y = 32 + step * (len(dots.marks) - 1)
    parts = [_line_at("axis", x(dots.low), x(dots.high), y, y)]
    for value in _whole_steps(dots.low, dots.high):
        parts += [
            _line_at("axis", x(value), x(value), y - 4, y + 4),
            _text(x(value), y + 24, f"{value:g}", "small", anchor="middle"),
        ]
    parts.append(_line_at("path", x(dots.marks[0][1]), x(dots.marks[-1][1]), y, y))
    for n, ((name, value), share) in enumerate(zip(dots.marks, shares, strict=True)):
        mark = (
            Markup('<circle class="point" cx="{}" cy="{}" r="8"/>').format(x(value), y)
            if n
            else _shape(x(value), y, "other", "M-7-7H7V7H-7z")
        )
        # towards an end of the scale a name begins or ends with the drawing
        anchor = "start" if share < _NEAR_END else "end" if share > 1 - _NEAR_END else "middle"
        at = {"start": "0", "end": "100%"}.get(anchor, x(value))
        parts += [mark, _text(at, 14 + step * n, cut(clean_line(name), _LABEL), "strong", anchor=anchor)]
    told = (f"{name} {value:g}" for name, value in dots.marks)
    return _svg(chart_id, y + 28, dots.title, told, parts)


_ROOM = 0.45
"""Share of the scale between two marks that leaves room for both names on one line."""
_NEAR_END = 0.2
_LABEL = 22
"""Cells of a name above a mark."""


def _whole_steps(low: float, high: float) -> list[float]:
    """Return the places of a few numbers on a scale, its ends among them."""
    step = max(1, round((high - low) / _MOST_TICKS))
    steps = [low + n * step for n in range(int((high - low) / step) + 1)]
    return steps if steps[-1] == high else [*steps, high]


def _question_blocks(blocks: QuestionBlocks, chart_id: str) -> Markup:
    count = max(len(signs) for _name, _note, signs in blocks.rows)
    width = 100 / max(count, 1)
    each = f"{width - 0.7:.2f}%"
    frame = Markup('<rect y="1" width="{}" height="16" fill="none" stroke="currentColor" stroke-width="2"/>').format(
        each
    )
    shapes = {
        "2": Markup('<rect width="{}" height="18" fill="currentColor"/>').format(each),
        "1": Markup('<g>{}<rect y="9" width="{}" height="9" fill="currentColor"/></g>').format(frame, each),
        "x": Markup(
            '<g>{}<svg x="{:.2f}%" y="9" overflow="visible"><path d="M-4-4 4 4M4-4-4 4" fill="none" '
            'stroke="currentColor" stroke-width="2"/></svg></g>'
        ).format(frame, width / 2 - 0.35),
        "0": Markup(
            '<rect y=".5" width="{}" height="17" fill="none" stroke="currentColor" stroke-dasharray="3 3"/>'
        ).format(each),
    }
    parts = [
        Markup("<defs>{}</defs>").format(
            Markup().join(
                Markup('<g id="{}-{}">{}</g>').format(chart_id, sign, shape) for sign, shape in shapes.items()
            )
        )
    ]
    for n, (name, note, signs) in enumerate(blocks.rows):
        y = n * 54
        uses = (
            Markup('<use href="#{}-{}" x="{:.2f}%" y="{}"/>').format(chart_id, sign, k * width + 0.35, y + 24)
            for k, sign in enumerate(signs)
        )
        parts += [_names(y, name, "", "", note), Markup('<g class="accent">{}</g>').format(Markup().join(uses))]
    told = (f"{name}: {note}" for name, note, _signs in blocks.rows)
    return _svg(chart_id, len(blocks.rows) * 54 - 8, blocks.title, told, parts)


def _bars(bars: Bars, chart_id: str) -> Markup:
    x = _scale(bars.low, bars.high, 0)
    parts = [_bar_row(row, x, n * 46) for n, row in enumerate(bars.rows)]
    told = (" ".join(filter(None, (row.name, row.note, row.shown))) for row in bars.rows)
    return _svg(chart_id, len(bars.rows) * 46, bars.title, told, parts)


def _bar_row(row: BarRow, x: Place, y: int) -> Markup:
    parts = [_names(y, row.name, row.note, row.shown)]
    if row.value is None:
        parts.append(Markup('<rect class="missing" x=".5" y="{}" width="99.8%" height="13" rx="3"/>').format(y + 25.5))
    else:
        style = "full" if row.proven else "claim"
        parts += [
            Markup('<rect class="track" x="0" y="{}" width="100%" height="14" rx="3"/>').format(y + 25),
            Markup('<rect class="{}" x="0" y="{}" width="{}" height="14" rx="3"/>').format(style, y + 25, x(row.value)),
        ]
    if row.bar is not None:
        parts.append(_line_at("bar", x(row.bar), x(row.bar), y + 21, y + 43))
    return Markup().join(parts)


_TALL, _HEAD, _FOOT = 200, 24, 32


def _line(chart: Chart, chart_id: str) -> Markup:
    """Draw figures in their order, joined where neighbours both have one."""
    y = _scale(chart.low, chart.high, 0)
    x = _scale(0, max(len(chart.points) - 1, 1), 8)

    def height(value: float) -> float:
        return _HEAD + (1 - float(y(value)[:-1]) / 100) * (_TALL - _HEAD - _FOOT)

    parts: list[Markup] = []
    for value in _whole_steps(chart.low, chart.high):
        parts += [
            _line_at("grid", "6%", "100%", height(value), height(value)),
            _text("0", height(value) + 4, f"{value:g}", "small"),
        ]
    numbered = [(n, name, value) for n, (name, value) in enumerate(chart.points)]
    parts += [
        Markup('<line class="path" x1="{}" x2="{}" y1="{:g}" y2="{:g}"/>').format(
            x(a), x(b), height(left), height(right)
        )
        for (a, _name, left), (b, _next, right) in pairwise(numbered)
        if left is not None and right is not None
    ]
    for n, _name, drawn in numbered:
        if drawn is not None:
            shown = show_cell(Number(drawn, chart.digits))
            parts += [
                Markup('<circle class="point" cx="{}" cy="{:g}" r="5"/>').format(x(n), height(drawn)),
                _text(x(n), height(drawn) - 11, shown, "strong", anchor="middle"),
            ]
    if chart.points:
        parts.append(_text("6%", _TALL - 6, cut(clean_line(chart.points[0][0]), 20), "small"))
    if len(chart.points) > 1:
        parts.append(_text("100%", _TALL - 6, cut(clean_line(chart.points[-1][0]), 20), "small", anchor="end"))
    told = (f"{name}: {show_cell(Number(value, chart.digits))}" for name, value in chart.points)
    return _svg(chart_id, _TALL, chart.caption, told, parts)
