"""Scores as means of the ratings as given, which anybody can check by hand."""

from collections.abc import Container, Mapping

import numpy as np

from hiringkit.domain.profile import Comparison, InterviewerEffect, Method, ScaleUsed
from hiringkit.domain.rubric import RubricRef
from hiringkit.errors import UsageProblem
from hiringkit.scoring.evidence import Evidence, ends_sat_on, gather_evidence, without_outer_end
from hiringkit.scoring.messages import FittedInputs, observed_remarks
from hiringkit.scoring.observed.separation import observed_standing
from hiringkit.scoring.observed.severity import Severities, observed_severities
from hiringkit.scoring.observed.spread import OverallSpread, group_means, overall_spread, student_half_width
from hiringkit.scoring.profiles import Estimates, build_profiles, judge_means, known
from hiringkit.scoring.ratings import Blueprint, Ratings
from hiringkit.text.sentence import Sentence


def score_observed(
    columns: Ratings,
    blueprint: Blueprint,
    *,
    level: float = 0.9,
    names: Mapping[str, str] | None = None,
    interviewer_names: Mapping[str, str] | None = None,
    rubric: RubricRef | None = None,
    criterion_names: Mapping[str, str] | None = None,
    withdrawn: Container[str] = (),
) -> Comparison:
    """Compare candidates by the means of their ratings.

    The score on a criterion is the mean over interviewers of each interviewer's mean over questions, weighted
    by loading times rating weight. The overall score is the mean by criterion weight of the criterion scores
    that there are; coverage is their share of the weight. What is missing stays missing. No-evidence counts
    as the blueprint says, not-assessed never, and both are counted.

    Intervals treat interviewers as a sample. On a criterion: Student's t over the interviewers' means.
    Overall: the cluster-robust variance over interviewers with a small-sample correction (`overall_spread`),
    which is Student's t over interviewers where all rated the same criteria. Profiles show both cut to the
    scale. What sets candidates apart, and the interval of their ranks: `observed_standing`. Severity:
    `observed_severities`. There is no probability of being best: means do not give one.

    Args:
        columns: The ratings, checked: each (candidate, interviewer, question) at most once, on the scale.
        blueprint: What the ratings are for.
        level: Of every interval, between 0 and 1.
        names: Candidate id to the name that a person reads; the id where there is none.
        interviewer_names: Interviewer id to name, likewise.
        rubric: Which rubric the blueprint was made of, if any.
        criterion_names: Criterion id to name.
        withdrawn: Ids to be flagged as withdrawn. They are ranked with the others: leave whoever is not to be
            compared out of `columns`.

    Raises:
        UsageProblem: The level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise UsageProblem(
            Sentence("a level of {level:g} makes no interval").format(level=level), hint="between 0 and 1, such as 0.9"
        )
    names, interviewer_names = names or {}, interviewer_names or {}
    evidence = gather_evidence(columns, blueprint)
    spread = overall_spread(evidence)
    estimates = observed_estimates(evidence, spread, level)
    severities = observed_severities(columns, len(blueprint.questions), level)
    standing = observed_standing(evidence.overall, spread, level)
    judgement = judge_means(evidence, blueprint, estimates.low, estimates.high)
    seen = FittedInputs(columns, blueprint, evidence, spread, severities, estimates.low, names, interviewer_names)
    return Comparison(
        method=Method.OBSERVED,
        level=level,
        scale=ScaleUsed(blueprint.low, blueprint.high, blueprint.scale_source),
        counts=columns.counts(),
        profiles=build_profiles(
            columns.candidates, blueprint, evidence, estimates, standing, judgement, names=names, withdrawn=withdrawn
        ),
        interviewers=_effects(columns, blueprint, severities, interviewer_names),
        rubric=rubric,
        findings=tuple(observed_remarks(seen)),
        criterion_names=criterion_names or {},
    )


def observed_estimates(evidence: Evidence, spread: OverallSpread, level: float) -> Estimates:
    """Add half-widths to the observed scores."""
    cells, shape = evidence.cells, evidence.score.shape
    means = group_means(cells.mean, cells.candidate * shape[1] + cells.criterion, evidence.score.size)
    around = student_half_width(means.error, means.count - 1, level).reshape(shape)
    overall_around = student_half_width(np.sqrt(spread.variance), spread.freedom, level)
    return Estimates(
        score=evidence.score,
        low=evidence.score - around,
        high=evidence.score + around,
        overall=evidence.overall,
        overall_low=evidence.overall - overall_around,
        overall_high=evidence.overall + overall_around,
    )


def _effects(
    columns: Ratings, blueprint: Blueprint, severities: Severities, names: Mapping[str, str]
) -> tuple[InterviewerEffect, ...]:
    """Make every interviewer's effect, in the order of their ids.

    No mean differs from another by more than the scale is long, so no interval goes further.
    """
    most = blueprint.high - blueprint.low
    low, high = (np.clip(severities.severity + side * severities.half_width, -most, most) for side in (-1.0, 1.0))
    ends = [end for end, _share in ends_sat_on(columns, blueprint.low, blueprint.high)]
    table = zip(
        columns.interviewers,
        known(severities.severity),
        known(low),
        known(high),
        severities.ratings.astype(np.int64).tolist(),
        ends,
        strict=True,
    )
    return tuple(
        InterviewerEffect(
            who,
            names.get(who, who),
            severity,
            None if severity is None or lower is None else without_outer_end(severity, (lower, upper), end),
            ratings,
        )
        for who, severity, lower, upper, ratings, end in table
    )
