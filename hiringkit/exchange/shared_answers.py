"""The file in which a peer or coach rates somebody's written answers: YAML, with what they need in comments."""

import json
from collections.abc import Iterator

from hiringkit.domain.level import write_level
from hiringkit.domain.question import Question
from hiringkit.domain.self_assessment import SelfAnswer, Sheet
from hiringkit.locale import _
from hiringkit.text.clean import clean_line


def format_share(sheet: Sheet, language: str) -> str:
    """Write the answers that are written, each with a blank for a level and a note; own levels are left out.

    Args:
        sheet: The attempt with its rubric.
        language: en or zh, for questions and anchors.
    """
    return "\n".join(_lines(sheet, language)) + "\n"


def _lines(sheet: Sheet, language: str) -> Iterator[str]:
    scale = sheet.rubric.scale
    title = sheet.rubric.title.in_language(language)
    yield _comment(_("Written answers: {title}").format(title=title))
    levels = ", ".join(map(write_level, scale.values))
    yield _comment(
        _("Write behind level: what each answer shows ({levels}), blank where you cannot say.").format(levels=levels)
    )
    yield _comment(_("Write behind rater: who you are, and send the file back."))
    yield f"attempt: {_quoted(sheet.attempt.id)}"
    yield "rater:"
    yield "answers:"
    for question in (sheet.rubric.question(each) for each in sheet.attempt.kit):
        if question and (given := sheet.attempt.answer(question.id)).text:
            yield from _answer(question, given, language)


def _answer(question: Question, given: SelfAnswer, language: str) -> Iterator[str]:
    yield f"  {question.id}:"
    yield _comment(_("Question: {text}").format(text=question.text.in_language(language)), "    ")
    for level, anchor in sorted(question.anchors.items()):
        told = _("Level {level}: {text}").format(level=write_level(level), text=anchor.in_language(language))
        yield _comment(told, "    ")
    yield f"    answer: {_quoted(given.text)}"
    if given.evidence:
        yield f"    evidence: {_quoted(given.evidence)}"
    yield "    level:"
    yield "    note:"


def _comment(text: str, indent: str = "") -> str:
    return f"{indent}# {clean_line(text)}"


def _quoted(text: str) -> str:
    """Write a text as YAML takes it from JSON: in double quotes, line ends escaped."""
    return json.dumps(text, ensure_ascii=False)
