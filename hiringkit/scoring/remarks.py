"""What has to be said beside observed scores: why a number is missing, or says less than it seems to."""

from collections.abc import Iterator, Mapping

import numpy as np
from attrs import frozen

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.sentence import Sentence
from hiringkit.scoring.connection import find_groups
from hiringkit.scoring.criterionrows import TIE
from hiringkit.scoring.evidence import Evidence
from hiringkit.scoring.faults import number
from hiringkit.scoring.ratings import NUMBER, Blueprint, Bools, Floats, RatingColumns
from hiringkit.scoring.separation import PAIRED_AT_MOST
from hiringkit.scoring.severity import Severities
from hiringkit.scoring.spread import OverallSpread
from hiringkit.scoring.unrated import listed, unrated_remarks

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
SEVERITY_NO_SPREAD = Sentence("all candidates show them strict to the same digit, so that has no interval: {names}")
SEVERITY_ONE_CANDIDATE = Sentence("how strict they are shows in one candidate only, so it has no interval: {names}")


@frozen(eq=False)
class Seen:
    """All that the remarks are about."""

    columns: RatingColumns
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


def observed_remarks(seen: Seen) -> Iterator[Finding]:
    """Say what a reader of observed scores has to know, the gravest first."""
    scored = ~np.isnan(seen.evidence.overall)
    if not scored.any():
        yield Finding("no-ratings", NO_RATINGS, Severity.WARNING)
        return
    yield from _on_ratings(seen)
    yield from unrated_remarks(seen.columns.candidates, seen.names, seen.evidence, seen.blueprint)
    yield from _on_intervals(seen, scored)
    yield from _on_criteria(seen, scored)
    yield from _on_standing(seen, scored)
    yield from _on_interviewers(seen)


def _on_ratings(seen: Seen) -> Iterator[Finding]:
    """Say when all ratings are the same."""
    values = seen.columns.value[seen.columns.status == NUMBER]
    if len(values) > 1 and np.ptp(values) <= TIE:
        yield Finding("all-equal", ALL_EQUAL.format(value=number(values[0])), Severity.WARNING)


def _on_intervals(seen: Seen, scored: Bools) -> Iterator[Finding]:
    """Say whose overall score has no interval, or one that leans on an assumption, and why."""
    alone = scored & (seen.evidence.overall_interviewers == 1)
    if names := seen.candidates(alone):
        hint = "have another interviewer rate the same criteria"
        yield Finding("one-interviewer", ONE_INTERVIEWER.format(names=names), Severity.WARNING, hint)
    unsure = np.isnan(seen.spread.variance)
    if names := seen.candidates(scored & ~alone & unsure):
        yield Finding("little-shared", LITTLE_SHARED.format(names=names), Severity.WARNING, CALIBRATE)
    if names := seen.candidates(scored & ~unsure & (seen.spread.replicated < 1 - TIE)):
        yield Finding("lent-spread", LENT_SPREAD.format(names=names), Severity.INFO)
    if names := seen.candidates(seen.spread.variance == 0):
        yield Finding("no-spread", NO_SPREAD.format(names=names), Severity.WARNING)


def _on_criteria(seen: Seen, scored: Bools) -> Iterator[Finding]:
    """Count the criterion scores that are missing or without an interval."""
    people = seen.evidence.interviewers[scored]
    if missing := int((people == 0).sum()):
        message = CRITERION_UNRATED.format(missing=missing, all=people.size)
        yield Finding("criterion-unrated", message, Severity.INFO)
    if single := int((people == 1).sum()):
        message = CRITERION_ONE_INTERVIEWER.format(single=single, all=people.size)
        yield Finding("criterion-one-interviewer", message, Severity.INFO)
    if same := int(((people > 1) & np.isnan(seen.low[scored])).sum()):
        message = CRITERION_NO_SPREAD.format(same=same, all=people.size)
        yield Finding("criterion-no-spread", message, Severity.INFO)


def _on_standing(seen: Seen, scored: Bools) -> Iterator[Finding]:
    """Say what of a ranking the data cannot carry."""
    if scored.sum() == 1:
        message = ONE_CANDIDATE.format(names=seen.candidates(scored))
        yield Finding("one-candidate", message, Severity.INFO)
        return
    if scored.sum() > PAIRED_AT_MOST:
        yield Finding("not-paired", NOT_PAIRED.format(most=PAIRED_AT_MOST), Severity.INFO)
    else:
        yield from _on_groups(seen)
    yield Finding("no-probability", NO_PROBABILITY, Severity.INFO, "the calibrated method estimates it")


def _on_groups(seen: Seen) -> Iterator[Finding]:
    """Say between which candidates severity cannot be told from merit: the largest group and the next."""
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
    yield Finding("disconnected", UNLINKED.format(one=one, other=other), Severity.WARNING, hint)


def _on_interviewers(seen: Seen) -> Iterator[Finding]:
    """Say whose severity the data do not show."""
    rated = seen.severities.ratings > 0
    if names := seen.interviewers(rated & (seen.severities.candidates == 0)):
        yield Finding("severity-unknown", SEVERITY_UNKNOWN.format(names=names), Severity.INFO)
    if names := seen.interviewers((seen.severities.candidates > 1) & np.isnan(seen.severities.half_width)):
        yield Finding("severity-no-spread", SEVERITY_NO_SPREAD.format(names=names), Severity.INFO)
    if names := seen.interviewers(seen.severities.candidates == 1):
        yield Finding("severity-one-candidate", SEVERITY_ONE_CANDIDATE.format(names=names), Severity.INFO)
