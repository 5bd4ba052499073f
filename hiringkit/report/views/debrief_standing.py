"""Sections of a debrief: who is ahead of whom, which bars are reached, and the profiles side by side."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from hiringkit.domain.interview import InterviewState
from hiringkit.domain.profile import BarState, FitProfile, Gate, Method
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Notes, Number, Table, show_chance
from hiringkit.report.page import (
    PageBlock,
    PageSection,
    Tally,
)
from hiringkit.report.views.charts import DRAWN, forest_of, heat_map
from hiringkit.report.views.debrief_view import DebriefView
from hiringkit.report.words import finding_sentence, join_sentences

_MATRIX = 8
"""Candidates up to whom everybody is held against everybody."""


def tally(view: DebriefView) -> Tally:
    """Count what the debrief rests on."""
    held, counts = view.interviews, view.debrief.comparison.counts
    submitted = sum(each.state is InterviewState.SUBMITTED for each in held)
    one = view.debrief.candidate is not None
    ratings = sum(len(answers) for answers in view.answers.values()) if one else counts.ratings
    return Tally(
        (
            *(() if one else ((str(len(view.profiles)), _("candidates compared")),)),
            (str(len({each.interviewer for each in held})), _("interviewers on them")),
            (_("{n} of {all}").format(n=submitted, all=len(held)), _("scorecards in")),
            (str(ratings), _("ratings")),
        )
    )


def left_out(view: DebriefView) -> Iterator[PageBlock]:
    """Say who and what is left out, and what else is to be known of the figures."""
    told = [finding_sentence(each) for each in view.debrief.comparison.findings]
    if view.debrief.candidate:
        told = []  # they may tell of others
    if n := view.debrief.withdrawn:
        told.append(_("Left out because they have withdrawn: {n}.").format(n=n))
    if view.debrief.blind:
        told.append(
            _(
                "Names, e-mail addresses and ids of everybody known to this opening are replaced, in what was written"
                " too. Words such as she or he, and what somebody has done, may still tell who it is."
            )
        )
    if told:
        yield PageSection(_("To know first"), (Notes(tuple(told)),))


def how_far_apart(view: DebriefView) -> Iterator[PageBlock]:
    """Show who is ahead of whom, and by how much."""
    if view.debrief.candidate or not any(each.overall.score is not None for each in view.profiles):
        return
    drawn = view.profiles[:DRAWN]
    figure_ = forest_of(view.debrief.comparison, view.debrief.rubric, drawn, view.names)
    blocks: list[PageBlock] = [figure_]
    if len(drawn) < len(view.profiles):
        blocks.append(_others(view))
    told = _(
        "The dot is the score, the band where it lies with {level} % certainty. Where bands overlap much, the order may"
        " be chance."
    ).format(level=round(100 * view.debrief.comparison.level))
    ranked = [each for each in view.profiles if each.rank.ahead_of]
    if len(ranked) > 1:
        blocks.append(_ahead_matrix(view, ranked) if len(ranked) <= _MATRIX else _ahead_list(view, ranked))
        told = join_sentences(told, _("Below: how probable it is that one is ahead of the other."))
    yield PageSection(_("How far apart they are"), tuple(blocks), told)


def _others(view: DebriefView) -> Table:
    """List those who are not drawn."""
    columns = (Column("name", _("Candidate")), Column("rank", _("Rank")), Column("overall", _("Overall")))
    rows: list[tuple[Cell, ...]] = [
        (view.names[each.candidate], Number(each.rank.position, 0), Number(each.overall.score, 2))
        for each in view.profiles[DRAWN:]
    ]
    return Table(columns, tuple(rows))


def _ahead_matrix(view: DebriefView, ranked: Sequence[FitProfile]) -> Table:
    columns = (
        Column("name", _("Ahead of")),
        *(Column(each.candidate, view.names[each.candidate]) for each in ranked),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            view.names[each.candidate],
            *(Number(each.rank.ahead_of.get(other.candidate), chance=True) for other in ranked),
        )
        for each in ranked
    ]
    return Table(columns, tuple(rows))


def _ahead_list(view: DebriefView, ranked: Sequence[FitProfile]) -> Table:
    """Hold each candidate against the next one only."""
    columns = (
        Column("name", _("Candidate")),
        Column("next", _("Next")),
        Column("share", _("Probability of being ahead")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            view.names[each.candidate],
            view.names[after.candidate],
            Number(each.rank.ahead_of.get(after.candidate), chance=True),
        )
        for each, after in pairwise(ranked[: DRAWN + 1])
    ]
    return Table(columns, tuple(rows))


def bars(view: DebriefView) -> Iterator[PageBlock]:
    """Count the bars that are reached, missed and open, with those of required criteria by name."""
    rows: list[tuple[Cell, ...]] = []
    for profile in view.profiles:
        by_state: dict[BarState, list[str]] = {state: [] for state in BarState}
        for score in profile.criteria:
            if score.state:
                by_state[score.state].append(view.criterion_name(score.criterion))
        counts = (Number(len(by_state[state]), 0) for state in BarState)
        rows.append((view.names[profile.candidate], *counts, _gates_line(view, profile)))
    if not any(score.state for profile in view.profiles for score in profile.criteria):
        return
    columns = (
        Column("name", _("Candidate")),
        *(Column(state.value, words) for state, words in _state_heads().items()),
        Column("gates", _("Required criteria"), wrap=True),
    )
    certainty = round(100 * view.debrief.rubric.policy.gate_certainty)
    yield PageSection(
        _("Bars reached, missed, open"),
        (Table(columns, tuple(rows)),),
        _(
            "A bar counts as reached from a probability of {high} % on, as missed from {low} % down; between, the"
            " ratings do not decide it. Nothing makes up for a required criterion."
        ).format(high=certainty, low=100 - certainty)
        if view.debrief.comparison.method is Method.CALIBRATED
        else _("Nothing makes up for a required criterion."),
    )


def _state_heads() -> Mapping[BarState, str]:
    return {
        BarState.PASSED: _("Reached"),
        BarState.FAILED: _("Missed"),
        BarState.OPEN: _("Open"),
        BarState.UNRATED: _("Not rated"),
    }


def _gates_line(view: DebriefView, profile: FitProfile) -> str:
    return "; ".join(_gate_words(view.criterion_name(gate.criterion), gate) for gate in profile.gates) or _("none")


def _gate_words(name: str, gate: Gate) -> str:
    """Say how a required criterion stands, with the probability where there is one."""
    words = {
        BarState.PASSED: _("{criterion}: reached"),
        BarState.FAILED: _("{criterion}: missed"),
        BarState.OPEN: _("{criterion}: open"),
        BarState.UNRATED: _("{criterion}: not rated"),
    }[gate.state].format(criterion=name)
    if gate.probability is None or gate.state is BarState.UNRATED:
        return words
    share = _("{share} %").format(share=show_chance(gate.probability, is_open=gate.state is BarState.OPEN))
    return _("{words} ({share})").format(words=words, share=share)


def criteria_side_by_side(view: DebriefView) -> Iterator[PageBlock]:
    """Put the profiles side by side, the heaviest criterion first."""
    if not any(score.score is not None for each in view.profiles for score in each.criteria):
        return
    # the widest of a criterion is the one that is named
    splits = {(each.candidate, each.criterion): each.words for each in reversed(view.apart)}
    yield PageSection(
        _("Criterion by criterion"),
        (heat_map(view.debrief.comparison, view.debrief.rubric, view.profiles, view.names, DRAWN, splits),),
        _("The heaviest criterion first. Weight and bar stand below each name."),
    )
