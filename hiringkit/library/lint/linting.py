"""All lint rules, run on one file."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from hiringkit.domain.question import Question, QuestionBank
from hiringkit.domain.rubric import Rubric, Variant
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.documents import Draft
from hiringkit.library.lint.anchors import SeenAnchors, check_anchors
from hiringkit.library.lint.criteria import (
    check_asked_once,
    check_cover,
    check_minutes,
    check_secondary,
    check_stages,
    check_tasks,
    check_thresholds,
    check_weights,
)
from hiringkit.library.lint.protected import check_protected, check_requirements
from hiringkit.library.lint.questions import check_questions
from hiringkit.library.lint.rules import WRONG_LANGUAGE
from hiringkit.library.lint.tells import check_tells
from hiringkit.library.lint.wording import Wording, wordings
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.language import LANGUAGES, Text, count_han, count_words
from hiringkit.text.sentence import Sentence

_FEWEST_HAN = 2
_FEWEST_WORDS = 3


def lint(draft: Draft[Any]) -> None:
    """Run the rules that need only the file itself, and add to its findings."""
    match draft.value:
        case Rubric():
            draft.report(_lint_rubric(draft.value))
        case QuestionBank(questions=questions):
            draft.report(_lint_questions(dict(enumerate(questions)), SeenAnchors()))
            draft.report(check_tells(questions))
    draft.report(check_languages(draft.texts))


def lint_asked(draft: Draft[Rubric], asked: tuple[Question, ...]) -> None:
    """Run the rules that need all questions of a rubric, those of banks included, and add to its findings."""
    written = draft.value
    rubric = evolve(written, questions=asked)
    questions = _places(written)
    criteria: dict[str, Path] = {each.id: ("criteria", i, "id") for i, each in enumerate(rubric.criteria)}
    draft.report(check_asked_once(written, asked))
    draft.report(check_minutes(written, asked, questions))
    draft.report(check_cover(rubric, criteria))
    draft.report(check_stages(rubric, criteria))
    draft.report(check_tasks(rubric))
    draft.report(check_secondary(rubric, questions))


def lint_variant(draft: Draft[Variant], rubric: Rubric) -> None:
    """Run the rules on what a variant changes: weights, gates and stages; the rest is what it extends.

    Args:
        draft: As written.
        rubric: What it comes to, with its banks resolved.
    """
    places: dict[str, Path] = {each.id: ("criteria",) for each in rubric.criteria}
    places |= {each.id: ("criteria", i, "id") for i, each in enumerate(draft.value.criteria)}
    draft.report(check_cover(rubric, places))
    if draft.value.stages is not None:
        draft.report(check_stages(rubric, places))


def _lint_rubric(rubric: Rubric) -> Problems:
    seen = SeenAnchors()
    for i, criterion in enumerate(rubric.criteria):
        owner = Sentence('the criterion "{id}"').format(id=criterion.id)
        yield from check_anchors(criterion.anchors, ("criteria", i, "anchors"), owner, seen)
    yield from check_weights(rubric.criteria)
    yield from check_thresholds(rubric)
    if rubric.role:
        yield from check_requirements(rubric.role.requirements, ("role", "requirements"))
    yield from check_tells(rubric.asked)
    yield from _lint_questions({i: q for i, q in enumerate(rubric.questions) if isinstance(q, Question)}, seen)


def _lint_questions(questions: Mapping[int, Question], seen: SeenAnchors) -> Problems:
    for i, question in questions.items():
        path: Path = ("questions", i)
        yield from check_questions(question, path)
        yield from check_protected(question, path)
        owner = Sentence('the question "{id}"').format(id=question.id)
        yield from check_anchors(question.anchors, (*path, "anchors"), owner, seen)


def check_languages(texts: Iterable[tuple[Path, Text]]) -> Problems:
    """Yield each text that is mostly in another language; names and terms of a word or two may be."""
    for path, text in texts:
        for wording in wordings(text, path):
            if not text.plain and is_foreign(wording):
                fields = {"language": wording.language, "expected": LANGUAGES[wording.language].name}
                yield Problem(WRONG_LANGUAGE, wording.path, fields)


def is_foreign(wording: Wording) -> bool:
    """Return whether a text is written in a script other than that of its language."""
    han, words = count_han(wording.text), count_words(wording.text)
    if LANGUAGES[wording.language].han:
        return words >= _FEWEST_WORDS and words > han
    return han >= _FEWEST_HAN and han > words


def _places(rubric: Rubric) -> dict[str, Path]:
    """Return where each question of a rubric stands or is drawn, by its id."""
    places: dict[str, Path] = {}
    for i, item in enumerate(rubric.questions):
        if isinstance(item, Question):
            places.setdefault(item.id, ("questions", i))
        else:
            places |= {name: ("questions", i, "use", j) for j, name in enumerate(item.use) if name not in places}
    return places
