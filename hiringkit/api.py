"""hiringkit for Python: rubrics, scores and agreement without a command line and without a database.

`import hiringkit as hk`; the names below are `hk.score` and so on. docs/python.md walks through them.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from numbers import Integral, Real
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeVar

from attrs import field, fields, frozen

from hiringkit.actions.scores import (
    ReadRatings,
    ScoringOptions,
    agreement_of_file,
    check_ratings,
    read_rating_file,
    score_file,
)
from hiringkit.domain import agreement as agreements
from hiringkit.domain import profile as profiles
from hiringkit.domain.agreement import DEPENDABLE, AgreementSet, Coefficient
from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import OpenInterval
from hiringkit.domain.question import QuestionBank
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import UsageProblem, missing
from hiringkit.library.catalog import Library
from hiringkit.library.documents import Kind
from hiringkit.report.model import Entries, Number, Table
from hiringkit.report.views.agreement import agreement_document
from hiringkit.report.views.comparison import comparison_data
from hiringkit.report.views.documents import comparison_document
from hiringkit.scoring.ratings import Ratings, read_frame
from hiringkit.settings import load_settings
from hiringkit.text.sentence import Sentence

Column = tuple[type, list[Any]]
Columns = dict[str, Column]
"""A table to be: by name the type of the entries, and the entries, None where there is none."""
Name = str | PathLike[str]
T = TypeVar("T")

NO_METHOD = Sentence("there is no method {method!r}")
NO_SCALE = Sentence("{value!r} is no scale")
SCALE_HINT = Sentence("the lowest and the highest level, such as (1, 5) or 1:5")
NO_FILE = Sentence("{type} is no rubric and no question bank")
NO_NUMBER = Sentence("{name} is {value!r}, expected a number")


@frozen
class Comparison(profiles.Comparison):
    """All candidates side by side: what `hk.score` returns, as a document or as frames too."""

    _kind: Any = field(default=None, repr=False, eq=False)
    """What makes frames of the kind that came in."""

    def to_dict(self) -> dict[str, Any]:
        """Return the document `hiringkit/comparison/1`, as `hiringkit score -f json` prints it.

        Figures are rounded to six digits; what is not known is None. Everything in it is plain: dicts, lists, texts
        and numbers.
        """
        return _plain(comparison_document(self))

    def to_frame(self, table: str = "profiles") -> Any:
        """Return a table of the result as a frame of the kind that was scored.

        Args:
            table: `profiles`: a row for each candidate, best first, with the columns of `-f csv`.
                `criteria`: a row for each candidate and criterion.
                `gates`: a row for each candidate and required criterion.
                `interviewers`: a row for each interviewer; `severity` above 0 is stricter than peers.
                `variances`: a row for each variance component of the model, in squared rating points.
                `findings`: a row for each warning and remark.

        Returns:
            A pandas, Polars or PyArrow table; a dict of lists where a mapping, `hk.Ratings` or a path was scored.
            Figures are on the scale of the ratings and not rounded; what is not known is missing.

        Raises:
            NotFound: There is no such table.
        """
        return _frame(self, table, _COMPARISON_TABLES)


@frozen
class Agreement(agreements.Agreement):
    """How far interviewers agree: what `hk.agreement` returns, as a document or as frames too."""

    _kind: Any = field(default=None, repr=False, eq=False)
    """What makes frames of the kind that came in."""

    def to_dict(self) -> dict[str, Any]:
        """Return the document `hiringkit/agreement/1`, as `hiringkit agreement -f json` prints it."""
        return _plain(agreement_document(self))

    def to_frame(self, table: str = "coefficients") -> Any:
        """Return a table of the result as a frame of the kind that came in, as `Comparison.to_frame` does.

        Args:
            table: `coefficients`: a row for each coefficient, over all ratings (`scope` is `overall`) and by criterion.
                `components`: a row for each variance component, in squared rating points.
                `d_study`: a row for each number of interviewers and of questions that each of them asks.
                `findings`: a row for each warning and remark.

        Raises:
            NotFound: There is no such table.
        """
        return _frame(self, table, _AGREEMENT_TABLES)


def load_rubric(source: Name) -> Rubric:
    """Load a rubric with all its questions.

    Args:
        source: An id, such as `sales-operations-manager`; a path; or the text of a YAML file, which has more than one
            line. Ids are looked up in HIRINGKIT_LIBRARY, then among the rubrics that come with hiringkit.

    Raises:
        NotFound: There is no such id or file; the hint names the nearest.
        FindingsError: It has errors; `findings` says which and where.
    """
    library = _library()
    return library.load_rubric_text(fspath(source)) if _is_text(source) else library.load_rubric(_named(source))


def load_bank(source: Name) -> QuestionBank:
    """Load a question bank by id, path or text; see `load_rubric`."""
    library = _library()
    return library.load_bank_text(fspath(source)) if _is_text(source) else library.load_bank(_named(source))


def check_rubric(source: Name) -> tuple[Finding, ...]:
    """Return everything that is wrong with a rubric, and what is valid and poor, as `hiringkit rubric check` does.

    Args:
        source: An id, a path, or the text of a YAML file.

    Returns:
        Findings; with one of severity error the rubric is not used. docs/findings.md and docs/lint-rules.md explain
        their codes.

    Raises:
        NotFound: There is no such id or file.
    """
    from hiringkit.library.review import review_paths, review_text  # noqa: PLC0415 - only checks need it

    library = _library()
    if _is_text(source):
        return tuple(review_text(library, fspath(source), "-").findings)
    return tuple(review_paths(library, [library.path_of(_named(source), Kind.RUBRIC)]).findings)


def score(
    frame: Any,
    *,
    rubric: Rubric | Name | None = None,
    method: str | None = None,
    effects: str | Sequence[str] | None = None,
    scale: tuple[float, float] | str | None = None,
    level: float = 0.9,
    seed: int = 0,
    columns: Mapping[str, str] | None = None,
    prior: str | None = None,
    drop_questions: Sequence[str] = (),
    opening: str | None = None,
    history: bool = False,
    language: str = "en",
) -> Comparison:
    """Score ratings and compare the candidates, as `hiringkit score` does.

    Args:
        frame: n ratings, one a row: a pandas, Polars or PyArrow table, a mapping of column names to lists or arrays of
            length n, `hk.Ratings`, or the path of a file (CSV, TSV, JSON lines, Parquet by its ending).
            Columns: `candidate`, `interviewer`, `question`, ids as texts or whole numbers, categories too; `rating`, a
            number on the scale, `not-assessed` or `no-evidence`, where None, NaN and NA are absent. Optional:
            `criterion`, `opening`, `weight` (positive, beside others of the same interviewer and criterion),
            `evidence` and `rated_at`, which scoring does not look at.
        rubric: What is rated, as an `hk.Rubric` or as `hk.load_rubric` takes it. Without one each question (or each
            `criterion`, where the ratings name some) is a criterion of weight 1.
        method: `observed` (means of interviewers' means) or `calibrated` (a mixed model that allows for who asked what
            of whom). None takes the second where the ratings carry it, and says why where they do not.
        effects: Random effects of the calibrated model, out of candidate, interviewer, question, criterion and their
            pairs with `:`, as a list or joined by commas. None fits the data and is named in the result.
        scale: Lowest and highest level, (1, 5) or "1:5", where no rubric says it. None is the range seen.
        level: Of every interval, from 0.5 to below 1; 0.9 and 90 are both 90 %.
        seed: Of everything drawn at random; the same seed gives the same digits.
        columns: The frame's name of a column to ours, such as `{"rater": "interviewer"}`.
        prior: Name of the calibrated model's prior; docs/scoring.md lists them.
        drop_questions: Ids of questions to leave out for everybody.
        opening: The one to score, where the ratings are of several.
        history: With `opening`, learn how strict interviewers are from the other openings too.
        language: en or zh, for the names of the rubric's criteria.

    Returns:
        The comparison. Scores, intervals and severities are in rating points, on the scale of the ratings; variances in
        squared rating points; coverage and probabilities from 0 to 1. What the data cannot carry is None, and a finding
        says why.

    Raises:
        InvalidRatings: A column is missing; a row makes no sense, is off the scale or stands there twice; a question is
            not in the rubric. `findings` has them all, `location.line` the row, counted from 1. Nothing is scored.
        NotFound: There is no such rubric, file, question to drop or opening.
        FindingsError: The rubric has errors.
        UsageProblem: It is no frame, or an option makes no sense.

    References:
        docs/scoring.md has the model, what was measured and all sources. In short: variance components and conditional
        means as in Searle, Casella & McCulloch (1992), *Variance Components*, ch. 6-7, integrated over a posterior as
        in Gelman et al. (2013), *Bayesian Data Analysis*, ch. 14-15.
    """
    wanted = _options(method=method, effects=effects, level=level, seed=seed, prior=prior, history=history)
    load_settings({"lang": language})  # refuses one that there is not
    ready = _ready(frame, columns, rubric=rubric, scale=scale, dropped=drop_questions, opening=opening)
    return _as(Comparison, score_file(ready, wanted, language=language), _kind_of(frame))


def agreement(
    frame: Any,
    *,
    rubric: Rubric | Name | None = None,
    scale: tuple[float, float] | str | None = None,
    level: float = 0.9,
    seed: int = 0,
    target: float = DEPENDABLE,
    columns: Mapping[str, str] | None = None,
    drop_questions: Sequence[str] = (),
) -> Agreement:
    """Measure how far interviewers agree, as `hiringkit agreement` does.

    Args:
        frame: n ratings, one a row, as `score` takes them; so are the other arguments.
        rubric: What is rated; without one each question is its own criterion.
        scale: Lowest and highest level.
        level: Of every interval.
        seed: Of everything drawn at random.
        target: The Φ that a decision takes; the D study looks for the cheapest panel that reaches it.
        columns: The frame's name of a column to ours.
        drop_questions: Ids of questions to leave out for everybody.

    Returns:
        Intraclass correlations, Krippendorff's alpha, Gwet's AC1 and AC2, kappas, Kendall's W, r_WG and a G and D
        study, over all ratings and by criterion. Coefficients have no unit and are at most 1; components are in squared
        rating points. What the data do not carry is None, and a finding says why.

    Raises:
        InvalidRatings: As `score` does; nothing is computed.
        NotFound: There is no such rubric, file or question to drop.
        FindingsError: The rubric has errors.
        UsageProblem: It is no frame, or an option makes no sense.

    References:
        docs/agreement.md has a source for each coefficient; among them Shrout & Fleiss (1979), Krippendorff (2011),
        Gwet (2008) and Brennan (2001).
    """
    wanted = _options(level=level, seed=seed)
    ready = _ready(frame, columns, rubric=rubric, scale=scale, dropped=drop_questions, opening=None)
    return _as(Agreement, agreement_of_file(ready, wanted, target=target), _kind_of(frame))


def _library() -> Library:
    return Library(load_settings({}).roots)


def _is_text(source: Name) -> bool:
    return isinstance(source, str) and "\n" in source


def _named(source: Name) -> str | Path:
    if not _is_path(source):
        raise UsageProblem(NO_FILE.format(type=type(source).__name__), hint="an id, a path, or the text of a YAML file")
    return source if isinstance(source, str) else Path(source)


def _is_path(frame: Any) -> bool:
    return isinstance(frame, str | PathLike)


def _kind_of(frame: Any) -> Any:
    if _is_path(frame) or isinstance(frame, Ratings):
        return None
    from hiringkit.scoring.frames import frame_kind  # noqa: PLC0415 - a file needs no narwhals

    return frame_kind(frame)


def _ready(
    frame: Any,
    columns: Mapping[str, str] | None,
    *,
    rubric: Rubric | Name | None,
    scale: tuple[float, float] | str | None,
    dropped: Sequence[str],
    opening: str | None,
) -> ReadRatings:
    """Read and check ratings of whatever kind."""
    pinned = rubric if rubric is None or isinstance(rubric, Rubric) else load_rubric(rubric)
    ends = None if scale is None else _scale(scale)
    gone = (dropped,) if isinstance(dropped, str) else tuple(dropped)
    if columns and (_is_path(frame) or isinstance(frame, Ratings)):
        raise UsageProblem("columns can be renamed in a frame only", hint="read the file into a frame first")
    if _is_path(frame):
        return read_rating_file(fspath(frame), rubric=pinned, scale=ends, dropped=gone, opening=opening)
    ratings = frame if isinstance(frame, Ratings) else read_frame(frame, columns or {})
    return check_ratings(ratings, rubric=pinned, scale=ends, dropped=gone, opening=opening)


def _scale(scale: tuple[float, float] | str) -> tuple[float, float]:
    ends = scale.split(":") if isinstance(scale, str) else scale
    try:
        low, high = map(float, ends)
    except (TypeError, ValueError):
        raise UsageProblem(NO_SCALE.format(value=scale), hint=SCALE_HINT) from None
    return low, high


def _options(
    *,
    level: float,
    seed: int,
    method: str | None = None,
    effects: str | Sequence[str] | None = None,
    prior: str | None = None,
    history: bool = False,
) -> ScoringOptions:
    if method is not None and method not in list(profiles.Method):
        hint = Sentence("methods: {names}").format(names=", ".join(profiles.Method))
        raise UsageProblem(NO_METHOD.format(method=method), hint=hint)
    for name, value, kind in (("level", level, Real), ("seed", seed, Integral)):
        if not isinstance(value, kind) or isinstance(value, bool):
            raise UsageProblem(NO_NUMBER.format(name=name, value=value))
    return ScoringOptions(
        method=None if method is None else profiles.Method(method),
        level=float(level),
        seed=int(seed),
        effects=tuple(effects.split(",") if isinstance(effects, str) else effects) if effects else None,
        prior=prior,
        history=history,
    )


def _as(cls: Callable[..., T], found: Any, kind: Any) -> T:
    """Return a result with the two ways out of it."""
    return cls(**{each.name: getattr(found, each.name) for each in fields(type(found))}, kind=kind)


def _plain(document: Mapping[str, Any]) -> dict[str, Any]:
    """Write out what a document leaves to whoever writes it."""
    return {
        key: list(map(json.loads, value.texts())) if isinstance(value, Entries) else value
        for key, value in document.items()
    }


def _frame(result: Any, table: str, tables: Mapping[str, Any]) -> Any:
    if table not in tables:
        raise missing(Sentence("table"), str(table), tables)
    from hiringkit.scoring.frames import make_frame  # noqa: PLC0415 - narwhals, for whoever wants a frame

    return make_frame(result._kind, tables[table](result))  # noqa: SLF001 - of the two classes above


def _ends(interval: OpenInterval | None) -> tuple[float | None, float | None]:
    return interval or (None, None)


def _table_columns(table: Table) -> Columns:
    """Return a report's table for programs: figures in full, whole ones by their number of digits."""
    columns: Columns = {}
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        first = cells[0] if cells else ""
        if isinstance(first, Number):
            of = int if first.digits == 0 or column.key in {"position_low", "position_high"} else float
            columns[column.key] = (of, [each.value for each in cells if isinstance(each, Number)])
        else:
            columns[column.key] = (str, list(map(str, cells)))
    return columns


def _columns(types: Mapping[str, type], rows: Sequence[Sequence[Any]]) -> Columns:
    """Turn rows into columns."""
    return {name: (of, [row[place] for row in rows]) for place, (name, of) in enumerate(types.items())}


def _criteria(result: Comparison) -> Columns:
    types = {
        **dict.fromkeys(("candidate", "criterion"), str),
        **dict.fromkeys(("score", "low", "high", "observed"), float),
        "ratings": int,
        "below_bar": bool,
        **dict.fromkeys(("no_evidence", "not_assessed"), int),
    }
    rows = [
        (
            *(profile.candidate, each.criterion, each.score, *_ends(each.interval), each.observed),
            *(each.ratings, each.below_bar, each.no_evidence, each.not_assessed),
        )
        for profile in result.profiles
        for each in profile.criteria
    ]
    return _columns(types, rows)


def _gates(result: Comparison) -> Columns:
    rows = [(profile.candidate, gate.criterion, gate.passed) for profile in result.profiles for gate in profile.gates]
    return _columns({"candidate": str, "criterion": str, "passed": bool}, rows)


def _interviewers(result: Comparison) -> Columns:
    types = {"interviewer": str, "name": str, "severity": float, "low": float, "high": float, "ratings": int}
    rows = [(e.interviewer, e.name, e.severity, *_ends(e.interval), e.ratings) for e in result.interviewers]
    return _columns(types, rows)


def _variances(result: Comparison) -> Columns:
    found = result.model.variances if result.model else {}
    rows = [(effect, each.estimate, *_ends(each.interval)) for effect, each in found.items()]
    return _columns({"effect": str, "estimate": float, "low": float, "high": float}, rows)


def _findings(result: Comparison | Agreement) -> Columns:
    types = {**dict.fromkeys(("code", "severity", "message", "hint", "path", "file"), str), "line": int}
    rows = [
        (
            *(each.code.value, each.severity.value, str(each.message), str(each.hint), each.path),
            *((each.location.file, each.location.line) if each.location else ("", None)),
        )
        for each in result.findings
    ]
    return _columns(types, rows)


def _coefficients(result: Agreement) -> Columns:
    types = {
        **dict.fromkeys(("scope", "coefficient", "form"), str),
        **dict.fromkeys(("estimate", "low", "high", "standard_error"), float),
    }
    scopes = [("overall", result.overall), *((each.criterion, each.agreement) for each in result.per_criterion)]
    rows = [
        (scope, name, form, each.estimate, *_ends(each.interval), each.standard_error)
        for scope, found in scopes
        for name, form, each in _every(found)
    ]
    return _columns(types, rows)


def _every(found: AgreementSet) -> list[tuple[str, str, Coefficient]]:
    """Return name, form and value of each coefficient, by its key in the document."""
    parts = [(each.name, getattr(found, each.name)) for each in fields(AgreementSet)]
    single = [(name, part.weights, part) for name, part in parts if isinstance(part, Coefficient)]
    mapped = [(name, form, each) for name, part in parts if isinstance(part, Mapping) for form, each in part.items()]
    return [*mapped, *single]


def _components(result: Agreement) -> Columns:
    found = result.overall.generalizability
    return _columns({"effect": str, "variance": float}, list(found.components.items()) if found else [])


def _d_study(result: Agreement) -> Columns:
    types = {"interviewers": int, **dict.fromkeys(("questions", "phi", "low", "high", "erho2"), float)}
    study = result.overall.generalizability.d_study if result.overall.generalizability else ()
    rows = [
        (each.interviewers, float(each.questions), each.phi, *_ends(each.phi_interval), each.erho2) for each in study
    ]
    return _columns(types, rows)


_COMPARISON_TABLES = {
    "profiles": lambda result: _table_columns(comparison_data(result)),
    "criteria": _criteria,
    "gates": _gates,
    "interviewers": _interviewers,
    "variances": _variances,
    "findings": _findings,
}
_AGREEMENT_TABLES = {
    "coefficients": _coefficients,
    "components": _components,
    "d_study": _d_study,
    "findings": _findings,
}
