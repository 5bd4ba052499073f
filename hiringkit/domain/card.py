"""The interview card: an interview that somebody holds without the database, and what comes back of it."""

from datetime import datetime
from enum import StrEnum

from attrs import field, frozen

from hiringkit.domain.interview import Mark
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.people import Candidate, Interviewer

CARD_ENDING = ".hkcard.json"
MOST_BYTES = 1_000_000
"""How large a filled card may be."""
_LONGEST_FIELD = 20_000
_ALL_FIELDS = 250_000
"""Characters that may be written on a card altogether: Chinese takes three bytes each."""


class CardState(StrEnum):
    """What the interviewer wants done with a filled card."""

    DRAFT = "draft"
    """It is not finished: it becomes a draft."""
    SUBMITTED = "submitted"
    """It is finished: it becomes a submitted scorecard."""


@frozen
class CardRubric:
    """Which rubric a card was made from."""

    id: str
    version: str
    digest: str


@frozen
class CardHeader:
    """What a card is about; it is the same on the empty card and on everything that is saved from it."""

    card: str
    """The card's own id."""
    interview: str
    """The interview's id."""
    opening: str
    candidate: str
    interviewer: str
    rubric: CardRubric
    issued_at: datetime
    """UTC."""


@frozen
class CardPage:
    """What an empty card holds: all that an interview is held with, without a database."""

    about: CardHeader
    key: str
    """What is saved from the card is signed with this; hexadecimal digits."""
    title: str
    """The opening's."""
    candidate: Candidate
    interviewer: Interviewer
    kit: str
    """What of the rubric is asked, as text that `parse_rubric` reads."""


@frozen
class CardRating:
    """What was made of one answer on a card."""

    question: str
    """The question's id."""
    rating: LevelNumber | Mark | None = None
    evidence: str = ""
    probes: tuple[int, ...] = ()
    """Positions, from 0, of the planned probes that were used."""
    rated_at: datetime | None = None
    """UTC, by the clock of the device."""


@frozen
class FilledCard:
    """What was saved from a card."""

    about: CardHeader
    state: CardState
    saved_at: datetime
    """UTC, by the clock of the device; later for each further save of the card."""
    ratings: tuple[CardRating, ...]
    """One for each question of the card, in its order."""
    recommendation: str = ""
    """strong-yes, yes, no, strong-no or empty."""
    summary: str = ""
    """The one-line reason."""
    notes: str = ""
    """Notes that are not about one question."""

    @property
    def rated(self) -> int:
        """How many questions have a level or a mark."""
        return sum(each.rating is not None for each in self.ratings)


@frozen
class CardReceipt:
    """What became of one file that was to be received."""

    file: str
    """What the user calls it."""
    accepted: bool
    card: FilledCard | None = None
    """None where the file is none."""
    reason: str = ""
    """Why it was refused, a sentence."""
    hint: str = field(default="")
    """What to do about it."""


def longest_field(questions: int) -> int:
    """Return how many characters may be written into one field of a card, so that all of them fit into a file."""
    return min(_LONGEST_FIELD, _ALL_FIELDS // (questions + 2))
