"""Criterion scores of very many candidates: kept in columns, made one by one when they are asked for."""

from collections.abc import Iterator, Sequence
from operator import index
from typing import overload

from attrs import frozen

from hiringkit.domain.profile import CriterionScore, Interval


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
    below: Sequence[int]
    """1 where the score is below the bar, -1 where there is no bar or no score."""
    no_evidence: Sequence[int]
    not_assessed: Sequence[int]

    def at(self, place: int, criterion: str) -> CriterionScore:
        """Make the score at this place of the columns."""
        score, low, observed, below = self.score[place], self.low[place], self.observed[place], self.below[place]
        interval: Interval | None = None if low != low else (low, self.high[place])  # noqa: PLR0124 - tells NaN
        return CriterionScore(
            criterion,
            None if score != score else score,  # noqa: PLR0124 - as above
            interval,
            None if observed != observed else observed,  # noqa: PLR0124 - as above
            self.ratings[place],
            None if below < 0 else bool(below),
            self.no_evidence[place],
            self.not_assessed[place],
        )

    def rows(self) -> list["CriterionRow"]:
        """Return the scores of every candidate."""
        width = len(self.criteria)
        return [CriterionRow(self, start) for start in range(0, len(self.score), width)] if width else []


@frozen(eq=False)
class CriterionRow(Sequence[CriterionScore]):
    """The scores of one candidate."""

    table: CriterionTable
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
