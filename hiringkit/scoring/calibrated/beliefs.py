"""What the calibrated model believes of every effect, as one joint normal distribution.

`fit_panel` integrates over variances and gives the scores' own distributions. To work out what further ratings would
change, scores and ratings to come are needed jointly: the posterior is replaced by the normal distribution with the
same mean and covariance, and updated as such. The spread of the means over the points of the posterior is part of the
covariance, so that not knowing the variances counts.
"""

import numpy as np
from attrs import evolve, frozen

from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.calibrated.adjusted import added_columns, adjust_panel, weigh_own
from hiringkit.scoring.calibrated.fit import (
    criterion_mix,
    one_thread,
    ratings_of_interview,
    rounding_variance,
    score_contrasts,
)
from hiringkit.scoring.calibrated.model import Blocks, Contrasts, build_blocks, scales
from hiringkit.scoring.calibrated.posterior import Points, explore
from hiringkit.scoring.calibrated.prior import Prior
from hiringkit.scoring.design import Design
from hiringkit.scoring.effects import HALO, OWN, SHARED

POINTS = 64
"""Points of the posterior, taken in proportion to their weights, whose moments are matched."""
WORK = 20_000_000_000
"""Most multiplications for all of them; of many effects fewer points are taken."""


@frozen(eq=False)
class Beliefs:
    """A joint normal distribution of E effects: those of the border, then each candidate's own."""

    design: Design
    blocks: Blocks
    mean: Floats
    """(E,)."""
    covariance: Floats
    """(E, E)."""
    overall: Floats
    """(N, E) the candidates' overall scores as functions of the effects."""
    residual: float
    """Variance of a rating of weight 1 about its mean."""
    unseen: dict[str, float]
    """By effect, the variance of one that no rating tells of yet."""

    @property
    def scores(self) -> tuple[Floats, Floats]:
        """(N,) means and (N, N) covariance of the overall scores."""
        return self.overall @ self.mean + self.blocks.center, self.overall @ self.covariance @ self.overall.T

    def rating(self, candidate: int, interviewer: int | None, question: int | None, shares: Floats) -> Floats:
        """Return (E,) the effects that a rating to come is made of, as far as ratings tell of them.

        Args:
            candidate: Place among the design's.
            interviewer: Likewise; None for one who has rated nobody here.
            question: Place among the rows'; None for one that nobody was asked, which is taken for an average one.
            shares: (C,) of the criteria that the question bears on.
        """
        out = np.zeros(len(self.mean))
        fixed = self.blocks.fixed
        out[:fixed] = 1.0 / fixed
        if question is not None and fixed > 1:
            out[:fixed] = 0.0
            out[question] = 1.0
        border, slots = self.blocks.inner_outer.shape[2], self.blocks.inner_outer.shape[1]
        for part in self.blocks.outer:
            if interviewer is not None and part.effect == "interviewer":
                out[part.start + interviewer] = 1.0
            elif interviewer is not None and part.effect == SHARED:
                first = part.start + interviewer * len(shares)
                out[first : first + len(shares)] = shares
        own = border + candidate * slots
        for part in self.blocks.inner:
            if part.effect == "candidate":
                out[own + part.start] = 1.0
            elif part.effect == OWN:
                out[own + part.start : own + part.start + part.size] = shares
            elif part.effect == HALO and interviewer is not None:
                slot = self._halo(candidate, interviewer)
                if slot is not None:
                    out[own + slot] = 1.0
        return out

    def _halo(self, candidate: int, interviewer: int) -> int | None:
        """Return the candidate's slot of what an interview has for all its questions; None where there was none."""
        part, rows = self.blocks.columns(HALO), self.design.rows
        held = np.flatnonzero((rows.candidate == candidate) & (rows.interviewer == interviewer))
        if part is None or not len(held):
            return None
        return part.start + int(np.argmax(self.blocks.inner_rows[held[0], part.start : part.start + part.size]))

    def noise(self, candidate: int, interviewer: int | None, unasked: Floats, shares: Floats) -> Floats:
        """Return the (q, q) covariance of what an interview to come has that no rating tells of yet.

        Args:
            candidate: As `rating` takes it.
            interviewer: Likewise.
            unasked: (q,) 1 for questions that nobody was asked, else 0.
            shares: (q, C) of the criteria that the questions bear on.
        """
        q = len(shares)
        out = np.diag(self.residual + self.unseen["question"] * unasked)
        if interviewer is None or self._halo(candidate, interviewer) is None:
            out += np.full((q, q), self.unseen.get(HALO, 0.0))
        if interviewer is None:
            out += self.unseen.get("interviewer", 0.0) + self.unseen.get(SHARED, 0.0) * (shares @ shares.T)
        return np.asarray(out)


@one_thread()
def read_beliefs(design: Design, effects: tuple[str, ...], prior: Prior) -> Beliefs | None:
    """Fit a small panel as `fit_panel` does, and match the moments of its posterior; None where it does not converge.

    What widens the score of a candidate whose interviewers are far apart is added to the candidate's effect, so that
    a further interview of theirs is worth more.

    Args:
        design: One that supports a calibrated score.
        effects: Random effects of the default model that it supports.
        prior: On ratios of standard deviations.
    """
    blocks = build_blocks(design.rows, effects, least_residual=rounding_variance(design))
    weighed, contrasts = weigh_own(design), score_contrasts(design, blocks)
    told = len(contrasts.border)
    added = added_columns(weighed, blocks, design.rows)
    wanted = evolve(contrasts, border=np.vstack([contrasts.border, added]))
    points = explore(blocks, wanted, prior.for_interviews(ratings_of_interview(design.rows)))
    if not points.peak.converged:
        return None
    mix, freedom = criterion_mix(design), blocks.freedom
    extra = adjust_panel(design, blocks, points, weighed, mix, slice(told, None), freedom).extra[:, 0]
    mean, covariance, residual, variances = _matched(blocks, points)
    border, slots = blocks.inner_outer.shape[2], blocks.inner_outer.shape[1]
    merit = blocks.columns("candidate")
    if merit is not None:
        at = border + slots * np.arange(len(extra)) + merit.start
        covariance[at, at] += extra
    unseen = dict(zip(blocks.effects, variances.tolist(), strict=True))
    unseen["question"] = float(np.var(mean[: blocks.fixed], ddof=1)) if blocks.fixed > 1 else 0.0
    return Beliefs(design, blocks, mean, covariance, _overall(blocks, contrasts), residual, unseen)


def _overall(blocks: Blocks, contrasts: Contrasts) -> Floats:
    """Return (N, E): the overall scores as functions of all effects."""
    n, slots, border = blocks.inner_outer.shape
    out = np.zeros((n, border + n * slots))
    out[:, :border] = contrasts.outer[0]
    for i in range(n):
        out[i, border + i * slots : border + (i + 1) * slots] = contrasts.inner[0]
    return out


def _matched(blocks: Blocks, points: Points) -> tuple[Floats, Floats, float, Floats]:
    """Return the effects' (E,) means and (E, E) covariance, the residual variance, and (K,) variances of effects."""
    n, slots, border = blocks.inner_outer.shape
    size = border + n * slots
    products, values = np.zeros((size, size)), np.zeros(size)
    products[:border, :border], values[:border] = blocks.outer_outer, blocks.outer_value
    for i in range(n):
        own = slice(border + i * slots, border + (i + 1) * slots)
        products[own, own], values[own] = blocks.inner_inner[i], blocks.inner_value[i]
        products[own, :border], products[:border, own] = blocks.inner_outer[i], blocks.inner_outer[i].T
    count = int(np.clip(WORK // size**3, 8, POINTS))
    chosen = np.searchsorted(np.cumsum(points.weights), (np.arange(count) + 0.5) / count)
    chosen = np.minimum(chosen, len(points.weights) - 1)
    inner, outer = scales(blocks, points.ratios[chosen])
    # a t distribution's variance, where it has one
    variance = points.residual[chosen] / max(blocks.freedom - 2, 1)
    random = np.arange(blocks.fixed, size)
    means, total = np.empty((count, size)), np.zeros((size, size))
    for k in range(count):
        scale = np.concatenate([outer[k], np.tile(inner[k], n)])
        system = scale[:, None] * products * scale
        system[random, random] += 1.0
        inverse = scale[:, None] * np.linalg.inv(system) * scale
        means[k] = inverse @ values
        total += variance[k] * inverse
    mean = means.mean(axis=0)
    away = means - mean
    effects = (points.ratios[chosen] ** 2 * variance[:, None]).mean(axis=0)
    return mean, (total + away.T @ away) / count, float(variance.mean()), np.asarray(effects)
