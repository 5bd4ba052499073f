"""Arrays of codes and figures: their types, and grouping without a loop over rows."""

import numpy as np
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
    """Return the order that sorts keys that are not negative, equal ones as they stand.

    Key and position are sorted as one number where they fit: four times as fast as `numpy.argsort`.
    """
    bits = len(key).bit_length()
    if int(key.max()) >> (63 - bits):
        return np.argsort(key, kind="stable")
    packed = (key << bits) | np.arange(len(key))
    packed.sort()
    return packed & ((1 << bits) - 1)


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
