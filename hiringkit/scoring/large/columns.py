"""Profiles of very many candidates in whole columns, one array for all candidates of a shard."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from attrs import evolve, frozen

from hiringkit.domain.profile import ModelSummary
from hiringkit.domain.rating_table import NUMBER
from hiringkit.scoring.arrays import Bools, Codes, Floats
from hiringkit.scoring.calibrated.ranking import rank_draws
from hiringkit.scoring.calibrated.score import look_at
from hiringkit.scoring.evidence import SATURATED
from hiringkit.scoring.large.census import Census, design_of
from hiringkit.scoring.large.executors import Shared
from hiringkit.scoring.large.normal import half_width, independent_draws, rank_many, variance_intervals
from hiringkit.scoring.large.reml import RemlFit
from hiringkit.scoring.large.scores import about_mean, scores_of
from hiringkit.scoring.profiles import STATES, positions
from hiringkit.scoring.ratings import Ratings


@frozen(eq=False)
class ShardScores:
    """The profiles of a shard's candidates."""

    columns: Mapping[str, Any]
    """(N,) each, by name; NaN where there is nothing."""
    score: Floats
    """(N,) overall score, not cut to the scale; NaN without a rating."""
    deviation: Floats
    """(N,) its standard deviation."""
    ends: Codes
    """(people, 3) numbers that each interviewer gave: all, the lowest level, the highest."""


def score_rows(rows: Ratings, census: Census, found: RemlFit, level: float) -> ShardScores:
    """Score a shard's candidates as all of them are scored together.

    Args:
        rows: All ratings of its candidates.
        census: What is known of all ratings.
        found: The fit, its effects of candidates those of the shard.
        level: Of intervals.
    """
    blueprint, design = census.blueprint, design_of(rows, census)
    fit = scores_of(design, found, level=level, candidates=census.rated, rounding=census.rounding)
    evidence, judgement, estimates, _ = look_at(rows, blueprint, design, fit, apart=False)
    columns: dict[str, Any] = {
        "score": estimates.overall,
        "low": estimates.overall_low,
        "high": estimates.overall_high,
        "observed": evidence.overall,
        "ratings": evidence.overall_ratings,
        "interviewers": evidence.overall_interviewers,
        "coverage": evidence.coverage,
    }
    for at, criterion in enumerate(blueprint.criteria):
        columns |= {
            f"{criterion}.score": estimates.score[:, at],
            f"{criterion}.low": estimates.low[:, at],
            f"{criterion}.high": estimates.high[:, at],
            f"{criterion}.observed": evidence.score[:, at],
            f"{criterion}.ratings": evidence.ratings[:, at],
        }
        if not np.isnan(blueprint.bars[at]):
            words = np.array([None if state is None else state.value for state in STATES], dtype=object)
            columns[f"{criterion}.bar"] = words[judgement.state[:, at]]
    score, deviation = np.full(len(rows.candidates), np.nan), np.full(len(rows.candidates), np.nan)
    score[design.candidates], deviation[design.candidates] = fit.score[:, 0], fit.deviation
    return ShardScores(columns, score, deviation, _ends(rows, census))


def _ends(rows: Ratings, census: Census) -> Codes:
    """Count the numbers that each interviewer gave, and those on either end of the scale."""
    numbers, people = rows.only(rows.status == NUMBER), len(rows.interviewers)
    value = numbers.value
    kinds = (np.isfinite(value), value == census.blueprint.low, value == census.blueprint.high)
    return np.column_stack([np.bincount(numbers.interviewer[kind], minlength=people) for kind in kinds])


CANDIDATE = "candidate"


def share_out(found: RemlFit, members: Sequence[Codes], rated: Bools) -> tuple[Shared, list[tuple[Floats, Floats]]]:
    """Divide a fit into what all shards need and each one's effects of candidates with their variances.

    Args:
        found: The fit.
        members: By shard, its candidates.
        rated: (N,) which candidates have a rating that counts.
    """
    columns = found.effects[CANDIDATE], found.effect_variances[CANDIDATE]
    ends = np.cumsum([0, *(int(rated[each].sum()) for each in members)]).tolist()
    shares = [(columns[0][low:high], columns[1][low:high]) for low, high in pairwise(ends)]
    common = with_candidates(found, columns[0][:0], columns[1][:0])
    size = sum(each.nbytes for part in (common.effects, common.effect_variances) for each in part.values())
    return Shared(common, size), shares


def with_candidates(found: RemlFit, effects: Floats, variances: Floats) -> RemlFit:
    """Return a fit with other effects of candidates, and their variances."""
    return evolve(
        found,
        effects={**found.effects, CANDIDATE: effects},
        effect_variances={**found.effect_variances, CANDIDATE: variances},
    )


def rank_all(scores: Sequence[tuple[Floats, Floats]], level: float, seed: int, *, ranked: bool) -> Mapping[str, Floats]:
    """Return the ranks of all candidates as columns; NaN without a score.

    Args:
        scores: By shard (N,) overall scores, not cut to the scale, and their deviations.
        level: Of rank intervals.
        seed: Of draws, where there are few candidates.
        ranked: Whether candidates can be compared with each other at all.
    """
    score, deviation = (np.concatenate(column) for column in zip(*scores, strict=True))
    columns = {name: np.full(len(score), np.nan) for name in ("rank", "rank_low", "rank_high", "p_best")}
    rated = np.flatnonzero(~np.isnan(score))
    if not ranked:
        return columns
    draws = independent_draws(score[rated], deviation[rated], seed)
    found = rank_many(score[rated], deviation[rated], level) if draws is None else rank_draws(draws, level)
    ranks = positions(score)[0][rated], found.low, found.high, found.p_best
    for column, values in zip(columns.values(), ranks, strict=True):
        column[rated] = values
    return columns


def rank_part(ranks: Mapping[str, Floats], start: int, count: int) -> dict[str, Any]:
    """Return the ranks of a shard's candidates."""
    return {name: column[start : start + count] for name, column in ranks.items()}


def model_of(census: Census, found: RemlFit, level: float, groups: int, seed: int) -> ModelSummary:
    """Describe what was fitted."""
    estimates = {**found.variances, "residual": found.residual}
    criteria = census.criteria
    weights, loadings = census.blueprint.weights[criteria], census.blueprint.loadings[np.ix_(census.asked, criteria)]
    levels = (loadings / loadings.sum(axis=0)).T @ found.fixed
    return ModelSummary(
        effects=tuple(found.variances),
        estimator="reml",
        converged=found.converged,
        connected=groups == 1,
        mean=float(weights / weights.sum() @ levels),
        variances=variance_intervals(estimates, found.standard_errors, level),
        details={"iterations": found.iterations, "method": found.method, "tolerance": found.tolerance, "seed": seed},
    )


def interviewer_columns(census: Census, found: RemlFit, ends: Codes, level: float) -> dict[str, Any]:
    """Return severities and their intervals, by interviewer in the order of their numbers.

    Args:
        census: What is known of all ratings.
        found: The fit.
        ends: As of `ShardScores`, over all shards.
        level: Of intervals.
    """
    mean = found.effects.get("interviewer", np.full(census.raters, np.nan))
    severity = mean.mean() - mean
    half = half_width(about_mean(found, "interviewer", census.raters, census.raters), level)
    given = np.maximum(ends[: census.raters, 0], 1)
    lowest, highest = ends[: census.raters, 1] / given, ends[: census.raters, 2] / given
    # Severity is then at least so: the scale cuts off what lies beyond its end.
    low, high = severity - half, severity + half
    high[(np.maximum(lowest, highest) >= SATURATED) & (lowest >= highest) & (severity > 0)] = np.nan
    low[(np.maximum(lowest, highest) >= SATURATED) & (lowest < highest) & (severity < 0)] = np.nan
    blank = np.full(len(ends) - census.raters, np.nan)
    columns = {"severity": severity, "low": low, "high": high}
    return {name: np.concatenate([values, blank]) for name, values in columns.items()} | {"ratings": ends[:, 0]}
