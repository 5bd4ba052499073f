"""An attempt meets another version of its rubric: what means the same counts on, the rest is kept to be read. Pure."""

from collections.abc import Mapping
from typing import TypeVar

from attrs import evolve

from hiringkit.domain.attempt import Attempt, Carried, EarlierAnswer, Sheet
from hiringkit.domain.profile import RubricRef
from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Rubric, Scale
from hiringkit.domain.text import LANGUAGES, Text

Key = TypeVar("Key")


def carry_over(sheet: Sheet, rubric: Rubric, reference: RubricRef, copy: str) -> tuple[Attempt, Carried]:
    """Move an attempt to another version of its rubric.

    An answer counts on where its question is asked and rated as before: same words, same anchors, same scale,
    and the same criteria with the same anchors. Weights, bars and all else may differ: they are not what
    was answered. Every other answer is put beside, with the question as it was asked; none is dropped. How one stands
    to a requirement counts on where its words are the same; the others are asked again.

    Args:
        sheet: The attempt with the rubric that it pins.
        rubric: The version to move to.
        reference: Which one that is.
        copy: The text to pin.
    """
    attempt, before = sheet.attempt, sheet.rubric
    asked = tuple(q for q in attempt.kit if rubric.question(q))
    kept = tuple(q for q in asked if same_meaning(before, rubric, q))
    beside = tuple(
        EarlierAnswer(before.version, _asked(before, a.question).text, a)
        for a in attempt.answers
        if a.question not in kept
    )
    standings = {r: s for r, s in attempt.requirements.items() if _same_requirement(before, rubric, r)}
    asked_now = [r.id for r in rubric.role.requirements] if rubric.role else []
    reworded = tuple(r for r in asked_now if r in attempt.requirements and r not in standings)
    moved = evolve(
        attempt,
        rubric=reference,
        copy=copy,
        kit=asked or tuple(q.id for q in rubric.asked),
        answers=tuple(a for a in attempt.answers if a.question in kept),
        earlier=(*attempt.earlier, *beside),
        requirements=standings,
        place=attempt.place if attempt.place in asked and not reworded else None,
    )
    answered = {a.question for a in attempt.answers}
    return moved, Carried(
        before=attempt.rubric,
        after=reference,
        kept=tuple(q for q in kept if q in answered),
        changed=tuple(q for q in asked if q not in kept and q in answered),
        dropped=tuple(q for q in attempt.kit if q not in asked and q in answered),
        requirements=reworded,
    )


def same_meaning(before: Rubric, after: Rubric, question_id: str) -> bool:
    """Tell whether a level given to an answer under one version says the same under the other."""
    old, new = before.question(question_id), after.question(question_id)
    if old is None or new is None or not _same_scale(before.scale, after.scale):
        return False
    same_question = _same_text(old.text, new.text) and _same_texts(old.anchors, new.anchors)
    return same_question and old.criteria.keys() == new.criteria.keys() and _same_criteria(before, after, old)


def _same_scale(old: Scale, new: Scale) -> bool:
    if old.values != new.values:
        return False
    pairs = list(zip(old.levels, new.levels, strict=True))
    return all(_same_text(a.label, b.label) and _same_text(a.meaning or Text(), b.meaning or Text()) for a, b in pairs)


def _same_requirement(before: Rubric, after: Rubric, requirement: str) -> bool:
    found = [next((r for r in x.role.requirements if r.id == requirement), None) for x in (before, after) if x.role]
    old, new = found if len(found) == 2 else (None, None)  # noqa: PLR2004 - one of each version
    return old is not None and new is not None and _same_text(old.text, new.text)


def _same_criteria(before: Rubric, after: Rubric, question: Question) -> bool:
    for criterion in question.criteria:
        old, new = before.criterion(criterion), after.criterion(criterion)
        if old is None or new is None or not _same_texts(old.anchors, new.anchors):
            return False
    return True


def _same_texts(old: Mapping[Key, Text], new: Mapping[Key, Text]) -> bool:
    return old.keys() == new.keys() and all(_same_text(old[key], new[key]) for key in old)


def _same_text(old: Text, new: Text) -> bool:
    """Tell whether two texts are the same wherever both have words: a translation that is added changes nothing."""
    if old.plain or new.plain or old == new:
        return old == new
    both = [language for language in LANGUAGES if getattr(old, language) and getattr(new, language)]
    return bool(both) and all(getattr(old, language) == getattr(new, language) for language in both)


def _asked(rubric: Rubric, question_id: str) -> Question:
    question = rubric.question(question_id)
    if question is None:
        raise AssertionError(f"an attempt's kit names {question_id}, which its rubric does not ask")
    return question
