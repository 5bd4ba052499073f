"""Rubrics, in a list and in full."""

from collections.abc import Mapping, Sequence

from hiringkit.domain.conduct import Unrated
from hiringkit.domain.rubric import Criterion, NoEvidencePolicy, QuestionUse, Rubric
from hiringkit.locale import _
from hiringkit.report.conduct import conduct_blocks
from hiringkit.report.model import Cell, Column, Facts, Number, Report, Table, Word
from hiringkit.report.questions import anchor_items, listed, questions_table
from hiringkit.report.roles import need_blocks, role_blocks
from hiringkit.report.values import plain, said, write_number


def rubrics_report(
    rubrics: Sequence[Rubric], language: str = "en", *, sources: Mapping[str, str] | None = None
) -> Report:
    """List rubrics.

    Args:
        rubrics: In the order in which they are shown.
        language: en or zh.
        sources: The file of each rubric, by its id.
    """
    files = sources or {}
    columns = (
        Column("id", _("Id")),
        Column("version", _("Version")),
        Column("title", _("Title")),
        Column("criteria", _("Criteria")),
        Column("questions", _("Questions")),
    )

    def row(rubric: Rubric) -> tuple[Cell, ...]:
        figures = Number(len(rubric.criteria), 0), Number(_question_count(rubric), 0)
        title = rubric.title.in_language(language)
        return Word(rubric.id), Word(rubric.version), title, *figures

    empty = _("No rubrics found. Name a folder that holds rubrics/: hiringkit --library DIR rubric list")
    return Report(
        title=_("Rubrics"),
        blocks=(Table(columns, tuple(map(row, rubrics)), empty=empty),),
        # a path is too long to read in a table, and a program wants it
        data=Table(
            (*columns, Column("file", _("File"))),
            tuple((*row(rubric), files.get(rubric.id, "")) for rubric in rubrics),
        ),
        document={"schema": "hiringkit/rubrics/1", "rubrics": [_summary(rubric, files) for rubric in rubrics]},
    )


def rubric_report(rubric: Rubric, language: str = "en") -> Report:
    """Show a rubric in full: the role, what is rated and how, what is asked."""
    return Report(
        title=rubric.title.in_language(language),
        blocks=(
            _facts(rubric, language),
            *(role_blocks(rubric.role, language) if rubric.role else ()),
            *(need_blocks(rubric.need, language) if rubric.need else ()),
            _criteria(rubric, language),
            *(_criterion(criterion, language) for criterion in rubric.criteria),
            _levels(rubric, language),
            *conduct_blocks(rubric.policy),
            questions_table(rubric.asked, language, caption=_("Questions")),
        ),
        document={"schema": "hiringkit/rubric/1", "rubric": plain(rubric)},
        data=_criteria(rubric, language),
    )


def _question_count(rubric: Rubric) -> int:
    return sum(len(entry.use) if isinstance(entry, QuestionUse) else 1 for entry in rubric.questions)


def _summary(rubric: Rubric, files: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": rubric.id,
        "version": rubric.version,
        "title": plain(rubric.title),
        "criteria": len(rubric.criteria),
        "questions": _question_count(rubric),
        "file": files.get(rubric.id),
    }


def _facts(rubric: Rubric, language: str) -> Facts:
    policy = rubric.policy
    thresholds = sorted(policy.recommend.items(), key=lambda item: -item[1])
    items: list[tuple[str, Cell]] = [
        (_("Id"), rubric.id),
        (_("Version"), rubric.version),
        (_("Summary"), said(rubric.summary, language)),
        (_("Coverage needed"), Number(policy.minimum_coverage, 0, percent=True)),
        (_("No evidence counts"), _no_evidence(rubric)),
        (_("Unrated questions"), "" if policy.unrated is Unrated.BLOCK else _("may stay unrated")),
        (_("Recommend from"), ", ".join(f"{word} {write_number(score)}" for word, score in thresholds)),
    ]
    return Facts(tuple((name, value) for name, value in items if value))


def _no_evidence(rubric: Rubric) -> str:
    return _("nothing") if rubric.policy.no_evidence is NoEvidencePolicy.EXCLUDE else _("as the lowest level")


def _criteria(rubric: Rubric, language: str) -> Table:
    total = sum(criterion.weight for criterion in rubric.criteria)
    kinds = {"responsibility": _("responsibility"), "competency": _("competency")}
    columns = (
        Column("criterion", _("Id")),
        Column("name", _("Criterion")),
        Column("kind", _("Kind")),
        Column("weight", _("Weight")),
        Column("bar", _("Bar")),
        Column("required", _("Required")),
        Column("questions", _("Questions")),
    )

    def row(criterion: Criterion) -> tuple[Cell, ...]:
        return (
            Word(criterion.id),
            criterion.name.in_language(language),
            Word(kinds[criterion.kind]),
            Number(criterion.weight / total if total else None, 0, percent=True),
            Number(criterion.bar),
            Word(_("yes") if criterion.required else _("no")),
            Number(sum(criterion.id in question.criteria for question in rubric.asked), 0),
        )

    return Table(columns, tuple(map(row, rubric.criteria)), _("Criteria"))


def _criterion(criterion: Criterion, language: str) -> Facts:
    items: list[tuple[str, Cell]] = [
        (_("Definition"), criterion.definition.in_language(language)),
        (_("Why this weight"), said(criterion.weight_rationale, language)),
        *anchor_items(criterion, language),
        (_("To learn or do"), listed(criterion.develop, language)),
    ]
    return Facts(tuple((name, value) for name, value in items if value), criterion.name.in_language(language))


def _levels(rubric: Rubric, language: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (Number(level.value, 0), level.label.in_language(language), said(level.meaning, language))
        for level in rubric.scale.levels
    ]
    columns = (
        Column("value", _("Level")),
        Column("label", _("Label")),
        Column("meaning", _("Meaning"), wrap=True),
    )
    return Table(columns, tuple(rows), _("Scale"))
