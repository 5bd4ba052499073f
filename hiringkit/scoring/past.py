"""What many other openings tell of an opening's interviewers, without one model of all their ratings.

Given the ratios of standard deviations, the ratings of another opening bear on this one only through the severities
of interviewers and the residual variance. Eliminating its questions, candidates and everything that is its own from
the mixed-model equations leaves a quadratic form in its interviewers' effects,

    s + v'Av - 2 b'v,

and forms of several openings add (absorption: Henderson 1984, ch. 5). Eliminating the interviewers who are not of the
panel leaves a form in those who are, which is put to the equations of the opening to be scored as if it were ratings:
at these ratios that is the same as one model of all ratings. The ratios themselves are told from the other openings
first, by the product of their restricted likelihoods, each opening's interviewers being taken as if they were new
(a composite likelihood: Varin, Reid & Firth 2011, Statistica Sinica 21). Its normal approximation is the prior of the
opening to be scored.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve, frozen

from hiringkit.scoring.blocks import Blocks, build_blocks
from hiringkit.scoring.equations import log_likelihood, scales
from hiringkit.scoring.history import Apart
from hiringkit.scoring.peak import Density, Peak, find_peak
from hiringkit.scoring.prior import Prior
from hiringkit.scoring.ratings import Bools, Floats

TELLING = 60
"""Other openings, the nearest first, from which the ratios are told."""
LEAST_SPREAD = 0.1
"""Standard deviation of a log ratio below which none is believed: openings differ more than sampling tells."""


@frozen(eq=False)
class Told:
    """A quadratic form s + v'Av - 2 b'v in effects of interviewers, in units of the residual variance."""

    information: Floats
    """(I, I) A."""
    value: Floats
    """(I,) b."""
    squares: float
    """s."""
    freedom: int
    """Ratings less fixed effects behind it."""


@frozen(eq=False)
class RatioPrior(Prior):
    """What is known of all ratios together: normal in their logarithms."""

    center: Floats
    """(K,)."""
    precision: Floats
    """(K, K)."""

    def log_density(self, effects: tuple[str, ...], logs: Floats) -> Floats:
        """Return the (M,) log density of (M, K) log ratios, up to a constant."""
        away = logs - self.center
        return np.asarray(-0.5 * ((away @ self.precision) * away).sum(axis=1))

    def describe(self, effects: tuple[str, ...]) -> dict[str, str]:
        """Say what is known of each effect's ratio in words."""
        spread = np.sqrt(np.linalg.inv(self.precision).diagonal())
        known = zip(effects, np.exp(self.center).tolist(), spread.tolist(), strict=True)
        return {effect: f"log ratio about log {ratio:.3g}, scale {wide:.2g}; normal" for effect, ratio, wide in known}


class Pooled(Density):
    """The log density of log ratios that several openings have in common."""

    def __init__(self, openings: Sequence[Blocks], prior: Prior) -> None:
        super().__init__(openings[0], prior)
        self.openings = openings

    def __call__(self, logs: Floats) -> Floats:
        """Return the (M,) log density at (M, K) log ratios."""
        ratios = np.exp(logs)
        found = [log_likelihood(blocks, ratios) for blocks in self.openings]
        if self.prior is not None:
            found.append(self.prior.log_density(self.blocks.effects, logs))
        return np.asarray(np.sum(found, axis=0))


def telling_prior(openings: Sequence[Blocks], prior: Prior) -> tuple[RatioPrior, Peak]:
    """Tell the ratios from other openings: a prior for one more."""
    effects = openings[0].effects
    peak = find_peak(Pooled(openings[:TELLING], prior), step=0.02, tolerance=0.005)
    values, vectors = np.linalg.eigh(-peak.hessian)
    precision = (vectors * np.clip(values, 1.0, LEAST_SPREAD**-2)) @ vectors.T
    ratios = {effect: prior.of(effect) for effect in effects}
    return RatioPrior(prior.name, ratios, prior.otherwise, center=peak.logs, precision=precision), peak


def tell(blocks: Blocks, ratios: Floats) -> Told:
    """Return what an opening's ratings say of its interviewers at (K,) ratios."""
    part = blocks.columns("interviewer")
    people = np.zeros(len(blocks.outer_outer), dtype=bool)
    if part is not None:
        people[part.start : part.start + part.size] = True
    inner, outer = (found[0] for found in scales(blocks, ratios[None]))
    outer[people] = 1.0
    own = inner[:, None] * blocks.inner_inner * inner + np.eye(len(inner))
    across, value = inner[:, None] * blocks.inner_outer * outer, inner * blocks.inner_value
    solved = np.linalg.solve(own, np.concatenate([across, value[..., None]], axis=2))
    border = outer[:, None] * blocks.outer_outer * outer - np.tensordot(across, solved[..., :-1], ((0, 1), (0, 1)))
    right = outer * blocks.outer_value - np.tensordot(across, solved[..., -1], ((0, 1), (0, 1)))
    squares = blocks.sum_of_squares - float((value * solved[..., -1]).sum())
    random = ~people
    random[: blocks.fixed] = False
    border[random, random] += 1.0
    return _eliminated(Told(border, right, squares, blocks.freedom), people)


def _eliminated(told: Told, kept: Bools) -> Told:
    """Take the best of all columns but those kept."""
    gone = ~kept
    across = told.information[np.ix_(kept, gone)]
    solved = np.linalg.lstsq(
        told.information[np.ix_(gone, gone)], np.column_stack([across.T, told.value[gone]]), rcond=1e-12
    )[0]
    return Told(
        told.information[np.ix_(kept, kept)] - across @ solved[:, :-1],
        told.value[kept] - across @ solved[:, -1],
        told.squares - float(told.value[gone] @ solved[:, -1]),
        told.freedom,
    )


def tell_all(openings: Sequence[tuple[Blocks, Apart]], ratios: Floats, panel: int) -> Told:
    """Return what all other openings say of the panel, the first of all interviewers."""
    count = 1 + max(int(apart.people.max()) for _, apart in openings)
    count = max(count, panel)
    information, value, squares, freedom = np.zeros((count, count)), np.zeros(count), 0.0, 0
    for blocks, apart in openings:
        told = tell(blocks, ratios)
        if len(told.value):
            information[np.ix_(apart.people, apart.people)] += told.information
            value[apart.people] += told.value
        squares, freedom = squares + told.squares, freedom + told.freedom
    effects = openings[0][0].effects
    ratio = ratios[effects.index("interviewer")] if "interviewer" in effects else 1.0
    others = np.arange(panel, count)
    information[others, others] += ratio**-2.0
    return _eliminated(Told(information, value, squares, freedom), np.arange(count) < panel)


def with_told(blocks: Blocks, told: Told) -> Blocks:
    """Put what is known of the interviewers to an opening's equations."""
    part = blocks.columns("interviewer")
    products, value = blocks.outer_outer.copy(), blocks.outer_value.copy()
    if part is not None:
        at = slice(part.start, part.start + part.size)
        products[at, at] += told.information
        value[at] += told.value
    return evolve(
        blocks,
        outer_outer=products,
        outer_value=value,
        sum_of_squares=blocks.sum_of_squares + told.squares,
        ratings=blocks.ratings + told.freedom,
    )


def add_past(
    blocks: Blocks, apart: Sequence[Apart], effects: Sequence[str], prior: Prior
) -> tuple[Blocks, Prior, bool]:
    """Put what other openings tell to an opening's equations; return these, the ratios' prior, and if it is settled.

    Args:
        blocks: Of the opening to be scored.
        apart: The other openings, the nearest first.
        effects: Random effects of all openings.
        prior: On the ratios, before any rating.
    """
    others = [build_blocks(each.rows, effects) for each in apart]
    known, peak = telling_prior(others, prior)
    part = blocks.columns("interviewer")
    panel = 0 if part is None else part.size
    told = tell_all(list(zip(others, apart, strict=True)), np.exp(peak.logs), panel)
    return with_told(blocks, told), known, peak.converged
