"""What is different between two rubrics, how much that matters, and what it does to scores given already."""

from enum import StrEnum

from attrs import frozen

from hiringkit.domain.rubric import RubricRef


class Step(StrEnum):
    """How large a step between two versions is, after semantic versioning."""

    NONE = "none"
    """Nothing is different."""
    PATCH = "patch"
    """Wording, translation and explanation; nothing that is asked or rated."""
    MINOR = "minor"
    """Something is asked or guided besides; scores given so far stand."""
    MAJOR = "major"
    """The same interview could score differently, so that old and new scores are not to be compared."""
    BACK = "back"
    """Of versions only: the second is the older one."""

    @property
    def size(self) -> int:
        """0 for none, 3 for major; -1 for a step back."""
        return _SIZES[self]


_SIZES = {Step.BACK: -1, Step.NONE: 0, Step.PATCH: 1, Step.MINOR: 2, Step.MAJOR: 3}


class ChangeKind(StrEnum):
    """What was done to a part of a rubric."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REWORDED = "reworded"
    """A few words are different; whether it means the same is for a reader to say."""
    TRANSLATED = "translated"
    """A language was added or taken away; what the others say is the same."""
    MOVED = "moved"
    """The same things in another order."""


@frozen
class RubricChange:
    """One difference."""

    path: str
    """Such as `criteria.forecasting.anchors.3`."""
    kind: ChangeKind
    step: Step
    """The least step that it calls for."""
    why: str
    """Why so much, one sentence without a final full stop."""
    before: str | float | None = None
    """What it was; a weight as a share of 1."""
    after: str | float | None = None
    """What it is."""


@frozen
class CandidateImpact:
    """What the new version would make of a candidate."""

    candidate: str
    name: str
    score_before: float | None
    score_after: float | None
    position_before: int | None
    position_after: int | None
    recommendation_before: str = ""
    recommendation_after: str = ""


@frozen
class OpeningImpact:
    """What the new version would make of an opening's scores; the opening keeps the rubric that it pinned."""

    opening: str
    title: str
    version: str
    """Of the rubric that it pinned."""
    candidates: tuple[CandidateImpact, ...] = ()
    """Those whom the viewer may see, in the order of their rank before."""
    lost_ratings: int = 0
    """Ratings of questions that the new version does not ask."""
    hidden: int = 0
    """Candidates of whom the viewer may not see anything yet."""
    obstacle: str = ""
    """Why it cannot be scored anew; empty where it can."""


@frozen
class RubricDiff:
    """The differences between two rubrics."""

    before: RubricRef
    after: RubricRef
    changes: tuple[RubricChange, ...]
    """The largest steps first."""
    step: Step
    """The least step that the changes call for."""
    version_step: Step
    """The step that the version numbers make."""
    impact: tuple[OpeningImpact, ...] | None = None
    """None where no database was looked into."""

    @property
    def enough(self) -> bool:
        """Whether the version numbers say as much as the changes call for."""
        return self.version_step.size >= self.step.size
