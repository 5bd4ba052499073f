"""Which method scores which ratings: where a front end's options meet the scoring core."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from hiringkit.actions.kits import unasked_findings
from hiringkit.domain.agreement import DEPENDABLE, Agreement
from hiringkit.domain.codes import Code
from hiringkit.domain.columns import NO_SYNONYMS, Synonyms, extended
from hiringkit.domain.conduct import AfterSeeing, RankingPolicy
from hiringkit.domain.finding import Finding, FindingList, Severity, has_errors
from hiringkit.domain.profile import (
    Comparison,
    FitProfile,
    Method,
    ModelSummary,
    Overall,
    Rank,
    Recommendation,
)
from hiringkit.domain.rating_table import COLUMNS, RatingTable
from hiringkit.domain.rubric import Rubric, RubricRef
from hiringkit.errors import InvalidRatings, Refused, UsageProblem, missing
from hiringkit.scoring.calibrated.history import PastOpening, carries_with, gather
from hiringkit.scoring.design import hindrance, read_design
from hiringkit.scoring.messages import history_remarks
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.ratings import (
    Blueprint,
    Ratings,
    asked_only,
    checked_scale,
    hold_against,
    join_openings,
    leave_out,
    own_blueprint,
    ratings_from_table,
    rubric_blueprint,
    split_openings,
    without_empty_criteria,
    without_late,
)
from hiringkit.text.sentence import Sentence

if TYPE_CHECKING:
    from hiringkit.domain.import_map import ImportMap
    from hiringkit.domain.imported import ImportedScorecard

TARGET_HINT = Sentence("a number between 0 and 1, such as 0.8")
NOT_CONVERGED = Sentence("the fit of the mixed model did not converge")

RATINGS = Sentence("the table of ratings")
AFTER_SEEING = {
    AfterSeeing.COUNT: Sentence("{name} gave or changed ratings after seeing others', which count: {ratings}"),
    AfterSeeing.EXCLUDE: Sentence(
        "{name} gave or changed ratings after seeing others', which the rubric's policy leaves out: {ratings}"
    ),
}
_SHOWN = 5
AFTER_SEEING_HINT = Sentence("the column after_seeing says which")
LEFT_OUT_OF_FILE = Sentence('the question "{question}" is left out for everybody, as asked for')


def as_share(level: float) -> float:
    """Read 90 as 90 %, since a level above 1 cannot mean anything else."""
    return level / 100 if level > 1 else level


@frozen
class ScoringOptions:
    """How ratings are to be scored."""

    method: Method | None = None
    """None takes the calibrated model where the ratings support it, else observed means, with the reason."""
    level: float = field(default=0.9, converter=as_share)
    """Of every interval; from 0.5 to below 1, or from 50 to below 100 per cent."""
    seed: int = 0
    """Of everything drawn at random."""
    effects: tuple[str, ...] | None = None
    """Random effects of the calibrated model; None for those that the design carries."""
    prior: str | None = None
    """Name of the calibrated model's prior; None for the default one."""
    history: bool = False
    """Whether ratings of other openings by the same interviewers are used too."""

    def __attrs_post_init__(self) -> None:
        """Refuse an impossible level or seed, and options of another model."""
        if not 0.5 <= self.level < 1:  # noqa: PLR2004 - below one half an interval misleads
            raise UsageProblem(
                Sentence("--level {level:g} makes no sense").format(level=self.level),
                hint="a number from 0.5 to below 1",
            )
        if self.seed < 0:
            raise UsageProblem(
                Sentence("--seed {seed} is negative").format(seed=self.seed), hint="a whole number from 0"
            )
        if self.method is Method.OBSERVED and self.history:
            raise UsageProblem("--history is the calibrated model's", hint="leave out --method observed")
        if self.method is Method.OBSERVED and (self.effects or self.prior):
            raise UsageProblem("--effects and --prior are the calibrated model's", hint="leave out --method observed")


def score_columns(
    columns: Ratings,
    blueprint: Blueprint,
    options: ScoringOptions,
    *,
    names: Mapping[str, str] | None = None,
    interviewer_names: Mapping[str, str] | None = None,
    rubric: RubricRef | None = None,
    criterion_names: Mapping[str, str] | None = None,
    past: Sequence[PastOpening] | None = None,
) -> Comparison:
    """Score ratings by the method asked for, or the best that they support, with those of other openings if any."""
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
    automatic = wanted is not options.method

    def observed(reason: str) -> Comparison:
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

    if wanted is Method.OBSERVED:
        return observed(reason)
    calibrated = score_calibrated(
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
    if calibrated.model is None or calibrated.model.converged:
        return calibrated
    if automatic:
        return observed(NOT_CONVERGED)
    raise Refused(NOT_CONVERGED, hint="--method observed shows plain means")


def with_robustness(
    comparison: Comparison,
    columns: Ratings,
    blueprint: Blueprint,
    options: ScoringOptions,
    past: Sequence[PastOpening] | None = None,
) -> Comparison:
    """Return a comparison with what it takes to change who leads it.

    Args:
        comparison: Of these ratings.
        columns: The ratings that count.
        blueprint: What they are for.
        options: How they were scored.
        past: Other openings that told of the interviewers, if any.
    """
    from hiringkit.scoring.robustness import measure_robustness  # noqa: PLC0415 - as above

    found = measure_robustness(
        columns,
        blueprint,
        comparison,
        automatic=options.method is None,
        effects=options.effects,
        prior=options.prior,
        history=past,
        seed=options.seed,
    )
    return evolve(comparison, robustness=found)


NOT_RANKED = Sentence("this opening does not rank candidates")
NOT_RANKED_HINT = Sentence(
    "that is its policy: ranking: off in the rubric, or hiringkit opening edit {opening} --ranking"
)
RUBRIC_NOT_RANKED = Sentence("the policy of the rubric {rubric} does not rank candidates")
_ABOUT_THE_MODEL = {"prior", "prior_ratios", "points", "residual_at_least", "seed", "iterations", "method", "tolerance"}
_ABOUT_THE_MODEL |= {"interview_ratings", "interview_counts_as", "history"}
"""Details of a model that tell nothing of how candidates come out beside each other."""
_ABOUT_THE_ORDER = {
    Code.ONE_CANDIDATE,
    Code.ONE_INTERVIEWER,
    Code.LITTLE_SHARED,
    Code.LENT_SPREAD,
    Code.NO_SPREAD,
    Code.NO_PROBABILITY,
    Code.NOT_PAIRED,
    Code.ONE_INTERVIEWER_EACH,
    Code.DISCONNECTED,
    Code.ORDER_CHANGED,
    Code.PRIOR_SENSITIVE,
    Code.CRITERION_PREDICTED,
    Code.GATE_UNRATED,
    Code.HISTORY_USED,
}
"""Findings about overall scores, ranks or recommendations, some of which say who is ahead of whom."""


def without_ranking(comparison: Comparison, order: Sequence[str]) -> Comparison:
    """Return a comparison without totals, ranks, order and recommendations; what is left stands for itself.

    Criteria with their bars stay, and what was said of them; so do disagreements on a criterion.

    Args:
        comparison: Of all.
        order: The candidates, in the order in which they were added.
    """
    profiles = {each.candidate: each for each in comparison.profiles}
    return evolve(
        comparison,
        ranking=RankingPolicy.OFF,
        profiles=tuple(_without_rank(profiles[each]) for each in order if each in profiles),
        model=comparison.model and _without_order(comparison.model),
        findings=tuple(each for each in comparison.findings if each.code not in _ABOUT_THE_ORDER),
        robustness=None,
    )


def _without_rank(profile: FitProfile) -> FitProfile:
    overall = profile.overall
    return evolve(
        profile,
        overall=Overall(None, None, None, overall.ratings, overall.interviewers, overall.coverage),
        rank=Rank(None),
        recommendation=Recommendation(),
        disagreements=tuple(each for each in profile.disagreements if each.criterion is not None),
    )


def _without_order(model: ModelSummary) -> ModelSummary:
    details = {key: value for key, value in model.details.items() if key in _ABOUT_THE_MODEL}
    return evolve(model, details=details)


def _why_observed(reason: str) -> tuple[Finding, ...]:
    return (
        (Finding(Code.OBSERVED_USED, Sentence("plain means are shown: {reason}").format(reason=reason), Severity.INFO),)
        if reason
        else ()
    )


def read_options(given: Mapping[str, object]) -> ScoringOptions:
    """Make scoring options of a command's.

    Raises:
        UsageProblem: One of them is impossible.
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
class LateRatings:
    """How many ratings were given after seeing others', and how the policy treats them."""

    policy: AfterSeeing
    counts: Mapping[tuple[str, str], int]
    """By the ids of interviewer and candidate."""

    def flagged(self, profiles: Sequence[FitProfile]) -> Sequence[FitProfile]:
        """Return profiles, with a flag on those of candidates who have such ratings."""
        if not self.counts:
            return profiles
        candidates = {candidate for _interviewer, candidate in self.counts}
        return tuple(
            evolve(each, flags=(*each.flags, Code.AFTER_SEEING)) if each.candidate in candidates else each
            for each in profiles
        )

    def findings(
        self, hint: str, interviewer_names: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None
    ) -> Iterator[Finding]:
        """Report for each interviewer how many such ratings they gave, and about whom.

        Args:
            hint: Where each of them can be found.
            interviewer_names: By id; an interviewer who is not in it is called by the id.
            names: Of candidates, likewise.
        """
        for who in dict.fromkeys(interviewer for interviewer, _candidate in self.counts):
            rated = [(candidate, count) for (by, candidate), count in self.counts.items() if by == who]
            parts = [f"{(names or {}).get(candidate, candidate)} {count}" for candidate, count in rated[:_SHOWN]]
            if len(rated) > _SHOWN:
                parts.append("…")
            message = AFTER_SEEING[self.policy].format(
                name=(interviewer_names or {}).get(who, who), ratings=", ".join(parts)
            )
            yield Finding(Code.AFTER_SEEING, message, Severity.WARNING, hint)


def late_ratings(ratings: Ratings, policy: AfterSeeing) -> LateRatings:
    """Count the ratings that were given after seeing others'."""
    if ratings.after_seeing is None or not ratings.after_seeing.any():
        return LateRatings(policy, {})
    late = ratings.take(ratings.after_seeing)
    pairs = zip(late.interviewer.tolist(), late.candidate.tolist(), strict=True)
    counts = Counter((ratings.interviewers[by], ratings.candidates[of]) for by, of in pairs)
    return LateRatings(policy, counts)


def counted(ratings: Ratings, policy: AfterSeeing) -> Ratings:
    """Return the ratings that count under the policy."""
    return without_late(ratings) if policy is AfterSeeing.EXCLUDE else ratings


@frozen
class ReadRatings:
    """Ratings that were checked against what they are for, ready for scoring."""

    ratings: Ratings
    blueprint: Blueprint
    rubric: Rubric | None
    findings: tuple[Finding, ...]
    """Warnings and remarks; with an error there is nothing to score."""
    late: LateRatings
    """Those given after seeing others', whether they count or not."""
    past: tuple[PastOpening, ...] | None = None
    """The source's other openings, where one of them was asked for."""

    def criterion_names(self, language: str) -> dict[str, str] | None:
        """Return the criteria's names as a person reads them, None without a rubric."""
        return {c.id: c.name.in_language(language) for c in self.rubric.criteria} if self.rubric else None


def read_rating_file(
    path: str,
    *,
    rubric: Rubric | None = None,
    scale: tuple[float, float] | None = None,
    dropped: Sequence[str] = (),
    opening: str | None = None,
    given: "ImportMap | None" = None,
    more: Synonyms = NO_SYNONYMS,
) -> ReadRatings:
    """Read and check a file of ratings.

    Args:
        path: The file; `-` is standard input.
        rubric: What is rated; without one each question is its own criterion of weight 1.
        scale: Lowest and highest rating, where no rubric says it; the range seen if None.
        dropped: Questions to leave out for everybody.
        opening: The one to score of the openings in the file's column; None for all rows together.
        given: What its columns and words mean, where it is another program's file.
        more: What else columns are called.

    Raises:
        InvalidRatings: The file has errors; nothing is dropped silently.
        NotFound: There is no such question to leave out, or no such opening.
    """
    from hiringkit.exchange.ratings import read_ratings  # noqa: PLC0415 - openings are compared without

    name = Sentence("standard input") if path == "-" else Path(path).name
    if given is None:
        table, findings = read_ratings(path, wanted=evolve(COLUMNS, synonyms=extended(more)))
    else:
        table, findings = _read_by_map(path, given)
    if table is None:
        raise refusal(name, findings)
    # a file with bad rows is refused after the rest of it has been checked too
    read = evolve(ratings_from_table(table), findings=tuple(findings))
    return check_ratings(read, rubric=rubric, scale=scale, dropped=dropped, opening=opening, name=name)


def _read_by_map(path: str, given: "ImportMap") -> tuple[RatingTable | None, list[Finding]]:
    from hiringkit.exchange.ratings import JSON_ENDINGS  # noqa: PLC0415 - see above
    from hiringkit.exchange.score_sheets import rating_table, read_score_sheet  # noqa: PLC0415 - few files need a map

    if Path(path).is_dir() or Path(path).suffix.lower() in JSON_ENDINGS:
        cards, findings = _read_export(path)
    else:
        sheet, findings = read_score_sheet(path, given)
        cards = sheet.scorecards if sheet else ()
    if has_errors(findings):
        return None, findings
    table, of_cells = rating_table(cards, given, path)
    return table, [*findings, *of_cells]


def _read_export(path: str) -> "tuple[tuple[ImportedScorecard, ...], list[Finding]]":
    from hiringkit.exchange.ats.reading import read_scorecards  # noqa: PLC0415 - few files are exports

    cards, findings = [], FindingList()
    for each in read_scorecards(path):
        if isinstance(each, Finding):
            findings.add(each)
        else:
            cards.append(each)
    return tuple(cards), findings.in_order()


def check_ratings(
    ratings: Ratings,
    *,
    rubric: Rubric | None = None,
    scale: tuple[float, float] | None = None,
    dropped: Sequence[str] = (),
    opening: str | None = None,
    name: str = RATINGS,
) -> ReadRatings:
    """Check ratings against what they are for.

    Args:
        ratings: As their source has them.
        rubric: As `read_rating_file` takes it, and what follows too.
        scale: Likewise.
        dropped: Likewise.
        opening: Likewise.
        name: Of the source, for the refusal.

    Raises:
        InvalidRatings: There are errors; nothing is dropped silently.
        NotFound: There is no such question to leave out, or no such opening.
        UsageProblem: The scale has no levels.
    """
    blueprint, of_scale = blueprint_of(ratings, rubric, scale)
    held, of_rows = hold_against(ratings, blueprint)
    joined, of_openings = join_openings(held) if opening is None else (held, [])
    findings = [*ratings.findings, *of_scale, *of_openings, *of_rows]
    if has_errors(findings):
        raise refusal(name, findings)
    policy = rubric.policy.after_seeing if rubric else AfterSeeing.COUNT
    if opening is None:
        kept, blueprint, told = _leave_out(joined, blueprint, rubric, dropped)
        late = late_ratings(kept, policy)
        return ReadRatings(counted(kept, policy), blueprint, rubric, (*findings, *told, *_said(late)), late)
    parts = split_openings(held)
    if opening not in parts:
        raise missing(Sentence("opening"), opening, parts, empty_hint=Sentence("the file has no column opening"))
    past = tuple(
        PastOpening(each, *leave_out(counted(part, policy), blueprint, dropped))
        for each, part in parts.items()
        if each != opening
    )
    own = (parts[opening], blueprint) if rubric else asked_only(parts[opening], blueprint)
    kept, blueprint, told = _leave_out(*own, rubric, dropped)
    late = late_ratings(kept, policy)
    return ReadRatings(counted(kept, policy), blueprint, rubric, (*findings, *told, *_said(late)), late, past)


def _said(late: LateRatings) -> Iterator[Finding]:
    return late.findings(AFTER_SEEING_HINT)


def score_file(
    ready: ReadRatings, options: ScoringOptions, *, language: str = "en", robust: bool = False
) -> Comparison:
    """Score what was read from a file.

    Args:
        ready: The ratings.
        options: How they are scored.
        language: en or zh, for the names of criteria.
        robust: Whether to find out what it takes to change who leads, which takes many times as long.

    Raises:
        UsageProblem: Other openings are asked for, and none to be scored is named.
        Refused: It is asked who leads, and the rubric does not rank candidates.
    """
    rubric = ready.rubric
    is_ranked = rubric is None or rubric.policy.ranking is RankingPolicy.ON
    if rubric is not None and robust and not is_ranked:
        raise Refused(RUBRIC_NOT_RANKED.format(rubric=rubric.id), hint="leave out --robust")
    if options.history and ready.past is None:
        raise UsageProblem("--history needs to know which opening to score", hint="--opening ID")
    past = ready.past if options.history else None
    comparison = score_columns(
        ready.ratings,
        ready.blueprint,
        options,
        rubric=rubric_reference(rubric),
        criterion_names=ready.criterion_names(language),
        past=past,
    )
    if robust:
        comparison = with_robustness(comparison, ready.ratings, ready.blueprint, options, past)
    if not is_ranked:
        comparison = without_ranking(comparison, ready.ratings.candidates)
    return evolve(
        comparison,
        profiles=ready.late.flagged(comparison.profiles),
        findings=(*ready.findings, *comparison.findings),
    )


def agreement_of_file(ready: ReadRatings, options: ScoringOptions, *, target: float = DEPENDABLE) -> Agreement:
    """Measure how far the interviewers of a file agree.

    Raises:
        UsageProblem: No Φ can be `target`.
    """
    found = agreement_of_ratings(ready.ratings, ready.blueprint, options, target=target)
    return evolve(found, findings=(*ready.findings, *found.findings))


def agreement_of_ratings(
    ratings: Ratings, blueprint: Blueprint, options: ScoringOptions, *, target: float
) -> Agreement:
    """Measure how far the interviewers agree who gave some ratings.

    Raises:
        UsageProblem: No Φ can be `target`.
    """
    from hiringkit.scoring.agreement.report import score_agreement  # noqa: PLC0415 - a comparison does without

    if not 0 < target < 1:
        raise UsageProblem(Sentence("--target {target:g} makes no sense").format(target=target), hint=TARGET_HINT)
    return score_agreement(ratings, blueprint, level=options.level, seed=options.seed, target=target)


def rubric_reference(rubric: Rubric | None) -> RubricRef | None:
    """Return which rubric it is, exactly."""
    if rubric is None:
        return None
    from hiringkit.library.yaml.write import digest_rubric  # noqa: PLC0415 - ratings without a rubric need no YAML

    return RubricRef(rubric.id, rubric.version, digest_rubric(rubric))


def _leave_out(
    ratings: Ratings, blueprint: Blueprint, rubric: Rubric | None, dropped: Sequence[str]
) -> tuple[Ratings, Blueprint, list[Finding]]:
    dropped = tuple(dict.fromkeys(dropped))
    for question in dropped:
        if question not in blueprint.questions:
            raise missing(Sentence("question"), question, blueprint.questions)
    ratings, blueprint = drop_questions(ratings, blueprint, rubric, dropped)
    told = [Finding(Code.QUESTION_DROPPED, LEFT_OUT_OF_FILE.format(question=q), Severity.INFO) for q in dropped]
    return ratings, blueprint, [*told, *(unasked_findings(rubric, set(dropped)) if rubric else ())]


def drop_questions(
    ratings: Ratings, blueprint: Blueprint, rubric: Rubric | None, dropped: Sequence[str]
) -> tuple[Ratings, Blueprint]:
    """Return ratings and blueprint without some questions; those that are not there change nothing."""
    ratings, blueprint = leave_out(ratings, blueprint, dropped)
    if rubric is None:  # each question is a criterion of its own, and goes with it
        blueprint = without_empty_criteria(blueprint)
    return ratings, blueprint


def blueprint_of(
    ratings: Ratings, rubric: Rubric | None, scale: tuple[float, float] | None
) -> tuple[Blueprint, list[Finding]]:
    """Return what ratings are for, by their rubric or by themselves."""
    if rubric is None:
        return own_blueprint(ratings, scale=scale)
    blueprint = rubric_blueprint(rubric.asking(ratings.questions))
    if scale is not None:
        low, high = checked_scale(scale)
        blueprint = evolve(blueprint, low=low, high=high, levels=None, scale_source="option")
    return blueprint, []


MEND = Sentence("mend the rows named above; nothing was dropped")
WIDE = Sentence("is there a column for each criterion or rater? --map {draft} writes a draft of what they mean")


def refusal(name: str, findings: Sequence[Finding]) -> InvalidRatings:
    """Return the refusal of ratings that have errors."""
    missing = {each.path for each in findings if each.code == Code.MISSING_COLUMN and each.location}
    draft = f"{PurePath(name).stem}.map.yaml" if PurePath(name).suffix else "ratings.map.yaml"
    hint = WIDE.format(draft=draft) if {"question", "rating"} <= missing else MEND
    return InvalidRatings(Sentence("{file} has errors and is not used").format(file=name), findings, hint=hint)
