"""Two edits of one text as one text that has both."""

from itertools import takewhile

DIVIDER = "\n- - -\n"
"""What stands between two texts that were written in the same place."""


def difference(before: str, after: str) -> tuple[int, str, str]:
    """Return where two texts begin to differ, what the first has there and what the second has instead."""
    at = _alike(before, after)
    end = _alike(before[at:][::-1], after[at:][::-1])
    return at, before[at : len(before) - end], after[at : len(after) - end]


def _alike(first: str, second: str) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def merge_texts(base: str, mine: str, theirs: str, *, divider: str = DIVIDER) -> str:
    """Return a text with what was written in two places at once; nothing that either wrote is lost.

    Args:
        base: What both began with.
        mine: What one made of it.
        theirs: What the other made of it.
        divider: What stands between the two where both wrote in the same place.
    """
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    at, removed, inserted = difference(base, mine)
    their_at, their_removed, their_inserted = difference(base, theirs)
    if at + len(removed) < their_at or (at + len(removed) == their_at and (removed or their_removed)):
        return mine[: at + len(inserted)] + theirs[at + len(removed) :]
    if their_at + len(their_removed) < at or (their_at + len(their_removed) == at and (removed or their_removed)):
        return theirs[: their_at + len(their_inserted)] + mine[their_at + len(their_removed) :]
    if theirs in mine:
        return mine
    if mine in theirs:
        return theirs
    if removed or their_removed:
        return mine + divider + theirs
    between = "" if their_inserted.startswith("\n") or inserted.endswith("\n") else divider
    return base[:at] + inserted + between + their_inserted + base[at:]
