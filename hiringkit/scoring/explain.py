"""What has to be said beside calibrated scores: what they allow for, and where they cannot be trusted."""

from collections.abc import Iterator, Mapping

import numpy as np
from attrs import frozen

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.sentence import Sentence
from hiringkit.scoring.criterionrows import TIE
from hiringkit.scoring.design import Design
from hiringkit.scoring.evidence import Evidence
from hiringkit.scoring.faults import NAMED, quoted
from hiringkit.scoring.fit import Fit
from hiringkit.scoring.ratings import Blueprint, Bools, Floats, RatingColumns
from hiringkit.scoring.remarks import LINK
from hiringkit.scoring.unrated import listed, unrated_remarks

SENSITIVE = 0.2
"""Share of its half-interval that a score may move under another prior without a word."""
CROWDED = 0.25
"""Share of ratings on one end of the scale from which residuals are looked at."""
PACKED = 0.5
"""Share of ratings on one end of the scale that needs no look at residuals."""
SQUEEZED = 0.8
"""Residual spread beside that of the other ratings, below which the end of the scale has cut ratings off."""
MANY = 1_000
"""Candidates up to whom the order of means is compared with that of scores."""

PREDICTED = Sentence("some criteria were not rated; the overall score predicts them from the other ratings: {names}")
NOT_CONVERGED = Sentence("the fit did not converge, so the scores are not to be relied on")
DISCONNECTED = Sentence(
    "no interviewer joins {one} and {other}, so severity cannot be told from merit and nobody is ranked"
)
MORE_GROUPS = Sentence("{more} more groups of candidates are joined to the others by no interviewer either")
SENSITIVE_TO = Sentence(
    "the ratings say little beside the prior: under the {other} prior an overall score moves by {moved:.2f} points"
)
AGREED = Sentence("ratings agree almost to the digit; intervals allow for little more than their rounding to levels")
PRIOR_UNUSED = Sentence("variances are estimated from the ratings alone, so the {prior} prior is not used")
CEILING = Sentence("{share:.0%} of ratings are the highest level, so differences between strong answers are lost")
FLOOR = Sentence("{share:.0%} of ratings are the lowest level, so differences between weak answers are lost")
MET_STRICT = Sentence(
    "{winner} stands before {loser} although the mean of the ratings is lower ({a:.2f} against {b:.2f}): "
    "{interviewer}, who rates {points:.2f} points lower than the panel, {saw}"
)
MET_LENIENT = Sentence(
    "{winner} stands before {loser} although the mean of the ratings is lower ({a:.2f} against {b:.2f}): "
    "{interviewer}, who rates {points:.2f} points higher than the panel, {saw}"
)
SAW_ONLY = Sentence("saw {one} and not {other}")
SAW_MORE = Sentence("gave a larger share of the ratings of {one} than of {other}")


@frozen(eq=False)
class Told:
    """All that the remarks are about, but for the fit."""

    columns: RatingColumns
    blueprint: Blueprint
    design: Design
    evidence: Evidence
    names: Mapping[str, str]
    interviewer_names: Mapping[str, str]

    def candidates(self, which: Bools) -> str:
        """Name the candidates of a mask over all candidates."""
        return listed(self.columns.candidates, which, self.names)

    def candidate(self, compact: int) -> str:
        """Name one of the design's candidates."""
        who = self.columns.candidates[int(self.design.candidates[compact])]
        return quoted(self.names.get(who, who))

    def interviewer(self, compact: int) -> str:
        """Name one of the design's interviewers."""
        who = self.columns.interviewers[int(self.design.interviewers[compact])]
        return quoted(self.interviewer_names.get(who, who))


def calibrated_remarks(told: Told, fit: Fit, prior: str | None) -> Iterator[Finding]:
    """Say what a reader of calibrated scores has to know, the gravest first."""
    if not fit.converged:
        yield Finding("not-converged", NOT_CONVERGED, Severity.WARNING, "read the observed means")
    yield from _on_groups(told)
    yield from unrated_remarks(told.columns.candidates, told.names, told.evidence, told.blueprint)
    yield from _on_predictions(told)
    yield from _on_prior(fit, prior)
    yield from _on_agreement(fit)
    yield from _on_ends(told, fit)
    yield from _on_order(told, fit)


def _on_groups(told: Told) -> Iterator[Finding]:
    """Name the groups that cannot be compared, and one interview for each that would join it to the first."""
    groups = told.design.groups
    for number, (interviewer, candidate) in enumerate(groups.links[:NAMED], start=1):
        one, other = (_members(told, groups.candidate == group) for group in (0, number))
        hint = LINK.format(interviewer=told.interviewer(interviewer), candidate=told.candidate(candidate))
        yield Finding("disconnected", DISCONNECTED.format(one=one, other=other), Severity.WARNING, hint)
    if more := len(groups.links[NAMED:]):
        yield Finding("disconnected", MORE_GROUPS.format(more=more), Severity.WARNING)


def _members(told: Told, which: Bools) -> str:
    wide = np.zeros(len(told.columns.candidates), dtype=bool)
    wide[told.design.candidates[which]] = True
    return told.candidates(wide)


def _on_predictions(told: Told) -> Iterator[Finding]:
    """Say whose overall score leans on criteria that others were rated on."""
    unrated = np.isnan(told.evidence.score[:, told.design.criteria])
    some: Bools = np.any(unrated, axis=1) & ~np.all(unrated, axis=1)
    if names := told.candidates(some):
        yield Finding("criterion-predicted", PREDICTED.format(names=names), Severity.INFO)


def _on_prior(fit: Fit, asked: str | None) -> Iterator[Finding]:
    """Say when the answer leans on the prior."""
    if asked is not None and "prior" not in fit.details:
        yield Finding("prior-unused", PRIOR_UNUSED.format(prior=asked), Severity.INFO)
    if fit.alternative is None:
        return
    moved = np.abs(fit.alternative - fit.score[:, 0])
    half = (fit.interval[:, 0, 1] - fit.interval[:, 0, 0]) / 2
    if (moved > SENSITIVE * half).any():
        message = SENSITIVE_TO.format(other=fit.details["alternative_prior"], moved=float(moved.max()))
        yield Finding("prior-sensitive", message, Severity.WARNING, "collect more ratings")


def _on_agreement(fit: Fit) -> Iterator[Finding]:
    """Say when ratings agree so well that only their rounding is left."""
    least, residual = fit.details.get("residual_at_least"), fit.variances["residual"].estimate
    if isinstance(least, float) and residual is not None and residual < 2 * least:
        yield Finding("agreement-to-the-digit", AGREED, Severity.INFO)


def _on_ends(told: Told, fit: Fit) -> Iterator[Finding]:
    """Say when an end of the scale cuts ratings off, which a linear model does not know of."""
    if fit.fitted is None:
        return
    value = told.design.rows.value
    residual = np.abs(value - fit.fitted)
    for code, message, end, sign in (
        ("ceiling", CEILING, told.blueprint.high, 1),
        ("floor", FLOOR, told.blueprint.low, -1),
    ):
        share = float((value == end).mean())
        if share >= PACKED or (share >= CROWDED and _squeezed(residual, sign * fit.fitted)):
            yield Finding(code, message.format(share=share), Severity.WARNING)


def _squeezed(residual: Floats, toward: Floats) -> bool:
    """Tell whether residuals are smaller in the third of the ratings nearest to an end of the scale."""
    near = toward >= np.quantile(toward, 2 / 3)
    if near.all():
        return False
    return bool(np.sqrt((residual[near] ** 2).mean()) < SQUEEZED * np.sqrt((residual[~near] ** 2).mean()))


def _on_order(told: Told, fit: Fit) -> Iterator[Finding]:
    """Say of the two whom the model most clearly puts the other way round than the means do, why."""
    if told.design.groups.count > 1 or len(told.design.candidates) > MANY:
        return
    observed = told.evidence.overall[told.design.candidates]
    ahead = fit.score[:, 0][:, None] - fit.score[:, 0]
    behind = observed - observed[:, None]
    turned = np.where((ahead > TIE) & (behind > TIE), np.minimum(ahead, behind), 0.0)
    winner, loser = np.unravel_index(int(np.argmax(turned)), turned.shape)
    if turned[winner, loser] > 0:
        yield from _reason(told, fit, observed, int(winner), int(loser))


def _reason(told: Told, fit: Fit, observed: Floats, winner: int, loser: int) -> Iterator[Finding]:
    """Find the interviewer whose severity speaks most for the winner."""
    first, second = _shares(told.design, winner), _shares(told.design, loser)
    speaks = fit.severity * (first - second)
    who = int(np.argmax(speaks))
    if speaks[who] <= TIE:
        return
    strict = fit.severity[who] > 0
    one, other = (winner, loser) if strict else (loser, winner)
    only = (second if strict else first)[who] == 0
    saw = (SAW_ONLY if only else SAW_MORE).format(one=told.candidate(one), other=told.candidate(other))
    message = (MET_STRICT if strict else MET_LENIENT).format(
        winner=told.candidate(winner),
        loser=told.candidate(loser),
        a=observed[winner],
        b=observed[loser],
        interviewer=told.interviewer(who),
        points=abs(fit.severity[who]),
        saw=saw,
    )
    yield Finding("order-changed", message, Severity.INFO)


def _shares(design: Design, candidate: int) -> Floats:
    """Return the (I,) shares of a candidate's ratings that each interviewer gave."""
    mine = design.rows.candidate == candidate
    counts = np.bincount(design.rows.interviewer[mine], minlength=design.rows.interviewers)
    return np.asarray(counts / counts.sum())
