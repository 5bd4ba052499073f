"""Files of availability and limits in YAML, read as strictly as rubrics."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path as FilePath

from hiringkit.domain.finding import Finding
from hiringkit.domain.panel import Availability, InterviewerTerms, contradictions
from hiringkit.library.checks import mistakes
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.forms import read_form
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import parse_moment

_LONGEST = 1440.0
"""Minutes of an interview: a day."""
_MOST = 10_000
"""Interviews."""


def read_availability(path: FilePath) -> tuple[Availability | None, tuple[Finding, ...]]:
    """Read a file; None where any finding is an error."""
    return read_form(path, Availability, check_availability)


def check_availability(given: Availability) -> Problems:
    """Yield what is wrong with a file beyond its shape."""
    for who, terms in given.interviewers.items():
        yield from _check_numbers(who, terms)
        read = [parse_moment(each) for each in terms.times]
        yield from _check_times(("interviewers", who), terms.times, read)
        times = [each for each in read if isinstance(each, datetime)]
        if len(times) == len(read):
            for key, problem in contradictions(terms, times):
                yield Problem(mistakes.CONTRADICTION, ("interviewers", who, key), {"problem": problem})
    for who, candidate in given.candidates.items():
        yield from _check_times(("candidates", who), candidate.times, [parse_moment(each) for each in candidate.times])


def _check_numbers(who: str, terms: InterviewerTerms) -> Problems:
    for key, low, high in (("minutes", 1, _LONGEST), ("at_least", 0, _MOST), ("at_most", 0, _MOST)):
        value = getattr(terms, key)
        if value is not None and not low <= value <= high:
            fields = {"value": value, "low": low, "high": high}
            yield Problem(mistakes.OUT_OF_RANGE, ("interviewers", who, key), fields)


def _check_times(path: tuple[str, str], texts: Sequence[str], read: Sequence[datetime | Sentence]) -> Problems:
    for n, (text, moment) in enumerate(zip(texts, read, strict=True)):
        if not isinstance(moment, datetime):
            yield Problem(mistakes.TIME_SHAPE, (*path, "times", n), {"found": text})
