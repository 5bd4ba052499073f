"""Questions and their banks: listed, searched and in full."""

from collections.abc import Mapping, Sequence

from hiringkit.domain.question import Match, NearDuplicate, Question, QuestionBank, QuestionKind
from hiringkit.domain.rubric import Criterion
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Facts, Number, Report, Table, Word, plain, said, write_number
from hiringkit.report.views.exhibit import exhibit_text
from hiringkit.text.language import LANGUAGES, Text


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
        *exhibit_items(question, language),
        (_("Marking guide"), listed(question.marking, language)),
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


def exhibit_items(question: Question, language: str) -> list[tuple[str, Cell]]:
    """List what the candidate is given to read."""
    return [
        (
            _("Exhibit: {title}").format(title=each.title.in_language(language)),
            exhibit_text(each, language),
        )
        for each in question.exhibits
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


def search_report(found: Sequence[Match], wanted: str, language: str = "en", *, near: str = "") -> Report:
    """List the questions that a search found.

    Args:
        found: Best first.
        wanted: What was searched for.
        language: en or zh.
        near: A word of the banks' own that may have been meant, for an empty result.
    """
    nothing = _("No question found. See what there is: hiringkit bank list")
    table = questions_table(
        [match.question for match in found],
        language,
        banks=[match.bank for match in found],
        empty=_("No question found. Did you mean {word}?").format(word=near) if near else nothing,
    )
    return Report(
        title=_("Questions on {wanted}").format(wanted=wanted),
        blocks=(table,),
        document={
            "schema": "hiringkit/questions/1",
            "query": wanted,
            "questions": [
                {"bank": match.bank, "score": plain(match.score), **plain(match.question)} for match in found
            ],
        },
    )


def duplicates_report(found: Sequence[NearDuplicate], at_least: float, language: str = "en") -> Report:
    """List pairs of questions that ask nearly the same.

    Args:
        found: The most alike first.
        at_least: The least similarity that was asked for.
        language: en or zh.
    """
    columns = (
        Column("first", _("Question")),
        Column("second", _("And")),
        Column("similarity", _("Alike")),
        *(Column(code, _(each.name)) for code, each in LANGUAGES.items()),
        Column("first_text", _("Wording"), wrap=True),
        Column("second_text", _("And"), wrap=True),
    )

    def row(pair: NearDuplicate) -> tuple[Cell, ...]:
        (_one, first), (_other, second) = pair.first, pair.second
        return (
            Word(_name(pair.first)),
            Word(_name(pair.second)),
            *(Number(value, 2) for value in (pair.similarity, *pair.by_language.values())),
            first.text.in_language(language),
            second.text.in_language(language),
        )

    empty = _("No two questions are as alike as {least}.").format(least=f"{at_least:g}")
    return Report(
        title=_("Questions that ask nearly the same"),
        blocks=(Table(columns, tuple(map(row, found)), empty=empty),),
        document={
            "schema": "hiringkit/near-duplicates/1",
            "at_least": at_least,
            "pairs": [_pair(pair) for pair in found],
        },
    )


def _name(question: tuple[str, Question]) -> str:
    return f"{question[0]}/{question[1].id}"


def _pair(pair: NearDuplicate) -> dict[str, object]:
    return {
        "similarity": plain(pair.similarity),
        **{code: plain(similarity) for code, similarity in pair.by_language.items()},
        "questions": [
            {"bank": bank, "id": question.id, "text": plain(question.text)}
            for bank, question in (pair.first, pair.second)
        ],
    }
