"""How interviewers rate: a line for each, then what is behind it."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from hiringkit.domain.raters import Measure, RaterLine, Raters
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Notes, Number, Report, Span, Table, Word, plain, show_cell
from hiringkit.report.views.documents import findings_document
from hiringkit.report.words import distinct_names, finding_sentence, join_things

DETAILED = 8
"""Interviewers up to whom each has a table of their own."""
MEASURES = (
    "severity",
    "spread",
    "central",
    "differentiation",
    "consistency",
    "correlation",
    "drift",
    "before",
    "evidence",
    "hours",
)


@frozen
class _Shown:
    """How a measure is shown."""

    title: str
    usual: float | None
    """What it is where there is nothing to tell; None where there is no such value."""
    below: str = ""
    """What is said where it is clearly lower."""
    above: str = ""
    """What is said where it is clearly higher."""
    digits: int = 2
    percent: bool = False
    signed: bool = False


def _shown() -> Mapping[str, _Shown]:
    return {
        "severity": _Shown(_("Severity, points"), 0.0, _("milder"), _("stricter"), signed=True),
        "spread": _Shown(_("Spread, times the others'"), 1.0, _("narrower"), _("wider")),
        "central": _Shown(_("Middle of the scale, share"), 0.0, _("less often"), _("more often"), signed=True),
        "differentiation": _Shown(_("Differences among criteria"), 0.0, _("flatter: halo"), _("larger"), signed=True),
        "consistency": _Shown(_("Residuals beside the panel"), 1.0, _("closer than usual"), _("further than usual")),
        "correlation": _Shown(_("Correlation with the panel"), 0.0, _("opposite"), _("agrees")),
        "drift": _Shown(_("Drift, first to last"), 0.0, _("stricter over time"), _("milder over time"), signed=True),
        "before": _Shown(_("Candidate before, per point"), 0.0, _("contrast"), _("carried over"), signed=True),
        "evidence": _Shown(_("Evidence written down"), None, digits=0, percent=True),
        "hours": _Shown(_("Hours to the scorecard"), None, digits=1),
    }


def raters_report(raters: Raters, criterion_names: Mapping[str, str], language: str) -> Report:
    """Show how interviewers rate.

    Args:
        raters: What was measured.
        criterion_names: By id.
        language: en or zh.
    """
    return Report(
        title=_("Interviewers"),
        blocks=lambda: tuple(_blocks(raters, criterion_names, language)),
        document=lambda: {
            "schema": "hiringkit/raters/1",
            "opening": raters.opening,
            "openings": raters.openings,
            "level": raters.level,
            "source": raters.source,
            "interviewers": [_line_document(line) for line in raters.lines],
            "findings": findings_document(raters.findings),
        },
        data=lambda: _data(raters.lines),
    )


def _line_document(line: RaterLine) -> dict[str, object]:
    return {
        **{key: plain(getattr(line, key)) for key in ("interviewer", "name", "interviews", "ratings")},
        **{key: plain(getattr(line, key)) for key in MEASURES},
        "bias": [
            {"criterion": each.criterion, **plain(each.measure), "beyond_chance": each.beyond_chance}
            for each in line.bias
        ],
    }


def _blocks(raters: Raters, criteria: Mapping[str, str], language: str) -> Iterator[Block]:
    names = distinct_names((line.interviewer, line.name) for line in raters.lines)
    if raters.lines:
        yield _summary(raters, names)
    if len(raters.lines) <= DETAILED:
        for line in raters.lines:
            yield _details(line, names[line.interviewer], round(100 * raters.level))
            yield from _biases(line, criteria, language)
    if raters.lines:
        yield Notes(tuple(_reading(raters)), _("How to read it"))
    if said := tuple(map(finding_sentence, raters.findings)):
        yield Notes(said, _("To know"))


def _summary(raters: Raters, names: Mapping[str, str]) -> Table:
    shown = _shown()
    columns = (
        Column("name", _("Interviewer")),
        Column("interviews", _("Scorecards")),
        Column("ratings", _("Ratings")),
        Column("severity", _("Rates")),
        Column("evidence", _("Evidence")),
        Column("hours", _("Hours")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            names[line.interviewer],
            Number(line.interviews, 0),
            Number(line.ratings, 0),
            _word(line.severity, shown["severity"]),
            _value(line.evidence, shown["evidence"]),
            _value(line.hours, shown["hours"]),
        )
        for line in raters.lines
    ]
    return Table(columns, tuple(rows))


def _details(line: RaterLine, name: str, share: int) -> Table:
    columns = (
        Column("measure", _("Measure")),
        Column("estimate", _("Value")),
        Column("interval", _("{level} % interval").format(level=share)),
        Column("n", _("Rests on")),
        Column("reading", _("Beside the others")),
    )

    def row(key: str, how: _Shown) -> tuple[Cell, ...]:
        measure: Measure = getattr(line, key)
        interval = Span(measure.interval, 2, signed=how.signed)
        reading = Word("") if measure.too_few else _word(measure, how)
        return Word(how.title), _value(measure, how), interval, Number(measure.n, 0), reading

    return Table(columns, tuple(row(key, how) for key, how in _shown().items()), name)


def _value(measure: Measure, how: _Shown) -> Cell:
    if measure.too_few:
        return _few(measure)
    return Number(measure.estimate, how.digits, signed=how.signed, percent=how.percent)


def _few(measure: Measure) -> Word:
    return Word(_("too few: {n} of {least}").format(n=measure.n, least=measure.least))


def _word(measure: Measure, how: _Shown) -> Word:
    """Say on which side of the usual a measure clearly is."""
    if measure.too_few:
        return _few(measure)
    if how.usual is None or measure.estimate is None:
        return Word("" if how.usual is None else _("nothing to compare with"))
    low, high = measure.interval or (None, None)
    if low is not None and low > how.usual:
        return Word(how.above)
    if high is not None and high < how.usual:
        return Word(how.below)
    return Word(_("no clear difference") if measure.interval else _("no interval"))


def _biases(line: RaterLine, criteria: Mapping[str, str], language: str) -> Iterator[Block]:
    beyond = [each for each in line.bias if each.beyond_chance]
    if not beyond:
        return
    told = [
        _("{criterion} {points}").format(
            criterion=criteria.get(each.criterion, each.criterion),
            points=show_cell(Number(each.measure.estimate, 2, signed=True)),
        )
        for each in beyond
    ]
    sentence = _("Rates these criteria otherwise than the rest, beyond chance: {criteria}.")
    yield Notes((sentence.format(criteria=join_things(told, language)),))


def _reading(raters: Raters) -> Iterator[str]:
    yield {
        "model": _("Severity is that of the calibrated model, as in the comparison."),
        "means": _("Severity is that of the plain means, as in the comparison."),
        "peers": _("Severity is the difference from the others who rated the same candidates; openings: {n}.").format(
            n=raters.openings
        ),
    }[raters.source]
    yield _(
        "Everything else is beside the others who rated the same candidates on the same criteria, and rests on as many"
        " candidates as is said; evidence rests on ratings, and hours on scorecards."
    )
    yield _("None of it says who is right: somebody who differs may be the one who heard what matters.")


def _data(lines: Sequence[RaterLine]) -> Table:
    keys = ("interviewer", "measure", "criterion", "estimate", "low", "high", "n", "least", "peers", "beyond_chance")

    def row(line: RaterLine, name: str, measure: Measure, criterion: str = "", beyond: str = "") -> tuple[Cell, ...]:
        low, high = measure.interval or (None, None)
        return (
            line.interviewer,
            name,
            criterion,
            Number(measure.estimate),
            Number(low),
            Number(high),
            Number(measure.n, 0),
            Number(measure.least, 0),
            Number(measure.peers),
            beyond,
        )

    rows = [
        each
        for line in lines
        for each in (
            *(row(line, key, getattr(line, key)) for key in MEASURES),
            *(
                row(line, "bias", bias.measure, bias.criterion, "yes" if bias.beyond_chance else "no")
                for bias in line.bias
            ),
        )
    ]
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))
