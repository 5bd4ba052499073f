"""The job that a rubric is for."""

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from hiringkit.domain.shape import CURRENCY, DAYS, EXPRESSIONS, ID, POSITIVE
from hiringkit.text.language import Text


class RequirementKind(StrEnum):
    """Whether a candidate must have it or had better have it."""

    REQUIRED = "required"
    """Nobody is hired without it."""
    PREFERRED = "preferred"
    """It speaks for a candidate."""


class Cadence(StrEnum):
    """How often a task comes round."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    AS_NEEDED = "as-needed"


class PayPeriod(StrEnum):
    """What a pay range is counted by."""

    YEAR = "year"
    MONTH = "month"
    HOUR = "hour"


@frozen
class Stakeholder:
    """A group that the role works with."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`."""
    text: Text
    """Who they are and what the role does for them."""
    also: Mapping[str, tuple[str, ...]] = field(factory=dict, kw_only=True, metadata=EXPRESSIONS)
    """Expressions by language: how postings say it, for `posting check`."""


@frozen
class Requirement:
    """What a candidate brings along."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`."""
    kind: RequirementKind
    """Whether it must be there."""
    text: Text
    """What it is."""
    why: Text | None = None
    """Why the role needs it."""
    criteria: tuple[str, ...] = ()
    """The criteria that it serves, where its own words do not say so."""
    also: Mapping[str, tuple[str, ...]] = field(factory=dict, kw_only=True, metadata=EXPRESSIONS)
    """Expressions by language: how postings say it, for `posting check`."""


@frozen
class Compensation:
    """The pay range."""

    currency: str = field(metadata=CURRENCY)
    """ISO 4217, such as USD."""
    low: float = field(metadata=POSITIVE)
    """Lower end, in units of the currency."""
    high: float = field(metadata=POSITIVE)
    """Upper end, not below `low`."""
    per: PayPeriod = PayPeriod.YEAR
    """What it is counted by."""
    note: Text | None = None
    """What it varies with."""


@frozen
class Task:
    """Recurring work of the role."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`."""
    text: Text
    """What is done."""
    criteria: tuple[str, ...] = ()
    """The criteria that the task calls upon."""
    cadence: Cadence | None = None
    """How often it comes round."""
    questions: tuple[str, ...] = ()
    """The rubric's questions that are about this very task."""
    also: Mapping[str, tuple[str, ...]] = field(factory=dict, kw_only=True, metadata=EXPRESSIONS)
    """Expressions by language: how postings say it, for `posting check`."""


@frozen
class RoleOutcome:
    """What the new colleague has achieved by a day of the first year."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`."""
    days: int = field(metadata=DAYS)
    """Counted from the first day at work, such as 30, 60 and 90."""
    text: Text
    """What is there by then, so that anybody can see whether it is."""


@frozen
class ReferenceCheck:
    """What is asked of somebody who has worked with the candidate."""

    id: str = field(metadata=ID)
    """Lower-case words joined by `-`."""
    text: Text
    """The question, word for word."""
    why: Text | None = None
    """What it is to confirm or correct."""
    criteria: tuple[str, ...] = ()
    """The criteria that it bears on."""


@frozen
class Role:
    """The job itself."""

    family: str = field(metadata=ID)
    """The folder's name: roles that share banks."""
    level: str
    """Such as analyst or manager."""
    stakeholders: tuple[Stakeholder, ...] = ()
    """Who the role works with."""
    requirements: tuple[Requirement, ...] = ()
    """What a candidate brings along."""
    compensation: Compensation | None = None
    """The pay range."""
    tasks: tuple[Task, ...] = ()
    """Recurring work."""
    outcomes: tuple[RoleOutcome, ...] = ()
    """First-year outcomes, the earliest first."""
    reference_checks: tuple[ReferenceCheck, ...] = ()
    """Questions for references."""
