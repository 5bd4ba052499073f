"""How a table fits a width: which columns stand side by side, and how wide each is."""

from attrs import frozen
from rich.cells import cell_len

from hiringkit.report.cells import cut, wrap
from hiringkit.report.model import Cell, Column, Number, Table, Tone, Word
from hiringkit.report.values import show_cell, show_lines

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
        if lines and cell_len(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _strip(column: Column, cells: tuple[Cell, ...]) -> Strip:
    shown = _align_marks(cells, column)
    right = all(isinstance(cell, Number) for cell in cells)
    title = show_cell(column.title)
    head = max(cell_len(line) for line in head_lines(title, _HEAD))
    body = max(cell_len(line) for text in shown for line in text.split("\n"))
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
    return max(map(cell_len, title.split()), default=0) if title.isascii() else _WIDE_HEAD


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
