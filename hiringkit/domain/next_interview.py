"""Which further interview is expected to tell most about who is best."""

from attrs import frozen

from hiringkit.domain.finding import Finding


@frozen
class FurtherInterview:
    """An interview that could still be held, and what it is expected to bring."""

    candidate: str
    interviewer: str
    questions: tuple[str, ...]
    """Ids, in the order in which they are asked."""
    minutes: float
    interview: str
    """The id where it is planned already; else empty."""
    again: bool
    """Whether the interviewer has rated the candidate before."""
    wrong_drop: float
    """Expected fall of the chance that whoever is chosen is not the best."""
    regret_drop: float
    """Expected fall of the regret, in rating points."""
    changes: float
    """Chance that somebody else leads after it."""


@frozen
class NextInterview:
    """What further interviews are worth before choosing whoever leads."""

    opening: str
    leader: str | None
    """Who would be chosen now; None where nobody leads alone."""
    wrong: float | None
    """Chance that somebody else is better; None where no model tells it."""
    regret: float | None
    """Expected loss of choosing the leader, in rating points: what knowing everything would be worth."""
    minutes: float
    """How long a further interview may be."""
    further: tuple[FurtherInterview, ...]
    """The one expected to save most regret first."""
    enough: bool | None
    """Whether none of them is likely to change the choice; None where that is not known, or none could be held."""
    draws: int
    findings: tuple[Finding, ...] = ()
