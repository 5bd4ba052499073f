"""Self-assessments: the list of attempts, and one as a profile against the role's bars."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from hiringkit.domain.finding import Finding
from hiringkit.domain.interview import Mark
from hiringkit.domain.level import write_level
from hiringkit.domain.rubric import NoEvidencePolicy
from hiringkit.domain.self_assessment import (
    Attempt,
    Basis,
    Carried,
    Difference,
    Fulfilment,
    Lack,
    OwnAnswer,
    SelfProfile,
    SelfScore,
    Sheet,
    Waypoint,
)
from hiringkit.locale import _
from hiringkit.report.model import (
    Block,
    Cell,
    Chart,
    Column,
    Facts,
    Notes,
    Number,
    Report,
    Table,
    Tone,
    Word,
    plain,
    said,
    show_cell,
)
from hiringkit.report.page import BarRow, Bars, Figure, PageSection
from hiringkit.report.views.documents import findings_document
from hiringkit.report.views.self_documents import self_document
from hiringkit.report.words import day, finding_sentence, moment, not_ranked, rating_cell, zoned
from hiringkit.text.language import LANGUAGES

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
        *(Column(point.attempt, title) for point, title in zip(last, _titles(last), strict=True)),
    )
    rows: list[Row] = [
        (
            score.criterion.name.in_language(language),
            *(_at(point, score.criterion.id) for point in last),
        )
        for score in profile.scores
    ]
    rows.append((_("Coverage"), *(Number(point.coverage, 0, percent=True) for point in last)))
    if any(point.untold for point in last):
        rows.append((_("Nothing to tell"), *(Number(point.untold_share, 0, percent=True) for point in last)))
    sentences = [
        _("Attempts that cover different questions are hard to compare: look at the coverage, too."),
        *_untold_sentences(rated[-1], profile),
    ]
    return chart, Table(columns, tuple(rows), _("By criterion")), Notes(tuple(sentences))


def _titles(points: Sequence[Waypoint]) -> list[str]:
    """Return when each attempt was begun: the day, with the time where a day has several."""
    titles = [day(point.started_at) for point in points]
    titles = [
        moment(p.started_at) if titles.count(title) > 1 else title for p, title in zip(points, titles, strict=True)
    ]
    return [
        f"{title} ({p.attempt})" if titles.count(title) > 1 else title for p, title in zip(points, titles, strict=True)
    ]


def _at(point: Waypoint, criterion: str) -> Cell:
    if criterion in point.untold:
        return Word(_("nothing to tell"), Tone.BAD)
    return Number(point.scores.get(criterion), 2)


def _untold_sentences(point: Waypoint, profile: SelfProfile) -> Iterator[str]:
    """Warn that a score leaves out what somebody could say nothing about."""
    if point.untold and profile.sheet.rubric.policy.no_evidence is NoEvidencePolicy.EXCLUDE:
        yield _(
            "The score of {attempt} leaves out {share} of the weight, on which you had nothing to tell; it is no better"
            " than one that counts it."
        ).format(attempt=point.attempt, share=f"{point.untold_share:.0%}")


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
    table = Table(columns, tuple(map(row, found.differences)), caption)
    if found.mean is None:
        return table, Notes((not_ranked(),))
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
    return table, Notes((sentence.format(**facts),))


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
        *_peers(profile, language),
        *_answers(profile, language),
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
    """Say what a self-rating rests on."""
    words = {
        Basis.NONE: Word(_("no answer"), Tone.QUIET),
        Basis.CLAIM: Word(_("a bare claim"), Tone.CAUTION),
        Basis.THIN: Word(_("evidence named")),
        Basis.SOME: Word(_("a figure or a witness")),
        Basis.GOOD: Word(_("a figure and a witness"), Tone.GOOD),
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
            *_left_out(profile),
            (_("Scale"), Word(_("{low} to {high}").format(low=scale.low, high=scale.high))),
            (_("Coverage"), Number(profile.coverage, 0, percent=True)),
        )
    )


def _left_out(profile: SelfProfile) -> Iterator[tuple[str, Cell]]:
    """Say what an own score says nothing about, because there was nothing to tell."""
    untold = [score for score in profile.scores if score.nothing_told]
    if untold:
        share = f"{sum(score.share for score in untold):.0%}"
        counted = profile.sheet.rubric.policy.no_evidence is NoEvidencePolicy.LOWEST
        sentence = (
            _("{share} of the weight, counted at the lowest level")
            if counted
            else _("{share} of the weight, left out of the score")
        )
        yield _("Nothing to tell"), Word(sentence.format(share=share), Tone.BAD)


def _answered(attempt: Attempt) -> Word:
    done = len(attempt.kit) - len(attempt.outstanding)
    return Word(_("{done} of {all}").format(done=done, all=len(attempt.kit)))


def _bar_word(score: SelfScore) -> Word:
    """Say where an own score stands against the criterion's bar."""
    if score.nothing_told:
        return Word(_("nothing to tell"), Tone.BAD)
    if score.gap is None:
        return Word(_("no bar"), Tone.QUIET) if score.score is not None else Word(_("unknown"), Tone.CAUTION)
    if score.gap:
        return Word(_("gap"), Tone.BAD)
    return Word(_("claimed"), Tone.CAUTION) if score.claimed else Word(_("met"), Tone.GOOD)


def _criteria(profile: SelfProfile, language: str) -> Table:
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("score", _("Own score")),
        Column("bar", _("Bar")),
        Column("against", _("Against the bar")),
        Column("weight", _("Weight")),
        Column("rated", _("Answers")),
        Column("backed", _("With evidence")),
        Column("untold", _("Nothing to tell")),
        Column("basis", _("Rests on")),
    )

    def row(score: SelfScore) -> Row:
        return (
            score.criterion.name.in_language(language),
            Number(score.score, 2),
            Number(score.criterion.bar),
            _bar_word(score),
            Number(score.share, 0, percent=True),
            Number(score.rated, 0),
            Number(score.backed, 0),
            Number(len(score.untold), 0),
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
    empty = (
        _("No criterion is a level above its bar with evidence named for it.") if rated else _("Nothing is rated yet.")
    )
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
            Word(_("nothing to tell"), Tone.BAD) if score.nothing_told else Number(score.gap, 2),
            Number(score.share, 0, percent=True),
            Number(None if score.score is None else score.priority, 2),
        )
        for score in profile.gaps
    ]
    rated = any(score.score is not None for score in profile.scores)
    empty = _("No rated criterion is below its bar.") if rated else _("Nothing is rated yet.")
    told_nothing = any(score.nothing_told for score in profile.gaps)
    caption = (
        _("Gaps: first where you had nothing to tell, then the one that costs most")
        if told_nothing
        else _("Gaps, the one that costs most first")
    )
    table = Table(columns, tuple(rows), caption, empty)
    names = tuple(score.criterion.name.in_language(language) for score in profile.unrated)
    return table, *([Notes(names, _("Not rated yet"))] if names else [])


def lack_word(lack: Lack) -> str:
    """Say what a level would need in order to be more than a claim."""
    words = {
        Lack.EVIDENCE: _("names no evidence"),
        Lack.PROOF: _("has neither a figure nor a witness"),
        Lack.ANCHOR: _("not all of its anchor is ticked"),
    }
    return words[lack]


def own_level(own: OwnAnswer, language: str) -> str:
    """Say an own level, and why it is a mere claim where it is one."""
    level = own.answer.level
    if level is None:
        return _("not rated")
    if isinstance(level, Mark):
        return _("nothing to tell")
    if not own.lacks:
        return write_level(level)
    return _("{level}, a claim: {lacks}").format(
        level=write_level(level), lacks=LANGUAGES[language].comma.join(map(lack_word, own.lacks))
    )


def _answers(profile: SelfProfile, language: str) -> tuple[Block, ...]:
    """Show own answers, each with what its level rests on, so that a page can be handed to a coach."""
    blocks = [block for own in profile.answers for block in _answer(own, language)]
    return (
        (Notes((_("Below stand your own answers, as a coach or a peer would read them."),)), *blocks) if blocks else ()
    )


def _answer(own: OwnAnswer, language: str) -> Iterator[Block]:
    given = own.answer
    items: list[tuple[str, Cell]] = [
        (_("Question"), own.question.text.in_language(language)),
        (_("Your answer"), given.text or Word(_("not written"), Tone.QUIET)),
        (
            _("Your level"),
            Word(own_level(own, language), Tone.CAUTION if own.lacks or given.level is Mark.NO_EVIDENCE else None),
        ),
        (_("Evidence"), given.evidence),
        (_("Who could confirm it"), given.witness),
        (_("Ticked"), "\n".join(f"{write_level(tick.level)}: {tick.clause}" for tick in given.ticks)),
    ]
    yield Facts(tuple((name, value) for name, value in items if value), own.question.heading(language))


def _peers(profile: SelfProfile, language: str) -> tuple[Block, ...]:
    """Show what others make of the same answers, beside one's own levels."""
    if not profile.compared:
        return ()
    columns = (
        Column("question", _("Question"), wrap=True),
        Column("by", _("Rated by")),
        Column("own", _("Your level")),
        Column("theirs", _("Theirs")),
        Column("difference", _("Difference")),
        Column("note", _("Note"), wrap=True),
    )
    rows: list[Row] = []
    differences = []
    for own, review, theirs in profile.compared:
        level = own.answer.level
        off = level - theirs.level if isinstance(level, int | float) else None
        differences += [] if off is None else [off]
        old = "" if theirs.answer == own.answer.text else _("Your answer has changed since.")
        note = " ".join(part for part in (theirs.note, old) if part)
        mine, other = rating_cell(level), rating_cell(theirs.level)
        rows.append((own.question.heading(language), review.by, mine, other, Number(off, 1, signed=True), note))
    table = Table(columns, tuple(rows), _("What others make of your answers"))
    if not differences:
        return (table,)
    mean = f"{sum(differences) / len(differences):+.2f}"
    sentence = _("Your levels lie {mean} points from theirs on average ({count} answers).")
    return table, Notes((sentence.format(mean=mean, count=len(differences)),))


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
            'A criterion\'s score is the mean of your own levels on its questions. "Rests on" says what the best of'
            " them rests on, from a bare claim to a story with a figure and a witness, and not whether you are right. A"
            ' level that reaches the bar without evidence is "claimed", not met.'
        )
    ]
    if attempt.outstanding:
        command = f"hiringkit self start {attempt.rubric.id} --resume {attempt.id}{options}"
        lines.append(_("Not all is answered. Go on with: {command}").format(command=command))
    elif attempt.untold:
        command = f"hiringkit self start {attempt.rubric.id} --resume {attempt.id}{options}"
        lines.append(_("Where you had nothing to tell, you are asked again with: {command}").format(command=command))
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
