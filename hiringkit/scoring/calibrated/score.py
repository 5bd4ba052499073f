"""Scores from a mixed model that allows for who asked, what was asked and how much was seen."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from attrs import evolve

from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import (
    Comparison,
    InterviewerEffect,
    Method,
    ModelSummary,
    OpenInterval,
    ScaleUsed,
)
from hiringkit.domain.rating_table import NUMBER
from hiringkit.domain.rubric import RubricRef
from hiringkit.errors import UsageProblem
from hiringkit.scoring.arrays import Codes, Floats, candidate_blocks
from hiringkit.scoring.calibrated.fit import Fit, fit_dense, fit_panel, panel_scores
from hiringkit.scoring.calibrated.history import History, PastOpening, gather_history
from hiringkit.scoring.calibrated.model import panel_work
from hiringkit.scoring.calibrated.prior import Prior, another, find_prior
from hiringkit.scoring.calibrated.ranking import Ranking, rank_draws
from hiringkit.scoring.design import Design, choose_effects, hindrance, read_design
from hiringkit.scoring.disagreement import Ends, find_disagreements, joined_ends, read_ends, step_of
from hiringkit.scoring.effects import parse_effects
from hiringkit.scoring.evidence import (
    Evidence,
    ends_sat_on,
    gather_evidence,
    joined_evidence,
    without_cells,
    without_outer_end,
)
from hiringkit.scoring.large.normal import rank_many
from hiringkit.scoring.messages import (
    RemarkInputs,
    calibrated_remarks,
    history_details,
    history_remarks,
    unrated_remarks,
)
from hiringkit.scoring.observed.score import observed_estimates
from hiringkit.scoring.observed.spread import overall_spread
from hiringkit.scoring.profiles import (
    Estimates,
    Judgement,
    Reached,
    Standing,
    build_profiles,
    joined_columns,
    judge_means,
    judge_reached,
    positions,
)
from hiringkit.scoring.ratings import Blueprint, Ratings
from hiringkit.text.sentence import Sentence

NOBODY = np.zeros(0, dtype=np.int64)
TOLD = 50
"""Most candidates for whom all pairwise results of draws are reported, since the output grows with the square; of
more, those of whoever is first."""


def no_standing(n: int) -> Standing:
    """Return the standing of n candidates who have no score."""
    return _unranked(np.arange(n), [NOBODY] * n)


def _unranked(order: Codes, unclear: list[Codes]) -> Standing:
    n = len(order)
    none = np.zeros(n, dtype=np.int64)
    return Standing(none, order, none, none, np.full(n, np.nan), unclear)


def rank_candidates(design: Design, fit: Fit, level: float) -> Ranking | None:
    """Rank a design's candidates, or return None where groups of them share no interviewer."""
    if design.groups.count > 1:
        return None
    return _rank(fit, np.arange(len(design.candidates)), level)


def calibrated_standing(design: Design, fit: Fit, n: int, level: float, ranking: Ranking | None) -> Standing:
    """Place the candidates; across groups that share no interviewer, nobody.

    With several groups there are no positions and no probabilities. Profiles then come group by group, and a
    candidate cannot be told from anybody of another group.

    Args:
        design: The design.
        fit: Its fit.
        n: How many candidates there are, those without a rating included.
        level: Of rank intervals and separations.
        ranking: As `rank_candidates` gives it.
    """
    overall = np.full(n, np.nan)
    overall[design.candidates] = fit.score[:, 0]
    position, order = positions(overall)
    if ranking is None:
        group = np.full(n, design.groups.count)
        group[design.candidates] = design.groups.candidate
        return _unranked(order[np.argsort(group[order], kind="stable")], _apart(design, fit, n, level))
    low, high, p_best = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), np.full(n, np.nan)
    low[design.candidates], high[design.candidates] = ranking.low, ranking.high
    who = design.candidates.tolist()
    ahead = {}
    if len(ranking.p_above):
        for at, one in enumerate(who):
            if len(who) <= TOLD or position[one] == 1:
                ahead[one] = {
                    other: p for other, p in zip(who, ranking.p_above[at].tolist(), strict=True) if other != one
                }
    p_best[design.candidates] = ranking.p_best
    unclear = [NOBODY] * n
    for candidate, others in zip(design.candidates.tolist(), ranking.unclear, strict=True):
        if len(others):
            unclear[candidate] = design.candidates[others]
    return Standing(position, order, low, high, p_best, unclear, ahead)


def _rank(fit: Fit, members: Codes, level: float) -> Ranking:
    """Rank some candidates among themselves."""
    if fit.draws is None:
        return rank_many(fit.score[members, 0], fit.deviation[members], level)
    return rank_draws(fit.draws[:, members], level, None if fit.pairs is None else fit.pairs[np.ix_(members, members)])


def _apart(design: Design, fit: Fit, n: int, level: float) -> list[Codes]:
    """Return for each candidate those of their own group who are not separable, then everybody of the other groups."""
    unclear = [NOBODY] * n
    for group in range(design.groups.count):
        mine = design.groups.candidate == group
        members = np.flatnonzero(mine)
        for member, near in zip(members, _rank(fit, members, level).unclear, strict=True):
            others = (design.candidates[members[near]], design.candidates[~mine])
            unclear[design.candidates[member]] = np.concatenate(others)
    return unclear


def ranking_details(ids: Sequence[str], ranking: Ranking | None) -> dict[str, object]:
    """Return by candidate: expected regret, P(among the best k) for each k, and P(above) each other."""
    if ranking is None or len(ids) > TOLD or not len(ranking.p_above):
        return {}
    top, above = np.cumsum(ranking.p_rank, axis=1).tolist(), ranking.p_above.tolist()
    return {
        "expected_regret": dict(zip(ids, ranking.regret.tolist(), strict=True)),
        "p_top": dict(zip(ids, top, strict=True)),
        "p_above": {
            one: {other: p for other, p in zip(ids, row, strict=True) if other != one}
            for one, row in zip(ids, above, strict=True)
        },
    }


PANEL_RATINGS = 5_000
"""Most ratings of a small panel: beyond, estimated variances are practically known."""
PANEL_WORK = 400_000_000
"""Most multiplications for one solution of the equations in a small panel."""


def score_calibrated(
    columns: Ratings,
    blueprint: Blueprint,
    *,
    effects: Sequence[str] | None = None,
    level: float = 0.9,
    seed: int = 0,
    prior: str | None = None,
    estimator: str | None = None,
    names: Mapping[str, str] | None = None,
    interviewer_names: Mapping[str, str] | None = None,
    rubric: RubricRef | None = None,
    criterion_names: Mapping[str, str] | None = None,
    withdrawn: Container[str] = (),
    history: Sequence[PastOpening] | None = None,
    design: Design | None = None,
) -> Comparison:
    """Compare candidates by what they would be rated by an average interviewer.

    A rating is taken as the question's level + crossed random effects + residual; docs/scoring.md has the
    formulas. The score on a criterion is the criterion's level + candidate + candidate:criterion, in the shares in
    which its questions bear on criteria, kept among the ratings that bear on it save for severity, and None where
    nobody rated the candidate on it. The overall score is their mean by criterion weight, before that, over all
    criteria that anybody was rated on: an unrated one is predicted from the candidate's other ratings, with
    the uncertainty that this brings, so that nobody gains by being asked about easy criteria only. Scores and
    intervals are cut to the scale for display; ranks come from the uncut ones.

    Args:
        columns: The ratings, checked.
        blueprint: What the ratings are for.
        effects: Random effects by name; None for those that the design carries.
        level: Of every interval, between 0 and 1.
        seed: Of the joint draws behind probabilities and ranks.
        prior: Name of the prior on ratios of standard deviations; None for the default one.
        estimator: `posterior` or `reml`; None chooses by size.
        names: Candidate id to the name that a person reads; the id where there is none.
        interviewer_names: Interviewer id to name, likewise.
        rubric: Which rubric the blueprint was made of, if any.
        criterion_names: Criterion id to name.
        withdrawn: Ids to be flagged as withdrawn; they are ranked with the others.
        history: Other openings whose ratings tell more of the same interviewers, matched by id; None where that
            is not asked for. Nothing about their candidates comes out.
        design: What `read_design` makes of columns and blueprint, if that is at hand.

    Raises:
        UsageProblem: The level is not between 0 and 1, or an effect, a prior or an estimator is unknown.
    """
    if not 0 < level < 1:
        raise UsageProblem(
            Sentence("a level of {level:g} makes no interval").format(level=level), hint="between 0 and 1, such as 0.9"
        )
    wanted, chosen = None if effects is None else parse_effects(effects), find_prior(prior)
    design = design or read_design(columns, blueprint)
    names, interviewer_names = names or {}, interviewer_names or {}
    step = step_of(columns, blueprint)
    fitter = partial(_fit, wanted=wanted, estimator=estimator, level=level, seed=seed, prior=chosen, step=step)
    past = None if history is None else gather_history(columns, blueprint, design, history)
    joined = design if past is None else past.design
    design = evolve(design, groups=joined.groups)
    obstacle = hindrance(joined)
    if obstacle is None:
        kept, findings, fit = fitter(joined, past=past, own=design)
        borrowed, remarks = _borrowed(columns, blueprint, past, fit, fitter)
        ranking = rank_candidates(design, fit, level)
        standing = calibrated_standing(design, fit, len(columns.candidates), level, ranking)
        evidence, judgement, estimates, ends = look_at(columns, blueprint, design, fit)
        told = RemarkInputs(columns, blueprint, design, evidence, names, interviewer_names)
        chance = _spread_out(design, fit.split, evidence)
        means = joined_ends(ends, chance.shape[1])
        ends.clear()
        split = find_disagreements(columns, means, chance, step, blueprint.criteria)
        findings = [*remarks, *findings, *calibrated_remarks(told, fit, prior, split)]
        ids = [columns.candidates[code] for code in design.candidates]
        model = _model(design, kept, fit, {"seed": seed, **borrowed, **ranking_details(ids, ranking)})
    else:
        fit, model, standing = None, None, no_standing(len(columns.candidates))
        evidence = gather_evidence(columns, blueprint)
        estimates = spread_estimates(design, fit, evidence, blueprint, None)
        judgement, split = _judge_means(evidence, blueprint, level), None
        findings = [obstacle, *unrated_remarks(columns.candidates, names, evidence, blueprint)]
        if past is not None:
            findings += history_remarks(past, None, obstacle)
    return Comparison(
        method=Method.CALIBRATED,
        level=level,
        scale=ScaleUsed(blueprint.low, blueprint.high, blueprint.scale_source),
        counts=columns.counts(),
        profiles=build_profiles(
            columns.candidates,
            blueprint,
            evidence,
            estimates,
            standing,
            judgement,
            names=names,
            withdrawn=withdrawn,
            disagreements=split,
        ),
        interviewers=_interviewers(columns, blueprint, design, fit, interviewer_names),
        rubric=rubric,
        model=model,
        findings=tuple(findings),
        criterion_names=criterion_names or {},
    )


def look_at(
    columns: Ratings, blueprint: Blueprint, design: Design, fit: Fit, *, apart: bool = True
) -> tuple[Evidence, Judgement, Estimates, list[tuple[int, Ends]]]:
    """Look at each candidate's own ratings, of many candidates at a block at a time.

    Args:
        columns: The ratings.
        blueprint: What they are for.
        design: The ratings as the model sees them.
        fit: Its fit.
        apart: Whether the interviewers' means are wanted, by which it is told about whom they differ.

    Returns:
        What they are, how they are judged, the scores to show, and the interviewers' means as `joined_ends` takes
        them.
    """
    seen, judged, shown, ends = list[Evidence](), list[Judgement](), list[Estimates](), list[tuple[int, Ends]]()
    blocks = candidate_blocks(columns.candidate, len(columns.candidates))
    for block in blocks:
        some, part, own = columns, design, fit
        if not isinstance(block.rows, slice) or block.rows != slice(None):
            some = columns.take(block.rows)
            some = evolve(
                some, candidate=some.candidate - block.low, candidates=columns.candidates[block.low : block.high]
            )
            bounds = np.searchsorted(design.candidates, (block.low, block.high)).tolist()
            of = slice(*bounds)
            part = evolve(design, candidates=design.candidates[of] - block.low)
            own = evolve(fit, score=fit.score[of], interval=fit.interval[of], adjusted=fit.adjusted.of(of))
        evidence = gather_evidence(some, blueprint)
        judgement, lenience = judge_adjusted(part, own, evidence, blueprint)
        estimates = spread_estimates(part, own, evidence, blueprint, lenience)
        if apart:
            ends.append((block.low, read_ends(evidence.cells, evidence.shares)))
        seen.append(evidence if len(blocks) == 1 else without_cells(evidence))
        judged.append(judgement)
        shown.append(estimates)
    together = joined_evidence(seen)
    seen.clear()  # what is joined is not needed twice
    return together, joined_columns(judged), joined_columns(shown), ends


def criterion_scores(
    columns: Ratings,
    blueprint: Blueprint,
    *,
    effects: Sequence[str] | None = None,
    prior: str | None = None,
    history: Sequence[PastOpening] | None = None,
    points: int | None = None,
) -> tuple[Design, Floats] | None:
    """Return the (N, C) criterion scores of a design's candidates, not cut to the scale, without anything else.

    The overall score is their mean by the design's weights, whatever these are.

    Args:
        columns: As `score_calibrated` takes them, and what follows too.
        blueprint: Likewise.
        effects: Likewise.
        prior: Likewise.
        history: Likewise.
        points: Of the importance design; None for as many as `score_calibrated` takes.

    Returns:
        None where the ratings carry no model, or its fit does not converge.
    """
    own = read_design(columns, blueprint)
    past = None if history is None else gather_history(columns, blueprint, own, history)
    joined = own if past is None else past.design
    if hindrance(joined) is not None:
        return None
    own = evolve(own, groups=joined.groups)
    kept, _ = choose_effects(joined, None if effects is None else parse_effects(effects))
    apart = () if past is None else past.apart
    if not apart and not is_small(joined, kept):
        fit = _fit(joined, wanted=effects, estimator=None, level=0.9, seed=0, prior=find_prior(prior), step=1.0)[-1]
        return (own, fit.score[:, 1:]) if fit.converged else None
    scores = panel_scores(own if apart else joined, kept, prior=find_prior(prior), apart=apart, points=points)
    return None if scores is None else (own, scores)


def _fit(
    design: Design,
    *,
    wanted: Sequence[str] | None,
    estimator: str | None,
    level: float,
    seed: int,
    prior: Prior,
    step: float,
    past: History | None = None,
    own: Design | None = None,
) -> tuple[tuple[str, ...], list[Finding], Fit]:
    """Choose effects and fit, by the estimator asked for or the one that suits the size.

    With other openings that are models of their own, effects are those of all ratings, and `own` is what is fitted.
    """
    if estimator not in {None, "posterior", "reml"}:
        raise UsageProblem(
            Sentence("no estimator called {estimator!r}").format(estimator=estimator), hint="posterior or reml"
        )
    effects, findings = choose_effects(design, wanted)
    if past is not None and past.apart and own is not None:
        fit = fit_panel(own, effects, level=level, seed=seed, prior=prior, other=None, apart=past.apart, step=step)
        return effects, findings, fit
    if is_small(design, effects):
        if estimator == "reml":
            return effects, findings, fit_dense(design, effects, level=level, seed=seed, step=step)
        fit = fit_panel(design, effects, level=level, seed=seed, prior=prior, other=another(prior), step=step)
        return effects, findings, fit
    if estimator == "posterior":
        raise UsageProblem("there are too many ratings to integrate over variances", hint="leave it to reml")
    from hiringkit.scoring.large.scores import fit_large  # noqa: PLC0415 - sparse solvers, only where they are needed
    from hiringkit.scoring.large.strata import affordable_effects  # noqa: PLC0415 - as below

    effects, slow = affordable_effects(design.rows, effects) if wanted is None else (effects, [])
    return effects, [*findings, *slow], fit_large(design, effects, level=level, seed=seed)


def _borrowed(
    columns: Ratings, blueprint: Blueprint, past: History | None, fit: Fit, fitter: Callable[..., Any]
) -> tuple[Mapping[str, object], Iterable[Finding]]:
    """Describe how history changed a fit, for the model's details and for people."""
    if past is None:
        return {}, ()
    before: Fit | Finding = fit
    if past.openings:
        alone = read_design(columns, blueprint)
        before = hindrance(alone) or fitter(alone)[-1]
    ids = [columns.interviewers[code] for code in past.design.interviewers]
    return history_details(ids, past, fit, before), history_remarks(past, fit, before)


def is_small(design: Design, effects: tuple[str, ...]) -> bool:
    """Return whether integrating over the variance ratios is worthwhile and affordable."""
    if design.rows.joined is not None:  # other openings are joined only as far as that is so
        return True
    return len(design.rows) <= PANEL_RATINGS and panel_work(design.rows, effects) <= PANEL_WORK


def _spread_out(design: Design, values: Floats, evidence: Evidence) -> Floats:
    """Spread (N, 1 + C) values of the design's candidates and criteria over all of them, with NaN elsewhere."""
    n, width = evidence.score.shape
    out = np.full((n, 1 + width), np.nan)
    out[np.ix_(design.candidates, np.concatenate(([0], 1 + design.criteria)))] = values
    return out


def _judge_means(evidence: Evidence, blueprint: Blueprint, level: float) -> Judgement:
    """Judge by means if no model can be fitted: a bar needs no other candidates."""
    plain = observed_estimates(evidence, overall_spread(evidence), level)
    return judge_means(evidence, blueprint, plain.low, plain.high)


def judge_adjusted(design: Design, fit: Fit, evidence: Evidence, blueprint: Blueprint) -> tuple[Judgement, Floats]:
    """Judge by the adjusted scores; return that, and (R, C) what each interviewer adds on each criterion."""
    adjusted, who, what = fit.adjusted, design.candidates, design.criteria
    seen, width = int(evidence.cells.interviewer.max(initial=-1)), evidence.score.shape[1]
    people = max(seen, int(design.interviewers.max())) + 1
    lenience, severity = np.zeros((people, width)), np.zeros(people)
    lenience[np.ix_(design.interviewers, what)] = adjusted.lenience[:, 1:]
    severity[design.interviewers] = fit.severity
    observed = np.column_stack([evidence.overall[who], evidence.score[np.ix_(who, what)]])
    lines = (blueprint.bars - blueprint.margins)[what]
    bars = np.full(evidence.score.shape, np.nan)
    if not np.isnan(lines).all():
        bars[np.ix_(who, what)] = adjusted.reach(observed, range(1, 1 + len(what)), lines)
    thresholds = np.full((len(bars), len(blueprint.recommend)), np.nan)
    for k, (_, least) in enumerate(blueprint.recommend):
        thresholds[who, k] = adjusted.reach(observed, [0], np.array([least]))[:, 0]
    held = _spread_out(design, observed - adjusted.mean_added, evidence)[:, 1:]
    return judge_reached(evidence, blueprint, Reached(bars, thresholds, held, lenience, severity)), lenience


def _within_ratings(table: Floats, evidence: Evidence, lenience: Floats, blueprint: Blueprint) -> Floats:
    """Keep (3, n, C) scores and interval ends among the ratings that bear on them, save for severity, and the scale."""
    cells = evidence.cells
    off = lenience[cells.interviewer, cells.criterion]
    least = evidence.extreme(np.minimum(cells.lowest, cells.lowest - off), np.minimum)[:, 1:]
    most = evidence.extreme(np.maximum(cells.highest, cells.highest - off), np.maximum)[:, 1:]
    score = np.clip(
        table[0], np.clip(least, blueprint.low, blueprint.high), np.clip(most, blueprint.low, blueprint.high)
    )
    return np.stack([score, np.minimum(table[1], score), np.maximum(table[2], score)])


def spread_estimates(
    design: Design, fit: Fit | None, evidence: Evidence, blueprint: Blueprint, lenience: Floats | None
) -> Estimates:
    """Spread the fit's scores over all candidates and criteria, with NaN where there is no rating."""
    n, width = evidence.score.shape
    table = np.full((3, n, 1 + width), np.nan)
    if fit is not None:
        at = np.ix_(design.candidates, np.concatenate(([0], 1 + design.criteria)))
        for page, values in zip(table, (fit.score, fit.interval[..., 0], fit.interval[..., 1]), strict=True):
            page[at] = values
        table[:, :, 1:][:, np.isnan(evidence.score)] = np.nan
        if lenience is not None:
            table[:, :, 1:] = _within_ratings(table[:, :, 1:], evidence, lenience, blueprint)
    score, low, high = np.clip(table, blueprint.low, blueprint.high)
    return Estimates(
        score=score[:, 1:],
        low=low[:, 1:],
        high=high[:, 1:],
        overall=score[:, 0],
        overall_low=low[:, 0],
        overall_high=high[:, 0],
    )


def _model(design: Design, effects: tuple[str, ...], fit: Fit, details: Mapping[str, object]) -> ModelSummary:
    """Describe what was fitted."""
    order = (*effects, "residual")
    return ModelSummary(
        effects=effects,
        estimator=fit.estimator,
        converged=fit.converged,
        connected=design.groups.count == 1,
        mean=fit.mean,
        variances={name: fit.variances[name] for name in order if name in fit.variances},
        details={**fit.details, **_pull(fit), **details},
    )


def _pull(fit: Fit) -> dict[str, object]:
    """Describe how much another prior changes overall scores and ranks."""
    if fit.alternative is None:
        return {}
    ranks, others = positions(fit.score[:, 0])[0], positions(fit.alternative)[0]
    return {
        "prior_moves_score": float(np.abs(fit.alternative - fit.score[:, 0]).max()),
        "prior_moves_rank": int(np.abs(others - ranks).max()),
    }


def _interviewers(
    columns: Ratings, blueprint: Blueprint, design: Design, fit: Fit | None, names: Mapping[str, str]
) -> tuple[InterviewerEffect, ...]:
    """Make every interviewer's effect, in the order of their ids."""
    given = np.bincount(columns.interviewer[columns.status == NUMBER], minlength=len(columns.interviewers))
    found: dict[int, tuple[float | None, OpenInterval | None]] = {}
    ends = ends_sat_on(columns, blueprint.low, blueprint.high)
    if fit is not None and "interviewer" in fit.variances:
        table: Floats = np.column_stack([fit.severity, fit.severity_interval])
        for who, (severity, low, high) in zip(design.interviewers.tolist(), table.tolist(), strict=True):
            found[who] = (severity, without_outer_end(severity, (low, high), ends[who][0]))
    effects = []
    for i, who in enumerate(columns.interviewers):
        severity, interval = found.get(i, (None, None))
        effects.append(InterviewerEffect(who, names.get(who, who), severity, interval, int(given[i])))
    return tuple(effects)
