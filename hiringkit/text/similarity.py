"""How like two texts are: their words in English and Chinese, TF-IDF cosines, and edits between two wordings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from math import log, sqrt
from unicodedata import normalize

from hiringkit.text.language import Text

_RUNS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ers", "er", "ies", "ed", "es", "s", "y", "e")
_SHORTEST_STEM = 4
_SMALL = frozenset(
    """a an and are as at be been both but by can do each for from had has have how if in into is it its more most no
    not of on one or other our out own shall so some such than that the their them then there these they this those to
    up us was we what when where which who whom will with would you your""".split()  # noqa: SIM905 - words to read
)

Weights = Mapping[str, float]


def words_of(text: str) -> Iterator[str]:
    """Yield the words that carry meaning: English without endings, Chinese as pairs of signs."""
    for run in _RUNS.findall(text.lower()):
        if not run.isascii():
            yield from (run[n : n + 2] for n in range(max(len(run) - 1, 1)))
        elif run not in _SMALL and len(run) > 1:
            yield _stem(run)


def likenesses(wanted: Sequence[str], passages: Sequence[str]) -> list[list[float]]:
    """Return how like each wanted text is to each passage, 0 to 1; words are weighted over all of them."""
    counted = [Counter(words_of(text)) for text in (*wanted, *passages)]
    having = Counter(word for counts in counted for word in counts)
    rarity = {word: log((1 + len(counted)) / (1 + n)) + 1 for word, n in having.items()}
    weights = [_unit({w: (1 + log(n)) * rarity[w] for w, n in counts.items()}) for counts in counted]
    return [[_cosine(one, two) for two in weights[len(wanted) :]] for one in weights[: len(wanted)]]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _unit(weights: Weights) -> Weights:
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def _cosine(one: Weights, two: Weights) -> float:
    fewer, more = (one, two) if len(one) <= len(two) else (two, one)
    return min(sum(weight * more.get(word, 0.0) for word, weight in fewer.items()), 1.0)


_PLURALS = (("ies", "y"), ("sses", "ss"), ("ss", "ss"))
_TOKEN_ENDINGS = (*_PLURALS, *((ending, "") for ending in ("ings", "ing", "ed", "ers", "er", "es", "s", "e")))
"""What is taken off, and what is put in its place; the first that fits."""
_SHORTEST_TOKEN = 4
_COMMON_WORDS = """
a about an and any are as at be been by did do does for from had has have how if in into is it its me my no not of
on or our so such tell that the their them then there they this to us was we were what when where which who why
will with would you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def tokens(text: str) -> Iterator[str]:
    """Yield the words of a text: English ones by their stem, Chinese by single signs and by pairs of signs."""
    for run in _RUNS.findall(normalize("NFKC", text).lower()):
        if run.isascii():
            yield stem(run)
        else:
            yield from run
            yield from (run[n : n + 2] for n in range(len(run) - 1))


def wanted_tokens(text: str) -> set[str]:
    """Return what to look for: as `tokens`, without common words, and single Chinese signs only where alone."""
    found: set[str] = set()
    for run in _RUNS.findall(normalize("NFKC", text).lower()):
        if not run.isascii():
            found.update([run] if len(run) == 1 else (run[n : n + 2] for n in range(len(run) - 1)))
        elif run not in _COMMON:
            found.add(stem(run))
    return found


def content_tokens(text: str) -> list[str]:
    """Return the words that tell one question from another: English without common words, Chinese by pairs."""
    found: list[str] = []
    for run in _RUNS.findall(normalize("NFKC", text).lower()):
        if not run.isascii():
            found += [run[n : n + 2] for n in range(len(run) - 1)]
        elif run not in _COMMON:
            found.append(stem(run))
    return found


def stem(word: str) -> str:
    """Take a common English ending off, so that forecast, forecasts and forecasting are one."""
    for ending, instead in _TOKEN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST_TOKEN:
            return word[: -len(ending)] + instead
    return word


def wordings(texts: Iterable[Text | None]) -> Iterator[str]:
    """Yield every wording of some texts."""
    for text in texts:
        if text is not None:
            yield from filter(None, (text.plain, text.en, text.zh))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or None if none is near."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)
