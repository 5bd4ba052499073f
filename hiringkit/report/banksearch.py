"""What looking through question banks finds."""

from collections.abc import Sequence

from hiringkit.domain.bankmatch import Match, NearDuplicate
from hiringkit.domain.question import Question
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Number, Report, Table, Word
from hiringkit.report.questions import questions_table
from hiringkit.report.values import plain


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
        Column("en", _("English")),
        Column("zh", _("Chinese")),
        Column("first_text", _("Wording"), wrap=True),
        Column("second_text", _("And"), wrap=True),
    )

    def row(pair: NearDuplicate) -> tuple[Cell, ...]:
        (_one, first), (_other, second) = pair.first, pair.second
        return (
            Word(_name(pair.first)),
            Word(_name(pair.second)),
            *(Number(value, 2) for value in (pair.similarity, pair.en, pair.zh)),
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
        "en": plain(pair.en),
        "zh": plain(pair.zh),
        "questions": [
            {"bank": bank, "id": question.id, "text": plain(question.text)}
            for bank, question in (pair.first, pair.second)
        ],
    }
