"""What of a role its rubric asks for: the table of criteria by questions, and the trace of its tasks."""

from collections.abc import Sequence

from hiringkit.domain.coverage import Coverage, CriterionCoverage, Gap, QuestionCoverage, StageCoverage, TaskTrace
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word, plain
from hiringkit.report.views.bank import kind_word

Row = tuple[Cell, ...]


def coverage_report(coverage: Coverage) -> Report:
    """Show which question is evidence for which criterion, which task rests on what, and every gap."""
    return Report(
        title=_("Coverage of {rubric} {version}").format(rubric=coverage.rubric, version=coverage.version),
        blocks=(
            _facts(coverage),
            _criteria(coverage.criteria),
            _matrix(coverage),
            *((_stages(coverage),) if coverage.stages else ()),
            *((_tasks(coverage.tasks),) if coverage.tasks else ()),
            *_explained(coverage),
        ),
        document={
            "schema": "hiringkit/rubric-coverage/1",
            "rubric": {"id": coverage.rubric, "version": coverage.version},
            "minutes": plain(coverage.minutes),
            "gaps": len(coverage.gaps),
            "criteria": plain(coverage.criteria),
            "questions": plain(coverage.questions),
            "tasks": plain(coverage.tasks),
            "stages": plain(coverage.stages),
        },
        data=_flat(coverage),
    )


def gap_word(gap: Gap) -> str:
    """Say what a gap is in a word or two."""
    words = {
        Gap.NOT_ASKED: _("not asked"),
        Gap.ONE_QUESTION: _("one question"),
        Gap.NO_TASK: _("no task"),
        Gap.GATE_ONCE: _("gate asked once"),
        Gap.LITTLE_TIME: _("little time"),
        Gap.MUCH_TIME: _("much time"),
        Gap.NOT_STAGED: _("in no stage"),
        Gap.STAGE_OVER: _("too long"),
        Gap.NO_CRITERION: _("no criterion"),
        Gap.NO_MINUTES: _("no minutes"),
    }
    return words[gap]


def _facts(coverage: Coverage) -> Facts:
    return Facts(
        (
            (_("Criteria"), Number(len(coverage.criteria), 0)),
            (_("Questions"), Number(len(coverage.questions), 0)),
            (_("Planned minutes"), Number(coverage.minutes, 0)),
            (_("Gaps"), Word(str(len(coverage.gaps)), Tone.CAUTION) if coverage.gaps else Word(_("none"), Tone.GOOD)),
        )
    )


def _criteria(criteria: Sequence[CriterionCoverage]) -> Table:
    columns = (
        Column("criterion", _("Criterion")),
        Column("share", _("Weight")),
        Column("questions", _("Questions")),
        Column("minutes", _("Minutes")),
        Column("time_share", _("Share of time")),
        Column("tasks", _("Tasks")),
        Column("gaps", _("Gaps")),
    )

    def row(each: CriterionCoverage) -> Row:
        return (
            Word(each.criterion),
            Number(each.share, 0, percent=True),
            Number(len(each.questions), 0),
            Number(each.minutes, 0),
            Number(each.time_share, 0, percent=True),
            Number(len(each.tasks), 0),
            _gaps(each.gaps),
        )

    return Table(columns, tuple(map(row, criteria)), _("Criteria"))


def _matrix(coverage: Coverage) -> Table:
    columns = (
        Column("question", _("Question")),
        Column("kind", _("Kind")),
        Column("minutes", _("Minutes")),
        *(Column(each.criterion, each.criterion) for each in coverage.criteria),
        Column("gaps", _("Gaps")),
    )

    def row(each: QuestionCoverage) -> Row:
        weights = [_weight(each.criteria.get(criterion.criterion)) for criterion in coverage.criteria]
        return Word(each.question), kind_word(each.kind), Number(each.minutes, 0), *weights, _gaps(each.gaps)

    rows = [*map(row, coverage.questions)]
    if any(each.gaps for each in coverage.criteria):
        marks = [Word("!", Tone.CAUTION) if each.gaps else Word("") for each in coverage.criteria]
        rows.append((Word(_("gaps")), Word(""), Number(coverage.minutes, 0), *marks, Word("")))
    return Table(columns, tuple(rows), _("What each question is evidence for (weights)"))


def _weight(weight: float | None) -> Cell:
    if weight is None:
        return Word(".", Tone.QUIET)
    return Word(f"{weight:g}")


def _tasks(tasks: Sequence[TaskTrace]) -> Table:
    columns = (
        Column("task", _("Task")),
        Column("criteria", _("Criteria"), wrap=True),
        Column("questions", _("Questions"), wrap=True),
        Column("gaps", _("Gaps")),
    )
    rows: list[Row] = [
        (Word(each.task), ", ".join(each.criteria) or "-", ", ".join(each.questions) or "-", _gaps(each.gaps))
        for each in tasks
    ]
    return Table(columns, tuple(rows), _("What each task rests on"))


def _stages(coverage: Coverage) -> Table:
    columns = (
        Column("stage", _("Stage")),
        Column("minutes", _("Minutes")),
        Column("available", _("Available")),
        *(Column(each.criterion, each.criterion) for each in coverage.criteria),
        Column("gaps", _("Gaps")),
    )

    def row(each: StageCoverage) -> Row:
        shares = [Number(each.time_shares.get(c.criterion), 0, percent=True) for c in coverage.criteria]
        return Word(each.stage), Number(each.minutes, 0), Number(each.available, 0), *shares, _gaps(each.gaps)

    return Table(columns, tuple(map(row, coverage.stages)), _("How each stage's time is spent"))


def _gaps(gaps: Sequence[Gap]) -> Word:
    return Word(", ".join(map(gap_word, gaps)), Tone.CAUTION) if gaps else Word("-")


def _explained(coverage: Coverage) -> tuple[Block, ...]:
    """Say what the gaps that there are mean and how each is closed."""
    found = set(coverage.gaps)
    meanings = {
        Gap.NOT_ASKED: _("nothing is asked about it: add a question, or take it out"),
        Gap.ONE_QUESTION: _("a single answer decides: add a second question"),
        Gap.GATE_ONCE: _("a required criterion needs two questions that are mainly about it: add one"),
        Gap.NO_TASK: _("nothing in the work calls upon it: name it in a task's criteria, or take it out"),
        Gap.LITTLE_TIME: _("its share of the minutes is far below its share of the weight: ask more, or weigh it less"),
        Gap.MUCH_TIME: _("its share of the minutes is far above its share of the weight: ask less, or weigh it more"),
        Gap.NOT_STAGED: _("no stage asks about it: put one of its questions into a stage"),
        Gap.STAGE_OVER: _(
            "its questions, with five minutes each to open and to close, take longer than it has: move one, or"
            " lengthen it"
        ),
        Gap.NO_CRITERION: _("the task names no criterion: add criteria to it"),
        Gap.NO_MINUTES: _("kits cannot be planned around it: add minutes"),
    }
    said = tuple(
        _("{gap}: {meaning}").format(gap=gap_word(gap), meaning=meaning)
        for gap, meaning in meanings.items()
        if gap in found
    )
    return (Notes(said, _("To close the gaps")),) if said else ()


def _flat(coverage: Coverage) -> Table:
    """Return the table for spreadsheets: a row for each criterion and question that bears on it."""
    names = ("criterion", "share", "question", "weight", "question_minutes", "gaps")
    minutes = {each.question: each.minutes for each in coverage.questions}
    rows: list[Row] = []
    for each in coverage.criteria:
        gaps = " ".join(each.gaps)
        weights: dict[str, float | None] = dict(each.questions) or {"": None}
        rows += [
            (each.criterion, Number(each.share), question, Number(weight), Number(minutes.get(question)), gaps)
            for question, weight in weights.items()
        ]
    return Table(tuple(Column(name, name) for name in names), tuple(rows))
