"""What can be wrong with rows of ratings: masks of the rows at fault, and findings that name their lines."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.ratingtable import Coded, RatingTable
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line, nearest
from hiringkit.scoring.grouping import joint_key, sorted_groups
from hiringkit.scoring.ratings import NUMBER, Blueprint, Bools, Codes, RatingColumns

OF_A_KIND = 50
"""Findings with the same code that are written out; the rest are counted in one more."""

NAMED = 5
"""Names in one message; the rest are counted."""

MORE = Sentence("and {more} more of the same kind")
MORE_NAMES = Sentence("{names} and {more} more")
QUESTION_UNKNOWN = Sentence('question "{question}" is not in the rubric (rows: {rows})')
OFF_SCALE = Sentence("rating {value} is not on the scale of {low} to {high}")
WEIGHT = Sentence("weight {weight} is not a positive number")
DUPLICATE = Sentence("candidate, interviewer and question are those of line {first} again")

Faults = tuple[Bools, list[Finding]]


def column_codes(column: Coded) -> Codes:
    """Return the (n,) codes of a column of words."""
    return np.frombuffer(column.codes, dtype=np.int32).astype(np.int64)


def column_lines(table: RatingTable) -> NDArray[np.int64]:
    """Return the (n,) line numbers."""
    return np.frombuffer(table.line, dtype=np.int64)


def quoted(text: str) -> str:
    """Return a word out of a file as a message may show it."""
    return f'"{clean_line(text)}"'


def first_few(names: Sequence[str]) -> str:
    """Name the first few and count the others."""
    shown = ", ".join(map(quoted, names[:NAMED]))
    return shown if len(names) <= NAMED else MORE_NAMES.format(names=shown, more=len(names) - NAMED)


def number(value: float) -> str:
    """Return a number as a message may show it: as many digits as tell it from its neighbours, no more."""
    return f"{value:.15g}"


def written_out(rows: Codes, describe: Callable[[int], Finding]) -> list[Finding]:
    """Describe the first rows at fault, and count the rest in a finding with the same code."""
    findings = [describe(row) for row in rows[:OF_A_KIND].tolist()]
    if len(rows) > OF_A_KIND:
        findings.append(Finding(findings[0].code, MORE.format(more=len(rows) - OF_A_KIND)))
    return findings


def unknown_questions(table: RatingTable, columns: RatingColumns, blueprint: Blueprint) -> Faults:
    """Find questions that the blueprint does not have; each is named once, by the line where it is first."""
    bad = columns.question < 0
    rows = np.flatnonzero(bad)
    if not len(rows):
        return bad, []
    lines, codes = column_lines(table), column_codes(table.question)
    _, first, counts = np.unique(codes[rows], return_index=True, return_counts=True)
    asked = dict(zip(rows[first].tolist(), counts.tolist(), strict=True))

    def describe(row: int) -> Finding:
        question = table.question.labels[codes[row]]
        known = nearest(question, blueprint.questions)
        return Finding(
            "question-unknown",
            QUESTION_UNKNOWN.format(question=clean_line(question), rows=asked[row]),
            hint=Sentence("did you mean {quoted}?").format(quoted=quoted(known)) if known else "",
            path="question",
            location=Location(table.source, int(lines[row])),
        )

    return bad, written_out(np.array(sorted(asked), dtype=np.int64), describe)


def off_scale(table: RatingTable, columns: RatingColumns, blueprint: Blueprint) -> Faults:
    """Find numbers that are not between the lowest and the highest level."""
    lines, low, high = column_lines(table), blueprint.low, blueprint.high
    bad = (columns.status == NUMBER) & ~((columns.value >= low) & (columns.value <= high))

    def describe(row: int) -> Finding:
        message = OFF_SCALE.format(value=number(columns.value[row]), low=number(low), high=number(high))
        return Finding("rating-off-scale", message, path="rating", location=Location(table.source, int(lines[row])))

    return bad, written_out(np.flatnonzero(bad), describe)


def bad_weights(table: RatingTable, columns: RatingColumns, _: Blueprint) -> Faults:
    """Find weights that are zero, negative, infinite or no number."""
    lines = column_lines(table)
    bad = ~((columns.weight > 0) & (columns.weight < np.inf))

    def describe(row: int) -> Finding:
        message = WEIGHT.format(weight=number(columns.weight[row]))
        return Finding("weight-not-positive", message, path="weight", location=Location(table.source, int(lines[row])))

    return bad, written_out(np.flatnonzero(bad), describe)


def duplicates(table: RatingTable, columns: RatingColumns, _: Blueprint) -> Faults:
    """Find rows whose candidate, interviewer and question an earlier row has."""
    lines, bad = column_lines(table), np.zeros(len(columns), dtype=bool)
    key = joint_key(
        [
            (columns.candidate, len(columns.candidates)),
            (columns.interviewer, len(columns.interviewers)),
            (column_codes(table.question), len(table.question.labels)),
        ]
    )
    ordered = np.sort(key)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    rows = np.flatnonzero(np.isin(key, twice)) if len(twice) else twice
    order, starts = sorted_groups(key[rows])
    grouped = rows[order]
    firsts = np.repeat(grouped[starts], np.diff(np.append(starts, len(grouped))))
    first = dict(zip(grouped.tolist(), firsts.tolist(), strict=True))
    bad[grouped[grouped != firsts]] = True

    def describe(row: int) -> Finding:
        return Finding(
            "rating-duplicate",
            DUPLICATE.format(first=lines[first[row]]),
            Severity.ERROR,
            hint="keep one of the two",
            location=Location(table.source, int(lines[row])),
        )

    return bad, written_out(np.flatnonzero(bad), describe)
