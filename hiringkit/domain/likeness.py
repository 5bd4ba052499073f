"""How like two texts are by their words: TF-IDF weights and the cosine between them.

The weight of a word is (1 + log of how often it stands in the text) x log((1 + N) / (1 + texts that have it)) + the
same without the logarithm's zero, and likeness is the cosine of the weights (Salton & Buckley 1988, "Term-weighting
approaches in automatic text retrieval"). Words, not meaning: two sentences that say the same in other words are unlike.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log, sqrt

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
