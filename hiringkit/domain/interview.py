"""Openings, interviews, ratings and scorecards."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from attrs import field, frozen

from hiringkit.domain.conduct import RankingPolicy
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.rubric import Policy


class Mark(StrEnum):
    """What a rating can be other than a number. Neither is ever a zero; absent is None."""

    NOT_ASSESSED = "not-assessed"
    """The question was not asked."""
    NO_EVIDENCE = "no-evidence"
    """The question was asked and the answer showed nothing."""


class InterviewState(StrEnum):
    """Where an interview stands."""

    SCHEDULED = "scheduled"
    """Planned, nothing rated yet."""
    STARTED = "started"
    """Some rating, evidence or probe is on disk."""
    SUBMITTED = "submitted"
    """Locked; an amendment is a new scorecard."""
    CANCELLED = "cancelled"
    """Will not take place; what was rated is kept and counts for nothing."""


class InterviewText(StrEnum):
    """What an interviewer writes about an interview as a whole."""

    RECOMMENDATION = "recommendation"
    """A draft of the scorecard's: strong-yes, yes, no, strong-no, or nothing."""
    SUMMARY = "summary"
    """A draft of the scorecard's one-line reason."""
    NOTES = "notes"
    """Notes that are not about one question; their author alone sees them."""
    HANDOVER = "handover"
    """For the candidate's other interviewers. Until their own scorecard is in they see `topics_left` of it alone."""


def text_version(text: str) -> str:
    """Return a short hash of a text, by which a change of it is noticed."""
    return sha256(text.encode()).hexdigest()[:16]


def topics_left(handover: str) -> str:
    """Return the lines of a handover that are questions: what its author leaves to be asked by others."""
    return "\n".join(
        line.strip() for line in handover.splitlines() if line.strip().endswith(("?", "\N{FULLWIDTH QUESTION MARK}"))
    )


@frozen
class InterviewProgress:
    """How far the interviews of an opening are; those that are cancelled do not count."""

    candidates: int = 0
    """Those who have not withdrawn."""
    planned: int = 0
    submitted: int = 0
    withdrawn_planned: int = 0
    """Those of `planned` with candidates who have withdrawn."""
    withdrawn_submitted: int = 0


@frozen
class Opening:
    """One hire against one pinned rubric."""

    id: str
    """Unique in the store."""
    title: str
    rubric: str
    """The rubric's id."""
    version: str
    """The rubric's version when the opening was created."""
    digest: str
    """`sha256:` and the hash of the rubric's content, banks included."""
    created_at: datetime
    """UTC."""
    closed_at: datetime | None = None
    """UTC; a closed opening takes no more ratings."""
    retention_months: int | None = None
    """How long after closing what is known about its candidates is kept; None where nothing was decided."""
    ranking: RankingPolicy | None = None
    """Whether its candidates are put in an order; None leaves that to the rubric."""

    def ranks(self, policy: Policy) -> bool:
        """Return whether candidates are put in an order, under the policy of the rubric that it is scored by."""
        return (self.ranking or policy.ranking) is RankingPolicy.ON


@frozen
class DroppedQuestion:
    """A question that is left out of an opening's scores for every candidate; its ratings are kept."""

    question: str
    """The question's id."""
    reason: str
    """Why, on one line."""
    at: datetime
    """UTC."""
    by: str = ""
    """Who dropped it; may be empty."""


@frozen
class Rating:
    """What one interviewer made of one answer."""

    question: str
    """The question's id."""
    value: LevelNumber | Mark | None = None
    """A level of the scale, a mark, or None where it is not yet rated."""
    evidence: str = ""
    """What the candidate said that the level rests on."""
    probes: tuple[int, ...] = ()
    """Positions, from 0, of the planned probes that were used."""
    rated_at: datetime | None = None
    """UTC, of the last change."""
    after_seeing: bool = False
    """Whether it was given or changed by somebody who could see others' ratings of the candidate."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is rated or written."""
        if self.value is not None:
            return False
        return not (self.rated_at is not None or self.evidence or self.probes or self.after_seeing)

    @property
    def content(self) -> tuple[LevelNumber | Mark | None, str, tuple[int, ...]]:
        """What the interviewer gave: level or mark, evidence, probes."""
        return self.value, self.evidence, self.probes

    @property
    def version(self) -> str:
        """A short hash of the content: a form that carries it shows by it what its writer had seen."""
        value, evidence, probes = self.content
        return text_version(f"{value}\0{evidence}\0{probes}")


@frozen
class Scorecard:
    """A submitted interview; never changed, an amendment is another one with a higher number."""

    number: int
    """1 for the first, 2 for its first amendment."""
    submitted_at: datetime
    """UTC."""
    ratings: tuple[Rating, ...]
    """One for each question of the kit."""
    recommendation: str = ""
    """strong-yes, yes, no, strong-no or empty."""
    summary: str = ""
    """The one-line reason."""
    reason: str = ""
    """Why it was amended; empty for the first."""
    by: str = ""
    """Who submitted or amended it; may be empty."""


@frozen
class Interview:
    """Candidate x interviewer x kit."""

    id: str
    """Unique in the store."""
    opening: str
    candidate: str
    interviewer: str
    kit: tuple[str, ...]
    """Ids of the questions, in the order in which they are asked."""
    state: InterviewState = InterviewState.SCHEDULED
    ratings: tuple[Rating, ...] = ()
    """The draft, or what was submitted last; one for each question of the kit, in its order."""
    scorecards: tuple[Scorecard, ...] = field(default=())
    """Oldest first."""
    scheduled_at: datetime | None = None
    """UTC; when it is to take place, where that is known."""
    revision: int = field(default=0, eq=False)
    """How often ratings, texts, kit or scorecards of it have been written."""
    round: int = 1
    """Which interview of this interviewer with the candidate it is, from 1."""
    cancelled_at: datetime | None = None
    """UTC; None unless it is cancelled."""
    cancelled_reason: str = ""
    location: str = ""
    """Where it takes place; may be empty."""
    withdrawn_at: datetime | None = None
    """UTC; None unless the candidate has withdrawn."""
    withdrawn_reason: str = ""
    rated_count: int | None = None
    """How many questions have a level or a mark, for a recruiter who does not see which."""

    def rating(self, question_id: str) -> Rating:
        """Return the rating of a question of the kit, an absent one where there is none."""
        return next((r for r in self.ratings if r.question == question_id), Rating(question_id))

    @property
    def owed(self) -> bool:
        """Whether its scorecard is still to come."""
        return self.state in {InterviewState.SCHEDULED, InterviewState.STARTED} and self.withdrawn_at is None

    @property
    def is_hidden(self) -> bool:
        """Whether the reader may not see its ratings: else there is one for each question, even an absent one."""
        return self.state is not InterviewState.SCHEDULED and bool(self.kit) and not self.ratings

    @property
    def rated(self) -> int | None:
        """How many questions of the kit have a level or a mark; None where the reader may not know."""
        if self.state is InterviewState.SUBMITTED:
            return len(self.kit)
        return self.rated_count if self.is_hidden else len(self.kit) - len(self.outstanding)

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Questions of the kit that have neither a level nor a mark."""
        return tuple(q for q in self.kit if self.rating(q).value is None)


@frozen
class Origin:
    """Where a scorecard was imported from."""

    source: str
    """The kind of source."""
    source_id: str
    """The scorecard's id there."""
    words: Mapping[str, tuple[str, str]]
    """By question: what the source calls it, and the rating in its words."""
