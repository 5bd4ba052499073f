"""All rules over one file."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hiringkit.domain.question import Question, QuestionBank
from hiringkit.domain.rubric import Rubric
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.documents import Draft
from hiringkit.library.lint.anchors import SeenAnchors, check_anchors
from hiringkit.library.lint.criteria import check_asked_once, check_minutes, check_weights
from hiringkit.library.lint.protected import check_protected, check_requirements
from hiringkit.library.lint.questions import check_questions
from hiringkit.library.lint.rules import WRONG_LANGUAGE
from hiringkit.library.lint.wording import HAN, LATIN_WORD, Wording, wordings
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence

_EXPECTED = {"en": Sentence("English"), "zh": Sentence("Chinese")}
_FEWEST_HAN = 2
_FEWEST_WORDS = 3


def check_languages(texts: Iterable[tuple[Path, Text]]) -> Problems:
    """Yield each text that is mostly in another language; names and terms of a word or two may be."""
    for path, text in texts:
        for wording in wordings(text, path):
            if not text.plain and is_foreign(wording):
                fields = {"language": wording.language, "expected": _EXPECTED[wording.language]}
                yield Problem(WRONG_LANGUAGE, wording.path, fields)


def is_foreign(wording: Wording) -> bool:
    """Tell whether a text is in the other of the two languages."""
    han, words = len(HAN.findall(wording.text)), len(LATIN_WORD.findall(wording.text))
    if wording.language == "en":
        return han >= _FEWEST_HAN and han > words
    return words >= _FEWEST_WORDS and words > han


def lint(draft: Draft[Any]) -> None:
    """Add to a file's findings what is poor about it, apart from what its banks say."""
    match draft.value:
        case Rubric():
            draft.report(_lint_rubric(draft.value))
        case QuestionBank(questions=questions):
            draft.report(_lint_questions(dict(enumerate(questions)), SeenAnchors()))
    draft.report(check_languages(draft.texts))


def lint_asked(draft: Draft[Rubric], asked: Sequence[Question]) -> None:
    """Add to a rubric's findings what is poor about all the questions that it asks together."""
    written = draft.value
    draft.report(check_asked_once(written, asked))
    draft.report(check_minutes(written, asked, _places(written)))


def _lint_rubric(rubric: Rubric) -> Problems:
    seen = SeenAnchors()
    for i, criterion in enumerate(rubric.criteria):
        owner = Sentence('the criterion "{id}"').format(id=criterion.id)
        yield from check_anchors(criterion.anchors, ("criteria", i, "anchors"), owner, seen)
    yield from check_weights(rubric.criteria)
    if rubric.role:
        yield from check_requirements(rubric.role.requirements, ("role", "requirements"))
    yield from _lint_questions({i: q for i, q in enumerate(rubric.questions) if isinstance(q, Question)}, seen)


def _lint_questions(questions: Mapping[int, Question], seen: SeenAnchors) -> Problems:
    for i, question in questions.items():
        path: Path = ("questions", i)
        yield from check_questions(question, path)
        yield from check_protected(question, path)
        owner = Sentence('the question "{id}"').format(id=question.id)
        yield from check_anchors(question.anchors, (*path, "anchors"), owner, seen)


def _places(rubric: Rubric) -> dict[str, Path]:
    """Return where each question of a rubric stands or is drawn, by its id."""
    places: dict[str, Path] = {}
    for i, item in enumerate(rubric.questions):
        if isinstance(item, Question):
            places.setdefault(item.id, ("questions", i))
        else:
            places |= {name: ("questions", i, "use", j) for j, name in enumerate(item.use) if name not in places}
    return places
