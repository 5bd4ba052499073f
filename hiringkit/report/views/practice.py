"""Practice sessions: how near somebody's levels come to the reasoned ones, and whether it improves."""

from collections.abc import Mapping, Sequence

from hiringkit.domain.practice import Accuracy, Confusion, DistanceChange, PracticeAnswer, PracticeLog, PracticeRecord
from hiringkit.domain.question import QuestionBank
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Chart, Column, Facts, Notes, Number, Report, Table, Word, plain
from hiringkit.report.words import moment, zoned


def log_document(log: PracticeLog) -> dict[str, object]:
    """Return all sessions of somebody with a bank."""
    change = log.change
    return {
        "sessions": [_record(record) for record in log.records],
        "change": change and {**plain(change), "clear": change.clear},
    }


def _record(record: PracticeRecord) -> dict[str, object]:
    session = record.session
    return {
        "number": session.number,
        "started_at": plain(session.started_at),
        "accuracy": plain(record.accuracy),
        "answers": plain(session.answers),
    }


Row = tuple[Cell, ...]
_MOST = 12
"""Sessions that a chart shows, the latest ones."""


def practice_report(log: PracticeLog, bank: QuestionBank, language: str = "en") -> Report:
    """Show the latest session in full and those before it in a line each."""
    title = _("Practice: {title}").format(title=bank.title.in_language(language))
    document = {"schema": "hiringkit/practice/1", "bank": bank.id, **log_document(log)}
    if not log.records:
        nothing = _("No answer rated yet. Practise: hiringkit practice {bank}").format(bank=bank.id)
        return Report(title=title, blocks=(Notes((nothing,)),), document=document)
    latest = log.records[-1]
    return Report(
        title=title,
        blocks=(
            _facts(latest),
            _components(latest.accuracy),
            _confusions(latest.accuracy.confusions),
            _answers(latest.session.answers),
            *_progress(log),
            Notes((_source(),)),
        ),
        document=document,
        data=_answers(latest.session.answers),
    )


def practised_blocks(logs: Mapping[str, PracticeLog]) -> tuple[Block, ...]:
    """Show with which banks somebody has practised, how the latest session came out, and whether it improves."""
    several = {bank: log.change for bank, log in logs.items() if log.change}
    changes = tuple(
        _("{bank}: {sentence}").format(bank=bank, sentence=change_sentence(change)) for bank, change in several.items()
    )
    return _practised(logs), *((Notes(changes),) if changes else ())


def _practised(logs: Mapping[str, PracticeLog]) -> Table:
    columns = (
        Column("bank", _("Bank")),
        Column("sessions", _("Sessions")),
        Column("answers", _("Answers")),
        Column("last", zoned(_("Last practised"))),
        Column("exact", _("Level met")),
        Column("distance", _("Mean distance")),
        Column("severity", _("Severity")),
    )

    def row(bank: str, log: PracticeLog) -> Row:
        latest = log.records[-1]
        return (
            Word(bank),
            Number(len(log.records), 0),
            Number(sum(each.accuracy.answers for each in log.records), 0),
            Word(moment(latest.session.started_at)),
            Number(latest.accuracy.exact, 0, percent=True),
            Number(latest.accuracy.distance, 2),
            _severity(latest.accuracy),
        )

    empty = _("No practice yet: hiringkit practice BANK --as WHO")
    return Table(columns, tuple(row(bank, log) for bank, log in logs.items()), _("Practice"), empty)


def change_sentence(change: DistanceChange | None) -> str:
    """Say whether practice shows."""
    if change is None:
        return _("This is the first session, so there is nothing to compare it with.")
    facts = {"before": f"{change.before:.2f}", "after": f"{change.after:.2f}"}
    if not change.clear:
        return _(
            "Mean distance {after}, {before} in the sessions before: no clear change; so few answers move that much by"
            " chance."
        ).format(**facts)
    if change.after < change.before:
        return _("Mean distance {after}, {before} in the sessions before: it improves.").format(**facts)
    return _("Mean distance {after}, {before} in the sessions before: it has grown.").format(**facts)


def _facts(record: PracticeRecord) -> Facts:
    accuracy = record.accuracy
    return Facts(
        (
            (_("Session"), Number(record.session.number, 0)),
            (zoned(_("Held")), Word(moment(record.session.started_at))),
            (_("Answers"), Number(accuracy.answers, 0)),
            (_("Level met"), Number(accuracy.exact, 0, percent=True)),
            (_("Met or one off"), Number(accuracy.within_one, 0, percent=True)),
            (_("Mean distance"), Number(accuracy.distance, 2)),
            (_("Severity"), _severity(accuracy)),
        )
    )


def _severity(accuracy: Accuracy) -> Word:
    points = f"{abs(accuracy.severity or 0.0):.2f}"
    if accuracy.severity is None or points == "0.00":
        return Word(_("as reasoned") if accuracy.severity is not None else "-")
    words = _("stricter by {points}") if accuracy.severity > 0 else _("milder by {points}")
    return Word(words.format(points=points))


def _components(accuracy: Accuracy) -> Table:
    columns = (
        Column("component", _("Accuracy")),
        Column("distance", _("Distance")),
        Column("says", _("It says"), wrap=True),
    )
    rows: tuple[Row, ...] = (
        (
            Word(_("elevation")),
            Number(accuracy.elevation, 2),
            _("how far your levels as a whole lie from the reasoned ones"),
        ),
        (
            Word(_("differential elevation")),
            Number(accuracy.differential_elevation, 2),
            _("how well you tell the better candidates from the weaker"),
        ),
        (
            Word(_("stereotype accuracy")),
            Number(accuracy.stereotype_accuracy, 2),
            _("whether you are as strict on one question as on another"),
        ),
        (
            Word(_("differential accuracy")),
            Number(accuracy.differential_accuracy, 2),
            _("how well you see which candidate is better at which question"),
        ),
    )
    return Table(columns, rows, _("Cronbach's four components, 0 is best"))


def _confusions(confusions: Sequence[Confusion]) -> Table:
    columns = (
        Column("reasoned", _("Reasoned level")),
        Column("given", _("Yours")),
        Column("count", _("Times")),
    )
    rows: list[Row] = [(Number(c.reasoned, 0), Number(c.given, 0), Number(c.count, 0)) for c in confusions]
    return Table(columns, tuple(rows), _("Levels taken for others"), _("None: you met every level."))


def _answers(answers: Sequence[PracticeAnswer]) -> Table:
    columns = (
        Column("question", _("Question")),
        Column("candidate", _("Candidate")),
        Column("reasoned", _("Reasoned level")),
        Column("given", _("Yours")),
        Column("reason", _("Your reason"), wrap=True),
    )
    rows: list[Row] = [
        (Word(a.question), Word(a.sample), Number(a.reasoned, 0), Number(a.level, 0), a.reason) for a in answers
    ]
    return Table(columns, tuple(rows), _("Answers"))


def _progress(log: PracticeLog) -> tuple[Block, ...]:
    said = Notes((change_sentence(log.change),))
    if len(log.records) == 1:
        return (said,)
    columns = (
        Column("session", _("Session")),
        Column("held", _("Held")),
        Column("answers", _("Answers")),
        Column("exact", _("Level met")),
        Column("distance", _("Mean distance")),
        Column("severity", _("Severity")),
    )
    last = log.records[-_MOST:]
    rows: list[Row] = [
        (
            Number(each.session.number, 0),
            Word(f"{each.session.started_at:%Y-%m-%d}"),
            Number(each.accuracy.answers, 0),
            Number(each.accuracy.exact, 0, percent=True),
            Number(each.accuracy.distance, 2),
            _severity(each.accuracy),
        )
        for each in last
    ]
    points = tuple((str(each.session.number), each.accuracy.exact) for each in last)
    chart = Chart(points, 0, 1, _("Share of answers whose level you met, by session"))
    return Table(columns, tuple(rows), _("Sessions")), chart, said


def _source() -> str:
    return _(
        "Distances are root mean squares in rating points. Samples of one letter are taken for one candidate; the last"
        " three components need two candidates rated on the same two questions. After Cronbach (1955), Psychological"
        " Bulletin 52, 177-193."
    )
