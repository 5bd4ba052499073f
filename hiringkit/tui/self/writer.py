"""What is written of a self-assessment and of practice, and who writes it."""

from pathlib import Path
from typing import ClassVar

from attrs import define, evolve, frozen

from hiringkit.actions import self_assessments
from hiringkit.actions.practice import Notebook, SampleExercise, rate_sample
from hiringkit.domain.interview import Mark
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.practice import PracticeSession
from hiringkit.domain.self_assessment import Attempt, Fulfilment, Sheet, Tick
from hiringkit.errors import HiringKitError, UsageProblem
from hiringkit.timezone import Clock
from hiringkit.tui.saving import Writer


@frozen
class Said:
    """What is to be written about one question or requirement, all of it or only the place."""

    item: str
    level: LevelNumber | Mark | None = None
    text: str | None = None
    evidence: str | None = None
    standing: Fulfilment | None = None
    witness: str | None = None
    ticks: tuple[Tick, ...] | None = None

    @property
    def says(self) -> bool:
        """Whether it is more than the place where one goes on."""
        return self != Said(self.item)

    @property
    def judges(self) -> bool:
        """Whether it is more than words."""
        return self.level is not None or self.standing is not None

    def joins(self, earlier: "Said") -> bool:
        """Return whether both concern the same item, or the earlier one is only a place."""
        return self.item == earlier.item or not earlier.says

    def after(self, earlier: "Said") -> "Said":
        """Return both as one."""
        return Said(
            self.item,
            earlier.level if self.level is None else self.level,
            earlier.text if self.text is None else self.text,
            earlier.evidence if self.evidence is None else self.evidence,
            self.standing or earlier.standing,
            earlier.witness if self.witness is None else self.witness,
            earlier.ticks if self.ticks is None else self.ticks,
        )

    def without(self, kept: "Said") -> "Said":
        """Return what of it is still to be written after something is kept."""
        return Said(
            self.item,
            None if self.level == kept.level else self.level,
            None if self.text == kept.text else self.text,
            None if self.evidence == kept.evidence else self.evidence,
            None if self.standing == kept.standing else self.standing,
            None if self.witness == kept.witness else self.witness,
            None if self.ticks == kept.ticks else self.ticks,
        )

    def onto(self, attempt: Attempt) -> Attempt:
        """Return the attempt as it will be."""
        if self.standing is not None:
            return evolve(attempt, requirements={**attempt.requirements, self.item: self.standing})
        before = attempt.answer(self.item)
        after = evolve(
            before,
            text=before.text if self.text is None else self.text,
            level=before.level if self.level is None else self.level,
            evidence=before.evidence if self.evidence is None else self.evidence,
            witness=before.witness if self.witness is None else self.witness,
            ticks=before.ticks if self.ticks is None else self.ticks,
        )
        given = {answer.question: answer for answer in attempt.answers} | {self.item: after}
        return evolve(attempt, answers=tuple(given[question] for question in attempt.kit if question in given))


@define(eq=False)
class AttemptWriter(Writer):
    """The writer of a self-assessment."""

    RETRIED: ClassVar[tuple[type[HiringKitError], ...]] = (HiringKitError,)
    GIVEN_UP: ClassVar[tuple[type[HiringKitError], ...]] = (UsageProblem,)

    folder: Path
    clock: Clock
    identity: str

    def write(self, said: Said) -> Sheet:
        """Write an answer, a standing, or only the place."""
        if said.standing is not None:
            return self_assessments.stand(self.folder, self.clock, self.identity, said.item, said.standing)
        if not said.says:
            return self_assessments.go_to(self.folder, self.identity, said.item)
        return self_assessments.answer(
            self.folder,
            self.clock,
            self.identity,
            said.item,
            text=said.text,
            level=said.level,
            evidence=said.evidence,
            witness=said.witness,
            ticks=said.ticks,
        )


@frozen
class Rated:
    """A level given to a sample answer, and why."""

    session: PracticeSession
    exercise: SampleExercise
    level: LevelNumber
    reason: str = ""

    def joins(self, earlier: "Rated") -> bool:
        """Return whether both concern the same answer."""
        return self.exercise == earlier.exercise

    def after(self, earlier: "Rated") -> "Rated":
        """Return both as one: the later has it all."""
        return self


@define(eq=False)
class PracticeWriter(Writer):
    """The writer of a practice session."""

    RETRIED: ClassVar[tuple[type[HiringKitError], ...]] = (HiringKitError,)
    GIVEN_UP: ClassVar[tuple[type[HiringKitError], ...]] = (UsageProblem,)

    notebook: Notebook
    clock: Clock

    def write(self, rated: Rated) -> PracticeSession:
        """Write a level and its reason."""
        return rate_sample(self.notebook, self.clock, rated.session, rated.exercise, rated.level, rated.reason)
