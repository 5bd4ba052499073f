"""Which method scores which ratings: the one place where a front end's options meet the scoring core."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from hiringkit.actions.dropped_questions import LEFT_OUT_OF_FILE, unasked_findings
from hiringkit.domain.agreement import Agreement
from hiringkit.domain.finding import Finding, Severity, has_errors
from hiringkit.domain.profile import Comparison, Method, RubricRef
from hiringkit.domain.rating_table import RatingTable
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import FindingsError, UsageProblem, missing
from hiringkit.exchange.ratings import read_ratings
from hiringkit.library.catalog import Library
from hiringkit.library.yaml.write import digest_rubric
from hiringkit.scoring.agreement.report import score_agreement
from hiringkit.scoring.calibrated.history import PastOpening, carries_with, gather
from hiringkit.scoring.design import hindrance, read_design
from hiringkit.scoring.messages import history_remarks
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.openings import asked_only, leave_out, split_openings, without_empty_criteria
from hiringkit.scoring.ratings import (
    Blueprint,
    RatingColumns,
    blueprint_from_table,
    columns_from_table,
    rubric_blueprint,
)
from hiringkit.text.sentence import Sentence


@frozen
class ScoringOptions:
    """How ratings are to be scored."""

    method: Method | None = None
    """None takes the calibrated model where the ratings carry it, else observed means, and says why."""
    level: float = 0.9
    """Of every interval; from 0.5 to below 1."""
    seed: int = 0
    """Of everything drawn at random."""
    effects: tuple[str, ...] | None = None
    """Random effects of the calibrated model; None for those that the design carries."""
    prior: str | None = None
    """Name of the calibrated model's prior; None for the default one."""
    history: bool = False
    """Whether ratings of other openings by the same interviewers are used too."""

    def __attrs_post_init__(self) -> None:
        """Refuse a level that makes no interval, and options of a model that is not asked for."""
        if not 0.5 <= self.level < 1:  # noqa: PLR2004 - below one half an interval misleads
            raise UsageProblem(
                Sentence("--level {level:g} makes no sense").format(level=self.level),
                hint="a number from 0.5 to below 1",
            )
        if self.method is Method.OBSERVED and self.history:
            raise UsageProblem("--history is the calibrated model's", hint="leave out --method observed")
        if self.method is Method.OBSERVED and (self.effects or self.prior):
            raise UsageProblem("--effects and --prior are the calibrated model's", hint="leave out --method observed")


def score_columns(
    columns: RatingColumns,
    blueprint: Blueprint,
    options: ScoringOptions,
    *,
    names: Mapping[str, str] | None = None,
    interviewer_names: Mapping[str, str] | None = None,
    rubric: RubricRef | None = None,
    criterion_names: Mapping[str, str] | None = None,
    past: Sequence[PastOpening] | None = None,
) -> Comparison:
    """Score ratings by the method asked for, or by the best that they carry, with those of other openings if any."""
    from hiringkit.scoring.calibrated.score import score_calibrated  # noqa: PLC0415 - scipy.linalg: 0.2 s

    wanted, reason, design = options.method, "", None
    if wanted is None and not (options.effects or options.prior):
        if past is None:
            design = read_design(columns, blueprint)
            obstacle = hindrance(design)
            fits, reason = obstacle is None, "" if obstacle is None else obstacle.message
        else:
            fits, reason = carries_with(columns, blueprint, past)
        wanted = Method.CALIBRATED if fits else Method.OBSERVED
    if wanted is Method.OBSERVED:
        comparison = score_observed(
            columns,
            blueprint,
            level=options.level,
            names=names,
            interviewer_names=interviewer_names,
            rubric=rubric,
            criterion_names=criterion_names,
        )
        told = () if past is None else tuple(history_remarks(gather(columns, blueprint, past), None, None))
        return evolve(comparison, findings=(*_why_observed(reason), *told, *comparison.findings))
    return score_calibrated(
        columns,
        blueprint,
        effects=options.effects,
        level=options.level,
        seed=options.seed,
        prior=options.prior,
        names=names,
        interviewer_names=interviewer_names,
        rubric=rubric,
        criterion_names=criterion_names,
        history=past,
        design=design,
    )


def _why_observed(reason: str) -> tuple[Finding, ...]:
    return (
        (Finding("observed-used", Sentence("plain means are shown: {reason}").format(reason=reason), Severity.INFO),)
        if reason
        else ()
    )


def read_options(given: Mapping[str, object]) -> ScoringOptions:
    """Make scoring options of a command's.

    Raises:
        UsageProblem: One of them makes no sense.
    """
    method, effects, prior = given.get("method"), given.get("effects"), given.get("prior")
    return ScoringOptions(
        method=Method(str(method)) if method else None,
        level=float(str(given.get("level", 0.9))),
        seed=int(str(given.get("seed", 0))),
        effects=tuple(part.strip() for part in str(effects).split(",") if part.strip()) if effects else None,
        prior=str(prior) if prior else None,
        history=bool(given.get("history")),
    )


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
