"""What a selection is worth: how often a panel of a given size finds the best candidate."""

from enum import StrEnum

from attrs import frozen

Band = tuple[float, float]
"""A lower and an upper figure."""


@frozen
class SelectionQuality:
    """How well the hires are chosen, given how reliable the scores are.

    Regret is in standard deviations of the candidates' true scores.
    """

    chance_best: float
    """Probability that the best candidate is among those hired."""
    regret: float
    """By how much the hired fall short of the best, in the mean of their true scores."""
    true_positive_rate: float
    """Share of those selected who belong to the best that many."""
    false_positive_rate: float
    """Share of those selected who do not."""
    false_negative_rate: float
    """Share of those rejected who belong to the best."""


class ReliabilitySource(StrEnum):
    """Where the reliability of one interview is taken from."""

    GIVEN = "given"
    """Whoever asks says it."""
    PRIOR = "prior"
    """There are no ratings to go by."""
    RATINGS = "ratings"
    """The opening's own ratings, read with the prior."""


@frozen
class InterviewReliability:
    """How reliable one interview is, and how that is known."""

    single: float
    """Share of the variance between scores of one interview that is differences between candidates, 0 to 1."""
    source: ReliabilitySource
    band: Band | None = None
    """The middle 80 % of what is plausible; None where it was given."""
    prior: str = ""
    """The name of the prior that stands behind it; empty where it was given."""
    candidates: int = 0
    """Rated ones behind it."""
    spread: float | None = None
    """Standard deviation of the candidates' true scores, in rating points; None where no ratings tell it."""


@frozen
class PanelStrength:
    """How well a panel such as the one that held an opening's interviews finds the best candidate."""

    interviewers: float
    """Whom each rated candidate met, on average."""
    of: int
    """Rated candidates."""
    reliability: float
    """Of a candidate's mean over the interviews, 0 to 1."""
    chance_best: float
    """Probability that the best of so many is first."""
    band: Band | None
    """That at either end of what is plausible of one interview's reliability."""
    one_more: float
    """That probability if each candidate met one interviewer more."""


@frozen
class PanelSize:
    """A number of interviewers for each candidate, and what it is worth."""

    interviewers: int
    reliability: float
    """Of a candidate's mean over the interviews, 0 to 1."""
    quality: SelectionQuality
    chance_band: Band | None
    """The chance of hiring the best at either end of what is plausible of one interview's reliability."""
    minutes: float
    """Of interviews with all candidates together."""
    minutes_per_point: float | None
    """Minutes for each percentage point of the chance that the last interviewer adds; None where it adds none."""


@frozen
class PanelChoice:
    """Panels of several sizes beside each other."""

    hire: int
    of: int
    """Candidates."""
    minutes: float
    """Of one interview."""
    reliability: InterviewReliability
    sizes: tuple[PanelSize, ...]
    """Ascending by the number of interviewers."""
    target: float | None = None
    """The chance of hiring the best that is wanted."""
    cheapest: int | None = None
    """The fewest interviewers of `sizes` that reach the target; None where none does, or there is no target."""
    enough: int | None = None
    """The fewest interviewers that reach the target at all, where none of `sizes` does; None beyond `MOST_TRIED`."""
    opening: str = ""
    """The opening that was asked about; may be empty."""
