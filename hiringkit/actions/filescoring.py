"""Score a file of ratings: no store, and no rubric unless one is named."""

from collections.abc import Sequence
from pathlib import Path

from attrs import evolve, frozen

from hiringkit.actions.dropping import LEFT_OUT_OF_FILE, unasked_findings
from hiringkit.actions.lookup import missing
from hiringkit.actions.scoring import ScoringOptions, score_columns
from hiringkit.domain.agreement import Agreement
from hiringkit.domain.finding import Finding, Severity, has_errors
from hiringkit.domain.profile import Comparison, RubricRef
from hiringkit.domain.ratingtable import RatingTable
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.sentence import Sentence
from hiringkit.errors import FindingsError, UsageProblem
from hiringkit.exchange.ratingfile import read_ratings
from hiringkit.library.catalog import Library
from hiringkit.library.dump import digest_rubric
from hiringkit.scoring.agreement import score_agreement
from hiringkit.scoring.history import PastOpening
from hiringkit.scoring.intake import blueprint_from_table, columns_from_table
from hiringkit.scoring.leavingout import leave_out, without_empty_criteria
from hiringkit.scoring.ratings import Blueprint, RatingColumns, rubric_blueprint
from hiringkit.scoring.splitting import asked_only, split_openings


@frozen
class ReadRatings:
    """A file of ratings, ready for scoring."""

    columns: RatingColumns
    blueprint: Blueprint
    rubric: Rubric | None
    findings: tuple[Finding, ...]
    """Warnings and remarks; with an error there is nothing to score."""
    past: tuple[PastOpening, ...] | None = None
    """The file's other openings, where one of them was asked for."""

    def criterion_names(self, language: str) -> dict[str, str] | None:
        """Return the criteria's names as a person reads them, None without a rubric."""
        return {c.id: c.name.in_language(language) for c in self.rubric.criteria} if self.rubric else None


def read_rating_file(
    path: str,
    library: Library,
    *,
    rubric: str | None = None,
    scale: tuple[float, float] | None = None,
    dropped: Sequence[str] = (),
    opening: str | None = None,
) -> ReadRatings:
    """Read and check a file of ratings.

    Args:
        path: The file; `-` is standard input.
        library: Where the rubric is looked up.
        rubric: Id or path of a rubric; without one each question is its own criterion of weight 1.
        scale: Lowest and highest rating, where no rubric says it; the range seen if None.
        dropped: Questions to leave out for everybody.
        opening: The opening to be scored, of those that the file's column names; None for all rows together.

    Raises:
        FindingsError: The file has errors; nothing is dropped in silence.
        NotFound: There is no such question to leave out, or no such opening.
    """
    loaded = library.load_rubric(rubric) if rubric else None
    table, findings = read_ratings(path)
    if table is None:
        raise _refusal(path, findings)
    # a file with bad rows is refused below, after the rest of it has been checked too
    blueprint, more = _blueprint(table, loaded, scale)
    findings += more
    columns, more = columns_from_table(table, blueprint)
    findings += more
    if has_errors(findings):
        raise _refusal(path, findings)
    if opening is None:
        columns, blueprint, more = _leave_out(columns, blueprint, loaded, dropped)
        return ReadRatings(columns, blueprint, loaded, (*findings, *more))
    findings = [each for each in findings if each.code != "several-openings"]
    parts = split_openings(table, columns)
    if opening not in parts:
        raise missing(Sentence("opening"), opening, parts, empty_hint=Sentence("the file has no column opening"))
    past = tuple(
        PastOpening(each, *leave_out(part, blueprint, dropped)) for each, part in parts.items() if each != opening
    )
    own = (parts[opening], blueprint) if loaded else asked_only(parts[opening], blueprint)
    columns, blueprint, more = _leave_out(*own, loaded, dropped)
    return ReadRatings(columns, blueprint, loaded, (*findings, *more), past)


def score_file(ready: ReadRatings, options: ScoringOptions, *, language: str = "en") -> Comparison:
    """Score what was read from a file.

    Raises:
        UsageProblem: Other openings are asked for, and none to be scored is named.
    """
    rubric = ready.rubric
    if options.history and ready.past is None:
        raise UsageProblem("--history needs to know which opening to score", hint="--opening ID")
    comparison = score_columns(
        ready.columns,
        ready.blueprint,
        options,
        rubric=RubricRef(rubric.id, rubric.version, digest_rubric(rubric)) if rubric else None,
        criterion_names=ready.criterion_names(language),
        past=ready.past if options.history else None,
    )
    return evolve(comparison, findings=(*ready.findings, *comparison.findings))


def agreement_of_file(ready: ReadRatings, options: ScoringOptions) -> Agreement:
    """Tell how far the interviewers of a file agree."""
    found = score_agreement(ready.columns, ready.blueprint, level=options.level, seed=options.seed)
    return evolve(found, findings=(*ready.findings, *found.findings))


def _leave_out(
    columns: RatingColumns, blueprint: Blueprint, rubric: Rubric | None, dropped: Sequence[str]
) -> tuple[RatingColumns, Blueprint, list[Finding]]:
    dropped = tuple(dict.fromkeys(dropped))
    for question in dropped:
        if question not in blueprint.questions:
            raise missing(Sentence("question"), question, blueprint.questions)
    columns, blueprint = leave_out(columns, blueprint, dropped)
    if rubric is None:  # each question is a criterion of its own, and goes with it
        blueprint = without_empty_criteria(blueprint)
    told = [Finding("question-dropped", LEFT_OUT_OF_FILE.format(question=q), Severity.INFO) for q in dropped]
    return columns, blueprint, [*told, *(unasked_findings(rubric, set(dropped)) if rubric else ())]


def _blueprint(
    table: RatingTable, rubric: Rubric | None, scale: tuple[float, float] | None
) -> tuple[Blueprint, list[Finding]]:
    if rubric is None:
        return blueprint_from_table(table, scale=scale)
    blueprint = rubric_blueprint(rubric)
    if scale is not None:
        blueprint = evolve(blueprint, low=scale[0], high=scale[1], scale_source="option")
    return blueprint, []


def _refusal(path: str, findings: list[Finding]) -> FindingsError:
    name = Sentence("standard input") if path == "-" else Path(path).name
    return FindingsError(
        Sentence("{name} was not scored").format(name=name),
        findings,
        hint="mend the rows named above; nothing was dropped",
    )
