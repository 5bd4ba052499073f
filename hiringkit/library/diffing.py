"""What is different between two rubrics, by what it means rather than by how it is written."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, fields, has

from hiringkit.domain.profile import RubricRef
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Criterion, Rubric
from hiringkit.domain.rubricdiff import Change, ChangeKind, RubricDiff, Step
from hiringkit.domain.text import Text
from hiringkit.library.diffrules import judge
from hiringkit.library.dump import digest_rubric
from hiringkit.library.weightdiff import loading_changes, weight_changes
from hiringkit.library.wording import compare_texts

_VERSION = re.compile(r"([0-9]+)\.([0-9]+)\.([0-9]+)")
_PARTS = (Step.MAJOR, Step.MINOR, Step.PATCH)
_APART = {Rubric: {"version"}, Criterion: {"weight"}, Question: {"criteria"}}
"""What is not compared as it is written: the version, and weights, which are compared as shares."""
_NAMES = ("id", "value")

Way = tuple[str, ...]
Changes = Iterator[Change]


def diff_rubrics(before: Rubric, after: Rubric, language: str = "en") -> RubricDiff:
    """Compare two rubrics whose banks are resolved.

    Weights count as shares, so that doubling all of them is no change; so do the weights of questions as
    evidence for a criterion. How large a step each change calls for: `diffrules`.

    Args:
        before: The earlier one.
        after: The later one.
        language: In which a part that was added or removed is named.
    """
    old, new = evolve(before, questions=before.asked), evolve(after, questions=after.asked)
    found = [*_Comparison(language).compare(old, new, ()), *weight_changes(old, new), *loading_changes(old, new)]
    changes = sorted(found, key=lambda change: -change.step.size)
    return RubricDiff(
        _reference(before),
        _reference(after),
        tuple(changes),
        max((change.step for change in changes), key=lambda step: step.size, default=Step.NONE),
        version_step(before.version, after.version),
    )


def version_step(before: str, after: str) -> Step:
    """Return the step between two semantic versions."""
    old, new = _numbers(before), _numbers(after)
    if old == new:
        return Step.NONE if before == after else Step.PATCH
    if new < old:
        return Step.BACK
    return next(step for step, a, b in zip(_PARTS, old, new, strict=True) if a != b)


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    return tuple(map(int, found.groups())) if found else (0, 0, 0)


def _reference(rubric: Rubric) -> RubricRef:
    return RubricRef(rubric.id, rubric.version, digest_rubric(rubric))


class _Comparison:
    """Walks two values of the same kind side by side."""

    def __init__(self, language: str) -> None:
        self.language = language

    def compare(self, before: Any, after: Any, way: Way) -> Changes:
        """Yield what is different; either value may be absent."""
        if before == after:
            return
        if before is None or after is None:
            kind = ChangeKind.ADDED if before is None else ChangeKind.REMOVED
            yield self._change(way, kind, before, after)
        elif isinstance(before, Text):
            yield from self._texts(before, after, way)
        elif _holds_texts(before, after):
            yield from self._text_lists(before, after, way)
        elif isinstance(before, tuple):
            yield from self._within(_named(before), _named(after), way)
            yield from self._order(list(_named(before)), list(_named(after)), way)
        elif isinstance(before, Mapping) or has(type(before)):
            yield from self._within(_parts(before), _parts(after), way)
        else:
            yield self._change(way, ChangeKind.CHANGED, before, after)

    def _within(self, before: Mapping[str, Any], after: Mapping[str, Any], way: Way) -> Changes:
        for key in dict.fromkeys([*before, *after]):
            yield from self.compare(before.get(key), after.get(key), (*way, key))

    def _order(self, before: list[str], after: list[str], way: Way) -> Changes:
        old, new = ([key for key in keys if key in before and key in after] for keys in (before, after))
        if old != new:
            yield self._change(way, ChangeKind.MOVED, ", ".join(old), ", ".join(new))

    def _texts(self, before: Text, after: Text, way: Way) -> Changes:
        wording = compare_texts(before, after)
        if wording:
            kind, old, new, language = wording
            yield self._change((*way, language) if language else way, kind, old, new)

    def _text_lists(self, before: tuple[Text, ...], after: tuple[Text, ...], way: Way) -> Changes:
        """Compare lists of texts, which have no ids: what is gone with what is new, in their order."""
        gone = [text for text in before if text not in after]
        for place, text in ((i, text) for i, text in enumerate(after) if text not in before):
            near = next((old for old in gone if _is_near(old, text)), None)
            yield from self.compare(near, text, (*way, f"[{place}]"))
            if near:
                gone.remove(near)
        for text in gone:
            yield self._change((*way, f"[{before.index(text)}]"), ChangeKind.REMOVED, text, None)
        yield from self._order(list(map(repr, before)), list(map(repr, after)), way)

    def _change(self, way: Way, kind: ChangeKind, before: Any, after: Any) -> Change:
        step, why = judge(way, kind)
        path = ".".join(way).replace(".[", "[")
        if kind is ChangeKind.MOVED and before[:5] == "Text(":
            return Change(path, kind, step, why)
        return Change(path, kind, step, why, self._shown(before), self._shown(after))

    def _shown(self, value: Any) -> str | float | None:
        """Return a value, or of a part of the rubric its name."""
        if isinstance(value, bool):
            return str(value).lower()
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, Text):
            return value.in_language(self.language)
        if isinstance(value, Mapping | tuple):
            return ", ".join(map(str, value))
        named = (getattr(value, name, None) for name in ("name", "text", "label", "title", "id"))
        return self._shown(next((each for each in named if each is not None), f"{type(value).__name__.lower()}"))


def _parts(value: Any) -> dict[str, Any]:
    """Return what a record or mapping holds, by name."""
    if isinstance(value, Mapping):
        return {str(key): value[key] for key in sorted(value)}
    apart = _APART.get(type(value), set())
    return {each.name: getattr(value, each.name) for each in fields(type(value)) if each.name not in apart}


def _named(items: tuple[Any, ...]) -> dict[str, Any]:
    """Return a list's items by id or level, or by themselves."""
    return {str(next((getattr(each, name) for name in _NAMES if hasattr(each, name)), each)): each for each in items}


def _holds_texts(before: Any, after: Any) -> bool:
    return isinstance(before, tuple) and all(isinstance(each, Text) for each in (*before, *after))


def _is_near(before: Text, after: Text) -> bool:
    wording = compare_texts(before, after)
    return wording is not None and wording[0] is not ChangeKind.CHANGED
