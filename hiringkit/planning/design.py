"""Who shares interviewers with whom, and how far that lets candidates be told apart."""

from collections.abc import Collection, Hashable, Iterable, Sequence

import numpy as np

Meeting = tuple[str, str]
"""A candidate's id and an interviewer's."""


def connected_parts(meetings: Iterable[Meeting], candidates: Sequence[str]) -> list[frozenset[str]]:
    """Divide candidates into those who can be compared through shared interviewers, the largest part first."""
    root: dict[Hashable, Hashable] = {}

    def top(node: Hashable) -> Hashable:
        while root.setdefault(node, node) != node:
            node = root[node]
        return node

    for candidate, interviewer in meetings:
        root[top((0, candidate))] = top((1, interviewer))
    parts: dict[Hashable, list[str]] = {}
    for each in candidates:
        parts.setdefault(top((0, each)), []).append(each)
    return sorted((frozenset(part) for part in parts.values()), key=lambda part: (-len(part), min(part)))


def difference_reliabilities(
    meetings: Collection[Meeting], candidates: Sequence[str], *, candidate: float, interviewer: float
) -> list[float]:
    """Return how reliably each pair of candidates can be told apart once they are rated.

    The reliability of a difference is the share of its variance that the ratings explain: one less its posterior
    variance over its prior variance, for the best linear prediction of a mixed model with candidates and interviewers
    as random effects (Searle, Casella & McCulloch, 1992, Variance Components, chapter 7). With the same interviewers
    for everybody it is the reliability of a mean by the Spearman-Brown formula.

    Args:
        meetings: Interviews, at least one for each candidate.
        candidates: Ids.
        candidate: Variance between candidates, beside an error variance of 1 of an interview's mean.
        interviewer: Variance of severity, likewise.
    """
    place = {each: n for n, each in enumerate(candidates)}
    people = {each: n for n, each in enumerate(dict.fromkeys(who for _candidate, who in meetings), len(place))}
    size = len(place) + len(people)
    equations = np.zeros((size + 1, size + 1))
    for c, who in meetings:
        row = np.zeros(size + 1)
        row[[place[c], people[who], size]] = 1.0
        equations += np.outer(row, row)
    equations[range(len(place)), range(len(place))] += 1.0 / candidate
    equations[range(len(place), size), range(len(place), size)] += 1.0 / interviewer
    doubt = np.linalg.inv(equations)[: len(place), : len(place)]
    own = np.diag(doubt)
    left = own[:, None] + own[None, :] - 2.0 * doubt
    return [float(1.0 - each / (2.0 * candidate)) for each in left[np.triu_indices(len(place), 1)]]
