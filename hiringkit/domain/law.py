"""What laws ask of those who decide with scores: texts with their date and sources. None of it is legal advice."""

from datetime import date, datetime
from enum import StrEnum

from attrs import frozen

from hiringkit.domain.interview import Opening
from hiringkit.domain.people import Candidate
from hiringkit.domain.profile import CriterionScore, ScaleUsed
from hiringkit.domain.rubric import Criterion
from hiringkit.text.language import Text

STALE_DAYS = 365
"""Days after which a text has to be looked up again before it is relied on."""


@frozen
class LawSource:
    """Where a text was taken from."""

    url: str
    dated: str = ""
    """The day that the source gives for itself, or the year; empty where it gives none."""


@frozen
class CardSection:
    """A part of the system card."""

    title: Text
    text: Text


@frozen
class Jurisdiction:
    """A law, and what it asks for."""

    id: str
    """As it is typed, such as nyc."""
    name: Text
    law: Text
    since: Text
    """From when on it applies."""
    written: str
    """The day on which the texts were written from their sources."""
    scope: Text
    """Whether what this program does may fall under it."""
    sources: tuple[LawSource, ...]
    duties: tuple[Text, ...] = ()
    """What else it asks for."""
    notice: tuple[Text, ...] = ()
    """What candidates are told beforehand, besides what all are told."""
    explanation: tuple[Text, ...] = ()
    """What somebody is told whom it went against, besides what all are told."""

    def is_stale(self, today: date) -> bool:
        """Return whether the texts are older than a year."""
        return (today - date.fromisoformat(self.written)).days > STALE_DAYS


@frozen
class LawBook:
    """All texts."""

    disclaimer: Text
    card: tuple[CardSection, ...]
    notice: tuple[Text, ...]
    explanation: tuple[Text, ...]
    jurisdictions: tuple[Jurisdiction, ...]


class ReviewResult(StrEnum):
    """What came of a human review."""

    UPHELD = "upheld"
    CHANGED = "changed"


@frozen
class LawTexts:
    """What a card or notice is made of."""

    book: LawBook
    jurisdictions: tuple[Jurisdiction, ...]
    stale: tuple[str, ...]
    """Ids of jurisdictions whose texts are older than a year."""
    opening: Opening
    criteria: tuple[Criterion, ...]
    """What is rated."""
    is_ranked: bool = True
    """Whether the opening puts its candidates in an order."""


@frozen
class Explanation:
    """Why it went against a candidate, out of their own profile and nobody else's."""

    texts: LawTexts
    candidate: Candidate
    scores: tuple[CriterionScore, ...]
    """In the rubric's order."""
    scale: ScaleUsed
    interviewers: int
    """How many rated the candidate."""


@frozen
class HumanReview:
    """A decision that somebody looked at again."""

    at: datetime
    """UTC."""
    by: str
    """Who recorded it; may be empty."""
    reviewer: str
    opening: str
    candidate: str
    result: str
    """`upheld` or `changed`; empty, as reviewer and reason are, where the candidate was erased since."""
    reason: str
