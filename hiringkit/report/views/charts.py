"""Comparisons as drawings: overall scores, criteria by candidates, how strictly interviewers rate, one profile."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from hiringkit.domain.profile import BarState, Comparison, CriterionScore, FitProfile, InterviewerEffect
from hiringkit.domain.rubric import Rubric
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Number, Span, Table, show_cell, show_interval, write_number
from hiringkit.report.page import Figure, Forest, ForestRow, HeatCell, HeatMap, HeatRow
from hiringkit.report.words import severity_word

Names = Mapping[str, str]
DRAWN = 24
"""Candidates, or interviewers, who are drawn; tables have the others."""
_WIDEST = 6
"""Levels up to which each is named below a chart."""


def forest_of(comparison: Comparison, rubric: Rubric | None, profiles: Sequence[FitProfile], names: Names) -> Figure:
    """Draw overall scores with their intervals.

    Args:
        comparison: Of all.
        rubric: Its policy's limits are drawn and its levels named.
        profiles: Those who are drawn, in this order.
        names: By candidate id.
    """
    rows = tuple(_overall_row(each, names) for each in profiles if each.overall.score is not None)
    limits = sorted(rubric.policy.recommend.items(), key=lambda item: item[1]) if rubric else []
    words = {"yes": _("yes {limit}"), "strong-yes": _("strong yes {limit}")}
    lines = tuple((limit, words[word].format(limit=write_number(limit))) for word, limit in limits if word in words)
    level = round(100 * comparison.level)
    drawing = Forest(
        _("Overall score with {level} % interval").format(level=level),
        rows,
        comparison.scale.low,
        comparison.scale.high,
        _levels(comparison, rubric),
        lines,
    )
    calibrated = any(row.plain is not None for row in rows)
    key = (
        ("score", _("score and {level} % interval").format(level=level)),
        *((("plain", _("plain mean, which allows for no strict interviewer")),) if calibrated else ()),
        *((("out", _("misses the bar of a required criterion")),) if any(row.out for row in rows) else ()),
        *((("limit", _("recommended from here")),) if lines else ()),
    )
    columns = (
        Column("name", _("Candidate")),
        Column("overall", _("Overall")),
        Column("interval", _("{level} % interval").format(level=level)),
    )
    cells: list[tuple[Cell, ...]] = [
        (names[each.candidate], Number(each.overall.score, 2), Span(each.overall.interval)) for each in profiles
    ]
    return Figure(drawing, key, (Table(columns, tuple(cells)),))


def _overall_row(profile: FitProfile, names: Names) -> ForestRow:
    overall, rank = profile.overall, profile.rank
    note = ""
    if rank.interval and rank.interval[0] != rank.interval[1]:
        note = _("rank {low} to {high}").format(low=rank.interval[0], high=rank.interval[1])
    elif rank.position is not None:
        note = _("rank {rank}").format(rank=rank.position)
    calibrated = overall.observed is not None and overall.observed != overall.score
    return ForestRow(
        names[profile.candidate],
        overall.score,
        overall.interval,
        show_cell(Number(overall.score, 2)),
        show_interval(overall.interval) if overall.interval else "",
        note,
        plain=overall.observed if calibrated else None,
        out=any(gate.state is BarState.FAILED for gate in profile.gates),
    )


def _levels(comparison: Comparison, rubric: Rubric | None) -> tuple[tuple[float, str], ...]:
    """Name what stands below a chart: the levels, or the ends of the scale."""
    scale = comparison.scale
    if rubric and len(rubric.scale.levels) <= _WIDEST:
        return tuple((float(value), write_number(value)) for value in rubric.scale.values)
    middle = (scale.low + scale.high) / 2
    return tuple((value, write_number(value)) for value in (scale.low, middle, scale.high))


def heat_map(
    comparison: Comparison,
    rubric: Rubric | None,
    profiles: Sequence[FitProfile],
    names: Names,
    most: int,
    splits: Mapping[tuple[str, str], str],
) -> HeatMap:
    """Put candidates' criterion scores side by side, the heaviest criterion first.

    Args:
        comparison: Of all.
        rubric: Weights, bars and gates are the rubric's.
        profiles: The candidates, in the order of their columns.
        names: By candidate id.
        most: Columns at the most.
        splits: How far interviewers are apart, by candidate and criterion.
    """
    shown = profiles[:most]
    ids = list(comparison.criterion_names) or [score.criterion for score in shown[0].criteria]
    known = {each.id: each for each in rubric.criteria} if rubric else {}
    total = sum(each.weight for each in known.values()) or 1.0
    margin = _margin(rubric) if rubric else 0.0
    by_candidate = {each.candidate: {score.criterion: score for score in each.criteria} for each in shown}
    rows = []
    for criterion in sorted(ids, key=lambda each: -known[each].weight if each in known else 0.0):
        found = known.get(criterion)
        middle = (comparison.scale.low + comparison.scale.high) / 2
        rows.append(
            HeatRow(
                comparison.criterion_names.get(criterion, criterion),
                _criterion_note(found.weight / total, found.bar, required=found.required) if found else "",
                middle if found is None or found.bar is None else found.bar - margin,
                tuple(
                    _heat_cell(by_candidate[each.candidate].get(criterion), splits.get((each.candidate, criterion), ""))
                    for each in shown
                ),
            )
        )
    columns = tuple(
        (names[each.candidate], show_cell(Number(each.overall.score, 2)) if comparison.ranks else "") for each in shown
    )
    return HeatMap(
        _("Scores by criterion and candidate"),
        columns,
        tuple(rows),
        comparison.scale.low,
        comparison.scale.high,
        _("score, by how far it is from where its bar is reached; underlined below it")
        if rubric
        else _("score, by how far it is from the middle of the scale; underlined below it"),
        len(profiles) - len(shown),
    )


def _margin(rubric: Rubric) -> float:
    """Return how far below a bar a score still reaches it."""
    if rubric.policy.bar_margin is not None:
        return rubric.policy.bar_margin
    return min((b - a for a, b in pairwise(rubric.scale.values)), default=1) / 2


def _criterion_note(share: float, bar: float | None, *, required: bool) -> str:
    """Say weight and bar in a few words."""
    words = _("{share} %").format(share=round(100 * share))
    if bar is not None:
        words = _("{words}, bar {bar}").format(words=words, bar=write_number(bar))
    return _("{words}, required").format(words=words) if required else words


def _heat_cell(score: CriterionScore | None, split: str) -> HeatCell:
    if score is None:
        return HeatCell(None)
    return HeatCell(score.score, score.state, score.above_bar, split)


def severity_forest(comparison: Comparison, effects: Sequence[InterviewerEffect], people: Names) -> Figure | None:
    """Draw how strictly interviewers rate; None where nothing is known of it."""
    known = sorted((each for each in effects if each.severity is not None), key=lambda each: -(each.severity or 0))
    if not known:
        return None
    ends = [abs(end) for each in known for end in (each.severity, *(each.interval or ())) if end is not None]
    reach = max(1.0, *ends) * 1.1
    step = 0.5 if reach < 2 else 1.0  # noqa: PLR2004 - more ticks would run into each other
    ticks = tuple((k * step, _signed(k * step)) for k in range(-int(reach / step), int(reach / step) + 1))
    rows = tuple(
        ForestRow(
            people.get(each.interviewer, each.name),
            each.severity,
            each.interval,
            severity_word(each).text,
            show_interval(each.interval, signed=True).replace("-", "\N{MINUS SIGN}") if each.interval else "",
            _("{n} ratings").format(n=each.ratings),
        )
        for each in known
    )
    drawing = Forest(
        _("How strictly each interviewer rates, with {level} % interval").format(level=round(100 * comparison.level)),
        rows,
        -reach,
        reach,
        ticks[:: max(1, len(ticks) // 5)] if len(ticks) > 5 else ticks,  # noqa: PLR2004
        zero=0,
        ends=(_("milder"), _("stricter")),
    )
    columns = (Column("name", _("Interviewer")), Column("severity", _("Rates")), Column("ratings", _("Ratings")))
    cells: list[tuple[Cell, ...]] = [
        (people.get(each.interviewer, each.name), severity_word(each), Number(each.ratings, 0)) for each in known
    ]
    return Figure(drawing, (), (Table(columns, tuple(cells)),))


def _signed(value: float) -> str:
    return f"{value:+g}".replace("-", "\N{MINUS SIGN}") if value else "0"


def profile_bars(comparison: Comparison, profile: FitProfile) -> Figure:
    """Draw one candidate's criteria with intervals, required ones against their bars."""
    required = {gate.criterion: gate.bar for gate in profile.gates}
    rows = tuple(
        ForestRow(
            comparison.criterion_names.get(score.criterion, score.criterion),
            score.score,
            score.interval,
            _("not rated") if score.score is None else show_cell(Number(score.score, 2)),
            show_interval(score.interval) if score.interval else "",
            bar=required.get(score.criterion),
            out=score.state is BarState.FAILED,
        )
        for score in profile.criteria
    )
    level = round(100 * comparison.level)
    drawing = Forest(
        _("Criterion scores with {level} % interval").format(level=level),
        rows,
        comparison.scale.low,
        comparison.scale.high,
        _levels(comparison, None),
    )
    key = (
        ("score", _("score and {level} % interval").format(level=level)),
        *((("bar", _("bar of a required criterion")),) if any(row.bar is not None for row in rows) else ()),
        *((("out", _("below its bar")),) if any(row.out for row in rows) else ()),
    )
    return Figure(drawing, key)
