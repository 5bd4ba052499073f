"""A self-assessment beside others: earlier attempts, and interviews of the same person."""

from hiringkit.domain.selfprofile import Difference, SelfProfile
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Chart, Column, Notes, Number, Table

Row = tuple[Cell, ...]
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
