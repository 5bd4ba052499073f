"""What a file of ratings says of its scale, its criteria and its openings where no rubric does."""

from collections.abc import Sequence

import numpy as np

from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.ratingtable import RatingTable
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line
from hiringkit.scoring.faults import column_codes, column_lines, first_few, number, quoted, written_out
from hiringkit.scoring.grouping import joint_key
from hiringkit.scoring.ratings import NUMBER, Codes

STANDARD_SCALE = (1.0, 5.0)
"""The scale of a file without a number."""

SCALE_FROM_DATA = Sentence("the scale is the range of the ratings seen, {low} to {high}")
SCALE_UNKNOWN = Sentence("no rating is a number, so the scale is unknown; {low} to {high} stands in")
CRITERION_CONFLICT = Sentence('question "{question}" is under criterion {here}, but under {there} in line {line}')
SEVERAL_OPENINGS = Sentence("candidates of {many} openings are compared with each other: {names}")


def scale_seen(table: RatingTable) -> tuple[tuple[float, float], Finding]:
    """Return the range of the ratings and a finding that says so; `STANDARD_SCALE` where there are none."""
    value = np.frombuffer(table.value, dtype=np.float64)
    seen = (np.frombuffer(table.status, dtype=np.int8) == NUMBER) & np.isfinite(value)
    hint = "give the scale, such as 1:5, or a rubric"
    if not seen.any():
        low, high = STANDARD_SCALE
        message = SCALE_UNKNOWN.format(low=number(low), high=number(high))
        return STANDARD_SCALE, Finding("scale-unknown", message, Severity.WARNING, hint, "rating")
    low = float(value.min(where=seen, initial=np.inf))
    high = float(value.max(where=seen, initial=-np.inf))
    message = SCALE_FROM_DATA.format(low=number(low), high=number(high))
    return (low, high), Finding("scale-from-data", message, Severity.INFO, hint, "rating")


def criteria_named(table: RatingTable) -> tuple[list[str], list[Finding]]:
    """Return the criterion of each question, and a finding for each question that has more than one.

    A question's criterion is the one in its first row. A row that names none stands for the question's id.
    """
    questions = table.question.labels
    if table.criterion is None:
        return list(questions), []
    question = column_codes(table.question)
    names, own = _names(table.criterion.labels, questions)
    written = np.array([not label.strip() for label in table.criterion.labels], dtype=bool)
    named = column_codes(table.criterion)
    criterion = np.where(written[named], own[question], named)
    first = np.full(len(questions), -1)
    first[question[::-1]] = np.arange(len(question))[::-1]
    criterion_of = np.where(first < 0, own, criterion[first]) if len(question) else own
    odd = np.flatnonzero(criterion != criterion_of[question])
    _, once = np.unique(question[odd], return_index=True)
    lines = column_lines(table)

    def describe(row: int) -> Finding:
        message = CRITERION_CONFLICT.format(
            question=clean_line(questions[question[row]]),
            here=quoted(names[criterion[row]]),
            there=quoted(names[criterion_of[question[row]]]),
            line=lines[first[question[row]]],
        )
        where = Location(table.source, int(lines[row]))
        return Finding("criterion-conflict", message, path="criterion", location=where)

    return [names[code] for code in criterion_of.tolist()], written_out(odd[np.sort(once)], describe)


def candidates_by_opening(table: RatingTable) -> tuple[Codes, Sequence[str], list[Finding]]:
    """Return codes and ids of candidates, with a warning where the rows are of several openings.

    Where a candidate id stands in more than one opening, the ids become `opening/candidate`.
    """
    candidate, ids = column_codes(table.candidate), table.candidate.labels
    if table.opening is None:
        return candidate, ids, []
    opening, openings = column_codes(table.opening), table.opening.labels
    present = np.flatnonzero(np.bincount(opening, minlength=len(openings))).tolist()
    if len(present) <= 1:
        return candidate, ids, []
    key = joint_key([(opening, len(openings)), (candidate, len(ids))])
    _, rows, inverse = np.unique(key, return_index=True, return_inverse=True)
    if np.bincount(candidate[rows]).max() > 1:
        order = np.argsort(rows)
        pairs = zip(opening[rows[order]].tolist(), candidate[rows[order]].tolist(), strict=True)
        unrated = np.flatnonzero(np.bincount(candidate, minlength=len(ids)) == 0).tolist()
        ids = [*(f"{openings[o]}/{ids[c]}" for o, c in pairs), *(ids[c] for c in unrated)]
        candidate = np.argsort(order)[inverse]
    return candidate, ids, [_several_openings([openings[i] for i in present])]


def _names(criteria: Sequence[str], questions: Sequence[str]) -> tuple[list[str], Codes]:
    """Return all names that a criterion may have, and the position of each question's own id among them."""
    names = list(dict.fromkeys([*criteria, *questions]))
    place = {name: i for i, name in enumerate(names)}
    return names, np.array([place[question] for question in questions], dtype=np.int64)


def _several_openings(openings: Sequence[str]) -> Finding:
    """Warn that candidates of several openings are compared."""
    hint = "score each opening by itself, unless they were asked the same questions"
    message = SEVERAL_OPENINGS.format(many=len(openings), names=first_few(openings))
    return Finding("several-openings", message, Severity.WARNING, hint, "opening")
