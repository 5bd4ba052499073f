"""How groups come out, for people, as the layout of Local Law 144 and as the document `hiringkit/fairness/1`."""

from collections.abc import Iterator, Sequence
from typing import Any

from hiringkit.domain.fairness import SIGNIFICANCE, Fairness, GroupRate, Impact, RateMeasure, RateState, RateTable
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Notes, Number, Report, Span, Table, Tone, Word, plain
from hiringkit.report.views.documents import findings_document
from hiringkit.report.words import finding_sentence

_MANY_TESTS = 5
"""Tests from which on it is said how many come out by chance."""


def fairness_report(fairness: Fairness) -> Report:
    """Show the rates of all groups, and nobody by themself."""
    return Report(
        title=_("Fairness"),
        blocks=lambda: (
            *(block for by in _bys(fairness) for block in _by_blocks(fairness, by)),
            *_people(fairness),
            *_to_know(fairness),
        ),
        document=lambda: _document(fairness),
        data=lambda: _flat(fairness),
    )


def _document(fairness: Fairness) -> dict[str, Any]:
    people = ("candidates", "withdrawn", "undecided", "not_in_file", "not_in_opening")
    return {
        "schema": "hiringkit/fairness/1",
        "openings": list(fairness.openings),
        "minimum": fairness.minimum,
        "level": fairness.level,
        "people": {name: getattr(fairness, name) for name in people},
        "comparisons": fairness.comparisons,
        "tables": [plain(table) for table in fairness.tables],
        "findings": findings_document(fairness.findings),
    }


def _bys(fairness: Fairness) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(table.by for table in fairness.tables))


def _of(fairness: Fairness, by: tuple[str, ...]) -> list[RateTable]:
    return [table for table in fairness.tables if table.by == by]


def _heading(by: Sequence[str]) -> str:
    return _("By {columns}").format(columns=_(" and ").join(by))


def _measure_word(table: RateTable) -> str:
    """Say what groups are compared by."""
    match table.measure:
        case RateMeasure.SELECTION:
            return _("selected")
        case RateMeasure.STAGE:
            return _("reached: {stage}").format(stage=table.label or _("an interview"))
        case RateMeasure.SCORE:
            return _("score above the median")
        case RateMeasure.CRITERION:
            return _("above the median: {criterion}").format(criterion=table.label)


def _group_name(group: Sequence[str]) -> str:
    return " / ".join(group)


def _by_blocks(fairness: Fairness, by: tuple[str, ...]) -> Iterator[Block]:
    """Show rates, then tests, then what there is too little of."""
    tables = _of(fairness, by)
    compared = [(table, each) for table in tables for each in table.groups]
    if compared:
        yield _rates(compared, by)
        yield _tests(compared, fairness.level)
    if left := [*_not_compared(tables), *_left_out(tables, fairness.minimum)]:
        yield Notes(tuple(left), "" if compared else _heading(by))


def _rates(compared: Sequence[tuple[RateTable, GroupRate]], by: tuple[str, ...]) -> Table:
    columns = (
        Column("measure", _("Compared by"), wrap=True),
        Column("group", _("Group"), wrap=True),
        Column("selected", _("Of them")),
        Column("rate", _("Rate")),
        Column("ratio", _("Ratio")),
        Column("ratio_interval", _("Interval")),
        Column("result", _("Beside the highest rate"), wrap=True),
    )

    def row(table: RateTable, each: GroupRate) -> tuple[Cell, ...]:
        impact = each.impact
        return (
            _measure_word(table),
            _group_name(each.group),
            Word(_("{selected} of {applicants}").format(selected=each.selected, applicants=each.applicants)),
            Number(each.rate, 0, percent=True),
            Number(impact.ratio if impact else 1.0, 3),
            Span(impact.ratio_interval if impact else None, 2),
            _result(impact),
        )

    return Table(columns, tuple(row(*each) for each in compared), _heading(by))


def _result(impact: Impact | None) -> Word:
    if impact is None:
        return Word(_("highest"), Tone.QUIET)
    words = {
        (True, True): Word(_("below four fifths, beyond chance"), Tone.BAD),
        (True, False): Word(_("below four fifths, may be chance"), Tone.CAUTION),
        (False, True): Word(_("above four fifths, beyond chance"), Tone.CAUTION),
        (False, False): Word(_("no clear difference")),
    }
    return words[impact.below_four_fifths, impact.beyond_chance]


def _tests(compared: Sequence[tuple[RateTable, GroupRate]], level: float) -> Table:
    columns = (
        Column("measure", _("Compared by"), wrap=True),
        Column("group", _("Group"), wrap=True),
        Column("difference", _("Difference")),
        Column("difference_interval", _("{level} % interval").format(level=round(100 * level))),
        Column("z", "Z"),
        Column("p", "p"),
        Column("fisher_two_sided", _("Fisher")),
        Column("fisher_one_sided", _("one-sided")),
        Column("fisher_mid_p", _("mid-p")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            _measure_word(table),
            _group_name(each.group),
            Number(each.impact.difference, 3, signed=True),
            Span(each.impact.difference_interval, 2, signed=True),
            Number(each.impact.z, 3),
            Number(each.impact.p, 4),
            Number(each.impact.fisher_two_sided, 4),
            Number(each.impact.fisher_one_sided, 4),
            Number(each.impact.fisher_mid_p, 4),
        )
        for table, each in compared
        if each.impact
    ]
    return Table(columns, tuple(rows), _("Tests against the group with the highest rate"))


def _not_compared(tables: Sequence[RateTable]) -> Iterator[str]:
    """Say of what there is nothing to be said, and why."""
    sentences = {
        RateState.TOO_FEW: _("Too few to say: {names}."),
        RateState.NONE: _("Nobody, so there is nothing to compare: {names}."),
        RateState.EVERYBODY: _("Everybody, so there is nothing to compare: {names}."),
    }
    for state, sentence in sentences.items():
        if names := [_measure_word(table) for table in tables if table.state is state]:
            yield sentence.format(names=_("; ").join(names))


def _left_out(tables: Sequence[RateTable], minimum: int) -> Iterator[str]:
    """Count those who are in no group that is shown; where measures differ, by the one that has most of them."""
    if unknown := max(table.unknown for table in tables):
        yield _("People whose group is not known: {count}.").format(count=unknown)
    small = max(tables, key=lambda table: table.people_in_small)
    if small.small_groups and any(table.groups for table in tables):
        sentence = _("Groups of fewer than {minimum} people, which are not shown: {groups}, with {people} people.")
        yield sentence.format(minimum=minimum, groups=small.small_groups, people=small.people_in_small)


def _people(fairness: Fairness) -> tuple[Block, ...]:
    sentences = [
        _("Withdrawn and left out: {count}.").format(count=fairness.withdrawn) if fairness.withdrawn else "",
        _("Not decided yet and left out of who was selected: {count}.").format(count=fairness.undecided)
        if fairness.undecided
        else "",
        *(finding_sentence(finding) for finding in fairness.findings),
    ]
    said = tuple(each for each in sentences if each)
    return (Notes(said, _("Who is counted")),) if said else ()


def _to_know(fairness: Fairness) -> tuple[Block, ...]:
    count = fairness.comparisons
    if not count:
        return ()
    sentences = [
        _("A ratio below 0.8 is a reason to look closer, no proof; small groups fall below it by chance alone."),
        _("What is called beyond chance has a mid-p below {limit}.").format(limit=SIGNIFICANCE),
    ]
    if count >= _MANY_TESTS:
        sentence = _("Differences tested: {count}. Of so many, about {expected} come out beyond chance by chance.")
        sentences.append(sentence.format(count=count, expected=f"{count * SIGNIFICANCE:.1f}"))
    return (Notes(tuple(sentences), _("To know")),)


def _flat(fairness: Fairness) -> Table:
    """Lay out every group on a row of its own; what is not compared has a row without a group."""
    keys = (
        *("measure", "name", "by", "state", "people", "unknown", "small_groups", "people_in_small"),
        *("group", "applicants", "selected", "rate", "interval"),
        *("ratio", "ratio_interval", "below_four_fifths", "difference", "difference_interval", "z", "p"),
        *("fisher_two_sided", "fisher_one_sided", "fisher_mid_p", "beyond_chance"),
    )

    def row(table: RateTable, each: GroupRate | None) -> tuple[Cell, ...]:
        about: tuple[Cell, ...] = (
            *(Word(table.measure), table.name, " × ".join(table.by), Word(table.state)),
            *(Number(n, 0) for n in (table.people, table.unknown, table.small_groups, table.people_in_small)),
        )
        if each is None:
            return (*about, *([Word("")] * (len(keys) - len(about))))
        counts = (Number(each.applicants, 0), Number(each.selected, 0), Number(each.rate), Span(each.interval))
        return (*about, _group_name(each.group), *counts, *_impact_cells(each.impact))

    rows = tuple(row(table, each) for table in fairness.tables for each in (table.groups or (None,)))
    return Table(tuple(Column(key, key) for key in keys), rows)


def _impact_cells(impact: Impact | None) -> tuple[Cell, ...]:
    if impact is None:
        return (Number(1), *([Word("")] * 10))
    return (
        Number(impact.ratio),
        Span(impact.ratio_interval),
        Word(str(impact.below_four_fifths).lower()),
        Number(impact.difference),
        Span(impact.difference_interval),
        Number(impact.z),
        Number(impact.p),
        Number(impact.fisher_two_sided),
        Number(impact.fisher_one_sided),
        Number(impact.fisher_mid_p),
        Word(str(impact.beyond_chance).lower()),
    )


def ll144_report(fairness: Fairness) -> Report:
    """Lay the rates out as the examples in 6 RCNY 5-301 do: a table for each column, and for two together.

    Criteria are not among them: the rules ask for selection and for the score as a whole.
    """
    tables = [table for table in fairness.tables if table.measure is not RateMeasure.CRITERION and table.groups]
    return Report(
        title=_("Impact ratios in the layout of Local Law 144"),
        blocks=lambda: (*map(_ll144_table, tables), Notes(tuple(_ll144_notes(fairness)), _("To know"))),
        document=lambda: _document(fairness),
        data=lambda: _ll144_flat(tables),
    )


def _ll144_table(table: RateTable) -> Table:
    scored = table.measure is RateMeasure.SCORE
    columns = (
        Column("category", _("Category"), wrap=True),
        Column("applicants", _("# of applicants")),
        *(() if scored else (Column("selected", _("# selected")),)),
        Column("rate", _("Scoring rate") if scored else _("Selection rate")),
        Column("impact_ratio", _("Impact ratio")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            _group_name(each.group),
            Number(each.applicants, 0),
            *(() if scored else (Number(each.selected, 0),)),
            Number(each.rate, 1, percent=True),
            Number(each.impact.ratio if each.impact else 1.0, 2),
        )
        for each in table.groups
    ]
    caption = _("{columns}: {measure}").format(columns=_ll144_categories(table.by), measure=_measure_word(table))
    return Table(columns, tuple(rows), caption)


def _ll144_categories(by: Sequence[str]) -> str:
    if len(by) > 1:
        return _("Intersectional categories, {columns}").format(columns=" × ".join(by))
    return _("{column} categories").format(column=by[0])


def _ll144_notes(fairness: Fairness) -> Iterator[str]:
    yield _(
        "A bias audit under Local Law 144 is made by an independent auditor; this is the arithmetic of one, no audit."
    )
    for by in _bys(fairness):
        for sentence in (*_not_compared(_of(fairness, by)), *_left_out(_of(fairness, by), fairness.minimum)):
            yield _("{heading}: {sentence}").format(heading=_heading(by), sentence=sentence)


def _ll144_flat(tables: Sequence[RateTable]) -> Table:
    keys = ("categories", "measure", "name", "category", "applicants", "selected", "rate", "impact_ratio", "unknown")
    rows: list[tuple[Cell, ...]] = [
        (
            " × ".join(table.by),
            Word(table.measure),
            table.name,
            _group_name(each.group),
            Number(each.applicants, 0),
            Number(each.selected, 0),
            Number(each.rate),
            Number(each.impact.ratio if each.impact else 1.0),
            Number(table.unknown, 0),
        )
        for table in tables
        for each in table.groups
    ]
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))
