"""Search for questions by words, and for near-duplicates, in English and Chinese."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from hiringkit.domain.question import Match, NearDuplicate, Question, QuestionKind
from hiringkit.text.language import LANGUAGES, Text, wordings_of
from hiringkit.text.similarity import WordIndex, index_words, nearest

_TEXT_WEIGHT, _NAME_WEIGHT, _HELP_WEIGHT = 3.0, 2.0, 1.0
_ALL_WORDS = 0.5
"""Penalty for missing words: a score is multiplied by 1 - 0.5 * the share of searched words that are missing."""


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
    words = set(index_words(wanted))
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
    """Return the word in the questions that is closest to a searched one, or None."""
    asked = wordings_of(question.text for question in questions)
    known = {word for wording in asked for word in wording.lower().split()}
    clean = sorted({word.strip(".,;:?!'\"()") for word in known if word.isascii()})
    return next(filter(None, (nearest(word, clean) for word in wanted.lower().split() if word.isascii())), None)


def _by_share(fitting: list[tuple[str, Question]], criterion: str | None) -> list[tuple[str, Question]]:
    """Sort by the share of a question's evidence that is for the criterion, the greatest first."""
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
        (_HELP_WEIGHT, wordings_of([*helps, *question.anchors.values()])),
        (_NAME_WEIGHT, (question.id, question.kind, *question.criteria)),
        (_TEXT_WEIGHT, wordings_of([question.text])),
    )
    for weight, texts in places:
        for text in texts:
            weights.update(dict.fromkeys(index_words(text, characters=True), weight))
    return weights


SIMILAR = 0.5
"""The similarity from which two questions are shown as near-duplicates, unless another is asked for."""


def near_duplicates(questions: Sequence[tuple[str, Question]], *, at_least: float = SIMILAR) -> list[NearDuplicate]:
    """Return the pairs of questions whose wording is alike, the most alike first.

    Wordings are compared by their words and pairs of words in each language, and the greatest similarity counts. Words
    that most questions share weigh little, so that "tell me about a time" makes nothing alike. What helps the
    interviewer is not compared.

    Args:
        questions: Each with its bank's id.
        at_least: The least similarity, above 0.
    """
    found: dict[tuple[int, int], dict[str, float]] = {}
    asked = [question.text.by_language for _, question in questions]
    for language in LANGUAGES:
        index = WordIndex((wordings.get(language, "") for wordings in asked), pairs=True)
        for pair, similarity in index.similar_pairs().items():
            found.setdefault(pair, {})[language] = similarity
    pairs = [
        NearDuplicate(
            questions[i],
            questions[j],
            max(by.values()),
            {code: by.get(code, 0.0) if code in asked[i] and code in asked[j] else None for code in LANGUAGES},
        )
        for (i, j), by in found.items()
        if max(by.values()) >= at_least
    ]
    return sorted(pairs, key=lambda pair: (-pair.similarity, pair.first[1].id, pair.second[1].id))
