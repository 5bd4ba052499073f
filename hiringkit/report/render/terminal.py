"""A report for a terminal: headings, tables and facts within its width, in plain signs."""

from collections.abc import Callable, Iterator
from itertools import zip_longest

from attrs import frozen

from hiringkit.locale import _
from hiringkit.report.model import (
    Block,
    Cell,
    Chart,
    Column,
    Facts,
    Lines,
    Notes,
    Number,
    Report,
    Table,
    Tone,
    Word,
    rows_left_out,
    show_cell,
    show_lines,
)
from hiringkit.report.render.bars import bar_table
from hiringkit.text.cells import cell_width, cut, pad, wrap, wrap_text
from hiringkit.text.clean import clean_line, clean_text

GAP = 2
NARROWEST = 40
"""A narrower terminal gets lines of this width: a figure is never cut."""
_HEAD, _HEAD_LINES = 14, 3
_WIDE_HEAD = 8
_TEXT, _WRAPPED = 12, 20


@frozen
class Strip:
    """A column ready to be laid out."""

    title: str
    cells: tuple[str, ...]
    tones: tuple[Tone | None, ...]
    right: bool
    """Whether it is aligned right, as figures are."""
    wrap: bool
    """Whether what is too long goes on below; else it is cut."""
    floor: int
    """The least width it can live with."""
    body: int
    """The width that cuts no cell."""
    natural: int
    """The width that shows the title well too."""


Panel = tuple[tuple[Strip, int], ...]
"""Columns that stand side by side, each with its width."""


def strips(table: Table) -> list[Strip]:
    """Measure the columns of a table that has rows."""
    columns = zip(*table.rows, strict=True)
    return [_strip(column, cells) for column, cells in zip(table.columns, columns, strict=True)]


def panels(columns: list[Strip], width: int) -> list[Panel]:
    """Break columns into panels of at most `width` cells, each beginning with the first column."""
    width = max(width, NARROWEST)
    if fitted := _fit(columns, width):
        return [fitted]
    first, *rest = columns
    groups = _greedy(first, rest, width)
    even = _even(rest, len(groups))
    if all(_fit([first, *group], width) for group in even):
        groups = even
    return [_fit([first, *group], width) or _squeeze([first, *group], width) for group in groups]


def head_lines(title: str, width: int) -> list[str]:
    """Return a column's title on up to three lines, cut with … where it is longer."""
    lines = _words(title, width)
    if len(lines) > _HEAD_LINES:
        lines = [*lines[: _HEAD_LINES - 1], " ".join(lines[_HEAD_LINES - 1 :]) + " …"]
    return [cut(line, width) for line in lines]


def _words(title: str, width: int) -> list[str]:
    """Wrap a title between its words, into lines of about the same length; a word too long stays whole, to be cut."""
    lines = len(_broken(title, width))
    return next(broken for narrow in range(1, width + 1) if len(broken := _broken(title, narrow)) <= lines)


def _broken(title: str, width: int) -> list[str]:
    if not title.isascii():
        return wrap(title, width)
    lines: list[str] = []
    for word in title.split():
        if lines and cell_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _strip(column: Column, cells: tuple[Cell, ...]) -> Strip:
    shown = _align_marks(cells, column)
    right = all(isinstance(cell, Number) for cell in cells)
    title = show_cell(column.title)
    head = max(cell_width(line) for line in head_lines(title, _HEAD))
    body = max(cell_width(line) for text in shown for line in text.split("\n"))
    is_text = any(isinstance(cell, str) for cell in cells)
    least = min(body, _WRAPPED if column.wrap else _TEXT) if is_text else body
    floor = max(least, min(head, _least_head(title)), 1)
    return Strip(
        title=title,
        cells=tuple(shown),
        tones=tuple(cell.tone if isinstance(cell, Word) else None for cell in cells),
        right=right,
        wrap=column.wrap or not is_text,
        floor=floor,
        body=max(floor, body),
        natural=max(head, body),
    )


def _least_head(title: str) -> int:
    """Return the width at which a title still reads: that of its longest word."""
    return max(map(cell_width, title.split()), default=0) if title.isascii() else _WIDE_HEAD


def _align_marks(cells: tuple[Cell, ...], column: Column) -> list[str]:
    """Show cells so that figures with a mark and figures without stand under each other."""
    show = show_lines if column.wrap else show_cell
    widest = max(len(cell.mark) if isinstance(cell, Number) else 0 for cell in cells)
    marked = ((cell, len(cell.mark) if isinstance(cell, Number) else widest) for cell in cells)
    return [show(cell) + " " * (widest - mark) for cell, mark in marked]


def _fit(columns: list[Strip], width: int) -> Panel | None:
    """Give each column its width: what its cells need first, then its title; None if not even the floors fit."""
    widths = [strip.floor for strip in columns]
    spare = width - sum(widths) - GAP * (len(columns) - 1)
    if spare < 0:
        return None
    for wanted in ([strip.body for strip in columns], [strip.natural for strip in columns]):
        spare = _grow(widths, wanted, spare)
    return tuple(zip(columns, widths, strict=True))


def _grow(widths: list[int], wanted: list[int], spare: int) -> int:
    """Widen columns up to what is wanted, the narrowest first; return what is left."""
    while spare and (growing := [i for i, width in enumerate(widths) if width < wanted[i]]):
        widths[min(growing, key=widths.__getitem__)] += 1
        spare -= 1
    return spare


def _greedy(first: Strip, rest: list[Strip], width: int) -> list[list[Strip]]:
    groups: list[list[Strip]] = []
    for strip in rest:
        if groups and _fit([first, *groups[-1], strip], width):
            groups[-1].append(strip)
        else:
            groups.append([strip])
    return groups


def _even(rest: list[Strip], count: int) -> list[list[Strip]]:
    size = -(-len(rest) // count)
    return [rest[i : i + size] for i in range(0, len(rest), size)]


def _squeeze(columns: list[Strip], width: int) -> Panel:
    """Share the width evenly, where a word of ours is nearly as wide as the terminal and has to be broken."""
    half = (width - GAP) // len(columns)
    return tuple((strip, min(strip.floor, half)) for strip in columns)


Paint = Callable[[str, Tone | None], str]


def draw_table(table: Table, width: int, paint: Paint) -> list[str]:
    """Return the lines of a table that has rows, at most `width` cells wide.

    A table that is too wide turns over: the further columns stand below, beside the first one repeated.
    Titles that had to be cut are given in full underneath.
    """
    drawn = panels(strips(table), width)
    lines: list[str] = []
    for panel in drawn:
        lines += ["", *_panel(panel, paint)] if lines else _panel(panel, paint)
    legend = list(_legend(drawn, width))
    return [*lines, "", *legend] if legend else lines


def _panel(panel: Panel, paint: Paint) -> list[str]:
    heads = [head_lines(strip.title, width) for strip, width in panel]
    deepest = max(map(len, heads))
    heads = [[""] * (deepest - len(head)) + head for head in heads]
    lines = [_line(panel, row) for row in zip(*heads, strict=True)]
    lines.append((" " * GAP).join("-" * width for _, width in panel))
    for row in range(len(panel[0][0].cells)):
        lines += _row(panel, row, paint)
    return lines


def _row(panel: Panel, row: int, paint: Paint) -> Iterator[str]:
    parts = [_cell(strip, row, width) for strip, width in panel]
    tones = [strip.tones[row] for strip, _ in panel]
    for line in zip_longest(*parts, fillvalue=""):
        yield _line(panel, line, lambda text, i: paint(text, tones[i]))


def _cell(strip: Strip, row: int, width: int) -> list[str]:
    text = strip.cells[row]
    if strip.wrap and ("\n" in text or cell_width(text) > width):
        return wrap_text(text, width)
    return [cut(text, width)]


def _line(panel: Panel, texts: tuple[str, ...], paint: Callable[[str, int], str] = lambda text, _: text) -> str:
    padded = [pad(text, width, right=strip.right) for text, (strip, width) in zip(texts, panel, strict=True)]
    padded[-1] = padded[-1].rstrip()
    return (" " * GAP).join(paint(text, i) for i, text in enumerate(padded)).rstrip()


def _legend(drawn: list[Panel], width: int) -> Iterator[str]:
    seen = set()
    for strip, cells in (column for panel in drawn for column in panel):
        short = " ".join(head_lines(strip.title, cells))
        if short.count("…") > strip.title.count("…") and strip.title not in seen:
            seen.add(strip.title)
            yield from wrap(f"{short} = {strip.title}", width)


_COLOURS = {Tone.GOOD: "32", Tone.BAD: "31", Tone.CAUTION: "33", Tone.QUIET: "2"}
_BOLD = "1"
_LONGEST_NAME = 28


def render_terminal(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """Return the report as lines of at most `width` cells, `Lines` excepted."""
    width = max(width, NARROWEST)
    style = _style if colour else _no_style
    title = wrap(clean_line(report.title), width)
    parts = [[*(style(line, _BOLD) for line in title), "=" * max(map(cell_width, title))]] if report.title else []
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
    column = max((cell_width(name) for name, _cell in items), default=0) + 2
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
