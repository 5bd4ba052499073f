"""What an interviewer takes along: how to rate, each question with all that helps, and space to write."""

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from hiringkit.domain.question import Question
from hiringkit.domain.rubric import Rubric
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Facts, Lines, Notes, Report, plain, said, write_number
from hiringkit.report.views.bank import anchor_items, kind_word, questions_table
from hiringkit.report.views.briefing import (
    closing_lines,
    error_lines,
    handout_lines,
    kickoff_lines,
    opening_lines,
    partial_lines,
)
from hiringkit.report.views.exhibit import exhibit_blocks, exhibit_values
from hiringkit.text.language import LANGUAGES, Text

NOTE_LINES = 6
_RULE = "…" * 40


@frozen
class Pack:
    """The questions of one interview."""

    rubric: Rubric
    questions: tuple[Question, ...]
    """The kit, in the order in which it is asked."""

    @property
    def minutes(self) -> float:
        """Planned minutes of all questions together."""
        return sum(question.minutes or 0 for question in self.questions)


def pack_report(pack: Pack, language: str = "en") -> Report:
    """Show a pack as text; on paper `render_pack` is better."""
    rubric = pack.rubric
    return Report(
        title=_("Interview: {title}").format(title=rubric.title.in_language(language)),
        blocks=(
            Facts(tuple(front_items(pack))),
            Notes(kickoff_lines(rubric, language), _("Before the first candidate: the panel")),
            Notes(rules(), _("How to interview")),
            Notes(tuple(level_lines(rubric, language)), _("Levels")),
            Notes(partial_lines(), _("An answer between two levels")),
            Notes(error_lines(), _("Errors to guard against")),
            Notes(opening_lines(), _("Opening: five minutes")),
            *(
                block
                for number, each in enumerate(pack.questions, 1)
                for block in _question(pack, number, each, language)
            ),
            Notes(closing_lines(), _("Close: five minutes")),
            Lines((_RULE,) * 3, _("Summary")),
            Notes(handout_lines(rubric, language), _("For the candidate, in advance")),
        ),
        document={
            "schema": "hiringkit/pack/1",
            "rubric": {"id": rubric.id, "version": rubric.version},
            "minutes": plain(pack.minutes),
            "questions": [_without_samples(question) for question in pack.questions],
        },
        data=questions_table(pack.questions, language),
    )


def front_items(pack: Pack) -> list[tuple[str, Cell]]:
    """List what stands at the top: what it is, and what is filled in by hand."""
    minutes = _("{n}, planned {minutes} minutes").format(n=len(pack.questions), minutes=write_number(pack.minutes))
    return [
        (_("Rubric"), f"{pack.rubric.id} {pack.rubric.version}"),
        (_("Questions"), minutes),
        *((name, _RULE) for name in blanks()),
    ]


def blanks() -> tuple[str, ...]:
    """Name what an interviewer fills in at the top."""
    return _("Candidate"), _("Interviewer"), _("Date")


def rules() -> tuple[str, ...]:
    """Say how an interview is held so that candidates can be compared."""
    return (
        _("Ask every candidate the same questions, in this order and in these words."),
        _("Follow up with the probes only. They are neutral; do not help an answer along."),
        _("Write down what was said, not what you make of it."),
        _("Rate each answer by its anchors as soon as it has been given, before the next question."),
        _("Mark a question that was not asked as not assessed, and an answer that showed nothing as no evidence."),
        _("Speak with nobody about the candidate before your scorecard is in."),
    )


def level_lines(rubric: Rubric, language: str) -> list[str]:
    """List the levels with what each stands for."""
    stop = LANGUAGES[language].stop
    return [
        _("{level}: {meaning}").format(
            level=level.value,
            meaning=stop.join(filter(None, (level.label.in_language(language), said(level.meaning, language)))),
        )
        for level in rubric.scale.levels
    ]


def criteria_line(pack: Pack, question: Question, language: str) -> str:
    """Name the criteria that a question is evidence for, the weightiest first."""
    ordered = sorted(question.criteria, key=lambda criterion: -question.criteria[criterion])
    found = [(each, pack.rubric.criterion(each)) for each in ordered]
    return LANGUAGES[language].comma.join(
        criterion.name.in_language(language) if criterion else each for each, criterion in found
    )


def rating_boxes(rubric: Rubric) -> tuple[str, ...]:
    """Return what can be ticked."""
    return (*map(str, rubric.scale.values), _("not assessed"), _("no evidence"))


def _question(pack: Pack, number: int, question: Question, language: str) -> tuple[Block, ...]:
    def listed(texts: Sequence[object]) -> str:
        return "\n".join(f"- {text}" for text in texts)

    def each(texts: Sequence[object]) -> str:
        return listed([getattr(text, "in_language", str)(language) for text in texts])

    items: list[tuple[str, Cell]] = [
        (_("Question"), question.text.in_language(language)),
        (_("Kind"), kind_word(question.kind)),
        (_("Minutes"), write_number(question.minutes)),
        (_("Criteria"), criteria_line(pack, question, language)),
        (_("Why"), said(question.why, language)),
        (_("Probes"), each(question.probes)),
        (_("Look for"), each(question.look_for)),
        (_("Watch for"), each(question.watch_for)),
        (_("Marking guide"), each(question.marking)),
        *anchor_items(question, language),
        (_("Rating"), "  ".join(f"( ) {box}" for box in rating_boxes(pack.rubric))),
    ]
    facts = Facts(tuple((name, value) for name, value in items if value), f"{number}. {question.heading(language)}")
    shown = [block for exhibit in question.exhibits for block in exhibit_blocks(exhibit, language)]
    return facts, Lines((_RULE,) * NOTE_LINES, _("Notes")), *shown


def _without_samples(question: Question) -> dict[str, object]:
    document: dict[str, object] = plain(question)
    document.pop("samples")  # answers with their levels are for practice, not for the interview
    return document


def render_pack(pack: Pack, language: str = "en") -> str:
    """Return a pack as a page of HTML that needs nothing from anywhere.

    Args:
        pack: What is asked.
        language: en or zh.
    """
    from hiringkit.report.render.html import render_page  # noqa: PLC0415 - a pack as a table does without jinja2

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
        kickoff=kickoff_lines(rubric, language),
        partial=partial_lines(),
        errors=error_lines(),
        opening=opening_lines(),
        closing=closing_lines(),
        handout=handout_lines(rubric, language),
        boxes=rating_boxes(rubric),
        note_lines=NOTE_LINES,
        questions=[page_question(pack, question, language) for question in pack.questions],
    )


def page_question(pack: Pack, question: Question, language: str) -> dict[str, Any]:
    """Return what a template shows of a question."""

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
        "marking": each(question.marking),
        "exhibits": exhibit_values(question.exhibits, language),
        "anchors": [(level, text.in_language(language)) for level, text in sorted(question.anchors.items())],
    }


def _about(pack: Pack, question: Question, language: str) -> str:
    """Sum up kind, minutes and criteria on one line."""
    minutes = _("{n} minutes").format(n=write_number(question.minutes)) if question.minutes else ""
    parts = (kind_word(question.kind).text, minutes, criteria_line(pack, question, language))
    return " · ".join(filter(None, parts))
