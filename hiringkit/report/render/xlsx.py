"""Workbooks for Excel and its like: the only room of xlsxwriter. No cell is a formula or a link, whatever its text."""

import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from hiringkit.errors import Refused
from hiringkit.locale import _
from hiringkit.report.model import DIGITS, Cell, Number, Span, Table, WorkSheet, show_cell
from hiringkit.text.cells import cell_width
from hiringkit.text.clean import clean_text
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    import xlsxwriter

MISSING = Sentence("workbooks need the package xlsxwriter, which is not installed")
MISSING_HINT = Sentence("pip install 'hiringkit[excel]', or write -o FILE.csv")
_LONGEST_NAME = 31
_LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell."""
_NARROW, _WIDE = 8, 60
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def render_workbook(sheets: Iterable[WorkSheet]) -> bytes:
    """Return a workbook.

    Args:
        sheets: In their order.

    Raises:
        Refused: The package that writes workbooks is not installed.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ImportError:
        raise Refused(MISSING, hint=MISSING_HINT) from None
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        taken: set[str] = set()
        for sheet in sheets:
            _write_sheet(book, sheet, _name(sheet.name, taken))
    return out.getvalue()


def _name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel takes for a sheet, and that no other sheet has."""
    plain = _FORBIDDEN.sub(" ", clean_text(wanted)).strip()[:_LONGEST_NAME] or _("Sheet")
    name, n = plain, 1
    while name.casefold() in taken:
        n += 1
        name = f"{plain[: _LONGEST_NAME - 4]} {n}"
    taken.add(name.casefold())
    return name


def _write_sheet(book: "xlsxwriter.Workbook", sheet: WorkSheet, name: str) -> None:
    page, table = book.add_worksheet(name), sheet.table
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    figure = book.add_format({"valign": "top", "num_format": "0.00"})
    spans = [any(isinstance(row[n], Span) for row in table.rows) for n in range(len(table.columns))]
    rows = [
        [each for cell, span in zip(row, spans, strict=True) for each in _values(cell, span=span)] for row in table.rows
    ]
    heads = list(_heads(table, spans))
    for n, title in enumerate(heads):
        page.write_string(0, n, clean_text(title), head)
    for r, row in enumerate(rows, 1):
        for n, value in enumerate(row):
            if isinstance(value, int | float):
                page.write_number(r, n, value, text if float(value).is_integer() else figure)
            elif value:
                page.write_string(r, n, value[:_LONGEST_CELL], text)
    for n, title in enumerate(heads):
        longest = max((cell_width(str(row[n])) for row in rows[:200]), default=0)
        page.set_column(n, n, min(max(longest + 2, min(cell_width(title), 20) + 2, _NARROW), _WIDE))
    page.freeze_panes(1, 1)
    if rows:
        page.autofilter(0, 0, len(rows), len(heads) - 1)
    _offer_choices(page, sheet, len(rows))


def _heads(table: Table, spans: list[bool]) -> Iterator[str]:
    """Name the columns; one of intervals becomes two."""
    for column, span in zip(table.columns, spans, strict=True):
        title = column.title or column.key
        yield from (_("{title}, low").format(title=title), _("{title}, high").format(title=title)) if span else (title,)


def _values(cell: Cell, *, span: bool) -> list[str | float]:
    match cell:
        case Span():
            return [_number(end) for end in cell.interval or (None, None)]
        case Number():
            return [_number(cell.value), *([""] if span else [])]
        case str():
            return [clean_text(cell), *([""] if span else [])]
    return [show_cell(cell), *([""] if span else [])]


def _number(value: float | None) -> str | float:
    return "" if value is None or value != value else round(value, DIGITS)  # noqa: PLR0124 - tells NaN


def _offer_choices(page: Any, sheet: WorkSheet, rows: int) -> None:
    """Offer a list where only a few values may be filled in."""
    for n, column in enumerate(sheet.table.columns):
        if column.key in sheet.choices and rows:
            listed = {
                "validate": "list",
                "source": list(sheet.choices[column.key]),
                "error_title": _("Not on the scale"),
                "error_message": _("Choose one from the list."),
            }
            page.data_validation(1, n, rows, n, listed)
