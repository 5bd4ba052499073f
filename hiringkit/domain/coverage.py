"""What of a role its rubric asks for: criteria by questions, and tasks by criteria and questions."""

from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen

from hiringkit.domain.question import QuestionKind

TIMES_OFF = 1.5
"""How many times its share of the weight a criterion's share of the minutes may be, or the other way round."""
POINTS_OFF = 0.03
"""What the two shares may differ by in any case: one of some thirty questions more or less."""
GATE_QUESTIONS = 2
"""Questions that a required criterion needs: one misunderstood answer would otherwise refuse a candidate."""


class Gap(StrEnum):
    """What is missing in a row or column."""

    NOT_ASKED = "not-asked"
    """No question is evidence for it."""
    ONE_QUESTION = "one-question"
    """A single question carries it: one answer that goes wrong decides."""
    NO_TASK = "no-task"
    """No task of the role calls upon the criterion, so nothing says why it is rated."""
    GATE_ONCE = "gate-once"
    """A required criterion that fewer than two questions are mainly about."""
    LITTLE_TIME = "little-time"
    """Its share of the minutes is far below its share of the weight."""
    MUCH_TIME = "much-time"
    """Its share of the minutes is far above its share of the weight."""
    NOT_STAGED = "not-staged"
    """No stage asks a question that is evidence for it."""
    STAGE_OVER = "stage-over"
    """The stage's questions, with its opening and close, take longer than it has."""
    NO_CRITERION = "no-criterion"
    """The task calls upon no criterion, so nobody is asked about it."""
    NO_MINUTES = "no-minutes"
    """The question has no planned minutes."""


def time_gap(time: float, share: float) -> Gap | None:
    """Return what is wrong with a criterion's share of the minutes, beside its share of the weight."""
    if abs(time - share) < POINTS_OFF:
        return None
    if time * TIMES_OFF < share:
        return Gap.LITTLE_TIME
    return Gap.MUCH_TIME if time > TIMES_OFF * share else None


@frozen
class CriterionCoverage:
    """One criterion, over all questions."""

    criterion: str
    share: float
    """Of all criterion weight, 0 to 1."""
    questions: Mapping[str, float]
    """The questions that are evidence for it, with their weights."""
    primary: tuple[str, ...]
    """Those of them that are evidence for nothing else as much."""
    minutes: float
    """Planned minutes that go to it: each question's, split by the weights of its criteria."""
    time_share: float | None
    """Of all planned minutes, 0 to 1; None where no question has any. With stages, of theirs."""
    tasks: tuple[str, ...]
    """The tasks that call upon it."""
    gaps: tuple[Gap, ...] = ()


@frozen
class QuestionCoverage:
    """One question, over all criteria."""

    question: str
    kind: QuestionKind
    minutes: float | None
    criteria: Mapping[str, float]
    """The rubric's criteria that it is evidence for, with their weights."""
    gaps: tuple[Gap, ...] = ()


@frozen
class TaskTrace:
    """One task, and how a candidate's fitness for it is found out."""

    task: str
    criteria: tuple[str, ...]
    questions: tuple[str, ...]
    """The questions that are about this very task."""
    gaps: tuple[Gap, ...] = ()


@frozen
class StageCoverage:
    """One stage: how its time is spent."""

    stage: str
    questions: tuple[str, ...]
    minutes: float
    """Planned minutes of its questions."""
    available: float | None
    """What its length leaves for questions; None where it has none."""
    time_shares: Mapping[str, float]
    """Each criterion's share of those minutes, 0 to 1; criteria without a minute are left out."""
    gaps: tuple[Gap, ...] = ()


@frozen
class Coverage:
    """A rubric's table of what is asked for what."""

    rubric: str
    version: str
    criteria: tuple[CriterionCoverage, ...]
    questions: tuple[QuestionCoverage, ...]
    tasks: tuple[TaskTrace, ...]
    minutes: float
    """Planned minutes of all questions together."""
    stages: tuple[StageCoverage, ...] = ()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap of every row and column."""
        return (
            *(gap for each in self.criteria for gap in each.gaps),
            *(gap for each in self.questions for gap in each.gaps),
            *(gap for each in self.tasks for gap in each.gaps),
            *(gap for each in self.stages for gap in each.gaps),
        )
