"""The state of an interview on the screen: what is on disk, what is not yet, and what can be taken back."""

from attrs import define, evolve, field

from hiringkit.actions.interviews import KEEP
from hiringkit.domain.interview import Interview, Mark, Rating
from hiringkit.domain.level import write_level
from hiringkit.report.model import Tone
from hiringkit.tui.recorder import Change

SIGNS = {Mark.NOT_ASSESSED: "n", Mark.NO_EVIDENCE: "x", None: " "}


@define
class Sheet:
    """The ratings of one interview."""

    kit: tuple[str, ...]
    kept: dict[str, Rating]
    """What is on disk, by question."""
    pending: dict[str, Change] = field(factory=dict)
    """What is not on disk yet, by question."""
    refused: dict[str, str] = field(factory=dict)
    """Why something of a question will never be, by question."""
    past: list[Change] = field(factory=list)
    """Changes that would take back what was done, newest last."""

    @classmethod
    def of(cls, interview: Interview) -> "Sheet":
        """Return the sheet of an interview as it is on disk."""
        return cls(interview.kit, {question: interview.rating(question) for question in interview.kit})

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

    def sign(self, question: str) -> tuple[str, Tone | str]:
        """Return the state of a question as a sign: [4] is on disk, (4) is not yet."""
        value = self.shown(question).value
        letter = write_level(value) if isinstance(value, int | float) else SIGNS[value]
        if self.is_open(question):
            return f"({letter})", Tone.CAUTION
        return f"[{letter}]", "" if value is None else Tone.GOOD

    def is_open(self, question: str) -> bool:
        """Tell whether the level or mark that is shown is not on disk."""
        change = self.pending.get(question)
        return change is not None and change.value is not KEEP

    def change(self, change: Change, *, undoable: bool = True) -> None:
        """Take note of a change that is being written."""
        if undoable:
            self.past.append(self._back(change))
        earlier = self.pending.get(change.question)
        self.pending[change.question] = change.after(earlier) if earlier else change
        self.refused.pop(change.question, None)

    def keep(self, change: Change, rating: Rating) -> None:
        """Take note that a change is on disk."""
        question = change.question
        self.kept[question] = rating
        self.refused.pop(question, None)
        waiting = self.pending.get(question)
        if waiting is None:
            return
        rest = Change(
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

    def undo(self) -> Change | None:
        """Return the change that takes back the last one, None if there is nothing to take back."""
        return self.past.pop() if self.past else None

    @property
    def unrated(self) -> tuple[str, ...]:
        """Questions that show neither a level nor a mark."""
        return tuple(question for question in self.kit if self.shown(question).value is None)

    def _back(self, change: Change) -> Change:
        before = self.shown(change.question)
        return Change(
            change.question,
            KEEP if change.value is KEEP else before.value,
            None if change.evidence is None else before.evidence,
            None if change.probes is None else before.probes,
        )
