"""Why a coefficient of agreement is missing, or had better be read with care."""

from collections.abc import Iterable

from attrs import frozen

from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.sentence import Sentence

LEAST_UNITS = 5
"""Answers rated by two or more interviewers, below which no coefficient of answers is given."""
LEAST_CANDIDATES = 3
"""Candidates, below which no coefficient of candidates is given."""
OVERALL = "overall"
"""The scope of all ratings, beside those of the criteria."""


@frozen
class Reason:
    """Why a number is missing or had better be read with care."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.WARNING


ALONE = Reason(
    "too-few",
    "no candidate was rated by two or more interviewers, so there is nothing to agree on",
    "let at least two interviewers rate the same answers",
)
FEW_UNITS = Reason(
    "too-few",
    Sentence(
        "fewer than {least} answers were rated by two or more interviewers: alpha, AC1, AC2, the kappas and r_WG are"
        " left out"
    ).format(least=LEAST_UNITS),
    "let two interviewers rate more of the same answers",
)
FEW_CANDIDATES = Reason(
    "too-few",
    Sentence(
        "fewer than {least} candidates were rated: intraclass correlations, Kendall's W and generalizability are left"
        " out"
    ).format(least=LEAST_CANDIDATES),
    "come back when more candidates have been interviewed",
)
SAME = Reason(
    "no-variation",
    "all ratings that could be compared are the same, so they show no differences to agree on",
    "see whether the anchors invite more of the scale",
)
TIED = Reason(
    "no-variation",
    "no interviewer told candidates apart, so there is no order of candidates to agree on",
    "see whether the questions are too easy or too hard",
)
UNANIMOUS = Reason(
    "no-interval",
    "interviewers agreed wherever they could be compared; how sure that is, such data cannot say",
    severity=Severity.INFO,
)
LARGE = Reason(
    "no-interval",
    "with so many ratings, intervals of reliability and generalizability are short and are left out",
    severity=Severity.INFO,
)
INCOMPLETE = Reason(
    "incomplete-design",
    "not every interviewer rated every candidate on every question: intraclass correlations and Kendall's W "
    "are left out, and reliability from the mixed model stands in their place",
    "nothing to mend: most panels are incomplete on purpose",
    Severity.INFO,
)
MANY_LEVELS = Reason(
    "too-many-levels",
    "the ratings take too many different values to be levels: alpha, AC1, AC2, the kappas and r_WG are left out",
    "rate on a scale of few levels with anchors",
)
NEGATIVE = Reason(
    "negative-variance",
    "a variance component came out below zero and counts as zero, as happens with few interviewers",
    severity=Severity.INFO,
)
ENTANGLED = Reason(
    "confounded",
    "who rated whom does not let candidates, interviewers and chance be told apart: reliability and "
    "generalizability are left out",
    "let interviewers share candidates, and candidates interviewers",
)
ONCE_EACH = Reason(
    "confounded",
    "hardly any interviewer rated more than once, so severity cannot be told from chance and counts as such",
    "let interviewers rate more than one candidate",
    Severity.INFO,
)
REPEATED = Reason(
    "duplicate-rating",
    "an interviewer rated a candidate more than once on the same question; the last rating counts",
    "keep one rating of each",
)


def findings_of(said: Iterable[tuple[str, Reason]]) -> tuple[Finding, ...]:
    """Make one finding of each reason, its path naming `overall` and the criteria that it holds for.

    Args:
        said: Scope (`overall` or a criterion's id) and reason.
    """
    scopes: dict[Reason, list[str]] = {}
    for scope, reason in said:
        known = scopes.setdefault(reason, [])
        if scope not in known:
            known.append(scope)
    return tuple(
        Finding(reason.code, reason.message, reason.severity, reason.hint, ", ".join(where))
        for reason, where in scopes.items()
    )
