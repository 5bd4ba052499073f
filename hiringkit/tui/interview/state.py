"""The state of an interview on the screen: what is on disk, what is not yet, what can be taken back, and the time.

A change carries what it is based on, and `InterviewWriter` puts it on disk beside what was changed elsewhere meanwhile.
"""

from collections.abc import Callable, Mapping
from time import monotonic
from typing import ClassVar

from attrs import define, evolve, field, frozen
from textual.message import Message

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import (
    KEEP,
    Given,
    InterviewSession,
    Lock,
    go_to,
    rate,
    resume_interview,
    write_text,
    written_elsewhere,
)
from hiringkit.domain.interview import Interview, InterviewText, Rating
from hiringkit.domain.question import Question
from hiringkit.errors import HiringKitError
from hiringkit.report.model import Tone
from hiringkit.store.store import Store
from hiringkit.text.merge import difference, merge_texts
from hiringkit.tui.saving import Writer
from hiringkit.tui.widgets.fields import value_sign


@frozen
class QuestionChange:
    """What is to be written about one question, all of it or only the place."""

    question: str
    value: Given = KEEP
    evidence: str | None = None
    probes: tuple[int, ...] | None = None
    seconds: Mapping[str, int] = field(factory=dict, hash=False)
    """How long questions have taken so far, those that have gone on since the change before."""
    base: Rating | None = field(default=None, eq=False)
    """The rating that it is based on: what the screen showed before."""

    @property
    def rates(self) -> bool:
        """Whether it is more than the place where the interview goes on."""
        return self.value is not KEEP or self.evidence is not None or self.probes is not None

    def joins(self, earlier: object) -> bool:
        """Return whether both concern the same question, or the earlier one is only a place."""
        return isinstance(earlier, QuestionChange) and (self.question == earlier.question or not earlier.rates)

    def after(self, earlier: "QuestionChange") -> "QuestionChange":
        """Return both changes as one; they are of the same question, or the earlier one is only a place."""
        return QuestionChange(
            self.question,
            earlier.value if self.value is KEEP else self.value,
            earlier.evidence if self.evidence is None else self.evidence,
            earlier.probes if self.probes is None else self.probes,
            {**earlier.seconds, **self.seconds},
            (earlier.base if earlier.rates else None) or self.base,
        )

    def onto(self, rating: Rating) -> Rating:
        """Return a rating as the change makes it."""
        return evolve(
            rating,
            value=rating.value if self.value is KEEP else self.value,
            evidence=rating.evidence if self.evidence is None else self.evidence.strip(),
            probes=rating.probes if self.probes is None else self.probes,
        )


@frozen
class TextChange:
    """What is to be written about the interview as a whole."""

    part: InterviewText
    text: str
    base: str = field(default="", eq=False)
    """The text that it is based on."""

    def joins(self, earlier: object) -> bool:
        """Return whether both concern the same text."""
        return isinstance(earlier, TextChange) and self.part is earlier.part

    def after(self, earlier: "TextChange") -> "TextChange":
        """Return both as one."""
        return evolve(self, base=earlier.base)


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

    def follow(self, question: str, before: str, after: str) -> None:
        """Take in that a note has become another one elsewhere: taking back what was done here leaves that there."""
        for steps in (self.past, self.future):
            steps[:] = [
                evolve(step, evidence=merge_texts(before, step.evidence, after))
                if step.question == question and step.evidence is not None
                else step
                for step in steps
            ]
        self._word_end = None


@define
class ScorecardState:
    """One interview: its questions with their ratings, and the question at hand."""

    kit: tuple[str, ...] = ()
    kept: dict[str, Rating] = field(factory=dict)
    """What is on disk, by question."""
    pending: dict[str, QuestionChange] = field(factory=dict)
    """What is not on disk yet, by question."""
    bases: dict[str, Rating] = field(factory=dict)
    """What the next change of a question is based on, where that is not what is on disk."""
    refused: dict[str, str] = field(factory=dict)
    """Why something of a question will never be, by question."""
    history: UndoHistory = field(factory=UndoHistory)
    position: int = 0
    """Of the question at hand, in the kit."""
    sitting: InterviewSession | None = None
    """The interview as it was read last."""
    questions: dict[str, Question] = field(factory=dict)
    """The rubric's questions by id."""

    def read(self, sitting: InterviewSession) -> None:
        """Take note of what is on disk; the first time, go to where the interview goes on."""
        if self.sitting is None:
            self.position = sitting.begin_at
        self.sitting = sitting
        self.questions = {question.id: question for question in sitting.view.rubric.asked}
        self.take(sitting.view.interview)

    def take(self, interview: Interview) -> None:
        """Take note of the ratings on disk; what is not on disk yet stays as it is."""
        at = self.question_id if self.kit else ""
        self.kit = interview.kit
        self.position = self.kit.index(at) if at in self.kit else min(self.position, max(len(self.kit) - 1, 0))
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
        return self.questions.get(self.question_id)

    @property
    def planned_minutes(self) -> Mapping[str, float]:
        """Minutes by question of the kit."""
        asked = self.sitting.view.rubric.asked if self.sitting else ()
        minutes = {question.id: question.minutes or 0.0 for question in asked}
        return {question: minutes.get(question, 0.0) for question in self.kit}

    def shown(self, question: str) -> Rating:
        """Return a rating as the interviewer left it, whether or not it is on disk."""
        rating, change = self.kept[question], self.pending.get(question)
        return rating if change is None else change.onto(rating)

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
        """Return whether the level or mark that is shown is not on disk."""
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

    def change(self, change: QuestionChange, *, undoable: bool = True) -> QuestionChange:
        """Take note of a change that is being written, and return it with what it is based on."""
        question = change.question
        if undoable:
            self.history.add(self.back(change))
        base = self.bases.get(question, self.kept[question])
        based = evolve(change, base=base)
        self.bases[question] = change.onto(base)
        earlier = self.pending.get(question)
        self.pending[question] = based.after(earlier) if earlier else based
        self.refused.pop(question, None)
        return based

    def keep(self, change: QuestionChange, rating: Rating) -> None:
        """Take note that a change is on disk."""
        question = change.question
        self.kept[question] = rating
        self.refused.pop(question, None)
        waiting = self.pending.get(question)
        if waiting is None:
            self.bases.pop(question, None)
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
            self.bases.pop(question, None)

    def news(self, interview: Interview) -> tuple[int, ...]:
        """Return the numbers of the questions of which something else is on disk than was known."""
        return tuple(
            number
            for number, question in enumerate(interview.kit, 1)
            if question not in self.kept or _content(interview.rating(question)) != _content(self.kept[question])
        )

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


def _content(rating: Rating) -> tuple[object, ...]:
    return rating.value, rating.evidence, rating.probes


@define
class TextState:
    """What is written about an interview as a whole: on disk, and not yet."""

    kept: dict[InterviewText, str] = field(factory=dict)
    """What is on disk."""
    pending: dict[InterviewText, TextChange] = field(factory=dict)
    """What is not on disk yet."""
    bases: dict[InterviewText, str] = field(factory=dict)
    """What the next change of a text is based on, where that is not what is on disk."""
    refused: dict[str, str] = field(factory=dict)
    """Why a text will never be on disk."""

    def take(self, texts: Mapping[InterviewText, str]) -> None:
        """Take note of what is on disk; what is not on disk yet stays as it is."""
        self.kept = dict(texts)

    def shown(self, part: InterviewText) -> str:
        """Return a text as the interviewer left it, whether or not it is on disk."""
        change = self.pending.get(part)
        return self.kept.get(part, "") if change is None else change.text

    @property
    def unsaved(self) -> bool:
        """Whether something is not on disk yet."""
        return bool(self.pending)

    def change(self, part: InterviewText, text: str) -> TextChange:
        """Take note of a change that is being written, and return it with what it is based on."""
        change = TextChange(part, text, self.bases.get(part, self.kept.get(part, "")))
        self.bases[part] = text
        self.pending[part] = change
        self.refused.pop(part, None)
        return change

    def keep(self, change: TextChange, text: str) -> None:
        """Take note that a change is on disk."""
        self.kept[change.part] = text
        waiting = self.pending.get(change.part)
        if waiting is not None and waiting.text == change.text:
            del self.pending[change.part]
            self.bases.pop(change.part, None)


class Elsewhere(Message):
    """The interview was written in another window."""

    def __init__(self, sitting: InterviewSession) -> None:
        super().__init__()
        self.sitting = sitting


@define(eq=False)
class InterviewWriter(Writer):
    """The writer of one interview; while nothing is to be written it looks at what others have written."""

    LOOKS_EVERY: ClassVar[float | None] = 0.5

    store: Store
    actor: Actor
    identity: str
    known: int = 0
    """The revision of the interview as the screen knows it."""
    looking: bool = True
    """Whether the screen wants to know what others write."""

    def knows(self, sitting: InterviewSession) -> None:
        """Take note that the screen has read the interview."""
        self.known = max(self.known, sitting.view.interview.revision)

    def look(self) -> None:
        """Read the interview, if others have written it."""
        try:
            if self.looking and written_elsewhere(self.store, self.identity, self.known):
                sitting = resume_interview(self.store, self.actor, self.identity)
                self.known = sitting.view.interview.revision
                self.post(Elsewhere(sitting))
        except HiringKitError:
            return  # what is to be written will say why it cannot be

    def write(self, change: QuestionChange | TextChange) -> Rating | str | None:
        """Write a rating, a text, or only the place and the time."""
        if isinstance(change, TextChange):
            text = write_text(self.store, self.actor, self.identity, change.part, change.text, base=change.base)
            self.known += 1
            return text
        if not change.rates:
            go_to(self.store, self.actor, self.identity, change.question, seconds=change.seconds)
            return None
        rating = rate(
            self.store,
            self.actor,
            self.identity,
            change.question,
            value=change.value,
            evidence=change.evidence,
            probes=change.probes,
            seconds=change.seconds,
            base=change.base,
        )
        self.known += 1
        return rating


@define
class Stopwatch:
    """Seconds for each question, while it runs."""

    planned: Mapping[str, float]
    """Minutes by question."""
    tick: Callable[[], float] = monotonic
    spent: dict[str, float] = field(factory=dict)
    """Seconds by question up to the last stop; at first those of an earlier sitting."""
    _told: dict[str, int] = field(factory=dict)
    _at: str = ""
    _since: float | None = None

    def __attrs_post_init__(self) -> None:
        """Take the seconds of before as known."""
        self._told = {question: int(seconds) for question, seconds in self.spent.items()}

    @property
    def running(self) -> bool:
        """Whether time passes."""
        return self._since is not None

    def go_to(self, question: str) -> None:
        """Count for another question from now on."""
        running = self.running
        self.stop()
        self._at = question
        if running:
            self.start()

    def start(self) -> None:
        """Let time pass."""
        self._since = self.tick()

    def stop(self) -> None:
        """Hold time."""
        if self._since is not None:
            self.spent[self._at] = self.spent.get(self._at, 0.0) + self.tick() - self._since
        self._since = None

    def news(self) -> dict[str, int]:
        """Return the whole seconds of the questions that have gone on since this was asked last."""
        if self.running:
            self.stop()
            self.start()
        whole = {question: int(seconds) for question, seconds in self.spent.items()}
        fresh = {question: seconds for question, seconds in whole.items() if self._told.get(question, 0) != seconds}
        self._told = whole
        return fresh

    def minutes(self, question: str | None = None) -> int:
        """Return whole minutes of a question, or of all."""
        extra = self.tick() - self._since if self._since is not None else 0.0
        if question is None:
            return int((sum(self.spent.values()) + extra) // 60)
        return int((self.spent.get(question, 0.0) + (extra if question == self._at else 0.0)) // 60)

    def show(self, question: str | None = None) -> str:
        """Return minutes used and planned, with ! from the planned minutes on."""
        planned = round(sum(self.planned.values()) if question is None else self.planned.get(question, 0))
        used = self.minutes(question)
        return f"{used}/{planned}{'!' if planned and used >= planned else ''}"
