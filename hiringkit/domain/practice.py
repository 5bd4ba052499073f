"""Practice: levels given to invented answers whose level has been reasoned out, and how the two compare."""

from collections.abc import Mapping
from datetime import datetime

from attrs import frozen

from hiringkit.domain.agreement import Coefficient
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.profile import Interval


@frozen
class PracticeAnswer:
    """A level given to one sample answer."""

    question: str
    """The question's id."""
    sample: str
    """The sample's id within its question: the invented candidate."""
    reasoned: LevelNumber
    """The level that its author reasoned out."""
    level: LevelNumber
    """The level given."""
    reason: str = ""
    """Why, in the words of who practised."""
    answered_at: datetime | None = None
    """UTC."""


@frozen
class PracticeSession:
    """Sample answers of one bank, rated in one sitting."""

    bank: str
    """The bank's id."""
    number: int
    """From 1, for each person and bank."""
    started_at: datetime
    """UTC."""
    answers: tuple[PracticeAnswer, ...] = ()
    """In the order in which they were given."""


@frozen
class Confusion:
    """A level that was taken for another."""

    reasoned: LevelNumber
    given: LevelNumber
    count: int


@frozen
class Accuracy:
    """How near somebody's levels come to the reasoned ones.

    Distances are in rating points and 0 where nothing differs; None where the answers do not carry them.
    """

    answers: int
    exact: float | None
    """Share of answers whose level was met."""
    within_one: float | None
    """Share of answers whose level was met or missed by one."""
    distance: float | None
    """Mean distance from the reasoned level, whichever way."""
    severity: float | None
    """Mean of reasoned less given: positive is stricter than the reasoned levels."""
    elevation: float | None
    """Distance of the two grand means."""
    differential_elevation: float | None
    """Distance in the differences between invented candidates."""
    stereotype_accuracy: float | None
    """Distance in the differences between questions."""
    differential_accuracy: float | None
    """Distance in who is better at what."""
    crossed: tuple[int, int] | None = None
    """Candidates and questions that the last three rest on: all answers of these were rated."""
    confusions: tuple[Confusion, ...] = ()
    """The most frequent first."""


@frozen
class DistanceChange:
    """How the mean distance of the latest session compares with that of the sessions before it."""

    before: float
    after: float
    interval: Interval | None
    """Of after less before, by Welch's t; None where the answers do not carry one."""

    @property
    def clear(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.interval is not None and (self.interval[0] > 0 or self.interval[1] < 0)


@frozen
class PracticeRecord:
    """A session with what it says of who practised."""

    session: PracticeSession
    accuracy: Accuracy


@frozen
class PracticeLog:
    """All sessions of one person with one bank, oldest first."""

    records: tuple[PracticeRecord, ...]
    change: DistanceChange | None = None
    """Of the latest session; None for a first one."""


@frozen
class PanelAnswer:
    """One sample answer as each interviewer of a panel rated it."""

    question: str
    """The question's id."""
    sample: str
    """The sample's id within its question."""
    reasoned: LevelNumber
    """The level that its author reasoned out."""
    levels: Mapping[str, LevelNumber]
    """By the interviewer's name."""

    @property
    def spread(self) -> float:
        """The highest level given less the lowest."""
        return max(self.levels.values()) - min(self.levels.values())


@frozen
class PanelSession:
    """The same sample answers, rated by several interviewers before they interview."""

    bank: str
    """The bank's id."""
    number: int
    """From 1, for each bank."""
    started_at: datetime
    """UTC."""
    raters: tuple[str, ...]
    """Names, at least two."""
    answers: tuple[PanelAnswer, ...] = ()
    """In the order in which they were rated."""


@frozen
class PanelOutcome:
    """Where the levels of a panel part."""

    session: PanelSession
    alpha: Coefficient
    """Krippendorff's alpha of the levels, by interval differences."""
    severity: Mapping[str, float]
    """By name: mean of reasoned less given; positive is stricter."""

    @property
    def parted(self) -> tuple[PanelAnswer, ...]:
        """Answers on which they are two levels or more apart, the widest first."""
        return tuple(sorted((a for a in self.session.answers if a.spread >= _APART), key=lambda a: -a.spread))


_APART = 2
"""Rating points: one apart is what anchors leave open, two are two readings of them."""
