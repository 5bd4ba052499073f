"""Two products of a sparse matrix B with few entries a row: B'B in full, and B J where B has entries.

Both sum over the pairs of entries within a row. Where rows are full, blocks of dense rows are faster.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from hiringkit.scoring.ratings import Codes, Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

PAIRS = 400_000
ENTRIES = 4_000_000
FLOPS_A_PAIR = 500.0


def gram(sparse: "csr_array") -> Floats:
    """Return the dense (r, r) B'B of an (E, r) matrix."""
    if not _full(sparse):
        return np.asarray((sparse.T @ sparse).toarray())
    found = np.zeros((sparse.shape[1], sparse.shape[1]))
    for rows in _row_blocks(sparse):
        dense = rows.toarray()
        found += dense.T @ dense
    return found


def sampled(sparse: "csr_array", dense: Floats) -> Floats:
    """Return the entries of B J at the places where B has entries, in their order; J is symmetric (r, r)."""
    if _full(sparse):
        return np.concatenate([_at_entries(rows, rows.toarray() @ dense) for rows in _row_blocks(sparse)])
    found = np.zeros(len(sparse.data))
    flat = dense.ravel()
    for first, second in _pairs(sparse):
        places = sparse.indices[first].astype(np.int64) * len(dense) + sparse.indices[second]
        start = int(first[0])
        sums = np.bincount(first - start, sparse.data[second] * flat[places])
        found[start : start + len(sums)] = sums
    return found


def row_of_entries(sparse: "csr_array") -> Codes:
    """Return the row of every entry."""
    return np.repeat(np.arange(sparse.shape[0]), np.diff(sparse.indptr))


def _at_entries(rows: "csr_array", product: Floats) -> Floats:
    return np.asarray(product[row_of_entries(rows), rows.indices])


def _full(sparse: "csr_array") -> bool:
    """Tell whether rows are so full that dense products take less time than pairs of entries."""
    counts = np.diff(sparse.indptr).astype(np.float64)
    return float(counts @ counts) * FLOPS_A_PAIR > float(sparse.shape[0]) * sparse.shape[1] ** 2


def _row_blocks(sparse: "csr_array") -> Iterator["csr_array"]:
    step = max(1, ENTRIES // max(1, sparse.shape[1]))
    return (sparse[start : start + step] for start in range(0, sparse.shape[0], step))


def _pairs(sparse: "csr_array") -> Iterator[tuple[Codes, Codes]]:
    """Yield the positions of both entries of every ordered pair within a row, a cacheful at a time."""
    counts = np.diff(sparse.indptr).astype(np.int64)
    partners = np.repeat(counts, counts)
    start_of_row = np.repeat(sparse.indptr[:-1].astype(np.int64), counts)
    ends = np.cumsum(partners)
    start = 0
    while start < len(ends):
        before = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + PAIRS)))
        chosen = slice(start, stop)
        first = np.repeat(np.arange(start, stop), partners[chosen])
        offset = np.repeat(start_of_row[chosen] - (ends[chosen] - partners[chosen] - before), partners[chosen])
        yield first, np.arange(len(first)) + offset
        start = stop
