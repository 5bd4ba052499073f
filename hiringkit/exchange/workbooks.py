"""Workbooks (the `excel` extra): XLSX, XLS and ODS, read as the text that their cells show."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from importlib.util import find_spec
from io import BytesIO
from pathlib import PurePath
from typing import Any
from zipfile import ZipFile

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import Wanted
from hiringkit.domain.finding import Finding, Location, Severity, shown
from hiringkit.errors import Refused
from hiringkit.exchange.text_files import (
    Cells,
    FileRow,
    FileRows,
    find_header,
    fitted,
    recognised,
    shape_remarks,
    trimmed,
)
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

LARGEST_WORKBOOK = 200_000_000
"""Bytes of a workbook once it is unpacked."""
MOST_CELLS = 3_000_000
"""Cells of a sheet, empty ones too: a reader holds them all, at 150 bytes each."""
_CELL_NAME = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
_LONGEST_NAME = 20
_BLOCK = 1 << 20
_TABLE = re.compile(rb"<table:table[\s>]")
_ROW_OR_CELL = re.compile(rb"<table:(?:table-|covered-table-)(row|cell)\b([^>]*)>")
_REPEATED = re.compile(rb"""-repeated=["'](\d{1,9})["']""")
_SMALLER = Sentence("delete the empty rows and columns, or save the sheet as CSV UTF-8")
_TOO_MANY_CELLS = Sentence("sheet {sheet} reaches to row {row} and column {column}, most of it empty")
_NOT_WORKBOOK = Sentence("the file is no workbook: {why}")


def open_workbook(source: str, data: bytes, kind: str, wanted: Wanted) -> FileRows | list[Finding]:
    """Find the sheet that names most of the wanted columns, its header and its rows.

    Args:
        source: The file as the user named it.
        data: What is in it.
        kind: One of `WORKBOOKS`.
        wanted: The columns that are looked for.

    Returns:
        The rows, or what is wrong with the file.

    Raises:
        Refused: python-calamine is not installed.
    """
    if find_spec("python_calamine") is None:
        raise Refused(
            Sentence("workbooks need python-calamine, which is not installed"),
            hint=Sentence("pip install hiringkit[excel], or save the sheet as CSV UTF-8"),
        )
    if not data:
        return [Finding(Code.EMPTY_FILE, "the file is empty", location=Location(source))]
    if kind != "xls" and (wrong := _check_package(source, data, kind)):
        return [wrong]
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - an extra

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        tables = [(name, _sheet_rows(workbook.get_sheet_by_name(name))) for name in workbook.sheet_names]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - its panics are no Exception, and a broken file is no bug of ours
        return [_not_workbook(source, error)]
    filled = [(name, rows) for name, rows in tables if rows]
    if not filled:
        return [Finding(Code.EMPTY_FILE, "the file is empty", location=Location(source))]
    found = [(name, *find_header(iter(rows), wanted)) for name, rows in filled]
    name, header, behind = max(found, key=lambda each: recognised(each[1].cells, wanted) if each[1] else (0, 0))
    assert header is not None  # noqa: S101 - a sheet with rows has a first one
    remarks = list(shape_remarks(source, header, said=None, before=1))
    if len(filled) > 1:
        message = Sentence("of {count} sheets, {sheet} is read").format(
            count=len(filled), sheet=shown(clean_line(name))
        )
        remarks.append(Finding(Code.TABLE_SHAPE, message, Severity.INFO, location=Location(source)))
    header, width = trimmed(header)

    def locate(cells: Cells) -> dict[tuple[int, int], Location]:
        return {(line, cell): Location(source, line, cell + 1) for line, each in cells.items() for cell in each}

    return FileRows(source, header, fitted(behind, width), tuple(remarks), locate)


def _sheet_rows(sheet: Any) -> list[FileRow]:
    """Return the rows of a sheet that are not blank; a merged cell has its value in each of its places."""
    rows = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [value] * len(row[left : right + 1])
    made = (FileRow(number, list(map(_as_text, row))) for number, row in enumerate(rows, 1))
    return [row for row in made if any(map(str.strip, row.cells))]


def _as_text(value: Any) -> str:
    """Write a cell as CSV would have it."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact until there
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _check_package(source: str, data: bytes, kind: str) -> Finding | None:
    """Look for what would take a reader's memory before it is given the file."""
    try:
        with ZipFile(BytesIO(data)) as package:
            if sum(each.file_size for each in package.infolist()) > LARGEST_WORKBOOK:
                message = Sentence("the workbook unpacks to more than {most:,} bytes").format(most=LARGEST_WORKBOOK)
                return Finding(Code.TOO_LARGE, message, hint=_SMALLER, location=Location(source))
            for sheet, rows, columns in _extents(package, kind):
                if rows * columns > MOST_CELLS:
                    message = _TOO_MANY_CELLS.format(sheet=shown(sheet), row=rows, column=columns)
                    return Finding(Code.TOO_LARGE, message, hint=_SMALLER, location=Location(source))
    except Exception as error:  # noqa: BLE001 - a damaged package gives zlib.error, struct.error and many others
        return _not_workbook(source, error)
    return None


def _extents(package: ZipFile, kind: str) -> Iterator[tuple[str, int, int]]:
    """Yield the sheets of a package, as far as they are text, and their last row and column."""
    if kind == "xlsx":
        for part in package.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with package.open(part) as file:
                    yield PurePath(part).stem, *_extent_of_cells(iter(partial(file.read, _BLOCK), b""))
    if kind == "ods":
        for number, table in enumerate(_TABLE.split(package.read("content.xml"))[1:], 1):
            yield f"sheet{number}", *_extent_of_table(table)


def _extent_of_cells(blocks: Iterable[bytes]) -> tuple[int, int]:
    """Return the last row and column that a cell is named after."""
    rows = columns = 0
    tail = b""
    for block in blocks:
        part = tail + block
        for column, row in _CELL_NAME.findall(part):
            rows, columns = max(rows, int(row)), max(columns, _column_number(column))
        tail = part[-_LONGEST_NAME:]
    return rows, columns


def _extent_of_table(table: bytes) -> tuple[int, int]:
    """Return the last row and column that hold something; what is repeated stands in the file once."""
    rows = last_row = columns = 0
    here = 0
    for tag in _ROW_OR_CELL.finditer(table):
        repeated = int(found[1]) if (found := _REPEATED.search(tag[2])) else 1
        if tag[1] == b"row":
            rows, here = rows + repeated, 0
            continue
        here += repeated
        if b"value-type" in tag[2]:
            last_row, columns = rows, max(columns, here)
    return last_row, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _not_workbook(source: str, error: BaseException) -> Finding:
    why = clean_line(str(error)).partition(" Stack")[0]
    hint = Sentence("is it whole, and does it open in the program that wrote it?")
    return Finding(Code.NOT_WORKBOOK, _NOT_WORKBOOK.format(why=why), hint=hint, location=Location(source))
