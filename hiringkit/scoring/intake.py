"""From ratings as a file or a store holds them to columns; what does not fit is a finding."""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve

from hiringkit.domain.finding import Finding
from hiringkit.domain.interview import Mark
from hiringkit.domain.ratingtable import RatingTable
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import clean_line, nearest
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.scoring.faults import (
    bad_weights,
    column_codes,
    duplicates,
    number,
    off_scale,
    quoted,
    unknown_questions,
)
from hiringkit.scoring.inferred import candidates_by_opening, criteria_named, scale_seen
from hiringkit.scoring.ratings import (
    NO_EVIDENCE,
    NOT_ASSESSED,
    NUMBER,
    Blueprint,
    Codes,
    RatingColumns,
    plain_blueprint,
)

QUESTIONS_AT_MOST = 2_000
"""Questions that a file without a rubric may have: each may be a criterion, a column of the comparison."""

MARKS = {"": NUMBER, Mark.NOT_ASSESSED.value: NOT_ASSESSED, Mark.NO_EVIDENCE.value: NO_EVIDENCE}

SCALE_OPTION = Sentence("a scale from {low} to {high} has no levels")
TOO_MANY_QUESTIONS = Sentence("{many} questions are too many to be criteria; at most {most}")
NOT_THERE = Sentence('{noun} "{word}" of a stored rating is unknown')


def columns_from_table(table: RatingTable, blueprint: Blueprint) -> tuple[RatingColumns, list[Finding]]:
    """Make columns of a table of ratings, checking every row.

    Rows at fault are left out of the columns and are findings of severity error: `question-unknown` (once for
    a question), `rating-off-scale`, `weight-not-positive` and `rating-duplicate` (the first of the rows
    stays); of each kind some are written out and the rest counted.
    Several openings in one table are a warning, `several-openings`; where a candidate id stands in more than
    one, candidates are told apart as `opening/candidate`.

    Args:
        table: As read, n rows.
        blueprint: What the ratings are for.
    """
    candidate, candidates, findings = candidates_by_opening(table)
    lookup = _index(blueprint.questions)
    mapped = np.array([lookup.get(label, -1) for label in table.question.labels], dtype=np.int64)
    value = np.frombuffer(table.value, dtype=np.float64)
    columns = RatingColumns(
        candidate=candidate,
        interviewer=column_codes(table.interviewer),
        question=mapped[column_codes(table.question)],
        value=value,
        status=np.frombuffer(table.status, dtype=np.int8),
        weight=np.ones(len(value)) if table.weight is None else np.frombuffer(table.weight, dtype=np.float64),
        candidates=candidates,
        interviewers=table.interviewer.labels,
    )
    bad = np.zeros(len(columns), dtype=bool)
    for check in (unknown_questions, off_scale, bad_weights, duplicates):
        rows, found = check(table, columns, blueprint)
        bad |= rows
        findings += found
    return columns.only(~bad), findings


def columns_from_rows(
    candidate: Sequence[str],
    interviewer: Sequence[str],
    question: Sequence[str],
    value: Sequence[int | None],
    mark: Sequence[str | None],
    blueprint: Blueprint,
    candidates: Sequence[str],
) -> RatingColumns:
    """Make columns of rows out of a store that has checked them; one with neither value nor mark is absent.

    Args:
        candidate: (n,) candidate ids.
        interviewer: (n,) interviewer ids.
        question: (n,) question ids.
        value: (n,) levels, or None.
        mark: (n,) `not-assessed`, `no-evidence` or None; a row with a mark has no value.
        blueprint: What the ratings are for; it has every question of the rows.
        candidates: Ids of the candidates to compare, with or without ratings; every candidate of the rows.

    Raises:
        NotFound: A row names a candidate, question or mark that there is not.
    """
    table = zip(candidate, interviewer, question, value, mark, strict=True)
    rows = [row for row in table if row[3] is not None or row[4] is not None]
    who, by, what, levels, marks = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    interviewers = list(dict.fromkeys(by))
    return RatingColumns(
        candidate=_positions(Sentence("candidate"), who, _index(candidates)),
        interviewer=_positions(Sentence("interviewer"), by, _index(interviewers)),
        question=_positions(Sentence("question"), what, _index(blueprint.questions)),
        value=np.array([np.nan if m else v for v, m in zip(levels, marks, strict=True)], dtype=np.float64),
        status=_positions(Sentence("mark"), [m or "" for m in marks], MARKS).astype(np.int8),
        weight=np.ones(len(rows)),
        candidates=candidates,
        interviewers=interviewers,
    )


def blueprint_from_table(
    table: RatingTable, *, scale: tuple[float, float] | None = None
) -> tuple[Blueprint, list[Finding]]:
    """Make the blueprint of a file without a rubric.

    Each question is its own criterion of weight 1. Where the file names criteria, those are the criteria, of
    weight 1 each, and a question is evidence for the one in its rows; a row that names none stands for its
    question's id. A question under two criteria is a finding of severity error, `criterion-conflict`.

    Args:
        table: As read.
        scale: Lowest and highest level; else they are the range of the ratings (finding `scale-from-data`),
            or 1 to 5 where no rating is a number (`scale-unknown`).

    Raises:
        UsageProblem: The scale given has no levels.
    """
    (low, high), source, findings = _scale(table, scale)
    questions = table.question.labels
    if len(questions) > QUESTIONS_AT_MOST:
        message = TOO_MANY_QUESTIONS.format(many=len(questions), most=QUESTIONS_AT_MOST)
        hint = "give a rubric, or check that the column holds ids of questions"
        return plain_blueprint((), low, high, source=source), [
            *findings,
            Finding("too-many-questions", message, hint=hint, path="question"),
        ]
    criterion_of, conflicts = criteria_named(table)
    criteria = list(dict.fromkeys(criterion_of))
    place, loadings = _index(criteria), np.zeros((len(questions), len(criteria)))
    loadings[np.arange(len(questions)), [place[criterion] for criterion in criterion_of]] = 1.0
    plain = plain_blueprint(criteria, low, high, source=source)
    return evolve(plain, questions=questions, loadings=loadings), [*findings, *conflicts]


def _scale(table: RatingTable, scale: tuple[float, float] | None) -> tuple[tuple[float, float], str, list[Finding]]:
    """Return the scale, where it comes from and what is to be said of it."""
    if scale is None:
        seen, finding = scale_seen(table)
        return seen, "data", [finding]
    low, high = scale
    if not -np.inf < low < high < np.inf:
        message = SCALE_OPTION.format(low=number(low), high=number(high))
        raise UsageProblem(message, hint="give the lowest and the highest level, such as 1:5")
    return scale, "option", []


def _index(words: Sequence[str]) -> dict[str, int]:
    """Return the position of every word."""
    return {word: i for i, word in enumerate(words)}


def _positions(noun: str, words: Sequence[str], known: Mapping[str, int]) -> Codes:
    """Look words up."""
    try:
        return np.array([known[word] for word in words], dtype=np.int64)
    except KeyError as unknown:
        word = str(unknown.args[0])
        near = nearest(word, known)
        hint = Sentence("did you mean {quoted}?").format(quoted=quoted(near)) if near else ""
        raise NotFound(NOT_THERE.format(noun=noun, word=clean_line(word)), hint=hint) from None
