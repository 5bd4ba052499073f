"""What it takes to change who leads a comparison: other weights, one interviewer less, one question less."""

from attrs import frozen

from hiringkit.domain.finding import Finding


@frozen
class WeightChange:
    """A criterion's share of the weight, and what it would have to be for somebody else to lead."""

    criterion: str
    share: float
    """Of all weight on criteria that anybody was rated on, 0 to 1."""
    nearest: float | None
    """Its share in the nearest weighting with another leader; None where no weighting has one."""
    alone: float | None
    """The nearest share with another leader if the other criteria keep their proportions; None where there is none."""
    alone_leader: str | None
    """Who leads then."""


@frozen
class LeadShare:
    """How often a candidate leads under plausible weightings."""

    candidate: str
    share: float


@frozen
class LeftOut:
    """Who leads without one interviewer, or without one question."""

    id: str
    leaders: tuple[str, ...]
    """Several where they tie; nobody where the rest of the ratings rank nobody."""
    lead: float | None
    """By how many rating points, over the best of the others; None where there is no other."""
    method: str
    """How the rest of the ratings was scored: `calibrated` or `observed`."""
    changed: bool | None
    """Whether it is somebody else than with all ratings; None where nobody leads in one of the two."""


@frozen
class Robustness:
    """How firmly the leader of a comparison leads."""

    leader: str | None
    """The one candidate with the highest score; None where several share it, nobody is ranked, or there is no other."""
    moved: float | None
    """The smallest share of all weight that has to move between criteria until somebody else is level."""
    moved_leader: str | None
    """Who is level then."""
    weights: tuple[WeightChange, ...]
    leads: tuple[LeadShare, ...]
    """The most frequent leader first."""
    concentration: float
    """Of the Dirichlet distribution of weightings: the shares times this are its parameters."""
    draws: int
    without_interviewer: tuple[LeftOut, ...]
    without_question: tuple[LeftOut, ...]
    findings: tuple[Finding, ...] = ()
