"""Text in terminal cells: measured, padded, cut and wrapped. A Chinese character takes two, a combining mark none.

Widths are those of Rich, which draws the tables. It is imported only for what is not plain ASCII, so that `--help`
does without.
"""

import re

_WIDE = r"\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uac00-\ud7af\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_OPEN = r"（《〈「『【〔［｛“‘"
_CLOSE = r"，。；：、！？）》〉」』】〕］｝”’…％"
_ENDS = r"，。；：、！？）》〉」』】〕］｝％"
"""Of these, those after which a line may break wherever they stand: no apostrophe of English is among them."""
_UNITS = (
    rf"\s+|[{_OPEN}]*[{_WIDE}][\u0300-\u036f\ufe00-\ufe0f{_CLOSE}]*"
    rf"|[{_OPEN}]*[^\s{_WIDE}{_OPEN}{_ENDS}]+[{_CLOSE}]*|[{_OPEN}]+|[{_CLOSE}]+"
)


def cell_width(text: str) -> int:
    """Return how many terminal cells a text takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - see above

    return cell_len(text)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text up to `width` cells, on the left side if `right` aligned."""
    blanks = " " * max(width - cell_width(text), 0)
    return blanks + text if right else text + blanks


def cut(text: str, width: int) -> str:
    """Shorten a text to at most `width` cells, with … where something is missing."""
    if cell_width(text) <= width:
        return text
    from rich.cells import set_cell_size  # noqa: PLC0415 - see above

    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def cut_at_word(text: str, width: int) -> str:
    """Shorten a text to its first words, at most `width` cells with … where something is missing.

    Chinese, which has no blanks, is cut between characters.
    """
    line = " ".join(text.split())
    if cell_width(line) <= width:
        return line
    return wrap(line, max(width - 1, 1))[0].rstrip("，。；：、,.;:- ") + "…"


def wrap(text: str, width: int) -> list[str]:
    """Break a line into lines of at most `width` cells, at least one, which may be empty.

    Breaks at blanks and between Chinese characters, not before closing punctuation; a longer word is chopped.
    """
    lines: list[str] = []
    line = ""
    for unit in _units(text, width):
        if line and cell_width(line + unit.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        if line or not unit.isspace():
            line += unit
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def wrap_text(text: str, width: int) -> list[str]:
    """Wrap each line of a text that has several."""
    return [line for paragraph in text.split("\n") for line in wrap(paragraph, width)]


def _units(text: str, width: int) -> list[str]:
    units: list[str] = []
    # the expression for all scripts takes 6 ms to make: `re` keeps it once it is wanted
    pattern = r"\s+|\S+" if text.isascii() else _UNITS
    for unit in re.findall(pattern, text.replace("\t", " ")):
        units.extend(_chop(unit, width) if cell_width(unit) > width else [unit])
    return units


def _chop(unit: str, width: int) -> list[str]:
    from rich.cells import chop_cells  # noqa: PLC0415 - see above

    return chop_cells(unit, width)
