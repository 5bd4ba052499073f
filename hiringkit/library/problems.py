"""What a check finds: a mistake, the way to it, and what has to be sound for it to be one."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

from attrs import field, frozen

from hiringkit.domain.sentence import Sentence
from hiringkit.library.mistakes import DUPLICATE_ID, EMPTY_LIST, ID_SHAPE, NOT_POSITIVE, Mistake
from hiringkit.library.nodes import Path

LONGEST_ID = 60
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_ID = re.compile(r"[^a-z0-9]+")


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


def check_id(identifier: str, path: Path) -> Problems:
    """Yield a problem unless it is lower-case words joined by `-`."""
    if not _ID.fullmatch(identifier) or len(identifier) > LONGEST_ID:
        slug = _NOT_ID.sub("-", identifier[:LONGEST_ID].lower()).strip("-")
        hint = Sentence('write "{slug}"').format(slug=slug) if slug else ""
        yield Problem(ID_SHAPE, path, {"id": identifier, "most": LONGEST_ID}, hint=hint)


def check_ids(noun: str, items: Iterable[_Identified | Any], path: Path) -> Problems:
    """Yield a problem for each id of a list that is ill-shaped or there already."""
    first: dict[str, Path] = {}
    for i, item in enumerate(items):
        identifier = getattr(item, "id", None)
        if identifier is None:
            continue
        where = (*path, i, "id")
        yield from check_id(identifier, where)
        if identifier in first:
            fields = {"noun": noun, "id": identifier, "first": first[identifier]}
            yield Problem(DUPLICATE_ID, where, fields, needs=[first[identifier]])
        first.setdefault(identifier, where)


def check_positive(number: float | None, path: Path) -> Problems:
    """Yield a problem unless the number is above 0, or there is none."""
    if number is not None and number <= 0:
        yield Problem(NOT_POSITIVE, path, {"value": number})


def check_some(items: Collection[Any], path: Path, least: str) -> Problems:
    """Yield a problem where there is nothing at all."""
    if not items:
        yield Problem(EMPTY_LIST, path, {"least": least, "found": "none"})


def id_paths(items: Collection[Any], path: Path) -> list[Path]:
    """Return the ways to a list and to each of its ids: what a reference to one of them rests on."""
    return [path, *((*path, i, "id") for i in range(len(items)))]
