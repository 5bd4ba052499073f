"""An interviewer's pack as a page to print."""

from typing import Any

from hiringkit.domain.question import Question
from hiringkit.domain.text import Text
from hiringkit.locale import _
from hiringkit.report.html import render_page
from hiringkit.report.packs import NOTE_LINES, Pack, blanks, criteria_line, level_lines, rating_boxes, rules
from hiringkit.report.questions import kind_word
from hiringkit.report.values import said, write_number


def render_pack(pack: Pack, language: str = "en") -> str:
    """Return a pack as a page of HTML that needs nothing from anywhere.

    Args:
        pack: What is asked.
        language: en or zh.
    """
    rubric = pack.rubric
    return render_page(
        "pack.html",
        language,
        title=rubric.title.in_language(language),
        rubric=f"{rubric.id} {rubric.version}",
        minutes=write_number(pack.minutes),
        blanks=blanks(),
        rules=rules(),
        levels=level_lines(rubric, language),
        boxes=rating_boxes(rubric),
        note_lines=NOTE_LINES,
        questions=[_question(pack, question, language) for question in pack.questions],
    )


def _question(pack: Pack, question: Question, language: str) -> dict[str, Any]:
    def each(texts: tuple[Text, ...]) -> list[str]:
        return [text.in_language(language) for text in texts]

    return {
        "id": question.id,
        "text": question.text.in_language(language),
        "about": _about(pack, question, language),
        "why": said(question.why, language),
        "probes": each(question.probes),
        "look_for": each(question.look_for),
        "watch_for": each(question.watch_for),
        "anchors": [(level, text.in_language(language)) for level, text in sorted(question.anchors.items())],
    }


def _about(pack: Pack, question: Question, language: str) -> str:
    """Sum up kind, minutes and criteria on one line."""
    minutes = _("{n} minutes").format(n=write_number(question.minutes)) if question.minutes else ""
    parts = (kind_word(question.kind).text, minutes, criteria_line(pack, question, language))
    return " · ".join(filter(None, parts))
