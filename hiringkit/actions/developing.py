"""What to work on after a self-assessment, in the order of what it is worth."""

from collections.abc import Iterator, Mapping
from math import floor

from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Criterion, Rubric
from hiringkit.domain.selfprofile import Exercise, NextStep, NextSteps, SelfProfile, SelfScore
from hiringkit.domain.text import Text
from hiringkit.errors import FindingsError, NotFound
from hiringkit.library.catalog import Library
from hiringkit.library.documents import Kind

_NEAREST = 2
"""Criteria that are worked on where no gap is left."""


def next_steps(library: Library, profile: SelfProfile) -> NextSteps:
    """Say for each gap what to learn or do, what to practise and what a level higher looks like.

    Where there is no gap, the criteria nearest to their bars stand in its place. What to learn or do is taken
    from the rubric that the attempt pins, or, where that has nothing on it, from the library's version.

    Args:
        library: Where sample answers are.
        profile: The self-assessment.
    """
    rubric = profile.sheet.rubric
    shelved = dict(_shelved(library))
    current = _current(library, rubric.id)
    worked_on = profile.gaps or _nearest(profile)
    return NextSteps(profile, tuple(_step(score, rubric, current, shelved) for score in worked_on), bool(profile.gaps))


def _step(score: SelfScore, rubric: Rubric, current: Rubric | None, shelved: Mapping[str, tuple[str, int]]) -> NextStep:
    criterion = score.criterion
    newer = current.criterion(criterion.id) if current else None
    level, anchor = _above(criterion, score.score)
    return NextStep(
        score=score,
        develop=criterion.develop or (newer.develop if newer else ()),
        exercises=_exercises(criterion, rubric, shelved),
        next_level=level,
        next_anchor=anchor,
    )


def _above(criterion: Criterion, score: float | None) -> tuple[int | None, Text | None]:
    """Return the first level above a score that has an anchor, and the anchor."""
    reached = floor(score) if score is not None else 0
    higher = sorted(level for level in criterion.anchors if level > reached)
    return (higher[0], criterion.anchors[higher[0]]) if higher else (None, None)


def _exercises(criterion: Criterion, rubric: Rubric, shelved: Mapping[str, tuple[str, int]]) -> tuple[Exercise, ...]:
    """Return the questions on a criterion: those with sample answers first, then by what they tell of it."""

    def weight(question: Question) -> float:
        return question.criteria[criterion.id] / sum(question.criteria.values())

    asked = [q for q in rubric.asked if criterion.id in q.criteria]
    found = [Exercise(q, *shelved.get(q.id, ("", 0))) for q in asked]
    return tuple(sorted(found, key=lambda e: (not e.samples, -weight(e.question))))


def _nearest(profile: SelfProfile) -> tuple[SelfScore, ...]:
    """Return the criteria that stand least above their bars; without a bar, the lowest."""
    low = profile.sheet.rubric.scale.low
    scored = [(s.score - (s.criterion.bar or low), s) for s in profile.scores if s.score is not None]
    return tuple(s for _margin, s in sorted(scored, key=lambda each: (each[0], -each[1].share))[:_NEAREST])


def _shelved(library: Library) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield each question of the library's banks with its bank and the number of its sample answers."""
    for entry in library.entries(Kind.BANK):
        try:
            bank = library.load_bank(entry.id)
        except (FindingsError, NotFound):
            continue
        yield from ((question.id, (bank.id, len(question.samples))) for question in bank.questions)


def _current(library: Library, rubric: str) -> Rubric | None:
    try:
        return library.load_rubric(rubric)
    except (FindingsError, NotFound):
        return None
