"""Availability and limits out of CSV: a row for each interviewer."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import PurePath

from attrs import evolve

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import Wanted, check_header, no_rows
from hiringkit.domain.finding import Finding, FindingList, Location, Severity, has_errors, shown
from hiringkit.domain.panel import Availability, InterviewerTerms, contradictions
from hiringkit.domain.rating_table import CellProblem, tidy_label
from hiringkit.exchange.text_files import BrokenRows, FileRows, open_rows, read_bytes, wrong_length
from hiringkit.settings import zone_in_use
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import MOMENT_HINT, parse_moment

COLUMNS = Wanted(("interviewer",), ("minutes", "at_least", "at_most", "asks", "apart", "times"))
_NUMBERS = {"minutes": (1, 1440), "at_least": (0, 10_000), "at_most": (0, 10_000)}
"""The least and the most of each."""


def read_availability_rows(path: str) -> tuple[Availability | None, list[Finding]]:
    """Read the terms of interviewers; several criteria, candidates or times of one stand between semicolons.

    Args:
        path: A CSV or, by its ending, TSV file.

    Returns:
        What the file says, or None where any finding is an error; and findings in the order of the file.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read.
    """
    delimiter = "\t" if PurePath(path).suffix.lower() == ".tsv" else ","
    try:
        sheet = open_rows(path, read_bytes(path, None), COLUMNS, delimiter)
        if isinstance(sheet, list):
            return None, sheet
        header, found = check_header(sheet.header.cells, COLUMNS, source=path, line=sheet.header.line)
        findings = [*sheet.remarks, *map(_stricter, found)]
        if header is None:
            return None, findings
        terms, faulty = _read(sheet, header.index, len(header.names))
    except BrokenRows as error:
        return None, [error.finding]
    findings += faulty
    if not terms and not faulty:
        findings.append(no_rows(path))
    return (None if has_errors(findings) else Availability(terms)), findings


def _stricter(finding: Finding) -> Finding:
    """A limit in a column that is not known would silently not hold, so that is an error."""
    return evolve(finding, severity=Severity.ERROR) if finding.code is Code.UNKNOWN_COLUMN else finding


def _read(sheet: FileRows, index: Mapping[str, int], width: int) -> tuple[dict[str, InterviewerTerms], list[Finding]]:
    rows = [row for row in sheet.rows if any(map(str.strip, row.cells))]
    places = sheet.locate({row.line: set(index.values()) for row in rows if len(row.cells) == width})
    findings, terms = FindingList(), dict[str, InterviewerTerms]()
    for row in rows:
        if len(row.cells) != width:
            findings.add(wrong_length(row, width, sheet.source))
            continue
        at = {name: places[row.line, cell] for name, cell in index.items()}
        cells = {name: tidy_label(row.cells[cell]) for name, cell in index.items()}
        who = cells["interviewer"]
        if who in terms:
            findings.add(_twice(who, at["interviewer"]))
        for column, problem in _problems(cells):
            findings.add(problem.at(column, at[column]))
        terms[who] = _terms(cells)
    return terms, findings.in_order()


def _twice(who: str, place: Location) -> Finding:
    message = Sentence("{shown} stands in two rows").format(shown=shown(who))
    return Finding(Code.CONTRADICTION, message, path="interviewer", location=place)


def _problems(cells: Mapping[str, str]) -> Iterator[tuple[str, CellProblem]]:
    if not cells["interviewer"]:
        yield "interviewer", CellProblem(Code.EMPTY_ID, "the cell is empty, expected an id")
    for name, (low, high) in _NUMBERS.items():
        if cells.get(name) and _number(cells[name], low, high) is None:
            message = Sentence("{shown} is no whole number from {low} to {high}")
            yield name, CellProblem(Code.OUT_OF_RANGE, message.format(shown=shown(cells[name]), low=low, high=high))
    read = {each: parse_moment(each) for each in _list(cells, "times")}
    wrong = [each for each in read.values() if not isinstance(each, datetime)]
    if wrong:
        yield "times", CellProblem(Code.TIME, wrong[0], MOMENT_HINT.format(zone=zone_in_use()))
        return
    terms = _terms(cells)
    for name, problem in contradictions(
        terms, [each for each in map(parse_moment, terms.times) if isinstance(each, datetime)]
    ):
        yield name if name in cells else "times", CellProblem(Code.CONTRADICTION, problem)


def _terms(cells: Mapping[str, str]) -> InterviewerTerms:
    numbers = {name: _number(cells.get(name, ""), *bounds) for name, bounds in _NUMBERS.items()}
    return InterviewerTerms(
        minutes=numbers["minutes"],
        at_least=numbers["at_least"] or 0,
        at_most=numbers["at_most"],
        asks=_list(cells, "asks"),
        apart=_list(cells, "apart"),
        times=_list(cells, "times"),
    )


def _list(cells: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cells.get(name, "").split(";") if part.strip())


def _number(cell: str, low: int, high: int) -> int | None:
    if not (cell.isascii() and cell.isdigit()):
        return None
    value = int(cell[:9])
    return value if low <= value <= high else None
