"""On whom, and on what, interviewers disagree beyond what severity and chance explain; and who uses few levels."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from attrs import frozen

from hiringkit.domain.profile import Disagreement, Side
from hiringkit.domain.rating_table import NUMBER
from hiringkit.scoring.arrays import Bools, Codes, Floats
from hiringkit.scoring.bars import TIE
from hiringkit.scoring.evidence import Cells, Evidence
from hiringkit.scoring.ratings import Blueprint, Ratings

FAMILY = 0.05
"""Probability that anything is called a split panel where there is none, all tests of a comparison together."""
FAR = 2
"""Steps between interviewers' means from which they are named even if chance may explain it."""
NARROW = 2
"""Levels up to which an interviewer is said to use few."""
UNLIKELY = 0.01
"""Probability of using so few by chance, over all interviewers, below which it is said."""
FEWEST = 3
"""Candidates below whom nothing is said of it: two may well have deserved the same."""
AT_MOST = 2
"""Ratings that an interview counts for at most there: those of one interview move together."""


def step_of(columns: Ratings, blueprint: Blueprint) -> float:
    """Return the smallest step of the scale: between its levels, or between ratings where these are unknown."""
    known = np.unique(columns.value[columns.status == NUMBER]) if blueprint.levels is None else blueprint.levels
    levels = known.tolist()
    return min((b - a for a, b in pairwise(levels)), default=1.0)


@frozen(eq=False)
class Ends:
    """The interviewers' means of every score, sorted within each score."""

    place: Codes
    """(e,) score, candidate · (1 + C) + score, ascending."""
    interviewer: Codes
    """(e,)."""
    mean: Floats
    """(e,) ascending within each score."""
    first: Codes
    """(s,) where each score begins."""
    last: Codes
    """(s,) where each score ends."""

    @property
    def gap(self) -> Floats:
        """(s,) between the highest mean and the lowest."""
        return self.mean[self.last] - self.mean[self.first]


def read_ends(cells: Cells, shares: Floats) -> Ends:
    """Sort the interviewers' means of every score.

    Args:
        cells: Means by interviewer and criterion.
        shares: (n, C) of the criteria in each candidate's overall score.
    """
    width = 1 + shares.shape[1]
    first = np.flatnonzero(cells.new_pair)
    weight = shares[cells.candidate, cells.criterion]
    if len(first):
        total = np.add.reduceat(weight, first)
        overall = np.add.reduceat(weight * cells.mean, first) / np.maximum(total, np.finfo(float).tiny)
    else:
        overall = cells.mean
    place = np.concatenate([cells.candidate[first] * width, cells.candidate * width + 1 + cells.criterion])
    mean = np.concatenate([overall, cells.mean])
    who = np.concatenate([cells.interviewer[first], cells.interviewer])
    order = np.lexsort((who, mean, place))
    place, mean, who = place[order], mean[order], who[order]
    starts = np.flatnonzero(np.concatenate(([True], place[1:] != place[:-1]))[: len(place)])
    return Ends(place, who, mean, starts, np.append(starts[1:], len(place)) - 1)


def find_disagreements(
    columns: Ratings, evidence: Evidence, p: Floats, step: float, criteria: Sequence[str]
) -> dict[int, list[Disagreement]]:
    """Return the disagreements about each candidate, by code: those beyond chance, and those two steps wide.

    Neighbours on the scale are no split, whatever a test says. Holm's correction (1979), with half of `FAMILY` for
    overall scores and half for criteria.

    Args:
        columns: The ratings.
        evidence: Observed scores.
        p: (n, 1 + C) probabilities of differences as large by chance; 1, or NaN, where nothing was tested.
        step: From one level of the scale to the next.
        criteria: Ids.
    """
    ends = read_ends(evidence.cells, evidence.shares)
    wide, several = ends.gap > step + TIE, ends.last > ends.first
    place = ends.place[ends.first]
    chance = np.where(wide, np.nan_to_num(p.ravel()[place], nan=1.0), 1.0)
    overall = place % p.shape[1] == 0
    beyond = np.zeros(len(place), dtype=bool)
    for part in (several & overall, several & ~overall):
        beyond[part] = holm(chance[part], FAMILY / 2)
    found: dict[int, list[Disagreement]] = {}
    for s in np.flatnonzero(beyond | (ends.gap >= FAR * step - TIE)).tolist():
        candidate, score = divmod(int(place[s]), p.shape[1])
        told = _tell(columns, ends, s, criteria[score - 1] if score else None, beyond=bool(beyond[s]))
        found.setdefault(candidate, []).append(told)
    return found


def _tell(columns: Ratings, ends: Ends, s: int, criterion: str | None, *, beyond: bool) -> Disagreement:
    here = slice(int(ends.first[s]), int(ends.last[s]) + 1)
    mean, who = ends.mean[here], [columns.interviewers[code] for code in ends.interviewer[here].tolist()]
    cut = int(np.argmax(np.diff(mean))) + 1
    lowest, highest = (Side(who[at], float(mean[at])) for at in (0, -1))
    return Disagreement(criterion, lowest, highest, beyond, tuple(who[:cut]), tuple(who[cut:]))


def holm(p: Floats, family: float) -> Bools:
    """Return which of (T,) p values are rejected at a family-wise level (Holm 1979)."""
    order = np.argsort(p, kind="stable")
    fails = p[order] > family / np.arange(len(p), 0, -1)
    first = int(np.argmax(fails)) if fails.any() else len(p)
    out = np.zeros(len(p), dtype=bool)
    out[order[:first]] = True
    return out


def narrow_scales(columns: Ratings) -> Mapping[int, list[float]]:
    """Return the levels of interviewers who use one or two only where their peers, on the same candidates, use more.

    With π the share of the peers' ratings on those levels, the chance of staying on them is π^m, where m counts every
    candidate as two ratings at most.

    Args:
        columns: The ratings.
    """
    rated = columns.only(columns.status == NUMBER)
    n, people = len(columns.candidates), len(columns.interviewers)
    levels, level = np.unique(rated.value, return_inverse=True)
    used = np.zeros((people, len(levels)))
    np.add.at(used, (rated.interviewer, level.reshape(-1)), 1.0)
    few = np.flatnonzero(((used > 0).sum(axis=1) <= NARROW) & (used.sum(axis=1) > 0))
    met, found = np.zeros(n, dtype=bool), {}
    given = int((used.sum(axis=1) > 0).sum())
    for who in few.tolist() if len(levels) > 1 else []:
        mine = rated.interviewer == who
        met[:] = False
        met[rated.candidate[mine]] = True
        peers = level.reshape(-1)[~mine & met[rated.candidate]]
        own = np.flatnonzero(used[who])
        each = np.bincount(rated.candidate[mine])
        if len(np.unique(peers)) <= len(own) or (each > 0).sum() < FEWEST:
            continue
        counted = int(np.minimum(each, AT_MOST).sum())
        if float(np.isin(peers, own).mean()) ** counted < UNLIKELY / given:
            found[who] = levels[own].tolist()
    return found
