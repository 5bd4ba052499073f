"""Self-assessments: the list of attempts, and one as a profile against the role's bars."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from hiringkit.domain.finding import Finding
from hiringkit.domain.self_assessment import (
    Attempt,
    Basis,
    Carried,
    Difference,
    Fulfilment,
    SelfProfile,
    SelfScore,
    Sheet,
)
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Chart, Column, Facts, Notes, Number, Report, Table, Tone, Word
from hiringkit.report.page import BarRow, Bars, Figure, PageSection
from hiringkit.report.values import plain, said, show_cell
from hiringkit.report.views.documents import findings_document
from hiringkit.report.views.self_documents import self_document
from hiringkit.report.words import finding_sentence, moment, rating_cell, zoned

_MOST = 12
"""Attempts that a chart shows, the latest ones."""
_COLUMNS = 4
"""Attempts that a table shows side by side, the latest ones."""


def progress_blocks(profile: SelfProfile, language: str) -> tuple[Block, ...]:
    """Show the overall score over attempts, and each criterion's over the last of them; nothing for a first one."""
    rated = [point for point in profile.progress if point.overall is not None]
    if len(rated) < 2:  # noqa: PLR2004 - one attempt is no progress
        return ()
    scale = profile.sheet.rubric.scale
    points = tuple((point.attempt, point.overall) for point in rated[-_MOST:])
    chart = Chart(points, scale.low, scale.high, _("Own score over your attempts"))
    last = rated[-_COLUMNS:]
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        *(Column(point.attempt, f"{point.started_at:%Y-%m-%d}") for point in last),
    )
    rows: list[Row] = [
        (
            score.criterion.name.in_language(language),
            *(Number(point.scores.get(score.criterion.id), 2) for point in last),
        )
        for score in profile.scores
    ]
    coverage = tuple(Number(point.coverage, 0, percent=True) for point in last)
    rows.append((_("Coverage"), *coverage))
    note = Notes((_("Attempts that cover different questions are hard to compare: look at the coverage, too."),))
    return chart, Table(columns, tuple(rows), _("By criterion")), note


def correction_blocks(profile: SelfProfile, language: str) -> tuple[Block, ...]:
    """Show how far interviews of the same person lie from the self-ratings, where that was asked for."""
    found = profile.correction
    if found is None:
        return ()
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("own", _("Own score")),
        Column("interviewers", _("Interviewers")),
        Column("difference", _("Difference")),
    )

    def row(each: Difference) -> Row:
        name = each.criterion.name.in_language(language)
        return (
            name,
            Number(each.own, 2),
            Number(each.interviewers, 2),
            Number(each.own - each.interviewers, 2, signed=True),
        )

    caption = _("Beside the interviews in {opening}").format(opening=found.opening)
    facts = {
        "difference": f"{found.mean:+.2f}",
        "corrected": "-" if found.corrected is None else f"{found.corrected:.2f}",
        "criteria": len(found.differences),
        "interviewers": found.interviewers,
    }
    sentence = _(
        "On the criteria that both rated ({criteria}), your ratings lie {difference} points from those of the"
        " interviewers ({interviewers}); less that, your own score would be {corrected}. The fewer they are, the less"
        " this says."
    )
    return Table(columns, tuple(map(row, found.differences)), caption), Notes((sentence.format(**facts),))


Row = tuple[Cell, ...]


def attempts_report(sheets: Sequence[Sheet], language: str = "en", *, findings: Sequence[Finding] = ()) -> Report:
    """List attempts.

    Args:
        sheets: In the order in which they are shown.
        language: en or zh.
        findings: What is wrong with files that cannot be read.
    """
    columns = (
        Column("id", _("Id")),
        Column("rubric", _("Rubric")),
        Column("version", _("Version")),
        Column("answered", _("Answered")),
        Column("changed_at", zoned(_("Last changed"))),
    )

    def row(sheet: Sheet) -> Row:
        attempt = sheet.attempt
        title = sheet.rubric.title.in_language(language)
        return (
            Word(attempt.id),
            title,
            Word(attempt.rubric.version),
            _answered(attempt),
            Word(moment(attempt.changed_at)),
        )

    empty = _("No attempt yet. Begin one: hiringkit self start RUBRIC")
    broken = Notes(tuple(finding_sentence(finding) for finding in findings), _("Files that cannot be read"))
    return Report(
        title=_("Self-assessments"),
        blocks=(Table(columns, tuple(map(row, sheets)), empty=empty), *([broken] if findings else [])),
        document={
            "schema": "hiringkit/attempts/1",
            "attempts": [_summary(sheet.attempt) for sheet in sheets],
            "findings": findings_document(list(findings)),
        },
    )


def self_report(profile: SelfProfile, language: str = "en", *, options: str = "") -> Report:
    """Show a self-assessment: profile against the bars, strengths, gaps, requirements, progress.

    Args:
        profile: What it amounts to.
        language: en or zh.
        options: What a command to be typed next needs besides, such as ` --dir …`.
    """
    rubric = profile.sheet.rubric
    first, criteria = (_facts(profile), Notes((caveat(),))), _criteria(profile, language)
    rest = (
        _strengths(profile, language),
        *_gaps(profile, language),
        *_requirements(profile, language),
        *correction_blocks(profile, language),
        *progress_blocks(profile, language),
        *_earlier(profile.sheet.attempt, language),
        Notes(tuple(_closing(profile, options))),
    )
    drawn = (_own_bars(profile, language), evolve(criteria, caption=""))
    return Report(
        title=_("Self-assessment: {title}").format(title=rubric.title.in_language(language)),
        blocks=(*first, criteria, *rest),
        page=(*first, PageSection(criteria.caption, drawn), *rest),
        document=self_document(profile),
    )


def _own_bars(profile: SelfProfile, language: str) -> Figure:
    """Draw own scores against the role's bars, pale where no evidence stands behind them."""
    rows = tuple(
        BarRow(
            score.criterion.name.in_language(language),
            "",
            score.score,
            _("not rated") if score.score is None else show_cell(Number(score.score, 2)),
            score.criterion.bar,
            proven=score.backed > 0,
        )
        for score in profile.scores
    )
    scale = profile.sheet.rubric.scale
    key = (
        ("two", _("with evidence")),
        ("claim", _("claimed, without evidence")),
        ("missing", _("not rated")),
        ("bar", _("what the role asks for")),
    )
    return Figure(Bars(_("Own scores and what the role asks for"), rows, scale.low, scale.high), key)


def caveat() -> str:
    """Say what is known of self-ratings in general."""
    return _(
        "Self-ratings run high. People rate their own work above their supervisors' rating of it, by a third of a"
        " standard deviation on average (d = 0.32 over 89 Western samples: Heidemeier & Moser 2009), and what they"
        " think of their abilities agrees only weakly with measured performance (mean r = .29 over 55 studies: Mabe &"
        " West 1982). Take a gap as real, and a strength as a claim that an interviewer has yet to test."
    )


def basis_word(basis: Basis) -> Word:
    """Say how much a self-rating rests on."""
    words = {
        Basis.NONE: Word(_("no answer"), Tone.QUIET),
        Basis.THIN: Word(_("little"), Tone.CAUTION),
        Basis.SOME: Word(_("some")),
        Basis.GOOD: Word(_("much"), Tone.GOOD),
    }
    return words[basis]


def standing_word(standing: Fulfilment | None) -> Word:
    """Say how somebody stands to a requirement."""
    words: Mapping[Fulfilment | None, Word] = {
        Fulfilment.MET: Word(_("met"), Tone.GOOD),
        Fulfilment.IN_PROGRESS: Word(_("in progress"), Tone.CAUTION),
        Fulfilment.UNMET: Word(_("unmet"), Tone.BAD),
        None: Word(_("not answered"), Tone.QUIET),
    }
    return words[standing]


def _facts(profile: SelfProfile) -> Facts:
    attempt = profile.sheet.attempt
    scale = profile.sheet.rubric.scale
    return Facts(
        (
            (_("Attempt"), attempt.id),
            (_("Rubric"), f"{attempt.rubric.id} {attempt.rubric.version}"),
            (zoned(_("Last changed")), Word(moment(attempt.changed_at))),
            (_("Answered"), _answered(attempt)),
            (_("Own score"), Number(profile.overall, 2)),
            (_("Scale"), Word(_("{low} to {high}").format(low=scale.low, high=scale.high))),
            (_("Coverage"), Number(profile.coverage, 0, percent=True)),
        )
    )


def _answered(attempt: Attempt) -> Word:
    done = len(attempt.kit) - len(attempt.outstanding)
    return Word(_("{done} of {all}").format(done=done, all=len(attempt.kit)))


def _bar_word(below: bool | None, *, scored: bool) -> Word:
    """Say where an own score stands against the criterion's bar."""
    if below is None:
        return Word(_("no bar"), Tone.QUIET) if scored else Word(_("unknown"), Tone.CAUTION)
    return Word(_("gap"), Tone.BAD) if below else Word(_("met"), Tone.GOOD)


def _criteria(profile: SelfProfile, language: str) -> Table:
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("score", _("Own score")),
        Column("bar", _("Bar")),
        Column("against", _("Against the bar")),
        Column("weight", _("Weight")),
        Column("rated", _("Answers")),
        Column("backed", _("With evidence")),
        Column("basis", _("Rests on")),
    )

    def row(score: SelfScore) -> Row:
        below = None if score.gap is None else score.gap > 0
        return (
            score.criterion.name.in_language(language),
            Number(score.score, 2),
            Number(score.criterion.bar),
            _bar_word(below, scored=score.score is not None),
            Number(score.share, 0, percent=True),
            Number(score.rated, 0),
            Number(score.backed, 0),
            basis_word(score.basis),
        )

    return Table(columns, tuple(map(row, profile.scores)), _("Profile"))


def _strengths(profile: SelfProfile, language: str) -> Notes:
    told = tuple(
        _("{criterion}: {score}, resting on: {basis}").format(
            criterion=score.criterion.name.in_language(language),
            score=f"{score.score:.2f}",
            basis=basis_word(score.basis).text,
        )
        for score in profile.strengths
    )
    rated = any(score.score is not None for score in profile.scores)
    empty = _("No criterion is a level above its bar.") if rated else _("Nothing is rated yet.")
    return Notes(told or (empty,), _("Strengths"))


def _gaps(profile: SelfProfile, language: str) -> tuple[Block, ...]:
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("gap", _("Below the bar by")),
        Column("weight", _("Weight")),
        Column("priority", _("Worth to the score")),
    )
    rows: list[Row] = [
        (
            score.criterion.name.in_language(language),
            Number(score.gap, 2),
            Number(score.share, 0, percent=True),
            Number(score.priority, 2),
        )
        for score in profile.gaps
    ]
    rated = any(score.score is not None for score in profile.scores)
    empty = _("No rated criterion is below its bar.") if rated else _("Nothing is rated yet.")
    table = Table(columns, tuple(rows), _("Gaps, the one that costs most first"), empty)
    names = tuple(score.criterion.name.in_language(language) for score in profile.unrated)
    return table, *([Notes(names, _("Not rated yet"))] if names else [])


def _requirements(profile: SelfProfile, language: str) -> tuple[Block, ...]:
    kinds = {"required": _("required"), "preferred": _("preferred")}
    columns = (
        Column("requirement", _("What"), wrap=True),
        Column("kind", _("Kind")),
        Column("standing", _("You")),
    )
    rows: list[Row] = [
        (said(each.text, language), Word(kinds[each.kind]), standing_word(standing))
        for each, standing in profile.requirements
    ]
    return (Table(columns, tuple(rows), _("Requirements")),) if rows else ()


def _earlier(attempt: Attempt, language: str) -> tuple[Block, ...]:
    """List the answers that a newer version of the rubric left behind."""
    columns = (
        Column("question", _("Question"), wrap=True),
        Column("version", _("Version")),
        Column("rating", _("Rating")),
        Column("answer", _("Your answer"), wrap=True),
        Column("evidence", _("Evidence"), wrap=True),
    )
    rows: list[Row] = [
        (
            each.wording.in_language(language),
            Word(each.version),
            rating_cell(each.answer.level),
            each.answer.text,
            each.answer.evidence,
        )
        for each in attempt.earlier
    ]
    caption = _("Answers under earlier versions of the rubric, which no longer count")
    return (Table(columns, tuple(rows), caption),) if rows else ()


def _closing(profile: SelfProfile, options: str) -> list[str]:
    attempt = profile.sheet.attempt
    lines = [
        _(
            'A criterion\'s score is the mean of your own levels on its questions. "Rests on" says how much there is to'
            " go by - little: one answer, or none with evidence; much: three answers, two of them with evidence - and"
            " not whether you are right."
        )
    ]
    if attempt.outstanding:
        command = f"hiringkit self start {attempt.rubric.id} --resume {attempt.id}{options}"
        lines.append(_("Not all is answered. Go on with: {command}").format(command=command))
    lines.append(_("What to work on: {command}").format(command=f"hiringkit self next-steps {attempt.id}{options}"))
    return lines


def _summary(attempt: Attempt) -> dict[str, object]:
    return {
        "id": attempt.id,
        "rubric": plain(attempt.rubric),
        "started_at": plain(attempt.started_at),
        "changed_at": plain(attempt.changed_at),
        "questions": len(attempt.kit),
        "answered": len(attempt.kit) - len(attempt.outstanding),
    }


def carried_report(carried: Carried) -> list[str]:
    """Say it in sentences."""
    before, after = carried.before.version, carried.after.version
    if before == after:
        first = _("The rubric's file has changed since this attempt, though its version is still {after}.")
    else:
        first = _("This attempt was made against version {before} of the rubric; it is {after} now.")
    told = (
        (carried.kept, _("Your answers count on where question, criteria and anchors are the same: {questions}")),
        (carried.changed, _("Asked or rated otherwise now, so please answer again: {questions}")),
        (carried.dropped, _("No longer asked: {questions}")),
        (carried.requirements, _("Requirements worded otherwise now, so please answer again: {questions}")),
    )
    lines = [first.format(before=before, after=after)]
    lines += [sentence.format(questions=", ".join(questions)) for questions, sentence in told if questions]
    if carried.changed or carried.dropped:
        lines.append(_("What you wrote there is kept: hiringkit self report shows it."))
    return lines
