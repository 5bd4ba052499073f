"""A new rubric out of what an author has chosen."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, TypeVar

from attrs import evolve, field, fields, frozen, has

from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement, Role, Task
from hiringkit.domain.rubric import Criterion, Need, Policy, QuestionUse, Rubric, Scale
from hiringkit.domain.text import LANGUAGES, Text
from hiringkit.library.suggesting import Offer
from hiringkit.library.tokens import content_tokens

T = TypeVar("T")
_WORDS_OF_AN_ID = 4
_LONGEST_STEM = 55
_WORD = re.compile(r"[a-z0-9]+")


@frozen
class Choices:
    """What an author has chosen."""

    id: str
    title: Text
    family: str
    level: str
    languages: tuple[str, ...]
    """Of the file: one, whose texts are then plain, or both."""
    tasks: tuple[Task, ...]
    requirements: tuple[Requirement, ...]
    criteria: tuple[Criterion, ...]
    """With their weights."""
    questions: tuple[Offer, ...]
    scale: Scale
    policy: Policy = field(factory=Policy)
    summary: Text | None = None
    need: Need | None = None
    stakeholders: tuple[Any, ...] = ()


def draft_rubric(choices: Choices) -> Rubric:
    """Return the rubric, version 1.0.0, as it is written: questions of banks are drawn, others written out."""
    rated = {criterion.id for criterion in choices.criteria}
    role = Role(
        family=choices.family,
        level=choices.level,
        stakeholders=choices.stakeholders,
        requirements=choices.requirements,
        tasks=tuple(evolve(t, criteria=tuple(c for c in t.criteria if c in rated)) for t in choices.tasks),
    )
    made = Rubric(
        id=choices.id,
        version="1.0.0",
        title=choices.title,
        scale=choices.scale,
        criteria=choices.criteria,
        questions=_questions(choices.questions),
        summary=choices.summary,
        role=role,
        need=choices.need,
        policy=choices.policy,
    )
    return made if choices.languages == LANGUAGES else in_one_language(made, choices.languages[0])


def in_one_language(value: T, language: str) -> T:
    """Return a value with all its texts in one language, written without naming it."""
    changed: Any = value
    if isinstance(value, Text):
        changed = Text(plain=value.in_language(language))
    elif isinstance(value, tuple):
        changed = tuple(in_one_language(each, language) for each in value)
    elif isinstance(value, Mapping):
        changed = {key: in_one_language(each, language) for key, each in value.items()}
    elif has(type(value)):
        names = [each.name for each in fields(type(changed))]
        changed = evolve(changed, **{name: in_one_language(getattr(changed, name), language) for name in names})
    return changed  # type: ignore[no-any-return]  # of the type that came in


def new_tasks(lines: Sequence[str], traces: Sequence[tuple[str, ...]]) -> tuple[Task, ...]:
    """Make tasks of lines, each with the criteria that it calls upon."""
    ids = ids_of(lines, "task")
    return tuple(Task(i, Text(plain=line), trace) for i, line, trace in zip(ids, lines, traces, strict=True))


def ids_of(lines: Sequence[str], stem: str) -> list[str]:
    """Make an id of the first telling words of each line, numbered where there are none or they are taken."""
    made: list[str] = []
    for number, line in enumerate(lines, 1):
        words = [word for word in _telling(line) if _WORD.fullmatch(word)][:_WORDS_OF_AN_ID]
        identity = "-".join(words)[:_LONGEST_STEM].strip("-")
        made.append(identity if identity and identity not in made else f"{identity or stem}-{number}")
    return made


def _telling(line: str) -> list[str]:
    """Return a line's own words, those that are everywhere left out."""
    stems = set(content_tokens(line))
    words = re.findall(r"[a-z0-9]+", line.lower()) if line.isascii() or " " in line else []
    return [word for word in words if set(content_tokens(word)) & stems]


def _questions(offers: Sequence[Offer]) -> tuple[QuestionUse | Question, ...]:
    made: list[QuestionUse | Question] = []
    for bank, group in groupby(offers, key=lambda offer: offer[0]):
        questions = [question for _, question in group]
        made += [QuestionUse(bank, tuple(question.id for question in questions))] if bank else questions
    return tuple(made)
