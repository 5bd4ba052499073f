"""What a noise audit found: how large the noise is, what it is made of, and which anchors split people."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.domain.noise import NoiseAnswers, NoiseAudit, NoiseFeedback, NoisePart, NoiseReport
from hiringkit.domain.practice import PanelAnswer
from hiringkit.domain.question import QuestionBank
from hiringkit.locale import _
from hiringkit.report.model import (
    Block,
    Cell,
    Column,
    Facts,
    Notes,
    Number,
    Report,
    Span,
    Table,
    Word,
    figure,
    plain,
)
from hiringkit.report.views.documents import findings_document
from hiringkit.report.words import finding_sentence
from hiringkit.text.clean import clean_line


def audit_report(audit: NoiseAudit, path: Path) -> Report:
    """Say what to do with a new audit."""
    file = clean_line(str(path))
    return Report(
        title=_("Noise audit: {id}").format(id=audit.id),
        blocks=(
            Facts(((_("File"), file), (_("Answers"), Number(len(audit.samples), 0)))),
            Notes(
                (
                    _("Give the file to all who take part, four to twelve people: hiringkit noise join {file}").format(
                        file=file
                    ),
                    _("They hand in their files of answers; then: hiringkit noise report {file} FOLDER").format(
                        file=file
                    ),
                ),
                _("Next steps"),
            ),
        ),
        document={
            "schema": "hiringkit/noise-audit/1",
            "audit": audit.id,
            "bank": audit.bank,
            "file": file,
            "answers": [{"question": each.question, "sample": each.sample} for each in audit.samples],
        },
    )


def answers_report(answers: NoiseAnswers, file: Path, count: int) -> Report:
    """Say how far somebody has come, and where their answers are; nothing of how they did."""
    session, path = answers.sessions[-1], clean_line(str(file))
    rated = len(session.answers)
    left = (
        _("Answers that are left: {count}. The same command goes on with them.").format(count=count - rated)
        if rated < count
        else _(
            "Hand in the file; the report shows how levels compare. The same command repeats the audit after a week."
        )
        if session.number == 1
        else _("Hand in the file; the report shows how levels compare.")
    )
    return Report(
        title=_("Noise audit: {id}").format(id=answers.audit),
        blocks=(
            Facts(
                (
                    (_("Time"), Number(session.number, 0)),
                    (_("Rated"), Word(f"{rated}/{count}")),
                    (_("File"), path),
                )
            ),
            Notes((left,)),
        ),
        document={
            "schema": "hiringkit/noise-answers/1",
            "audit": answers.audit,
            "file": path,
            "time": session.number,
            "rated": rated,
            "answers": count,
        },
    )


def noise_report(found: NoiseReport, bank: QuestionBank, language: str) -> Report:
    """Show what a noise audit found.

    Args:
        found: What was worked out.
        bank: Where the answers are.
        language: en or zh.
    """
    return Report(
        title=_("Noise audit: {id}").format(id=found.audit.id),
        blocks=lambda: tuple(_blocks(found, bank, language)),
        document=lambda: _document(found),
        data=lambda: _data(found),
    )


def _blocks(found: NoiseReport, bank: QuestionBank, language: str) -> Iterator[Block]:
    yield Facts(
        (
            (_("People"), Number(found.raters, 0)),
            (_("Answers that all rated"), Number(found.answers, 0)),
            (_("People who repeated"), Number(found.repeated, 0)),
            *(
                ((_("Agreement, Krippendorff's alpha"), Number(found.outcome.alpha.estimate, 2)),)
                if found.outcome
                else ()
            ),
            *(((_("Bias, points"), Number(found.bias, 2, signed=True)),) if found.bias is not None else ()),
        )
    )
    if found.outcome is not None:
        yield _parts(found)
        yield Notes(
            (
                _("System noise is how far the levels scatter that different people give to the same answer."),
                _("Level noise: some are stricter than others throughout."),
                _("Pattern noise: who is stricter differs by answer, lastingly (stable) or by the day (occasion)."),
            )
        )
        yield _answers(found.outcome.session.answers, bank, language)
        yield from _anchors(found.outcome.parted, bank, language)
        yield _people(found)
    if found.feedback is not None:
        yield _feedback(found.feedback, bank, language)
    said = [finding_sentence(each) for each in found.findings]
    if any(part.deviation is not None and part.interval is None for _name, part in _named_parts(found)):
        said.append(_("Where a part has no interval, these levels show nothing of it; they do not rule it out."))
    if found.outcome is not None:
        said.append(_("The reasoned levels are in this report: keep it from whoever has still to rate."))
    if said:
        yield Notes(tuple(said), _("To know"))


def _named_parts(found: NoiseReport) -> tuple[tuple[str, NoisePart], ...]:
    return (
        (_("System noise"), found.parts.system),
        (_("Level noise"), found.parts.level),
        (_("Pattern noise"), found.parts.pattern),
        (_("of it, stable"), found.parts.stable_pattern),
        (_("of it, occasion"), found.parts.occasion),
    )


def _parts(found: NoiseReport) -> Table:
    columns = (
        Column("part", _("Noise")),
        Column("deviation", _("Points")),
        Column("interval", _("{level} % interval").format(level=round(100 * found.level))),
        Column("share", _("Share of variance")),
    )
    rows = tuple(
        (Word(name), Number(part.deviation, 2), Span(part.interval, 2), Number(part.share, 0, percent=True))
        for name, part in _named_parts(found)
    )
    return Table(columns, rows, _("Noise, as standard deviations"))


def _answers(answers: tuple[PanelAnswer, ...], bank: QuestionBank, language: str) -> Table:
    columns = (
        Column("question", _("Question"), wrap=True),
        Column("candidate", _("Candidate")),
        Column("reasoned", _("Reasoned level")),
        Column("levels", _("Levels given")),
        Column("apart", _("Apart by")),
    )

    def row(answer: PanelAnswer) -> tuple[Cell, ...]:
        question = bank.question(answer.question)
        counts = Counter(answer.levels.values())
        given = ", ".join(f"{write_level(level)} × {counts[level]}" for level in sorted(counts))
        return (
            question.heading(language) if question else answer.question,
            Word(answer.sample.upper()),
            Word(write_level(answer.reasoned)),
            Word(given),
            Word(f"{answer.spread:g}"),
        )

    widest = sorted(answers, key=lambda answer: -answer.spread)
    return Table(columns, tuple(map(row, widest)), _("Where the levels part"))


def _anchors(parted: tuple[PanelAnswer, ...], bank: QuestionBank, language: str) -> Iterator[Block]:
    """Quote the anchors between which people are split: those of the lowest and the highest level given."""
    split: dict[tuple[str, LevelNumber], list[str]] = {}
    for answer in parted:
        for level in (min(answer.levels.values()), max(answer.levels.values())):
            split.setdefault((answer.question, level), []).append(answer.sample.upper())
    told = []
    for (identity, level), candidates in sorted(split.items()):
        question = bank.question(identity)
        anchor = question.anchors.get(level) if question else None
        if question is not None and anchor is not None:
            told.append(
                _("{question}, level {level} ({candidates}): {text}").format(
                    question=question.heading(language),
                    level=write_level(level),
                    candidates=", ".join(sorted(candidates)),
                    text=anchor.in_language(language),
                )
            )
    if told:
        yield Notes(tuple(told), _("Anchors that split people"))


def _people(found: NoiseReport) -> Table:
    columns = (
        Column("label", _("Person")),
        Column("level", _("Level")),
        Column("pattern", _("Pattern")),
        Column("occasion", _("Occasion")),
        Column("distance", _("From the reasoned level")),
    )
    rows = tuple(
        (
            each.label,
            Number(each.level, 2, signed=True),
            Number(each.pattern, 2),
            Number(each.occasion, 2),
            Number(each.distance, 2),
        )
        for each in found.people
    )
    return Table(columns, rows, _("Milder (+) or stricter (-) than everybody, and how unlike them"))


def _feedback(feedback: NoiseFeedback, bank: QuestionBank, language: str) -> Table:
    columns = (
        Column("question", _("Question"), wrap=True),
        Column("candidate", _("Candidate")),
        Column("level", _("Your level")),
        Column("others", _("The others")),
        Column("reasoned", _("Reasoned level")),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in feedback.apart:
        question = bank.question(each.question)
        heading = question.heading(language) if question else each.question
        cells = Word(write_level(each.level)), Number(each.others, 1), Word(write_level(each.reasoned))
        rows.append((heading, Word(each.sample.upper()), *cells))
    caption = _("For you alone: you are {label}").format(label=feedback.own.label)
    return Table(columns, tuple(rows), caption)


def _document(found: NoiseReport) -> dict[str, object]:
    answers = found.outcome.session.answers if found.outcome else ()
    return {
        "schema": "hiringkit/noise/1",
        "audit": found.audit.id,
        "bank": found.audit.bank,
        "raters": found.raters,
        "complete": found.complete,
        "answers": found.answers,
        "repeated": found.repeated,
        "level": figure(found.level),
        "bias": figure(found.bias),
        "noise": plain(found.parts),
        "alpha": plain(found.outcome.alpha) if found.outcome else None,
        "levels": [
            {
                "question": each.question,
                "sample": each.sample,
                "reasoned": each.reasoned,
                "spread": each.spread,
                "counts": {write_level(level): n for level, n in sorted(Counter(each.levels.values()).items())},
            }
            for each in answers
        ],
        "people": plain(found.people),
        "feedback": plain(found.feedback),
        "findings": findings_document(found.findings),
    }


def _data(found: NoiseReport) -> Table:
    keys = ("part", "deviation", "low", "high", "share")
    rows: list[tuple[Cell, ...]] = []
    for name in ("system", "level", "pattern", "stable_pattern", "occasion"):
        part: NoisePart = getattr(found.parts, name)
        low, high = part.interval or (None, None)
        rows.append((name, Number(part.deviation), Number(low), Number(high), Number(part.share)))
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))
