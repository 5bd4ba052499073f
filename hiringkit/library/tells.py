"""What gives an answer's level away without being read: lengths, shared words and openings, over a bank's questions.

Whoever rates or practises can go by such a tell instead of by what was said, and a candidate who has seen a bank can
aim at it. Each is measured in one language at a time.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from math import comb, isclose, sqrt

from attrs import frozen

from hiringkit.domain.level import LevelNumber
from hiringkit.domain.question import Question
from hiringkit.text.language import LANGUAGES, Text, count_han, count_words
from hiringkit.text.similarity import WordIndex, split_words

RHO = 0.3
"""The rank correlation from which a length is a tell: it then explains a tenth of the variance of the levels."""
CHANCE = 0.05
"""How rarely chance alone may do as much as is reported."""
_NORMAL = 1.645
"""The normal quantile of `CHANCE`."""
GUESSED = 0.4
"""The share of samples whose level may be found by shared words: twice what a guess among five levels finds."""
OPENING = 0.2
"""The share of anchors that may open alike: at five levels, a fifth is as many as there are of any one level."""
FEWEST_ANCHORS = 15
"""Three questions with five levels: with fewer there is no pattern to speak of."""
FEWEST_SAMPLES = 5


@frozen
class Tells:
    """What gives levels away in some questions, in one language."""

    language: str
    questions: int
    """Those that have anchors in the language."""
    anchors: int
    anchor_rho: float | None
    """Spearman's correlation of an anchor's length, as a share of its question's mean, with its level."""
    longest_last: int
    """Questions whose highest anchor is longer than all others."""
    longest_expected: float
    """As many as there would be by chance."""
    samples: int
    sample_rho: float | None
    """Spearman's correlation of a sample's length with its level."""
    guessed: int
    """Samples that share the most words with the anchor of their own level."""
    opening: str
    """The words that most anchors begin with."""
    opening_count: int

    @property
    def anchors_by_length(self) -> bool:
        """Whether a reader could tell levels by how long their anchors are."""
        if self.anchors < FEWEST_ANCHORS:
            return False
        by_chance = _tail(self.longest_last, self.questions, self.longest_expected / self.questions)
        return _is_marked(self.anchor_rho, self.anchors) or by_chance < CHANCE

    @property
    def samples_by_length(self) -> bool:
        """Whether a reader could tell the levels of samples by how long these are."""
        return self.samples >= FEWEST_SAMPLES and _is_marked(self.sample_rho, self.samples)

    @property
    def samples_by_words(self) -> bool:
        """Whether too many samples repeat the words of their anchor."""
        return self.samples >= FEWEST_SAMPLES and self.guessed > GUESSED * self.samples

    @property
    def open_alike(self) -> bool:
        """Whether too many anchors begin with the same words."""
        return self.anchors >= FEWEST_ANCHORS and self.opening_count > OPENING * self.anchors


def measure_tells(questions: Sequence[Question], language: str) -> Tells:
    """Measure what gives levels away.

    Args:
        questions: Of one bank, or a rubric's own.
        language: Only texts in it count.
    """
    anchored = [(question, anchors) for question in questions if (anchors := _said(question.anchors, language))]
    sizes = [[_size(text) for _, text in sorted(anchors.items())] for _, anchors in anchored]
    anchor_levels = [level for _, anchors in anchored for level in sorted(anchors)]
    relative = [size * len(each) / sum(each) for each in sizes for size in each]
    samples = [
        (anchors, sample.level, said)
        for question, anchors in anchored
        for sample in question.samples
        if (said := sample.answer.said_in(language))
    ]
    openings = Counter(_opening(text, language) for _, anchors in anchored for text in anchors.values())
    opening, count = openings.most_common(1)[0] if openings else ("", 0)
    return Tells(
        language,
        questions=len(anchored),
        anchors=len(relative),
        anchor_rho=_spearman(relative, anchor_levels),
        longest_last=sum(len(each) > 1 and each[-1] > max(each[:-1]) for each in sizes),
        longest_expected=sum(1 / len(each) for each in sizes),
        samples=len(samples),
        sample_rho=_spearman([_size(said) for _, _, said in samples], [level for _, level, _ in samples]),
        guessed=sum(guess_level(said, anchors) == level for anchors, level, said in samples),
        opening=opening,
        opening_count=count,
    )


def guess_level(answer: str, anchors: Mapping[LevelNumber, str]) -> LevelNumber | None:
    """Return the level whose anchor has the most words in common with an answer; None where two have as many."""
    levels = list(anchors)
    found = WordIndex(anchors.values()).similarities(answer)
    best = max(found, default=0.0)
    likely = [level for level, similarity in zip(levels, found, strict=True) if isclose(similarity, best)]
    return likely[0] if len(likely) == 1 else None


def _said(texts: Mapping[LevelNumber, Text], language: str) -> dict[LevelNumber, str]:
    return {level: said for level, text in texts.items() if (said := text.said_in(language))}


def _size(text: str) -> int:
    """Count words, or Chinese characters."""
    return count_han(text) + count_words(text)


def _opening(text: str, language: str) -> str:
    """Return the first word of a text, or its first two Chinese characters."""
    han = LANGUAGES[language].han
    return ("" if han else " ").join(islice(split_words(text), 2 if han else 1))


def _is_marked(rho: float | None, many: int) -> bool:
    return rho is not None and many > 1 and abs(rho) > max(RHO, _NORMAL / sqrt(many - 1))


def _tail(count: int, many: int, share: float) -> float:
    """Return the probability of so many hits or more by chance (binomial)."""
    return sum(comb(many, n) * share**n * (1 - share) ** (many - n) for n in range(count, many + 1))


def _spearman(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return Spearman's rank correlation, ties at their mean rank; None where either does not vary."""
    pairs = list(zip(_ranks(one), _ranks(other), strict=True))
    middle = (len(pairs) + 1) / 2
    spread = sqrt(sum((a - middle) ** 2 for a, _ in pairs) * sum((b - middle) ** 2 for _, b in pairs))
    return sum((a - middle) * (b - middle) for a, b in pairs) / spread if spread else None


def _ranks(values: Sequence[float]) -> Iterator[float]:
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values), 1):
        places.setdefault(value, []).append(place)
    return (sum(places[value]) / len(places[value]) for value in values)


def languages_of(questions: Iterable[Question]) -> tuple[str, ...]:
    """Return the languages that anchors are written in."""
    found = {code for q in questions for text in q.anchors.values() for code in text.by_language}
    return tuple(code for code in LANGUAGES if code in found)
