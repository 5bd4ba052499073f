"""The words in which results are told: for gates, states, flags, severity and times."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.interview import Interview, InterviewState, Mark
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.domain.people import Candidate, HiringOutcome
from hiringkit.locale import _, say
from hiringkit.report.model import Cell, Tone, Word, show_chance
from hiringkit.settings import zone_in_use
from hiringkit.text.language import LANGUAGES
from hiringkit.timezone import local

if TYPE_CHECKING:
    from hiringkit.domain.profile import BarState, InterviewerEffect, Recommendation

_FEW = 5
_ALIKE = 0.25
"""Rating points that a whole interval of severity stays within where somebody is said to rate like the others."""

GATE_FLAGS = (Code.GATE_FAILED, Code.GATE_OPEN, Code.GATE_UNRATED)
"""Flags that say less than the gates themselves."""


def bar_word(state: "BarState | None", probability: float | None = None) -> Word:
    """Say what the ratings say of a bar, and where they do not decide it, how probable it is that it is reached."""
    from hiringkit.domain.profile import BarState  # noqa: PLC0415 - most words are not about scores

    if state is BarState.OPEN and probability is not None:
        return Word(_("open ({share} % above)").format(share=show_chance(probability, is_open=True)), Tone.CAUTION)
    words = {
        BarState.PASSED: Word(_("passed"), Tone.GOOD),
        BarState.FAILED: Word(_("failed"), Tone.BAD),
        BarState.OPEN: Word(_("open (not decided)"), Tone.CAUTION),
        BarState.UNRATED: Word(_("unrated"), Tone.CAUTION),
        None: Word(_("no bar"), Tone.QUIET),
    }
    return words[state]


def not_ranked() -> str:
    """Say what stands where a rank would, were candidates ranked."""
    return _("This opening does not rank candidates.")


def severity_word(effect: "InterviewerEffect") -> Word:
    """Say what an interviewer does to ratings, in rating points."""
    if effect.severity is None:
        return Word(_("unknown"), Tone.CAUTION)
    points = f"{abs(effect.severity):.1f}"
    low, high = effect.interval or (0, 0)
    if points == "0.0" and low is not None and high is not None and max(-low, high) <= _ALIKE:
        return Word(_("like the others"))
    # by the ends as they are shown beside it: "milder" next to "-0.5 to 0.0" would not be believed
    if points == "0.0" or (
        effect.interval and (low is None or round(low, 1) <= 0) and (high is None or round(high, 1) >= 0)
    ):
        return Word(_("no clear difference"))
    if None in (low, high):
        words = _("stricter by at least {points}") if effect.severity > 0 else _("milder by at least {points}")
    else:
        words = _("stricter by {points}") if effect.severity > 0 else _("milder by {points}")
    return Word(words.format(points=points))


def policy_word(recommendation: "Recommendation") -> Word:
    """Say what the rubric's policy recommends, and how probable it is that the score is in that range."""
    word, share = recommendation_word(recommendation.policy), recommendation.probability.get(recommendation.policy)
    if share is None:
        return word
    return Word(_("{word} ({share} %)").format(word=word.text, share=show_chance(share)), word.tone)


def recommendation_word(code: str) -> Word:
    """Say what the rubric's policy, or an interviewer, recommends."""
    words = {
        "strong-yes": Word(_("strong yes"), Tone.GOOD),
        "yes": Word(_("yes"), Tone.GOOD),
        "no": Word(_("no"), Tone.BAD),
        "strong-no": Word(_("strong no"), Tone.BAD),
        "": Word("-"),
    }
    return words.get(code) or Word(code)


def state_word(state: InterviewState) -> Word:
    """Say where an interview stands."""
    words = {
        InterviewState.SCHEDULED: Word(_("scheduled"), Tone.QUIET),
        InterviewState.STARTED: Word(_("started"), Tone.CAUTION),
        InterviewState.SUBMITTED: Word(_("submitted"), Tone.GOOD),
        InterviewState.CANCELLED: Word(_("cancelled"), Tone.QUIET),
    }
    return words[state]


def standing_word(interview: Interview) -> Word:
    """Say where an interview stands, and why it is not owed where it will not be held."""
    if interview.state is InterviewState.CANCELLED:
        return _because(Word(_("cancelled"), Tone.QUIET), interview.cancelled_reason)
    if interview.withdrawn_at:
        return _because(Word(_("candidate withdrawn"), Tone.QUIET), interview.withdrawn_reason)
    return state_word(interview.state)


def _because(word: Word, reason: str) -> Word:
    return Word(_("{word}: {reason}").format(word=word.text, reason=reason), word.tone) if reason else word


def outcome_word(candidate: Candidate) -> Word:
    """Say what became of a candidate, and why."""
    words = {
        HiringOutcome.HIRED: Word(_("hired"), Tone.GOOD),
        HiringOutcome.REJECTED: Word(_("rejected"), Tone.QUIET),
        None: Word("-"),
    }
    return _because(words[candidate.outcome], candidate.outcome_reason)


def rating_cell(value: LevelNumber | Mark | None) -> Cell:
    """Show a rating: a level, or in words why there is none."""
    if value is Mark.NOT_ASSESSED:
        return Word(_("not assessed"), Tone.QUIET)
    if value is Mark.NO_EVIDENCE:
        return Word(_("no evidence"), Tone.CAUTION)
    if value is None:
        return Word(_("not yet rated"), Tone.QUIET)
    return Word(write_level(value))


def flag_words(code: Code) -> str:
    """Say what a profile's flag means; a flag that is not known stands for itself."""
    words = {
        Code.COVERAGE_LOW: _("Too little of the rubric was rated"),
        Code.ONE_INTERVIEWER: _("One interviewer only, so no interval"),
        Code.NO_RATINGS: _("Not rated yet"),
        Code.WITHDRAWN: _("Withdrawn"),
        Code.NO_SCORE: _("No score"),
        Code.GATE_UNRATED: _("A required criterion is not rated"),
        Code.GATE_FAILED: _("A required criterion is below its bar"),
        Code.GATE_OPEN: _("The ratings do not decide whether a required criterion reaches its bar"),
        Code.AFTER_SEEING: _("Some ratings were given after seeing others'"),
        Code.DISCONNECTED: _("No interviewer in common with the others"),
    }
    return words.get(code, code)


def zoned(title: str) -> str:
    """Put the time zone to the title of times."""
    return f"{title} ({zone_in_use()})"


def moment(time: datetime | None) -> str:
    """Show a time to the minute in the chosen zone, which its title names."""
    return f"{local(time):%Y-%m-%d %H:%M}" if time else "-"


def day(time: datetime | None) -> str:
    """Show the day of a time in the chosen zone."""
    return f"{local(time):%Y-%m-%d}" if time else "-"


def join_names(names: Sequence[str], language: str, *, most: int = _FEW) -> str:
    """Join names of people, the first few of them if there are many."""
    shown = LANGUAGES[language].comma.join(names[:most])
    if len(names) <= most:
        return shown
    return _("{names} and {n} more").format(names=shown, n=len(names) - most)


def join_things(things: Sequence[str], language: str, *, most: int = _FEW) -> str:
    """Join what is not people, such as criteria, in the same way: some languages count the two differently."""
    shown = LANGUAGES[language].comma.join(things[:most])
    if len(things) <= most:
        return shown
    return _("{things} and {n} more").format(things=shown, n=len(things) - most)


def join_sentences(*sentences: str) -> str:
    """Put sentences one after the other, with a space where the first does not end on a full stop of Chinese."""
    said = ""
    for sentence in sentences:
        said += sentence if not said or said.endswith("。") else f" {sentence}"
    return said


def distinct_names(people: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Give each id the name that people read: the id itself where there is none, and beside a name that two share."""
    named = [(identity, name or identity) for identity, name in people]
    if len({name for _identity, name in named}) == len(named):
        return dict(named)
    taken = Counter(name for _identity, name in named)
    return {identity: name if taken[name] == 1 else f"{name} ({identity})" for identity, name in named}


def finding_sentence(finding: Finding) -> str:
    """Say a finding in a sentence, its place first if it has one and the remedy last."""
    severity = {
        Severity.ERROR: _("Error: {message}"),
        Severity.WARNING: _("Warning: {message}"),
        Severity.INFO: "{message}",
    }[finding.severity]
    place = f"{finding.location}: " if finding.location else ""
    sentence = place + severity.format(message=say(finding.message))
    return sentence + (_(" (hint: {hint})").format(hint=say(finding.hint)) if finding.hint else "")
