"""Reviews of rubrics and banks: findings, and which components of structure the rubrics have."""

from collections.abc import Sequence

from attrs import evolve

from hiringkit.domain.finding import Finding
from hiringkit.domain.structure import Component, StructureScore
from hiringkit.locale import _, say
from hiringkit.report.model import Block, Cell, Column, Number, Report, Table, Tone, Word
from hiringkit.report.views.findings import findings_report

Document = dict[str, object]


def review_report(
    findings: Sequence[Finding],
    structures: Sequence[StructureScore],
    *,
    title: str = "",
    checked: Sequence[str] = (),
) -> Report:
    """Show findings as `findings_report` does, and below them the structure of one rubric or of several.

    Args:
        findings: In the order in which they are shown.
        structures: Of the rubrics without errors.
        title: What was checked, for a heading.
        checked: The files that were looked at.
    """
    report = findings_report(findings, title=title, checked=checked)
    documents = [_document(score) for score in structures]
    more: Document = {"structure": documents[0] if len(documents) == 1 else None, "structures": documents}
    return evolve(
        report,
        blocks=(*report.blocks, *_blocks(structures)),
        document={**report.document, **more},
    )


def _blocks(structures: Sequence[StructureScore]) -> tuple[Block, ...]:
    if not structures:
        return ()
    return (_components(structures[0]),) if len(structures) == 1 else (_scores(structures),)


def _components(score: StructureScore) -> Table:
    columns = (
        Column("component", _("Component")),
        Column("met", _("Met")),
        Column("advice", _("To gain it"), wrap=True),
    )
    caption = _("Structure: {score} of {of} components; a file can carry {carried}").format(
        score=score.score, of=score.of, carried=score.carried
    )
    rows: list[tuple[Cell, ...]] = [(say(each.name), _met(each), say(each.advice)) for each in score.components]
    return Table(columns, tuple(rows), caption)


def _scores(structures: Sequence[StructureScore]) -> Table:
    columns = (
        Column("rubric", _("Rubric")),
        Column("score", _("Score")),
        Column("missing", _("Missing"), wrap=True),
    )
    caption = _("Structure: components out of {of}; a file can carry {carried}").format(
        of=structures[0].of, carried=structures[0].carried
    )
    return Table(columns, tuple(map(_score, structures)), caption)


def _score(score: StructureScore) -> tuple[Cell, ...]:
    missing = [say(component.name) for component in score.components if component.met is False]
    return Word(score.rubric), Number(score.score, 0), _(", ").join(missing)


def _met(component: Component) -> Word:
    match component.met:
        case True:
            return Word(_("yes"), Tone.GOOD)
        case False:
            return Word(_("no"), Tone.CAUTION)
        case None:
            return Word(_("opening"), Tone.QUIET)


def _document(score: StructureScore) -> Document:
    return {
        "rubric": score.rubric,
        "file": score.file,
        "score": score.score,
        "of": score.of,
        "carried": score.carried,
        "components": [
            {
                "id": component.id,
                "name": component.name,
                "met": component.met,
                "where": component.where.value,
                "advice": component.advice,
            }
            for component in score.components
        ],
    }
