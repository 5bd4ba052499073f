"""Calibrated scores of very many ratings where each interview asked the same questions: from strata to a fit."""

import numpy as np
from attrs import frozen

from hiringkit.domain.profile import Variance
from hiringkit.scoring.design import Design
from hiringkit.scoring.fit import Fit
from hiringkit.scoring.joint_errors import SMALL
from hiringkit.scoring.normal import half_width, independent_draws, variance_intervals
from hiringkit.scoring.ratings import Floats
from hiringkit.scoring.strata import (
    OWN,
    PAIR,
    SHARED,
    Interviews,
    Stratum,
    can_be_split,
    contrasts,
    find_interviews,
    fit_stratum,
)


@frozen(eq=False)
class Split:
    """A model taken apart."""

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
    """Fit by restricted maximum likelihood, stratum by stratum; None where the model does not fall apart.

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
    score, variance, levels = _scores(design, split)
    severity, severity_variance = _severities(design, split)
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
        fitted=_fitted(design, split),
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
    """Tell the effects' variances from those of the strata; None where one of them would be negative."""
    asked, count = split.asked, split.rows.shape[1]
    first, second = split.mean.variances, split.among.variances
    above = (first - second) / count
    if (above < 0.0).any():
        return None
    one, other = (np.nan_to_num(stratum.covariance.diagonal(), nan=0.0) for stratum in split.strata)
    errors, own = np.sqrt(one + other) / count, np.sqrt(split.among.covariance.diagonal())
    names = ("candidate", "interviewer", PAIR)
    found = {name: (above[k], errors[k]) for k, name in enumerate(names)}
    found |= {name: (second[k] / asked, own[k] / asked) for k, name in enumerate((OWN, SHARED))}
    found["residual"] = second[2], own[2]
    kept = {name: pair for name, pair in found.items() if name in (*effects, "residual")}
    estimates, error_of = ({name: float(pair[k]) for name, pair in kept.items()} for k in (0, 1))
    return variance_intervals(estimates, error_of, level)


def _scores(design: Design, split: Split) -> tuple[Floats, Floats, Floats]:
    """Return (N, 1 + C) scores, overall first, the variances of their errors, and the (C,) levels of criteria.

    Errors of different strata are independent, so those of a sum add; a level's error and that of a candidate go
    together as the equations of their stratum say.
    """
    means = np.concatenate([stratum.mean for stratum in split.strata])
    levels = design.level_weights.T @ (means @ split.rows + split.within)
    functions = np.vstack([design.weights, np.eye(len(levels))])
    parts = functions @ split.criteria.T / np.sqrt(split.asked)
    merit = np.hstack([np.broadcast_to(s.candidate, (len(s.candidate), len(s.mean))) for s in split.strata])
    score = merit @ parts.T + functions @ levels
    squares = np.column_stack([parts[:, 0] ** 2, (parts[:, 1:] ** 2).sum(axis=1)])
    errors = [s.mean_variance + 2.0 * s.candidate_mean + s.candidate_error for s in split.strata]
    weights = functions @ design.level_weights.T
    left = weights - weights @ split.rows.T @ split.rows
    common = (left**2).sum(axis=1) * split.among.variances[2] / len(split.responses)
    return score, np.maximum(np.column_stack(errors) @ squares.T, 0.0) + common, levels


def _severities(design: Design, split: Split) -> tuple[Floats, Floats]:
    """Return (I,) severities about their mean, and the variances of their errors."""
    parts = split.criteria @ design.weights / np.sqrt(split.asked)
    own = np.hstack([np.broadcast_to(s.interviewer, (len(s.interviewer), len(s.mean))) for s in split.strata])
    variance = np.zeros(len(own))
    for stratum, square in zip(split.strata, (parts[0] ** 2, float((parts[1:] ** 2).sum())), strict=True):
        error = stratum.interviewer_error
        variance += square * np.maximum(error - stratum.variances[1] / len(own), SMALL * error)
    severity = -own @ parts
    return severity - severity.mean(), variance


def _fitted(design: Design, split: Split) -> Floats:
    """Return the (n,) fitted ratings; what an interview has of its own is predicted from its mean."""
    held = split.held
    parts = [s.mean + s.candidate[held.candidate] + s.interviewer[held.interviewer] for s in split.strata]
    parts[0] += (1.0 - split.among.variances[2] / split.mean.variances[2]) * (split.responses[:, :1] - parts[0])
    out = np.empty(len(design.rows))
    out[held.order] = (np.hstack(parts) @ split.rows + split.within).ravel()
    return out
