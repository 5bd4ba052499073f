"""What has to be said of ratings borrowed from other openings: how many, and how far they moved what."""

from collections.abc import Iterator, Sequence

import numpy as np

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.sentence import Sentence
from hiringkit.scoring.faults import first_few
from hiringkit.scoring.fit import Fit
from hiringkit.scoring.history import History

USED = Sentence(
    "ratings of other openings by the same interviewers show how strict these are "
    "(openings: {openings}, candidates: {candidates}, ratings: {ratings}); {effect}"
)
MOVED = Sentence(
    "a severity moved by up to {points:.2f} points, and intervals of severity are on average {share:.0%} as long as "
    "without them"
)
CARRIED = Sentence("without them there would be no calibrated score: {reason}")
NO_SEVERITY = Sentence("severity is not among the effects of this model")
NONE = Sentence("no other opening that can be used shares an interviewer with this one, so there is nothing to borrow")
OTHER_SCALE = Sentence("openings rated on another scale are not used, though they share interviewers: {names}")
TOO_MANY = Sentence("the model would grow too large with all openings that share interviewers; not used: {names}")


def history_remarks(history: History, fit: Fit | None, before: Fit | Finding | None) -> Iterator[Finding]:
    """Say what was borrowed, or that there was nothing.

    Args:
        history: What there was.
        fit: With it; None where even so nothing could be fitted.
        before: The fit without it, or what stood in its way; None where nothing was fitted.
    """
    if not history.openings:
        yield Finding("history-none", NONE, Severity.INFO)
    elif fit is not None and before is not None:
        message = USED.format(
            openings=len(history.openings),
            candidates=history.candidates,
            ratings=history.ratings,
            effect=_effect(fit, before),
        )
        yield Finding("history-used", message, Severity.INFO)
    if history.other_scale:
        yield Finding("history-other-scale", OTHER_SCALE.format(names=first_few(history.other_scale)), Severity.INFO)
    if history.too_many:
        yield Finding("history-capped", TOO_MANY.format(names=first_few(history.too_many)), Severity.WARNING)


def _effect(fit: Fit, before: Fit | Finding) -> str:
    """Say in half a sentence what borrowing changed."""
    if isinstance(before, Finding):
        return CARRIED.format(reason=before.message)
    if not ("interviewer" in fit.variances and "interviewer" in before.variances):
        return NO_SEVERITY
    lengths = [np.diff(each.severity_interval, axis=1).sum() for each in (fit, before)]
    moved = float(np.abs(fit.severity - before.severity).max())
    return MOVED.format(points=moved, share=float(lengths[0] / lengths[1]) if lengths[1] > 0 else 1.0)


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
