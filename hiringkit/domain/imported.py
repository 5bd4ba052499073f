"""Scorecards as another program wrote them: in its own words, before a map says what they mean here."""

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

from hiringkit.domain.finding import Finding, Location


@frozen
class ImportedPerson:
    """A candidate or an interviewer, as the source knows them."""

    source_id: str = ""
    """The source's own id, as text; empty where it has none."""
    name: str = ""
    email: str = ""

    @property
    def label(self) -> str:
        """What to call them in a message."""
        return self.name or self.email or self.source_id


@frozen
class ImportedRating:
    """One rating, of whatever the source rates: an attribute, a skill, a question."""

    attribute: str
    """What was rated, in the source's words."""
    label: str
    """The rating in the source's words: `strong_yes`, `4 - Strong Hire`, `4`; empty where there is none."""
    place: Location
    """Where it stands, for findings; the line is the record's place in a list, from 1, where there are no lines."""
    path: str = ""
    """The place inside the record, such as `$[3].attributes[0].rating` or a column's name."""
    evidence: str = ""
    """Plain text that was written about it."""


@frozen
class ImportedScorecard:
    """What one interviewer made of one candidate."""

    source: str
    """The kind of source, such as `greenhouse-v3`."""
    source_id: str
    """The source's id of the scorecard, as text; empty where it has none."""
    candidate: ImportedPerson
    interviewer: ImportedPerson
    place: Location
    """Where it begins, likewise."""
    path: str = ""
    """Likewise."""
    ratings: tuple[ImportedRating, ...] = ()
    recommendation: str = ""
    """The overall recommendation in the source's words; empty where there is none."""
    notes: str = ""
    """Plain text that is about no single rating."""
    submitted_at: datetime | None = None
    """UTC; None where the source does not say."""


@frozen
class ImportReport:
    """What an import does, or would do."""

    opening: str
    source: str
    """The kind of source."""
    candidates: tuple[str, ...] = ()
    """Names of those that are new."""
    known_candidates: int = 0
    interviewers: tuple[str, ...] = ()
    """Names of those that are new."""
    known_interviewers: int = 0
    added: int = 0
    """Scorecards that are new."""
    changed: tuple[str, ...] = ()
    """What is different in scorecards that were imported before."""
    unchanged: int = 0
    ratings: int = 0
    """Of the scorecards that are new or changed."""
    marks: Mapping[str, int] = field(factory=dict)
    """How many of them are no numbers, by what they are."""
    left_out: Mapping[str, int] = field(factory=dict)
    """Ratings that the map leaves out, by what they are of."""
    empty: int = 0
    """Scorecards in which nothing is filled in; they are left out."""
    findings: tuple[Finding, ...] = ()
    written: bool = False
    """Whether it was done."""
