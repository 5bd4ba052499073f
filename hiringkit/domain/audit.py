"""The audit log: what was done, by whom and when."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from hiringkit.domain.finding import Finding


class Via(StrEnum):
    """What a change was made with."""

    CLI = "cli"
    TUI = "tui"
    WEB = "web"
    CARD = "card"
    IMPORT = "import"
    UPGRADE = "upgrade"
    """The program itself, when it brought the database to a new version."""


@frozen
class AuditEvent:
    """Something that was done."""

    sequence: int
    """From 1, without gaps."""
    at: datetime
    """UTC."""
    actor: str
    """Who did it."""
    action: str
    """What was done, such as `interview.rate`."""
    subject: Mapping[str, str]
    """What it was done to: kinds of things and their ids."""
    detail: Mapping[str, Any]
    """Further plain values."""
    previous: str
    """The hash of the event before; zeros for the first."""
    hash: str
    """Of this event, 64 hexadecimal digits."""
    via: str = Via.CLI
    """What it was done with; empty for events from before that was kept."""
    states: Mapping[str, tuple[str | None, str | None]] = field(factory=dict)
    """Digests before and after of what was changed; None where there was nothing."""


@frozen
class AuditEntry:
    """An event of the audit log as far as the viewer may see it."""

    sequence: int
    at: datetime
    """UTC."""
    actor: str
    """Who did it; may be empty, and is so where it is a colleague's vote that is not revealed yet."""
    action: str
    """`noun.verb`."""
    subject: Mapping[str, str]
    """Ids of what it was done to, by kind."""
    detail: Mapping[str, Any] | None
    """Further values; None where they are about an interview or a vote that the viewer may not see yet."""
    hash: str | None
    """Of the event; None for interviewers, because what is hidden could be guessed and checked against it, and for
    anybody else where something is hidden."""
    via: str = ""
    """What it was done with: cli, tui, web, card, import; empty for events from before that was kept."""
    states: Mapping[str, tuple[str | None, str | None]] | None = None
    """Digests before and after of what was changed; None for interviewers."""


@frozen
class AuditHead:
    """The last event, to be noted somewhere else."""

    sequence: int
    """0 where there is no event."""
    hash: str

    @property
    def noted(self) -> str:
        """What is to be noted: `SEQUENCE:HASH`."""
        return f"{self.sequence}:{self.hash}"


@frozen
class AuditVerdict:
    """What a check of the whole log found."""

    head: AuditHead
    problems: tuple[Finding, ...]
    """By place in the log; empty where it is as it was written."""
