"""What is known about a candidate, how long it is kept, and what an erasure left."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from attrs import frozen

from hiringkit.domain.decision import DecisionState
from hiringkit.domain.interview import InterviewState, InterviewText, Mark, Opening
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.people import Candidate
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence

MONTHS_IN_YEAR = 12


@frozen
class RetentionPreset:
    """A time for which records are kept, and the law that it answers."""

    name: str
    """As typed."""
    months: int
    law: Sentence


PRESETS = (
    RetentionPreset(
        "1-year",
        12,
        Sentence("United States, 29 CFR 1602.14: one year from the record or the decision, whichever is later"),
    ),
    RetentionPreset(
        "3-years",
        36,
        Sentence(
            "the usual limit for civil claims, such as article 188 of China's Civil Code and § 195 BGB in Germany"
        ),
    ),
    RetentionPreset(
        "4-years", 48, Sentence("California, Government Code § 12946: four years from the record or the decision")
    ),
)
MOST_MONTHS = 600


@frozen
class RetainedOpening:
    """How long what is known about an opening's candidates is kept."""

    opening: Opening
    due_at: datetime | None
    """When it is to be erased; None where the opening runs, or nothing was decided."""
    due: tuple[Candidate, ...]
    """Those to be erased now."""
    held: tuple[Candidate, ...]
    """Those who would be due but for a hold."""


def months_after(at: datetime, months: int) -> datetime:
    """Return the same day so many months later, or the last of that month where it is shorter."""
    years, month = divmod(at.month - 1 + months, MONTHS_IN_YEAR)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def keep_until(opening: Opening) -> datetime | None:
    """Return until when what is known about an opening's candidates is kept; None where that is not decided yet."""
    if opening.closed_at is None or opening.retention_months is None:
        return None
    return months_after(opening.closed_at, opening.retention_months)


@frozen
class PersonalAnswer:
    """What was made of one answer."""

    question: str
    """The question's id."""
    text: Text | str
    """The question."""
    rating: LevelNumber | Mark | None
    evidence: str
    rated_at: datetime | None
    source_words: str
    """The rating in the words of the program that it was imported from; empty where it was given here."""


@frozen
class PersonalScorecard:
    """A submitted opinion."""

    number: int
    submitted_at: datetime
    recommendation: str
    summary: str
    reason: str
    """Why it was amended."""
    answers: tuple[PersonalAnswer, ...]


@frozen
class PersonalInterview:
    """An interview as its candidate may know it: interviewers are numbered, not named."""

    interviewer: int
    round: int
    state: InterviewState
    scheduled_at: datetime | None
    location: str
    cancelled_at: datetime | None
    cancelled_reason: str
    source: str
    """The program that it was imported from; empty where it was held here."""
    answers: tuple[PersonalAnswer, ...]
    """As they are now, submitted or not."""
    texts: Mapping[InterviewText, str]
    scorecards: tuple[PersonalScorecard, ...]


@frozen
class PersonalVote:
    """What somebody who votes gave the candidate on one criterion."""

    criterion: str
    """The criterion's id, or `holistic`."""
    name: Text | None
    """The criterion's; None of holistic judgement."""
    round: int
    voter: int
    """Numbered as interviewers are."""
    level: LevelNumber | None
    """None is an abstention."""
    at: datetime
    reason: str
    """Empty where it speaks of other candidates only."""


@frozen
class PersonalDecision:
    """A decision that the candidate stood in, as far as it is about them."""

    number: int
    state: DecisionState
    opened_at: datetime
    votes: tuple[PersonalVote, ...]
    """Those that are revealed."""
    sealed: int
    """Votes on the candidate that are not revealed yet, and stay their voters' until then."""
    chosen: bool | None
    """Whether it was decided for them; None as long as nothing is."""
    decided_at: datetime | None
    said: tuple[str, ...]
    """Notes of discussions and statements of the closing that name them, or that can mean nobody else."""


@frozen
class PersonalEvent:
    """Something that was done with the candidate's records."""

    at: datetime
    action: str


@frozen
class PersonalRecord:
    """All that is known about a candidate."""

    opening: Opening
    candidate: Candidate
    interviews: tuple[PersonalInterview, ...]
    needs: Mapping[str, int]
    """What the candidate needs from the team, by expectation."""
    events: tuple[PersonalEvent, ...]
    """Oldest first."""
    keep_until: datetime | None
    decisions: tuple[PersonalDecision, ...] = ()
    """Oldest first."""
    demographics: tuple[str, ...] = ()
    """Of which kinds, such as sex, an answer is kept; what it is, nobody who handles the record is shown."""


@frozen
class LeftCopy:
    """A copy of the database that may still hold an erased candidate."""

    path: Path
    readable: bool
    """False where it could not be looked into."""


@frozen
class NameMention:
    """Something about others in which an erased candidate's name still stands."""

    table: str
    column: str
    key: str
    """Of the row."""


@frozen
class Erasure:
    """What erasing a candidate did, and what it could not reach."""

    opening: str
    pseudonym: str
    backups: tuple[LeftCopy, ...]
    mentions: tuple[NameMention, ...]
    crash_logs: tuple[Path, ...]
    """Those that were deleted because they named the candidate."""
    swept: bool = True
    """Whether the database's files were written anew; on PostgreSQL only the owner of the tables can."""
