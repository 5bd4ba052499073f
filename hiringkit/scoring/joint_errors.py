"""How errors of prediction go together within one candidate, or one interviewer, of a large model.

The sparse solver gives the variance of every single effect's error; a score adds several. Their correlations are
taken from the person's own equations, and the variances from the solver.
"""

import numpy as np
from attrs import frozen

from hiringkit.scoring.blocks import ModelRows, codes_of
from hiringkit.scoring.ratings import Codes, Floats
from hiringkit.scoring.reml import RemlFit

BATCH = 5_000
"""People whose errors are correlated at a time."""
SMALL = 0.01
"""Share of an error's variance that its variance about the mean is never taken to be below."""
SIDES = {"candidate": "interviewer", "interviewer": "candidate"}


@frozen(eq=False)
class _Side:
    """One of candidates and interviewers, as seen from their own ratings."""

    name: str
    codes: Codes
    count: int
    others: Codes
    other_count: int


def main_criterion(rows: ModelRows) -> Codes:
    """Return the (n,) criterion that each rating's question bears on most."""
    return np.asarray(rows.shares.argmax(axis=1)[rows.question])


def errors_of(found: RemlFit, effect: str, size: int) -> Floats:
    """Return the (size,) variances of an effect's errors; its own variance where they were not worked out."""
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
    between = np.full(len(owner), found.variances.get("candidate:interviewer", 0.0))
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
