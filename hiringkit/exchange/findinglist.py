"""Findings gathered while a file is read: the first of each kind in full, the rest as a number."""

from collections import Counter
from collections.abc import Iterable

from attrs import evolve

from hiringkit.domain.finding import Finding

MOST = 50
"""Findings of one code that are given in full."""
_SHOWN = 60


class FindingList:
    """A growing list of findings that a file with a million faults does not blow up."""

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._count: Counter[str] = Counter()

    def add(self, finding: Finding) -> None:
        """Add one finding."""
        self._count[finding.code] += 1
        if self._count[finding.code] <= MOST:
            self._kept.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several."""
        for finding in findings:
            self.add(finding)

    def count_more(self, code: str, more: int) -> None:
        """Count findings of a code that has reached its limit, without making them."""
        self._count[code] += more

    def in_order(self) -> list[Finding]:
        """Return findings by their place, and after them how many more there are of each kind."""
        ordered = sorted(self._kept, key=_place)
        rest = [self._more(code, n - MOST) for code, n in self._count.items() if n > MOST]
        return ordered + rest

    def _more(self, code: str, more: int) -> Finding:
        last = next(finding for finding in reversed(self._kept) if finding.code == code)
        return evolve(last, message=f"and {more} more like this", hint="", path="", location=None)


def shown(text: str) -> str:
    """Quote what a file holds, in full where it is short."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _place(finding: Finding) -> tuple[int, int]:
    place = finding.location
    return (place.line or 0, place.column or 0) if place else (0, 0)
