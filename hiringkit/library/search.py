"""Find questions by words, in English and Chinese alike."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log, sqrt
from typing import TYPE_CHECKING

from hiringkit.domain.question import Match, NearDuplicate, Question, QuestionKind
from hiringkit.text.similarity import content_tokens, nearest, tokens, wanted_tokens, wordings

if TYPE_CHECKING:
    from hiringkit.text.language import Text

_TEXT_WEIGHT, _NAME_WEIGHT, _HELP_WEIGHT = 3.0, 2.0, 1.0
_ALL_WORDS = 0.5
"""How much a question loses that has but one of many words: its score is times 1 - 0.5 * share of what is missing."""


def search_questions(
    questions: Sequence[tuple[str, Question]],
    wanted: str = "",
    *,
    criterion: str | None = None,
    kind: QuestionKind | None = None,
) -> list[Match]:
    """Return the questions that have any of the words, best first; all that fit where no word is given.

    A word counts the more the fewer questions have it (inverse document frequency, Spärck Jones 1972), and more in
    the question itself or its criteria than in what helps the interviewer; a question that has all the words comes
    before one that has some. English words match by their stem; Chinese is taken by pairs of signs.

    Args:
        questions: Each with its bank's id.
        wanted: Words in either language, ids of criteria, or a kind of question.
        criterion: Only questions that are evidence for it; with words, those with more of it come first.
        kind: Only questions of this kind.
    """
    fitting = [
        (bank, question)
        for bank, question in questions
        if (criterion is None or criterion in question.criteria) and kind in (None, question.kind)
    ]
    words = wanted_tokens(wanted)
    if not words:
        return [Match(bank, question, 0.0) for bank, question in _by_share(fitting, criterion)]
    weighted = [_weights(question) for _, question in fitting]
    having = Counter(word for weights in weighted for word in weights if word in words)
    found = [
        Match(bank, question, _score(weights, words, having, len(fitting)))
        for (bank, question), weights in zip(fitting, weighted, strict=True)
    ]
    return sorted((match for match in found if match.score > 0), key=lambda match: -match.score)


def suggest_word(questions: Iterable[Question], wanted: str) -> str | None:
    """Return the word of the questions' own that is nearest to a searched one, or None."""
    known = {word for question in questions for text in wordings([question.text]) for word in text.lower().split()}
    clean = sorted({word.strip(".,;:?!'\"()") for word in known if word.isascii()})
    return next(filter(None, (nearest(word, clean) for word in wanted.lower().split() if word.isascii())), None)


def _by_share(fitting: list[tuple[str, Question]], criterion: str | None) -> list[tuple[str, Question]]:
    """Put those first whose evidence is mostly for the criterion."""
    if criterion is None:
        return fitting
    return sorted(fitting, key=lambda each: -each[1].criteria[criterion] / sum(each[1].criteria.values()))


def _score(weights: dict[str, float], words: set[str], having: Counter[str], many: int) -> float:
    there = [word for word in words if word in weights]
    missing = 1 - len(there) / len(words)
    return sum(weights[word] * log(1 + many / having[word]) for word in there) * (1 - _ALL_WORDS * missing)


def _weights(question: Question) -> dict[str, float]:
    """Return for each word of a question the weight of the best place where it stands."""
    helps: list[Text | None] = [question.why, *question.probes, *question.look_for, *question.watch_for]
    weights: dict[str, float] = {}
    places: Iterable[tuple[float, Iterable[str]]] = (
        (_HELP_WEIGHT, wordings([*helps, *question.anchors.values()])),
        (_NAME_WEIGHT, (question.id, question.kind, *question.criteria)),
        (_TEXT_WEIGHT, wordings([question.text])),
    )
    for weight, texts in places:
        for text in texts:
            weights.update(dict.fromkeys(tokens(text), weight))
    return weights


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
