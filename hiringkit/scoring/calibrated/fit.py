"""A fitted calibrated model: scores, severities and variances with intervals, whatever the estimator."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from hiringkit.domain.profile import Variance
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated.adjusted import Adjusted, Own, added_columns, adjust_panel, weigh_own
from hiringkit.scoring.calibrated.history import Apart, add_past
from hiringkit.scoring.calibrated.model import Blocks, Contrasts, ModelRows, build_blocks, fitted, log_likelihood
from hiringkit.scoring.calibrated.posterior import (
    Density,
    Mixture,
    Points,
    Survey,
    explore,
    find_peak,
    joint_draws,
    pair_probabilities,
    under_another,
    variance_quantiles,
)
from hiringkit.scoring.calibrated.prior import Prior
from hiringkit.scoring.calibrated.restricted import at_boundary, reml_variances, restricted_slopes
from hiringkit.scoring.design import Design
from hiringkit.scoring.disagreement import split_panel
from hiringkit.scoring.effects import HALO, OWN, SHARED

DRAWS = 8_000
"""Joint draws of the overall scores: the Monte Carlo error of P(best) is about half a percent."""


@frozen(eq=False)
class Fit:
    """What the calibrated model says of N candidates, C criteria and I interviewers with ratings."""

    score: Floats
    """(N, 1 + C) overall score, then the score on each criterion."""
    interval: Floats
    """(N, 1 + C, 2)."""
    deviation: Floats
    """(N,) standard deviation of the overall score."""
    severity: Floats
    """(I,) rating points below the mean of the interviewers."""
    severity_interval: Floats
    """(I, 2)."""
    mean: float
    """Of the criteria's levels, by weight."""
    variances: Mapping[str, Variance]
    estimator: str
    converged: bool
    adjusted: Adjusted
    """Compared with the bars."""
    split: Floats
    """(N, 1 + C) p values of differences between a candidate's interviewers."""
    pairs: Floats | None = None
    """(N, N) probability of one candidate's overall score being above another's, where it is computed."""
    draws: Floats | None = None
    """(D, N) joint draws of the overall scores; None where there are too many candidates for them."""
    fitter: Callable[[], Floats] | None = None
    """Computes the fitted values; None where there are none."""
    alternative: Floats | None = None
    """(N,) overall scores under another prior, where there is a prior."""
    alternative_width: Floats | None = None
    """(N,) lengths of their intervals under it."""
    alternative_best: Floats | None = None
    """(N,) probabilities of being the best under it."""
    details: Mapping[str, object] = field(factory=dict)

    @property
    def fitted(self) -> Floats | None:
        """(n,) fitted values of the ratings that are scored, in the order of the design's rows."""
        return None if self.fitter is None else self.fitter()


def level_columns(design: Design, blocks: Blocks) -> Floats:
    """Return (C, r): each criterion's level as a function of the outer columns.

    A criterion's level is the loading-weighted mean of its questions, so that a criterion on which everybody is weak
    is low; random questions and criteria add their part to the one fixed mean.
    """
    n_criteria = len(design.criteria)
    out = np.zeros((n_criteria, len(blocks.outer_outer)))
    out[:, : blocks.fixed] = design.level_weights.T if blocks.fixed == len(design.level_weights) else 1.0
    for effect, weights in (
        ("question", design.level_weights.T),
        ("criterion", criterion_mix(design)),
    ):
        part = blocks.columns(effect)
        if part is not None:
            out[:, part.start : part.start + part.size] = weights
    return out


def criterion_mix(design: Design) -> Floats:
    """Return (C, C') what effects by criterion add to the score on each criterion; rows add to 1.

    The score on a criterion is what a candidate would be rated on the questions that bear on it, in the shares of
    their loadings. Where these bear on other criteria too, strengths there are part of what is rated; the unit matrix
    where every question bears on one. The columns of other openings' criteria, beyond the first C, are zero.
    """
    return np.asarray(design.level_weights.T @ design.rows.shares)


def score_contrasts(design: Design, blocks: Blocks) -> Contrasts:
    """Return overall and criterion scores of each candidate, then the mean and the severities.

    Overall scores include every criterion that somebody was rated on. Where the candidate was not, their
    candidate:criterion effect is predicted as zero, with its full variance.
    """
    levels = level_columns(design, blocks)
    n, m = len(design.candidates), blocks.inner_outer.shape[1]
    inner = np.zeros((1 + len(levels), m))
    merit = blocks.columns("candidate")
    if merit is not None:
        inner[:, merit.start] = 1.0
    own = blocks.columns(OWN)
    if own is not None:
        mix = criterion_mix(design)[:, : len(levels)]
        inner[:, own.start : own.start + len(levels)] = np.vstack([design.weights @ mix, mix])
    outer = np.vstack([design.weights @ levels, levels])
    border = np.vstack([design.weights @ levels, _severity_columns(design, blocks)])
    return Contrasts(n, inner, outer, border)


def _severity_columns(design: Design, blocks: Blocks) -> Floats:
    """Return (I, r): the interviewers' severities, with their parts in the criteria by weight, mean zero."""
    rows, count = design.rows, len(design.interviewers)
    out = np.zeros((count, len(blocks.outer_outer)))
    shares = design.weights @ criterion_mix(design)
    for effect, weights in (("interviewer", np.ones(1)), (SHARED, shares)):
        part = blocks.columns(effect)
        if part is not None:
            every = -np.kron(np.eye(count, rows.interviewers), weights)
            out[:, part.start : part.start + part.size] = every if part.kept is None else every[:, part.kept]
    return np.asarray(out - out.mean(axis=0))


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep the linear algebra library to one thread.

    The matrices are too small for a second one to save any time: it would only spin, and on a busy machine the first
    would wait for it.
    """
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - only where something is fitted

    with threadpool_limits(limits=1, user_api="blas"):
        yield


@one_thread()
def fit_panel(
    design: Design,
    effects: tuple[str, ...],
    *,
    level: float,
    seed: int,
    prior: Prior,
    other: Prior | None,
    apart: Sequence[Apart] = (),
    step: float | None = None,
) -> Fit:
    """Fit a small panel by integrating over all unknowns.

    Args:
        design: One that supports a calibrated score.
        effects: Random effects that the design supports.
        level: Of intervals.
        seed: Of the joint draws; nothing else depends on it.
        prior: On ratios of standard deviations.
        other: Another prior, to see how much it changes the scores; None skips that.
        apart: Other openings that inform the ratios and the interviewers' severities.
        step: From one level of the scale to the next; None for the smallest between ratings.
    """
    blocks = build_blocks(design.rows, effects, least_residual=rounding_variance(design))
    asked = ratings_of_interview(design.rows)
    prior, settled = prior.for_interviews(asked), True
    if apart:
        blocks, prior, settled = add_past(blocks, apart, effects, prior)
    own = weigh_own(design)
    contrasts = _with_added(score_contrasts(design, blocks), added_columns(own, blocks, design.rows))
    points = explore(blocks, contrasts, prior)
    details: dict[str, object] = {
        "prior": prior.name,
        "prior_ratios": prior.describe(effects),
        "points": len(points.weights),
        "residual_at_least": blocks.least_residual,
    }
    moved: dict[str, Any] = {}
    if blocks.columns(HALO) is not None:
        details |= {"interview_ratings": asked, "interview_counts_as": counts_as(blocks, points, asked, level)}
    if other is not None:
        first = Contrasts(contrasts.candidates, contrasts.inner[:1], contrasts.outer[:1], contrasts.border[:0])
        there = under_another(blocks, first, points, prior, other.for_interviews(asked))
        moved = _alternative(blocks, there, level=level, seed=seed)
        details["alternative_prior"] = other.name
    return Fit(
        **_scores(design, blocks, points, own, level=level, seed=seed, freedom=blocks.freedom, step=step),
        variances=_posterior_variances(blocks, points, level),
        estimator="posterior",
        converged=points.peak.converged and settled,
        **moved,
        details=details,
    )


@one_thread()
def panel_scores(
    design: Design, effects: tuple[str, ...], *, prior: Prior, apart: Sequence[Apart] = (), points: int | None = None
) -> Floats | None:
    """Return the (N, C) criterion scores that `fit_panel` finds, and nothing else; None where it does not converge.

    Args:
        design: As `fit_panel` takes it, and what follows too.
        effects: Likewise.
        prior: Likewise.
        apart: Likewise.
        points: Of the importance design; None for as many as are affordable.
    """
    blocks = build_blocks(design.rows, effects, least_residual=rounding_variance(design))
    prior, settled = prior.for_interviews(ratings_of_interview(design.rows)), True
    if apart:
        blocks, prior, settled = add_past(blocks, apart, effects, prior)
    contrasts = score_contrasts(design, blocks)
    found = explore(blocks, evolve(contrasts, border=contrasts.border[:0]), prior, count=points)
    if not (found.peak.converged and settled):
        return None
    return np.asarray(np.tensordot(found.weights, found.moments.own_mean, 1)[:, 1:] + blocks.center)


def rounding_variance(design: Design) -> float:
    """Return the variance that rounding to the levels alone gives a rating: step²/12 (Sheppard 1898).

    However well interviewers agree, a rating only says which level was nearest.
    """
    levels = np.unique(design.rows.value)
    return float(np.diff(levels).min() ** 2 / 12)


def _with_added(contrasts: Contrasts, added: Floats) -> Contrasts:
    """Append what interviewers add to the scores to the functions of the border."""
    return evolve(contrasts, border=np.vstack([contrasts.border, added]))


@one_thread()
def fit_dense(design: Design, effects: tuple[str, ...], *, level: float, seed: int, step: float | None = None) -> Fit:
    """Fit by restricted maximum likelihood, taking the estimated variances as true.

    For panels of the size that `fit_panel` takes; its intervals are too short for small ones.
    """
    blocks = build_blocks(design.rows, effects)
    own = weigh_own(design)
    contrasts = _with_added(score_contrasts(design, blocks), added_columns(own, blocks, design.rows))
    density = Density(blocks, None)
    peak = at_boundary(density, find_peak(density, tolerance=1e-6, exact=partial(restricted_slopes, blocks)))
    survey = Survey(blocks, contrasts, None)
    survey(peak.logs[None])
    points = survey.points(np.ones(1), peak)
    return Fit(
        **_scores(design, blocks, points, own, level=level, seed=seed, freedom=np.inf, step=step),
        variances=reml_variances(blocks, peak, level),
        estimator="reml",
        converged=peak.converged,
        details={"criterion": deviance(blocks, points)},
    )


def ratings_of_interview(rows: ModelRows) -> float:
    """Return how many ratings an interview has on average."""
    return len(rows) / len(np.unique(rows.candidate * rows.interviewers + rows.interviewer))


def counts_as(blocks: Blocks, points: Points, asked: float, level: float) -> tuple[float, float, float]:
    """Return the effective number of independent ratings in an interview: median and interval.

    Of m ratings with halo h² and residual e², the mean errs by h² + e²/m; (h² + e²)/(h² + e²/m) ratings of as many
    interviewers would err as much.
    """
    squared = points.ratios[:, blocks.effects.index(HALO)] ** 2
    worth = (squared + 1.0) / (squared + 1.0 / asked)
    order = np.argsort(worth)
    below = np.cumsum(points.weights[order])
    at = [min(int(np.searchsorted(below, p)), len(order) - 1) for p in (0.5, (1 - level) / 2, (1 + level) / 2)]
    middle, low, high = worth[order][at].tolist()
    return middle, low, high


def _alternative(blocks: Blocks, there: Points, *, level: float, seed: int) -> dict[str, Floats]:
    """Return scores, lengths of intervals and probabilities of being best under another prior."""
    found, scale = there.moments, there.residual / blocks.freedom
    deviations = np.sqrt(np.maximum(found.own_variance[:, :, 0], 0) * scale[:, None])
    mixture = Mixture(there.weights, found.own_mean[:, :, 0] + blocks.center, deviations, blocks.freedom)
    draws = joint_draws(there.weights, found, scale, blocks.freedom, draws=DRAWS, seed=seed)
    best = np.bincount(draws.argmax(axis=1), minlength=draws.shape[1]) / len(draws)
    return {
        "alternative": mixture.mean,
        "alternative_width": np.diff(mixture.interval(level), axis=1)[:, 0],
        "alternative_best": best,
    }


def deviance(blocks: Blocks, points: Points) -> float:
    """Return minus twice the restricted log likelihood at a REML fit's only point, constants included."""
    constant = blocks.freedom * (1 + np.log(2 * np.pi / blocks.freedom)) - blocks.log_weights
    return float(constant - 2 * log_likelihood(blocks, points.ratios)[0])


def _scores(
    design: Design,
    blocks: Blocks,
    points: Points,
    weighed: Own,
    *,
    level: float,
    seed: int,
    freedom: float,
    step: float | None,
) -> dict[str, Any]:
    """Compute the scores of a fit from the moments at its points."""
    found, (n, width) = points.moments, points.moments.own_mean.shape[1:]
    told = found.border_mean.shape[1] - n * width
    mix = criterion_mix(design)
    adjusted = adjust_panel(design, blocks, points, weighed, mix, slice(told, None), freedom)
    scale = points.residual / blocks.freedom
    means = np.hstack([found.own_mean.reshape(-1, n * width) + blocks.center, found.border_mean[:, :told]])
    variances = np.hstack([found.own_variance.reshape(-1, n * width), found.border_variance[:, :told]])
    variances = np.maximum(variances, 0) * scale[:, None]
    variances[:, : n * width] += adjusted.extra.ravel()
    mixture = Mixture(points.weights, means, np.sqrt(variances), freedom)
    mean, interval = mixture.mean, mixture.interval(level)
    draws = joint_draws(points.weights, found, scale, freedom, draws=DRAWS, seed=seed, extra=adjusted.extra[:, 0])
    with np.errstate(divide="ignore"):
        ratios = np.exp(points.weights @ np.log(points.ratios))
    own = n * width
    return {
        "score": mean[:own].reshape(n, width),
        "interval": interval[:own].reshape(n, width, 2),
        "deviation": mixture.deviation[:own].reshape(n, width)[:, 0],
        "mean": float(mean[own]) + blocks.center,
        "severity": mean[own + 1 :],
        "severity_interval": interval[own + 1 :],
        "draws": draws + blocks.center,
        "pairs": pair_probabilities(points.weights, found, scale, freedom, adjusted.extra[:, 0]),
        "adjusted": adjusted,
        "split": split_panel(
            design, blocks, ratios, weighed, step or float(np.diff(np.unique(design.rows.value)).min())
        ),
        "fitter": lambda: fitted(blocks, design.rows.candidate, points.inner, points.outer)[: design.scored],
    }


def _posterior_variances(blocks: Blocks, points: Points, level: float) -> dict[str, Variance]:
    """Return posterior medians of the variances with their intervals."""
    squares = np.column_stack([points.ratios**2, np.ones(len(points.ratios))])
    tail = (1 - level) / 2
    low, middle, high = (
        variance_quantiles(points.weights, squares, points.residual, blocks.freedom, p) for p in (tail, 0.5, 1 - tail)
    )
    names = (*blocks.effects, "residual")
    return {e: Variance(float(middle[k]), (float(low[k]), float(high[k]))) for k, e in enumerate(names)}
