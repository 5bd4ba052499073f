"""Interviews that are to be planned, many at once, and those that are."""

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

from hiringkit.domain.finding import Location
from hiringkit.domain.interview import Interview, Opening
from hiringkit.domain.people import Candidate, Interviewer


@frozen
class PlannedRow:
    """A row of a file that plans interviews."""

    candidate: str
    """Id, e-mail or name."""
    interviewer: str
    """Id, e-mail or name."""
    at: datetime | None = None
    """UTC."""
    minutes: float | None = None
    """How long it may be, for the choice of the kit."""
    location: str = ""
    questions: tuple[str, ...] = ()
    """The kit; chosen where it is empty."""
    places: Mapping[str, Location] = field(factory=dict)
    """Where each cell stands, by its column."""


@frozen
class Engagement:
    """An interview with the people and the opening that it belongs to."""

    interview: Interview
    opening: Opening
    candidate: Candidate
    interviewer: Interviewer
    minutes: float
    """As long as its questions are planned to take."""
