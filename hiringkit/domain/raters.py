"""How interviewers rate, beside those who rated the same candidates."""

from attrs import frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import OpenInterval


@frozen
class Measure:
    """A figure about an interviewer, with what it rests on."""

    estimate: float | None
    """None where there is too little, or nothing to compare with."""
    interval: OpenInterval | None
    n: int
    """Candidates, interviews or ratings that it rests on."""
    least: int
    """Fewest of them that carry it."""
    peers: float | None = None
    """The same of the others who rated these candidates, where it is compared with that."""

    @property
    def too_few(self) -> bool:
        """Whether it rests on too little to be shown."""
        return self.n < self.least


@frozen
class CriterionBias:
    """How an interviewer rates one criterion, besides being strict or mild on all."""

    criterion: str
    measure: Measure
    beyond_chance: bool
    """Whether chance does not explain it, over all interviewers and criteria."""


@frozen
class RaterLine:
    """One interviewer."""

    interviewer: str
    name: str
    interviews: int
    """Submitted ones."""
    ratings: int
    """Numbers given in them."""
    severity: Measure
    """Points by which ratings are lower than those of the others; positive is stricter."""
    spread: Measure
    """Standard deviation over candidates within a criterion, divided by that of the others; below 1 is narrower."""
    central: Measure
    """Share of ratings on the middle of the scale, less that of the others; positive is nearer to the middle."""
    differentiation: Measure
    """Standard deviation among the criteria of an interview, less that of the others; negative is flatter."""
    consistency: Measure
    """Mean square of the standardised residuals beside the panel; 1 is as the others, above is further from them."""
    correlation: Measure
    """Of the means of candidates with those that the others gave."""
    drift: Measure
    """Points by which ratings, beside the others', rose from the first interview to the last."""
    before: Measure
    """Points added for each point by which the candidate before was better; negative is contrast."""
    evidence: Measure
    """Share of the numbers that have evidence written down."""
    hours: Measure
    """Median hours from the first rating of an interview to its scorecard."""
    bias: tuple[CriterionBias, ...]
    """By criterion, those that anybody else rated of the same candidates."""


@frozen
class Raters:
    """The interviewers of an opening, or of all."""

    opening: str | None
    """None for all openings."""
    level: float
    """Of every interval."""
    source: str
    """What severity is worked out from: `model`, `means` (both as in the comparison) or `peers`."""
    lines: tuple[RaterLine, ...]
    openings: int
    """Openings whose ratings are in it."""
    findings: tuple[Finding, ...] = ()
