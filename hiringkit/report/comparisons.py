"""A comparison as people read it: who stands where, how sure that is, and what it rests on."""

from collections import Counter
from collections.abc import Mapping

from hiringkit.domain.profile import Comparison, CriterionScore, FitProfile, InterviewerEffect, Method
from hiringkit.locale import _
from hiringkit.report.basis import basis_facts, closing_notes
from hiringkit.report.documents import comparison_document
from hiringkit.report.flatcomparison import comparison_data
from hiringkit.report.model import Block, Cell, Column, Notes, Number, Report, Span, Table, Word
from hiringkit.report.words import GATE_FLAGS, distinct_names, flag_words, gate_word, join_names, severity_word

_FEW_CANDIDATES = 12
MOST = 2_000
"""Candidates, or interviewers, that a table for people shows."""

Names = Mapping[str, str]
Places = Counter[int | None]


def comparison_report(comparison: Comparison, language: str = "en", *, title: str = "") -> Report:
    """Show all candidates side by side.

    Args:
        comparison: What scoring made.
        language: en or zh.
        title: Of the opening or file; a plain heading if empty.
    """
    return Report(
        title=title or _("Comparison"),
        blocks=lambda: _blocks(comparison, language),
        document=lambda: comparison_document(comparison),
        data=lambda: comparison_data(comparison),
    )


def _blocks(comparison: Comparison, language: str) -> tuple[Block, ...]:
    names = distinct_names((profile.candidate, profile.name) for profile in comparison.profiles)
    return (
        basis_facts(comparison),
        _standings(comparison, names),
        *_separations(comparison, names, language),
        *_criteria(comparison, names),
        *_watch(comparison, names, language),
        *_interviewers(comparison),
        *closing_notes(comparison),
    )


def shared_places(comparison: Comparison) -> Places:
    """Count who stands at each place."""
    return Counter(profile.rank.position for profile in comparison.profiles)


def rank_word(position: int | None, places: Places) -> Word:
    """Show a place, with = where several share it."""
    if position is None:
        return Word("-")
    return Word(f"{position}=" if places[position] > 1 else f"{position}")


def gates_word(profile: FitProfile) -> Word:
    """Sum up a candidate's required criteria: all passed, any failed, or not known."""
    passed = [gate.passed for gate in profile.gates]
    if not passed:
        return Word(_("none"))
    return gate_word(False if False in passed else None if None in passed else True)


def _standings(comparison: Comparison, names: Names) -> Table:
    gated = any(profile.gates for profile in comparison.profiles)
    ranked = any(profile.rank.interval for profile in comparison.profiles)
    best = any(profile.rank.p_best is not None for profile in comparison.profiles)
    calibrated = comparison.method is not Method.OBSERVED
    places = shared_places(comparison)
    columns = (
        Column("name", _("Candidate")),
        Column("rank", _("Rank")),
        *([Column("rank_interval", _("Rank range"))] if ranked else []),
        Column("overall", _("Overall")),
        Column("interval", _("{level} % interval").format(level=round(100 * comparison.level))),
        *([Column("observed", _("Plain mean"))] if calibrated else []),
        *([Column("p_best", _("Chance best"))] if best else []),
        Column("coverage", _("Coverage")),
        *([Column("gates", _("Gates"))] if gated else []),
        Column("ratings", _("Ratings")),
        Column("interviewers", _("Seen by")),
    )

    def row(profile: FitProfile) -> tuple[Cell, ...]:
        overall, rank = profile.overall, profile.rank
        return (
            names[profile.candidate],
            rank_word(rank.position, places),
            *([Span(rank.interval, 0)] if ranked else []),
            Number(overall.score, 2),
            Span(overall.interval),
            *([Number(overall.observed, 2)] if calibrated else []),
            *([Number(rank.p_best, 0, percent=True)] if best else []),
            Number(overall.coverage, 0, percent=True),
            *([gates_word(profile)] if gated else []),
            Number(overall.ratings, 0),
            Number(overall.interviewers, 0),
        )

    empty = _("No candidate has a submitted scorecard yet. Score an interview: hiringkit interview score INTERVIEW")
    shown = comparison.profiles[:MOST]
    return Table(columns, tuple(map(row, shown)), _("Overall"), empty, len(comparison.profiles) - len(shown))


def _separations(comparison: Comparison, names: Names, language: str) -> tuple[Block, ...]:
    """Say who cannot be told apart; of many candidates only for the first."""
    unsure = [profile for profile in comparison.profiles if profile.rank.not_separable_from]
    if len(comparison.profiles) > _FEW_CANDIDATES:
        unsure = [profile for profile in unsure if profile.rank.position == 1]
    sentence = _("{name} cannot be told apart from {others}.")
    said = tuple(
        sentence.format(
            name=names[profile.candidate],
            others=join_names([names.get(other, other) for other in profile.rank.not_separable_from], language),
        )
        for profile in unsure
    )
    return (Notes(said, _("Too close to call")),) if said else ()


def _criteria(comparison: Comparison, names: Names) -> tuple[Block, ...]:
    if not comparison.profiles:
        return ()
    ids = [score.criterion for score in comparison.profiles[0].criteria]
    columns = (
        Column("name", _("Candidate")),
        *(Column(criterion, comparison.criterion_names.get(criterion, criterion)) for criterion in ids),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (names[profile.candidate], *map(_score, profile.criteria)) for profile in comparison.profiles[:MOST]
    )
    gaps = any(score.below_bar for profile in comparison.profiles[:MOST] for score in profile.criteria)
    table = Table(columns, rows, _("Criteria"), more=len(comparison.profiles) - len(rows))
    return (table, Notes((_("* below the bar of the criterion"),))) if gaps else (table,)


def _score(score: CriterionScore) -> Number:
    return Number(score.score, 2, mark="*" if score.below_bar else "")


def _watch(comparison: Comparison, names: Names, language: str) -> tuple[Block, ...]:
    """Gather candidates under what is to be known of them, each remark once."""
    remarks: dict[str, list[str]] = {}
    for profile in comparison.profiles:
        for remark in candidate_remarks(profile, comparison):
            remarks.setdefault(remark, []).append(names[profile.candidate])
    said = tuple(
        _("{remark}: {names}").format(remark=remark, names=join_names(who, language)) for remark, who in remarks.items()
    )
    return (Notes(said, _("Watch")),) if said else ()


def candidate_remarks(profile: FitProfile, comparison: Comparison) -> list[str]:
    """Say what is to be known of a candidate: gates that did not pass, by name, and every flag."""
    remarks = []
    for gate in profile.gates:
        if not gate.passed:
            words = _("Gate unknown ({criterion})") if gate.passed is None else _("Gate failed ({criterion})")
            name = comparison.criterion_names.get(gate.criterion, gate.criterion)
            remarks.append(words.format(criterion=name))
    return remarks + [flag_words(flag) for flag in profile.flags if flag not in GATE_FLAGS]


def _interviewers(comparison: Comparison) -> tuple[Block, ...]:
    if not comparison.interviewers:
        return ()
    names = distinct_names((effect.interviewer, effect.name) for effect in comparison.interviewers)
    columns = (
        Column("name", _("Interviewer")),
        Column("severity", _("Rates")),
        Column("interval", _("{level} % interval").format(level=round(100 * comparison.level))),
        Column("ratings", _("Ratings")),
    )

    def row(effect: InterviewerEffect) -> tuple[Cell, ...]:
        interval = Span(effect.interval, signed=True)
        return names[effect.interviewer], severity_word(effect), interval, Number(effect.ratings, 0)

    shown = comparison.interviewers[:MOST]
    rows = tuple(map(row, shown))
    return (Table(columns, rows, _("Interviewers"), more=len(comparison.interviewers) - len(shown)),)
