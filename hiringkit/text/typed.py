"""What input methods put in the place of plain signs: full-width digits and letters, digits of other scripts."""

import unicodedata


def typed_plainly(text: str) -> str:
    """Return a short answer as it was meant: `４` and `٤` are 4, `ｘ` is x, `，` is a comma.

    It is for levels, numbers and single words, never for what somebody writes in sentences.
    """
    folded = "".join(map(_plain, text)).translate(_POINTS)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in folded).strip()


def _plain(sign: str) -> str:
    """Return a sign in its usual width and out of its circle; ² stays what it is, because nobody types it for 2."""
    typed = unicodedata.decomposition(sign).startswith(("<wide>", "<narrow>", "<circle>"))
    return unicodedata.normalize("NFKC", sign) if typed else sign


def read_places(text: str, many: int) -> list[int] | None:
    """Read `1-4,7` as positions from 0, ascending; None where it is no such thing.

    Args:
        text: As it was typed.
        many: How many places there are.
    """
    found: set[int] = set()
    for part in typed_plainly(text).replace(",", " ").split():
        low, dash, high = part.partition("-")
        ends = (low, high if dash else low)
        if not all(end.isascii() and end.isdigit() and len(end) < _LONGEST for end in ends):
            return None
        start, stop = (int(end) for end in ends)
        if not 1 <= start <= stop <= many:
            return None
        found.update(range(start - 1, stop))
    return sorted(found) if found else None


_LONGEST = 7
"""Digits; no list is that long."""
_POINTS = str.maketrans("。、﹐", ".,,")
