"""Two need assessments of the same role side by side."""

from collections.abc import Sequence

from hiringkit.domain.need import Decision, NeedAssessment, NeedChange
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Notes, Report, Table, Tone, Word
from hiringkit.report.needwords import frequency_word, outcome_word, readiness_word
from hiringkit.report.values import plain
from hiringkit.report.words import day

Judged = tuple[NeedAssessment, Decision]


def need_changes_report(before: Judged, after: Judged, changes: Sequence[NeedChange], language: str = "en") -> Report:
    """Show what has changed between two assessments.

    Args:
        before: An assessment and what followed from it.
        after: Another of the same role.
        changes: Every precondition and sign of either, changed or not.
        language: en or zh.
    """
    (one, first), (two, second) = before, after
    columns = (
        Column("text", _("What"), wrap=True),
        Column("before", _("Before")),
        Column("after", _("After")),
        Column("change", _("Change")),
    )

    def row(change: NeedChange) -> tuple[Cell, ...]:
        show = readiness_word if change.kind == "precondition" else frequency_word
        return change.text.in_language(language), show(change.before), show(change.after), change_word(change)

    def table(kind: str, caption: str) -> Table:
        return Table(columns, tuple(row(change) for change in changes if change.kind == kind), caption)

    versions = _(
        "The rubric has changed between them, from version {before} to {after}: what was not asked then shows as not"
        " answered."
    )
    changed = one.rubric.digest != two.rubric.digest
    note = (Notes((versions.format(before=one.rubric.version, after=two.rubric.version),)),) if changed else ()
    return Report(
        title=_("Need assessments compared: {title}").format(title=two.title.in_language(language)),
        blocks=(
            _results(before, after),
            *note,
            table("precondition", _("Preconditions")),
            table("sign", _("Signs")),
        ),
        document={
            "schema": "hiringkit/need-comparison/1",
            "rubric": two.rubric.id,
            "before": {"id": one.id, "result": str(first.outcome), "changed_at": plain(one.changed_at)},
            "after": {"id": two.id, "result": str(second.outcome), "changed_at": plain(two.changed_at)},
            "changes": [plain(change) for change in changes],
        },
        data=_flat(changes),
    )


def _results(before: Judged, after: Judged) -> Table:
    columns = (
        Column("when", ""),
        Column("id", _("Assessment")),
        Column("organisation", _("Organisation")),
        Column("date", _("Date")),
        Column("result", _("Result")),
    )

    def row(when: str, assessment: NeedAssessment, decision: Decision) -> tuple[Cell, ...]:
        made = Word(day(assessment.changed_at))
        return Word(when), Word(assessment.id), assessment.organisation or "-", made, outcome_word(decision.outcome)

    return Table(columns, (row(_("Before"), *before), row(_("After"), *after)), _("Result"))


def change_word(change: NeedChange) -> Word:
    """Say whether the organisation stands better than before."""
    if change.eased is None:
        return Word(_("same") if change.before == change.after else "-", Tone.QUIET)
    return Word(_("better"), Tone.GOOD) if change.eased else Word(_("worse"), Tone.BAD)


def _flat(changes: Sequence[NeedChange]) -> Table:
    columns = tuple(Column(key, "") for key in ("kind", "id", "before", "after", "change"))
    words = {True: "better", False: "worse", None: ""}
    rows = tuple((c.kind, c.id, c.before or "", c.after or "", words[c.eased]) for c in changes)
    return Table(columns, rows)
