"""Which method scores which ratings: the one place where a front end's options meet the scoring core."""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.profile import Comparison, Method, RubricRef
from hiringkit.domain.sentence import Sentence
from hiringkit.errors import UsageProblem
from hiringkit.scoring.borrowing import history_remarks
from hiringkit.scoring.design import hindrance, read_design
from hiringkit.scoring.history import PastOpening, carries_with, gather
from hiringkit.scoring.observed import score_observed
from hiringkit.scoring.ratings import Blueprint, RatingColumns


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
    from hiringkit.scoring.calibrated import score_calibrated  # noqa: PLC0415 - scipy.linalg: 0.2 s

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
