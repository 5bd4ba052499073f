"""The differences between two rubrics as people read them, and what they do to scores given already."""

from collections.abc import Sequence

from attrs import frozen

from hiringkit.domain.rubric import RubricRef
from hiringkit.domain.rubric_diff import CandidateImpact, ChangeKind, OpeningImpact, RubricChange, RubricDiff, Step
from hiringkit.locale import _, say
from hiringkit.report.model import (
    Block,
    Cell,
    Column,
    Facts,
    Notes,
    Number,
    Report,
    Table,
    Tone,
    Word,
    plain,
    write_number,
)
from hiringkit.report.words import distinct_names, recommendation_word


def diff_report(diff: RubricDiff) -> Report:
    """Show what is different, how large a step that is, and what it does to openings."""
    return Report(
        title=_("{before} and {after}").format(before=_name(diff.before), after=_name(diff.after)),
        blocks=(_facts(diff), _changes(diff.changes), *_impact(diff)),
        document={
            "schema": "hiringkit/rubric-diff/1",
            "before": plain(diff.before),
            "after": plain(diff.after),
            "step": diff.step.value,
            "version_step": diff.version_step.value,
            "enough": diff.enough,
            "changes": plain(diff.changes),
            "impact": None if diff.impact is None else [_opening_document(each) for each in diff.impact],
        },
        data=_changes(diff.changes),
    )


def step_word(step: Step) -> Word:
    """Say how large a step is."""
    words = {
        Step.NONE: Word(_("none")),
        Step.PATCH: Word(_("patch"), Tone.GOOD),
        Step.MINOR: Word(_("minor"), Tone.CAUTION),
        Step.MAJOR: Word(_("major"), Tone.BAD),
        Step.BACK: Word(_("back"), Tone.BAD),
    }
    return words[step]


def kind_of_change(kind: ChangeKind) -> Word:
    """Say what was done."""
    words = {
        ChangeKind.ADDED: _("added"),
        ChangeKind.REMOVED: _("removed"),
        ChangeKind.CHANGED: _("changed"),
        ChangeKind.REWORDED: _("reworded"),
        ChangeKind.TRANSLATED: _("translated"),
        ChangeKind.MOVED: _("moved"),
    }
    return Word(words[kind])


def _name(rubric: RubricRef) -> str:
    return f"{rubric.id} {rubric.version}"


def _facts(diff: RubricDiff) -> Facts:
    return Facts(
        (
            (_("Before"), _name(diff.before)),
            (_("After"), _name(diff.after)),
            (_("Changes"), Number(len(diff.changes), 0)),
            (_("They call for"), step_word(diff.step)),
            (_("The versions say"), step_word(diff.version_step)),
            (_("Verdict"), _verdict(diff)),
        )
    )


def _verdict(diff: RubricDiff) -> Word:
    if diff.step is Step.NONE:
        return Word(_("they mean the same"), Tone.GOOD)
    if diff.enough:
        return Word(_("the version says enough"), Tone.GOOD)
    words = _("the version says too little: {version} would do")
    return Word(words.format(version=_next_version(diff)), Tone.BAD)


def _next_version(diff: RubricDiff) -> str:
    """Return the least version that says enough."""
    core = diff.before.version.partition("+")[0].partition("-")[0]
    major, minor, patch = (int(part) for part in core.split("."))
    return {
        Step.MAJOR: f"{major + 1}.0.0",
        Step.MINOR: f"{major}.{minor + 1}.0",
    }.get(diff.step, f"{major}.{minor}.{patch + 1}")


def _changes(changes: Sequence[RubricChange]) -> Table:
    columns = (
        Column("path", _("Where"), wrap=True),
        Column("step", _("Step")),
        Column("kind", _("What")),
        Column("before", _("Before"), wrap=True),
        Column("after", _("After"), wrap=True),
        Column("why", _("Why"), wrap=True),
    )

    def row(change: RubricChange) -> tuple[Cell, ...]:
        before, after = (_value(change, value) for value in (change.before, change.after))
        return change.path, step_word(change.step), kind_of_change(change.kind), before, after, say(change.why)

    return Table(columns, tuple(map(row, changes)), _("Changes"), _("They mean the same."))


def _value(change: RubricChange, value: str | float | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    share = change.path.startswith("criteria.") and change.path.endswith(".weight")
    return _("{share} %").format(share=f"{100 * value:.1f}") if share else write_number(value)


def _impact(diff: RubricDiff) -> tuple[Block, ...]:
    if diff.impact is None:
        return ()
    if not diff.impact:
        return (Notes((_("No opening has pinned {id}.").format(id=diff.before.id),), _("What it does to openings")),)
    kept = _("Openings keep the rubric that they pinned; this is what the new one would make of them.")
    return (Notes((kept,)), *(block for each in diff.impact for block in _opening(each)))


def _opening(impact: OpeningImpact) -> tuple[Block, ...]:
    caption = _("{opening}, which pinned {version}").format(opening=impact.opening, version=impact.version)
    if impact.obstacle:
        obstacle = _("It cannot be scored anew: {why}.").format(why=say(impact.obstacle))
        return (Notes((obstacle,), caption),)
    return (_candidates(impact, caption), Notes(tuple(_remarks(impact))))


def _candidates(impact: OpeningImpact, caption: str) -> Table:
    columns = (
        Column("name", _("Candidate")),
        Column("score_before", _("Score before")),
        Column("score_after", _("Score after")),
        Column("change", _("Change")),
        Column("position_before", _("Rank before")),
        Column("position_after", _("Rank after")),
        Column("recommendation_before", _("Recommendation before")),
        Column("recommendation_after", _("Recommendation after")),
    )
    names = distinct_names((each.candidate, each.name) for each in impact.candidates)

    def row(each: CandidateImpact) -> tuple[Cell, ...]:
        return (
            names[each.candidate],
            Number(each.score_before, 2),
            Number(each.score_after, 2),
            Number(_difference(each), 2, signed=True),
            Number(each.position_before, 0),
            Number(each.position_after, 0),
            recommendation_word(each.recommendation_before),
            recommendation_word(each.recommendation_after),
        )

    return Table(columns, tuple(map(row, impact.candidates)), caption, _("Nobody has been rated whom you may see."))


def _remarks(impact: OpeningImpact) -> list[str]:
    moved = sum(each.position_before != each.position_after for each in impact.candidates)
    largest = max((abs(d) for each in impact.candidates if (d := _difference(each)) is not None), default=0.0)
    said = [
        _("{moved} of {all} candidates change rank; scores move by up to {largest}.").format(
            moved=moved, all=len(impact.candidates), largest=f"{largest:.2f}"
        )
    ]
    if impact.lost_ratings:
        lost = _("{n} ratings are of questions that the new version does not ask; they are left out.")
        said.append(lost.format(n=impact.lost_ratings))
    if impact.hidden:
        hidden = _("{n} candidates are left out until your own scorecard is submitted.")
        said.append(hidden.format(n=impact.hidden))
    return said


def _difference(each: CandidateImpact) -> float | None:
    if each.score_before is None or each.score_after is None:
        return None
    return each.score_after - each.score_before


def _opening_document(impact: OpeningImpact) -> dict[str, object]:
    return {
        **plain(impact),
        "candidates": [{**plain(each), "change": plain(_difference(each))} for each in impact.candidates],
    }


@frozen
class EditShown:
    """One change to a file."""

    file: str
    line: int
    path: str
    before: str | None
    after: str | None
    step: Step | None = None
    """The step in version that it calls for; None for a bank."""


def edit_report(edit: EditShown) -> Report:
    """Show one change to a file, and for a rubric how large a step it is."""
    items: list[tuple[str, Cell]] = [
        (_("File"), f"{edit.file}:{edit.line}"),
        (_("Where"), edit.path),
        (_("Before"), edit.before if edit.before is not None else "-"),
        (_("After"), edit.after if edit.after is not None else "-"),
        *([(_("Step"), step_word(edit.step))] if edit.step else []),
    ]
    return Report(
        title=_("Changed"),
        blocks=(Facts(tuple(items)),),
        document={
            "schema": "hiringkit/edit/1",
            "file": edit.file,
            "line": edit.line,
            "path": edit.path,
            "before": edit.before,
            "after": edit.after,
            "step": edit.step.value if edit.step else None,
        },
    )
