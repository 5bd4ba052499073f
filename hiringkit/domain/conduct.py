"""How interviews are held: the rules that make them alike for every candidate.

The choices follow the components of structure of Campion, Palmer & Campion (1997), "A review of structure in the
selection interview", Personnel Psychology 50, 655-702.
"""

from enum import StrEnum

from attrs import field, frozen

from hiringkit.domain.shape import POSITIVE


class Prompting(StrEnum):
    """What an interviewer may ask besides the question."""

    PLANNED_PROBES = "planned-probes"
    """The question's probes and nothing else, neutrally worded."""
    FREE = "free"
    """Whatever seems to help."""


class Ancillary(StrEnum):
    """What an interviewer sees of application, references and test results."""

    WITHHELD = "withheld"
    """Nothing."""
    AFTER_RATING = "after-rating"
    """Nothing before the scorecard is in."""
    SHARED = "shared"
    """All of it."""


class CandidateQuestions(StrEnum):
    """When candidates ask their own questions."""

    SEPARATE = "separate"
    """At another time, or once everything has been rated."""
    DURING = "during"
    """In the course of the interview."""


class NoteTaking(StrEnum):
    """Whether interviewers write down what a rating rests on."""

    REQUIRED = "required"
    """For every rating."""
    OPTIONAL = "optional"
    """Where they like."""


class Unrated(StrEnum):
    """Whether a scorecard may be submitted while questions have neither a level nor a mark."""

    BLOCK = "block"
    """No: each question needs a level, `not-assessed` or `no-evidence`."""
    ALLOW = "allow"
    """Yes: such a question counts for nothing, and is told before submitting."""


class AfterSeeing(StrEnum):
    """What ratings count for that were given or changed by somebody who could see others' of the candidate."""

    COUNT = "count"
    """As any other; who gave them is told."""
    EXCLUDE = "exclude"
    """Nothing: they are left out of every score, and it is told how many of whom."""


class RankingPolicy(StrEnum):
    """Whether candidates are put in an order by their scores."""

    ON = "on"
    """By the weighted score over all criteria, with how sure the order is."""
    OFF = "off"
    """No total, no rank and no order: criteria, bars and evidence stand for themselves, and people weigh them."""


class Training(StrEnum):
    """Whether interviewers practise before their first interview."""

    REQUIRED = "required"
    """On sample answers with reasoned levels."""
    OPTIONAL = "optional"
    """If they like."""


class Discussion(StrEnum):
    """When interviewers speak about a candidate."""

    AFTER_SCORECARDS = "after-scorecards"
    """Not before the scorecards of all of them are in."""
    ANY_TIME = "any-time"
    """Between interviews too."""


class Combination(StrEnum):
    """What ratings are put together by."""

    STATISTICAL = "statistical"
    """By the weights and thresholds of the rubric."""
    JUDGEMENT = "judgement"
    """By impression."""


@frozen
class Panel:
    """Who interviews a candidate, and when they speak about it."""

    minimum: int = field(metadata=POSITIVE)
    """How many interviewers each candidate meets at the least, one after the other or together."""
    discussion: Discussion | None = None
    """When they speak about the candidate."""
