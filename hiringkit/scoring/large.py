"""Calibrated scores of very many ratings, where estimated variances are as good as known.

The equations are solved by `reml`; here its predictions become scores. A question that bears on several
criteria counts for the one that it bears on most. Interviewers' and candidates' errors of prediction are
taken as independent of one another; those of one candidate's effects are not.
"""

import numpy as np

from hiringkit.domain.profile import Variance
from hiringkit.scoring.design import Design
from hiringkit.scoring.fit import Fit
from hiringkit.scoring.ratings import Codes, Floats
from hiringkit.scoring.reml import RemlFit, fit_reml

DRAWN = 2_000
"""Candidates up to whom scores are drawn, to be compared pair by pair."""
DRAWS = 4_000
BATCH = 5_000
"""Candidates whose errors of prediction are correlated at a time."""


def fit_large(design: Design, effects: tuple[str, ...], *, level: float, seed: int) -> Fit:
    """Fit by restricted maximum likelihood on sparse equations.

    Args:
        design: One that carries a calibrated score.
        effects: Random effects that the design can carry.
        level: Of intervals.
        seed: Of stochastic traces and of draws.
    """
    factors, sizes = _factors(design, effects)
    rows = design.rows
    fixed = None if {"question", "criterion"} & set(effects) else rows.question
    found = fit_reml(rows.value, rows.weight, fixed, factors, levels=sizes, seed=seed)
    levels, level_covariance = _levels(design, found)
    score, variance = _scores(design, found, levels, level_covariance)
    severity, severity_variance = _severities(design, found)
    half, severity_half = (_half_width(v, level) for v in (variance, severity_variance))
    return Fit(
        score=score,
        interval=np.stack([score - half, score + half], axis=-1),
        deviation=np.sqrt(variance[:, 0]),
        severity=severity,
        severity_interval=np.column_stack([severity - severity_half, severity + severity_half]),
        mean=float(design.weights @ levels),
        variances=_variances(found, level),
        estimator="reml",
        converged=found.converged,
        draws=_draws(score[:, 0], np.sqrt(variance[:, 0]), seed),
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
        "criterion": (rows.shares.argmax(axis=1)[rows.question], width),
    }
    factors, sizes = {}, {}
    for effect in effects:
        codes, size = known[effect.split(":")[0]]
        for factor in effect.split(":")[1:]:
            codes, size = codes * known[factor][1] + known[factor][0], size * known[factor][1]
        if size > 2 * len(rows):
            seen, codes = np.unique(codes, return_inverse=True)
            size = len(seen)
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
    merit, error = found.effects["candidate"], found.effect_variances["candidate"]
    score = np.column_stack([merit + design.weights @ levels, merit[:, None] + levels])
    common = np.concatenate(([design.weights @ covariance @ design.weights], covariance.diagonal()))
    own = found.effects.get("candidate:criterion")
    if own is None or own.size != n * width:
        return score, common + error[:, None]
    score += _both(own.reshape(n, width), design.weights)
    errors = np.column_stack([error, found.effect_variances["candidate:criterion"].reshape(n, width)])
    parts = np.vstack([design.weights, np.eye(width)])
    functions = np.column_stack([np.ones(1 + width), parts])
    out = np.empty((n, 1 + width))
    for start in range(0, n, BATCH):
        part = slice(start, min(start + BATCH, n))
        scaled = functions * np.sqrt(errors[part])[:, None, :]
        out[part] = ((scaled @ _correlations(design, found, part)) * scaled).sum(axis=-1)
    return score, common + np.maximum(out, 0.0)


def _both(own: Floats, weights: Floats) -> Floats:
    """Put the weighted sum before the parts."""
    return np.column_stack([own @ weights, own])


def _correlations(design: Design, found: RemlFit, part: slice) -> Floats:
    """Return (n, 1 + C, 1 + C) correlations of the errors of candidate and candidate:criterion.

    From the candidate's own equations, given interviewers' severity as well as it is known: what an
    interviewer adds to all ratings of a candidate has the variance of candidate:interviewer and of the
    severity's error.
    """
    rows, width = design.rows, len(design.criteria)
    mine = np.flatnonzero((rows.candidate >= part.start) & (rows.candidate < part.stop))
    candidate, interviewer = rows.candidate[mine] - part.start, rows.interviewer[mine]
    pairs, pair = np.unique(candidate * rows.interviewers + interviewer, return_inverse=True)
    owner, who = np.divmod(pairs, rows.interviewers)
    criterion = rows.shares.argmax(axis=1)[rows.question[mine]]
    counts = np.bincount(pair * width + criterion, rows.weight[mine], minlength=len(pairs) * width)
    counts = counts.reshape(-1, width)
    sums = np.column_stack([counts.sum(axis=1), counts])
    halo = np.full(len(pairs), found.variances.get("candidate:interviewer", 0.0))
    if "interviewer" in found.effects:
        halo += found.effect_variances["interviewer"][who]
    shrink = halo / (found.residual * (found.residual + halo * sums[:, 0]))
    count = part.stop - part.start
    information = np.zeros((count, 1 + width, 1 + width))
    np.subtract.at(information, owner, shrink[:, None, None] * sums[:, :, None] * sums[:, None, :])
    totals = np.zeros((count, 1 + width))
    np.add.at(totals, owner, sums / found.residual)
    at = np.arange(1, 1 + width)
    information[:, 0, :] += totals
    information[:, at, 0] += totals[:, 1:]
    information[:, at, at] += totals[:, 1:]
    prior = np.array([found.variances["candidate"], *[found.variances["candidate:criterion"]] * width])
    return _as_correlations(information, np.maximum(prior, 1e-12 * found.residual))


def _as_correlations(information: Floats, prior: Floats) -> Floats:
    covariance = np.linalg.inv(information + np.diag(1 / prior))
    deviation = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    return np.asarray(covariance / (deviation[:, :, None] * deviation[:, None, :]))


def _severities(design: Design, found: RemlFit) -> tuple[Floats, Floats]:
    """Return (I,) severities about their mean, and the variances of their errors."""
    count = design.rows.interviewers
    severity, variance = np.zeros(count), np.zeros(count)
    if "interviewer" in found.effects:
        severity, variance = -found.effects["interviewer"], found.effect_variances["interviewer"]
    own = found.effects.get("interviewer:criterion")
    if own is not None and own.size == count * len(design.criteria):
        errors = found.effect_variances["interviewer:criterion"].reshape(count, -1)
        severity = severity - own.reshape(count, -1) @ design.weights
        variance = variance + errors @ design.weights**2
    return severity - severity.mean(), variance


def _half_width(variance: Floats, level: float) -> Floats:
    from scipy.special import ndtri  # noqa: PLC0415 - only where numbers are wanted

    return np.asarray(ndtri((1 + level) / 2) * np.sqrt(np.maximum(variance, 0.0)))


def _variances(found: RemlFit, level: float) -> dict[str, Variance]:
    """Give every variance an interval that is normal in its logarithm; none at the boundary."""
    from scipy.special import ndtri  # noqa: PLC0415 - only where numbers are wanted

    z, out = float(ndtri((1 + level) / 2)), {}
    for name, estimate in {**found.variances, "residual": found.residual}.items():
        error = found.standard_errors.get(name, np.nan)
        if estimate > 0 and np.isfinite(error):
            factor = float(np.exp(z * error / estimate))
            out[name] = Variance(estimate, (estimate / factor, estimate * factor))
        else:
            out[name] = Variance(estimate)
    return out


def _draws(score: Floats, deviation: Floats, seed: int) -> Floats | None:
    if len(score) > DRAWN:
        return None
    return score + deviation * np.random.default_rng(seed).standard_normal((DRAWS, len(score)))


def _fitted(design: Design, found: RemlFit, factors: dict[str, Codes], fixed: Codes | None) -> Floats:
    out = np.full(len(design.rows), found.mean) if fixed is None else found.fixed[fixed]
    for effect, codes in factors.items():
        out = out + found.effects[effect][codes]
    return np.asarray(out)
