"""Questions and the banks that hold them."""

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from hiringkit.domain.level import LevelNumber
from hiringkit.domain.shape import CRITERION_WEIGHTS, ID, POSITIVE
from hiringkit.text.language import Text


class QuestionKind(StrEnum):
    """What a question asks the candidate for."""

    BEHAVIOURAL = "behavioural"
    """What they did."""
    SITUATIONAL = "situational"
    """What they would do."""
    KNOWLEDGE = "knowledge"
    """What they know."""
    WORK_SAMPLE = "work-sample"
    """A piece of the work itself."""


@frozen
class Sample:
    """An invented answer with its reasoned level, for practice."""

    id: str = field(metadata=ID)
    """Unique within its question."""
    level: LevelNumber
    """The level that the answer shows, on the scale of the question's anchors."""
    answer: Text
    """The answer as a candidate would speak it."""
    why: Text
    """Why it is that level and not the next."""


@frozen
class Question:
    """One question of an interview, with what the interviewer needs to rate the answer."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`, unique within its bank."""
    kind: QuestionKind
    """What it asks the candidate for."""
    text: Text
    """What the interviewer asks, word for word."""
    criteria: Mapping[str, float] = field(metadata=CRITERION_WEIGHTS)
    """The criteria that the answer is evidence for, with their positive weights."""
    why: Text | None = None
    """What the question reveals."""
    minutes: float | None = field(default=None, metadata=POSITIVE)
    """Planned minutes, probes included."""
    probes: tuple[Text, ...] = ()
    """Planned follow-ups, neutral ones."""
    look_for: tuple[Text, ...] = ()
    """What speaks for the candidate."""
    watch_for: tuple[Text, ...] = ()
    """What speaks against."""
    anchors: Mapping[LevelNumber, Text] = field(factory=dict)
    """The behaviour that marks each level."""
    samples: tuple[Sample, ...] = ()
    """Invented answers with a reasoned level."""


@frozen
class QuestionBank:
    """A file of questions that rubrics draw from."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`, unique in the library."""
    title: Text
    """What the bank is about."""
    questions: tuple[Question, ...] = ()
    """In the order of the file."""

    def question(self, question_id: str) -> Question | None:
        """Return the question with this id, or None."""
        return next((q for q in self.questions if q.id == question_id), None)


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
