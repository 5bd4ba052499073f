"""How far interviewers agree: coefficients with their intervals, None where the data carry none."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from attrs import field, frozen

from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import Interval, OpenInterval
from hiringkit.text.sentence import Sentence

DEPENDABLE = 0.8
"""The Φ that a mean of ratings had better reach before a person is hired or refused on it."""

REACHED = Sentence("With {now} interviewers {phi}: dependable enough to decide on")
OPEN = Sentence("With {now} interviewers {phi}: whether it reaches {target}, enough to decide on, is open")
MISSED = Sentence("With {now} interviewers {phi}: not dependable enough to decide on, which takes {target}")
PHI = Sentence("Φ = {phi}")
PHI_BETWEEN = Sentence("Φ = {phi} ({level} % interval {low} to {high})")
CHEAPEST = Sentence(
    "By these ratings, {interviewers} interviewers with {questions} questions each would give {phi}, in the least time"
)
ONE_EACH = Sentence(
    "By these ratings, {interviewers} interviewers with one question each would give {phi}, in the least time"
)
NOWHERE = Sentence("By these ratings, even {interviewers} interviewers with {questions} questions each give only {phi}")
MORE_CANDIDATES = Sentence("More candidates would show it")
NO_DIFFERENCES = Sentence("The ratings show no differences between candidates beyond chance and interviewers")


class ErrorSource(StrEnum):
    """What most of the error in a candidate's mean comes from."""

    SEVERITY = "severity"
    """Who asked: some interviewers rate everybody lower."""
    HALO = "halo"
    """What one interview has for all its questions."""
    QUESTIONS = "questions"
    """What was asked, and chance in single ratings."""


ADVICE = {
    ErrorSource.SEVERITY: Sentence(
        "Most of the error is who asked: let the same interviewers see all candidates, or use calibrated scores"
    ),
    ErrorSource.HALO: Sentence(
        "Most of the error is shared by all questions of an interview: more interviewers help, more questions do not"
    ),
    ErrorSource.QUESTIONS: Sentence(
        "Most of the error is in single answers: ask more questions, and sharpen their anchors"
    ),
}


class PhiVerdict(StrEnum):
    """Whether Φ reaches the target."""

    REACHED = "reached"
    """All of its interval does."""
    OPEN = "open"
    """Its interval holds the target."""
    MISSED = "missed"
    """None of its interval does."""


@frozen
class DesignPhi:
    """What a panel of one design would give, in a D study."""

    interviewers: int
    questions: float
    """Of each interviewer."""
    phi: float | None
    erho2: float | None
    phi_interval: Interval | None = None


@frozen
class Coefficient:
    """One coefficient."""

    estimate: float | None
    interval: OpenInterval | None = None
    """Without a lower end where the reliability of a mean may be any number below its upper one."""
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
    d_study: tuple[DesignPhi, ...] = ()
    """By number of interviewers, first with as many questions each as now, then with other numbers of questions."""
    interviewers: float | None = None
    """How many rated a candidate, as `phi` and `erho2` have it; a harmonic mean where that varies."""
    questions: float | None = None
    """How many questions a candidate was rated on; a harmonic mean where that varies."""
    phi_interval: Interval | None = None
    erho2_interval: Interval | None = None
    target: float = DEPENDABLE
    """The Φ that a decision takes."""
    verdict: PhiVerdict | None = None
    """None without Φ, or where its interval is not known."""
    cheapest: DesignPhi | None = None
    """The design that takes a candidate least time, of those with two interviewers or more that reach the target."""
    largest_error: ErrorSource | None = None
    """Of the present design; None where there is no error."""

    def sentences(self, level: float, translate: Callable[[str], str] = str) -> tuple[str, ...]:
        """Return what the D study means, each sentence without its full stop; nothing where there is no Φ.

        Args:
            level: Of the interval.
            translate: From an English template with named fields to the reader's language.
        """
        if self.phi is None or self.interviewers is None or self.verdict is None:
            return ()
        template = {PhiVerdict.REACHED: REACHED, PhiVerdict.OPEN: OPEN, PhiVerdict.MISSED: MISSED}[self.verdict]
        low, high = self.phi_interval or (self.phi, self.phi)
        phi = translate(PHI_BETWEEN if self.phi_interval else PHI).format(
            phi=f"{self.phi:.2f}", low=f"{low:.2f}", high=f"{high:.2f}", level=f"{100 * level:.3g}"
        )
        target = f"{self.target:.2f}"
        said = [translate(template).format(now=f"{self.interviewers:.3g}", phi=phi, target=target)]
        if self.verdict is not PhiVerdict.REACHED and round(self.phi, 2) < self.target:
            said.extend(self._remedies(translate))
        elif self.verdict is PhiVerdict.OPEN:
            said.append(translate(MORE_CANDIDATES))
        return tuple(said)

    def _remedies(self, translate: Callable[[str], str]) -> Iterator[str]:
        """Yield which design would do, and what it is that makes Φ low."""
        best = self.cheapest or max(self.d_study, key=lambda each: (each.interviewers, each.questions))
        if not best.phi:
            yield translate(NO_DIFFERENCES)
            return
        template = NOWHERE if self.cheapest is None else ONE_EACH if best.questions == 1 else CHEAPEST
        yield translate(template).format(
            interviewers=best.interviewers, questions=f"{best.questions:.3g}", phi=f"{best.phi:.2f}"
        )
        if self.largest_error is not None:
            yield translate(ADVICE[self.largest_error])


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
