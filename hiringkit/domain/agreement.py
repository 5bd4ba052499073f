"""How far interviewers agree: coefficients with their intervals, None where the data carry none."""

from collections.abc import Callable, Mapping

from attrs import field, frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import Interval
from hiringkit.text.sentence import Sentence

DEPENDABLE = 0.8
"""The Phi that a mean of ratings had better reach before a person is hired or refused on it."""

ENOUGH = Sentence("With {now} interviewers Φ = {phi}: dependable enough to decide on")
MORE = Sentence("With {now} interviewers Φ = {phi}; {more} would give {better}")
NEVER = Sentence("With {now} interviewers Φ = {phi}; even {more} would give only {better}: ask more, sharpen anchors")


@frozen
class Coefficient:
    """One coefficient."""

    estimate: float | None
    interval: Interval | None = None
    standard_error: float | None = None
    weights: str = ""
    """Which weights or metric, where there is a choice, such as `identity`, `quadratic` or `ordinal`."""


@frozen
class Generalizability:
    """A G study and the D study that follows from it."""

    components: Mapping[str, float | None]
    """Variance components by effect, in squared rating points."""
    phi: float | None
    """Dependability of the mean over the design's conditions, for absolute decisions."""
    erho2: float | None
    """Generalizability coefficient, for relative decisions."""
    d_study: tuple[Mapping[str, float | None], ...] = ()
    """One entry for each number of interviewers: `interviewers`, `phi`, `erho2`."""
    interviewers: float | None = None
    """How many rated a candidate, as `phi` and `erho2` have it; a harmonic mean where that varies."""
    questions: float | None = None
    """How many questions a candidate was rated on; a harmonic mean where that varies."""
    phi_interval: Interval | None = None
    erho2_interval: Interval | None = None

    def enough(self, phi: float = DEPENDABLE) -> int | None:
        """Return the fewest interviewers whose mean reaches `phi` to two digits; None where none does."""
        reached = (row for row in self.d_study if round(row["phi"] or 0.0, 2) >= phi)
        return next((round(row["interviewers"] or 0.0) for row in reached), None)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Return what the D study means in one sentence, empty where there is no Phi.

        Args:
            translate: From an English template with named fields to the reader's language.
        """
        if self.phi is None or self.interviewers is None or not self.d_study:
            return ""
        enough = self.enough()
        last = self.d_study[-1 if enough is None else enough - 1]
        template = ENOUGH if round(self.phi, 2) >= DEPENDABLE else NEVER if enough is None else MORE
        return translate(template).format(
            now=f"{self.interviewers:.3g}",
            phi=f"{self.phi:.2f}",
            more=round(last["interviewers"] or 0),
            better=f"{last['phi'] or 0.0:.2f}",
        )


@frozen
class AgreementSet:
    """The coefficients of one set of ratings."""

    icc: Mapping[str, Coefficient]
    """By `1,1` `1,k` `2,1` `2,k` `3,1` `3,k`."""
    krippendorff_alpha: Mapping[str, Coefficient]
    """By metric: `nominal`, `ordinal`, `interval`."""
    gwet_ac1: Coefficient
    gwet_ac2: Coefficient
    fleiss_kappa: Coefficient
    cohen_kappa_weighted: Coefficient
    kendall_w: Coefficient
    rwg_j: Coefficient
    generalizability: Generalizability | None = None
    reliability: Mapping[str, Coefficient] = field(factory=dict)
    """`single` and `average`, from the mixed model; for designs that are not complete."""


@frozen
class CriterionAgreement:
    """The coefficients of one criterion."""

    criterion: str
    ratings: int
    agreement: AgreementSet


@frozen
class Agreement:
    """The coefficients over all ratings and for each criterion."""

    level: float
    overall: AgreementSet
    per_criterion: tuple[CriterionAgreement, ...] = ()
    findings: tuple[Finding, ...] = ()
