"""Attempts: somebody's own answers to a rubric's questions, rated by themselves. Personal files, never in a store."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from attrs import field, frozen

from hiringkit.domain.interview import Mark
from hiringkit.domain.profile import RubricRef
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.text import Text


class Standing(StrEnum):
    """How somebody stands to a requirement, by their own word."""

    MET = "met"
    IN_PROGRESS = "in-progress"
    """Under way, such as a course begun."""
    UNMET = "unmet"


@frozen
class SelfAnswer:
    """What somebody makes of their own answer to one question."""

    question: str
    """The question's id."""
    text: str = ""
    """The answer in writing; may be empty."""
    level: int | Mark | None = None
    """Their own level, no-evidence where they have nothing to tell, or None where it is not yet rated."""
    evidence: str = ""
    """What they could show or name for it."""
    changed_at: datetime | None = None
    """UTC, of the last change."""

    @property
    def backed(self) -> bool:
        """Whether there is a level with evidence beside it."""
        return isinstance(self.level, int) and bool(self.evidence)


@frozen
class EarlierAnswer:
    """An answer to a question that a newer version of the rubric asks otherwise, or no longer: kept to be read."""

    version: str
    """The rubric's version under which it was given."""
    wording: Text
    """The question as it was asked."""
    answer: SelfAnswer


@frozen
class Attempt:
    """One self-assessment against one pinned rubric."""

    id: str
    """Unique in its folder: the name of its file."""
    rubric: RubricRef
    """Which rubric it was rated against, exactly."""
    copy: str
    """The text of what it needs of that rubric, so that it stays readable whatever becomes of the library."""
    kit: tuple[str, ...]
    """Ids of the questions, in the order in which they are asked."""
    started_at: datetime
    """UTC."""
    changed_at: datetime
    """UTC."""
    place: str | None = None
    """The question at which it goes on; None while requirements are asked."""
    requirements: Mapping[str, Standing] = field(factory=dict)
    """By the requirement's id; absent where it was not answered."""
    answers: tuple[SelfAnswer, ...] = ()
    """At most one for each question of the kit."""
    earlier: tuple[EarlierAnswer, ...] = ()
    """What a newer version of the rubric left behind, oldest first."""

    def answer(self, question_id: str) -> SelfAnswer:
        """Return the answer to a question of the kit, an empty one where there is none."""
        return next((a for a in self.answers if a.question == question_id), SelfAnswer(question_id))

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Questions of the kit without a level or mark."""
        return tuple(q for q in self.kit if self.answer(q).level is None)


@frozen
class Sheet:
    """An attempt with the rubric that it pins."""

    attempt: Attempt
    rubric: Rubric


@frozen
class Carried:
    """What became of an attempt when it met another version of its rubric."""

    before: RubricRef
    after: RubricRef
    kept: tuple[str, ...] = ()
    """Questions whose answers count on, because their meaning is unchanged."""
    changed: tuple[str, ...] = ()
    """Questions that are asked or rated otherwise: their answers are kept to be read, and they are asked again."""
    dropped: tuple[str, ...] = ()
    """Questions that are no longer asked: their answers are kept to be read."""
    requirements: tuple[str, ...] = ()
    """Requirements that are worded otherwise: they are asked again."""
