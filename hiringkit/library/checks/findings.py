"""The problems of one file, as they are found."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import PurePath
from typing import Any, Protocol

from attrs import field, frozen

from hiringkit.domain.finding import Finding, Location, Severity
from hiringkit.library.checks.mistakes import DUPLICATE_ID, TOO_MANY_FINDINGS, Mistake
from hiringkit.library.yaml.nodes import Path, TextMark, render_path
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

MOST = 200
"""Findings of one severity that are kept of one file."""
_LONGEST_SHOWN = 80
_MOST_COMPARED = 300
_MOST_LISTED = 12


@frozen
class Findings:
    """Collects the problems of one file: every one, in any order, up to a limit for each severity."""

    file: str
    """The file as the user named it."""
    items: list[Finding] = field(factory=list)
    """In the order in which they were found."""
    broken: list[Path] = field(factory=list)
    """Where an error that is kept stands: what is there, or under it, cannot be built upon."""
    counts: Counter[Severity] = field(factory=Counter)
    """How many there were, kept or not."""

    def add(self, mistake: Mistake, mark: TextMark | None, path: Path = (), *, hint: str = "", **fields: Any) -> None:
        """Record a mistake; `fields` fill its sentences, and `hint` stands in for its own hint."""
        severity = mistake.severity
        self.counts[severity] += 1
        if self.counts[severity] > MOST:
            return
        if severity is Severity.ERROR:
            self.broken.append(path)
        shown = {name: _shown(value) for name, value in fields.items()}
        place = Location(self.file, mark.line + 1, mark.column + 1) if mark else Location(self.file)
        message, hint = mistake.message.format(**shown), hint or mistake.hint.format(**shown)
        self.items.append(Finding(mistake.code, message, severity, hint, render_path(path), place))

    @property
    def failed(self) -> bool:
        """Whether there is any error."""
        return self.counts[Severity.ERROR] > 0

    def suggest(self, word: str, known: Iterable[str]) -> str:
        """Return a hint that names the known word nearest to `word`, or all of a few known ones."""
        if self.counts[Severity.ERROR] >= MOST // 2:
            return ""
        return suggestion(word, known)

    def in_order(self) -> tuple[Finding, ...]:
        """Return them from the first line to the last."""
        rest = [TOO_MANY_FINDINGS] if any(n > MOST for n in self.counts.values()) else []
        last = [
            Finding(m.code, m.message.format(most=MOST), m.severity, m.hint, "$", Location(self.file)) for m in rest
        ]
        return (*sorted(self.items, key=_place), *last)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known word nearest to `word`, or all of a few known ones."""
    words = _comparable(known)
    few = 0 < len(words) <= _MOST_LISTED
    listed = Sentence("known here: {names}").format(names=", ".join(map(clean_line, words))) if few else ""
    return did_you_mean(word, words) or listed


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known word nearest to `word`, or nothing where none is near."""
    near = nearest(word.lower(), _comparable(known)) if len(word) <= _LONGEST_SHOWN else None
    return Sentence('did you mean "{near}"?').format(near=clean_line(near)) if near else ""


def _comparable(words: Iterable[str]) -> list[str]:
    """Return so few and short words that comparing with them all takes no time to speak of."""
    return [word for word in islice(words, _MOST_COMPARED) if word and len(word) <= _LONGEST_SHOWN]


def _shown(value: Any) -> Any:
    """Make a value of the author's fit for a sentence: on one line, harmless and not too long."""
    if isinstance(value, Sentence):
        return value
    if isinstance(value, PurePath):
        return clean_line(str(value))
    if not isinstance(value, str):
        return f"{value:g}" if isinstance(value, float) else value
    text = clean_line(value[: _LONGEST_SHOWN * 2])
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _place(finding: Finding) -> tuple[int, int]:
    place = finding.location
    return ((place.line or 0), (place.column or 0)) if place else (0, 0)


@frozen
class Problem:
    """A mistake in what a file says; checks yield them without knowing where in the text they stand."""

    mistake: Mistake
    path: Path
    """What it is about."""
    fields: Mapping[str, Any] = field(factory=dict)
    """What fills the sentences; a tuple is a path, and becomes the line where it leads."""
    needs: Iterable[Path] = ()
    """What else must have been read without error, or the problem may be none."""
    hint: str = ""
    """In place of the mistake's own."""
    near: tuple[str, Collection[str]] | None = None
    """A word and the known ones, for a hint that names the nearest."""
    at_key: bool = False
    """Whether it is the key that is wrong, not its value."""


Problems = Iterator[Problem]


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def check_ids(noun: str, items: Iterable[_Identified | Any], path: Path) -> Problems:
    """Yield a problem for each id of a list that is there already."""
    first: dict[str, Path] = {}
    for i, item in enumerate(items):
        identifier = getattr(item, "id", None)
        if identifier is None:
            continue
        where = (*path, i, "id")
        if identifier in first:
            fields = {"noun": noun, "id": identifier, "first": first[identifier]}
            yield Problem(DUPLICATE_ID, where, fields, needs=[first[identifier]])
        first.setdefault(identifier, where)


def id_paths(items: Collection[Any], path: Path) -> list[Path]:
    """Return the ways to a list and to each of its ids: what a reference to one of them rests on."""
    return [path, *((*path, i, "id") for i in range(len(items)))]
