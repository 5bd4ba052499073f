"""A comparison as people read it: who stands where, how sure that is, and what it rests on."""

from collections import Counter
from collections.abc import Mapping

from hiringkit.domain.finding import Finding
from hiringkit.domain.profile import (
    Comparison,
    CriterionScore,
    FitProfile,
    Interval,
    InterviewerEffect,
    Method,
    ModelSummary,
)
from hiringkit.locale import _
from hiringkit.report.model import Block, Cell, Column, Facts, Notes, Number, Report, Span, Table, Word
from hiringkit.report.values import write_number
from hiringkit.report.views.documents import comparison_document
from hiringkit.report.views.findings import finding_sentence
from hiringkit.report.words import GATE_FLAGS, distinct_names, flag_words, gate_word, join_names, severity_word

_LEADING = (
    "candidate",
    "name",
    "position",
    "overall",
    "overall_low",
    "overall_high",
    "observed",
    "coverage",
    "ratings",
    "interviewers",
    "gates",
    "recommendation",
    "p_best",
    "position_low",
    "position_high",
    "not_separable_from",
    "flags",
)


def comparison_data(comparison: Comparison) -> Table:
    """Return the table; its keys, of which each criterion has three, are the same in every language."""
    ids = [score.criterion for score in comparison.profiles[0].criteria] if comparison.profiles else []
    keys = [*_LEADING, *(f"{criterion}{end}" for criterion in ids for end in ("", "_low", "_high"))]
    return Table(tuple(Column(key, key) for key in keys), tuple(map(_row, comparison.profiles)))


def _row(profile: FitProfile) -> tuple[Cell, ...]:
    overall, rank = profile.overall, profile.rank
    return (
        profile.candidate,
        profile.name,
        Number(rank.position, 0),
        *_ends(overall.score, overall.interval),
        Number(overall.observed),
        Number(overall.coverage),
        Number(overall.ratings, 0),
        Number(overall.interviewers, 0),
        _gates(profile),
        profile.recommendation,
        Number(rank.p_best),
        *_ends(0, rank.interval)[1:],
        "; ".join(rank.not_separable_from),
        "; ".join(profile.flags),
        *(cell for score in profile.criteria for cell in _criterion(score)),
    )


def _criterion(score: CriterionScore) -> tuple[Number, ...]:
    return _ends(score.score, score.interval)


def _ends(figure: float | None, interval: Interval | None) -> tuple[Number, ...]:
    low, high = interval or (None, None)
    return Number(figure), Number(low), Number(high)


def _gates(profile: FitProfile) -> str:
    """Sum up the gates in a word that no language changes."""
    passed = [gate.passed for gate in profile.gates]
    if not passed:
        return ""
    return "fail" if False in passed else "unknown" if None in passed else "pass"


def basis_facts(comparison: Comparison, caption: str = "") -> Facts:
    """Say what was scored and how."""
    counts, rubric = comparison.counts, comparison.rubric
    return Facts(
        (
            (_("Rubric"), f"{rubric.id} {rubric.version}" if rubric else _("none: each question is its own criterion")),
            (_("Method"), _method(comparison.method)),
            (_("Scale"), _scale(comparison)),
            (
                _("Ratings"),
                _("{ratings}; not assessed {not_assessed}, no evidence {no_evidence}").format(
                    ratings=counts.ratings, not_assessed=counts.not_assessed, no_evidence=counts.no_evidence
                ),
            ),
        ),
        caption,
    )


def method_sentence(comparison: Comparison) -> str:
    """Say in one or two sentences how the scores came about and what they do not allow for."""
    share = round(100 * comparison.level)
    if comparison.method is Method.CALIBRATED and comparison.model:
        return _calibrated(comparison.model, share)
    return _(
        "Scores are plain means: an interviewer's ratings of a criterion first, then the interviewers. "
        "They allow for no interviewer being strict or mild. "
        "{level} % intervals come from how far interviewers differ; with one interviewer there is none."
    ).format(level=share)


def closing_notes(comparison: Comparison) -> tuple[Block, ...]:
    """Return the findings, if any, and the line on the method."""
    method = Notes((method_sentence(comparison),))
    return (*_findings(comparison.findings), method)


def _findings(findings: tuple[Finding, ...]) -> tuple[Block, ...]:
    # an unrated gate stands with its criterion beside the candidate already
    said = tuple(finding_sentence(finding) for finding in findings if finding.code not in GATE_FLAGS)
    return (Notes(said, _("To know")),) if said else ()


def _method(method: Method) -> str:
    return _("observed means") if method is Method.OBSERVED else _("calibrated by a mixed model")


def _scale(comparison: Comparison) -> str:
    scale = comparison.scale
    sources = {
        "rubric": _("{low} to {high}, from the rubric"),
        "option": _("{low} to {high}, as given by --scale"),
        "data": _("{low} to {high}, the range seen in the ratings"),
    }
    sentence = sources.get(scale.source) or _("{low} to {high}")
    return sentence.format(low=write_number(scale.low), high=write_number(scale.high))


def _calibrated(model: ModelSummary, share: int) -> str:
    sentence = _(
        "Scores come from a mixed model ({estimator}; random effects: {effects}), which allows for strict "
        "interviewers and for how much was seen of each candidate. Intervals are {level} %."
    ).format(estimator=model.estimator, effects=", ".join(model.effects), level=share)
    if not model.converged:
        sentence += " " + _("It did not converge: do not rely on these scores.")
    if not model.connected:
        sentence += " " + _("Not all candidates share interviewers, so not all can be ranked together.")
    return sentence


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
