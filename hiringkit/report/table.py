"""A table drawn for a terminal, in plain signs that every terminal shows at the same width."""

from collections.abc import Callable, Iterator
from itertools import zip_longest

from rich.cells import cell_len

from hiringkit.report.cells import cut, pad, wrap, wrap_text
from hiringkit.report.layout import GAP, Panel, Strip, head_lines, panels, strips
from hiringkit.report.model import Table, Tone

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
    if strip.wrap and ("\n" in text or cell_len(text) > width):
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
