"""Where candidates stand by their calibrated scores, and who among them cannot be compared at all."""

from collections.abc import Sequence

import numpy as np

from hiringkit.scoring.design import Design
from hiringkit.scoring.fit import Fit
from hiringkit.scoring.profiles import Standing, positions
from hiringkit.scoring.ranking import Ranking, rank_draws
from hiringkit.scoring.ranking_many import rank_many
from hiringkit.scoring.ratings import Codes

NOBODY = np.zeros(0, dtype=np.int64)
TOLD = 50
"""Candidates up to whom all that draws say is told: the answer grows with the square."""


def no_standing(n: int) -> Standing:
    """Return the standing of n candidates who have no score."""
    return _unranked(np.arange(n), [NOBODY] * n)


def _unranked(order: Codes, unclear: list[Codes]) -> Standing:
    n = len(order)
    none = np.zeros(n, dtype=np.int64)
    return Standing(none, order, none, none, np.full(n, np.nan), unclear)


def rank_candidates(design: Design, fit: Fit, level: float) -> Ranking | None:
    """Rank a design's candidates, or return None where groups of them share no interviewer."""
    if design.groups.count > 1:
        return None
    return _rank(fit, np.arange(len(design.candidates)), level)


def calibrated_standing(design: Design, fit: Fit, n: int, level: float, ranking: Ranking | None) -> Standing:
    """Place the candidates; across groups that share no interviewer, nobody.

    With several groups there are no positions and no probabilities. Profiles then come group by group, and a
    candidate cannot be told from anybody of another group.

    Args:
        design: The design.
        fit: Its fit.
        n: How many candidates there are, those without a rating included.
        level: Of rank intervals and separations.
        ranking: As `rank_candidates` gives it.
    """
    overall = np.full(n, np.nan)
    overall[design.candidates] = fit.score[:, 0]
    position, order = positions(overall)
    if ranking is None:
        group = np.full(n, design.groups.count)
        group[design.candidates] = design.groups.candidate
        return _unranked(order[np.argsort(group[order], kind="stable")], _apart(design, fit, n, level))
    low, high, p_best = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), np.full(n, np.nan)
    low[design.candidates], high[design.candidates] = ranking.low, ranking.high
    p_best[design.candidates] = ranking.p_best
    unclear = [NOBODY] * n
    for candidate, others in zip(design.candidates.tolist(), ranking.unclear, strict=True):
        unclear[candidate] = design.candidates[others]
    return Standing(position, order, low, high, p_best, unclear)


def _rank(fit: Fit, members: Codes, level: float) -> Ranking:
    """Rank some candidates among themselves."""
    if fit.draws is None:
        return rank_many(fit.score[members, 0], fit.deviation[members], level)
    return rank_draws(fit.draws[:, members], level)


def _apart(design: Design, fit: Fit, n: int, level: float) -> list[Codes]:
    """Return for each candidate those of the own group not told apart, then everybody of the other groups."""
    unclear = [NOBODY] * n
    for group in range(design.groups.count):
        mine = design.groups.candidate == group
        members = np.flatnonzero(mine)
        for member, near in zip(members, _rank(fit, members, level).unclear, strict=True):
            others = (design.candidates[members[near]], design.candidates[~mine])
            unclear[design.candidates[member]] = np.concatenate(others)
    return unclear


def ranking_details(ids: Sequence[str], ranking: Ranking | None) -> dict[str, object]:
    """Return by candidate: expected regret, P(among the best k) for each k, and P(above) each other."""
    if ranking is None or len(ids) > TOLD or not len(ranking.p_above):
        return {}
    top, above = np.cumsum(ranking.p_rank, axis=1).tolist(), ranking.p_above.tolist()
    return {
        "expected_regret": dict(zip(ids, ranking.regret.tolist(), strict=True)),
        "p_top": dict(zip(ids, top, strict=True)),
        "p_above": {
            one: {other: p for other, p in zip(ids, row, strict=True) if other != one}
            for one, row in zip(ids, above, strict=True)
        },
    }
