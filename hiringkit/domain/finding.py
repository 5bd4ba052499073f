"""Findings: problems in data that somebody wrote, reported together and never raised mid-load."""

from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum

from attrs import evolve, frozen

from hiringkit.domain.codes import Code
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

    code: Code
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


MOST = 50
"""Findings of one code that are given in full."""
_SHOWN = 60


class FindingList:
    """A growing list of findings that a file with a million faults does not blow up."""

    def __init__(self) -> None:
        self._kept: dict[Code, list[Finding]] = {}
        self._more: Counter[Code] = Counter()

    def add(self, finding: Finding) -> None:
        """Add one finding."""
        kept = self._kept.setdefault(finding.code, [])
        if len(kept) < MOST:
            kept.append(finding)
        else:
            self._more[finding.code] += 1

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several."""
        for finding in findings:
            self.add(finding)

    def count_more(self, code: Code, more: int) -> None:
        """Count findings of a code that has reached its limit, without making them."""
        self._more[code] += more

    def in_order(self) -> list[Finding]:
        """Return findings by their place, and after them how many more there are of each kind."""
        kept = [finding for findings in self._kept.values() for finding in findings]
        return in_order(kept) + [_more(self._kept[code][-1], n) for code, n in self._more.items() if n]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by their place in the file; those without a place come last."""
    return sorted(findings, key=_placed)


def shown(text: str) -> str:
    """Quote what a file holds, in full where it is short."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _more(last: Finding, more: int) -> Finding:
    return evolve(
        last, message=Sentence("and {more} more like this").format(more=more), hint="", path="", location=None
    )


def _placed(finding: Finding) -> tuple[bool, int, int]:
    place = finding.location
    return (False, place.line or 0, place.column or 0) if place else (True, 0, 0)
