"""System cards, notices, explanations and human reviews, for people and as documents for programs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import hiringkit
from hiringkit.domain.law import Explanation, HumanReview, Jurisdiction, LawTexts, ReviewResult
from hiringkit.domain.profile import CriterionScore
from hiringkit.domain.rubric import Criterion
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word, plain
from hiringkit.report.words import bar_word, moment, not_ranked, zoned
from hiringkit.text.language import Text


def card_report(texts: LawTexts, language: str) -> Report:
    """Show what the program is, does and does not do, and what each law asks for."""
    sections = [(each.title.in_language(language), [each.text.in_language(language)]) for each in texts.book.card]
    for each in texts.jurisdictions:
        lines = [
            _("Law: {law}").format(law=each.law.in_language(language)),
            _("From: {since}").format(since=each.since.in_language(language)),
            each.scope.in_language(language),
            *(duty.in_language(language) for duty in each.duties),
        ]
        sections.append((each.name.in_language(language), lines))
    opening = texts.opening
    facts = Facts(
        (
            (_("System"), Word(f"hiringkit {hiringkit.__version__}")),
            (_("Opening"), opening.id),
            (_("Rubric"), f"{opening.rubric} {opening.version}"),
            (_("Digest"), Word(opening.digest)),
            *(() if texts.is_ranked else ((_("Ranking"), not_ranked()),)),
        )
    )
    return _report("card", _("System card"), texts, sections, language, above=(facts,))


def notice_report(texts: LawTexts, language: str) -> Report:
    """Show what candidates are told before they are interviewed."""
    told = [*texts.book.notice, *(text for each in texts.jurisdictions for text in each.notice)]
    rated = [
        _("{name}: {definition}").format(
            name=each.name.in_language(language), definition=each.definition.in_language(language)
        )
        for each in texts.criteria
    ]
    sections = [
        (_("Notice: {title}").format(title=texts.opening.title), _said(told, language)),
        (_("What is rated"), rated),
    ]
    return _report("notice", _("Notice to candidates"), texts, sections, language)


def explanation_report(found: Explanation, language: str) -> Report:
    """Show a rejected candidate what interviewers made of their answers, in figures that rest on nobody else."""
    texts, candidate, scale = found.texts, found.candidate, found.scale
    told = [*texts.book.explanation, *(text for each in texts.jurisdictions for text in each.explanation)]
    opened = _said(told, language)
    opened.append(
        _("Interviewers who rated your answers: {count}. Levels go from {low} to {high}.").format(
            count=found.interviewers, low=f"{scale.low:g}", high=f"{scale.high:g}"
        )
    )
    if candidate.outcome_reason:
        opened.append(_("Reason on record: {reason}").format(reason=candidate.outcome_reason))
    title = _("To {name}, about {title}").format(name=candidate.name, title=texts.opening.title)
    table = _own_scores(texts.criteria, found.scores, language)
    keys = ("score", "bar", "state", "ratings")
    own = [
        {
            "criterion": criterion.id,
            **dict(zip(keys, (score.observed, criterion.bar, plain(score.state), score.ratings), strict=True)),
        }
        for criterion, score in zip(texts.criteria, found.scores, strict=True)
    ]
    return _report(
        "explanation",
        _("Explanation of an outcome"),
        texts,
        [(title, opened)],
        language,
        below=(table, Notes((_("Read it before you hand it out: a reason on record is as somebody wrote it."),))),
        more={"candidate": candidate.id, "criteria": own},
    )


def _own_scores(criteria: Sequence[Criterion], scores: Sequence[CriterionScore], language: str) -> Table:
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("score", _("Mean of your levels")),
        Column("bar", _("Asked for")),
        Column("state", _("Bar")),
        Column("ratings", _("Ratings")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            criterion.name.in_language(language),
            Number(score.observed, 1),
            Number(criterion.bar, 1),
            bar_word(score.state),
            Number(score.ratings, 0),
        )
        for criterion, score in zip(criteria, scores, strict=True)
    ]
    return Table(columns, tuple(rows), _("Your answers"))


def _said(texts: Sequence[Text], language: str) -> list[str]:
    return [text.in_language(language) for text in texts]


def _report(
    kind: str,
    title: str,
    texts: LawTexts,
    sections: Sequence[tuple[str, Sequence[str]]],
    language: str,
    *,
    above: tuple[Block, ...] = (),
    below: tuple[Block, ...] = (),
    more: Mapping[str, object] | None = None,
) -> Report:
    opening, chosen = texts.opening, texts.jurisdictions
    disclaimer = texts.book.disclaimer.in_language(language)
    warnings = list(_warnings(texts, language))
    document: dict[str, Any] = {
        "schema": "hiringkit/compliance/1",
        "kind": kind,
        "opening": opening.id,
        "rubric": {"id": opening.rubric, "version": opening.version, "digest": opening.digest},
        "disclaimer": disclaimer,
        "warnings": warnings,
        "sections": [{"title": heading, "lines": list(lines)} for heading, lines in sections],
        "jurisdictions": [
            {
                "id": each.id,
                "law": each.law.in_language(language),
                "since": each.since.in_language(language),
                "written": each.written,
                "stale": each.id in texts.stale,
                "sources": [plain(source) for source in each.sources],
            }
            for each in chosen
        ],
        **(more or {}),
    }
    return Report(
        title=title,
        blocks=(
            Notes((disclaimer, *warnings), _("No legal advice")),
            *above,
            *(Notes(tuple(lines), heading) for heading, lines in sections),
            *below,
            _sources(chosen, language),
        ),
        document=document,
    )


def _warnings(texts: LawTexts, language: str) -> Iterator[str]:
    for each in texts.jurisdictions:
        if each.id in texts.stale:
            yield _("The texts for {name} are of {day}, more than a year ago: look the law up again.").format(
                name=each.name.in_language(language), day=each.written
            )


def _sources(chosen: Sequence[Jurisdiction], language: str) -> Table:
    columns = (
        Column("jurisdiction", _("Jurisdiction")),
        Column("written", _("Written")),
        Column("dated", _("Source of")),
        Column("url", _("Source"), wrap=True),
    )
    rows = tuple(
        (each.name.in_language(language), Word(each.written), Word(source.dated or "-"), source.url)
        for each in chosen
        for source in each.sources
    )
    return Table(columns, rows, _("Written from"))


def reviews_report(found: Sequence[HumanReview], opening: str) -> Report:
    """List the human reviews of an opening's decisions, oldest first."""
    columns = (
        Column("at", zoned(_("When"))),
        Column("candidate", _("Candidate")),
        Column("reviewer", _("Reviewed by"), wrap=True),
        Column("result", _("Result")),
        Column("reason", _("Reason"), wrap=True),
        Column("by", _("Recorded by")),
    )
    words: dict[str, Word] = {
        ReviewResult.UPHELD: Word(_("upheld")),
        ReviewResult.CHANGED: Word(_("changed"), Tone.CAUTION),
        "": Word(_("erased"), Tone.QUIET),
    }
    rows = tuple(
        (
            Word(moment(each.at)),
            each.candidate,
            each.reviewer,
            words.get(each.result, Word(each.result)),
            each.reason,
            each.by,
        )
        for each in found
    )
    empty = _("No review is on record: hiringkit comply log {opening} CANDIDATE --result upheld --reason …")
    return Report(
        title=_("Human reviews"),
        blocks=(Table(columns, rows, empty=empty.format(opening=opening)),),
        document={
            "schema": "hiringkit/human-reviews/1",
            "opening": opening,
            "reviews": [plain(each) for each in found],
        },
    )
