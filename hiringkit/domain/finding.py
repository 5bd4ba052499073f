"""Findings: problems in data that somebody wrote, reported together and never raised mid-load."""

from collections.abc import Callable
from enum import StrEnum

from attrs import frozen

from hiringkit.text.sentence import Sentence


class Severity(StrEnum):
    """How much a finding matters: an error stops the use of the file, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen
class Location:
    """Where in a file a problem stands."""

    file: str
    """The file as the user named it; `-` is standard input."""
    line: int | None = None
    """Counted from 1."""
    column: int | None = None
    """Counted from 1, in characters."""

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts)


@frozen
class Finding:
    """One problem: what it is, where it is and how to mend it."""

    code: str
    """Stable, lower-case words joined by `-`; documented in docs/findings.md."""
    message: str
    """What is wrong and what was expected, one sentence without a final full stop."""
    severity: Severity = Severity.ERROR
    hint: str = ""
    """How to mend it."""
    path: str = ""
    """The place inside the document, such as `$.criteria[2].weight` or a CSV column's name."""
    location: Location | None = None

    def __str__(self) -> str:
        return self.line()

    def line(self, say: Callable[[str], str] = str) -> str:
        """Return it as one line, `file:line:column: severity code path: message (hint: …)`.

        Args:
            say: Into the reader's language; severity, code and path stay as they are, because programs read them.
        """
        where = f"{self.location}: " if self.location else ""
        path = f" {self.path}:" if self.path else ":"
        hint = say(Sentence(" (hint: {hint})").format(hint=say(self.hint))) if self.hint else ""
        return f"{where}{self.severity} {self.code}{path} {say(self.message)}{hint}"


def has_errors(findings: "list[Finding] | tuple[Finding, ...]") -> bool:
    """Return whether any finding is of severity error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
