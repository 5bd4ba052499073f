"""The data shapes of scoring: columns of ratings, and the blueprint that says what they are for."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.domain.interview import Mark
from hiringkit.domain.rating_table import Coded, RatingTable
from hiringkit.domain.rubric import NoEvidencePolicy, Rubric
from hiringkit.errors import NotFound, UsageProblem
from hiringkit.scoring.arrays import Bools, Codes, Floats, joint_key, sorted_groups
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

NUMBER, NOT_ASSESSED, NO_EVIDENCE = 0, 1, 2


@frozen(eq=False)
class RatingColumns:
    """Ratings as columns of equal length n, one entry a rating; absent ratings are simply not there."""

    candidate: Codes
    """(n,) codes into `candidates`."""
    interviewer: Codes
    """(n,) codes into `interviewers`."""
    question: Codes
    """(n,) codes into the blueprint's questions."""
    value: Floats
    """(n,) the rating where `status` is NUMBER, NaN elsewhere."""
    status: NDArray[np.int8]
    """(n,) NUMBER, NOT_ASSESSED or NO_EVIDENCE."""
    weight: Floats
    """(n,) positive weight of the rating beside others of the same interviewer and criterion; mostly 1."""
    candidates: Sequence[str]
    """Candidate ids; one without any rating may be among them."""
    interviewers: Sequence[str]
    """Interviewer ids."""

    def __len__(self) -> int:
        return len(self.value)

    def take(self, rows: Bools | Codes) -> "RatingColumns":
        """Return the ratings of these rows, with all ids kept."""
        return RatingColumns(
            self.candidate[rows],
            self.interviewer[rows],
            self.question[rows],
            self.value[rows],
            self.status[rows],
            self.weight[rows],
            self.candidates,
            self.interviewers,
        )

    def only(self, rows: Bools) -> "RatingColumns":
        """Return the ratings of these rows, without a copy where that is all of them."""
        return self if rows.all() else self.take(rows)


@frozen(eq=False)
class Blueprint:
    """What the ratings are for: the table of questions by criteria with its weights, and the scale.

    A rubric makes one; without a rubric each question is its own criterion of weight 1.
    """

    criteria: Sequence[str]
    """Criterion ids, C of them."""
    questions: Sequence[str]
    """Question ids, Q of them."""
    loadings: Floats
    """(Q, C) weight of each question as evidence for each criterion; zero where it is none."""
    weights: Floats
    """(C,) positive criterion weights; shares are weights over their sum."""
    bars: Floats
    """(C,) the score below which a criterion counts as a gap; NaN where there is none."""
    required: Bools
    """(C,) whether the criterion is a gate."""
    low: float
    """The scale's lowest level."""
    high: float
    """The scale's highest level."""
    scale_source: str = "rubric"
    """`rubric`, `option` or `data`."""
    minimum_coverage: float = 0.0
    """Share of criterion weight below which a candidate is flagged."""
    no_evidence_lowest: bool = False
    """Whether asked-and-nothing-shown counts as the lowest level instead of being left out."""
    recommend: Sequence[tuple[str, float]] = field(default=())
    """(word, lowest overall score), best first; below the last it is `strong-no`."""


def plain_blueprint(questions: Sequence[str], low: float, high: float, *, source: str) -> Blueprint:
    """Make the blueprint of ratings without a rubric: each question its own criterion of weight 1."""
    n = len(questions)
    return Blueprint(
        criteria=questions,
        questions=questions,
        loadings=np.eye(n),
        weights=np.ones(n),
        bars=np.full(n, np.nan),
        required=np.zeros(n, dtype=bool),
        low=low,
        high=high,
        scale_source=source,
    )


def rubric_blueprint(rubric: Rubric) -> Blueprint:
    """Make the blueprint of a rubric whose banks are resolved.

    A question that bears on criteria outside the rubric counts for those inside it only.
    """
    column = {criterion.id: c for c, criterion in enumerate(rubric.criteria)}
    loadings = np.zeros((len(rubric.asked), len(column)))
    for q, question in enumerate(rubric.asked):
        for criterion, weight in question.criteria.items():
            if criterion in column:
                loadings[q, column[criterion]] = weight
    return Blueprint(
        criteria=tuple(column),
        questions=tuple(question.id for question in rubric.asked),
        loadings=loadings,
        weights=np.array([criterion.weight for criterion in rubric.criteria], dtype=float),
        bars=np.array([np.nan if c.bar is None else c.bar for c in rubric.criteria], dtype=float),
        required=np.array([criterion.required for criterion in rubric.criteria], dtype=bool),
        low=float(rubric.scale.low),
        high=float(rubric.scale.high),
        minimum_coverage=rubric.policy.minimum_coverage,
        no_evidence_lowest=rubric.policy.no_evidence is NoEvidencePolicy.LOWEST,
        recommend=tuple(sorted(rubric.policy.recommend.items(), key=lambda item: -item[1])),
    )


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
    value: Sequence[float | None],
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
