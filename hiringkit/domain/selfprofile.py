"""What a self-assessment amounts to: the profile against the role's bars, and what to do next."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from attrs import field, frozen

from hiringkit.domain.attempt import Sheet, Standing
from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement, RequirementKind
from hiringkit.domain.rubric import Criterion
from hiringkit.domain.text import Text

_ROUNDING = 1e-9
"""A mean this little below the bar is on it."""


class Basis(StrEnum):
    """How much a self-rating of a criterion rests on. It says nothing about whether the rating is right."""

    NONE = "none"
    """Not rated."""
    THIN = "thin"
    """One question, or no evidence named."""
    SOME = "some"
    """Two questions or more, evidence for one."""
    GOOD = "good"
    """Three questions or more, evidence for at least two of them."""


def basis_of(rated: int, backed: int) -> Basis:
    """Tell how much there is to go by.

    Args:
        rated: Questions on the criterion that have a level.
        backed: Those of them with evidence.
    """
    if not rated:
        return Basis.NONE
    if rated >= 3 and backed >= 2:  # noqa: PLR2004 - the definition itself, see Basis
        return Basis.GOOD
    return Basis.SOME if rated >= 2 and backed else Basis.THIN  # noqa: PLR2004 - as above


@frozen
class SelfScore:
    """Somebody's own score on one criterion."""

    criterion: Criterion
    share: float
    """Of the criterion weight, 0 to 1."""
    score: float | None
    """On the rubric's scale; None where nothing is rated."""
    rated: int
    """Questions with a level."""
    backed: int
    """Those of them with evidence."""
    no_evidence: int
    """Questions to which they had nothing to tell."""

    @property
    def basis(self) -> Basis:
        """How much the score rests on."""
        return basis_of(self.rated, self.backed)

    @property
    def gap(self) -> float | None:
        """How far the score is below the bar, 0 where it is not; None without a score or bar."""
        if self.score is None or self.criterion.bar is None:
            return None
        below = self.criterion.bar - self.score
        return below if below > _ROUNDING else 0.0

    @property
    def priority(self) -> float:
        """Gap times share of the weight: what closing the gap would add to the overall score."""
        return (self.gap or 0.0) * self.share


@frozen
class Difference:
    """A criterion as its owner and as interviewers rated it."""

    criterion: Criterion
    own: float
    interviewers: float


@frozen
class Correction:
    """How far self-ratings and interviews of the same person lie apart."""

    opening: str
    interviewers: int
    """How many rated."""
    differences: tuple[Difference, ...]
    """Criteria that both rated."""
    mean: float
    """Own minus interviewers', the mean by criterion weight over those criteria, in rating points."""
    corrected: float | None
    """The own overall score less that mean, kept on the scale."""


@frozen
class Waypoint:
    """An attempt as a step of progress."""

    attempt: str
    version: str
    started_at: datetime
    overall: float | None
    coverage: float
    scores: Mapping[str, float | None] = field(factory=dict)
    """By criterion id."""


@frozen
class SelfProfile:
    """A self-assessment against the role's bars."""

    sheet: Sheet
    overall: float | None
    """Weighted mean of the criteria that have a score, on the rubric's scale."""
    coverage: float
    """Share of criterion weight with a score, 0 to 1."""
    scores: tuple[SelfScore, ...]
    """One for each criterion, in the rubric's order."""
    requirements: tuple[tuple[Requirement, Standing | None], ...]
    """Every requirement of the role; None where it was not answered."""
    progress: tuple[Waypoint, ...] = ()
    """All attempts at this rubric, oldest first."""
    correction: Correction | None = None
    """Where interviews of the same person were asked for and found."""

    @property
    def lacking(self) -> tuple[tuple[Requirement, Standing], ...]:
        """Requirements in progress or unmet, required ones first, unmet ones before those in progress."""
        open_ones = [(r, s) for r, s in self.requirements if s in (Standing.UNMET, Standing.IN_PROGRESS)]
        open_ones.sort(key=lambda each: (each[0].kind is not RequirementKind.REQUIRED, each[1] is not Standing.UNMET))
        return tuple((requirement, standing) for requirement, standing in open_ones if standing)

    @property
    def gaps(self) -> tuple[SelfScore, ...]:
        """Criteria below their bar, the one that costs most first."""
        return tuple(sorted((s for s in self.scores if s.gap), key=lambda s: -s.priority))

    @property
    def unrated(self) -> tuple[SelfScore, ...]:
        """Criteria without a score, the heaviest first."""
        return tuple(sorted((s for s in self.scores if s.score is None), key=lambda s: -s.share))

    @property
    def strengths(self) -> tuple[SelfScore, ...]:
        """Criteria a level or more above the bar, or at the top of the scale; the highest first."""
        top = self.sheet.rubric.scale.high
        strong = [(s.score, s) for s in self.scores if s.score is not None and not s.gap]
        found = [(x, s) for x, s in strong if x >= min((s.criterion.bar or top - 1) + 1, top)]
        return tuple(s for _x, s in sorted(found, key=lambda each: (-each[0], -each[1].share)))


@frozen
class Exercise:
    """A question to practise."""

    question: Question
    bank: str
    """The bank that holds it; empty where none at hand does."""
    samples: int
    """Sample answers with a reasoned level that the bank holds for it."""


@frozen
class NextStep:
    """What to do about one criterion."""

    score: SelfScore
    develop: tuple[Text, ...]
    exercises: tuple[Exercise, ...]
    """Questions on the criterion, those with sample answers first."""
    next_level: int | None
    """The level above the present one; None at the top or without anchors."""
    next_anchor: Text | None
    """What that level looks like."""


@frozen
class NextSteps:
    """What to work on, in the order of what it is worth."""

    profile: SelfProfile
    steps: tuple[NextStep, ...]
    from_gaps: bool
    """Whether the steps are gaps; else the criteria nearest to their bars."""
