"""What is different in the weights of two rubrics, taken as shares."""

from collections.abc import Iterator, Mapping

from hiringkit.domain.rubric import Rubric
from hiringkit.domain.rubricdiff import Change, ChangeKind, Step
from hiringkit.domain.sentence import Sentence
from hiringkit.library.diffrules import judge

SAME = 1e-9
"""Shares nearer than this are the same."""

WRITTEN = Sentence("the weights are written differently; their shares are the same")


def weight_changes(before: Rubric, after: Rubric) -> Iterator[Change]:
    """Yield each criterion whose weight has changed beside the others that both rubrics have.

    What a criterion that came or went does to the shares of the rest is not told again of each of them.
    """
    old, new = ({each.id: each.weight for each in rubric.criteria} for rubric in (before, after))
    common = [key for key in old if key in new]
    moved = _moved(old, new, common)
    if not moved and any(old[key] != new[key] for key in common):
        yield Change("criteria", ChangeKind.REWORDED, Step.PATCH, WRITTEN)
    for key in moved:
        way = ("criteria", key, "weight")
        step, why = judge(way, ChangeKind.CHANGED)
        shares = old[key] / sum(old.values()), new[key] / sum(new.values())
        yield Change(".".join(way), ChangeKind.CHANGED, step, why, *shares)


def loading_changes(before: Rubric, after: Rubric) -> Iterator[Change]:
    """Yield each question whose weight as evidence has changed beside the others that both rubrics ask."""
    old, new = ({question.id: question.criteria for question in rubric.asked} for rubric in (before, after))
    common = [key for key in old if key in new]
    for criterion in [each.id for each in before.criteria if after.criterion(each.id)]:
        was, now = ({key: float(table[key].get(criterion, 0)) for key in common} for table in (old, new))
        for key in _moved(was, now, common):
            way = ("questions", key, "criteria", criterion)
            kind = _kind(was[key], now[key])
            step, why = judge(way, kind)
            yield Change(".".join(way), kind, step, why, was[key] or None, now[key] or None)


def _moved(before: Mapping[str, float], after: Mapping[str, float], keys: list[str]) -> list[str]:
    """Return the keys whose weight is another, if the shares among them all are not the same."""
    old, new = (sum(table[key] for key in keys) or 1.0 for table in (before, after))
    if all(abs(before[key] / old - after[key] / new) < SAME for key in keys):
        return []
    return [key for key in keys if before[key] != after[key]]


def _kind(before: float, after: float) -> ChangeKind:
    if before and after:
        return ChangeKind.CHANGED
    return ChangeKind.REMOVED if before else ChangeKind.ADDED
