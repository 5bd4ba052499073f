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
    same_place = at == their_at and not (removed or their_removed)
    if not same_place and at + len(removed) <= their_at:
        merged = mine[: at + len(inserted)] + theirs[at + len(removed) :]
    elif not same_place and their_at + len(their_removed) <= at:
        merged = theirs[: their_at + len(their_inserted)] + mine[their_at + len(their_removed) :]
    elif theirs in mine or mine in theirs:
        merged = max(mine, theirs, key=len)
    elif same_place:
        between = "" if their_inserted.startswith("\n") or inserted.endswith("\n") else divider
        merged = base[:at] + inserted + between + their_inserted + base[at:]
    else:
        merged = mine + divider + theirs
    return merged
