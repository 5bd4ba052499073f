"""What every command hands to the one renderer: a report of blocks to read, a document for programs, cells as text."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum, StrEnum
from math import ceil, floor, inf, isfinite
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import field, fields, frozen, has

from hiringkit.locale import _
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.language import Text

if TYPE_CHECKING:
    from hiringkit.domain.profile import OpenInterval
    from hiringkit.report.page import PageBlock

MISSING = "-"
DIGITS = 6
MANY = 200
"""Entries from which a list of a JSON document has one entry a line: indented they would take ten times as long."""


class Tone(StrEnum):
    """How a word is meant. Only ever an addition to the word itself, which says the same."""

    GOOD = "good"
    BAD = "bad"
    CAUTION = "caution"
    QUIET = "quiet"


@frozen
class Number:
    """A figure, shown with so many digits and written to files in full."""

    value: float | None
    """None is shown as `-` and written as an empty cell."""
    digits: int = 1
    """After the decimal point."""
    signed: bool = False
    """Whether a positive figure shows its sign."""
    percent: bool = False
    """Whether 0.5 is shown as 50 %."""
    chance: bool = False
    """Whether it is a probability, shown in whole per cent by `show_chance`."""
    mark: str = ""
    """A sign behind the figure that a note explains."""


@frozen
class Span:
    """An interval."""

    interval: "OpenInterval | None"
    digits: int = 1
    signed: bool = False


@frozen
class Word:
    """One of a few words of ours, such as pass or fail; never cut."""

    text: str
    tone: Tone | None = None


Cell = str | Number | Span | Word
"""A plain string is somebody's text: it may be long, hostile or in any script."""


@frozen
class Column:
    """A column of a table."""

    key: str
    """Its name for programs: the header in CSV."""
    title: str
    """Its name for people."""
    wrap: bool = False
    """Whether a text that is too long goes on below instead of being cut."""


@frozen
class Table:
    """Rows of cells; the first column names the row and is repeated where a table turns over."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    empty: str = ""
    """What to say, and to do next, where there are no rows."""
    more: int = 0
    """Further rows that are left out because nobody would read them; files have them all."""


@frozen
class Facts:
    """Things said about one thing: name and value."""

    items: tuple[tuple[str, Cell], ...]
    caption: str = ""


@frozen
class Notes:
    """Sentences; under a caption they are a list."""

    sentences: tuple[str, ...]
    caption: str = ""
    links: bool = False
    """Whether addresses in it can be clicked on a page."""


@frozen
class Lines:
    """Lines that are never wrapped, because editors and `grep` read them too."""

    lines: tuple[str, ...]
    caption: str = ""


@frozen
class Chart:
    """A few figures on one scale, in their order: a line in HTML, bars of plain signs elsewhere."""

    points: tuple[tuple[str, float | None], ...]
    """Name and figure; None where there is none."""
    low: float
    """The scale's lower end."""
    high: float
    """Its upper end, above `low`."""
    caption: str = ""
    digits: int = 2


Block = Table | Facts | Notes | Lines | Chart


@frozen
class WorkSheet:
    """A sheet of a workbook."""

    name: str
    table: Table
    choices: Mapping[str, tuple[str | float, ...]] = field(factory=dict)
    """By the key of a column: what may be filled in there."""


@frozen(eq=False)
class Entries:
    """A long list of a document whose entries are made and written one after another."""

    texts: Callable[[], Iterable[str]]
    """Each entry as JSON on one line, with nothing in it that a terminal would obey."""


@frozen
class Event:
    """What takes place at a time, for calendars."""

    id: str
    start: datetime
    minutes: float
    summary: str
    description: str = ""
    location: str = ""
    cancelled: bool = False
    attendee: str = ""
    """Whose calendar it is for."""
    email: str = ""
    """The attendee's address."""


T = TypeVar("T")


@frozen
class Report:
    """The result of a command.

    Each part may be given as a function that makes it, which is called when that part is asked for: of 200,000
    candidates only the format that is wanted is made.
    """

    title: str
    _blocks: tuple[Block, ...] | Callable[[], tuple[Block, ...]] = ()
    _document: Mapping[str, object] | Callable[[], Mapping[str, object]] = field(factory=dict)
    _data: Table | Callable[[], Table] | None = None
    _events: tuple[Event, ...] | Callable[[], tuple[Event, ...]] = ()
    linked: bool = False
    """Whether the document is JSON-LD, which a page carries for search engines."""
    _page: "tuple[PageBlock, ...] | Callable[[], tuple[PageBlock, ...]] | None" = None
    _sheets: "tuple[WorkSheet, ...] | Callable[[], tuple[WorkSheet, ...]] | None" = None
    above: str = ""
    """What stands above the title of a page."""
    foot: str = ""
    """What stands at the end of a page."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What people read, in this order."""
        return _made(self._blocks)

    @property
    def page(self) -> "tuple[PageBlock, ...]":
        """What a page shows: the blocks that people read, or others that only a page can show."""
        return self.blocks if self._page is None else _made(self._page)

    @property
    def sheets(self) -> "tuple[WorkSheet, ...]":
        """What a workbook holds: sheets of its own, or the flat table."""
        return (WorkSheet(self.title, self.flat),) if self._sheets is None else _made(self._sheets)

    @property
    def document(self) -> Mapping[str, object]:
        """The same as plain values, in full: what `-f json` writes."""
        return _made(self._document)

    @property
    def data(self) -> Table | None:
        """What `-f csv` writes where the tables that people read are no good for it."""
        return _made(self._data)

    @property
    def events(self) -> tuple[Event, ...]:
        """What takes place at a time: what a calendar takes."""
        return _made(self._events)

    @property
    def flat(self) -> Table:
        """The one table of CSV: `data`, else the first table, else the first facts, else the sentences."""
        if (data := self.data) is not None:
            return data
        blocks = self.blocks
        for kind in (Table, Facts, Chart, Lines, Notes):
            found = next((block for block in blocks if isinstance(block, kind)), None)
            if found is not None:
                return _as_table(found)
        return Table((Column("text", ""),), ())


def _as_table(block: Block) -> Table:
    match block:
        case Table():
            return block
        case Chart():
            columns = (Column("name", ""), Column("value", ""))
            return Table(columns, tuple((name, Number(value, block.digits)) for name, value in block.points))
        case Facts():
            return Table((Column("name", ""), Column("value", "")), block.items)
        case Notes():
            return Table((Column("text", ""),), tuple((sentence,) for sentence in block.sentences))
        case Lines():
            return Table((Column("text", ""),), tuple((line,) for line in block.lines))


def _made(part: T | Callable[[], T]) -> T:
    return part() if callable(part) else part


def show_cell(cell: Cell) -> str:
    """Return a cell as people read it, on one line."""
    match cell:
        case Number():
            return _show_number(cell)
        case Span():
            return show_interval(cell.interval, cell.digits, signed=cell.signed)
        case Word():
            return clean_line(cell.text)
        case _:
            return clean_line(cell)


def show_lines(cell: Cell) -> str:
    """Return a cell as people read it, on as many lines as it has."""
    return clean_text(cell).replace("\t", " ") if isinstance(cell, str) else show_cell(cell)


def show_interval(interval: "OpenInterval | None", digits: int = 1, *, signed: bool = False) -> str:
    """Return an interval as people read it."""
    if interval is None or not all(end is None or isfinite(end) for end in interval) or interval == (None, None):
        return MISSING
    low, high = (None if end is None else _show_figure(end, digits, signed=signed) for end in interval)
    if high is None:
        return _("{low} or more").format(low=low)
    if low is None:
        return _("{high} or less").format(high=high)
    return _("{low} to {high}").format(low=low, high=high)


def show_chance(chance: float, *, short_of: float = inf, is_open: bool = False) -> str:
    """Return a probability in whole per cent, without the sign: never as certain, nor as impossible.

    Args:
        chance: From 0 to 1.
        short_of: What it is not to look like while it is below it, such as 0.95.
        is_open: Whether it leaves something open: then it is rounded towards one half, not onto its limit.
    """
    whole = round(100 * chance)
    if is_open:
        whole = floor(100 * chance) if chance >= 0.5 else ceil(100 * chance)  # noqa: PLR2004 - one half
    elif chance < short_of <= whole / 100:
        whole = floor(100 * chance)
    return "<1" if whole < 1 else ">99" if whole > 99 else str(whole)  # noqa: PLR2004 - what a rounded share can be


def rows_left_out(table: Table) -> str:
    """Say how many rows are not shown, and where they are."""
    return _("{n} further rows are not shown; --top shows more, -f csv and -f json have all.").format(n=table.more)


def write_cell(cell: Cell) -> str:
    """Return a cell as programs read it: figures in full, nothing where nothing is known."""
    match cell:
        case Number():
            return write_number(cell.value)
        case Span():
            return "" if cell.interval is None else "..".join(map(write_number, cell.interval))
        case Word():
            return clean_text(cell.text) if cell.text != MISSING else ""
        case _:
            return clean_text(cell)


def write_number(value: float | None) -> str:
    """Return a figure to six digits, whole ones without a point."""
    if value is None or not isfinite(value):
        return ""
    rounded = round(value, DIGITS)
    return str(int(rounded)) if rounded == int(rounded) else repr(float(rounded))


def said(text: Text | None, language: str) -> str:
    """Return a text that may be missing."""
    return text.in_language(language) if text else ""


def plain(value: Any) -> Any:
    """Turn domain values into what JSON can hold.

    Figures are rounded to six digits, and one that is not finite is None; a text in one language is a
    string, in two an object; times are ISO 8601.
    """
    match value:
        case Enum():
            return value.value
        case bool() | int() | str() | None:
            return value
        case Text():
            return value.as_written
        case date():
            return value.isoformat()
    return _plain_many(value)


def _plain_many(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if has(type(value)):
        return {field.name: plain(getattr(value, field.name)) for field in fields(type(value))}
    return figure(float(value))


def figure(value: float | None) -> float | None:
    """Round to six digits; what is not finite is None."""
    return None if value is None or not isfinite(value) else round(value, DIGITS)


def _show_number(number: Number) -> str:
    if number.value is None or not isfinite(number.value):
        return MISSING
    if number.chance:
        return _("{share} %").format(share=show_chance(number.value))
    if number.percent:
        return _("{share} %").format(share=_show_figure(100 * number.value, number.digits))
    return _show_figure(number.value, number.digits, signed=number.signed) + number.mark


def _show_figure(value: float, digits: int, *, signed: bool = False) -> str:
    rounded = round(value, digits) + 0.0  # no minus sign before a zero
    return f"{rounded:{'+' if signed and rounded else ''}.{digits}f}"
