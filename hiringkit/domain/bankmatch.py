"""What looking through question banks finds."""

from attrs import frozen

from hiringkit.domain.question import Question


@frozen
class Match:
    """A question that a search found."""

    bank: str
    question: Question
    score: float
    """The higher the better; comparable within one search only. 0 where no words were searched for."""


@frozen
class NearDuplicate:
    """Two questions that ask nearly the same."""

    first: tuple[str, Question]
    """Its bank's id and the question."""
    second: tuple[str, Question]
    similarity: float
    """The greater of the two languages' similarities, 0 to 1."""
    en: float | None
    """Of the English wordings; None where one of them has none."""
    zh: float | None
    """Of the Chinese wordings, likewise."""
