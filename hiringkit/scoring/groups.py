"""Grouping of columns without a loop over their rows."""

import numpy as np
from attrs import frozen

from hiringkit.scoring.arrays import Codes

FEW = 5_000
"""Ratings up to which components are found without sparse matrices, whose import takes longer."""


@frozen(eq=False)
class Groups:
    """Connected components of the graph whose edges are interviews."""

    candidate: Codes
    """(N,) group of each candidate; 0 is the group with the most candidates."""
    interviewer: Codes
    """(I,) group of each interviewer."""
    count: int
    links: tuple[tuple[int, int], ...]
    """(interviewer, candidate) of one interview for each further group that would join it to the first."""


def find_groups(candidate: Codes, interviewer: Codes, candidates: int, interviewers: int) -> Groups:
    """Find the groups; across two of them, severity cannot be told from merit.

    Args:
        candidate: (n,) candidate of each rating, every one below `candidates` occurring.
        interviewer: (n,) interviewer of each rating, likewise.
        candidates: How many there are.
        interviewers: How many there are.
    """
    size = candidates + interviewers
    labels = (_few if len(candidate) <= FEW else _many)(candidate, candidates + interviewer, size)
    return _numbered(labels[:candidates], labels[candidates:], candidate, interviewer)


def _few(one: Codes, other: Codes, size: int) -> Codes:
    """Label the components that edges make of so many nodes, each with its first node, without sparse matrices."""
    labels = np.arange(size)
    while True:
        least, before = np.minimum(labels[one], labels[other]), labels.copy()
        np.minimum.at(labels, one, least)
        np.minimum.at(labels, other, least)
        labels = labels[labels]
        if (labels == before).all():
            return labels


def _many(one: Codes, other: Codes, size: int) -> Codes:
    """Label them by sparse matrices, in time that does not grow with the length of a chain."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - only for many ratings
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - 0.2 s

    edges = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(size, size))
    return connected_components(edges, directed=False)[1].astype(np.int64)


def groups_among(groups: Groups, candidate: Codes, interviewer: Codes, candidates: int, interviewers: int) -> Groups:
    """Return the groups that the first candidates and interviewers fall into, through whomever they are joined.

    Args:
        groups: Of more candidates and interviewers than these.
        candidate: (n,) candidate of each rating that is about these.
        interviewer: (n,) interviewer of each such rating.
        candidates: How many candidates.
        interviewers: How many interviewers.
    """
    return _numbered(groups.candidate[:candidates], groups.interviewer[:interviewers], candidate, interviewer)


def _numbered(of_candidate: Codes, of_interviewer: Codes, candidate: Codes, interviewer: Codes) -> Groups:
    """Number the groups, the one with the most candidates first."""
    found, compact = np.unique(np.concatenate([of_candidate, of_interviewer]), return_inverse=True)
    members = np.bincount(compact[: len(of_candidate)], minlength=len(found))
    place = np.empty(len(found), dtype=np.int64)
    place[np.argsort(-members, kind="stable")] = np.arange(len(found))
    placed = place[compact.reshape(-1)]
    of_candidate, of_interviewer = placed[: len(of_candidate)], placed[len(of_candidate) :]
    rated = np.bincount(candidate, minlength=len(of_candidate))
    links = _links(of_candidate, of_interviewer, rated, np.bincount(interviewer, minlength=len(of_interviewer)))
    return Groups(of_candidate, of_interviewer, len(found), links)


def _links(candidate: Codes, interviewer: Codes, rated: Codes, rating: Codes) -> tuple[tuple[int, int], ...]:
    """Choose for each further group the first one's busiest interviewer and its own best-known candidate."""
    if not len(candidate):
        return ()
    busiest = int(np.argmax(np.where(interviewer == 0, rating, -1)))
    further = range(1, int(candidate.max()) + 1)
    return tuple((busiest, int(np.argmax(np.where(candidate == group, rated, -1)))) for group in further)
