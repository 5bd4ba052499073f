"""How far apart two wordings are."""

import re
from collections import Counter
from itertools import pairwise
from unicodedata import normalize

from hiringkit.domain.rubricdiff import ChangeKind
from hiringkit.domain.text import Text

NEAR = 0.8
"""Share of words and pairs of words in common from which a change counts as one of wording."""

_WORDS = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[\u3400-\u9fff]")
_TURNS = re.compile(r"n't$|^(?:not?|never|none|without|except|only|before|after)$|^[不没未无非别勿仅前后]$|[0-9]")
"""A word that turns a sentence round, or a number: one of these alone changes what is meant."""

Wording = tuple[ChangeKind, str | None, str | None, str]
"""What was done to a text, the wording before and after, and the language; empty where there is only one."""


def compare_texts(before: Text, after: Text) -> Wording | None:
    """Tell how two texts differ, in the language in which they differ most; None where they say the same."""
    found = [
        (_compare(old, new), old or None, new or None, language)
        for language in ("en", "zh")
        if (old := getattr(before, language) or before.plain) != (new := getattr(after, language) or after.plain)
    ]
    if not found:
        return None
    order = (ChangeKind.CHANGED, ChangeKind.REWORDED, ChangeKind.TRANSLATED)
    kind, old, new, language = min(found, key=lambda each: order.index(each[0]))
    return kind, old, new, "" if before.plain and after.plain else language


def nearness(before: str, after: str) -> float:
    """Return the share of words and pairs of words that two wordings have in common, 0 to 1 (Dice)."""
    old, new = (_grams(_words(text)) for text in (before, after))
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


def _compare(before: str, after: str) -> ChangeKind:
    if not before or not after:
        return ChangeKind.TRANSLATED
    old, new = Counter(_words(before)), Counter(_words(after))
    turned = any(_TURNS.search(word) for word in ((old - new) + (new - old)))
    return ChangeKind.CHANGED if turned or nearness(before, after) < NEAR else ChangeKind.REWORDED


def _words(text: str) -> list[str]:
    return _WORDS.findall(normalize("NFKC", text).lower().replace("’", "'"))


def _grams(words: list[str]) -> Counter[str]:
    return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])
