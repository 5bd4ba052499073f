"""What other openings tell about interviewers: their ratings, combined with those of the opening to score.

The ratings of all openings are rows of one model. Candidates, questions and criteria are those of their opening;
interviewers and variances are shared. Question levels are separate for each opening even if it asked the same
question, so that an opening with weaker candidates does not make its interviewers look strict.
"""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from attrs import evolve, frozen

from hiringkit.scoring.arrays import Bools, Codes, Floats, find_groups, groups_among
from hiringkit.scoring.calibrated.model import (
    Blocks,
    Joined,
    ModelRows,
    build_blocks,
    log_likelihood,
    panel_work,
    scales,
)
from hiringkit.scoring.calibrated.posterior import Density, Peak, find_peak
from hiringkit.scoring.calibrated.prior import Prior
from hiringkit.scoring.design import Design, hindrance, read_design
from hiringkit.scoring.effects import DEFAULT_EFFECTS
from hiringkit.scoring.ratings import Blueprint, Ratings

RATINGS_AT_MOST = 5_000
"""Most ratings of an opening, and of all openings together where they are one model."""
WORK_AT_MOST = 12_000_000
"""Most multiplications for one solution of the equations, of which some hundred are needed."""
IN_ALL = 400_000
"""Most ratings of all openings together where each is a model of its own."""
PEOPLE_AT_MOST = 2_000
"""Most interviewers of all openings together."""


@frozen(eq=False)
class PastOpening:
    """Another opening, as far as the viewer may use it."""

    id: str
    columns: Ratings
    blueprint: Blueprint


@frozen(eq=False)
class _Past:
    """Another opening's ratings as the model sees them."""

    id: str
    design: Design
    interviewers: tuple[str, ...]
    """Ids of the design's interviewers."""
    given: Codes
    """(I,) ratings that each of them gave."""


@frozen(eq=False)
class Apart:
    """Another opening as a model of its own."""

    rows: ModelRows
    people: Codes
    """(I,) place of each of its interviewers among those of all openings, the panel's first."""


@frozen(eq=False)
class History:
    """An opening's design, joined with those of other openings."""

    design: Design
    """Its rows are those of all openings; everything else is about the opening to score."""
    openings: tuple[str, ...] = ()
    """Ids of the other openings; without any there is nothing to borrow."""
    ratings: int = 0
    """Of the other openings."""
    candidates: int = 0
    """With a rating in the other openings."""
    given: tuple[int, ...] = ()
    """Of those ratings, how many each of the design's interviewers gave."""
    other_scale: tuple[str, ...] = ()
    """Ids of openings that share an interviewer, but are rated on another scale."""
    too_many: tuple[str, ...] = ()
    """Ids of openings that share an interviewer, but would make the model too large."""
    apart: "tuple[Apart, ...]" = ()
    """The other openings where each is a model of its own, because one of all of them would be too large."""


def within_reach(panel: Collection[str], openings: Sequence[tuple[str, Collection[str]]]) -> tuple[str, ...]:
    """Return the ids of openings that share an interviewer with a panel, or with one that does, and so on.

    Args:
        panel: Ids of interviewers.
        openings: Ids of openings, each with the ids of its interviewers.
    """
    known, left, found = set(panel), list(openings), []
    while near := [each for each in left if not known.isdisjoint(each[1])]:
        found += [opening for opening, _ in near]
        known = known.union(*(who for _, who in near))
        left = [each for each in left if each not in near]
    return tuple(found)


def gather_history(columns: Ratings, blueprint: Blueprint, design: Design, openings: Sequence[PastOpening]) -> History:
    """Join an opening with those that share interviewers with it, or with one that does, and so on.

    The nearest come first, and among them those with the most ratings by interviewers known so far; what would
    make the model too large is left out.

    Args:
        columns: Ratings of the opening to be scored.
        blueprint: What they are for.
        design: As `read_design` makes it of these two.
        openings: The other ones.
    """
    panel = [columns.interviewers[code] for code in design.interviewers.tolist()]
    same: list[_Past] = []
    other: list[_Past] = []
    for opening in openings:
        scale = (opening.blueprint.low, opening.blueprint.high)
        (same if scale == (blueprint.low, blueprint.high) else other).append(_read(opening))
    taken, left_out = _choose(design, panel, same)
    joined = _join(design, panel, taken) if taken else design
    known = set(panel).union(*(past.interviewers for past in taken))
    by = dict.fromkeys(panel, 0)
    for past in taken:
        for who, count in zip(past.interviewers, past.given.tolist(), strict=True):
            by[who] = by.get(who, 0) + count
    return History(
        joined,
        tuple(past.id for past in taken),
        sum(len(past.design.rows) for past in taken),
        sum(past.design.rows.candidates for past in taken),
        tuple(by[who] for who in panel),
        tuple(past.id for past in other if not known.isdisjoint(past.interviewers)),
        tuple(past.id for past in left_out),
        () if not taken or _fits(joined.rows) else _apart(panel, taken),
    )


def gather(columns: Ratings, blueprint: Blueprint, openings: Sequence[PastOpening]) -> History:
    """Join an opening's ratings with those of other openings, as `gather_history` does."""
    return gather_history(columns, blueprint, read_design(columns, blueprint), openings)


def carries_with(columns: Ratings, blueprint: Blueprint, openings: Sequence[PastOpening]) -> tuple[bool, str]:
    """Return whether the ratings support a calibrated score with those of other openings, and if not, why."""
    finding = hindrance(gather(columns, blueprint, openings).design)
    return finding is None, "" if finding is None else finding.message


def _read(opening: PastOpening) -> _Past:
    design = read_design(opening.columns, opening.blueprint)
    who = tuple(opening.columns.interviewers[code] for code in design.interviewers.tolist())
    return _Past(opening.id, design, who, np.bincount(design.rows.interviewer, minlength=len(who)))


def _choose(design: Design, panel: Sequence[str], openings: Sequence[_Past]) -> tuple[list[_Past], list[_Past]]:
    """Take usable openings ring by ring; return those taken and those left out as too many."""
    known, left = set(panel), list(openings)
    taken: list[_Past] = []
    too_many: list[_Past] = []
    ratings = len(design.rows)
    while near := [past for past in left if not known.isdisjoint(past.interviewers)]:
        left = [past for past in left if past not in near]
        for past in sorted(near, key=lambda each: -_shared(each, known)):
            more = known.union(past.interviewers)
            if _usable(design, past) and ratings + len(past.design.rows) <= IN_ALL and len(more) <= PEOPLE_AT_MOST:
                taken.append(past)
                ratings += len(past.design.rows)
                known = more
            else:
                too_many.append(past)
    return taken, too_many


def _usable(design: Design, past: _Past) -> bool:
    """Return whether each of both openings is small enough for a model of its own."""
    return all(_fits(rows) for rows in (design.rows, past.design.rows))


def _apart(panel: Sequence[str], taken: Sequence[_Past]) -> tuple[Apart, ...]:
    place = {who: n for n, who in enumerate(panel)}
    for past in taken:
        for who in past.interviewers:
            place.setdefault(who, len(place))
    return tuple(
        Apart(past.design.rows, np.array([place[who] for who in past.interviewers], dtype=np.int64)) for past in taken
    )


def _shared(past: _Past, known: Collection[str]) -> int:
    """Count the ratings that interviewers known so far gave."""
    return sum(n for who, n in zip(past.interviewers, past.given.tolist(), strict=True) if who in known)


def _fits(rows: ModelRows) -> bool:
    return len(rows) <= RATINGS_AT_MOST and panel_work(rows, DEFAULT_EFFECTS) <= WORK_AT_MOST


def _join(design: Design, panel: Sequence[str], taken: Sequence[_Past]) -> Design:
    """Append the rows of other openings to those of a design."""
    rows, own = _stack(design, panel, taken), design.rows
    levels = np.zeros((len(rows.shares), len(design.criteria)))
    levels[: len(design.level_weights)] = design.level_weights
    groups = find_groups(rows.candidate, rows.interviewer, rows.candidates, rows.interviewers)
    among = groups_among(groups, own.candidate, own.interviewer, own.candidates, own.interviewers)
    return evolve(design, rows=rows, level_weights=levels, groups=among)


def _stack(design: Design, panel: Sequence[str], taken: Sequence[_Past]) -> ModelRows:
    """Stack ratings: candidates, questions and criteria one opening after the other, interviewers by id."""
    place = {who: n for n, who in enumerate(panel)}
    for past in taken:
        for who in past.interviewers:
            place.setdefault(who, len(place))
    parts = [design.rows, *(past.design.rows for past in taken)]
    people = [panel, *(past.interviewers for past in taken)]
    codes = [np.array([place[who] for who in ids], dtype=np.int64) for ids in people]
    sizes = [part.shares.shape[1] for part in parts]
    return ModelRows(
        np.concatenate(list(_shifted([(part.candidate, part.candidates) for part in parts]))),
        np.concatenate([code[part.interviewer] for code, part in zip(codes, parts, strict=True)]),
        np.concatenate(list(_shifted([(part.question, len(part.shares)) for part in parts]))),
        np.concatenate([part.value for part in parts]),
        np.concatenate([part.weight for part in parts]),
        sum(part.candidates for part in parts),
        len(place),
        _diagonal(parts),
        Joined(len(panel), sizes[0], len(design.rows), np.concatenate([np.arange(size) for size in sizes])),
    )


def _shifted(parts: Sequence[tuple[Codes, int]]) -> Iterator[Codes]:
    """Yield codes offset so that each part continues the one before."""
    start = 0
    for codes, size in parts:
        yield codes + start
        start += size


def _diagonal(parts: Sequence[ModelRows]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the shares of all questions in all criteria: those of another opening are zero."""
    out = np.zeros((sum(len(part.shares) for part in parts), sum(part.shares.shape[1] for part in parts)))
    row = column = 0
    for part in parts:
        rows, columns = part.shares.shape
        out[row : row + rows, column : column + columns] = part.shares
        row, column = row + rows, column + columns
    return out


TELLING = 60
"""Other openings, nearest first, from which the ratios are learned."""
LEAST_SPREAD = 0.1
"""Smallest credible standard deviation of a log ratio: openings differ by more than sampling error."""


@frozen(eq=False)
class HistoryTerm:
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
    """A joint prior on the ratios, normal in their logarithms."""

    center: Floats
    """(K,)."""
    precision: Floats
    """(K, K)."""

    def log_density(self, effects: tuple[str, ...], logs: Floats) -> Floats:
        """Return the (M,) log density of (M, K) log ratios, up to a constant."""
        away = logs - self.center
        return np.asarray(-0.5 * ((away @ self.precision) * away).sum(axis=1))

    def describe(self, effects: tuple[str, ...]) -> dict[str, str]:
        """Describe what is known about each effect's ratio."""
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
    """Learn the ratios from other openings, as a prior for one more."""
    effects = openings[0].effects
    peak = find_peak(Pooled(openings[:TELLING], prior), step=0.02, tolerance=0.005)
    values, vectors = np.linalg.eigh(-peak.hessian)
    precision = (vectors * np.clip(values, 1.0, LEAST_SPREAD**-2)) @ vectors.T
    ratios = {effect: prior.of(effect) for effect in effects}
    return RatioPrior(prior.name, ratios, prior.otherwise, center=peak.logs, precision=precision), peak


def tell(blocks: Blocks, ratios: Floats) -> HistoryTerm:
    """Return what an opening's ratings say about its interviewers at (K,) ratios."""
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
    return _eliminated(HistoryTerm(border, right, squares, blocks.freedom), people)


def _eliminated(told: HistoryTerm, kept: Bools) -> HistoryTerm:
    """Take the best of all columns but those kept."""
    gone = ~kept
    across = told.information[np.ix_(kept, gone)]
    solved = np.linalg.lstsq(
        told.information[np.ix_(gone, gone)], np.column_stack([across.T, told.value[gone]]), rcond=1e-12
    )[0]
    return HistoryTerm(
        told.information[np.ix_(kept, kept)] - across @ solved[:, :-1],
        told.value[kept] - across @ solved[:, -1],
        told.squares - float(told.value[gone] @ solved[:, -1]),
        told.freedom,
    )


def tell_all(openings: Sequence[tuple[Blocks, Apart]], ratios: Floats, panel: int) -> HistoryTerm:
    """Return what all other openings say about the panel, which is the first of the interviewers."""
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
    return _eliminated(HistoryTerm(information, value, squares, freedom), np.arange(count) < panel)


def with_told(blocks: Blocks, told: HistoryTerm) -> Blocks:
    """Add what is known about the interviewers to an opening's equations."""
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
    """Add what other openings tell; return the equations, the prior on ratios, and whether it converged.

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
