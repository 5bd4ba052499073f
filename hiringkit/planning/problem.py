"""What a plan of a panel has to satisfy, and the kit of one interview."""

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

HALF_SHARE = 0.5
"""Of its share of the time, what every criterion gets at least: less is a gap in a rubric's coverage, too."""
FULL_SHARE = 0.8
"""Of its share of the time, what counts as having it: minutes are whole questions, and do not divide more finely."""


@frozen
class PanelQuestion:
    """A question that may be asked."""

    id: str
    minutes: float
    """Planned, probes included."""
    shares: Mapping[str, float]
    """How its minutes are divided among the rubric's criteria; sums to 1."""


@frozen
class PanelCriterion:
    """A criterion that is to be covered."""

    id: str
    share: float
    """Of all criterion weight, 0 to 1."""
    interviewers: int
    """Distinct ones who are to ask each candidate about it."""


@frozen
class PanelInterviewer:
    """Somebody who can interview."""

    id: str
    minutes: float
    """Of an interview, opening and close included."""
    at_least: int = 0
    at_most: int | None = None
    asks: frozenset[str] | None = None
    """Ids of questions that they are qualified for; None for all."""
    times: tuple[datetime, ...] | None = None
    """When interviews may begin, ascending; None for any time."""


@frozen
class HeldInterview:
    """An interview that has taken place or begun, or that somebody scheduled apart from any plan: it stays."""

    interviewer: str
    questions: tuple[str, ...]
    kit: int | None = None
    """The place of its kit in `PanelProblem.kits`; None where it belongs to none."""
    at: datetime | None = None


@frozen
class PanelCandidate:
    """Somebody who is to be interviewed."""

    id: str
    apart: frozenset[str] = frozenset()
    """Interviewers whom they must not meet."""
    times: frozenset[datetime] | None = None
    """When interviews may begin; None for any time."""
    held: tuple[HeldInterview, ...] = ()
    planned: Mapping[str, int] = field(factory=dict)
    """In the plan before: interviewers, and the place of the kit in `PanelProblem.kits`; without what is held."""

    @property
    def elsewhere(self) -> tuple[HeldInterview, ...]:
        """Interviews that belong to no kit."""
        return tuple(each for each in self.held if each.kit is None)


@frozen
class EarlierKit:
    """A kit of the plan before."""

    questions: tuple[str, ...]
    begun: bool
    """Whether anybody was interviewed with it: then everybody else is asked the same."""


@frozen
class PanelProblem:
    """What is to be planned. Every candidate has one interview with each kit, each with another interviewer."""

    questions: tuple[PanelQuestion, ...]
    criteria: tuple[PanelCriterion, ...]
    interviewers: tuple[PanelInterviewer, ...]
    candidates: tuple[PanelCandidate, ...]
    interviews: int
    """Kits, and so interviews of a candidate."""
    margin: float
    """Minutes of an interview for its opening and close."""
    kits: tuple[EarlierKit, ...] = ()
    """Of the plan before, at most as many as `interviews`."""

    @property
    def timed(self) -> bool:
        """Whether anybody's times are known."""
        return any(each.times is not None for each in self.interviewers)

    def interviewer(self, identity: str) -> PanelInterviewer | None:
        """Return the interviewer with this id, or None: somebody may have left the panel."""
        return next((each for each in self.interviewers if each.id == identity), None)


@frozen
class KitQuestion:
    """A question that may be asked."""

    minutes: float
    spent: tuple[float, ...]
    """Its minutes as they go to each criterion."""
    main: tuple[int, ...]
    """The places of the criteria that it is mainly about."""
    times: int = 0
    """In how many of the candidate's other interviews it is asked."""


@frozen
class KitProblem:
    """What a kit is chosen from, in the rubric's order."""

    questions: tuple[KitQuestion, ...]
    shares: tuple[float, ...]
    """Each criterion's share of the weight."""
    gates: tuple[int, ...]
    """The places of the criteria that are required."""
    minutes: float
