"""Candidates side by side: a heat map of levels, intervals on one scale, rank and gates."""

from collections.abc import Callable

from attrs import frozen
from textual.content import Content

from hiringkit.domain.profile import BarState, Comparison, CriterionScore, FitProfile, Interval
from hiringkit.locale import _
from hiringkit.report.model import Number, Span, Tone, show_cell, show_chance
from hiringkit.report.views.comparison import bar_mark, gates_state, gates_word, rank_word, shared_places
from hiringkit.report.words import distinct_names
from hiringkit.tui.safe import safe, show
from hiringkit.tui.widgets.listing import Heads, ListRow

CRITERIA, NUMBERS, INTERVALS, BOTH = "criteria", "numbers", "intervals", "both"
VIEWS = (CRITERIA, NUMBERS, INTERVALS, BOTH)
FEW = 6
"""Candidates up to whom they are columns, and criteria rows, unless one asks for another view."""
OVERALL = "overall"
"""What the row of overall scores stands for, where criteria are rows."""
PLOT = 25
"""Cells of the intervals' scale beside numbers."""
WARMTH = ((0.4, "$text-error on $error-muted"), (0.6, "$text-warning on $warning-muted"), (0.75, ""))
"""Upper ends, as shares of the scale, of the colours of a heat map; the number is always there."""
WARMEST = "$text-success on $success-muted"

SortKey = float | str


@frozen
class Facet:
    """A column of the standings."""

    heads: Heads
    cell: Callable[[FitProfile], Content]
    order: Callable[[FitProfile], SortKey | None]
    """What to sort by; None goes last."""
    criterion: str = ""
    """The criterion it shows, if it shows one."""
    descending: bool = False
    """Whether sorting begins with the highest."""


def facets(comparison: Comparison, view: str, width: int) -> list[Facet]:
    """Return the columns.

    Args:
        comparison: What is shown.
        view: One of `VIEWS`.
        width: Of the table, for the intervals' scale.
    """
    names = distinct_names((profile.candidate, profile.name) for profile in comparison.profiles)
    places = shared_places(comparison)
    leading = [
        Facet(Heads(_("Candidate")), lambda p: safe(names[p.candidate]), lambda p: names[p.candidate]),
        Facet(
            Heads(_("Rank"), right=True), lambda p: show(rank_word(p.rank.position, places)), lambda p: p.rank.position
        ),
        Facet(
            Heads(_("Overall"), 7, right=True),
            lambda p: safe(show_cell(Number(p.overall.score, 2)), "bold"),
            lambda p: p.overall.score,
            descending=True,
        ),
    ]
    gates = Facet(Heads(_("Gates")), lambda p: show(gates_word(p)), lambda p: gates_word(p).text)
    if not comparison.ranks:  # every view of totals is the one of criteria
        return [leading[0], gates, *_criteria(comparison)]
    if view == NUMBERS:
        return [*leading, gates, *_criteria(comparison)]
    plot = _plot(comparison, PLOT if view == BOTH else max(width - 60, PLOT))
    if view == BOTH:
        return [*leading, plot, gates, *_criteria(comparison)]
    interval = Facet(
        Heads(_("{level} % interval").format(level=round(100 * comparison.level)), 12),
        lambda p: show(Span(p.overall.interval)),
        lambda p: p.overall.interval and p.overall.interval[0],
        descending=True,
    )
    return [*leading, plot, interval, gates]


def rows(comparison: Comparison, columns: list[Facet], sort: int, *, reverse: bool) -> list[ListRow]:
    """Return a row for each candidate, sorted by a column; -1 keeps the order of the comparison."""
    profiles = list(comparison.profiles)
    if 0 <= sort < len(columns):
        by = columns[sort]
        known = [p for p in profiles if by.order(p) is not None]
        known.sort(key=lambda p: (by.order(p),), reverse=by.descending != reverse)
        profiles = known + [p for p in profiles if by.order(p) is None]
    elif reverse:
        profiles.reverse()
    return [ListRow(profile.candidate, tuple(column.cell(profile) for column in columns)) for profile in profiles]


def criteria_heads(comparison: Comparison) -> list[Heads]:
    """Return the columns where criteria are rows: their names, then the candidates."""
    names = distinct_names((profile.candidate, profile.name) for profile in comparison.profiles)
    return [Heads(_("Criterion")), *(Heads(names[profile.candidate]) for profile in comparison.profiles)]


def criteria_rows(comparison: Comparison, sort: int, *, reverse: bool) -> list[ListRow]:
    """Return a row for what is known of candidates as a whole, and one for each criterion.

    Args:
        comparison: What is shown.
        sort: Column of the candidate by whose scores criteria are sorted; else they are as the rubric has them.
        reverse: Whether the criteria's order is turned round.
    """
    profiles = comparison.profiles
    if not profiles:
        return []
    places = shared_places(comparison)
    order = list(range(len(profiles[0].criteria)))
    if 0 < sort <= len(profiles):
        order.sort(key=lambda n: -(profiles[sort - 1].criteria[n].score or 0.0))
    if reverse:
        order.reverse()
    level = round(100 * comparison.level)

    def row(key: str, title: str, cell: Callable[[FitProfile], Content]) -> ListRow:
        return ListRow(key, (safe(title), *map(cell, profiles)))

    totals = [
        row(OVERALL, _("Overall"), lambda p: safe(show_cell(Number(p.overall.score, 2)), "bold")),
        row(OVERALL, _("{level} % interval").format(level=level), lambda p: show(Span(p.overall.interval))),
        row(OVERALL, _("Rank"), lambda p: show(rank_word(p.rank.position, places))),
    ]
    return [
        *(totals if comparison.ranks else ()),
        *([row(OVERALL, _("Chance best"), _chance)] if any(p.rank.p_best is not None for p in profiles) else []),
        *([row(OVERALL, _("Gates"), _gates_in_brief)] if any(profile.gates for profile in profiles) else []),
        *(
            row(
                profiles[0].criteria[n].criterion,
                comparison.criterion_names.get(profiles[0].criteria[n].criterion, profiles[0].criteria[n].criterion),
                lambda p, n=n: _with_split(comparison, p, p.criteria[n]),  # type: ignore[misc]  # n is of this row
            )
            for n in order
        ),
    ]


def _chance(profile: FitProfile) -> Content:
    """Say how probable it is that nobody scores above; never as certain, nor as impossible."""
    chance = profile.rank.p_best
    if chance is None:
        return safe("-", Tone.QUIET)
    return safe(show_cell(Number(chance, chance=True)))


def _gates_in_brief(profile: FitProfile) -> Content:
    """Say the state of the gates in a word; where one is open, with how probable it is that it is reached."""
    among = [gate.probability for gate in profile.gates if gate.state is BarState.OPEN]
    if gates_state(profile) is BarState.OPEN and len(among) == 1 and among[0] is not None:
        return safe(_("open {share} %").format(share=show_chance(among[0], is_open=True)), Tone.CAUTION)
    return show(gates_word(profile))


def _with_split(comparison: Comparison, profile: FitProfile, score: CriterionScore) -> Content:
    """Show a score, and the ends of the interviewers' means where they are split on it."""
    split = next((each for each in profile.disagreements if each.criterion == score.criterion), None)
    warm = _warm(comparison, score)
    if split is None:
        return warm
    ends = f" {show_cell(Number(split.lowest.score))}-{show_cell(Number(split.highest.score))}"
    return Content.assemble(warm, safe(ends, Tone.CAUTION))


def plot_line(score: float | None, interval: Interval | None, low: float, high: float, width: int) -> str:
    """Draw a score and its interval on a scale: `|---o----|`."""
    line = [" "] * width

    def at(value: float) -> int:
        share = (value - low) / (high - low) if high > low else 0.5
        return min(max(round(share * (width - 1)), 0), width - 1)

    if interval is not None:
        begin, end = map(at, interval)
        line[begin : end + 1] = "-" * (end - begin + 1)
        line[begin] = line[end] = "|"
    if score is not None:
        line[at(score)] = "o"
    return "".join(line)


def scale_ruler(low: float, high: float, width: int) -> str:
    """Write the levels of a scale over their places."""
    line = [" "] * width
    steps = round(high - low)
    for step in range(steps + 1):
        text = f"{low + step:g}"
        place = round(step / max(steps, 1) * (width - 1))
        place = min(place, width - len(text))
        if all(sign == " " for sign in line[max(place - 1, 0) : place + len(text)]):
            line[place : place + len(text)] = text
    return "".join(line)


def _plot(comparison: Comparison, width: int) -> Facet:
    low, high = comparison.scale.low, comparison.scale.high
    return Facet(
        Heads(scale_ruler(low, high, width), width, ruler=True),
        lambda p: Content(plot_line(p.overall.score, p.overall.interval, low, high, width)),
        lambda p: p.overall.interval and p.overall.interval[0],
        descending=True,
    )


def _criteria(comparison: Comparison) -> list[Facet]:
    ids = [score.criterion for score in comparison.profiles[0].criteria] if comparison.profiles else []
    return [_criterion(comparison, n, criterion) for n, criterion in enumerate(ids)]


def _criterion(comparison: Comparison, number: int, criterion: str) -> Facet:
    title = comparison.criterion_names.get(criterion, criterion)
    return Facet(
        Heads(title, 6, right=True),
        lambda p: _warm(comparison, p.criteria[number]),
        lambda p: p.criteria[number].score,
        criterion,
        descending=True,
    )


def _warm(comparison: Comparison, score: CriterionScore) -> Content:
    text = show_cell(Number(score.score, 1, mark=bar_mark(score) or " "))
    if score.score is None:
        return safe(text, "$foreground-muted")
    low, high = comparison.scale.low, comparison.scale.high
    share = (score.score - low) / (high - low) if high > low else 1.0
    style = next((style for end, style in WARMTH if share < end), WARMEST)
    return Content.styled(text, style)
