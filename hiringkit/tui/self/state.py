"""The state of what people enter for themselves: what is on disk of an attempt or an exercise, and what is not yet."""

from attrs import define, evolve, field

from hiringkit.actions.practice import Practice, SampleExercise
from hiringkit.domain.interview import Mark
from hiringkit.domain.practice import PracticeAnswer, PracticeSession
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement
from hiringkit.domain.self_assessment import Fulfilment, Sheet
from hiringkit.tui.self.writer import Rated, Said

Item = Requirement | Question
_SIGNS = {
    Fulfilment.MET: "[y]",
    Fulfilment.IN_PROGRESS: "[p]",
    Fulfilment.UNMET: "[n]",
    None: "[ ]",
}


@define(eq=False)
class AttemptState:
    """One self-assessment, and the requirement or question at hand."""

    kept: Sheet | None = None
    """As it is on disk."""
    pending: dict[str, Said] = field(factory=dict)
    """What is not on disk yet, by question or requirement."""
    refused: dict[str, str] = field(factory=dict)
    """Why something will never be on disk."""
    position: int = -1
    """Of the item at hand; -1 before anything was read."""
    anchored: set[str] = field(factory=set)
    """Questions whose anchors were asked for before there was an answer."""

    def read(self, sheet: Sheet) -> None:
        """Take note of what is on disk; the first time, go to where it goes on."""
        self.kept = sheet
        if self.position < 0:
            self.position = self._begin_at(sheet)

    def _begin_at(self, sheet: Sheet) -> int:
        attempt, first = sheet.attempt, len(self.items) - len(sheet.attempt.kit)
        if attempt.place is None:
            asked = [n for n, each in enumerate(self.items[:first]) if each.id not in attempt.requirements]
            if asked:
                return asked[0]
        # what was begun and not rated is where one was
        begun = [q for q in attempt.outstanding if q == attempt.place and attempt.answer(q).text]
        open_ones = (*begun, *attempt.outstanding, *attempt.untold, attempt.place or attempt.kit[0])
        return first + next(attempt.kit.index(question) for question in open_ones if question in attempt.kit)

    @property
    def sheet(self) -> Sheet | None:
        """The attempt as it was left, whether or not all of it is on disk."""
        if self.kept is None or not self.pending:
            return self.kept
        attempt = self.kept.attempt
        for each in self.pending.values():
            attempt = each.onto(attempt)
        return evolve(self.kept, attempt=attempt)

    @property
    def unsaved(self) -> bool:
        """Whether something is not on disk yet."""
        return bool(self.pending)

    @property
    def items(self) -> tuple[Item, ...]:
        """Requirements, then questions."""
        if self.sheet is None:
            return ()
        rubric = self.sheet.rubric
        asked = (rubric.question(question) for question in self.sheet.attempt.kit)
        return (*(rubric.role.requirements if rubric.role else ()), *(q for q in asked if q))

    @property
    def item(self) -> Item:
        """What is at hand."""
        return self.items[self.position]

    @property
    def next_unanswered(self) -> int | None:
        """The position of the next question without a level, from the one at hand; None if there is none."""
        attempt = self.sheet.attempt if self.sheet else None
        # with nothing left open, those to which there was nothing to tell
        open_ones = set(attempt.outstanding or attempt.untold) if attempt else set()
        left = [n for n, each in enumerate(self.items) if each.id in open_ones]
        return next((n for n in left if n > self.position), left[0]) if left else None

    def sign(self, item: Item) -> str:
        """Return the state of an item as a sign: [4] is on disk, (4) is not yet."""
        if self.sheet is None:
            return ""
        if isinstance(item, Requirement):
            sign = _SIGNS[self.sheet.attempt.requirements.get(item.id)]
        else:
            level = self.sheet.attempt.answer(item.id).level
            sign = "[ ]" if level is None else "[x]" if isinstance(level, Mark) else f"[{level:g}]"
        return f"({sign[1:-1]})" if self.is_open(item) else sign

    def is_open(self, item: Item) -> bool:
        """Return whether the level or standing that is shown is not on disk."""
        return item.id in self.pending and self.pending[item.id].judges

    def change(self, said: Said) -> None:
        """Take note of something that is being written."""
        earlier = self.pending.get(said.item)
        self.pending[said.item] = said.after(earlier) if earlier else said
        self.refused.pop(said.item, None)

    def keep(self, said: Said, sheet: Sheet) -> None:
        """Take note that something is on disk."""
        self.kept = sheet
        if said.item in self.pending:
            rest = self.pending[said.item].without(said)
            if rest.says:
                self.pending[said.item] = rest
            else:
                del self.pending[said.item]


@define(eq=False)
class PracticeState:
    """One session of practice, and the invented answer at hand."""

    practice: Practice | None = None
    """The answers that were chosen, and what is on disk of the session."""
    position: int = 0
    revealed: bool = False
    """Whether the reasoned level is shown."""
    pending: Rated | None = None
    """What is not on disk yet."""
    refused: dict[str, str] = field(factory=dict)
    """Why something will never be on disk, by question."""

    @property
    def unsaved(self) -> bool:
        """Whether something is not on disk yet."""
        return self.pending is not None

    @property
    def exercise(self) -> SampleExercise | None:
        """The answer at hand."""
        return self.practice.exercises[self.position] if self.practice else None

    @property
    def given(self) -> PracticeAnswer | None:
        """The level on disk for it."""
        if self.practice is None or self.exercise is None:
            return None
        key = (self.exercise.question.id, self.exercise.sample.id)
        return next((a for a in self.practice.session.answers if (a.question, a.sample) == key), None)

    @property
    def last(self) -> bool:
        """Whether no answer comes after the one at hand."""
        return self.practice is None or self.position == len(self.practice.exercises) - 1

    def keep(self, session: PracticeSession) -> None:
        """Take note that a level and its reason are on disk."""
        self.pending = None
        if self.practice is not None:
            self.practice = Practice(session, self.practice.exercises)

    def go_on(self) -> None:
        """Go to the next answer."""
        self.position += 1
        self.revealed = False
