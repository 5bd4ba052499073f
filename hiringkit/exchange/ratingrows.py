"""What each row of a rating file means, and what is wrong with it.

The same for every format and every reader, so that a file means the same however it was read.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from attrs import frozen

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.ratingtable import RatingTable
from hiringkit.domain.sentence import Sentence
from hiringkit.exchange.cells import ABSENT, EMPTY_ROW, ParsedRating, Problem, parse_id, parse_rating, parse_weight
from hiringkit.exchange.findinglist import MOST, FindingList, shown
from hiringkit.exchange.ratingbuild import build_table
from hiringkit.exchange.rawtable import Cell, RawTable, first_rows, rows_with

_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "candidate": parse_id,
    "interviewer": parse_id,
    "question": parse_id,
    "rating": parse_rating,
    "weight": parse_weight,
}
_IDS = ("candidate", "interviewer", "question")


@frozen(eq=False)
class _Judged:
    """The meaning of cells, and the rows that mean nothing."""

    parsed: Mapping[str, Sequence[Any]]
    """By column and code, what the cell means or its Problem."""
    wrong: Mapping[str, Sequence[int]]
    """By column, the rows whose cell is a Problem."""
    unrated: Sequence[int]
    """Rows with an empty rating."""
    blank: Collection[int]
    """Rows in which neither an id nor a rating is filled in."""


def make_ratings(raw: RawTable) -> tuple[RatingTable, list[Finding]]:
    """Make the table of all rows that mean something, and a finding for each row that does not."""
    judged = _judge(raw)
    faulty = set(judged.blank).union(*judged.wrong.values())
    absent = sum(row not in faulty for row in judged.unrated)
    left_out = sorted(faulty.union(judged.unrated))
    return build_table(raw, judged.parsed, left_out=left_out, absent=absent), _findings(raw, judged)


def _judge(raw: RawTable) -> _Judged:
    known = [name for name in _PARSERS if name in raw.columns]
    parsed = {name: [_PARSERS[name](label) for label in raw.columns[name].labels] for name in known}
    wrong = {name: rows_with(raw.columns[name], partial(_is_problem, parsed[name])) for name in known}
    unrated = rows_with(raw.columns["rating"], partial(_is_absent, parsed["rating"]))
    blank = set(wrong["candidate"]).intersection(wrong["interviewer"], wrong["question"], unrated)
    return _Judged(parsed, wrong, unrated, blank)


def _is_problem(cells: Sequence[Any], code: int) -> bool:
    return isinstance(cells[code], Problem)


def _is_absent(cells: Sequence[Any], code: int) -> bool:
    return isinstance(cells[code], ParsedRating) and cells[code].status == ABSENT


def _findings(raw: RawTable, judged: _Judged) -> list[Finding]:
    findings = FindingList()
    problems = {(row, name): problem for name, row, problem in _problems(raw, judged, findings)}
    merged = {cell: problem for name in _IDS for cell, problem in _merged(raw, name, judged)}
    blank = sorted(judged.blank)
    findings.count_more("empty-row", max(len(blank) - MOST, 0))
    blanks = {(row, "candidate"): EMPTY_ROW for row in blank[:MOST]}
    places = raw.places([*problems, *merged, *blanks])
    for found in (problems, merged, blanks):
        findings.extend(problem.at(cell[1], places[cell]) for cell, problem in found.items())
    return findings.in_order()


def _problems(raw: RawTable, judged: _Judged, findings: FindingList) -> Iterator[tuple[str, int, Problem]]:
    """Iterate over the first problems of each code and column; only count the others."""
    for name, rows in judged.wrong.items():
        codes, cells = raw.columns[name].codes, judged.parsed[name]
        seen: Counter[str] = Counter()
        for row in rows:
            if row in judged.blank:
                continue
            problem = cells[codes[row]]
            seen[problem.code] += 1
            if seen[problem.code] <= MOST:
                yield name, row, problem
        for code, n in seen.items():
            findings.count_more(code, max(n - MOST, 0))


def _merged(raw: RawTable, name: str, judged: _Judged) -> Iterator[tuple[Cell, Problem]]:
    """Find ids that only differ in what nobody can see, and that are therefore taken as one."""
    column = raw.columns[name]
    first: dict[str, int] = {}
    same: dict[int, int] = {}
    for code, identity in enumerate(judged.parsed[name]):
        if isinstance(identity, str) and first.setdefault(identity, code) != code:
            same[code] = first[identity]
    few = dict(list(same.items())[:MOST])
    rows = first_rows(column.codes, set(few)) if few else {}
    for code, earlier in few.items():
        message = Sentence("{shown} and {shown2} look the same and are taken as one").format(
            shown=shown(column.labels[code]), shown2=shown(column.labels[earlier])
        )
        yield (rows[code], name), Problem("ids-merged", message, severity=Severity.WARNING)
