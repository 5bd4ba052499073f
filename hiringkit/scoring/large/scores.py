"""Calibrated scores of very many ratings, where estimated variances are practically known.

The equations are solved by `reml`; here its predictions become scores. A question that bears on several criteria
counts for the one with its largest loading. Scores add predictions with correlated errors: those of one candidate's
effects according to that candidate's own equations, those of candidates and levels on average over all candidates,
which is known: predictions of an effect add to zero over N candidates, so the mean of their errors is minus the mean
of the effects, of variance σ²/N, and its covariance with a level's error is -σ²/N.
"""

from collections.abc import Callable, Mapping

import numpy as np
from attrs import evolve, frozen

from hiringkit.domain.profile import Variance
from hiringkit.scoring.arrays import Block, Codes, Floats, candidate_blocks, numbered
from hiringkit.scoring.calibrated.adjusted import (
    Adjusted,
    SeverityVariances,
    adjust_many,
    joined_adjusted,
    panel_variance,
    score_parts,
)
from hiringkit.scoring.calibrated.fit import Fit, criterion_mix, fit_dense, rounding_variance
from hiringkit.scoring.calibrated.model import ModelRows, codes_of, panel_work
from hiringkit.scoring.design import Design
from hiringkit.scoring.disagreement import split_many
from hiringkit.scoring.effects import HALO, OWN, SHARED
from hiringkit.scoring.evidence import average_cells
from hiringkit.scoring.large.normal import half_width, independent_draws, variance_intervals
from hiringkit.scoring.large.reml import RemlFit, fit_reml
from hiringkit.scoring.large.strata import (
    Interviews,
    Stratum,
    can_be_split,
    contrasts,
    find_interviews,
    fit_stratum,
)

EXACT_WORK, EXACT_RATINGS = 30_000_000, 200_000
"""Most multiplications of a solution, and most ratings, for which few interviewers make exact equations faster."""

BATCH = 5_000
"""People whose error correlations are computed at a time."""
SMALL = 0.01
"""Least share of an error's variance that its variance about the mean is taken to be."""
SIDES = {"candidate": "interviewer", "interviewer": "candidate"}


@frozen(eq=False)
class _Side:
    """One side of the ratings: candidates, or interviewers."""

    name: str
    codes: Codes
    count: int
    others: Codes
    other_count: int


def main_criterion(rows: ModelRows) -> Codes:
    """Return the (n,) criterion with the largest loading for each rating's question."""
    return np.asarray(rows.shares.argmax(axis=1)[rows.question])


def errors_of(found: RemlFit, effect: str, size: int) -> Floats:
    """Return the (size,) variances of an effect's errors; its own variance where they were not computed."""
    return found.effect_variances.get(effect, np.full(size, found.variances[effect]))


def about_mean(found: RemlFit, effect: str, size: int, people: int) -> Floats:
    """Return the (size,) variances of an effect's errors about their mean over people.

    Predictions of an effect add to zero over people, so the mean of their errors is minus that of the effects:
    its variance is σ²/people, and an error about it has on average so much less than the error itself.
    """
    errors = errors_of(found, effect, size)
    return np.maximum(errors - found.variances[effect] / people, SMALL * errors)


def function_variances(rows: ModelRows, found: RemlFit, name: str, functions: Floats) -> Floats:
    """Return the variances of the errors of linear functions of a person's effects, about their mean.

    Args:
        rows: The ratings.
        found: A fit with the effects `name` and `name:criterion`.
        name: `candidate` or `interviewer`.
        functions: (F, 1 + C) coefficients on the person's effect and their effects by criterion.

    Returns:
        (people, F).
    """
    side = _Side(name, *codes_of(rows, name), *codes_of(rows, SIDES[name]))
    width = rows.shares.shape[1]
    own = about_mean(found, f"{name}:criterion", side.count * width, side.count).reshape(side.count, width)
    errors = np.column_stack([about_mean(found, name, side.count, side.count), own])
    out = np.empty((side.count, len(functions)))
    for start in range(0, side.count, BATCH):
        part = slice(start, min(start + BATCH, side.count))
        scaled = functions * np.sqrt(errors[part])[:, None, :]
        out[part] = ((scaled @ _correlations(rows, found, side, part)) * scaled).sum(axis=-1)
    return np.maximum(out, 0.0)


def _correlations(rows: ModelRows, found: RemlFit, side: _Side, part: slice) -> Floats:
    """Return (n, 1 + C, 1 + C) correlations of the errors of a person's effect and effects by criterion.

    The people on the other side are known as well as they are: what one of them adds to all ratings of this one
    has the variance of candidate:interviewer and of the error of their own effect.
    """
    owner, other, sums = _pair_sums(rows, side, part)
    between = np.full(len(owner), found.variances.get(HALO, 0.0))
    if SIDES[side.name] in found.effects:
        between += errors_of(found, SIDES[side.name], side.other_count)[other]
    shrink = between / (found.residual * (found.residual + between * sums[:, 0]))
    count, width = part.stop - part.start, sums.shape[1]
    information, totals = np.zeros((count, width, width)), np.zeros((count, width))
    np.subtract.at(information, owner, shrink[:, None, None] * sums[:, :, None] * sums[:, None, :])
    np.add.at(totals, owner, sums / found.residual)
    at = np.arange(1, width)
    information[:, 0, :] += totals
    information[:, at, 0] += totals[:, 1:]
    information[:, at, at] += totals[:, 1:]
    by_criterion = found.variances[f"{side.name}:criterion"]
    prior = np.array([found.variances[side.name], *[by_criterion] * (width - 1)])
    covariance = np.linalg.inv(information + np.diag(1 / np.maximum(prior, 1e-12 * found.residual)))
    deviation = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    return np.asarray(covariance / (deviation[:, :, None] * deviation[:, None, :]))


def _pair_sums(rows: ModelRows, side: _Side, part: slice) -> tuple[Codes, Codes, Floats]:
    """Return for each pair of people the owner, the other one, and (pairs, 1 + C) weights of their ratings."""
    mine = np.flatnonzero((side.codes >= part.start) & (side.codes < part.stop))
    key = (side.codes[mine] - part.start) * side.other_count + side.others[mine]
    pairs, pair = np.unique(key, return_inverse=True)
    width = rows.shares.shape[1]
    at = pair.reshape(-1) * width + main_criterion(rows)[mine]
    weights = np.bincount(at, rows.weight[mine], minlength=len(pairs) * width).reshape(-1, width)
    owner, other = np.divmod(pairs, side.other_count)
    return owner, other, np.column_stack([weights.sum(axis=1), weights])


@frozen(eq=False)
class Split:
    """A model split into strata."""

    held: Interviews
    criteria: Floats
    """(C, C) orthonormal: the mean over criteria, then contrasts among them."""
    rows: Floats
    """(C, Q) the same as functions of an interview's ratings, of length one."""
    within: Floats
    """(Q,) means of the questions about those of their criteria, which no effect moves."""
    responses: Floats
    """(p, C) the interviews' means and contrasts."""
    mean: Stratum
    among: Stratum

    @property
    def asked(self) -> float:
        """Questions on each criterion."""
        return float(self.rows.shape[1] / len(self.criteria))

    @property
    def strata(self) -> tuple[Stratum, Stratum]:
        """Both fitted parts."""
        return self.mean, self.among


def fit_complete(design: Design, effects: tuple[str, ...], *, level: float, seed: int) -> Fit | None:
    """Fit by restricted maximum likelihood, stratum by stratum; None where the model does not separate.

    Args:
        design: One that carries a calibrated score.
        effects: Random effects that the design can carry.
        level: Of intervals.
        seed: Of stochastic traces and of draws.
    """
    split = take_apart(design, effects, seed)
    variances = None if split is None else _variances(split, effects, level)
    if split is None or variances is None:
        return None
    score, variance, levels, questions = _stratum_scores(design, split)
    known = {name: found.estimate or 0.0 for name, found in variances.items()}
    parts = _stratum_parts(design, split)
    adjusted, p = _adjust(design, questions, parts, known, rounding_variance(design))
    variance = variance + adjusted.extra
    severity, severity_variance = -adjusted.lenience[:, 0], parts[1][:, 0]
    half, severity_half = (half_width(v, level) for v in (variance, severity_variance))
    ascents = [stratum.ascent for stratum in split.strata]
    return Fit(
        score=score,
        interval=np.stack([score - half, score + half], axis=-1),
        deviation=np.sqrt(variance[:, 0]),
        severity=severity,
        severity_interval=np.column_stack([severity - severity_half, severity + severity_half]),
        mean=float(design.weights @ levels),
        variances=variances,
        estimator="reml",
        converged=all(ascent.converged for ascent in ascents),
        draws=independent_draws(score[:, 0], np.sqrt(variance[:, 0]), seed),
        fitter=_stratum_fitter(split),
        adjusted=adjusted,
        split=p,
        details={
            "iterations": max(ascent.iterations for ascent in ascents),
            "method": "strata, " + ("dense" if all(s.method == "dense" for s in split.strata) else "stochastic"),
            "tolerance": 1e-6,
        },
    )


def take_apart(design: Design, effects: tuple[str, ...], seed: int) -> Split | None:
    """Fit the strata; None where effects or ratings do not allow for them."""
    rows = design.rows
    held = find_interviews(rows) if can_be_split(rows, effects) else None
    if held is None:
        return None
    count, width = rows.shares.shape
    criteria = contrasts(width)
    across = criteria @ rows.shares.T * np.sqrt(width / count)
    responses = held.ratings @ across.T
    within = held.ratings.mean(axis=0) - responses.mean(axis=0) @ across
    squares = float(np.einsum("ij,ij", held.ratings, held.ratings) - np.einsum("ij,ij", responses, responses))
    spare = squares - len(responses) * float(within @ within), (count - width) * (len(responses) - 1)
    mean, among = (
        tuple(name for name in ("candidate", "interviewer") if name in effects),
        ("candidate", "interviewer") if SHARED in effects else ("candidate",),
    )
    first = fit_stratum(rows, held, responses[:, :1], mean, (0.0, 0), seed)
    second = fit_stratum(rows, held, responses[:, 1:], among, spare if count > width else (0.0, 0), seed)
    if first is None or second is None:
        return None
    return Split(held, criteria, across, within, responses, first, second)


def _variances(split: Split, effects: tuple[str, ...], level: float) -> dict[str, Variance] | None:
    """Return the effects' variances, from those of the strata; None where one of them would be negative."""
    asked, count = split.asked, split.rows.shape[1]
    first, second = split.mean.variances, split.among.variances
    above = (first - second) / count
    if (above < 0.0).any():
        return None
    one, other = (np.nan_to_num(stratum.covariance.diagonal(), nan=0.0) for stratum in split.strata)
    errors, own = np.sqrt(one + other) / count, np.sqrt(split.among.covariance.diagonal())
    names = ("candidate", "interviewer", HALO)
    found = {name: (above[k], errors[k]) for k, name in enumerate(names)}
    found |= {name: (second[k] / asked, own[k] / asked) for k, name in enumerate((OWN, SHARED))}
    found["residual"] = second[2], own[2]
    kept = {name: pair for name, pair in found.items() if name in (*effects, "residual")}
    estimates, error_of = ({name: float(pair[k]) for name, pair in kept.items()} for k in (0, 1))
    return variance_intervals(estimates, error_of, level)


def _stratum_scores(design: Design, split: Split) -> tuple[Floats, Floats, Floats, Floats]:
    """Return (N, 1 + C) scores, overall first, the variances of their errors, and the levels of criteria and questions.

    Errors of different strata are independent, so those of a sum add; a level's error and that of a candidate go
    together as the equations of their stratum say.
    """
    means = np.concatenate([stratum.mean for stratum in split.strata])
    questions = means @ split.rows + split.within
    levels = design.level_weights.T @ questions
    functions = np.vstack([design.weights, np.eye(len(levels))])
    parts = functions @ split.criteria.T / np.sqrt(split.asked)
    merit = np.hstack([np.broadcast_to(s.candidate, (len(s.candidate), len(s.mean))) for s in split.strata])
    score = merit @ parts.T + functions @ levels
    squares = np.column_stack([parts[:, 0] ** 2, (parts[:, 1:] ** 2).sum(axis=1)])
    errors = [s.mean_variance + 2.0 * s.candidate_mean + s.candidate_error for s in split.strata]
    weights = functions @ design.level_weights.T
    left = weights - weights @ split.rows.T @ split.rows
    common = (left**2).sum(axis=1) * split.among.variances[2] / len(split.responses)
    return score, np.maximum(np.column_stack(errors) @ squares.T, 0.0) + common, levels, questions


def _stratum_parts(design: Design, split: Split) -> tuple[Floats, Floats]:
    """Return (I, 1 + C) what interviewers add to scores, and the variances of its errors about the panel's mean."""
    parts = np.vstack([design.weights, np.eye(len(design.weights))]) @ split.criteria.T / np.sqrt(split.asked)
    own = np.hstack([np.broadcast_to(s.interviewer, (len(s.interviewer), len(s.mean))) for s in split.strata])
    squares = np.column_stack([parts[:, 0] ** 2, (parts[:, 1:] ** 2).sum(axis=1)])
    errors = [
        np.maximum(s.interviewer_error - s.variances[1] / len(own), SMALL * s.interviewer_error) for s in split.strata
    ]
    return own @ parts.T, np.column_stack(errors) @ squares.T


def _adjust(
    design: Design,
    questions: Floats,
    parts: tuple[Floats, Floats],
    variances: Mapping[str, float],
    rounding: float,
) -> tuple[Adjusted, Floats]:
    """Adjust scores for severity, and test whether interviewers differ.

    Args:
        design: The design.
        questions: (Q,) levels of the questions.
        parts: What interviewers add to scores, and the variances of its errors.
        variances: By effect, and `residual`.
        rounding: Variance that rounding alone gives a rating.
    """
    mix, residual = criterion_mix(design), max(variances["residual"], rounding)
    shared = (variances.get("interviewer", 0.0), variances.get(SHARED, 0.0))
    severities = SeverityVariances(*parts, panel_variance(design, *shared, mix))
    found = []
    for block in candidate_blocks(design.rows.candidate, design.rows.candidates):
        part = _part(design, block)
        left = part.rows.value - questions[part.rows.question]
        cells = average_cells(part.rows, part.rows.interviewers, design.level_weights, left)
        adjusted = adjust_many(
            part,
            cells,
            severities,
            residual=residual,
            halo=variances.get(HALO, 0.0),
            by_criterion=variances.get(OWN, 0.0),
            mix=mix,
        )
        found.append((adjusted, split_many(part, cells, adjusted, parts[1], residual)))
    together, splits = zip(*found, strict=True)
    return joined_adjusted(together), np.concatenate(splits)


def _part(design: Design, block: Block) -> Design:
    """Return the design of some candidates, with all interviewers."""
    rows, some = design.rows, block.rows
    columns = ModelRows(
        rows.candidate[some] - block.low,
        rows.interviewer[some],
        rows.question[some],
        rows.value[some],
        rows.weight[some],
        block.high - block.low,
        rows.interviewers,
        rows.shares,
    )
    return evolve(design, rows=columns, candidates=design.candidates[block.low : block.high])


def _stratum_fitter(split: Split) -> Callable[[], Floats]:
    """Return what computes the (n,) fitted ratings; what an interview has of its own is predicted from its mean."""
    held, strata, of_mean = evolve(split.held, ratings=split.held.ratings[:0]), split.strata, split.responses[:, 0]
    of_mean, rows, within = of_mean[:, None].copy(), split.rows, split.within

    def fitted() -> Floats:
        parts = [s.mean + s.candidate[held.candidate] + s.interviewer[held.interviewer] for s in strata]
        parts[0] += (1.0 - strata[1].variances[2] / strata[0].variances[2]) * (of_mean - parts[0])
        out = np.empty(len(held.candidate) * rows.shape[1])
        out[held.order] = (np.hstack(parts) @ rows + within).ravel()
        return out

    return fitted


def fit_large(design: Design, effects: tuple[str, ...], *, level: float, seed: int) -> Fit:
    """Fit by restricted maximum likelihood, in strata where interviews are complete, else on sparse equations.

    Args:
        design: One that carries a calibrated score.
        effects: Random effects that the design can carry.
        level: Of intervals.
        seed: Of stochastic traces and of draws.
    """
    whole = fit_complete(design, effects, level=level, seed=seed)
    if whole is not None:
        return whole
    if panel_work(design.rows, effects) <= EXACT_WORK and len(design.rows) <= EXACT_RATINGS:
        exact = fit_dense(design, effects, level=level, seed=seed)
        return evolve(exact, details={**exact.details, "method": "dense"})
    return fit_sparse(design, effects, level=level, seed=seed)


def fit_sparse(design: Design, effects: tuple[str, ...], *, level: float, seed: int) -> Fit:
    """Fit by restricted maximum likelihood on sparse equations, however many levels there are."""
    factors, sizes = _factors(design, effects)
    rows = design.rows
    fixed = None if {"question", "criterion"} & set(effects) else rows.question
    found = fit_reml(rows.value, rows.weight, fixed, factors, levels=sizes, seed=seed)
    fit = scores_of(design, found, level=level, candidates=rows.candidates, rounding=rounding_variance(design))
    return evolve(
        fit,
        draws=independent_draws(fit.score[:, 0], fit.deviation, seed),
        fitter=lambda: _fitted(design, found, factors, fixed),
    )


def scores_of(design: Design, found: RemlFit, *, level: float, candidates: int, rounding: float) -> Fit:
    """Make scores of the predictions of a fit.

    Args:
        design: All of what was fitted, or one shard of it.
        found: The fit, its effects of candidates those of the design.
        level: Of intervals.
        candidates: How many candidates were fitted.
        rounding: Variance that rounding alone gives a rating.
    """
    levels, level_covariance = _levels(design, found)
    score, variance = _scores(design, found, levels, level_covariance, candidates)
    parts = _interviewer_parts(design, found)
    known = {**found.variances, "residual": found.residual}
    adjusted, p = _adjust(design, _questions(design, found), parts, known, rounding)
    variance = variance + adjusted.extra
    severity, severity_variance = -adjusted.lenience[:, 0], parts[1][:, 0]
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
        adjusted=adjusted,
        split=p,
        details={"iterations": found.iterations, "method": found.method, "tolerance": found.tolerance},
    )


def _factors(design: Design, effects: tuple[str, ...]) -> tuple[dict[str, Codes], dict[str, int]]:
    """Code every effect, and count its levels; with a criterion, unrated ones included."""
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


def _scores(
    design: Design, found: RemlFit, levels: Floats, covariance: Floats, candidates: int
) -> tuple[Floats, Floats]:
    """Return (N, 1 + C) scores, overall first, and the variances of their errors; `candidates` were fitted."""
    n, width = design.rows.candidates, len(levels)
    merit = found.effects["candidate"]
    score = np.column_stack([merit + design.weights @ levels, merit[:, None] + levels])
    common = np.concatenate(([design.weights @ covariance @ design.weights], covariance.diagonal()))
    parts = score_parts(design.weights, criterion_mix(design))
    of_mean = np.full(1 + width, found.variances["candidate"] / candidates)
    own = found.effects.get(OWN)
    if own is None or own.size != n * width:
        variance = about_mean(found, "candidate", n, candidates)[:, None]
    else:
        score += own.reshape(n, width) @ parts.T
        of_mean += (parts**2).sum(axis=1) * found.variances[OWN] / candidates
        functions = np.column_stack([np.ones(1 + width), parts])
        variance = function_variances(design.rows, found, "candidate", functions)
    return score, np.maximum(common - of_mean, 0.0) + variance


def _questions(design: Design, found: RemlFit) -> Floats:
    """Return the (Q,) levels of the questions."""
    shares = design.rows.shares
    if len(found.fixed) == len(shares) and "question" not in found.effects:
        return found.fixed
    out = np.full(len(shares), found.mean) + found.effects.get("question", 0.0)
    if "criterion" in found.effects:
        out = out + found.effects["criterion"][shares.argmax(axis=1)]
    return out


def _interviewer_parts(design: Design, found: RemlFit) -> tuple[Floats, Floats]:
    """Return (I, 1 + C) what interviewers add to scores, and the variances of its errors about the panel's mean."""
    count, width = design.rows.interviewers, len(design.criteria)
    if "interviewer" not in found.effects:
        return np.zeros((count, 1 + width)), np.zeros((count, 1 + width))
    alone = np.repeat(found.effects["interviewer"][:, None], 1 + width, axis=1)
    own = found.effects.get(SHARED)
    if own is None or own.size != count * width:
        return alone, np.repeat(about_mean(found, "interviewer", count, count)[:, None], 1 + width, axis=1)
    parts = score_parts(design.weights, criterion_mix(design))
    functions = np.column_stack([np.ones(1 + width), parts])
    added = alone + own.reshape(count, width) @ parts.T
    return added, function_variances(design.rows, found, "interviewer", functions)


def _fitted(design: Design, found: RemlFit, factors: dict[str, Codes], fixed: Codes | None) -> Floats:
    out = np.full(len(design.rows), found.mean) if fixed is None else found.fixed[fixed]
    for effect, codes in factors.items():
        out = out + found.effects[effect][codes]
    return np.asarray(out)
