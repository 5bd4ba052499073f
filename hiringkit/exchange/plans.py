"""Interviews to be planned, out of CSV and workbooks."""

from collections.abc import Iterator
from datetime import datetime
from math import isfinite
from pathlib import PurePath
from typing import BinaryIO

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import Header, Wanted, check_header, no_rows
from hiringkit.domain.finding import Finding, FindingList, Location, shown
from hiringkit.domain.plan import PlannedRow
from hiringkit.domain.rating_table import EMPTY_ROW, CellProblem, tidy_label
from hiringkit.exchange.text_files import BrokenRows, FileRow, FileRows, open_rows, read_bytes, wrong_length
from hiringkit.settings import zone_in_use
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import MOMENT_HINT, parse_moment

COLUMNS = Wanted(("candidate", "interviewer"), ("at", "minutes", "location", "questions"))
_LONGEST = 1440.0
"""Minutes of an interview: a day."""


def read_plan(path: str, *, stdin: BinaryIO | None = None) -> tuple[tuple[PlannedRow, ...], list[Finding]]:
    """Read interviews to be planned and everything that is wrong with their cells.

    The columns are `candidate` and `interviewer` and, optional, `at`, `minutes`, `location` and `questions`, which are
    separated by semicolons or blanks.

    Args:
        path: A CSV or, by its ending, TSV file; `-` is standard input.
        stdin: Standard input, if not the process's.

    Returns:
        The rows that have no error, and findings in the order of the file.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read.
    """
    delimiter = "\t" if PurePath(path).suffix.lower() == ".tsv" else ","
    try:
        sheet = open_rows(path, read_bytes(path, stdin), COLUMNS, delimiter)
        if isinstance(sheet, list):
            return (), sheet
        header, findings = check_header(sheet.header.cells, COLUMNS, source=path, line=sheet.header.line)
        findings = [*sheet.remarks, *findings]
        if header is None:
            return (), findings
        planned, faulty = _read(sheet, header, list(sheet.rows))
    except BrokenRows as error:
        return (), [error.finding]
    findings += faulty
    if not planned and not faulty:
        findings.append(no_rows(path))
    return planned, findings


def _read(sheet: FileRows, header: Header, rows: list[FileRow]) -> tuple[tuple[PlannedRow, ...], list[Finding]]:
    columns = set(header.index.values())
    whole = [row for row in rows if len(row.cells) == len(header.names) and any(map(str.strip, row.cells))]
    places = sheet.locate({row.line: columns for row in whole})
    findings, planned = FindingList(), []
    for row in rows:
        if len(row.cells) != len(header.names):
            findings.add(wrong_length(row, len(header.names), sheet.source))
        elif not any(map(str.strip, row.cells)):
            findings.add(EMPTY_ROW.at("", Location(sheet.source, row.line)))
        else:
            at = {name: places[row.line, cell] for name, cell in header.index.items()}
            made = _row(row, header, at)
            if isinstance(made, PlannedRow):
                planned.append(made)
            else:
                for column, problem in made:
                    findings.add(problem.at(column, at[column]))
    return tuple(planned), findings.in_order()


def _row(row: FileRow, header: Header, places: dict[str, Location]) -> PlannedRow | list[tuple[str, CellProblem]]:
    cells = {name: tidy_label(row.cells[cell]) for name, cell in header.index.items()}
    at, minutes = _moment(cells.get("at", "")), _minutes(cells.get("minutes", ""))
    wrong = [
        *_empty(cells),
        *([("at", at)] if isinstance(at, CellProblem) else []),
        *([("minutes", minutes)] if isinstance(minutes, CellProblem) else []),
    ]
    if wrong or isinstance(at, CellProblem) or isinstance(minutes, CellProblem):
        return wrong
    return PlannedRow(
        candidate=cells["candidate"],
        interviewer=cells["interviewer"],
        at=at,
        minutes=minutes,
        location=cells.get("location", ""),
        questions=tuple(cells.get("questions", "").replace(";", " ").split()),
        places=places,
    )


def _empty(cells: dict[str, str]) -> Iterator[tuple[str, CellProblem]]:
    for name in COLUMNS.required:
        if not cells[name]:
            yield name, CellProblem(Code.EMPTY_ID, "the cell is empty, expected an id")


def _moment(cell: str) -> datetime | CellProblem | None:
    if not cell:
        return None
    read = parse_moment(cell)
    return read if isinstance(read, datetime) else CellProblem(Code.TIME, read, MOMENT_HINT.format(zone=zone_in_use()))


def _minutes(cell: str) -> float | CellProblem | None:
    if not cell:
        return None
    try:
        minutes = float(cell)
    except ValueError:
        minutes = 0.0
    if isfinite(minutes) and 1 <= minutes <= _LONGEST:
        return minutes
    message = Sentence("{shown} is no number of minutes").format(shown=shown(cell))
    return CellProblem(Code.MINUTES, message, "from 1 to 1440, such as 45")
