"""How similar texts are: English and Chinese words, TF-IDF cosines, and the closest match among known words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import log, sqrt
from typing import TYPE_CHECKING
from unicodedata import normalize

from hiringkit.text.language import HAN

if TYPE_CHECKING:
    from snowballstemmer.english_stemmer import EnglishStemmer

STOP_WORDS = frozenset(
    """a about an and any are as at be been both but by can did do does each for from had has have how if in into is
    it its me more most my no not of on one or other our out own shall so some such tell than that the their them then
    there these they this those to up us was we were what when where which who whom why will with would you
    your""".split()  # noqa: SIM905 - words to read
)
"""English words that say nothing of what a text is about."""


@cache
def _run() -> re.Pattern[str]:
    # 7 ms, and only what compares texts needs it
    return re.compile(rf"([{HAN}]+)|[^\W_{HAN}]+(?:'[^\W_{HAN}]+)?")


def split_words(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case as they are written, Chinese by single characters."""
    for run, is_han in _runs(text):
        if is_han:
            yield from run
        else:
            yield run


def index_words(text: str, *, characters: bool = False) -> Iterator[str]:
    """Yield the search terms of a text: stems of English words without stop words, pairs of Chinese characters.

    Args:
        text: In any language.
        characters: Whether each Chinese character is a word too; one that stands alone always is.
    """
    for run, is_han in _runs(text):
        if is_han:
            if characters or len(run) == 1:
                yield from run
            yield from (run[n : n + 2] for n in range(len(run) - 1))
        elif run not in STOP_WORDS:
            yield stem(run)


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what stands between blanks and signs, and whether it is Chinese."""
    clean = normalize("NFKC", text).lower().replace("’", "'")
    return ((found[0], found[1] is not None) for found in _run().finditer(clean))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem that the forms of an English word have in common (Porter's second algorithm, Snowball)."""
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


@cache
def _stemmer() -> "EnglishStemmer":
    # 30 ms, and only searches need it; named by its class, because snowballstemmer.stemmer() would take another
    # implementation where one happens to be installed, and results would differ between machines
    from snowballstemmer.english_stemmer import EnglishStemmer  # noqa: PLC0415

    return EnglishStemmer()


def with_pairs(words: Sequence[str]) -> list[str]:
    """Return the words followed by every pair of adjacent words."""
    return [*words, *(f"{one} {two}" for one, two in pairwise(words))]


Vector = Mapping[str, float]


class WordIndex:
    """Texts as TF-IDF vectors, compared by their cosine: 0 for no word in common, 1 for the same words.

    Term frequency is logarithmic and inverse document frequency smoothed (Salton & Buckley 1988).
    """

    def __init__(self, texts: Iterable[str], *, pairs: bool = False) -> None:
        """Index some texts.

        Args:
            texts: The texts to compare.
            pairs: Whether pairs of adjacent words are terms too, so that word order matters.
        """
        self._pairs = pairs
        counts = [self._count(text) for text in texts]
        self._having = Counter(word for each in counts for word in each)
        self._many = sum(map(bool, counts))
        self._vectors = [self._vector(each) for each in counts]

    def similarities(self, text: str) -> list[float]:
        """Return the similarity of a text to each indexed one; words that no indexed text contains are ignored."""
        wanted = self._vector(self._count(text))
        return [_product(wanted, vector) for vector in self._vectors]

    def similar_pairs(self) -> dict[tuple[int, int], float]:
        """Return the similarity of every two indexed texts that share a word, by their positions."""
        places: dict[str, list[tuple[int, float]]] = {}
        found: dict[tuple[int, int], float] = {}
        for j, vector in enumerate(self._vectors):
            for word, weight in vector.items():
                for i, other in places.get(word, ()):
                    found[i, j] = found.get((i, j), 0.0) + weight * other
                places.setdefault(word, []).append((j, weight))
        return {pair: min(similarity, 1.0) for pair, similarity in found.items()}

    def _count(self, text: str) -> Counter[str]:
        words = list(index_words(text))
        return Counter(with_pairs(words) if self._pairs else words)

    def _vector(self, counts: Mapping[str, int]) -> Vector:
        known = {word: n for word, n in counts.items() if word in self._having}
        weights = {word: (1 + log(n)) * self._rarity(word) for word, n in known.items()}
        length = sqrt(sum(weight**2 for weight in weights.values()))
        return {word: weight / length for word, weight in weights.items()}

    def _rarity(self, word: str) -> float:
        return log((1 + self._many) / (1 + self._having[word])) + 1


def _product(one: Vector, two: Vector) -> float:
    fewer, more = (one, two) if len(one) <= len(two) else (two, one)
    return min(sum(weight * more.get(word, 0.0) for word, weight in fewer.items()), 1.0)


def overlap(one: str, two: str) -> float:
    """Return the Dice coefficient of two texts: the share of unstemmed words and word pairs in common, 0 to 1."""
    first, second = (Counter(with_pairs(list(split_words(text)))) for text in (one, two))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word closest to `word`, or None if none is close."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where somebody mistyped something

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)
