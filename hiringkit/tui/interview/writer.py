"""The writer of an interview."""

from collections.abc import Mapping

from attrs import define, field, frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.interviews import KEEP, Given, go_to, rate
from hiringkit.domain.interview import Rating
from hiringkit.store.store import Store
from hiringkit.tui.writer import Writer


@frozen
class QuestionChange:
    """What is to be written about one question, all of it or only the place."""

    question: str
    value: Given = KEEP
    evidence: str | None = None
    probes: tuple[int, ...] | None = None
    seconds: Mapping[str, int] = field(factory=dict, hash=False)
    """How long questions have taken so far, those that have gone on since the change before."""

    @property
    def rates(self) -> bool:
        """Whether it is more than the place where the interview goes on."""
        return self.value is not KEEP or self.evidence is not None or self.probes is not None

    def joins(self, earlier: "QuestionChange") -> bool:
        """Tell whether both are of one question, or the earlier one is only a place."""
        return self.question == earlier.question or not earlier.rates

    def after(self, earlier: "QuestionChange") -> "QuestionChange":
        """Return both changes as one; they are of the same question, or the earlier one is only a place."""
        return QuestionChange(
            self.question,
            earlier.value if self.value is KEEP else self.value,
            earlier.evidence if self.evidence is None else self.evidence,
            earlier.probes if self.probes is None else self.probes,
            {**earlier.seconds, **self.seconds},
        )


@define(eq=False)
class InterviewWriter(Writer):
    """The writer of one interview."""

    store: Store
    actor: Actor
    identity: str

    def write(self, change: QuestionChange) -> Rating | None:
        """Write a rating, or only the place and the time."""
        if not change.rates:
            go_to(self.store, self.actor, self.identity, change.question, seconds=change.seconds)
            return None
        return rate(
            self.store,
            self.actor,
            self.identity,
            change.question,
            value=change.value,
            evidence=change.evidence,
            probes=change.probes,
            seconds=change.seconds,
        )
