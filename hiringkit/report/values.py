"""Cells as text: for people, and in full for files."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from math import isfinite
from typing import Any

from attrs import fields, has

from hiringkit.domain.profile import OpenInterval
from hiringkit.locale import _
from hiringkit.report.model import Cell, Number, Span, Table, Word
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.language import Text

MISSING = "-"
DIGITS = 6


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


def show_interval(interval: OpenInterval | None, digits: int = 1, *, signed: bool = False) -> str:
    """Return an interval as people read it."""
    if interval is None or not all(end is None or isfinite(end) for end in interval) or interval == (None, None):
        return MISSING
    low, high = (None if end is None else _show_figure(end, digits, signed=signed) for end in interval)
    if high is None:
        return _("{low} or more").format(low=low)
    if low is None:
        return _("{high} or less").format(high=high)
    return _("{low} to {high}").format(low=low, high=high)


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
    if number.percent:
        return _("{share} %").format(share=_show_figure(100 * number.value, number.digits))
    return _show_figure(number.value, number.digits, signed=number.signed) + number.mark


def _show_figure(value: float, digits: int, *, signed: bool = False) -> str:
    rounded = round(value, digits) + 0.0  # no minus sign before a zero
    return f"{rounded:{'+' if signed and rounded else ''}.{digits}f}"
