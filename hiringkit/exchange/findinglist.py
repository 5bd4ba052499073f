"""Findings gathered while a file is read: the first of each kind in full, the rest as a number."""

from collections import Counter
from collections.abc import Iterable

from attrs import evolve

from hiringkit.domain.finding import Finding
from hiringkit.domain.sentence import Sentence

MOST = 50
"""Findings of one code that are given in full."""
_SHOWN = 60


class FindingList:
    """A growing list of findings that a file with a million faults does not blow up."""

    def __init__(self) -> None:
        self._kept: dict[str, list[Finding]] = {}
        self._more: Counter[str] = Counter()

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

    def count_more(self, code: str, more: int) -> None:
        """Count findings of a code that has reached its limit, without making them."""
        self._more[code] += more

    def in_order(self) -> list[Finding]:
        """Return findings by their place, and after them how many more there are of each kind."""
        kept = [finding for findings in self._kept.values() for finding in findings]
        return in_order(kept) + [_more(self._kept[code][-1], n) for code, n in self._more.items() if n]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by their place in the file; those without a place come last."""
    return sorted(findings, key=_place)


def shown(text: str) -> str:
    """Quote what a file holds, in full where it is short."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _more(last: Finding, more: int) -> Finding:
    return evolve(
        last, message=Sentence("and {more} more like this").format(more=more), hint="", path="", location=None
    )


def _place(finding: Finding) -> tuple[bool, int, int]:
    place = finding.location
    return (False, place.line or 0, place.column or 0) if place else (True, 0, 0)
