"""Fit profiles and comparisons: what scoring computes, and reports draw without knowing how.

A number that the data cannot carry is None, and a finding says why. Scores are on the rubric's scale.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from operator import index
from typing import overload

from attrs import field, frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.conduct import RankingPolicy
from hiringkit.domain.finding import Finding
from hiringkit.domain.robustness import Robustness
from hiringkit.domain.rubric import RubricRef
from hiringkit.domain.selection import PanelStrength

Interval = tuple[float, float]
OpenInterval = tuple[float | None, float | None]
"""An end is None where nothing bounds it."""


class BarState(StrEnum):
    """What the ratings say of a bar."""

    PASSED = "passed"
    """It is reached."""
    FAILED = "failed"
    """It is missed."""
    OPEN = "open"
    """The ratings do not decide it."""
    UNRATED = "unrated"
    """There is no rating to decide it by."""


class Method(StrEnum):
    """How ratings become scores."""

    OBSERVED = "observed"
    """Means of the ratings as given."""
    CALIBRATED = "calibrated"
    """A mixed model that allows for who asked, what was asked and how much was seen."""


@frozen
class ScaleUsed:
    """The scale of the scores and where it comes from."""

    low: float
    high: float
    source: str
    """`rubric`, `option` (given as --scale) or `data` (the range seen)."""


@frozen
class Counts:
    """How much there is."""

    ratings: int
    """Numbers only."""
    not_assessed: int
    no_evidence: int
    candidates: int
    interviewers: int
    questions: int


@frozen
class Variance:
    """A variance component, in squared rating points."""

    estimate: float | None
    interval: Interval | None = None


@frozen
class ModelSummary:
    """What the calibrated model was and whether it can be trusted."""

    effects: tuple[str, ...]
    """Random effects, such as `candidate` or `candidate:interviewer`."""
    estimator: str
    """Such as `reml` or `posterior`."""
    converged: bool
    connected: bool
    """Whether every candidate can be compared with every other through shared interviewers."""
    mean: float | None
    variances: Mapping[str, Variance]
    """By effect, and `residual`."""
    details: Mapping[str, object] = field(factory=dict)
    """Further plain values that the method states, such as its prior or seed."""


@frozen
class CriterionScore:
    """A candidate on one criterion."""

    criterion: str
    score: float | None
    interval: Interval | None
    observed: float | None
    """The plain mean of interviewer means, beside every calibrated score."""
    ratings: int
    """How many numbers it rests on."""
    state: BarState | None = None
    """What the ratings say of the bar; None where there is none."""
    above_bar: float | None = None
    """Probability of reaching the bar; None where there is none, or no model to tell it."""
    adjusted: float | None = None
    """What is held against the bar: the plain mean less the severity of those who gave the ratings."""
    no_evidence: int = 0
    not_assessed: int = 0

    @property
    def below_bar(self) -> bool | None:
        """Whether the bar is missed; None where there is no bar or no score."""
        return None if self.state in {None, BarState.UNRATED} else self.state is BarState.FAILED


@frozen
class Overall:
    """A candidate over all criteria, weighted as the rubric says."""

    score: float | None
    interval: Interval | None
    observed: float | None
    ratings: int
    interviewers: int
    coverage: float
    """Share of criterion weight with a score, 0 to 1."""


@frozen
class Rank:
    """Where a candidate stands among the others, and how sure that is."""

    position: int | None
    """1 is first; ties share the better position."""
    interval: tuple[int, int] | None = None
    p_best: float | None = None
    not_separable_from: tuple[str, ...] = ()
    """Candidates whom the data cannot tell from this one."""
    ahead_of: Mapping[str, float] = field(factory=dict)
    """Probability of scoring above each other candidate, where the method tells it and they are not too many."""


@frozen
class Gate:
    """A required criterion."""

    criterion: str
    bar: float
    state: BarState
    probability: float | None = None
    """Of reaching the bar; None where there is no model to tell it."""

    @property
    def passed(self) -> bool | None:
        """Whether it is passed; None where that is open."""
        return {BarState.PASSED: True, BarState.FAILED: False}.get(self.state)


@frozen
class Recommendation:
    """What the rubric's policy makes of a candidate's ratings."""

    policy: str = ""
    """strong-yes, yes, no or strong-no; empty where something stands against any."""
    probability: Mapping[str, float] = field(factory=dict)
    """Of each of these words; none where the method does not tell it."""


@frozen
class Opinion:
    """What an interviewer recommended on submitting."""

    interviewer: str
    recommendation: str
    """strong-yes, yes, no, strong-no or empty."""
    reason: str = ""


@frozen
class Side:
    """An interviewer at one end of a disagreement."""

    interviewer: str
    score: float
    """The mean of the ratings as given."""


@frozen
class Disagreement:
    """Interviewers who are far apart about a candidate."""

    criterion: str | None
    """None where it is about all that was asked."""
    lowest: Side
    highest: Side
    beyond_chance: bool
    """Whether severity and chance do not explain it."""
    below: tuple[str, ...] = ()
    """Interviewers below the widest gap."""
    above: tuple[str, ...] = ()
    """Interviewers above it."""


@frozen
class FitProfile:
    """How one candidate fits the rubric."""

    candidate: str
    name: str
    overall: Overall
    criteria: Sequence[CriterionScore]
    """One for each criterion of the rubric, in its order."""
    rank: Rank
    gates: tuple[Gate, ...] = ()
    recommendation: Recommendation = field(factory=Recommendation)
    flags: tuple[Code, ...] = ()
    """Codes such as `coverage-low`, `gate-failed`, `one-interviewer`, `withdrawn`."""
    panel: tuple[Opinion, ...] = ()
    """What the interviewers recommended, where that is known."""
    disagreements: Sequence[Disagreement] = ()
    """Where the interviewers are far apart."""


READ_AT_ONCE = 1_000
"""Profiles that are made together where all are read one after the other."""


@frozen(eq=False)
class ProfileTable(Sequence[FitProfile]):
    """The profiles of very many candidates, each made when somebody reads it."""

    candidates: Sequence[str]
    """(N,) ids, in the order of the profiles."""
    names: Sequence[str]
    """(N,) as a person reads them."""
    positions: Sequence[int | None]
    """(N,) ranks."""
    make: Callable[[Sequence[int]], tuple[FitProfile, ...]]
    """Makes the profiles at these places."""

    def __len__(self) -> int:
        return len(self.candidates)

    def __iter__(self) -> Iterator[FitProfile]:
        for start in range(0, len(self), READ_AT_ONCE):
            yield from self[start : start + READ_AT_ONCE]

    @overload
    def __getitem__(self, item: int) -> FitProfile: ...
    @overload
    def __getitem__(self, item: slice) -> Sequence[FitProfile]: ...
    def __getitem__(self, item: int | slice) -> FitProfile | Sequence[FitProfile]:
        if isinstance(item, slice):
            return self.make(range(len(self))[item])
        return self.make([range(len(self))[index(item)]])[0]


def named(profiles: Sequence[FitProfile]) -> Iterable[tuple[str, str]]:
    """Iterate over the ids and names of candidates."""
    if isinstance(profiles, ProfileTable):
        return zip(profiles.candidates, profiles.names, strict=True)
    return ((profile.candidate, profile.name) for profile in profiles)


def positions_of(profiles: Sequence[FitProfile]) -> Iterable[int | None]:
    """Iterate over the ranks of candidates."""
    if isinstance(profiles, ProfileTable):
        return profiles.positions
    return (profile.rank.position for profile in profiles)


def are_gated(profiles: Sequence[FitProfile]) -> bool:
    """Return whether any profile has gates; in a table all have the same."""
    some = profiles[:1] if isinstance(profiles, ProfileTable) else profiles
    return any(profile.gates for profile in some)


@frozen
class InterviewerEffect:
    """What an interviewer does to ratings."""

    interviewer: str
    name: str
    severity: float | None
    """Points on this scale as used; positive is stricter than peers."""
    interval: OpenInterval | None
    """Without its outer end where half of the ratings lie on that end of the scale: severity is then at least so."""
    ratings: int


@frozen
class Comparison:
    """All candidates of an opening, or of a file of ratings, side by side."""

    method: Method
    level: float
    """Of every interval, such as 0.9."""
    scale: ScaleUsed
    counts: Counts
    profiles: Sequence[FitProfile]
    """Best first, those without a score last; in the order in which they were added where nobody is ranked."""
    interviewers: tuple[InterviewerEffect, ...]
    rubric: RubricRef | None = None
    model: ModelSummary | None = None
    findings: tuple[Finding, ...] = ()
    criterion_names: Mapping[str, str] = field(factory=dict)
    """Criterion id to the name that a person reads."""
    robustness: Robustness | None = None
    """What it takes to change who leads; None where nobody asked."""
    panel: PanelStrength | None = None
    """How well such a panel finds the best; None where the ratings do not tell, or nobody is ranked."""
    ranking: RankingPolicy = RankingPolicy.ON
    """Where it is off, no profile has an overall score, a rank or a recommendation by the policy."""

    @property
    def ranks(self) -> bool:
        """Whether candidates are put in an order."""
        return self.ranking is RankingPolicy.ON


def _known(value: float) -> float | None:
    return None if value != value else value  # noqa: PLR0124 - tells NaN


@frozen(eq=False)
class CriterionTable:
    """Scores of N candidates on C criteria, N · C entries in each column: candidate by candidate."""

    criteria: Sequence[str]
    """(C,) ids."""
    score: Sequence[float]
    """Not a number where there is none."""
    low: Sequence[float]
    """Of the interval; not a number where there is none."""
    high: Sequence[float]
    observed: Sequence[float]
    """Not a number where there is none."""
    ratings: Sequence[int]
    state: Sequence[BarState | None]
    above: Sequence[float]
    """Probability of reaching the bar; not a number where there is none."""
    adjusted: Sequence[float]
    """Not a number where there is none."""
    no_evidence: Sequence[int]
    not_assessed: Sequence[int]

    def at(self, place: int, criterion: str) -> CriterionScore:
        """Make the score at this place of the columns."""
        low = _known(self.low[place])
        return CriterionScore(
            criterion,
            _known(self.score[place]),
            None if low is None else (low, self.high[place]),
            _known(self.observed[place]),
            self.ratings[place],
            self.state[place],
            _known(self.above[place]),
            _known(self.adjusted[place]),
            self.no_evidence[place],
            self.not_assessed[place],
        )

    def row(self, candidate: int) -> "CriterionRow":
        """Return the scores of a candidate."""
        return CriterionRow(self, candidate * len(self.criteria))

    def rows(self) -> list["CriterionRow"]:
        """Return the scores of every candidate."""
        return [self.row(n) for n in range(len(self.score) // len(self.criteria))] if self.criteria else []


@frozen
class CriterionRow(Sequence[CriterionScore]):
    """The scores of one candidate."""

    table: CriterionTable = field(eq=id)
    start: int
    """Where they begin in the columns."""

    def __len__(self) -> int:
        return len(self.table.criteria)

    def __iter__(self) -> Iterator[CriterionScore]:
        return map(self.table.at, range(self.start, self.start + len(self)), self.table.criteria)

    @overload
    def __getitem__(self, item: int) -> CriterionScore: ...
    @overload
    def __getitem__(self, item: slice) -> Sequence[CriterionScore]: ...
    def __getitem__(self, item: int | slice) -> CriterionScore | Sequence[CriterionScore]:
        if isinstance(item, slice):
            return tuple(self)[item]
        place = range(len(self))[index(item)]
        return self.table.at(self.start + place, self.table.criteria[place])
