"""Questions that ask nearly the same, over all banks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log, sqrt

from hiringkit.domain.bankmatch import NearDuplicate
from hiringkit.domain.question import Question
from hiringkit.library.tokens import content_tokens

SIMILAR = 0.5
"""From which similarity on two questions are shown, where nobody says otherwise."""

Vector = Mapping[str, float]


def near_duplicates(questions: Sequence[tuple[str, Question]], *, at_least: float = SIMILAR) -> list[NearDuplicate]:
    """Return the pairs of questions whose wording is alike, the most alike first.

    Similarity is the cosine of two wordings' words and pairs of words, each weighted by its inverse document
    frequency among all questions (Salton & Buckley 1988), so that "tell me about a time" makes nothing alike. It is
    computed for each language; the greater one counts. What helps the interviewer is not compared.

    Args:
        questions: Each with its bank's id.
        at_least: The least similarity, above 0.
    """
    found: dict[tuple[int, int], dict[str, float]] = {}
    for language in ("en", "zh"):
        vectors = _vectors([_wording(question, language) for _, question in questions])
        for pair, similarity in _products(vectors).items():
            found.setdefault(pair, {})[language] = similarity
    pairs = [
        NearDuplicate(questions[i], questions[j], max(by.values()), *_both(questions, i, j, by))
        for (i, j), by in found.items()
        if max(by.values()) >= at_least
    ]
    return sorted(pairs, key=lambda pair: (-pair.similarity, pair.first[1].id, pair.second[1].id))


def _both(
    questions: Sequence[tuple[str, Question]], i: int, j: int, by: Mapping[str, float]
) -> tuple[float | None, float | None]:
    """Return the similarity in each language, None where there is nothing to compare."""
    en, zh = (
        by.get(language, 0.0) if all(_wording(questions[at][1], language) for at in (i, j)) else None
        for language in ("en", "zh")
    )
    return en, zh


def _wording(question: Question, language: str) -> str:
    """Return a question's wording in a language; a plain one counts for the language of its signs."""
    own: str = getattr(question.text, language)
    plain = question.text.plain
    return own or (plain if plain and (not plain.isascii()) == (language == "zh") else "")


def _vectors(wordings: Sequence[str]) -> list[Vector]:
    """Weigh the words and pairs of words of each wording, and bring each to length 1."""
    counts = [_grams(content_tokens(wording)) for wording in wordings]
    having = Counter(gram for each in counts for gram in each)
    many = sum(map(bool, counts))
    return [_normal({gram: n * log(1 + many / having[gram]) for gram, n in each.items()}) for each in counts]


def _grams(words: list[str]) -> Counter[str]:
    return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])


def _normal(vector: Vector) -> Vector:
    length = sqrt(sum(weight**2 for weight in vector.values()))
    return {gram: weight / length for gram, weight in vector.items()}


def _products(vectors: Sequence[Vector]) -> dict[tuple[int, int], float]:
    """Multiply every two vectors that share a gram, by way of an index of the grams."""
    index: dict[str, list[tuple[int, float]]] = {}
    products: Counter[tuple[int, int]] = Counter()
    for j, vector in enumerate(vectors):
        for gram, weight in vector.items():
            for i, other in index.get(gram, ()):
                products[i, j] += weight * other  # type: ignore[assignment]  # a Counter of floats adds as well
            index.setdefault(gram, []).append((j, weight))
    return dict(products)
