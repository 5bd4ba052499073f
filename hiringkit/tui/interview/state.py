"""The state of an interview on the screen: what is on disk, what is not yet, and what can be taken back."""

from collections.abc import Mapping
from itertools import takewhile

from attrs import define, evolve, field

from hiringkit.actions.interviews import KEEP, InterviewSession, Lock
from hiringkit.domain.interview import Interview, Rating
from hiringkit.domain.question import Question
from hiringkit.report.model import Tone
from hiringkit.tui.interview.levels import value_sign
from hiringkit.tui.interview.writer import QuestionChange


@define
class UndoHistory:
    """What can be taken back and done again, in the order of time."""

    past: list[QuestionChange] = field(factory=list)
    """Changes that would take back what was done, newest last."""
    future: list[QuestionChange] = field(factory=list)
    """Changes that would do again what was taken back, the next one last."""
    _word_end: int | None = None
    """Where in the note the next sign goes on with the word that is typed; None begins another step."""

    def add(self, back: QuestionChange) -> None:
        """Take note of what would take back something that was done just now."""
        self.past.append(back)
        self.future.clear()
        self._word_end = None

    def add_edit(self, question: str, before: str, after: str) -> None:
        """Take note of an edit of a note: a word that is typed or deleted sign by sign is one step."""
        if before == after:
            return
        at, removed, inserted = difference(before, after)
        goes_on = len(inserted) + len(removed) == 1 and self._word_end == at + len(removed)
        begins_word = inserted.strip() and (at == 0 or before[at - 1].isspace())
        if not goes_on or begins_word or self.future:
            self.add(QuestionChange(question, evidence=before))
        self._word_end = at + len(inserted) if len(inserted) + len(removed) == 1 else None

    def pause(self) -> None:
        """Begin another step with the next edit."""
        self._word_end = None


def difference(before: str, after: str) -> tuple[int, str, str]:
    """Return where two texts begin to differ, what the first has there and what the second has instead."""
    at = _alike(before, after)
    end = _alike(before[at:][::-1], after[at:][::-1])
    return at, before[at : len(before) - end], after[at : len(after) - end]


def _alike(first: str, second: str) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


@define
class ScorecardState:
    """One interview: its questions with their ratings, and the question at hand."""

    kit: tuple[str, ...] = ()
    kept: dict[str, Rating] = field(factory=dict)
    """What is on disk, by question."""
    pending: dict[str, QuestionChange] = field(factory=dict)
    """What is not on disk yet, by question."""
    refused: dict[str, str] = field(factory=dict)
    """Why something of a question will never be, by question."""
    history: UndoHistory = field(factory=UndoHistory)
    position: int = 0
    """Of the question at hand, in the kit."""
    sitting: InterviewSession | None = None
    """The interview as it was read last."""

    def read(self, sitting: InterviewSession) -> None:
        """Take note of what is on disk; the first time, go to where the interview goes on."""
        if self.sitting is None:
            self.position = sitting.begin_at
        self.sitting = sitting
        self.take(sitting.view.interview)

    def take(self, interview: Interview) -> None:
        """Take note of the ratings on disk; what is not on disk yet stays as it is."""
        self.kit = interview.kit
        self.kept = {question: interview.rating(question) for question in interview.kit}

    @property
    def lock(self) -> Lock:
        """Whether it may be rated."""
        return self.sitting.lock if self.sitting else Lock.NOT_YOURS

    @property
    def question_id(self) -> str:
        """The question at hand."""
        return self.kit[self.position]

    @property
    def question(self) -> Question | None:
        """The question at hand, in full."""
        return self.sitting.view.rubric.question(self.question_id) if self.sitting else None

    @property
    def planned_minutes(self) -> Mapping[str, float]:
        """Minutes by question of the kit."""
        asked = self.sitting.view.rubric.asked if self.sitting else ()
        minutes = {question.id: question.minutes or 0.0 for question in asked}
        return {question: minutes.get(question, 0.0) for question in self.kit}

    def shown(self, question: str) -> Rating:
        """Return a rating as the interviewer left it, whether or not it is on disk."""
        rating, change = self.kept[question], self.pending.get(question)
        if change is None:
            return rating
        return evolve(
            rating,
            value=rating.value if change.value is KEEP else change.value,
            evidence=rating.evidence if change.evidence is None else change.evidence,
            probes=rating.probes if change.probes is None else change.probes,
        )

    @property
    def rating(self) -> Rating:
        """The rating of the question at hand, as the interviewer left it."""
        return self.shown(self.question_id)

    def sign(self, question: str) -> tuple[str, Tone | str]:
        """Return the state of a question as a sign: [4] is on disk, (4) is not yet."""
        value = self.shown(question).value
        letter = value_sign(value)
        if self.is_open(question):
            return f"({letter})", Tone.CAUTION
        return f"[{letter}]", "" if value is None else Tone.GOOD

    def is_open(self, question: str) -> bool:
        """Tell whether the level or mark that is shown is not on disk."""
        change = self.pending.get(question)
        return change is not None and change.value is not KEEP

    @property
    def unsaved(self) -> bool:
        """Whether something is not on disk yet."""
        return bool(self.pending)

    @property
    def unrated(self) -> tuple[str, ...]:
        """Questions that show neither a level nor a mark."""
        return tuple(question for question in self.kit if self.shown(question).value is None)

    @property
    def next_unrated(self) -> int | None:
        """The position of the next question without a level or mark, from the one at hand; None if there is none."""
        left = [self.kit.index(question) for question in self.unrated]
        return next((n for n in left if n > self.position), left[0]) if left else None

    def change(self, change: QuestionChange, *, undoable: bool = True) -> None:
        """Take note of a change that is being written."""
        if undoable:
            self.history.add(self.back(change))
        earlier = self.pending.get(change.question)
        self.pending[change.question] = change.after(earlier) if earlier else change
        self.refused.pop(change.question, None)

    def keep(self, change: QuestionChange, rating: Rating) -> None:
        """Take note that a change is on disk."""
        question = change.question
        self.kept[question] = rating
        self.refused.pop(question, None)
        waiting = self.pending.get(question)
        if waiting is None:
            return
        rest = QuestionChange(
            question,
            KEEP if waiting.value == change.value else waiting.value,
            None if waiting.evidence == change.evidence else waiting.evidence,
            None if waiting.probes == change.probes else waiting.probes,
        )
        if rest.rates:
            self.pending[question] = rest
        else:
            del self.pending[question]

    def refuse(self, question: str, why: str) -> None:
        """Take note that something will never be on disk; it stays on the screen."""
        self.refused[question] = why

    def undo(self) -> QuestionChange | None:
        """Return the change that takes back the last one, None if there is nothing to take back."""
        return self._step(self.history.past, self.history.future)

    def redo(self) -> QuestionChange | None:
        """Return the change that does again what was taken back last, None if there is nothing."""
        return self._step(self.history.future, self.history.past)

    def _step(self, taken: list[QuestionChange], given: list[QuestionChange]) -> QuestionChange | None:
        self.history.pause()
        if not taken:
            return None
        change = taken.pop()
        given.append(self.back(change))
        return change

    def back(self, change: QuestionChange) -> QuestionChange:
        """Return the change that would take a change back."""
        before = self.shown(change.question)
        return QuestionChange(
            change.question,
            KEEP if change.value is KEEP else before.value,
            None if change.evidence is None else before.evidence,
            None if change.probes is None else before.probes,
        )
