"""Candidates and interviewers out of CSV and workbooks."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from typing import BinaryIO

from attrs import evolve, frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.columns import NO_SYNONYMS, SYNONYMS, Header, Synonyms, Wanted, check_header, extended, no_rows
from hiringkit.domain.finding import Finding, FindingList, Location, Severity, in_order, shown
from hiringkit.domain.people import Candidate, Interviewer, whole_name
from hiringkit.domain.rating_table import EMPTY_ROW, CellProblem, tidy_label, tidy_text
from hiringkit.domain.shape import ID_SHAPE, LONGEST_ID
from hiringkit.exchange.text_files import BrokenRows, FileRow, FileRows, open_rows, read_bytes, wrong_length
from hiringkit.text.sentence import Sentence

_NAME_PARTS = {"name": ("first_name", "last_name")}
CANDIDATES = Wanted(
    ("name",),
    ("first_name", "last_name", "id", "email", "note", "resume_line"),
    instead=_NAME_PARTS,
    synonyms=extended({"name": SYNONYMS["candidate"]}),
)
INTERVIEWERS = Wanted(
    ("name",),
    ("first_name", "last_name", "id", "email"),
    instead=_NAME_PARTS,
    synonyms=extended({"name": SYNONYMS["interviewer"]}),
)


def read_people(
    path: str, kind: str = "candidate", *, stdin: BinaryIO | None = None, more: Synonyms = NO_SYNONYMS
) -> tuple[tuple[Candidate | Interviewer, ...], list[Finding]]:
    """Read people and everything that is wrong with them.

    The columns are `name`, or `first_name` and `last_name`, and, optional, `id`, `email` and, for candidates, `note`
    and `resume_line`, the résumé in one line.
    Where the file gives no id, the person has none yet: `domain.people.id_from_name` makes it when they are added,
    because only then is it known which ids are taken.

    Args:
        path: A CSV file, a workbook or, by its ending, a TSV file; `-` is standard input.
        kind: candidate or interviewer.
        stdin: Standard input, if not the process's.
        more: What else columns are called.

    Returns:
        All people whose row has no error, and findings in the order of the file.

    Raises:
        NotFound: There is no such file.
        Refused: It cannot be read.
    """
    usual = INTERVIEWERS if kind == "interviewer" else CANDIDATES
    delimiter = "\t" if PurePath(path).suffix.lower() == ".tsv" else ","
    people, findings = _read(
        path, read_bytes(path, stdin), delimiter, kind, evolve(usual, synonyms=extended(more, usual.synonyms))
    )
    if kind == "interviewer":
        return tuple(Interviewer(p.id, p.name, p.email) for p in people), findings
    return tuple(Candidate(p.id, p.name, p.email, p.note, p.resume_line) for p in people), findings


@frozen
class _Person:
    """A row of the file."""

    line: int
    id: str
    name: str
    email: str
    note: str
    resume_line: str


_Fault = tuple[_Person, str, CellProblem]
"""A person, the column and what is wrong with it."""


def _read(source: str, data: bytes, delimiter: str, kind: str, wanted: Wanted) -> tuple[list[_Person], list[Finding]]:
    findings: list[Finding] = []
    try:
        sheet = open_rows(source, data, wanted, delimiter)
        if isinstance(sheet, list):
            return [], sheet
        header, findings = check_header(sheet.header.cells, wanted, source=source, line=sheet.header.line)
        findings = [*sheet.remarks, *findings]
        if header is None:
            return [], findings
        people, misshapen = _people(sheet.rows, header, source)
    except BrokenRows as broken:
        return [], [*findings, broken.finding]
    if not people and not misshapen:
        return [], [*findings, no_rows(source)]
    good, wrong = _check(people, kind, sheet, header)
    return good, in_order(findings + misshapen + wrong)


def _people(rows: Iterator[FileRow], header: Header, source: str) -> tuple[list[_Person], list[Finding]]:
    people, misshapen = [], FindingList()
    for row in rows:
        if len(row.cells) != len(header.names):
            misshapen.add(wrong_length(row, len(header.names), source))
        elif any(map(str.strip, row.cells)):
            people.append(_person(row, header))
        else:
            misshapen.add(EMPTY_ROW.at("", Location(source, row.line)))
    return people, misshapen.in_order()


def _person(row: FileRow, header: Header) -> _Person:
    def cell(name: str) -> str:
        return row.cells[header.index[name]] if name in header.index else ""

    return _Person(
        line=row.line,
        id=tidy_label(cell("id")),
        name=tidy_label(cell("name")) or whole_name(tidy_label(cell("first_name")), tidy_label(cell("last_name"))),
        email=tidy_label(cell("email")),
        note=tidy_text(cell("note")).strip(),
        resume_line=tidy_label(cell("resume_line")),
    )


def _check(people: list[_Person], kind: str, sheet: FileRows, header: Header) -> tuple[list[_Person], list[Finding]]:
    """Return the people whose row has no error, and what is wrong with the others."""
    faults = [
        *_each(people, "name", lambda p: None if p.name else CellProblem(Code.EMPTY_NAME, "the person has no name")),
        *_each(people, "id", _check_id),
        *_repeated(people, "id", Code.DUPLICATE_ID, Severity.ERROR),
        *_repeated(
            people, "email", Code.DUPLICATE_EMAIL, Severity.ERROR if kind == "interviewer" else Severity.WARNING
        ),
        *_repeated([p for p in people if not p.id], "name", Code.DUPLICATE_NAME, Severity.WARNING),
    ]
    wrong = {person.line for person, _column, problem in faults if problem.severity is Severity.ERROR}
    return [person for person in people if person.line not in wrong], _findings(faults, sheet, header)


def _findings(faults: Sequence[_Fault], sheet: FileRows, header: Header) -> list[Finding]:
    wanted: dict[int, set[int]] = {}
    for person, column, _problem in faults:
        wanted.setdefault(person.line, set()).add(_position(header, column))
    places = sheet.locate(wanted)
    findings = FindingList()
    for person, column, problem in faults:
        findings.add(problem.at(column, places[person.line, _position(header, column)]))
    return findings.in_order()


def _position(header: Header, column: str) -> int:
    """Return where a column stands, or the first of those that stand for it."""
    return header.index[column] if column in header.index else header.index[_NAME_PARTS[column][0]]


def _each(people: list[_Person], column: str, check: Callable[[_Person], CellProblem | None]) -> Iterator[_Fault]:
    for person in people:
        if problem := check(person):
            yield person, column, problem


def _check_id(person: _Person) -> CellProblem | None:
    if not person.id or ID_SHAPE.fits(person.id):
        return None
    hint = Sentence("lower-case words joined by -, at most {longest_id} signs; or leave it empty").format(
        longest_id=LONGEST_ID
    )
    return CellProblem(Code.ID_FORM, Sentence("{shown} is no id").format(shown=shown(person.id)), hint)


def _repeated(people: Sequence[_Person], column: str, code: Code, severity: Severity) -> Iterator[_Fault]:
    """Find cells that a row before has too, whatever their case."""
    first: dict[str, int] = {}
    for person in people:
        value = getattr(person, column)
        if value and first.setdefault(value.lower(), person.line) != person.line:
            message = Sentence("{column} {shown} stands in line {first} already").format(
                column=column, shown=shown(value), first=first[value.lower()]
            )
            yield person, column, CellProblem(code, message, "is it the same person?", severity)
