"""Questions and the banks that hold them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NewType

from attrs import field, frozen

from hiringkit.domain.level import LevelNumber
from hiringkit.domain.shape import COLUMNS, CRITERION_WEIGHTS, ID, POSITIVE, ROWS
from hiringkit.text.cells import cut_at_word
from hiringkit.text.language import Text

TITLE_CELLS = 40
GIST_CELLS = 50


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


ExhibitCell = NewType("ExhibitCell", Text)
"""A cell of an exhibit: a figure or a name that every language shares, or a text in each."""


@frozen
class ExhibitTable:
    """Figures in rows and columns."""

    columns: tuple[ExhibitCell, ...] = field(metadata=COLUMNS)
    """What stands at the head of each column."""
    rows: tuple[tuple[ExhibitCell, ...], ...] = field(metadata=ROWS)
    """The cells of each row, as many as there are columns."""


@frozen
class Exhibit:
    """What a candidate is given to read: a short text, a table, or a text with a table."""

    id: str = field(metadata=ID)
    """Unique within its question."""
    title: Text
    """What it is, in a few words."""
    text: Text | None = None
    """What the candidate reads; before the table where there are both."""
    table: ExhibitTable | None = None
    """The figures."""


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
    title: Text | None = field(default=None, kw_only=True)
    """The question in a few words, at most 40 terminal cells: what lists and headings call it."""
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
    gists: Mapping[LevelNumber, Text] = field(factory=dict, kw_only=True)
    """An anchor in a few words, at most 50 terminal cells, where all of them have to be in sight at once."""
    samples: tuple[Sample, ...] = ()
    """Invented answers with a reasoned level."""
    exhibits: tuple[Exhibit, ...] = field(default=(), kw_only=True)
    """What the candidate is given to read with the question."""
    marking: tuple[Text, ...] = field(default=(), kw_only=True)
    """What a right answer contains, for the interviewer alone."""

    @property
    def primary(self) -> frozenset[str]:
        """The criteria that the answer is most evidence for: those of the greatest weight."""
        most = max(self.criteria.values(), default=0.0)
        return frozenset(criterion for criterion, weight in self.criteria.items() if weight == most)

    def heading(self, language: str, width: int = TITLE_CELLS) -> str:
        """Return what lists call the question: its title, or its first words where it has none."""
        return cut_at_word((self.title or self.text).in_language(language), width)

    def gist(self, level: LevelNumber, language: str, width: int = GIST_CELLS) -> str:
        """Return an anchor in a few words; the anchor's first words where nobody wrote a gist, empty without any."""
        text = self.gists.get(level) or self.anchors.get(level)
        return cut_at_word(text.in_language(language), width) if text else ""


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
    """The greatest of the languages' similarities, 0 to 1."""
    by_language: Mapping[str, float | None]
    """Of the wordings in each language; None where one of the two has none."""
