"""Find questions by words, in English and Chinese alike."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log

from hiringkit.domain.question import Question
from hiringkit.domain.text import Text

_WORDS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
_TEXT_WEIGHT, _NAME_WEIGHT, _HELP_WEIGHT = 3.0, 2.0, 1.0


def search_questions(questions: Sequence[tuple[str, Question]], wanted: str) -> list[tuple[str, Question]]:
    """Return the questions that have any of the words, best first.

    A word counts the more the fewer questions have it (inverse document frequency, Spärck Jones 1972), and more in
    the question itself or its criteria than in what helps the interviewer. Chinese is taken by pairs of signs.

    Args:
        questions: Each with its bank's id.
        wanted: Words in either language, ids of criteria, or a kind of question.
    """
    words = set(_tokens(wanted))
    weighted = [_weights(question) for _, question in questions]
    having = Counter(word for weights in weighted for word in weights if word in words)
    scored = [
        (sum(weights[word] * log(1 + len(questions) / having[word]) for word in words if word in weights), place)
        for place, weights in enumerate(weighted)
    ]
    return [questions[place] for score, place in sorted(scored, key=lambda each: (-each[0], each[1])) if score > 0]


def _tokens(text: str) -> Iterator[str]:
    for run in _WORDS.findall(text.lower()):
        if run.isascii() or len(run) == 1:
            yield run
        else:
            yield from (run[n : n + 2] for n in range(len(run) - 1))


def _weights(question: Question) -> dict[str, float]:
    """Return for each word of a question the weight of the best place where it stands."""
    helps: list[Text | None] = [question.why, *question.probes, *question.look_for, *question.watch_for]
    weights: dict[str, float] = {}
    places: Iterable[tuple[float, Iterable[str]]] = (
        (_HELP_WEIGHT, _all_texts([*helps, *question.anchors.values()])),
        (_NAME_WEIGHT, (question.id, question.kind, *question.criteria)),
        (_TEXT_WEIGHT, _all_texts([question.text])),
    )
    for weight, texts in places:
        for text in texts:
            weights.update(dict.fromkeys(_tokens(text), weight))
    return weights


def _all_texts(texts: Iterable[Text | None]) -> Iterator[str]:
    for text in texts:
        if text is not None:
            yield from (text.plain, text.en, text.zh)
