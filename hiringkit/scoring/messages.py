"""Findings on scores: why a number is missing, or means less than it seems to."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.rating_table import NUMBER
from hiringkit.scoring.arrays import Bools, Floats, find_groups
from hiringkit.scoring.calibrated.fit import Fit
from hiringkit.scoring.calibrated.history import History
from hiringkit.scoring.design import Design
from hiringkit.scoring.disagreement import Differences, narrow_scales
from hiringkit.scoring.evidence import Evidence, ends_sat_on
from hiringkit.scoring.observed.separation import PAIRED_AT_MOST
from hiringkit.scoring.observed.severity import Severities
from hiringkit.scoring.observed.spread import OverallSpread
from hiringkit.scoring.profiles import TIE
from hiringkit.scoring.ratings import NAMED, Blueprint, Ratings, first_few, number, quoted
from hiringkit.text.sentence import Sentence

LONGER = 1.25
"""Factor by which another prior may change the length of an interval without a finding."""
LIKELIER = 0.1
"""Change of a probability of being best under another prior that is not reported."""
HALVED = 0.5
"""Effective share of an interview's ratings above which halo is not reported."""

NO_SCORE = Sentence("no score for {names}: nobody has rated what counts")
COVERAGE_LOW = Sentence("less than {share:.0f} % of the criterion weight is rated: {names}")
GATE_UNRATED = Sentence("a required criterion has no score, so there is no recommendation: {names}")


def listed(ids: Sequence[str], which: Bools, names: Mapping[str, str]) -> str:
    """Name the first few of those that a mask selects and count the others; empty if it selects none."""
    return first_few([names.get(ids[i], ids[i]) for i in np.flatnonzero(which).tolist()])


def unrated_remarks(
    candidates: Sequence[str], names: Mapping[str, str], evidence: Evidence, blueprint: Blueprint
) -> Iterator[Finding]:
    """Report who has no score, who has low coverage and whose gate is unrated."""
    scored = ~np.isnan(evidence.overall)
    if who := listed(candidates, ~scored, names):
        yield Finding(Code.NO_SCORE, NO_SCORE.format(names=who), Severity.WARNING)
    least = blueprint.minimum_coverage
    if who := listed(candidates, scored & (evidence.coverage < least - TIE), names):
        hint = "schedule interviews on the criteria without a score"
        yield Finding(Code.COVERAGE_LOW, COVERAGE_LOW.format(share=100 * least, names=who), Severity.WARNING, hint)
    gates = blueprint.required & ~np.isnan(blueprint.bars)
    if who := listed(candidates, scored & (np.isnan(evidence.score) & gates).any(axis=1), names):
        yield Finding(Code.GATE_UNRATED, GATE_UNRATED.format(names=who), Severity.WARNING)


CALIBRATE = Sentence("the calibrated method allows for who rated whom")

NO_RATINGS = Sentence("no rating is a number, so nobody has a score")
ONE_CANDIDATE = Sentence("only {names} has a score, so there is nobody to compare with")
ALL_EQUAL = Sentence("every rating is {value}, so the ratings tell nobody from anybody")
ONE_INTERVIEWER = Sentence("the score rests on one interviewer, so it has no interval: {names}")
LITTLE_SHARED = Sentence("interviewers rated too few criteria in common to tell how sure the overall score is: {names}")
LENT_SPREAD = Sentence(
    "some criteria rest on one interviewer; the interval of the overall score takes it that ratings scatter"
    " there as they do on the others: {names}"
)
NO_SPREAD = Sentence(
    "the interviewers of {names} agree to the digit, which does not show how far off they may be: there is no interval"
)
CRITERION_UNRATED = Sentence("{missing} of {all} criterion scores are missing because nobody rated them")
CRITERION_ONE_INTERVIEWER = Sentence("{single} of {all} criterion scores rest on one interviewer and have no interval")
CRITERION_NO_SPREAD = Sentence(
    "{same} of {all} criterion scores have no interval because their interviewers agree to the digit"
)
NO_PROBABILITY = Sentence("means of ratings give no probability of being the best")
NOT_PAIRED = Sentence("more than {most} candidates have a score, so they are not compared pair by pair")
UNLINKED = Sentence(
    "no interviewer joins {one} and {other}, so the order of their means may be the order of how strict their"
    " interviewers are"
)
LINK = Sentence("if {interviewer} also saw {candidate}, they could be compared")
SEVERITY_UNKNOWN = Sentence("nobody else rated the same answers, so how strict they are is not known: {names}")
SEVERITY_NO_SPREAD = Sentence(
    "they differ from the others by the same amount with every candidate, so their severity has no interval: {names}"
)
SEVERITY_ONE_CANDIDATE = Sentence("how strict they are shows in one candidate only, so it has no interval: {names}")


@frozen(eq=False)
class FittedInputs:
    """Everything that the remarks are about."""

    columns: Ratings
    blueprint: Blueprint
    evidence: Evidence
    spread: OverallSpread
    severities: Severities
    low: Floats
    """(n, C) lower ends of the criterion intervals, NaN where there is none."""
    names: Mapping[str, str]
    """Candidate id to name."""
    interviewer_names: Mapping[str, str]
    """Interviewer id to name."""

    def candidates(self, which: Bools) -> str:
        """Name the candidates of a mask."""
        return listed(self.columns.candidates, which, self.names)

    def interviewers(self, which: Bools) -> str:
        """Name the interviewers of a mask."""
        return listed(self.columns.interviewers, which, self.interviewer_names)


def observed_remarks(seen: FittedInputs) -> Iterator[Finding]:
    """Yield what a reader of observed scores has to know, most serious first."""
    scored = ~np.isnan(seen.evidence.overall)
    if not scored.any():
        yield Finding(Code.NO_RATINGS, NO_RATINGS, Severity.WARNING)
        return
    yield from _on_ratings(seen)
    yield from unrated_remarks(seen.columns.candidates, seen.names, seen.evidence, seen.blueprint)
    yield from _on_intervals(seen, scored)
    yield from _on_criteria(seen, scored)
    yield from _on_standing(seen, scored)
    yield from _on_interviewers(seen)
    yield from _on_narrow(seen.columns, seen.interviewer_names)
    sure = np.where(np.isnan(seen.severities.half_width), np.nan, seen.severities.severity)
    yield from _on_outer_ends(seen.columns, seen.blueprint, sure, seen.interviewer_names)


def _on_ratings(seen: FittedInputs) -> Iterator[Finding]:
    """Report if all ratings are the same."""
    values = seen.columns.value[seen.columns.status == NUMBER]
    if len(values) > 1 and np.ptp(values) <= TIE:
        yield Finding(Code.ALL_EQUAL, ALL_EQUAL.format(value=number(values[0])), Severity.WARNING)


def _on_intervals(seen: FittedInputs, scored: Bools) -> Iterator[Finding]:
    """Report whose overall score has no interval, or one that relies on an assumption, and why."""
    alone = scored & (seen.evidence.overall_interviewers == 1)
    if names := seen.candidates(alone):
        hint = "have another interviewer rate the same criteria"
        yield Finding(Code.ONE_INTERVIEWER, ONE_INTERVIEWER.format(names=names), Severity.WARNING, hint)
    unsure = np.isnan(seen.spread.variance)
    if names := seen.candidates(scored & ~alone & unsure):
        yield Finding(Code.LITTLE_SHARED, LITTLE_SHARED.format(names=names), Severity.WARNING, CALIBRATE)
    if names := seen.candidates(scored & ~unsure & (seen.spread.replicated < 1 - TIE)):
        yield Finding(Code.LENT_SPREAD, LENT_SPREAD.format(names=names), Severity.INFO)
    if names := seen.candidates(seen.spread.variance == 0):
        yield Finding(Code.NO_SPREAD, NO_SPREAD.format(names=names), Severity.WARNING)


def _on_criteria(seen: FittedInputs, scored: Bools) -> Iterator[Finding]:
    """Count the criterion scores that are missing or without an interval."""
    people = seen.evidence.interviewers[scored]
    if missing := int((people == 0).sum()):
        message = CRITERION_UNRATED.format(missing=missing, all=people.size)
        yield Finding(Code.CRITERION_UNRATED, message, Severity.INFO)
    if single := int((people == 1).sum()):
        message = CRITERION_ONE_INTERVIEWER.format(single=single, all=people.size)
        yield Finding(Code.CRITERION_ONE_INTERVIEWER, message, Severity.INFO)
    if same := int(((people > 1) & np.isnan(seen.low[scored])).sum()):
        message = CRITERION_NO_SPREAD.format(same=same, all=people.size)
        yield Finding(Code.CRITERION_NO_SPREAD, message, Severity.INFO)


def _on_standing(seen: FittedInputs, scored: Bools) -> Iterator[Finding]:
    """Report which parts of a ranking the data do not support."""
    if scored.sum() == 1:
        message = ONE_CANDIDATE.format(names=seen.candidates(scored))
        yield Finding(Code.ONE_CANDIDATE, message, Severity.INFO)
        return
    if scored.sum() > PAIRED_AT_MOST:
        yield Finding(Code.NOT_PAIRED, NOT_PAIRED.format(most=PAIRED_AT_MOST), Severity.INFO)
    else:
        yield from _on_groups(seen)
    yield Finding(Code.NO_PROBABILITY, NO_PROBABILITY, Severity.INFO, "the calibrated method estimates it")


def _on_groups(seen: FittedInputs) -> Iterator[Finding]:
    """Report between which candidates severity and merit are confounded: the largest group and the next."""
    rated = seen.columns.only(seen.columns.status == NUMBER)
    who, candidate = np.unique(rated.candidate, return_inverse=True)
    people, interviewer = np.unique(rated.interviewer, return_inverse=True)
    groups = find_groups(candidate, interviewer, len(who), len(people))
    if groups.count == 1:
        return
    one, other = (
        seen.candidates(np.isin(np.arange(len(seen.evidence.overall)), who[groups.candidate == g])) for g in (0, 1)
    )
    busiest, known = groups.links[0]
    hint = LINK.format(
        interviewer=seen.interviewers(np.arange(len(seen.columns.interviewers)) == people[busiest]),
        candidate=seen.candidates(np.arange(len(seen.evidence.overall)) == who[known]),
    )
    yield Finding(Code.DISCONNECTED, UNLINKED.format(one=one, other=other), Severity.WARNING, hint)


def _on_interviewers(seen: FittedInputs) -> Iterator[Finding]:
    """Report whose severity the data do not determine."""
    rated = seen.severities.ratings > 0
    if names := seen.interviewers(rated & (seen.severities.candidates == 0)):
        yield Finding(Code.SEVERITY_UNKNOWN, SEVERITY_UNKNOWN.format(names=names), Severity.INFO)
    if names := seen.interviewers((seen.severities.candidates > 1) & np.isnan(seen.severities.half_width)):
        yield Finding(Code.SEVERITY_NO_SPREAD, SEVERITY_NO_SPREAD.format(names=names), Severity.INFO)
    if names := seen.interviewers(seen.severities.candidates == 1):
        yield Finding(Code.SEVERITY_ONE_CANDIDATE, SEVERITY_ONE_CANDIDATE.format(names=names), Severity.INFO)


SENSITIVE = 0.2
"""Share of its half-interval by which another prior may move a score without a finding."""
CROWDED = 0.25
"""Share of ratings on one end of the scale from which residuals are examined."""
PACKED = 0.5
"""Share of ratings on one end of the scale that is reported whatever the residuals."""
SQUEEZED = 0.8
"""Residual spread relative to the other ratings' below which the end of the scale has cut ratings off."""
MANY = 1_000
"""Most candidates for whom the order of means is compared with that of scores."""

PREDICTED = Sentence("some criteria were not rated; the overall score predicts them from the other ratings: {names}")
NOT_CONVERGED = Sentence("the fit did not converge, so the scores are not to be relied on")
DISCONNECTED = Sentence(
    "no interviewer joins {one} and {other}, so severity cannot be told from merit and nobody is ranked"
)
MORE_GROUPS = Sentence("{more} more groups of candidates are joined to the others by no interviewer either")
SENSITIVE_TO = Sentence(
    "the ratings say little beside the prior: under the {other} prior an overall score moves by {moved:.2f} points"
)
SHORTER_UNDER = Sentence(
    "the ratings say little beside the prior: under the {other} prior an interval is {share:.0f} % shorter"
)
LONGER_UNDER = Sentence(
    "the ratings say little beside the prior: under the {other} prior an interval is {share:.0f} % longer"
)
BEST_SENSITIVE_TO = Sentence(
    "the ratings say little beside the prior: under the {other} prior a chance of being best moves from {one:.0f} % to "
    "{two:.0f} %"
)
MOVE_TOGETHER = Sentence("questions of one interview move together: {asked:.0f} count as about {worth:.0f}")
STRICT_AT_END = Sentence(
    "{share:.0f} % of the ratings by {interviewer} are the lowest level, so they may be stricter than the scale shows"
)
MILD_AT_END = Sentence(
    "{share:.0f} % of the ratings by {interviewer} are the highest level, so they may be milder than the scale shows"
)
AGREED = Sentence(
    "candidates, questions and interviewers explain the ratings almost to the digit; chance is taken to be what "
    "rounding to levels leaves, and no less"
)
SPLIT = Sentence("interviewers disagree about {names} beyond what severity and chance explain")
NARROW = Sentence(
    "{interviewer} used the levels {levels} only, where others used more for the same candidates; that tells little of"
    " who is better"
)
NARROW_ONE = Sentence(
    "{interviewer} gave {levels} throughout, where others used more levels for the same candidates; that tells nobody"
    " from anybody"
)
PRIOR_UNUSED = Sentence("variances are estimated from the ratings alone, so the {prior} prior is not used")
CEILING = Sentence("{share:.0f} % of ratings are the highest level, so differences between strong answers are lost")
FLOOR = Sentence("{share:.0f} % of ratings are the lowest level, so differences between weak answers are lost")
MET_STRICT = Sentence(
    "{winner} stands before {loser} although the mean of the ratings is lower ({a:.2f} against {b:.2f}): "
    "{interviewer}, who rates {points} points lower than the panel, {saw}"
)
MET_LENIENT = Sentence(
    "{winner} stands before {loser} although the mean of the ratings is lower ({a:.2f} against {b:.2f}): "
    "{interviewer}, who rates {points} points higher than the panel, {saw}"
)
AT_LEAST = Sentence("at least {points}")
SAW_ONLY = Sentence("saw {one} and not {other}")
SAW_MORE = Sentence("gave a larger share of the ratings of {one} than of {other}")


@frozen(eq=False)
class RemarkInputs:
    """Everything that the remarks are about, except the fit."""

    columns: Ratings
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


def calibrated_remarks(told: RemarkInputs, fit: Fit, prior: str | None, split: Differences) -> Iterator[Finding]:
    """Yield what a reader of calibrated scores has to know, most serious first."""
    if not fit.converged:
        yield Finding(Code.NOT_CONVERGED, NOT_CONVERGED, Severity.WARNING, "read the observed means")
    yield from _on_disconnected(told)
    yield from unrated_remarks(told.columns.candidates, told.names, told.evidence, told.blueprint)
    yield from _on_split(told, split)
    yield from _on_predictions(told)
    yield from _on_narrow(told.columns, told.interviewer_names)
    yield from _on_prior(fit, prior)
    if not len(split.split):
        yield from _on_agreement(fit)
    yield from _on_halo(fit)
    yield from _on_ends(told, fit)
    if "interviewer" in fit.variances:
        severity = np.full(len(told.columns.interviewers), np.nan)
        severity[told.design.interviewers] = fit.severity
        yield from _on_outer_ends(told.columns, told.blueprint, severity, told.interviewer_names)
    yield from _on_order(told, fit)


def _on_disconnected(told: RemarkInputs) -> Iterator[Finding]:
    """Name the groups that cannot be compared, and one interview for each that would join it to the first."""
    groups = told.design.groups
    for place, (interviewer, candidate) in enumerate(groups.links[:NAMED], start=1):
        one, other = (_members(told, groups.candidate == group) for group in (0, place))
        hint = LINK.format(interviewer=told.interviewer(interviewer), candidate=told.candidate(candidate))
        yield Finding(Code.DISCONNECTED, DISCONNECTED.format(one=one, other=other), Severity.WARNING, hint)
    if more := len(groups.links[NAMED:]):
        yield Finding(Code.DISCONNECTED, MORE_GROUPS.format(more=more), Severity.WARNING)


def _members(told: RemarkInputs, which: Bools) -> str:
    wide = np.zeros(len(told.columns.candidates), dtype=bool)
    wide[told.design.candidates[which]] = True
    return told.candidates(wide)


def _on_predictions(told: RemarkInputs) -> Iterator[Finding]:
    """Report whose overall score relies on predicted criteria, on which others were rated."""
    unrated = np.isnan(told.evidence.score[:, told.design.criteria])
    some: Bools = np.any(unrated, axis=1) & ~np.all(unrated, axis=1)
    if names := told.candidates(some):
        yield Finding(Code.CRITERION_PREDICTED, PREDICTED.format(names=names), Severity.INFO)


def _on_split(told: RemarkInputs, split: Differences) -> Iterator[Finding]:
    """Name the candidates about whom the panel is split."""
    which = np.zeros(len(told.columns.candidates), dtype=bool)
    which[split.split] = True
    if names := told.candidates(which):
        hint = "read what each of them heard before you decide"
        yield Finding(Code.PANEL_SPLIT, SPLIT.format(names=names), Severity.WARNING, hint)


def _on_narrow(columns: Ratings, names: Mapping[str, str]) -> Iterator[Finding]:
    """Name the interviewers who use one level or two where their peers use more."""
    for who, levels in narrow_scales(columns).items():
        identity = columns.interviewers[who]
        message = (NARROW if len(levels) > 1 else NARROW_ONE).format(
            interviewer=quoted(names.get(identity, identity)), levels=", ".join(map(number, levels))
        )
        yield Finding(Code.NARROW_SCALE, message, Severity.INFO, "compare the anchors of the levels with them")


def _on_prior(fit: Fit, asked: str | None) -> Iterator[Finding]:
    """Report if results depend on the prior."""
    if asked is not None and "prior" not in fit.details:
        yield Finding(Code.PRIOR_UNUSED, PRIOR_UNUSED.format(prior=asked), Severity.INFO)
    if fit.alternative is None:
        return
    for message in _sensitive(fit, fit.alternative, str(fit.details["alternative_prior"])):
        yield Finding(Code.PRIOR_SENSITIVE, message, Severity.WARNING, "collect more ratings")


def _sensitive(fit: Fit, alternative: Floats, other: str) -> Iterator[str]:
    """Describe what another prior changes: the scores, else the intervals and probabilities of being best."""
    moved = np.abs(alternative - fit.score[:, 0])
    length = fit.interval[:, 0, 1] - fit.interval[:, 0, 0]
    if (moved > SENSITIVE * length / 2).any():
        yield SENSITIVE_TO.format(other=other, moved=float(moved.max()))
    if fit.alternative_width is not None:
        change = np.log(fit.alternative_width / np.maximum(length, 1e-300))
        most = float(np.exp(change[np.argmax(np.abs(change))]))
        if not 1 / LONGER <= most <= LONGER:
            yield (SHORTER_UNDER if most < 1 else LONGER_UNDER).format(other=other, share=100 * abs(most - 1))
    if fit.alternative_best is not None and fit.draws is not None:
        best = np.bincount(fit.draws.argmax(axis=1), minlength=fit.draws.shape[1]) / len(fit.draws)
        most_moved = int(np.argmax(np.abs(fit.alternative_best - best)))
        one, two = float(best[most_moved]), float(fit.alternative_best[most_moved])
        if abs(two - one) > LIKELIER:
            yield BEST_SENSITIVE_TO.format(other=other, one=100 * one, two=100 * two)


def _on_halo(fit: Fit) -> Iterator[Finding]:
    """Say where the ratings show that those of one interview are far from as many independent ones."""
    worth, asked = fit.details.get("interview_counts_as"), fit.details.get("interview_ratings")
    if isinstance(worth, tuple) and isinstance(asked, float) and worth[2] < HALVED * asked:
        message = MOVE_TOGETHER.format(asked=asked, worth=worth[0])
        yield Finding(Code.HALO, message, Severity.INFO, "another interviewer tells more than another question")


def _on_outer_ends(
    columns: Ratings, blueprint: Blueprint, severity: Floats, names: Mapping[str, str]
) -> Iterator[Finding]:
    """Name the interviewers whose severity, NaN if it is not known, an end of the scale shows only in part."""
    ends = ends_sat_on(columns, blueprint.low, blueprint.high)
    for who, points, (end, share) in zip(columns.interviewers, severity.tolist(), ends, strict=True):
        if end * points > 0:
            message = (STRICT_AT_END if end > 0 else MILD_AT_END).format(
                share=100 * share, interviewer=quoted(names.get(who, who))
            )
            yield Finding(Code.SEVERITY_AT_END, message, Severity.INFO)


def _on_agreement(fit: Fit) -> Iterator[Finding]:
    """Report if the model explains ratings so well that only rounding to levels is left."""
    least, residual = fit.details.get("residual_at_least"), fit.variances["residual"].estimate
    if isinstance(least, float) and residual is not None and residual < 2 * least:
        yield Finding(Code.AGREEMENT_TO_THE_DIGIT, AGREED, Severity.INFO)


def _on_ends(told: RemarkInputs, fit: Fit) -> Iterator[Finding]:
    """Report if an end of the scale cuts ratings off, which a linear model ignores."""
    if fit.fitter is None:
        return
    value, fitted = told.design.rows.value, None
    for code, message, end, sign in (
        (Code.CEILING, CEILING, told.blueprint.high, 1),
        (Code.FLOOR, FLOOR, told.blueprint.low, -1),
    ):
        share = float((value == end).mean())
        if CROWDED <= share < PACKED and fitted is None:
            fitted = fit.fitter()
        if share >= PACKED or (fitted is not None and share >= CROWDED and _squeezed(value, fitted, sign)):
            yield Finding(code, message.format(share=100 * share), Severity.WARNING)


def packed_ends(lowest: float, highest: float) -> Iterator[Finding]:
    """Report ends of the scale that hold so many ratings that it needs no fit to see it.

    Args:
        lowest: Share of the ratings on the lowest level.
        highest: On the highest.
    """
    for code, message, share in ((Code.CEILING, CEILING, highest), (Code.FLOOR, FLOOR, lowest)):
        if share >= PACKED:
            yield Finding(code, message.format(share=100 * share), Severity.WARNING)


def _squeezed(value: Floats, fitted: Floats, sign: int) -> bool:
    """Return whether residuals are smaller in the third of the ratings nearest to an end of the scale."""
    residual, toward = np.abs(value - fitted), sign * fitted
    near = toward >= np.quantile(toward, 2 / 3)
    if near.all():
        return False
    return bool(np.sqrt((residual[near] ** 2).mean()) < SQUEEZED * np.sqrt((residual[~near] ** 2).mean()))


def _on_order(told: RemarkInputs, fit: Fit) -> Iterator[Finding]:
    """Explain the pair that the model most clearly orders differently from the means."""
    if told.design.groups.count > 1 or len(told.design.candidates) > MANY:
        return
    observed = told.evidence.overall[told.design.candidates]
    ahead = fit.score[:, 0][:, None] - fit.score[:, 0]
    behind = observed - observed[:, None]
    turned = np.where((ahead > TIE) & (behind > TIE), np.minimum(ahead, behind), 0.0)
    winner, loser = np.unravel_index(int(np.argmax(turned)), turned.shape)
    if turned[winner, loser] > 0:
        yield from _reason(told, fit, observed, int(winner), int(loser))


def _reason(told: RemarkInputs, fit: Fit, observed: Floats, winner: int, loser: int) -> Iterator[Finding]:
    """Find the interviewer whose severity favours the winner most, of those clearly strict or lenient."""
    first, second = _shares(told.design, winner), _shares(told.design, loser)
    low, high = fit.severity_interval.T
    speaks = np.where((low > 0) | (high < 0), fit.severity * (first - second), 0.0)
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
        points=_points(told, fit, who),
        saw=saw,
    )
    yield Finding(Code.ORDER_CHANGED, message, Severity.INFO)


def _points(told: RemarkInputs, fit: Fit, who: int) -> str:
    """Write how far from the panel an interviewer is: at least so far, where an end of the scale hides the rest."""
    points = f"{abs(fit.severity[who]):.2f}"
    end, _share = ends_sat_on(told.columns, told.blueprint.low, told.blueprint.high)[int(told.design.interviewers[who])]
    return AT_LEAST.format(points=points) if end * fit.severity[who] > 0 else points


def _shares(design: Design, candidate: int) -> Floats:
    """Return the (I,) shares of a candidate's ratings that each interviewer gave."""
    mine = design.rows.candidate == candidate
    counts = np.bincount(design.rows.interviewer[mine], minlength=design.rows.interviewers)
    return np.asarray(counts / counts.sum())


USED = Sentence(
    "ratings of other openings by the same interviewers show how strict these are "
    "(openings: {openings}, candidates: {candidates}, ratings: {ratings}); {effect}"
)
MOVED = Sentence(
    "a severity moved by up to {points:.2f} points, and intervals of severity are on average {share:.0f} % as long as "
    "without them"
)
CARRIED = Sentence("without them there would be no calibrated score: {reason}")
NO_SEVERITY = Sentence("severity is not among the effects of this model")
NONE = Sentence("no other opening that can be used shares an interviewer with this one, so there is nothing to borrow")
OTHER_SCALE = Sentence("openings rated on another scale are not used, though they share interviewers: {names}")
TOO_MANY = Sentence("the model would grow too large with all openings that share interviewers; not used: {names}")


def history_remarks(history: History, fit: Fit | None, before: Fit | Finding | None) -> Iterator[Finding]:
    """Report what was borrowed, or that there was nothing.

    Args:
        history: What there was.
        fit: With it; None where the model still could not be fitted.
        before: The fit without it, or the hindrance; None where nothing was fitted.
    """
    if not history.openings:
        yield Finding(Code.HISTORY_NONE, NONE, Severity.INFO)
    elif fit is not None and before is not None:
        message = USED.format(
            openings=len(history.openings),
            candidates=history.candidates,
            ratings=history.ratings,
            effect=_effect(fit, before),
        )
        yield Finding(Code.HISTORY_USED, message, Severity.INFO)
    if history.other_scale:
        yield Finding(Code.HISTORY_OTHER_SCALE, OTHER_SCALE.format(names=first_few(history.other_scale)), Severity.INFO)
    if history.too_many:
        yield Finding(Code.HISTORY_CAPPED, TOO_MANY.format(names=first_few(history.too_many)), Severity.WARNING)


def _effect(fit: Fit, before: Fit | Finding) -> str:
    """Describe what borrowing changed, in a clause."""
    if isinstance(before, Finding):
        return CARRIED.format(reason=before.message)
    if not ("interviewer" in fit.variances and "interviewer" in before.variances):
        return NO_SEVERITY
    lengths = [np.diff(each.severity_interval, axis=1).sum() for each in (fit, before)]
    moved = float(np.abs(fit.severity - before.severity).max())
    return MOVED.format(points=moved, share=100 * float(lengths[0] / lengths[1]) if lengths[1] > 0 else 100.0)


def history_details(
    interviewers: Sequence[str], history: History, fit: Fit, before: Fit | Finding
) -> dict[str, object]:
    """Return for the model's details what was borrowed, and each severity with it and without it.

    Args:
        interviewers: Ids of those with a rating in the opening, as the fits have them.
        history: What was borrowed.
        fit: With it.
        before: The fit without it, or what stood in its way.
    """
    if not history.openings:
        return {}
    now, then = _severities(fit), _severities(before if isinstance(before, Fit) else None)
    nothing = (None, None)
    moved = {}
    for n, who in enumerate(interviewers):
        severity, interval = now[n] if now else nothing
        was, was_interval = then[n] if then else nothing
        moved[who] = {
            "ratings": history.given[n],
            "severity": severity,
            "interval": interval,
            "severity_without": was,
            "interval_without": was_interval,
        }
    return {
        "history": {
            "openings": list(history.openings),
            "candidates": history.candidates,
            "ratings": history.ratings,
            "one_model": not history.apart,
            "interviewers": moved,
        }
    }


def _severities(fit: Fit | None) -> list[tuple[float | None, list[float] | None]]:
    if fit is None or "interviewer" not in fit.variances:
        return []
    return list(zip(fit.severity.tolist(), fit.severity_interval.tolist(), strict=True))
