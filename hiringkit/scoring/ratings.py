"""The data shapes of scoring: ratings, and the blueprint that says what they are for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import MOST, Finding, Location, Severity, has_errors
from hiringkit.domain.profile import Counts
from hiringkit.domain.rating_table import MARK_STATUS, NO_EVIDENCE, NOT_ASSESSED, NOT_FINITE, NUMBER, Coded, RatingTable
from hiringkit.domain.rubric import NoEvidencePolicy, Rubric
from hiringkit.errors import InvalidRatings, NotFound, UsageProblem
from hiringkit.scoring.arrays import Bools, Codes, Floats, joint_key, sorted_groups
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

COLUMN_LENGTH = Sentence("column {name!r} has {count} entries, expected {expected}")
CODE_UNKNOWN = Sentence("column {name} holds codes from {low} to {high}, expected 0 to {most}")
NOT_CODES = Sentence("codes are whole numbers, not {type}")
INVALID = Sentence("the ratings are not valid")


def _as_codes(values: Any) -> Codes:
    """Take whole numbers of any width, such as the int8 codes of a pandas category."""
    found = np.asarray(values)
    if found.dtype.kind not in "iu" and found.size:
        raise InvalidRatings(INVALID, [Finding(Code.COLUMN_TYPE, NOT_CODES.format(type=found.dtype))])
    return found.astype(np.int64, copy=False)


def _as_codes_or_none(values: Any) -> Codes | None:
    return None if values is None else _as_codes(values)


def _as_flags_or_none(values: Any) -> Bools | None:
    return None if values is None else np.asarray(values, dtype=bool)


def _as_floats(values: Any) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _as_status(values: Any) -> NDArray[np.int8]:
    return np.asarray(values, dtype=np.int8)


_ROWS = (
    "candidate",
    "interviewer",
    "question",
    "value",
    "status",
    "weight",
    "criterion",
    "opening",
    "line",
    "after_seeing",
)
"""The columns of `Ratings` that have an entry for each rating."""


@frozen(eq=False)
class Ratings:
    """Ratings as columns of equal length n, one entry a rating; absent ratings are simply not there.

    `from_frame` makes them of a frame or a mapping of columns, and checks every row. Made by hand, columns may be
    anything that NumPy takes, codes of any width; lengths and codes are checked at once, and rows by whoever
    scores them (`hiringkit.score`).
    """

    candidate: Codes = field(converter=_as_codes)
    """(n,) codes into `candidates`."""
    interviewer: Codes = field(converter=_as_codes)
    """(n,) codes into `interviewers`."""
    question: Codes = field(converter=_as_codes)
    """(n,) codes into `questions`."""
    value: Floats = field(converter=_as_floats)
    """(n,) the rating where `status` is 0, NaN elsewhere; on the scale of whatever the ratings are for."""
    status: NDArray[np.int8] = field(converter=_as_status)
    """(n,) 0 a number, 1 not-assessed, 2 no-evidence."""
    weight: Floats = field(converter=_as_floats)
    """(n,) positive weight of the rating beside others of the same interviewer and criterion; mostly 1."""
    candidates: Sequence[str]
    """Candidate ids; one without any rating may be among them."""
    interviewers: Sequence[str]
    """Interviewer ids."""
    questions: Sequence[str] = ()
    """Question ids; may be left out where the blueprint's questions are meant."""
    criterion: Codes | None = field(default=None, converter=_as_codes_or_none)
    """(n,) codes into `criteria`: what the question is said to be evidence for, should there be no rubric."""
    criteria: Sequence[str] = ()
    """Criterion ids; an empty one stands for the question's own id."""
    opening: Codes | None = field(default=None, converter=_as_codes_or_none)
    """(n,) codes into `openings`, where several openings are told apart."""
    openings: Sequence[str] = ()
    """Opening ids."""
    source: str = "ratings"
    """Where the ratings come from, as findings name it."""
    line: Codes | None = field(default=None, converter=_as_codes_or_none)
    """(n,) line in the source, from 1; the row's number if None."""
    after_seeing: Bools | None = field(default=None, converter=_as_flags_or_none)
    """(n,) whether it was given or changed by somebody who could see others' of the candidate; of none if None."""
    findings: tuple[Finding, ...] = ()
    """What was found in the source: warnings, such as a column that is not known, unless a check is still to come."""

    def __attrs_post_init__(self) -> None:
        """Refuse columns of different lengths and codes that stand for nothing."""
        faults = [*self._odd_lengths()] or [*self._odd_codes()]
        if faults:
            raise InvalidRatings(INVALID, faults)

    def _odd_lengths(self) -> list[Finding]:
        found = {name: np.shape(column) for name in _ROWS if (column := getattr(self, name)) is not None}
        n = len(self.candidate)
        return [
            Finding(Code.COLUMN_LENGTH, COLUMN_LENGTH.format(name=name, count=" × ".join(map(str, shape)), expected=n))
            for name, shape in found.items()
            if shape != (n,)
        ]

    def _odd_codes(self) -> list[Finding]:
        known = {
            "candidate": len(self.candidates),
            "interviewer": len(self.interviewers),
            "question": len(self.questions) or None,
            "criterion": len(self.criteria),
            "opening": len(self.openings),
            "status": 1 + max(MARK_STATUS.values()),
        }
        return [
            Finding(Code.CODE_UNKNOWN, CODE_UNKNOWN.format(name=name, low=low, high=high, most=most - 1))
            for name, size in known.items()
            if (column := getattr(self, name)) is not None and len(column)
            for low, high in [(int(column.min()), int(column.max()))]
            for most in [high + 1 if size is None else size]
            if low < 0 or high >= most
        ]

    def __len__(self) -> int:
        return len(self.value)

    @classmethod
    def from_frame(cls, frame: Any, columns: Mapping[str, str] | None = None) -> "Ratings":
        """Read ratings out of a frame and check every row.

        Args:
            frame: A pandas, Polars or PyArrow table, or whatever else narwhals reads; or a mapping of column names
                to lists or arrays. One rating a row; columns `candidate`, `interviewer`, `question`, `rating`, and
                optionally `criterion`, `opening`, `evidence`, `rated_at`, `after_seeing`, `weight`. Ids
                are texts or whole numbers, also as categories. A rating is a number, `not-assessed` or `no-evidence`;
                None, NaN and NA are absent.
            columns: The frame's name of a column to ours, such as `{"rater": "interviewer"}`.

        Returns:
            The ratings; `findings` holds warnings, such as a column that is not known.

        Raises:
            InvalidRatings: A column is missing or some row makes no sense; `findings` says which and why. Rows are
                counted from 1.
            UsageProblem: It is no frame, or `columns` names what is not there.
        """
        ratings = read_frame(frame, columns or {})
        findings = (*ratings.findings, *row_findings(ratings))
        if has_errors(findings):
            raise InvalidRatings(INVALID, findings)
        return ratings

    def take(self, rows: Bools | Codes | slice) -> "Ratings":
        """Return the ratings of these rows, with all ids kept."""
        columns = {name: getattr(self, name) for name in _ROWS}
        return evolve(self, **{name: column[rows] for name, column in columns.items() if column is not None})

    def only(self, rows: Bools) -> "Ratings":
        """Return the ratings of these rows, without a copy where that is all of them."""
        return self if rows.all() else self.take(rows)

    def counts(self) -> Counts:
        """Count what there is; a question counts where at least one row names it."""
        numbers, not_assessed, no_evidence = (
            int((self.status == kind).sum()) for kind in (NUMBER, NOT_ASSESSED, NO_EVIDENCE)
        )
        return Counts(
            ratings=numbers,
            not_assessed=not_assessed,
            no_evidence=no_evidence,
            candidates=len(self.candidates),
            interviewers=len(self.interviewers),
            questions=int((np.bincount(self.question) > 0).sum()),
        )

    def place(self, row: int) -> Location:
        """Return where a row stands in the source."""
        return Location(self.source, row + 1 if self.line is None else int(self.line[row]))


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
    levels: Floats | None = None
    """The levels that a rating may be, ascending; None where that is any number from `low` to `high`."""
    scale_source: str = "rubric"
    """`rubric`, `option` or `data`."""
    minimum_coverage: float = 0.0
    """Share of criterion weight below which a candidate is flagged."""
    no_evidence_lowest: bool = False
    """Whether asked-and-nothing-shown counts as the lowest level instead of being left out."""
    recommend: Sequence[tuple[str, float]] = field(default=())
    """(word, lowest overall score), best first; below the last it is `strong-no`."""
    bar_margin: float | None = None
    """Rating points below a bar from which on it is reached; None for half a step."""
    gate_certainty: float = 0.75
    """Probability from which on a bar is passed, and less one of which it is failed."""

    @property
    def steps(self) -> Floats:
        """(C,) from each bar to the next lower level; 1 where no level is known, NaN where there is no bar."""
        levels = [] if self.levels is None else self.levels.tolist()
        return np.array([_step(bar, levels) for bar in self.bars.tolist()], dtype=float)

    @property
    def margins(self) -> Floats:
        """(C,) rating points below each bar from which on it is reached."""
        return self.steps / 2 if self.bar_margin is None else np.full(len(self.criteria), self.bar_margin)


def _step(bar: float, levels: Sequence[float]) -> float:
    """Return how far below a bar the next level is; at the lowest level, how far above it."""
    lower = [level for level in levels if level < bar]
    if lower:
        return bar - lower[-1]
    return bar * 0 + (levels[1] - levels[0] if len(levels) > 1 else 1.0)


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
        levels=np.array(rubric.scale.values, dtype=float),
        minimum_coverage=rubric.policy.minimum_coverage,
        no_evidence_lowest=rubric.policy.no_evidence is NoEvidencePolicy.LOWEST,
        recommend=tuple(sorted(rubric.policy.recommend.items(), key=lambda item: -item[1])),
        bar_margin=rubric.policy.bar_margin,
        gate_certainty=rubric.policy.gate_certainty,
    )


NAMED = 5
"""Names in one message; the rest are counted."""
SHOWN_LEVELS = 12
"""Levels of a scale that one message names all of."""

MORE = Sentence("and {more} more of the same kind")
MORE_NAMES = Sentence("{names} and {more} more")
QUESTION_UNKNOWN = Sentence('question "{question}" is not in the rubric (rows: {rows})')
EXPLAIN = Sentence("--map FILE says what it is in the rubric, under items or criteria")
OFF_SCALE = Sentence("rating {value} is not on the scale of {low} to {high}")
OFF_LEVELS = Sentence("rating {value} is none of the levels {levels}")
LARGEST = 1e9
"""Ratings are at most this far from 0, and no weight is more often as large or as small as 1: of squares of larger
figures nothing would be left beside the others."""
TOO_LARGE = Sentence("rating {value} is beyond {most:g}, which is as far as scales go")
WEIGHT_RANGE = Sentence("weight {weight} is not from {least:g} to {most:g}")
WEIGHT = Sentence("weight {weight} is not a positive number")
DUPLICATE = Sentence("candidate, interviewer and question are those of line {first} again")
NOT_THERE = Sentence('{noun} "{word}" of a stored rating is unknown')

_MARKS = {"": NUMBER, **MARK_STATUS}


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
    findings = [describe(row) for row in rows[:MOST].tolist()]
    if len(rows) > MOST:
        findings.append(Finding(findings[0].code, MORE.format(more=len(rows) - MOST)))
    return findings


def ratings_from_table(table: RatingTable) -> Ratings:
    """Make ratings of the rows of a file or a frame, without a check of them."""
    n = len(table)
    return Ratings(
        candidate=_codes(table.candidate),
        interviewer=_codes(table.interviewer),
        question=_codes(table.question),
        value=np.frombuffer(table.value, dtype=np.float64),
        status=np.frombuffer(table.status, dtype=np.int8),
        weight=np.broadcast_to(np.float64(1.0), n)
        if table.weight is None
        else np.frombuffer(table.weight, dtype=np.float64),
        candidates=table.candidate.labels,
        interviewers=table.interviewer.labels,
        questions=table.question.labels,
        criterion=None if table.criterion is None else _codes(table.criterion),
        criteria=() if table.criterion is None else table.criterion.labels,
        opening=None if table.opening is None else _codes(table.opening),
        openings=() if table.opening is None else table.opening.labels,
        source=table.source,
        line=_lines(table.line),
        after_seeing=None if table.after_seeing is None else np.frombuffer(table.after_seeing, dtype=np.int8),
    )


def _lines(line: Any) -> Codes:
    return np.arange(line.start, line.stop) if isinstance(line, range) else np.frombuffer(line, dtype=np.int64)


def read_frame(frame: Any, columns: Mapping[str, str]) -> Ratings:
    """Make ratings of a frame, as `Ratings.from_frame` takes it; what is wrong with rows is among their findings.

    Raises:
        InvalidRatings: The frame cannot be used at all.
        UsageProblem: It is no frame, or `columns` names what is not there.
    """
    from hiringkit.scoring.frames import table_of_frame  # noqa: PLC0415 - a file needs no narwhals

    table, findings = table_of_frame(frame, columns)
    if table is None:
        raise InvalidRatings(INVALID, findings)
    return evolve(ratings_from_table(table), findings=tuple(findings))


def _codes(column: Coded) -> Codes:
    """Return the (n,) codes of a column of words."""
    return np.frombuffer(column.codes, dtype=np.int32).astype(np.int64)


def ratings_from_rows(
    candidate: Sequence[str],
    interviewer: Sequence[str],
    question: Sequence[str],
    value: Sequence[float | None],
    mark: Sequence[str | None],
    blueprint: Blueprint,
    candidates: Sequence[str],
    after_seeing: Sequence[bool] | None = None,
) -> Ratings:
    """Make ratings of rows out of a store that has checked them; one with neither value nor mark is absent.

    Args:
        candidate: (n,) candidate ids.
        interviewer: (n,) interviewer ids.
        question: (n,) question ids.
        value: (n,) levels, or None.
        mark: (n,) `not-assessed`, `no-evidence` or None; a row with a mark has no value.
        blueprint: What the ratings are for; it has every question of the rows.
        candidates: Ids of the candidates to compare, with or without ratings; every candidate of the rows.
        after_seeing: (n,) whether each was given after seeing others'; None is no.

    Raises:
        NotFound: A row names a candidate, question or mark that there is not.
    """
    late = [False] * len(candidate) if after_seeing is None else after_seeing
    table = zip(candidate, interviewer, question, value, mark, late, strict=True)
    rows = [row for row in table if row[3] is not None or row[4] is not None]
    who, by, what, levels, marks, late = zip(*rows, strict=True) if rows else ((), (), (), (), (), ())
    interviewers = list(dict.fromkeys(by))
    return Ratings(
        candidate=_positions(Sentence("candidate"), who, _index(candidates)),
        interviewer=_positions(Sentence("interviewer"), by, _index(interviewers)),
        question=_positions(Sentence("question"), what, _index(blueprint.questions)),
        value=np.array([np.nan if m else v for v, m in zip(levels, marks, strict=True)], dtype=np.float64),
        status=_positions(Sentence("mark"), [m or "" for m in marks], _MARKS).astype(np.int8),
        weight=np.ones(len(rows)),
        candidates=candidates,
        interviewers=interviewers,
        questions=blueprint.questions,
        after_seeing=late,
    )


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


def hold_against(ratings: Ratings, blueprint: Blueprint) -> tuple[Ratings, list[Finding]]:
    """Check every row of ratings against what they are for; the one door to scoring.

    Findings, all of severity error: `question-unknown` (once for a question), `rating-off-scale`, and those of
    `row_findings`; of each kind some are written out and the rest counted.

    Args:
        ratings: As their source has them.
        blueprint: What they are for.

    Returns:
        The ratings with codes into the blueprint's questions, those of other questions left out; and the findings.
        With any of them nothing is to be scored.
    """
    question = ratings.question
    if ratings.questions:
        place = _index(blueprint.questions)
        question = np.array([place.get(each, -1) for each in ratings.questions], dtype=np.int64)[question]
    known = (question >= 0) & (question < len(blueprint.questions))
    findings = [
        *_unknown_questions(ratings, ~known, blueprint),
        *_off_scale(ratings, blueprint),
        *row_findings(ratings),
    ]
    held = evolve(
        ratings,
        question=np.where(known, question, 0),
        questions=(),
        criterion=None,
        criteria=(),
        line=None,
        findings=(),
    )
    return evolve(held.only(known), questions=blueprint.questions), findings


def row_findings(ratings: Ratings) -> list[Finding]:
    """Find what is wrong with rows whatever they are for, as findings of severity error.

    These are numbers that are none (`rating-not-finite`) or beyond all scales (`rating-out-of-range`), weights that are
    not positive (`weight-not-positive`) or of no sensible size (`weight-out-of-range`), and rows whose opening,
    candidate, interviewer and question an earlier row has (`rating-duplicate`).
    """
    value, weight = ratings.value, ratings.weight
    no_number = (ratings.status == NUMBER) & ~np.isfinite(value)
    no_weight = ~((weight > 0) & (weight < np.inf))
    huge = (ratings.status == NUMBER) & np.isfinite(value) & (np.abs(value) > LARGEST)
    odd = ~no_weight & ((weight > LARGEST) | (weight < 1 / LARGEST))

    def not_finite(row: int) -> Finding:
        message = NOT_FINITE["rating"].format(shown=number(value[row]))
        return Finding(Code.RATING_NOT_FINITE, message, path="rating", location=ratings.place(row))

    def not_positive(row: int) -> Finding:
        message = WEIGHT.format(weight=number(weight[row]))
        return Finding(Code.WEIGHT_NOT_POSITIVE, message, path="weight", location=ratings.place(row))

    def too_large(row: int) -> Finding:
        message = TOO_LARGE.format(value=number(value[row]), most=LARGEST)
        return Finding(Code.RATING_OUT_OF_RANGE, message, path="rating", location=ratings.place(row))

    def too_far(row: int) -> Finding:
        message = WEIGHT_RANGE.format(weight=number(weight[row]), least=1 / LARGEST, most=LARGEST)
        return Finding(Code.WEIGHT_OUT_OF_RANGE, message, path="weight", location=ratings.place(row))

    return [
        *written_out(np.flatnonzero(no_number), not_finite),
        *written_out(np.flatnonzero(huge), too_large),
        *written_out(np.flatnonzero(no_weight), not_positive),
        *written_out(np.flatnonzero(odd), too_far),
        *_duplicates(ratings),
    ]


def _unknown_questions(ratings: Ratings, unknown: Bools, blueprint: Blueprint) -> list[Finding]:
    """Name each question that the blueprint does not have once, by the line where it is first."""
    rows = np.flatnonzero(unknown)
    _, first, counts = np.unique(ratings.question[rows], return_index=True, return_counts=True)
    asked = dict(zip(rows[first].tolist(), counts.tolist(), strict=True))

    def describe(row: int) -> Finding:
        code = int(ratings.question[row])
        question = ratings.questions[code] if ratings.questions else str(code)
        known = nearest(question, blueprint.questions)
        return Finding(
            Code.QUESTION_UNKNOWN,
            QUESTION_UNKNOWN.format(question=clean_line(question), rows=asked[row]),
            hint=Sentence("did you mean {quoted}?").format(quoted=quoted(known)) if known else EXPLAIN,
            path="question",
            location=ratings.place(row),
        )

    return written_out(np.array(sorted(asked), dtype=np.int64), describe)


def _off_scale(ratings: Ratings, blueprint: Blueprint) -> list[Finding]:
    """Find numbers that are not between the lowest and the highest level, or between two levels."""
    value, low, high = ratings.value, blueprint.low, blueprint.high
    counted = (ratings.status == NUMBER) & np.isfinite(value)
    beyond = counted & ~((value >= low) & (value <= high))
    between = np.zeros_like(beyond)
    if blueprint.levels is not None:
        between = counted & ~beyond & ~np.isin(value, blueprint.levels)

    def describe(row: int) -> Finding:
        shown = number(value[row])
        message = OFF_SCALE.format(value=shown, low=number(low), high=number(high))
        if between[row] and blueprint.levels is not None:
            message = OFF_LEVELS.format(value=shown, levels=_some_levels(blueprint.levels))
        return Finding(Code.RATING_OFF_SCALE, message, path="rating", location=ratings.place(row))

    return written_out(np.flatnonzero(beyond | between), describe)


def _some_levels(levels: Floats) -> str:
    """Name the levels, of many the first few and the last."""
    names = [number(level) for level in levels.tolist()]
    return ", ".join(names if len(names) <= SHOWN_LEVELS else [*names[:NAMED], "…", names[-1]])


def _duplicates(ratings: Ratings) -> list[Finding]:
    """Find rows whose opening, candidate, interviewer and question an earlier row has."""
    opening = [] if ratings.opening is None else [(ratings.opening, len(ratings.openings))]
    key = joint_key(
        [
            *opening,
            (ratings.candidate, len(ratings.candidates)),
            (ratings.interviewer, len(ratings.interviewers)),
            (ratings.question, len(ratings.questions) or int(ratings.question.max(initial=0)) + 1),
        ]
    )
    ordered = np.sort(key)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    rows = np.flatnonzero(np.isin(key, twice)) if len(twice) else twice
    order, starts = sorted_groups(key[rows])
    grouped = rows[order]
    firsts = np.repeat(grouped[starts], np.diff(np.append(starts, len(grouped))))
    first = dict(zip(grouped.tolist(), firsts.tolist(), strict=True))

    def describe(row: int) -> Finding:
        return Finding(
            Code.RATING_DUPLICATE,
            DUPLICATE.format(first=ratings.place(first[row]).line),
            Severity.ERROR,
            hint="keep one of the two",
            location=ratings.place(row),
        )

    return written_out(np.sort(grouped[grouped != firsts]), describe)


def one_of_each(questions: Sequence[str], criteria: Sequence[tuple[str, str]]) -> Ratings:
    """Return ratings of nobody that name every question, and every criterion that some rating has it under."""
    place, names = _index(questions), list(dict.fromkeys(criterion for _, criterion in criteria))
    nobody = np.zeros(len(criteria), dtype=np.int64)
    return Ratings(
        candidate=nobody,
        interviewer=nobody,
        question=np.array([place[question] for question, _ in criteria], dtype=np.int64),
        value=np.full(len(criteria), np.nan),
        status=np.full(len(criteria), NOT_ASSESSED),
        weight=np.ones(len(criteria)),
        candidates=("",),
        interviewers=("",),
        questions=questions,
        criterion=np.array([names.index(criterion) for _, criterion in criteria], dtype=np.int64) if criteria else None,
        criteria=names,
    )


STANDARD_SCALE = (1.0, 5.0)
"""The scale of ratings without a number."""
QUESTIONS_AT_MOST = 2_000
"""Questions that ratings without a rubric may have: each may be a criterion, a column of the comparison."""

SCALE_FROM_DATA = Sentence("the scale is the range of the ratings seen, {low} to {high}")
SCALE_UNKNOWN = Sentence("no rating is a number, so the scale is unknown; {low} to {high} stands in")
SET_APART = Sentence(
    "the number {number} stands apart from the other ratings, {low} to {high}: is it a level, or was nothing rated?"
)
SET_APART_HINT = Sentence(
    "if it is a level, --scale {low}:{high}; otherwise leave the cells empty or write not-assessed"
)
SCALE_OPTION = Sentence("a scale from {low} to {high} has no levels")
CRITERION_CONFLICT = Sentence('question "{question}" is under criterion {here}, but under {there} in line {line}')
TOO_MANY_QUESTIONS = Sentence("{many} questions are too many to be criteria; at most {most}")
SEVERAL_OPENINGS = Sentence("candidates of {many} openings are compared with each other: {names}")


def own_blueprint(ratings: Ratings, *, scale: tuple[float, float] | None = None) -> tuple[Blueprint, list[Finding]]:
    """Make the blueprint of ratings without a rubric.

    Each question is its own criterion of weight 1. Where the ratings name criteria, those are the criteria, of
    weight 1 each, and a question is evidence for the one in its rows; a row that names none stands for its
    question's id. A question under two criteria is a finding of severity error, `criterion-conflict`.

    Args:
        ratings: With the ids of their questions.
        scale: Lowest and highest level; else they are the range of the ratings (finding `scale-from-data`),
            or 1 to 5 where no rating is a number (`scale-unknown`). A number at an end of it that looks as if it
            meant that nothing was rated is a finding of severity error, `zero-doubtful`.

    Raises:
        UsageProblem: The scale given has no levels.
    """
    if scale is None:
        (low, high), seen = _scale_seen(ratings)
        source, findings = "data", [seen, *_set_apart(ratings)]
    else:
        (low, high), source, findings = checked_scale(scale), "option", []
    questions = ratings.questions
    if len(questions) > QUESTIONS_AT_MOST:
        message = TOO_MANY_QUESTIONS.format(many=len(questions), most=QUESTIONS_AT_MOST)
        hint = "give a rubric, or check that the column holds ids of questions"
        many = Finding(Code.TOO_MANY_QUESTIONS, message, hint=hint, path="question")
        return plain_blueprint((), low, high, source=source), [*findings, many]
    criterion_of, conflicts = _criteria_named(ratings)
    criteria = list(dict.fromkeys(criterion_of))
    place, loadings = _index(criteria), np.zeros((len(questions), len(criteria)))
    loadings[np.arange(len(questions)), [place[criterion] for criterion in criterion_of]] = 1.0
    plain = plain_blueprint(criteria, low, high, source=source)
    return evolve(plain, questions=questions, loadings=loadings), [*findings, *conflicts]


def checked_scale(scale: tuple[float, float]) -> tuple[float, float]:
    """Return the lowest and the highest level as floats.

    Raises:
        UsageProblem: There is no level between them.
    """
    low, high = float(scale[0]), float(scale[1])
    if not -LARGEST <= low < high <= LARGEST:
        message = SCALE_OPTION.format(low=number(low), high=number(high))
        raise UsageProblem(message, hint="give the lowest and the highest level, such as 1:5")
    return low, high


def _scale_seen(ratings: Ratings) -> tuple[tuple[float, float], Finding]:
    """Return the range of the ratings and a finding that says so; `STANDARD_SCALE` where there are none."""
    value = ratings.value
    seen = (ratings.status == NUMBER) & np.isfinite(value)
    hint = "give the scale, such as 1:5, or a rubric"
    if not seen.any():
        low, high = STANDARD_SCALE
        message = SCALE_UNKNOWN.format(low=number(low), high=number(high))
        return STANDARD_SCALE, Finding(Code.SCALE_UNKNOWN, message, Severity.WARNING, hint, "rating")
    low = float(value.min(where=seen, initial=np.inf))
    high = float(value.max(where=seen, initial=-np.inf))
    message = SCALE_FROM_DATA.format(low=number(low), high=number(high))
    return (low, high), Finding(Code.SCALE_FROM_DATA, message, Severity.INFO, hint, "rating")


_NO_RATING = (0.0, -1.0, -9.0, -99.0, -999.0, 9.0, 88.0, 98.0, 99.0, 999.0)
"""Numbers that are written where nothing was rated."""


def _set_apart(ratings: Ratings) -> list[Finding]:
    """Ask about a lowest or highest number that may mean "not rated".

    It is one of those that are used for that, and further from the other ratings than any two neighbours among them
    are from each other; at the upper end, further than their whole range, since 9 may well be a level beside 5.
    """
    seen = (ratings.status == NUMBER) & np.isfinite(ratings.value)
    levels: Floats = np.unique(ratings.value[seen])
    if len(levels) < 2:  # noqa: PLR2004 - it takes another to stand apart from
        return []
    findings = []
    for odd, others in ((levels[0], levels[1:]), (levels[-1], levels[:-1])):
        step = max(1.0, float(np.diff(others).max(initial=0.0)))
        gap = float(np.abs(others - odd).min())
        wide = gap > step if odd <= 0 else gap > max(step, float(np.ptp(others)))
        if odd in _NO_RATING and wide:
            low, high = number(float(others[0])), number(float(others[-1]))
            row = int(np.flatnonzero(seen & (ratings.value == odd))[0])
            ends = {"low": number(float(levels[0])), "high": number(float(levels[-1]))}
            findings.append(
                Finding(
                    Code.ZERO_DOUBTFUL,
                    SET_APART.format(number=number(float(odd)), low=low, high=high),
                    hint=SET_APART_HINT.format(**ends),
                    path="rating",
                    location=ratings.place(row),
                )
            )
    return findings


def _criteria_named(ratings: Ratings) -> tuple[list[str], list[Finding]]:
    """Return the criterion of each question, and a finding for each question that has more than one.

    A question's criterion is the one in its first row. A row that names none stands for the question's id.
    """
    questions = ratings.questions
    if ratings.criterion is None:
        return list(questions), []
    question, named = ratings.question, ratings.criterion
    names, own = _names(ratings.criteria, questions)
    written = np.array([not label.strip() for label in ratings.criteria], dtype=bool)
    criterion = np.where(written[named], own[question], named)
    first = np.full(len(questions), -1)
    first[question[::-1]] = np.arange(len(question))[::-1]
    criterion_of = np.where(first < 0, own, criterion[first]) if len(question) else own
    odd = np.flatnonzero(criterion != criterion_of[question])
    _, once = np.unique(question[odd], return_index=True)

    def describe(row: int) -> Finding:
        message = CRITERION_CONFLICT.format(
            question=clean_line(questions[question[row]]),
            here=quoted(names[criterion[row]]),
            there=quoted(names[criterion_of[question[row]]]),
            line=ratings.place(first[question[row]]).line,
        )
        return Finding(Code.CRITERION_CONFLICT, message, path="criterion", location=ratings.place(row))

    return [names[code] for code in criterion_of.tolist()], written_out(odd[np.sort(once)], describe)


def _names(criteria: Sequence[str], questions: Sequence[str]) -> tuple[list[str], Codes]:
    """Return all names that a criterion may have, and the position of each question's own id among them."""
    names = list(dict.fromkeys([*criteria, *questions]))
    place = {name: i for i, name in enumerate(names)}
    return names, np.array([place[question] for question in questions], dtype=np.int64)


def join_openings(ratings: Ratings) -> tuple[Ratings, list[Finding]]:
    """Return ratings whose candidates are all of one opening, with a warning where they are of several.

    Where a candidate id stands in more than one opening, the ids become `opening/candidate`.
    """
    joined = evolve(ratings, opening=None, openings=())
    if ratings.opening is None:
        return joined, []
    opening, openings, candidate, ids = ratings.opening, ratings.openings, ratings.candidate, ratings.candidates
    present = np.flatnonzero(np.bincount(opening, minlength=len(openings))).tolist()
    if len(present) <= 1:
        return joined, []
    key = joint_key([(opening, len(openings)), (candidate, len(ids))])
    _, rows, inverse = np.unique(key, return_index=True, return_inverse=True)
    if np.bincount(candidate[rows]).max() > 1:
        order = np.argsort(rows)
        pairs = zip(opening[rows[order]].tolist(), candidate[rows[order]].tolist(), strict=True)
        unrated = np.flatnonzero(np.bincount(candidate, minlength=len(ids)) == 0).tolist()
        ids = [*(f"{openings[o]}/{ids[c]}" for o, c in pairs), *(ids[c] for c in unrated)]
        joined = evolve(joined, candidate=np.argsort(order)[inverse], candidates=ids)
    names = first_few([openings[i] for i in present])
    hint = "score each opening by itself, unless they were asked the same questions"
    message = SEVERAL_OPENINGS.format(many=len(present), names=names)
    return joined, [Finding(Code.SEVERAL_OPENINGS, message, Severity.WARNING, hint, "opening")]


def split_openings(ratings: Ratings) -> dict[str, Ratings]:
    """Return the ratings of each opening, with its own candidates and interviewers only; of none if none is named."""
    if ratings.opening is None:
        return {}
    whole = evolve(ratings, opening=None, openings=())
    rows = {label: np.flatnonzero(ratings.opening == code) for code, label in enumerate(ratings.openings)}
    return {label: _occurring(whole.take(some)) for label, some in rows.items() if len(some)}


def _occurring(ratings: Ratings) -> Ratings:
    """Return ratings with the candidates and interviewers that have some."""
    who, candidate = np.unique(ratings.candidate, return_inverse=True)
    by, interviewer = np.unique(ratings.interviewer, return_inverse=True)
    return evolve(
        ratings,
        candidate=candidate.reshape(-1),
        interviewer=interviewer.reshape(-1),
        candidates=[ratings.candidates[code] for code in who.tolist()],
        interviewers=[ratings.interviewers[code] for code in by.tolist()],
    )


def without_late(ratings: Ratings) -> Ratings:
    """Return ratings without those given after seeing others', and without interviewers who gave no other.

    A candidate stays, with or without ratings.
    """
    if ratings.after_seeing is None or not ratings.after_seeing.any():
        return ratings
    kept = ratings.take(~ratings.after_seeing)
    by, interviewer = np.unique(kept.interviewer, return_inverse=True)
    return evolve(
        kept,
        interviewer=interviewer.reshape(-1),
        interviewers=[ratings.interviewers[code] for code in by.tolist()],
    )


def leave_out(ratings: Ratings, blueprint: Blueprint, questions: Collection[str]) -> tuple[Ratings, Blueprint]:
    """Return ratings and blueprint without some questions, as if nobody had asked them.

    A criterion that no other question is evidence for keeps its weight and has no score, so that coverage falls:
    what is not measured is not made up for.

    Args:
        ratings: With codes into the blueprint's questions.
        blueprint: What they are for.
        questions: Ids of what to leave out; those that the blueprint does not have change nothing.
    """
    gone = np.isin(np.array(blueprint.questions, dtype=object).astype(str), list(questions))
    if not gone.any():
        return ratings, blueprint
    place = np.cumsum(~gone) - 1
    kept = ratings.only(~gone[ratings.question])
    left = tuple(question for question, out in zip(blueprint.questions, gone, strict=True) if not out)
    return (
        evolve(kept, question=place[kept.question], questions=left),
        evolve(blueprint, questions=left, loadings=blueprint.loadings[~gone]),
    )


def without_empty_criteria(blueprint: Blueprint) -> Blueprint:
    """Return the blueprint with those criteria only that some question is evidence for."""
    held: Bools = np.any(blueprint.loadings > 0, axis=0)
    return evolve(
        blueprint,
        criteria=tuple(criterion for criterion, kept in zip(blueprint.criteria, held, strict=True) if kept),
        loadings=blueprint.loadings[:, held],
        weights=blueprint.weights[held],
        bars=blueprint.bars[held],
        required=blueprint.required[held],
    )


def asked_only(ratings: Ratings, blueprint: Blueprint) -> tuple[Ratings, Blueprint]:
    """Leave out questions without a rating, and criteria without a question."""
    asked = np.bincount(ratings.question, minlength=len(blueprint.questions)) > 0
    never = [question for question, some in zip(blueprint.questions, asked.tolist(), strict=True) if not some]
    ratings, blueprint = leave_out(ratings, blueprint, never)
    return ratings, without_empty_criteria(blueprint)
