"""What a check finds: a mistake, the way to it, and what has to be sound for it to be one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

from attrs import field, frozen

from hiringkit.library.mistakes import DUPLICATE_ID, Mistake
from hiringkit.library.nodes import Path


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
