"""Arrays of codes and numbers: their types, and grouping without a loop over rows."""

from itertools import pairwise

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Codes = NDArray[np.int64]


Floats = NDArray[np.float64]


Bools = NDArray[np.bool_]


def sorted_groups(key: Codes) -> tuple[Codes | slice, Codes]:
    """Return an order that sorts the keys, and where in that order each run of equal keys starts.

    Args:
        key: (n,) one key a row, not negative.

    Returns:
        The order, as (n,) positions or a slice where the keys are sorted already; and the g starts, which
        is what `numpy.add.reduceat` takes.
    """
    order: Codes | slice = slice(None)
    ordered = key
    if len(key) and not np.all(key[1:] >= key[:-1]):
        order = _sorting_order(key)
        ordered = key[order]
    return order, np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(key)])


def _sorting_order(key: Codes) -> Codes:
    """Return the order that stably sorts non-negative keys.

    Key and position are sorted as one number where they fit, which is four times as fast as `numpy.argsort`.
    """
    bits = len(key).bit_length()
    if int(key.max()) >> (63 - bits):
        return np.argsort(key, kind="stable")
    packed = (key << bits) | np.arange(len(key))
    packed.sort()
    return packed & ((1 << bits) - 1)


AT_ONCE = 200_000
"""Ratings of a block: its columns stay in the cache while all is computed that is about its candidates."""


@frozen(eq=False)
class Block:
    """Some candidates whose numbers follow each other, and their ratings."""

    low: int
    """The first of them."""
    high: int
    """One more than the last."""
    rows: Codes | slice
    """Their ratings, candidate by candidate where there are several blocks."""


def candidate_blocks(candidate: Codes, count: int) -> list[Block]:
    """Divide ratings into blocks of whole candidates; few are one block.

    Args:
        candidate: (n,) candidate of each rating.
        count: How many candidates there are.
    """
    if len(candidate) <= 2 * AT_ONCE:
        return [Block(0, count, slice(None))]
    ends = np.linspace(0, count, min(count, len(candidate) // AT_ONCE) + 1).astype(np.int64)
    if np.all(candidate[1:] >= candidate[:-1]):
        bounds = np.searchsorted(candidate, ends).tolist()
        rows: list[Codes | slice] = [slice(*pair) for pair in pairwise(bounds)]
    else:
        order = _sorting_order(candidate)
        bounds = np.cumsum(np.bincount(candidate, minlength=count))
        bounds = np.concatenate(([0], bounds))[ends].tolist()
        rows = [order[low:high] for low, high in pairwise(bounds)]
    return [Block(low, high, some) for (low, high), some in zip(pairwise(ends.tolist()), rows, strict=True)]


def numbered(key: Codes) -> tuple[Codes, int]:
    """Number the keys that occur, in ascending order.

    Runs of equal keys are sorted as one, as ratings of an interview mostly follow each other.

    Args:
        key: (n,) one key a row.

    Returns:
        The (n,) numbers from 0, and how many there are.
    """
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))[: len(key)])
    seen, number = np.unique(key[starts], return_inverse=True)
    return np.repeat(number.reshape(-1), np.diff(starts, append=len(key))), len(seen)


def ranges(starts: Codes, lengths: Codes) -> Codes:
    """Concatenate `arange(start, start + length)` for each start and length."""
    before = np.cumsum(lengths) - lengths
    shift: Codes = np.repeat(starts - before, lengths)
    return shift + np.arange(len(shift))


def sums(groups: Codes, size: int, values: Floats | None = None) -> Floats:
    """Sum the values of each of `size` groups, or count its rows; (size,) floats."""
    return np.bincount(groups, values, minlength=size).astype(np.float64, copy=False)


def ratio(top: Floats, bottom: Floats) -> Floats:
    """Divide, with NaN where the divisor is not positive."""
    quotient = np.full(np.shape(top), np.nan)
    np.divide(top, bottom, out=quotient, where=bottom > 0)
    return quotient


def joint_key(columns: list[tuple[Codes, int]]) -> Codes:
    """Make one int64 key of several columns of codes, the first of them the most significant.

    Args:
        columns: (n,) codes and how many different ones there may be, for each column.
    """
    key, size = columns[0]
    for codes, many in columns[1:]:
        if size * many > np.iinfo(np.int64).max:
            seen, key = np.unique(key, return_inverse=True)
            size = len(seen)
        key, size = key * max(many, 1) + codes, size * max(many, 1)
    return key


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
    """Find the groups; across two of them, severity cannot be distinguished from merit.

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
    """Label the connected components of a graph by their first nodes, without sparse matrices."""
    labels = np.arange(size)
    while True:
        least, before = np.minimum(labels[one], labels[other]), labels.copy()
        np.minimum.at(labels, one, least)
        np.minimum.at(labels, other, least)
        labels = labels[labels]
        if (labels == before).all():
            return labels


def _many(one: Codes, other: Codes, size: int) -> Codes:
    """Label them with sparse matrices, in time that does not depend on the length of chains."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - only for many ratings
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - 0.2 s

    # the ratings of an interview mostly follow each other, and are one edge
    new = np.concatenate(([True], (one[1:] != one[:-1]) | (other[1:] != other[:-1])))[: len(one)]
    one, other = one[new], other[new]
    edges = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(size, size))
    return connected_components(edges, directed=False)[1].astype(np.int64)


def groups_among(groups: Groups, candidate: Codes, interviewer: Codes, candidates: int, interviewers: int) -> Groups:
    """Return the groups of the first candidates and interviewers, whoever joins them.

    Args:
        groups: Of these candidates and interviewers and others.
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
