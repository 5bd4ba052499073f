"""Calibrated scores of very many ratings, where estimated variances are as good as known.

The equations are solved by `reml`; here its predictions become scores. A question that bears on several
criteria counts for the one that it bears on most. Scores add predictions whose errors go together: those of one
candidate's effects as that candidate's own equations say, those of candidates and levels on the average of all
candidates, which is known: predictions of an effect add to zero over N candidates, so the mean of their errors is
minus the mean of the effects, of variance σ²/N, and its covariance with a level's error is -σ²/N.
"""

import numpy as np

from hiringkit.scoring.complete import fit_complete
from hiringkit.scoring.design import Design
from hiringkit.scoring.fit import Fit
from hiringkit.scoring.grouping import numbered
from hiringkit.scoring.joint_errors import about_mean, function_variances, main_criterion
from hiringkit.scoring.normal import half_width, independent_draws, variance_intervals
from hiringkit.scoring.ratings import Codes, Floats
from hiringkit.scoring.reml import RemlFit, fit_reml


def fit_large(design: Design, effects: tuple[str, ...], *, level: float, seed: int) -> Fit:
    """Fit by restricted maximum likelihood, in strata where interviews are complete, else on sparse equations.

    Args:
        design: One that carries a calibrated score.
        effects: Random effects that the design can carry.
        level: Of intervals.
        seed: Of stochastic traces and of draws.
    """
    whole = fit_complete(design, effects, level=level, seed=seed)
    return whole or _fit_sparse(design, effects, level=level, seed=seed)


def _fit_sparse(design: Design, effects: tuple[str, ...], *, level: float, seed: int) -> Fit:
    factors, sizes = _factors(design, effects)
    rows = design.rows
    fixed = None if {"question", "criterion"} & set(effects) else rows.question
    found = fit_reml(rows.value, rows.weight, fixed, factors, levels=sizes, seed=seed)
    levels, level_covariance = _levels(design, found)
    score, variance = _scores(design, found, levels, level_covariance)
    severity, severity_variance = _severities(design, found)
    half, severity_half = (half_width(v, level) for v in (variance, severity_variance))
    return Fit(
        score=score,
        interval=np.stack([score - half, score + half], axis=-1),
        deviation=np.sqrt(variance[:, 0]),
        severity=severity,
        severity_interval=np.column_stack([severity - severity_half, severity + severity_half]),
        mean=float(design.weights @ levels),
        variances=variance_intervals({**found.variances, "residual": found.residual}, found.standard_errors, level),
        estimator="reml",
        converged=found.converged,
        draws=independent_draws(score[:, 0], np.sqrt(variance[:, 0]), seed),
        fitted=_fitted(design, found, factors, fixed),
        details={"iterations": found.iterations, "method": found.method, "tolerance": found.tolerance},
    )


def _factors(design: Design, effects: tuple[str, ...]) -> tuple[dict[str, Codes], dict[str, int]]:
    """Code every effect, and say how many levels it has; with a criterion, unrated ones are among them."""
    rows, width = design.rows, len(design.criteria)
    known = {
        "candidate": (rows.candidate, rows.candidates),
        "interviewer": (rows.interviewer, rows.interviewers),
        "question": (rows.question, len(rows.shares)),
        "criterion": (main_criterion(rows), width),
    }
    factors, sizes = {}, {}
    for effect in effects:
        codes, size = known[effect.split(":")[0]]
        for factor in effect.split(":")[1:]:
            codes, size = codes * known[factor][1] + known[factor][0], size * known[factor][1]
        if size > 2 * len(rows):
            codes, size = numbered(codes)
        factors[effect], sizes[effect] = codes, size
    return factors, sizes


def _levels(design: Design, found: RemlFit) -> tuple[Floats, Floats]:
    """Return the (C,) levels of the criteria and their (C, C) covariance."""
    weights, width = design.level_weights.T, len(design.criteria)
    if len(found.fixed) == len(design.level_weights) and "question" not in found.effects:
        return weights @ found.fixed, weights @ found.fixed_covariance @ weights.T
    levels = np.full(width, found.mean)
    covariance = np.full((width, width), found.mean_variance)
    for effect, parts in (("question", weights), ("criterion", np.eye(width))):
        if effect in found.effects:
            levels = levels + parts @ found.effects[effect]
            covariance = covariance + parts * found.effect_variances[effect] @ parts.T
    return levels, covariance


def _scores(design: Design, found: RemlFit, levels: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """Return (N, 1 + C) scores, overall first, and the variances of their errors."""
    n, width = design.rows.candidates, len(levels)
    merit = found.effects["candidate"]
    score = np.column_stack([merit + design.weights @ levels, merit[:, None] + levels])
    common = np.concatenate(([design.weights @ covariance @ design.weights], covariance.diagonal()))
    parts = np.vstack([design.weights, np.eye(width)])
    of_mean = np.full(1 + width, found.variances["candidate"] / n)
    own = found.effects.get("candidate:criterion")
    if own is None or own.size != n * width:
        variance = about_mean(found, "candidate", n, n)[:, None]
    else:
        score += own.reshape(n, width) @ parts.T
        of_mean += (parts**2).sum(axis=1) * found.variances["candidate:criterion"] / n
        functions = np.column_stack([np.ones(1 + width), parts])
        variance = function_variances(design.rows, found, "candidate", functions)
    return score, np.maximum(common - of_mean, 0.0) + variance


def _severities(design: Design, found: RemlFit) -> tuple[Floats, Floats]:
    """Return (I,) severities about their mean, and the variances of their errors."""
    count, width = design.rows.interviewers, len(design.criteria)
    if "interviewer" not in found.effects:
        return np.zeros(count), np.zeros(count)
    severity, variance = -found.effects["interviewer"], about_mean(found, "interviewer", count, count)
    own = found.effects.get("interviewer:criterion")
    if own is not None and own.size == count * width:
        severity = severity - own.reshape(count, width) @ design.weights
        functions = np.concatenate(([1.0], design.weights))[None]
        variance = function_variances(design.rows, found, "interviewer", functions)[:, 0]
    return severity - severity.mean(), variance


def _fitted(design: Design, found: RemlFit, factors: dict[str, Codes], fixed: Codes | None) -> Floats:
    out = np.full(len(design.rows), found.mean) if fixed is None else found.fixed[fixed]
    for effect, codes in factors.items():
        out = out + found.effects[effect][codes]
    return np.asarray(out)
