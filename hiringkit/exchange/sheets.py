"""Rows out of any file that has rows and columns: CSV as programs write it, TSV, workbooks."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from io import BytesIO
from itertools import chain, islice
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile

from attrs import frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import Wanted, match_columns
from hiringkit.domain.finding import Finding, Location, Severity, has_errors, shown
from hiringkit.errors import Refused
from hiringkit.exchange.text_files import (
    BrokenRows,
    Delimited,
    FileRow,
    as_utf8,
    find_cells,
    read_rows,
    text_lines,
)
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

WORKBOOKS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xlsb": "xlsb", ".xls": "xls", ".ods": "ods"}
"""Endings of workbooks, and what they are."""
_DELIMITERS = ",;\t|"
_SEP_LINE = re.compile(r"""["']?sep=(.)["']?[,;\t]?\r?\n?""", re.IGNORECASE)
_FIRST_ROWS = 30
"""Rows among which the names of the columns are looked for."""
_SAMPLE = 1 << 16
"""Characters by which it is found what separates columns."""
_NAMES = {"\t": Sentence("tab"), ",": ",", ";": ";", "|": "|"}

Cells = Mapping[int, set[int]]
"""By the line on which a row begins, positions of cells."""


@frozen(eq=False)
class Sheet:
    """The rows of a file."""

    source: str
    """The file as the user named it."""
    header: FileRow
    rows: Iterator[FileRow]
    """What follows the header, blank rows left out."""
    remarks: tuple[Finding, ...]
    """How the file was understood, where that was not plain."""
    locate: Callable[[Cells], Mapping[tuple[int, int], Location]]
    """Finds cells, by the line of their row and their position."""
    text: Delimited | None = None
    """The file as text in UTF-8, where it is text."""


def open_sheet(source: str, data: bytes, wanted: Wanted, delimiter: str = ",") -> Sheet | list[Finding]:
    """Find the rows of a file and the row that names the columns.

    Args:
        source: The file as the user named it; the ending says whether it is a workbook.
        data: What is in it.
        wanted: The columns by which the row of their names is known.
        delimiter: What separates columns of text where nothing shows that something else does.

    Returns:
        The sheet, or what is wrong with the file.

    Raises:
        BrokenRows: The text stops being rows before its columns are named.
        Refused: It is a workbook, and what reads workbooks is not installed.
    """
    if kind := WORKBOOKS.get(PurePath(source).suffix.lower()):
        return _open_workbook(source, data, kind, wanted)
    data, findings = as_utf8(data, source)
    if has_errors(findings):
        return findings
    text = data.decode()
    found, said = _delimiter(text, wanted, delimiter)
    file = Delimited(source, data, found)
    rows = read_rows(text, found, source)
    if said and _SEP_LINE.fullmatch(text.partition("\n")[0]):
        next(rows, None)

    def locate(cells: Cells) -> dict[tuple[int, int], Location]:
        places = find_cells(text_lines(data), found, cells)
        return {cell: Location(source, *place) for cell, place in places.items()}

    header, behind = _find_header(rows, wanted)
    if header is None:
        return [*findings, Finding(Code.EMPTY_FILE, "the file is empty", location=Location(source))]
    remarks = _remarks(source, header, said=found if said else None, before=1 + bool(_SEP_LINE.match(text)))
    header, width = _trimmed(header)
    return Sheet(source, header, _fitted(behind, width), (*findings, *remarks), locate, file)


def _delimiter(text: str, wanted: Wanted, usual: str) -> tuple[str, bool]:
    """Return what separates the columns, and whether that has to be said."""
    first = text.partition("\n")[0] + "\n"
    if told := _SEP_LINE.fullmatch(first):
        return told[1], told[1] != usual
    sample = text if len(text) <= _SAMPLE else text[: text.rfind("\n", 0, _SAMPLE) + 1] or text[:_SAMPLE]

    def likelihood(delimiter: str) -> tuple[int, int, bool]:
        try:
            head = list(islice(read_rows(sample, delimiter, ""), _FIRST_ROWS))
        except BrokenRows:
            return 0, 0, False
        best = max((_recognised(row.cells, wanted) for row in head), default=(0, 0))
        return *best, any(len(row.cells) > 1 for row in head[:1])

    order = sorted(_DELIMITERS, key=lambda each: each != usual)
    best = max(order, key=likelihood)
    return best, best != usual


def _recognised(cells: Sequence[str], wanted: Wanted) -> tuple[int, int]:
    """Return how many of the required and of all columns a row names."""
    if len(cells) > _WIDEST:
        cells = cells[:_WIDEST]
    index, _twice = match_columns([clean_line(cell) for cell in cells], wanted)
    return len(wanted.required) - len(wanted.missing(index)), len(index)


_WIDEST = 2_000
"""Cells of a row that are looked at to find the names of the columns."""


def _find_header(rows: Iterator[FileRow], wanted: Wanted) -> tuple[FileRow | None, Iterator[FileRow]]:
    """Return the row that names the columns and those behind it: of the first ones, the first that names most."""
    head: list[FileRow] = []
    broken: BrokenRows | None = None
    best, at = (0, 0), 0
    while len(head) < _FIRST_ROWS:
        try:
            row = next(rows, None)
        except BrokenRows as error:
            broken = error
            break
        if row is None:
            break
        if not any(map(str.strip, row.cells)) and not head:
            continue
        head.append(row)
        found = _recognised(row.cells, wanted)
        if found > best and (found[0] > best[0] or not best[0]):
            best, at = found, len(head) - 1
        if best[0] == len(wanted.required):
            break
    if not head:
        if broken:
            raise broken
        return None, rows
    return head[at], chain(head[at + 1 :], _raising(broken) if broken else rows)


def _raising(broken: BrokenRows) -> Iterator[FileRow]:
    raise broken
    yield  # makes it an iterator


def _trimmed(header: FileRow) -> tuple[FileRow, int]:
    """Leave out columns without a name behind the last that has one."""
    cells = header.cells
    width = next((n for n in range(len(cells), 0, -1) if cells[n - 1].strip()), len(cells))
    return FileRow(header.line, cells[:width]), width


def _fitted(rows: Iterator[FileRow], width: int) -> Iterator[FileRow]:
    """Leave out blank cells behind the last column that has a name."""
    for row in rows:
        beyond = row.cells[width:]
        yield row if not beyond or any(map(str.strip, beyond)) else FileRow(row.line, row.cells[:width])


def _remarks(source: str, header: FileRow, *, said: str | None, before: int) -> Iterator[Finding]:
    if said is not None:
        message = Sentence("the columns are separated by {sign}").format(sign=_NAMES.get(said, shown(said)))
        yield Finding(Code.TABLE_SHAPE, message, Severity.INFO, location=Location(source))
    if header.line > before:
        message = Sentence("the columns are named in line {line}; what stands above is left out").format(
            line=header.line
        )
        yield Finding(Code.TABLE_SHAPE, message, Severity.INFO, location=Location(source, header.line))


LARGEST_WORKBOOK = 200_000_000
"""Bytes of a workbook once it is unpacked."""
MOST_CELLS = 20_000_000
"""Cells of a sheet, empty ones too: a reader holds them all."""
_CELL_NAME = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_TOO_MANY_CELLS = Sentence("sheet {sheet} reaches to row {row} and column {column}, most of it empty")
_NOT_WORKBOOK = Sentence("the file is no workbook: {why}")


def _open_workbook(source: str, data: bytes, kind: str, wanted: Wanted) -> Sheet | list[Finding]:
    if find_spec("python_calamine") is None:
        raise Refused(
            Sentence("workbooks need python-calamine, which is not installed"),
            hint=Sentence("pip install hiringkit[excel], or save the sheet as CSV UTF-8"),
        )
    if not data:
        return [Finding(Code.EMPTY_FILE, "the file is empty", location=Location(source))]
    if kind != "xls" and (wrong := _check_package(source, data, kind)):
        return [wrong]
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - an extra

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        tables = [(name, _sheet_rows(workbook.get_sheet_by_name(name))) for name in workbook.sheet_names]
    except (CalamineError, OSError, ValueError, BaseException) as error:
        # its panics derive from BaseException, and a broken file must not look like a bug of ours
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return [_not_workbook(source, clean_line(str(error)).partition(" Stack")[0])]
    filled = [(name, rows) for name, rows in tables if rows]
    if not filled:
        return [Finding(Code.EMPTY_FILE, "the file is empty", location=Location(source))]
    found = [(name, *_find_header(iter(rows), wanted)) for name, rows in filled]
    name, header, behind = max(found, key=lambda each: _recognised(each[1].cells, wanted) if each[1] else (0, 0))
    assert header is not None  # noqa: S101 - a sheet with rows has a first one
    remarks = list(_remarks(source, header, said=None, before=1))
    if len(filled) > 1:
        message = Sentence("of {count} sheets, {sheet} is read").format(
            count=len(filled), sheet=shown(clean_line(name))
        )
        remarks.append(Finding(Code.TABLE_SHAPE, message, Severity.INFO, location=Location(source)))
    header, width = _trimmed(header)

    def locate(cells: Cells) -> dict[tuple[int, int], Location]:
        return {(line, cell): Location(source, line, cell + 1) for line, each in cells.items() for cell in each}

    return Sheet(source, header, _fitted(behind, width), tuple(remarks), locate)


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
                return Finding(Code.TOO_LARGE, message, hint="save the sheet as CSV UTF-8", location=Location(source))
            sheets = (
                [each for each in package.namelist() if each.startswith("xl/worksheets/")] if kind == "xlsx" else []
            )
            for sheet in sheets:
                with package.open(sheet) as part:
                    if wrong := _check_extent(source, PurePath(sheet).stem, iter(lambda: part.read(1 << 20), b"")):
                        return wrong
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        return _not_workbook(source, clean_line(str(error)))
    except Exception as error:  # noqa: BLE001 - zlib.error and whatever else a damaged package gives
        return _not_workbook(source, clean_line(str(error)))
    return None


def _check_extent(source: str, sheet: str, blocks: Iterable[bytes]) -> Finding | None:
    rows = columns = 0
    tail = b""
    for block in blocks:
        part = tail + block
        for column, row in _CELL_NAME.findall(part):
            columns = max(columns, _column_number(column))
            rows = max(rows, int(row))
        if rows * columns > MOST_CELLS:
            message = _TOO_MANY_CELLS.format(sheet=shown(sheet), row=rows, column=columns)
            hint = Sentence("delete the empty rows and columns, or save the sheet as CSV UTF-8")
            return Finding(Code.TOO_LARGE, message, hint=hint, location=Location(source))
        tail = part[-100:]
    return None


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _not_workbook(source: str, why: str) -> Finding:
    hint = Sentence("is it whole, and does it open in the program that wrote it?")
    return Finding(Code.NOT_WORKBOOK, _NOT_WORKBOOK.format(why=why), hint=hint, location=Location(source))
