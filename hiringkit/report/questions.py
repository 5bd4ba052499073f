"""Questions and their banks: listed, searched and in full."""

from collections.abc import Mapping, Sequence

from hiringkit.domain.question import Question, QuestionBank, QuestionKind
from hiringkit.domain.rubric import Criterion
from hiringkit.domain.text import Text
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Facts, Number, Report, Table, Word
from hiringkit.report.values import plain, said, write_number


def banks_report(
    banks: Sequence[QuestionBank], language: str = "en", *, sources: Mapping[str, str] | None = None
) -> Report:
    """List question banks.

    Args:
        banks: In the order in which they are shown.
        language: en or zh.
        sources: The file of each bank, by its id.
    """
    files = sources or {}
    columns = (
        Column("id", _("Id")),
        Column("title", _("Title")),
        Column("questions", _("Questions")),
    )

    def row(bank: QuestionBank) -> tuple[Cell, ...]:
        return Word(bank.id), bank.title.in_language(language), Number(len(bank.questions), 0)

    empty = _("No question banks found. Name a folder that holds question_banks/: hiringkit --library DIR bank list")
    return Report(
        title=_("Question banks"),
        blocks=(Table(columns, tuple(map(row, banks)), empty=empty),),
        data=Table(
            (*columns, Column("file", _("File"))), tuple((*row(bank), files.get(bank.id, "")) for bank in banks)
        ),
        document={"schema": "hiringkit/banks/1", "banks": [_summary(bank, files) for bank in banks]},
    )


def bank_report(bank: QuestionBank, language: str = "en") -> Report:
    """Show a bank with every question in full."""
    return Report(
        title=bank.title.in_language(language),
        blocks=(
            Facts(((_("Id"), bank.id), (_("Questions"), Number(len(bank.questions), 0)))),
            *(question_block(question, language) for question in bank.questions),
        ),
        document={"schema": "hiringkit/bank/1", "bank": plain(bank)},
        data=questions_table(bank.questions, language),
    )


def question_block(question: Question, language: str) -> Facts:
    """Show what an interviewer needs to ask a question and to rate the answer."""
    items: list[tuple[str, Cell]] = [
        (_("Question"), question.text.in_language(language)),
        (_("Kind"), kind_word(question.kind)),
        *([(_("Minutes"), Number(question.minutes, 0))] if question.minutes else []),
        (_("Criteria"), ", ".join(f"{name} {write_number(weight)}" for name, weight in question.criteria.items())),
        (_("Why"), said(question.why, language)),
        (_("Probes"), listed(question.probes, language)),
        (_("Look for"), listed(question.look_for, language)),
        (_("Watch for"), listed(question.watch_for, language)),
        *anchor_items(question, language),
    ]
    return Facts(tuple((name, value) for name, value in items if value), question.id)


def questions_table(
    questions: Sequence[Question],
    language: str,
    *,
    banks: Sequence[str] = (),
    caption: str = "",
    empty: str = "",
) -> Table:
    """List questions, with their banks where those are given."""
    columns = (
        Column("id", _("Id")),
        *([Column("bank", _("Bank"))] if banks else []),
        Column("kind", _("Kind")),
        Column("minutes", _("Minutes")),
        Column("text", _("Question"), wrap=True),
    )

    def row(i: int, question: Question) -> tuple[Cell, ...]:
        bank = [banks[i]] if banks else []
        text = question.text.in_language(language)
        return Word(question.id), *bank, kind_word(question.kind), Number(question.minutes, 0), text

    return Table(columns, tuple(row(i, question) for i, question in enumerate(questions)), caption, empty)


def anchor_items(rated: Criterion | Question, language: str) -> list[tuple[str, Cell]]:
    """List the behaviour that marks each level."""
    return [
        (_("Level {n}").format(n=level), text.in_language(language)) for level, text in sorted(rated.anchors.items())
    ]


def kind_word(kind: QuestionKind) -> Word:
    """Say what a question asks for."""
    words = {
        QuestionKind.BEHAVIOURAL: _("behavioural"),
        QuestionKind.SITUATIONAL: _("situational"),
        QuestionKind.KNOWLEDGE: _("knowledge"),
        QuestionKind.WORK_SAMPLE: _("work sample"),
    }
    return Word(words[kind])


def listed(texts: Sequence[Text], language: str) -> str:
    """Put texts one below the other."""
    return "\n".join(f"- {text.in_language(language)}" for text in texts)


def _summary(bank: QuestionBank, files: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": bank.id,
        "title": plain(bank.title),
        "questions": len(bank.questions),
        "file": files.get(bank.id),
    }
