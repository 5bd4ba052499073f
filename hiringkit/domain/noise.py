"""A noise audit: the same invented answers rated by several people, each alone, some of them twice."""

from datetime import datetime

from attrs import frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.practice import PanelOutcome, PracticeSession
from hiringkit.domain.profile import Interval


@frozen
class NoiseSample:
    """A sample answer that everybody rates."""

    question: str
    """The question's id."""
    sample: str
    """The sample's id within its question."""
    digest: str
    """Of what raters read: question, answer and anchors."""


@frozen
class NoiseAudit:
    """What is rated; handed to everybody who takes part."""

    id: str
    bank: str
    """The bank's id."""
    started_at: datetime
    """UTC."""
    samples: tuple[NoiseSample, ...]


@frozen
class NoiseAnswers:
    """What one person gave; handed in to whoever reports."""

    audit: str
    """The audit's id."""
    code: str
    """Stands for the person; drawn at random."""
    name: str
    """Empty unless the person gave it."""
    sessions: tuple[PracticeSession, ...] = ()
    """The first time, and once more where it was repeated."""


@frozen
class NoisePart:
    """A part of the noise."""

    deviation: float | None = None
    """Standard deviation, in rating points; None where the answers do not carry it."""
    interval: Interval | None = None
    """None where the answers do not carry it, or show nothing of this part: they do not rule it out either."""
    share: float | None = None
    """Of the variance of system noise."""


@frozen
class NoiseParts:
    """The parts of the noise; without figures where there is too little."""

    system: NoisePart = NoisePart()
    """Among people who rate the same answer: level and pattern together."""
    level: NoisePart = NoisePart()
    """Some are stricter than others."""
    pattern: NoisePart = NoisePart()
    """Who is stricter differs from answer to answer: the two that follow together."""
    stable_pattern: NoisePart = NoisePart()
    """What of that stays when somebody rates again."""
    occasion: NoisePart = NoisePart()
    """What does not."""


@frozen
class RaterNoise:
    """One person of a noise audit."""

    label: str
    """A letter, or the name where names are shown and it was given."""
    level: float
    """Mean of the levels given, less that of everybody's; positive is milder."""
    pattern: float
    """Standard deviation of what is left of the levels once answers and the person's own level are taken off."""
    occasion: float | None
    """Standard deviation of one level beside another time, from the differences; None without a repeat."""
    distance: float
    """Mean distance from the reasoned levels."""


@frozen
class ApartAnswer:
    """An answer as one person and the others rated it."""

    question: str
    sample: str
    level: LevelNumber
    others: float
    """Mean of the others' levels."""
    reasoned: LevelNumber


@frozen
class NoiseFeedback:
    """What one person is told of their own levels."""

    own: RaterNoise
    apart: tuple[ApartAnswer, ...]
    """The farthest from the others first."""


@frozen
class NoiseReport:
    """What a noise audit found."""

    audit: NoiseAudit
    raters: int
    """People who handed in levels."""
    complete: int
    """Those who rated every answer."""
    answers: int
    """Answers that everybody rated."""
    repeated: int
    """People who rated at least one of these twice."""
    level: float
    """Of intervals."""
    bias: float | None = None
    """Mean level given, less the mean reasoned level; positive is milder. None where only counts are told."""
    parts: NoiseParts = NoiseParts()
    outcome: PanelOutcome | None = None
    """Levels by answer, and how far they agree; None where only counts are told."""
    people: tuple[RaterNoise, ...] = ()
    feedback: NoiseFeedback | None = None
    findings: tuple[Finding, ...] = ()
