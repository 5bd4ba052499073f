"""All that a panel needs to decide about an opening, as far as one person may see it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from attrs import frozen

from hiringkit.domain.interview import InterviewState, Mark, Opening
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.profile import Comparison
from hiringkit.domain.rubric import Rubric


class Audience(StrEnum):
    """Whom a debrief is for."""

    PANEL = "panel"
    """Those who interviewed: without how strictly each of the others rates."""
    HIRING_MANAGER = "hiring-manager"
    """Who decides: with how strictly each interviewer rates."""
    FILE = "file"
    """The record that is kept: everything, and nothing left out because it is long."""


@frozen
class Answer:
    """One rating of a submitted scorecard."""

    candidate: str
    interviewer: str
    question: str
    value: LevelNumber | Mark
    evidence: str


@frozen
class Held:
    """An interview, held or planned."""

    candidate: str
    interviewer: str
    state: InterviewState
    questions: int
    """How many its kit has."""
    rated: int | None
    """How many of them have a level or a mark; None where the viewer may not know that."""
    scheduled_at: datetime | None
    id: str


@frozen
class Debrief:
    """What a debrief is written from; ids and names are labels where it is blind."""

    opening: Opening
    rubric: Rubric
    comparison: Comparison
    answers: tuple[Answer, ...]
    """Of the compared candidates; by interview, in the order of the kits; dropped questions are left out."""
    interviews: tuple[Held, ...]
    """Of the compared candidates."""
    people: Mapping[str, str]
    """Interviewers' names by id."""
    viewer: str | None
    """The interviewer who looks; None for anybody else."""
    audience: Audience
    made_at: datetime
    candidate: str | None = None
    """The one whom it is about; None for all."""
    blind: bool = False
    withdrawn: int = 0
    """Candidates who are left out because they have withdrawn."""
    hidden: int = 0
    """Candidates who are left out because the viewer still owes a scorecard for them."""
    dropped: tuple[str, ...] = ()
    """Questions that are left out for everybody."""

    @property
    def shows_effects_of(self) -> frozenset[str]:
        """The interviewers whose effect on ratings this reader may see: an interviewer sees their own."""
        if self.viewer is not None:
            return frozenset({self.viewer})
        return frozenset() if self.audience is Audience.PANEL else frozenset(self.people)
