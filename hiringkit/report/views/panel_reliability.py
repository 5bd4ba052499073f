"""Panels of several sizes beside each other, for people and as the document `hiringkit/panel-reliability/1`."""

from collections.abc import Iterator

from hiringkit.domain.selection import InterviewReliability, PanelChoice, PanelSize, ReliabilitySource
from hiringkit.locale import _, n_
from hiringkit.report.model import Cell, Column, Notes, Number, Report, Span, Table, plain

_THIN = 10
"""Rated candidates below which the prior has its say in how reliable an interview is."""

SOURCE = "Bartoš & Martinková (2024), https://doi.org/10.1111/bmsp.12343"  # a reference, the same in every language


def panel_reliability_report(found: PanelChoice) -> Report:
    """Show what each size of panel is worth, which is the cheapest that is good enough, and what that rests on."""
    return Report(
        title=_("How many interviewers"),
        blocks=lambda: (_table(found), Notes(tuple(_notes(found)))),
        document=lambda: panel_reliability_document(found),
    )


def panel_reliability_document(found: PanelChoice) -> dict[str, object]:
    """Return the same as plain values."""
    known = found.reliability
    return {
        "schema": "hiringkit/panel-reliability/1",
        "opening": found.opening or None,
        "hire": found.hire,
        "of": found.of,
        "minutes": found.minutes,
        "reliability": plain(known),
        "designs": [
            {
                "interviewers": each.interviewers,
                "reliability": plain(each.reliability),
                **plain(each.quality),
                "chance_band": plain(each.chance_band),
                "regret_points": plain(None if known.spread is None else each.quality.regret * known.spread),
                "minutes": plain(each.minutes),
                "minutes_per_point": plain(each.minutes_per_point),
            }
            for each in found.sizes
        ],
        "target": found.target,
        "cheapest": found.cheapest,
        "enough": found.enough,
    }


def _table(found: PanelChoice) -> Table:
    columns = (
        Column("interviewers", _("Interviewers")),
        Column("reliability", _("Reliability")),
        Column("chance_best", _("Best is hired")),
        Column("chance_band", _("80 % of it")),
        Column("regret", _("Regret")),
        Column("false_positive_rate", _("Wrongly hired")),
        Column("minutes", _("Minutes")),
        Column("minutes_per_point", _("Minutes a point")),
    )
    shown = [column for column in columns if column.key != "chance_band" or found.reliability.band is not None]
    rows = tuple(tuple(_cells(each, found)[column.key] for column in shown) for each in found.sizes)
    return Table(tuple(shown), rows, _("Hire {hire} of {of}").format(hire=found.hire, of=found.of))


def _cells(size: PanelSize, found: PanelChoice) -> dict[str, Cell]:
    spread = 1.0 if found.reliability.spread is None else found.reliability.spread
    return {
        "interviewers": Number(size.interviewers, 0, mark=" *" if found.cheapest == size.interviewers else ""),
        "reliability": Number(size.reliability, 2),
        "chance_best": Number(size.quality.chance_best, chance=True),
        "chance_band": Span(size.chance_band, 2),
        "regret": Number(size.quality.regret * spread, 2),
        "false_positive_rate": Number(size.quality.false_positive_rate, chance=True),
        "minutes": Number(size.minutes, 0),
        "minutes_per_point": Number(size.minutes_per_point, 0),
    }


_SOURCES = {
    ReliabilitySource.GIVEN: n_("One interview has a reliability of {single:.2f}, as given."),
    ReliabilitySource.PRIOR: n_(
        "One interview has a reliability of {single:.2f} ({low:.2f} to {high:.2f}): there are no ratings to go by, so"
        ' this is the prior "{prior}" and nothing else.'
    ),
    ReliabilitySource.RATINGS: n_(
        "One interview has a reliability of {single:.2f} ({low:.2f} to {high:.2f}) by the ratings of {candidates}"
        " candidates."
    ),
}


def _notes(found: PanelChoice) -> Iterator[str]:
    yield from target_sentences(found)
    yield from _origin(found.reliability)
    if found.reliability.spread is None:
        yield _("Regret: by how much the hired fall short of the best, in standard deviations of true scores.")
    else:
        yield _("Regret: by how much the hired fall short of the best, in rating points.")
    yield _(
        "Minutes: of all interviews of {minutes:g} minutes with all candidates. Minutes a point: what each percentage"
        " point of that chance costs that one interviewer more brings."
    ).format(minutes=found.minutes)
    yield _(
        "Everybody is taken to meet the same interviewers, and scores to be about normal; a rating that misses what the"
        " job takes makes all of it worse: {source}."
    ).format(source=SOURCE)


def _origin(known: InterviewReliability) -> Iterator[str]:
    low, high = known.band or (known.single, known.single)
    yield _(_SOURCES[known.source]).format(
        single=known.single, low=low, high=high, prior=known.prior, candidates=known.candidates
    )
    if known.source is ReliabilitySource.RATINGS and known.candidates < _THIN and known.prior:
        yield _('So few candidates tell little: the prior "{prior}" stands behind much of this.').format(
            prior=known.prior
        )


def target_sentences(found: PanelChoice) -> Iterator[str]:
    """Yield which size reaches the target, or that none does."""
    if found.target is None:
        return
    target = round(100 * found.target, 1)
    if found.cheapest is not None:
        chosen = next(each for each in found.sizes if each.interviewers == found.cheapest)
        yield _(
            "* The cheapest design with a chance of {target:g} %: interviewers for each candidate: {interviewers},"
            " minutes: {minutes:.0f}."
        ).format(target=target, interviewers=chosen.interviewers, minutes=chosen.minutes)
    elif found.enough is not None:
        yield _(
            "A chance of {target:g} % is not reachable with these designs; it takes {enough} interviewers for each"
            " candidate."
        ).format(target=target, enough=found.enough)
    else:
        yield _(
            "A chance of {target:g} % is not reachable: even 50 interviewers for each candidate fall short."
        ).format(target=target)
