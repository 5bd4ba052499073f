"""Fairness: how selection and scores come out by group, and what small numbers let one say about it.

Nothing here is about one person. A group with fewer people than a stated minimum is counted and neither named nor
shown.
"""

from enum import StrEnum

from attrs import field, frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import Interval

FOUR_FIFTHS = 0.8
"""The impact ratio below which the Uniform Guidelines (29 CFR 1607.4(D)) speak of adverse impact."""
SIGNIFICANCE = 0.05
"""The probability below which a difference is said to be beyond chance."""
LEAST_PEOPLE = 5
"""People that a group has at least before it is named and compared: with fewer, somebody could be recognised."""


class RateMeasure(StrEnum):
    """What groups are compared by."""

    SELECTION = "selection"
    """Hired, or whatever else selected means, of those about whom it is decided."""
    STAGE = "stage"
    """Reached a stage, of those who had reached the one before."""
    SCORE = "score"
    """Overall score above the median of all."""
    CRITERION = "criterion"
    """Score on one criterion above the median of all."""


class RateState(StrEnum):
    """What a table of rates can say."""

    COMPARED = "compared"
    """Groups are compared."""
    TOO_FEW = "too-few-people"
    """Fewer than two groups are large enough."""
    NONE = "none"
    """Nobody was selected, or scored above the median: there is nothing to compare."""
    EVERYBODY = "everybody"
    """Everybody was selected: there is nothing to compare."""


@frozen
class GroupCount:
    """How many of a group were selected."""

    group: tuple[str, ...]
    """A value of each column that the group is by; one, or two for an intersection."""
    applicants: int
    selected: int


@frozen
class Impact:
    """A group beside the one with the highest rate."""

    ratio: float
    """The group's rate over the highest."""
    ratio_interval: Interval
    below_four_fifths: bool
    """Whether the ratio is below four fifths."""
    difference: float
    """The group's rate less the highest."""
    difference_interval: Interval
    z: float | None
    """Of two proportions; None where all of both groups were selected."""
    p: float | None
    """Two-sided, of that z."""
    fisher_two_sided: float
    fisher_one_sided: float
    """Of so few or fewer of this group."""
    fisher_mid_p: float
    """Two-sided, with half the probability of what was seen."""

    @property
    def beyond_chance(self) -> bool:
        """Whether the difference is larger than chance explains."""
        return self.fisher_mid_p < SIGNIFICANCE


@frozen
class GroupRate:
    """The rate of a group."""

    group: tuple[str, ...]
    applicants: int
    selected: int
    rate: float
    interval: Interval
    impact: Impact | None = None
    """None for the group with the highest rate, beside which the others stand."""


@frozen
class RateTable:
    """The rates of all groups by one measure and one column, or two columns together."""

    measure: RateMeasure
    name: str
    """Which stage or criterion it is; empty for selection and for the overall score."""
    label: str
    """That in words."""
    by: tuple[str, ...]
    """The column, or two of them."""
    state: RateState
    groups: tuple[GroupRate, ...] = ()
    """The highest rate first; none unless groups are compared."""
    people: int = 0
    """Those whose group is known."""
    unknown: int = 0
    """Those whose group is not known; they are in no group."""
    small_groups: int = 0
    """Groups that are too small to be shown."""
    people_in_small: int = 0
    """Those who belong to them."""


@frozen
class Fairness:
    """How an opening, several of them or a table of counts come out by group."""

    openings: tuple[str, ...]
    """Their ids; none where counts were given."""
    minimum: int
    """People below which a group is not shown."""
    level: float
    """Of every interval."""
    tables: tuple[RateTable, ...]
    candidates: int = 0
    """Those who have not withdrawn."""
    withdrawn: int = 0
    """Left out of everything."""
    undecided: int = 0
    """Of the candidates, those without an outcome: left out of the selection."""
    not_in_file: int = 0
    """Candidates of whom the file of groups says nothing."""
    not_in_opening: int = 0
    """Rows of the file that are no candidate here."""
    findings: tuple[Finding, ...] = field(default=())

    @property
    def comparisons(self) -> int:
        """How many differences were tested."""
        return sum(each.impact is not None for table in self.tables for each in table.groups)
